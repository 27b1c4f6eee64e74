//! What stands against an event that the table allows, decided from facts: the vacancy, the pair, the person, and what
//! the event must bring with it. The order in which they are asked is in `follows`; who may cause an event is in `table`.
//!
//! * `propose`, `apply`, `confirm`, `renew`: the vacancy takes people. On a new pair also: no open application of the
//!   pair, and the person is not placed; a renewed pair is asked the same, its own application aside.
//! * A held application takes only the events of `Event::is_possible_while_held`.
//! * `renew` happens to what an earlier run proposed, and only with the publication of a newer one.
//! * `refer`, `hold`, `release`, and `fill`, `reopen` of a vacancy happen as consequences only.
//! * Whatever returns to an open state (undo, correct): the pair has no other open application; coming from a settled
//!   state, its vacancy is open or paused (or filled with a seat free again, and then reopens) and the person has not
//!   started elsewhere.
use chrono::NaiveDate;

use super::{
    Event, State,
    follows::{ApplicationFacts, VacancyFacts},
};
use crate::domain::{
    codes::ProblemCode,
    contact, employer,
    ids::PersonId,
    machine::{Actor, Need},
    vacancy,
};

/// Why an event does not happen. The text is for logs; `code` is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The application rests.
    #[error("the person is hired elsewhere")]
    Held,
    /// The vacancy keeps no applications in this state.
    #[error("{0}")]
    VacancyState(vacancy::State),
    /// The vacancy takes nobody today.
    #[error(transparent)]
    NotTaking(#[from] vacancy::NotTaking),
    /// The employer is suspended: nothing goes on with it, and its silence is none.
    #[error("employer {0}")]
    EmployerSuspended(employer::State),
    /// The pair has an open application.
    #[error("{0}")]
    AlreadyOpen(State),
    /// The person is hired or at work.
    #[error("{0}")]
    PersonPlaced(PersonId),
}

impl Refusal {
    /// The stable code of a problem document.
    pub const fn code(self) -> ProblemCode {
        match self {
            Self::Held => ProblemCode::Held,
            Self::VacancyState(_) => ProblemCode::VacancyNotOpen,
            Self::NotTaking(_) => vacancy::NOT_TAKING,
            Self::EmployerSuspended(_) => ProblemCode::EmployerSuspended,
            Self::AlreadyOpen(_) => ProblemCode::AlreadyOpen,
            Self::PersonPlaced(_) => ProblemCode::PersonPlaced,
        }
    }
}

/// An application that rests takes few events.
///
/// # Errors
/// `Held`.
pub fn of_rest(held: bool, event: Event) -> Result<(), Refusal> {
    if held && !event.is_possible_while_held() { Err(Refusal::Held) } else { Ok(()) }
}

/// New and renewed proposals, applications and confirmations need a vacancy that takes people.
///
/// # Errors
/// `NotTaking`.
pub fn of_vacancy(event: Event, vacancy: &VacancyFacts, today: NaiveDate) -> Result<(), Refusal> {
    let needs_people_taken = matches!(event, Event::Propose | Event::Apply | Event::Confirm | Event::Renew);
    if needs_people_taken { Ok(vacancy.standing().takes_people(today)?) } else { Ok(()) }
}

/// A suspended employer goes on with nobody, and what it owes stands still until it is reinstated. Ending what there is
/// stays possible to it; officers record what happened.
///
/// # Errors
/// `EmployerSuspended`.
pub fn of_employer(
    event: Event,
    from: State,
    actor: Actor,
    employer: employer::State,
) -> Result<(), Refusal> {
    let goes_on = actor == Actor::Employer && event.takes_further();
    let is_silence = event == Event::Lapse && from.stands_still(employer);
    if (goes_on && !employer.may_deal_with_the_referred()) || is_silence {
        return Err(Refusal::EmployerSuspended(employer));
    }
    Ok(())
}

/// A new pair: `open` is the open application between the two, `placed` how many seats the person takes.
///
/// # Errors
/// `AlreadyOpen`, `PersonPlaced`.
pub fn of_new_pair(person: PersonId, placed: i64, open: Option<State>) -> Result<(), Refusal> {
    match open {
        Some(state) => Err(Refusal::AlreadyOpen(state)),
        None if placed > 0 => Err(Refusal::PersonPlaced(person)),
        None => Ok(()),
    }
}

