//! Every statement of src/store is explained on both databases: what grows with the office is never read from end to end,
//! except by those named below with their reason.
//!
//! PostgreSQL plans over an office of 20,000 applications, for any values and a page of 51. At that size reading all is
//! sometimes cheap, so it is told to avoid that: a statement that still reads all has no index to start from. Where a
//! list could follow the order of the whole table in the hope of soon meeting enough rows it does so here as it would in
//! service, and is refused. SQLite plans without figures, as in service, where nobody runs `analyze`.
use std::collections::{BTreeMap, BTreeSet};

use padankerja::store::Db;
use regex::Regex;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::{
    sql::{Literal, statements},
    support::{bulk, database::TestDb},
};

/// Tables that grow with people, applications or time.
const GROWING: &[&str] = &[
    "accompaniments",
    "account_people",
    "accounts",
    "application_events",
    "application_notes",
    "applications",
    "audit",
    "certificates",
    "complaints",
    "consents",
    "contact_attempts",
    "criteria",
    "employers",
    "experiences",
    "follow_ups",
    "hiring_plans",
    "interests",
    "next_steps",
    "people",
    "person_skills",
    "refresh_tokens",
    "reminders",
    "run_proposals",
    "run_unknown_desil",
    "sessions",
    "status_codes",
    "trainings",
    "vacancies",
    "wishes",
];

/// Lists whose order is that of an index: they follow it from a place on and stop at their limit.
const WALKS: &[(&str, &str)] = &[
    ("applications::ALL", "the office's list without a filter"),
    ("applications::DUE", "its index holds only those about which an answer is due"),
    ("people::ALL", "the office's list"),
    ("complaints::page", "the office's list"),
    ("notes::standing", "the office's list"),
    ("interests::page", "the office's list"),
    ("next_steps::OPEN", "its index holds only those that are open"),
    ("next_steps::ANSWERED", "the office's list of what came of steps"),
    ("people::match_rows_after", "the roster is built from everybody, so many at a time"),
    ("vacancies::ALL", "the office's list without a filter"),
    ("vacancies::FLAGS_OPEN", "its index holds only those that wait for an officer"),
    ("employers::page", "the office's list without a filter"),
    ("employers::plans", "the office's list"),
    ("audit::first_from", "the first row from a moment on"),
    ("overview::PEOPLE", "the terminal's list, newest first"),
    ("overview::VACANCIES", "the terminal's list, newest first"),
    ("overview::VACANCIES_FLAGS_OPEN", "its index holds only those that wait for an officer"),
    ("overview::APPLICATIONS", "the terminal's list, newest first"),
    ("undated_evidence::page", "its index holds only what nobody dated"),
];

/// What reads all rows because all rows are asked for.
const READS_ALL: &[(&str, &str)] = &[
    ("applications::broken_counters", "doctor compares every counter"),
    ("applications::count_open", "its index holds only those that are open"),
    ("applications::count_due", "its index holds only those about which an answer is due"),
    ("holidays::told_from", "its index holds only those that are open; edits of the calendar are few"),
    ("applications::count_by_state", "status and doctor count all"),
    ("vacancies::count_by_state", "status and doctor count all"),
    ("flags::count_waiting", "its index holds only those that wait for an officer"),
    ("undated_evidence::count", "its index holds only what nobody dated"),
    ("undated_evidence::of_person", "its index holds only what nobody dated"),
    ("undated_evidence::remove", "its index holds only what nobody dated"),
    ("people::count", "status and doctor count all"),
    ("audit::count", "verification counts all"),
    ("people::match_rows", "a run considers everybody"),
    ("next_steps::idle", "publishing a run considers everybody"),
    ("next_steps::settle_proposed", "its index holds only those that are open"),
    ("profiles::all_trainings", "a run considers everybody"),
    ("profiles::all_certificates", "a run considers everybody"),
    ("profiles::all_experiences", "a run considers everybody"),
    ("profiles::all_skills", "a run considers everybody"),
    ("profiles::criteria_on", "a run considers everybody"),
    ("employers::called", "an import knows employers however their names are spelled"),
    ("employers::plans_from", "what is missing is asked of all plans ahead"),
    ("contents::count", "what is there is told before an invented past is written, and after"),
    ("messages::expiring", "a job looks at the vacancies that are soon over, with their employers"),
    ("short_ids::nominations", "no index begins at the end of an id; the terminal alone asks"),
    ("short_ids::messages", "no index begins at the end of an id; the terminal alone asks"),
    ("reminders::candidates", "its index holds only those about which an answer is due"),
    ("interests::overdue", "its index holds only those that wait"),
    ("interests::prune", "the clock looks for those that were seen to long ago, along that moment"),
    ("sessions::prune", "the clock looks for those that no longer hold, along their end"),
    ("status_codes::prune", "the clock looks for those that expired, along their end"),
    ("tokens::prune", "the clock looks for families that expired"),
    ("short_ids::people", "no index begins at the end of an id; the terminal alone asks"),
    ("short_ids::vacancies", "no index begins at the end of an id; the terminal alone asks"),
    ("short_ids::applications", "no index begins at the end of an id; the terminal alone asks"),
    ("short_ids::employers", "no index begins at the end of an id; the terminal alone asks"),
];

