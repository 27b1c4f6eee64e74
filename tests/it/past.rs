//! The past of an invented regency: everything that an office meets is in it, and the same seed makes the same one on both
//! databases.
use std::collections::{BTreeMap, BTreeSet};

use padankerja::{
    app::{App, audit},
    domain::{application::State, vacancy},
    past::{Past, Told, Wanted},
    store::Db,
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};

use crate::support::{database::TestDb, fixture};

/// A row by its columns.
type Line = BTreeMap<String, String>;
/// Every table with its rows.
type Dump = BTreeMap<String, Vec<Line>>;

/// Columns that differ wherever they are made: keys and nonces are drawn anew, seconds are measured.
const DIFFERS: [&str; 6] = ["nik_cipher", "nik_lookup", "family_key", "code_hash", "token_hash", "inputs"];

/// Tables that say when a process worked, not what happened.
const OF_PROCESSES: [&str; 6] =
    ["store_meta", "jobs", "outbox", "write_probe", "audit_seals", "_sqlx_migrations"];

async fn lived(app: &App, people: u32) -> Told {
    let wanted = Wanted {
        people,
        months: 6,
        seed: 1,
        today: "2026-11-27".parse().unwrap(),
        password_hash: "!".to_owned(),
    };
    let (mut past, first, _) = Past::begin(app, &wanted, &|| {}).await.unwrap();
    let last = past.go_on(first, &|| {}).await.unwrap();
    assert!(last.published.created > 5, "{:?}", last.published);
    past.told().await.unwrap()
}

