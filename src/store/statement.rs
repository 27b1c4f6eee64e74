//! One SQL statement on its way to either database, and the rows that come back. Belongs here: everything between a
//! literal of a store file and sqlx. What the statements say is in the files beside.
//!
//! The generic part is as small as it can be: arguments are taken one by one, all statements run through one function,
//! and only the reading of a row knows its type. An async block of its own for both databases at each of 200 statements
//! was a large part of what the compiler had to do.
//!
//! Each statement that runs is a trace event of target `padankerja::statement` with its text and without its arguments:
//! shown by `RUST_LOG=padankerja::statement=trace`, counted by the tests that say how many a request may take.
use std::{future::Future, ops::ControlFlow, pin::Pin};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream::BoxStream};
use sqlx::{
    Arguments, Encode, FromRow, Postgres, Sqlite, Type,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteRow},
};
use uuid::Uuid;

use super::db::{On, StoreError, Tx};

/// Runs one SQL literal on the transaction's database.
///
/// `sql!(tx, fetch_optional<Row>, "select ..", a, b)`, `sql!(tx, execute, "update ..", a)` (gives affected rows), and with
/// `sqlite: "..", postgres: ".."` side by side where the dialects really differ; `text: NAME` runs one that `texts!` made.
/// A test prepares every one on both.
#[macro_export]
macro_rules! sql {
    ($tx:expr, execute, sqlite: $lite:literal, postgres: $pg:literal $(, $arg:expr)* $(,)?) => {{
        let transaction: &mut $crate::store::Tx = &mut *$tx;
        $crate::store::statement::Statement::new(transaction, $lite, $pg)$(.with($arg))*.execute(transaction).await
    }};
    ($tx:expr, $call:ident<$row:ty>, sqlite: $lite:literal, postgres: $pg:literal $(, $arg:expr)* $(,)?) => {{
        let transaction: &mut $crate::store::Tx = &mut *$tx;
        $crate::store::statement::Statement::new(transaction, $lite, $pg)$(.with($arg))*.$call::<$row>(transaction).await
    }};
    ($tx:expr, $call:ident<$row:ty>, text: $text:ident $(, $arg:expr)* $(,)?) => {{
        let transaction: &mut $crate::store::Tx = &mut *$tx;
        $crate::store::statement::Statement::of(transaction, &$text)$(.with($arg))*.$call::<$row>(transaction).await
    }};
    ($tx:expr, execute, $text:literal $(, $arg:expr)* $(,)?) => {
        $crate::sql!($tx, execute, sqlite: $text, postgres: $text $(, $arg)*)
    };
    ($tx:expr, $call:ident<$row:ty>, $text:literal $(, $arg:expr)* $(,)?) => {
        $crate::sql!($tx, $call<$row>, sqlite: $text, postgres: $text $(, $arg)*)
    };
}

/// Names statements that are made of shared pieces (`concat!`), one for each reach of a list, and lists them as `TEXTS`:
/// the tests that prepare and explain every statement read that list, so none is left out.
#[macro_export]
macro_rules! texts {
    ($($name:ident = $text:expr;)+) => {
        $(const $name: $crate::store::statement::Text =
            $crate::store::statement::Text { name: stringify!($name), sql: $text };)+

        /// The statements of this file that are made of pieces.
        pub const TEXTS: &[$crate::store::statement::Text] = &[$($name),+];
    };
}

/// A statement for both databases, made of pieces at compile time by `texts!`.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// How its file calls it.
    pub name: &'static str,
    /// What it says.
    pub sql: &'static str,
}

/// A value that both databases take.
pub trait Argument:
    for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres>
{
}

impl<T> Argument for T where
    T: for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres>
{
}

/// A row type that both databases give.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send {}

impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send {}

/// A literal with its arguments so far.
pub struct Statement {
    text: &'static str,
    arguments: Given,
    refused: Option<sqlx::Error>,
}

enum Given {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

/// A row of either database.
enum Found {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// Takes rows one by one until it has enough.
type Taking<'a> = &'a mut (dyn FnMut(Found) -> Result<ControlFlow<()>, sqlx::Error> + Send);

type Running<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

impl Statement {
    /// The text for the transaction's database, without arguments.
    pub fn new(tx: &Tx, sqlite: &'static str, postgres: &'static str) -> Self {
        let (text, arguments) = match tx.on {
            On::Sqlite(_) => (sqlite, Given::Sqlite(SqliteArguments::default())),
            On::Postgres(_) => (postgres, Given::Postgres(PgArguments::default())),
        };
        Self { text, arguments, refused: None }
    }

    /// A statement that `texts!` named, without arguments.
    pub fn of(tx: &Tx, text: &Text) -> Self {
        Self::new(tx, text.sql, text.sql)
    }

