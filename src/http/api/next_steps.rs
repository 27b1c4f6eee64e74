//! `/api/v1/next-steps`: what happens next for people, who sees to it and what came of it: for officers, agencies and village
//! companions. A resident's own are at `/me/next-steps`.
use axum::{Json, extract::State};
use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Staff,
        idempotency::Answer,
        next_steps::{self, Asked, Assignment, NewStep, seen::StepView},
    },
    domain::{
        ids::{AccountId, OrganisationId, PersonId, StepId},
        next_step::{Kind, Outcome},
    },
    http::{
        api::BASE,
        extract::{Id, Login, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(answer)).routes(routes!(assign))
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StepQuery {
    /// Those that were answered instead of those that are open.
    answered: Option<bool>,
    /// Of this kind.
    kind: Option<Kind>,
    /// Due before today.
    overdue: Option<bool>,
    /// Those that the caller's own office sees to.
    own: Option<bool>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// A step made by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepBody {
    person_id: PersonId,
    kind: Kind,
    /// As many working days from today as the kind usually takes, when left out; at most a year ahead.
    due_on: Option<NaiveDate>,
    /// A labour office or an agency. When left out: the agency that nominated the person for a visit or a desil, else the
    /// caller's office.
    organisation_id: Option<OrganisationId>,
    /// The officer's name, as the person may ask for them; at most 100 characters.
    #[schema(example = "Bu Contoh")]
    officer: Option<String>,
}

/// Who sees to it from now on, and by when; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepAssignment {
    /// A labour office or an agency; another one takes nobody's login and name along.
    organisation_id: Option<OrganisationId>,
    /// A login of that office.
    account_id: Option<AccountId>,
    /// The officer's name, as the person may ask for them; at most 100 characters.
    #[schema(example = "Bu Contoh")]
    officer: Option<String>,
    /// From today to a year ahead.
    due_on: Option<NaiveDate>,
}

/// What came of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepAnswer {
    /// One of those in which a step of its kind can end. With `self_employed` and `in_work` the person stops looking for work.
    outcome: Outcome,
    /// Read by the offices that work on it, never by the person; at most 1,000 characters.
    note: Option<String>,
}

/// The place of a step in a list: its day and id.
pub(super) fn place(row: &StepView) -> (chrono::DateTime<chrono::Utc>, uuid::Uuid) {
    (row.due_on.and_time(NaiveTime::MIN).and_utc(), row.id.0)
}

/// Where a list goes on.
pub(super) fn after(cursor: Option<Cursor>) -> Option<(NaiveDate, StepId)> {
    cursor.map(Cursor::place::<StepId>).map(|(at, id)| (at.date_naive(), id))
}

/// List next steps by the day on which they are due, the open ones unless asked otherwise: officers all, an agency what it
/// sees to, a companion those of the village.
#[utoipa::path(
    get, path = "/next-steps", operation_id = "list_next_steps", tag = "next-steps", params(StepQuery),
    responses((status = OK, body = Page<StepView>))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<StepQuery>,
) -> Result<Json<Page<StepView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let asked = Asked {
        answered: q.answered.unwrap_or(false),
        kind: q.kind,
        overdue: q.overdue.unwrap_or(false),
        own: q.own.unwrap_or(false),
    };
    let rows = next_steps::page(&app, &session, &asked, after(q.cursor), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Make a next step for somebody: officers. Publishing a run makes those that are missing by itself.
#[utoipa::path(
    post, path = "/next-steps", operation_id = "make_next_step", tag = "next-steps", request_body = StepBody,
    responses((status = CREATED, body = StepView), (status = CONFLICT, description = "`step_open`"))
)]
async fn make(State(app): State<App>, officer: Staff, post: Post<StepBody>) -> Result<Answer, Problem> {
    let given = &post.body;
    let new = NewStep {
        person: given.person_id,
        kind: given.kind,
        due_on: given.due_on,
        organisation: given.organisation_id,
        officer: given.officer.clone(),
    };
    once!(app, post.key, tx => {
        let step = next_steps::make(&app, tx, &officer.acting(), &new).await?;
        Answer::created(format!("{BASE}/next-steps/{}", step.id), &step)
    })
}

/// Record what came of an open step: officers, and an agency of what it sees to.
#[utoipa::path(
    post, path = "/next-steps/{id}/outcome", operation_id = "answer_next_step", tag = "next-steps",
    params(("id" = StepId, Path)), request_body = StepAnswer,
    responses((status = OK, body = StepView), (status = CONFLICT, description = "`step_answered`"))
)]
async fn answer(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<StepId>,
    post: Post<StepAnswer>,
) -> Result<Answer, Problem> {
    let StepAnswer { outcome, note } = post.body;
    once!(app, post.key, tx => {
        let acting = session.acting()?;
        Answer::ok(&next_steps::answer(&app, tx, &acting, id, outcome, note.as_deref()).await?)
    })
}

/// Give an open step to an office or a login, or move its day: officers.
#[utoipa::path(
    post, path = "/next-steps/{id}/assign", operation_id = "assign_next_step", tag = "next-steps",
    params(("id" = StepId, Path)), request_body = StepAssignment,
    responses((status = OK, body = StepView), (status = CONFLICT, description = "`step_answered`"))
)]
async fn assign(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<StepId>,
    post: Post<StepAssignment>,
) -> Result<Answer, Problem> {
    let given = &post.body;
    let assignment = Assignment {
        organisation: given.organisation_id,
        account: given.account_id,
        officer: given.officer.clone(),
        due_on: given.due_on,
    };
    once!(app, post.key, tx => {
        Answer::ok(&next_steps::assign(&app, tx, &officer.acting(), id, &assignment).await?)
    })
}
