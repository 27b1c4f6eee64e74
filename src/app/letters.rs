//! Referral letters (surat pengantar): the code that is printed beside the number, by which anybody finds out whether a letter
//! is genuine. The code is worked out from the letter with a key of the installation; none is stored. Belongs here: telling
//! the code to whoever sees the application, and checking one. Does not belong here: giving numbers (`applications`).
use std::net::IpAddr;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{App, AppError, access::Session, accounts::auth::Auth, applications as open},
    domain::{
        application::Event, calendar::jakarta_date, ids::ApplicationId, letter::Number, short_code::Code,
    },
    store::{Tx, events, letters},
};

/// What is printed on a letter.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Letter)]
pub struct LetterView {
    pub number: Number,
    /// Ten characters in fives; with the number anybody finds out whether the letter is genuine.
    #[schema(example = "K7QX9 RMT2P")]
    pub code: String,
    /// Business date of the referral.
    pub issued_on: NaiveDate,
}

/// A letter that is genuine: nothing of whom it is about or whom it is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GenuineLetter {
    pub number: Number,
    /// Business date of the referral.
    pub issued_on: NaiveDate,
    /// For which job.
    pub title: String,
    /// The application came to an end: the letter leads nowhere any more.
    pub over: bool,
}

/// The letter of an application within reach.
///
/// # Errors
/// `not_found` also where none was written.
pub async fn of(app: &App, session: &Session, id: ApplicationId) -> Result<LetterView, AppError> {
    let mut tx = app.db.read().await?;
    let card = open::read(&mut tx, session, id).await?;
    let number = card.application.letter_number.ok_or(AppError::NotFound)?;
    let issued_on = issued_on(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(LetterView { code: code(app, id, &number), number, issued_on })
}

/// The code that stands on the letter of this number, for whoever was shown the number.
pub fn code(app: &App, id: ApplicationId, number: &Number) -> String {
    app.keys.short_code("letter", &seed(id, number)).in_fives()
}

/// Whether a letter of this number and code was written. Both wrong numbers and wrong codes are answered alike, and counted
/// with wrong tries at other codes from this address.
///
/// # Errors
/// `not_found`, `too_many_attempts` from an address that has to wait.
pub async fn check(
    app: &App,
    auth: &Auth,
    address: Option<IpAddr>,
    number: &str,
    code: &str,
) -> Result<GenuineLetter, AppError> {
    auth.attempts().check(address)?;
    let found = genuine(app, number, code).await?;
    if found.is_none() {
        auth.attempts().count(address);
    }
    found.ok_or(AppError::NotFound)
}

async fn genuine(app: &App, number: &str, code: &str) -> Result<Option<GenuineLetter>, AppError> {
    let (Some(number), Some(code)) = (Number::parse(number), Code::parse(code)) else { return Ok(None) };
    let mut tx = app.db.read().await?;
    let Some(row) = letters::by_number(&mut tx, &number).await? else { return Ok(None) };
    if !app.keys.is_short_code("letter", &seed(row.id, &number), &code) {
        return Ok(None);
    }
    let issued_on = issued_on(&mut tx, row.id).await?;
    Ok(issued_on.map(|issued_on| GenuineLetter {
        number,
        issued_on,
        title: row.title,
        over: row.state.is_final(),
    }))
}

fn seed(id: ApplicationId, number: &Number) -> String {
    format!("{id} {}", number.as_str())
}

/// The day of the last referral: one that was taken back left no letter.
async fn issued_on(tx: &mut Tx, id: ApplicationId) -> Result<Option<NaiveDate>, AppError> {
    let history = events::history(tx, id).await?;
    let referral = history.iter().rev().find(|event| event.event == Event::Refer);
    Ok(referral.map(|event| jakarta_date(event.at)))
}
