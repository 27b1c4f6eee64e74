//! `padankerja vacancies`: which vacancies there are, by what is remembered of them.
use serde_json::json;

use crate::{
    app::overview::pattern,
    cli::{
        self, Outcome,
        short::{self, Named},
        table::{Listing, Table, listed},
        values::{self, Refusal},
    },
    config::Config,
    domain::{flag::FlagKind, vacancy::State},
    store::overview::{self, VacancyFilter, VacancyLine},
    words::{
        cli::lists as words,
        id::{flags, states},
    },
};

/// Arguments of `vacancies`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja vacancies --state open
  padankerja vacancies --title \"operator jahit\" --employer \"busana\"
  padankerja vacancies --employer 5e4f3c21 --json
  padankerja vacancies --flags-open          menunggu alasan petugas

Keadaan: draft, incomplete, submitted, open (terbuka), paused, filled, closed, expired, rejected.
Alasan untuk tiap temuan ditulis petugas: POST /api/v1/vacancies/ID/flag-reasons")]
pub struct Args {
    /// Kata dari judul lowongan
    #[arg(long, value_name = "KATA")]
    title: Option<String>,
    /// Id atau nama pemberi kerja, boleh sebagian
    #[arg(long, value_name = "ID|NAMA")]
    employer: Option<Named>,
    /// Keadaan lowongan
    #[arg(long, value_name = "KEADAAN", value_parser = state)]
    state: Option<State>,
    /// Hanya yang sudah tayang dengan temuan baru yang menunggu alasan petugas, beserta temuannya
    #[arg(long)]
    flags_open: bool,
    /// Banyaknya baris
    #[arg(long, value_name = "JUMLAH", default_value_t = 20, value_parser = values::limit)]
    limit: usize,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Lists vacancies, newest first.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let mut filter = VacancyFilter {
        state: args.state,
        title: args.title.as_deref().and_then(pattern),
        flags_open: args.flags_open,
        ..VacancyFilter::default()
    };
    match &args.employer {
        Some(Named::Id(given)) => filter.employer = Some(short::employer(&mut tx, given).await?),
        Some(Named::Name(name)) => filter.employer_name = pattern(name),
        None => {}
    }
    let limit = i64::try_from(args.limit).unwrap_or(i64::MAX);
    let found = overview::vacancies(&mut tx, &filter, limit.saturating_add(1)).await?;
    drop(tx);
    app.db.close().await;
    let all = filter == VacancyFilter::default();
    let only_flags = filter == VacancyFilter { flags_open: true, ..VacancyFilter::default() };
    let nothing = match (all, only_flags) {
        (true, _) => words::NO_VACANCIES,
        (false, true) => words::NO_FLAGS_OPEN,
        (false, false) => words::NONE_FITS,
    };
    let listing = Listing { limit: args.limit, json: args.json, nothing };
    if args.flags_open {
        return listed(&found, &listing, flagged, |line| {
            let mut told = as_json(line);
            told["flags_waiting"] = json!(waiting(line).collect::<Vec<_>>());
            told
        });
    }
    listed(&found, &listing, table, as_json)
}

/// The kinds of flags of a vacancy that wait for an officer.
fn waiting(line: &VacancyLine) -> impl Iterator<Item = FlagKind> {
    line.flags.0.iter().filter(|flag| flag.awaits()).map(|flag| flag.kind)
}

fn flagged(found: &[VacancyLine]) -> Table {
    let mut table = Table::new(words::FLAGGED);
    for line in found {
        table.row([
            line.id.short(),
            line.title.clone(),
            line.employer_name.clone(),
            waiting(line).map(flags::in_short).collect::<Vec<_>>().join(", "),
        ]);
    }
    table
}

fn table(found: &[VacancyLine]) -> Table {
    let mut table = Table::new(words::VACANCIES);
    for line in found {
        table.row([
            line.id.short(),
            line.title.clone(),
            line.employer_name.clone(),
            words::seats(line.taken, line.seats),
            words::day(line.closes_on),
            states::vacancy(line.state).to_owned(),
        ]);
    }
    table
}

fn as_json(line: &VacancyLine) -> serde_json::Value {
    json!({
        "id": line.id, "title": line.title, "employer_id": line.employer_id, "employer_name": line.employer_name,
        "state": line.state, "seats": line.seats, "taken": line.taken, "live": line.live,
        "closes_on": line.closes_on, "created_at": line.created_at,
    })
}

fn state(text: &str) -> Result<State, Refusal> {
    values::one_of(text, State::ALL, State::as_str, states::vacancy)
}
