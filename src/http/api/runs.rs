//! `/api/v1/runs`: match runs, what they proposed, and publishing one. For officers only.
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Confirming, Reporting, Staff},
        browse,
        idempotency::Answer,
        runs::{
            self, analysis, computing,
            publish::{self, Published},
            replay::{self, Report},
            seen::{ProposalView, RunView},
        },
    },
    domain::{
        codes::ProblemCode,
        ids::{PolicyId, RunId, VacancyId},
        run,
    },
    http::{
        api::BASE,
        extract::{Id, Nothing, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    matching::fairness::Fairness,
    once,
    words::Language,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, start))
        .routes(routes!(read))
        .routes(routes!(list_proposals))
        .routes(routes!(publish_run))
        .routes(routes!(cancel_run))
        .routes(routes!(fairness))
        .routes(routes!(replay_run))
}

/// What to run.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RunRequest {
    /// The policy revision; the newest default when left out.
    policy_id: Option<PolicyId>,
    /// The business date; today when left out.
    as_of: Option<NaiveDate>,
    /// Breaks ties between equals; 1 when left out.
    seed: Option<i64>,
}

/// A run that has begun.
#[derive(Serialize, ToSchema)]
struct RunBegun {
    /// Its id; where to look is in `Location`.
    id: RunId,
    /// Always `running`.
    state: run::State,
}

/// Page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RunQuery {
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ProposalQuery {
    /// For this vacancy only.
    vacancy: Option<VacancyId>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// A match run, with what its figures mean.
#[derive(Serialize, ToSchema)]
struct RunTold {
    /// The run.
    #[serde(flatten)]
    run: RunView,
    /// What its priority changed and who paid for it, in Bahasa Indonesia; empty while the figures are not there.
    told: Vec<String>,
}

impl From<RunView> for RunTold {
    fn from(run: RunView) -> Self {
        let told = run.figures.as_ref().map(|figures| Language::default().price(figures)).unwrap_or_default();
        Self { run, told }
    }
}

/// No fields: publishing takes a run as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PublishBody {}

/// Start a match run behind the answer: officers with the right to confirm. One at a time.
#[utoipa::path(
    post, path = "/runs", operation_id = "start_run", tag = "runs", request_body = RunRequest,
    responses((status = ACCEPTED, body = RunBegun), (status = CONFLICT, description = "`run_in_progress`"))
)]
async fn start(
    State(app): State<App>,
    officer: Confirming,
    post: Post<RunRequest>,
) -> Result<Answer, Problem> {
    let given = &post.body;
    let request = runs::request(&app, &officer, given.policy_id, given.as_of, given.seed).await?;
    let mut begun = None;
    let answer = once!(app, post.key, tx => {
        let id = computing::begin_in(&app, tx, &request).await?;
        begun = Some(id);
        Answer::accepted(format!("{BASE}/runs/{id}"), &RunBegun { id, state: run::State::Running })
    })?;
    // A repeated request finds its answer and begins nothing.
    if let Some(id) = begun {
        runs::work_behind(app, id, request);
    }
    Ok(answer)
}

/// List match runs: officers.
#[utoipa::path(
    get, path = "/runs", operation_id = "list_runs", tag = "runs", params(RunQuery), responses((status = OK, body = Page<RunTold>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<RunQuery>,
) -> Result<Json<Page<RunTold>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = browse::runs(&app, &officer, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.started_at, row.id.0), RunTold::from)))
}

/// Read a match run: state, progress, figures, who paid for the priority.
#[utoipa::path(
    get, path = "/runs/{id}", operation_id = "read_run", tag = "runs", params(("id" = RunId, Path)),
    responses((status = OK, body = RunTold))
)]
async fn read(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<RunId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<RunTold>, Problem> {
    Ok(Json(browse::run(&app, &officer, id).await?.into()))
}

/// List what a run proposed, by vacancy, proposals before the reserve, in order of place: officers.
#[utoipa::path(
    get, path = "/runs/{id}/proposals", tag = "runs", params(("id" = RunId, Path), ProposalQuery),
    responses((status = OK, body = Page<ProposalView>))
)]
async fn list_proposals(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<RunId>,
    Query(q): Query<ProposalQuery>,
) -> Result<Json<Page<ProposalView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    // The list of a run that ended never changes: its cursor counts, with the run as its id.
    let seen = q.cursor.map(Cursor::place::<RunId>);
    if seen.is_some_and(|(_, of)| of != id) {
        return Err(Problem::new(axum::http::StatusCode::BAD_REQUEST, ProblemCode::BadCursor));
    }
    let offset = seen.map_or(0, |(count, _)| count.timestamp_micros());
    let rows = browse::proposals(&app, &officer, id, q.vacancy, offset, limit.rows()).await?;
    let last = offset + limit.rows() - 1;
    let place = |_: &ProposalView| (DateTime::from_timestamp_micros(last).unwrap_or_default(), id.0);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Publish a run: its proposals become applications, each pair checked again; what an earlier run proposed and nobody
/// answered is renewed when this run proposes it again, and retires otherwise. Officers with the right to confirm.
#[utoipa::path(
    post, path = "/runs/{id}/publish", tag = "runs", params(("id" = RunId, Path)),
    request_body = PublishBody,
    responses((status = OK, body = Published), (status = CONFLICT, description = "`run_not_publishable`"))
)]
async fn publish_run(
    State(app): State<App>,
    officer: Confirming,
    Id(id): Id<RunId>,
    post: Post<PublishBody>,
) -> Result<Answer, Problem> {
    let by = officer.acting();
    once!(app, post.key, tx => {
        let published = publish::publish_in(&app, tx, &by, id).await?;
        Answer::ok(&published)
    })
}

/// Cancel a match run that is running: it ends as `failed` with `cancelled`. Officers with the right to confirm.
#[utoipa::path(
    post, path = "/runs/{id}/cancel", tag = "runs", params(("id" = RunId, Path)), request_body = Nothing,
    responses((status = OK, body = RunTold), (status = CONFLICT, description = "`run_not_running`"))
)]
async fn cancel_run(
    State(app): State<App>,
    officer: Confirming,
    Id(id): Id<RunId>,
    post: Post<Nothing>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        let cancelled = runs::cancel(&app, tx, &officer, id).await?;
        Answer::ok(&RunTold::from(cancelled))
    })
}

/// Who a run proposed among those who could be, by sex, disability, district and desil: officers who read reports.
#[utoipa::path(
    get, path = "/runs/{id}/fairness", operation_id = "run_fairness", tag = "runs", params(("id" = RunId, Path)),
    responses((status = OK, body = Fairness), (status = CONFLICT, description = "`run_has_no_report`"))
)]
async fn fairness(
    State(app): State<App>,
    officer: Reporting,
    Id(id): Id<RunId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Fairness>, Problem> {
    Ok(Json(analysis::fairness_of(&app, &officer, id).await?))
}

/// Prove a run again from its stored numbers: officers who read reports.
#[utoipa::path(
    get, path = "/runs/{id}/replay", operation_id = "replay_run", tag = "runs", params(("id" = RunId, Path)),
    responses((status = OK, body = Report), (status = CONFLICT, description = "`run_has_no_archive`"))
)]
async fn replay_run(
    State(app): State<App>,
    officer: Reporting,
    Id(id): Id<RunId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Report>, Problem> {
    Ok(Json(replay::replay(&app, &officer, id).await?))
}
