//! The audit is sealed, every full minute once; counts minutes. How is in `audit`.
use super::Outcome;
use crate::app::{App, AppError, audit};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    Ok(Outcome::of(audit::seal_due(app).await?.minutes))
}
