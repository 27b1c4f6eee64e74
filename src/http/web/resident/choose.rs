//! `/saya/pilih`: whom of a family the pages are about.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{App, AppError, accounts::sessions, browse},
    domain::{codes::FieldCode, ids::PersonId},
    http::{
        extract::Query,
        problem::Problem,
        web::{
            form::{Form, Shown},
            frame::{Frame, Page, User, lead_to},
            login,
        },
    },
};

/// Most persons of one login that are listed.
const MOST: i64 = 50;

/// One of the family.
struct Member {
    id: String,
    name: String,
    /// The pages are about them now.
    chosen: bool,
}

#[derive(Template)]
#[template(path = "resident/choose.html")]
struct Choose {
    frame: Frame,
    members: Vec<Member>,
    form: Shown,
    wanted: String,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    lanjut: String,
}

pub async fn show(
    State(app): State<App>,
    user: User,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    Ok(Page(page(&app, &user, Shown::empty(), asked.lanjut).await?).into_response())
}

pub async fn choose(State(app): State<App>, user: User, form: Form) -> Result<Response, Problem> {
    let wanted = form.text("lanjut").to_owned();
    let person: Option<PersonId> = form.text("person").parse().ok();
    let chosen = match person {
        Some(person) => sessions::choose(&app, &user.signed, person).await,
        None => Err(AppError::field("person", FieldCode::Required, "")),
    };
    match chosen {
        Ok(()) => Ok(lead_to(login::wanted(&wanted).unwrap_or("/saya"))),
        Err(AppError::Invalid(issues)) => {
            let page = page(&app, &user, Shown::wrong(form, &issues), wanted).await?;
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(app: &App, user: &User, form: Shown, wanted: String) -> Result<Choose, Problem> {
    let people = browse::people(app, &user.signed.session, None, MOST).await?;
    let now = user.signed.person.as_ref().map(|person| person.id);
    let member = |person: crate::app::people::seen::PersonView| Member {
        id: person.id.to_string(),
        chosen: now == Some(person.id),
        name: person.name,
    };
    Ok(Choose { frame: user.visit.frame(), members: people.into_iter().map(member).collect(), form, wanted })
}
