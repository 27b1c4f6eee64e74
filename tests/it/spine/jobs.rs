//! The service's jobs: one bad row stops nothing else, one replica does each, a dead one is replaced, and how it went can
//! be read.
use std::process::Command;

use chrono::TimeDelta;
use padankerja::{
    app::{
        App,
        jobs::{self, JOBS, LEASE, Outcome},
        system,
    },
    domain::{clock::Clock, codes::ProblemCode, ids::VacancyId, job::Name},
    store::{Db, jobs as rows},
};
use serde_json::Value;
use uuid::Uuid;

use super::cast::{Cast, get};
use crate::support::{
    app::{TestApp, join_all},
    database::{TestDb, both_databases},
    jobs::{job, resources},
};

/// A job as officers read it.
async fn told(cast: &Cast, name: Name) -> Value {
    let staff = cast.app.client(cast.staff.account.unwrap());
    let listed = get(&staff, "/jobs").await.success();
    let items = listed["items"].as_array().unwrap();
    assert_eq!((items.len(), listed.get("next")), (JOBS.len(), None));
    items.iter().find(|item| item["name"] == name.as_str()).unwrap().clone()
}

/// Its turn, which must be due.
async fn turn(app: &App, name: Name) -> Outcome {
    assert!(jobs::due(app).await.unwrap().iter().any(|job| job.name == name), "{name} is not due");
    jobs::turn(&resources(app), job(name)).await.unwrap().unwrap()
}

/// What `padankerja doctor` says, with its exit code.
fn doctor(db: &TestDb) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_padankerja"))
        .args(["doctor", "--database-url", &db.url()])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// A vacancy whose counter of live applications says 0 while there is one: what it refuses, it refuses in every turn.
async fn break_counter(db: &TestDb, vacancy: &str, live: i64) {
    let vacancy: VacancyId = vacancy.parse().unwrap();
    let place = match db.db {
        Db::Sqlite { .. } => format!("x'{}'", system::hex(vacancy.0.as_bytes())),
        Db::Postgres(_) => format!("'{vacancy}'"),
    };
    db.execute(&format!("update vacancies set live = {live} where id = {place}")).await;
}

both_databases!(one_bad_row_stops_nothing_else, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let app = cast.app.app();
    let mut waiting = Vec::new();
    for number in 1..=3 {
        let (person, vacancy) = (cast.person(number).await, cast.open_vacancy(2).await);
        waiting.push((cast.referred(&person, &vacancy).await, vacancy));
    }
    let (bad, broken) = &waiting[0];
    break_counter(db, broken, 0).await;
    let never = told(&cast, Name::LapseAnswers).await;
    assert_eq!((&never["ended_at"], &never["every_seconds"]), (&Value::Null, &60.into()));

    // An employer has seven working days.
    cast.app.clock.advance(TimeDelta::days(14));
    let outcome = turn(app, Name::LapseAnswers).await;
    assert_eq!(outcome, Outcome { done: 2, failed: 1, failure: Some(ProblemCode::CounterBroken) });
    let state = async |id: &str| {
        let staff = cast.app.client(cast.staff.account.unwrap());
        get(&staff, &format!("/applications/{id}")).await.success()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(bad).await, "referred");
    for (other, _) in &waiting[1..] {
        assert_eq!(state(other).await, "lapsed");
    }
    let shown = told(&cast, Name::LapseAnswers).await;
    assert_eq!((&shown["done"], &shown["failed"]), (&2.into(), &1.into()));
    assert_eq!(shown["last_failure"], "counter_broken");
    assert_eq!(shown["last_failure_at"], shown["ended_at"]);
    assert!(shown["duration_ms"].is_i64() && shown["working"] == false, "{shown}");

    // Their last day passes: the broken one cannot close its application, the others expire.
    cast.app.clock.advance(TimeDelta::days(365));
    let outcome = turn(app, Name::ExpireVacancies).await;
    assert_eq!(outcome, Outcome { done: 2, failed: 1, failure: Some(ProblemCode::CounterBroken) });

    let (code, said) = doctor(db);
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("mengakhiri lamaran yang tidak dijawab: GAGAL (counter_broken), 1 tidak"),
        "{said}"
    );
    assert!(said.contains("menyegel catatan audit: belum pernah selesai"), "{said}");

    break_counter(db, broken, 1).await;
    let outcome = turn(app, Name::LapseAnswers).await;
    assert_eq!(outcome, Outcome { done: 1, failed: 0, failure: None });
    let shown = told(&cast, Name::LapseAnswers).await;
    assert_eq!((&shown["failed"], &shown["last_failure"]), (&0.into(), &Value::Null), "forgotten");
    cast.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(turn(app, Name::ExpireVacancies).await, Outcome { done: 1, failed: 0, failure: None });
    let (code, said) = doctor(db);
    assert!(said.contains("mengakhiri lamaran yang tidak dijawab: berhasil"), "{said}");
    assert!(said.contains("perhatian  tugas berkala") || said.contains("baik       tugas berkala"), "{said}");
    assert!(said.contains("baik       penghitung: ") && said.contains("baik       basis data: "), "{said}");
    // The keys of the service here are in no file.
    assert!(said.contains("rusak      kunci: ") && code == Some(3), "{said}");
});