/// An application that is in `back` again: the pair has no other open one. `own` is everything of the person that is
/// open or at work, read when the other changes of the act are done.
///
/// # Errors
/// `AlreadyOpen`.
pub fn of_returning_pair(
    was: &ApplicationFacts,
    back: State,
    own: &[ApplicationFacts],
) -> Result<(), Refusal> {
    let twin = |other: &&ApplicationFacts| {
        other.id != was.id && other.vacancy == was.vacancy && other.state.is_open()
    };
    match own.iter().find(twin) {
        Some(other) if back.is_open() => Err(Refusal::AlreadyOpen(other.state)),
        _ => Ok(()),
    }
}

/// Whether a return brings somebody before `hired` who was not: then `of_reentry` is to be asked, too.
pub const fn reenters(was: State, back: State) -> bool {
    back.is_open_before_hired() && !was.is_open_before_hired()
}

/// An application that comes back from a settled state: its vacancy keeps applications, and the person has not started
/// elsewhere.
///
/// # Errors
/// `VacancyState`, `PersonPlaced`.
pub fn of_reentry(
    was: &ApplicationFacts,
    own: &[ApplicationFacts],
    vacancy: &VacancyFacts,
) -> Result<(), Refusal> {
    if !vacancy.state.keeps_applications() && !vacancy.is_filled_no_more() {
        return Err(Refusal::VacancyState(vacancy.state));
    }
    if own.iter().any(|other| other.id != was.id && other.state == State::Started) {
        return Err(Refusal::PersonPlaced(was.person));
    }
    Ok(())
}

/// What an event brings with it, as far as a need can be met by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought<'a> {
    /// Reason code.
    pub reason: Option<&'a str>,
    /// Reason in own words.
    pub text: Option<&'a str>,
    /// First day of work.
    pub starts_on: Option<NaiveDate>,
    /// Last day of work.
    pub ended_on: Option<NaiveDate>,
    /// A record of the person's consent.
    pub consent: bool,
    /// The consent was given by phone and the number is not with it.
    pub consent_lacks_number: bool,
    /// The phone number on which the person was reached.
    pub number_dialled: Option<&'a str>,
    /// New state.
    pub target: Option<State>,
    /// New deadline.
    pub deadline: Option<NaiveDate>,
    /// Whoever acts may confirm.
    pub may_confirm: bool,
}

