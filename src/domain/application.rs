//! The application (lamaran): one person's candidacy for one vacancy, from proposal to outcome. Staff's confirmation
//! and the person's consent are two recorded facts in either order; only both make a referral. Here: states, events,
//! the table and what is read from it. Reasons, limits, conditions, what follows from an event and taking it back are in
//! the submodules. Texts for people are not here.
pub mod conditions;
pub mod follows;
pub mod limits;
pub mod reason;
pub mod steps;
pub mod table;
#[cfg(test)]
mod tests;
pub mod undo;

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::employer;
use crate::domain::machine::{Actor, Machine, Need, TransitionError, text_enum, word_or_new};

text_enum! {
    /// Where an application stands.
    State: "application state" {
        /// A run or an officer proposed the pair; nobody has said anything yet.
        Proposed = "proposed",
        /// The person said yes (or applied); staff have not confirmed.
        Consented = "consented",
        /// Staff confirmed; the person is to answer. Live: takes a referral slot.
        Confirmed = "confirmed",
        /// Both facts are there; waits for a free slot. Not live.
        Queued = "queued",
        /// Sent to the employer with a numbered letter; the employer sees name and contact. Live.
        Referred = "referred",
        /// The employer invited to an interview. Live.
        Interview = "interview",
        /// The employer offered the job. Live.
        Offered = "offered",
        /// A start date is agreed. Takes a seat.
        Hired = "hired",
        /// Started work: the placement that is counted. Takes a seat.
        Started = "started",
        /// The work ended; the person can be matched again.
        Ended = "ended",
        /// Staff decided against the proposal.
        Dismissed = "dismissed",
        /// The person said no before being referred; never lowers a later rank.
        Declined = "declined",
        /// The employer said no.
        Refused = "refused",
        /// The person took back the own application.
        Withdrawn = "withdrawn",
        /// Somebody was silent until the deadline; `silent` tells who.
        Lapsed = "lapsed",
        /// The vacancy no longer needs anybody.
        Closed = "closed",
        /// A newer run replaced the unanswered proposal.
        Retired = "retired",
        /// The person started work elsewhere.
        Superseded = "superseded",
        /// Hired, but did not come on the first day.
        NoShow = "no_show",
    }
}

text_enum! {
    /// What can happen to an application.
    Event: "application event" {
        /// A published run or an officer proposes the pair.
        Propose = "propose",
        /// The person applies, by themself or through somebody on their behalf: a consent of its own.
        Apply = "apply",
        /// Staff with the right agree that the pair makes sense.
        Confirm = "confirm",
        /// The person says yes.
        Consent = "consent",
        /// The service sends the person to the employer.
        Refer = "refer",
        /// Staff decide against it.
        Dismiss = "dismiss",
        /// The person says no.
        Decline = "decline",
        /// The employer invites to an interview.
        Invite = "invite",
        /// The employer offers the job.
        Offer = "offer",
        /// A start date is agreed.
        Hire = "hire",
        /// The person started work.
        Start = "start",
        /// The person did not come on the first day.
        NoShow = "no_show",
        /// The employer says no.
        Refuse = "refuse",
        /// The person takes the application back.
        Withdraw = "withdraw",
        /// A deadline passed in silence.
        Lapse = "lapse",
        /// The vacancy no longer needs anybody.
        Close = "close",
        /// A newer run proposes the pair again that nobody answered. The state stays.
        Renew = "renew",
        /// A newer run was published and does not propose the pair.
        Retire = "retire",
        /// The person started work elsewhere.
        Supersede = "supersede",
        /// The work ended.
        End = "end",
        /// Staff give more time for an answer.
        Extend = "extend",
        /// The last event is taken back.
        Undo = "undo",
        /// A supervisor sets the state right, as a new event.
        Correct = "correct",
        /// The person was hired elsewhere: the application rests. The state stays.
        Hold = "hold",
        /// The hire elsewhere came to nothing: the application goes on. The state stays.
        Release = "release",
    }
}

