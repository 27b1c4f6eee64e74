//! Figures for whoever watches the service, in the text format of Prometheus, on an address of their own: never on the
//! public port. Labels are routes as they are written in the program, methods, states and names of jobs; no address, id
//! or name ever stands in one.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tokio::net::TcpListener;

use crate::{
    app::{
        AppError,
        jobs::vitals::{self, Vitals},
    },
    domain::run,
    http::state::AppState,
};

const REQUESTS: &str = "padankerja_http_requests_total";
const SECONDS: &str = "padankerja_http_request_seconds";
const DATABASE: &str = "padankerja_database_up";
const APPLICATIONS: &str = "padankerja_applications";
const DUE: &str = "padankerja_answers_due";
const OVERDUE: &str = "padankerja_answers_overdue";
const RUNS: &str = "padankerja_runs";
const RUN_SECONDS: &str = "padankerja_newest_run_seconds";
const INDEX: &str = "padankerja_index_waiting";
const JOB_FAILED: &str = "padankerja_job_failed";
const JOB_ENDED: &str = "padankerja_job_ended_timestamp_seconds";
const JOB_SECONDS: &str = "padankerja_job_seconds";

/// Upper bounds of the classes of request times, seconds.
const CLASSES: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// How often what was measured is summed up, whether somebody asks or not.
const UPKEEP: Duration = Duration::from_secs(5);

/// What one service counts.
pub struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new() -> Result<Self, AppError> {
        let built = PrometheusBuilder::new().set_buckets(&CLASSES);
        let recorder =
            built.map_err(|error| AppError::Internal(format!("metrics: {error}")))?.build_recorder();
        metrics::with_local_recorder(&recorder, describe);
        let handle = recorder.handle();
        Ok(Self { recorder, handle })
    }

    fn answered(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        metrics::with_local_recorder(&self.recorder, || {
            let (route, status) = (route.to_owned(), status.to_string());
            counter!(REQUESTS, "route" => route.clone(), "method" => method, "status" => status).increment(1);
            histogram!(SECONDS, "route" => route, "method" => method).record(took);
        });
    }

    fn looked(&self, vitals: Option<&Vitals>) -> String {
        metrics::with_local_recorder(&self.recorder, || {
            gauge!(DATABASE).set(if vitals.is_some() { 1.0 } else { 0.0 });
            if let Some(vitals) = vitals {
                tell(vitals);
            }
        });
        self.handle.render()
    }
}

/// Counts an answer; the innermost layer that sees its final status.
pub async fn count(State(metrics): State<Option<Arc<Metrics>>>, request: Request, next: Next) -> Response {
    let Some(metrics) = metrics else { return next.run(request).await };
    let route = request.extensions().get::<MatchedPath>().cloned();
    let (method, began) = (known(request.method()), Instant::now());
    let response = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    metrics.answered(route, method, response.status().as_u16(), began.elapsed());
    response
}

/// `GET /metrics`, and nothing else.
pub fn router(state: AppState) -> Router {
    Router::new().route("/metrics", get(scrape)).with_state(state)
}

/// Serves the figures on a bound socket until told to stop.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let metrics = state.metrics.clone();
    let upkeep = async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            if let Some(metrics) = &metrics {
                metrics.handle.run_upkeep();
            }
        }
    };
    tokio::select! {
        served = axum::serve(listener, router(state)).with_graceful_shutdown(stop) => served,
        () = upkeep => Ok(()),
    }
}

async fn scrape(State(state): State<AppState>) -> Response {
    let Some(metrics) = &state.metrics else { return axum::http::StatusCode::NOT_FOUND.into_response() };
    let vitals = vitals::look(&state.app, &state.indexer).await;
    if let Err(error) = &vitals {
        tracing::warn!(%error, "the figures of the service could not be read");
    }
    let text = metrics.looked(vitals.ok().as_ref());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// A closed set: anybody can make up a method.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn tell(vitals: &Vitals) {
    for (state, count) in &vitals.open {
        gauge!(APPLICATIONS, "state" => state.as_str()).set(*count as f64);
    }
    gauge!(DUE).set(vitals.due as f64);
    gauge!(OVERDUE).set(vitals.overdue as f64);
    for state in run::State::ALL {
        let count = vitals.runs.iter().find(|(known, _)| known == state).map_or(0, |(_, count)| *count);
        gauge!(RUNS, "state" => state.as_str()).set(count as f64);
    }
    if let Some(took) = vitals.newest_run_ms {
        gauge!(RUN_SECONDS).set(took as f64 / 1000.0);
    }
    gauge!(INDEX).set(vitals.index_waiting as f64);
    for job in &vitals.jobs {
        let name = job.name.as_str();
        gauge!(JOB_FAILED, "job" => name).set(if job.failure().is_some() { 1.0 } else { 0.0 });
        let ended = job.row.as_ref().and_then(|row| Some((row.ended_at?, row.duration_ms?)));
        if let Some((at, took)) = ended {
            gauge!(JOB_ENDED, "job" => name).set(at.timestamp() as f64);
            gauge!(JOB_SECONDS, "job" => name).set(took as f64 / 1000.0);
        }
    }
}

fn describe() {
    describe_counter!(REQUESTS, "Answers by route, method and status.");
    describe_histogram!(SECONDS, "Time until the answer, by route and method.");
    describe_gauge!(DATABASE, "1 when the database could be read for these figures.");
    describe_gauge!(APPLICATIONS, "Applications before the first day of work, by state.");
    describe_gauge!(DUE, "Answers that employers owe.");
    describe_gauge!(OVERDUE, "Answers that employers owe, past their deadline.");
    describe_gauge!(RUNS, "Match runs by state.");
    describe_gauge!(RUN_SECONDS, "How long the newest match run that ended well took.");
    describe_gauge!(INDEX, "Outbox entries the index of this process has not seen.");
    describe_gauge!(JOB_FAILED, "1 when something went wrong in a job the last time.");
    describe_gauge!(JOB_ENDED, "When a job ended the last time.");
    describe_gauge!(JOB_SECONDS, "How long a job took the last time.");
}
