//! `/aktivasi`: the code from paper and the year of birth, then a telephone number and a password. Whatever is wrong with a code
//! is answered alike.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use crate::{
    app::{
        App, AppError,
        accounts::{
            activation::{self, Exchange},
            auth::Auth,
            sessions,
        },
        error::FieldIssue,
    },
    domain::codes::{FieldCode, ProblemCode},
    http::{
        address::ClientAddress,
        problem::Problem,
        web::{
            form::{Form, Shown},
            frame::{Frame, Visit, lead_to},
            login,
        },
    },
};

#[derive(Template)]
#[template(path = "account/activation.html")]
struct Activation {
    frame: Frame,
    form: Shown,
}

pub async fn show(visit: Visit) -> Response {
    visit.page(Activation { frame: visit.frame(), form: Shown::empty() }).into_response()
}

pub async fn start(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    let again = |form: Shown, status: StatusCode| {
        Ok(visit.page(Activation { frame: visit.frame(), form }).with(status))
    };
    if let Some(look) = form.look() {
        return again(Shown::looked(form, look), StatusCode::OK);
    }
    let mut issues = form.faults(&["code", "birth_year", "phone", "password"]);
    let year = form.text("birth_year").parse();
    if year.is_err() && issues.iter().all(|issue| issue.field != "birth_year") {
        issues.push(FieldIssue::new("birth_year", FieldCode::UnreadableNumber, ""));
    }
    let (Ok(birth_year), true) = (year, issues.is_empty()) else {
        return again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY);
    };
    let given = Exchange { code: form.text("code"), birth_year, address };
    match activation::exchange(&app, &auth, &given, form.text("phone"), form.raw("password")).await {
        Ok(account) => {
            let before = login::key_of(&app, &headers);
            let begun = sessions::begin(&app, account, form.ticked("pinjaman"), before.as_deref()).await?;
            Ok(login::with_login(&app, lead_to("/saya?baru=1"), &begun))
        }
        Err(AppError::Invalid(issues)) => {
            again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(AppError::Unauthenticated(ProblemCode::CodeRefused)) => again(
            Shown::said(form, "code", visit.language().code_refused().to_owned()),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        Err(AppError::TooMany { retry_after }) => again(
            Shown::said(form, "code", visit.language().wait(retry_after)),
            StatusCode::TOO_MANY_REQUESTS,
        ),
        Err(error) => Err(error.into()),
    }
}
