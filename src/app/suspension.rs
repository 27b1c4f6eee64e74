//! What follows for vacancies when their employer is suspended or reinstated. Belongs here: pausing by an event of the
//! service, told apart from the employer's own pauses by that event, and resuming what was paused so. Does not belong
//! here: whether a vacancy takes people (`domain::vacancy`), which also looks at the employer: a vacancy that escapes the
//! pause (its seat freed meanwhile) takes nobody all the same.
use crate::{
    app::{App, AppError, access::acting::Acting, vacancies, workflow},
    domain::{
        calendar::jakarta_date,
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

/// Pauses by event whatever is open although its employer is suspended: vacancies of employers that were suspended before
/// this was done with the suspension itself, and those that reopened meanwhile because a seat became free. One
/// transaction each; every replica may do it, each vacancy is paused once. Tells how many.
pub async fn pause_left_open(app: &App) -> Result<u64, AppError> {
    let mut tx = app.db.read().await?;
    let left = rows::open_of_suspended(&mut tx).await?;
    tx.rollback().await?;
    let mut paused = 0;
    for vacancy in left {
        paused += u64::from(pause_one(app, vacancy).await?);
    }
    Ok(paused)
}

/// False when somebody else moved the vacancy or reinstated the employer meanwhile.
async fn pause_one(app: &App, id: VacancyId) -> Result<bool, AppError> {
    let paused = transact!(app, tx => {
        let found = rows::lock(tx, id).await?.ok_or(AppError::NotFound)?;
        if !found.employer_state.stands_still() {
            return Ok(false);
        }
        vacancies::act(app, tx, &Acting::system(), id, Event::Suspend.into()).await?;
        Ok(true)
    });
    match paused {
        Err(AppError::Stale { .. } | AppError::Conflict { .. }) => Ok(false),
        other => other,
    }
}
