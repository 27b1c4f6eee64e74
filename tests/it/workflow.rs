//! Random walks of the workflow on both databases against the reference model `model`: the same events are
//! accepted and refused for the same reason, and afterwards every state, counter, version and held flag is the same.
use std::collections::BTreeMap;

use padankerja::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::workflow::{self, ConsentDraft, Details, Outcome, Start},
        policies,
        runs::publish,
        system,
    },
    domain::{
        application::{Event, State},
        contact::ConsentChannel,
        ids::{ApplicationId, PersonId, RunId, VacancyId},
        machine::Actor,
        run::Kind,
    },
    store::{
        applications, people,
        runs::{self, Proposal, Run},
        vacancies,
    },
    transact,
};
use proptest::{prelude::*, test_runner::TestRunner};
use sqlx::types::Json;

use crate::{
    model::{
        Desk,
        words::{
            ApplicationNo, By as DeskBy, Change, DeskError, DeskPolicy, PersonNo, Recorded, RunNo, RunPlace,
            Target, VacancyNo,
        },
    },
    support::{
        database::{TestDb, both_databases},
        fixture::{self, Office},
    },
};

const SEATS: [u32; 3] = [1, 1, 2];
const PEOPLE: u32 = 5;

/// One random move: what, on which application or pair, by whom, with which version. An event behind the last publishes
/// a run, whose proposals and reserve follow from `target` and `to`.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub event: usize,
    pub target: usize,
    pub stale: bool,
    pub to: usize,
}

/// What can be tried. Events that only the service causes as a consequence are not.
pub const EVENTS: [(Event, Actor); 24] = [
    (Event::Propose, Actor::System),
    (Event::Propose, Actor::Staff),
    (Event::Apply, Actor::Person),
    (Event::Apply, Actor::Person),
    (Event::Confirm, Actor::Staff),
    (Event::Confirm, Actor::Staff),
    (Event::Confirm, Actor::Staff),
    (Event::Consent, Actor::Person),
    (Event::Consent, Actor::Staff),
    (Event::Consent, Actor::Staff),
    (Event::Dismiss, Actor::Staff),
    (Event::Decline, Actor::Person),
    (Event::Invite, Actor::Staff),
    (Event::Offer, Actor::Staff),
    (Event::Hire, Actor::Staff),
    (Event::Hire, Actor::Staff),
    (Event::Start, Actor::Staff),
    (Event::NoShow, Actor::Staff),
    (Event::Refuse, Actor::Staff),
    (Event::Withdraw, Actor::Person),
    (Event::Lapse, Actor::System),
    (Event::End, Actor::Staff),
    (Event::Undo, Actor::Staff),
    (Event::Correct, Actor::Supervisor),
];

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (0..EVENTS.len() + 5, 0..64_usize, prop::bool::weighted(0.05), 0..State::ALL.len())
        .prop_map(|(event, target, stale, to)| Move { event, target, stale, to });
    prop::collection::vec(one, 1..60)
}

/// The same things on the desk and in the database.
pub struct Twins<'a> {
    pub app: &'a App,
    office: &'a Office,
    pub desk: Desk,
    pub vacancies: Vec<VacancyId>,
    pub people: Vec<PersonId>,
    trainee: padankerja::app::access::Trainee,
    pub applications: BTreeMap<ApplicationNo, ApplicationId>,
    runs: BTreeMap<RunNo, RunId>,
    /// A working day ahead.
    later: chrono::NaiveDate,
}

