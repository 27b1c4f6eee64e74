//! Match runs: load one moment of the database, propose away from the async workers, store proposals, reserves and
//! explanations. A run never touches an application; that is `publish`.
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Instant,
};

use chrono::NaiveDate;
use serde_json::{Value, json};
use sqlx::types::Json;

use crate::{
    app::{
        App, AppError,
        keys::Keys,
        policies,
        runs::{alive, analysis, load, replay},
        system,
    },
    domain::{
        codes::ProblemCode,
        ids::{AccountId, PersonId, RunId, VacancyId},
        run::{Kind, State},
    },
    matching::{
        change::{Case, Field},
        explanation::{self, Explanation},
        policy::Policy,
        problem::solve::SolveError,
        propose::{self, Opening, Person, Place, Proposals},
        unknown::{self, Unlooked},
    },
    store::{
        Tx,
        runs::{self, PolicyRow, Proposal, Run},
        unknown_desil::{self, Entry},
    },
    transact,
};

pub use super::load::{Fetched, Loaded, digest, fetch, opening, person};
pub(crate) use super::load::{certificate_concepts, settled, village_index, with_covered};

/// Why a run failed that somebody cancelled.
pub const CANCELLED: &str = "cancelled";

/// What to run.
#[derive(Clone, Debug)]
pub struct Request {
    /// The policy revision.
    pub policy: PolicyRow,
    /// The business date.
    pub as_of: NaiveDate,
    /// Breaks ties between equals.
    pub seed: i64,
    /// Who asked.
    pub started_by: Option<AccountId>,
}

/// How far a run is, in thousandths; shared with whoever shows a bar.
pub type Progress = Arc<AtomicU32>;

/// Starts a run: one at a time. `work` must be called with the returned id, or the run is given up when its lease
/// ends.
pub async fn begin(app: &App, request: &Request) -> Result<RunId, AppError> {
    transact!(app, tx => begin_in(app, tx, request).await)
}

/// As `begin`, in the caller's transaction; `work` must wait until that is committed.
pub async fn begin_in(app: &App, tx: &mut Tx, request: &Request) -> Result<RunId, AppError> {
    let now = app.clock.now();
    tell_lost(&runs::end_lost(tx, now, Some(now)).await?);
    let run = Run {
        id: system::fresh(),
        policy_id: request.policy.id,
        state: State::Running,
        as_of: request.as_of,
        seed: request.seed,
        started_by: request.started_by,
        started_at: now,
        finished_at: None,
        published_at: None,
        summary: None,
        failure: None,
    };
    if runs::insert(tx, &run).await? == 0 {
        return Err(AppError::conflict(ProblemCode::RunInProgress, "another match run has not ended"));
    }
    runs::renew(tx, run.id, now + alive::LEASE).await?;
    Ok(run.id)
}

/// Ends the runs whose lease ran out: their process died. Gives how many.
pub async fn end_lost(app: &App) -> Result<u64, AppError> {
    let now = app.clock.now();
    let lost = transact!(app, tx => Ok(runs::end_lost(tx, now, Some(now)).await?))?;
    Ok(tell_lost(&lost))
}

/// Ends every run, whatever its lease says: for a process that knows that no other one works with the database.
pub async fn end_all(app: &App) -> Result<u64, AppError> {
    let lost = transact!(app, tx => Ok(runs::end_lost(tx, app.clock.now(), None).await?))?;
    Ok(tell_lost(&lost))
}

fn tell_lost(lost: &[RunId]) -> u64 {
    for id in lost {
        tracing::warn!(run.id = %id, "a match run was lost with its process");
    }
    u64::try_from(lost.len()).unwrap_or(u64::MAX)
}

/// Cancels a run: it ends as failed, and what its process still computes is never stored.
pub async fn cancel(app: &App, id: RunId) -> Result<Run, AppError> {
    transact!(app, tx => cancel_in(app, tx, id).await)
}

