//! Messages about what is late or soon over: answers after an interview or an offer, vacancies near their last day.
use super::Outcome;
use crate::{
    app::{App, AppError, announcing},
    transact,
};

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    Ok(Outcome::of(transact!(app, tx => announcing::tell_late(app, tx).await)?))
}