impl<'a> Twins<'a> {
    pub async fn new(app: &'a App, office: &'a Office, case: u32) -> Self {
        let mut desk = Desk::new(DeskPolicy { ratio_permille: 2000, undo_minutes: 15 });
        let employer = fixture::employer(app, &format!("PT Contoh {case}")).await;
        let (mut vacancies, mut people) = (Vec::new(), Vec::new());
        for (no, seats) in (0..).zip(SEATS) {
            vacancies.push(fixture::vacancy(app, employer, "Operator jahit", seats).await);
            desk.add_vacancy(VacancyNo(no), i64::from(seats));
        }
        for no in 0..PEOPLE {
            people.push(fixture::person(app, case * PEOPLE + no).await);
            desk.add_person(PersonNo(no));
        }
        let trainee = fixture::trainee(app, &format!("pencaker{case}"), &people).await;
        let mut tx = app.db.read().await.unwrap();
        let calendar = padankerja::app::calendar::working_days(&mut tx, today()).await.unwrap();
        Self {
            app,
            office,
            desk,
            vacancies,
            people,
            trainee,
            applications: BTreeMap::new(),
            runs: BTreeMap::new(),
            later: calendar.add_working_days(today(), 20),
        }
    }

    pub fn by(&self, actor: Actor) -> Acting {
        match actor {
            Actor::Person => self.trainee.acting(),
            Actor::Staff => self.office.confirming.acting(),
            Actor::Supervisor => self.office.supervising.acting(),
            Actor::Companion | Actor::Employer | Actor::System => Acting::system(),
        }
    }

    /// Whether an application does not exist for whoever acts: for a person what nobody confirmed yet.
    pub async fn hidden(&self, by: &Acting, id: ApplicationId) -> bool {
        let mut tx = self.app.db.read().await.unwrap();
        applications::find(&mut tx, &by.reach().applications().unwrap(), id).await.unwrap().is_none()
    }

    /// Makes one move on both; the answers must agree.
    pub async fn make(&mut self, m: &Move) {
        let Some((event, actor)) = EVENTS.get(m.event).copied() else {
            return self.publish(m).await;
        };
        let by = self.by(actor);
        let desk_by = DeskBy { now: self.app.clock.now(), actor, org: by.acts_for() };
        let creates = matches!(event, Event::Propose | Event::Apply);
        let outcome = if creates {
            let person = m.target % self.people.len();
            let vacancy = m.target / self.people.len() % self.vacancies.len();
            self.create(&by, &desk_by, event, person, vacancy).await
        } else {
            let Some((no, id)) = self.applications.iter().nth(m.target % self.applications.len().max(1))
            else {
                return;
            };
            let (no, id) = (*no, *id);
            let hidden = self.hidden(&by, id).await;
            let version = self.desk.application(no).unwrap().version - i64::from(m.stale);
            let target = State::ALL[m.to];
            let on_desk = match event {
                Event::Correct => self.desk.correct(&desk_by, no, target, version),
                _ => self.desk.act(&desk_by, Target::Application(no), event, version),
            };
            let details = details(event, target, self.later);
            let app = self.app;
            let in_store = async {
                transact!(app, tx => workflow::act(app, tx, &by, id, event, &details, Some(version)).await)
            }
            .await;
            if hidden {
                assert!(on_desk.is_err(), "{event} by {actor} on what they do not know of: {m:?}");
                assert!(matches!(in_store, Err(AppError::NotFound)), "{event} by {actor}: {m:?}");
                return;
            }
            (on_desk, in_store)
        };
        if let (Ok(on_desk), Ok(in_store)) = &outcome {
            self.pair_up(on_desk, in_store);
        }
        let outcome = (outcome.0.map(|_| ()), outcome.1.map(|_| ()));
        let (on_desk, in_store) = (told_by_desk(&outcome.0), told_by_app(&outcome.1));
        // Who applies where a proposal rests that they do not know of is told what they would be told without it.
        let unknown = event == Event::Apply && actor == Actor::Person && on_desk == "held";
        if unknown && matches!(in_store.as_str(), "person_placed" | "vacancy_not_open") {
            return;
        }
        assert_eq!(on_desk, in_store, "{event} by {actor}: {m:?}");
    }

