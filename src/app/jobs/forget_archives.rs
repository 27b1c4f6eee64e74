//! The numbers of match runs are forgotten when they were kept long enough; how long is in `replay`.
use super::Outcome;
use crate::app::{App, AppError, runs::replay};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    Ok(Outcome::of(replay::forget_due(app).await?))
}
