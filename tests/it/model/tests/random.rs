//! Random walks over the desk: whatever people do in whatever order, the promises of the design hold after each act.
use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::super::words::Change;
use super::super::*;
use super::checks::{
    check_order, check_records, check_renewals, check_reserve, check_rest, check_room, picture,
};
use padankerja::domain::application::MACHINE;

/// What a walker tries. Numbers are folded into what exists.
#[derive(Clone, Debug)]
enum Try {
    Create {
        person: u32,
        vacancy: u32,
        reserve: i64,
        applies: bool,
    },
    /// The newest application is confirmed and consented to.
    Promote,
    Possible {
        application: usize,
        choice: usize,
        house: u8,
    },
    Anything {
        application: usize,
        event: Event,
        actor: Actor,
        stale: bool,
    },
    Exactly {
        no: ApplicationNo,
        event: Event,
        actor: Actor,
    },
    Undo {
        application: usize,
        house: u8,
    },
    Correct {
        application: usize,
        to: State,
    },
    Vacancy {
        vacancy: u32,
        event: vacancy::Event,
    },
    Seats {
        vacancy: u32,
        seats: i64,
    },
    Said {
        vacancy: u32,
    },
    Overdue {
        vacancy: u32,
        overdue: bool,
    },
    Wait {
        minutes: i64,
    },
    /// Who is proposed, and who stands in reserve: (person, vacancy).
    Publish {
        proposals: Vec<(u32, u32)>,
        reserve: Vec<(u32, u32)>,
    },
}

fn any_try() -> impl Strategy<Value = Try> {
    let vacancy_events = {
        use vacancy::Event::{Close, Expire, Fill, Pause, Reopen, Resume};
        [Pause, Pause, Pause, Resume, Resume, Resume, Close, Expire, Fill, Reopen]
    };
    prop_oneof![
        20 => (0_u32..28, 0_u32..7, 0_i64..4, any::<bool>())
            .prop_map(|(person, vacancy, reserve, applies)| Try::Create { person, vacancy, reserve, applies }),
        20 => Just(Try::Promote),
        36 => (any::<usize>(), any::<usize>(), 0_u8..6)
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
        3 => (pairs(0..6), pairs(0..20)).prop_map(|(proposals, reserve)| Try::Publish { proposals, reserve }),
    ]
}

fn pairs(how_many: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(u32, u32)>> {
    proptest::collection::vec((0_u32..28, 0_u32..7), how_many)
}

fn select<T: Clone + std::fmt::Debug + 'static>(from: &[T]) -> proptest::sample::Select<T> {
    proptest::sample::select(from.to_vec())
}

fn any_walk() -> impl Strategy<Value = (i64, u32, Vec<i64>, Vec<Try>)> {
    let ratio = prop_oneof![4 => Just(2000_i64), 1 => 500_i64..3000];
    let seat = prop_oneof![Just(1), Just(1), Just(2), Just(3), Just(4)];
    let seats =
        prop_oneof![proptest::collection::vec(seat.clone(), 1..3), proptest::collection::vec(seat, 4..8)];
    let people = prop_oneof![Just(2_u32), Just(6), Just(14)];
    (ratio, people, seats, proptest::collection::vec(any_try(), 1..160))
}

/// A desk, the time, and what the walk has met.
struct Walk {
    desk: Desk,
    now: DateTime<Utc>,
    met: BTreeSet<String>,
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
        if !which.is_multiple_of(3) && !open.is_empty() {
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
        if matches!(step, Try::Promote) {
            let Some(no) = self.desk.applications.keys().next_back().copied() else { return };
            self.check_one(&Try::Exactly { no, event: Event::Confirm, actor: Actor::Staff });
            self.check_one(&Try::Exactly { no, event: Event::Consent, actor: Actor::Person });
        } else {
            self.check_one(step);
        }
    }

    fn check_one(&mut self, step: &Try) {
        let before = self.desk.clone();
        let Some((result, by)) = self.attempt(step) else { return };
        match result {
            Ok(recorded) => {
                check_records(&before, &self.desk, &recorded);
                check_rest(&self.desk);
                check_order(&self.desk, &recorded);
                check_room(&before, &self.desk, &recorded);
                check_reserve(&before, &self.desk, &recorded);
                check_renewals(&before, &self.desk, &recorded);
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
            Try::Promote => None,
            Try::Exactly { no, event, actor } => Some(self.event(*no, *event, self.by(*actor, 1), 0)),
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
            Try::Publish { proposals, reserve } => {
                let by = self.by(Actor::System, 1);
                let (proposals, reserve) = (self.places(proposals), self.places(reserve));
                Some((self.desk.publish(&by, &proposals, &reserve), by))
            }
            Try::Overdue { vacancy, overdue } => {
                Some((self.desk.set_overdue(&staff, VacancyNo(*vacancy), *overdue), staff))
            }
        }
    }

    fn places(&self, pairs: &[(u32, u32)]) -> Vec<RunPlace> {
        let fold = |no: u32, among: usize| no % u32::try_from(among).unwrap() + 1;
        let place = |(order, (person, vacancy)): (i64, &(u32, u32))| RunPlace {
            person: PersonNo(fold(*person, self.desk.people.len())),
            vacancy: VacancyNo(fold(*vacancy, self.desk.vacancies.len())),
            reserve: order,
        };
        (1..).zip(pairs).map(place).collect()
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
        // What was proposed, by hand or from the reserve, is never as if it had not been.
        for event in recorded {
            if let Change::Application { application, from: None, .. } = event.change {
                expected.2.insert(application, (State::Retired, false));
            }
        }
        assert_eq!(found, expected, "undo of {event}");
        check_rest(&undone);
        if recorded.len() > 1 {
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
        let promoted =
            |event: &Recorded| matches!(event.change, Change::Application { event: Event::Propose, .. });
        if let Some(Change::Application { event, .. }) = recorded.first().map(|first| first.change)
            && recorded.iter().skip(1).any(promoted)
        {
            self.met.insert(format!("promotion after {event}"));
        }
        let undone =
            |event: &&Recorded| matches!(event.change, Change::Application { event: Event::Undo, .. });
        if recorded.iter().filter(undone).count() > 2 {
            self.met.insert("undo of three".to_owned());
        }
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
    let promotions = ["lapse", "decline", "withdraw", "dismiss", "refuse", "no_show"]
        .map(|e| format!("promotion after {e}"));
    let events = events.chain(promotions);
    let wanted = events.chain(vacancy).chain(errors).chain(groups).chain(["undo of three".to_owned()]);
    let missing: Vec<_> = wanted.filter(|wanted| !met.contains(wanted)).collect();
    assert!(missing.is_empty(), "never met: {missing:?}");
    assert!(!met.contains("error counter_broken"));
}
