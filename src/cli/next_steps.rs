//! `padankerja next-steps`: what happens next for people, who sees to it and by when.
use std::process::ExitCode;

use crate::{
    app::next_steps::{self, Asked, seen::StepView},
    cli::{
        self, Fault, Outcome, output,
        table::Table,
        values::{self, Refusal},
        worklist::Worklist,
    },
    config::Config,
    domain::next_step::Kind,
    words::{cli::next_steps as words, id::next_steps as labels},
};

/// Arguments of `next-steps`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja next-steps
  padankerja next-steps --overdue
  padankerja next-steps --kind visit --top 200
  padankerja next-steps --json

Setiap kali sebuah proses diterbitkan, warga prioritas yang mencari kerja dan belum punya usulan mendapat \
langkah berikutnya dengan yang mengurus dan batas harinya.
Jenis: proposal (dicarikan lowongan), training (pelatihan), business_capital (modal usaha), visit (kunjungan), \
desil_check (desil diperiksa).")]
pub struct Args {
    /// Hanya yang lewat batas
    #[arg(long)]
    overdue: bool,
    /// Hanya jenis ini
    #[arg(long, value_name = "JENIS", value_parser = kind)]
    kind: Option<Kind>,
    #[command(flatten)]
    list: Worklist,
}

fn kind(text: &str) -> Result<Kind, Refusal> {
    values::one_of(text, Kind::ALL, Kind::as_str, labels::kind)
}

/// Lists the open ones, by the day they are due.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let asked = Asked { kind: args.kind, overdue: args.overdue, ..Asked::default() };
    let mut tx = app.db.read().await?;
    let mut rows = next_steps::for_terminal(&app, &mut tx, &asked, args.list.rows()).await?;
    tx.rollback().await?;
    app.db.close().await;
    let more = args.list.cut(&mut rows);
    if args.list.json {
        output::json(&rows)?;
    } else if rows.is_empty() {
        let all = args.kind.is_none() && !args.overdue;
        output::line(if all { words::NOTHING_OPEN } else { words::NONE_FITS })?;
    } else {
        tell(&rows, more)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(rows: &[StepView], more: bool) -> Result<(), Fault> {
    let mut table = Table::new(words::COLUMNS);
    for row in rows {
        table.row([
            row.person_id.short(),
            row.person_name.clone(),
            row.phone.clone().unwrap_or_else(|| "-".to_owned()),
            labels::kind(row.kind).to_owned(),
            row.office.clone().unwrap_or_else(|| labels::LABOUR_OFFICE.to_owned()),
            words::due(row.due_on, row.overdue),
        ]);
    }
    table.write()?;
    let advice = words::advice(rows.len(), more, rows.iter().any(|row| row.overdue));
    advice.iter().try_for_each(|line| output::line(line))
}
