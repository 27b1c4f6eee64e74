//! `padankerja applications`: where people's applications stand, by person, vacancy, state or what is overdue.
use serde_json::json;

use crate::{
    app::overview as app_overview,
    cli::{
        self, Outcome,
        short::{self, Named},
        table::{Listing, Table, listed},
        values::{self, Refusal},
    },
    config::Config,
    domain::application::State,
    store::overview::{self, ApplicationFilter, ApplicationLine},
    words::{cli::lists as words, id::states},
};

/// Arguments of `applications`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja applications --overdue              jawaban yang lewat batas
  padankerja applications --state referred --limit 100
  padankerja applications --person \"siti aminah\"
  padankerja applications --vacancy 5e4f3c21 --json

Keadaan: proposed (diusulkan), consented, confirmed, queued, referred (dirujuk), interview, offered, hired, started, \
ended, dismissed, declined, refused, withdrawn, lapsed, closed, retired, superseded, no_show.")]
pub struct Args {
    /// Id atau nama warga
    #[arg(long, value_name = "ID|NAMA")]
    person: Option<Named>,
    /// Id atau judul lowongan
    #[arg(long, value_name = "ID|JUDUL")]
    vacancy: Option<Named>,
    /// Keadaan lamaran
    #[arg(long, value_name = "KEADAAN", value_parser = state)]
    state: Option<State>,
    /// Hanya yang jawabannya lewat batas
    #[arg(long)]
    overdue: bool,
    /// Banyaknya baris
    #[arg(long, value_name = "JUMLAH", default_value_t = 20, value_parser = values::limit)]
    limit: usize,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Lists applications, newest first.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let mut filter = ApplicationFilter { state: args.state, ..ApplicationFilter::default() };
    if let Some(person) = &args.person {
        filter.person = Some(short::person_named(&app, &mut tx, person).await?);
    }
    if let Some(vacancy) = &args.vacancy {
        filter.vacancy = Some(short::vacancy_named(&mut tx, vacancy).await?);
    }
    let wanted = args.limit.saturating_add(1);
    let found = if args.overdue {
        app_overview::overdue(&mut tx, &filter, app.clock.today(), wanted).await?
    } else {
        overview::applications(&mut tx, &filter, i64::try_from(wanted).unwrap_or(i64::MAX)).await?
    };
    drop(tx);
    app.db.close().await;
    let all = filter == ApplicationFilter::default() && !args.overdue;
    let nothing = if all { words::NO_APPLICATIONS } else { words::NONE_FITS };
    listed(&found, &Listing { limit: args.limit, json: args.json, nothing }, table, as_json)
}

fn table(found: &[ApplicationLine]) -> Table {
    let mut table = Table::new(words::APPLICATIONS);
    for line in found {
        table.row([
            line.id.short(),
            line.person_name.clone(),
            line.title.clone(),
            states::application(line.state).to_owned(),
            words::day(line.deadline),
        ]);
    }
    table
}

fn as_json(line: &ApplicationLine) -> serde_json::Value {
    json!({
        "id": line.id, "person_id": line.person_id, "person_name": line.person_name, "vacancy_id": line.vacancy_id,
        "title": line.title, "employer_name": line.employer_name, "state": line.state, "deadline": line.deadline,
        "created_at": line.created_at,
    })
}

fn state(text: &str) -> Result<State, Refusal> {
    values::one_of(text, State::ALL, State::as_str, states::application)
}
