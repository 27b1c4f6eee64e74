//! On SQLite a table that others refer to is rebuilt as migrations/README.md says, in a migration that does not exist yet:
//! it keeps every row, what goes wrong leaves everything as it was, and it can be killed.
use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use padankerja::store::{Db, StoreError};
use sqlx::migrate::Migrator;

use super::dump::{Contents, Old, execute, schema, texts};
use crate::support::database::TestDb;

/// Tells this test program, started by itself, which database to bring on, and by which folder of migrations.
const URL: &str = "PADANKERJA_TEST_REBUILD_URL";
const FOLDER: &str = "PADANKERJA_TEST_REBUILD_FOLDER";

/// What is new about the table.
const CHECK: &str = "check (fit + priority <= 1300)";

/// Work that makes the migration last for a while.
const BALLAST: &str = "create table ballast as with recursive n (i) as \
    (select 1 union all select i + 1 from n limit 300000) select i, randomblob(100) as b from n;\ndrop table ballast;\n";

/// The folder of the migrations with one more, which rebuilds `applications` with another CHECK. What it does is made
/// from the present schema, by the recipe; `copied` says which rows are taken along.
async fn migrations(db: &Db, copied: &str, end: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for entry in std::fs::read_dir(ours).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let table = "select sql from sqlite_schema where name = 'applications'";
    let table = texts(db, table).await.remove(0);
    let (body, strict) = table.rsplit_once(')').unwrap();
    let body = body.replacen("applications", "applications_new", 1);
    let mut text = format!("{body}, {CHECK}){strict};\n{BALLAST}");
    let columns = texts(db, "select name from pragma_table_info('applications')").await.join(", ");
    text +=
        &format!("insert into applications_new ({columns}) select {columns} from applications {copied};\n");
    text += "drop table applications;\nalter table applications_new rename to applications;\n";
    let around = "select sql from sqlite_schema where tbl_name = 'applications' and type <> 'table' and sql is not null";
    for part in texts(db, around).await {
        text += &format!("{part};\n");
    }
    std::fs::write(folder.path().join("9000_rebuild.sql"), text + end).unwrap();
    folder
}

async fn brought_on(db: &Db, folder: &Path) -> Result<(), StoreError> {
    db.migrate_with(&Migrator::new(folder).await.unwrap()).await
}

/// An old database at the present schema, and what is in it.
async fn present() -> (TestDb, Contents, Vec<String>) {
    let db = Old::restored("lived.sqlite").await.opened().await;
    let (contents, parts) = (Contents::of(&db.db).await, schema(&db.db).await);
    (db, contents, parts)
}

/// The rebuild was done: same rows, same indexes and triggers, the new CHECK, and foreign keys are kept as ever.
async fn rebuilt(db: &Db, before: &Contents, parts: &[String]) {
    assert_eq!(before.differences(db, &[]).await, [""; 0]);
    let now = schema(db).await;
    let changed: Vec<&String> = now.iter().filter(|part| !parts.contains(part)).collect();
    assert_eq!((changed.len(), now.len()), (1, parts.len()), "{changed:?}");
    assert!(changed[0].contains(CHECK), "{changed:?}");
    assert_eq!(texts(db, r#"select "table" from pragma_foreign_key_check"#).await, [""; 0]);
    let orphan = "insert into reminders (application_id, day, created_at) values (x'00', 1, '2026-01-01')";
    let refused = execute(db, orphan).await.unwrap_err();
    assert!(refused.as_database_error().unwrap().is_foreign_key_violation(), "{refused}");
    let refused = execute(db, "delete from application_events").await.unwrap_err();
    assert!(refused.to_string().contains("append-only"), "{refused}");
}

/// Nothing of it was done.
async fn untouched(db: &Db, before: &Contents, parts: &[String]) {
    assert_eq!(&Contents::of(db).await, before);
    assert_eq!(schema(db).await, parts);
}

#[tokio::test]
async fn a_table_that_others_refer_to_is_rebuilt() {
    let (db, before, parts) = present().await;
    let folder = migrations(&db.db, "", "").await;
    brought_on(&db.db, folder.path()).await.unwrap();
    rebuilt(&db.db, &before, &parts).await;
    brought_on(&db.db, folder.path()).await.unwrap();
    rebuilt(&db.db, &before, &parts).await;
    db.close().await;
}

#[tokio::test]
async fn a_rebuild_that_goes_wrong_leaves_everything_as_it_was() {
    let (db, before, parts) = present().await;
    let forgetful = migrations(&db.db, "where state <> 'started'", "").await;
    let refused = brought_on(&db.db, forgetful.path()).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Unfit(what) if what.contains("row of applications")), "{refused}");
    untouched(&db.db, &before, &parts).await;
    let broken = migrations(&db.db, "", "insert into no_such_table values (1);").await;
    let refused = brought_on(&db.db, broken.path()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Migration(_)), "{refused}");
    untouched(&db.db, &before, &parts).await;
    // Mended under the same number.
    let good = migrations(&db.db, "", "").await;
    brought_on(&db.db, good.path()).await.unwrap();
    rebuilt(&db.db, &before, &parts).await;
    db.close().await;
}

