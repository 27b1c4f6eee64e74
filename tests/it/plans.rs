//! Every statement of src/store is explained on both databases: what grows with the office is never read from end to end,
//! except by those named below with their reason. PostgreSQL plans over an office of 20,000 applications; SQLite plans
//! without figures, as it does in service, where nobody runs `analyze`.
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
    "account_people",
    "accounts",
    "application_events",
    "applications",
    "audit",
    "certificates",
    "consents",
    "contact_attempts",
    "criteria",
    "employers",
    "experiences",
    "follow_ups",
    "hiring_plans",
    "people",
    "person_skills",
    "refresh_tokens",
    "reminders",
    "run_proposals",
    "trainings",
    "vacancies",
    "wishes",
];

/// Lists whose order is an index of the whole table: they follow it from a place on and stop at their limit.
const WALKS: &[(&str, &str)] = &[
    ("applications::ALL", "the office's list without a filter"),
    ("people::ALL", "the office's list"),
    ("vacancies::ALL", "the office's list without a filter"),
    ("employers::page", "the office's list without a filter"),
    ("employers::plans", "the office's list"),
];

/// What reads all rows because all rows are asked for.
const READS_ALL: &[(&str, &str)] = &[
];

/// How a plan reads a table that grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    /// From end to end.
    Scan,
    /// Along an index, without an equality that says where: from a place on, up to a limit.
    Walk,
}

type Found = BTreeSet<(Reading, String)>;

#[tokio::test]
async fn no_list_reads_a_table_from_end_to_end() {
    let all = statements();
    let lite = TestDb::sqlite().await;
    let server = TestDb::postgres().await;
    bulk::fill_all(&server.db, 20_000).await;
    let tables = indexed_tables(&server.db).await;

    let (mut faults, mut used) = (Vec::new(), BTreeSet::new());
    for statement in &all {
        let plans = [
            ("sqlite", sqlite_plan(&lite.db, &statement.sqlite).await),
            ("postgres", postgres_plan(&server.db, &tables, &statement.postgres).await),
        ];
        for (database, found) in plans {
            for (reading, how) in found {
                if !is_excepted(statement, reading, &mut used) {
                    faults.push(format!("{} on {database}: {reading:?}: {how}", statement.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let named: BTreeSet<&str> = WALKS.iter().chain(READS_ALL).map(|(name, _)| *name).collect();
    let idle: Vec<_> = named.iter().filter(|name| !used.contains(**name)).collect();
    assert!(idle.is_empty(), "exceptions that nothing needs: {idle:?}");
    lite.close().await;
    server.close().await;
}

fn is_excepted(statement: &Literal, reading: Reading, used: &mut BTreeSet<&'static str>) -> bool {
    let is_named = |(name, _): &&(&str, &str)| *name == statement.name;
    let stops = statement.sqlite.contains("limit $");
    let walks = WALKS.iter().filter(|_| stops && reading == Reading::Walk).find(is_named);
    let excepted = walks.or_else(|| READS_ALL.iter().find(is_named));
    used.extend(excepted.map(|(name, _)| *name));
    excepted.is_some()
}

/// The search is not blind: what it must refuse it refuses.
#[tokio::test]
async fn scans_and_walks_are_seen() {
    let lite = TestDb::sqlite().await;
    let server = TestDb::postgres().await;
    bulk::fill(&server.db, 20_000).await;
    let tables = indexed_tables(&server.db).await;
    let seen = async |text: &str| {
        let plans = [sqlite_plan(&lite.db, text).await, postgres_plan(&server.db, &tables, text).await];
        plans.map(|found| found.into_iter().map(|(reading, _)| reading).max())
    };
    let whole = "select a.id from applications a where a.reserve_order = $1";
    assert_eq!(seen(whole).await, [Some(Reading::Scan); 2]);
    let optional = "select id from applications where (person_id = $1 or $1 is null) order by id limit $2";
    assert!(seen(optional).await.iter().all(Option::is_some));
    let within = "select p.name from people p where p.id = $1 and exists (select 1 from applications x where x.fit = $2)";
    assert_eq!(seen(within).await, [Some(Reading::Scan); 2]);
    let walk = "select id from applications where (created_at, id) > ($1, $2) order by created_at, id limit $3";
    assert_eq!(seen(walk).await, [Some(Reading::Walk); 2]);
    let found = "select a.id from applications a join people p on p.id = a.person_id where a.id = $1";
    assert_eq!(seen(found).await, [None; 2]);
    lite.close().await;
    server.close().await;
}

/// Which tables a text calls by which names.
fn names(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let table = Regex::new(r"(?:from|join|into|update|,) ([a-z_]+)(?: (?:as )?([a-z_]+))?").unwrap();
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
        if &parts[1] == "SCAN" && !parts[3].contains("USING") || parts[3].contains("AUTOMATIC") {
            found.insert((Reading::Scan, detail.clone()));
        } else if &parts[1] == "SCAN" || !parts[3].contains("=?") {
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

/// The table of every index.
async fn indexed_tables(db: &Db) -> BTreeMap<String, String> {
    let Db::Postgres(pool) = db else { panic!("not PostgreSQL") };
    let text = "select cast(indexname as text), cast(tablename as text) from pg_indexes where schemaname = 'public'";
    sqlx::query_as(text).fetch_all(pool).await.unwrap().into_iter().collect()
}

/// The plan for any values (as a prepared statement has it) of a page of 51.
async fn postgres_plan(db: &Db, tables: &BTreeMap<String, String>, text: &str) -> Found {
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
    run(&mut connection, "set plan_cache_mode = force_generic_plan".to_owned()).await;
    run(&mut connection, format!("prepare asked {declared} as {page}")).await;
    let rows = run(&mut connection, format!("explain (format json) execute asked {nulls}")).await;
    run(&mut connection, "deallocate asked".to_owned()).await;
    let plan: Value = serde_json::from_str(rows[0].try_get::<&str, _>(0).unwrap()).unwrap();
    let mut found = Found::new();
    visit(&plan[0]["Plan"], tables, &mut found);
    found
}

fn visit(node: &Value, tables: &BTreeMap<String, String>, found: &mut Found) {
    let word = |key: &str| node[key].as_str().unwrap_or_default();
    let table = tables.get(word("Index Name")).map_or(word("Relation Name"), String::as_str);
    let kind = word("Node Type");
    let how = format!("{kind} on {table} by {} where {}", word("Index Name"), word("Index Cond"));
    if GROWING.contains(&table) {
        match kind {
            "Seq Scan" => drop(found.insert((Reading::Scan, how))),
            "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" if !word("Index Cond").contains(" = ") => {
                found.insert((Reading::Walk, how));
            }
            _ => {}
        }
    }
    for child in node["Plans"].as_array().into_iter().flatten() {
        visit(child, tables, found);
    }
}
