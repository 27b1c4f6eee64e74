//! Open vacancies are judged again once by each new finder of flags; the judging itself is in `app::vacancies::flags`.
use super::Outcome;
use crate::{
    app::{App, AppError, vacancies::flags},
    domain::ids::VacancyId,
};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    let mut outcome = Outcome::default();
    for vacancy in flags::judged_otherwise(app).await? {
        outcome.count(judge(app, vacancy).await)?;
    }
    Ok(outcome)
}

async fn judge(app: &App, id: VacancyId) -> Result<bool, AppError> {
    flags::judge_again(app, id)
        .await
        .inspect_err(|error| tracing::warn!(vacancy.id = %id, %error, "the vacancy was not judged again"))
}
