//! A fresh database for every test: an SQLite file in a folder of its own, or a database of its own on the PostgreSQL
//! server named by TEST_POSTGRES_URL. Without that variable the PostgreSQL tests fail; they are never skipped.
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
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
    fresh_postgres("template1").await
}

/// A copy of a database of the server: its address and name.
async fn fresh_postgres(template: &str) -> (String, String) {
    let name = format!("pk_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(&server_url()).await.unwrap();
    // A run that was killed left its own, and numbers of processes come again.
    ask(&mut admin, format!("drop database if exists {name} with (force)")).await;
    ask(&mut admin, format!("create database {name} template {template}")).await;
    admin.close().await.unwrap();
    (address(&name), name)
}

fn address(name: &str) -> String {
    let server = server_url();
    let (head, _) = server.rsplit_once('/').unwrap();
    format!("{head}/{name}")
}

async fn ask(admin: &mut PgConnection, statement: String) {
    sqlx::query(AssertSqlSafe(statement)).execute(admin).await.unwrap();
}

/// A number of the migrations as they are written now.
fn schema_number(database: &str) -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
    let mut files: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.file_name().hash(&mut hasher);
        std::fs::read(&file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}

/// The database that `Db::open` makes of an empty one, made once for each schema: a copy costs a tenth of the migrations.
/// Each test runs in a process of its own, so the first one to come makes it while the others wait.
async fn postgres_template() -> String {
    let number = schema_number("postgres");
    let (name, lock) = (format!("pk_template_{number:016x}"), number.cast_signed());
    let mut admin = PgConnection::connect(&server_url()).await.unwrap();
    sqlx::query("select pg_advisory_lock($1)").bind(lock).execute(&mut admin).await.unwrap();
    let found = "select 1 from pg_database where datname = $1";
    if sqlx::query(found).bind(&name).fetch_optional(&mut admin).await.unwrap().is_none() {
        let making = format!("{name}_making");
        ask(&mut admin, format!("drop database if exists {making} with (force)")).await;
        ask(&mut admin, format!("create database {making}")).await;
        Db::open(&address(&making)).await.unwrap().close().await;
        ask(&mut admin, format!("alter database {making} rename to {name}")).await;
    }
    admin.close().await.unwrap();
    name
}

/// The same as a file. Who makes it at the same time makes the same.
async fn sqlite_template() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let made = folder.join(format!("template_{:016x}.db", schema_number("sqlite")));
    if !made.exists() {
        let making = tempfile::tempdir_in(folder).unwrap();
        let file = making.path().join("making.db");
        Db::open(&format!("sqlite://{}", file.display())).await.unwrap().close().await;
        std::fs::rename(file, &made).unwrap();
    }
    made
}

impl TestDb {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("test.db");
        std::fs::copy(sqlite_template().await, &file).unwrap();
        let db = Db::open(&format!("sqlite://{}", file.display())).await.unwrap();
        Self { db, folder: Some(folder), name: None }
    }

    pub async fn postgres() -> Self {
        let (url, name) = fresh_postgres(&postgres_template().await).await;
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
            (Some(name), _) => address(name),
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
            ask(&mut admin, format!("drop database if exists {name} with (force)")).await;
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
