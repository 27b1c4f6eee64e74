//! Vacancies: posting, completing, verifying, pausing, closing. A wage below the minimum or a prohibited criterion is a
//! flag that staff must answer in writing, never a silent rejection. What a closed vacancy does to its applications is
//! done here in the same transaction.
pub mod flags;
pub mod posting;
pub mod seen;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::workflow,
        audit::{
            self, AuditEvent,
            steps::{self, Step},
        },
        error::FieldIssue,
        readings, system,
    },
    domain::{
        application::{limits::slots_formula, reason::CloseReason},
        codes::{FieldCode, ProblemCode},
        flag::{Answers, Kept},
        ids::{EmployerId, VacancyId},
        intake::vacancy::VacancyDraft,
        machine::Need,
        vacancy::{self, Event, State},
    },
    reading::criteria,
    store::{
        Tx, employers, flags as flag_rows, index_feed,
        vacancies::{self, Counters, Vacancy},
    },
    words::id::files,
};

/// Where a new vacancy comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Whether it is a sample, not a real vacancy.
    pub sample: bool,
    /// Where an imported vacancy comes from.
    pub source: Option<String>,
    /// Its id there.
    pub external_id: Option<String>,
}

/// Stores a new vacancy as a draft (posted by hand) or as incomplete (imported), with what is missing and what is flagged.
/// The same id of the same source twice is a conflict.
pub async fn enter(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    employer: EmployerId,
    draft: &VacancyDraft,
    origin: &Origin,
) -> Result<Vacancy, AppError> {
    let event = if origin.source.is_some() { Event::Import } else { Event::Create };
    let state = vacancy::next(None, event, acting.capacity()?).map_err(workflow::refused)?;
    let blank = blank(employer, origin, state, app.clock.now());
    let mut row = fill(blank, draft, app);
    if origin.source.is_some() {
        // Nobody is there to be asked: what the text says is written down, so that it can be shown.
        let read = readings::read_arrangements(draft);
        row.shuttle = row.shuttle.or(read.shuttle);
        row.dormitory = row.dormitory.or(read.dormitory);
        row.shifts = row.shifts.or(read.shifts);
    }
    if row.title.is_empty() {
        files::UNTITLED.clone_into(&mut row.title);
    }
    if vacancies::insert(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::SourceIdKnown, row.external_id.unwrap_or_default()));
    }
    record(app, tx, acting, &row, None, event, None).await?;
    Ok(row)
}

