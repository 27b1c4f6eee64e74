//! The audit rows as they were written, and the chain of seals over them. Adding a row is `events::audit`; what a seal
//! is made of, and when one is due, is decided by `app::audit`.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    domain::ids::{AccountId, EventId, OrganisationId, RecordId},
    sql,
    store::{StoreError, Tx},
};

/// One audit row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Row {
    pub id: RecordId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The login; none for the system or the command line.
    pub account_id: Option<AccountId>,
    /// Role of the actor.
    pub actor: String,
    /// The office acted for.
    pub organisation_id: Option<OrganisationId>,
    /// What was done.
    pub action: String,
    pub object_kind: String,
    pub object_id: Option<Uuid>,
    /// The event recorded with it.
    pub event_id: Option<EventId>,
}

/// The seal over the rows of one minute.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Seal {
    /// First moment of the minute.
    pub minute: DateTime<Utc>,
    /// How many rows it had.
    pub row_count: i64,
    /// The seal before; zeros at the first.
    pub previous: Vec<u8>,
    /// SHA-256 over the seal before and the rows.
    pub seal: Vec<u8>,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
}

/// The moment before which nobody can add rows any more: the start of the oldest transaction that is open on
/// PostgreSQL, `now` on SQLite, whose one writer is the caller. None when the server does not tell (`track_activities`
/// is off). Ask before reading the rows, and once in a transaction: the server repeats its first answer. All replicas
/// must use one database role, or they do not see each other.
pub async fn settled_before(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (moment,): (Option<DateTime<Utc>>,) = sql!(
        tx,
        fetch_one<(Option<DateTime<Utc>>,)>,
        sqlite: "select $1",
        postgres: "select case when min(xact_start) is not null then least(min(xact_start), $1) end from pg_stat_activity \
         where datname = current_database() and backend_type = 'client backend'",
        now
    )?;
    Ok(moment)
}

/// When the first row at or after `from` happened.
pub async fn first_from(tx: &mut Tx, from: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found: Option<(DateTime<Utc>,)> = sql!(
        tx,
        fetch_optional<(DateTime<Utc>,)>,
        "select at from audit where at >= $1 order by at, id limit 1",
        from
    )?;
    Ok(found.map(|(at,)| at))
}

/// The rows from a moment (inclusive) up to another (exclusive), in the order of their seal.
pub async fn rows(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Row>, StoreError> {
    sql!(
        tx,
        fetch_all<Row>,
        "select id, at, account_id, actor, organisation_id, action, object_kind, object_id, event_id from audit \
         where at >= $1 and at < $2 order by at, id",
        from,
        to
    )
}

/// How many rows there are.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,): (i64,) = sql!(tx, fetch_one<(i64,)>, "select count(*) from audit")?;
    Ok(count)
}

/// The newest seal.
pub async fn last_seal(tx: &mut Tx) -> Result<Option<Seal>, StoreError> {
    sql!(
        tx,
        fetch_optional<Seal>,
        "select minute, row_count, previous, seal, sealed_at from audit_seals order by minute desc limit 1"
    )
}

/// The seals after a minute, oldest first.
pub async fn seals(tx: &mut Tx, after: DateTime<Utc>, limit: i64) -> Result<Vec<Seal>, StoreError> {
    sql!(
        tx,
        fetch_all<Seal>,
        "select minute, row_count, previous, seal, sealed_at from audit_seals where minute > $1 order by minute limit $2",
        after,
        limit
    )
}

/// Adds a seal; 0 rows when the minute is sealed or another seal follows the same one.
pub async fn insert_seal(tx: &mut Tx, s: &Seal) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into audit_seals (minute, row_count, previous, seal, sealed_at) values ($1, $2, $3, $4, $5) \
         on conflict do nothing",
        s.minute,
        s.row_count,
        s.previous.clone(),
        s.seal.clone(),
        s.sealed_at
    )
}
