//! `/saya`: where somebody's applications stand. First what they are to do, then what has a date, then what others do; what is
//! over is folded. Without any: what happens next, who sees to it and by when.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{App, next_steps, status},
    http::{
        extract::Query,
        problem::Problem,
        web::{
            frame::{Frame, Page, Resident},
            resident::shown::Shown,
        },
    },
    words::Language,
};

#[derive(Template)]
#[template(path = "resident/applications.html")]
struct Applications {
    frame: Frame,
    /// Somebody comes here for the first time.
    is_new: bool,
    /// The person is to do something about these.
    yours: Vec<Shown>,
    /// Others are.
    running: Vec<Shown>,
    past: Vec<Shown>,
    /// What happens next besides.
    steps: Vec<String>,
}

/// How somebody came here.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    baru: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    who: Resident,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let today = app.clock.today();
    let all = status::of_person(&app, who.session(), who.person.id).await?;
    let all: Vec<Shown> = all.iter().map(|status| Shown::of(status, today)).collect();
    let (yours, rest): (Vec<Shown>, Vec<Shown>) = all.into_iter().partition(Shown::waits_for_you);
    let (past, running): (Vec<Shown>, Vec<Shown>) = rest.into_iter().partition(Shown::is_past);
    let steps = next_steps::of_person(&app, who.session(), who.person.id, 50).await?;
    let told = |step: next_steps::seen::StepView| {
        Language::default().next_step(step.kind, step.office.as_deref(), step.officer.as_deref(), step.due_on)
    };
    let page = Applications {
        frame: who.frame(),
        is_new: asked.baru.is_some(),
        yours,
        running,
        past,
        steps: steps.into_iter().map(told).collect(),
    };
    Ok(Page(page).into_response())
}
