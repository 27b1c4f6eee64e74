//! `/pendamping/lamaran/{id}/jawab`: what somebody answered, with who spoke and how it was heard. A yes is kept as a consent, a no as
//! the contact it was heard in.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    application::{Found, met, read},
    channel_of, channels,
};
use crate::{
    app::{
        App,
        applications::{
            self,
            workflow::{ConsentDraft, Details},
        },
        error::FieldIssue,
        idempotency::Answer as Given,
    },
    domain::{
        application::{
            Event,
            reason::{DeclineReason, WithdrawReason},
        },
        codes::FieldCode,
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel},
        ids::ApplicationId,
    },
    http::{
        extract::Id,
        problem::Problem,
        web::{
            form::{self, Choice, Form, Sent, choices, said},
            frame::{Frame, Helper, Page, lead_to},
            public::vacancy::Offer,
            resident::{answer::until, shown::Shown},
        },
    },
    keyed,
    words::id::pages::{
        application::{self as resident_words, Done},
        companion::{self as words, Kept},
    },
};

#[derive(Template)]
#[template(path = "companion/answer.html")]
struct Answer {
    frame: Frame,
    a: Shown,
    offer: Offer,
    name: String,
    /// Until when the employer may see the profile.
    until: String,
    answers: Vec<Choice>,
    reasons: Vec<Choice>,
    speakers: Vec<Choice>,
    channels: Vec<Choice>,
    form: form::Shown,
}

impl Answer {
    fn of(app: &App, who: &Helper, found: Found, form: form::Shown) -> Self {
        let Found { a, offer, person, .. } = found;
        let reasons = if a.may.answer {
            choices(DeclineReason::ALL, DeclineReason::as_str, resident_words::decline)
        } else {
            choices(WithdrawReason::ALL, WithdrawReason::as_str, resident_words::withdraw)
        };
        Self {
            frame: who.frame_for(&person.name),
            a,
            offer,
            name: person.name,
            until: until(app),
            answers: said(&words::ANSWERS),
            reasons,
            speakers: said(&words::SPEAKERS),
            channels: channels(),
            form,
        }
    }
}

pub async fn ask(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<ApplicationId>,
) -> Result<Response, Problem> {
    let found = read(&app, &who, id).await?;
    if !(found.a.may.answer || found.a.may.withdraw) {
        return Ok(lead_to(&found.a.path));
    }
    let phone = found.person.phone.clone().unwrap_or_default();
    let page = Answer::of(&app, &who, found, form::Shown::filled(vec![("dialled".to_owned(), phone)]));
    Ok(Page(page).into_response())
}

pub async fn keep(
    State(app): State<App>,
    who: Helper,
    Id(id): Id<ApplicationId>,
    form: Form,
) -> Result<Response, Problem> {
    // Only an application of somebody who agreed, and which they know of.
    let found = read(&app, &who, id).await?;
    let sent = match heard(&form) {
        Ok(heard) => act(&app, &who, id, &heard, &form).await?,
        Err(issues) => Sent::Mend(issues),
    };
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(&app, &who, id, &error).await,
        Sent::Mend(issues) => {
            let issues: Vec<FieldIssue> = issues.into_iter().map(own_field).collect();
            let page = Answer::of(&app, &who, found, form::Shown::wrong(form, &issues));
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// What was heard.
struct Heard {
    event: Event,
    done: Done,
    details: Details,
}

/// What the form says was heard.
fn heard(form: &Form) -> Result<Heard, Vec<FieldIssue>> {
    let mut issues = form.faults(&["answer", "speaker", "channel"]);
    let (event, done) = match form.text("answer") {
        "ya" => (Event::Consent, Done::Yes),
        "batal" => (Event::Withdraw, Done::Withdrawn),
        _ => (Event::Decline, Done::No),
    };
    if event != Event::Consent {
        issues.extend(form.missing(&["reason"]));
    }
    let channel = channel_of(form).filter(|channel| channel.is_heard());
    if channel == Some(ConsentChannel::Phone) {
        issues.extend(form.missing(&["dialled"]));
    }
    let known = ["ya", "tidak", "batal"].contains(&form.text("answer"));
    let self_spoke = match form.text("speaker") {
        "self" => Some(true),
        "family" => Some(false),
        _ => None,
    };
    match (channel, self_spoke) {
        (Some(channel), Some(self_spoke)) if known && issues.is_empty() => {
            let details = details(form, event, channel, self_spoke);
            Ok(Heard { event, done, details })
        }
        _ if issues.is_empty() => {
            Err(vec![FieldIssue::new(if known { "channel" } else { "answer" }, FieldCode::UnknownCode, "")])
        }
        _ => Err(issues),
    }
}

fn details(form: &Form, event: Event, channel: ConsentChannel, self_spoke: bool) -> Details {
    let number_dialled = form.given("dialled").filter(|_| channel.needs_number());
    if event == Event::Consent {
        let consent = ConsentDraft { channel, number_dialled, self_spoke, text_shown: None, guardian: None };
        return Details { consent: Some(consent), ..Details::default() };
    }
    // Whoever is met at the counter is met as at the door: a contact knows no third way.
    let by = if channel == ConsentChannel::Phone { AttemptChannel::Phone } else { AttemptChannel::Visit };
    let outcome = if self_spoke { AttemptOutcome::Reached } else { AttemptOutcome::SomeoneElse };
    Details {
        reason: form.given("reason"),
        text: form.given("text"),
        number_dialled,
        heard: Some((by, outcome)),
        ..Details::default()
    }
}

/// Lets it happen, once, to the version the companion saw.
async fn act(
    app: &App,
    who: &Helper,
    id: ApplicationId,
    heard: &Heard,
    form: &Form,
) -> Result<Sent, Problem> {
    let (session, event) = (who.session(), heard.event);
    let (key, seen) = (form.key(session.account, &who.visit.path)?, form.version().unwrap_or(0));
    let to = format!("/pendamping/lamaran/{id}?selesai={}", Kept::Answer(heard.done).word());
    form::outcome(keyed!(*app, key, tx => {
        applications::act(app, tx, session, id, event, &heard.details, seen).await?;
        Given::created(to.clone(), &())
    }))
}

/// A field as this form calls it.
fn own_field(issue: FieldIssue) -> FieldIssue {
    let own = match issue.field.as_str() {
        "consent.number_dialled" | "number_dialled" => "dialled",
        "consent.channel" => "channel",
        "consent.guardian" => "speaker",
        _ => return issue,
    };
    FieldIssue { field: own.to_owned(), ..issue }
}
