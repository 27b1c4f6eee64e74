//! `/cek`: where somebody's applications stand, by the code of their slip; where a complaint stands, by number and code; whether
//! a referral letter is genuine, by number and code. Which of the three it is, the number says.
use std::net::IpAddr;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        accounts::auth::Auth,
        complaints::{self, seen::OwnComplaint},
        letters::{self, GenuineLetter},
        status_codes::{self, seen::BareApplication},
    },
    domain::{calendar::jakarta_date, complaint, letter},
    http::{
        address::ClientAddress,
        problem::Problem,
        web::{
            form::{Form, Shown},
            frame::{Frame, Visit},
        },
    },
    words::{Language, id::pages::check::tone},
};

/// A complaint in words.
struct Complaint {
    number: String,
    kind: &'static str,
    state: &'static str,
    made: String,
    answer: Option<String>,
}

/// An application in words, without its person and its employer.
struct Line {
    title: String,
    tone: &'static str,
    step: &'static str,
    turn: Option<String>,
    since: String,
}

/// A genuine letter in words.
struct Letter {
    number: String,
    issued: String,
    title: String,
    over: bool,
}

/// What was found.
enum Found {
    /// Where applications stand, and until when the code holds.
    Applications(Vec<Line>, String),
    Complaint(Complaint),
    Letter(Letter),
}

/// What is asked for, by the number that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Applications,
    Complaint,
    Letter,
}

#[derive(Template)]
#[template(path = "public/check.html")]
struct Check {
    frame: Frame,
    form: Shown,
    found: Option<Found>,
}

pub async fn show(visit: Visit) -> Response {
    visit.page(Check { frame: visit.frame(), form: Shown::empty(), found: None }).into_response()
}

pub async fn look(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    form: Form,
) -> Result<Response, Problem> {
    let words = visit.language();
    let again = |form: Form, field: &str, said: &str, status: StatusCode| {
        let form = Shown::said(form, field, said.to_owned());
        Ok(visit.page(Check { frame: visit.frame(), form, found: None }).with(status))
    };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if form.text("code").is_empty() {
        return again(form, "code", words.code_missing(), wrong);
    }
    let Some(asked) = asked(form.text("number")) else {
        return again(form, "number", words.no_number(), wrong);
    };
    match find((&app, &auth, words), address, asked, &form).await {
        Ok(found) => {
            let page = Check { frame: visit.frame(), form: Shown::empty(), found: Some(found) };
            Ok(visit.page(page).into_response())
        }
        Err(AppError::NotFound) => {
            let (field, said) = match asked {
                Asked::Applications => ("code", words.unknown_code()),
                Asked::Complaint => ("number", words.no_such_complaint()),
                Asked::Letter => ("number", words.unknown_letter()),
            };
            again(form, field, said, wrong)
        }
        Err(AppError::TooMany { retry_after }) => {
            again(form, "code", &words.wait(retry_after), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(error.into()),
    }
}

fn asked(number: &str) -> Option<Asked> {
    if number.is_empty() {
        Some(Asked::Applications)
    } else if complaint::Number::parse(number).is_some() {
        Some(Asked::Complaint)
    } else {
        letter::Number::parse(number).map(|_| Asked::Letter)
    }
}

async fn find(
    (app, auth, words): (&App, &Auth, Language),
    address: Option<IpAddr>,
    asked: Asked,
    form: &Form,
) -> Result<Found, AppError> {
    let (number, code) = (form.text("number"), form.text("code"));
    Ok(match asked {
        Asked::Applications => {
            let told = status_codes::look_up(app, auth, address, code).await?;
            let today = app.clock.today();
            let lines = told.applications.into_iter().map(|one| Line::of(one, today, words)).collect();
            Found::Applications(lines, words.day(jakarta_date(told.expires_at)))
        }
        Asked::Complaint => {
            let own = complaints::status(app, auth, address, number, code).await?;
            Found::Complaint(Complaint::of(own, words))
        }
        Asked::Letter => {
            Found::Letter(Letter::of(letters::check(app, auth, address, number, code).await?, words))
        }
    })
}

impl Line {
    fn of(one: BareApplication, today: NaiveDate, words: Language) -> Self {
        Self {
            tone: tone(one.state, one.held).class(),
            step: words.bare_step(one.state, one.held),
            turn: words.bare_turn(one.state, one.held, one.deadline, today),
            since: words.day(one.since),
            title: one.title,
        }
    }
}

impl Complaint {
    fn of(own: OwnComplaint, words: Language) -> Self {
        Self {
            number: own.number.as_str().to_owned(),
            kind: words.complaint_kind(own.kind),
            state: words.complaint_state(own.state),
            made: words.day(jakarta_date(own.made_at)),
            answer: own.answer,
        }
    }
}

impl Letter {
    fn of(letter: GenuineLetter, words: Language) -> Self {
        Self {
            number: letter.number.as_str().to_owned(),
            issued: words.day(letter.issued_on),
            title: letter.title,
            over: letter.over,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_says_what_is_asked_for() {
        assert_eq!(asked(""), Some(Asked::Applications));
        assert_eq!(asked("adu-2026-0041"), Some(Asked::Complaint));
        assert_eq!(asked("41/2026"), Some(Asked::Letter));
        assert_eq!(asked("K7QX9 RMT2P"), None);
    }
}
