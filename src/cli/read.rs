//! `padankerja read` and `padankerja code`: what is understood of a text.
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde::Serialize;

use crate::{
    cli::{Fault, Outcome, output},
    domain::flag::FlagKind,
    reading::{
        code::code_title,
        criteria,
        job::{JobReading, read_job},
        posting,
    },
    words::cli::{read as words, tables},
};

/// Arguments of `read`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja read iklan.txt
  padankerja read iklan.txt --json")]
pub struct Args {
    /// Berkas teks iklan seperti yang ditempel orang; boleh lebih dari satu posisi
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
    /// Hasil sebagai JSON, dengan semua yang terbaca
    #[arg(long)]
    json: bool,
}

/// Arguments of `code`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Keluaran: judul, lalu paling banyak sepuluh kode KBJI empat angka, dipisah tab.")]
pub struct CodeArgs {
    /// Berkas: satu judul jabatan per baris
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
}

/// Shows the structure read from an advertisement.
pub fn run(args: &Args) -> Outcome {
    let text = text_file(&args.file)?;
    let found = posting::positions(&text);
    let positions: Vec<JobReading> = found.iter().map(|position| read_job(&position.text())).collect();
    let Some(first) = positions.first() else {
        return Err(Fault::Usage(tables::of_file(&args.file, tables::NO_JOB)));
    };
    let flags = criteria::find(&text);
    if args.json {
        let flags = flags.iter().map(|(kind, sentence)| Flagged { kind: *kind, sentence }).collect();
        let positions: Vec<Posted<'_>> =
            found.iter().zip(&positions).map(|(one, job)| Posted { job, seats: one.seats }).collect();
        let first = Posted { job: first, seats: found.first().and_then(|one| one.seats) };
        output::json(&Read { first, flags, positions: &positions })?;
        return Ok(ExitCode::SUCCESS);
    }
    for ((number, one), job) in (1..).zip(&found).zip(&positions) {
        let lines = words::position((number, found.len()), one, job);
        lines.iter().chain([&String::new()]).try_for_each(|line| output::line(line))?;
    }
    let flags: Vec<(FlagKind, &str)> = flags.iter().map(|(kind, said)| (*kind, said.as_str())).collect();
    words::flagged(&flags).iter().try_for_each(|line| output::line(line))?;
    Ok(ExitCode::SUCCESS)
}

/// What is read of a posted text: the first position, and all of them.
#[derive(Serialize)]
struct Read<'a> {
    #[serde(flatten)]
    first: Posted<'a>,
    /// What an officer must decide about before it is published.
    flags: Vec<Flagged<'a>>,
    positions: &'a [Posted<'a>],
}

/// One position with the number of people it says.
#[derive(Serialize)]
struct Posted<'a> {
    #[serde(flatten)]
    job: &'a JobReading,
    #[serde(skip_serializing_if = "Option::is_none")]
    seats: Option<u32>,
}

/// A sentence of the text that asks for what is forbidden, or needs a reason.
#[derive(Serialize)]
struct Flagged<'a> {
    kind: FlagKind,
    sentence: &'a str,
}

/// Codes titles, one a line.
pub fn code(args: &CodeArgs) -> Outcome {
    for title in text_file(&args.file)?.lines() {
        let mut row = vec![title.to_owned()];
        row.extend(code_title(title).into_iter().map(|(code, _)| code));
        output::line(&row.join("\t"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a text file; binary noise is told, not read.
pub(super) fn text_file(path: &Path) -> Result<String, Fault> {
    text(path, std::fs::read(path))
}

/// The same inside async code.
pub(super) async fn text_file_async(path: &Path) -> Result<String, Fault> {
    text(path, tokio::fs::read(path).await)
}

fn text(path: &Path, bytes: std::io::Result<Vec<u8>>) -> Result<String, Fault> {
    let bytes = bytes.map_err(|error| Fault::Usage(tables::unreadable(path, &error)))?;
    let refuse = || Fault::Usage(tables::of_file(path, tables::NOT_TEXT));
    let text = String::from_utf8(bytes).map_err(|_| refuse())?;
    if text.contains('\0') { Err(refuse()) } else { Ok(text) }
}
