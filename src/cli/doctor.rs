//! `padankerja doctor`: whether database, keys and index are in order, and what is in them.
use std::process::ExitCode;

use crate::{
    app::jobs,
    cli::{self, Outcome, output},
    config::{self, Config},
    store::{applications, people, vacancies},
    words::cli::service as words,
};

/// Arguments of `doctor`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Looks at everything once; exit code 3 when something is wrong.
pub async fn run(_args: Args, config: &Config) -> Outcome {
    output::line(&words::database(&config::without_password(&config.database_url)))?;
    let app = match cli::open(config).await {
        Ok(app) => app,
        Err(fault) => {
            output::complain(&cli::fault::sentence(&fault));
            return Ok(ExitCode::from(3));
        }
    };
    let mut tx = app.db.read().await?;
    output::line(&words::people(people::count(&mut tx).await?))?;
    for (state, count) in vacancies::count_by_state(&mut tx).await? {
        output::line(&words::vacancies(state, count))?;
    }
    for (state, count) in applications::count_by_state(&mut tx).await? {
        output::line(&words::applications(state, count))?;
    }
    let broken = applications::broken_counters(&mut tx).await?;
    drop(tx);
    let jobs = jobs::statuses_by_system(&app).await?;
    app.db.close().await;
    for job in &jobs {
        output::line(&said(job))?;
    }
    let failing = jobs.iter().filter(|job| job.failure().is_some()).count();
    if broken > 0 {
        output::complain(&words::counters_broken(broken));
        return Ok(ExitCode::from(3));
    }
    output::line(words::COUNTERS_RIGHT)?;
    if failing > 0 {
        output::complain(&words::jobs_failing(failing));
        return Ok(ExitCode::from(3));
    }
    Ok(ExitCode::SUCCESS)
}

fn said(status: &jobs::Status) -> String {
    let ended = status.row.as_ref().and_then(|row| Some((row, row.ended_at?)));
    let last = ended.map(|(row, at)| words::LastTurn {
        at,
        millis: row.duration_ms.unwrap_or(0),
        done: row.done.unwrap_or(0),
        failed: row.failed.unwrap_or(0),
        failure: row.last_failure.as_deref(),
    });
    words::job(status.name, last)
}
