//! `padankerja nominations`: residents whom other agencies name by NIK, taken down and decided at the terminal. NIKs come from a
//! file, one a line: what is typed behind a command stands in the list of processes.
use std::{path::PathBuf, process::ExitCode};

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        people::nominations::{self, NominationView},
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given},
        user,
        values::{self, Refusal},
        worklist::Worklist,
    },
    config::Config,
    domain::{codes::FieldCode, ids::NominationId, nomination::State},
    transact,
    words::{
        cli::{nominations as words, tables},
        id::{dates, nominations as labels},
    },
};

/// Arguments of `nominations`.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Contoh:
  padankerja nominations                                  yang menunggu
  padankerja nominations --state accepted --top 200
  padankerja nominations add nik.txt --organisation \"Dinas Sosial\"
  padankerja nominations accept 5f3c21aa
  padankerja nominations refuse 5f3c21aa

Kantor yang mengusulkan tidak diberi tahu apakah NIK-nya terdaftar. Ia baru melihat warganya setelah \
usulan diterima. Usulan yang tidak diterima dihapus setelah 180 hari."
)]
pub struct Args {
    /// Hanya dalam keadaan ini: waiting, accepted, refused
    #[arg(long, value_name = "KEADAAN", value_parser = state, default_value = "waiting")]
    state: State,
    #[command(flatten)]
    list: Worklist,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Catat usulan sebuah kantor dari berkas berisi NIK, satu per baris
    Add(Add),
    /// Terima: warga itu tampak bagi kantor yang mengusulkan
    Accept(One),
    /// Tolak
    Refuse(One),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Berkas berisi NIK
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
    /// Nama persis atau id kantor yang mengusulkan
    #[arg(long, value_name = "ID|NAMA")]
    organisation: String,
}

#[derive(Debug, clap::Args)]
struct One {
    /// Usulan yang mana: id atau 8 angka terakhirnya
    #[arg(value_name = "ID")]
    nomination: Given,
}

fn state(text: &str) -> Result<State, Refusal> {
    values::one_of(text, State::ALL, State::as_str, labels::state)
}

/// Lists, takes down or decides.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let done = match &args.action {
        None => list(&app, &args).await,
        Some(Action::Add(add)) => take_down(&app, add).await,
        Some(Action::Accept(one)) => decide(&app, &one.nomination, true).await,
        Some(Action::Refuse(one)) => decide(&app, &one.nomination, false).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn list(app: &App, args: &Args) -> Result<(), Fault> {
    let terminal = Acting::terminal();
    let mut tx = app.db.read().await?;
    let rows = nominations::listed(&mut tx, &terminal, Some(args.state), None, args.list.rows()).await?;
    tx.rollback().await?;
    let cells = |row: &NominationView| {
        [
            row.id.short(),
            row.office.clone(),
            row.person_name.clone().unwrap_or_else(|| words::NOT_REGISTERED.to_owned()),
            labels::state(row.state).to_owned(),
            dates::clock(row.made_at),
        ]
    };
    let advice = |rows: &[NominationView], more| words::advice(rows.len(), more);
    args.list.show(rows, words::NONE, words::COLUMNS, cells, advice)
}

async fn take_down(app: &App, add: &Add) -> Result<(), Fault> {
    let text = tokio::fs::read_to_string(&add.file)
        .await
        .map_err(|error| Fault::Usage(tables::unreadable(&add.file, &error)))?;
    let niks: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if niks.is_empty() {
        return Err(Fault::Usage(words::no_nik(add.file.display())));
    }
    let terminal = Acting::terminal();
    let name = Some(add.organisation.as_str());
    transact!(app, tx => {
        let office = user::find_organisation(tx, name).await?;
        let office = office.ok_or_else(|| AppError::field("organisation", FieldCode::Required, ""))?;
        for nik in &niks {
            nominations::name(app, tx, &terminal, office, nik).await?;
        }
        Ok::<(), AppError>(())
    })?;
    output::line(&words::taken_up(niks.len(), &add.organisation))
}

async fn decide(app: &App, given: &Given, accept: bool) -> Result<(), Fault> {
    let terminal = Acting::terminal();
    let id = meant(app, given).await?;
    let decided: NominationView =
        transact!(app, tx => nominations::decide(app, tx, &terminal, id, accept).await)?;
    output::line(&words::decided(decided.person_name.as_deref(), &decided.office, accept))
}

/// The nomination that is meant.
async fn meant(app: &App, given: &Given) -> Result<NominationId, Fault> {
    let mut tx = app.db.read().await?;
    short::nomination(&mut tx, given).await
}