both_databases!(however_many_replicas_run_a_job_is_done_once_in_its_rhythm, |db: TestDb| async {
    let app = TestApp::start(db).await;
    // Connections of its own, as another process would have.
    let other = App { db: Db::connect(&db.url()).await.unwrap(), ..app.app().clone() };
    for round in 0..3 {
        let due: Vec<Name> = jobs::due(&other).await.unwrap().iter().map(|job| job.name).collect();
        assert_eq!(due.contains(&Name::ForgetArchives), round == 0, "once an hour");
        assert!(due.contains(&Name::SealAudit), "once a minute");
        for name in due {
            let replicas = [app.app(), &other, app.app(), &other];
            let turn = async |on: &App| jobs::turn(&resources(on), job(name)).await.unwrap();
            let turns = join_all(replicas.into_iter().map(turn)).await;
            assert_eq!(turns.into_iter().flatten().count(), 1, "{name}");
        }
        assert!(jobs::due(app.app()).await.unwrap().is_empty());
        app.clock.advance(TimeDelta::seconds(60));
    }
    other.db.close().await;
});

both_databases!(a_job_of_a_dead_replica_is_taken_over, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let (on, seal) = (resources(app.app()), job(Name::SealAudit));
    jobs::due(app.app()).await.unwrap();
    let (dead, now) = (Uuid::from_u128(7), app.clock.now());
    let mut tx = app.app().db.write().await.unwrap();
    let claimed = rows::claim(&mut tx, seal.name.as_str(), dead, now, now + LEASE).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(claimed, 1);
    for seconds in [0, LEASE.num_seconds() - 1] {
        app.clock.advance(TimeDelta::seconds(seconds));
        assert_eq!(jobs::turn(&on, seal).await.unwrap(), None, "it may still work");
        let shown = jobs::statuses_by_system(app.app()).await.unwrap();
        assert!(shown.iter().all(|job| job.working == (job.name == seal.name)), "{shown:?}");
    }
    app.clock.advance(TimeDelta::seconds(1));
    assert!(jobs::turn(&on, seal).await.unwrap().is_some());
    let ended = rows::Ended { at: now, due_at: now, duration_ms: 0, done: 0, failed: 0, failure: None };
    let mut tx = app.app().db.write().await.unwrap();
    assert_eq!(rows::end(&mut tx, seal.name.as_str(), dead, &ended).await.unwrap(), 0, "it lost its claim");
    tx.rollback().await.unwrap();
});

both_databases!(the_service_does_its_jobs_by_itself, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let service = tokio::spawn(jobs::run(resources(app.app())));
    let mut waiting = JOBS.len();
    for _ in 0..1_200 {
        let shown = jobs::statuses_by_system(app.app()).await.unwrap();
        waiting =
            shown.iter().filter(|job| job.row.as_ref().is_none_or(|row| row.ended_at.is_none())).count();
        if waiting == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    service.abort();
    assert_eq!(waiting, 0, "jobs were not done");
});
