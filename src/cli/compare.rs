//! `padankerja compare` and `fairness`: two policies on the same people and vacancies, and who was proposed in a run
//! among those who could be. Neither publishes or stores anything.
use std::{path::Path, process::ExitCode};

use chrono::NaiveDate;

use crate::{
    app::{
        App, policies,
        runs::analysis::{self, Comparison, Outcome as Effect},
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given},
        table::Table,
        values,
    },
    config::Config,
    matching::{fairness::Fairness, policy::Policy},
    store::runs::{self, PolicyRow},
    words::{
        Language,
        cli::{runs as words, tables},
        id::price,
    },
};

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja compare default separuh-miskin.json
  padankerja compare lama.json baru.json --as-of 2026-12-01 --json

Kebijakan: nama kebijakan tersimpan, atau berkas JSON. Tidak ada yang disimpan atau diterbitkan.")]
pub struct Args {
    /// Kebijakan pertama
    #[arg(value_name = "KEBIJAKAN")]
    first: String,
    /// Kebijakan kedua
    #[arg(value_name = "KEBIJAKAN LAIN")]
    second: String,
    /// Tanggal proses (bawaan: hari ini)
    #[arg(long, value_name = "TANGGAL", value_parser = values::date)]
    as_of: Option<NaiveDate>,
    /// Angka undian untuk nilai yang sama
    #[arg(long, value_name = "ANGKA", default_value_t = 1)]
    seed: i64,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `fairness`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja fairness   (proses terakhir)
Siapa yang desilnya perlu ditanyakan: padankerja unknown-desil")]
pub struct FairnessArgs {
    /// Nomor proses, atau 8 angka terakhirnya (bawaan: yang terakhir selesai)
    #[arg(value_name = "PROSES")]
    run: Option<Given>,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Compares two policies.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let policies = (policy(&app, &args.first).await?, policy(&app, &args.second).await?);
    let as_of = args.as_of.unwrap_or_else(|| app.clock.today());
    let bar = output::bar(0, words::COMPARING);
    let found = analysis::compare(&app, policies, as_of, args.seed).await;
    bar.finish_and_clear();
    let found = found?;
    app.db.close().await;
    if args.json {
        output::json(&found)?;
    } else {
        side_by_side(&found).write()?;
        output::line(&words::placed_alike(found.same, found.elsewhere, found.only_first, found.only_second))?;
        price::between(&found.who_paid).iter().try_for_each(|line| output::line(line))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A stored policy by name, or one from a file, which is not stored.
async fn policy(app: &App, name: &str) -> Result<PolicyRow, Fault> {
    let path = Path::new(name);
    if path.extension().is_none() && !path.exists() {
        return Ok(policies::policy(app, name).await?);
    }
    let text = tokio::fs::read_to_string(path)
        .await
        .map_err(|error| Fault::Usage(tables::unreadable(path, &error)))?;
    let policy = Policy::parse(&text)
        .map_err(|error| Fault::Usage(tables::of_file(path, Language::default().policy_refused(&error))))?;
    Ok(policies::unstored_policy(app, name, &policy)?)
}

fn side_by_side(found: &Comparison) -> Table {
    let label = |effect: &Effect| format!("{} r{}", effect.policy, effect.revision);
    let mut table = Table::new(["", &label(&found.first), &label(&found.second)]);
    let (first, second) = (&found.first, &found.second);
    let number = |figure: fn(&Effect) -> usize| [figure(first).to_string(), figure(second).to_string()];
    let figures = [
        number(|effect| effect.placed),
        number(|effect| effect.households),
        number(|effect| effect.poor_households),
        [first.fit_mean.to_string(), second.fit_mean.to_string()],
        [floors(first), floors(second)],
    ];
    for (what, [one, other]) in words::COMPARED.iter().zip(figures) {
        table.row([(*what).to_owned(), one, other]);
    }
    for row in &found.first.fairness.rows {
        let other = found
            .second
            .fairness
            .rows
            .iter()
            .find(|r| (r.dimension, &r.value) == (row.dimension, &row.value));
        table.row([words::fairness_row(row), words::share(row), other.map(words::share).unwrap_or_default()]);
    }
    table
}

fn floors(effect: &Effect) -> String {
    if effect.floors.is_empty() {
        return "-".to_owned();
    }
    let each = effect.floors.iter().map(|f| words::floor_met(f.floor.group, f.met, f.wanted));
    each.collect::<Vec<_>>().join("; ")
}

/// Shows the fairness report that was stored with a run.
pub async fn fairness(args: FairnessArgs, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let found = match &args.run {
        Some(given) => {
            let id = short::run(&mut tx, given).await?;
            runs::find(&mut tx, id).await?
        }
        None => runs::newest_done(&mut tx).await?,
    };
    let run = found.ok_or_else(|| Fault::Usage(words::NO_SUCH_RUN.to_owned()))?;
    tx.rollback().await?;
    app.db.close().await;
    let report = analysis::stored_fairness(&run)?;
    if args.json {
        output::json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    output::line(&words::proposed_of(run.id.short(), &report))?;
    shares(&report).write().map(|()| ExitCode::SUCCESS)
}

fn shares(report: &Fairness) -> Table {
    let mut table = Table::new(words::SHARES);
    for row in &report.rows {
        let note = if row.low { words::LOW } else { "" };
        table.row([words::fairness_row(row), words::share(row), note.to_owned()]);
    }
    table
}
