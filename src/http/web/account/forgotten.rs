//! `/lupa-sandi`: residents read how to get a code on paper; employers and the office ask for a mail. Whoever asks is answered the
//! same.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{
        App, AppError,
        accounts::{auth::Auth, forgotten},
    },
    http::{
        address::ClientAddress,
        extract::Query,
        problem::Problem,
        web::{
            form::{Form, Shown},
            frame::{Frame, Visit, lead_to},
        },
    },
};

#[derive(Template)]
#[template(path = "account/forgotten.html")]
struct Forgotten {
    frame: Frame,
    form: Shown,
    /// Somebody asked for a mail just now.
    asked: bool,
}

/// Whether somebody asked just now.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    terkirim: String,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Response {
    let asked = !asked.terkirim.is_empty();
    visit.page(Forgotten { frame: visit.frame(), form: Shown::empty(), asked }).into_response()
}

pub async fn ask(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    form: Form,
) -> Result<Response, Problem> {
    let again = |form: Shown, status: StatusCode| {
        Ok(visit.page(Forgotten { frame: visit.frame(), form, asked: false }).with(status))
    };
    let issues = form.faults(&["login"]);
    if !issues.is_empty() {
        return again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY);
    }
    match forgotten::ask(&app, &auth, address, form.text("login")).await {
        Ok(()) => Ok(lead_to("/lupa-sandi?terkirim=1")),
        Err(AppError::TooMany { retry_after }) => again(
            Shown::said(form, "login", visit.language().wait(retry_after)),
            StatusCode::TOO_MANY_REQUESTS,
        ),
        Err(error) => Err(error.into()),
    }
}
