//! `padankerja person`: what an administrator does at the terminal about one person. Who is registered is in `people`.
use std::{
    io::{BufRead, IsTerminal, Write},
    process::ExitCode,
};

use crate::{
    app::{
        App,
        access::acting::Acting,
        indexing,
        people::erasure::{self, AskedBy, Ground},
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given},
        values::Refusal,
    },
    config::Config,
    domain::ids::PersonId,
    store::people,
    transact,
    words::cli::people as words,
};

/// Arguments of `person`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Contoh: padankerja person erase 5e4f3c21 --reason requested   (id dari `padankerja people`)"
)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Hapus data pribadi seorang warga untuk selamanya (UU 27/2022 Pasal 43)
    Erase(Erase),
}

#[derive(Debug, clap::Args)]
struct Erase {
    /// Id warga, atau 8 angka terakhirnya
    #[arg(value_name = "ID")]
    id: Given,
    /// Dasar: requested, consent_withdrawn, no_longer_needed atau unlawful
    #[arg(long, value_name = "DASAR", value_parser = ground)]
    reason: Ground,
    /// Siapa yang meminta: person, family atau office
    #[arg(long, value_name = "SIAPA", value_parser = asked_by, default_value = "person")]
    asked_by: AskedBy,
    /// Jangan bertanya lagi
    #[arg(long)]
    yes: bool,
}

/// Runs one of the actions.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let Action::Erase(erase) = args.action;
    let app = cli::open_present(config).await?;
    let done = erase_person(&app, &erase, config).await;
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn erase_person(app: &App, erase: &Erase, config: &Config) -> Result<(), Fault> {
    let mut tx = app.db.read().await?;
    let id = short::person(&mut tx, &erase.id).await?;
    let found = people::find(&mut tx, &people::Scope::Office, id).await?;
    tx.rollback().await?;
    if let Some(person) = found {
        confirm(erase, id, &person.name)?;
    }
    let (terminal, asked_by) = (Acting::terminal(), Some(erase.asked_by));
    let erased = transact!(app, tx => {
        erasure::erase(app, tx, &terminal, asked_by, id, erase.reason).await
    })?;
    // Without a running service nobody else would bring the index up to date.
    indexing::reader(app, &config.data_dir.join("index"), indexing::silent()).await?;
    output::line(&words::erased(erased.person.short(), erased.applications))?;
    Ok(())
}

/// Asks for the word, unless told not to.
fn confirm(erase: &Erase, id: PersonId, name: &str) -> Result<(), Fault> {
    if erase.yes {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Fault::Usage(words::SURE.to_owned()));
    }
    write!(std::io::stderr(), "{}", words::ask_erase(id.short(), name))?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    if answer.trim() == words::ERASE { Ok(()) } else { Err(Fault::Usage(words::NOT_ERASED.to_owned())) }
}

fn ground(text: &str) -> Result<Ground, Refusal> {
    text.parse().map_err(|_| Refusal(words::no_ground(text)))
}

fn asked_by(text: &str) -> Result<AskedBy, Refusal> {
    text.parse().map_err(|_| Refusal(words::no_asker(text)))
}
