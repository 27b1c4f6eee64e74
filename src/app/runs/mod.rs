//! Match runs as the service does them: begun in a request, worked on behind it, with their progress for whoever asks.
//! What a run is and stores is in `matching`.
pub mod alive;
pub mod analysis;
pub mod computing;
pub mod gap;
pub(crate) mod load;
pub mod publish;
pub mod replay;
pub mod seen;
pub mod unknown;

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError, atomic::Ordering},
};

use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        access::Confirming,
        policies,
        runs::{
            computing::{Progress, Request},
            seen::RunView,
        },
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::{PolicyId, RunId},
        run::State,
    },
    store::{Tx, runs},
    transact,
};

/// The runs this process works on. Another replica's run shows no progress here, only its state.
static WORKING: LazyLock<Mutex<HashMap<RunId, Progress>>> = LazyLock::new(Mutex::default);

/// What an officer asks to be run; what is left out is the default policy, today, and the same seed as ever.
pub async fn request(
    app: &App,
    officer: &Confirming,
    policy: Option<PolicyId>,
    as_of: Option<NaiveDate>,
    seed: Option<i64>,
) -> Result<Request, AppError> {
    let policy = match policy {
        None => policies::policy(app, policies::DEFAULT_POLICY).await?,
        Some(id) => {
            let mut tx = app.db.read().await?;
            let found = runs::find_policy(&mut tx, id).await?;
            found.ok_or_else(|| AppError::field("policy_id", FieldCode::UnknownPolicy, id))?
        }
    };
    Ok(Request {
        policy,
        as_of: as_of.unwrap_or_else(|| app.clock.today()),
        seed: seed.unwrap_or(1),
        started_by: Some(officer.staff().account()),
    })
}

/// Works on a run that was begun, behind the answer. Its end, good or bad, is stored with the run.
pub fn work_behind(app: App, id: RunId, request: Request) {
    let progress = Progress::default();
    working().insert(id, Arc::clone(&progress));
    tokio::spawn(async move {
        tracing::info!(run.id = %id, "a match run began");
        let outcome = computing::work(&app, id, &request, progress).await;
        working().remove(&id);
        match outcome {
            Ok(_) => tracing::info!(run.id = %id, "the match run is done"),
            Err(AppError::Conflict { code: ProblemCode::RunGivenUp, .. }) => {
                tracing::info!(run.id = %id, "the match run was given up");
            }
            Err(error) => tracing::error!(run.id = %id, %error, "the match run failed"),
        }
    });
}

/// Cancels a run for an officer, in the caller's transaction, whichever process works on it.
pub async fn cancel(app: &App, tx: &mut Tx, _officer: &Confirming, id: RunId) -> Result<RunView, AppError> {
    Ok(computing::cancel_in(app, tx, id).await?.into())
}

/// Ends the runs of this process before it ends itself, so that nobody waits for them.
pub async fn give_up_own(app: &App) -> Result<(), AppError> {
    let own: Vec<RunId> = working().keys().copied().collect();
    for id in own {
        let why = Some("the process ended before the run did".to_owned());
        transact!(app, tx => {
            runs::finish(tx, id, State::Failed, app.clock.now(), None, None, why.clone()).await?;
            Ok(())
        })?;
        tracing::warn!(run.id = %id, "a match run ends with its process");
    }
    Ok(())
}

/// How far a run of this process is, in thousandths.
pub fn progress(id: RunId) -> Option<u32> {
    working().get(&id).map(|progress| progress.load(Ordering::Relaxed))
}

fn working() -> std::sync::MutexGuard<'static, HashMap<RunId, Progress>> {
    WORKING.lock().unwrap_or_else(PoisonError::into_inner)
}
