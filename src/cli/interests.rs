//! `padankerja interests`: who said on a page, without a login, that a vacancy interests them: listed for whoever calls them, with
//! the day that was told, and what came of calling.
use std::process::ExitCode;

use crate::{
    app::{
        App,
        access::acting::Acting,
        interests::{self, seen::InterestView},
    },
    cli::{
        self, Fault, Outcome, output,
        values::{self, Refusal},
        worklist::Worklist,
    },
    config::Config,
    domain::interest,
    transact,
    words::{
        cli::interests as words,
        id::{dates, interests as labels},
    },
};

/// Arguments of `interests`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Contoh:
  padankerja interests                                    yang menunggu ditelepon
  padankerja interests --handled --top 200
  padankerja interests handle MIN-2026-0041 --outcome registered

Yang sudah dicatat hasilnya dihapus setelah 90 hari."
)]
pub struct Args {
    /// Yang sudah dicatat hasilnya
    #[arg(long)]
    handled: bool,
    #[command(flatten)]
    list: Worklist,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Catat hasil menelepon
    Handle(Handle),
}

#[derive(Debug, clap::Args)]
struct Handle {
    /// Nomornya, seperti MIN-2026-0041
    #[arg(value_name = "NOMOR")]
    number: String,
    /// Hasilnya: registered, not_interested, not_reached
    #[arg(long, value_name = "HASIL", value_parser = outcome)]
    outcome: interest::Outcome,
}

fn outcome(text: &str) -> Result<interest::Outcome, Refusal> {
    values::one_of(text, interest::Outcome::ALL, interest::Outcome::as_str, labels::outcome)
}

/// Lists, or stores what came of calling.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let done = match &args.action {
        None => list(&app, &args).await,
        Some(Action::Handle(given)) => handle(&app, given).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn list(app: &App, args: &Args) -> Result<(), Fault> {
    let (terminal, rows) = (Acting::terminal(), args.list.rows());
    let mut tx = app.db.read().await?;
    let rows = interests::listed(app, &mut tx, &terminal, args.handled, None, rows).await?;
    let overdue = interests::overdue(app, &mut tx).await?;
    tx.rollback().await?;
    let cells = |row: &InterestView| {
        let stands = match row.outcome {
            Some(outcome) => labels::outcome(outcome).to_owned(),
            None => words::until(&dates::long(row.call_by), row.overdue),
        };
        [row.number.as_str().to_owned(), row.name.clone(), row.phone.clone(), row.title.clone(), stands]
    };
    let advice = |rows: &[InterestView], more| words::advice(rows.len(), more, overdue);
    args.list.show(rows, words::NONE, words::COLUMNS, cells, advice)
}

async fn handle(app: &App, given: &Handle) -> Result<(), Fault> {
    let terminal = Acting::terminal();
    let mut tx = app.db.read().await?;
    let found = interests::numbered(app, &mut tx, &terminal, &given.number).await?;
    tx.rollback().await?;
    let found = found.ok_or_else(|| Fault::Usage(words::no_such(given.number.trim())))?;
    let outcome = given.outcome;
    let told = transact!(app, tx => interests::handle(app, tx, &terminal, found.id, outcome).await)?;
    output::line(&words::now(told.number.as_str(), labels::outcome(outcome)))
}
