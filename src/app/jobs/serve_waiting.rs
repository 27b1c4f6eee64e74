//! Those who wait beside a free slot are referred. What held them up (an answer the employer owed for another vacancy, a
//! limit of the person) may have passed without an event of this vacancy.
use super::Outcome;
use crate::{
    app::{App, AppError, applications::workflow},
    domain::ids::VacancyId,
    store::applications,
    transact,
};

/// Looks at every vacancy with a free slot and a queue; counts those looked at.
pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    let mut tx = app.db.read().await?;
    let waiting = applications::waiting_beside_a_slot(&mut tx).await?;
    tx.rollback().await?;
    let mut outcome = Outcome::default();
    for vacancy in waiting {
        outcome.count(serve(app, vacancy).await)?;
    }
    Ok(outcome)
}

async fn serve(app: &App, vacancy: VacancyId) -> Result<bool, AppError> {
    let served = async { transact!(app, tx => workflow::settle_vacancy(app, tx, vacancy, None).await) }.await;
    served
        .map(|()| true)
        .inspect_err(|error| tracing::warn!(vacancy.id = %vacancy, %error, "the queue was not served"))
}
