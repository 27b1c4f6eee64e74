//! `/api/v1/jobs`: what the service does by itself, and how it went the last time. For officers only.
use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Staff,
        jobs::{self, Status},
    },
    domain::{codes::ProblemCode, job::Name},
    http::{
        extract::{Nothing, Query},
        paging::Page,
        problem::Problem,
        state::AppState,
    },
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A job of the service.
#[derive(Serialize, ToSchema)]
struct JobView {
    name: Name,
    /// How often it is done, seconds.
    every_seconds: i64,
    /// A replica works on it.
    working: bool,
    /// When it began the last time.
    started_at: Option<DateTime<Utc>>,
    /// When it ended the last time.
    ended_at: Option<DateTime<Utc>>,
    /// How long it took, milliseconds.
    duration_ms: Option<i64>,
    /// What it changed: vacancies, applications, reminders, minutes, rows.
    done: Option<i64>,
    /// What it could not change.
    failed: Option<i64>,
    /// Code of what went wrong the last time; none when all went well.
    #[schema(value_type = Option<ProblemCode>)]
    last_failure: Option<String>,
    /// When that was.
    last_failure_at: Option<DateTime<Utc>>,
    /// When it is done next, at the earliest.
    due_at: Option<DateTime<Utc>>,
}

impl From<Status> for JobView {
    fn from(status: Status) -> Self {
        let Status { name, every, working, row } = status;
        let (started_at, ended_at) = row.as_ref().map_or((None, None), |row| (row.started_at, row.ended_at));
        let (duration_ms, done, failed) =
            row.as_ref().map_or((None, None, None), |row| (row.duration_ms, row.done, row.failed));
        Self {
            name,
            every_seconds: every.num_seconds(),
            working,
            started_at,
            ended_at,
            duration_ms,
            done,
            failed,
            due_at: row.as_ref().map(|row| row.due_at),
            last_failure_at: row.as_ref().and_then(|row| row.last_failure_at),
            last_failure: row.and_then(|row| row.last_failure),
        }
    }
}

/// List the jobs of the service and how they went: officers. All of them are on one page.
#[utoipa::path(
    get, path = "/jobs", operation_id = "list_jobs", tag = "jobs", responses((status = OK, body = Page<JobView>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Page<JobView>>, Problem> {
    let items = jobs::statuses(&app, &officer).await?.into_iter().map(JobView::from).collect();
    Ok(Json(Page { items, next: None }))
}