    async fn create(
        &mut self,
        by: &Acting,
        desk_by: &DeskBy,
        event: Event,
        person: usize,
        vacancy: usize,
    ) -> (Result<Vec<Recorded>, DeskError>, Result<Outcome, AppError>) {
        let pair = Target::Pair {
            person: PersonNo(u32::try_from(person).unwrap()),
            vacancy: VacancyNo(u32::try_from(vacancy).unwrap()),
            reserve: 1,
        };
        // The use case lets a person apply to an open proposal of the same pair; the desk names the application.
        let proposed = self.desk.applications().find(|(_, a)| {
            event == Event::Apply
                && a.state == State::Proposed
                && Target::Pair { person: a.person, vacancy: a.vacancy, reserve: 1 } == pair
        });
        let proposed = proposed.map(|(no, a)| (no, a.version));
        let on_desk = match proposed {
            Some((no, version)) => self.desk.act(desk_by, Target::Application(no), event, version),
            None => self.desk.act(desk_by, pair, event, 0),
        };
        let start = Start {
            person: self.people[person],
            vacancy: self.vacancies[vacancy],
            run: None,
            fit: 500,
            priority: 0,
            reserve_order: 1,
        };
        let (app, details) = (self.app, details(event, State::Proposed, self.later));
        let in_store =
            async { transact!(app, tx => workflow::begin(app, tx, by, &start, event, &details).await) }.await;
        (on_desk, in_store)
    }

    /// Notes which is which of the applications that an act made: asked for, or promoted from the reserve.
    fn pair_up(&mut self, on_desk: &[Recorded], in_store: &Outcome) {
        let made = in_store.recorded.iter().filter(|r| r.from.is_none()).map(|r| r.application);
        let numbers: Vec<_> = made_on_desk(on_desk).collect();
        let ids: Vec<_> = made.collect();
        assert_eq!(
            numbers.len(),
            ids.len(),
            "promoted here and not there: {on_desk:?} {:?}",
            in_store.recorded
        );
        self.applications.extend(numbers.into_iter().zip(ids));
    }

    /// Publishes a run on both: whoever has a bit in `target` is proposed somewhere, everybody else stands in reserve.
    async fn publish(&mut self, m: &Move) {
        let everybody = 0..self.people.len();
        let vacancy_of =
            |person: usize| (m.target >> person & 1 == 1).then_some((person + m.to) % SEATS.len());
        let (mut proposals, mut reserve) = (Vec::new(), Vec::new());
        for vacancy in 0..SEATS.len() {
            let place = |person: usize, order: usize| RunPlace {
                person: PersonNo(u32::try_from(person).unwrap()),
                vacancy: VacancyNo(u32::try_from(vacancy).unwrap()),
                reserve: i64::try_from(order).unwrap(),
            };
            let here: Vec<_> = everybody.clone().filter(|p| vacancy_of(*p) == Some(vacancy)).collect();
            proposals.extend((1..).zip(&here).map(|(order, person)| place(*person, order)));
            let turned = everybody.clone().map(|person| (person + m.to) % self.people.len());
            let others = turned.filter(|person| !here.contains(person));
            reserve.extend((1..).zip(others).map(|(order, person)| place(person, order + here.len())));
        }
        let by = DeskBy { now: self.app.clock.now(), actor: Actor::System, org: None };
        let recorded = self.desk.publish(&by, &proposals, &reserve).unwrap();
        let run = self.run(&proposals, &reserve).await;
        let published = publish::publish(self.app, &Acting::system(), run).await.unwrap();
        self.runs.insert(RunNo::try_from(self.runs.len() + 1).unwrap(), run);
        let made: Vec<_> = made_on_desk(&recorded).collect();
        let counted = [Event::Propose, Event::Renew].map(|event| on_desk(&recorded, event));
        assert_eq!([published.created, published.renewed], counted, "{m:?}");
        // Those of earlier walks retire with the first run of this one.
        assert!(published.retired >= on_desk(&recorded, Event::Retire), "{m:?}");
        let mut tx = self.app.db.read().await.unwrap();
        for no in made {
            let of = self.desk.application(no).unwrap();
            let (person, vacancy) = (self.person(of.person), self.vacancy(of.vacancy));
            let found = applications::open_between(&mut tx, person, vacancy).await.unwrap().unwrap();
            assert_eq!(found.reserve_order, of.reserve);
            self.applications.insert(no, found.id);
        }
    }

