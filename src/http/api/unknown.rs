//! `/api/v1/people/unknown-desil`: whose desil nobody knows, as a list for officers to work through.
use axum::{Json, extract::State};
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Staff,
        runs::{seen::UnknownDesil, unknown},
    },
    domain::{codes::ProblemCode, ids::RunId},
    http::{
        extract::Query,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    words::Language,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Whose list, and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UnknownQuery {
    /// Of this run; of the newest that ended when left out.
    run: Option<RunId>,
    /// The `next` of the page before; it keeps to the run of that page.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// Somebody whose desil is to be looked up; the terminal's JSON is the same.
#[derive(Serialize, ToSchema)]
pub struct UnknownDesilTold {
    /// Who, and what the run did with them.
    #[serde(flatten)]
    person: UnknownDesil,
    /// Why they are listed here, in Bahasa Indonesia.
    why: String,
    /// What to do, in Bahasa Indonesia.
    to_do: String,
}

impl From<UnknownDesil> for UnknownDesilTold {
    fn from(person: UnknownDesil) -> Self {
        let title = person.forgone_title.as_deref();
        let [why, to_do] =
            Language::default().unknown_desil(person.fate, title, person.seats, person.expired_on);
        Self { person, why, to_do }
    }
}

/// List the people a run could propose whose desil is unknown or expired, those first to whom knowing it matters most:
/// officers. Whoever paid for the priority of others comes first, then whom the run left out, by seats, then by how long
/// they wait.
#[utoipa::path(
    get, path = "/people/unknown-desil", operation_id = "list_unknown_desil", tag = "people", params(UnknownQuery),
    responses((status = OK, body = Page<UnknownDesilTold>), (status = CONFLICT, description = "`run_has_no_report`"))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<UnknownQuery>,
) -> Result<Json<Page<UnknownDesilTold>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    // The order of the list is the run's own: a cursor is a place in it, with the run as its id.
    let seen = q.cursor.map(Cursor::place::<RunId>);
    if seen.is_some_and(|(_, of)| q.run.is_some_and(|run| run != of)) {
        return Err(Problem::new(axum::http::StatusCode::BAD_REQUEST, ProblemCode::BadCursor));
    }
    let after = seen.map_or(0, |(place, _)| place.timestamp_micros());
    let run = q.run.or(seen.map(|(_, of)| of));
    let (run, rows) = unknown::page(&app, &officer, run, after, limit.rows()).await?;
    let run = run.map_or_else(uuid::Uuid::nil, |run| run.0);
    let place = |row: &UnknownDesil| (DateTime::from_timestamp_micros(row.place).unwrap_or_default(), run);
    Ok(Json(Page::of(rows, limit, place, UnknownDesilTold::from)))
}
