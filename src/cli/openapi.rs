//! `padankerja openapi`: prints the description of the API (OpenAPI 3.1) without starting anything.
use std::{io::Write, process::ExitCode};

use crate::{
    cli::{Fault, Outcome},
    config::Config,
    http::api,
};

/// Arguments of `openapi`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the document, indented.
pub async fn run(_args: Args, _config: &Config) -> Outcome {
    let (_, document) = api::described();
    let text = serde_json::to_string_pretty(&document).map_err(|error| Fault::Io(error.into()))?;
    writeln!(std::io::stdout(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}
