//! What the service does without being asked: one file for each job, and the list that registers them with their
//! rhythm. Belongs here: whose turn it is, and how it went. The rules are those of the use cases that a job calls.
//!
//! However many replicas run, a job is done once in its rhythm: a replica claims it in the database for a short time,
//! moves that time on while it works, and gives it back with what it did. Whoever dies leaves a claim that runs out.
//! The clocks of replicas may differ by less than a claim lasts. Even two at once would do no harm: every change of a
//! job is a compare-and-swap.
//!
//! Each vacancy, application or reminder has a transaction of its own, so that one that fails stops nothing else.
mod end_lost_runs;
mod expire_vacancies;
mod forget_archives;
mod forget_logins;
mod judge_again;
mod lapse_answers;
mod pause_suspended;
mod prune_outbox;
mod remind_employers;
mod seal_audit;
mod send_messages;
mod serve_waiting;
mod tell_late;
pub mod vitals;

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    app::{App, AppError, access, indexing::Indexer, messages::sending::Post, system},
    domain::{codes::ProblemCode, job::Name},
    store::{
        StoreError,
        jobs::{self as store, Ended, JobRow},
    },
    transact,
};

/// A job with its rhythm.
#[derive(Debug)]
pub struct Job {
    pub name: Name,
    /// How often it is done; longer than a claim lasts.
    pub every: TimeDelta,
    work: Work,
}

type Work = for<'a> fn(&'a Resources) -> Pin<Box<dyn Future<Output = Result<Outcome, AppError>> + Send + 'a>>;

/// All jobs.
pub const JOBS: &[Job] = &[
    Job {
        name: Name::ExpireVacancies,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(expire_vacancies::run(&on.app)),
    },
    Job {
        name: Name::PauseSuspended,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(pause_suspended::run(&on.app)),
    },
    Job {
        name: Name::RemindEmployers,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(remind_employers::run(&on.app)),
    },
    Job { name: Name::TellLate, every: TimeDelta::minutes(10), work: |on| Box::pin(tell_late::run(&on.app)) },
    Job {
        name: Name::SendMessages,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(send_messages::run(on)),
    },
    Job {
        name: Name::LapseAnswers,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(lapse_answers::run(&on.app)),
    },
    Job {
        name: Name::ServeWaiting,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(serve_waiting::run(&on.app)),
    },
    Job {
        name: Name::SealAudit,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(seal_audit::run(&on.app)),
    },
    Job {
        name: Name::EndLostRuns,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(end_lost_runs::run(&on.app)),
    },
    Job {
        name: Name::ForgetLogins,
        every: TimeDelta::minutes(10),
        work: |on| Box::pin(forget_logins::run(&on.app)),
    },
    Job {
        name: Name::ForgetArchives,
        every: TimeDelta::hours(1),
        work: |on| Box::pin(forget_archives::run(&on.app)),
    },
    Job {
        name: Name::JudgeAgain,
        every: TimeDelta::minutes(1),
        work: |on| Box::pin(judge_again::run(&on.app)),
    },
    Job { name: Name::PruneOutbox, every: TimeDelta::days(1), work: |on| Box::pin(prune_outbox::run(on)) },
];

/// How long a claim lasts unless it is moved on: the longest time a job of a dead replica waits.
pub const LEASE: TimeDelta = TimeDelta::seconds(45);

/// How often a claim is moved on while its job works.
const BEAT: Duration = Duration::from_secs(15);

/// How often a replica looks whether a job is due.
const LOOK: Duration = Duration::from_secs(5);

/// What jobs work on.
#[derive(Clone)]
pub struct Resources {
    /// Database and time.
    pub app: App,
    /// This process's index; none in tests of other things. Only the outbox asks for it.
    pub indexer: Option<Arc<Indexer>>,
    /// The ways out of the house.
    pub post: Arc<Post>,
}

/// What a job did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Objects changed.
    pub done: u64,
    /// Objects that could not be changed.
    pub failed: u64,
    /// Stable code of the first thing that went wrong. No sentence: those of a database may quote what is personal.
    pub failure: Option<ProblemCode>,
}

/// A job as it stands.
#[derive(Clone, Debug)]
pub struct Status {
    pub name: Name,
    /// How often it is done.
    pub every: TimeDelta,
    /// A replica works on it.
    pub working: bool,
    /// What the database knows; none before the service ran for the first time.
    pub row: Option<JobRow>,
}

impl Status {
    /// Code of what went wrong the last time.
    pub fn failure(&self) -> Option<&str> {
        self.row.as_ref()?.last_failure.as_deref()
    }
}

impl Job {
    /// Does the job now, whoever else may: for tests and for a claim.
    pub async fn work(&self, on: &Resources) -> Result<Outcome, AppError> {
        (self.work)(on).await
    }
}

impl Outcome {
    /// So many objects changed.
    pub fn of(done: u64) -> Self {
        Self { done, ..Self::default() }
    }

    /// Counts one object: whether it was changed, or why not.
    ///
    /// # Errors
    /// When it is not the object's fault: nothing can be done without the database.
    pub fn count(&mut self, changed: Result<bool, AppError>) -> Result<(), AppError> {
        match changed {
            Ok(changed) => self.done += u64::from(changed),
            Err(error @ AppError::Store(StoreError::Unavailable(_))) => return Err(error),
            Err(error) => {
                self.failed += 1;
                self.failure.get_or_insert(error.code());
            }
        }
        Ok(())
    }
}

