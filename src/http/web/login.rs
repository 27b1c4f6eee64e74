//! Who looks at a page: the cookie, what the list of pages says about who may, and what becomes of a form whose login ended
//! meanwhile. A cookie counts here only; the API knows bearer tokens only.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;

use crate::{
    app::{
        App, AppError,
        access::Role,
        accounts::sessions::{self, Begun, SignedIn},
    },
    domain::codes::ProblemCode,
    http::{
        extract::read_bytes,
        problem::Problem,
        state::AppState,
        web::{
            Who,
            form::Form,
            frame::{Frame, Page, lead_to},
            language::Spoken,
        },
    },
};

/// The cookie of a login.
const LOGIN: &str = "masuk";

/// Whether the service is reached over https, as the office says.
fn is_secure(app: &App) -> bool {
    app.office.address.as_deref().is_some_and(|address| address.starts_with("https://"))
}

/// How a cookie is called: over https so that a browser takes it from nobody else (RFC 6265bis, 4.1.3); plainly on a network
/// without, as of a desk in a village hall.
fn named(app: &App, name: &str) -> String {
    if is_secure(app) { format!("__Host-{name}") } else { name.to_owned() }
}

/// The key in the cookie of a request.
pub fn key_of(app: &App, headers: &HeaderMap) -> Option<String> {
    read_cookie(app, headers, LOGIN)
}

/// What a cookie of this service holds.
pub fn read_cookie(app: &App, headers: &HeaderMap, name: &str) -> Option<String> {
    let name = named(app, name);
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(given, _)| *given == name).map(|(_, value)| value.to_owned())
}

/// The same answer with a cookie that is kept so long; none: until the browser is closed.
pub fn with_cookie(
    app: &App,
    mut response: Response,
    (name, value): (&str, &str),
    kept: Option<TimeDelta>,
) -> Response {
    let (name, secure) = (named(app, name), if is_secure(app) { "; Secure" } else { "" });
    let age = kept.map(|kept| format!("; Max-Age={}", kept.num_seconds())).unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The same answer with the cookie of a login that was begun.
pub fn with_login(app: &App, response: Response, begun: &Begun) -> Response {
    with_cookie(app, response, (LOGIN, &begun.key), begun.kept)
}

/// The same answer without a login.
pub fn without_login(app: &App, response: Response) -> Response {
    with_cookie(app, response, (LOGIN, ""), Some(TimeDelta::zero()))
}

/// Where somebody begins after logging in.
pub fn home(role: Role) -> &'static str {
    match role {
        Role::Trainee => "/saya",
        Role::Companion => "/pendamping",
        Role::Employer | Role::Staff | Role::Supervisor | Role::Agency | Role::Administrator => "/akun",
    }
}

/// Where somebody wanted to go, if that is a page of this service; nothing else is followed.
pub fn wanted(path: &str) -> Option<&str> {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    let plain = path.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    (own && plain && path.len() <= 500 && super::errors::is_page(path)).then_some(path)
}

/// Loads the login of a request and lets through whoever the list of pages names.
pub async fn guard(
    State((state, who)): State<(AppState, Who)>,
    mut request: Request,
    next: Next,
) -> Response {
    let signed = match signed_in(&state.app, request.headers()).await {
        Ok(signed) => signed.map(Arc::new),
        Err(error) => return Problem::from(error).into_response(),
    };
    let reads = request.method().is_safe();
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    match admitted(who, signed.as_deref()) {
        Admitted::Yes => {}
        Admitted::Unknown if reads => return lead_to(&format!("/masuk?{}", to(&path))),
        Admitted::Unknown => return ended(&state, request).await,
        Admitted::NotChosen => return lead_to(&format!("/saya/pilih?{}", to(&path))),
        Admitted::No => {
            return Problem::from(AppError::Forbidden(ProblemCode::RoleNotAllowed)).into_response();
        }
    }
    let nobody = signed.is_none();
    let spoken = Spoken::of(&state.app, request.headers(), (request.method(), request.uri()), who);
    request.extensions_mut().insert(spoken);
    if let Some(signed) = signed {
        request.extensions_mut().insert(signed);
    }
    let method = request.method().clone();
    let mut response = next.run(request).await;
    // Without a login a page holds nobody's data: going back to it needs no network.
    if nobody && method == Method::GET && response.status() == StatusCode::OK {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
        // Whoever chose another language, or logged in, is not shown the page of before.
        response.headers_mut().append(header::VARY, HeaderValue::from_static("cookie"));
    }
    response
}

async fn signed_in(app: &App, headers: &HeaderMap) -> Result<Option<SignedIn>, AppError> {
    match key_of(app, headers) {
        Some(key) if !key.is_empty() => sessions::find(app, &key).await,
        _ => Ok(None),
    }
}

fn to(path: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("lanjut", path).finish()
}

enum Admitted {
    Yes,
    /// Nobody is logged in.
    Unknown,
    /// Somebody else than the page is for.
    No,
    /// Of the persons the login holds none is chosen.
    NotChosen,
}

fn admitted(who: Who, signed: Option<&SignedIn>) -> Admitted {
    let Some(signed) = signed else {
        return if who == Who::Anybody { Admitted::Yes } else { Admitted::Unknown };
    };
    let trainee = signed.session.role == Role::Trainee;
    match who {
        Who::Anybody | Who::LoggedIn => Admitted::Yes,
        Who::Holder if trainee => Admitted::Yes,
        Who::Resident if trainee && signed.person.is_none() => Admitted::NotChosen,
        Who::Resident if trainee => Admitted::Yes,
        Who::Companion if signed.session.role == Role::Companion => Admitted::Yes,
        Who::Holder | Who::Resident | Who::Companion => Admitted::No,
    }
}

#[derive(Template)]
#[template(path = "account/ended.html")]
struct Ended {
    frame: Frame,
    path: String,
    fields: Vec<(String, String)>,
}

/// Somebody sent a form whose login had ended: what they typed is kept on the page, to be sent again after logging in.
async fn ended(state: &AppState, request: Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    match read_bytes(request, state).await {
        Ok(bytes) => {
            let fields = Form::of(&bytes).kept();
            Page(Ended { frame: Frame::plain(state, &Spoken::default()), path, fields })
                .with(StatusCode::UNAUTHORIZED)
        }
        Err(problem) => problem.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        for own in ["/saya", "/saya/lamaran/1?a=b", "/", "/lowongan?q=las"] {
            assert_eq!(wanted(own), Some(own));
        }
        let long = format!("/{}", "a".repeat(600));
        for foreign in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "saya",
            "",
            "/a\nb",
            "/api/v1/me",
            "/a\\b",
            &long,
        ] {
            assert_eq!(wanted(foreign), None, "{foreign}");
        }
    }
}
