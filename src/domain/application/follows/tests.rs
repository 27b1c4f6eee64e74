//! Each step by itself, from facts written down by hand. That the steps together do what is promised, in this order,
//! the walks of `tests/it/workflow.rs` prove against a model of their own.
use std::collections::BTreeMap;

use chrono::DateTime;
use uuid::Uuid;

use super::{
    reserve::{Current, Obstacle, OfPair, frees, has_room, obstacle_of_pair, obstacle_of_person, promotes},
    *,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-27")
}

fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

/// Application `number` of the same person, each for a vacancy of its own.
fn application(number: u128, state: State) -> ApplicationFacts {
    ApplicationFacts {
        id: id(number),
        person: id(1),
        vacancy: id(number),
        run: None,
        state,
        held: false,
        deadline: None,
    }
}

fn held(number: u128, state: State) -> ApplicationFacts {
    ApplicationFacts { held: true, ..application(number, state) }
}

fn vacancy(seats: i64) -> VacancyFacts {
    let book = SeatBook::new(seats, 2000);
    VacancyFacts {
        id: id(1),
        state: vacancy::State::Open,
        closes_on: None,
        employer: crate::domain::employer::State::Verified,
        book,
        answers: Answers::default(),
    }
}

fn with_taken(seats: i64, taken: i64, state: vacancy::State) -> VacancyFacts {
    let facts = vacancy(seats);
    VacancyFacts { state, book: SeatBook { taken, ..facts.book }, ..facts }
}

#[test]
fn only_a_yes_to_a_confirmed_proposal_has_a_slot_of_its_own() {
    for event in Event::ALL {
        for state in State::ALL {
            let expected = (*event, *state) == (Event::Consent, State::Confirmed);
            assert_eq!(asks_for_own_slot(*event, *state), expected, "{event} {state}");
        }
        let expected = match event {
            Event::Consent => Some(Step::ReferInOwnSlot(id(1))),
            Event::Start => Some(Step::PlanFollowUps(id(1))),
            _ => None,
        };
        assert_eq!(of_itself(*event, id(1), true), expected, "{event}");
    }
    assert_eq!(of_itself(Event::Consent, id(1), false), None);
}

#[test]
fn a_vacancy_follows_its_counters() {
    for state in vacancy::State::ALL {
        let full = with_taken(2, 2, *state);
        let free = with_taken(2, 1, *state);
        assert_eq!((reopens(&full), fills(&free)), (None, None), "{state}");
        let filled = *state == vacancy::State::Filled;
        assert_eq!(reopens(&free), filled.then_some(Step::Reopen(id(1))), "{state}");
        let open = *state == vacancy::State::Open;
        assert_eq!(fills(&full), open.then_some(Step::Fill(id(1))), "{state}");
    }
}

#[test]
fn work_started_elsewhere_ends_what_is_open_and_a_hire_lets_it_rest() {
    let own = [
        held(1, State::Proposed),
        application(2, State::Hired),
        application(3, State::Queued),
        application(4, State::Started),
    ];
    let ends = [Step::Supersede(id(1)), Step::Supersede(id(2)), Step::Supersede(id(3))];
    assert_eq!(of_person(&own, today()), ends);
    assert_eq!(of_person(&own[..3], today()), [Step::Hold(id(3))], "who rests already rests on");
    assert_eq!(of_person(&[own[0], own[2]], today()), [Step::Release(id(1), None)]);
    assert_eq!(of_person(&[own[2]], today()), []);
}

#[test]
fn a_deadline_that_passed_at_rest_is_today() {
    for (deadline, after) in [("2026-11-20", "2026-11-27"), ("2026-12-01", "2026-12-01")] {
        let rested = ApplicationFacts { deadline: Some(day(deadline)), ..held(1, State::Referred) };
        assert_eq!(of_person(&[rested], today()), [Step::Release(id(1), Some(day(after)))]);
    }
}

#[test]
fn whoever_is_hired_elsewhere_rests_with_everything_before_hired() {
    let own = [application(1, State::Hired), application(2, State::Queued)];
    for state in State::ALL {
        assert_eq!(rests(id(2), *state, &own), state.is_open_before_hired(), "{state}");
        assert!(!rests(id(1), *state, &own), "the hire itself");
    }
}

#[test]
fn what_closes_with_a_vacancy_is_what_is_before_hired() {
    let all: Vec<_> = (1..).zip(State::ALL).map(|(number, state)| application(number, *state)).collect();
    let closed = closes(&all, CloseReason::VacancyExpired);
    let expected: Vec<_> = all
        .iter()
        .filter(|a| a.state.is_open_before_hired())
        .map(|a| Step::Close(a.id, CloseReason::VacancyExpired))
        .collect();
    assert_eq!((closed.len(), closed), (7, expected));
}

#[test]
fn queues_are_served_by_vacancy_then_by_person() {
    let served = serves(id(2), &BTreeSet::from([id(3), id(1)]), &BTreeSet::from([id(9), id(8)]));
    let vacancies = [1, 2, 3].map(|number| Queue::OfVacancy(id(number)));
    let people = [8, 9].map(|number| Queue::OfPerson(id(number)));
    assert_eq!(served, [&vacancies[..], &people[..]].concat());
}

