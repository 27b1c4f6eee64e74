//! `/saya/lowongan`: the open vacancies that suit somebody, why, and those that one thing keeps out.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    app::{
        App,
        candidates::suited::{self, Suit},
        indexing::Indexer,
    },
    http::{
        problem::Problem,
        web::{
            frame::{Frame, Page, Resident},
            public::vacancies::Row,
        },
    },
    words::{
        Language,
        id::{pages::vacancy as words, person},
    },
};

/// A vacancy with what is said of it to this person.
struct Line {
    row: Row,
    /// Why it suits.
    why: Option<String>,
    /// What keeps it out.
    miss: Option<String>,
}

impl Line {
    fn of(suit: &Suit) -> Self {
        Self {
            row: Row::of(&suit.posted, Language::Id),
            why: person::why(&suit.told),
            miss: suit.miss.map(words::miss),
        }
    }
}

#[derive(Template)]
#[template(path = "resident/suited.html")]
struct Suited {
    frame: Frame,
    /// Why nothing would be proposed now.
    bar: Option<&'static str>,
    suitable: Vec<Line>,
    near: Vec<Line>,
}

pub async fn show(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    who: Resident,
) -> Result<Response, Problem> {
    let found = suited::to_person(&app, &indexer.view(), who.session(), who.person.id).await?;
    let lines = |suits: &[Suit]| suits.iter().map(Line::of).collect();
    let page = Suited {
        frame: who.frame(),
        bar: found.bar.and_then(words::bar),
        suitable: lines(&found.suitable),
        near: lines(&found.near),
    };
    Ok(Page(page).into_response())
}
