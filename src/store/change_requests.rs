//! Changes of verified items that somebody asked for and an officer decides. What may be asked and what accepting does is in
//! `app::people::requests`.
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;

use crate::{
    domain::{
        ids::{AccountId, PersonId, RecordId},
        profile::RequestState,
    },
    sql,
    store::{StoreError, Tx, statement::place},
};

/// One of them.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct ChangeRequest {
    pub id: RecordId,
    pub person_id: PersonId,
    /// What is asked for, as a change of a person is written.
    pub change: Json<Value>,
    /// What stood there when it was asked.
    pub stored: Json<Value>,
    pub reason: String,
    /// What proves it, in words.
    pub evidence: Option<String>,
    pub state: RequestState,
    pub asked_by: Option<AccountId>,
    pub asked_at: DateTime<Utc>,
    pub decided_by: Option<AccountId>,
    pub decided_at: Option<DateTime<Utc>>,
    /// What the officer says to it.
    pub answer: Option<String>,
}

/// Finds one.
pub async fn find(tx: &mut Tx, id: RecordId) -> Result<Option<ChangeRequest>, StoreError> {
    sql!(
        tx,
        fetch_optional<ChangeRequest>,
        "select id, person_id, change, stored, reason, evidence, state, asked_by, asked_at, decided_by, decided_at, answer \
         from change_requests where id = $1",
        id
    )
}

/// Adds one; 0 rows when one waits for this person.
pub async fn insert(tx: &mut Tx, r: &ChangeRequest) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into change_requests (id, person_id, change, stored, reason, evidence, state, asked_by, asked_at, decided_by, \
         decided_at, answer) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
        r.id,
        r.person_id,
        r.change.clone(),
        r.stored.clone(),
        r.reason.clone(),
        r.evidence.clone(),
        r.state,
        r.asked_by,
        r.asked_at,
        r.decided_by,
        r.decided_at,
        r.answer.clone()
    )
}

/// Decides one that waits; 0 rows when it does not wait any more.
pub async fn decide(
    tx: &mut Tx,
    id: RecordId,
    state: RequestState,
    (by, at): (Option<AccountId>, DateTime<Utc>),
    answer: Option<&str>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update change_requests set state = $2, decided_by = $3, decided_at = $4, answer = $5 \
         where id = $1 and state = 'pending'",
        id,
        state,
        by,
        at,
        answer.map(str::to_owned)
    )
}

/// Those of a state, oldest first.
pub async fn page(
    tx: &mut Tx,
    state: RequestState,
    after: Option<(DateTime<Utc>, RecordId)>,
    limit: i64,
) -> Result<Vec<ChangeRequest>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<ChangeRequest>,
        "select id, person_id, change, stored, reason, evidence, state, asked_by, asked_at, decided_by, decided_at, answer \
         from change_requests where (state, asked_at, id) > ($1, $2, $3) and state <= $1 order by state, asked_at, id limit $4",
        state,
        at,
        id,
        limit
    )
}

/// Those of a person, oldest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<ChangeRequest>, StoreError> {
    sql!(
        tx,
        fetch_all<ChangeRequest>,
        "select id, person_id, change, stored, reason, evidence, state, asked_by, asked_at, decided_by, decided_at, answer \
         from change_requests where person_id = $1 order by asked_at, id",
        person
    )
}

/// Removes all of a person.
pub async fn clear(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from change_requests where person_id = $1", person)
}
