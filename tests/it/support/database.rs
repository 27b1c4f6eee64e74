//! A fresh database for every test: an SQLite file in a folder of its own, or a database of its own on the PostgreSQL
//! server named by TEST_POSTGRES_URL. Without that variable the PostgreSQL tests fail; they are never skipped.
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use padankerja::store::Db;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A database that is gone when the test is.
pub struct TestDb {
    pub db: Db,
    folder: Option<tempfile::TempDir>,
    name: Option<String>,
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "TEST_POSTGRES_URL is not set: these tests need a PostgreSQL server (tests/all.sh starts one)",
    )
}

/// A database of the server without anything in it: its address and name.
pub async fn empty_postgres() -> (String, String) {
    let server = server_url();
    let name = format!("pk_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(&server).await.unwrap();
    // A run that was killed left its own, and numbers of processes come again.
    let left = AssertSqlSafe(format!("drop database if exists {name} with (force)"));
    sqlx::query(left).execute(&mut admin).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
    let (head, _) = server.rsplit_once('/').unwrap();
    (format!("{head}/{name}"), name)
}

impl TestDb {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        let db = Db::open(&url).await.unwrap();
        Self { db, folder: Some(folder), name: None }
    }

    pub async fn postgres() -> Self {
        let (url, name) = empty_postgres().await;
        let db = Db::open(&url).await.unwrap();
        Self { db, folder: None, name: Some(name) }
    }

    /// A database that is there already, in a folder or under a name on the server.
    pub fn there(db: Db, folder: tempfile::TempDir, name: Option<String>) -> Self {
        Self { db, folder: Some(folder), name }
    }

    /// Where another process finds it.
    pub fn url(&self) -> String {
        match (&self.name, &self.folder) {
            (Some(name), _) => {
                let server = server_url();
                let (head, _) = server.rsplit_once('/').unwrap();
                format!("{head}/{name}")
            }
            (None, folder) => {
                let folder = folder.as_ref().unwrap().path();
                format!("sqlite://{}", folder.join("test.db").display())
            }
        }
    }

    /// Runs a statement of the test's own.
    pub async fn execute(&self, text: &str) {
        let text = AssertSqlSafe(text.to_owned());
        let changed = match &self.db {
            Db::Sqlite { write, .. } => sqlx::query(text).execute(write).await.unwrap().rows_affected(),
            Db::Postgres(pool) => sqlx::query(text).execute(pool).await.unwrap().rows_affected(),
        };
        assert!(changed > 0, "nothing was changed");
    }

    /// Closes the connections and drops the database.
    pub async fn close(self) {
        self.db.close().await;
        if let Some(name) = &self.name {
            let mut admin = PgConnection::connect(&server_url()).await.unwrap();
            let text = format!("drop database if exists {name} with (force)");
            sqlx::query(AssertSqlSafe(text)).execute(&mut admin).await.unwrap();
            admin.close().await.unwrap();
        }
        drop(self.folder);
    }
}

/// Waits until somebody waits for a row on PostgreSQL; on SQLite writers wait before they begin.
pub async fn somebody_waits(db: &Db) {
    let Db::Postgres(pool) = db else {
        return tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let waiting = "select count(*) from pg_stat_activity where datname = current_database() \
                   and wait_event_type = 'Lock'";
    for _ in 0..200 {
        let count: i64 = sqlx::query_scalar(waiting).fetch_one(pool).await.unwrap();
        if count > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("nobody waits");
}

/// Makes one test for each database out of one body.
macro_rules! both_databases {
    ($name:ident, |$db:ident: TestDb| $body:expr) => {
        mod $name {
            use super::*;

            async fn body($db: &TestDb) {
                $body.await
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let db = TestDb::sqlite().await;
                body(&db).await;
                db.close().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let db = TestDb::postgres().await;
                body(&db).await;
                db.close().await;
            }
        }
    };
}
pub(crate) use both_databases;
