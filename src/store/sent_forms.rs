//! Forms that were sent without a login, with what they were answered. The answer is encrypted by `app::once`; a row is written
//! in the transaction of what the form did, so that either both last or neither does.
use chrono::{DateTime, Utc};

use crate::{
    sql,
    store::{StoreError, Tx},
};

/// Claims a form; none: never seen, do it and `finish`. A rival with the same form waits here until this transaction ends (on
/// PostgreSQL by the primary key, on SQLite by the single writer) and then finds its answer.
pub async fn begin(tx: &mut Tx, form_hash: &[u8], at: DateTime<Utc>) -> Result<Option<Vec<u8>>, StoreError> {
    let claimed = sql!(
        tx,
        execute,
        sqlite: "insert into sent_forms (form_hash, answer, made_at) values ($1, x'', $2) on conflict do nothing",
        postgres: "insert into sent_forms (form_hash, answer, made_at) values ($1, ''::bytea, $2) on conflict do nothing",
        form_hash.to_vec(),
        at
    )?;
    if claimed == 1 {
        return Ok(None);
    }
    let known: Option<(Vec<u8>,)> = sql!(
        tx,
        fetch_optional<(Vec<u8>,)>,
        "select answer from sent_forms where form_hash = $1",
        form_hash.to_vec()
    )?;
    match known {
        Some((answer,)) => Ok(Some(answer)),
        // Forgotten between the two statements: the next try claims it.
        None => Err(StoreError::Busy(sqlx::Error::RowNotFound)),
    }
}

/// Stores the answer of a form this transaction claimed.
pub async fn finish(tx: &mut Tx, form_hash: &[u8], answer: Vec<u8>) -> Result<u64, StoreError> {
    sql!(tx, execute, "update sent_forms set answer = $2 where form_hash = $1", form_hash.to_vec(), answer)
}

/// Forgets those sent before `before`.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from sent_forms where made_at < $1", before)
}
