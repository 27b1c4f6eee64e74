//! `padankerja sample`: an invented regency as files in the import format. Sample NIKs start with 99.
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde::Serialize;

use crate::{
    app::system::SystemClock,
    cli::{Fault, Outcome, output},
    config::Config,
    domain::clock::Clock,
    sample,
    words::cli::tables as words,
};

/// Arguments of `sample`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja sample --people 20000 --out contoh/")]
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
    /// Folder tujuan: employers.jsonl, vacancies.jsonl, people.jsonl
    #[arg(long, value_name = "FOLDER", default_value = "sample")]
    out: PathBuf,
}

/// Writes the three files.
pub async fn run(args: Args, _config: &Config) -> Outcome {
    let params = sample::SampleParams {
        people: args.people,
        vacancies: args.vacancies,
        seats: args.seats,
        employers: args.employers,
        seed: args.seed,
        today: SystemClock.today(),
    };
    std::fs::create_dir_all(&args.out)?;
    let employers = write(&args.out.join("employers.jsonl"), sample::employers(&params).into_iter())?;
    let vacancies = write(&args.out.join("vacancies.jsonl"), sample::vacancies(&params).into_iter())?;
    let people = write(&args.out.join("people.jsonl"), sample::people(&params))?;
    output::line(&words::sample_written(employers, vacancies, people, &args.out))?;
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
