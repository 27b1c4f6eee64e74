//! Figures for whoever watches the service: on an address of their own, true, and without anybody in them.
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use chrono::TimeDelta;
use padankerja::{
    app::{access::Right, jobs, policies, runs::computing},
    domain::job::Name,
    http::metrics,
};
use reqwest::Method;
use serde_json::json;

use crate::{
    spine::cast::{Cast, get},
    support::{
        app::{Answer, TestApp},
        database::{TestDb, both_databases},
        jobs::{job, resources},
    },
};

/// What the figures say now.
async fn scraped(app: &TestApp) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(metrics::serve(listener, app.state.clone(), std::future::pending()));
    let answer = Answer::of(reqwest::Client::new().get(format!("http://{address}/metrics"))).await;
    let elsewhere =
        Answer::of(reqwest::Client::new().get(format!("http://{address}/api/v1/vacancies"))).await;
    server.abort();
    assert_eq!((answer.status.as_u16(), elsewhere.status.as_u16()), (200, 404));
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    answer.text
}

/// The value of a figure with these labels, in any order.
fn value(text: &str, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
    let line = text.lines().find(|line| {
        let rest = line.strip_prefix(name).filter(|rest| rest.starts_with(['{', ' ']));
        rest.is_some_and(|rest| {
            labels.iter().all(|(key, value)| rest.contains(&format!("{key}=\"{value}\"")))
        })
    });
    line.map(|line| line.rsplit(' ').next().unwrap().parse().unwrap())
}

both_databases!(figures_tell_what_happened_and_what_waits, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (app, inner) = (&cast.app, cast.app.app());
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.referred(&person, &vacancy).await;
    cast.proposed(&cast.person(2).await, &vacancy).await;
    for _ in 0..3 {
        get(&cast.staff, &format!("/applications/{application}")).await.success();
    }
    assert_eq!(app.anonymous().get("/api/v1/people").await.status, 401);
    assert_eq!(app.anonymous().get("/no/such/thing").await.status, 404);
    let odd = Method::from_bytes(b"EVERYBODYSOWN").unwrap();
    assert_eq!(Answer::of(app.anonymous().request(odd, "/api/v1/people")).await.status, 405);
    assert_eq!(app.anonymous().get("/metrics").await.status, 404, "not on the public port");

    let text = scraped(app).await;
    let requests = |route: &str, method: &str, status: &str| {
        let labels = [("route", route), ("method", method), ("status", status)];
        value(&text, "padankerja_http_requests_total", &labels)
    };
    // `referred` looks twice at it, to know its version.
    assert_eq!(requests("/api/v1/applications/{id}", "GET", "200"), Some(5.0), "{text}");
    assert_eq!(requests("/api/v1/people", "GET", "401"), Some(1.0));
    assert_eq!(requests("/api/v1/people", "POST", "201"), Some(2.0));
    assert_eq!(requests("/api/v1/people", "other", "405"), Some(1.0));
    assert_eq!(requests("-", "GET", "404"), Some(2.0));
    let timed = [("route", "/api/v1/applications/{id}"), ("method", "GET")];
    assert_eq!(value(&text, "padankerja_http_request_seconds_count", &timed), Some(5.0));
    assert_eq!(
        value(&text, "padankerja_http_request_seconds_bucket", &[timed[0], ("le", "+Inf")]),
        Some(5.0)
    );
    assert_eq!(value(&text, "padankerja_database_up", &[]), Some(1.0));
    for (state, count) in [("referred", 1.0), ("proposed", 1.0), ("queued", 0.0)] {
        assert_eq!(value(&text, "padankerja_applications", &[("state", state)]), Some(count), "{state}");
    }
    let answers =
        |text: &str| ["due", "overdue"].map(|which| value(text, &format!("padankerja_answers_{which}"), &[]));
    assert_eq!(answers(&text), [Some(1.0), Some(0.0)]);
    assert!(value(&text, "padankerja_index_waiting", &[]) > Some(0.0), "nothing indexes here");
    for personal in [person.as_str(), vacancy.as_str(), application.as_str(), "Contoh", "pt.contoh"] {
        assert!(!text.contains(personal), "{personal} is told: {text}");
    }

    // Time passes, a job fails, a run runs, the index follows.
    app.state.indexer.catch_up(inner).await.unwrap();
    cast.app.clock.advance(TimeDelta::days(14));
    db.execute("update vacancies set live = 0").await;
    jobs::due(inner).await.unwrap();
    jobs::turn(&resources(inner), job(Name::LapseAnswers)).await.unwrap().unwrap();
    let policy = policies::policy(inner, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: inner.clock.today(), seed: 1, started_by: None };
    computing::begin(inner, &request).await.unwrap();
    let text = scraped(app).await;
    assert_eq!(answers(&text), [Some(1.0), Some(1.0)]);
    assert_eq!(value(&text, "padankerja_index_waiting", &[]), Some(0.0));
    assert_eq!(value(&text, "padankerja_runs", &[("state", "running")]), Some(1.0));
    let failed = |job: Name| value(&text, "padankerja_job_failed", &[("job", job.as_str())]);
    assert_eq!((failed(Name::LapseAnswers), failed(Name::SealAudit)), (Some(1.0), Some(0.0)));
    let ended = |job: Name| value(&text, "padankerja_job_ended_timestamp_seconds", &[("job", job.as_str())]);
    assert_eq!(ended(Name::SealAudit), None, "never");
    let now = inner.clock.now().timestamp() as f64;
    assert_eq!(ended(Name::LapseAnswers), Some(now));

    // Without the database the requests are still told.
    inner.db.close().await;
    let text = scraped(app).await;
    assert_eq!(value(&text, "padankerja_database_up", &[]), Some(0.0));
    assert!(text.contains("padankerja_http_requests_total"));
});

