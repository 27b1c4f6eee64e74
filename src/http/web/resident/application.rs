//! `/saya/lamaran/{id}`: one application: the five steps, whose turn it is, what happens next, what happened.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{
        App, AppError, letters,
        status::{self, Status},
        vacancies::seen::VacancyView,
    },
    domain::{ids::ApplicationId, letter::Number},
    http::{
        extract::{Id, Query},
        problem::Problem,
        web::{
            form,
            frame::{Frame, Page, Resident},
            public::vacancy::Offer,
            resident::shown::Shown,
        },
    },
    words::id::pages::application::Done,
};

#[derive(Template)]
#[template(path = "resident/application.html")]
struct Application {
    frame: Frame,
    a: Shown,
    offer: Offer,
    /// Number and code of the referral letter.
    letter: Option<(String, String)>,
    /// What the person has just done.
    done: Option<Done>,
    /// Why what was sent could not be done.
    met: Option<(&'static str, &'static str)>,
    /// What was typed beside a note.
    form: form::Shown,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    selesai: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let done = asked.selesai.as_deref().and_then(Done::of);
    let page = Application { done, ..Application::new(&app, &who, id).await? };
    Ok(Page(page).into_response())
}

/// The application as it is now, above it why what was sent could not be done.
pub async fn met(
    app: &App,
    who: &Resident,
    id: ApplicationId,
    error: &AppError,
) -> Result<Response, Problem> {
    let page = Application { met: Some(form::told(error)), ..Application::new(app, who, id).await? };
    Ok(Page(page).with(StatusCode::CONFLICT))
}

/// The page with what is to be mended of what was typed.
pub async fn wrong(
    app: &App,
    who: &Resident,
    id: ApplicationId,
    form: form::Shown,
) -> Result<Response, Problem> {
    let page = Application { form, ..Application::new(app, who, id).await? };
    Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
}

impl Application {
    /// The page as it is now.
    async fn new(app: &App, who: &Resident, id: ApplicationId) -> Result<Self, Problem> {
        let (a, offer) = read(app, who, id).await?;
        let letter = letter(app, id, &a);
        let form = form::Shown::empty();
        Ok(Self { frame: who.frame(), a, offer, letter, done: None, met: None, form })
    }
}

/// What is printed on its letter, where one was written.
fn letter(app: &App, id: ApplicationId, a: &Shown) -> Option<(String, String)> {
    let number = Number::parse(a.letter.as_deref()?)?;
    Some((number.as_str().to_owned(), letters::code(app, id, &number)))
}

/// One application of the person the pages are about; another one does not exist.
pub async fn read(app: &App, who: &Resident, id: ApplicationId) -> Result<(Shown, Offer), Problem> {
    let (status, vacancy) = own(app, who, id).await?;
    Ok((Shown::of(&status, app.clock.today()), Offer::of(&vacancy)))
}

/// The same as the use case tells it.
pub async fn own(app: &App, who: &Resident, id: ApplicationId) -> Result<(Status, VacancyView), Problem> {
    let (status, vacancy) = status::one(app, who.session(), id).await?;
    if status.application.person.as_ref().and_then(|person| person.id) == Some(who.person.id) {
        Ok((status, vacancy))
    } else {
        Err(AppError::NotFound.into())
    }
}
