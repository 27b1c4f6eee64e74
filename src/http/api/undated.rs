//! `/api/v1/people/undated-evidence`: evidence whose date nobody told, as a list for officers to look up.
use axum::{Json, extract::State};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Staff,
        people::{seen::UndatedEvidence, undated},
    },
    domain::ids::RecordId,
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

/// The page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UndatedQuery {
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// Evidence whose date is to be looked up; the terminal's JSON is the same.
#[derive(Serialize, ToSchema)]
pub struct UndatedEvidenceTold {
    /// What it is, and whose.
    #[serde(flatten)]
    evidence: UndatedEvidence,
    /// Why it is listed here, in Bahasa Indonesia.
    why: String,
    /// What to do, in Bahasa Indonesia.
    to_do: String,
}

impl From<UndatedEvidence> for UndatedEvidenceTold {
    fn from(evidence: UndatedEvidence) -> Self {
        let [why, to_do] = Language::default().undated_evidence(evidence.criterion, evidence.dated_on);
        Self { evidence, why, to_do }
    }
}

/// List evidence whose date nobody told, first what was recorded first: officers. An earlier version dated it on the day on
/// which it was recorded. Adding the criterion anew, with its true date, takes it off the list.
#[utoipa::path(
    get, path = "/people/undated-evidence", operation_id = "list_undated_evidence", tag = "people", params(UndatedQuery),
    responses((status = OK, body = Page<UndatedEvidenceTold>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<UndatedQuery>,
) -> Result<Json<Page<UndatedEvidenceTold>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let after = q.cursor.map(Cursor::place::<RecordId>).map(|(at, id)| (at.date_naive(), id));
    let rows = undated::page(&app, &officer, after, limit.rows()).await?;
    let place = |row: &UndatedEvidence| (row.dated_on.and_time(NaiveTime::MIN).and_utc(), row.id.0);
    Ok(Json(Page::of(rows, limit, place, UndatedEvidenceTold::from)))
}
