//! Asking for a change of what was verified: the old value counts until an officer with the right to verify decides. Belongs
//! here: who may ask, what waits, what accepting does. Does not belong here: what an item may be (`editing`, `profile`).
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::types::Json;
use utoipa::ToSchema;

use crate::{
    app::{
        After, App, AppError,
        access::{Staff, Verifying, acting::Acting},
        audit::{self, AuditEvent},
        own_words,
        people::{self, Full, editing::Edit, seen::ProfileView},
        system,
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::{PersonId, RecordId},
        limits,
        profile::RequestState,
    },
    store::{
        Tx,
        change_requests::{self, ChangeRequest},
    },
};

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub change: Edit,
    /// Why.
    pub reason: String,
    /// What proves it, in words.
    pub evidence: Option<String>,
}

/// A request as its readers see it.
#[derive(Serialize, ToSchema)]
pub struct ChangeRequestView {
    pub id: RecordId,
    pub person_id: PersonId,
    /// What is asked for.
    #[schema(value_type = Object)]
    pub change: Value,
    /// What stood there when it was asked, by the same names.
    #[schema(value_type = Object)]
    pub stored: Value,
    /// Why.
    pub reason: String,
    /// What proves it.
    pub evidence: Option<String>,
    /// Where it stands; what is stored counts until it is accepted.
    pub state: RequestState,
    pub asked_at: DateTime<Utc>,
    /// When an officer decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// What the officer says to it.
    pub answer: Option<String>,
}

impl From<ChangeRequest> for ChangeRequestView {
    fn from(row: ChangeRequest) -> Self {
        Self {
            id: row.id,
            person_id: row.person_id,
            change: row.change.0,
            stored: row.stored.0,
            reason: row.reason,
            evidence: row.evidence,
            state: row.state,
            asked_at: row.asked_at,
            decided_at: row.decided_at,
            answer: row.answer,
        }
    }
}

/// Asks for a change; one that waits is replaced.
///
/// # Errors
/// Values that no form would take, a missing reason.
pub async fn ask(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    asked: &Asked,
) -> Result<ChangeRequestView, AppError> {
    let full = people::read(tx, acting, person).await?;
    asked.change.judge(&full)?;
    let reason = own_words::needed(limits::REQUEST, "reason", "reason", &asked.reason)?;
    let evidence = own_words::optional(limits::REQUEST, "evidence", asked.evidence.as_deref())?;
    let change =
        serde_json::to_value(&asked.change).map_err(|error| AppError::Internal(error.to_string()))?;
    if change.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(AppError::field("change", FieldCode::Required, ""));
    }
    let now = app.clock.now();
    for waiting in change_requests::of_person(tx, person).await? {
        if waiting.state == RequestState::Pending {
            let who = (acting.account(), now);
            change_requests::decide(tx, waiting.id, RequestState::Withdrawn, who, None).await?;
        }
    }
    let row = ChangeRequest {
        id: system::fresh(),
        person_id: person,
        stored: Json(stored(full, &change)?),
        change: Json(change),
        reason,
        evidence,
        state: RequestState::Pending,
        asked_by: acting.account(),
        asked_at: now,
        decided_by: None,
        decided_at: None,
        answer: None,
    };
    if change_requests::insert(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::Busy, "another request came at this moment"));
    }
    audit::write(tx, acting, now, AuditEvent::PersonChangeAsk(person)).await?;
    Ok(row.into())
}

/// Decides a request that waits. Accepted, the change is made, and what it touches counts as verified.
pub async fn decide(
    app: &App,
    tx: &mut Tx,
    officer: &Verifying,
    id: RecordId,
    accept: bool,
    answer: Option<&str>,
) -> Result<ChangeRequestView, AppError> {
    let acting = officer.acting();
    let found = change_requests::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let answer = own_words::optional(limits::REQUEST, "answer", answer)?;
    if answer.is_none() && !accept {
        return Err(AppError::field("answer", FieldCode::Required, ""));
    }
    let (state, now) = (if accept { RequestState::Accepted } else { RequestState::Refused }, app.clock.now());
    let who = (acting.account(), now);
    if change_requests::decide(tx, id, state, who, answer.as_deref()).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.state.as_str()));
    }
    if accept {
        let edit: Edit = serde_json::from_value(found.change.0.clone())
            .map_err(|error| AppError::Internal(error.to_string()))?;
        people::change(app, tx, &acting, found.person_id, None, &edit, true).await?;
    }
    audit::write(tx, &acting, now, AuditEvent::PersonChangeDecide(found.person_id)).await?;
    let found = change_requests::find(tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(found.into())
}

/// Requests of a state for officers, oldest first.
pub async fn page(
    app: &App,
    _officer: &Staff,
    state: RequestState,
    after: After<RecordId>,
    limit: i64,
) -> Result<Vec<ChangeRequestView>, AppError> {
    let mut tx = app.db.read().await?;
    let rows = change_requests::page(&mut tx, state, after, limit).await?;
    Ok(rows.into_iter().map(ChangeRequestView::from).collect())
}

/// All requests of a person, for whoever reaches them.
pub async fn of_person(
    app: &App,
    acting: &Acting,
    person: PersonId,
) -> Result<Vec<ChangeRequestView>, AppError> {
    let mut tx = app.db.read().await?;
    people::read(&mut tx, acting, person).await?;
    let rows = change_requests::of_person(&mut tx, person).await?;
    Ok(rows.into_iter().map(ChangeRequestView::from).collect())
}

/// What is stored under the names that a change has.
fn stored(full: Full, change: &Value) -> Result<Value, AppError> {
    let mut all = json!({
        "name": full.person.name, "education": full.person.education, "major": full.person.major,
        "available_from": full.person.available_from,
    });
    let profile = serde_json::to_value(ProfileView::of(full.profile, full.wishes, Vec::new()))
        .map_err(|error| AppError::Internal(error.to_string()))?;
    if let (Some(all), Value::Object(profile)) = (all.as_object_mut(), profile) {
        all.extend(profile);
        all.retain(|name, _| change.get(name).is_some());
    }
    Ok(all)
}
