//! Whose desil nobody knows, as a list to work through: of the run whose list it is, without those that somebody looked up
//! since. Only the office reads it: that a desil is unknown is welfare data, and who paid for whom is its own reckoning.
use chrono::NaiveDate;

use crate::{
    app::{App, AppError, access::Staff, runs::seen::UnknownDesil},
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::RunId,
        run::State,
    },
    store::{Tx, runs, unknown_desil},
};

/// One page for an officer, with its run: of the run asked for, else of the newest that ended. No run, no list: empty.
pub async fn page(
    app: &App,
    _officer: &Staff,
    run: Option<RunId>,
    after: i64,
    limit: i64,
) -> Result<(Option<RunId>, Vec<UnknownDesil>), AppError> {
    let mut tx = app.db.read().await?;
    let Some(run) = which(&mut tx, run).await? else { return Ok((None, Vec::new())) };
    Ok((Some(run), of_run(&mut tx, run, app.clock.today(), after, limit).await?))
}

/// The run whose list is meant; none when none ended yet.
pub async fn which(tx: &mut Tx, run: Option<RunId>) -> Result<Option<RunId>, AppError> {
    let found = match run {
        None => runs::newest_done(tx).await?,
        Some(id) => {
            let found = runs::find(tx, id).await?;
            Some(found.ok_or_else(|| AppError::field("run", FieldCode::UnknownRun, id))?)
        }
    };
    let Some(run) = found else { return Ok(None) };
    let unknown = run.summary.as_ref().and_then(|figures| figures.0["desil_unknown"].as_i64()).unwrap_or(0);
    let ended = matches!(run.state, State::Done | State::Published);
    if !ended || (unknown > 0 && !unknown_desil::has_any(tx, run.id).await?) {
        return Err(AppError::conflict(ProblemCode::RunHasNoReport, run.state));
    }
    Ok(Some(run.id))
}

/// The list of a run as it is on a day, behind a place.
pub async fn of_run(
    tx: &mut Tx,
    run: RunId,
    day: NaiveDate,
    after: i64,
    limit: i64,
) -> Result<Vec<UnknownDesil>, AppError> {
    let rows = unknown_desil::page(tx, run, day, after, limit).await?;
    Ok(rows.into_iter().map(UnknownDesil::from).collect())
}
