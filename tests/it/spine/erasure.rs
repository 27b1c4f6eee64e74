//! Somebody is erased: no table, no column and no file of the index tells of them any more, everybody asks in vain, and
//! what others hold (places, counters, the order of events) is as it should be.
use std::{collections::BTreeSet, fs, path::Path};

use padankerja::{
    app::{
        AppError,
        access::acting::Acting,
        policies,
        runs::{computing, publish, replay},
    },
    domain::ids::{PersonId, RunId},
    store::{Db, applications, erasure, people},
    transact,
};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};

use super::cast::{Cast, VILLAGE, get, id, post};
use crate::support::{
    app::PASSWORD,
    database::{TestDb, both_databases},
};

/// Words that stand for one person and nobody else; what they say about themself and what others note.
struct Marks {
    nik: &'static str,
    name: &'static str,
    phone: &'static str,
    address: &'static str,
    certificate: &'static str,
    job: &'static str,
}

const FIRST: Marks = Marks {
    nik: "9911045501908101",
    name: "Zulaikha Xyzzyputri",
    phone: "081298765432",
    address: "Jalan Kenangarahasia 77",
    certificate: "Sertifikat Kwitangjati",
    job: "Penjahit Tokozwq",
};

const SECOND: Marks = Marks {
    nik: "9911045501908102",
    name: "Bramantyo Qqrahardja",
    phone: "081311122233",
    address: "Gang Melatisunyi 5",
    certificate: "Sertifikat Umbulwungu",
    job: "Penjahit Pasarvbn",
};

impl Marks {
    fn body(&self) -> Value {
        json!({
            "nik": self.nik, "name": self.name, "village": VILLAGE, "education": "SMK", "address": self.address,
            "phone": self.phone, "programme": "Menjahit Pakaian", "training_end": "2025-11-30",
            "certificates": [self.certificate], "experience": [format!("{}:24", self.job)], "skills": ["menjahit"],
            "desil": 2, "desil_source": "DTSEN", "desil_date": "2026-01-15", "wage_floor": 2_123_457,
            "family_card": "9911042505100001", "ak1_number": format!("AK{}", &self.nik[8..]),
        })
    }

    /// What must be nowhere afterwards.
    fn traces(&self) -> Vec<String> {
        let local = self.phone.strip_prefix('0').unwrap();
        let texts = [self.nik, self.name, local, self.address, self.certificate, self.job];
        let mut traces: Vec<String> = texts.into_iter().map(str::to_owned).collect();
        traces.push(format!("AK{}", &self.nik[8..]));
        traces.push(self.name.split(' ').next_back().unwrap().to_owned());
        traces
    }
}

