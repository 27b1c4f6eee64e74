//! Who said an item of a profile and which officer saw it proved. Items are written as `domain::profile` names them.
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        access::AuditActor,
        ids::{AccountId, PersonId},
    },
    sql,
    store::{StoreError, Tx},
};

/// What is known of one item.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Mark {
    pub person_id: PersonId,
    /// `education`, `certificate:ID`.
    pub item: String,
    /// In which capacity.
    pub said_by: AuditActor,
    pub said_at: DateTime<Utc>,
    /// None for the terminal.
    pub verified_by: Option<AccountId>,
    /// None while nobody saw it proved.
    pub verified_at: Option<DateTime<Utc>>,
}

/// All marks of a person, by item.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Mark>, StoreError> {
    sql!(
        tx,
        fetch_all<Mark>,
        "select person_id, item, said_by, said_at, verified_by, verified_at from profile_marks where person_id = $1 \
         order by item",
        person
    )
}

/// Stores what is known of an item now.
pub async fn set(tx: &mut Tx, m: &Mark) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into profile_marks (person_id, item, said_by, said_at, verified_by, verified_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (person_id, item) do update set said_by = excluded.said_by, \
         said_at = excluded.said_at, verified_by = excluded.verified_by, verified_at = excluded.verified_at",
        m.person_id,
        m.item.clone(),
        m.said_by,
        m.said_at,
        m.verified_by,
        m.verified_at
    )
}

/// Forgets an item that is gone.
pub async fn remove(tx: &mut Tx, person: PersonId, item: &str) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from profile_marks where person_id = $1 and item = $2", person, item.to_owned())
}

/// Forgets all items of a person.
pub async fn clear(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from profile_marks where person_id = $1", person)
}
