//! Match runs whose process no longer says that it is alive end as failed, so that the next one may begin.
use super::Outcome;
use crate::app::{App, AppError, runs::computing};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    Ok(Outcome::of(computing::end_lost(app).await?))
}
