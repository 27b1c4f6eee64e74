//! `/pendamping/lamaran/{id}/kabar`: whether somebody still works there, 1, 3 and 6 months after the start.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::application::{Found, met, read};
use crate::{
    app::{
        App,
        applications::records::{self, FollowUpAnswer},
        companions,
        error::FieldIssue,
        idempotency::Answer,
    },
    domain::{application::reason::EndReason, ids::ApplicationId},
    http::{
        extract::Id,
        problem::Problem,
        web::{
            form::{self, Choice, Form, Sent, choices, kept, said},
            frame::{Frame, Helper, Page, lead_to},
            resident::shown::Shown,
        },
    },
    keyed,
    words::id::pages::companion::{self as words, Kept},
};

#[derive(Template)]
#[template(path = "companion/follow_up.html")]
struct FollowUp {
    frame: Frame,
    a: Shown,
    name: String,
    month: i64,
    asked: String,
    working: Vec<Choice>,
    reasons: Vec<Choice>,
    form: form::Shown,
}

pub async fn ask(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<ApplicationId>,
) -> Result<Response, Problem> {
    match page(&app, &who, id, form::Shown::empty()).await? {
        Some(page) => Ok(Page(page).into_response()),
        None => Ok(lead_to(&format!("/pendamping/lamaran/{id}"))),
    }
}

/// The question; none while there is nothing to ask.
async fn page(
    app: &App,
    who: &Helper,
    id: ApplicationId,
    form: form::Shown,
) -> Result<Option<FollowUp>, Problem> {
    let Found { status, a, person, .. } = read(app, who, id).await?;
    let open = companions::follow_up(app, &status).await?;
    Ok(open.map(|(month, due_on)| FollowUp {
        frame: who.frame_for(&person.name),
        a,
        name: person.name,
        month,
        asked: words::follow_up(month, due_on),
        working: said(&words::WORKING),
        reasons: choices(EndReason::ALL, EndReason::as_str, words::ended),
        form,
    }))
}

pub async fn keep(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<ApplicationId>,
    form: Form,
) -> Result<Response, Problem> {
    // Only an application of somebody who agreed, and which they know of.
    read(&app, &who, id).await?;
    let session = who.session();
    let sent = match told(&form) {
        Ok(answer) => {
            let key = form.key(session.account, &who.visit.path)?;
            let to = format!("/pendamping/lamaran/{id}?selesai={}", Kept::FollowUp.word());
            form::outcome(keyed!(app, key, tx => {
                records::answer_follow_up(&app, tx, session, id, &answer).await?;
                Answer::created(to.clone(), &())
            }))?
        }
        Err(issues) => Sent::Mend(issues),
    };
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(&app, &who, id, &error).await,
        Sent::Mend(issues) => match page(&app, &who, id, form::Shown::wrong(form, &issues)).await? {
            Some(page) => Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY)),
            None => Ok(lead_to(&format!("/pendamping/lamaran/{id}"))),
        },
    }
}

/// What the form says was answered.
fn told(form: &Form) -> Result<FollowUpAnswer, Vec<FieldIssue>> {
    let mut issues = form.faults(&["working"]);
    let still_working = form.text("working") == "ya";
    let (mut ended_on, mut reason) = (None, None);
    if !still_working && form.ticked("working") {
        issues.extend(form.missing(&["ended_on", "reason"]));
        reason = form.given("reason");
        ended_on = kept(form.date("ended_on"), &mut issues);
    }
    let month = form.text("month").parse().unwrap_or(0);
    if issues.is_empty() {
        Ok(FollowUpAnswer { month, still_working, note: None, ended_on, reason })
    } else {
        Err(issues)
    }
}