text_enum! {
    /// What somebody may do with an application that is there, by the last word of its address. The events that are no
    /// action are done by the service, or begin an application.
    Action: "application action" {
        /// Staff with the right agree.
        Confirm = "confirm",
        /// The person says yes.
        Consent = "consent",
        /// The person wants what was only proposed so far.
        Apply = "apply",
        /// Staff decide against it.
        Dismiss = "dismiss",
        /// The person says no.
        Decline = "decline",
        /// The employer invites to an interview.
        Invite = "invite",
        /// The employer offers the job.
        Offer = "offer",
        /// A start date is agreed.
        Hire = "hire",
        /// The person started work.
        Start = "start",
        /// The person did not come on the first day.
        NoShow = "no-show",
        /// The employer says no.
        Refuse = "refuse",
        /// The person takes it back.
        Withdraw = "withdraw",
        /// The work ended.
        End = "end",
        /// Staff give more time for an answer.
        Extend = "extend",
        /// The last event is taken back.
        Undo = "undo",
        /// A supervisor sets the state right.
        Correct = "correct",
    }
}

impl Action {
    /// The event it causes.
    pub const fn event(self) -> Event {
        match self {
            Self::Confirm => Event::Confirm,
            Self::Consent => Event::Consent,
            Self::Apply => Event::Apply,
            Self::Dismiss => Event::Dismiss,
            Self::Decline => Event::Decline,
            Self::Invite => Event::Invite,
            Self::Offer => Event::Offer,
            Self::Hire => Event::Hire,
            Self::Start => Event::Start,
            Self::NoShow => Event::NoShow,
            Self::Refuse => Event::Refuse,
            Self::Withdraw => Event::Withdraw,
            Self::End => Event::End,
            Self::Extend => Event::Extend,
            Self::Undo => Event::Undo,
            Self::Correct => Event::Correct,
        }
    }

    /// The action that causes an event; none when nobody can ask for it.
    pub fn of(event: Event) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.event() == event)
    }
}

/// The machine of the application: name, table, states.
pub const MACHINE: Machine<State, Event> =
    Machine { name: "application", rows: table::TABLE, states: State::ALL };

/// The state after `event`, read from the table. `from` is `None` when there is no application yet.
///
/// # Errors
/// `WrongState`, `WrongActor`; `NeedsTarget` for `undo` (see `undo::undo_target`) and `correct` (see `correct_target`).
pub fn next(from: Option<State>, event: Event, actor: Actor) -> Result<State, TransitionError> {
    MACHINE.next(from, event, actor)
}

/// The events that `actor` may cause in `state`, for buttons: in the order of the table, each once. `undo` is listed
/// wherever the table has it; whether it is still possible is for `undo::undo_target` to say.
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

/// Checks a correction: any state to any other, by a supervisor only. Limits are checked by the books.
///
/// # Errors
/// `WrongActor` for everybody else, `WrongState` when nothing would change.
pub fn correct_target(from: State, to: State, actor: Actor) -> Result<State, TransitionError> {
    MACHINE.row(Some(from), Event::Correct, actor)?;
    if from == to {
        let (from, event) = (from.as_str(), Event::Correct.as_str());
        return Err(TransitionError::WrongState { machine: MACHINE.name, from, event, actor });
    }
    Ok(to)
}

impl State {
    /// From `proposed` to `hired`: something is still to be done. A pair has at most one open application.
    pub const fn is_open(self) -> bool {
        self.is_open_before_hired() || matches!(self, Self::Hired)
    }

    /// Open and not hired yet: what is closed with its vacancy and rests while the person is hired elsewhere.
    pub const fn is_open_before_hired(self) -> bool {
        match self {
            Self::Proposed
            | Self::Consented
            | Self::Confirmed
            | Self::Queued
            | Self::Referred
            | Self::Interview
            | Self::Offered => true,
            Self::Hired
            | Self::Started
            | Self::Ended
            | Self::Dismissed
            | Self::Declined
            | Self::Refused
            | Self::Withdrawn
            | Self::Lapsed
            | Self::Closed
            | Self::Retired
            | Self::Superseded
            | Self::NoShow => false,
        }
    }

