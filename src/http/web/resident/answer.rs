//! The answers to an application, each on a page of its own that says what it means before it is sent: yes, no, take back.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::Months;

use crate::{
    app::{
        App,
        applications::{self, workflow::Details},
        error::FieldIssue,
        idempotency::Answer,
    },
    domain::{
        application::{
            Event,
            reason::{DeclineReason, WithdrawReason},
        },
        ids::ApplicationId,
    },
    http::{
        extract::Id,
        problem::Problem,
        web::{
            form::{self, Form, Sent},
            frame::{Frame, Page, Resident, lead_to},
            public::vacancy::Offer,
            resident::{
                application::{met, read},
                shown::Shown as Application,
            },
        },
    },
    keyed,
    words::id::{
        dates,
        pages::application::{self as words, Done},
    },
};

/// Most characters of somebody's own words about an answer.
const OWN_WORDS: usize = 1_000;

/// One answer to choose.
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

#[derive(Template)]
#[template(path = "resident/yes.html")]
struct Yes {
    frame: Frame,
    a: Application,
    offer: Offer,
    /// Until when the employer may see the profile.
    until: String,
    form: form::Shown,
}

#[derive(Template)]
#[template(path = "resident/no.html")]
struct No {
    frame: Frame,
    a: Application,
    reasons: Vec<Choice>,
    form: form::Shown,
}

#[derive(Template)]
#[template(path = "resident/withdraw.html")]
struct Withdraw {
    frame: Frame,
    a: Application,
    reasons: Vec<Choice>,
    form: form::Shown,
}

pub async fn ask_yes(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
) -> Result<Response, Problem> {
    let (a, offer) = read(&app, &who, id).await?;
    if !a.may.answer {
        return Ok(back(id));
    }
    Ok(Page(Yes { frame: who.frame(), a, offer, until: until(&app), form: form::Shown::empty() })
        .into_response())
}

pub async fn yes(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
    form: Form,
) -> Result<Response, Problem> {
    match act(&app, &who, id, Event::Consent, &Details::default(), Done::Yes, &form).await? {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(&app, &who, id, &error).await,
        Sent::Mend(issues) => {
            let (a, offer) = read(&app, &who, id).await?;
            let form = form::Shown::wrong(form, &issues);
            let page = Yes { frame: who.frame(), a, offer, until: until(&app), form };
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

pub async fn ask_no(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
) -> Result<Response, Problem> {
    let (a, _) = read(&app, &who, id).await?;
    if !a.may.answer {
        return Ok(back(id));
    }
    Ok(Page(No { frame: who.frame(), a, reasons: reasons_to_decline(), form: form::Shown::empty() })
        .into_response())
}

pub async fn no(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
    form: Form,
) -> Result<Response, Problem> {
    let sent = act(&app, &who, id, Event::Decline, &with_reason(&form), Done::No, &form).await?;
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(&app, &who, id, &error).await,
        Sent::Mend(issues) => {
            let (a, _) = read(&app, &who, id).await?;
            let form = form::Shown::wrong(form, &issues);
            let page = No { frame: who.frame(), a, reasons: reasons_to_decline(), form };
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

pub async fn ask_withdraw(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
) -> Result<Response, Problem> {
    let (a, _) = read(&app, &who, id).await?;
    if !a.may.withdraw {
        return Ok(back(id));
    }
    let page = Withdraw { frame: who.frame(), a, reasons: reasons_to_withdraw(), form: form::Shown::empty() };
    Ok(Page(page).into_response())
}

pub async fn withdraw(
    State(app): State<App>,
    who: Resident,
    Id(id): Id<ApplicationId>,
    form: Form,
) -> Result<Response, Problem> {
    let sent = act(&app, &who, id, Event::Withdraw, &with_reason(&form), Done::Withdrawn, &form).await?;
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(&app, &who, id, &error).await,
        Sent::Mend(issues) => {
            let (a, _) = read(&app, &who, id).await?;
            let form = form::Shown::wrong(form, &issues);
            let page = Withdraw { frame: who.frame(), a, reasons: reasons_to_withdraw(), form };
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Lets it happen, once, to the version the person saw; afterwards the application's own page says what was done.
async fn act(
    app: &App,
    who: &Resident,
    id: ApplicationId,
    event: Event,
    details: &Details,
    done: Done,
    form: &Form,
) -> Result<Sent, Problem> {
    // Only an application of the person the pages are about.
    read(app, who, id).await?;
    let mut issues: Vec<FieldIssue> = form.unseen().into_iter().collect();
    if event != Event::Consent {
        issues.extend(form.missing(&["reason"]));
    }
    if form.text("text").chars().count() > OWN_WORDS {
        issues.push(FieldIssue::too_long("text", OWN_WORDS));
    }
    if !issues.is_empty() {
        return Ok(Sent::Mend(issues));
    }
    let session = who.session();
    let (key, seen) = (form.key(session.account, &who.visit.path)?, form.version().unwrap_or(0));
    let to = format!("/saya/lamaran/{id}?selesai={}", done.word());
    form::outcome(keyed!(*app, key, tx => {
        applications::act(app, tx, session, id, event, details, seen).await?;
        Answer::created(to.clone(), &())
    }))
}

fn with_reason(form: &Form) -> Details {
    Details { reason: form.given("reason"), text: form.given("text"), ..Details::default() }
}

fn back(id: ApplicationId) -> Response {
    lead_to(&format!("/saya/lamaran/{id}"))
}

/// Until when a consent of today counts.
pub fn until(app: &App) -> String {
    let today = app.clock.today();
    let last = today.checked_add_months(Months::new(app.rules.consent_months)).unwrap_or(today);
    dates::long(last)
}

fn reasons_to_decline() -> Vec<Choice> {
    let choice = |one: &DeclineReason| Choice { value: one.as_str(), label: words::decline(*one) };
    DeclineReason::ALL.iter().map(choice).collect()
}

fn reasons_to_withdraw() -> Vec<Choice> {
    let choice = |one: &WithdrawReason| Choice { value: one.as_str(), label: words::withdraw(*one) };
    WithdrawReason::ALL.iter().map(choice).collect()
}
