//! One-time codes with which a resident starts a login or gets back into it. What a code is worth is decided by
//! `app::accounts::activation`; only keyed hashes are here.
use chrono::{DateTime, Utc};

use crate::{
    domain::ids::{AccountId, ClassId, PersonId, RecordId},
    sql,
    store::{StoreError, Tx},
};

/// A code as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ActivationCode {
    pub id: RecordId,
    pub person_id: PersonId,
    /// Keyed hash of its digits.
    pub code_hash: Vec<u8>,
    /// The class for which it was printed.
    pub class_id: Option<ClassId>,
    /// Who made it; none for the terminal.
    pub made_by: Option<AccountId>,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// How often it was tried with a wrong year of birth.
    pub failures: i64,
    pub used_at: Option<DateTime<Utc>>,
    /// Replaced by a newer one, tried too often, or its person erased.
    pub voided_at: Option<DateTime<Utc>>,
}

/// Finds a code by its hash, whatever became of it.
pub async fn find(tx: &mut Tx, code_hash: &[u8]) -> Result<Option<ActivationCode>, StoreError> {
    sql!(
        tx,
        fetch_optional<ActivationCode>,
        "select id, person_id, code_hash, class_id, made_by, made_at, expires_at, failures, used_at, voided_at \
         from activation_codes where code_hash = $1",
        code_hash.to_vec()
    )
}

/// Adds a code; 0 rows when the hash is known or the person has an open one.
pub async fn insert(tx: &mut Tx, c: &ActivationCode) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into activation_codes (id, person_id, code_hash, class_id, made_by, made_at, expires_at, failures, used_at, \
         voided_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
        c.id,
        c.person_id,
        c.code_hash.clone(),
        c.class_id,
        c.made_by,
        c.made_at,
        c.expires_at,
        c.failures,
        c.used_at,
        c.voided_at
    )
}

/// Makes the open code of a person void.
pub async fn void_open(tx: &mut Tx, person: PersonId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update activation_codes set voided_at = $2 where person_id = $1 and used_at is null and voided_at is null",
        person,
        at
    )
}

/// Marks an open code as used; 0 rows when it is not open any more.
pub async fn mark_used(tx: &mut Tx, id: RecordId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update activation_codes set used_at = $2 where id = $1 and used_at is null and voided_at is null",
        id,
        at
    )
}

/// Counts a wrong try at an open code; the one that reaches `limit` makes it void.
pub async fn count_failure(
    tx: &mut Tx,
    id: RecordId,
    limit: i64,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update activation_codes set failures = failures + 1, \
         voided_at = case when failures + 1 >= $2 then $3 else voided_at end \
         where id = $1 and used_at is null and voided_at is null",
        id,
        limit,
        at
    )
}

/// Forgets codes that expired before a moment.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from activation_codes where expires_at < $1", before)
}