/// In which columns of which tables some bytes stand.
async fn places(db: &Db, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column) in columns(db).await {
        let (count,): (i64,) = match db {
            Db::Sqlite { read, .. } => {
                let text = format!(
                    "select count(*) from \"{table}\" where instr(cast(\"{column}\" as blob), $1) > 0"
                );
                sqlx::query_as(AssertSqlSafe(text)).bind(bytes.to_vec()).fetch_one(read).await.unwrap()
            }
            Db::Postgres(pool) => {
                let text = format!(
                    "select count(*) from \"{table}\" where position($1 in cast(\"{column}\" as text)) > 0 \
                     or position(encode(convert_to($1, 'UTF8'), 'hex') in cast(\"{column}\" as text)) > 0"
                );
                let needle = String::from_utf8(bytes.to_vec()).unwrap();
                sqlx::query_as(AssertSqlSafe(text)).bind(needle).fetch_one(pool).await.unwrap()
            }
        };
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

async fn columns(db: &Db) -> Vec<(String, String)> {
    let rows: Vec<(String, String)> = match db {
        Db::Sqlite { read, .. } => sqlx::query(
            "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'",
        )
        .fetch_all(read)
        .await
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect(),
        Db::Postgres(pool) => sqlx::query(
            "select cast(table_name as text), cast(column_name as text) from information_schema.columns \
             where table_schema = 'public'",
        )
        .fetch_all(pool)
        .await
        .unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect(),
    };
    assert!(rows.len() > 150, "only {} columns: the scan looks at nothing", rows.len());
    rows
}

/// The bytes of an SQLite file, when its log was written back.
async fn file(db: &Db) -> Option<Vec<u8>> {
    let Db::Sqlite { write, .. } = db else { return None };
    sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await.unwrap();
    let row = sqlx::query("pragma database_list").fetch_one(write).await.unwrap();
    let path: String = row.get(2);
    assert_eq!(fs::metadata(format!("{path}-wal")).map_or(0, |log| log.len()), 0, "the log is written back");
    Some(fs::read(path).unwrap())
}

/// Every term that any segment of an index holds, removed documents included: nothing else of a text is kept. And the
/// number of removed documents that still take room.
fn terms(folder: &Path) -> (BTreeSet<String>, u32) {
    let (mut found, mut removed) = (BTreeSet::new(), 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.join("meta.json").exists() {
            let index = tantivy::Index::open_in_dir(&path).unwrap();
            let searcher = index.reader().unwrap().searcher();
            for segment in searcher.segment_readers() {
                removed += segment.num_deleted_docs();
                for (field, entry) in index.schema().fields().filter(|(_, entry)| entry.is_indexed()) {
                    let inverted = segment.inverted_index(field).unwrap();
                    let mut stream = inverted.terms().stream().unwrap();
                    while stream.advance() {
                        let term = String::from_utf8_lossy(stream.key()).into_owned();
                        found.insert(format!("{}={term}", entry.name()));
                    }
                }
            }
        } else if path.is_dir() {
            let (more, gone) = terms(&path);
            found.extend(more);
            removed += gone;
        }
    }
    (found, removed)
}

fn holds(terms: &BTreeSet<String>, word: &str) -> bool {
    terms.iter().any(|term| term.contains(word))
}

/// Runs and publishes a match.
pub(super) async fn matched(cast: &Cast) -> RunId {
    let app = cast.app.app();
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let run = computing::begin(app, &request).await.unwrap();
    computing::work(app, run, &request, computing::Progress::default()).await.unwrap();
    publish::publish(app, &Acting::system(), run).await.unwrap();
    run
}

/// The application of a person that an officer sees, by vacancy or the only one.
async fn only_application(cast: &Cast, person: &str) -> String {
    let listed = get(&cast.staff, &format!("/people/{person}/applications")).await.success();
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{listed}");
    id(&items[0])
}

/// Said on the phone, to this number.
fn said(marks: &Marks) -> Value {
    let consent = json!({"channel": "phone", "number_dialled": marks.phone, "self_spoke": true});
    json!({"consent": consent, "number_dialled": marks.phone})
}

both_databases!(nothing_of_an_erased_person_is_left, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let first = id(&post(&cast.staff, "/people", &FIRST.body()).await.success());
    let second = id(&post(&cast.staff, "/people", &SECOND.body()).await.success());
    let trainee = cast.trainee(&first).await;
    let login = cast.app.login_name(&trainee).await;
    let tokens = json!({"login": login, "password": PASSWORD});
    cast.app.anonymous().post("/api/v1/auth/login", &tokens).await.success();
    // One is referred when erased, and had said no elsewhere before; the other works, and was asked a month later.
    let vacancy = cast.open_vacancy(1).await;
    cast.interested(&vacancy, FIRST.name, "+6281298765432").await;
    let run = matched(&cast).await;
    let referred = only_application(&cast, &first).await;
    cast.step(&cast.staff, &referred, "confirm", &json!({})).await.success();
    cast.step(&cast.staff, &referred, "consent", &said(&FIRST)).await.success();
    let elsewhere = cast.open_vacancy(1).await;
    let declined = cast.proposed(&first, &elsewhere).await;
    cast.step(&cast.staff, &declined, "confirm", &json!({})).await.success();
    let no = json!({"reason": "too_far", "text": format!("{} tidak mau", FIRST.name), "number_dialled": FIRST.phone});
    cast.step(&cast.staff, &declined, "decline", &no).await.success();
    let placed = only_application(&cast, &second).await;
    cast.step(&cast.staff, &placed, "confirm", &json!({})).await.success();
    cast.step(&cast.staff, &placed, "consent", &said(&SECOND)).await.success();
    let wrong = json!({"target": "interview", "text": format!("{} sudah diundang", SECOND.name)});
    cast.step(&cast.supervisor, &placed, "correct", &wrong).await.success();
    let work = cast.open_vacancy(2).await;
    let started = cast.referred(&second, &work).await;
    cast.step(&cast.employer, &started, "hire", &json!({"starts_on": "2026-02-04"})).await.success();
    cast.step(&cast.staff, &started, "start", &json!({})).await.success();
    let note = json!({"month": 1, "still_working": true, "note": format!("kata {}", SECOND.name)});
    post(&cast.staff, &format!("/applications/{started}/follow-ups"), &note).await.success();
    index(&cast).await;

    let app = cast.app.app();
    let before: Vec<usize> = scan(db, &FIRST).await.into_iter().map(|(_, places)| places.len()).collect();
    assert!(before.iter().skip(1).all(|count| *count > 0), "the scan must find what is there: {before:?}");
    let mut seen = scan(db, &FIRST).await.into_iter().flat_map(|(_, places)| places).collect::<Vec<_>>();
    seen.sort();
    seen.dedup();
    for place in
        ["idempotency_keys.body", "run_proposals.explanation", "consents.number_dialled", "interests.name"]
    {
        assert!(seen.iter().any(|known| known == place), "{place} tells nothing before: {seen:?}");
    }
    let mut tx = app.db.read().await.unwrap();
    let key: PersonId = first.parse().unwrap();
    let row = people::find(&mut tx, &people::Scope::Office, key).await.unwrap().unwrap();
    tx.rollback().await.unwrap();
    let words = ["kwitangja", "tokozwq", "umbulwung", "pasarvbn"];
    let (before, _) = terms(cast.app.index_folder());
    assert!(words.iter().all(|word| holds(&before, word)), "the scan must find what is there");

    let path = format!("/people/{first}/erasure");
    let body = json!({"ground": "requested", "asked_by": "family"});
    let silent = post(&cast.staff, &path, &json!({"ground": "requested"})).await;
    assert_eq!(silent.problem(), "invalid_fields");
    let erased = post(&cast.staff, &path, &body).await.success();
    assert_eq!((&erased["applications_ended"], &erased["asked_by"]), (&json!(1), &json!("family")));
    let own = cast.trainee(&second).await;
    let path = format!("/people/{second}/erasure");
    let erased = post(&own, &path, &json!({"ground": "consent_withdrawn"})).await.success();
    assert_eq!((&erased["applications_ended"], &erased["asked_by"]), (&json!(0), &json!("person")));
    index(&cast).await;

    for marks in [&FIRST, &SECOND] {
        let left: Vec<_> =
            scan(db, marks).await.into_iter().filter(|(_, places)| !places.is_empty()).collect();
        assert!(left.is_empty(), "still there: {left:#?}");
    }
    let (after, removed) = terms(cast.app.index_folder());
    assert!(words.iter().all(|word| !holds(&after, word)), "still in the index: {after:?}");
    assert_eq!(removed, 0, "removed documents stay on the disk");
    assert!(!after.is_empty(), "the vacancies are there");
    if matches!(db.db, Db::Sqlite { .. }) {
        for bytes in [&row.nik_cipher, &row.nik_lookup] {
            assert_eq!(places(&db.db, bytes).await, Vec::<String>::new());
        }
    }
    if let Some(bytes) = file(&db.db).await {
        for trace in FIRST.traces().iter().chain(&SECOND.traces()) {
            let stays = bytes.windows(trace.len()).any(|window| window == trace.as_bytes());
            assert!(!stays, "{trace} stays in a free page of the file");
        }
    }
    assert_eq!(places(&db.db, login.as_bytes()).await, Vec::<String>::new(), "the login's name");
    nobody_finds(&cast, &first).await;
    nobody_finds(&cast, &second).await;
    assert_eq!(get(&trainee, "/auth/me").await.status, 401, "the login held nobody else");

    // What others hold is in order.
    assert_eq!(cast.application(&referred).await["state"], "superseded");
    assert_eq!(cast.application(&declined).await["state"], "declined");
    assert_eq!(cast.application(&started).await["state"], "started");
    assert_eq!(cast.vacancy(&work).await["internal"]["taken"], 1);
    assert_eq!(cast.vacancy(&vacancy).await["internal"]["live"], 0);
    let history = get(&cast.staff, &format!("/applications/{declined}/events")).await.success();
    assert_eq!(history["items"][2]["reason"], "too_far");
    let explained = get(&cast.staff, &format!("/applications/{referred}/explanation")).await.success();
    assert!(
        explained.to_string().contains("bisa menjahit") || explained.to_string().contains("Bisa menjahit")
    );
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(applications::broken_counters(&mut tx).await.unwrap(), 0);
    let noted = erasure::find(&mut tx, key).await.unwrap().unwrap();
    assert_eq!((noted.ground.as_str(), noted.asked_by.as_str()), ("requested", "family"));
    tx.rollback().await.unwrap();

    // The run can still be proved, its proposals for the erased included.
    let proved = replay::replay_by_system(app, run).await.unwrap();
    assert_eq!((proved.proposals_found, proved.proposals_foreign), (2, 0));

    // The same NIK is somebody new; a later run does not know the one before.
    let again = id(&post(&cast.staff, "/people", &FIRST.body()).await.success());
    assert_ne!(again, first);
    matched(&cast).await;
    let proposed = "select count(*) from applications a join people p on p.id = a.person_id \
                    where p.erased_at is not null and a.state = 'proposed'";
    let known = count(db, proposed).await;
    assert_eq!(known, 0);
});

