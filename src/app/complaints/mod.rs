//! Complaints: made by residents, by officers for them, and without a name; taken and closed by officers. Belongs here: who may
//! make and handle one, and the code with which a nameless one is looked up. Does not belong here: what a reader sees (`seen`).
//! An employer reads of none.
pub mod seen;

use std::net::IpAddr;

use chrono::Datelike;

use crate::{
    app::{
        After, App, AppError,
        access::{Session, Staff, Trainee, WRONG_ROLE, acting::Acting},
        accounts::{activation::fresh_code, auth::Auth},
        audit::{self, AuditEvent},
        once::Once,
        own_words, system,
    },
    domain::{
        access::AuditActor,
        activation::Code,
        application::Event,
        codes::{FieldCode, ProblemCode},
        complaint::{self, Kind, Number, State},
        ids::{ApplicationId, ComplaintId, EmployerId, PersonId, VacancyId},
        limits,
    },
    store::{
        Tx, applications,
        complaints::{self, Complaint, Listed},
        employers, people, vacancies,
    },
    transact,
};
use seen::{ComplaintMade, ComplaintView, OwnComplaint};

/// What somebody says was done.
#[derive(Clone, Debug)]
pub struct NewComplaint {
    pub kind: Kind,
    pub said: String,
    /// How somebody without a name may be reached.
    pub contact: Option<String>,
    pub person: Option<PersonId>,
    pub vacancy: Option<VacancyId>,
    pub employer: Option<EmployerId>,
    pub application: Option<ApplicationId>,
}

/// Makes a complaint: anybody, with a login or without. The code is told once. From one address come so many nameless ones at
/// most: a login has a name, and is not counted. A form of a page that is sent again is told the same, and makes no other.
///
/// # Errors
/// `too_many_attempts` from an address that has to wait.
pub async fn receive(
    app: &App,
    auth: &Auth,
    address: Option<IpAddr>,
    session: Option<&Session>,
    (new, once): (&NewComplaint, Option<&Once>),
) -> Result<ComplaintMade, AppError> {
    let address = address.filter(|_| session.is_none());
    let (told, fresh) = transact!(app, tx => {
        if let Some(once) = once
            && let Some(told) = once.begin::<ComplaintMade>(app, tx).await?
        {
            return Ok((told, false));
        }
        auth.complaints().check(address)?;
        let told = make(app, tx, session, new).await?;
        if let Some(once) = once {
            once.finish(tx, &told).await?;
        }
        Ok((told, true))
    })?;
    if fresh {
        auth.complaints().count(address);
    }
    Ok(told)
}

/// Makes a complaint in the caller's transaction, from wherever it comes.
pub(crate) async fn make(
    app: &App,
    tx: &mut Tx,
    session: Option<&Session>,
    new: &NewComplaint,
) -> Result<ComplaintMade, AppError> {
    let acting = session.map(Session::acting).transpose()?;
    let mut new = judged(new)?;
    check_about(tx, acting.as_ref(), &mut new).await?;
    let code = fresh_code()?;
    let row = stored(app, tx, &new, Some(&code)).await?;
    audit::write(
        tx,
        &acting.unwrap_or_else(Acting::system),
        row.made_at,
        AuditEvent::ComplaintCreate(row.id),
    )
    .await?;
    Ok(ComplaintMade { number: row.number, code: code.in_fours(), state: row.state })
}

/// Opens the complaint that a reason for leaving an application is, in the same transaction; its number.
pub(crate) async fn open_for_application(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    (kind, said): (Kind, &str),
    about: (PersonId, VacancyId, ApplicationId),
) -> Result<Number, AppError> {
    let (person, vacancy, application) = about;
    let employer = vacancies::find(tx, None, vacancy).await?.map(|found| found.employer_id);
    let new = NewComplaint {
        kind,
        said: said.to_owned(),
        contact: None,
        person: Some(person),
        vacancy: Some(vacancy),
        employer,
        application: Some(application),
    };
    let row = stored(app, tx, &new, None).await?;
    audit::write(tx, acting, row.made_at, AuditEvent::ComplaintCreate(row.id)).await?;
    Ok(row.number)
}

