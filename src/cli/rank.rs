//! `padankerja rank`: who fits a vacancy, or the text of an advertisement.
use std::{path::PathBuf, process::ExitCode};

use serde_json::json;

use crate::{
    app::{
        App,
        candidates::{
            posted::{self, Asked},
            shortlist::{self, Entry, Search},
        },
        indexing, policies, readings,
        runs::computing,
    },
    cli::{
        self, Fault, Outcome, output,
        short::{self, Named},
        table::Table,
    },
    config::Config,
    matching::propose::Opening,
    reading::{job::JobReading, posting},
    store::{people, vacancies},
    words::cli::{lists, runs as words, tables},
};

/// Arguments of `rank`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja rank --vacancy 5e4f3c21 --top 20
  padankerja rank --vacancy \"operator jahit\"
  padankerja rank --text iklan.txt --json")]
pub struct Args {
    /// Id atau judul lowongan
    #[arg(long, value_name = "ID|JUDUL", conflicts_with = "text", required_unless_present = "text")]
    vacancy: Option<Named>,
    /// Berkas teks iklan seperti yang ditempel orang; boleh lebih dari satu posisi
    #[arg(long, value_name = "BERKAS")]
    text: Option<PathBuf>,
    /// Banyaknya orang
    #[arg(long, value_name = "JUMLAH", default_value_t = 10)]
    top: usize,
    /// Angka pengundi urutan bagi yang nilainya sama, seperti pada proses pemadanan
    #[arg(long, value_name = "ANGKA", default_value_t = 0)]
    seed: u64,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Ranks and shows.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let wanted = wanted(&app, &args).await?;
    let view = indexing::view(&app, &config.data_dir.join("index"), indexing::silent()).await?;
    let policy = policies::parse_policy(&policies::policy(&app, policies::DEFAULT_POLICY).await?)?;
    let (as_of, seed) = (app.clock.today(), args.seed);
    let entries = match wanted {
        Wanted::Vacancy(title, wanted) => {
            let (job, opening) = *wanted;
            let search = Search { opening, job, policy, as_of, seed };
            let list = shortlist::shortlist(&app, &view, &search, args.top).await?;
            list.into_iter().map(|entry| (title.clone(), entry)).collect()
        }
        Wanted::Text(text) => {
            posted::people(&app, &view, &text, &Asked { policy, as_of, seed }, args.top).await?
        }
    };
    let mut tx = app.db.read().await?;
    let mut named = Vec::with_capacity(entries.len());
    for (position, entry) in &entries {
        let person = people::find(&mut tx, &people::Scope::Office, entry.person).await?;
        let (name, village) = person.map(|p| (p.name, p.village)).unwrap_or_default();
        named.push(Ranked { name, village, position, entry });
    }
    tx.rollback().await?;
    app.db.close().await;
    if args.json {
        output::json(&named.iter().map(Ranked::as_json).collect::<Vec<_>>())?;
    } else if named.is_empty() {
        output::line(words::NOBODY_SUITS)?;
    } else {
        table(&named).write()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Somebody on the list.
struct Ranked<'a> {
    name: String,
    village: Option<String>,
    position: &'a str,
    entry: &'a Entry,
}

impl Ranked<'_> {
    fn as_json(&self) -> serde_json::Value {
        let Self { name, village, position, entry } = self;
        json!({ "person": entry.person, "name": name, "village": village, "position": position,
                "fit": entry.pair.map(|p| p.fit), "priority": entry.pair.map(|p| p.priority),
                "explanation": entry.explanation })
    }
}

fn table(named: &[Ranked<'_>]) -> Table {
    let mut table = Table::new(words::RANKED);
    for (place, one) in (1..).zip(named) {
        let (fit, priority) = one.entry.pair.map_or((0, 0), |p| (p.fit, p.priority));
        table.row([
            i32::to_string(&place),
            one.entry.person.short(),
            one.name.clone(),
            lists::village(one.village.as_deref()),
            fit.to_string(),
            priority.to_string(),
            words::reasons(&one.entry.explanation, 3),
        ]);
    }
    table
}

/// What is looked for.
enum Wanted {
    /// A vacancy with its title.
    Vacancy(String, Box<(JobReading, Opening)>),
    /// An advertisement as it was posted.
    Text(String),
}

async fn wanted(app: &App, args: &Args) -> Result<Wanted, Fault> {
    if let Some(named) = &args.vacancy {
        let mut tx = app.db.read().await?;
        let id = short::vacancy_named(&mut tx, named).await?;
        let vacancy = vacancies::find(&mut tx, None, id)
            .await?
            .ok_or_else(|| Fault::Usage(words::no_such_vacancy(id)))?;
        let job = readings::read_vacancy(&vacancy);
        let opening = computing::opening(&vacancy, &job);
        return Ok(Wanted::Vacancy(vacancy.title, Box::new((job, opening))));
    }
    let path = args.text.as_ref().ok_or_else(|| Fault::Usage(words::VACANCY_OR_TEXT.to_owned()))?;
    let text = super::read::text_file_async(path).await?;
    if posting::positions(&text).is_empty() {
        return Err(Fault::Usage(tables::of_file(path, tables::NO_JOB)));
    }
    Ok(Wanted::Text(text))
}
