//! `/cek`: where a complaint stands, by its number and code.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    app::{App, AppError, accounts::auth::Auth, complaints},
    domain::calendar::jakarta_date,
    http::{
        address::ClientAddress,
        problem::Problem,
        web::{
            form::{Form, Shown},
            frame::{Frame, Page, Visit},
        },
    },
    words::id::{
        dates,
        pages::{self, complaint as words},
    },
};

/// A complaint in words.
struct Found {
    number: String,
    kind: &'static str,
    state: &'static str,
    made: String,
    answer: Option<String>,
}

#[derive(Template)]
#[template(path = "public/check.html")]
struct Check {
    frame: Frame,
    form: Shown,
    found: Option<Found>,
}

pub async fn show(visit: Visit) -> Response {
    Page(Check { frame: visit.frame(), form: Shown::empty(), found: None }).into_response()
}

pub async fn look(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    form: Form,
) -> Result<Response, Problem> {
    let again = |form: Shown, status: StatusCode| {
        Ok(Page(Check { frame: visit.frame(), form, found: None }).with(status))
    };
    let issues = form.missing(&["number", "code"]);
    if !issues.is_empty() {
        return again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY);
    }
    match complaints::status(&app, &auth, address, form.text("number"), form.text("code")).await {
        Ok(own) => {
            let found = Found {
                number: own.number.as_str().to_owned(),
                kind: words::kind(own.kind),
                state: words::state(own.state),
                made: dates::long(jakarta_date(own.made_at)),
                answer: own.answer,
            };
            Ok(Page(Check { frame: visit.frame(), form: Shown::empty(), found: Some(found) }).into_response())
        }
        Err(AppError::NotFound) => again(
            Shown::said(form, "number", pages::NO_SUCH_COMPLAINT.to_owned()),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        Err(AppError::TooMany { retry_after }) => {
            again(Shown::said(form, "number", pages::wait(retry_after)), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(error.into()),
    }
}
