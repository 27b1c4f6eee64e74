//! The jobs of the service: which are due, who works on them, how they went. What they do is in `app::jobs`.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    sql,
    store::{StoreError, Tx},
};

/// One job as the database knows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct JobRow {
    pub name: String,
    /// From when on it may be claimed.
    pub due_at: DateTime<Utc>,
    /// Until when the replica that claimed it counts as working on it; none while nobody does.
    pub claimed_until: Option<DateTime<Utc>>,
    /// When it began the last time.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended the last time.
    pub ended_at: Option<DateTime<Utc>>,
    /// How long it took, milliseconds.
    pub duration_ms: Option<i64>,
    /// What it did: objects changed.
    pub done: Option<i64>,
    /// Objects that could not be changed.
    pub failed: Option<i64>,
    /// Code of what went wrong; none when the last time went well.
    pub last_failure: Option<String>,
    /// When that was.
    pub last_failure_at: Option<DateTime<Utc>>,
}

/// How a job went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When it ended.
    pub at: DateTime<Utc>,
    /// From when on it may be claimed again.
    pub due_at: DateTime<Utc>,
    /// How long it took, milliseconds.
    pub duration_ms: i64,
    /// Objects changed.
    pub done: i64,
    /// Objects that could not be changed.
    pub failed: i64,
    /// Code of the first thing that went wrong.
    pub failure: Option<String>,
}

/// All jobs that were ever registered, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<JobRow>, StoreError> {
    sql!(
        tx,
        fetch_all<JobRow>,
        "select name, due_at, claimed_until, started_at, ended_at, duration_ms, done, failed, last_failure, \
         last_failure_at from jobs order by name"
    )
}

/// Registers a job that is due at a moment; 0 rows when it is known.
pub async fn register(tx: &mut Tx, name: &str, due_at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into jobs (name, due_at) values ($1, $2) on conflict do nothing",
        name.to_owned(),
        due_at
    )
}

/// Claims a job that is due and that nobody works on; 0 rows when another replica was quicker.
pub async fn claim(
    tx: &mut Tx,
    name: &str,
    claim: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update jobs set claim = $2, claimed_until = $4, started_at = $3 \
         where name = $1 and due_at <= $3 and (claimed_until is null or claimed_until <= $3)",
        name.to_owned(),
        claim,
        now,
        until
    )
}

/// Moves on the end of a claim; 0 rows when it ran out and somebody else has the job.
pub async fn renew(tx: &mut Tx, name: &str, claim: Uuid, until: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update jobs set claimed_until = $3 where name = $1 and claim = $2",
        name.to_owned(),
        claim,
        until
    )
}

/// Gives a job back with how it went; 0 rows when the claim was lost. A failure of before is forgotten when all went
/// well.
pub async fn end(tx: &mut Tx, name: &str, claim: Uuid, ended: &Ended) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update jobs set claim = null, claimed_until = null, ended_at = $3, due_at = $4, duration_ms = $5, done = $6, \
         failed = $7, last_failure = $8, last_failure_at = $9 where name = $1 and claim = $2",
        name.to_owned(),
        claim,
        ended.at,
        ended.due_at,
        ended.duration_ms,
        ended.done,
        ended.failed,
        ended.failure.clone(),
        ended.failure.as_ref().map(|_| ended.at)
    )
}
