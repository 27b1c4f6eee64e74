//! `/pendamping/warga/{id}`: the resident's own page, under a band that says for whom it is filled in.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Asked, application::shown, channel_of, channels};
use crate::{
    app::{App, companions, idempotency::Answer, people::accompaniment},
    domain::ids::PersonId,
    http::{
        extract::{Id, Query},
        problem::Problem,
        web::{
            form::{self, Choice, Form, Sent},
            frame::{Frame, Helper, Page},
            resident::shown::Shown,
        },
    },
    keyed,
    words::{Language, id::pages::companion::Kept},
};

#[derive(Template)]
#[template(path = "companion/person.html")]
struct Person {
    frame: Frame,
    id: String,
    name: String,
    phone: Option<String>,
    kept: Option<Kept>,
    /// The person is to do something about these.
    yours: Vec<Shown>,
    /// Others are.
    running: Vec<Shown>,
    past: Vec<Shown>,
    /// What happens next besides.
    steps: Vec<String>,
    channels: Vec<Choice>,
    form: form::Shown,
}

pub async fn show(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let page = page(&app, &who, id, form::Shown::empty()).await?;
    Ok(Page(Person { kept: asked.kept(), ..page }).into_response())
}

async fn page(app: &App, who: &Helper, id: PersonId, form: form::Shown) -> Result<Person, Problem> {
    let today = app.clock.today();
    let found = companions::person(app, who.session(), id).await?;
    let all: Vec<Shown> = found.applications.iter().map(|status| shown(status, today)).collect();
    let (yours, rest): (Vec<Shown>, Vec<Shown>) = all.into_iter().partition(Shown::waits_for_you);
    let (past, running): (Vec<Shown>, Vec<Shown>) = rest.into_iter().partition(Shown::is_past);
    let words = Language::default();
    let steps = found.steps.iter();
    Ok(Person {
        frame: who.frame_for(&found.person.name),
        id: id.to_string(),
        phone: found.person.phone,
        name: found.person.name,
        kept: None,
        yours,
        running,
        past,
        steps: steps
            .map(|step| {
                words.next_step(step.kind, step.office.as_deref(), step.officer.as_deref(), step.due_on)
            })
            .collect(),
        channels: channels(),
        form,
    })
}

/// The person wants no companion any more, and said so to the companion.
pub async fn end(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<PersonId>,
    form: Form,
) -> Result<Response, Problem> {
    let session = who.session();
    let issues = form.faults(&["channel"]);
    let sent = if issues.is_empty() {
        let (acting, key) = (session.acting()?, form.key(session.account, &who.visit.path)?);
        let to = format!("/pendamping/warga?selesai={}", Kept::Ended.word());
        form::outcome(keyed!(app, key, tx => {
            accompaniment::say(&app, tx, &acting, id, false, channel_of(&form)).await?;
            Answer::created(to.clone(), &())
        }))?
    } else {
        Sent::Mend(issues)
    };
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Mend(issues) => {
            let page = page(&app, &who, id, form::Shown::wrong(form, &issues)).await?;
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Sent::Met(error) => Err(error.into()),
    }
}
