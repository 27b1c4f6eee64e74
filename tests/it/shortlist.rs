//! A shortlist is the head of the list a match run works with: the same people, points and order, whatever index and
//! roster know already, after any changes, in the process that made them and in another one.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{NaiveDate, TimeDelta};
use padankerja::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::workflow::{self, ConsentDraft, Details, Start},
        candidates::{
            posted,
            shortlist::{self, Search},
        },
        indexing::{self, Indexer, view::View},
        people::{self as residents, editing::Edit},
        readings as texts,
        runs::computing,
        system,
    },
    domain::{
        application::{Event, State},
        contact::ConsentChannel,
        evidence::Criterion as Kind,
        ids::{PersonId, RecordId, VacancyId},
    },
    matching::{
        policy::Policy,
        propose::{self, Pair},
    },
    reading::job::{JobText, read_job},
    sample,
    store::{
        applications, index_feed, pairs,
        people::{self, Scope},
        profiles::{self, Certificate, Criterion, Training},
        vacancies,
    },
    transact,
};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::support::{
    database::{TestDb, both_databases},
    fixture,
};

const SEED: u64 = 7;
const EVERYBODY: usize = 10_000;
const PROGRAMMES: [&str; 6] = [
    "Menjahit Pakaian",
    "Pengelasan SMAW 3G",
    "Barista",
    "Teknik Pendingin dan AC",
    "Administrasi Perkantoran",
    "sesuatu",
];
const CERTIFICATES: [&str; 4] = ["SIM B1", "Gada Pratama", "SIM A", "Ahli K3 Umum"];
const VILLAGES: [&str; 3] = ["33.11.05.2010", "33.11.01.2001", "33.11.12.2007"];
const TEXTS: [(&str, &str); 5] = [
    ("Operator Jahit", "Bisa menjahit, obras, mesin high speed"),
    ("Welder", "Las SMAW 3G, pengalaman 1 tahun"),
    ("Admin Gudang", "Menguasai Microsoft Excel, administrasi"),
    ("Sopir truk", "Memiliki SIM B1"),
    ("Ahli nujum", "bintang"),
];

/// A small regency with open vacancies, and what is looked into.
struct Town {
    app: App,
    people: Vec<PersonId>,
    vacancies: Vec<VacancyId>,
    dice: Dice,
}

impl Town {
    async fn new(db: &TestDb, people: u32) -> Self {
        let app = fixture::app(db);
        let employer = fixture::employer(&app, "PT Contoh Garmen").await;
        let mut town = Self { app, people: Vec::new(), vacancies: Vec::new(), dice: Dice(3) };
        for title in ["Operator Jahit", "Tukang Las", "Staf Administrasi", "Satpam", "Sopir"] {
            town.vacancies.push(fixture::vacancy(&town.app, employer, title, 3).await);
        }
        let today = town.app.clock.today();
        let params = sample::SampleParams { people, ..sample::SampleParams::standard(today) };
        let rows: Vec<_> = sample::plain::people(&params).collect();
        for chunk in rows.chunks(50) {
            let app = &town.app;
            let made: Result<Vec<PersonId>, AppError> = async {
                transact!(app, tx => {
                    let mut made = Vec::new();
                    for row in chunk {
                        made.push(residents::admit_row(app, tx, &Acting::terminal(), row).await?);
                    }
                    Ok(made)
                })
            }
            .await;
            town.people.extend(made.unwrap());
        }
        town
    }

    async fn indexer(&self, dir: &TempDir) -> Indexer {
        Indexer::open(&self.app, dir.path(), indexing::silent()).await.unwrap()
    }

    async fn search_vacancy(&self, id: VacancyId, as_of: NaiveDate) -> Search {
        let mut tx = self.app.db.read().await.unwrap();
        let vacancy = vacancies::find(&mut tx, None, id).await.unwrap().unwrap();
        tx.rollback().await.unwrap();
        let job = texts::read_vacancy(&vacancy);
        let opening = computing::opening(&vacancy, &job);
        Search { opening, job, policy: Policy::default(), as_of, seed: SEED }
    }

