//! Logins on the pages: the SHA-256 of each key only, so that a copied database logs nobody in. How long one holds is decided
//! by `domain::session`, what it lets somebody do by `app::access`.
use chrono::{DateTime, Utc};

use crate::{
    domain::ids::{AccountId, PersonId, RecordId},
    sql,
    store::{StoreError, Tx},
};

/// One login as stored.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub id: RecordId,
    /// SHA-256 of its key.
    pub key_hash: Vec<u8>,
    /// Whose it is.
    pub account_id: AccountId,
    /// Whom it is about, where the login holds persons and one is chosen.
    pub person_id: Option<PersonId>,
    /// How long it holds without being used.
    pub idle_minutes: i64,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Until when it holds unless it is used again.
    pub holds_until: DateTime<Utc>,
    /// Until when it holds at most.
    pub expires_at: DateTime<Utc>,
}

/// One login with the name of whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    pub id: RecordId,
    pub account_id: AccountId,
    pub person_id: Option<PersonId>,
    pub person_name: Option<String>,
    pub idle_minutes: i64,
    pub holds_until: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Finds a login by the hash of its key, whether it still holds or not.
pub async fn find(tx: &mut Tx, key_hash: &[u8]) -> Result<Option<Found>, StoreError> {
    sql!(
        tx,
        fetch_optional<Found>,
        "select s.id, s.account_id, s.person_id, p.name as person_name, s.idle_minutes, s.holds_until, s.expires_at \
         from sessions s left join people p on p.id = s.person_id where s.key_hash = $1",
        key_hash.to_vec()
    )
}

/// Adds a login.
pub async fn insert(tx: &mut Tx, s: &NewSession) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into sessions (id, key_hash, account_id, person_id, idle_minutes, made_at, holds_until, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        s.id,
        s.key_hash.clone(),
        s.account_id,
        s.person_id,
        s.idle_minutes,
        s.made_at,
        s.holds_until,
        s.expires_at
    )
}

/// It was used: it holds until then.
pub async fn prolong(tx: &mut Tx, id: RecordId, until: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "update sessions set holds_until = $2 where id = $1", id, until)
}

/// From now on it is about this person.
pub async fn choose(tx: &mut Tx, id: RecordId, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "update sessions set person_id = $2 where id = $1", id, person)
}

/// It is about this person no longer, whose ever it is.
pub async fn forget_person(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "update sessions set person_id = null where person_id = $1", person)
}

/// Ends the login of a key.
pub async fn end(tx: &mut Tx, key_hash: &[u8]) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from sessions where key_hash = $1", key_hash.to_vec())
}

/// Ends all of an account (it is disabled, has a new password, or somebody wants to be out everywhere).
pub async fn end_account(tx: &mut Tx, account: AccountId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from sessions where account_id = $1", account)
}

/// Forgets those that held until before `before`.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from sessions where holds_until < $1", before)
}
