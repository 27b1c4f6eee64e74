//! `/aduan`: a complaint, with a name or without. Number and code are told once, on the page that answers: neither stands in an
//! address. Sent twice, the same form gets the same answer.
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use moka::sync::Cache;
use serde::Deserialize;
use tokio::sync::OnceCell;

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
            form::{Choice, Form, Shown},
            frame::{Frame, Page, Visit},
        },
    },
    words::id::pages::{self, complaint as words},
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
#[derive(Clone, Debug)]
struct Told {
    number: String,
    code: String,
}

/// Forms that were sent a short while ago, by their key, with what they were answered: whoever presses twice, or goes back and
/// sends again, makes one complaint.
static SENT: LazyLock<Cache<String, Arc<OnceCell<Told>>>> = LazyLock::new(|| {
    Cache::builder().max_capacity(10_000).time_to_live(Duration::from_secs(60 * 60)).build()
});

/// About what.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lowongan: String,
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Response {
    Page(page(&visit, Shown::empty(), asked.lowongan)).into_response()
}

pub async fn make(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    form: Form,
) -> Result<Response, Problem> {
    let vacancy = form.text("vacancy").to_owned();
    let again = |form: Shown, status| Ok(Page(page(&visit, form, vacancy.clone())).with(status));
    let mut issues = form.missing(&["kind", "said"]);
    issues.extend(form.unseen());
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
    let cell = SENT.get_with(form.once()?, Arc::default);
    let made = cell.get_or_try_init(|| async {
        let made = complaints::receive(&app, &auth, address, session, &new).await?;
        Ok::<Told, AppError>(Told { number: made.number.as_str().to_owned(), code: made.code })
    });
    match made.await {
        Ok(made) => Ok(Page(Made { frame: visit.frame(), made: made.clone() }).into_response()),
        Err(AppError::Invalid(issues)) => {
            again(Shown::wrong(form, &issues), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(AppError::TooMany { retry_after }) => {
            again(Shown::said(form, "said", pages::wait(retry_after)), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(error.into()),
    }
}

fn page(visit: &Visit, form: Shown, vacancy: String) -> Complaint {
    let choice = |kind: &Kind| Choice { value: kind.as_str(), label: words::kind(*kind) };
    let name =
        visit.signed.as_deref().and_then(|signed| signed.person.as_ref()).map(|person| person.name.clone());
    Complaint { frame: visit.frame(), kinds: Kind::ALL.iter().map(choice).collect(), form, vacancy, name }
}
