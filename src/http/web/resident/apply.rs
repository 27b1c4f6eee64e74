//! `/lowongan/{id}/lamar`: to apply, with what is shown to whom said before it is sent.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    app::{
        App, AppError,
        applications::{self, workflow::Details},
        browse,
        candidates::suited,
        idempotency::Answer,
    },
    domain::{application::Event, ids::VacancyId},
    http::{
        extract::Id,
        problem::Problem,
        web::{
            form::{self, Form, Sent},
            frame::{Frame, Page, Resident},
            public::vacancy::Offer,
            resident::{answer::until, helped},
        },
    },
    keyed,
    words::id::pages::{application::Done, vacancy as words},
};

#[derive(Template)]
#[template(path = "resident/apply.html")]
struct Apply {
    frame: Frame,
    offer: Offer,
    until: String,
    form: form::Shown,
    met: Option<(&'static str, &'static str)>,
    /// Where the vacancy lies outside what the person wishes.
    near: Vec<String>,
}

pub async fn ask(State(app): State<App>, who: Resident, Id(id): Id<VacancyId>) -> Result<Response, Problem> {
    let page = page(&app, &who, id, form::Shown::empty(), None).await?;
    Ok(Page(page).into_response())
}

pub async fn apply(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<VacancyId>,
    form: Form,
) -> Result<Response, Problem> {
    who.check(&form)?;
    let (session, person) = (who.session(), who.person.id);
    let mut unseen = form.faults(&[]);
    let details = Details { helped: helped(&who, &form, &mut unseen), ..Details::default() };
    let sent = if unseen.is_empty() {
        let key = who.key(&form)?;
        form::outcome(keyed!(app, key, tx => {
            let made = applications::begin(&app, tx, session, person, id, Event::Apply, &details).await?;
            let to = format!("/saya/lamaran/{}?selesai={}", made.application.id, Done::Applied.word());
            Answer::created(to, &())
        }))?
    } else {
        Sent::Mend(unseen)
    };
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Mend(issues) => {
            let page = page(&app, &who, id, form::Shown::wrong(form, &issues), None).await?;
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Sent::Met(error) => {
            let page = page(&app, &who, id, form::Shown::empty(), Some(&error)).await?;
            Ok(Page(page).with(StatusCode::CONFLICT))
        }
    }
}

async fn page(
    app: &App,
    who: &Resident,
    id: VacancyId,
    form: form::Shown,
    met: Option<&AppError>,
) -> Result<Apply, Problem> {
    let vacancy = browse::vacancy(app, Some(who.session()), id).await?;
    let near = suited::beyond_limits(app, who.session(), who.person.id, id).await?;
    let near = near.into_iter().map(words::miss).collect();
    let met = met.map(form::told);
    Ok(Apply { frame: who.frame(), offer: Offer::of(&vacancy), until: until(app), form, met, near })
}
