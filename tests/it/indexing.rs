//! The search index follows the database: found after a commit, replaced, removed, never behind for good, and always
//! what a fresh rebuild would give. The rows are written here as the use cases write them: with their outbox entry.
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use crate::support::build;
use chrono::{DateTime, NaiveDate, Utc};
use padankerja::{
    app::{
        App, AppError,
        applications::workflow::Rules,
        indexing::{self, Indexer},
        keys::Keys,
    },
    domain::{
        self,
        clock::FixedClock,
        ids::{EmployerId, PersonId, RecordId, VacancyId},
    },
    search::{
        reader::{Reader, Wanted},
        schema::Payload,
    },
    sql,
    store::{
        Tx,
        employers::{self, Employer},
        index_feed,
        people::{self, Person},
        profiles::{self, Training},
        statement::Statement,
        vacancies::{self, Vacancy},
    },
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use tempfile::TempDir;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::support::database::{TestDb, both_databases};

const VILLAGE: &str = "3311012001";
const SEWING: &str = "Menjahit pakaian";
const WELDING: &str = "Las listrik SMAW";

/// A database with one employer, an index folder, and a count of the rebuilds.
struct Desk {
    app: App,
    dir: TempDir,
    employer: EmployerId,
    builds: Arc<AtomicUsize>,
}

impl Desk {
    async fn new(db: &TestDb) -> Self {
        let app = App {
            db: db.db.clone(),
            clock: Arc::new(FixedClock(moment())),
            keys: Arc::new(Keys::ephemeral().unwrap()),
            rules: Arc::new(Rules::default()),
            office: Arc::default(),
        };
        let employer = EmployerId(Uuid::from_u128(900));
        let desk = Self { app, dir: tempfile::tempdir().unwrap(), employer, builds: Arc::default() };
        let mut tx = desk.app.db.write().await.unwrap();
        assert_eq!(employers::insert(&mut tx, &company(employer)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        desk
    }

    async fn index(&self) -> Indexer {
        self.index_in(self.dir.path()).await.unwrap()
    }

    async fn index_in(&self, dir: &Path) -> Result<Indexer, AppError> {
        let builds = Arc::clone(&self.builds);
        // The last report of a rebuild is the one where everything is done.
        let progress = Arc::new(move |done, total| {
            if done == total {
                builds.fetch_add(1, Ordering::SeqCst);
            }
        });
        Indexer::open(&self.app, dir, progress).await
    }

    fn builds(&self) -> usize {
        self.builds.load(Ordering::SeqCst)
    }

    async fn write(&self, change: &Op) {
        let mut tx = self.app.db.write().await.unwrap();
        self.write_in(&mut tx, change).await;
        tx.commit().await.unwrap();
    }

    async fn write_in(&self, tx: &mut Tx, change: &Op) {
        match change {
            Op::Train(number, programme) => train(tx, person_id(*number), programme).await,
            Op::Object(number, objects) => object(tx, person_id(*number), *objects).await,
            Op::Delete(number) => delete(tx, person_id(*number)).await,
            Op::Post(number, title) => self.post(tx, vacancy_id(*number), title).await,
            Op::Close(number) => set_state(tx, vacancy_id(*number), domain::vacancy::State::Closed).await,
            Op::Look | Op::Restart => {}
        }
    }

    async fn post(&self, tx: &mut Tx, id: VacancyId, title: &str) {
        let next = advertisement(id, self.employer, title);
        let rows = match vacancies::find(tx, None, id).await.unwrap() {
            None => vacancies::insert(tx, &next).await.unwrap(),
            Some(before) => {
                let next = Vacancy { version: before.version + 1, ..next };
                vacancies::swap_content(tx, &before, &next).await.unwrap()
            }
        };
        assert_eq!(rows, 1);
        index_feed::add(tx, "vacancy", id.0).await.unwrap();
    }

    async fn execute(&self, statement: &'static str) {
        let mut tx = self.app.db.write().await.unwrap();
        Statement::new(&tx, statement, statement).execute(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// On PostgreSQL the watermark waits for every transaction of the server, those of other tests too.
    async fn settle_past_all_entries(&self, indexer: &Indexer) {
        for _ in 0..500 {
            indexer.settle(&self.app).await.unwrap();
            let watermark = indexer.reader().payload().unwrap().unwrap().watermark;
            let mut tx = self.app.db.read().await.unwrap();
            let rest = index_feed::between(&mut tx, watermark, i64::MAX).await.unwrap();
            tx.rollback().await.unwrap();
            if rest.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the watermark did not move");
    }

    /// What a rebuild into an empty folder gives.
    async fn fresh_census(&self) -> Census {
        let dir = tempfile::tempdir().unwrap();
        let fresh = Indexer::open(&self.app, dir.path(), indexing::silent()).await.unwrap();
        fresh.reader().census().unwrap()
    }
}

type Census = std::collections::BTreeMap<String, std::collections::BTreeSet<(Uuid, u32)>>;

/// One change of the database, or one of the index.
#[derive(Clone, Debug)]
enum Op {
    /// A person (new or known) has this programme and no other.
    Train(u8, &'static str),
    /// The person objects to ranking, or no longer does.
    Object(u8, bool),
    /// The person is gone.
    Delete(u8),
    /// An open vacancy of this title, new, changed or opened again.
    Post(u8, &'static str),
    /// The vacancy is closed.
    Close(u8),
    /// The index catches up.
    Look,
    /// The index is closed and opened again.
    Restart,
}

fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn person_id(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(1_000 + u128::from(number)))
}

fn vacancy_id(number: u8) -> VacancyId {
    VacancyId(Uuid::from_u128(2_000 + u128::from(number)))
}

fn company(id: EmployerId) -> Employer {
    Employer { name: "PT Contoh Garmen".to_owned(), ..build::employer(id, moment()) }
}

fn resident(id: PersonId) -> Person {
    Person {
        nik_cipher: b"9911045501990001".to_vec(),
        name: "Zulaikhawati Contohsari".to_owned(),
        sex: Some("female".to_owned()),
        birth_date: NaiveDate::from_ymd_opt(1999, 1, 15).unwrap(),
        phone: Some("+628990000001".to_owned()),
        village: Some(VILLAGE.to_owned()),
        address: Some("Jalan Rahasiaku 17".to_owned()),
        education: Some("smk".to_owned()),
        major: Some("Tata Busana".to_owned()),
        disability: Some("tunarungu".to_owned()),
        ak1_number: Some("AK1-771188".to_owned()),
        ..build::person(id, moment())
    }
}

fn advertisement(id: VacancyId, employer_id: EmployerId, title: &str) -> Vacancy {
    Vacancy {
        title: title.to_owned(),
        description: "Dibutuhkan segera untuk pabrik baru.".to_owned(),
        village: Some(VILLAGE.to_owned()),
        seats: Some(10),
        slots: 20,
        closes_on: NaiveDate::from_ymd_opt(2027, 1, 31),
        ..build::vacancy(id, employer_id, moment())
    }
}

async fn train(tx: &mut Tx, id: PersonId, programme: &str) {
    people::insert(tx, &resident(id)).await.unwrap();
    profiles::clear(tx, id).await.unwrap();
    let training = Training {
        id: RecordId(id.0),
        person_id: id,
        class_id: None,
        programme: programme.to_owned(),
        ended_on: None,
        result: Some("competent".to_owned()),
    };
    assert_eq!(profiles::insert_training(tx, &training).await.unwrap(), 1);
    index_feed::add(tx, "person", id.0).await.unwrap();
}

async fn object(tx: &mut Tx, id: PersonId, objects_to_ranking: bool) {
    let Some(before) = people::find(tx, &people::Scope::Office, id).await.unwrap() else {
        return;
    };
    let next = Person { objects_to_ranking, version: before.version + 1, ..before.clone() };
    assert_eq!(people::swap_profile(tx, &before, &next).await.unwrap(), 1);
    index_feed::add(tx, "person", id.0).await.unwrap();
}

async fn delete(tx: &mut Tx, id: PersonId) {
    profiles::clear(tx, id).await.unwrap();
    sql!(tx, execute, "delete from people where id = $1", id).unwrap();
    index_feed::add(tx, "person", id.0).await.unwrap();
}

async fn set_state(tx: &mut Tx, id: VacancyId, state: domain::vacancy::State) {
    let Some(before) = vacancies::lock(tx, id).await.unwrap() else {
        return;
    };
    assert_eq!(vacancies::swap_state(tx, &before, state, moment()).await.unwrap(), 1);
    index_feed::add(tx, "vacancy", id.0).await.unwrap();
}

fn words(text: &str) -> Wanted<'_> {
    Wanted { words: text, ..Wanted::default() }
}

fn people_for(reader: &Reader, text: &str) -> Vec<PersonId> {
    reader.profiles(&words(text), 100).unwrap().into_iter().map(|(id, _)| id).collect()
}

fn vacancies_for(reader: &Reader, text: &str) -> Vec<VacancyId> {
    reader.vacancies(&words(text), 100).unwrap().into_iter().map(|(id, _)| id).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The folder of the generation in use.
fn generation(dir: &Path) -> std::path::PathBuf {
    let fingerprint = dir.join(padankerja::search::fingerprint());
    fingerprint.join(fs::read_to_string(fingerprint.join("current")).unwrap())
}

both_databases!(what_is_committed_is_found, |db: TestDb| async {
    let desk = Desk::new(db).await;
    let indexer = desk.index().await;
    desk.write(&Op::Train(1, SEWING)).await;
    desk.write(&Op::Post(1, "Operator Jahit")).await;
    assert_eq!(people_for(&indexer.reader(), "jahit"), []);
    assert_eq!(indexer.catch_up(&desk.app).await.unwrap(), 2);
    let reader = indexer.reader();
    assert_eq!(people_for(&reader, "penjahit"), [person_id(1)]);
    assert_eq!(vacancies_for(&reader, "operator jahit"), [vacancy_id(1)]);
    let vacancy = advertisement(vacancy_id(1), desk.employer, "Operator Jahit");
    let concepts = indexing::documents::of_vacancy(&vacancy).concepts;
    assert!(!concepts.is_empty());
    let sharing: Vec<PersonId> = reader.all_profiles_sharing(&concepts).unwrap().collect();
    assert_eq!(sharing, [person_id(1)], "an ad finds a graduate of the training it needs");
    assert_eq!(indexer.catch_up(&desk.app).await.unwrap(), 0);
    assert_eq!(desk.builds(), 1, "only the first opening builds");
});

both_databases!(a_change_replaces_and_an_end_removes, |db: TestDb| async {
    let desk = Desk::new(db).await;
    let indexer = desk.index().await;
    for op in
        [Op::Train(1, SEWING), Op::Train(2, SEWING), Op::Train(3, SEWING), Op::Post(1, "Operator Jahit")]
    {
        desk.write(&op).await;
    }
    indexer.catch_up(&desk.app).await.unwrap();
    for op in [Op::Train(1, WELDING), Op::Object(2, true), Op::Delete(3), Op::Close(1)] {
        desk.write(&op).await;
    }
    indexer.catch_up(&desk.app).await.unwrap();
    let reader = indexer.reader();
    assert_eq!(people_for(&reader, "menjahit pakaian"), []);
    assert_eq!(people_for(&reader, "las"), [person_id(1)]);
    assert_eq!(vacancies_for(&reader, "operator jahit"), []);
    assert_eq!(reader.num_docs(), 1);
    desk.write(&Op::Object(2, false)).await;
    desk.write(&Op::Post(1, "Operator Jahit")).await;
    indexer.catch_up(&desk.app).await.unwrap();
    assert_eq!(people_for(&indexer.reader(), "menjahit pakaian"), [person_id(2)]);
    assert_eq!(vacancies_for(&indexer.reader(), "operator jahit"), [vacancy_id(1)]);
});

both_databases!(nothing_that_names_a_person_is_in_the_index, |db: TestDb| async {
    let desk = Desk::new(db).await;
    desk.write(&Op::Train(1, SEWING)).await;
    let indexer = desk.index().await;
    let census = indexer.reader().census().unwrap();
    assert!(census.keys().any(|term| term == &format!("profile_village:{VILLAGE}")));
    let private =
        ["zulai", "contohsari", "9911045", "6289900", "rahasia", "771188", "1999", "female", "tunarungu"];
    for term in census.keys() {
        assert!(private.iter().all(|word| !term.to_lowercase().contains(word)), "{term}");
    }
    for file in fs::read_dir(generation(desk.dir.path())).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(private.iter().filter(|word| word.len() > 4).all(|word| !text.contains(word)));
    }
});

both_databases!(an_older_copy_of_the_folder_is_brought_up_to_date, |db: TestDb| async {
    let desk = Desk::new(db).await;
    let indexer = desk.index().await;
    desk.write(&Op::Train(1, SEWING)).await;
    desk.write(&Op::Train(2, SEWING)).await;
    indexer.catch_up(&desk.app).await.unwrap();
    drop(indexer);
    let older = tempfile::tempdir().unwrap();
    copy_folder(desk.dir.path(), older.path());
    let indexer = desk.index().await;
    for op in [Op::Train(1, WELDING), Op::Delete(2), Op::Train(3, WELDING)] {
        desk.write(&op).await;
    }
    indexer.catch_up(&desk.app).await.unwrap();
    let census = indexer.reader().census().unwrap();
    drop(indexer);
    let builds = desk.builds();
    let again = desk.index_in(older.path()).await.unwrap();
    assert_eq!(again.reader().census().unwrap(), census);
    assert_eq!(desk.builds(), builds, "what was missed is applied, nothing is built anew");
    assert_eq!(people_for(&again.reader(), "las").len(), 2);
});

both_databases!(another_or_restored_store_is_indexed_anew, |db: TestDb| async {
    let desk = Desk::new(db).await;
    desk.write(&Op::Train(1, SEWING)).await;
    let indexer = desk.index().await;
    let before = indexer.reader();
    assert_eq!(desk.builds(), 1);
    desk.execute("delete from trainings").await;
    desk.execute("update store_meta set restore_epoch = restore_epoch + 1").await;
    indexer.catch_up(&desk.app).await.unwrap();
    assert_eq!(desk.builds(), 2, "while running");
    assert_eq!(people_for(&indexer.reader(), "pakaian"), []);
    assert_eq!(people_for(&before, "pakaian"), [person_id(1)], "an older reader keeps what it saw");
    drop(indexer);
    let other: Uuid = Uuid::from_u128(77);
    let mut tx = desk.app.db.write().await.unwrap();
    sql!(&mut tx, execute, "update store_meta set store_id = $1", other).unwrap();
    tx.commit().await.unwrap();
    let indexer = desk.index().await;
    assert_eq!(desk.builds(), 3, "at the start");
    let Payload { store_id, restore_epoch, .. } = indexer.reader().payload().unwrap().unwrap();
    assert_eq!((store_id, restore_epoch), (other, 1));
});

both_databases!(an_index_older_than_the_pruned_outbox_is_built_anew, |db: TestDb| async {
    let desk = Desk::new(db).await;
    let indexer = desk.index().await;
    let behind = tempfile::tempdir().unwrap();
    drop(desk.index_in(behind.path()).await.unwrap());
    desk.write(&Op::Train(1, SEWING)).await;
    desk.write(&Op::Train(2, SEWING)).await;
    indexer.catch_up(&desk.app).await.unwrap();
    assert_eq!(desk.builds(), 2);
    assert_eq!(
        indexer.prune(&desk.app, indexing::KEEP_POSITIONS).await.unwrap(),
        0,
        "recent entries are kept"
    );
    desk.settle_past_all_entries(&indexer).await;
    assert_eq!(indexer.prune(&desk.app, 0).await.unwrap(), 2);
    desk.write(&Op::Train(3, SEWING)).await;
    indexer.catch_up(&desk.app).await.unwrap();
    assert_eq!(desk.builds(), 2, "the index that pruned goes on");
    let replica = desk.index_in(behind.path()).await.unwrap();
    assert_eq!(desk.builds(), 3, "the one that missed the entries is built anew");
    assert_eq!(replica.reader().census().unwrap(), indexer.reader().census().unwrap());
});

both_databases!(a_damaged_folder_is_built_anew, |db: TestDb| async {
    let desk = Desk::new(db).await;
    desk.write(&Op::Train(1, SEWING)).await;
    drop(desk.index().await);
    let files: Vec<_> =
        fs::read_dir(generation(desk.dir.path())).unwrap().map(|entry| entry.unwrap().path()).collect();
    let idx = files.iter().find(|file| file.extension().is_some_and(|extension| extension == "idx")).unwrap();
    let mut bytes = fs::read(idx).unwrap();
    bytes[3] ^= 0xff;
    fs::write(idx, bytes).unwrap();
    let indexer = desk.index().await;
    assert_eq!(desk.builds(), 2);
    assert_eq!(people_for(&indexer.reader(), "jahit"), [person_id(1)]);
});

both_databases!(a_folder_that_vanishes_while_running_comes_back, |db: TestDb| async {
    let desk = Desk::new(db).await;
    desk.write(&Op::Train(1, SEWING)).await;
    let indexer = desk.index().await;
    fs::remove_dir_all(generation(desk.dir.path())).unwrap();
    desk.write(&Op::Train(2, SEWING)).await;
    assert!(indexer.catch_up(&desk.app).await.is_err(), "nothing can be written there");
    assert_eq!(people_for(&indexer.reader(), "jahit"), [person_id(1)], "searching goes on");
    indexer.catch_up(&desk.app).await.unwrap();
    assert_eq!(people_for(&indexer.reader(), "jahit").len(), 2);
    assert_eq!(desk.builds(), 2);
});

both_databases!(one_process_writes_and_commands_look_in, |db: TestDb| async {
    let desk = Desk::new(db).await;
    desk.write(&Op::Train(1, SEWING)).await;
    let read = || indexing::reader(&desk.app, desk.dir.path(), indexing::silent());
    assert_eq!(people_for(&read().await.unwrap(), "jahit"), [person_id(1)], "alone, it builds");
    let indexer = desk.index().await;
    assert!(matches!(desk.index_in(desk.dir.path()).await, Err(AppError::Search(_))));
    desk.write(&Op::Train(2, SEWING)).await;
    assert_eq!(
        people_for(&read().await.unwrap(), "jahit"),
        [person_id(1)],
        "as fresh as the service keeps it"
    );
    indexer.catch_up(&desk.app).await.unwrap();
    assert_eq!(people_for(&read().await.unwrap(), "jahit").len(), 2);
    drop(indexer);
    desk.write(&Op::Train(3, SEWING)).await;
    assert_eq!(people_for(&read().await.unwrap(), "jahit").len(), 3, "alone again, it catches up");
});

both_databases!(the_background_task_follows_and_ends_in_order, |db: TestDb| async {
    let desk = Desk::new(db).await;
    let indexer = Arc::new(desk.index().await);
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async {
        let _told = stopped.await;
    };
    let task = tokio::spawn(indexing::run(desk.app.clone(), Arc::clone(&indexer), shutdown));
    desk.write(&Op::Train(1, SEWING)).await;
    indexer.wake();
    let mut tries = 0;
    while people_for(&indexer.reader(), "jahit").is_empty() {
        tries += 1;
        assert!(tries < 500, "not found after ten seconds");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Moves the position without anything to index: the end commits it.
    desk.execute("update store_meta set outbox_pruned_to = outbox_pruned_to").await;
    stop.send(()).unwrap();
    task.await.unwrap();
    let mut tx = desk.app.db.read().await.unwrap();
    let horizon = index_feed::horizon(&mut tx).await.unwrap();
    tx.rollback().await.unwrap();
    let watermark = indexer.reader().payload().unwrap().unwrap().watermark;
    match desk.app.db.kind() {
        "sqlite" => assert_eq!(watermark, horizon),
        // Other tests use the same server, so that the horizon may have moved on.
        _ => assert!(watermark > 0 && watermark <= horizon),
    }
});

both_databases!(many_changes_at_once_are_read_together, |db: TestDb| async {
    let desk = Desk::new(db).await;
    let indexer = desk.index().await;
    let mut tx = desk.app.db.write().await.unwrap();
    for number in 0..1_100_u128 {
        let programme = if number % 2 == 0 { SEWING } else { WELDING };
        train(&mut tx, PersonId(Uuid::from_u128(10_000 + number)), programme).await;
    }
    delete(&mut tx, PersonId(Uuid::from_u128(10_004))).await;
    object(&mut tx, PersonId(Uuid::from_u128(10_006)), true).await;
    desk.write_in(&mut tx, &Op::Post(1, "Tukang Las")).await;
    tx.commit().await.unwrap();
    assert_eq!(indexer.catch_up(&desk.app).await.unwrap(), 1_101);
    assert_eq!(indexer.reader().num_docs(), 1_099);
    assert_eq!(indexer.reader().census().unwrap(), desk.fresh_census().await);
    assert_eq!(desk.builds(), 1);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_commits_late_is_not_missed() {
    let db = TestDb::postgres().await;
    let desk = Desk::new(&db).await;
    let indexer = desk.index().await;
    let mut late = desk.app.db.write().await.unwrap();
    desk.write_in(&mut late, &Op::Train(1, SEWING)).await;
    desk.write(&Op::Train(2, SEWING)).await;
    assert_eq!(indexer.catch_up(&desk.app).await.unwrap(), 1);
    assert_eq!(people_for(&indexer.reader(), "jahit"), [person_id(2)], "the slow one holds nobody up");
    assert_eq!(indexer.settle(&desk.app).await.unwrap(), 0, "nothing is applied twice");
    late.commit().await.unwrap();
    drop(indexer);
    // At a start, all that is known is the watermark.
    let indexer = desk.index().await;
    let mut found = people_for(&indexer.reader(), "jahit");
    found.sort();
    assert_eq!(found, [person_id(1), person_id(2)]);
    let mut later = desk.app.db.write().await.unwrap();
    desk.write_in(&mut later, &Op::Train(3, SEWING)).await;
    desk.write(&Op::Train(2, WELDING)).await;
    indexer.catch_up(&desk.app).await.unwrap();
    later.commit().await.unwrap();
    // And while running.
    assert_eq!(indexer.catch_up(&desk.app).await.unwrap(), 1);
    assert_eq!(indexer.reader().census().unwrap(), desk.fresh_census().await);
    assert_eq!(desk.builds(), 1);
    drop(indexer);
    db.close().await;
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let programme =
        prop::sample::select(vec![SEWING, WELDING, "Barista", "Desain grafis", "sesuatu yang lain"]);
    let title = prop::sample::select(vec!["Operator Jahit", "Welder 3G", "Admin Gudang", "Barista"]);
    let op = prop_oneof![
        4 => (0..6_u8, programme).prop_map(|(number, programme)| Op::Train(number, programme)),
        1 => (0..6_u8, any::<bool>()).prop_map(|(number, objects)| Op::Object(number, objects)),
        1 => (0..6_u8).prop_map(Op::Delete),
        3 => (0..4_u8, title).prop_map(|(number, title)| Op::Post(number, title)),
        2 => (0..4_u8).prop_map(Op::Close),
        3 => Just(Op::Look),
        1 => Just(Op::Restart),
    ];
    prop::collection::vec(op, 1..16)
}

both_databases!(after_any_changes_the_index_is_what_a_rebuild_gives, |db: TestDb| async {
    let desk = Desk::new(db).await;
    let mut indexer = desk.index().await;
    let mut runner = TestRunner::deterministic();
    let mut busiest = 0;
    for _ in 0..12 {
        let ops = ops().new_tree(&mut runner).unwrap().current();
        for op in &ops {
            desk.write(op).await;
            match op {
                Op::Look => drop(indexer.catch_up(&desk.app).await.unwrap()),
                Op::Restart => {
                    drop(indexer);
                    indexer = desk.index().await;
                }
                _ => {}
            }
        }
        indexer.catch_up(&desk.app).await.unwrap();
        assert_eq!(indexer.reader().census().unwrap(), desk.fresh_census().await, "after {ops:?}");
        busiest = busiest.max(indexer.reader().num_docs());
    }
    assert!(busiest >= 6, "at most {busiest} documents: the changes say little");
    assert_eq!(desk.builds(), 1, "no restart was a rebuild");
});
