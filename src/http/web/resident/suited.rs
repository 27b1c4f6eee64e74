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
    domain::person::Bar,
    http::{
        problem::Problem,
        web::{
            frame::{Frame, Page, Resident},
            public::vacancies::Row,
        },
    },
    matching::near::Miss,
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
    /// What is not known and would decide.
    asks: Option<String>,
    /// What keeps it out.
    miss: Option<String>,
    /// Where to write down what is asked for, when somebody has it.
    record: Option<&'static str>,
}

impl Line {
    fn of(suit: &Suit) -> Self {
        Self {
            row: Row::of(&suit.posted, Language::Id),
            why: person::why(&suit.told),
            asks: person::asks(&suit.told),
            miss: suit.miss.map(words::miss),
            record: suit.miss.and_then(record),
        }
    }
}

/// The part of the profile that tells what an ad truly asks for.
const fn record(miss: Miss) -> Option<&'static str> {
    match miss {
        Miss::Education => Some("/saya/profil/pendidikan"),
        Miss::Certificate => Some("/saya/profil/sertifikat"),
        Miss::Wage(_) | Miss::Way(_) | Miss::Reach | Miss::Shifts => None,
    }
}

#[derive(Template)]
#[template(path = "resident/suited.html")]
struct Suited {
    frame: Frame,
    /// Why nothing would be proposed now.
    bar: Option<&'static str>,
    /// Whoever has work already may look, and not apply.
    may_apply: bool,
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
        may_apply: found.bar != Some(Bar::Placed),
        suitable: lines(&found.suitable),
        near: lines(&found.near),
    };
    Ok(Page(page).into_response())
}