/// Two roles: the test starts this program again to run the migration, and kills that.
#[tokio::test]
async fn a_rebuild_is_killed_and_begun_again() {
    if let (Ok(url), Ok(folder)) = (std::env::var(URL), std::env::var(FOLDER)) {
        let db = Db::connect(&url).await.unwrap();
        brought_on(&db, Path::new(&folder)).await.unwrap();
        return;
    }
    let (model, before, parts) = present().await;
    let folder = migrations(&model.db, "", "").await;
    model.close().await;
    let began = Instant::now();
    assert!(killed_after(folder.path(), None, &before, &parts).await);
    let whole = began.elapsed();
    let mut half_way = 0;
    for turn in 0..10 {
        let done = killed_after(folder.path(), Some(whole * turn / 10), &before, &parts).await;
        half_way += u32::from(!done);
    }
    assert!(half_way > 2, "only {half_way} of 10 kills came before the end");
}

/// Starts the migration on a database, kills it, looks at what is left, and begins again; tells whether it was done.
async fn killed_after(folder: &Path, time: Option<Duration>, before: &Contents, parts: &[String]) -> bool {
    let old = Old::restored("lived.sqlite").await;
    let url = old.url.clone();
    let db = old.opened().await;
    // Closed, for the other process to be alone with the file.
    db.db.close().await;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "survival::rebuild::a_rebuild_is_killed_and_begun_again"])
        .env(URL, &url)
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    if let Some(time) = time {
        tokio::time::sleep(time).await;
        child.kill().unwrap();
    }
    let ended = child.wait().unwrap();
    assert!(time.is_some() || ended.success());
    let again = Db::connect(&url).await.unwrap();
    let recorded = texts(&again, "select description from _sqlx_migrations where version = 9000").await;
    if recorded.is_empty() {
        untouched(&again, before, parts).await;
    }
    brought_on(&again, folder).await.unwrap();
    rebuilt(&again, before, parts).await;
    again.close().await;
    db.close().await;
    !recorded.is_empty()
}

/// Why migrations/README.md forbids it: what sqlx runs outside a transaction stays when it is cut short, unrecorded, and
/// is run a second time.
#[tokio::test]
async fn outside_a_transaction_half_a_migration_stays() {
    let db = TestDb::sqlite().await;
    let Db::Sqlite { write, .. } = &db.db else { unreachable!() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("9000_half.sql");
    std::fs::write(&path, "-- no-transaction\ncreate table half (a integer) strict;\nselect no_such_thing;")
        .unwrap();
    let mut half = Migrator::new(folder.path()).await.unwrap();
    half.set_ignore_missing(true);
    assert!(half.run(write).await.is_err());
    assert_eq!(texts(&db.db, "select name from sqlite_schema where name = 'half'").await, ["half"]);
    let recorded = "select description from _sqlx_migrations where version = 9000";
    assert_eq!(texts(&db.db, recorded).await, [""; 0]);
    let again = half.run(write).await.unwrap_err();
    assert!(again.to_string().contains("already exists"), "{again}");
    db.close().await;
}