    pub fn person(&self, no: PersonNo) -> PersonId {
        self.people[usize::try_from(no.0).unwrap()]
    }

    pub fn vacancy(&self, no: VacancyNo) -> VacancyId {
        self.vacancies[usize::try_from(no.0).unwrap()]
    }

    /// A finished run with these proposals and this reserve.
    async fn run(&self, proposals: &[RunPlace], reserve: &[RunPlace]) -> RunId {
        let policy = policies::policy(self.app, policies::DEFAULT_POLICY).await.unwrap().id;
        let now = self.app.clock.now();
        let run = Run {
            id: system::fresh(),
            policy_id: policy,
            state: padankerja::domain::run::State::Done,
            as_of: self.app.clock.today(),
            seed: 1,
            started_by: None,
            started_at: now,
            finished_at: Some(now),
            published_at: None,
            summary: None,
            failure: None,
        };
        let mut tx = self.app.db.write().await.unwrap();
        assert_eq!(runs::insert(&mut tx, &run).await.unwrap(), 1);
        let last = |vacancy: VacancyNo| {
            i64::try_from(proposals.iter().filter(|p| p.vacancy == vacancy).count()).unwrap()
        };
        let kinds =
            proposals.iter().map(|p| (p, Kind::Proposal)).chain(reserve.iter().map(|p| (p, Kind::Reserve)));
        for (place, kind) in kinds {
            let proposal = Proposal {
                run_id: run.id,
                vacancy_id: self.vacancy(place.vacancy),
                person_id: self.person(place.person),
                place: place.reserve - if kind == Kind::Reserve { last(place.vacancy) } else { 0 },
                kind,
                fit: 500,
                priority: 0,
                explanation: Json(serde_json::json!({})),
                dropped: None,
            };
            runs::insert_proposal(&mut tx, &proposal).await.unwrap();
        }
        tx.commit().await.unwrap();
        run.id
    }

    /// Everything the two know is the same.
    pub async fn compare(&self) {
        let mut tx = self.app.db.read().await.unwrap();
        for (no, id) in &self.applications {
            let expected = self.desk.application(*no).unwrap();
            let found = applications::get(&mut tx, *id).await.unwrap().unwrap();
            assert_eq!(
                (found.state, found.held, found.version, found.reserve_order, found.run_id),
                (
                    expected.state,
                    expected.held,
                    expected.version,
                    expected.reserve,
                    expected.run.map(|no| self.runs[&no])
                ),
                "application {no:?}"
            );
        }
        for (no, expected) in self.desk.vacancies() {
            let id = self.vacancies[usize::try_from(no.0).unwrap()];
            let found = vacancies::find(&mut tx, None, id).await.unwrap().unwrap();
            assert_eq!(
                (found.state, found.taken, found.live, found.slots, found.answers, found.refusals),
                (
                    expected.state,
                    expected.book.taken,
                    expected.book.live,
                    expected.book.slots,
                    expected.answers.answers,
                    expected.answers.refusals
                ),
                "vacancy {no:?}"
            );
        }
        for (no, expected) in self.desk.people() {
            let id = self.people[usize::try_from(no.0).unwrap()];
            let found = people::find(&mut tx, &people::Scope::Office, id).await.unwrap().unwrap();
            assert_eq!(
                (found.live, found.placed),
                (expected.book.live, expected.book.placed),
                "person {no:?}"
            );
        }
        assert_eq!(applications::broken_counters(&mut tx).await.unwrap(), 0);
    }
}

