//! What happens because time passes: vacancies expire, those of suspended employers pause, employers are reminded, silent answers lapse, the audit is sealed,
//! archives of runs are forgotten in time.
//! Every replica may run it: each change is a compare-and-swap, so it happens once. A lapse hands the freed place to the
//! next in the same transaction.
use std::time::Duration;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        audit, reminders, replay, suspension, vacancies,
        workflow::{self, Details},
    },
    domain::application::Event,
    store::applications::{self, Application},
    transact,
};

/// How often the clock is looked at.
const EVERY: Duration = Duration::from_secs(60);

/// Most lapses in one look; the rest follows a minute later.
const AT_ONCE: i64 = 500;

/// Does the clock's work until dropped.
pub async fn run(app: App) {
    loop {
        if let Err(error) = tick(&app).await {
            tracing::warn!(%error, "the clock's work failed and is tried again");
        }
        if let Err(error) = audit::seal_due(&app).await {
            tracing::warn!(%error, "the audit was not sealed; it is tried again");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// One look at the clock; gives how many vacancies expired and how many applications lapsed.
pub async fn tick(app: &App) -> Result<(u64, u64), AppError> {
    suspension::pause_left_open(app).await?;
    let expired = transact!(app, tx => vacancies::expire_due(app, tx).await)?;
    reminders::remind(app).await?;
    let mut tx = app.db.read().await?;
    let due = applications::overdue(&mut tx, app.clock.today(), AT_ONCE).await?;
    tx.rollback().await?;
    let mut lapsed = 0;
    for application in due {
        lapsed += u64::from(lapse(app, &application).await?);
    }
    workflow::serve_waiting(app).await?;
    replay::forget_due(app).await?;
    Ok((expired, lapsed))
}

/// Lets one silent application lapse; false when somebody answered meanwhile.
async fn lapse(app: &App, due: &Application) -> Result<bool, AppError> {
    let (id, version) = (due.id, Some(due.version));
    let outcome = transact!(app, tx => {
        workflow::act(app, tx, &Acting::system(), id, Event::Lapse, &Details::default(), version).await
    });
    match outcome {
        Ok(_) => Ok(true),
        Err(AppError::Stale { .. } | AppError::Conflict { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
