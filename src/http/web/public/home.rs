//! `/`: what is open, and the ways in.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    app::{
        App,
        finding::{self, Overview},
    },
    http::{
        problem::Problem,
        web::{
            frame::{Frame, Page, Visit},
            public::vacancies::Row,
        },
    },
    words::id::pages::vacancy as words,
};

/// How many of the newest vacancies are shown.
const NEWEST: usize = 3;

#[derive(Template)]
#[template(path = "public/home.html")]
struct Home {
    frame: Frame,
    /// Places that are open, as numbers are written.
    seats: String,
    open: Overview,
    newest: Vec<Row>,
}

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let (open, newest) = finding::overview(&app, NEWEST).await?;
    let newest = newest.iter().map(Row::of).collect();
    let seats = words::count(open.seats);
    Ok(Page(Home { frame: visit.frame(), seats, open, newest }).into_response())
}