async fn stored(
    app: &App,
    tx: &mut Tx,
    new: &NewComplaint,
    code: Option<&Code>,
) -> Result<Complaint, AppError> {
    let year = app.clock.today().year();
    let count = complaints::next_number(tx, i64::from(year)).await?;
    let row = Complaint {
        id: system::fresh(),
        number: Number::new(count, year),
        kind: new.kind,
        said: new.said.clone(),
        contact: new.contact.clone(),
        person_id: new.person,
        vacancy_id: new.vacancy,
        employer_id: new.employer,
        application_id: new.application,
        code_hash: code.map(|code| app.keys.code_hash(code)),
        state: State::Open,
        answer: None,
        handled_by: None,
        made_at: app.clock.now(),
        closed_at: None,
    };
    complaints::insert(tx, &row).await?;
    Ok(row)
}

/// What was said, and how somebody may be reached: not empty, not too long, without a NIK.
fn judged(new: &NewComplaint) -> Result<NewComplaint, AppError> {
    let said = own_words::needed(limits::COMPLAINT, "said", "said", &new.said);
    let contact = own_words::optional(limits::COMPLAINT, "contact", new.contact.as_deref());
    match (said, contact) {
        (Ok(said), Ok(contact)) => Ok(NewComplaint { said, contact, ..new.clone() }),
        (said, contact) => Err(AppError::Invalid(said.err().into_iter().chain(contact.err()).collect())),
    }
}

/// What it is about is there, and within reach where it is somebody's own; a vacancy and an application name their employer.
async fn check_about(tx: &mut Tx, acting: Option<&Acting>, new: &mut NewComplaint) -> Result<(), AppError> {
    if let Some(id) = new.application {
        let acting =
            acting.ok_or_else(|| AppError::field("application_id", FieldCode::PeopleNotAllowed, id))?;
        let found = applications::find(tx, &acting.reach().applications()?, id).await?;
        let found = found.ok_or_else(|| AppError::field("application_id", FieldCode::UnknownValue, id))?;
        (new.person, new.vacancy) = (Some(found.person_id), Some(found.vacancy_id));
    }
    if let Some(id) = new.person {
        let acting = acting.ok_or_else(|| AppError::field("person_id", FieldCode::PeopleNotAllowed, id))?;
        let found = people::find(tx, &acting.reach().people()?, id).await?;
        found.ok_or_else(|| AppError::field("person_id", FieldCode::UnknownPerson, id))?;
    }
    if let Some(id) = new.vacancy {
        let found = vacancies::find(tx, None, id).await?;
        let found = found.ok_or_else(|| AppError::field("vacancy_id", FieldCode::UnknownValue, id))?;
        new.employer = Some(found.employer_id);
    } else if let Some(id) = new.employer {
        let found = employers::find(tx, id).await?;
        found.ok_or_else(|| AppError::field("employer_id", FieldCode::UnknownEmployer, id))?;
    }
    Ok(())
}

/// Where the complaint of a number stands, for whoever has its code; wrong tries of an address are counted with those at codes.
pub async fn status(
    app: &App,
    auth: &Auth,
    address: Option<IpAddr>,
    number: &str,
    code: &str,
) -> Result<OwnComplaint, AppError> {
    auth.attempts().check(address)?;
    let found = match (Number::parse(number), Code::parse(code)) {
        (Some(number), Some(code)) => {
            let mut tx = app.db.read().await?;
            complaints::by_code(&mut tx, &number, &app.keys.code_hash(&code)).await?
        }
        _ => None,
    };
    if found.is_none() {
        auth.attempts().count(address);
    }
    found.map(OwnComplaint::from).ok_or(AppError::NotFound)
}

