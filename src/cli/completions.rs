//! `padankerja completions`: a script that completes commands in a shell.
use std::process::ExitCode;

use clap_complete::Shell;

use crate::cli::{self, Outcome};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// bash, zsh, fish, elvish atau powershell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Writes the script to standard output.
pub fn run(args: &Args) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli::command(), "padankerja", &mut script);
    cli::output::line(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
