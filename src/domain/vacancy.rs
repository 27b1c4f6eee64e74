//! The vacancy (lowongan): its states, its events and the table of what is possible. Seats and slots are in
//! `application::limits`; what a full or closed vacancy does to its applications is in `application::follows`. A wage below
//! the minimum or a prohibited criterion is a flag with a written reason by staff, never a silent rejection. Texts are in
//! the UI.
use chrono::{Months, NaiveDate};

use crate::domain::{
    application::reason,
    codes::ProblemCode,
    employer,
    machine::{Actor, From, Machine, Need, Row, To, TransitionError, text_enum},
};

text_enum! {
    /// Where a vacancy stands.
    State: "vacancy state" {
        /// Being written.
        Draft = "draft",
        /// Imported or sent back: fields the law asks for are missing.
        Incomplete = "incomplete",
        /// Waits for verification by staff.
        Submitted = "submitted",
        /// Published; takes applications and referrals.
        Open = "open",
        /// Takes neither new applications nor new referrals for a while; those under way go on.
        Paused = "paused",
        /// Every seat is taken; reopens by itself when one frees.
        Filled = "filled",
        /// Withdrawn, filled otherwise or paused for good.
        Closed = "closed",
        /// Its validity ran out.
        Expired = "expired",
        /// Not published, with a reason.
        Rejected = "rejected",
    }
}

text_enum! {
    /// What can happen to a vacancy.
    Event: "vacancy event" {
        /// Somebody starts to write one.
        Create = "create",
        /// One comes in from a file with fields missing.
        Import = "import",
        /// The missing fields were filled in.
        Complete = "complete",
        /// The author hands it in.
        Submit = "submit",
        /// Staff send it back because fields are missing.
        SendBack = "send_back",
        /// Staff verified it: it is published.
        Publish = "publish",
        /// Staff decide not to publish it.
        Reject = "reject",
        /// No new applications and referrals for a while.
        Pause = "pause",
        /// It goes on.
        Resume = "resume",
        /// Its employer was suspended: it pauses, remembered apart from the employer's own pauses.
        Suspend = "suspend",
        /// Its employer was reinstated: what the suspension paused goes on.
        Reinstate = "reinstate",
        /// The last seat was taken.
        Fill = "fill",
        /// A seat became free again.
        Reopen = "reopen",
        /// It ends before its time.
        Close = "close",
        /// Its validity ran out.
        Expire = "expire",
        /// A later end of validity.
        Extend = "extend",
        /// Its text or numbers change.
        Edit = "edit",
    }
}

text_enum! {
    /// What somebody may do with a vacancy, by the last word of its address. Editing has the address of the vacancy itself;
    /// the other events are done by the service.
    Action: "vacancy action" {
        /// Its author hands it in.
        Submit = "submit",
        /// Staff verified it.
        Publish = "publish",
        /// Staff send it back because fields are missing.
        SendBack = "send-back",
        /// Staff decide not to publish it.
        Reject = "reject",
        /// No new applications for a while.
        Pause = "pause",
        /// It goes on.
        Resume = "resume",
        /// It ends before its time.
        Close = "close",
        /// A later end of validity.
        Extend = "extend",
    }
}

impl Action {
    /// The event it causes.
    pub const fn event(self) -> Event {
        match self {
            Self::Submit => Event::Submit,
            Self::Publish => Event::Publish,
            Self::SendBack => Event::SendBack,
            Self::Reject => Event::Reject,
            Self::Pause => Event::Pause,
            Self::Resume => Event::Resume,
            Self::Close => Event::Close,
            Self::Extend => Event::Extend,
        }
    }

    /// The action that causes an event; none when nobody can ask for it. What is incomplete is handed in like a draft.
    pub fn of(event: Event) -> Option<Self> {
        let asked = if event == Event::Complete { Event::Submit } else { event };
        Self::ALL.iter().copied().find(|action| action.event() == asked)
    }
}

text_enum! {
    /// Why a vacancy is closed before its time.
    CloseReason: "vacancy close reason" {
        /// The seats were filled by other ways (to be reported all the same, Perpres 57/2023 art. 6).
        FilledOtherwise = "filled_otherwise",
        /// Nobody is needed any more.
        NotNeeded = "not_needed",
        /// Put off without a date.
        PostponedForGood = "postponed_for_good",
        /// Entered twice or by mistake.
        EnteredByMistake = "entered_by_mistake",
        /// The employer was suspended.
        EmployerSuspended = "employer_suspended",
        /// Something else, in own words.
        Other = "other",
    }
}

impl CloseReason {
    /// What the closed applications of the vacancy are told.
    pub const fn told_to_applicants(self) -> reason::CloseReason {
        match self {
            Self::FilledOtherwise => reason::CloseReason::VacancyFilled,
            Self::PostponedForGood => reason::CloseReason::VacancyPaused,
            Self::NotNeeded | Self::EnteredByMistake | Self::EmployerSuspended | Self::Other => {
                reason::CloseReason::VacancyWithdrawn
            }
        }
    }
}

