//! Employers: registering, verifying, suspending, and their hiring plans.
pub mod plans;
pub mod registration;
pub mod seen;
pub mod suspension;

use crate::{
    app::{
        App, AppError,
        access::{Verifying, acting::Acting},
        applications::workflow,
        audit::steps::{self, Step},
        employers::seen::EmployerView,
        system,
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        employer::{self, Event, State},
        ids::EmployerId,
        intake::employer::EmployerDraft,
    },
    store::{
        Tx,
        employers::{self, Employer},
    },
};

/// Registers an employer; a business number that is known is a conflict.
pub async fn register(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    draft: &EmployerDraft,
    sample: bool,
) -> Result<Employer, AppError> {
    let now = app.clock.now();
    let phone = draft.contact_phone.as_ref().map(|phone| phone.expose().to_owned());
    let row = Employer {
        id: system::fresh(),
        name: draft.name.clone(),
        nib: Some(draft.nib.as_str().to_owned()),
        industry: draft.industry.clone(),
        address: draft.address.clone(),
        village: draft.village.map(|code| code.to_string()),
        contact_name: draft.contact_name.clone(),
        contact_phone: phone.or_else(|| draft.landline.clone()),
        email: draft.email.clone(),
        state: employer::next(None, Event::Register, acting.capacity()?).map_err(workflow::refused)?,
        sample,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    enter(app, tx, acting, row).await
}

/// Registers an employer of which only a name is known (imported advertisements).
pub async fn register_by_name(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    name: &str,
    sample: bool,
) -> Result<Employer, AppError> {
    if let Some(known) = employers::find_by_name(tx, name).await? {
        return Ok(known);
    }
    let now = app.clock.now();
    let row = Employer {
        id: system::fresh(),
        name: name.to_owned(),
        nib: None,
        industry: None,
        address: None,
        village: None,
        contact_name: None,
        contact_phone: None,
        email: None,
        state: employer::next(None, Event::Register, acting.capacity()?).map_err(workflow::refused)?,
        sample,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    enter(app, tx, acting, row).await
}

async fn enter(app: &App, tx: &mut Tx, acting: &Acting, row: Employer) -> Result<Employer, AppError> {
    if employers::insert(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::NibKnown, row.nib.unwrap_or_default()));
    }
    record(app, tx, acting, &row, None, Event::Register, None).await?;
    Ok(row)
}

/// Lets an event happen to an employer: verify, suspend, reinstate, reject. What a suspension means for its vacancies and
/// for those referred to it is in `suspension`.
pub async fn act(
    app: &App,
    tx: &mut Tx,
    officer: &Verifying,
    id: EmployerId,
    event: Event,
    reason: Option<String>,
    expected: i64,
) -> Result<EmployerView, AppError> {
    Ok(change(app, tx, &officer.acting(), id, event, reason, Some(expected)).await?.into())
}

/// As `act`, for the command line.
pub async fn change(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: EmployerId,
    event: Event,
    reason: Option<String>,
    expected: Option<i64>,
) -> Result<Employer, AppError> {
    let before = employers::find(tx, id).await?.ok_or(AppError::NotFound)?;
    if let Some(given) = expected.filter(|given| *given != before.version) {
        return Err(AppError::Stale { given, present: before.version });
    }
    let to = employer::next(Some(before.state), event, acting.capacity()?).map_err(workflow::refused)?;
    let needs = employer::needs(Some(before.state), event, acting.capacity()?).map_err(workflow::refused)?;
    let wants_words = needs.contains(&crate::domain::machine::Need::WrittenReason);
    if wants_words && reason.as_deref().is_none_or(|text| text.trim().is_empty()) {
        return Err(AppError::field("reason", FieldCode::Required, ""));
    }
    let now = app.clock.now();
    if employers::swap_state(tx, &before, to, now).await? == 0 {
        return Err(AppError::Stale { given: before.version, present: before.version + 1 });
    }
    let next = Employer { state: to, version: before.version + 1, updated_at: now, ..before.clone() };
    record(app, tx, acting, &next, Some(before.state), event, reason).await?;
    match event {
        Event::Suspend => suspension::pause(app, tx, acting, id).await?,
        Event::Reinstate => suspension::resume(app, tx, acting, id).await?,
        Event::Register | Event::Verify | Event::Reject => {}
    }
    Ok(next)
}

async fn record(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    row: &Employer,
    from: Option<State>,
    event: Event,
    reason: Option<String>,
) -> Result<(), AppError> {
    let (object, version, to) = (row.id, row.version, row.state);
    let step = Step { object, version, from, to, reason, cause: None };
    steps::of_employer(tx, acting, app.clock.now(), event, step).await
}
