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
            frame::{Frame, Page, Visit},
        },
    },
    words::id::{
        dates,
        pages::{self, check as words, complaint as complaint_words},
    },
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
    Page(Check { frame: visit.frame(), form: Shown::empty(), found: None }).into_response()
}

pub async fn look(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    form: Form,
) -> Result<Response, Problem> {
    let again = |form: Form, field: &str, said: &str, status: StatusCode| {
        let form = Shown::said(form, field, said.to_owned());
        Ok(Page(Check { frame: visit.frame(), form, found: None }).with(status))
    };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if form.text("code").is_empty() {
        return again(form, "code", words::CODE_MISSING, wrong);
    }
    let Some(asked) = asked(form.text("number")) else {
        return again(form, "number", words::NO_NUMBER, wrong);
    };
    match find(&app, &auth, address, asked, &form).await {
        Ok(found) => {
            let page = Check { frame: visit.frame(), form: Shown::empty(), found: Some(found) };
            Ok(Page(page).into_response())
        }
        Err(AppError::NotFound) => {
            let (field, said) = match asked {
                Asked::Applications => ("code", words::UNKNOWN_CODE),
                Asked::Complaint => ("number", pages::NO_SUCH_COMPLAINT),
                Asked::Letter => ("number", words::UNKNOWN_LETTER),
            };
            again(form, field, said, wrong)
        }
        Err(AppError::TooMany { retry_after }) => {
            again(form, "code", &pages::wait(retry_after), StatusCode::TOO_MANY_REQUESTS)
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
    app: &App,
    auth: &Auth,
    address: Option<IpAddr>,
    asked: Asked,
    form: &Form,
) -> Result<Found, AppError> {
    let (number, code) = (form.text("number"), form.text("code"));
    Ok(match asked {
        Asked::Applications => {
            let told = status_codes::look_up(app, auth, address, code).await?;
            let today = app.clock.today();
            let lines = told.applications.into_iter().map(|one| Line::of(one, today)).collect();
            Found::Applications(lines, dates::long(jakarta_date(told.expires_at)))
        }
        Asked::Complaint => {
            Found::Complaint(complaints::status(app, auth, address, number, code).await?.into())
        }
        Asked::Letter => Found::Letter(letters::check(app, auth, address, number, code).await?.into()),
    })
}

impl Line {
    fn of(one: BareApplication, today: NaiveDate) -> Self {
        Self {
            tone: words::tone(one.state, one.held).class(),
            step: words::step(one.state, one.held),
            turn: words::turn(one.state, one.held, one.deadline, today),
            since: dates::long(one.since),
            title: one.title,
        }
    }
}

impl From<OwnComplaint> for Complaint {
    fn from(own: OwnComplaint) -> Self {
        Self {
            number: own.number.as_str().to_owned(),
            kind: complaint_words::kind(own.kind),
            state: complaint_words::state(own.state),
            made: dates::long(jakarta_date(own.made_at)),
            answer: own.answer,
        }
    }
}

impl From<GenuineLetter> for Letter {
    fn from(letter: GenuineLetter) -> Self {
        Self {
            number: letter.number.as_str().to_owned(),
            issued: dates::long(letter.issued_on),
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
