//! The two databases behind one `Tx`: opening, beginning, ending, and what went wrong. Statements are in `statement`.
//!
//! A connection goes back to its pool only when its transaction is known to have ended; one that only read and is dropped
//! between two statements is ended in a task of its own. Whatever was cut short (a caller
//! that hung up, a full disk on which SQLite rolled back by itself, a lost server) is closed and opened anew: the pool
//! never holds a connection with somebody else's transaction in it.
use std::{
    path::Path,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use sqlx::{
    Database, Executor, Pool, Postgres, Sqlite,
    migrate::Migrator,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use thiserror::Error;
use tokio::runtime::Handle;

use super::{probe, schema};

/// The oldest SQLite without the WAL corruption fault between several connections (fixed in 3.51.3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How much of the file readers map, bytes: as much as SQLite allows. Pages of a large file would else be copied into the
/// cache of each connection and thrown out again by the next request. The writer maps nothing: what a broken disk cannot
/// read is an error there, where a mapped page ends the process.
const MAPPED: &str = "2147418112";

tokio::task_local! {
    /// Whether the request this task works on is inside a transaction: then a caller who hangs up does not end it, since a
    /// connection in the middle of a statement would have to be closed. Still waiting for a connection, it ends.
    pub static AT_WORK: Arc<AtomicBool>;
}

/// How long a probe waits for its turn to write.
const PATIENCE: Duration = Duration::from_millis(500);

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// What went wrong below the use cases.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another transaction holds what this one needs; trying again may help (PostgreSQL 40001/40P01, SQLite busy).
    #[error("the database is busy: {0}")]
    Busy(#[source] sqlx::Error),
    /// A CHECK, UNIQUE or foreign key refused the row: a limit was met.
    #[error("a constraint refused the change: {0}")]
    Constraint(#[source] sqlx::Error),
    /// The database cannot be used now, by nobody's fault here: disk full, input or output error, server lost or
    /// restarting, no connection in time. It may come back by itself.
    #[error("the database is not available: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// Everything else: a statement that is wrong, a row that cannot be read.
    #[error("database: {0}")]
    Other(#[source] sqlx::Error),
    /// A statement failed before and its error was not passed on; nothing of the transaction was kept.
    #[error("the transaction failed before it was to be kept")]
    Broken,
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The database is one this program refuses to run on.
    #[error("{0}")]
    Unfit(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return match error {
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
                _ => Self::Other(error),
            };
        };
        let code = database.code().unwrap_or_default().into_owned();
        match Trouble::of(&code) {
            Some(Trouble::Busy) => Self::Busy(error),
            Some(Trouble::Unavailable) => Self::Unavailable(error),
            None if database.is_check_violation()
                || database.is_unique_violation()
                || database.is_foreign_key_violation() =>
            {
                Self::Constraint(error)
            }
            None => Self::Other(error),
        }
    }
}

/// A failure that is not the statement's fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Busy,
    Unavailable,
}

impl Trouble {
    /// By the code of the database: a number from SQLite (whose low byte is the primary result code), five characters
    /// from PostgreSQL. Sources: sqlite.org/rescode.html; PostgreSQL manual, appendix A.
    fn of(code: &str) -> Option<Self> {
        if let Some(number) = code.parse::<u32>().ok().filter(|_| code.len() < 5) {
            return match number & 0xff {
                // BUSY, LOCKED.
                5 | 6 => Some(Self::Busy),
                // NOMEM, READONLY, IOERR, FULL, CANTOPEN.
                7 | 8 | 10 | 13 | 14 => Some(Self::Unavailable),
                _ => None,
            };
        }
        match code {
            // Serialization failure, deadlock, lock not available.
            "40001" | "40P01" | "55P03" => Some(Self::Busy),
            // Shutdown or crash of the server, not accepting connections, read-only after a failover.
            "57P01" | "57P02" | "57P03" | "25006" => Some(Self::Unavailable),
            // Connection exceptions, insufficient resources (disk full, too many connections), system errors.
            _ if matches!(code.get(..2), Some("08" | "53" | "58")) => Some(Self::Unavailable),
            _ => None,
        }
    }
}

/// A handle on the database: an SQLite file (one writer, several readers) or a PostgreSQL pool.
#[derive(Clone, Debug)]
pub enum Db {
    /// The embedded default.
    Sqlite {
        /// The single writing connection.
        write: sqlx::SqlitePool,
        /// Reading connections with `query_only`.
        read: sqlx::SqlitePool,
    },
    /// A server that several replicas may share.
    Postgres(sqlx::PgPool),
}

/// How surely an SQLite file keeps what was committed; a PostgreSQL server decides for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// A commit waits for the disk: it is there after a power failure.
    Surely,
    /// A commit does not wait: for what can be made again, such as the demo.
    Quickly,
}

/// An open transaction on either database.
pub struct Tx {
    pub(super) on: On,
    /// A statement failed: PostgreSQL would answer a commit with a silent rollback.
    pub(super) broken: bool,
}

/// The connection a transaction runs on.
pub(super) enum On {
    /// To the SQLite file.
    Sqlite(Held<Sqlite>),
    /// To the PostgreSQL server.
    Postgres(Held<Postgres>),
}

/// A connection out of its pool. Unless its transaction ended well it is closed, not returned.
pub(super) struct Held<DB: Database> {
    /// None once it went back.
    connection: Option<PoolConnection<DB>>,
    /// A statement is under way, or one failed.
    busy: bool,
    /// How a transaction is ended that was begun for reading and dropped between two statements.
    quiet_end: Option<fn(Self)>,
}

impl<DB: Database> Held<DB>
where
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    async fn begin(
        pool: &Pool<DB>,
        statement: &'static str,
        quiet_end: Option<fn(Self)>,
    ) -> Result<Self, StoreError> {
        let mut held = Self { connection: Some(pool.acquire().await?), busy: true, quiet_end };
        let _outside_a_request = AT_WORK.try_with(|at_work| at_work.store(true, Ordering::Relaxed));
        sqlx::raw_sql(statement).execute(held.use_for_statement()?).await?;
        held.busy = false;
        Ok(held)
    }

    async fn end(mut self, statement: &'static str) -> Result<(), StoreError> {
        sqlx::raw_sql(statement).execute(self.use_for_statement()?).await?;
        drop(self.connection.take());
        Ok(())
    }
}

