//! `padankerja unknown-desil`: whose desil to look up, as a morning's work.
use std::process::ExitCode;

use crate::{
    app::runs::{seen::UnknownDesil, unknown},
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given},
        table::Table,
        worklist::Worklist,
    },
    config::Config,
    domain::{evidence, ids::RunId},
    http::api::unknown::UnknownDesilTold,
    words::cli::{lists, runs, unknown as words},
};

/// Arguments of `unknown-desil`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja unknown-desil                 proses yang terakhir selesai
  padankerja unknown-desil --run 5e4f3c21  proses tertentu
  padankerja unknown-desil --json

Urutan: yang tergeser karena prioritas orang lain, lalu yang belum diusulkan (yang cocok untuk kursi \
terbanyak, lalu yang paling lama menunggu), lalu yang sudah diusulkan.")]
pub struct Args {
    /// Nomor proses, atau 8 angka terakhirnya (bawaan: yang terakhir selesai)
    #[arg(long, value_name = "PROSES")]
    run: Option<Given>,
    #[command(flatten)]
    list: Worklist,
}

/// Lists them.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let asked = match &args.run {
        Some(given) => Some(short::run(&mut tx, given).await?),
        None => None,
    };
    let run = unknown::which(&mut tx, asked).await?;
    let mut rows = match run {
        Some(run) => unknown::of_run(&mut tx, run, app.clock.today(), 0, args.list.rows()).await?,
        None => Vec::new(),
    };
    tx.rollback().await?;
    app.db.close().await;
    let more = args.list.cut(&mut rows);
    match run {
        _ if args.list.json => {
            output::json(&rows.into_iter().map(UnknownDesilTold::from).collect::<Vec<_>>())?;
        }
        None => output::line(runs::NO_RUNS)?,
        Some(_) if rows.is_empty() => output::line(words::ALL_KNOWN)?,
        Some(run) => tell(run, &rows, more)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(run: RunId, rows: &[UnknownDesil], more: bool) -> Result<(), Fault> {
    let has_expired = |row: &UnknownDesil| row.reason == evidence::Unknown::Expired;
    let mut table = Table::new(words::COLUMNS);
    for row in rows {
        table.row([
            row.person_id.short(),
            row.person_name.clone(),
            lists::village(row.village.as_deref()),
            row.phone.clone().unwrap_or_else(|| "-".to_owned()),
            row.seats.to_string(),
            words::why(row.fate, has_expired(row)),
        ]);
    }
    table.write()?;
    let advice = words::advice(run.short(), rows.len(), more, rows.iter().any(has_expired));
    advice.iter().try_for_each(|line| output::line(line))
}
