//! `padankerja runs`, `publish` and `replay`: the match runs there are, publishing one, and proving one again.
use std::process::ExitCode;

use serde_json::json;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        runs::{
            publish::{self, Published},
            replay,
        },
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given},
        table::Table,
    },
    config::Config,
    domain::ids::RunId,
    store::runs::{self, Run},
    words::{
        cli::runs as words,
        id::{dates, price, states},
    },
};

/// Arguments of `runs`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja runs --json")]
pub struct Args {
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `publish`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja publish 5e4f3c21   (nomor proses dari `padankerja runs`)")]
pub struct PublishArgs {
    /// Nomor proses, atau 8 angka terakhirnya
    #[arg(value_name = "PROSES")]
    run: Given,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `replay`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja replay 5e4f3c21
Kode keluar 0: terbukti; 1: tidak terbukti atau usulan tersimpan bukan hasil proses itu.")]
pub struct ReplayArgs {
    /// Nomor proses, atau 8 angka terakhirnya
    #[arg(value_name = "PROSES")]
    run: Given,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Most runs in one list.
const MOST: i64 = 10_000;

/// Lists the runs, newest first.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let mut all = runs::page(&mut tx, None, MOST).await?;
    tx.rollback().await?;
    app.db.close().await;
    all.reverse();
    if args.json {
        output::json(&all.iter().map(as_json).collect::<Vec<_>>())?;
    } else if all.is_empty() {
        output::line(words::NO_RUNS)?;
    } else {
        table(&all).write()?;
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(run: &Run) -> serde_json::Value {
    json!({
        "id": run.id, "state": run.state, "as_of": run.as_of, "seed": run.seed, "started_at": run.started_at,
        "finished_at": run.finished_at, "published_at": run.published_at, "failure": run.failure,
        "summary": run.summary.as_ref().map(|summary| &summary.0),
    })
}

fn table(all: &[Run]) -> Table {
    let mut table = Table::new(words::RUNS);
    for run in all {
        let summary = run.summary.as_ref().map(|summary| &summary.0);
        let number =
            |field: &str| summary.and_then(|s| s[field].as_i64()).map(|n| n.to_string()).unwrap_or_default();
        let policy = summary
            .map(|s| format!("{} r{}", s["policy"]["name"].as_str().unwrap_or("-"), s["policy"]["revision"]));
        let price = summary.and_then(price::in_short);
        table.row([
            run.id.short(),
            dates::clock(run.started_at),
            states::run(run.state).to_owned(),
            policy.unwrap_or_default(),
            number("proposed"),
            number("proposed_poor"),
            price.unwrap_or_default(),
        ]);
    }
    table
}

/// Publishes a run that ended.
pub async fn publish(args: PublishArgs, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let run = found(&app, &args.run).await?;
    let published =
        publish::publish(&app, &Acting::terminal(), run).await.map_err(|error| unknown(run, error))?;
    app.db.close().await;
    if args.json {
        output::json(&published)?
    } else {
        tell(&published)?
    }
    Ok(ExitCode::SUCCESS)
}

/// What publishing did.
pub(super) fn tell(published: &Published) -> Result<(), Fault> {
    let Published { created, renewed, retired, next_steps, without_step, dropped } = published;
    output::line(&words::published(*created, *renewed, *retired, dropped.len()))?;
    output::line(&words::next_steps(*next_steps, *without_step))?;
    for dropped in dropped.iter().take(10) {
        output::line(&words::dropped(dropped.person.short(), dropped.vacancy.short(), &dropped.reason))?;
    }
    Ok(())
}

/// Proves a stored run again.
pub async fn replay(args: ReplayArgs, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let run = found(&app, &args.run).await?;
    let report = replay::replay_by_system(&app, run).await.map_err(|error| unknown(run, error))?;
    app.db.close().await;
    if args.json {
        output::json(&report)?;
    } else {
        for line in words::replayed(&report.replayed, report.proposals_found, report.proposals_foreign) {
            output::line(&line)?;
        }
    }
    let holds =
        report.proposals_foreign == 0 && (report.replayed.same_bytes || !report.replayed.same_program);
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn found(app: &App, given: &Given) -> Result<RunId, Fault> {
    let mut tx = app.db.read().await?;
    short::run(&mut tx, given).await
}

fn unknown(run: RunId, error: AppError) -> Fault {
    match error {
        AppError::NotFound => Fault::Usage(words::no_such_run(run)),
        other => other.into(),
    }
}
