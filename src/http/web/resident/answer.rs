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
            form::{self, Choice, Form, Sent, choices},
            frame::{Frame, Page, Resident, lead_to},
            public::vacancy::Offer,
            resident::{
                application::{met, read},
                helped,
                shown::{May, Shown as Application},
            },
        },
    },
    keyed,
    words::id::{
        dates,
        pages::application::{self as words, Done},
    },
};

/// What somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saying {
    Yes,
    No,
    TakeBack,
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

/// Makes the two handlers of an answer: the page that says what it means, and what was sent.
macro_rules! handlers {
    ($($saying:ident: $ask:ident, $send:ident;)+) => {$(
        pub async fn $ask(State(app): State<App>, who: Resident, Id(id): Id<ApplicationId>) -> Result<Response, Problem> {
            ask(&app, &who, id, Saying::$saying).await
        }

        pub async fn $send(
            State(app): State<App>,
            who: Resident,
            Id(id): Id<ApplicationId>,
            form: Form,
        ) -> Result<Response, Problem> {
            send(&app, &who, id, Saying::$saying, form).await
        }
    )+};
}

handlers! {
    Yes: ask_yes, yes;
    No: ask_no, no;
    TakeBack: ask_withdraw, withdraw;
}

async fn ask(app: &App, who: &Resident, id: ApplicationId, saying: Saying) -> Result<Response, Problem> {
    let read = read(app, who, id).await?;
    if !saying.is_open(read.0.may) {
        return Ok(lead_to(&format!("/saya/lamaran/{id}")));
    }
    Ok(saying.page(app, who, read, form::Shown::empty()))
}

async fn send(
    app: &App,
    who: &Resident,
    id: ApplicationId,
    saying: Saying,
    form: Form,
) -> Result<Response, Problem> {
    match act(app, who, id, saying, &form).await? {
        Sent::Done(response) => Ok(response),
        Sent::Met(error) => met(app, who, id, &error).await,
        Sent::Mend(issues) => {
            let shown = form::Shown::wrong(form, &issues);
            let mut response = saying.page(app, who, read(app, who, id).await?, shown);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

impl Saying {
    const fn event(self) -> Event {
        match self {
            Self::Yes => Event::Consent,
            Self::No => Event::Decline,
            Self::TakeBack => Event::Withdraw,
        }
    }

    const fn done(self) -> Done {
        match self {
            Self::Yes => Done::Yes,
            Self::No => Done::No,
            Self::TakeBack => Done::Withdrawn,
        }
    }

    const fn is_open(self, may: May) -> bool {
        match self {
            Self::Yes | Self::No => may.answer,
            Self::TakeBack => may.withdraw,
        }
    }

    fn page(
        self,
        app: &App,
        who: &Resident,
        (a, offer): (Application, Offer),
        form: form::Shown,
    ) -> Response {
        let frame = who.frame();
        match self {
            Self::Yes => Page(Yes { frame, a, offer, until: until(app), form }).into_response(),
            Self::No => Page(No {
                frame,
                a,
                reasons: choices(DeclineReason::ALL, DeclineReason::as_str, words::decline),
                form,
            })
            .into_response(),
            Self::TakeBack => Page(Withdraw {
                frame,
                a,
                reasons: choices(WithdrawReason::ALL, WithdrawReason::as_str, words::withdraw),
                form,
            })
            .into_response(),
        }
    }
}

/// Lets it happen, once, to the version the person saw; afterwards the application's own page says what was done.
async fn act(
    app: &App,
    who: &Resident,
    id: ApplicationId,
    saying: Saying,
    form: &Form,
) -> Result<Sent, Problem> {
    // Only an application of the person the pages are about.
    read(app, who, id).await?;
    let mut issues = form.faults(&[]);
    let details = if saying == Saying::Yes {
        Details::default()
    } else {
        issues.extend(form.missing(&["reason"]));
        Details { reason: form.given("reason"), text: form.given("text"), ..Details::default() }
    };
    let details = Details { helped: helped(who, form, &mut issues), ..details };
    if !issues.is_empty() {
        return Ok(Sent::Mend(issues));
    }
    let (session, event) = (who.session(), saying.event());
    let (key, seen) = (who.key(form)?, form.version().unwrap_or(0));
    let to = format!("/saya/lamaran/{id}?selesai={}", saying.done().word());
    form::outcome(keyed!(*app, key, tx => {
        applications::act(app, tx, session, id, event, &details, seen).await?;
        Answer::created(to.clone(), &())
    }))
}

/// Until when a consent of today counts.
pub fn until(app: &App) -> String {
    let today = app.clock.today();
    let last = today.checked_add_months(Months::new(app.rules.consent_months)).unwrap_or(today);
    dates::long(last)
}