both_databases!(append_only_rows_lose_personal_words_and_nothing_else, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(1).await);
    let application = cast.referred(&person, &vacancy).await;
    let refusal = json!({"reason": "skill_missing", "text": "belum bisa obras"});
    cast.step(&cast.employer, &application, "refuse", &refusal).await.success();
    let refused = [
        "update consents set wording = 'other'",
        "update consents set number_dialled = '+6280000000000'",
        "update consents set number_dialled = 'erased', self_spoke = not self_spoke",
        "update application_events set reason = 'other' where reason is not null",
        "update application_events set reason = 'erased' where reason is null",
        "update application_events set reason = 'erased', actor = 'system' where reason is not null",
        "update application_events set to_state = 'hired'",
        "delete from consents",
        "delete from application_events",
    ];
    for text in refused {
        let error = execute(db, text).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{text}: {error}");
    }
    let allowed = [
        "update consents set number_dialled = 'erased'",
        "update application_events set reason = 'skill_missing' where reason is not null",
        "update application_events set reason = 'erased' where reason is not null",
    ];
    for text in allowed {
        assert_eq!(execute(db, text).await.unwrap(), 1, "{text}");
    }
});

both_databases!(an_erasure_hands_places_to_the_next_and_happens_once, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(1).await;
    let mut people = Vec::new();
    for number in 1..=4 {
        people.push(cast.person(number).await);
    }
    for person in &people[..3] {
        cast.referred(person, &vacancy).await;
    }
    let waits = cast.proposed(&people[3], &vacancy).await;
    let agreed =
        json!({"consent": {"channel": "counter", "self_spoke": true}, "number_dialled": "086012345678"});
    cast.step(&cast.staff, &waits, "consent", &agreed).await.success();
    cast.step(&cast.staff, &waits, "confirm", &json!({})).await.success();
    assert_eq!(cast.application(&waits).await["state"], "queued");
    let body = json!({"ground": "requested", "asked_by": "office"});
    let path = format!("/people/{}/erasure", people[0]);
    let (one, two) = tokio::join!(post(&cast.staff, &path, &body), post(&cast.supervisor, &path, &body));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 404]);
    assert_eq!(cast.application(&waits).await["state"], "referred");
    let app = cast.app.app();
    let gone: PersonId = people[0].parse().unwrap();
    let (terminal, asked_by) = (Acting::terminal(), Some(padankerja::app::people::erasure::AskedBy::Office));
    let ground = padankerja::app::people::erasure::Ground::Requested;
    let twice: Result<_, AppError> =
        async { transact!(app, tx => padankerja::app::people::erasure::erase(app, tx, &terminal, asked_by, gone, ground).await) }
            .await;
    assert_eq!(twice.unwrap_err().code(), "not_found");
});

