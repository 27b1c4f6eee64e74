//! What happened to applications, vacancies and employers, and the audit rows beside it. Append-only.
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        access::AuditActor,
        application::{Event, State},
        ids::{AccountId, ApplicationId, EmployerId, EventId, OrganisationId, RecordId, VacancyId},
        machine::Actor,
    },
    sql,
    store::{StoreError, Tx},
};

/// One recorded change of an application.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ApplicationEvent {
    pub id: EventId,
    pub application_id: ApplicationId,
    /// The version the change made.
    pub version: i64,
    /// What happened.
    pub event: Event,
    /// The state before; none at the first event.
    pub from_state: Option<State>,
    /// The state after.
    pub to_state: State,
    /// In which role somebody acted.
    pub actor: Actor,
    /// The login; none for the system.
    pub account_id: Option<AccountId>,
    /// The office or employer the login acted for.
    pub organisation_id: Option<uuid::Uuid>,
    /// Reason from a closed list, with text where given.
    pub reason: Option<String>,
    /// The event that caused this one.
    pub cause_id: Option<EventId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Of a refusal: the employer lets the person read why.
    pub shared: bool,
    /// Of an answer of the person: the family helped.
    pub helped: bool,
}

/// Records a change of an application.
pub async fn record(tx: &mut Tx, e: &ApplicationEvent) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "insert into application_events (id, application_id, version, event, from_state, to_state, actor, account_id, \
         organisation_id, reason, cause_id, at, shared, helped) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        e.id,
        e.application_id,
        e.version,
        e.event,
        e.from_state,
        e.to_state,
        e.actor,
        e.account_id,
        e.organisation_id,
        e.reason.clone(),
        e.cause_id,
        e.at,
        e.shared,
        e.helped
    )?;
    Ok(())
}

/// The history of an application, oldest first.
pub async fn history(tx: &mut Tx, id: ApplicationId) -> Result<Vec<ApplicationEvent>, StoreError> {
    sql!(
        tx,
        fetch_all<ApplicationEvent>,
        "select id, application_id, version, event, from_state, to_state, actor, account_id, organisation_id, reason, \
         cause_id, at, shared, helped from application_events where application_id = $1 order by version",
        id
    )
}

/// The histories of these applications, one after the other; `ids` is a JSON array of ids as text.
pub async fn histories(tx: &mut Tx, ids: &str) -> Result<Vec<ApplicationEvent>, StoreError> {
    sql!(
        tx,
        fetch_all<ApplicationEvent>,
        sqlite: "select id, application_id, version, event, from_state, to_state, actor, account_id, organisation_id, reason, \
         cause_id, at, shared, helped from application_events where application_id in (select unhex(value, '-') from json_each($1)) \
         order by application_id, version",
        postgres: "select id, application_id, version, event, from_state, to_state, actor, account_id, organisation_id, \
         reason, cause_id, at, shared, helped from application_events where application_id in \
         (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb))) order by application_id, version",
        ids.to_owned()
    )
}

/// The last event of an application.
pub async fn last(tx: &mut Tx, id: ApplicationId) -> Result<Option<ApplicationEvent>, StoreError> {
    sql!(
        tx,
        fetch_optional<ApplicationEvent>,
        "select id, application_id, version, event, from_state, to_state, actor, account_id, organisation_id, reason, \
         cause_id, at, shared, helped from application_events where application_id = $1 order by version desc limit 1",
        id
    )
}

/// The events one event caused, in the order they were recorded.
pub async fn caused_by(tx: &mut Tx, cause: EventId) -> Result<Vec<ApplicationEvent>, StoreError> {
    sql!(
        tx,
        fetch_all<ApplicationEvent>,
        "select id, application_id, version, event, from_state, to_state, actor, account_id, organisation_id, reason, \
         cause_id, at, shared, helped from application_events where cause_id = $1 order by id",
        cause
    )
}

/// How many applications of a vacancy became live after an event, not counting what it caused.
pub async fn entered_since(tx: &mut Tx, vacancy: VacancyId, event: EventId) -> Result<i64, StoreError> {
    let (count,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from application_events e join applications a on a.id = e.application_id \
         where a.vacancy_id = $1 and e.id > $2 and (e.cause_id is null or e.cause_id <> $2) \
         and e.to_state in ('confirmed', 'referred', 'interview', 'offered') \
         and (e.from_state is null or e.from_state not in ('confirmed', 'referred', 'interview', 'offered'))",
        vacancy,
        event
    )?;
    Ok(count)
}

/// One recorded change of a vacancy or an employer; states and events are words of their own machines.
#[derive(Clone, Debug)]
pub struct Change<Id> {
    pub id: EventId,
    /// The vacancy or employer.
    pub object: Id,
    /// The version the change made.
    pub version: i64,
    /// What happened.
    pub event: &'static str,
    /// The state before; none at the first event.
    pub from: Option<&'static str>,
    /// The state after.
    pub to: &'static str,
    /// In which role somebody acted.
    pub actor: Actor,
    /// The login; none for the system.
    pub account: Option<AccountId>,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// The application event that caused this.
    pub cause: Option<EventId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records a change of a vacancy.
pub async fn record_vacancy(tx: &mut Tx, c: &Change<VacancyId>) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "insert into vacancy_events (id, vacancy_id, version, event, from_state, to_state, actor, account_id, reason, \
         cause_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        c.id,
        c.object,
        c.version,
        c.event,
        c.from,
        c.to,
        c.actor,
        c.account,
        c.reason.clone(),
        c.cause,
        c.at
    )?;
    Ok(())
}

/// Whether a vacancy was ever seen by everybody.
pub async fn was_published(tx: &mut Tx, vacancy: VacancyId) -> Result<bool, StoreError> {
    let found = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from vacancy_events where vacancy_id = $1 and to_state = 'open'",
        vacancy
    )?;
    Ok(found.0 > 0)
}

/// Records a change of an employer.
pub async fn record_employer(tx: &mut Tx, c: &Change<EmployerId>) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "insert into employer_events (id, employer_id, version, event, from_state, to_state, actor, account_id, reason, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        c.id,
        c.object,
        c.version,
        c.event,
        c.from,
        c.to,
        c.actor,
        c.account,
        c.reason.clone(),
        c.at
    )?;
    Ok(())
}

/// One audit row: ids only, so that erasing a person stays possible.
#[derive(Clone, Debug)]
pub struct Audit {
    /// When.
    pub at: DateTime<Utc>,
    /// The login; none for the system or the command line.
    pub account: Option<AccountId>,
    /// Who acted, by the role of the login.
    pub actor: AuditActor,
    /// The office acted for.
    pub organisation: Option<OrganisationId>,
    /// What was done (`application.confirm`, `person.create`).
    pub action: String,
    pub object_kind: &'static str,
    pub object: Option<uuid::Uuid>,
    /// The event recorded with it.
    pub event: Option<EventId>,
}

/// Adds an audit row.
pub async fn audit(tx: &mut Tx, id: RecordId, a: &Audit) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "insert into audit (id, at, account_id, actor, organisation_id, action, object_kind, object_id, event_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        a.at,
        a.account,
        a.actor,
        a.organisation,
        a.action.clone(),
        a.object_kind,
        a.object,
        a.event
    )?;
    Ok(())
}
