//! Interests: somebody without a login says that an open vacancy interests them and is told by when an officer calls; officers
//! read who waits and store what came of it. Belongs here: who may do that. Does not belong here: what a reader sees (`seen`).
pub mod seen;

use std::net::IpAddr;

use chrono::{Datelike, NaiveDate};

use crate::{
    app::{
        After, App, AppError,
        access::{Session, Staff, WRONG_ROLE, acting::Acting},
        accounts::auth::Auth,
        audit::{self, AuditEvent},
        calendar,
        error::FieldIssue,
        once::Once,
        own_words, system,
    },
    domain::{
        access::AuditActor,
        codes::{FieldCode, ProblemCode},
        ids::{InterestId, VacancyId},
        interest::{self, Number, Outcome},
        limits,
        phone::Phone,
        region::{self, RegionCode},
        vacancy::NOT_TAKING,
    },
    store::{
        Tx,
        interests::{self, Interest},
        vacancies::{self, Scope},
    },
    transact,
};
use seen::{InterestTold, InterestView};

/// What somebody without a login says.
#[derive(Clone, Debug)]
pub struct NewInterest {
    pub vacancy: VacancyId,
    pub name: String,
    pub phone: String,
    /// Region code.
    pub village: String,
    /// The office may tell of other vacancies too.
    pub other_vacancies: bool,
}

/// Whom and where to call, as it is kept.
struct Judged {
    name: String,
    phone: Phone,
    village: RegionCode,
}

/// Takes an interest: anybody; the same form again is told the same. From one address come so many without a login at most.
///
/// # Errors
/// `vacancy_not_open`, `too_many_attempts` from an address that has to wait, the fields that cannot be accepted.
pub async fn say(
    app: &App,
    auth: &Auth,
    address: Option<IpAddr>,
    session: Option<&Session>,
    new: &NewInterest,
    once: &Once,
) -> Result<InterestTold, AppError> {
    let acting = session.map(Session::acting).transpose()?.unwrap_or_else(Acting::system);
    let limit = &auth.limits().interests;
    let (told, fresh) = transact!(app, tx => {
        if let Some(told) = once.begin::<InterestTold>(app, tx).await? {
            return Ok((told, false));
        }
        limit.check(address)?;
        let told = take(app, tx, &acting, new).await?;
        once.finish(tx, &told).await?;
        Ok((told, true))
    })?;
    if fresh {
        limit.count(address);
    }
    Ok(told)
}

async fn take(app: &App, tx: &mut Tx, acting: &Acting, new: &NewInterest) -> Result<InterestTold, AppError> {
    let judged = judged(new)?;
    let found = vacancies::listed(tx, Scope::Office, new.vacancy).await?.ok_or(AppError::NotFound)?;
    let (now, today) = (app.clock.now(), app.clock.today());
    found.standing().takes_people(today).map_err(|why| AppError::conflict(NOT_TAKING, why))?;
    let call_by = calendar::working_days(tx, today).await?.add_working_days(today, interest::CALL_WITHIN);
    if let Some(told) = said_before(tx, &judged, new, (today, call_by)).await? {
        return Ok(told);
    }
    let count = interests::next_number(tx, i64::from(today.year())).await?;
    let row = Interest {
        id: system::fresh(),
        number: Number::new(count, today.year()),
        vacancy_id: new.vacancy,
        name: judged.name.clone(),
        phone: judged.phone.expose().to_owned(),
        village: judged.village.as_str().to_owned(),
        other_vacancies: new.other_vacancies,
        made_at: now,
        call_by,
        outcome: None,
        handled_at: None,
        handled_by: None,
    };
    if interests::insert(tx, &row).await? == 0 {
        // The same person said it in another form at this moment.
        let told = said_before(tx, &judged, new, (today, call_by)).await?;
        return told.ok_or_else(|| AppError::conflict(ProblemCode::Busy, "another form came at this moment"));
    }
    audit::write(tx, acting, now, AuditEvent::InterestCreate(row.id)).await?;
    Ok(InterestTold { number: row.number, call_by })
}