/// What an event lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A field, by its name in the API.
    Field(&'static str),
    /// The same, if the person has evidence of priority that counts today; that is to be looked up.
    FieldIfPriority(&'static str),
    /// The field has a day that is over.
    PastDay(&'static str, NaiveDate),
    /// The day is further away than anybody agrees on.
    ImplausibleDay(&'static str, NaiveDate),
    /// The right to confirm.
    Right,
}

/// What `need` lacks in what was brought; `None` when it is met, or met elsewhere (rights of `verify` and reasons of
/// vacancies are no needs of applications).
pub fn lack(need: Need, brought: &Brought<'_>, today: NaiveDate) -> Option<Lack> {
    let unless = |met: bool, field: &'static str| (!met).then_some(Lack::Field(field));
    match need {
        Need::Reason => unless(brought.reason.is_some(), "reason"),
        Need::ReasonIfPriority => brought.reason.is_none().then_some(Lack::FieldIfPriority("reason")),
        Need::WrittenReason => unless(brought.text.is_some_and(|text| !text.trim().is_empty()), "text"),
        Need::StartDate => match brought.starts_on {
            None => Some(Lack::Field("starts_on")),
            Some(day) if contact::is_plausible_start(day, today) => None,
            Some(day) => Some(Lack::ImplausibleDay("starts_on", day)),
        },
        Need::EndDate => unless(brought.ended_on.is_some(), "ended_on"),
        Need::ConsentRecord => unless(brought.consent, "consent"),
        Need::PhoneContact => {
            let with_consent = brought.consent && !brought.consent_lacks_number;
            unless(brought.number_dialled.is_some() || with_consent, "number_dialled")
        }
        Need::ConfirmRight => (!brought.may_confirm).then_some(Lack::Right),
        Need::NewDate => match brought.deadline {
            None => Some(Lack::Field("deadline")),
            Some(day) if day < today => Some(Lack::PastDay("deadline", day)),
            Some(day) => {
                (day > contact::latest_deadline(today)).then_some(Lack::ImplausibleDay("deadline", day))
            }
        },
        Need::Target => unless(brought.target.is_some(), "target"),
        Need::WrittenReasonIfFlagged | Need::VerifyRight => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::application::{Answers, limits::SeatBook};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn id<T: From<Uuid>>(number: u128) -> T {
        T::from(Uuid::from_u128(number))
    }

    fn vacancy(state: vacancy::State, taken: i64) -> VacancyFacts {
        let book = SeatBook { taken, ..SeatBook::new(1, 2000) };
        VacancyFacts {
            id: id(1),
            state,
            closes_on: Some(day("2026-11-27")),
            employer: employer::State::Verified,
            book,
            answers: Answers::default(),
        }
    }

    fn application(number: u128, state: State) -> ApplicationFacts {
        ApplicationFacts {
            id: id(number),
            person: id(1),
            vacancy: id(1),
            run: None,
            state,
            held: false,
            deadline: None,
        }
    }

    #[test]
    fn new_people_need_a_vacancy_that_takes_people() {
        for event in Event::ALL {
            let new = matches!(event, Event::Propose | Event::Apply | Event::Confirm | Event::Renew);
            let found =
                |state, on| of_vacancy(*event, &vacancy(state, 0), day(on)).map_err(|e| e.to_string());
            assert_eq!(found(vacancy::State::Open, "2026-11-27"), Ok(()), "{event}");
            let (paused, over) =
                (found(vacancy::State::Paused, "2026-11-27"), found(vacancy::State::Open, "2026-11-28"));
            assert_eq!(paused.err(), new.then(|| "paused".to_owned()), "{event}");
            assert_eq!(over.err(), new.then(|| "closing date passed".to_owned()), "{event}");
        }
    }

    #[test]
    fn a_suspended_employer_takes_nobody_further_and_lets_nobody_lapse() {
        use employer::State::{Suspended, Verified};
        for event in Event::ALL {
            let found = |actor, employer| of_employer(*event, State::Referred, actor, employer);
            let further = matches!(event, Event::Invite | Event::Offer | Event::Hire);
            assert_eq!(
                found(Actor::Employer, Suspended).is_err(),
                further || *event == Event::Lapse,
                "{event}"
            );
            assert_eq!(found(Actor::Staff, Suspended).is_err(), *event == Event::Lapse, "{event}");
            assert_eq!(found(Actor::Employer, Verified), Ok(()), "{event}");
        }
        assert_eq!(of_employer(Event::Lapse, State::Confirmed, Actor::System, Suspended), Ok(()));
        let new = VacancyFacts { employer: Suspended, ..vacancy(vacancy::State::Open, 0) };
        let refused = of_vacancy(Event::Confirm, &new, day("2026-11-27")).unwrap_err();
        assert_eq!(
            (refused.code().as_str(), refused.to_string()),
            ("vacancy_not_open", "employer suspended".to_owned())
        );
    }

    #[test]
    fn a_pair_has_one_open_application_and_a_person_one_job() {
        assert_eq!(of_new_pair(id(1), 0, None), Ok(()));
        assert_eq!(of_new_pair(id(1), 1, Some(State::Queued)), Err(Refusal::AlreadyOpen(State::Queued)));
        assert_eq!(of_new_pair(id(1), 1, None).unwrap_err().code(), "person_placed");
        assert_eq!(of_rest(true, Event::Invite), Err(Refusal::Held));
        assert_eq!((of_rest(true, Event::Withdraw), of_rest(false, Event::Invite)), (Ok(()), Ok(())));
    }

    #[test]
    fn whoever_returns_finds_the_pair_free() {
        let (was, twin) = (application(1, State::Declined), application(2, State::Proposed));
        let elsewhere = ApplicationFacts { vacancy: id(2), ..twin };
        assert_eq!(of_returning_pair(&was, State::Queued, &[was, elsewhere]), Ok(()));
        let refused = of_returning_pair(&was, State::Queued, &[was, twin]);
        assert_eq!(refused.unwrap_err().code(), "already_open");
        assert_eq!(of_returning_pair(&was, State::Lapsed, &[twin]), Ok(()), "it does not return");
    }

    #[test]
    fn a_reentry_needs_the_vacancy_and_a_person_without_work() {
        assert!(reenters(State::Declined, State::Queued) && reenters(State::Hired, State::Offered));
        assert!(!reenters(State::Referred, State::Queued) && !reenters(State::Ended, State::Hired));
        let was = application(1, State::Declined);
        for state in vacancy::State::ALL {
            for taken in [0, 1] {
                let kept = matches!(state, vacancy::State::Open | vacancy::State::Paused);
                let reopens = *state == vacancy::State::Filled && taken == 0;
                let found = of_reentry(&was, &[], &vacancy(*state, taken)).is_ok();
                assert_eq!(found, kept || reopens, "{state} {taken}");
            }
        }
        let at_work = [application(2, State::Started)];
        let refused = of_reentry(&was, &at_work, &vacancy(vacancy::State::Open, 0));
        assert_eq!(refused, Err(Refusal::PersonPlaced(id(1))));
    }

    #[test]
    fn nothing_brought_lacks_everything_and_everything_brought_nothing() {
        let today = day("2026-11-27");
        let everything = Brought {
            reason: Some("other"),
            text: Some("sakit"),
            starts_on: Some(today),
            ended_on: Some(today),
            consent: true,
            consent_lacks_number: false,
            number_dialled: Some("+6286012345678"),
            target: Some(State::Queued),
            deadline: Some(today),
            may_confirm: true,
        };
        let mut lacking = Vec::new();
        for need in Need::ALL {
            assert_eq!(lack(*need, &everything, today), None, "{need}");
            lacking.extend(lack(*need, &Brought::default(), today));
        }
        let field = Lack::Field;
        let expected = [
            field("reason"),
            Lack::FieldIfPriority("reason"),
            field("text"),
            field("starts_on"),
            field("ended_on"),
            field("consent"),
            field("number_dialled"),
            Lack::Right,
            field("target"),
            field("deadline"),
        ];
        assert_eq!(lacking, expected);
    }

    #[test]
    fn what_is_brought_is_looked_at() {
        let today = day("2026-11-27");
        let blank = Brought { text: Some("  "), ..Brought::default() };
        assert_eq!(lack(Need::WrittenReason, &blank, today), Some(Lack::Field("text")));
        let until = |text: &str| {
            let brought = Brought { deadline: Some(day(text)), ..Brought::default() };
            lack(Need::NewDate, &brought, today)
        };
        assert_eq!(until("2027-02-27"), None);
        assert_eq!(until("2999-01-01"), Some(Lack::ImplausibleDay("deadline", day("2999-01-01"))));
        assert_eq!(until("2026-11-26"), Some(Lack::PastDay("deadline", day("2026-11-26"))));
        let start = |text: &str| {
            let brought = Brought { starts_on: Some(day(text)), ..Brought::default() };
            lack(Need::StartDate, &brought, today)
        };
        assert_eq!((start("2026-10-27"), start("2027-11-28")), (None, None));
        for text in ["2026-10-26", "2027-11-29"] {
            assert_eq!(start(text), Some(Lack::ImplausibleDay("starts_on", day(text))));
        }
        let yesterday = Brought { deadline: Some(day("2026-11-26")), ..Brought::default() };
        let past = Lack::PastDay("deadline", day("2026-11-26"));
        assert_eq!(lack(Need::NewDate, &yesterday, today), Some(past));
        let visited = Brought { consent: true, ..Brought::default() };
        assert_eq!(lack(Need::PhoneContact, &visited, today), None);
        let phoned = Brought { consent_lacks_number: true, ..visited };
        assert_eq!(lack(Need::PhoneContact, &phoned, today), Some(Lack::Field("number_dialled")));
    }
}