/// The columns of every table, with the types they have on PostgreSQL.
async fn columns(db: &Db) -> BTreeMap<String, Vec<(String, String)>> {
    let Db::Postgres(pool) = db else { panic!("asked of PostgreSQL") };
    let query = "select table_name::text, column_name::text, data_type::text from information_schema.columns \
                 where table_schema = 'public' order by 1, 2";
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in sqlx::query(query).fetch_all(pool).await.unwrap() {
        let (table, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        if !OF_PROCESSES.contains(&table.as_str()) && !DIFFERS.contains(&column.as_str()) {
            found.entry(table).or_default().push((column, kind));
        }
    }
    found
}

async fn dump(db: &Db, columns: &BTreeMap<String, Vec<(String, String)>>) -> Dump {
    let mut all = Dump::new();
    for (table, columns) in columns {
        let mut rows = Vec::new();
        for cells in cells(db, table, columns).await {
            let line = columns
                .iter()
                .zip(cells)
                .filter_map(|((column, kind), cell)| cell.map(|cell| (column.clone(), plain(kind, &cell))));
            rows.push(line.collect::<Line>());
        }
        rows.sort_unstable();
        all.insert(table.clone(), rows);
    }
    all
}

/// Every cell as a text.
async fn cells(db: &Db, table: &str, columns: &[(String, String)]) -> Vec<Vec<Option<String>>> {
    let of_sqlite = |name: &str, kind: &str| match kind {
        "uuid" | "bytea" => format!("nullif(lower(hex({name})), '')"),
        _ => format!("cast({name} as text)"),
    };
    let of_postgres = |name: &str, kind: &str| match kind {
        "bytea" => format!("encode({name}, 'hex')"),
        "timestamp with time zone" => {
            format!("to_char({name} at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        }
        _ => format!("cast({name} as text)"),
    };
    let list = |texts: Vec<String>| texts.join(", ");
    let read = |row: usize| row;
    let count = columns.len();
    match db {
        Db::Sqlite { write, .. } => {
            let wanted = list(columns.iter().map(|(name, kind)| of_sqlite(name, kind)).collect());
            let rows = sqlx::query(AssertSqlSafe(format!("select {wanted} from {table}")));
            let rows = rows.fetch_all(write).await.unwrap();
            rows.iter().map(|row| (0..count).map(|at| row.get(read(at))).collect()).collect()
        }
        Db::Postgres(pool) => {
            let wanted = list(columns.iter().map(|(name, kind)| of_postgres(name, kind)).collect());
            let rows = sqlx::query(AssertSqlSafe(format!("select {wanted} from {table}")));
            let rows = rows.fetch_all(pool).await.unwrap();
            rows.iter().map(|row| (0..count).map(|at| row.get(read(at))).collect()).collect()
        }
    }
}

/// A cell as both databases would tell it.
fn plain(kind: &str, cell: &str) -> String {
    match kind {
        "uuid" => cell.replace('-', ""),
        "boolean" => if matches!(cell, "true" | "1") { "1" } else { "0" }.to_owned(),
        "timestamp with time zone" => {
            chrono::DateTime::parse_from_rfc3339(cell).unwrap().timestamp_micros().to_string()
        }
        "jsonb" | "json" => without_seconds(serde_json::from_str(cell).unwrap()).to_string(),
        _ => cell.to_owned(),
    }
}

fn without_seconds(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| !name.ends_with("seconds"))
            .map(|(name, value)| (name, without_seconds(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_seconds).collect(),
        other => other,
    }
}

fn count(rows: &[Line], test: impl Fn(&Line) -> bool) -> usize {
    rows.iter().filter(|row| test(row)).count()
}

fn is(column: &'static str, value: &'static str) -> impl Fn(&Line) -> bool {
    move |row| row.get(column).is_some_and(|found| found == value)
}

fn number(row: &Line, column: &str) -> i64 {
    row.get(column).and_then(|text| text.parse().ok()).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_makes_the_same_past_on_both_databases() {
    let (sqlite, postgres) = (TestDb::sqlite().await, TestDb::postgres().await);
    let (one, two) = (fixture::app(&sqlite), fixture::app(&postgres));
    let other = two.clone();
    let beside = tokio::spawn(async move { lived(&other, 400).await });
    let told = lived(&one, 400).await;
    assert_eq!(told, beside.await.unwrap());
    let columns = columns(&postgres.db).await;
    assert!(columns.len() > 35, "{}", columns.len());
    let (first, second) = (dump(&sqlite.db, &columns).await, dump(&postgres.db, &columns).await);
    for (table, rows) in &first {
        let twin = &second[table];
        assert_eq!(rows.len(), twin.len(), "{table}");
        for (one, two) in rows.iter().zip(twin) {
            let differs = one.iter().find(|(column, cell)| two.get(*column) != Some(*cell));
            assert_eq!(differs, None, "{table}");
            assert_eq!(one.len(), two.len(), "{table}");
        }
    }
    every_state_is_there(&told);
    an_office_at_work(&told, &first);
    what_became_of_runs(&first);
    let verdict = audit::verify::verify(&one, None).await.unwrap();
    assert!(verdict.holds(), "{verdict:?}");
    sqlite.close().await;
    postgres.close().await;
}

fn every_state_is_there(told: &Told) {
    let few: Vec<_> = told.applications.iter().filter(|(_, count)| *count < 5).collect();
    assert!(few.is_empty(), "{few:?} of {:?}", told.applications);
    assert_eq!(told.applications.len(), State::ALL.len());
    let none: Vec<_> = told.vacancies.iter().filter(|(_, count)| *count == 0).collect();
    assert!(none.is_empty(), "{none:?}");
    assert_eq!(told.vacancies.len(), vacancy::State::ALL.len());
}

fn an_office_at_work(told: &Told, dump: &Dump) {
    let there = &told.contents;
    assert!(there.reminders > 5 && there.overdue > 0, "{there:?}");
    assert!(there.follow_ups > 5 && there.missed > 0, "{there:?}");
    assert!(there.steps > there.steps_done && there.steps_done > 0, "{there:?}");
    assert!(there.complaints >= 7 && (1..there.complaints).contains(&there.complaints_closed), "{there:?}");
    assert!(there.nominated > 10 && there.interviews > 10 && there.published >= 3, "{there:?}");

    // A stop rule that bit: since the employer was last asked, most answers were refusals.
    let stopped = |row: &Line| {
        let since = |column, before| number(row, column) - number(row, before);
        let (answers, refusals) =
            (since("answers", "said_at_answers"), since("refusals", "said_at_refusals"));
        answers >= 5 && refusals * 100 >= answers * 60
    };
    assert!(count(&dump["vacancies"], stopped) > 0);
    assert!(count(&dump["vacancies"], |row| row.contains_key("said")) > 0, "nobody said why");
    // Five hundred seats, announced and opened.
    assert_eq!(count(&dump["hiring_plans"], is("seats", "500")), 1);
    assert_eq!(count(&dump["vacancies"], |row| is("seats", "500")(row) && is("state", "open")(row)), 1);
    // Three classes were taken in whole, and two are over.
    assert_eq!(count(&dump["training_classes"], is("members", "16")), 3);
    let results: BTreeSet<&String> = dump["trainings"].iter().filter_map(|row| row.get("result")).collect();
    assert!(
        ["competent", "not_yet", "broken_off", "running"].iter().all(|r| results.contains(&(*r).to_owned()))
    );
    // Tries of every outcome, consents by telephone, at the counter and by themselves.
    for outcome in ["reached", "no_answer", "wrong_number", "someone_else"] {
        assert!(count(&dump["contact_attempts"], is("outcome", outcome)) > 0, "{outcome}");
    }
    for channel in ["phone", "counter", "web", "whatsapp"] {
        assert!(count(&dump["consents"], is("channel", channel)) > 0, "{channel}");
    }
    // Texts that wait, were sent, were answered in every way, and came too late; of mail nobody keeps what is no longer true.
    for state in ["waiting", "sent", "answered", "dropped"] {
        assert!(count(&dump["messages"], is("state", state)) > 5, "{state}");
    }
    for reply in ["yes", "no", "other"] {
        assert!(count(&dump["messages"], is("reply", reply)) > 0, "{reply}");
    }
    // Nominations by NIK: somebody nobody knows, somebody taken, somebody not.
    for state in ["waiting", "accepted", "refused"] {
        assert!(count(&dump["nominations"], is("state", state)) > 0, "{state}");
    }
    assert!(dump["interviews"].iter().all(|row| !row["place"].is_empty()));
    // Some waited while they were hired elsewhere; some employer was suspended and reinstated.
    assert!(count(&dump["application_events"], is("event", "hold")) > 0);
    assert!(count(&dump["employer_events"], is("event", "reinstate")) > 0);
    assert!(count(&dump["employers"], is("state", "registered")) > 0);
    let busy = count(&dump["people"], |row| number(row, "live") > 0);
    assert!(busy > 10, "{busy}");
}

/// Of the first two published runs it is known what became of their proposals.
fn what_became_of_runs(dump: &Dump) {
    let mut published: Vec<(&String, &String)> =
        dump["runs"].iter().filter_map(|row| Some((row.get("published_at")?, row.get("id")?))).collect();
    published.sort_unstable();
    assert!(published.len() >= 3);
    for (_, run) in published.iter().take(2) {
        let states: BTreeSet<&String> = dump["applications"]
            .iter()
            .filter(|row| row.get("run_id") == Some(*run))
            .filter_map(|row| row.get("state"))
            .collect();
        assert!(states.len() >= 5, "{run}: {states:?}");
    }
}

/// A handful of people is no office, and makes no trouble.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_small_past_is_lived_too() {
    small(2, "2026-11-27").await;
}

/// What was handed in in December is decided about in January, when another minimum wage holds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_past_goes_over_new_year() {
    small(3, "2026-02-20").await;
}

async fn small(months: u32, today: &str) {
    let db = TestDb::sqlite().await;
    let app = fixture::app(&db);
    let wanted =
        Wanted { people: 16, months, seed: 7, today: today.parse().unwrap(), password_hash: "!".to_owned() };
    let (mut past, first, _) = Past::begin(&app, &wanted, &|| {}).await.unwrap();
    past.go_on(first, &|| {}).await.unwrap();
    let told = past.told().await.unwrap();
    assert!(told.contents.people >= 16 && told.contents.classes >= 3, "{told:?}");
    db.close().await;
}
