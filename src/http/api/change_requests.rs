//! `/api/v1/change-requests`: changes of verified items that somebody asked for. The old value counts until an officer decides.
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Staff, Verifying},
        idempotency::Answer,
        people::{
            editing::Edit,
            requests::{self, Asked, ChangeRequestView},
        },
    },
    domain::{
        ids::{PersonId, RecordId},
        profile::RequestState,
    },
    http::{
        api::BASE,
        extract::{Id, Login, Nothing, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(ask, of_person)).routes(routes!(decide))
}

/// Which ones.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RequestQuery {
    /// Where they stand; those that wait when left out.
    state: Option<RequestState>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What is asked for, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeRequestBody {
    /// As a change of a person is written.
    change: Edit,
    /// Why.
    #[schema(example = "Ijazah SMK sudah keluar")]
    reason: String,
    /// What proves it, in words.
    #[schema(example = "Ijazah asli dibawa ke loket")]
    evidence: Option<String>,
}

/// What the officer decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeDecision {
    /// Make the change, or leave what is stored.
    accept: bool,
    /// What to say to it; needed with a refusal.
    answer: Option<String>,
}

/// All requests of one person.
#[derive(Serialize, ToSchema)]
struct ChangeRequests {
    /// Oldest first.
    items: Vec<ChangeRequestView>,
}

/// List requests to change verified items, oldest first: officers.
#[utoipa::path(
    get, path = "/change-requests", operation_id = "list_change_requests", tag = "people", params(RequestQuery),
    responses((status = OK, body = Page<ChangeRequestView>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<RequestQuery>,
) -> Result<Json<Page<ChangeRequestView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let state = q.state.unwrap_or(RequestState::Pending);
    let rows = requests::page(&app, &officer, state, q.cursor.map(Cursor::place), limit.rows()).await?;
    let place = |row: &ChangeRequestView| (row.asked_at, row.id.0);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Ask for a change of verified items: the person, the companion, officers. One that waits is replaced.
#[utoipa::path(
    post, path = "/people/{id}/change-requests", operation_id = "ask_for_change", tag = "people",
    params(("id" = PersonId, Path)), request_body = ChangeRequestBody,
    responses((status = CREATED, body = ChangeRequestView))
)]
async fn ask(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    post: Post<ChangeRequestBody>,
) -> Result<Answer, Problem> {
    let asked = Asked {
        change: post.body.change.clone(),
        reason: post.body.reason.clone(),
        evidence: post.body.evidence.clone(),
    };
    once!(app, post.key, tx => {
        let view = requests::ask(&app, tx, &session.acting()?, id, &asked).await?;
        Answer::created(format!("{BASE}/people/{id}/change-requests"), &view)
    })
}

/// Read what was asked for about a person, and what became of it.
#[utoipa::path(
    get, path = "/people/{id}/change-requests", operation_id = "read_change_requests", tag = "people",
    params(("id" = PersonId, Path)), responses((status = OK, body = ChangeRequests))
)]
async fn of_person(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<ChangeRequests>, Problem> {
    let items = requests::of_person(&app, &session.acting()?, id).await?;
    Ok(Json(ChangeRequests { items }))
}

/// Decide a request: officers with the right to verify. Accepted, the change is made and counts as verified.
#[utoipa::path(
    post, path = "/change-requests/{id}/decision", operation_id = "decide_change", tag = "people",
    params(("id" = RecordId, Path)), request_body = ChangeDecision,
    responses((status = OK, body = ChangeRequestView), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn decide(
    State(app): State<App>,
    officer: Verifying,
    Id(id): Id<RecordId>,
    post: Post<ChangeDecision>,
) -> Result<Answer, Problem> {
    let (accept, answer) = (post.body.accept, post.body.answer.as_deref());
    once!(app, post.key, tx => {
        Answer::ok(&requests::decide(&app, tx, &officer, id, accept, answer).await?)
    })
}