    /// With the next argument.
    #[must_use]
    pub fn with(mut self, value: impl Argument) -> Self {
        self.bind(value);
        self
    }

    /// The next argument. One that cannot be encoded is an error when the statement runs.
    pub fn bind(&mut self, value: impl Argument) {
        let added = match &mut self.arguments {
            Given::Sqlite(arguments) => arguments.add(value),
            Given::Postgres(arguments) => arguments.add(value),
        };
        if let Err(error) = added {
            self.refused = Some(sqlx::Error::Encode(error));
        }
    }

    /// Runs a statement without rows; gives how many rows it changed.
    pub fn execute(self, tx: &mut Tx) -> Running<'_, u64> {
        Box::pin(async move {
            let changed = self.change(tx).await;
            tx.note(changed.is_ok());
            Ok(changed?)
        })
    }

    /// All rows.
    pub async fn fetch_all<R: Record>(self, tx: &mut Tx) -> Result<Vec<R>, StoreError> {
        let mut rows = Vec::new();
        self.each(tx, &mut |found| {
            rows.push(found.read()?);
            Ok(ControlFlow::Continue(()))
        })
        .await?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub async fn fetch_optional<R: Record>(self, tx: &mut Tx) -> Result<Option<R>, StoreError> {
        let mut row = None;
        self.each(tx, &mut |found| {
            row = Some(found.read()?);
            Ok(ControlFlow::Break(()))
        })
        .await?;
        Ok(row)
    }

    /// The first row, which must be there.
    pub async fn fetch_one<R: Record>(self, tx: &mut Tx) -> Result<R, StoreError> {
        self.fetch_optional(tx).await?.ok_or(StoreError::Other(sqlx::Error::RowNotFound))
    }

    /// Hands over row by row; a row that cannot be read ends it.
    fn each<'a>(self, tx: &'a mut Tx, taking: Taking<'a>) -> Running<'a, ()> {
        Box::pin(async move {
            let done = self.drain(tx, taking).await;
            tx.note(done.is_ok());
            Ok(done?)
        })
    }

    async fn change(self, tx: &mut Tx) -> Result<u64, sqlx::Error> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        tracing::trace!(target: "padankerja::statement", text = self.text);
        match (&mut tx.on, self.arguments) {
            (On::Sqlite(held), Given::Sqlite(arguments)) => {
                let done = sqlx::query_with(self.text, arguments).execute(held.use_for_statement()?).await?;
                Ok(done.rows_affected())
            }
            (On::Postgres(held), Given::Postgres(arguments)) => {
                let done = sqlx::query_with(self.text, arguments).execute(held.use_for_statement()?).await?;
                Ok(done.rows_affected())
            }
            _ => Err(mixed()),
        }
    }

    async fn drain(self, tx: &mut Tx, taking: Taking<'_>) -> Result<(), sqlx::Error> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        tracing::trace!(target: "padankerja::statement", text = self.text);
        let mut rows: BoxStream<'_, Result<Found, sqlx::Error>> = match (&mut tx.on, self.arguments) {
            (On::Sqlite(held), Given::Sqlite(arguments)) => {
                let rows = sqlx::query_with(self.text, arguments).fetch(held.use_for_statement()?);
                rows.map(|row| row.map(Found::Sqlite)).boxed()
            }
            (On::Postgres(held), Given::Postgres(arguments)) => {
                let rows = sqlx::query_with(self.text, arguments).fetch(held.use_for_statement()?);
                rows.map(|row| row.map(Found::Postgres)).boxed()
            }
            _ => return Err(mixed()),
        };
        while let Some(row) = rows.next().await {
            if taking(row?)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Tx {
    /// What became of a statement.
    fn note(&mut self, went_well: bool) {
        self.broken |= !went_well;
        if went_well {
            self.on.statement_ended();
        }
    }
}

/// Where a list begins: after the last row of the page before, or before the first. Every list is asked from a place
/// on, so that one text with one plan serves all its pages.
pub(super) fn place<Id: From<Uuid>>(after: Option<(DateTime<Utc>, Id)>) -> (DateTime<Utc>, Id) {
    after.unwrap_or_else(|| (DateTime::UNIX_EPOCH, Id::from(Uuid::nil())))
}

impl Found {
    fn read<R: Record>(&self) -> Result<R, sqlx::Error> {
        match self {
            Self::Sqlite(row) => R::from_row(row),
            Self::Postgres(row) => R::from_row(row),
        }
    }
}

/// A statement made for one transaction and run on another.
fn mixed() -> sqlx::Error {
    sqlx::Error::Protocol("a statement made for the other database".to_owned())
}
