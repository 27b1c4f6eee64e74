//! `/api/v1/interests`: who said on a page, without a login, that a vacancy interests them, for the officers who call.
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Staff,
        idempotency::Answer,
        interests::{self, seen::InterestView},
    },
    domain::{ids::InterestId, interest::Outcome},
    http::{
        extract::{Id, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(handle))
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InterestQuery {
    /// Those that were seen to, in place of those that wait.
    handled: Option<bool>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What came of calling.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InterestHandling {
    outcome: Outcome,
}

/// List interests that wait for a call, oldest first, with the day that was told: officers. Those that were seen to are
/// forgotten after 90 days.
#[utoipa::path(
    get, path = "/interests", operation_id = "list_interests", tag = "interests", params(InterestQuery),
    responses((status = OK, body = Page<InterestView>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<InterestQuery>,
) -> Result<Json<Page<InterestView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let (handled, after) = (q.handled.unwrap_or(false), q.cursor.map(Cursor::place));
    let rows = interests::page(&app, &officer, handled, after, limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.made_at, row.id.0), |row| row)))
}

/// Store what came of calling somebody, once: officers.
#[utoipa::path(
    post, path = "/interests/{id}/outcome", operation_id = "handle_interest", tag = "interests",
    params(("id" = InterestId, Path)), request_body = InterestHandling,
    responses((status = OK, body = InterestView), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn handle(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<InterestId>,
    post: Post<InterestHandling>,
) -> Result<Answer, Problem> {
    let outcome = post.body.outcome;
    once!(app, post.key, tx => {
        Answer::ok(&interests::handle(&app, tx, &officer.acting(), id, outcome).await?)
    })
}