/// One page for officers; what may be about one of them is for supervisors.
pub async fn page(
    app: &App,
    officer: &Staff,
    state: Option<State>,
    after: After<ComplaintId>,
    limit: i64,
) -> Result<Vec<ComplaintView>, AppError> {
    let mut tx = app.db.read().await?;
    listed(&mut tx, &officer.acting(), state, after, limit).await
}

/// The same inside a transaction.
pub async fn listed(
    tx: &mut Tx,
    acting: &Acting,
    state: Option<State>,
    after: After<ComplaintId>,
    limit: i64,
) -> Result<Vec<ComplaintView>, AppError> {
    let kept = Kind::ALL.iter().copied().find(|kind| !reads(acting, *kind));
    let rows = complaints::page(tx, state, kept, after, limit).await?;
    Ok(rows.into_iter().map(ComplaintView::from).collect())
}

/// The complaint of a number, as far as whoever acts reads it.
pub async fn numbered(tx: &mut Tx, acting: &Acting, number: &str) -> Result<Option<ComplaintView>, AppError> {
    let Some(number) = Number::parse(number) else { return Ok(None) };
    let found = complaints::by_number(tx, &number).await?;
    Ok(found.filter(|row| reads(acting, row.complaint.kind)).map(ComplaintView::from))
}

/// The complaints of the persons a login holds.
pub async fn own(app: &App, who: &Trainee) -> Result<Vec<OwnComplaint>, AppError> {
    let scope = who.acting().reach().people()?;
    let mut tx = app.db.read().await?;
    let mut found = Vec::new();
    for person in people::page(&mut tx, &scope, None, i64::MAX).await? {
        found.extend(complaints::of_person(&mut tx, person.id).await?);
    }
    Ok(found.into_iter().map(OwnComplaint::from).collect())
}

/// Takes an open complaint: the officer looks into it from now on.
pub async fn take(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: ComplaintId,
) -> Result<ComplaintView, AppError> {
    let found = within_reach(tx, acting, id).await?;
    if complaints::take(tx, id, acting.account()).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.complaint.state));
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::ComplaintTake(id)).await?;
    Ok(within_reach(tx, acting, id).await?.into())
}

/// Closes a complaint with what was found, which whoever complained reads.
pub async fn close(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: ComplaintId,
    founded: bool,
    answer: &str,
) -> Result<ComplaintView, AppError> {
    let found = within_reach(tx, acting, id).await?;
    let answer = own_words::needed(limits::COMPLAINT, "answer", "answer", answer)?;
    let (state, now) = (State::closed(founded), app.clock.now());
    if complaints::close(tx, id, state, &answer, acting.account(), now).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.complaint.state));
    }
    audit::write(tx, acting, now, AuditEvent::ComplaintClose(id)).await?;
    Ok(within_reach(tx, acting, id).await?.into())
}

/// Whether somebody of the office reads complaints of a kind.
fn reads(acting: &Acting, kind: Kind) -> bool {
    !kind.for_supervisors_only() || acting.actor() == AuditActor::Supervisor
}

/// A complaint that this officer reads; another one does not exist.
async fn within_reach(tx: &mut Tx, acting: &Acting, id: ComplaintId) -> Result<Listed, AppError> {
    if !matches!(acting.actor(), AuditActor::Staff | AuditActor::Supervisor | AuditActor::Terminal) {
        return Err(WRONG_ROLE);
    }
    let found = complaints::find(tx, id).await?.ok_or(AppError::NotFound)?;
    if reads(acting, found.complaint.kind) { Ok(found) } else { Err(AppError::NotFound) }
}

/// The complaint that leaving an application for this reason is, if it is one.
pub(crate) fn of_leaving(event: Event, reason: Option<&str>, words: Option<&str>) -> Option<(Kind, String)> {
    let kind = complaint::opened_by(event, reason?)?;
    let most = limits::of(limits::COMPLAINT, "said").unwrap_or(usize::MAX);
    let said: String = words.unwrap_or_default().trim().chars().take(most).collect();
    // Whoever gave no words said as much as the reason does.
    Some((kind, if said.is_empty() { reason?.to_owned() } else { said }))
}
