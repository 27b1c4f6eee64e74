//! Where the commands write: results to standard output, everything else to standard error. A closed pipe ends a command
//! quietly.
use std::{
    io::{IsTerminal, Write},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::{
    cli::Fault,
    words::cli::{faults, tables},
};

/// Writes a line of the result.
pub fn line(text: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// Writes the result as JSON.
pub fn json(value: &impl Serialize) -> Result<(), Fault> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Fault::Usage(tables::unwritable(error)))?;
    line(&text)
}

/// Says something beside the result.
pub fn note(text: &str) {
    let _closed = writeln!(std::io::stderr(), "{text}");
}

/// Says what went wrong.
pub fn complain(text: &str) {
    note(&faults::complaint(text));
}

/// A progress bar on a terminal; silent elsewhere.
pub fn bar(total: u64, what: &str) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(total), target);
    let style = ProgressStyle::with_template("{msg:28} {bar:32} {pos}/{len} {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    bar.set_message(what.to_owned());
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
