//! `padankerja openapi`: prints the description of the API (OpenAPI 3.1) without starting anything.
use std::process::ExitCode;

use crate::{
    cli::{Outcome, output},
    config::Config,
    http::api,
};

/// Arguments of `openapi`: none.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the document, indented.
pub async fn run(_args: Args, _config: &Config) -> Outcome {
    let (_, document) = api::described();
    output::json(&document)?;
    Ok(ExitCode::SUCCESS)
}
