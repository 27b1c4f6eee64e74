//! The office's calendar: the working days by which deadlines are counted, and the edits of its holidays. Belongs here:
//! who reads and who edits, one transaction an edit, and how many told deadlines lie beyond it. Does not belong here: which
//! days may be edited (`domain::holiday`), counting (`domain::calendar`).
//!
//! Whoever computes a deadline reads the holidays in its own transaction, so an edit of one replica holds for all from its
//! commit on. A deadline is stored when it is told; no edit touches one.
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        App, AppError,
        access::{Session, WRONG_ROLE, acting::Acting},
        audit::{self, AuditEvent},
        error::FieldIssue,
    },
    domain::{
        calendar::{Calendar, is_weekend},
        codes::FieldCode,
        holiday::{self, Effect, Holiday, Kind},
        limits,
    },
    store::{Tx, holidays},
};

/// A day on which the office is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HolidayView {
    pub day: NaiveDate,
    /// What it is called.
    pub name: String,
    pub kind: Kind,
    /// No decree has fixed the day yet.
    pub estimate: bool,
    /// A Saturday or Sunday: the office is closed anyway.
    pub weekend: bool,
}

impl From<Holiday> for HolidayView {
    fn from(holiday: Holiday) -> Self {
        let Holiday { day, name, kind, estimate } = holiday;
        Self { day, name, kind, estimate, weekend: is_weekend(day) }
    }
}

/// What an edit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The holiday as it is now; none where a day became a working day.
    pub holiday: Option<HolidayView>,
    /// The holiday that is no more.
    pub removed: Option<HolidayView>,
    /// What it changed.
    pub effect: Effect,
}

/// The working days from a day on, as they are in this transaction.
pub async fn working_days(tx: &mut Tx, from: NaiveDate) -> Result<Calendar, AppError> {
    Ok(holidays::days_from(tx, from).await?.into_iter().collect())
}

/// The holidays of a year (the present one where none is named), with the year: for everybody but residents.
pub async fn year(
    app: &App,
    reader: &Session,
    year: Option<i32>,
) -> Result<(i32, Vec<HolidayView>), AppError> {
    if !reader.audience()?.sees_calendar() {
        return Err(WRONG_ROLE);
    }
    let mut tx = app.db.read().await?;
    of_year(app, &mut tx, year).await
}

/// The same at the terminal.
pub async fn of_year(app: &App, tx: &mut Tx, year: Option<i32>) -> Result<(i32, Vec<HolidayView>), AppError> {
    let year = year.unwrap_or_else(|| app.clock.today().year());
    holiday::check_year(year).map_err(|code| AppError::field("year", code, year))?;
    let ends = [(1, 1), (12, 31)].map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    let [Some(first), Some(last)] = ends else { return Err(AppError::NotFound) };
    let found = holidays::between(tx, first, last).await?;
    Ok((year, found.into_iter().map(HolidayView::from).collect()))
}

/// Declares a holiday, or says one otherwise. What is said already changes nothing and is recorded nowhere.
pub async fn declare(app: &App, tx: &mut Tx, by: &Acting, wanted: Holiday) -> Result<Edited, AppError> {
    by.keeps_calendar()?;
    let (day, name) = (wanted.day, wanted.name.clone());
    let wanted = wanted.checked(app.clock.today()).map_err(|slip| refused(slip, day, &name))?;
    let now = app.clock.now();
    let found = holidays::find(tx, day).await?;
    let is_new = found.is_none();
    if found.as_ref() != Some(&wanted) {
        // Somebody else may have declared it since it was looked for: then it is said otherwise.
        if !is_new || holidays::insert(tx, &wanted, by.account(), now).await? == 0 {
            holidays::set(tx, &wanted, by.account(), now).await?;
        }
        audit::write(tx, by, now, AuditEvent::HolidaySet(day)).await?;
    }
    // What was a holiday before turns nothing; a weekend is named each time.
    let effect = counted(tx, if is_new || is_weekend(day) { vec![day] } else { Vec::new() }).await?;
    Ok(Edited { holiday: Some(wanted.into()), removed: None, effect })
}

/// Takes a holiday away.
pub async fn remove(app: &App, tx: &mut Tx, by: &Acting, day: NaiveDate) -> Result<Edited, AppError> {
    by.keeps_calendar()?;
    let removed = taken(app, tx, day).await?;
    audit::write(tx, by, app.clock.now(), AuditEvent::HolidayRemove(day)).await?;
    let effect = counted(tx, vec![day]).await?;
    Ok(Edited { holiday: None, removed: Some(removed.into()), effect })
}

/// Moves a holiday to the day that a decree fixed, or to a better estimate.
pub async fn move_to(
    app: &App,
    tx: &mut Tx,
    by: &Acting,
    (day, to): (NaiveDate, NaiveDate),
    estimate: bool,
) -> Result<Edited, AppError> {
    by.keeps_calendar()?;
    let now = app.clock.now();
    holiday::check_change(to, app.clock.today()).map_err(|code| AppError::field("to", code, to))?;
    if holidays::find(tx, to).await?.is_some() {
        return Err(AppError::field("to", FieldCode::HolidayTaken, to));
    }
    let removed = taken(app, tx, day).await?;
    let moved = Holiday { day: to, estimate, ..removed.clone() };
    if holidays::insert(tx, &moved, by.account(), now).await? == 0 {
        return Err(AppError::field("to", FieldCode::HolidayTaken, to));
    }
    audit::write(tx, by, now, AuditEvent::HolidayMove(day)).await?;
    audit::write(tx, by, now, AuditEvent::HolidaySet(to)).await?;
    let effect = counted(tx, vec![day, to]).await?;
    Ok(Edited { holiday: Some(moved.into()), removed: Some(removed.into()), effect })
}

/// Says that a decree fixed an estimate on its day.
pub async fn confirm(app: &App, tx: &mut Tx, by: &Acting, day: NaiveDate) -> Result<Edited, AppError> {
    by.keeps_calendar()?;
    holiday::check_change(day, app.clock.today()).map_err(|code| AppError::field("day", code, day))?;
    let found = holidays::find(tx, day).await?.ok_or(AppError::NotFound)?;
    declare(app, tx, by, Holiday { estimate: false, ..found }).await
}

/// Takes a holiday that may still be changed out of the calendar.
async fn taken(app: &App, tx: &mut Tx, day: NaiveDate) -> Result<Holiday, AppError> {
    holiday::check_change(day, app.clock.today()).map_err(|code| AppError::field("day", code, day))?;
    let found = holidays::find(tx, day).await?.ok_or(AppError::NotFound)?;
    if holidays::remove(tx, day).await? == 0 {
        return Err(AppError::NotFound);
    }
    Ok(found)
}

/// What declaring or taking away these days changes, with the deadlines that were told beyond them.
async fn counted(tx: &mut Tx, days: Vec<NaiveDate>) -> Result<Effect, AppError> {
    let effect = Effect::of(days);
    let told = match effect.turned.first() {
        Some(first) => holidays::told_from(tx, *first).await?,
        None => 0,
    };
    Ok(Effect { told, ..effect })
}

fn refused((field, code): (&str, FieldCode), day: NaiveDate, name: &str) -> AppError {
    let issue = match (field, limits::of(limits::HOLIDAY, field)) {
        (_, Some(most)) if code == FieldCode::TooLong => FieldIssue::too_long(field, most),
        ("name", _) => FieldIssue::new(field, code, name.trim()),
        _ => FieldIssue::new(field, code, day),
    };
    AppError::Invalid(vec![issue])
}
