//! Refresh tokens: their SHA-256 only, so that a copied database logs nobody in. Tokens made from one login are a
//! family; each is used once. When a family falls is decided by `app::auth`.
use chrono::{DateTime, Utc};

use crate::{
    domain::ids::{AccountId, RecordId},
    sql,
    store::{StoreError, Tx},
};

/// One refresh token as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RefreshToken {
    pub id: RecordId,
    /// Whose it is.
    pub account_id: AccountId,
    /// The login it descends from.
    pub family_id: RecordId,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// When it was made.
    pub issued_at: DateTime<Utc>,
    /// From when on it no longer holds.
    pub expires_at: DateTime<Utc>,
    /// When it was exchanged; none while it waits.
    pub used_at: Option<DateTime<Utc>>,
    /// The token it was exchanged for.
    pub replaced_by: Option<RecordId>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Finds a token by its hash.
pub async fn find_by_hash(tx: &mut Tx, hash: &[u8]) -> Result<Option<RefreshToken>, StoreError> {
    sql!(
        tx,
        fetch_optional<RefreshToken>,
        "select id, account_id, family_id, token_hash, issued_at, expires_at, used_at, replaced_by, revoked_at \
         from refresh_tokens where token_hash = $1",
        hash.to_vec()
    )
}

/// Finds a token by its id.
pub async fn find(tx: &mut Tx, id: RecordId) -> Result<Option<RefreshToken>, StoreError> {
    sql!(
        tx,
        fetch_optional<RefreshToken>,
        "select id, account_id, family_id, token_hash, issued_at, expires_at, used_at, replaced_by, revoked_at \
         from refresh_tokens where id = $1",
        id
    )
}

/// Adds a token.
pub async fn insert(tx: &mut Tx, t: &RefreshToken) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into refresh_tokens (id, account_id, family_id, token_hash, issued_at, expires_at, used_at, replaced_by, \
         revoked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        t.id,
        t.account_id,
        t.family_id,
        t.token_hash.clone(),
        t.issued_at,
        t.expires_at,
        t.used_at,
        t.replaced_by,
        t.revoked_at
    )
}

/// Marks a token as exchanged for another one.
pub async fn replace(tx: &mut Tx, id: RecordId, by: RecordId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "update refresh_tokens set used_at = $3, replaced_by = $2 where id = $1", id, by, at)
}

/// Revokes one token; 0 rows when it was.
pub async fn revoke(tx: &mut Tx, id: RecordId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update refresh_tokens set revoked_at = $2 where id = $1 and revoked_at is null",
        id,
        at
    )
}

/// Revokes every token of a family.
pub async fn revoke_family(tx: &mut Tx, family: RecordId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update refresh_tokens set revoked_at = $2 where family_id = $1 and revoked_at is null",
        family,
        at
    )
}

/// Revokes every token of an account (disabled, or with a new password).
pub async fn revoke_account(tx: &mut Tx, account: AccountId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update refresh_tokens set revoked_at = $2 where account_id = $1 and revoked_at is null",
        account,
        at
    )
}

/// Removes families whose newest token expired before `before`.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "delete from refresh_tokens where family_id in \
         (select family_id from refresh_tokens group by family_id having max(expires_at) < $1)",
        before
    )
}