    fn search_text(&self, (title, description): (&str, &str), as_of: NaiveDate) -> Search {
        let job = read_job(&JobText { title, description, ..JobText::default() });
        let opening = posted::opening(&job);
        Search { opening, job, policy: Policy::default(), as_of, seed: SEED }
    }

    /// Vacancies and texts, some asked for on a day when other papers are valid.
    async fn searches(&mut self) -> Vec<Search> {
        let today = self.app.clock.today();
        let mut searches = Vec::new();
        for id in self.vacancies.clone() {
            searches.push(self.search_vacancy(id, today).await);
        }
        for text in TEXTS {
            let later = TimeDelta::days(i64::try_from(self.dice.below(3) * 200).unwrap());
            searches.push(self.search_text(text, today + later));
        }
        // Papers truly required, so that their last day decides.
        let mut licensed = self.search_text(TEXTS[3], today + TimeDelta::days(100));
        licensed.opening.facts.certificates = vec![vec!["sim_b1".to_owned()]];
        searches.push(licensed);
        searches
    }

    /// What a match run would take for this opening, in its order.
    async fn run_order(&self, search: &Search) -> Vec<(PersonId, Pair)> {
        let mut tx = self.app.db.read().await.unwrap();
        let seed = i64::try_from(search.seed).unwrap();
        let fetched = computing::fetch(&mut tx, &search.policy, search.as_of, seed).await.unwrap();
        tx.rollback().await.unwrap();
        let mut inputs = computing::digest(fetched).inputs;
        let mut opening = search.opening.clone();
        opening.capacity = u32::try_from(inputs.people.len()).unwrap();
        inputs.openings = vec![opening];
        let found = propose::propose(&inputs, &search.policy, &|_| {}).unwrap();
        found.proposals.into_iter().map(|place| (place.person, place.pair)).collect()
    }

    async fn list(&self, view: &View, search: &Search, top: usize) -> Vec<(PersonId, Pair)> {
        let list = shortlist::shortlist(&self.app, view, search, top).await.unwrap();
        list.into_iter()
            .map(|entry| {
                let pair = entry.pair.unwrap();
                assert_eq!((entry.explanation.fit, entry.explanation.priority), (pair.fit, pair.priority));
                (entry.person, pair)
            })
            .collect()
    }

    /// All views say what a run says. Gives how many people were on the lists.
    async fn check(&mut self, views: &[(&str, &View)]) -> usize {
        let mut listed = 0;
        for search in self.searches().await {
            let order = self.run_order(&search).await;
            for (name, view) in views {
                let title = &search.opening.id;
                assert_eq!(self.list(view, &search, EVERYBODY).await, order, "{name}: {title}");
                let top = self.dice.below(12);
                let head = &order[..top.min(order.len())];
                assert_eq!(self.list(view, &search, top).await, head, "{name}: {top} of {title}");
                let count = shortlist::count(&self.app, view, &search).await.unwrap();
                assert_eq!(count, order.len(), "{name}: {title}");
            }
            listed += order.len();
        }
        listed
    }

    /// One change as somebody at work would make it.
    async fn change(&mut self) {
        let person = self.people[self.dice.below(self.people.len())];
        match self.dice.below(10) {
            0 => {
                self.edit(person, &Edit { status: Some(Some("studying".to_owned())), ..Edit::default() })
                    .await
            }
            1 => {
                self.edit(person, &Edit { status: Some(Some("seeking".to_owned())), ..Edit::default() }).await
            }
            2 => {
                let objects_to_ranking = Some(Some(self.dice.below(2) == 0));
                self.edit(person, &Edit { objects_to_ranking, ..Edit::default() }).await;
            }
            3 => {
                let village = Some(Some(VILLAGES[self.dice.below(3)].to_owned()));
                let max_distance_m = Some(Some(i64::try_from(self.dice.below(30_000)).unwrap()));
                self.edit(person, &Edit { village, max_distance_m, ..Edit::default() }).await;
            }
            4 => self.learn(person).await,
            5 => self.evidence(person).await,
            6 => {
                let number = u32::try_from(self.people.len()).unwrap();
                self.people.push(fixture::person(&self.app, number).await);
            }
            _ => self.work(person).await,
        }
    }

