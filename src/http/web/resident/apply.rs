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
        idempotency::Answer,
        people::seen::PersonView,
        vacancies::seen::VacancyView,
    },
    domain::{
        application::Event,
        ids::VacancyId,
        region::{self, RegionCode},
    },
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
    let person = browse::person(app, who.session(), who.person.id).await?;
    let near = near(&person, &vacancy);
    let met = met.map(form::told);
    Ok(Apply { frame: who.frame(), offer: Offer::of(&vacancy), until: until(app), form, met, near })
}

/// In what a vacancy lies outside the limits that a person set. They do not keep anybody from applying: they are what is
/// proposed by.
fn near(person: &PersonView, vacancy: &VacancyView) -> Vec<String> {
    let Some(wishes) = person.profile.as_ref().map(|profile| &profile.wishes) else { return Vec::new() };
    let code = |text: &Option<String>| text.as_deref().and_then(|text| RegionCode::parse(text).ok());
    let way = code(&person.village).zip(code(&vacancy.village));
    let way = way.and_then(|(home, there)| region::distance_m(home, there)).map(i64::from);
    let wage = vacancy.wage_max.or(vacancy.wage_min);
    let below = wishes.wage_floor.zip(wage).map(|(floor, wage)| floor - wage).filter(|short| *short > 0);
    let beyond = wishes.max_distance_m.zip(way).map(|(most, way)| way - most).filter(|more| *more > 0);
    let shift = vacancy.shifts == Some(true) && wishes.shift_ok == Some(false);
    let said = [below.map(words::below_floor), beyond.map(words::beyond), shift.then(words::in_shifts)];
    said.into_iter().flatten().collect()
}
