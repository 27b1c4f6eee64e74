//! What must hold after every act, computed from the applications alone, not from what the desk counted.
use std::collections::BTreeMap;

use super::super::words::Change;
use super::super::*;
use padankerja::domain::application::MACHINE;
use padankerja::domain::application::limits::slots_formula;
use padankerja::domain::machine::To;

/// Everything of a desk that an undo has to restore: states, rest, counters. No versions, no log.
pub(super) type Picture = (
    BTreeMap<VacancyNo, DeskVacancy>,
    BTreeMap<PersonNo, DeskPerson>,
    BTreeMap<ApplicationNo, (State, bool)>,
);

pub(super) fn picture(desk: &Desk) -> Picture {
    let applications = desk.applications.iter().map(|(no, a)| (*no, (a.state, a.held))).collect();
    (desk.vacancies.clone(), desk.people.clone(), applications)
}

/// Limits, counters, rest, pairs, filled vacancies and the queue: what holds after every act.
pub(super) fn check_rest(desk: &Desk) {
    for (no, vacancy) in desk.vacancies() {
        check_vacancy(desk, no, vacancy);
    }
    for (no, person) in desk.people() {
        let count = |kind: fn(State) -> bool| {
            let own = desk.applications.values().filter(|a| a.person == no && kind(a.state)).count();
            i64::try_from(own).unwrap()
        };
        assert_eq!((person.book.live, person.book.placed), (count(State::is_live), count(State::takes_seat)));
        assert!(person.book.live <= 3 && person.book.placed <= 1, "person {}", no.0);
    }
    for (no, application) in desk.applications() {
        check_application(desk, no, application);
    }
}

fn check_vacancy(desk: &Desk, no: VacancyNo, vacancy: &DeskVacancy) {
    let own = || desk.applications.values().filter(|a| a.vacancy == no);
    let count = |kind: fn(State) -> bool| i64::try_from(own().filter(|a| kind(a.state)).count()).unwrap();
    let book = vacancy.book;
    assert_eq!((book.live, book.taken), (count(State::is_live), count(State::takes_seat)));
    assert!(book.taken <= book.seats && book.live <= book.slots, "{book:?}");
    assert_eq!(book.slots, slots_formula(book.seats - book.taken, book.ratio_permille).max(book.live));
    match vacancy.state {
        vacancy::State::Open => assert!(book.taken < book.seats),
        vacancy::State::Filled => assert_eq!(book.taken, book.seats),
        _ => {}
    }
    if !matches!(vacancy.state, vacancy::State::Open | vacancy::State::Paused) {
        assert_eq!(count(State::is_open_before_hired), 0, "{}", vacancy.state);
    }
    let refused = i64::try_from(own().filter(|a| a.state == State::Refused).count()).unwrap();
    assert_eq!(vacancy.answers.refusals, refused);
    assert!(vacancy.answers.answers >= refused);
}

fn check_application(desk: &Desk, no: ApplicationNo, application: &DeskApplication) {
    let others = || desk.applications().filter(|(other, a)| *other != no && a.person == application.person);
    let hired_elsewhere = others().any(|(_, a)| a.state == State::Hired);
    let started_elsewhere = others().any(|(_, a)| a.state == State::Started);
    let before_hired = application.state.is_open_before_hired();
    assert_eq!(application.held, before_hired && hired_elsewhere, "application {}", no.0);
    assert!(!(application.state.is_open() && started_elsewhere), "application {}", no.0);
    let twins = others().filter(|(_, a)| a.vacancy == application.vacancy && a.state.is_open());
    assert!(!application.state.is_open() || twins.count() == 0, "pair of application {}", no.0);
    if application.state == State::Queued && !application.held {
        let vacancy = desk.vacancies[&application.vacancy];
        let formula = slots_formula(vacancy.book.seats - vacancy.book.taken, vacancy.book.ratio_permille);
        let person = desk.people[&application.person].book;
        let servable = vacancy.takes_referrals() && vacancy.book.live < formula && person.live < 3;
        assert!(!servable, "application {} waits for nothing", no.0);
    }
}

