//! The two databases behind one `Tx`, and the `sql!` macro that runs one literal on either.
use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use thiserror::Error;

/// Runs one SQL literal on the transaction's database.
///
/// `sql!(tx, fetch_optional<Row>, "select ..", a, b)`, `sql!(tx, execute, "update ..", a)` (gives affected rows), and with
/// `sqlite: "..", postgres: ".."` side by side where the dialects really differ. A test prepares every literal on both.
#[macro_export]
macro_rules! sql {
    ($tx:expr, execute, sqlite: $lite:literal, postgres: $pg:literal $(, $arg:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::store::Tx::Sqlite(tx) => {
                sqlx::query($lite)$(.bind($arg))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            $crate::store::Tx::Postgres(tx) => {
                sqlx::query($pg)$(.bind($arg))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::store::StoreError::from)
    };
    ($tx:expr, $call:ident<$row:ty>, sqlite: $lite:literal, postgres: $pg:literal $(, $arg:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::store::Tx::Sqlite(tx) => {
                sqlx::query_as::<_, $row>($lite)$(.bind($arg))*.$call(&mut **tx).await
            }
            $crate::store::Tx::Postgres(tx) => {
                sqlx::query_as::<_, $row>($pg)$(.bind($arg))*.$call(&mut **tx).await
            }
        }
        .map_err($crate::store::StoreError::from)
    };
    ($tx:expr, execute, $text:literal $(, $arg:expr)* $(,)?) => {
        $crate::sql!($tx, execute, sqlite: $text, postgres: $text $(, $arg)*)
    };
    ($tx:expr, $call:ident<$row:ty>, $text:literal $(, $arg:expr)* $(,)?) => {
        $crate::sql!($tx, $call<$row>, sqlite: $text, postgres: $text $(, $arg)*)
    };
}

/// The oldest SQLite without the WAL corruption fault between several connections (fixed in 3.51.3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

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
    /// Everything else: lost connection, disk full, a row that cannot be read.
    #[error("database: {0}")]
    Other(#[source] sqlx::Error),
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
                sqlx::Error::PoolTimedOut => Self::Busy(error),
                _ => Self::Other(error),
            };
        };
        let code = database.code().unwrap_or_default().into_owned();
        let lite_busy = code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 5 | 6)) && code.len() <= 4;
        if matches!(code.as_str(), "40001" | "40P01" | "55P03") || lite_busy {
            return Self::Busy(error);
        }
        if database.is_check_violation()
            || database.is_unique_violation()
            || database.is_foreign_key_violation()
        {
            return Self::Constraint(error);
        }
        Self::Other(error)
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

/// An open transaction on either database.
pub enum Tx {
    /// On the SQLite file.
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// On the PostgreSQL server.
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Db {
    /// Opens `url` (`postgres://..` or `sqlite://path`), checks that it is fit, and brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = Self::connect(url).await?;
        db.migrate().await?;
        Ok(db)
    }

    /// Opens without touching the schema.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
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
        open_sqlite(Path::new(path)).await
    }

    /// Applies what is missing of `migrations/`.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await?,
            Self::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// Begins a transaction that will write.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that sees one moment and cannot write.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        })
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
    /// Makes the transaction's changes last.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Drops the transaction's changes.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

async fn open_sqlite(path: &Path) -> Result<Db, StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| {
            StoreError::Unfit(format!("cannot create folder {}: {error}", folder.display()))
        })?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
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
    let read =
        SqlitePoolOptions::new().max_connections(8).connect_with(options.pragma("query_only", "on")).await?;
    Ok(Db::Sqlite { write, read })
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
    fn old_sqlite_is_refused() {
        assert!(refuse_old_sqlite("3.51.2").is_err());
        assert!(refuse_old_sqlite("3.51.3").is_ok());
        assert!(refuse_old_sqlite("3.60.0").is_ok());
        assert!(refuse_old_sqlite("gibberish").is_err());
    }
}