    /// Takes one of the vacancy's referral slots and one of the person's live places. `queued` waits and does not.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Confirmed | Self::Referred | Self::Interview | Self::Offered)
    }

    /// Takes one of the vacancy's seats; the person is placed.
    pub const fn takes_seat(self) -> bool {
        matches!(self, Self::Hired | Self::Started)
    }

    /// Neither open nor at work: only undo and correct lead out.
    pub const fn is_final(self) -> bool {
        !self.is_open() && !matches!(self, Self::Started)
    }

    /// Somebody said no to the pair, or the person did not come: it is not proposed again within the policy time.
    pub const fn is_a_no(self) -> bool {
        matches!(self, Self::Dismissed | Self::Declined | Self::Refused | Self::Withdrawn | Self::NoShow)
    }

    /// Proposed, and the person has not spoken yet. A run leaves a person one such application at most.
    pub const fn is_unanswered(self) -> bool {
        matches!(self, Self::Proposed | Self::Confirmed)
    }

    /// The employer knows name and contact of the person.
    pub const fn shows_person_to_employer(self) -> bool {
        matches!(self, Self::Referred | Self::Interview | Self::Offered | Self::Hired | Self::Started)
    }

    /// Whether an employer that stands so knows name and contact: one that is suspended, only of those it hired.
    pub const fn shows_person_to(self, employer: employer::State) -> bool {
        self.shows_person_to_employer() && (employer.may_deal_with_the_referred() || self.takes_seat())
    }

    /// Whether the deadline of an application in this state does not run now: its answer is owed by an employer that is
    /// suspended.
    pub fn stands_still(self, employer: employer::State) -> bool {
        employer.stands_still() && self.awaits() == Some(Actor::Employer)
    }

    /// The employer has said something about the person, as far as the state alone tells.
    const fn is_answered(self) -> bool {
        match self {
            Self::Interview
            | Self::Offered
            | Self::Hired
            | Self::Started
            | Self::Ended
            | Self::Refused
            | Self::NoShow => true,
            Self::Proposed
            | Self::Consented
            | Self::Confirmed
            | Self::Queued
            | Self::Referred
            | Self::Dismissed
            | Self::Declined
            | Self::Withdrawn
            | Self::Lapsed
            | Self::Closed
            | Self::Retired
            | Self::Superseded => false,
        }
    }

    /// Who has to act next; `None` when nobody has.
    pub const fn awaits(self) -> Option<Actor> {
        match self {
            Self::Proposed | Self::Consented | Self::Hired => Some(Actor::Staff),
            Self::Confirmed => Some(Actor::Person),
            Self::Queued => Some(Actor::System),
            Self::Referred | Self::Interview | Self::Offered => Some(Actor::Employer),
            Self::Started
            | Self::Ended
            | Self::Dismissed
            | Self::Declined
            | Self::Refused
            | Self::Withdrawn
            | Self::Lapsed
            | Self::Closed
            | Self::Retired
            | Self::Superseded
            | Self::NoShow => None,
        }
    }
}

impl Event {
    /// The employer goes on with somebody who was referred: nothing a suspended one may do.
    pub const fn takes_further(self) -> bool {
        matches!(self, Self::Invite | Self::Offer | Self::Hire)
    }

    /// Whether the event may happen to an application that rests because the person was hired elsewhere. Ending it is
    /// possible, going on is not; its deadlines rest too, so nothing lapses and nothing is extended.
    pub const fn is_possible_while_held(self) -> bool {
        match self {
            Self::Dismiss
            | Self::Decline
            | Self::Refuse
            | Self::Withdraw
            | Self::Close
            | Self::Retire
            | Self::Supersede
            | Self::Release
            | Self::Undo
            | Self::Correct => true,
            Self::Propose
            | Self::Apply
            | Self::Confirm
            | Self::Consent
            | Self::Refer
            | Self::Invite
            | Self::Offer
            | Self::Hire
            | Self::Start
            | Self::NoShow
            | Self::Lapse
            | Self::Renew
            | Self::End
            | Self::Extend
            | Self::Hold => false,
        }
    }
}

