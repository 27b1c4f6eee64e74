//! `padankerja evaluate`: ranking quality on a judged set in the BEIR layout, with production scores.
use std::{path::PathBuf, process::ExitCode};

use crate::{
    cli::{Fault, Outcome, output, read::text_file},
    matching::evaluate::{self, JudgedSet, Options},
    words::cli::tables as words,
};

/// Arguments of `evaluate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder dengan corpus.jsonl, queries.jsonl, qrels/test.tsv
    #[arg(long, value_name = "FOLDER")]
    dataset: PathBuf,
    /// Tulis urutan dalam bentuk TREC
    #[arg(long, value_name = "BERKAS")]
    run: Option<PathBuf>,
    /// Arah sebaliknya: profil mencari lowongan
    #[arg(long)]
    reverse: bool,
    /// Tinggalkan pasangan di bawah batas kecocokan
    #[arg(long)]
    floor: bool,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Evaluates and prints the means.
pub fn run(args: &Args) -> Outcome {
    let corpus = text_file(&args.dataset.join("corpus.jsonl"))?;
    let queries = text_file(&args.dataset.join("queries.jsonl"))?;
    let qrels = text_file(&args.dataset.join("qrels/test.tsv"))?;
    let set = JudgedSet { corpus: &corpus, queries: &queries, qrels: &qrels };
    let options = Options { reverse: args.reverse, floor: args.floor };
    let evaluation =
        evaluate::evaluate(&set, options).map_err(|error| Fault::Usage(words::judged_set(&error)))?;
    if let Some(path) = &args.run {
        std::fs::write(path, &evaluation.run)?;
    }
    if args.json {
        output::json(&evaluation.metrics)?;
    } else {
        output::line(&words::judged(&evaluation.metrics))?;
    }
    Ok(ExitCode::SUCCESS)
}
