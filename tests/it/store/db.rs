//! `Db` and `Tx`: commit keeps, rollback forgets, reading cannot write, faults are told apart.
use std::os::unix::fs::PermissionsExt;

use padankerja::store::{Db, StoreError, db::Keeping, organisations};
use sqlx::migrate::Migrator;

use super::{office, refused};
use crate::support::database::{TestDb, both_databases};

async fn transactions(db: &TestDb) {
    let count = async || {
        let mut tx = db.db.read().await.unwrap();
        let count = organisations::all(&mut tx).await.unwrap().len();
        tx.rollback().await.unwrap();
        count
    };
    let mut kept = db.db.write().await.unwrap();
    organisations::insert(&mut kept, &office(1, None)).await.unwrap();
    assert_eq!(count().await, 0, "nobody sees what is not committed");
    kept.commit().await.unwrap();
    assert_eq!(count().await, 1);
    let mut forgotten = db.db.write().await.unwrap();
    organisations::insert(&mut forgotten, &office(2, None)).await.unwrap();
    forgotten.rollback().await.unwrap();
    let mut dropped = db.db.write().await.unwrap();
    organisations::insert(&mut dropped, &office(2, None)).await.unwrap();
    drop(dropped);
    assert_eq!(count().await, 1);

    // One moment, and no writing.
    let mut reader = db.db.read().await.unwrap();
    assert_eq!(organisations::all(&mut reader).await.unwrap().len(), 1);
    let mut writer = db.db.write().await.unwrap();
    organisations::insert(&mut writer, &office(3, None)).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(organisations::all(&mut reader).await.unwrap().len(), 1);
    let written = organisations::insert(&mut reader, &office(4, None)).await;
    assert!(matches!(written, Err(StoreError::Unavailable(_))), "{written:?}");
    drop(reader);
    assert_eq!(count().await, 2);

    // The same id again; then the schema, which is there already.
    let mut tx = db.db.write().await.unwrap();
    refused(organisations::insert(&mut tx, &office(1, None)).await);
    drop(tx);
    db.db.migrate().await.unwrap();
    assert_eq!(count().await, 2);
    let foreign = db.db.migrate_with(&Migrator::with_migrations(Vec::new())).await;
    assert!(matches!(foreign, Err(StoreError::Migration(_))), "the schema of a newer program: {foreign:?}");
}

async fn opening(db: &TestDb) {
    assert_eq!(db.db.kind(), if matches!(db.db, Db::Sqlite { .. }) { "sqlite" } else { "postgres" });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep/new.db");
    let url = format!("sqlite://{}", file.display());
    let bare = Db::connect(&url).await.unwrap();
    let mut tx = bare.read().await.unwrap();
    assert!(matches!(organisations::all(&mut tx).await, Err(StoreError::Other(_))), "no schema yet");
    drop(tx);
    bare.close().await;
    let ready = Db::open(&url).await.unwrap();
    let mut tx = ready.read().await.unwrap();
    assert_eq!(organisations::all(&mut tx).await.unwrap().len(), 0);
    drop(tx);
    mapping(&ready).await;
    ready.close().await;
    assert!(ready.write().await.is_err(), "closed");
    assert!(Db::connect("postgres://nobody@127.0.0.1:1/none").await.is_err());
}

/// Readers map the file, the writer does not; and SQLite is built without its two locks for all connections.
async fn mapping(db: &Db) {
    let Db::Sqlite { write, read } = db else { panic!("not SQLite") };
    for (pool, mapped) in [(read, 2_147_418_112_i64), (write, 0)] {
        let found: i64 = sqlx::query_scalar("pragma mmap_size").fetch_one(pool).await.unwrap();
        assert_eq!(found, mapped);
    }
    let built: Vec<String> = sqlx::query_scalar("pragma compile_options").fetch_all(read).await.unwrap();
    let has = |option: &str| built.iter().any(|known| known == option);
    assert!(has("DEFAULT_MEMSTATUS=0") && !has("ENABLE_MEMORY_MANAGEMENT"), ".cargo/config.toml: {built:?}");
}

async fn presence(db: &TestDb) {
    assert!(Db::is_there(&db.url()).await.unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep/none.db");
    let url = format!("sqlite://{}", file.display());
    assert!(!Db::is_there(&url).await.unwrap());
    assert!(!file.parent().unwrap().exists(), "nothing was made");
    Db::open(&url).await.unwrap().close().await;
    assert!(Db::is_there(&url).await.unwrap());
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
}

/// What is kept quickly is kept all the same, for as long as the machine runs.
async fn quickly(db: &TestDb) {
    let quick = Db::open_keeping(&db.url(), Keeping::Quickly).await.unwrap();
    for (opened, waits) in [(&db.db, 2), (&quick, 0)] {
        if let Db::Sqlite { write, .. } = opened {
            let (level,): (i64,) = sqlx::query_as("pragma synchronous").fetch_one(write).await.unwrap();
            assert_eq!(level, waits);
        }
    }
    let mut tx = quick.write().await.unwrap();
    organisations::insert(&mut tx, &office(1, None)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.db.read().await.unwrap();
    assert_eq!(organisations::all(&mut tx).await.unwrap().len(), 1);
    tx.rollback().await.unwrap();
    quick.close().await;
}

both_databases!(what_is_kept_quickly_is_kept, |db: TestDb| quickly(db));
both_databases!(what_is_there_is_found_and_nothing_is_made, |db: TestDb| presence(db));
both_databases!(transactions_last_or_do_not, |db: TestDb| transactions(db));
both_databases!(databases_open, |db: TestDb| opening(db));