/// A vacancy of which nothing is known but where it comes from.
fn blank(employer: EmployerId, origin: &Origin, state: State, now: DateTime<Utc>) -> Vacancy {
    Vacancy {
        id: system::fresh(),
        employer_id: employer,
        title: String::new(),
        occupation_code: None,
        classification: "KBJI2014".to_owned(),
        description: String::new(),
        village: None,
        place_text: None,
        seats: None,
        reserved_seats: 0,
        taken: 0,
        live: 0,
        slots: 0,
        wage_min: None,
        wage_max: None,
        working_hours: None,
        conditions: None,
        shuttle: None,
        dormitory: None,
        shifts: None,
        employment_type: None,
        education_min: None,
        experience_months: None,
        skills: Json(Vec::new()),
        certificates: Json(Vec::new()),
        closes_on: None,
        age_min: None,
        age_max: None,
        sex: None,
        marital_status: None,
        flags: Json(Vec::new()),
        missing: Json(Vec::new()),
        restriction_reason: None,
        written_reason: None,
        judged_by: String::new(),
        flags_open_since: None,
        portal_url: None,
        portal_reported: false,
        answers: 0,
        refusals: 0,
        said: None,
        said_at_answers: 0,
        said_at_refusals: 0,
        state,
        sample: origin.sample,
        source: origin.source.clone(),
        external_id: origin.external_id.clone(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// Puts a draft's fields into a row.
fn fill(row: Vacancy, draft: &VacancyDraft, app: &App) -> Vacancy {
    let today = app.clock.today();
    let seats = draft.seats.map(i64::from);
    let left = seats.unwrap_or(0) - row.taken;
    Vacancy {
        title: draft.title.clone().unwrap_or_default(),
        occupation_code: draft.occupation_kbji.clone(),
        description: draft.description.clone(),
        village: draft.village.map(|code| code.to_string()),
        place_text: draft.place_text.clone(),
        seats,
        reserved_seats: i64::from(draft.reserved_seats),
        slots: slots_formula(left, app.rules.slot_ratio_permille).max(row.live),
        wage_min: draft.wage_min.map(|wage| wage.amount()),
        wage_max: draft.wage_max.map(|wage| wage.amount()),
        working_hours: draft.working_hours.clone(),
        conditions: draft.conditions.clone(),
        shuttle: draft.shuttle,
        dormitory: draft.dormitory,
        shifts: draft.shifts,
        employment_type: draft.employment_type.map(|kind| kind.as_str().to_owned()),
        education_min: draft.education_min.map(|level| level.as_str().to_owned()),
        experience_months: draft.experience_months.map(i64::from),
        skills: Json(draft.skills.clone().unwrap_or_default()),
        certificates: Json(draft.certificates.clone()),
        closes_on: draft.closes_on,
        age_min: draft.age_min.map(i64::from),
        age_max: draft.age_max.map(i64::from),
        sex: draft.sex.map(|sex| sex.as_str().to_owned()),
        marital_status: draft.marital_status.clone(),
        flags: Json(flags::of_draft(draft, &row, today)),
        judged_by: criteria::version().to_owned(),
        missing: Json(draft.missing().into_iter().map(|field| field.as_str().to_owned()).collect()),
        restriction_reason: draft.restriction_reason.clone().or(row.restriction_reason),
        portal_reported: draft.karirhub_url.is_some() || row.portal_reported,
        portal_url: draft.karirhub_url.clone().or(row.portal_url),
        ..row
    }
}

/// What an edit brings.
#[derive(Clone, Copy, Debug)]
pub struct Revision<'a> {
    /// The whole content.
    pub draft: &'a VacancyDraft,
    /// By which reasons an officer lets what is flagged through; they count where the table asks for them.
    pub answers: &'a Answers,
    /// The version the caller saw.
    pub expected: i64,
}

/// Replaces the content of a vacancy; which states allow it to whom is in the table.
pub async fn edit(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: VacancyId,
    revision: &Revision<'_>,
) -> Result<Vacancy, AppError> {
    let Revision { draft, answers, expected } = *revision;
    let (capacity, within) = (acting.capacity()?, acting.reach().vacancies()?);
    let counters = locked(tx, within, id).await?;
    let before = vacancies::find(tx, within, id).await?.ok_or(AppError::NotFound)?;
    if before.version != expected {
        return Err(AppError::Stale { given: expected, present: before.version });
    }
    let to = vacancy::next(Some(counters.state), Event::Edit, capacity).map_err(workflow::refused)?;
    let mut next = fill(before.clone(), draft, app);
    if next.seats.unwrap_or(0) < before.taken {
        return Err(AppError::conflict(ProblemCode::SeatsBelowTaken, before.taken));
    }
    if to.is_open() && !next.missing.0.is_empty() {
        return Err(missing_fields(&next.missing.0));
    }
    let needs = vacancy::needs(Some(counters.state), Event::Edit, capacity).map_err(workflow::refused)?;
    let mut told = None;
    if needs.contains(&Need::WrittenReasonIfFlagged) {
        next.flags = Json(flags::answered(next.flags.0, answers)?);
        told = flags::told(answers);
    } else {
        flags::unasked(answers)?;
    }
    next.flags_open_since = flags::open_since(&next.flags.0, before.flags_open_since, app.clock.now());
    (next.state, next.version, next.updated_at) = (to, before.version + 1, app.clock.now());
    if vacancies::swap_content(tx, &before, &next).await? == 0 {
        return Err(AppError::Stale { given: expected, present: before.version + 1 });
    }
    record(app, tx, acting, &next, Some(before.state), Event::Edit, told).await?;
    index_feed::add(tx, "vacancy", id.0).await?;
    if next.seats != before.seats {
        workflow::settle_vacancy(app, tx, id, None).await?;
        return vacancies::find(tx, within, id).await?.ok_or(AppError::NotFound);
    }
    Ok(next)
}

/// What is to happen to a vacancy.
#[derive(Clone, Debug)]
pub struct VacancyStep {
    pub event: Event,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// An officer's reasons for what is flagged (publish).
    pub answers: Answers,
    /// The new last day to apply (extend).
    pub closes_on: Option<NaiveDate>,
    /// The version the caller saw; none for the system and the terminal.
    pub expected: Option<i64>,
}

impl From<Event> for VacancyStep {
    fn from(event: Event) -> Self {
        Self { event, reason: None, answers: Answers::default(), closes_on: None, expected: None }
    }
}

/// Lets an event happen to a vacancy: submit, complete, publish, reject, pause, resume, close ... Whoever acts for an employer
/// finds only that one's vacancies.
pub async fn act(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: VacancyId,
    deed: VacancyStep,
) -> Result<Vacancy, AppError> {
    let VacancyStep { event, reason, answers, closes_on, expected } = deed;
    let (capacity, within) = (acting.capacity()?, acting.reach().vacancies()?);
    let counters = locked(tx, within, id).await?;
    if let Some(given) = expected.filter(|given| *given != counters.version) {
        return Err(AppError::Stale { given, present: counters.version });
    }
    let to = vacancy::next(Some(counters.state), event, capacity).map_err(workflow::refused)?;
    let row = vacancies::find(tx, within, id).await?.ok_or(AppError::NotFound)?;
    check(app, tx, &row, event, acting, reason.as_deref()).await?;
    let published = published(app, &row, event, acting, &answers)?;
    let new_date = new_date(app, event, closes_on)?;
    if vacancies::swap_state(tx, &counters, to, app.clock.now()).await? == 0 {
        return Err(AppError::Stale { given: counters.version, present: counters.version + 1 });
    }
    if let Some(flags) = published {
        flag_rows::set_published(tx, id, Json(flags), criteria::version()).await?;
    }
    if let Some(day) = new_date {
        vacancies::set_closes_on(tx, id, day).await?;
    }
    let next = vacancies::find(tx, within, id).await?.ok_or(AppError::NotFound)?;
    let closes = told_to_applicants(event, reason.as_deref());
    record(app, tx, acting, &next, Some(counters.state), event, reason.or_else(|| flags::told(&answers)))
        .await?;
    index_feed::add(tx, "vacancy", id.0).await?;
    if closes.is_some() || matches!(event, Event::Resume | Event::Reinstate | Event::Extend) {
        workflow::settle_vacancy(app, tx, id, closes).await?;
    }
    Ok(next)
}

/// What applicants are told when the event closes their applications: what the vacancy's own reason means for them.
fn told_to_applicants(event: Event, reason: Option<&str>) -> Option<CloseReason> {
    match event {
        Event::Close => {
            let known = reason.and_then(|code| code.parse::<vacancy::CloseReason>().ok());
            Some(known.map_or(CloseReason::VacancyWithdrawn, vacancy::CloseReason::told_to_applicants))
        }
        Event::Expire => Some(CloseReason::VacancyExpired),
        _ => None,
    }
}

/// The new last day of an event that brings one; today is the earliest.
fn new_date(app: &App, event: Event, given: Option<NaiveDate>) -> Result<Option<NaiveDate>, AppError> {
    if event != Event::Extend {
        return Ok(None);
    }
    match given {
        None => Err(AppError::field("closes_on", FieldCode::Required, "")),
        Some(day) if day < app.clock.today() => {
            Err(AppError::field("closes_on", FieldCode::DateInThePast, day))
        }
        Some(day) if day > vacancy::latest_extension(app.clock.today()) => {
            Err(AppError::field("closes_on", FieldCode::DateOutOfRange, day))
        }
        Some(day) => Ok(Some(day)),
    }
}

async fn locked(tx: &mut Tx, within: Option<EmployerId>, id: VacancyId) -> Result<Counters, AppError> {
    vacancies::find(tx, within, id).await?.ok_or(AppError::NotFound)?;
    vacancies::lock(tx, id).await?.ok_or(AppError::NotFound)
}

/// What an event asks for besides the click.
async fn check(
    app: &App,
    tx: &mut Tx,
    row: &Vacancy,
    event: Event,
    acting: &Acting,
    reason: Option<&str>,
) -> Result<(), AppError> {
    if matches!(event, Event::Submit | Event::Complete | Event::Publish | Event::Resume) {
        if !row.missing.0.is_empty() {
            return Err(missing_fields(&row.missing.0));
        }
        if let Some(last) = row.closes_on
            && vacancy::has_run_out(row.closes_on, app.clock.today())
        {
            return Err(AppError::field("closes_on", FieldCode::DateInThePast, last));
        }
    }
    if matches!(event, Event::Publish | Event::Resume) {
        let employer = employers::find(tx, row.employer_id).await?.ok_or(AppError::NotFound)?;
        if !employer.state.may_publish() {
            return Err(AppError::conflict(ProblemCode::EmployerNotVerified, employer.state));
        }
    }
    let silent = reason.is_none_or(|text| text.trim().is_empty());
    for need in vacancy::needs(Some(row.state), event, acting.capacity()?).map_err(workflow::refused)? {
        let asked = matches!(need, Need::WrittenReason | Need::Reason);
        if asked && silent {
            return Err(AppError::field("reason", FieldCode::Required, ""));
        }
    }
    Ok(())
}

/// The flags with which a vacancy is published: judged by the present finder, each with an officer's reason. None for an
/// event that asks for no reasons.
fn published(
    app: &App,
    row: &Vacancy,
    event: Event,
    acting: &Acting,
    answers: &Answers,
) -> Result<Option<Vec<Kept>>, AppError> {
    let needs = vacancy::needs(Some(row.state), event, acting.capacity()?).map_err(workflow::refused)?;
    if needs.contains(&Need::WrittenReasonIfFlagged) {
        let judged = flags::of_row(row, false, app.clock.today());
        return flags::answered(judged, answers).map(Some);
    }
    flags::unasked(answers)?;
    Ok(None)
}

fn missing_fields(missing: &[String]) -> AppError {
    AppError::Invalid(missing.iter().map(|field| FieldIssue::new(field, FieldCode::Required, "")).collect())
}

async fn record(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    row: &Vacancy,
    from: Option<State>,
    event: Event,
    reason: Option<String>,
) -> Result<(), AppError> {
    let (object, version, to) = (row.id, row.version, row.state);
    let step = Step { object, version, from, to, reason, cause: None };
    steps::of_vacancy(tx, acting, app.clock.now(), event, step).await
}

/// Lets a vacancy past its date expire, as it was seen.
pub async fn expire(app: &App, tx: &mut Tx, row: &Vacancy) -> Result<Vacancy, AppError> {
    act(
        app,
        tx,
        &Acting::system(),
        row.id,
        VacancyStep { expected: Some(row.version), ..Event::Expire.into() },
    )
    .await
}

/// Records what the employer said about many refusals: referrals go on.
pub async fn record_said(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: VacancyId,
    said: String,
) -> Result<Vacancy, AppError> {
    if said.trim().is_empty() {
        return Err(AppError::field("said", FieldCode::Required, ""));
    }
    if vacancies::set_said(tx, id, said).await? == 0 {
        return Err(AppError::NotFound);
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::EmployerSaid(id)).await?;
    workflow::settle_vacancy(app, tx, id, None).await?;
    vacancies::find(tx, None, id).await?.ok_or(AppError::NotFound)
}
