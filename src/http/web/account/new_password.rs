//! `/sandi-baru`: another password for whoever has the key of a mail. The address in the mail holds the key; it goes into a cookie
//! at once, so that it stays in no history. Looking changes nothing; only sending the form uses the key up.
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;

use crate::{
    app::{
        App, AppError,
        accounts::{auth::Auth, forgotten},
    },
    domain::new_password,
    http::{
        problem::Problem,
        web::{
            form::{Form, Shown},
            frame::{Frame, Told, Visit, lead_to},
            login,
        },
    },
};

/// The cookie of a key.
const COOKIE: &str = "sandi";

#[derive(Template)]
#[template(path = "account/new_password.html")]
struct NewPassword {
    frame: Frame,
    form: Shown,
    login: String,
}

#[derive(Template)]
#[template(path = "account/link_over.html")]
struct Over {
    frame: Frame,
}

/// From the mail: the key moves into a cookie.
pub async fn open(State(app): State<App>, Path(key): Path<String>) -> Response {
    let is_key = key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let value = if is_key { key.as_str() } else { "" };
    let kept = TimeDelta::minutes(if is_key { new_password::KEY_MINUTES } else { 0 });
    login::with_cookie(&app, lead_to("/sandi-baru"), (COOKIE, value), Some(kept))
}

pub async fn show(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let key = login::read_cookie(&app, &headers, COOKIE).unwrap_or_default();
    let mut response = match forgotten::find(&app, &key).await? {
        Some(whose) => with_form(&visit, Shown::empty(), whose.login).into_response(),
        None => over(&visit),
    };
    // It names a login, though nobody is logged in.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

pub async fn set(
    State(app): State<App>,
    State(auth): State<Auth>,
    visit: Visit,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    let key = login::read_cookie(&app, &headers, COOKIE).unwrap_or_default();
    let Some(whose) = forgotten::find(&app, &key).await? else { return Ok(over(&visit)) };
    let again = |form: Shown, status: StatusCode| with_form(&visit, form, whose.login.clone()).with(status);
    if let Some(look) = form.look() {
        return Ok(again(Shown::looked(form, look), StatusCode::OK));
    }
    let issues = form.faults(&["password"]);
    if !issues.is_empty() {
        return Ok(again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY));
    }
    match forgotten::set(&app, &auth, &key, form.raw("password")).await {
        Ok(()) => {
            let out = login::without_login(&app, lead_to("/masuk?sandi=baru"));
            Ok(login::with_cookie(&app, out, (COOKIE, ""), Some(TimeDelta::zero())))
        }
        Err(AppError::Invalid(issues)) => {
            Ok(again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(AppError::TooMany { retry_after }) => {
            let said = Shown::said(form, "password", visit.language().wait(retry_after));
            Ok(again(said, StatusCode::TOO_MANY_REQUESTS))
        }
        Err(AppError::NotFound) => Ok(over(&visit)),
        Err(error) => Err(error.into()),
    }
}

fn with_form(visit: &Visit, form: Shown, login: String) -> Told<NewPassword> {
    visit.page(NewPassword { frame: visit.frame(), form, login })
}

/// A key that is unknown, used or expired: they are not told apart.
fn over(visit: &Visit) -> Response {
    visit.page(Over { frame: visit.frame() }).with(StatusCode::GONE)
}
