//! `/pendamping/warga`: those of the own village who agreed, each with what is under way; and how somebody agrees to it.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Asked, channel_of, channels};
use crate::{
    app::{
        App,
        companions::{self, Running},
        idempotency::Answer,
        people::{accompaniment, seen::PersonView},
    },
    http::{
        extract::Query,
        paging::{Limit, Page as Rows},
        problem::Problem,
        web::{
            form::{self, Choice, Form, Sent},
            frame::{Frame, Helper, Page},
        },
    },
    keyed,
    words::id::pages::companion::{self as words, Kept},
};

/// Somebody in the list.
struct Line {
    id: String,
    name: String,
    phone: Option<String>,
    running: Vec<String>,
}

#[derive(Template)]
#[template(path = "companion/people.html")]
struct People {
    frame: Frame,
    kept: Option<Kept>,
    met: Option<(&'static str, &'static str)>,
    people: Vec<Line>,
    /// Where the list goes on.
    next: Option<String>,
    channels: Vec<Choice>,
    form: form::Shown,
}

pub async fn show(
    State(app): State<App>,
    who: Helper,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let page = page(&app, &who, &asked, form::Shown::empty()).await?;
    Ok(Page(page).into_response())
}

async fn page(app: &App, who: &Helper, asked: &Asked, form: form::Shown) -> Result<People, Problem> {
    let limit = Limit::default();
    let rows =
        companions::people(app, who.session(), asked.cursor.map(|cursor| cursor.place()), limit.rows())
            .await?;
    let place = |(person, _): &(PersonView, Vec<Running>)| (person.created_at, person.id.0);
    let rows = Rows::of(rows, limit, place, line);
    Ok(People {
        frame: who.visit.frame(),
        kept: asked.kept(),
        met: None,
        people: rows.items,
        next: rows.next,
        channels: channels(),
        form,
    })
}

fn line((person, running): (PersonView, Vec<Running>)) -> Line {
    let said = |one: &Running| words::running(&one.title, one.state, one.held, one.deadline);
    Line {
        id: person.id.to_string(),
        name: person.name,
        phone: person.phone,
        running: running.iter().map(said).collect(),
    }
}

/// Somebody agreed, with the card in hand.
pub async fn begin(State(app): State<App>, who: Helper, form: Form) -> Result<Response, Problem> {
    let session = who.session();
    let issues = form.faults(&["nik", "channel"]);
    let sent = if issues.is_empty() {
        let (acting, key) = (session.acting()?, form.key(session.account, &who.visit.path)?);
        form::outcome(keyed!(app, key, tx => {
            let person = accompaniment::begin(&app, tx, &acting, form.text("nik"), channel_of(&form)).await?;
            Answer::created(format!("/pendamping/warga/{person}?selesai={}", Kept::Agreed.word()), &())
        }))?
    } else {
        Sent::Mend(issues)
    };
    let asked = Asked::default();
    match sent {
        Sent::Done(response) => Ok(response),
        Sent::Mend(issues) => {
            let page = page(&app, &who, &asked, form::Shown::wrong(form, &issues)).await?;
            Ok(Page(page).with(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Sent::Met(error) => {
            let page = page(&app, &who, &asked, form::Shown::empty()).await?;
            Ok(Page(People { met: Some(form::told(&error)), ..page }).with(StatusCode::CONFLICT))
        }
    }
}
