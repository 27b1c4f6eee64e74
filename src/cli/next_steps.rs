//! `padankerja next-steps`: what happens next for people, who sees to it and by when.
use std::process::ExitCode;

use uuid::Uuid;

use crate::{
    app::{
        App,
        access::acting::Acting,
        next_steps::{self, Asked, seen::StepView},
    },
    cli::{
        self, Fault, output,
        short::Given,
        values::{self, Refusal},
        worklist::Worklist,
    },
    config::Config,
    domain::{
        ids::StepId,
        next_step::{Kind, Outcome},
    },
    transact,
    words::{cli::next_steps as words, id::next_steps as labels},
};

/// Arguments of `next-steps`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Contoh:
  padankerja next-steps
  padankerja next-steps --overdue
  padankerja next-steps --kind visit --top 200
  padankerja next-steps --json
  padankerja next-steps answer 5f3c21aa --outcome visited --note \"Mau ikut pelatihan\"

Setiap kali sebuah proses diterbitkan, warga prioritas yang mencari kerja dan belum punya usulan mendapat \
langkah berikutnya dengan yang mengurus dan batas harinya.
Jenis: proposal (dicarikan lowongan), training (pelatihan), business_capital (modal usaha), visit (kunjungan), \
desil_check (desil diperiksa)."
)]
pub struct Args {
    /// Hanya yang lewat batas
    #[arg(long)]
    overdue: bool,
    /// Hanya jenis ini
    #[arg(long, value_name = "JENIS", value_parser = kind)]
    kind: Option<Kind>,
    #[command(flatten)]
    list: Worklist,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Catat hasil sebuah langkah
    Answer(Answer),
}

#[derive(Debug, clap::Args)]
struct Answer {
    /// Langkah yang mana: id warga seperti di daftar, atau id langkah
    #[arg(value_name = "ID")]
    step: Given,
    /// Jenisnya, bila warga itu punya beberapa langkah
    #[arg(long, value_name = "JENIS", value_parser = kind)]
    kind: Option<Kind>,
    /// Hasilnya, misalnya visited, desil_found, started_training, in_work, not_reached
    #[arg(long, value_name = "HASIL", value_parser = outcome)]
    outcome: Outcome,
    /// Catatan bagi kantor
    #[arg(long, value_name = "TEKS")]
    note: Option<String>,
}

fn outcome(text: &str) -> Result<Outcome, Refusal> {
    values::one_of(text, Outcome::ALL, Outcome::as_str, labels::outcome)
}

fn kind(text: &str) -> Result<Kind, Refusal> {
    values::one_of(text, Kind::ALL, Kind::as_str, labels::kind)
}

/// Lists the open ones, by the day they are due, or stores what came of one.
pub async fn run(args: Args, config: &Config) -> cli::Outcome {
    let app = cli::open_present(config).await?;
    if let Some(Action::Answer(given)) = &args.action {
        let done = answer(&app, given).await;
        app.db.close().await;
        return done.map(|()| ExitCode::SUCCESS);
    }
    let asked = Asked { kind: args.kind, overdue: args.overdue, ..Asked::default() };
    let mut tx = app.db.read().await?;
    let rows = next_steps::for_terminal(&app, &mut tx, &asked, args.list.rows()).await?;
    tx.rollback().await?;
    app.db.close().await;
    let cells = |row: &StepView| {
        [
            row.person_id.short(),
            row.person_name.clone(),
            row.phone.clone().unwrap_or_else(|| "-".to_owned()),
            labels::kind(row.kind).to_owned(),
            row.office.clone().unwrap_or_else(|| labels::LABOUR_OFFICE.to_owned()),
            words::due(row.due_on, row.overdue),
        ]
    };
    let advice =
        |rows: &[StepView], more| words::advice(rows.len(), more, rows.iter().any(|row| row.overdue));
    let all = args.kind.is_none() && !args.overdue;
    let none = if all { words::NOTHING_OPEN } else { words::NONE_FITS };
    args.list.show(rows, none, words::COLUMNS, cells, advice)?;
    Ok(ExitCode::SUCCESS)
}

async fn answer(app: &App, given: &Answer) -> Result<(), Fault> {
    let step = meant(app, given).await?;
    let terminal = Acting::terminal();
    let note = given.note.as_deref();
    let told: StepView = transact!(app, tx => {
        next_steps::answer(app, tx, &terminal, step, given.outcome, note).await
    })?;
    output::line(&words::answered(&told.person_name, labels::kind(told.kind), labels::outcome(given.outcome)))
}

/// The open step that is meant.
async fn meant(app: &App, given: &Answer) -> Result<StepId, Fault> {
    let digits = match &given.step {
        Given::Whole(id) => id.simple().to_string(),
        Given::End(end) => end.clone(),
    };
    let asked = Asked { kind: given.kind, ..Asked::default() };
    let mut tx = app.db.read().await?;
    let open = next_steps::for_terminal(app, &mut tx, &asked, i64::MAX).await?;
    tx.rollback().await?;
    let ends = |id: Uuid| id.simple().to_string().ends_with(&digits);
    let found: Vec<&StepView> = open.iter().filter(|row| ends(row.id.0) || ends(row.person_id.0)).collect();
    match found.as_slice() {
        [only] => Ok(only.id),
        [] => Err(Fault::Usage(words::no_such(&given.step))),
        several => {
            let kinds = several.iter().map(|row| (row.kind.as_str(), row.id.short()));
            Err(Fault::Usage(words::several(&given.step, kinds)))
        }
    }
}
