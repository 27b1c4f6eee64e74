//! `/`: what is open, and the ways in.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    app::{App, finding},
    http::{
        problem::Problem,
        web::{
            frame::{Frame, Visit},
            public::vacancies::Row,
        },
    },
};

/// How many of the newest vacancies are shown.
const NEWEST: usize = 3;

#[derive(Template)]
#[template(path = "public/home.html")]
struct Home {
    frame: Frame,
    /// Places that are open, in how many vacancies, in how many districts.
    seats: String,
    vacancies: String,
    districts: String,
    newest: Vec<Row>,
}

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let (open, newest) = finding::overview(&app, NEWEST).await?;
    let words = visit.language();
    let page = Home {
        frame: visit.frame(),
        seats: words.places(open.seats),
        vacancies: words.vacancies(open.vacancies),
        districts: words.districts(open.districts),
        newest: newest.iter().map(|one| Row::of(one, words)).collect(),
    };
    Ok(visit.page(page).into_response())
}
