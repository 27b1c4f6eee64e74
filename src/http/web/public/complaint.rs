//! `/aduan`: a complaint, with a name or without. Number and code are told once, on the page that answers: neither stands in an
//! address. Sent twice, the same form gets the same answer.
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
        accounts::auth::Auth,
        complaints::{self, NewComplaint},
        error::FieldIssue,
    },
    domain::{codes::FieldCode, complaint::Kind, ids::VacancyId},
    http::{
        address::ClientAddress,
        extract::Query,
        problem::Problem,
        web::{
            form::{Choice, Form, Shown, choices},
            frame::{Frame, Visit},
        },
    },
};

#[derive(Template)]
#[template(path = "public/complaint.html")]
struct Complaint {
    frame: Frame,
    kinds: Vec<Choice>,
    form: Shown,
    /// About which vacancy.
    vacancy: String,
    /// Whoever is logged in may give their name.
    name: Option<String>,
}

#[derive(Template)]
#[template(path = "public/complaint_made.html")]
struct Made {
    frame: Frame,
    made: Told,
}

/// What is told once.
struct Told {
    number: String,
    code: String,
}

/// About what.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lowongan: String,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Response {
    visit.page(page(&visit, Shown::empty(), asked.lowongan)).into_response()
}

pub async fn make(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    form: Form,
) -> Result<Response, Problem> {
    let vacancy = form.text("vacancy").to_owned();
    let again = |form: Shown, status| Ok(visit.page(page(&visit, form, vacancy.clone())).with(status));
    let mut issues = form.faults(&["kind", "said"]);
    let kind: Option<Kind> = form.text("kind").parse().ok();
    if kind.is_none() && issues.iter().all(|issue| issue.field != "kind") {
        issues.push(FieldIssue::new("kind", FieldCode::UnknownCode, ""));
    }
    let (Some(kind), true) = (kind, issues.is_empty()) else {
        return again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY);
    };
    let named = visit.signed.as_deref().filter(|_| form.text("nama") == "ya");
    let new = NewComplaint {
        kind,
        said: form.text("said").to_owned(),
        contact: form.given("contact"),
        person: named.and_then(|signed| signed.person.as_ref()).map(|person| person.id),
        vacancy: vacancy.parse::<VacancyId>().ok(),
        employer: None,
        application: None,
    };
    let session = named.map(|signed| &signed.session);
    let once = form.once(&visit.path)?;
    match complaints::receive(&app, &auth, address, session, (&new, Some(&once))).await {
        Ok(made) => {
            let made = Told { number: made.number.as_str().to_owned(), code: made.code };
            Ok(visit.page(Made { frame: visit.frame(), made }).into_response())
        }
        Err(AppError::Invalid(issues)) => {
            again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(AppError::TooMany { retry_after }) => {
            let said = visit.language().wait(retry_after);
            again(Shown::said(form, "said", said), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, form: Shown, vacancy: String) -> Complaint {
    let name =
        visit.signed.as_deref().and_then(|signed| signed.person.as_ref()).map(|person| person.name.clone());
    let words = visit.language();
    Complaint {
        frame: visit.frame(),
        kinds: choices(Kind::ALL, Kind::as_str, |kind| words.complaint_kind(kind)),
        form,
        vacancy,
        name,
    }
}
