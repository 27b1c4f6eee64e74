//! Keys under which a changing request is done once, with the answer it gave. A key is written in the transaction of
//! the change, so that either both last or neither does.
use chrono::{DateTime, Utc};

use crate::{
    domain::ids::AccountId,
    sql,
    store::{StoreError, Tx},
};

/// What is known of a key when a request arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Never seen: do it, then `finish`.
    Fresh,
    /// Done before with the same request: this was the answer.
    Done {
        /// HTTP status of the answer.
        status: i64,
        /// The answer as `finish` got it.
        body: String,
    },
    /// Used before for another request.
    Reused,
}

/// Claims a key for a request. A rival with the same key waits here until this transaction ends (on PostgreSQL by the
/// primary key, on SQLite by the single writer) and then finds its answer.
pub async fn begin(
    tx: &mut Tx,
    account: AccountId,
    key: &str,
    (address, request_hash): (&str, &[u8]),
    at: DateTime<Utc>,
) -> Result<Begun, StoreError> {
    let claimed = sql!(
        tx,
        execute,
        "insert into idempotency_keys (account_id, key, request_hash, status, body, created_at, address) \
         values ($1, $2, $3, 0, '', $4, $5) on conflict do nothing",
        account,
        key.to_owned(),
        request_hash.to_vec(),
        at,
        address.to_owned()
    )?;
    if claimed == 1 {
        return Ok(Begun::Fresh);
    }
    let known: Option<(Vec<u8>, i64, String)> = sql!(
        tx,
        fetch_optional<(Vec<u8>, i64, String)>,
        "select request_hash, status, body from idempotency_keys where account_id = $1 and key = $2",
        account,
        key.to_owned()
    )?;
    match known {
        Some((hash, status, body)) if hash == request_hash => Ok(Begun::Done { status, body }),
        Some(_) => Ok(Begun::Reused),
        // Forgotten between the two statements: the next try claims it.
        None => Err(StoreError::Busy(sqlx::Error::RowNotFound)),
    }
}

/// Stores the answer of a key this transaction claimed.
pub async fn finish(
    tx: &mut Tx,
    account: AccountId,
    key: &str,
    status: i64,
    body: &str,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update idempotency_keys set status = $3, body = $4 where account_id = $1 and key = $2",
        account,
        key.to_owned(),
        status,
        body.to_owned()
    )
}

/// Forgets keys made before `before`.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from idempotency_keys where created_at < $1", before)
}
