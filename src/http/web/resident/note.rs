//! `/saya/lamaran/{id}` sent: what the person says beside the states: whether they come, that they take the work, that they did
//! come on the first day.
use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    app::{App, applications::notes, error::FieldIssue, idempotency::Answer},
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::ApplicationId,
    },
    http::{
        extract::Id,
        problem::Problem,
        web::{
            form::{self, Form, Sent},
            frame::Resident,
            resident::application::{met, own, wrong},
        },
    },
    keyed,
    words::id::pages::application::{self as words, Done},
};

pub async fn say(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
    form: Form,
) -> Result<Response, Problem> {
    // Only an application of the person the pages are about.
    own(&app, &who, id).await?;
    let kind = words::note_of(form.text("aksi"))
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest))?;
    let mut issues = form.faults(&[]);
    if issues.is_empty() && words::note_needs_words(kind) && form.text("text").is_empty() {
        issues.push(FieldIssue::new("text", FieldCode::Required, ""));
    }
    if !issues.is_empty() {
        return wrong(&app, &who, id, form::Shown::wrong(form, &issues)).await;
    }
    let (session, text) = (who.session(), form.given("text"));
    let (key, seen) = (who.key(&form)?, form.version().unwrap_or(0));
    let to = format!("/saya/lamaran/{id}?selesai={}", Done::Noted.word());
    let sent = form::outcome(keyed!(app, key, tx => {
        notes::leave(&app, tx, session, id, (kind, text.as_deref()), seen).await?;
        Answer::created(to.clone(), &())
    }))?;
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(&app, &who, id, &error).await,
        Sent::Mend(issues) => wrong(&app, &who, id, form::Shown::wrong(form, &issues)).await,
    }
}
