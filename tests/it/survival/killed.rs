//! Bringing an old database to the present is cut short, and done by several at once: the next opening finds it whole.
use std::{
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use padankerja::store::Db;
use sqlx::migrate::Migrator;

use super::{
    dump::{Old, texts},
    every_dump, unharmed,
};

/// How often a program is killed, at moments spread over the time that it takes.
const KILLS: u32 = 10;

/// The first version that the dumps do not have.
const FIRST_NEWER: i64 = 5;

fn spawn(old: &Old) -> Child {
    old.command(&["doctor"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// How long the whole takes when nobody kills it.
async fn whole(kind: &str) -> Duration {
    let old = Old::restored(kind).await;
    let began = Instant::now();
    assert!(spawn(&old).wait().unwrap().success());
    let took = began.elapsed();
    old.opened().await.close().await;
    took
}

async fn killed_at_every_moment(kind: &str) {
    let whole = whole(kind).await;
    let mut killed = 0;
    for turn in 0..KILLS {
        let old = Old::restored(kind).await;
        let (before, expected) = (old.contents().await, old.expected);
        let mut child = spawn(&old);
        tokio::time::sleep(whole * turn / (KILLS - 1)).await;
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        let db = old.opened().await;
        unharmed(&db.db, &before, expected).await;
        db.close().await;
    }
    assert!(killed > KILLS / 3, "only {killed} of {KILLS} were killed before they had done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_and_begun_again_on_sqlite() {
    killed_at_every_moment("lived.sqlite").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_and_begun_again_on_postgres() {
    killed_at_every_moment("lived.postgres").await;
}

/// The migrations of an engine, as files.
async fn migrations(db: &Db) -> Migrator {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(db.kind());
    Migrator::new(folder).await.unwrap()
}

// Where a kill between two migrations, or a program between bcef901 and this one, left off.
every_dump!(
    from_every_version_between,
    |old| async move {
        let kind = if old.url.starts_with("sqlite") { "lived.sqlite" } else { "lived.postgres" };
        let db = old.opened().await;
        let migrations = migrations(&db.db).await;
        db.close().await;
        let newer = migrations.iter().map(|migration| migration.version).filter(|v| *v >= FIRST_NEWER);
        let stops: Vec<i64> = std::iter::once(FIRST_NEWER - 1).chain(newer).collect();
        assert!(stops.len() > 1);
        for stop in stops {
            let old = Old::restored(kind).await;
            let (before, expected) = (old.contents().await, old.expected);
            let bare = Db::connect(&old.url).await.unwrap();
            match &bare {
                // As the service migrates: a table that others refer to may be rebuilt.
                Db::Sqlite { write, .. } => {
                    let mut connection = write.acquire().await.unwrap();
                    sqlx::raw_sql("pragma foreign_keys = off").execute(&mut *connection).await.unwrap();
                    migrations.run_to(stop, &mut *connection).await.unwrap();
                }
                Db::Postgres(pool) => migrations.run_to(stop, pool).await.unwrap(),
            }
            let applied = texts(&bare, "select cast(max(version) as text) from _sqlx_migrations").await;
            assert_eq!(applied, [stop.to_string()]);
            bare.close().await;
            let db = old.opened().await;
            unharmed(&db.db, &before, expected).await;
            db.close().await;
        }
    },
    lived_sqlite "lived.sqlite",
    lived_postgres "lived.postgres"
);

// The service and a command, or several replicas, started by the same update.
every_dump!(
    opened_by_several_at_once,
    |old| async move {
        let (before, expected) = (old.contents().await, old.expected);
        let children: Vec<Child> = (0..6).map(|_| spawn(&old)).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        let db = old.opened().await;
        unharmed(&db.db, &before, expected).await;
        db.close().await;
    },
    lived_sqlite "lived.sqlite",
    lived_postgres "lived.postgres"
);

/// What migrations/README.md asks of a file; a kill would leave one half-way that disregards it.
fn disregarded(engine: &str, text: &str) -> Vec<&'static str> {
    let words: Vec<String> = text
        .lines()
        .map(|line| line.split("--").next().unwrap_or_default())
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .map(str::to_lowercase)
        .collect();
    let says = |word: &str| words.iter().any(|found| found == word);
    let mut found = Vec::new();
    if text.starts_with("-- no-transaction") {
        found.push("runs outside a transaction");
    }
    for word in ["commit", "rollback", "vacuum", "concurrently"] {
        if says(word) {
            found.push(word);
        }
    }
    if engine == "sqlite" && says("pragma") {
        found.push("pragma");
    }
    found
}

#[test]
fn every_migration_is_all_or_nothing() {
    for engine in ["sqlite", "postgres"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        let mut read = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(disregarded(engine, &text), [""; 0], "{}", path.display());
            read += 1;
        }
        assert!(read >= FIRST_NEWER, "only {read} migrations of {engine} were read");
    }
    let bad = "-- no-transaction\npragma foreign_keys = off; begin; COMMIT; -- vacuum";
    assert_eq!(disregarded("sqlite", bad), ["runs outside a transaction", "commit", "pragma"]);
    assert_eq!(disregarded("postgres", "create index concurrently i on t (a)"), ["concurrently"]);
}
