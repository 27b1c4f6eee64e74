//! The employer (pemberi kerja): its states, its events and the table of what is possible. Only a verified employer's
//! vacancies are published. Who owns which login is not here.
use crate::domain::machine::{Actor, From, Machine, Need, Row, To, TransitionError, text_enum};

text_enum! {
    /// Where an employer stands.
    State: "employer state" {
        /// Registered with a NIB; waits for staff.
        Registered = "registered",
        /// Staff checked who it is.
        Verified = "verified",
        /// May not publish nor receive referrals for now.
        Suspended = "suspended",
        /// Not accepted, with a reason.
        Rejected = "rejected",
    }
}

text_enum! {
    /// What can happen to an employer.
    Event: "employer event" {
        /// Registers, again after a rejection with better data.
        Register = "register",
        /// Staff checked who it is.
        Verify = "verify",
        /// Staff take away the right to publish, for a time.
        Suspend = "suspend",
        /// Staff give it back.
        Reinstate = "reinstate",
        /// Staff do not accept it.
        Reject = "reject",
    }
}

/// Companies that register from one address within `ADDRESS_MINUTES` after which that address waits: a hall with sixty of
/// them may, each wrong once.
pub const ADDRESS_REGISTRATIONS: u32 = 120;

/// How long they are remembered, minutes.
pub const ADDRESS_MINUTES: u64 = 60;

const STAFF: &[Actor] = &[Actor::Staff];
const STAFF_OR_SUPERVISOR: &[Actor] = &[Actor::Staff, Actor::Supervisor];
const REGISTERING: &[Actor] = &[Actor::Employer, Actor::Staff, Actor::System];

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
    row(Event::Register, From::New, State::Registered, REGISTERING, &[]),
    row(
        Event::Register,
        From::States(&[State::Rejected]),
        State::Registered,
        &[Actor::Employer, Actor::Staff],
        &[],
    ),
    row(Event::Verify, From::States(&[State::Registered]), State::Verified, STAFF, &[Need::VerifyRight]),
    row(
        Event::Suspend,
        From::States(&[State::Verified]),
        State::Suspended,
        STAFF_OR_SUPERVISOR,
        &[Need::VerifyRight, Need::WrittenReason],
    ),
    row(
        Event::Reinstate,
        From::States(&[State::Suspended]),
        State::Verified,
        STAFF_OR_SUPERVISOR,
        &[Need::VerifyRight, Need::WrittenReason],
    ),
    row(
        Event::Reject,
        From::States(&[State::Registered]),
        State::Rejected,
        STAFF,
        &[Need::VerifyRight, Need::WrittenReason],
    ),
];

/// The machine of the employer: name, table, states.
pub const MACHINE: Machine<State, Event> = Machine { name: "employer", rows: TABLE, states: State::ALL };

/// The state after `event`, read from the table. `from` is `None` when there is no employer yet.
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

impl State {
    /// Its clocks stand still: deadlines for its answers do not run and it is not reminded.
    pub const fn stands_still(self) -> bool {
        matches!(self, Self::Suspended)
    }

    /// It may go on with people who were referred to it and know who they are. Whoever is hired or works there stays
    /// known to it in any case (`application::State::shows_person_to`).
    pub const fn may_deal_with_the_referred(self) -> bool {
        !self.stands_still()
    }

    /// It may read how many people suit its vacancies; its hiring plans count as demand.
    pub const fn may_read_counts(self) -> bool {
        self.may_publish()
    }

    /// Its vacancies may be published and its open ones take referrals.
    pub const fn may_publish(self) -> bool {
        match self {
            Self::Verified => true,
            Self::Registered | Self::Suspended | Self::Rejected => false,
        }
    }
}

/// Legal forms, which stand before or after a name.
const FORMS: [&str; 8] = ["pt", "cv", "ud", "pd", "fa", "firma", "koperasi", "yayasan"];
/// What says of a company how it is owned, and nothing about which one it is.
const OWNED: [&str; 4] = ["tbk", "persero", "terbuka", "perseroda"];

/// What makes two spellings of an employer's name one: "PT Contoh", "pt. contoh", "P.T. CONTOH, Tbk" and "Contoh, PT"
/// have one key. The legal form stays in it: PT Contoh and CV Contoh are two.
pub fn name_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters = FORMS.iter().find(|form| {
        let spelled = form.chars().map(String::from);
        form.len() == 2 && words.len() > 2 && spelled.eq(words.iter().take(2).map(|word| (*word).to_owned()))
    });
    if let Some(form) = letters {
        words.splice(..2, [*form]);
    }
    words.retain(|word| !OWNED.contains(word));
    if let Some(last) = words.pop_if(|last| FORMS.contains(last)) {
        words.insert(0, last);
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_employer_are_one() {
        for spelled in [
            "PT Contoh Maju",
            "pt. contoh  maju",
            "Contoh Maju, PT",
            "P.T. CONTOH MAJU",
            "PT Contoh Maju, Tbk.",
        ] {
            assert_eq!(name_key(spelled), "pt contoh maju", "{spelled}");
        }
        for other in ["CV Contoh Maju", "Contoh Maju", "PT Contoh", "PT Contoh Maju 2"] {
            assert_ne!(name_key(other), "pt contoh maju", "{other}");
        }
        assert_eq!(name_key("PT"), "pt");
    }

    #[test]
    fn every_word_reads_back() {
        for state in State::ALL {
            assert_eq!(state.as_str().parse::<State>().unwrap(), *state);
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        for event in Event::ALL {
            assert_eq!(event.as_str().parse::<Event>().unwrap(), *event);
        }
    }

    #[test]
    fn only_staff_verify() {
        for actor in Actor::ALL {
            let verified = next(Some(State::Registered), Event::Verify, *actor);
            assert_eq!(verified.is_ok(), *actor == Actor::Staff, "{actor}");
        }
    }

    #[test]
    fn a_rejected_employer_may_come_back_with_better_data() {
        assert_eq!(next(Some(State::Rejected), Event::Register, Actor::Employer).unwrap(), State::Registered);
        let error = next(Some(State::Suspended), Event::Register, Actor::Employer).unwrap_err();
        assert_eq!(error.code(), "wrong_state");
    }

    #[test]
    fn every_event_and_state_occurs() {
        for event in Event::ALL {
            assert!(TABLE.iter().any(|row| row.event == *event), "{event}");
        }
        for state in State::ALL {
            assert!(TABLE.iter().any(|row| row.to == To::State(*state)), "{state}");
        }
        assert!(State::Verified.may_publish() && !State::Suspended.may_publish());
        for state in State::ALL {
            assert_eq!(state.may_read_counts(), *state == State::Verified, "{state}");
            assert_eq!(state.stands_still(), *state == State::Suspended, "{state}");
        }
    }
}
