//! `padankerja sample`: an invented regency as files in the import format, or with a past in an empty database. Sample NIKs
//! start with 99.
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde::Serialize;

use crate::{
    app::system::SystemClock,
    cli::{self, Fault, Outcome, output, past},
    config::Config,
    domain::clock::Clock,
    sample::{SampleParams, believable, plain},
    words::cli::tables as words,
};

/// Arguments of `sample`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja sample --people 20000 --out contoh/
  padankerja sample --kind plain --people 500000 --out besar/
  padankerja sample --people 1200 --months 6 --into-database")]
pub struct Args {
    /// Jumlah orang
    #[arg(long, value_name = "JUMLAH", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(0..=4_000_000))]
    people: u32,
    /// Jumlah lowongan
    #[arg(long, value_name = "JUMLAH", default_value_t = 60, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    vacancies: u32,
    /// Jumlah kursi seluruhnya
    #[arg(long, value_name = "JUMLAH", default_value_t = 600, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    seats: u32,
    /// Jumlah pemberi kerja
    #[arg(long, value_name = "JUMLAH", default_value_t = 24, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    employers: u32,
    /// Angka pengacak: angka yang sama memberi data yang sama
    #[arg(long, value_name = "ANGKA", default_value_t = 1)]
    seed: u64,
    /// believable: riwayat kerja dan iklan yang masuk akal; plain: cepat dibuat, untuk mengukur
    #[arg(long, value_name = "MACAM", value_enum, default_value_t = Kind::Believable)]
    kind: Kind,
    /// Langsung ke basis data yang kosong, dengan riwayat: petugas, warga, dan pemberi kerja bertindak hari demi hari
    #[arg(long, conflicts_with_all = ["kind", "out", "vacancies", "seats", "employers"])]
    into_database: bool,
    /// Panjang riwayat, bulan (bawaan: 6)
    #[arg(long, value_name = "BULAN", requires = "into_database", conflicts_with_all = ["kind", "out", "vacancies", "seats", "employers"], value_parser = clap::value_parser!(u32).range(2..=24))]
    months: Option<u32>,
    /// Folder tujuan: employers.jsonl, vacancies.jsonl, people.jsonl
    #[arg(long, value_name = "FOLDER", default_value = "sample")]
    out: PathBuf,
}

/// Months of a past where nobody says otherwise.
const MONTHS: u32 = 6;

/// The two generators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Believable,
    Plain,
}

/// Writes the three files, or lives a past in the database.
pub async fn run(args: Args, config: &Config) -> Outcome {
    if args.into_database {
        let app = cli::open(config).await?;
        let asked = past::Asked {
            people: args.people.max(16),
            months: args.months.unwrap_or(MONTHS),
            seed: args.seed,
            since: None,
        };
        past::make(&app, config, &asked).await?;
        app.db.close().await;
        return Ok(ExitCode::SUCCESS);
    }
    let params = SampleParams {
        people: args.people,
        vacancies: args.vacancies,
        seats: args.seats,
        employers: args.employers,
        seed: args.seed,
        today: SystemClock.today(),
    };
    std::fs::create_dir_all(&args.out)?;
    let out = |name: &str| args.out.join(name);
    let (employers, vacancies) = match args.kind {
        Kind::Believable => (believable::employers(&params), believable::vacancies(&params)),
        Kind::Plain => (plain::employers(&params), plain::vacancies(&params)),
    };
    let employers = write(&out("employers.jsonl"), employers.into_iter())?;
    let vacancies = write(&out("vacancies.jsonl"), vacancies.into_iter())?;
    let people = match args.kind {
        Kind::Believable => write(&out("people.jsonl"), believable::people(&params))?,
        Kind::Plain => write(&out("people.jsonl"), plain::people(&params))?,
    };
    output::line(&words::sample_written(employers, vacancies, people, &args.out))?;
    output::line(&words::sample_next(&args.out))?;
    Ok(ExitCode::SUCCESS)
}

fn write<T: Serialize>(path: &Path, rows: impl Iterator<Item = T>) -> Result<u64, Fault> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut count = 0;
    for row in rows {
        serde_json::to_writer(&mut file, &row).map_err(std::io::Error::from)?;
        file.write_all(b"\n")?;
        count += 1;
    }
    file.flush()?;
    Ok(count)
}
