//! Random walks over the desk: whatever people do in whatever order, the promises of the design hold after each act.
use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::super::*;
use crate::domain::application::MACHINE;
use crate::domain::application::book::slots_formula;
use crate::domain::workflow::To;

/// What a walker tries. Numbers are folded into what exists.
#[derive(Clone, Debug)]
enum Try {
    Create { person: u32, vacancy: u32, reserve: i64, applies: bool },
    Possible { application: usize, choice: usize, house: u8 },
    Anything { application: usize, event: Event, actor: Actor, stale: bool },
    Undo { application: usize, house: u8 },
    Correct { application: usize, to: State },
    Vacancy { vacancy: u32, event: vacancy::Event },
    Seats { vacancy: u32, seats: i64 },
    Said { vacancy: u32 },
    Overdue { vacancy: u32, overdue: bool },
    Wait { minutes: i64 },
}

fn any_try() -> impl Strategy<Value = Try> {
    let vacancy_events = {
        use vacancy::Event::{Close, Expire, Fill, Pause, Reopen, Resume};
        [Pause, Pause, Pause, Resume, Resume, Resume, Close, Expire, Fill, Reopen]
    };
    prop_oneof![
        16 => (0_u32..18, 0_u32..5, 0_i64..4, any::<bool>())
            .prop_map(|(person, vacancy, reserve, applies)| Try::Create { person, vacancy, reserve, applies }),
        70 => (any::<usize>(), any::<usize>(), 0_u8..6)
            .prop_map(|(application, choice, house)| Try::Possible { application, choice, house }),
        3 => (any::<usize>(), select(Event::ALL), select(Actor::ALL), any::<bool>())
            .prop_map(|(application, event, actor, stale)| Try::Anything { application, event, actor, stale }),
        8 => (any::<usize>(), 0_u8..4).prop_map(|(application, house)| Try::Undo { application, house }),
        2 => (any::<usize>(), select(State::ALL)).prop_map(|(application, to)| Try::Correct { application, to }),
        3 => (1_u32..6, select(&vacancy_events)).prop_map(|(vacancy, event)| Try::Vacancy { vacancy, event }),
        1 => (1_u32..6, 0_i64..5).prop_map(|(vacancy, seats)| Try::Seats { vacancy, seats }),
        1 => (1_u32..6).prop_map(|vacancy| Try::Said { vacancy }),
        1 => (1_u32..6, any::<bool>()).prop_map(|(vacancy, overdue)| Try::Overdue { vacancy, overdue }),
        4 => (0_i64..12).prop_map(|minutes| Try::Wait { minutes }),
    ]
}

fn select<T: Clone + std::fmt::Debug + 'static>(from: &[T]) -> proptest::sample::Select<T> {
    proptest::sample::select(from.to_vec())
}

fn any_walk() -> impl Strategy<Value = (i64, u32, Vec<i64>, Vec<Try>)> {
    let ratio = prop_oneof![4 => Just(2000_i64), 1 => 500_i64..3000];
    let seats = proptest::collection::vec(prop_oneof![Just(1), Just(1), Just(2), Just(3), Just(4)], 1..6);
    let people = prop_oneof![Just(2_u32), Just(5), Just(9)];
    (ratio, people, seats, proptest::collection::vec(any_try(), 1..160))
}

/// A desk, the time, and what the walk has met.
struct Walk {
    desk: Desk,
    now: DateTime<Utc>,
    met: BTreeSet<String>,
}

/// Everything of a desk that an undo has to restore: states, rest, counters. No versions, no log.
type Picture = (
    BTreeMap<VacancyNo, DeskVacancy>,
    BTreeMap<PersonNo, DeskPerson>,
    BTreeMap<ApplicationNo, (State, bool)>,
);

fn picture(desk: &Desk) -> Picture {
    let applications = desk.applications.iter().map(|(no, a)| (*no, (a.state, a.held))).collect();
    (desk.vacancies.clone(), desk.people.clone(), applications)
}

impl Walk {
    fn new(ratio_permille: i64, people: u32, seats: &[i64]) -> Self {
        let mut desk = Desk::new(DeskPolicy { ratio_permille, undo_minutes: 15 });
        for (no, seats) in (1..).zip(seats) {
            desk.add_vacancy(VacancyNo(no), *seats);
        }
        for no in 1..=people {
            desk.add_person(PersonNo(no));
        }
        Self { desk, now: DateTime::UNIX_EPOCH, met: BTreeSet::new() }
    }

    fn by(&self, actor: Actor, house: u8) -> By {
        let org = match actor {
            Actor::Person | Actor::System => None,
            // One house in most cases, so that undo finds its own.
            Actor::Staff | Actor::Supervisor | Actor::Companion => Some(if house == 0 { 2 } else { 1 }),
            Actor::Employer => Some(3),
        };
        By { now: self.now, actor, org: org.map(Uuid::from_u128) }
    }

