//! What follows for vacancies when their employer is suspended or reinstated. Belongs here: pausing by an event of the
//! service, told apart from the employer's own pauses by that event, and resuming what was paused so. Does not belong
//! here: whether a vacancy takes people (`domain::vacancy`), which also looks at the employer: a vacancy that escapes the
//! pause (its seat freed meanwhile) takes nobody all the same.
use crate::{
    app::{App, AppError, access::acting::Acting, applications::workflow, vacancies},
    domain::{
        calendar::jakarta_date,
        codes::ProblemCode,
        ids::{EmployerId, VacancyId},
        vacancy::{Event, State, has_run_out},
    },
    store::{Tx, employers, vacancies as rows},
    transact,
};

/// Pauses the open vacancies of an employer that was just suspended, in the order of their ids: the service does it on
/// the officer's word.
pub async fn pause(app: &App, tx: &mut Tx, officer: &Acting, id: EmployerId) -> Result<(), AppError> {
    for (vacancy, state, _) in rows::running_of(tx, id).await? {
        if state == State::Open {
            vacancies::act(app, tx, &officer.as_system(), vacancy, Event::Suspend.into()).await?;
        }
    }
    Ok(())
}

/// Lets an employer that was just reinstated go on: first its clocks, since overdue answers hold up referrals; then the
/// vacancies that the suspension paused, those who wait there being served. Its own pauses stay; what ran out meanwhile
/// is left to expire.
pub async fn resume(app: &App, tx: &mut Tx, officer: &Acting, id: EmployerId) -> Result<(), AppError> {
    let running = rows::running_of(tx, id).await?;
    let all: Vec<VacancyId> = running.iter().map(|(vacancy, ..)| *vacancy).collect();
    let stopped_at = employers::suspended_at(tx, id).await?.unwrap_or_else(|| app.clock.now());
    workflow::run_again(app, tx, officer, &all, jakarta_date(stopped_at)).await?;
    for (vacancy, state, paused_by) in running {
        match (state, paused_by) {
            (State::Paused, Some(Event::Suspend)) => {
                let row = rows::find(tx, None, vacancy).await?.ok_or(AppError::NotFound)?;
                if !has_run_out(row.closes_on, app.clock.today()) {
                    vacancies::act(app, tx, &officer.as_system(), vacancy, Event::Reinstate.into()).await?;
                }
            }
            (State::Open, _) => workflow::settle_vacancy(app, tx, vacancy, None).await?,
            _ => {}
        }
    }
    Ok(())
}

/// What is open although its employer is suspended: vacancies of employers that were suspended before the suspension itself
/// paused them, and those that reopened meanwhile because a seat became free.
pub async fn left_open(app: &App) -> Result<Vec<VacancyId>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(rows::open_of_suspended(&mut tx).await?)
}

/// Pauses them all, one transaction each, before a command that is no service; tells how many.
pub async fn pause_left_open(app: &App) -> Result<u64, AppError> {
    let mut paused = 0;
    for vacancy in left_open(app).await? {
        match pause_one(app, vacancy).await {
            Ok(()) => paused += 1,
            // Somebody else moved it meanwhile.
            Err(AppError::Stale { .. } | AppError::Conflict { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(paused)
}

/// Pauses one of them by event.
///
/// # Errors
/// `wrong_state`: the employer was reinstated, or the vacancy moved, meanwhile.
pub async fn pause_one(app: &App, id: VacancyId) -> Result<(), AppError> {
    transact!(app, tx => {
        let found = rows::lock(tx, id).await?.ok_or(AppError::NotFound)?;
        if !found.employer_state.stands_still() {
            return Err(AppError::conflict(ProblemCode::WrongState, found.employer_state));
        }
        vacancies::act(app, tx, &Acting::system(), id, Event::Suspend.into()).await?;
        Ok(())
    })
}