#[test]
fn somebody_is_referred_only_when_nothing_hinders_it() {
    let (waiting, place) = (application(1, State::Queued), PersonBook::default());
    let goes = |waiting: &ApplicationFacts, vacancy: &VacancyFacts, person: &PersonBook| {
        refers(waiting, vacancy, person, today()).is_some()
    };
    let free = vacancy(1);
    assert_eq!(refers(&waiting, &free, &place, today()), Some(Step::Refer(id(1))));
    for state in State::ALL {
        let waits = *state == State::Queued;
        assert_eq!(goes(&application(1, *state), &free, &place), waits, "{state}");
    }
    assert!(!goes(&held(1, State::Queued), &free, &place));
    assert!(!goes(&waiting, &free, &PersonBook { live: 3, placed: 0 }));
    let full = VacancyFacts { book: SeatBook { live: 3, ..free.book }, ..free };
    assert!(!goes(&waiting, &full, &place));
    assert!(full.is_open_to_referrals(today()), "its own slot somebody may still use");
    assert!(!hinders_referrals(0) && hinders_referrals(1));
}

#[test]
fn referrals_stop_when_the_vacancy_is_not_open_is_over_or_refuses_too_much() {
    for state in vacancy::State::ALL {
        let open = VacancyFacts { state: *state, ..vacancy(1) };
        assert_eq!(open.is_open_to_referrals(today()), *state == vacancy::State::Open, "{state}");
    }
    let until = |text: &str| VacancyFacts { closes_on: Some(day(text)), ..vacancy(1) };
    assert!(until("2026-11-27").is_open_to_referrals(today()));
    assert!(!until("2026-11-26").is_open_to_referrals(today()));
    let refusing = |refusals| VacancyFacts { answers: Answers { answers: 5, refusals }, ..vacancy(1) };
    assert!(refusing(2).is_open_to_referrals(today()));
    assert!(!refusing(3).is_open_to_referrals(today()) && refusing(3).takes_people(today()));
}

#[test]
fn whoever_leaves_leaves_the_hire_first() {
    let own = [
        application(1, State::Proposed),
        application(2, State::Queued),
        application(3, State::Hired),
        application(4, State::Started),
    ];
    let ended = [(id(3), Event::Supersede), (id(1), Event::Retire), (id(2), Event::Supersede)];
    assert_eq!(leaves(&own), ended);
}

#[test]
fn whatever_settles_an_application_frees_a_place_but_taking_back() {
    assert!(frees(Event::Decline, Some(State::Confirmed), State::Declined));
    assert!(frees(Event::End, Some(State::Started), State::Ended));
    assert!(!frees(Event::Undo, Some(State::Proposed), State::Retired));
    assert!(!frees(Event::Propose, None, State::Proposed));
    assert!(!frees(Event::Correct, Some(State::Declined), State::Refused), "it was settled before");
    assert!(!frees(Event::Hire, Some(State::Offered), State::Hired));
    let freed = BTreeMap::from([(id(2), 1), (id(1), 3)]);
    assert_eq!(promotes(&freed, true), [Step::Promote(id(1), 3), Step::Promote(id(2), 1)]);
    assert_eq!(promotes(&freed, false), []);
}

#[test]
fn the_reserve_fills_up_to_the_formula() {
    let open = vacancy(2);
    assert!(has_room(&open, 3, today()) && !has_room(&open, 4, today()));
    let paused = VacancyFacts { state: vacancy::State::Paused, ..open };
    let over = VacancyFacts { closes_on: Some(day("2026-11-26")), ..open };
    assert!(!has_room(&paused, 0, today()) && !has_room(&over, 0, today()));
}

#[test]
fn the_first_thing_against_a_pair_is_told() {
    let now = DateTime::UNIX_EPOCH;
    let current = Current { run: id(7), no_since: now };
    let past = |run: Option<u128>, state: State, seconds: i64| {
        let changed_at = now + chrono::TimeDelta::seconds(seconds);
        OfPair { run: run.map(id), state, changed_at }
    };
    let found = |all: &[OfPair]| obstacle_of_pair(all, &current);
    assert_eq!(found(&[]), None);
    assert_eq!(found(&[past(Some(7), State::Retired, 0)]), None, "taken back");
    assert_eq!(found(&[past(Some(6), State::Lapsed, 0)]), None, "of another run, and no no");
    assert_eq!(found(&[past(None, State::Refused, -1)]), None, "long ago");
    let no = past(None, State::Refused, 0);
    let open = past(None, State::Consented, 0);
    assert_eq!(found(&[no]), Some(Obstacle::RecentNo));
    assert_eq!(found(&[no, open]), Some(Obstacle::AlreadyOpen));
    assert_eq!(found(&[no, open, past(Some(7), State::Declined, -9)]), Some(Obstacle::HadItsTurn));
}

#[test]
fn a_person_has_three_places_and_one_unanswered_proposal_of_a_run() {
    let current = Current { run: id(7), no_since: DateTime::UNIX_EPOCH };
    let of_run = |run: u128, state| ApplicationFacts { run: Some(id(run)), ..application(1, state) };
    let found = |live, own: &[ApplicationFacts]| {
        obstacle_of_person(&PersonBook { live, placed: 0 }, own, &current).and_then(Obstacle::code)
    };
    assert_eq!(found(2, &[of_run(7, State::Queued), of_run(6, State::Proposed)]), None);
    assert_eq!(found(2, &[of_run(7, State::Confirmed)]), Some("proposed_elsewhere"));
    assert_eq!(found(3, &[of_run(7, State::Confirmed)]), Some("person_live_limit"));
    assert_eq!(Obstacle::HadItsTurn.code(), None);
    assert_eq!(Obstacle::Person("not_seeking").code(), Some("not_seeking"));
}
