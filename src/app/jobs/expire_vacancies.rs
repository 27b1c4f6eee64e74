//! Vacancies past their last day expire; what was open in them closes, which is the workflow's work.
use super::{Outcome, unless_changed_meanwhile};
use crate::{
    app::{App, AppError, vacancies},
    domain::vacancy::{State, has_run_out},
    store::vacancies::{self as rows, Vacancy},
    transact,
};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    let today = app.clock.today();
    let mut tx = app.db.read().await?;
    let mut due = Vec::new();
    for state in [State::Open, State::Paused] {
        due.extend(rows::in_state(&mut tx, state).await?);
    }
    tx.rollback().await?;
    due.retain(|row| has_run_out(row.closes_on, today));
    let mut outcome = Outcome::default();
    for row in &due {
        outcome.count(expire(app, row).await)?;
    }
    Ok(outcome)
}

async fn expire(app: &App, row: &Vacancy) -> Result<bool, AppError> {
    let expired = async { transact!(app, tx => vacancies::expire(app, tx, row).await) }.await;
    unless_changed_meanwhile(expired)
        .inspect_err(|error| tracing::warn!(vacancy.id = %row.id, %error, "the vacancy did not expire"))
}
