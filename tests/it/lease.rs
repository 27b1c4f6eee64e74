//! Match runs and the processes that work on them: who dies, is stopped or cancelled in the middle leaves nobody waiting
//! for longer than a lease, and nothing of such a run is ever stored.
use std::{
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use chrono::TimeDelta;
use padankerja::{
    app::{
        App, AppError,
        access::Right,
        exchange::import,
        policies, runs as working,
        runs::{
            alive::{self, LEASE, Pace},
            computing::{self, Request},
        },
    },
    cli::presence::Presence,
    domain::{ids::RunId, run::State},
    sample,
    store::{
        Db,
        runs::{self, Run},
    },
    transact,
};
use serde_json::json;

use crate::support::{
    app::TestApp,
    database::{TestDb, both_databases},
    jobs::work,
};
use padankerja::domain::job::Name;

/// A regency large enough for a run to last a while.
async fn filled(db: &TestDb) -> TestApp {
    let test = TestApp::start(db).await;
    let app = test.app();
    let params = sample::SampleParams {
        people: 1_500,
        vacancies: 120,
        seats: 400,
        ..sample::SampleParams::standard(app.clock.today())
    };
    let made = sample::plain::regency(&params);
    let done: Result<(), AppError> =
        async { transact!(app, tx => import::regency(app, tx, &made, &|| {}).await) }.await;
    done.unwrap();
    test
}

async fn request(app: &App) -> Request {
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    Request { policy, as_of: app.clock.today(), seed: 1, started_by: None }
}

async fn all(db: &Db) -> Vec<Run> {
    let mut tx = db.read().await.unwrap();
    runs::page(&mut tx, None, 100).await.unwrap()
}

async fn run(app: &App, id: RunId) -> Run {
    let mut tx = app.db.read().await.unwrap();
    runs::find(&mut tx, id).await.unwrap().unwrap()
}

async fn stored(app: &App, id: RunId) -> usize {
    let mut tx = app.db.read().await.unwrap();
    runs::proposals(&mut tx, id, None, 10_000, 0).await.unwrap().len()
}

#[track_caller]
fn conflict<T: std::fmt::Debug>(outcome: Result<T, AppError>, code: &str) {
    assert!(matches!(&outcome, Err(AppError::Conflict { code: found, .. }) if *found == code), "{outcome:?}");
}

/// `padankerja match` on a test's database.
fn command(folder: &Path, url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_padankerja"));
    command.args(["match", "--json", "--as-of", "2026-03-02"]).args(["--database-url", url]);
    command.current_dir(folder).env_remove("DATABASE_URL").stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Begins `match` and waits until its run is known to the database.
async fn begun(db: &TestDb, folder: &Path, ended: usize) -> (Child, RunId) {
    let mut child = command(folder, &db.url()).spawn().unwrap();
    for _ in 0..6_000 {
        let all = all(&db.db).await;
        if let Some(run) = all.iter().find(|run| run.state == padankerja::domain::run::State::Running) {
            return (child, run.id);
        }
        assert_eq!(all.len(), ended, "the run was too quick to be met in the middle");
        if let Some(status) = child.try_wait().unwrap() {
            panic!("match ended before it began: {status}");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("match does not begin");
}

fn matched(folder: &Path, url: &str) -> Output {
    command(folder, url).output().unwrap()
}

#[track_caller]
fn refused(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("run_in_progress"), "{said}");
}

#[track_caller]
fn succeeded(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

both_databases!(a_killed_run_keeps_nobody_waiting, |db: TestDb| async {
    let test = filled(db).await;
    let (app, url) = (test.app(), db.url());
    let folder = tempfile::tempdir().unwrap();
    let (mut child, id) = begun(db, folder.path(), 0).await;
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        run(app, id).await.state,
        padankerja::domain::run::State::Running,
        "it was killed in the middle"
    );
    match url.strip_prefix("sqlite://") {
        Some(file) => {
            // As long as another process works with the file, the run may be that one's.
            let mut service = Presence::at(Path::new(&format!("{file}.lock"))).unwrap();
            assert!(service.is_alone());
            service.share().unwrap();
            refused(&matched(folder.path(), &url));
            drop(service);
        }
        None => {
            refused(&matched(folder.path(), &url));
            db.execute("update runs set lease_until = now() where state = 'running'").await;
        }
    }
    succeeded(&matched(folder.path(), &url));
    let lost = run(app, id).await;
    assert_eq!((lost.state.as_str(), stored(app, id).await), ("failed", 0));
    assert!(lost.failure.unwrap().contains("process"));

    // Ctrl-C: the run is over at once.
    let (child, id) = begun(db, folder.path(), 2).await;
    let pressed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(pressed.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("dibatalkan"), "{said}");
    let cancelled = run(app, id).await;
    assert_eq!((cancelled.state.as_str(), cancelled.failure.as_deref()), ("failed", Some("cancelled")));
    assert_eq!(stored(app, id).await, 0);
    succeeded(&matched(folder.path(), &url));
});

both_databases!(an_officer_cancels_a_run, |db: TestDb| async {
    let test = filled(db).await;
    let staff = test.staff(&[Right::Confirm]).await;
    let begun = staff.post("/api/v1/runs", &json!({})).await.success();
    let path = format!("/api/v1/runs/{}", begun["id"].as_str().unwrap());
    let id: RunId = begun["id"].as_str().unwrap().parse().unwrap();
    let cancelled = staff.post(&format!("{path}/cancel"), &json!({})).await.success();
    assert_eq!((&cancelled["state"], &cancelled["failure"]), (&json!("failed"), &json!("cancelled")));
    let again = staff.post(&format!("{path}/cancel"), &json!({})).await;
    assert_eq!(again.refusal(), (409, "run_not_running".to_owned()));

    // The next one need not wait, though the first may still compute; stopping the service ends it too.
    let next = staff.post("/api/v1/runs", &json!({})).await;
    assert_eq!(next.status, 202, "{}", next.text);
    let next: RunId = next.success()["id"].as_str().unwrap().parse().unwrap();
    working::give_up_own(test.app()).await.unwrap();
    for _ in 0..600 {
        if working::progress(id).is_none() && working::progress(next).is_none() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((working::progress(id), working::progress(next)), (None, None), "they compute on and on");
    for (id, why) in [(id, "cancelled"), (next, "the process ended before the run did")] {
        let ended = run(test.app(), id).await;
        assert_eq!((ended.state.as_str(), ended.failure.as_deref()), ("failed", Some(why)));
        assert_eq!(stored(test.app(), id).await, 0);
    }
});

/// What a cancelled run computed is not stored, however late it learns of it.
async fn a_cancelled_run_stores_nothing(db: &TestDb) {
    let test = TestApp::start(db).await;
    let (app, request) = (test.app(), request(test.app()).await);
    let id = computing::begin(app, &request).await.unwrap();
    conflict(computing::begin(app, &request).await, "run_in_progress");
    computing::cancel(app, id).await.unwrap();
    conflict(computing::cancel(app, id).await, "run_not_running");
    assert!(matches!(computing::cancel(app, RunId(uuid::Uuid::nil())).await, Err(AppError::NotFound)));
    conflict(computing::work(app, id, &request, computing::Progress::default()).await, "run_given_up");
    let ended = run(app, id).await;
    assert_eq!((ended.failure.as_deref(), ended.summary.is_none()), (Some(computing::CANCELLED), true));
    assert_eq!(computing::end_lost(app).await.unwrap(), 0);
}

/// A run is alive as long as its process says so, and for a lease after that.
async fn a_run_is_alive_while_its_process_says_so(db: &TestDb) {
    let test = TestApp::start(db).await;
    let (app, request) = (test.app(), request(test.app()).await);
    let id = computing::begin(app, &request).await.unwrap();
    let (owner, quick) = (app.clone(), Pace { look: Duration::from_millis(10), looks: 3 });
    let working = tokio::spawn(async move {
        alive::while_it_runs(&owner, id, quick, std::future::pending::<Result<(), AppError>>()).await
    });
    for _ in 0..3 {
        test.clock.advance(LEASE - TimeDelta::seconds(1));
        tokio::time::sleep(Duration::from_millis(500)).await;
        conflict(computing::begin(app, &request).await, "run_in_progress");
    }
    working.abort();
    assert!(working.await.unwrap_err().is_cancelled());
    test.clock.advance(LEASE - TimeDelta::seconds(1));
    assert_eq!(work(app, Name::EndLostRuns).await.done, 0, "its lease holds");
    test.clock.advance(TimeDelta::seconds(1));
    assert_eq!(work(app, Name::EndLostRuns).await.done, 1);
    let next = computing::begin(app, &request).await.unwrap();
    // Whoever is late learns that the run is over, and the one after is begun without a job's help.
    let late = alive::while_it_runs(app, id, quick, std::future::pending::<Result<(), AppError>>()).await;
    conflict(late, "run_given_up");
    test.clock.advance(LEASE);
    computing::begin(app, &request).await.unwrap();
    assert_eq!(run(app, next).await.state, State::Failed);
}

/// A run whose end is stored is done, although its process looks once more before it hears so.
async fn a_run_that_is_done_is_not_given_up(db: &TestDb) {
    let test = TestApp::start(db).await;
    let (app, request) = (test.app(), request(test.app()).await);
    for looks in [1, 3] {
        let id = computing::begin(app, &request).await.unwrap();
        let quick = Pace { look: Duration::from_millis(10), looks };
        let ending = async {
            let now = app.clock.now();
            transact!(app, tx => Ok(runs::finish(tx, id, State::Done, now, None, None, None).await?))?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            Ok(())
        };
        alive::while_it_runs(app, id, quick, ending).await.unwrap();
        assert_eq!(run(app, id).await.state, State::Done);
    }
}

both_databases!(done_is_done, |db: TestDb| a_run_that_is_done_is_not_given_up(db));
both_databases!(cancelled, |db: TestDb| a_cancelled_run_stores_nothing(db));
both_databases!(alive_or_dead, |db: TestDb| a_run_is_alive_while_its_process_says_so(db));
