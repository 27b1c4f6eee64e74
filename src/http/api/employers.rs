//! `/api/v1/employers`: registering, reading, and what officers decide about a company.
use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Staff, Verifying},
        accounts::auth::Auth,
        browse,
        employers::{self, registration, seen::EmployerView},
        idempotency::Answer,
    },
    domain::{employer, ids::EmployerId},
    http::{
        Shown,
        address::ClientAddress,
        api::{BASE, rows::EmployerRegistration},
        extract::{Body, Id, IfMatch, Login, Nothing, Query},
        idempotency::{Post, etag},
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, register)).routes(routes!(read)).routes(routes!(decide))
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EmployerQuery {
    /// In this state only.
    state: Option<employer::State>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What an officer decides.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum EmployerDecision {
    Verify,
    Suspend,
    Reinstate,
    Reject,
}

impl From<EmployerDecision> for employer::Event {
    fn from(decision: EmployerDecision) -> Self {
        match decision {
            EmployerDecision::Verify => Self::Verify,
            EmployerDecision::Suspend => Self::Suspend,
            EmployerDecision::Reinstate => Self::Reinstate,
            EmployerDecision::Reject => Self::Reject,
        }
    }
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmployerDecisionBody {
    /// In own words; required except for `verify`.
    reason: Option<String>,
}

/// Register a company and its first login. The same business number again is a conflict;
/// many from one address have to wait.
#[utoipa::path(
    post, path = "/employers", operation_id = "register_employer", tag = "employers", security(()),
    request_body = EmployerRegistration,
    responses((status = CREATED, body = EmployerView), (status = CONFLICT, description = "`nib_known`"),
        (status = TOO_MANY_REQUESTS))
)]
async fn register(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    Body(given): Body<EmployerRegistration>,
) -> Result<Response, Problem> {
    let row = given.row();
    let employer =
        registration::register(&app, &auth, address, &row, (&given.login, &given.password)).await?;
    let (location, tag) = (format!("{BASE}/employers/{}", employer.id), etag(employer.version));
    let mut response = (StatusCode::CREATED, Json(employer)).into_response();
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if let Some(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// List employers: officers.
#[utoipa::path(
    get, path = "/employers", operation_id = "list_employers", tag = "employers", params(EmployerQuery),
    responses((status = OK, body = Page<EmployerView>))
)]
async fn list(
    State(app): State<App>,
    who: Staff,
    Query(q): Query<EmployerQuery>,
) -> Result<Json<Page<EmployerView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = browse::employers(&app, &who, q.state, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.created_at, row.id.0), |row| row)))
}

/// Read an employer: officers any, an employer's login its own.
#[utoipa::path(
    get, path = "/employers/{id}", operation_id = "read_employer", tag = "employers", params(("id" = EmployerId, Path)),
    responses((status = OK, body = EmployerView))
)]
async fn read(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<EmployerId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Shown<EmployerView>, Problem> {
    let employer = browse::employer(&app, &session, id).await?;
    Ok(Shown(employer.version, employer))
}

/// Verify, suspend, reinstate or reject an employer: officers with the right to verify.
/// Suspending pauses its open vacancies and stops its clocks; reinstating resumes what the suspension paused.
#[utoipa::path(
    post, path = "/employers/{id}/{decision}", operation_id = "decide_employer", tag = "employers",
    params(("id" = EmployerId, Path), ("decision" = inline(EmployerDecision), Path),
        ("If-Match" = String, Header, description = "ETag of the employer as it was seen")),
    request_body = EmployerDecisionBody,
    responses((status = OK, body = EmployerView))
)]
async fn decide(
    State(app): State<App>,
    who: Verifying,
    Id((id, decision)): Id<(EmployerId, EmployerDecision)>,
    IfMatch(version): IfMatch,
    post: Post<EmployerDecisionBody>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        let reason = post.body.reason.clone();
        let employer = employers::act(&app, tx, &who, id, decision.into(), reason, version).await?;
        let version = employer.version;
        Ok(Answer::ok(&employer)?.version(version))
    })
}
