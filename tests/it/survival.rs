//! Databases that the program of commit bcef901 filled are brought to the present schema, and nothing of them is lost.
//! They lie in tests/survival with the script that made them; every later program must pass here with the same files.
use padankerja::{
    app::{audit::verify::verify, candidates::explaining, runs::replay},
    domain::ids::RunId,
    store::{Db, applications, runs, vacancies},
    words::id::{employer, person, staff},
};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use self::dump::{Contents, Old, app, id, schema};
use crate::support::database::TestDb;

mod calendar;
mod dump;
mod killed;
mod rebuild;
mod service;
mod undated;

/// Tables whose old rows a migration after bcef901 may change, and why. Whoever adds one tests what becomes of its rows.
const MAY_CHANGE: &[(&str, &str)] = &[];

/// Makes one test for each dump out of one body.
macro_rules! every_dump {
    ($name:ident, |$old:ident: Old| $body:expr) => {
        every_dump!($name, |$old| $body, demo_sqlite "demo.sqlite", lived_sqlite "lived.sqlite",
            demo_postgres "demo.postgres", lived_postgres "lived.postgres");
    };
    ($name:ident, |$old:ident| $body:expr, $($dump:ident $kind:literal),*) => {
        mod $name {
            use super::*;

            async fn body($old: Old) {
                $body.await
            }

            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $dump() {
                    body(Old::restored($kind).await).await;
                }
            )*
        }
    };
}
use every_dump;

every_dump!(brought_to_the_present, |old: Old| survives(old));

async fn survives(old: Old) {
    let (before, expected) = (old.contents().await, old.expected);
    assert_eq!(json!(before.counts()), expected["rows"], "the dump is the one that was written down");
    let db = old.opened().await;
    unharmed(&db.db, &before, expected).await;
    for run in expected["runs"].as_array().unwrap() {
        proved_again(&db.db, expected, run).await;
        explained(&db.db, id(&run["id"])).await;
    }
    db.close().await;
}

/// What holds whenever an old database was brought to the present, however that went.
async fn unharmed(db: &Db, before: &Contents, expected: &Value) {
    assert_eq!(before.differences(db, MAY_CHANGE).await, [""; 0]);
    let (grown, made) = (schema(db).await, fresh_schema(db).await);
    assert!(made.len() > 50, "only {} parts of a schema: the query is broken", made.len());
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|part| !those.contains(part)).cloned().collect()
    };
    assert_eq!(
        (only(&grown, made), only(made, &grown)),
        (Vec::new(), Vec::new()),
        "a fresh database differs"
    );

    let seal = expected["seal"].as_str().unwrap();
    let verdict = verify(&app(db, expected), Some(seal)).await.unwrap();
    assert!(verdict.holds() && verdict.known == Some(true), "{verdict:?}");
    let proven = json!([verdict.minutes, verdict.rows, verdict.waiting]);
    assert_eq!(proven, json!([expected["sealed_minutes"], expected["sealed_rows"], 1]));
    assert_eq!(verdict.newest.unwrap().seal, seal);

    let mut tx = db.read().await.unwrap();
    assert_eq!(applications::broken_counters(&mut tx).await.unwrap(), 0);
    tx.rollback().await.unwrap();
}

/// What the present program makes of an empty database of the same engine.
async fn fresh_schema(like: &Db) -> &'static [String] {
    static SQLITE: OnceCell<Vec<String>> = OnceCell::const_new();
    static POSTGRES: OnceCell<Vec<String>> = OnceCell::const_new();
    let made = async |db: TestDb| {
        let parts = schema(&db.db).await;
        db.close().await;
        parts
    };
    match like {
        Db::Sqlite { .. } => SQLITE.get_or_init(async || made(TestDb::sqlite().await).await).await,
        Db::Postgres(_) => POSTGRES.get_or_init(async || made(TestDb::postgres().await).await).await,
    }
}

/// The stored numbers of a run still prove its answer.
async fn proved_again(db: &Db, expected: &Value, run: &Value) {
    let report = replay::replay_by_system(&app(db, expected), id(&run["id"])).await.unwrap();
    let proof = &report.replayed;
    assert!(proof.feasible && proof.dual_gap == 0, "{report:?}");
    assert!(proof.same_bytes || !proof.same_program, "the same program promises the same bytes: {report:?}");
    let told = json!({
        "id": report.run, "state": run["state"], "program": proof.program, "pairs": proof.pairs,
        "assigned": proof.assigned, "optimum": proof.optimum, "proposals_found": report.proposals_found,
    });
    assert_eq!((&told, report.proposals_foreign), (run, 0));
}

/// Every explanation that a run stored is read whole and can be told to each reader.
async fn explained(db: &Db, run: RunId) {
    let mut tx = db.read().await.unwrap();
    let proposals = runs::proposals(&mut tx, run, None, i64::MAX, 0).await.unwrap();
    assert!(!proposals.is_empty());
    for proposal in proposals {
        let vacancy = vacancies::find(&mut tx, None, proposal.vacancy_id).await.unwrap().unwrap();
        let told = explaining::by_run(&mut tx, &vacancy, &proposal).await.unwrap();
        let read = serde_json::to_value(&told.explanation).unwrap();
        assert_eq!(lost("", &proposal.explanation.0, &read), [""; 0]);
        let points: i64 = told.explanation.reasons.iter().map(|reason| i64::from(reason.points)).sum();
        assert_eq!((points, told.policy.is_empty()), (proposal.fit, false));
        for lines in [person::explanation(&told), staff::explanation(&told), employer::explanation(&told)] {
            assert!(lines.iter().any(|line| line.len() > 10), "{lines:?}");
        }
    }
    tx.rollback().await.unwrap();
}

/// Where something that was stored is missing or different in what was read.
fn lost(place: &str, stored: &Value, read: &Value) -> Vec<String> {
    match (stored, read) {
        (Value::Object(stored), Value::Object(read)) => {
            let none = Value::Null;
            let part = |(name, value): (&String, &Value)| {
                lost(&format!("{place}/{name}"), value, read.get(name).unwrap_or(&none))
            };
            stored.iter().flat_map(part).collect()
        }
        (Value::Array(stored), Value::Array(read)) if stored.len() == read.len() => {
            let part = |(at, (stored, read))| lost(&format!("{place}/{at}"), stored, read);
            stored.iter().zip(read).enumerate().flat_map(part).collect()
        }
        _ if stored == read => Vec::new(),
        _ => vec![format!("{place}: {stored} became {read}")],
    }
}

#[test]
fn what_is_lost_is_named() {
    let stored = json!({"fit": 700, "reasons": [{"points": 3, "old": null}], "gone": [1]});
    let read = json!({"fit": 700, "reasons": [{"points": 4}], "new": true});
    assert_eq!(lost("", &stored, &read), ["/gone: [1] became null", "/reasons/0/points: 3 became 4"]);
}

// As an office would do it after an update: by the commands.
every_dump!(at_the_terminal, |old: Old| async move {
    let seal = old.expected["seal"].as_str().unwrap();
    let run = old.expected["runs"][0]["id"].as_str().unwrap();
    for arguments in [
        &["doctor"][..],
        &["audit", "verify", "--known", seal],
        &["audit", "verify", "--json"],
        &["replay", run],
        &["reindex"],
    ] {
        let output = old.command(arguments).output().unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
    }
    let output = old.command(&["audit", "verify", "--known", &"0".repeat(64)]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "a seal that never was");
    old.opened().await.close().await;
});
