//! Proving a run again: its numbers are stored with it under a key of their own, with pseudonyms for people, and give
//! the same answer years later - also after somebody asked for erasure, because no name is needed.
use chrono::TimeDelta;
use serde::Serialize;

use crate::{
    app::{App, AppError, access, keys::Keys},
    domain::{
        codes::ProblemCode,
        ids::{PersonId, RunId},
        run::Kind,
    },
    matching::{
        archive::{Archive, ArchiveError, Replayed},
        policy::Policy,
        propose::Proposals,
    },
    store::runs,
    transact,
};

/// Compression level: the pairs of a large run are many, and speed counts more than the last percent.
const LEVEL: i32 = 3;

/// How long the numbers of a run are kept, days: five years, after which nobody can contest it any more.
const KEPT_DAYS: i64 = 5 * 365 + 1;

/// Forgets the numbers of runs that were kept long enough; gives how many.
pub async fn forget_due(app: &App) -> Result<u64, AppError> {
    let before = app.clock.now() - TimeDelta::days(KEPT_DAYS);
    transact!(app, tx => Ok(runs::forget_inputs(tx, before).await?))
}

/// What a replay of a stored run found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ReplayReport)]
pub struct Report {
    /// The run.
    pub run: RunId,
    /// The proof from the stored numbers.
    #[serde(flatten)]
    pub replayed: Replayed,
    /// Stored proposals that are in the answer.
    pub proposals_found: usize,
    /// Stored proposals that are not: 0, or the list was changed after the run.
    pub proposals_foreign: usize,
    /// Size of the stored archive, bytes.
    pub archive_bytes: usize,
}

/// Packs a run: compressed, then encrypted for this run.
pub fn pack(
    keys: &Keys,
    run: RunId,
    policy: &Policy,
    seed: u64,
    proposals: &Proposals,
) -> Result<Vec<u8>, AppError> {
    let people = proposals.people.iter().map(|person| keys.pseudonym(person.0.as_bytes())).collect();
    let vacancies = proposals.vacancies.iter().map(ToString::to_string).collect();
    let archive = Archive::new(policy, seed, (people, vacancies), &proposals.problem, &proposals.placement);
    let bytes = archive.to_bytes().map_err(|error| fault(&error))?;
    let small =
        zstd::encode_all(bytes.as_slice(), LEVEL).map_err(|error| AppError::Internal(error.to_string()))?;
    keys.seal_archive(small, run.0.as_bytes())
}

/// Replays a run for an officer.
pub async fn replay(app: &App, _officer: &access::Reporting, run: RunId) -> Result<Report, AppError> {
    replay_by_system(app, run).await
}

/// Replays a run (command line).
pub async fn replay_by_system(app: &App, run: RunId) -> Result<Report, AppError> {
    let mut tx = app.db.read().await?;
    if runs::find(&mut tx, run).await?.is_none() {
        return Err(AppError::NotFound);
    }
    let sealed = runs::inputs(&mut tx, run).await?;
    let rows = runs::proposals(&mut tx, run, None, i64::MAX, 0).await?;
    tx.rollback().await?;
    let sealed = sealed.ok_or_else(|| AppError::conflict(ProblemCode::RunHasNoArchive, run))?;
    let keys = app.keys.clone();
    let work = move || {
        let archive = unpack(&keys, run, &sealed)?;
        let replayed = archive.replay().map_err(|error| fault(&error))?;
        let proposed = rows.iter().filter(|row| row.kind == Kind::Proposal);
        let stored: Vec<(PersonId, String)> =
            proposed.map(|row| (row.person_id, row.vacancy_id.to_string())).collect();
        let found = in_answer(&keys, &archive, &stored);
        Ok(Report {
            run,
            replayed,
            proposals_found: found,
            proposals_foreign: stored.len() - found,
            archive_bytes: sealed.len(),
        })
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

fn unpack(keys: &Keys, run: RunId, sealed: &[u8]) -> Result<Archive, AppError> {
    let small = keys.open_archive(sealed, run.0.as_bytes())?;
    let bytes = zstd::decode_all(small.as_slice())
        .map_err(|error| AppError::Internal(format!("the archive is damaged: {error}")))?;
    Archive::from_bytes(&bytes).map_err(|error| fault(&error))
}

/// How many stored proposals are in the archived answer.
fn in_answer(keys: &Keys, archive: &Archive, stored: &[(PersonId, String)]) -> usize {
    let placed: std::collections::HashSet<(&str, &str)> = archive
        .placed()
        .into_iter()
        .filter_map(|(person, vacancy)| {
            Some((archive.people.get(person)?.as_str(), archive.vacancies.get(vacancy)?.as_str()))
        })
        .collect();
    let known = |(person, vacancy): &&(PersonId, String)| {
        placed.contains(&(keys.pseudonym(person.0.as_bytes()).as_str(), vacancy.as_str()))
    };
    stored.iter().filter(known).count()
}

fn fault(error: &ArchiveError) -> AppError {
    AppError::Internal(error.to_string())
}