/// Does the jobs that are due, each beside the others, until dropped.
pub async fn run(on: Resources) {
    let mut working = JoinSet::new();
    loop {
        while working.try_join_next().is_some() {}
        match due(&on.app).await {
            Ok(due) => {
                for job in due {
                    let on = on.clone();
                    working.spawn(async move { attend(&on, job).await });
                }
            }
            Err(error) => tracing::warn!(%error, "nobody knows which jobs are due; the next look tells"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// The jobs that are due and that nobody works on.
pub async fn due(app: &App) -> Result<Vec<&'static Job>, AppError> {
    let now = app.clock.now();
    let known = known(app).await?;
    if JOBS.iter().any(|job| !known.contains_key(job.name.as_str())) {
        transact!(app, tx => {
            for job in JOBS {
                store::register(tx, job.name.as_str(), now).await?;
            }
            Ok(())
        })?;
    }
    let is_due = |job: &&Job| {
        known.get(job.name.as_str()).is_none_or(|row| row.due_at <= now && !is_claimed(row, app))
    };
    Ok(JOBS.iter().filter(is_due).collect())
}

/// Does a job unless another replica has it or had it in this rhythm; tells what it did.
pub async fn turn(on: &Resources, job: &Job) -> Result<Option<Outcome>, AppError> {
    let (app, name, claim) = (&on.app, job.name.as_str(), system::fresh::<Uuid>());
    let started = app.clock.now();
    let until = started + LEASE;
    let claimed = transact!(app, tx => Ok(store::claim(tx, name, claim, started, until).await?))?;
    if claimed == 0 {
        return Ok(None);
    }
    let clock = Instant::now();
    let outcome = tokio::select! {
        outcome = job.work(on) => outcome,
        () = keep(app, name, claim) => return Ok(None),
    };
    let outcome = outcome.unwrap_or_else(|error| {
        tracing::warn!(job.name = name, %error, "a job failed and is tried again in its rhythm");
        Outcome { failed: 1, failure: Some(error.code()), ..Outcome::default() }
    });
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let ended = Ended {
        at: app.clock.now(),
        due_at: started + job.every,
        duration_ms: i64::try_from(clock.elapsed().as_millis()).unwrap_or(i64::MAX),
        done: count(outcome.done),
        failed: count(outcome.failed),
        failure: outcome.failure.map(|code| code.as_str().to_owned()),
    };
    transact!(app, tx => Ok(store::end(tx, name, claim, &ended).await?))?;
    Ok(Some(outcome))
}

/// The jobs as they stand, for officers.
pub async fn statuses(app: &App, _officer: &access::Staff) -> Result<Vec<Status>, AppError> {
    statuses_by_system(app).await
}

/// The jobs as they stand, in the order of the list.
pub async fn statuses_by_system(app: &App) -> Result<Vec<Status>, AppError> {
    let mut known = known(app).await?;
    let status = |job: &Job| {
        let row = known.remove(job.name.as_str());
        let working = row.as_ref().is_some_and(|row| is_claimed(row, app));
        Status { name: job.name, every: job.every, working, row }
    };
    Ok(JOBS.iter().map(status).collect())
}

async fn attend(on: &Resources, job: &Job) {
    if let Err(error) = turn(on, job).await {
        tracing::warn!(job.name = %job.name, %error, "a job could not be claimed or given back");
    }
}

/// Moves a claim on; ends when it is lost.
async fn keep(app: &App, name: &'static str, claim: Uuid) {
    loop {
        tokio::time::sleep(BEAT).await;
        match renew(app, name, claim).await {
            Ok(0) => return tracing::warn!(job.name = name, "another replica took over a job that was late"),
            Ok(_) => {}
            Err(error) => tracing::warn!(job.name = name, %error, "a claim was not moved on"),
        }
    }
}

async fn renew(app: &App, name: &'static str, claim: Uuid) -> Result<u64, AppError> {
    let until = app.clock.now() + LEASE;
    transact!(app, tx => Ok(store::renew(tx, name, claim, until).await?))
}

async fn known(app: &App) -> Result<HashMap<String, JobRow>, AppError> {
    let mut tx = app.db.read().await?;
    let rows = store::all(&mut tx).await?;
    tx.rollback().await?;
    Ok(rows.into_iter().map(|row| (row.name.clone(), row)).collect())
}

fn is_claimed(row: &JobRow, app: &App) -> bool {
    row.claimed_until.is_some_and(|until| until > app.clock.now())
}

/// Whether an object was changed, when somebody else may have been quicker: then it is no longer as it was seen.
fn unless_changed_meanwhile<T>(outcome: Result<T, AppError>) -> Result<bool, AppError> {
    match outcome {
        Ok(_) => Ok(true),
        Err(
            AppError::Stale { .. }
            | AppError::Conflict {
                code: ProblemCode::WrongState | ProblemCode::Held | ProblemCode::EmployerSuspended,
                ..
            },
        ) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_job_is_registered_once_and_rests_longer_than_a_claim_lasts() {
        let listed: Vec<Name> = JOBS.iter().map(|job| job.name).collect();
        assert_eq!(listed, Name::ALL);
        assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len());
        assert!(JOBS.iter().all(|job| job.every > LEASE));
        assert!(TimeDelta::from_std(BEAT * 2).is_ok_and(|two_beats| two_beats < LEASE));
    }

    #[test]
    fn the_first_failure_is_told_and_a_lost_database_ends_the_job() {
        let mut outcome = Outcome::default();
        outcome.count(Ok(true)).unwrap();
        outcome.count(Ok(false)).unwrap();
        outcome.count(Err(AppError::conflict(ProblemCode::CounterBroken, "x"))).unwrap();
        outcome.count(Err(AppError::NotFound)).unwrap();
        assert_eq!(outcome, Outcome { done: 1, failed: 2, failure: Some(ProblemCode::CounterBroken) });
        let lost = AppError::Store(StoreError::Unavailable(sqlx::Error::PoolTimedOut));
        assert!(outcome.count(Err(lost)).is_err());
    }
}
