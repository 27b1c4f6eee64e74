//! What is open although its employer is suspended pauses by event: left by an earlier version, or reopened meanwhile
//! because a seat became free. The pause itself is in `app::suspension`.
use super::{Outcome, unless_changed_meanwhile};
use crate::{
    app::{App, AppError, employers::suspension},
    domain::ids::VacancyId,
};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    let mut outcome = Outcome::default();
    for vacancy in suspension::left_open(app).await? {
        outcome.count(pause(app, vacancy).await)?;
    }
    Ok(outcome)
}

async fn pause(app: &App, id: VacancyId) -> Result<bool, AppError> {
    unless_changed_meanwhile(suspension::pause_one(app, id).await)
        .inspect_err(|error| tracing::warn!(vacancy.id = %id, %error, "the vacancy did not pause"))
}
