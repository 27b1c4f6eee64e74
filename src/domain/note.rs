//! What a person says about an application beside its states: it moves nothing, and employer or office read it. Belongs here:
//! which of them can be said when, and who reads them. Does not belong here: the events of an application (`application`).
use chrono::NaiveDate;

use crate::domain::{
    application::State,
    disclosure::Audience,
    machine::{Actor, text_enum},
};

text_enum! {
    /// What somebody says.
    Kind: "note" {
        /// They will come to the interview.
        Coming = "coming",
        /// They cannot come to it.
        NotComing = "not_coming",
        /// They take the work that is offered.
        TakesWork = "takes_work",
        /// They did come on the first day, whatever the employer recorded.
        DidCome = "did_come",
    }
}

/// What can be said about an application in a state, whose interview (if any) is on a day.
pub fn open_in(state: State, interview: Option<NaiveDate>, today: NaiveDate) -> &'static [Kind] {
    match state {
        State::Interview if interview.is_none_or(|day| day >= today) => &[Kind::Coming, Kind::NotComing],
        State::Offered => &[Kind::TakesWork],
        State::NoShow => &[Kind::DidCome],
        _ => &[],
    }
}

/// Whether it is said to this audience too. That somebody did come after all is said to the office, against the employer.
pub const fn is_read_by(kind: Kind, audience: Audience) -> bool {
    match kind {
        Kind::Coming | Kind::NotComing | Kind::TakesWork => true,
        Kind::DidCome => !matches!(audience, Audience::Employer),
    }
}

/// Who says it: the person, or whoever writes down what they said.
pub const fn is_said_by(actor: Actor) -> bool {
    matches!(actor, Actor::Person | Actor::Companion | Actor::Staff | Actor::Supervisor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_said_where_it_means_something() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let open = |state, on: Option<&str>| open_in(state, on.map(day), day("2026-11-27"));
        assert_eq!(open(State::Interview, Some("2026-11-27")), [Kind::Coming, Kind::NotComing]);
        assert_eq!(open(State::Interview, None).len(), 2, "invited by a call, no day was written down");
        assert_eq!(open(State::Interview, Some("2026-11-26")), []);
        let mut said: Vec<Kind> = State::ALL.iter().flat_map(|state| open(*state, None)).copied().collect();
        said.sort_by_key(|kind| kind.as_str());
        said.dedup();
        assert_eq!(said.len(), Kind::ALL.len(), "none that can never be said");
    }

    #[test]
    fn an_employer_is_not_told_what_is_said_against_it() {
        for kind in Kind::ALL {
            assert_eq!(is_read_by(*kind, Audience::Employer), *kind != Kind::DidCome);
            assert!(is_read_by(*kind, Audience::Office));
        }
    }

    #[test]
    fn an_employer_and_the_system_say_nothing() {
        let said: Vec<Actor> = Actor::ALL.iter().copied().filter(|actor| is_said_by(*actor)).collect();
        assert_eq!(said.len(), Actor::ALL.len() - 2);
    }
}