    async fn edit(&self, person: PersonId, edit: &Edit) {
        let app = &self.app;
        let done: Result<(), AppError> = async {
            transact!(app, tx => {
                let before = residents::read(tx, &Acting::terminal(), person).await?;
                residents::edit(app, tx, &Acting::terminal(), person, before.person.version, edit).await?;
                Ok(())
            })
        }
        .await;
        done.unwrap();
    }

    /// Another training and a paper that ends some day.
    async fn learn(&mut self, person: PersonId) {
        let today = self.app.clock.today();
        let until = today + TimeDelta::days(i64::try_from(self.dice.below(500)).unwrap() - 100);
        let programme = PROGRAMMES[self.dice.below(PROGRAMMES.len())].to_owned();
        let name = CERTIFICATES[self.dice.below(CERTIFICATES.len())].to_owned();
        let expires_on = (self.dice.below(3) > 0).then_some(until);
        let mut tx = self.app.db.write().await.unwrap();
        profiles::clear(&mut tx, person).await.unwrap();
        let training = Training {
            id: system::fresh::<RecordId>(),
            person_id: person,
            class_id: None,
            programme,
            ended_on: None,
            result: None,
        };
        profiles::insert_training(&mut tx, &training).await.unwrap();
        let certificate =
            Certificate { id: system::fresh(), person_id: person, name, issued_on: None, expires_on };
        profiles::insert_certificate(&mut tx, &certificate).await.unwrap();
        index_feed::add(&mut tx, "person", person.0).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn evidence(&mut self, person: PersonId) {
        let today = self.app.clock.today();
        let criterion = Kind::ALL[self.dice.below(4)];
        let dated_on = today + TimeDelta::days(i64::try_from(self.dice.below(700)).unwrap() - 350);
        let row = Criterion {
            id: system::fresh(),
            person_id: person,
            value: if criterion == Kind::Desil { i64::try_from(self.dice.below(10)).unwrap() + 1 } else { 1 },
            criterion,
            source: "DTSEN".to_owned(),
            dated_on,
            expires_on: dated_on + TimeDelta::days(300),
            organisation_id: None,
        };
        let mut tx = self.app.db.write().await.unwrap();
        profiles::insert_criterion(&mut tx, &row).await.unwrap();
        index_feed::add(&mut tx, "person", person.0).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The next step of an application of the person, or a new application.
    async fn work(&mut self, person: PersonId) {
        let mut tx = self.app.db.read().await.unwrap();
        let open = pairs::open_pairs(&mut tx).await.unwrap();
        tx.rollback().await.unwrap();
        let some = open.get(self.dice.below(open.len().max(1))).copied();
        if let Some((person, vacancy, state)) = some.filter(|_| self.dice.below(3) > 0) {
            let event = match state {
                State::Proposed if self.dice.below(4) == 0 => Event::Dismiss,
                State::Proposed => Event::Confirm,
                State::Confirmed => Event::Consent,
                State::Referred if self.dice.below(3) == 0 => Event::Refuse,
                State::Referred => Event::Hire,
                State::Hired => Event::NoShow,
                _ => Event::Withdraw,
            };
            self.act(person, vacancy, event).await;
        } else {
            let vacancy = self.vacancies[self.dice.below(self.vacancies.len())];
            self.propose(person, vacancy).await;
        }
    }

    async fn propose(&self, person: PersonId, vacancy: VacancyId) {
        let start = Start { person, vacancy, run: None, fit: 500, priority: 0, reserve_order: 1 };
        let app = &self.app;
        let done = async {
            transact!(app, tx => {
                workflow::begin(app, tx, &Acting::terminal(), &start, Event::Propose, &Details::default()).await
            })
        }
        .await;
        accept(done.map(|_| ()));
    }

    async fn act(&self, person: PersonId, vacancy: VacancyId, event: Event) {
        let app = &self.app;
        let today = app.clock.today();
        let number = Some("+6286000000000".to_owned());
        let consent = ConsentDraft {
            channel: ConsentChannel::Phone,
            number_dialled: number.clone(),
            self_spoke: true,
            guardian: None,
            text_shown: None,
        };
        let details = Details {
            reason: padankerja::domain::application::reason::codes(event)
                .first()
                .map(|code| (*code).to_owned()),
            starts_on: Some(today),
            ended_on: Some(today),
            consent: Some(consent),
            number_dialled: number,
            ..Details::default()
        };
        let done = async {
            transact!(app, tx => {
                let found = applications::open_between(tx, person, vacancy).await?.ok_or(AppError::NotFound)?;
                let version = Some(found.version);
                workflow::act(app, tx, &Acting::terminal(), found.id, event, &details, version).await
            })
        }
        .await;
        accept(done.map(|_| ()));
    }
}

/// A rule of the workflow may refuse; nothing is changed then.
fn accept(done: Result<(), AppError>) {
    match done {
        Ok(()) | Err(AppError::Conflict { .. } | AppError::NotFound | AppError::Invalid(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(bound).unwrap()).unwrap()
    }
}

both_databases!(a_shortlist_is_the_order_of_a_run_after_any_changes, |db: TestDb| async {
    let mut town = Town::new(db, 120).await;
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let follows = town.indexer(&here).await;
    let behind = town.indexer(&there).await;
    let (following, lagging) = (follows.view(), behind.view());
    assert_eq!(following.roster_size(), 120, "a rebuild fills the roster");
    // Chance may leave out what is rare: one is hired, one is asked.
    let welding = town.vacancies[1];
    for (person, events) in
        [(5, vec![Event::Confirm, Event::Consent, Event::Hire]), (6, vec![Event::Confirm])]
    {
        town.propose(town.people[person], welding).await;
        for event in events {
            town.act(town.people[person], welding, event).await;
        }
    }
    let mut tx = town.app.db.read().await.unwrap();
    let open = pairs::open_pairs(&mut tx).await.unwrap();
    tx.rollback().await.unwrap();
    for wanted in [State::Hired, State::Confirmed] {
        assert!(open.iter().any(|(_, _, state)| *state == wanted), "{wanted:?}");
    }
    let mut listed = 0;
    for round in 0..8 {
        for _ in 0..14 {
            town.change().await;
        }
        if round % 2 == 1 {
            follows.catch_up(&town.app).await.unwrap();
        }
        let cold = indexing::view(&town.app, here.path(), indexing::silent()).await.unwrap();
        assert_eq!(cold.roster_size(), 0);
        listed += town.check(&[("following", &following), ("lagging", &lagging), ("cold", &cold)]).await;
    }
    assert!(listed > 300, "only {listed} on all lists: they say little");
});

both_databases!(whoever_may_not_be_proposed_any_more_is_gone_at_once, |db: TestDb| async {
    let town = Town::new(db, 0).await;
    let mut people = Vec::new();
    for number in 0..6 {
        people.push(fixture::person(&town.app, number).await);
    }
    let dir = tempfile::tempdir().unwrap();
    let indexer = town.indexer(&dir).await;
    let view = indexer.view();
    let (sewing, today) = (town.vacancies[0], town.app.clock.today());
    let search = town.search_vacancy(sewing, today).await;
    let who = || async {
        let mut who: Vec<_> =
            town.list(&view, &search, 100).await.into_iter().map(|(person, _)| person).collect();
        who.sort();
        who
    };
    assert_eq!(who().await, people);
    town.edit(people[0], &Edit { objects_to_ranking: Some(Some(true)), ..Edit::default() }).await;
    assert_eq!(who().await, people[1..], "objected");
    town.edit(people[1], &Edit { status: Some(Some("unreachable".to_owned())), ..Edit::default() }).await;
    assert_eq!(who().await, people[2..], "not seeking");
    town.propose(people[2], sewing).await;
    assert_eq!(who().await, people[2..], "a proposal is no answer");
    town.act(people[2], sewing, Event::Confirm).await;
    assert_eq!(who().await, people[3..], "asked for this very vacancy");
    let welding = town.vacancies[1];
    town.propose(people[3], welding).await;
    for event in [Event::Confirm, Event::Consent, Event::Hire] {
        town.act(people[3], welding, event).await;
    }
    assert_eq!(who().await, people[4..], "hired elsewhere");
    town.propose(people[4], sewing).await;
    town.act(people[4], sewing, Event::Dismiss).await;
    assert_eq!(who().await, people[5..], "said no to a while ago");
    for vacancy in &town.vacancies[1..4] {
        town.propose(people[5], *vacancy).await;
        town.act(people[5], *vacancy, Event::Confirm).await;
    }
    assert_eq!(who().await, [], "three are enough");
    let fresh = fixture::person(&town.app, 50).await;
    assert_eq!(who().await, [fresh], "nobody waits for the index");
    town.act(people[3], welding, Event::NoShow).await;
    assert_eq!(who().await, [people[3], fresh], "free again");
    indexer.catch_up(&town.app).await.unwrap();
    assert_eq!(who().await, [people[3], fresh], "and the same once the index knows");
    let mut tx = town.app.db.read().await.unwrap();
    let full = people::find(&mut tx, &Scope::Office, people[5]).await.unwrap().unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(full.live, 3);
});

both_databases!(the_roster_of_another_process_follows, |db: TestDb| async {
    let mut town = Town::new(db, 40).await;
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let writer = town.indexer(&here).await;
    drop(town.indexer(&there).await);
    let other = Arc::new(town.indexer(&there).await);
    let view = other.view();
    assert_eq!(view.roster_size(), 0, "an index from disk brings no roster");
    town.check(&[("empty", &view)]).await;
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async {
        let _told = stopped.await;
    };
    let task = tokio::spawn(indexing::run(town.app.clone(), Arc::clone(&other), shutdown));
    for number in 0..20 {
        town.change().await;
        if number % 5 == 0 {
            writer.catch_up(&town.app).await.unwrap();
        }
    }
    town.people.push(fixture::person(&town.app, 77).await);
    let expected = {
        let fresh = tempfile::tempdir().unwrap();
        town.indexer(&fresh).await.view().roster_size()
    };
    let mut tries = 0;
    while view.roster_size() != expected {
        tries += 1;
        assert!(tries < 500, "{:?} instead of {expected:?} after ten seconds", view.roster_size());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    town.check(&[("other", &view), ("writer", &writer.view())]).await;
    stop.send(()).unwrap();
    task.await.unwrap();
});

both_databases!(a_restored_store_is_not_answered_from_memory, |db: TestDb| async {
    let town = Town::new(db, 10).await;
    let dir = tempfile::tempdir().unwrap();
    let indexer = town.indexer(&dir).await;
    let search = town.search_text(TEXTS[0], town.app.clock.today());
    let mut tx = town.app.db.write().await.unwrap();
    padankerja::sql!(&mut tx, execute, "update store_meta set restore_epoch = restore_epoch + 1").unwrap();
    tx.commit().await.unwrap();
    let asked = shortlist::shortlist(&town.app, &indexer.view(), &search, 5).await;
    assert!(matches!(asked, Err(AppError::Search(_))));
    indexer.catch_up(&town.app).await.unwrap();
    shortlist::shortlist(&town.app, &indexer.view(), &search, 5).await.unwrap();
});

both_databases!(evidence_and_papers_count_from_their_first_to_their_last_day, |db: TestDb| async {
    let town = Town::new(db, 0).await;
    let person = fixture::person(&town.app, 1).await;
    let today = town.app.clock.today();
    let mut tx = town.app.db.write().await.unwrap();
    let desil = |value, dated_on, days| Criterion {
        id: system::fresh(),
        person_id: person,
        criterion: Kind::Desil,
        value,
        source: "DTSEN".to_owned(),
        dated_on,
        expires_on: dated_on + TimeDelta::days(days),
        organisation_id: None,
    };
    let (soon, later) = (today + TimeDelta::days(10), today + TimeDelta::days(20));
    profiles::insert_criterion(&mut tx, &desil(1, soon, 30)).await.unwrap();
    profiles::insert_criterion(&mut tx, &desil(4, later, 5)).await.unwrap();
    let until = today + TimeDelta::days(22);
    let paper = Certificate {
        id: system::fresh(),
        person_id: person,
        // It stands for the licence that is required, as long as it lasts.
        name: "SIM B2".to_owned(),
        issued_on: None,
        expires_on: Some(until),
    };
    profiles::insert_certificate(&mut tx, &paper).await.unwrap();
    index_feed::add(&mut tx, "person", person.0).await.unwrap();
    tx.commit().await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let indexer = town.indexer(&dir).await;
    // Desil 1 is worth 200 points, desil 4 is newer and worth 120; the licence is required.
    for (day, priority) in [(0, 0), (9, 0), (10, 200), (19, 200), (20, 120), (22, 120)] {
        let mut search = town.search_text(TEXTS[0], today + TimeDelta::days(day));
        search.opening.facts.certificates = vec![vec!["sim_b1".to_owned()]];
        let list = town.list(&indexer.view(), &search, 3).await;
        assert_eq!(list.iter().map(|(_, pair)| pair.priority).collect::<Vec<_>>(), [priority], "day {day}");
        assert_eq!(list, town.run_order(&search).await);
    }
    let mut search = town.search_text(TEXTS[0], until + TimeDelta::days(1));
    search.opening.facts.certificates = vec![vec!["sim_b1".to_owned()]];
    assert_eq!(town.list(&indexer.view(), &search, 3).await, []);
});

/// Five changes over HTTP, each made right after the one before was found: at its regular pace alone the index would take
/// half a second for each. Under load it is tried again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_over_http_wakes_the_index() {
    let db = TestDb::sqlite().await;
    let cast = crate::spine::cast::Cast::new(&db).await;
    let indexer = Arc::clone(&cast.app.state.indexer);
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async {
        let _told = stopped.await;
    };
    let task = tokio::spawn(indexing::run(cast.app.app().clone(), Arc::clone(&indexer), shutdown));
    let mut fastest = Duration::MAX;
    for attempt in 0..4 {
        let started = Instant::now();
        for number in 0..5 {
            let present = indexer.view().roster_size();
            cast.person(attempt * 5 + number + 1).await;
            while indexer.view().roster_size() == present {
                assert!(started.elapsed() < Duration::from_secs(60), "never found");
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
        fastest = fastest.min(started.elapsed());
    }
    assert!(fastest < Duration::from_millis(1_800), "five changes took {fastest:?}");
    stop.send(()).unwrap();
    task.await.unwrap();
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_commits_late_is_not_missed_by_a_shortlist() {
    let db = TestDb::postgres().await;
    let town = Town::new(&db, 0).await;
    let (first, second) = (fixture::person(&town.app, 1).await, fixture::person(&town.app, 2).await);
    let dir = tempfile::tempdir().unwrap();
    let indexer = town.indexer(&dir).await;
    let search = town.search_vacancy(town.vacancies[0], town.app.clock.today()).await;
    let mut late = town.app.db.write().await.unwrap();
    let before = people::find(&mut late, &Scope::Office, first).await.unwrap().unwrap();
    let next = people::Person { objects_to_ranking: true, version: before.version + 1, ..before.clone() };
    assert_eq!(people::swap_profile(&mut late, &before, &next).await.unwrap(), 1);
    index_feed::add(&mut late, "person", first.0).await.unwrap();
    let third = fixture::person(&town.app, 3).await;
    indexer.catch_up(&town.app).await.unwrap();
    let who = || async {
        let list = town.list(&indexer.view(), &search, 10).await;
        list.into_iter().map(|(person, _)| person).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(who().await, [first, second, third].into());
    late.commit().await.unwrap();
    assert_eq!(who().await, [second, third].into(), "its entry is older than the newest that was applied");
    db.close().await;
}