/// Whoever asks again while they wait is not called twice: what they say now counts, and a day that is over becomes a new one.
async fn said_before(
    tx: &mut Tx,
    judged: &Judged,
    new: &NewInterest,
    (today, usual): (NaiveDate, NaiveDate),
) -> Result<Option<InterestTold>, AppError> {
    let before = interests::waiting(tx, new.vacancy, judged.phone.expose(), &judged.name).await?;
    let Some(before) = before else { return Ok(None) };
    let call_by = if before.call_by < today { usual } else { before.call_by };
    interests::say_again(tx, before.id, judged.village.as_str(), new.other_vacancies, call_by).await?;
    Ok(Some(InterestTold { number: before.number, call_by }))
}

fn judged(new: &NewInterest) -> Result<Judged, AppError> {
    let name = own_words::needed(limits::INTEREST, "name", "name", &new.name);
    let phone = Phone::parse(&new.phone).map_err(|error| FieldIssue::new("phone", error.code(), ""));
    let village = RegionCode::parse(&new.village).ok().filter(RegionCode::is_village);
    let village = village.filter(|code| region::find(*code).is_some());
    let village = village.ok_or_else(|| FieldIssue::new("village", FieldCode::UnknownVillage, ""));
    match (name, phone, village) {
        (Ok(name), Ok(phone), Ok(village)) => Ok(Judged { name, phone, village }),
        (name, phone, village) => {
            let issues = [name.err(), phone.err(), village.err()];
            Err(AppError::Invalid(issues.into_iter().flatten().collect()))
        }
    }
}

/// One page for officers, oldest first: those that wait, or those that were seen to.
pub async fn page(
    app: &App,
    officer: &Staff,
    handled: bool,
    after: After<InterestId>,
    limit: i64,
) -> Result<Vec<InterestView>, AppError> {
    let mut tx = app.db.read().await?;
    listed(app, &mut tx, &officer.acting(), handled, after, limit).await
}

/// The same inside a transaction.
pub async fn listed(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    handled: bool,
    after: After<InterestId>,
    limit: i64,
) -> Result<Vec<InterestView>, AppError> {
    check_reader(acting)?;
    let rows = interests::page(tx, handled, after, limit).await?;
    let today = app.clock.today();
    Ok(rows.into_iter().map(|row| InterestView::of(row, today)).collect())
}

/// The interest of a number, as it is typed: blanks around it and small letters do no harm.
pub async fn numbered(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    number: &str,
) -> Result<Option<InterestView>, AppError> {
    check_reader(acting)?;
    let found = interests::by_number(tx, &number.trim().to_uppercase()).await?;
    Ok(found.map(|row| InterestView::of(row, app.clock.today())))
}

/// How many wait although the day that was told them is over.
pub async fn overdue(app: &App, tx: &mut Tx) -> Result<i64, AppError> {
    Ok(interests::overdue(tx, app.clock.today()).await?)
}

/// Stores what came of calling somebody.
///
/// # Errors
/// `wrong_state` when that was stored before.
pub async fn handle(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: InterestId,
    outcome: Outcome,
) -> Result<InterestView, AppError> {
    check_reader(acting)?;
    let found = interests::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let now = app.clock.now();
    if interests::handle(tx, id, outcome, acting.account(), now).await? == 0 {
        let before = found.interest.outcome.map_or("", Outcome::as_str);
        return Err(AppError::conflict(ProblemCode::WrongState, before));
    }
    audit::write(tx, acting, now, AuditEvent::InterestHandle(id)).await?;
    let found = interests::find(tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(InterestView::of(found, app.clock.today()))
}

fn check_reader(acting: &Acting) -> Result<(), AppError> {
    match acting.actor() {
        AuditActor::Staff | AuditActor::Supervisor | AuditActor::Terminal => Ok(()),
        _ => Err(WRONG_ROLE),
    }
}
