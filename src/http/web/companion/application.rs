//! `/pendamping/lamaran/{id}`: an application of somebody who agreed, as they read it themself, with what a companion writes down.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;

use super::Asked;
use crate::{
    app::{
        App, AppError,
        applications::{records, seen::ApplicantView},
        companions,
        error::FieldIssue,
        idempotency::Answer,
        status::Status,
    },
    domain::{
        codes::FieldCode,
        contact::{AttemptChannel, AttemptOutcome},
        ids::ApplicationId,
    },
    http::{
        extract::{Id, Query},
        problem::Problem,
        web::{
            form::{self, Choice, Form, Sent, choices},
            frame::{Frame, Helper, Page},
            public::vacancy::Offer,
            resident::shown::Shown,
        },
    },
    keyed,
    words::id::pages::{
        application::Done,
        companion::{self as words, Kept},
    },
};

#[derive(Template)]
#[template(path = "companion/application.html")]
struct Application {
    frame: Frame,
    a: Shown,
    offer: Offer,
    person: String,
    name: String,
    phone: Option<String>,
    /// Of the resident's own page, which this one is made of: here the companion is told.
    done: Option<Done>,
    kept: Option<Kept>,
    met: Option<(&'static str, &'static str)>,
    /// A follow-up may be answered.
    follow_up: bool,
    tries: Vec<Choice>,
    outcomes: Vec<Choice>,
    form: form::Shown,
}

/// An application as the resident reads it, where a companion finds it. Why somebody said no is not told.
pub fn shown(status: &Status, today: NaiveDate) -> Shown {
    let path = format!("/pendamping/lamaran/{}", status.application.id);
    Shown { path, ..Shown::of(status, today) }
}

/// An application of somebody who agreed, in finished words.
pub struct Found {
    pub status: Status,
    pub a: Shown,
    pub offer: Offer,
    pub person: ApplicantView,
}

/// One application of somebody who agreed; another one does not exist.
pub async fn read(app: &App, who: &Helper, id: ApplicationId) -> Result<Found, Problem> {
    let (mut status, vacancy) = companions::application(app, who.session(), id).await?;
    let person = status.application.person.take().ok_or(AppError::NotFound)?;
    let (a, offer) = (shown(&status, app.clock.today()), Offer::of(&vacancy));
    Ok(Found { status, a, offer, person })
}

pub async fn show(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<ApplicationId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let page = page(&app, &who, id, form::Shown::empty()).await?;
    Ok(Page(Application { kept: asked.kept(), ..page }).into_response())
}

/// The application as it is now, above it why what was sent could not be done.
pub async fn met(app: &App, who: &Helper, id: ApplicationId, error: &AppError) -> Result<Response, Problem> {
    let page = page(app, who, id, form::Shown::empty()).await?;
    Ok(Page(Application { met: Some(form::told(error)), ..page }).with(StatusCode::CONFLICT))
}

async fn page(app: &App, who: &Helper, id: ApplicationId, form: form::Shown) -> Result<Application, Problem> {
    const TRIES: [AttemptChannel; 2] = [AttemptChannel::Visit, AttemptChannel::Phone];
    let Found { status, a, offer, person } = read(app, who, id).await?;
    let follow_up = companions::follow_up(app, &status).await?.is_some();
    Ok(Application {
        frame: who.frame_for(&person.name),
        a,
        offer,
        person: person.id.map(|id| id.to_string()).unwrap_or_default(),
        name: person.name,
        phone: person.phone,
        done: None,
        kept: None,
        met: None,
        follow_up,
        tries: choices(&TRIES, AttemptChannel::as_str, words::tried),
        outcomes: choices(AttemptOutcome::ALL, AttemptOutcome::as_str, words::outcome),
        form,
    })
}

/// Somebody was tried about it.
pub async fn tried(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<ApplicationId>,
    form: Form,
) -> Result<Response, Problem> {
    // Only an application of somebody who agreed, and which they know of.
    read(&app, &who, id).await?;
    let session = who.session();
    let issues = form.faults(&["channel", "outcome"]);
    let (channel, outcome) = (form.text("channel").parse(), form.text("outcome").parse());
    let sent = match (channel, outcome) {
        (Ok(channel), Ok(outcome)) if issues.is_empty() => {
            let key = form.key(session.account, &who.visit.path)?;
            let to = format!("/pendamping/lamaran/{id}?selesai={}", Kept::Try.word());
            form::outcome(keyed!(app, key, tx => {
                records::add_attempt(&app, tx, session, id, channel, outcome).await?;
                Answer::created(to.clone(), &())
            }))?
        }
        _ if issues.is_empty() => Sent::Mend(vec![FieldIssue::new("outcome", FieldCode::UnknownCode, "")]),
        _ => Sent::Mend(issues),
    };
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(&app, &who, id, &error).await,
        Sent::Mend(issues) => {
            let page = page(&app, &who, id, form::Shown::wrong(form, &issues)).await?;
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}
