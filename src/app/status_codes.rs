//! Codes on paper with which somebody sees where a person's applications stand, without a login: what the person works for
//! and how far each is, nothing that says who the person or the employer is. Belongs here: making, revoking and looking up.
//! Does not belong here: how a code looks (`domain::short_code`), what is shown of it (`seen`).
pub mod seen;

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::{
        App, AppError,
        access::{
            Session, WRONG_ROLE,
            acting::{Acting, Reach},
        },
        accounts::auth::Auth,
        audit::{self, AuditEvent},
        system,
    },
    domain::{
        codes::ProblemCode,
        ids::PersonId,
        short_code::{Code, SLIP_DAYS},
    },
    store::{
        Tx, people,
        status_codes::{self, StatusCode},
    },
};
use seen::{StatusCodeView, StatusSlip, StatusTold};

/// Most applications that a code tells of.
const MOST: i64 = 20;

/// Makes a code for a person of the login; the one before becomes void. It is told in this answer and never again. The same
/// seed of the same person is the same code, so that a form that is sent twice is answered twice with it; without one it is drawn.
///
/// # Errors
/// `role_not_allowed` for whoever is no resident, `not_found` for a person of another login, `busy` when another one is made
/// at this moment.
pub async fn make(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    seed: Option<&str>,
) -> Result<StatusSlip, AppError> {
    own(tx, acting, person).await?;
    let code = code_of(app, person, seed)?;
    let now = app.clock.now();
    status_codes::revoke(tx, person, now).await?;
    let row = StatusCode {
        id: system::fresh(),
        person_id: person,
        code_hash: app.keys.short_code_hash(code.expose()),
        made_at: now,
        expires_at: now + TimeDelta::days(SLIP_DAYS),
        revoked_at: None,
    };
    if status_codes::insert(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::Busy, "another code was made at this moment"));
    }
    audit::write(tx, acting, now, AuditEvent::PersonStatusCode(person)).await?;
    Ok(StatusSlip { code: code.in_fives(), expires_at: row.expires_at })
}

/// The slip that this seed made, while its code is open: for a form that was sent before.
pub async fn made_before(
    app: &App,
    acting: &Acting,
    person: PersonId,
    seed: &str,
) -> Result<Option<StatusSlip>, AppError> {
    let code = code_of(app, person, Some(seed))?;
    let mut tx = app.db.read().await?;
    own(&mut tx, acting, person).await?;
    let found = status_codes::find(&mut tx, &app.keys.short_code_hash(code.expose())).await?;
    let found = found.filter(|row| row.person_id == person && is_open(row, app.clock.now()));
    Ok(found.map(|row| StatusSlip { code: code.in_fives(), expires_at: row.expires_at }))
}

/// Revokes the code of a person of the login; whoever has it is answered as if it had never been. Without one nothing happens.
///
/// # Errors
/// As for `make`.
pub async fn revoke(app: &App, tx: &mut Tx, acting: &Acting, person: PersonId) -> Result<(), AppError> {
    own(tx, acting, person).await?;
    let now = app.clock.now();
    if status_codes::revoke(tx, person, now).await? > 0 {
        audit::write(tx, acting, now, AuditEvent::PersonStatusCodeRevoke(person)).await?;
    }
    Ok(())
}

/// The open code of a person of the login, as far as anybody can tell: since when and until when.
///
/// # Errors
/// As for `make`.
pub async fn current(
    app: &App,
    session: &Session,
    person: PersonId,
) -> Result<Option<StatusCodeView>, AppError> {
    let mut tx = app.db.read().await?;
    own(&mut tx, &session.acting()?, person).await?;
    let found = status_codes::of_person(&mut tx, person).await?;
    let open = found.into_iter().find(|row| is_open(row, app.clock.now()));
    Ok(open.map(|row| StatusCodeView { made_at: row.made_at, expires_at: row.expires_at }))
}

/// Where the applications of a code's person stand. A code that is wrong, expired or revoked is answered alike, after the
/// same work, and counted with wrong tries at other codes from this address.
///
/// # Errors
/// `not_found`, `too_many_attempts` from an address that has to wait.
pub async fn look_up(
    app: &App,
    auth: &Auth,
    address: Option<IpAddr>,
    typed: &str,
) -> Result<StatusTold, AppError> {
    auth.attempts().check(address)?;
    let code = Code::parse(typed);
    // What is no code is looked for like one.
    let hash = app.keys.short_code_hash(code.as_ref().map_or("", Code::expose));
    let mut tx = app.db.read().await?;
    let found = status_codes::find(&mut tx, &hash).await?;
    let Some(row) = found.filter(|row| is_open(row, app.clock.now())) else {
        auth.attempts().count(address);
        return Err(AppError::NotFound);
    };
    let rows = status_codes::applications(&mut tx, row.person_id, MOST).await?;
    Ok(StatusTold::of(rows, row.expires_at))
}

/// Nobody but the person's own login hands out where they stand.
async fn own(tx: &mut Tx, acting: &Acting, person: PersonId) -> Result<(), AppError> {
    let Reach::Account(_) = acting.reach() else { return Err(WRONG_ROLE) };
    people::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    Ok(())
}

fn code_of(app: &App, person: PersonId, seed: Option<&str>) -> Result<Code, AppError> {
    let seed = match seed {
        Some(seed) => seed.to_owned(),
        None => system::hex(&system::random::<32>()?),
    };
    Ok(app.keys.short_code("slip", &format!("{person} {seed}")))
}

fn is_open(row: &StatusCode, now: DateTime<Utc>) -> bool {
    row.revoked_at.is_none() && row.expires_at > now
}