const EMPLOYER_SIDE: &[Actor] = &[Actor::Employer, Actor::Staff];
const STAFF: &[Actor] = &[Actor::Staff];
const SYSTEM: &[Actor] = &[Actor::System];

const fn row(
    event: Event,
    from: From<State>,
    to: State,
    who: &'static [Actor],
    needs: &'static [Need],
) -> Row<State, Event> {
    Row { event, from, to: To::State(to), who, needs }
}

/// Every transition, in the order of the documentation.
pub const TABLE: &[Row<State, Event>] = &[
    row(Event::Create, From::New, State::Draft, EMPLOYER_SIDE, &[]),
    row(Event::Import, From::New, State::Incomplete, &[Actor::Staff, Actor::System], &[]),
    row(Event::Complete, From::States(&[State::Incomplete]), State::Submitted, EMPLOYER_SIDE, &[]),
    row(Event::Submit, From::States(&[State::Draft]), State::Submitted, EMPLOYER_SIDE, &[]),
    row(
        Event::SendBack,
        From::States(&[State::Submitted]),
        State::Incomplete,
        STAFF,
        &[Need::VerifyRight, Need::WrittenReason],
    ),
    row(
        Event::Publish,
        From::States(&[State::Submitted]),
        State::Open,
        STAFF,
        &[Need::VerifyRight, Need::WrittenReasonIfFlagged],
    ),
    row(
        Event::Reject,
        From::States(&[State::Incomplete, State::Submitted]),
        State::Rejected,
        STAFF,
        &[Need::VerifyRight, Need::WrittenReason],
    ),
    row(Event::Pause, From::States(&[State::Open]), State::Paused, EMPLOYER_SIDE, &[]),
    row(Event::Resume, From::States(&[State::Paused]), State::Open, EMPLOYER_SIDE, &[]),
    row(Event::Suspend, From::States(&[State::Open]), State::Paused, SYSTEM, &[]),
    row(Event::Reinstate, From::States(&[State::Paused]), State::Open, SYSTEM, &[]),
    row(Event::Fill, From::States(&[State::Open]), State::Filled, SYSTEM, &[]),
    row(Event::Reopen, From::States(&[State::Filled]), State::Open, SYSTEM, &[]),
    row(
        Event::Close,
        From::States(&[
            State::Draft,
            State::Incomplete,
            State::Submitted,
            State::Open,
            State::Paused,
            State::Filled,
        ]),
        State::Closed,
        EMPLOYER_SIDE,
        &[Need::Reason],
    ),
    row(Event::Expire, From::States(&[State::Open, State::Paused]), State::Expired, SYSTEM, &[]),
    Row {
        event: Event::Extend,
        from: From::States(&[State::Open, State::Paused, State::Filled]),
        to: To::Same,
        who: EMPLOYER_SIDE,
        needs: &[Need::NewDate],
    },
    Row {
        event: Event::Edit,
        from: From::States(&[State::Draft, State::Incomplete, State::Submitted]),
        to: To::Same,
        who: EMPLOYER_SIDE,
        needs: &[],
    },
    // What staff have verified only staff change.
    Row {
        event: Event::Edit,
        from: From::States(&[State::Open, State::Paused, State::Filled]),
        to: To::Same,
        who: STAFF,
        needs: &[Need::VerifyRight, Need::WrittenReasonIfFlagged],
    },
];

/// The machine of the vacancy: name, table, states.
pub const MACHINE: Machine<State, Event> = Machine { name: "vacancy", rows: TABLE, states: State::ALL };

/// The state after `event`, read from the table. `from` is `None` when there is no vacancy yet.
///
/// # Errors
/// `WrongState`, `WrongActor`.
pub fn next(from: Option<State>, event: Event, actor: Actor) -> Result<State, TransitionError> {
    MACHINE.next(from, event, actor)
}

/// The events that `actor` may cause in `state`, for buttons: in the order of the table, each once.
pub fn events_open_to(state: impl Into<Option<State>>, actor: Actor) -> Vec<Event> {
    MACHINE.events_open_to(state.into(), actor)
}

/// What `event` from `from` must carry when `actor` causes it.
///
/// # Errors
/// `WrongState` and `WrongActor` as in `next`.
pub fn needs(from: Option<State>, event: Event, actor: Actor) -> Result<&'static [Need], TransitionError> {
    MACHINE.row(from, event, actor).map(|row| row.needs)
}

/// What decides whether a vacancy takes people: its own state and last day, and where its employer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where the vacancy stands.
    pub state: State,
    /// Last day on which it takes applications.
    pub closes_on: Option<NaiveDate>,
    /// Where its employer stands.
    pub employer: employer::State,
}

/// Why a vacancy takes nobody today. One stable code for all (`NOT_TAKING`); the sentence is for logs and details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaking {
    /// Only verified employers get proposals, referrals and names.
    #[error("employer {0}")]
    Employer(employer::State),
    /// It is not open.
    #[error("{0}")]
    State(State),
    /// Its last day is over; the clock expires it.
    #[error("closing date passed")]
    Past,
}

/// The code of a refusal because a vacancy takes nobody.
pub const NOT_TAKING: ProblemCode = ProblemCode::VacancyNotOpen;