/// The log is a faithful account: each event starts where the last one ended, follows the table and names its cause.
pub(super) fn check_records(before: &Desk, after: &Desk, recorded: &[Recorded]) {
    assert_eq!(after.log.len(), before.log.len() + recorded.len());
    let mut states: BTreeMap<_, _> =
        before.applications.iter().map(|(no, a)| (*no, (a.state, a.version))).collect();
    let root = recorded.first().filter(|first| first.cause.is_none() && first.actor != Actor::System);
    for event in recorded {
        if root.is_some_and(|root| root.no != event.no) {
            assert_eq!(
                (event.cause, event.actor, event.org),
                (root.map(|root| root.no), Actor::System, None)
            );
        }
        let Change::Application { application, event: what, from, to, held, version } = event.change else {
            continue;
        };
        assert_eq!(from, states.get(&application).map(|(state, _)| *state));
        assert_eq!(version, states.get(&application).map_or(0, |(_, version)| *version) + 1);
        match MACHINE.row(from, what, event.actor) {
            Ok(row) => match row.to {
                To::State(state) => assert_eq!(state, to),
                To::Same => assert_eq!(from, Some(to)),
                To::Chosen => {}
            },
            // The service undoes what an undone event had caused.
            Err(_) => assert_eq!((what, event.actor), (Event::Undo, Actor::System)),
        }
        assert!(!held || to.is_open_before_hired());
        states.insert(application, (to, version));
    }
    for (no, application) in after.applications() {
        assert_eq!(states[&no], (application.state, application.version));
    }
    check_both_facts(after, recorded);
}

/// Nobody is referred without the confirmation of staff and the consent of the person.
fn check_both_facts(desk: &Desk, recorded: &[Recorded]) {
    for referral in recorded {
        let Change::Application { application: no, event: Event::Refer, .. } = referral.change else {
            continue;
        };
        let (mut confirmed, mut consented, mut corrected) = (false, false, false);
        for event in desk.log.iter().take_while(|event| event.no <= referral.no) {
            let Change::Application { application, event, to, .. } = event.change else { continue };
            if application != no {
                continue;
            }
            match event {
                Event::Confirm => confirmed = true,
                Event::Consent | Event::Apply => consented = true,
                Event::Undo if matches!(to, State::Proposed | State::Consented) => confirmed = false,
                Event::Correct => corrected = true,
                _ => {}
            }
        }
        assert!(corrected || (confirmed && consented), "referral of {}", no.0);
    }
}

/// Nobody overtakes: who is referred from the queue leaves no earlier one behind whose turn it could have been.
pub(super) fn check_order(desk: &Desk, recorded: &[Recorded]) {
    let keeps_slot = recorded.first().is_some_and(|first| {
        matches!(
            first.change,
            Change::Application { event: Event::Consent, from: Some(State::Confirmed), .. }
        )
    });
    for event in recorded.iter().skip(if keeps_slot { 2 } else { 1 }) {
        let Change::Application { application: no, event: Event::Refer, .. } = event.change else { continue };
        let served = desk.applications[&no];
        for (other, waiting) in desk.applications() {
            let earlier = (waiting.reserve, other) < (served.reserve, no);
            let waits = waiting.state == State::Queued && !waiting.held && waiting.vacancy == served.vacancy;
            let has_place = desk.people[&waiting.person].book.live < 3;
            assert!(!(earlier && waits && has_place), "{} overtook {}", no.0, other.0);
        }
    }
}

/// Only an undo may leave more live applications than the formula has slots, and only as many as there were slots.
pub(super) fn check_room(before: &Desk, after: &Desk, recorded: &[Recorded]) {
    let undone = recorded
        .first()
        .is_some_and(|first| matches!(first.change, Change::Application { event: Event::Undo, .. }));
    for (no, vacancy) in after.vacancies() {
        let grew = vacancy.book.live > before.vacancies[&no].book.live;
        let overhang = vacancy.book.live > vacancy.book.formula();
        assert!(!grew || !overhang || undone, "vacancy {}: {:?}", no.0, vacancy.book);
    }
}