async fn index(cast: &Cast) {
    cast.app.state.indexer.catch_up(cast.app.app()).await.unwrap();
}

/// Each trace of a person with the columns in which it stands.
async fn scan(db: &TestDb, marks: &Marks) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for trace in marks.traces() {
        let found = places(&db.db, trace.as_bytes()).await;
        all.push((trace, found));
    }
    all
}

/// Whoever asks gets the answer of somebody who never was.
async fn nobody_finds(cast: &Cast, person: &str) {
    let companion = cast.companion().await;
    for who in [&cast.staff, &cast.supervisor, &companion] {
        for path in [format!("/people/{person}"), format!("/people/{person}/applications")] {
            assert_eq!(get(who, &path).await.refusal(), (404, "not_found".to_owned()), "{path}");
        }
        let listed = get(who, "/people?limit=200").await.success();
        assert!(!listed.to_string().contains(person));
    }
    let change = json!({"address": "Jalan Baru"});
    let request = cast.staff.request(Method::PATCH, &format!("/api/v1/people/{person}")).json(&change);
    let answer = crate::support::app::Answer::of(request.header("If-Match", "\"2\"")).await;
    assert_eq!(answer.status, 404);
    let again = json!({"ground": "requested", "asked_by": "office"});
    assert_eq!(post(&cast.staff, &format!("/people/{person}/erasure"), &again).await.status, 404);
    let evidence = json!({"criterion": "desil", "value": 2, "source": "DTSEN", "dated_on": "2026-01-31"});
    assert_eq!(post(&cast.staff, &format!("/people/{person}/criteria"), &evidence).await.status, 404);
    let vacancy = cast.open_vacancy(1).await;
    let body = json!({"person_id": person, "vacancy_id": vacancy, "event": "propose"});
    assert_eq!(post(&cast.staff, "/applications", &body).await.status, 404);
}

async fn execute(db: &TestDb, text: &'static str) -> Result<u64, sqlx::Error> {
    match &db.db {
        Db::Sqlite { write, .. } => sqlx::query(text).execute(write).await.map(|done| done.rows_affected()),
        Db::Postgres(pool) => sqlx::query(text).execute(pool).await.map(|done| done.rows_affected()),
    }
}

async fn count(db: &TestDb, text: &'static str) -> i64 {
    match &db.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(text).fetch_one(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
    }
}
