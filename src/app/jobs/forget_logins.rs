//! What no longer protects anybody is forgotten: expired families of refresh tokens, idempotency keys a day old, codes
//! that expired.
use super::Outcome;
use crate::app::{App, AppError, accounts::auth};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    Ok(Outcome::of(auth::forget_expired(app).await?))
}