/// A run that proposes a pair again renews what an earlier one proposed and nobody answered: nobody reads of one job twice.
pub(super) fn check_renewals(before: &Desk, after: &Desk, recorded: &[Recorded]) {
    let (mut retired, mut made) = (Vec::new(), Vec::new());
    for event in recorded {
        let Change::Application { application: no, event: what, from, .. } = event.change else { continue };
        let now = after.applications[&no];
        match (what, from) {
            (Event::Retire, _) => retired.push((now.person, now.vacancy)),
            // Not from the reserve, which has its own rule.
            (Event::Propose, None) if event.cause.is_none() => made.push((now.person, now.vacancy)),
            (Event::Renew, _) => {
                let was = before.applications[&no];
                assert!(was.run.is_some_and(|run| run < after.run), "application {}", no.0);
                let (run, reserve, version) = (Some(after.run), now.reserve, was.version + 1);
                assert_eq!(now, DeskApplication { run, reserve, version, ..was });
                assert_eq!((now.state, now.held), (State::Proposed, false));
                assert!(after.vacancies[&now.vacancy].state.is_open());
                assert_eq!(after.people[&now.person].book.placed, 0);
            }
            _ => {}
        }
    }
    assert!(!made.iter().any(|pair| retired.contains(pair)), "retired and proposed again: {recorded:?}");
}

/// Who is promoted from the reserve is the first who may be, fits into the group, and waits for nothing else.
pub(super) fn check_reserve(before: &Desk, after: &Desk, recorded: &[Recorded]) {
    let mut settled: BTreeMap<VacancyNo, i64> = BTreeMap::new();
    for event in recorded {
        let Change::Application { application: no, event: what, from, to, .. } = event.change else {
            continue;
        };
        let application = after.applications[&no];
        if from.is_some_and(|from| !from.is_final()) && to.is_final() && what != Event::Undo {
            *settled.entry(application.vacancy).or_default() += 1;
        }
        if what != Event::Propose || event.cause.is_none() {
            continue;
        }
        let left = settled.entry(application.vacancy).or_default();
        *left -= 1;
        assert!(*left >= 0, "application {} took no freed place", no.0);
        let own = |wanted: fn(State) -> bool| {
            after.applications.values().filter(|a| a.person == application.person && wanted(a.state)).count()
        };
        assert_eq!(own(State::takes_seat), 0, "application {}", no.0);
        let unanswered = after.applications.values().filter(|a| {
            a.person == application.person && a.run == application.run && a.state.is_unanswered()
        });
        assert_eq!(unanswered.count(), 1, "one proposal a run: application {}", no.0);
        let open = after
            .applications
            .values()
            .filter(|a| a.vacancy == application.vacancy && a.state.is_open_before_hired());
        let vacancy = after.vacancies[&application.vacancy];
        assert!(vacancy.state.is_open());
        assert!(i64::try_from(open.count()).unwrap() <= vacancy.book.formula(), "application {}", no.0);
        let place = |reserve: &[RunPlace]| {
            let of_vacancy = reserve.iter().filter(|p| p.vacancy == application.vacancy);
            of_vacancy.map(|p| p.person).position(|person| person == application.person)
        };
        assert!(place(&before.reserve).is_some(), "application {} is from nowhere", no.0);
        for earlier in before.reserve.iter().filter(|p| p.vacancy == application.vacancy) {
            if earlier.person == application.person {
                break;
            }
            check_passed_over(after, earlier, no);
        }
    }
}

/// Whoever stood before the promoted one had a reason to be passed over.
fn check_passed_over(desk: &Desk, place: &RunPlace, promoted: ApplicationNo) {
    let own = || desk.applications().filter(|(no, a)| *no != promoted && a.person == place.person);
    let person = desk.people[&place.person].book;
    let reason = person.placed > 0
        || person.live >= 3
        || own().any(|(_, a)| a.run == Some(desk.run) && a.state.is_unanswered())
        || own().any(|(_, a)| {
            let had_its_turn = a.run == Some(desk.run) && a.state != State::Retired;
            a.vacancy == place.vacancy && (had_its_turn || a.state.is_open() || a.state.is_a_no())
        });
    assert!(reason, "person {} was passed over for application {}", place.person.0, promoted.0);
}
