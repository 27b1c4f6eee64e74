//! `/saya/data/riwayat`: who did what with the person's data and when, newest first: by role and office, never by name.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::{
        App,
        people::opened::{self, OpenedView},
    },
    http::{
        extract::Query,
        problem::Problem,
        web::frame::{Frame, Page, Resident},
    },
    words::id::{dates, pages::opened as words},
};

/// Lines of a page.
const LINES: i64 = 50;

/// Pages that are looked for at most: beyond is nothing.
const PAGES: i64 = 10_000;

/// One line.
struct Line {
    at: String,
    who: String,
    what: String,
}

#[derive(Template)]
#[template(path = "resident/opened.html")]
struct Opened {
    frame: Frame,
    lines: Vec<Line>,
    total: i64,
    /// Number of the first line, as they are counted from the oldest on.
    first: i64,
    page: i64,
    pages: i64,
}

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    hal: String,
}

pub async fn show(
    State(app): State<App>,
    who: Resident,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let page = asked.hal.parse().ok().filter(|page| (1..=PAGES).contains(page)).unwrap_or(1);
    let trainee = who.session().trainee()?;
    let found = opened::page(&app, &trainee, who.person.id, LINES, (page - 1) * LINES).await?;
    let pages = (found.total + LINES - 1) / LINES;
    let lines = found.items.into_iter().map(line).collect();
    let (total, first) = (found.total, found.total - (page - 1) * LINES);
    Ok(Page(Opened { frame: who.frame(), lines, total, first, page, pages }).into_response())
}

fn line(view: OpenedView) -> Line {
    let about = view.about.as_ref().map(|(title, employer)| (title.as_str(), employer.as_str()));
    Line {
        at: dates::minute(view.at),
        who: words::who(view.actor, view.office.as_deref()),
        what: words::what(&view.action, about),
    }
}
