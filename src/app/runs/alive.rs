//! Whether a match run still runs: its process says so while it works, and learns when somebody cancelled it. A process
//! that died says nothing more; its run may be ended when the lease is over.
use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;

use crate::{
    app::{App, AppError},
    domain::{codes::ProblemCode, ids::RunId, run::State},
    store::runs,
    transact,
};

/// How long a run counts as alive after its process said so: the longest time a dead one keeps others waiting.
pub const LEASE: TimeDelta = TimeDelta::seconds(45);

/// How often a process looks whether its run was cancelled, and after how many looks it says that it is alive.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Time between two looks.
    pub look: Duration,
    /// Looks between two renewals of the lease.
    pub looks: u32,
}

/// The pace of real runs: a look every second, a renewal every 15.
pub const PACE: Pace = Pace { look: Duration::from_secs(1), looks: 15 };

/// Tells a run's thread to stop, as soon as nobody waits for it any more.
#[derive(Debug, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Waits for the work of a run and keeps the run alive meanwhile.
///
/// # Errors
/// `run_given_up` when the run was cancelled, or ended because this process was thought dead; the work is dropped.
pub async fn while_it_runs<T>(
    app: &App,
    id: RunId,
    pace: Pace,
    work: impl Future<Output = Result<T, AppError>>,
) -> Result<T, AppError> {
    tokio::select! {
        done = work => done,
        () = until_it_ends(app, id, pace) => Err(AppError::conflict(ProblemCode::RunGivenUp, id)),
    }
}

/// Looks until somebody else ended the run. A database that does not answer is no answer, and a run that is done was done
/// by this process: its work is about to say so.
async fn until_it_ends(app: &App, id: RunId, pace: Pace) {
    let mut looks = 0_u32;
    loop {
        tokio::time::sleep(pace.look).await;
        looks = looks.wrapping_add(1);
        let runs_on =
            if looks.is_multiple_of(pace.looks) { renew(app, id).await } else { look(app, id).await };
        match runs_on {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(run.id = %id, %error, "a match run could not say that it is alive"),
        }
    }
}

async fn renew(app: &App, id: RunId) -> Result<bool, AppError> {
    let until = app.clock.now() + LEASE;
    let renewed = transact!(app, tx => Ok(runs::renew(tx, id, until).await? > 0))?;
    if renewed { Ok(true) } else { look(app, id).await }
}

async fn look(app: &App, id: RunId) -> Result<bool, AppError> {
    let mut tx = app.db.read().await?;
    let state = runs::state_of(&mut tx, id).await?;
    tx.rollback().await?;
    Ok(state.is_some_and(|state| state != State::Failed))
}