/// Working days within which an answer is expected, by who owes it. Editable by policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// Staff: to confirm or dismiss.
    pub staff: u16,
    /// The person: to answer a confirmed proposal.
    pub person: u16,
    /// The employer: first answer to a referral.
    pub employer: u16,
    /// The days after the referral on which the employer is reminded.
    pub employer_reminders: [u16; 2],
    /// The employer: the result after an interview, and the start date after an offer.
    pub result: u16,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { staff: 2, person: 3, employer: 7, employer_reminders: [3, 5], result: 3 }
    }
}

/// Working days until an answer is due in `state`; `None` where no answer is awaited. When it passes, `confirmed` and
/// `referred` lapse; the others join a list of the staff (after an interview nothing lapses).
pub fn answer_deadline_days(state: State, policy: &Deadlines) -> Option<u16> {
    match state {
        State::Proposed | State::Consented => Some(policy.staff),
        State::Confirmed => Some(policy.person),
        State::Referred => Some(policy.employer),
        State::Interview | State::Offered => Some(policy.result),
        State::Queued
        | State::Hired
        | State::Started
        | State::Ended
        | State::Dismissed
        | State::Declined
        | State::Refused
        | State::Withdrawn
        | State::Lapsed
        | State::Closed
        | State::Retired
        | State::Superseded
        | State::NoShow => None,
    }
}

/// When an answer is due that was due on `due` when the employer's clocks stopped on `stopped_on` and that run again
/// from `today`. The working days that were left are left again: a suspension neither costs the employer time it had nor
/// lets a person lapse on the day after. At least one working day, since nobody could answer meanwhile; never earlier
/// than `due`, which an officer may have moved.
pub fn due_after_standing_still(
    due: NaiveDate,
    stopped_on: NaiveDate,
    today: NaiveDate,
    calendar: &Calendar,
) -> NaiveDate {
    let left = calendar.working_days_between(stopped_on, due).max(1);
    calendar.add_working_days(today, left).max(due)
}

/// Who was silent when an application lapsed from `from`.
///
/// # Errors
/// `WrongState` when nothing lapses from there.
pub fn silent(from: State) -> Result<Actor, TransitionError> {
    next(Some(from), Event::Lapse, Actor::System)?;
    from.awaits().ok_or(TransitionError::WrongState {
        machine: MACHINE.name,
        from: word_or_new(Some(from)),
        event: Event::Lapse.as_str(),
        actor: Actor::System,
    })
}

/// An employer's answers to referrals, or a change of them: people answered, and of these people refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// People about whom the employer said something: invited, offered, hired or refused.
    pub answers: i64,
    /// Of these, refused.
    pub refusals: i64,
}

/// By how much an event changes the vacancy's answers. A person invited first and refused later is one answer and one
/// refusal. Taking an event back changes them by the same amount the other way.
pub fn answers_of(event: Event, from: Option<State>, to: State) -> Answers {
    let counted = match event {
        Event::Invite | Event::Offer | Event::Hire | Event::Refuse => {
            i64::from(from == Some(State::Referred))
        }
        Event::Correct => i64::from(to.is_answered()) - i64::from(from.is_some_and(State::is_answered)),
        Event::Propose
        | Event::Apply
        | Event::Confirm
        | Event::Consent
        | Event::Refer
        | Event::Dismiss
        | Event::Decline
        | Event::Start
        | Event::NoShow
        | Event::Withdraw
        | Event::Lapse
        | Event::Close
        | Event::Renew
        | Event::Retire
        | Event::Supersede
        | Event::End
        | Event::Extend
        | Event::Undo
        | Event::Hold
        | Event::Release => return Answers::default(),
    };
    let refused = |state| i64::from(state == State::Refused);
    Answers { answers: counted, refusals: refused(to) - from.map_or(0, refused) }
}

/// The stop rule: the vacancy takes no new referral when at least 60 % of at least five answers are refusals, until
/// staff recorded what the employer said (answers before that record do not count).
pub fn referrals_stopped(answers: u32, refusals: u32) -> bool {
    answers >= 5 && u64::from(refusals) * 100 >= u64::from(answers) * 60
}