impl<DB: Database> Held<DB> {
    /// The connection, which counts as busy until `statement_ended`.
    pub(super) fn use_for_statement(&mut self) -> Result<&mut DB::Connection, sqlx::Error> {
        self.busy = true;
        self.connection.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }
}

/// Most readers are simply dropped. Opening a connection anew for each would cost more than what they read.
impl<DB: Database> Drop for Held<DB> {
    fn drop(&mut self) {
        let _outside_a_request = AT_WORK.try_with(|at_work| at_work.store(false, Ordering::Relaxed));
        let Some(mut connection) = self.connection.take() else { return };
        match self.quiet_end.filter(|_| !self.busy && Handle::try_current().is_ok()) {
            Some(end) => end(Self { connection: Some(connection), busy: true, quiet_end: None }),
            None => connection.close_on_drop(),
        }
    }
}

/// Rolls back in a task that nobody can cut short; when that fails the connection is closed.
fn end_quietly(on: On) {
    tokio::spawn(async move {
        let _closed_when_it_fails = on.end("rollback").await;
    });
}

impl Db {
    /// Opens `url` (`postgres://..` or `sqlite://path`), checks that it is fit, and brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_keeping(url, Keeping::Surely).await
    }

    /// The same with an SQLite file that keeps what is committed surely, or quickly.
    pub async fn open_keeping(url: &str, keeping: Keeping) -> Result<Self, StoreError> {
        let db = Self::connect_keeping(url, keeping).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Whether a database with the tables of this program is at `url`, without making anything.
    ///
    /// # Errors
    /// When the server or the file cannot be asked.
    pub async fn is_there(url: &str) -> Result<bool, StoreError> {
        let Some(path) = url.strip_prefix("sqlite://") else {
            let db = Self::connect(url).await?;
            let found = db.has_schema().await;
            db.close().await;
            return found;
        };
        Ok(tokio::fs::metadata(path).await.is_ok_and(|file| file.is_file() && file.len() > 0))
    }

    async fn has_schema(&self) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite { .. } => Ok(true),
            Self::Postgres(pool) => schema::is_made(pool).await,
        }
    }

    /// Opens without touching the schema.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_keeping(url, Keeping::Surely).await
    }

    async fn connect_keeping(url: &str, keeping: Keeping) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)?.application_name("padankerja");
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .connect_with(options)
                .await?;
            return Ok(Self::Postgres(pool));
        }
        let path = url.strip_prefix("sqlite://").unwrap_or(url);
        open_sqlite(Path::new(path), keeping).await
    }

    /// Applies what is missing of `migrations/`.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let ours = match self {
            Self::Sqlite { .. } => &SQLITE_MIGRATIONS,
            Self::Postgres(_) => &POSTGRES_MIGRATIONS,
        };
        self.migrate_with(ours).await
    }

    /// Applies what is missing of other migrations, which begin with those the database has.
    pub async fn migrate_with(&self, migrations: &Migrator) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { write, .. } => schema::upgrade_sqlite(write, migrations).await,
            Self::Postgres(pool) => schema::upgrade_postgres(pool, migrations).await,
        }
    }

    /// Begins a transaction that will write.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        let on = match self {
            Self::Sqlite { write, .. } => On::Sqlite(Held::begin(write, "begin immediate", None).await?),
            Self::Postgres(pool) => On::Postgres(Held::begin(pool, "begin", None).await?),
        };
        Ok(Tx { on, broken: false })
    }

    /// Begins a transaction that sees one moment and cannot write.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let on = match self {
            Self::Sqlite { read, .. } => {
                On::Sqlite(Held::begin(read, "begin", Some(|held| end_quietly(On::Sqlite(held)))).await?)
            }
            Self::Postgres(pool) => {
                let begin = "begin isolation level repeatable read read only";
                On::Postgres(Held::begin(pool, begin, Some(|held| end_quietly(On::Postgres(held)))).await?)
            }
        };
        Ok(Tx { on, broken: false })
    }

    /// Writes one row and keeps it, to see whether writes are possible. A writer that is busy for half a second is at
    /// work, which is as good an answer.
    pub async fn try_write(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let Ok(begun) = tokio::time::timeout(PATIENCE, self.write()).await else {
            return Ok(());
        };
        let mut tx = begun?;
        probe::note(&mut tx, now).await?;
        tx.commit().await
    }

    /// Closes all connections, letting running statements end.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// `sqlite` or `postgres`, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

