//! The HTTP frame: router, layers, health, documentation. Resources are in `api`, pages in `web`; neither rules nor SQL
//! stand in this layer.
mod address;
pub mod api;
mod docs;
pub mod extract;
pub mod idempotency;
pub mod metrics;
pub mod paging;
pub mod problem;
pub mod state;
pub mod web;

use std::{
    any::Any,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State, connect_info::IntoMakeServiceWithConnectInfo},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;
use tokio::task::AbortHandle;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, timeout::TimeoutLayer,
    trace::TraceLayer,
};
use tracing::Instrument;
use uuid::Uuid;

use crate::{
    app::{AT_WORK, App, indexing::Indexer, system},
    domain::codes::ProblemCode,
    http::{problem::Problem, state::AppState},
};

/// Most bytes of a request body; a route that takes files sets its own limit.
pub const BODY_LIMIT: usize = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(30);
const READY_TIMEOUT: Duration = Duration::from_secs(2);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// For every answer that does not bring its own: nothing may be loaded, framed or kept.
const STRICT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// All routes, told where each request comes from.
pub fn service(state: AppState) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    router(state).into_make_service_with_connect_info()
}

/// One object with its version as ETag.
#[derive(Clone, Copy, Debug)]
pub struct Shown<T>(pub i64, pub T);

impl<T: Serialize> IntoResponse for Shown<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        if let Some(tag) = idempotency::etag(self.0) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// The whole service.
pub fn router(state: AppState) -> Router {
    let (api, document) = api::described();
    let document = document.to_string();
    let describe = move || async move { ([(header::CONTENT_TYPE, "application/json")], document) };
    let routes = Router::new()
        .merge(api)
        .merge(web::routes(&state))
        .layer(from_fn_with_state(state.clone(), wake_indexer))
        .route("/api/v1/openapi.json", get(describe))
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .merge(docs::routes());
    // Outermost: whatever goes wrong inside, somebody who asked for a page gets one.
    framed(routes, state.clone()).layer(from_fn_with_state(state, web::errors::as_page))
}

/// Routes inside the frame that holds for all of them: limits, problems for bare errors, headers, request ids, log.
pub fn framed(routes: Router<AppState>, state: AppState) -> Router {
    routes
        .fallback(|| async { Problem::of_status(StatusCode::NOT_FOUND) })
        // The last layer is the outermost.
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(map_response(as_problem))
        .layer(map_response(with_security_headers))
        .layer(from_fn_with_state(state.clone(), metrics::count))
        .layer(from_fn(to_the_end))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .layer(from_fn(with_request_id))
        .with_state(state)
}

/// After a change was answered it is committed: the index looks at once, not at its next turn.
async fn wake_indexer(State(indexer): State<Arc<Indexer>>, request: Request, next: Next) -> Response {
    let changes = !request.method().is_safe();
    let response = next.run(request).await;
    if changes && (response.status().is_success() || response.status().is_redirection()) {
        indexer.wake();
    }
    response
}

/// The process answers.
async fn alive() -> &'static str {
    "ok"
}

/// The database takes writes. A writer that is at work for longer than this waits is no fault.
async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    match tokio::time::timeout(READY_TIMEOUT, app.db.try_write(app.clock.now())).await {
        Ok(Ok(())) => Ok("ok"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database takes no writes");
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Unavailable).retry_after(5))
        }
        Err(_) => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Unavailable).retry_after(5)),
    }
}

/// A request is worked on in a task of its own: a caller that hangs up cancels no transaction half-way, and no connection
/// of the database is left in the middle of a statement. The time limit lies inside.
async fn to_the_end(request: Request, next: Next) -> Response {
    let at_work = Arc::new(AtomicBool::new(false));
    let work = AT_WORK.scope(Arc::clone(&at_work), next.run(request)).in_current_span();
    let work = tokio::spawn(work);
    let _caller = Caller { work: work.abort_handle(), at_work };
    match work.await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a request was given up");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, ProblemCode::Internal).into_response()
        }
    }
}

/// Goes when the answer was given or the caller hung up. Whoever hangs up while the request waits for its turn gives the
/// turn up.
struct Caller {
    work: AbortHandle,
    at_work: Arc<AtomicBool>,
}

impl Drop for Caller {
    fn drop(&mut self) {
        if !self.at_work.load(Ordering::Relaxed) {
            self.work.abort();
        }
    }
}

/// A number by which an answer is found in the log.
#[derive(Clone, Copy)]
struct RequestId(Uuid);

async fn with_request_id(mut request: Request, next: Next) -> Response {
    let id: Uuid = system::fresh();
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// The route, never the address: a query may hold a name. Which vacancy or run it is about has a field of its own.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    let id = request.extensions().get::<RequestId>().map(|RequestId(id)| id.to_string());
    let about = |resource| about(resource, route, request.uri().path()).map(tracing::field::display);
    tracing::info_span!(
        "request",
        method = %request.method(),
        route,
        id,
        vacancy.id = about("vacancies"),
        application.id = about("applications"),
        run.id = about("runs")
    )
}

/// The id of one thing of a resource in an address, by its route.
fn about(resource: &str, route: &str, address: &str) -> Option<Uuid> {
    let rest = route.strip_prefix(api::BASE)?.strip_prefix('/')?.strip_prefix(resource)?;
    let given = address.strip_prefix(api::BASE)?.strip_prefix('/')?.strip_prefix(resource)?;
    rest.strip_prefix("/{id}")?;
    given.strip_prefix('/')?.split('/').next()?.parse().ok()
}

async fn with_security_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let defaults = [
        (header::CONTENT_SECURITY_POLICY, STRICT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Errors of the router and of layers come bare or as plain text; they get a problem document, keeping `Allow`.
async fn as_problem(response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !bare || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut told = Problem::of_status(status).into_response();
    if let Some(allow) = allow {
        told.headers_mut().insert(header::ALLOW, allow);
    }
    told
}

fn after_panic(cause: Box<dyn Any + Send>) -> Response {
    let text = cause.downcast_ref::<&str>().copied().map(str::to_owned);
    let text = text.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(panic = %text, "a handler panicked");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, ProblemCode::Internal).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_names_what_a_request_is_about() {
        let id = Uuid::from_u128(7);
        let (route, address) = ("/api/v1/runs/{id}/publish", format!("/api/v1/runs/{id}/publish"));
        assert_eq!(about("runs", route, &address), Some(id));
        assert_eq!(about("vacancies", route, &address), None);
        assert_eq!(about("runs", "/api/v1/runs", "/api/v1/runs"), None);
        assert_eq!(about("runs", route, "/api/v1/runs/nobody/publish"), None, "only what is an id");
    }
}
