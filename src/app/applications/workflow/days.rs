//! First and last day of work, as events bring them: plausible, in order, and by the law on age, which binds on every path
//! by which somebody is put forward or starts, by hand or not. The rules are in `domain::contact` and `domain::person`.
use chrono::NaiveDate;

use super::{Details, Start, engine::Engine};
use crate::{
    app::AppError,
    domain::{
        application::{Event, State},
        codes::FieldCode,
        contact,
        ids::{PersonId, VacancyId},
        machine::Actor,
        person::{self, Bar},
    },
    store::{Tx, applications::Application, contacts, people, vacancies},
};

/// Who is put forward by hand could lawfully start within the time for which starts are agreed. A run has asked for the
/// age already.
pub(super) async fn check_beginning(
    engine: &mut Engine<'_>,
    start: &Start,
    actor: Actor,
) -> Result<(), AppError> {
    if actor == Actor::System {
        return Ok(());
    }
    let latest = contact::latest_start(engine.today);
    let allowed = may_start(engine.tx, start.person, start.vacancy, latest).await?;
    allowed.map_err(|bar| AppError::conflict(bar.code(), start.person))
}

/// The days that an event brings, which `conditions` found plausible: the person is of age on the first, and work does
/// not end before it began.
pub(super) async fn check(
    engine: &mut Engine<'_>,
    application: &Application,
    event: Event,
    details: &Details,
) -> Result<(), AppError> {
    let today = engine.today;
    if let (Event::Extend, Some(day)) = (event, details.deadline)
        && !engine.working_days().await?.is_working_day(day)
    {
        return Err(AppError::field("deadline", FieldCode::DayOff, day));
    }
    match (event, details.starts_on, details.ended_on) {
        (Event::Hire, Some(day), _) => {
            let allowed = may_start(engine.tx, application.person_id, application.vacancy_id, day).await?;
            allowed.map_err(|_| AppError::field("starts_on", FieldCode::BelowLegalAge, day))
        }
        (Event::Start, given, _) => {
            let day = first_day(application.starts_on, given, today)?;
            let allowed = may_start(engine.tx, application.person_id, application.vacancy_id, day).await?;
            allowed.map_err(|_| AppError::field("starts_on", FieldCode::BelowLegalAge, day))
        }
        (Event::End, _, Some(day)) if day > today => {
            Err(AppError::field("ended_on", FieldCode::DateInFuture, day))
        }
        (Event::End, _, Some(day)) if application.starts_on.is_some_and(|first| day < first) => {
            Err(AppError::field("ended_on", FieldCode::EndBeforeStart, day))
        }
        _ => Ok(()),
    }
}

/// The day on which work began: as told, else as agreed. What was agreed for a later day cannot have begun.
fn first_day(
    agreed: Option<NaiveDate>,
    given: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, AppError> {
    let day = given.or(agreed).unwrap_or(today);
    if day > today {
        return Err(AppError::field("starts_on", FieldCode::DateInFuture, day));
    }
    if given.is_some_and(|day| !contact::is_plausible_start(day, today)) {
        return Err(AppError::field("starts_on", FieldCode::DateOutOfRange, day));
    }
    Ok(day)
}

/// Below 18 an internship needs the consent of father, mother or guardian: with the person's own consent, when the first
/// day could be any, and at the latest for the first day that is agreed.
pub(super) async fn check_guardian(
    engine: &mut Engine<'_>,
    application: &Application,
    event: Event,
    details: &Details,
) -> Result<(), AppError> {
    let own_consent = matches!(event, Event::Apply | Event::Consent) && details.consent.is_some();
    let day = match event {
        Event::Hire => details.starts_on.unwrap_or(engine.today),
        _ if own_consent => engine.today,
        _ => return Ok(()),
    };
    let has_signed = details.consent.as_ref().is_some_and(|consent| consent.guardian.is_some());
    if has_signed {
        return Ok(());
    }
    let who = people::find(engine.tx, &people::Scope::Office, application.person_id).await?;
    let who = who.ok_or(AppError::NotFound)?;
    if !person::needs_guardian(who.birth_date, day) {
        return Ok(());
    }
    let work = vacancies::find(engine.tx, None, application.vacancy_id).await?.ok_or(AppError::NotFound)?;
    if !work.is_internship() || contacts::guardian_consents(engine.tx, application.id).await? > 0 {
        return Ok(());
    }
    Err(AppError::field("consent.guardian", FieldCode::GuardianMissing, ""))
}

/// A correction to a state at work: it brings no day, so today counts where none is known.
pub(super) async fn check_correction(
    engine: &mut Engine<'_>,
    before: &Application,
    event: Event,
    to: State,
) -> Result<(), AppError> {
    if event != Event::Correct || !to.takes_seat() || before.state.takes_seat() {
        return Ok(());
    }
    let day = before.starts_on.unwrap_or(engine.today);
    let allowed = may_start(engine.tx, before.person_id, before.vacancy_id, day).await?;
    allowed.map_err(|bar| AppError::conflict(bar.code(), before.person_id))
}

/// Whether the person may start this work on `day`; an erased person is not found.
async fn may_start(
    tx: &mut Tx,
    person: PersonId,
    vacancy: VacancyId,
    day: NaiveDate,
) -> Result<Result<(), Bar>, AppError> {
    let who = people::find(tx, &people::Scope::Office, person).await?.ok_or(AppError::NotFound)?;
    let work = vacancies::find(tx, None, vacancy).await?.ok_or(AppError::NotFound)?;
    Ok(person::may_work(who.birth_date, day, work.is_internship()))
}
