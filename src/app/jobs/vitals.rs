//! How the service is: what waits, what runs, how far the index is behind, how the jobs went. Counts only, no names and
//! no ids; for whoever watches the machine. How it is shown is in `http::metrics`.
use crate::{
    app::{
        App, AppError,
        indexing::Indexer,
        jobs::{self, Status},
    },
    domain::{application::State, run},
    store::{applications, runs},
};

/// How the service is at one moment.
#[derive(Clone, Debug)]
pub struct Vitals {
    /// Applications before the first day of work, in every state.
    pub open: Vec<(State, i64)>,
    /// Answers that employers owe.
    pub due: i64,
    /// Of these, past their deadline.
    pub overdue: i64,
    /// Match runs by state.
    pub runs: Vec<(run::State, i64)>,
    /// How long the newest run that ended well took, milliseconds.
    pub newest_run_ms: Option<i64>,
    /// Outbox entries the index of this process has not seen.
    pub index_waiting: u64,
    pub jobs: Vec<Status>,
}

/// Looks at everything once.
pub async fn look(app: &App, indexer: &Indexer) -> Result<Vitals, AppError> {
    let mut tx = app.db.read().await?;
    let counted = applications::count_open(&mut tx).await?;
    let (due, overdue) = applications::count_due(&mut tx, app.clock.today()).await?;
    let runs = runs::count_by_state(&mut tx).await?;
    let newest = runs::newest_done(&mut tx).await?;
    tx.rollback().await?;
    let count =
        |state: State| counted.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count);
    let open =
        State::ALL.iter().filter(|state| state.is_open()).map(|state| (*state, count(*state))).collect();
    let took = newest.and_then(|run| Some((run.finished_at? - run.started_at).num_milliseconds()));
    Ok(Vitals {
        open,
        due,
        overdue,
        runs,
        newest_run_ms: took,
        index_waiting: indexer.waiting(app).await?,
        jobs: jobs::statuses_by_system(app).await?,
    })
}
