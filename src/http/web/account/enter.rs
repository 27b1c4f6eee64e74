//! `/masuk`: name and password.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{
        App, AppError,
        accounts::{auth::Auth, sessions},
    },
    domain::codes::ProblemCode,
    http::{
        address::ClientAddress,
        extract::Query,
        problem::Problem,
        web::{
            form::{Form, Shown},
            frame::{Frame, Visit, lead_to},
            login,
        },
    },
};

#[derive(Template)]
#[template(path = "account/enter.html")]
struct Enter {
    frame: Frame,
    form: Shown,
    /// Where somebody wanted to go.
    wanted: String,
    /// They have another password now.
    renewed: bool,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lanjut: String,
    /// Somebody comes from giving themself another password.
    #[serde(default)]
    sandi: String,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Response {
    if let Some(session) = visit.session() {
        return lead_to(login::wanted(&asked.lanjut).unwrap_or_else(|| login::home(session.role)));
    }
    visit
        .page(Enter {
            frame: visit.frame(),
            form: Shown::empty(),
            wanted: asked.lanjut,
            renewed: asked.sandi == "baru",
        })
        .into_response()
}

pub async fn enter(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    let wanted = form.text("lanjut").to_owned();
    let again = |form: Shown, status: StatusCode| {
        Ok(visit
            .page(Enter { frame: visit.frame(), form, wanted: wanted.clone(), renewed: false })
            .with(status))
    };
    if let Some(look) = form.look() {
        return again(Shown::looked(form, look), StatusCode::OK);
    }
    let issues = form.faults(&["login", "password"]);
    if !issues.is_empty() {
        return again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY);
    }
    match auth.admit(&app, address, form.text("login"), form.raw("password")).await {
        Ok(account) => {
            let before = login::key_of(&app, &headers);
            let begun = sessions::begin(&app, account, form.ticked("pinjaman"), before.as_deref()).await?;
            let to = login::wanted(&wanted).unwrap_or_else(|| login::home(begun.role));
            Ok(login::with_login(&app, lead_to(to), &begun))
        }
        Err(AppError::Unauthenticated(ProblemCode::WrongLogin)) => again(
            Shown::said(form, "login", visit.language().wrong_login().to_owned()),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        Err(AppError::TooMany { retry_after }) => again(
            Shown::said(form, "login", visit.language().wait(retry_after)),
            StatusCode::TOO_MANY_REQUESTS,
        ),
        Err(error) => Err(error.into()),
    }
}
