//! First and last day of work, as events bring them: plausible, in order, and by the law on age, which binds on every path
//! by which somebody is put forward or starts, by hand or not. The rules are in `domain::contact` and `domain::person`.
use chrono::NaiveDate;

use super::{Details, Start, engine::Engine};
use crate::{
    app::AppError,
    domain::{
        application::{Event, State},
        contact,
        ids::{PersonId, VacancyId},
        person::{self, Bar},
        workflow::Actor,
    },
    store::{Tx, applications::Application, people, vacancies},
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
    allowed.map_err(|bar| AppError::conflict(bar.as_str(), start.person))
}

/// The first day of work of a hire.
pub(super) async fn check_start(
    engine: &mut Engine<'_>,
    application: &Application,
    details: &Details,
) -> Result<(), AppError> {
    let Some(day) = details.starts_on else {
        return Err(AppError::field("starts_on", "required", ""));
    };
    if !contact::is_plausible_start(day, engine.today) {
        return Err(AppError::field("starts_on", "date_out_of_range", day));
    }
    let allowed = may_start(engine.tx, application.person_id, application.vacancy_id, day).await?;
    allowed.map_err(|bar| AppError::field("starts_on", bar.as_str(), day))
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
    allowed.map_err(|bar| AppError::conflict(bar.as_str(), before.person_id))
}

/// Work does not end before it began.
pub(super) fn check_end(application: &Application, details: &Details) -> Result<(), AppError> {
    match details.ended_on {
        None => Err(AppError::field("ended_on", "required", "")),
        Some(day) if application.starts_on.is_some_and(|first| day < first) => {
            Err(AppError::field("ended_on", "end_before_start", day))
        }
        Some(_) => Ok(()),
    }
}

/// Whether the person may start this work on `day`; an erased person is not found.
async fn may_start(
    tx: &mut Tx,
    person: PersonId,
    vacancy: VacancyId,
    day: NaiveDate,
) -> Result<Result<(), Bar>, AppError> {
    let who = people::find(tx, &people::Scope::default(), person).await?.ok_or(AppError::NotFound)?;
    let work = vacancies::find(tx, None, vacancy).await?.ok_or(AppError::NotFound)?;
    Ok(person::may_work(who.birth_date, day, work.is_internship()))
}
