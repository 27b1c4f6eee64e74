//! Answers that did not come in time: the application lapses, naming who was silent. The freed place goes to the next in
//! the same transaction.
use super::{Outcome, unless_changed_meanwhile};
use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::workflow::{self, Details},
    },
    domain::application::Event,
    store::applications::{self, Application},
    transact,
};

/// Most lapses in one turn; the rest follows in the next.
const AT_ONCE: i64 = 10_000;

pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    let mut tx = app.db.read().await?;
    let due = applications::overdue(&mut tx, app.clock.today(), AT_ONCE).await?;
    tx.rollback().await?;
    let mut outcome = Outcome::default();
    for application in &due {
        outcome.count(lapse(app, application).await)?;
    }
    Ok(outcome)
}

/// Lets one silent application lapse; false when somebody answered meanwhile.
async fn lapse(app: &App, due: &Application) -> Result<bool, AppError> {
    let (id, version) = (due.id, Some(due.version));
    let lapsed = async {
        transact!(app, tx => {
            workflow::act(app, tx, &Acting::system(), id, Event::Lapse, &Details::default(), version).await
        })
    }
    .await;
    unless_changed_meanwhile(lapsed)
        .inspect_err(|error| tracing::warn!(application.id = %id, %error, "the application did not lapse"))
}