/// As `cancel`, in the caller's transaction.
pub async fn cancel_in(app: &App, tx: &mut Tx, id: RunId) -> Result<Run, AppError> {
    let found = runs::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let why = Some(CANCELLED.to_owned());
    if runs::finish(tx, id, State::Failed, app.clock.now(), None, None, why).await? == 0 {
        return Err(AppError::conflict(ProblemCode::RunNotRunning, found.state));
    }
    tracing::info!(run.id = %id, "a match run was cancelled");
    runs::find(tx, id).await?.ok_or(AppError::NotFound)
}

/// Does the work of a run that was begun, stores its end, and gives its figures. Ends early when the run was cancelled.
pub async fn work(app: &App, id: RunId, request: &Request, progress: Progress) -> Result<Value, AppError> {
    let stop = alive::Stop::default();
    let computed = compute(app, id, request, progress, stop.flag());
    match alive::while_it_runs(app, id, alive::PACE, computed).await {
        Ok(summary) => Ok(summary),
        Err(error) => {
            let failure = error.to_string();
            transact!(app, tx => {
                runs::finish(tx, id, State::Failed, app.clock.now(), None, None, Some(failure.clone())).await?;
                Ok(())
            })?;
            Err(error)
        }
    }
}

async fn compute(
    app: &App,
    id: RunId,
    request: &Request,
    progress: Progress,
    stop: Arc<AtomicBool>,
) -> Result<Value, AppError> {
    let policy = policies::parse_policy(&request.policy)?;
    let started = Instant::now();
    let mut tx = app.db.read().await?;
    let fetched = fetch(&mut tx, &policy, request.as_of, request.seed).await?;
    tx.rollback().await?;
    let loading = started.elapsed();
    let job = Job { run: id, policy, keys: app.keys.clone(), progress: progress.clone(), stop };
    let done = off_the_workers(move || job.run(fetched)).await??;
    let mut summary = done.summary;
    let rule = &request.policy;
    summary["policy"] = json!({ "name": rule.name, "revision": rule.revision, "body": rule.body.0 });
    summary["loading_seconds"] = json!(loading.as_secs_f64());
    summary["matching_seconds"] = json!((started.elapsed() - loading).as_secs_f64());
    let (rows, unknown, archive) = (done.rows, done.unknown, done.archive);
    transact!(app, tx => {
        for row in &rows {
            runs::insert_proposal(tx, row).await?;
        }
        unknown_desil::insert(tx, id, unknown.clone()).await?;
        let stored = Some(Json(summary.clone()));
        if runs::finish(tx, id, State::Done, app.clock.now(), stored, Some(archive.clone()), None).await? == 0 {
            return Err(AppError::conflict(ProblemCode::RunGivenUp, id));
        }
        Ok(())
    })?;
    progress.store(1000, Ordering::Relaxed);
    Ok(summary)
}

/// The pure part of a run.
struct Job {
    run: RunId,
    policy: Policy,
    keys: Arc<Keys>,
    progress: Progress,
    stop: Arc<AtomicBool>,
}

/// What a run stores.
struct Done {
    rows: Vec<Proposal>,
    unknown: Vec<Entry>,
    summary: Value,
    archive: Vec<u8>,
}

impl Job {
    fn run(&self, fetched: Fetched) -> Result<Done, AppError> {
        let going = |share: Option<u32>| {
            if let Some(share) = share {
                self.progress.store(share, Ordering::Relaxed);
            }
            !self.stop.load(Ordering::Relaxed)
        };
        let loaded = digest(fetched);
        let seed = loaded.inputs.seed;
        let proposals = propose::propose_while(&loaded.inputs, &self.policy, &going)?;
        let plain = propose::without_priority(&proposals, &self.policy, seed)?;
        if !going(None) {
            return Err(SolveError::Stopped.into());
        }
        let explanations = explain_all(&loaded, &self.policy, &proposals);
        let mut summary = in_json(&proposals.figures)?;
        summary["reserve"] = json!(proposals.reserve.len());
        summary["priority_price"] = in_json(&analysis::priority_price(&loaded.traits, &proposals, &plain))?;
        summary["fairness"] = in_json(&analysis::fairness(&loaded.traits, &proposals))?;
        let archive = replay::pack(&self.keys, self.run, &self.policy, seed, &proposals)?;
        let unknown = entries(&unknown::in_order(&loaded.inputs.people, &proposals, &plain));
        Ok(Done { rows: rows(self.run, &proposals, explanations)?, unknown, summary, archive })
    }
}

