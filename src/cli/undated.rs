//! `padankerja undated-evidence`: evidence whose date nobody told, to be looked up.
use std::process::ExitCode;

use crate::{
    app::people::{seen::UndatedEvidence, undated},
    cli::{self, Fault, Outcome, output, table::Table, worklist::Worklist},
    config::Config,
    http::api::undated::UndatedEvidenceTold,
    words::{
        cli::undated as words,
        id::{dates, evidence},
    },
};

/// Arguments of `undated-evidence`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja undated-evidence
  padankerja undated-evidence --top 200
  padankerja undated-evidence --json

Versi lama memberi bukti tanpa tanggal tanggal hari ia dimasukkan. Versi ini tidak lagi menyimpan \
bukti tanpa tanggal; yang sudah ada tetap dihitung sampai diperiksa.")]
pub struct Args {
    #[command(flatten)]
    list: Worklist,
}

/// Lists it.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let mut rows = undated::on(&mut tx, app.clock.today(), None, args.list.rows()).await?;
    tx.rollback().await?;
    app.db.close().await;
    let more = args.list.cut(&mut rows);
    if args.list.json {
        output::json(&rows.into_iter().map(UndatedEvidenceTold::from).collect::<Vec<_>>())?;
    } else if rows.is_empty() {
        output::line(words::ALL_DATED)?;
    } else {
        tell(&rows, more)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(rows: &[UndatedEvidence], more: bool) -> Result<(), Fault> {
    let mut table = Table::new(words::COLUMNS);
    for row in rows {
        table.row([
            row.person_id.short(),
            row.person_name.clone(),
            evidence::named(row.criterion, row.value),
            row.source.clone(),
            row.dated_on.to_string(),
            dates::clock(row.recorded_at),
        ]);
    }
    table.write()?;
    words::advice(rows.len(), more).iter().try_for_each(|line| output::line(line))
}