    fn pick(&self, which: usize) -> Option<ApplicationNo> {
        let all: Vec<_> = self.desk.applications.keys().collect();
        // Twice out of three the open ones, else old ones would eat the walk.
        let open: Vec<_> = self.desk.applications.iter().filter(|(_, a)| !a.state.is_final()).collect();
        if which % 3 > 0 && !open.is_empty() {
            return open.get(which / 3 % open.len()).map(|(no, _)| **no);
        }
        all.get(which / 3 % all.len().max(1)).map(|no| **no)
    }

    /// An event and an actor of the table for the state, forward ones more often.
    fn possible(&self, no: ApplicationNo, choice: usize) -> (Event, Actor) {
        let state = self.desk.applications[&no].state;
        let mut choices = Vec::new();
        for row in MACHINE.rows.iter().filter(|row| row.starts_from(Some(state))) {
            let weight = match row.event {
                Event::Confirm | Event::Consent => 24,
                Event::Hire | Event::Apply => 4,
                Event::Invite | Event::Start | Event::NoShow | Event::End | Event::Refuse => 2,
                _ => 1,
            };
            for actor in row.who {
                choices.extend(std::iter::repeat_n((row.event, *actor), weight));
            }
        }
        choices[choice % choices.len()]
    }

    fn try_one(&mut self, step: &Try) {
        let before = self.desk.clone();
        let Some((result, by)) = self.attempt(step) else { return };
        match result {
            Ok(recorded) => {
                check_records(&before, &self.desk, &recorded);
                check_rest(&self.desk);
                check_order(&self.desk, &recorded);
                check_room(&before, &self.desk, &recorded);
                self.check_undo(&before, &recorded, &by);
                self.note(&recorded);
            }
            Err(error) => {
                assert_eq!(picture(&self.desk), picture(&before));
                assert_eq!(self.desk.log, before.log);
                self.met.insert(format!("error {}", error.code()));
            }
        }
    }

    fn attempt(&mut self, step: &Try) -> Option<(Result<Vec<Recorded>, DeskError>, By)> {
        let staff = self.by(Actor::Staff, 1);
        match step {
            Try::Wait { minutes } => {
                self.now += TimeDelta::minutes(*minutes);
                None
            }
            Try::Create { person, vacancy, reserve, applies } => {
                let (event, actor) =
                    if *applies { (Event::Apply, Actor::Person) } else { (Event::Propose, Actor::Staff) };
                let (people, vacancies) = (self.desk.people.len(), self.desk.vacancies.len());
                let fold = |no: u32, among: usize| no % u32::try_from(among).unwrap() + 1;
                let (person, vacancy) =
                    (PersonNo(fold(*person, people)), VacancyNo(fold(*vacancy, vacancies)));
                let by = self.by(actor, 1);
                let target = Target::Pair { person, vacancy, reserve: *reserve };
                Some((self.desk.act(&by, target, event, 0), by))
            }
            Try::Possible { application, choice, house } => {
                let no = self.pick(*application)?;
                let (event, actor) = self.possible(no, *choice);
                Some(self.event(no, event, self.by(actor, *house), 0))
            }
            Try::Anything { application, event, actor, stale } => {
                let no = self.pick(*application)?;
                Some(self.event(no, *event, self.by(*actor, 1), i64::from(*stale)))
            }
            Try::Undo { application, house } => {
                let no = self.pick(*application)?;
                let actor = if house % 2 == 0 { Actor::Employer } else { Actor::Staff };
                Some(self.event(no, Event::Undo, self.by(actor, *house), 0))
            }
            Try::Correct { application, to } => {
                let no = self.pick(*application)?;
                let by = self.by(Actor::Supervisor, 1);
                let version = self.desk.applications[&no].version;
                Some((self.desk.correct(&by, no, *to, version), by))
            }
            Try::Vacancy { vacancy, event } => {
                let system = matches!(event, vacancy::Event::Expire);
                let by = if system { self.by(Actor::System, 1) } else { staff };
                Some((self.desk.act_on_vacancy(&by, VacancyNo(*vacancy), *event), by))
            }
            Try::Seats { vacancy, seats } => {
                Some((self.desk.edit_seats(&staff, VacancyNo(*vacancy), *seats), staff))
            }
            Try::Said { vacancy } => Some((self.desk.record_said(&staff, VacancyNo(*vacancy)), staff)),
            Try::Overdue { vacancy, overdue } => {
                Some((self.desk.set_overdue(&staff, VacancyNo(*vacancy), *overdue), staff))
            }
        }
    }

