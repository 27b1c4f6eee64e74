//! `padankerja doctor`: whether database, keys and index are in order, and what is in them.
use std::process::ExitCode;

use crate::{
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
    app.db.close().await;
    if broken > 0 {
        output::complain(&words::counters_broken(broken));
        return Ok(ExitCode::from(3));
    }
    output::line(words::COUNTERS_RIGHT)?;
    Ok(ExitCode::SUCCESS)
}
