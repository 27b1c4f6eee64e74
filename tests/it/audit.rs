//! The audit is sealed minute by minute; what is changed, lost or written into a sealed minute afterwards is found.
use std::{process::Command, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use padankerja::{
    app::{
        App,
        audit::{Sealed, seal_due, verify::verify},
        system,
    },
    domain::{
        access::AuditActor,
        audit::{Finding, Kind, Verdict},
        clock::FixedClock,
        ids::RecordId,
    },
    sql,
    store::{Db, audit, events},
};
use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::support::{
    app::join_all,
    database::{TestDb, both_databases},
    fixture,
};

fn at(time: &str) -> DateTime<Utc> {
    format!("2026-03-02T{time}Z").parse().unwrap()
}

/// An app whose clock stands still.
fn app_at(db: &TestDb, now: &str) -> App {
    App { clock: Arc::new(FixedClock(at(now))), ..fixture::app(db) }
}

/// Writes an audit row as a use case does.
async fn happened(db: &Db, moment: DateTime<Utc>) -> RecordId {
    let id = system::fresh();
    let row = events::Audit {
        at: moment,
        account: None,
        actor: AuditActor::Staff,
        organisation: None,
        action: "person.create".to_owned(),
        object_kind: "person",
        object: None,
        event: None,
    };
    let mut tx = db.write().await.unwrap();
    events::audit(&mut tx, id, &row).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn execute(db: &Db, text: &str) -> Result<(), sqlx::Error> {
    let text = AssertSqlSafe(text.to_owned());
    match db {
        Db::Sqlite { write, .. } => sqlx::query(text).execute(write).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::query(text).execute(pool).await.map(|_| ()),
    }
}

/// Takes the triggers away, as somebody with all rights on the database could.
async fn defenceless(db: &Db) {
    let texts: &[&str] = match db {
        Db::Sqlite { .. } => &[
            "drop trigger audit_no_update",
            "drop trigger audit_no_delete",
            "drop trigger audit_seals_no_update",
            "drop trigger audit_seals_no_delete",
        ],
        Db::Postgres(_) => &[
            "drop trigger audit_append_only on audit",
            "drop trigger audit_seals_append_only on audit_seals",
        ],
    };
    for text in texts {
        execute(db, text).await.unwrap();
    }
}

/// How a database writes a moment or the bytes of an id.
fn moment(db: &Db, time: &str) -> String {
    match db {
        Db::Sqlite { .. } => format!("'{}'", at(time).to_rfc3339()),
        Db::Postgres(_) => format!("timestamptz '{}'", at(time).to_rfc3339()),
    }
}

fn literal(db: &Db, id: RecordId) -> String {
    match db {
        Db::Sqlite { .. } => format!("x'{}'", id.0.simple()),
        Db::Postgres(_) => format!("uuid '{id}'"),
    }
}

/// Three sealed minutes, 02:00 with three rows, 02:02 with two, 02:05 with one; the ids in this order.
async fn sealed_audit(db: &TestDb) -> (App, Vec<RecordId>) {
    let mut ids = Vec::new();
    for time in ["02:00:05", "02:00:05.000001", "02:00:59.999999", "02:02:00", "02:02:30", "02:05:10"] {
        ids.push(happened(&db.db, at(time)).await);
    }
    let app = app_at(db, "03:00:00");
    assert_eq!(seal_due(&app).await.unwrap(), Sealed { minutes: 3, rows: 6 });
    let verdict = verify(&app, None).await.unwrap();
    assert_eq!((verdict.minutes, verdict.rows, verdict.waiting, verdict.found), (3, 6, 0, 0));
    assert!(verdict.holds());
    (app, ids)
}

async fn verdict(app: &App) -> Verdict {
    let verdict = verify(app, None).await.unwrap();
    assert!(!verdict.holds());
    assert_eq!(verdict.found, u64::try_from(verdict.findings.len()).unwrap());
    verdict
}

fn finding(time: &str, kind: Kind, rows: i64, ids: &[RecordId]) -> Finding {
    Finding { minute: at(time), kind, rows, ids: ids.to_vec() }
}

async fn full_minutes_are_sealed(db: &TestDb) {
    let nothing = verify(&app_at(db, "02:00:00"), None).await.unwrap();
    assert_eq!(nothing, Verdict::default());
    for time in ["02:00:05", "02:00:59.999999", "02:02:00"] {
        happened(&db.db, at(time)).await;
    }
    // A minute is due two minutes after its end, not a moment before.
    assert_eq!(seal_due(&app_at(db, "02:02:59.999999")).await.unwrap(), Sealed::default());
    assert_eq!(seal_due(&app_at(db, "02:03:00")).await.unwrap(), Sealed { minutes: 1, rows: 2 });
    assert_eq!(seal_due(&app_at(db, "02:04:59.999999")).await.unwrap(), Sealed::default());
    let halfway = verify(&app_at(db, "02:04:59"), None).await.unwrap();
    assert_eq!((halfway.minutes, halfway.rows, halfway.waiting), (1, 2, 1));
    assert_eq!(halfway.waiting_since, Some(at("02:02:00")));
    // The minute between them had no rows and gets no seal.
    let later = app_at(db, "02:05:00");
    assert_eq!(seal_due(&later).await.unwrap(), Sealed { minutes: 1, rows: 1 });
    assert_eq!(seal_due(&later).await.unwrap(), Sealed::default());
    let whole = verify(&later, None).await.unwrap();
    assert_eq!((whole.minutes, whole.rows, whole.waiting, whole.waiting_since), (2, 3, 0, None));
    assert_eq!(whole.newest.unwrap().minute, at("02:02:00"));
    assert!(execute(&db.db, "update audit_seals set row_count = 9").await.is_err());
    assert!(execute(&db.db, "delete from audit_seals").await.is_err());
}

async fn replicas_seal_at_once(db: &TestDb) {
    for minute in 0..150 {
        happened(&db.db, at("02:00:00") + TimeDelta::minutes(minute)).await;
    }
    let app = app_at(db, "23:00:00");
    let all = join_all((0..4).map(|_| seal_due(&app))).await;
    let minutes: u64 = all.into_iter().map(|sealed| sealed.unwrap().minutes).sum();
    assert_eq!(minutes, 150);
    let verdict = verify(&app, None).await.unwrap();
    assert_eq!((verdict.minutes, verdict.rows, verdict.found), (150, 150, 0));
}

async fn a_change_is_found(db: &TestDb) {
    let (app, ids) = sealed_audit(db).await;
    let change = format!("update audit set action = 'person.edit' where id = {}", literal(&db.db, ids[4]));
    assert!(execute(&db.db, &change).await.is_err(), "the trigger refuses");
    defenceless(&db.db).await;
    execute(&db.db, &change).await.unwrap();
    let verdict = verdict(&app).await;
    assert_eq!(verdict.findings, [finding("02:02:00", Kind::Changed, 0, &[])]);
    assert_eq!((verdict.minutes, verdict.rows), (2, 4));
}

async fn a_loss_is_found(db: &TestDb) {
    let (app, ids) = sealed_audit(db).await;
    defenceless(&db.db).await;
    // One row of the first minute, and the only row of the last.
    for id in [ids[1], ids[5]] {
        execute(&db.db, &format!("delete from audit where id = {}", literal(&db.db, id))).await.unwrap();
    }
    let findings = [finding("02:00:00", Kind::Lost, 1, &[]), finding("02:05:00", Kind::Lost, 1, &[])];
    assert_eq!(verdict(&app).await.findings, findings);
}

/// Also the row of a transaction that ended long after its minute: it is not sealed afterwards, it is reported.
async fn an_insertion_is_found(db: &TestDb) {
    let (app, _) = sealed_audit(db).await;
    let one = happened(&db.db, at("02:00:30")).await;
    assert_eq!(seal_due(&app).await.unwrap(), Sealed::default());
    assert_eq!(verdict(&app).await.findings, [finding("02:00:00", Kind::Added, 1, &[one])]);
    // In a minute that had none, and before the first.
    let between = happened(&db.db, at("02:04:00")).await;
    let before = happened(&db.db, "1066-10-14T09:00:00Z".parse().unwrap()).await;
    assert_eq!(seal_due(&app).await.unwrap(), Sealed::default());
    let found = verdict(&app).await;
    let oldest = &found.findings[0];
    assert_eq!((oldest.kind, oldest.ids.as_slice()), (Kind::Unsealed, &[before][..]));
    assert_eq!(found.findings[1], finding("02:00:00", Kind::Added, 1, &[one]));
    assert_eq!(found.findings[2], finding("02:04:00", Kind::Unsealed, 1, &[between]));
    assert_eq!((found.findings.len(), found.waiting), (3, 0));
    // Two at once: how many, not which.
    happened(&db.db, at("02:00:31")).await;
    assert_eq!(verdict(&app).await.findings[1], finding("02:00:00", Kind::Added, 2, &[]));
    // What comes after is sealed as ever.
    happened(&db.db, at("02:07:00")).await;
    assert_eq!(seal_due(&app).await.unwrap(), Sealed { minutes: 1, rows: 1 });
    assert_eq!(verdict(&app).await.found, 3);
}

async fn a_removed_seal_is_found(db: &TestDb) {
    let (app, ids) = sealed_audit(db).await;
    defenceless(&db.db).await;
    let minute = moment(&db.db, "02:02:00");
    execute(&db.db, &format!("delete from audit_seals where minute = {minute}")).await.unwrap();
    let findings =
        [finding("02:02:00", Kind::Unsealed, 2, &ids[3..5]), finding("02:05:00", Kind::Unlinked, 0, &[])];
    assert_eq!(verdict(&app).await.findings, findings);
}

/// Somebody changes a row and computes its seal anew: the next seal tells.
async fn a_recomputed_seal_is_found(db: &TestDb) {
    let (app, ids) = sealed_audit(db).await;
    let noted = verify(&app, None).await.unwrap().newest.unwrap().seal;
    let known = verify(&app, Some(&noted.to_uppercase())).await.unwrap();
    assert_eq!((known.known, known.holds()), (Some(true), true));
    defenceless(&db.db).await;
    let (from, last) = (moment(&db.db, "02:02:00"), moment(&db.db, "02:05:00"));
    let remove = |what: &str| format!("delete from audit_seals where minute {what}");
    execute(&db.db, &format!("delete from audit where id = {}", literal(&db.db, ids[3]))).await.unwrap();
    execute(&db.db, "create table kept as select * from audit_seals").await.unwrap();
    execute(&db.db, &remove(&format!(">= {from}"))).await.unwrap();
    assert_eq!(seal_due(&app).await.unwrap(), Sealed { minutes: 2, rows: 2 });
    // The whole rest of the chain computed anew agrees with itself; only the seal noted elsewhere tells.
    assert!(verify(&app, None).await.unwrap().holds());
    let unknown = verify(&app, Some(&noted)).await.unwrap();
    assert_eq!((unknown.known, unknown.holds()), (Some(false), false));
    execute(&db.db, &remove(&format!("= {last}"))).await.unwrap();
    execute(&db.db, &format!("insert into audit_seals select * from kept where minute = {last}"))
        .await
        .unwrap();
    assert_eq!(verdict(&app).await.findings, [finding("02:05:00", Kind::Unlinked, 0, &[])]);
}

/// An open transaction may still bring rows: minutes after its start wait for it. On SQLite the sealer is the one writer.
async fn an_open_transaction_is_waited_for(db: &TestDb) {
    let ahead: DateTime<Utc> = "2100-01-01T00:00:00Z".parse().unwrap();
    let mut began = db.db.write().await.unwrap();
    let Db::Postgres(pool) = &db.db else {
        assert_eq!(audit::settled_before(&mut began, ahead).await.unwrap(), Some(ahead));
        return;
    };
    let start = audit::settled_before(&mut began, ahead).await.unwrap().unwrap();
    let told = sql!(&mut began, fetch_one<(DateTime<Utc>,)>, "select now()");
    let (told,) = told.unwrap();
    assert_eq!(start, told);
    // A transaction keeps its first look at the server's activity: each look is a transaction of its own.
    let look = async |now: DateTime<Utc>| {
        let mut sealer = db.db.write().await.unwrap();
        let settled = audit::settled_before(&mut sealer, now).await.unwrap();
        sealer.rollback().await.unwrap();
        settled
    };
    sqlx::query("select pg_sleep(0.05)").execute(pool).await.unwrap();
    assert_eq!(look(ahead).await, Some(start));
    assert_eq!(look(at("02:00:00")).await, Some(at("02:00:00")));
    began.commit().await.unwrap();
    assert!(look(ahead).await > Some(start));
}

both_databases!(full_minutes_once_in_order, |db: TestDb| full_minutes_are_sealed(db));
both_databases!(replicas_share_one_chain, |db: TestDb| replicas_seal_at_once(db));
both_databases!(a_changed_row, |db: TestDb| a_change_is_found(db));
both_databases!(a_lost_row, |db: TestDb| a_loss_is_found(db));
both_databases!(an_inserted_or_late_row, |db: TestDb| an_insertion_is_found(db));
both_databases!(a_removed_seal, |db: TestDb| a_removed_seal_is_found(db));
both_databases!(a_recomputed_seal, |db: TestDb| a_recomputed_seal_is_found(db));
both_databases!(open_transactions, |db: TestDb| an_open_transaction_is_waited_for(db));

/// Runs the binary on a database of its own; gives exit code, standard output and standard error.
fn padankerja(folder: &std::path::Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_padankerja"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[tokio::test]
async fn the_command_names_the_first_minute() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("data/padankerja.db").display());
    let db = Db::open(&url).await.unwrap();
    for time in ["02:00:05", "02:00:06", "03:10:00"] {
        happened(&db, at(time)).await;
    }
    let (code, said, _) = padankerja(folder.path(), &["audit", "seal"]);
    assert_eq!((code, said.as_str()), (Some(0), "2 menit dengan 3 catatan audit disegel.\n"));
    let (code, said, _) = padankerja(folder.path(), &["audit", "verify"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("2 menit dengan 3 catatan audit terbukti tidak berubah.\n"), "{said}");
    assert!(said.contains("Segel terakhir, 2026-03-02 10:10 WIB: "), "{said}");

    let late = happened(&db, at("02:00:07")).await;
    let (code, said, complaint) = padankerja(folder.path(), &["audit", "verify"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("AUDIT TIDAK UTUH sejak 2026-03-02 09:00 WIB."), "{said}");
    let expected =
        format!("galat: 2026-03-02 09:00 WIB: 1 catatan disisipkan atau datang setelah disegel ({late})");
    assert!(complaint.contains(&expected), "{complaint}");
    let (code, said, _) = padankerja(folder.path(), &["audit", "verify", "--json"]);
    let json: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &json["found"], &json["minutes"]), (Some(1), &1.into(), &1.into()));
    assert_eq!(json["findings"][0]["minute"], "2026-03-02T02:00:00Z");
    assert_eq!(json["findings"][0]["kind"], "added");
    let (code, ..) = padankerja(folder.path(), &["audit", "verify", "--known", "abc"]);
    assert_eq!(code, Some(2));
    db.close().await;
}
