//! Errors outside the API as pages: whatever went wrong, in a handler, a layer or the router, somebody reads in plain words what
//! it was, what to do, and a number by which the office finds it in the log.
use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderName, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    http::{
        api,
        problem::Problem,
        state::AppState,
        web::{
            frame::{Frame, Page},
            language::Spoken,
        },
    },
    words,
};

/// Addresses whose errors programs read.
const FOR_PROGRAMS: [&str; 4] = [api::BASE, "/docs", "/healthz", "/readyz"];

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    said: words::Problem,
    /// Number of the request.
    number: String,
    /// To log in is what helps.
    login: bool,
}

/// Whether an address is one of a page.
pub fn is_page(path: &str) -> bool {
    !FOR_PROGRAMS
        .iter()
        .any(|start| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Turns a problem document into a page, where a page was asked for.
pub async fn as_page(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !is_page(request.uri().path()) {
        return next.run(request).await;
    }
    let spoken = Spoken::at(&state.app, request.headers(), (request.method(), request.uri()));
    let response = next.run(request).await;
    if !is_problem(&response) {
        return response;
    }
    let told = response.extensions().get::<Problem>().cloned();
    let problem = told.unwrap_or_else(|| Problem::of_status(response.status()));
    let number = response.headers().get("x-request-id").cloned();
    let kept: Vec<_> =
        KEPT.iter().filter_map(|name| Some((name.clone(), response.headers().get(name)?.clone()))).collect();
    let told = ErrorPage {
        frame: Frame::plain(&state, &spoken),
        said: spoken.language.page_problem(problem.status().as_u16(), problem.code()),
        number: number.as_ref().and_then(|value| value.to_str().ok()).map_or_else(String::new, short),
        login: problem.status() == StatusCode::UNAUTHORIZED,
    };
    let mut page = Page(told).told_in(spoken.language).into_response();
    *page.status_mut() = problem.status();
    page.headers_mut().extend(kept);
    page.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    page
}

/// What of the answer of a program is kept for a page.
const KEPT: [HeaderName; 7] = [
    header::ALLOW,
    header::RETRY_AFTER,
    header::X_CONTENT_TYPE_OPTIONS,
    header::X_FRAME_OPTIONS,
    header::REFERRER_POLICY,
    header::SET_COOKIE,
    HeaderName::from_static("x-request-id"),
];

fn is_problem(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/problem+json"))
}

/// The end of a request's number: enough to find it, short enough to be read out.
fn short(number: &str) -> String {
    number.rsplit('-').next().unwrap_or(number).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_ask_for_is_no_page() {
        for path in ["/api/v1/people", "/docs", "/docs/x", "/healthz", "/api/v1"] {
            assert!(!is_page(path), "{path}");
        }
        for path in ["/", "/saya", "/apix", "/api/v1x", "/docsx", "/lowongan/1"] {
            assert!(is_page(path), "{path}");
        }
    }
}
