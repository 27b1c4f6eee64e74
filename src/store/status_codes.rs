//! Codes with which somebody sees where a person's applications stand, without a login. What a code is worth is decided by
//! `app::status_codes`; only keyed hashes are here.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        application::State,
        employer,
        ids::{PersonId, RecordId},
    },
    sql,
    store::{StoreError, Tx},
};

/// A code as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StatusCode {
    pub id: RecordId,
    pub person_id: PersonId,
    /// Keyed hash of its characters.
    pub code_hash: Vec<u8>,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Taken back, or replaced by a newer one.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// An application as whoever has the code may see it: no person, no employer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Bare {
    /// Title of the vacancy.
    pub title: String,
    pub state: State,
    /// Set aside while the person is hired elsewhere.
    pub held: bool,
    /// Business date by which the next answer is due.
    pub deadline: Option<NaiveDate>,
    pub employer_state: employer::State,
    /// When the present state was entered.
    pub since: DateTime<Utc>,
}

/// Finds a code by its hash, whatever became of it.
pub async fn find(tx: &mut Tx, code_hash: &[u8]) -> Result<Option<StatusCode>, StoreError> {
    sql!(
        tx,
        fetch_optional<StatusCode>,
        "select id, person_id, code_hash, made_at, expires_at, revoked_at from status_codes where code_hash = $1",
        code_hash.to_vec()
    )
}

/// The codes of a person that are still kept, oldest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<StatusCode>, StoreError> {
    sql!(
        tx,
        fetch_all<StatusCode>,
        "select id, person_id, code_hash, made_at, expires_at, revoked_at from status_codes where person_id = $1 \
         order by made_at, id",
        person
    )
}

/// Adds a code; 0 rows when the hash is known or the person has one that was not revoked.
pub async fn insert(tx: &mut Tx, c: &StatusCode) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into status_codes (id, person_id, code_hash, made_at, expires_at, revoked_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        c.id,
        c.person_id,
        c.code_hash.clone(),
        c.made_at,
        c.expires_at,
        c.revoked_at
    )
}

/// Revokes the code of a person; 0 rows when there is none.
pub async fn revoke(tx: &mut Tx, person: PersonId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update status_codes set revoked_at = $2 where person_id = $1 and revoked_at is null",
        person,
        at
    )
}

/// Forgets the codes of a person who is erased.
pub async fn clear(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from status_codes where person_id = $1", person)
}

/// Forgets codes that expired before a moment.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from status_codes where expires_at < $1", before)
}

/// The applications that a person knows of, newest first, at most so many.
pub async fn applications(tx: &mut Tx, person: PersonId, most: i64) -> Result<Vec<Bare>, StoreError> {
    sql!(
        tx,
        fetch_all<Bare>,
        "select v.title, a.state, a.held, a.deadline, e.state as employer_state, \
         coalesce((select max(x.at) from application_events x where x.application_id = a.id and x.to_state = a.state \
         and (x.from_state is null or x.from_state <> x.to_state)), a.created_at) as since \
         from applications a join vacancies v on v.id = a.vacancy_id join employers e on e.id = v.employer_id \
         where a.person_id = $1 and a.known_since is not null order by a.created_at desc, a.id desc limit $2",
        person,
        most
    )
}
