//! `padankerja runs`, `publish` and `replay`: the match runs there are, publishing one, and proving one again.
use std::process::ExitCode;

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use crate::{
    app::{
        AppError,
        access::acting::Acting,
        runs::{
            publish::{self, Published},
            replay,
        },
    },
    cli::{self, Fault, Outcome, output},
    config::Config,
    domain::ids::RunId,
    store::runs::{self, Run},
    words::{cli::runs as words, id::states},
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
#[command(after_help = "Contoh: padankerja publish 0199..   (nomor proses dari `padankerja runs`)")]
pub struct PublishArgs {
    /// Nomor proses
    #[arg(value_name = "PROSES")]
    run: RunId,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `replay`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja replay 0199..
Kode keluar 0: terbukti; 1: tidak terbukti atau usulan tersimpan bukan hasil proses itu.")]
pub struct ReplayArgs {
    /// Nomor proses
    #[arg(value_name = "PROSES")]
    run: RunId,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Most runs in one list.
const MOST: i64 = 10_000;

/// Lists the runs, newest first.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open(config).await?;
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
        output::line(&table(&all))?;
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

fn table(all: &[Run]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        table.set_width(140);
    }
    table.set_header(words::RUNS);
    for run in all {
        let summary = run.summary.as_ref().map(|summary| &summary.0);
        let number =
            |field: &str| summary.and_then(|s| s[field].as_i64()).map(|n| n.to_string()).unwrap_or_default();
        let policy = summary
            .map(|s| format!("{} r{}", s["policy"]["name"].as_str().unwrap_or("-"), s["policy"]["revision"]));
        let price = summary.and_then(|s| words::priority_price(&s["priority_price"]));
        table.add_row([
            run.id.to_string(),
            run.started_at.format("%Y-%m-%d %H:%M UTC").to_string(),
            states::run(run.state).to_owned(),
            policy.unwrap_or_default(),
            number("proposed"),
            number("proposed_poor"),
            price.unwrap_or_default(),
        ]);
    }
    table.to_string()
}

/// Publishes a run that ended.
pub async fn publish(args: PublishArgs, config: &Config) -> Outcome {
    let app = cli::open(config).await?;
    let published = publish::publish(&app, &Acting::terminal(), args.run)
        .await
        .map_err(|error| unknown(args.run, error))?;
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
    output::line(&words::published(published.created, published.retired, published.dropped.len()))?;
    for dropped in published.dropped.iter().take(10) {
        output::line(&words::dropped(dropped.person, dropped.vacancy, &dropped.reason))?;
    }
    Ok(())
}

/// Proves a stored run again.
pub async fn replay(args: ReplayArgs, config: &Config) -> Outcome {
    let app = cli::open(config).await?;
    let report = replay::replay_by_system(&app, args.run).await.map_err(|error| unknown(args.run, error))?;
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

fn unknown(run: RunId, error: AppError) -> Fault {
    match error {
        AppError::NotFound => Fault::Usage(words::no_such_run(run)),
        other => other.into(),
    }
}
