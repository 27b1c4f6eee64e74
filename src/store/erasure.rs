//! Erasing a person's data: statements across the tables that hold some, and the row that says it happened. The ids,
//! events and runs stay. What is erased, in which order and who may ask for it is decided in `app::erasure`.
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::types::Json;

use crate::{
    domain::{
        application::Event,
        ids::{AccountId, ApplicationId, EventId, PersonId, RunId, VacancyId},
        machine::Actor,
    },
    sql,
    store::{StoreError, Tx},
};

/// What stands in place of a text that was erased and may not be empty.
pub const MARKER: &str = "erased";

/// What a person's row keeps: nothing of the person.
#[derive(Clone, Debug)]
pub struct Blank {
    /// Whose row.
    pub id: PersonId,
    /// Random bytes in place of the encrypted NIK.
    pub nik_cipher: Vec<u8>,
    /// Random bytes in place of the keyed hash, so that the NIK may register anew.
    pub nik_lookup: Vec<u8>,
    /// In place of every date of the person.
    pub neutral_day: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
}

/// Empties a person's row; 0 rows when it was emptied before. Counters and whether it was a sample stay.
pub async fn blank_person(tx: &mut Tx, b: &Blank) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update people set nik_cipher = $2, nik_key = 0, nik_lookup = $3, family_key = null, name = $4, sex = null, \
         birth_date = $5, phone = null, village = null, address = null, education = null, major = null, \
         disability = null, status = 'unreachable', available_from = null, class_ends_on = null, ak1_number = null, registered_on = $5, \
         objects_to_ranking = true, accompanied = false, nominated_by = null, version = version + 1, updated_at = $6, erased_at = $6 \
         where id = $1 and erased_at is null",
        b.id,
        b.nik_cipher.clone(),
        b.nik_lookup.clone(),
        MARKER,
        b.neutral_day,
        b.at
    )
}

/// Removes wishes and evidence; the profile is removed by `profiles::clear`.
pub async fn clear_wishes_and_criteria(tx: &mut Tx, id: PersonId) -> Result<(), StoreError> {
    sql!(tx, execute, "delete from wishes where person_id = $1", id)?;
    sql!(tx, execute, "delete from criteria where person_id = $1", id)?;
    Ok(())
}

/// Replaces the numbers dialled for a person's consents.
pub async fn erase_numbers(tx: &mut Tx, id: PersonId) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update consents set number_dialled = $2 where person_id = $1 and number_dialled is not null",
        id,
        MARKER
    )
}

/// Removes what was noted when follow-ups were asked.
pub async fn erase_notes(tx: &mut Tx, id: PersonId) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update follow_ups set note = null where note is not null \
         and application_id in (select id from applications where person_id = $1)",
        id
    )
}

/// The reasons recorded with the events of a person's applications.
pub async fn reasons(tx: &mut Tx, id: PersonId) -> Result<Vec<(EventId, Event, Actor, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(EventId, Event, Actor, String)>,
        "select e.id, e.event, e.actor, e.reason from application_events e \
         join applications a on a.id = e.application_id where a.person_id = $1 and e.reason is not null order by e.id",
        id
    )
}

/// Cuts a reason down to its code, or replaces it by the marker; the trigger allows nothing else.
pub async fn cut_reason(tx: &mut Tx, id: EventId, left: &str) -> Result<u64, StoreError> {
    sql!(tx, execute, "update application_events set reason = $2 where id = $1", id, left.to_owned())
}

/// What runs explained about a person.
pub async fn explanations(
    tx: &mut Tx,
    id: PersonId,
) -> Result<Vec<(RunId, VacancyId, Json<Value>)>, StoreError> {
    sql!(
        tx,
        fetch_all<(RunId, VacancyId, Json<Value>)>,
        "select run_id, vacancy_id, explanation from run_proposals where person_id = $1 order by run_id, vacancy_id",
        id
    )
}

/// Replaces what a run explained about a pair.
pub async fn set_explanation(
    tx: &mut Tx,
    run: RunId,
    vacancy: VacancyId,
    person: PersonId,
    explanation: &Json<Value>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update run_proposals set explanation = $4 where run_id = $1 and vacancy_id = $2 and person_id = $3",
        run,
        vacancy,
        person,
        explanation
    )
}

/// Every application a person ever had.
pub async fn applications(tx: &mut Tx, id: PersonId) -> Result<Vec<ApplicationId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(ApplicationId,)>,
        "select id from applications where person_id = $1 order by id",
        id
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Forgets kept answers to requests whose address names an id, or in which it stands; and those of unknown address.
pub async fn forget_answers(tx: &mut Tx, id: &str) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        sqlite: "delete from idempotency_keys where instr(body, $1) > 0 or instr(address, $1) > 0 or address is null",
        postgres: "delete from idempotency_keys where position($1 in body) > 0 or position($1 in address) > 0 \
         or address is null",
        id.to_owned()
    )
}

/// The logins that hold a person, and how many others each holds.
pub async fn holders(tx: &mut Tx, id: PersonId) -> Result<Vec<(AccountId, i64)>, StoreError> {
    sql!(
        tx,
        fetch_all<(AccountId, i64)>,
        "select h.account_id, (select count(*) from account_people o where o.account_id = h.account_id \
         and o.person_id <> $1) from account_people h where h.person_id = $1 order by h.account_id",
        id
    )
}

/// Takes a person away from a login.
pub async fn detach(tx: &mut Tx, account: AccountId, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from account_people where account_id = $1 and person_id = $2", account, person)
}

/// Ends a login for good: another name, no password, no tokens, no kept answers.
pub async fn end_login(tx: &mut Tx, id: AccountId, name: &str) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "update accounts set login = $2, password_hash = '!', state = 'disabled', failed_logins = 0, \
         locked_until = null where id = $1",
        id,
        name.to_owned()
    )?;
    sql!(tx, execute, "delete from refresh_tokens where account_id = $1", id)?;
    sql!(tx, execute, "delete from sessions where account_id = $1", id)?;
    sql!(tx, execute, "delete from idempotency_keys where account_id = $1", id)?;
    Ok(())
}

/// That a person was erased.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Erasure {
    /// Who was erased.
    pub person_id: PersonId,
    /// The ground in law: `requested`, `consent_withdrawn`, `no_longer_needed`, `unlawful`.
    pub ground: String,
    /// Who asked: `person`, `family`, `office`.
    pub asked_by: String,
    /// The login that did it; none for the terminal.
    pub account_id: Option<AccountId>,
    /// When.
    pub erased_at: DateTime<Utc>,
}

/// Records an erasure.
pub async fn insert(tx: &mut Tx, e: &Erasure) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into erasures (person_id, ground, asked_by, account_id, erased_at) values ($1, $2, $3, $4, $5)",
        e.person_id,
        e.ground.clone(),
        e.asked_by.clone(),
        e.account_id,
        e.erased_at
    )
}

/// Finds the erasure of a person.
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Erasure>, StoreError> {
    sql!(
        tx,
        fetch_optional<Erasure>,
        "select person_id, ground, asked_by, account_id, erased_at from erasures where person_id = $1",
        id
    )
}