impl Tx {
    /// Makes the transaction's changes last. When this fails nobody knows whether they did.
    pub async fn commit(self) -> Result<(), StoreError> {
        if self.broken {
            return Err(StoreError::Broken);
        }
        self.on.end("commit").await
    }

    /// Drops the transaction's changes.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.on.end("rollback").await
    }
}

impl On {
    /// The statement under way came to its end.
    pub(super) fn statement_ended(&mut self) {
        match self {
            Self::Sqlite(held) => held.busy = false,
            Self::Postgres(held) => held.busy = false,
        }
    }

    async fn end(self, statement: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(held) => held.end(statement).await,
            Self::Postgres(held) => held.end(statement).await,
        }
    }
}

async fn open_sqlite(path: &Path, keeping: Keeping) -> Result<Db, StoreError> {
    make_private(path)
        .await
        .map_err(|error| StoreError::Unfit(format!("{} cannot be made: {error}", path.display())))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match keeping {
            Keeping::Surely => SqliteSynchronous::Full,
            Keeping::Quickly => SqliteSynchronous::Off,
        })
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        // What is erased is overwritten, not only forgotten by the b-tree.
        .pragma("secure_delete", "on")
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory");
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(60))
        .connect_with(options.clone())
        .await?;
    let (version,): (String,) = sqlx::query_as("select sqlite_version()").fetch_one(&write).await?;
    refuse_old_sqlite(&version)?;
    let reading = options.pragma("query_only", "on").pragma("mmap_size", MAPPED);
    let read = SqlitePoolOptions::new().max_connections(8).connect_with(reading).await?;
    Ok(Db::Sqlite { write, read })
}

/// The folder and the file where there are none, for their owner alone: SQLite gives the files beside it the same mode.
async fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        tokio::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    }
    tokio::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path).await?;
    Ok(())
}

fn refuse_old_sqlite(version: &str) -> Result<(), StoreError> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found < OLDEST_SQLITE {
        return Err(StoreError::Unfit(format!("SQLite {version} is too old, 3.51.3 or newer is needed")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_told_from_faults() {
        // SQLITE_BUSY_SNAPSHOT, SQLITE_IOERR_FSYNC, SQLITE_FULL, SQLITE_CONSTRAINT_UNIQUE, SQLITE_ERROR
        let lite = ["517", "1034", "13", "2067", "1"].map(Trouble::of);
        let (busy, unavailable) = (Some(Trouble::Busy), Some(Trouble::Unavailable));
        assert_eq!(lite, [busy, unavailable, unavailable, None, None]);
        let postgres = ["40001", "53100", "08006", "57P01", "58030", "23505", "42601"].map(Trouble::of);
        assert_eq!(postgres, [busy, unavailable, unavailable, unavailable, unavailable, None, None]);
    }

    #[test]
    fn old_sqlite_is_refused() {
        assert!(refuse_old_sqlite("3.51.2").is_err());
        assert!(refuse_old_sqlite("3.51.3").is_ok());
        assert!(refuse_old_sqlite("3.60.0").is_ok());
        assert!(refuse_old_sqlite("gibberish").is_err());
    }
}
