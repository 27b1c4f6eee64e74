//! Holidays of the office, and how many deadlines were told beyond a day. Which may be changed is in `domain::holiday`.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        holiday::{Holiday, Kind},
        ids::AccountId,
    },
    sql,
    store::{StoreError, Tx},
};

/// A holiday as stored.
#[derive(Debug, sqlx::FromRow)]
struct Row {
    day: NaiveDate,
    name: String,
    kind: Kind,
    estimate: bool,
}

impl From<Row> for Holiday {
    fn from(row: Row) -> Self {
        Self { day: row.day, name: row.name, kind: row.kind, estimate: row.estimate }
    }
}

/// The holidays from a day on.
pub async fn days_from(tx: &mut Tx, day: NaiveDate) -> Result<Vec<NaiveDate>, StoreError> {
    let rows: Vec<(NaiveDate,)> =
        sql!(tx, fetch_all<(NaiveDate,)>, "select day from holidays where day >= $1 order by day", day)?;
    Ok(rows.into_iter().map(|(day,)| day).collect())
}

/// The holidays from one day to another, both included, in order.
pub async fn between(tx: &mut Tx, first: NaiveDate, last: NaiveDate) -> Result<Vec<Holiday>, StoreError> {
    let rows: Vec<Row> = sql!(
        tx,
        fetch_all<Row>,
        "select day, name, kind, estimate from holidays where day >= $1 and day <= $2 order by day",
        first,
        last
    )?;
    Ok(rows.into_iter().map(Holiday::from).collect())
}

/// The holiday of a day.
pub async fn find(tx: &mut Tx, day: NaiveDate) -> Result<Option<Holiday>, StoreError> {
    let row: Option<Row> =
        sql!(tx, fetch_optional<Row>, "select day, name, kind, estimate from holidays where day = $1", day)?;
    Ok(row.map(Holiday::from))
}

/// Adds a holiday; 0 rows when the day is one.
pub async fn insert(
    tx: &mut Tx,
    holiday: &Holiday,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into holidays (day, name, kind, estimate, made_by, made_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict do nothing",
        holiday.day,
        holiday.name.clone(),
        holiday.kind,
        holiday.estimate,
        by,
        at
    )
}

/// Says a holiday otherwise; 0 rows when the day is none.
pub async fn set(
    tx: &mut Tx,
    holiday: &Holiday,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update holidays set name = $2, kind = $3, estimate = $4, made_by = $5, made_at = $6 where day = $1",
        holiday.day,
        holiday.name.clone(),
        holiday.kind,
        holiday.estimate,
        by,
        at
    )
}

/// Takes a holiday away; 0 rows when the day is none.
pub async fn remove(tx: &mut Tx, day: NaiveDate) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from holidays where day = $1", day)
}

/// How many answers that are still awaited are due on a day or later.
pub async fn told_from(tx: &mut Tx, day: NaiveDate) -> Result<i64, StoreError> {
    let (count,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from applications where state in ('proposed', 'consented', 'confirmed', 'referred', 'interview', \
         'offered') and deadline >= $1",
        day
    )?;
    Ok(count)
}