/// The applications that recorded events made, in their order.
pub fn made_on_desk(recorded: &[Recorded]) -> impl Iterator<Item = ApplicationNo> {
    recorded.iter().filter_map(|event| match event.change {
        Change::Application { application, from: None, .. } => Some(application),
        _ => None,
    })
}

/// How often an event was recorded.
fn on_desk(recorded: &[Recorded], wanted: Event) -> u64 {
    let is = |event: &&Recorded| matches!(event.change, Change::Application { event, .. } if event == wanted);
    u64::try_from(recorded.iter().filter(is).count()).unwrap()
}

/// Everything an event may ask for.
fn details(event: Event, target: State, later: chrono::NaiveDate) -> Details {
    let reason = padankerja::domain::application::reason::codes(event).first().map(|code| (*code).to_owned());
    Details {
        reason,
        text: Some("percobaan".to_owned()),
        starts_on: Some(today()),
        ended_on: Some(today()),
        consent: Some(ConsentDraft {
            channel: ConsentChannel::Phone,
            number_dialled: Some("+6286012345678".to_owned()),
            self_spoke: true,
            guardian: None,
            text_shown: None,
        }),
        invitation: None,
        number_dialled: Some("+6286012345678".to_owned()),
        heard: None,
        target: Some(target),
        deadline: Some(later),
        share: true,
        helped: false,
    }
}

/// Today in Jakarta.
fn today() -> chrono::NaiveDate {
    use padankerja::domain::clock::Clock;
    padankerja::app::system::SystemClock.today()
}

fn told_by_desk(outcome: &Result<(), DeskError>) -> String {
    match outcome {
        Ok(()) => "done".to_owned(),
        Err(DeskError::Version { .. }) => "stale_version".to_owned(),
        Err(error) => error.code().to_string(),
    }
}

fn told_by_app(outcome: &Result<(), AppError>) -> String {
    match outcome {
        Ok(()) => "done".to_owned(),
        Err(error) => error.code().to_string(),
    }
}

/// One event row and one audit row for every change.
async fn records_match(app: &App) {
    let count = async |text: &'static str| -> i64 {
        match &app.db {
            padankerja::store::Db::Sqlite { read, .. } => {
                sqlx::query_scalar(text).fetch_one(read).await.unwrap()
            }
            padankerja::store::Db::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
        }
    };
    let events = count("select count(*) from application_events").await;
    let versions = count("select cast(sum(version) as bigint) from applications").await;
    let audited = count("select count(*) from audit where action like 'application.%'").await;
    assert_eq!((events, events), (versions, audited));
    assert!(events > 100, "only {events} events: the walks go nowhere");
    let promoted =
        count("select count(*) from application_events where event = 'propose' and cause_id is not null");
    let promoted = promoted.await;
    assert!(promoted > 10, "only {promoted} promoted from the reserve");
    let renewed = count("select count(*) from application_events where event = 'renew'").await;
    assert!(renewed > 10, "only {renewed} renewed");
    let passed =
        count("select count(*) from run_proposals where kind = 'reserve' and dropped is not null").await;
    assert!(passed > 10, "only {passed} passed over");
}

async fn walks(db: &TestDb) {
    let app = fixture::app(db);
    let office = fixture::office(&app).await;
    let handle = tokio::runtime::Handle::current();
    let mut case = 0;
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 40,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let counter = std::cell::Cell::new(0_u32);
    let outcome = tokio::task::block_in_place(|| {
        runner.run(&moves(), |walk| {
            counter.set(counter.get() + 1);
            handle.block_on(async {
                let mut twins = Twins::new(&app, &office, counter.get()).await;
                for one in &walk {
                    twins.make(one).await;
                    twins.compare().await;
                }
            });
            Ok(())
        })
    });
    case += counter.get();
    assert!(case >= 40);
    outcome.unwrap();
    records_match(&app).await;
}

both_databases!(random_walks_follow_the_desk, |db: TestDb| walks(db));