    fn event(
        &mut self,
        no: ApplicationNo,
        event: Event,
        by: By,
        stale: i64,
    ) -> (Result<Vec<Recorded>, DeskError>, By) {
        let version = self.desk.applications[&no].version - stale;
        (self.desk.act(&by, Target::Application(no), event, version), by)
    }

    /// Whatever an officer or employer did can be taken back at once, and then everything is as before.
    fn check_undo(&mut self, before: &Desk, recorded: &[Recorded], by: &By) {
        let Some(Recorded { actor, change: Change::Application { application, event, .. }, .. }) =
            recorded.first().copied()
        else {
            return;
        };
        let consent = matches!(event, Event::Consent | Event::Apply);
        let repair = matches!(event, Event::Undo | Event::Correct);
        if consent || repair || !matches!(actor, Actor::Staff | Actor::Employer) {
            return;
        }
        let mut undone = self.desk.clone();
        let version = undone.applications[&application].version;
        let result = undone.act(by, Target::Application(application), Event::Undo, version);
        assert!(result.is_ok(), "undo of {event}: {result:?}");
        let (mut expected, found) = (picture(before), picture(&undone));
        if event == Event::Propose {
            expected.2.insert(application, (State::Retired, false));
        }
        assert_eq!(found, expected, "undo of {event}");
        check_rest(&undone);
        if recorded.len() > 2 {
            self.met.insert(format!("undo of a group by {event}"));
        }
    }

    fn note(&mut self, recorded: &[Recorded]) {
        for event in recorded {
            self.met.insert(match event.change {
                Change::Application { event, .. } => event.to_string(),
                Change::Vacancy { event, .. } => format!("vacancy {event}"),
            });
        }
        let undone =
            |event: &&Recorded| matches!(event.change, Change::Application { event: Event::Undo, .. });
        if recorded.iter().filter(undone).count() > 2 {
            self.met.insert("undo of three".to_owned());
        }
    }
}

/// Limits, counters, rest, pairs, filled vacancies and the queue: what holds after every act.
fn check_rest(desk: &Desk) {
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
fn check_records(before: &Desk, after: &Desk, recorded: &[Recorded]) {
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
fn check_order(desk: &Desk, recorded: &[Recorded]) {
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
fn check_room(before: &Desk, after: &Desk, recorded: &[Recorded]) {
    let undone = recorded
        .first()
        .is_some_and(|first| matches!(first.change, Change::Application { event: Event::Undo, .. }));
    for (no, vacancy) in after.vacancies() {
        let grew = vacancy.book.live > before.vacancies[&no].book.live;
        let overhang = vacancy.book.live > vacancy.book.formula();
        assert!(!grew || !overhang || undone, "vacancy {}: {:?}", no.0, vacancy.book);
    }
}

fn run(ratio: i64, people: u32, seats: &[i64], steps: &[Try]) -> BTreeSet<String> {
    let mut walk = Walk::new(ratio, people, seats);
    for step in steps {
        walk.try_one(step);
    }
    walk.met
}

proptest! {
    #![proptest_config(Config { cases: 200, max_shrink_iters: 20_000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn promises_hold_on_every_walk((ratio, people, seats, steps) in any_walk()) {
        run(ratio, people, &seats, &steps);
    }
}

/// The walks are worth something: together they meet every event and nearly every refusal.
#[test]
fn walks_meet_everything() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut met = BTreeSet::new();
    for _ in 0..300 {
        let (ratio, people, seats, steps) = any_walk().new_tree(&mut runner).unwrap().current();
        met.extend(run(ratio, people, &seats, &steps));
    }
    let events = Event::ALL.iter().map(|event| event.to_string());
    let vacancy =
        ["fill", "reopen", "pause", "resume", "close", "expire", "edit"].map(|e| format!("vacancy {e}"));
    let errors = [
        "wrong_state",
        "wrong_actor",
        "needs_target",
        "version_conflict",
        "held",
        "already_open",
        "vacancy_not_open",
        "person_placed",
        "no_slot",
        "no_seat",
        "person_live_limit",
        "referrals_stopped",
        "only_caused",
        "seats_below_taken",
        "undo_consent",
        "undo_only_with_cause",
        "undo_not_undoable",
        "undo_other_organisation",
        "undo_too_late",
        "undo_moved_on",
    ]
    .map(|code| format!("error {code}"));
    let groups =
        ["hire", "start", "no_show", "refuse", "confirm", "end"].map(|e| format!("undo of a group by {e}"));
    let wanted = events.chain(vacancy).chain(errors).chain(groups).chain(["undo of three".to_owned()]);
    let missing: Vec<_> = wanted.filter(|wanted| !met.contains(wanted)).collect();
    assert!(missing.is_empty(), "never met: {missing:?}");
    assert!(!met.contains("error counter_broken"));
}
