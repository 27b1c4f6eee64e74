//! `padankerja doctor`: whether database, keys and index are in order, and what is in them.
use std::process::ExitCode;

use crate::{
    app::jobs,
    cli::{self, Outcome, output, words},
    config::{self, Config},
    store::{applications, people, vacancies},
};

/// Arguments of `doctor`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Looks at everything once; exit code 3 when something is wrong.
pub async fn run(_args: Args, config: &Config) -> Outcome {
    output::line(&format!("basis data: {}", config::without_password(&config.database_url)))?;
    let app = match cli::open(config).await {
        Ok(app) => app,
        Err(fault) => {
            output::complain(&cli::words::fault(&fault));
            return Ok(ExitCode::from(3));
        }
    };
    let mut tx = app.db.read().await?;
    output::line(&format!("orang: {}", people::count(&mut tx).await?))?;
    for (state, count) in vacancies::count_by_state(&mut tx).await? {
        output::line(&format!("lowongan {state}: {count}"))?;
    }
    for (state, count) in applications::count_by_state(&mut tx).await? {
        output::line(&format!("lamaran {state}: {count}"))?;
    }
    let broken = applications::broken_counters(&mut tx).await?;
    drop(tx);
    let jobs = jobs::statuses_by_system(&app).await?;
    app.db.close().await;
    for job in &jobs {
        output::line(&words::job(job))?;
    }
    let failing = jobs.iter().filter(|job| job.failure().is_some()).count();
    if broken > 0 {
        output::complain(&format!("{broken} penghitung tidak cocok dengan lamaran"));
        return Ok(ExitCode::from(3));
    }
    output::line("penghitung kursi dan rujukan cocok")?;
    if failing > 0 {
        output::complain(&format!("{failing} tugas berkala gagal pada giliran terakhirnya"));
        return Ok(ExitCode::from(3));
    }
    Ok(ExitCode::SUCCESS)
}
