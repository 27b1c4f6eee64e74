//! Who asked for a new password by mail: one row for each account, with the SHA-256 of the key in its newest mail, so that a
//! copied database opens nothing. Whose address is used and how long a key holds is decided in `app::accounts::forgotten`.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    domain::ids::AccountId,
    sql,
    store::{StoreError, Tx},
};

/// A mail that is owed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Owed {
    pub account_id: AccountId,
    pub login: String,
    /// Where it goes.
    pub mail: Option<String>,
    /// How often it was tried before.
    pub tries: i64,
}

/// Whose key it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    pub account_id: AccountId,
    pub login: String,
    /// The employer it belongs to.
    pub employer_name: Option<String>,
    pub expires_at: DateTime<Utc>,
}

/// Notes that somebody asked under a login's name or a mail address: for every account that is meant, may be used and has an
/// address, unless it was asked for after `again_after`. The same statement whoever is meant.
pub async fn ask(
    tx: &mut Tx,
    name: &str,
    at: DateTime<Utc>,
    again_after: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into password_links (account_id, asked_at, due_at, tries) \
         select a.id, $2, $2, 0 from accounts a left join employers e on e.id = a.employer_id \
         where a.id in (select n.id from accounts n where n.login = $1 union select o.id from employers f \
         join accounts o on o.employer_id = f.id where lower(f.email) = $1) and a.state = 'active' and a.role <> 'trainee' \
         and case when a.employer_id is null then a.login like '%_@_%._%' else e.email is not null and e.state <> 'suspended' end \
         on conflict (account_id) do update set asked_at = excluded.asked_at, due_at = excluded.due_at, tries = 0, claim = null, \
         claimed_until = null, sent_at = null where password_links.asked_at < $3",
        name.to_owned(),
        at,
        again_after
    )
}

/// Claims the mails that are owed now and that nobody else claimed.
pub async fn claim(
    tx: &mut Tx,
    claim: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update password_links set claim = $1, claimed_until = $3 where sent_at is null and due_at <= $2 \
         and (claimed_until is null or claimed_until <= $2)",
        claim,
        now,
        until
    )
}

/// What is claimed, the one that was asked for first before.
pub async fn claimed(tx: &mut Tx, claim: Uuid) -> Result<Vec<Owed>, StoreError> {
    sql!(
        tx,
        fetch_all<Owed>,
        "select l.account_id, a.login, case when a.employer_id is null then a.login else e.email end as mail, l.tries \
         from password_links l join accounts a on a.id = l.account_id left join employers e on e.id = a.employer_id \
         where l.sent_at is null and l.claim = $1 order by l.asked_at, l.account_id",
        claim
    )
}

/// From now on this key opens the account; 0 rows when it is claimed no longer.
pub async fn give(
    tx: &mut Tx,
    account: AccountId,
    claim: Uuid,
    key_hash: &[u8],
    expires_at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update password_links set key_hash = $3, expires_at = $4 where account_id = $1 and claim = $2",
        account,
        claim,
        key_hash.to_vec(),
        expires_at
    )
}

/// The mail left.
pub async fn sent(
    tx: &mut Tx,
    account: AccountId,
    claim: Uuid,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update password_links set sent_at = $3, claim = null, claimed_until = null where account_id = $1 and claim = $2",
        account,
        claim,
        at
    )
}

/// The mail did not leave: it is tried again then.
pub async fn not_sent(
    tx: &mut Tx,
    account: AccountId,
    claim: Uuid,
    due_at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update password_links set tries = tries + 1, due_at = $3, claim = null, claimed_until = null \
         where account_id = $1 and claim = $2",
        account,
        claim,
        due_at
    )
}

/// Whose key this is, whether it still holds or not; none for an account that may not be used.
pub async fn find(tx: &mut Tx, key_hash: &[u8]) -> Result<Option<Found>, StoreError> {
    sql!(
        tx,
        fetch_optional<Found>,
        "select l.account_id, a.login, e.name as employer_name, l.expires_at from password_links l \
         join accounts a on a.id = l.account_id left join employers e on e.id = a.employer_id \
         where l.key_hash = $1 and a.state = 'active'",
        key_hash.to_vec()
    )
}

/// Uses a key that holds up; 0 rows when somebody was faster.
pub async fn take(tx: &mut Tx, key_hash: &[u8], now: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "delete from password_links where key_hash = $1 and expires_at > $2",
        key_hash.to_vec(),
        now
    )
}

/// Forgets what a try could not send, unless it was asked for anew meanwhile.
pub async fn give_up(tx: &mut Tx, account: AccountId, claim: Uuid) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from password_links where account_id = $1 and claim = $2", account, claim)
}

/// Forgets what an account asked for: it is disabled, or has another password.
pub async fn end_account(tx: &mut Tx, account: AccountId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from password_links where account_id = $1", account)
}

/// Forgets what was asked for before `before`.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from password_links where asked_at < $1", before)
}