fn in_json(value: &impl serde::Serialize) -> Result<Value, AppError> {
    serde_json::to_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

/// Does pure work on a thread of its own, so that answers to others stay quick.
pub(crate) async fn off_the_workers<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let (send, receive) = tokio::sync::oneshot::channel();
    std::thread::Builder::new()
        .name("match-run".to_owned())
        .spawn(move || {
            let _receiver_gone = send.send(work());
        })
        .map_err(|error| AppError::Internal(format!("no thread for the run: {error}")))?;
    receive.await.map_err(|_| AppError::Internal("the run's thread ended without an answer".to_owned()))
}

fn explain_all(loaded: &Loaded, policy: &Policy, proposals: &Proposals) -> Vec<Explanation> {
    let people: HashMap<PersonId, &Person> = loaded.inputs.people.iter().map(|p| (p.id, p)).collect();
    let openings: HashMap<VacancyId, &Opening> = loaded.inputs.openings.iter().map(|o| (o.id, o)).collect();
    let last_in: HashMap<VacancyId, &Place> =
        proposals.proposals.iter().map(|place| (place.vacancy, place)).collect();
    let fields = Field::of_run(&proposals.proposals, &proposals.reserve, &people, policy);
    let kinds = proposals.proposals.iter().map(|place| (place, Kind::Proposal));
    let places: Vec<(&Place, Kind)> =
        kinds.chain(proposals.reserve.iter().map(|place| (place, Kind::Reserve))).collect();
    let explain = |&(place, kind): &(&Place, Kind)| {
        let (person, opening) = (people.get(&place.person)?, openings.get(&place.vacancy)?);
        let (job, profile) = (loaded.jobs.get(&place.vacancy)?, loaded.profiles.get(&place.person)?);
        let last = last_in.get(&place.vacancy).copied();
        let told = explanation::of_pair(person, opening, job, profile, policy, last);
        let case = Case { person, opening, policy, as_of: loaded.inputs.as_of };
        let field = fields.get(&place.vacancy)?;
        Some(explanation::stands(told, &case, field, kind, place.place))
    };
    load::on_two_threads(&places, explain).into_iter().map(Option::unwrap_or_default).collect()
}

fn rows(
    run: RunId,
    proposals: &Proposals,
    explanations: Vec<Explanation>,
) -> Result<Vec<Proposal>, AppError> {
    let kinds = proposals
        .proposals
        .iter()
        .map(|place| (place, Kind::Proposal))
        .chain(proposals.reserve.iter().map(|place| (place, Kind::Reserve)));
    kinds
        .zip(explanations)
        .map(|((place, kind), explanation)| {
            Ok(Proposal {
                run_id: run,
                vacancy_id: place.vacancy,
                person_id: place.person,
                place: i64::from(place.place),
                kind,
                fit: i64::from(place.pair.fit),
                priority: i64::from(place.pair.priority),
                explanation: Json(
                    serde_json::to_value(explanation)
                        .map_err(|error| AppError::Internal(error.to_string()))?,
                ),
                dropped: None,
            })
        })
        .collect()
}

fn entries(unknown: &[Unlooked]) -> Vec<Entry> {
    let entry = |(place, one): (i64, &Unlooked)| Entry {
        place,
        person: one.person,
        fate: one.fate,
        forgone: one.forgone,
        seats: i64::try_from(one.seats).unwrap_or(i64::MAX),
        vacancies: i64::from(one.vacancies),
    };
    (1..).zip(unknown).map(entry).collect()
}