both_databases!(the_service_tells_its_figures_where_it_is_told_to, |db: TestDb| async {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Command::new(env!("CARGO_BIN_EXE_padankerja"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database-url", &db.url()])
        .current_dir(folder.path())
        .env("PADANKERJA_METRICS_LISTEN", "127.0.0.1:0")
        .env_remove("DATABASE_URL")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(service.stderr.take().unwrap()).lines();
    let mut told = |what: &str| {
        let line = said.by_ref().map(Result::unwrap).find(|line| line.contains(what)).unwrap();
        line.split("address=").nth(1).unwrap().split(' ').next().unwrap().to_owned()
    };
    let (figures, public) = (told("metrics"), told("listening"));
    let ask = async |url: String| Answer::of(reqwest::Client::new().get(url)).await;
    assert_eq!(ask(format!("http://{public}/healthz")).await.text, "ok");
    assert_eq!(ask(format!("http://{public}/metrics")).await.status, 404);
    let text = ask(format!("http://{figures}/metrics")).await.text;
    let labels = [("route", "/healthz"), ("status", "200")];
    assert_eq!(value(&text, "padankerja_http_requests_total", &labels), Some(1.0), "{text}");
    let stopped = Command::new("kill").arg(service.id().to_string()).status().unwrap();
    assert!(stopped.success() && service.wait().unwrap().success());
});

// A body that does not fit is answered as before, with what serde says about it.
both_databases!(a_body_that_does_not_fit_is_told_where, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let staff = app.staff(&[Right::Confirm]).await;
    let answer = staff.post("/api/v1/runs", &json!({"seed": "satu"})).await;
    assert_eq!(answer.refusal(), (400, "unacceptable_body".to_owned()));
    let error = &answer.json()["errors"][0];
    assert_eq!((&error["field"], &error["code"]), (&json!("seed"), &json!("unacceptable")));
    assert_eq!(error["detail"], "isi dengan bilangan bulat");
    let answer = staff.get("/api/v1/runs?limit=0").await;
    let error = &answer.json()["errors"][0];
    assert_eq!(
        (&error["field"], &error["detail"]),
        (&json!("limit"), &json!("isi dengan bilangan bulat 1 sampai 200"))
    );
});
