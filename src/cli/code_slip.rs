//! `padankerja code-slip`: one-time codes on paper, for one person or for a class. The codes stand in the file alone: they are
//! shown nowhere else and kept nowhere in clear.
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    app::{App, AppError, access::acting::Acting, accounts::activation},
    cli::{
        self, Fault, Outcome, modes, output,
        short::{self, Given},
    },
    config::Config,
    domain::calendar::jakarta_date,
    files::slips::{self, Slip, Texts},
    transact,
    words::{
        cli::{classes as words, people, tables},
        id::slips as paper,
    },
};

/// Arguments of `code-slip`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja code-slip --person 5e4f3c21 --out kode.html
  padankerja code-slip --class 0a1b2c3d --out kode.html --address https://kerja.example.go.id

Cetak berkasnya pada kertas A4 (8 lembar kecil satu halaman), potong, lalu hapus berkasnya. Kode lama orang yang \
sama tidak berlaku lagi. Kode angkatan berlaku 30 hari, yang lain 7 hari. Peserta yang sudah punya akun dilewati.")]
#[command(group(clap::ArgGroup::new("whose").required(true).args(["person", "class"])))]
pub struct Args {
    /// Id warga, atau 8 angka terakhirnya; untuk yang sudah punya akun, lihat KTP-nya dahulu
    #[arg(long, value_name = "ID")]
    person: Option<Given>,
    /// Id angkatan, atau 8 angka terakhirnya
    #[arg(long, value_name = "ID")]
    class: Option<Given>,
    /// Berkas HTML baru; yang sudah ada tidak ditimpa
    #[arg(long, value_name = "BERKAS")]
    out: PathBuf,
    /// Alamat layanan untuk warga (bawaan: public_url dari konfigurasi)
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// KTP sudah dilihat: perlu bagi warga yang sudah punya akun (lupa kata sandi)
    #[arg(long)]
    saw_card: bool,
}

/// Makes codes and writes the sheet. The file is made before any code is, and goes again when nothing came of it.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let address = args.address.clone().or_else(|| config.public_url.clone());
    let address = address.ok_or_else(|| Fault::Usage(words::NO_ADDRESS.to_owned()))?;
    let app = cli::open_present(config).await?;
    let done = print(&app, &args, &address).await;
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn print(app: &App, args: &Args, address: &str) -> Result<(), Fault> {
    let opened = OpenOptions::new().write(true).create_new(true).mode(modes::FILE).open(&args.out);
    let mut file = opened.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Fault::Usage(people::file_is_there(&args.out)),
        _ => Fault::Usage(tables::not_made(&args.out, &error)),
    })?;
    match sheet(app, args, address).await {
        Ok((page, made, skipped)) if made > 0 => {
            file.write_all(page.as_bytes())?;
            file.sync_all()?;
            output::line(&words::printed(made, skipped, &args.out))
        }
        Ok((_, _, skipped)) => {
            remove(&args.out);
            Err(Fault::Usage(words::nothing_to_print(skipped)))
        }
        Err(fault) => {
            remove(&args.out);
            Err(fault)
        }
    }
}

/// What cannot be removed is empty, and the fault says that nothing came of it.
fn remove(path: &Path) {
    let _gone = fs::remove_file(path);
}

/// The page, how many slips are on it, and how many members have a login already.
async fn sheet(app: &App, args: &Args, address: &str) -> Result<(String, usize, usize), Fault> {
    let texts = texts(address);
    // An address that cannot be drawn is found before a code is made void.
    slips::html(&texts, &[blank()]).map_err(|error| Fault::Usage(words::no_picture(&error.to_string())))?;
    let terminal = Acting::terminal();
    let mut tx = app.db.read().await?;
    let class = match &args.class {
        Some(given) => Some(short::class(&mut tx, given).await?),
        None => None,
    };
    let person = match &args.person {
        Some(given) => Some(short::person(&mut tx, given).await?),
        None => None,
    };
    tx.rollback().await?;
    let (made, skipped) = transact!(app, tx => {
        match (class, person) {
            (Some(class), _) => activation::issue_for_class(app, tx, &terminal, class).await,
            (None, Some(person)) => {
                let slip = activation::issue(app, tx, &terminal, person, args.saw_card).await?;
                Ok((vec![slip], 0))
            }
            (None, None) => Err(AppError::NotFound),
        }
    })?;
    let on_paper: Vec<Slip> = made
        .iter()
        .map(|slip| Slip {
            name: slip.person.name.clone(),
            code: slip.code.in_fours(),
            until: paper::until(jakarta_date(slip.row.expires_at)),
        })
        .collect();
    let page = slips::html(&texts, &on_paper).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok((page, on_paper.len(), skipped))
}

fn texts(address: &str) -> Texts {
    Texts {
        language: "id",
        title: paper::TITLE.to_owned(),
        open: paper::OPEN.to_owned(),
        kind_in: paper::KIND_IN.to_owned(),
        choose: paper::CHOOSE.to_owned(),
        address: format!("{}/aktivasi", address.trim_end_matches('/')),
        qr: paper::QR.to_owned(),
        warning: paper::WARNING.to_owned(),
    }
}

fn blank() -> Slip {
    Slip { name: String::new(), code: String::new(), until: String::new() }
}
