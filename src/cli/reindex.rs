//! `padankerja reindex`: builds the search index anew from the database. The service does this by itself when it must.
use std::process::ExitCode;

use crate::{
    app::indexing::Indexer,
    cli::{self, Outcome, output},
    config::Config,
    words::cli::service as words,
};

/// Arguments of `reindex`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Rebuilds with a bar.
pub async fn run(_args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let indexer = Indexer::open(&app, &config.data_dir.join("index"), cli::indexing_bar()).await?;
    let documents = indexer.rebuild(&app).await?;
    output::line(&words::indexed(documents))?;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}
