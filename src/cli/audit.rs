//! `padankerja audit`: seals the audit and recomputes the chain. What a seal is and what breaks one is in `app::audit`.
use std::process::ExitCode;

use crate::{
    app::audit::{self, verify},
    cli::{self, Fault, Outcome, output, values::Refusal},
    config::Config,
    domain::audit::Verdict,
    words::cli::audit as words,
};

/// Arguments of `audit`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja audit verify                periksa seluruh rantai segel
  padankerja audit verify --known 3f9c.. periksa juga segel yang dicatat di luar basis data
Kode keluar 1 bila ada yang diubah, hilang atau disisipkan.")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Segel setiap menit yang sudah selesai (layanan melakukannya sendiri)
    Seal,
    /// Hitung ulang rantai segel dari catatan audit
    Verify(Verify),
}

#[derive(Debug, clap::Args)]
struct Verify {
    /// Segel yang dicatat sebelumnya; harus masih ada dalam rantai
    #[arg(long, value_name = "HEKSADESIMAL", value_parser = noted)]
    known: Option<String>,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Seals or verifies.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let code = match args.action {
        Action::Seal => {
            let sealed = audit::seal_due(&app).await?;
            output::line(&words::sealed(sealed.minutes, sealed.rows))?;
            ExitCode::SUCCESS
        }
        Action::Verify(args) => {
            let verdict = verify::verify(&app, args.known.as_deref()).await?;
            if args.json {
                output::json(&verdict)?;
            } else {
                tell(&verdict)?;
            }
            if verdict.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
    };
    app.db.close().await;
    Ok(code)
}

fn tell(verdict: &Verdict) -> Result<(), Fault> {
    for sentence in words::verdict(verdict) {
        output::line(&sentence)?;
    }
    for finding in &verdict.findings {
        output::complain(&words::finding(finding));
    }
    Ok(())
}

fn noted(text: &str) -> Result<String, Refusal> {
    let is_seal = text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit());
    if is_seal { Ok(text.to_owned()) } else { Err(Refusal(words::NO_SEAL.to_owned())) }
}