/// How a plan reads a table that grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    /// From end to end.
    Scan,
    /// Along an index that says where to begin but not where to end.
    Walk,
}

type Found = BTreeSet<(Reading, String)>;

#[tokio::test]
async fn no_list_reads_a_table_from_end_to_end() {
    let all = statements();
    let lite = TestDb::sqlite().await;
    let server = TestDb::postgres().await;
    bulk::fill_all(&server.db, 20_000).await;
    let indexes = indexes(&server.db).await;

    let mut faults = Vec::new();
    for statement in &all {
        let plans = [
            ("sqlite", sqlite_plan(&lite.db, &statement.sqlite).await),
            ("postgres", postgres_plan(&server.db, &indexes, &statement.postgres).await),
        ];
        for (database, found) in plans {
            for (reading, how) in found {
                if !is_excepted(statement, reading) {
                    faults.push(format!("{} on {database}: {reading:?}: {how}", statement.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let known: BTreeSet<&str> = all.iter().map(|statement| statement.name.as_str()).collect();
    let gone: Vec<_> = WALKS.iter().chain(READS_ALL).filter(|(name, _)| !known.contains(name)).collect();
    assert!(gone.is_empty(), "exceptions for what is no more: {gone:?}");
    lite.close().await;
    server.close().await;
}

fn is_excepted(statement: &Literal, reading: Reading) -> bool {
    let is_named = |(name, _): &(&str, &str)| *name == statement.name;
    let stops = statement.sqlite.contains("limit ");
    READS_ALL.iter().any(is_named) || (stops && reading == Reading::Walk && WALKS.iter().any(is_named))
}

/// The search is not blind: what it must refuse it refuses.
#[tokio::test]
async fn scans_and_walks_are_seen() {
    let lite = TestDb::sqlite().await;
    let server = TestDb::postgres().await;
    bulk::fill_all(&server.db, 2_000).await;
    let indexes = indexes(&server.db).await;
    let seen = async |text: &str| {
        let plans = [sqlite_plan(&lite.db, text).await, postgres_plan(&server.db, &indexes, text).await];
        plans.map(|found| found.into_iter().map(|(reading, _)| reading).max())
    };
    let whole = "select a.id from applications a where a.fit = $1";
    assert_eq!(seen(whole).await, [Some(Reading::Scan); 2]);
    let in_the_middle = "select a.reserve_order from applications a where a.reserve_order = $1";
    assert!(
        seen(in_the_middle).await.iter().all(Option::is_some),
        "an index that begins with something else"
    );
    let beside = "select id from applications where person_id = $1 and (created_at, id) > ($2, $3) \
                  union all select id from people where (created_at, id) > ($2, $3)";
    assert_eq!(seen(beside).await, [Some(Reading::Walk); 2]);
    let bounded = "select id from audit where at >= $1 and at < $2";
    assert_eq!(seen(bounded).await, [None; 2]);
    let optional = "select id from applications where (person_id = $1 or $1 is null) order by id limit $2";
    assert!(seen(optional).await.iter().all(Option::is_some));
    let within = "select p.name from people p where p.id = $1 and exists (select 1 from applications x where x.fit = $2)";
    assert_eq!(seen(within).await, [Some(Reading::Scan); 2]);
    let walk =
        "select id from applications where (created_at, id) > ($1, $2) order by created_at, id limit $3";
    assert_eq!(seen(walk).await, [Some(Reading::Walk); 2]);
    let found = "select a.id from applications a join people p on p.id = a.person_id where a.id = $1";
    assert_eq!(seen(found).await, [None; 2]);
    lite.close().await;
    server.close().await;
}

/// Which tables a text calls by which names.
fn names(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let table = Regex::new(r"(?:from|join|into|update) ([a-z_]+)(?: (?:as )?([a-z_]+))?").unwrap();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for found in table.captures_iter(text) {
        if GROWING.contains(&&found[1]) {
            let own = found[1].to_owned();
            let alias = found.get(2).map_or(own.clone(), |name| name.as_str().to_owned());
            names.entry(alias).or_default().insert(own.clone());
            names.entry(own.clone()).or_default().insert(own);
        }
    }
    names
}

async fn sqlite_plan(db: &Db, text: &str) -> Found {
    let Db::Sqlite { write, .. } = db else { panic!("not SQLite") };
    let mut connection = write.acquire().await.unwrap();
    let step = Regex::new(r"^(SCAN|SEARCH) ([a-z_0-9]+)(.*)$").unwrap();
    let names = names(text);
    let mut found = Found::new();
    for detail in details(&mut connection, text).await {
        let Some(parts) = step.captures(&detail) else { continue };
        if !names.contains_key(&parts[2]) {
            continue;
        }
        let by = &parts[3];
        let bounded = by.contains("=?") || (by.contains('>') && by.contains('<'));
        if &parts[1] == "SCAN" || by.contains("AUTOMATIC") {
            found.insert((Reading::Scan, detail.clone()));
        } else if !bounded {
            found.insert((Reading::Walk, detail.clone()));
        }
    }
    found
}

async fn details(connection: &mut SqliteConnection, text: &str) -> Vec<String> {
    let explain = format!("explain query plan {text}");
    let rows = sqlx::query(AssertSqlSafe(explain)).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get("detail")).collect()
}

/// The table of every index and the column with which it begins.
type Indexes = BTreeMap<String, (String, String)>;

async fn indexes(db: &Db) -> Indexes {
    let Db::Postgres(pool) = db else { panic!("not PostgreSQL") };
    let text = "select cast(i.relname as text), cast(t.relname as text), cast(a.attname as text) from pg_index x \
                join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid \
                join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]";
    let rows: Vec<(String, String, String)> = sqlx::query_as(text).fetch_all(pool).await.unwrap();
    rows.into_iter().map(|(index, table, column)| (index, (table, column))).collect()
}

/// The plan for any values (as a prepared statement has it) of a page of 51.
async fn postgres_plan(db: &Db, indexes: &Indexes, text: &str) -> Found {
    let Db::Postgres(pool) = db else { panic!("not PostgreSQL") };
    let mut connection = pool.acquire().await.unwrap();
    let run = async |connection: &mut sqlx::PgConnection, text: String| {
        sqlx::raw_sql(AssertSqlSafe(text)).fetch_all(connection).await.unwrap()
    };
    run(&mut connection, format!("prepare asked as {text}")).await;
    let types = "select cast(cast(parameter_types as text[]) as text) from pg_prepared_statements where name = 'asked'";
    let types: String = sqlx::query_scalar(types).fetch_one(&mut *connection).await.unwrap();
    let types = types.trim_matches(['{', '}']).to_owned();
    let given = if types.is_empty() { 0 } else { types.replace('"', "").split(',').count() };
    let (declared, nulls) = match given {
        0 => (String::new(), String::new()),
        _ => (format!("({})", types.replace('"', "")), format!("({})", vec!["null"; given].join(", "))),
    };
    let page = Regex::new(r"limit \$\d+").unwrap().replace_all(text, "limit 51").into_owned();
    let page = Regex::new(r"offset \$\d+").unwrap().replace_all(&page, "offset 0").into_owned();
    run(&mut connection, "deallocate asked".to_owned()).await;
    let settings = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; \
                    set enable_mergejoin = off";
    run(&mut connection, settings.to_owned()).await;
    run(&mut connection, format!("prepare asked {declared} as {page}")).await;
    let rows = run(&mut connection, format!("explain (format json) execute asked {nulls}")).await;
    run(&mut connection, "deallocate asked".to_owned()).await;
    let plan: Value = rows[0].get(0);
    let mut found = Found::new();
    visit(&plan[0]["Plan"], indexes, &mut found);
    found
}

fn visit(node: &Value, indexes: &Indexes, found: &mut Found) {
    let word = |key: &str| node[key].as_str().unwrap_or_default();
    let (kind, index, condition) = (word("Node Type"), word("Index Name"), word("Index Cond"));
    let (table, first) = indexes
        .get(index)
        .map_or((word("Relation Name"), ""), |(table, first)| (table.as_str(), first.as_str()));
    let says = |mark: &str| condition.contains(&format!("{first} {mark}"));
    let begins = says(">") || condition.contains(&format!("ROW({first}, "));
    let how = format!("{kind} on {table} by {index} where {condition}");
    if GROWING.contains(&table) {
        match kind {
            "Seq Scan" => drop(found.insert((Reading::Scan, how))),
            "Index Scan" | "Index Only Scan" | "Bitmap Index Scan"
                if !(says("=") || (begins && says("<"))) =>
            {
                found.insert((Reading::Walk, how));
            }
            _ => {}
        }
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        visit(child, indexes, found);
    }
}
