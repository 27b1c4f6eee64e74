//! The service's jobs, done when a test says so.
use std::sync::Arc;

use padankerja::{
    app::{
        App,
        jobs::{JOBS, Job, Outcome, Resources},
    },
    domain::job::Name,
};

/// A job by its name.
pub fn job(name: Name) -> &'static Job {
    JOBS.iter().find(|job| job.name == name).unwrap()
}

/// What the jobs of a test work on; the index is not among it.
pub fn resources(app: &App) -> Resources {
    Resources { app: app.clone(), indexer: None, post: Arc::default() }
}

/// Does one job now, whether it is due or not.
pub async fn work(app: &App, name: Name) -> Outcome {
    job(name).work(&resources(app)).await.unwrap()
}

/// Does every job once, in the order of the list; none may fail.
pub async fn tick(app: &App) {
    for job in JOBS {
        let outcome = work(app, job.name).await;
        assert_eq!(outcome.failure, None, "{}", job.name);
    }
}
