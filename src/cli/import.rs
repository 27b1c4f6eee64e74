//! `padankerja import`: employers, vacancies or people from a csv or jsonl file. One bad row keeps the whole file out,
//! unless `--keep-going` is given; every problem is listed with row, column and value.
use std::{path::PathBuf, process::ExitCode};

use crate::{
    app::{
        access::acting::Acting,
        exchange::{
            import::{self, AsSample, Options},
            report::Report,
        },
    },
    cli::{self, Fault, Outcome, output},
    config::Config,
    domain::flag::FlagKind,
    files::rows::Format,
    words::cli::tables as words,
};

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja import people lulusan.csv --dry-run
  padankerja import vacancies lowongan.jsonl --keep-going
  padankerja import people formulir.csv --map 'Nomor Darurat=-' --map 'No. Ponsel Keluarga=phone'
  padankerja import vacancies iklan.jsonl --publish-as sample --valid-days 60 --place-seed 1")]
pub struct Args {
    /// Apa yang dimasukkan
    #[arg(value_name = "JENIS", value_enum)]
    what: What,
    /// Berkas csv atau jsonl
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
    /// Simpan baris yang baik, laporkan yang lain
    #[arg(long)]
    keep_going: bool,
    /// Periksa saja, jangan simpan apa pun
    #[arg(long)]
    dry_run: bool,
    /// Lengkapi dan terbitkan lowongan, ditandai sebagai contoh
    #[arg(long, value_name = "sample", value_parser = ["sample"])]
    publish_as: Option<String>,
    /// Lama berlaku lowongan contoh, hari
    #[arg(long, value_name = "HARI", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=365))]
    valid_days: u32,
    /// Angka pengacak penempatan lowongan contoh di desa/kelurahan
    #[arg(long, value_name = "ANGKA", default_value_t = 1)]
    place_seed: u64,
    /// Arti sebuah judul kolom; bidang "-" berarti kolom itu tidak dipakai. Boleh diulang
    #[arg(long, value_name = "JUDUL=BIDANG", value_parser = mapped)]
    map: Vec<(String, String)>,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// A heading and its field: the heading may hold a "=", a field never does.
pub(super) fn mapped(text: &str) -> Result<(String, String), String> {
    let (heading, field) = text.rsplit_once('=').ok_or_else(|| words::MAP_SHAPE.to_owned())?;
    if heading.trim().is_empty() || field.trim().is_empty() {
        return Err(words::MAP_SHAPE.to_owned());
    }
    Ok((heading.trim().to_owned(), field.trim().to_owned()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    Employers,
    Vacancies,
    People,
}

/// How many problems are shown; the rest is counted.
const SHOWN: usize = 20;

/// Imports a file and says what happened.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let format = Format::of(&args.file)
        .ok_or_else(|| Fault::Usage(words::of_file(&args.file, words::UNKNOWN_FORMAT)))?;
    if !args.file.is_file() {
        return Err(Fault::Usage(words::of_file(&args.file, words::NO_FILE)));
    }
    let as_sample = args
        .publish_as
        .as_ref()
        .map(|_| AsSample { valid_days: args.valid_days, place_seed: args.place_seed });
    let options =
        Options { keep_going: args.keep_going, dry_run: args.dry_run, as_sample, map: args.map.clone() };
    let app = cli::open(config).await?;
    let bar = output::bar(0, words::STORING);
    let progress = |done: u64| bar.set_position(done);
    let report = match args.what {
        What::Employers => import::employers(&app, &args.file, format, &options, &progress).await,
        What::People => {
            import::people(&app, &Acting::terminal(), &args.file, format, &options, &progress).await
        }
        What::Vacancies => {
            let shape = import::shape(&args.file, format).await?;
            import::vacancies(&app, &args.file, format, shape, &options, &progress).await
        }
    }?;
    bar.finish_and_clear();
    app.db.close().await;
    tell(&report, &args)?;
    Ok(if report.succeeded(args.keep_going) { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn tell(report: &Report, args: &Args) -> Result<(), Fault> {
    if args.json {
        return output::json(report);
    }
    for note in report.notes.iter().take(SHOWN) {
        output::note(&words::noted(note.line, note.is_error, &note.message));
    }
    if report.notes.len() > SHOWN {
        output::note(&words::more_noted(report.notes.len() - SHOWN));
    }
    for kind in &report.summary {
        output::note(&words::kind(kind.is_error, &kind.text));
    }
    for (line, flag) in report.flagged.iter().map(|found| (found.line, &found.flag)).take(SHOWN) {
        output::note(&words::flagged(line, flag.kind, &flag.sentence));
    }
    output::line(&words::imported(report.rows, report.written, report.known, report.refused))?;
    for list in [
        words::known_lines(&report.known_lines),
        words::changed(report.changed),
        words::left_out(report.left_out),
    ]
    .into_iter()
    .flatten()
    {
        output::line(&list)?;
    }
    let mut rows: Vec<(FlagKind, u64)> =
        report.flagged.iter().map(|found| (found.flag.kind, found.line)).collect();
    rows.sort_unstable();
    rows.dedup();
    if let Some(list) = words::flags(rows.into_iter().map(|(kind, _)| kind)) {
        output::line(&list)?;
    }
    for list in [words::states(&report.states), words::missing(&report.missing)].into_iter().flatten() {
        output::line(&list)?;
    }
    if report.refused > 0 && !args.keep_going {
        output::line(words::NOTHING_STORED)?;
    } else if args.dry_run {
        output::line(words::ONLY_TRIED)?;
    } else if args.what == What::Employers && args.publish_as.is_none() && report.written > 0 {
        output::line(&words::unverified(report.written))?;
    }
    Ok(())
}