impl Standing {
    /// Whether the vacancy takes new proposals, applications, confirmations and referrals on `today` (business date), or
    /// why not. What a public list, a match run and the reserve ask, too.
    ///
    /// # Errors
    /// `NotTaking`, the employer's standing before the vacancy's own.
    pub fn takes_people(&self, today: NaiveDate) -> Result<(), NotTaking> {
        if !self.employer.may_publish() {
            return Err(NotTaking::Employer(self.employer));
        }
        if !self.state.is_open() {
            return Err(NotTaking::State(self.state));
        }
        if has_run_out(self.closes_on, today) { Err(NotTaking::Past) } else { Ok(()) }
    }
}

/// The last day to which a vacancy may be extended on `today`: a year ahead, beyond that it is a slip of the year.
pub fn latest_extension(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(12)).unwrap_or(today)
}

/// Whether the last day to apply is over on `today`; a vacancy without one does not run out.
pub fn has_run_out(closes_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    closes_on.is_some_and(|last| last < today)
}

impl State {
    /// Published and not paused. Whether it takes people is for `Standing::takes_people` to say.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }

    /// Applications before `hired` may exist in it; in every other state they are closed or never were.
    pub const fn keeps_applications(self) -> bool {
        match self {
            Self::Open | Self::Paused => true,
            Self::Draft
            | Self::Incomplete
            | Self::Submitted
            | Self::Filled
            | Self::Closed
            | Self::Expired
            | Self::Rejected => false,
        }
    }

    /// No event leads out.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Expired | Self::Rejected)
    }

    /// Who has to act next; `None` when nobody has.
    pub const fn awaits(self) -> Option<Actor> {
        match self {
            Self::Draft | Self::Incomplete => Some(Actor::Employer),
            Self::Submitted => Some(Actor::Staff),
            Self::Open | Self::Paused | Self::Filled | Self::Closed | Self::Expired | Self::Rejected => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for state in State::ALL {
            assert_eq!(state.as_str().parse::<State>().unwrap(), *state);
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        for event in Event::ALL {
            assert_eq!(event.as_str().parse::<Event>().unwrap(), *event);
            assert_eq!(serde_json::to_value(event).unwrap(), event.as_str());
        }
    }

    #[test]
    fn from_draft_to_open_and_back_from_filled() {
        let mut state = next(None, Event::Create, Actor::Employer).unwrap();
        for (event, actor, expected) in [
            (Event::Submit, Actor::Employer, State::Submitted),
            (Event::SendBack, Actor::Staff, State::Incomplete),
            (Event::Complete, Actor::Employer, State::Submitted),
            (Event::Publish, Actor::Staff, State::Open),
            (Event::Pause, Actor::Employer, State::Paused),
            (Event::Resume, Actor::Staff, State::Open),
            (Event::Suspend, Actor::System, State::Paused),
            (Event::Reinstate, Actor::System, State::Open),
            (Event::Fill, Actor::System, State::Filled),
            (Event::Reopen, Actor::System, State::Open),
            (Event::Extend, Actor::Employer, State::Open),
            (Event::Expire, Actor::System, State::Expired),
        ] {
            state = next(Some(state), event, actor).unwrap();
            assert_eq!(state, expected, "{event}");
        }
        assert!(state.is_final());
    }

    #[test]
    fn an_employer_neither_publishes_nor_edits_what_was_verified() {
        let error = next(Some(State::Submitted), Event::Publish, Actor::Employer).unwrap_err();
        assert_eq!(error.to_string(), "vacancy: publish from submitted is not for employer");
        assert!(next(Some(State::Draft), Event::Edit, Actor::Employer).is_ok());
        assert_eq!(next(Some(State::Open), Event::Edit, Actor::Employer).unwrap_err().code(), "wrong_actor");
        assert_eq!(next(Some(State::Open), Event::Edit, Actor::Staff).unwrap(), State::Open);
    }

    #[test]
    fn only_an_open_vacancy_of_a_verified_employer_takes_people_until_its_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for state in State::ALL {
            for employer in employer::State::ALL {
                let standing =
                    Standing { state: *state, closes_on: Some(day("2026-11-27")), employer: *employer };
                let both = *state == State::Open && *employer == employer::State::Verified;
                assert_eq!(standing.takes_people(day("2026-11-27")).is_ok(), both, "{state} {employer}");
                assert!(standing.takes_people(day("2026-11-28")).is_err());
                let endless = Standing { closes_on: None, ..standing };
                assert_eq!(endless.takes_people(day("2026-11-28")).is_ok(), both);
            }
        }
    }

    #[test]
    fn nothing_leads_out_of_a_final_state() {
        for state in State::ALL {
            let leaves = Actor::ALL.iter().any(|actor| !events_open_to(*state, *actor).is_empty());
            assert_eq!(leaves, !state.is_final(), "{state}");
        }
    }

    #[test]
    fn every_event_and_state_occurs() {
        for event in Event::ALL {
            assert!(TABLE.iter().any(|row| row.event == *event), "{event}");
        }
        for state in State::ALL {
            assert!(TABLE.iter().any(|row| row.to == To::State(*state)), "{state}");
        }
    }
}
