//! `padankerja person`: what an administrator does at the terminal about one person. Who is registered is in `people`.
use std::{
    fs::{self, File, OpenOptions},
    io::{BufRead, ErrorKind, IsTerminal, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        indexing,
        people::{
            erasure::{self, AskedBy, Ground},
            export::{self, seen::OwnData},
        },
    },
    cli::{
        self, Fault, Outcome, modes, output,
        short::{self, Given},
        values::Refusal,
    },
    config::Config,
    domain::ids::PersonId,
    store::people,
    transact,
    words::cli::{people as words, tables},
};

/// Arguments of `person`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh (id dari `padankerja people`):
  padankerja person export 5e4f3c21 --out siti.json   salinan untuk diserahkan kepada orangnya
  padankerja person erase 5e4f3c21 --reason requested")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Salin semua data seorang warga ke berkas JSON, untuk orangnya sendiri (UU 27/2022 Pasal 7 dan 13)
    Export(Export),
    /// Hapus data pribadi seorang warga untuk selamanya (UU 27/2022 Pasal 43)
    Erase(Erase),
}

#[derive(Debug, clap::Args)]
struct Export {
    /// Id warga, atau 8 angka terakhirnya
    #[arg(value_name = "ID")]
    id: Given,
    /// Berkas baru; yang sudah ada tidak ditimpa
    #[arg(long, value_name = "BERKAS")]
    out: PathBuf,
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
    let app = cli::open_present(config).await?;
    let done = match args.action {
        Action::Export(export) => export_person(&app, &export).await,
        Action::Erase(erase) => erase_person(&app, &erase, config).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

/// The file is made before anything is read and recorded, and goes again when nothing came of it.
async fn export_person(app: &App, export: &Export) -> Result<(), Fault> {
    let mut tx = app.db.read().await?;
    let id = short::person(&mut tx, &export.id).await?;
    tx.rollback().await?;
    let mut file = fresh_file(&export.out)?;
    let written = match copied(app, id).await {
        Ok(data) => write(&mut file, &data).map(|()| data),
        Err(error) => Err(error.into()),
    };
    match written {
        Ok(data) => {
            let applications = data.people.iter().map(|person| person.applications.len()).sum::<usize>();
            output::line(&words::exported(id.short(), applications, &export.out))
        }
        Err(fault) => {
            // What cannot be removed is empty or torn, and the fault says that nothing came of it.
            let _gone = fs::remove_file(&export.out);
            Err(fault)
        }
    }
}

async fn copied(app: &App, id: PersonId) -> Result<OwnData, AppError> {
    let terminal = Acting::terminal();
    transact!(app, tx => export::for_person(app, tx, &terminal, id).await)
}

fn fresh_file(path: &Path) -> Result<File, Fault> {
    let opened = OpenOptions::new().write(true).create_new(true).mode(modes::FILE).open(path);
    opened.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Fault::Usage(words::file_is_there(path)),
        _ => Fault::Usage(tables::not_made(path, &error)),
    })
}

fn write(file: &mut File, data: &OwnData) -> Result<(), Fault> {
    let mut text =
        serde_json::to_vec_pretty(data).map_err(|error| Fault::Usage(tables::unwritable(error)))?;
    text.push(b'\n');
    file.write_all(&text)?;
    Ok(file.sync_all()?)
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
