//! `padankerja assign`: the assignment problem on its own, from two CSV files.
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use serde_json::json;

use crate::{
    app::AppError,
    cli::{Fault, Outcome, output},
    files::rows::LONGEST_LINE,
    matching::{
        assign, certificate,
        edges::{EdgesError, Parser, RESULT_HEADER, Sheet, Table},
    },
    words::cli::tables,
};

/// Arguments of `assign`.
#[derive(Debug, clap::Args)]
#[command(after_help = "EDGES.csv: profile,vacancy,score   SEATS.csv: vacancy,seats
Skor bilangan bulat; skor <= 0 tidak pernah dipakai. Pasangan ganda atau lowongan tak dikenal ditolak dengan nomor barisnya.")]
pub struct Args {
    /// Pasangan: profile,vacancy,score
    #[arg(long, value_name = "EDGES.csv")]
    edges: PathBuf,
    /// Kursi: vacancy,seats
    #[arg(long, value_name = "SEATS.csv")]
    seats: PathBuf,
    /// Tulis penugasan: profile,vacancy,score
    #[arg(long, value_name = "OUT.csv")]
    out: Option<PathBuf>,
    /// Hasil sebagai JSON: optimum, dual, assigned, seconds, certificate_seconds
    #[arg(long)]
    json: bool,
}

/// Solves, checks, writes.
pub fn run(args: &Args) -> Outcome {
    let table = table(args)?;
    let started = Instant::now();
    let solution = assign::solve(&table.instance);
    let seconds = started.elapsed().as_secs_f64();
    let instance = &table.instance;
    let started = Instant::now();
    let certified = certificate::verify(instance.people(), instance.seats(), instance.edges(), &solution)
        .map_err(|violation| {
            AppError::Internal(format!("the certificate refuses the answer: {violation}"))
        })?;
    let certificate_seconds = started.elapsed().as_secs_f64();
    if let Some(path) = &args.out {
        write(path, &table, &solution)?;
    }
    if args.json {
        output::json(&json!({
            "optimum": certified.optimum,
            "dual": certified.dual,
            "assigned": certified.assigned,
            "seconds": seconds,
            "certificate_seconds": certificate_seconds,
        }))?;
    } else {
        output::line(&tables::solved(certified.optimum, certified.dual, certified.assigned, seconds))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn table(args: &Args) -> Result<Table, Fault> {
    let mut parser = Parser::new();
    let told = |error: EdgesError| {
        let path = match error.sheet {
            Sheet::Seats => &args.seats,
            Sheet::Edges => &args.edges,
        };
        Fault::Usage(tables::of_file(path, tables::edges(&error)))
    };
    each_line(&args.seats, |line| parser.seats_line(line).map_err(told))?;
    each_line(&args.edges, |line| parser.edges_line(line).map_err(told))?;
    parser.finish().map_err(told)
}

fn each_line(path: &Path, mut take: impl FnMut(&[u8]) -> Result<(), Fault>) -> Result<(), Fault> {
    let told = |error: io::Error| Fault::Usage(tables::unreadable(path, &error));
    let file = File::open(path).map_err(told)?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let got = Read::take(&mut reader, LONGEST_LINE + 1).read_until(b'\n', &mut line).map_err(told)?;
        if got == 0 {
            break;
        }
        if u64::try_from(got).is_ok_and(|got| got > LONGEST_LINE) {
            return Err(Fault::Usage(tables::line_too_long(path, number)));
        }
        take(&line)?;
    }
    Ok(())
}

fn write(path: &Path, table: &Table, solution: &assign::Solution) -> Result<(), Fault> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{RESULT_HEADER}")?;
    for row in table.rows(solution) {
        writeln!(file, "{row}")?;
    }
    Ok(file.flush()?)
}
