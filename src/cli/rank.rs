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
    cli::{self, Fault, Outcome, output},
    config::Config,
    domain::ids::VacancyId,
    matching::propose::Opening,
    reading::job::JobReading,
    store::{people, vacancies},
    words::cli::runs as words,
};

/// Arguments of `rank`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja rank --vacancy 0199..  --top 20
  padankerja rank --text iklan.txt --json")]
pub struct Args {
    /// Id lowongan
    #[arg(long, value_name = "ID", conflicts_with = "text", required_unless_present = "text")]
    vacancy: Option<VacancyId>,
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
    let app = cli::open(config).await?;
    let view = indexing::view(&app, &config.data_dir.join("index"), indexing::silent()).await?;
    let policy = policies::parse_policy(&policies::policy(&app, policies::DEFAULT_POLICY).await?)?;
    let (as_of, seed) = (app.clock.today(), args.seed);
    let entries = match wanted(&app, &args).await? {
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
        named.push((person.map(|p| p.name).unwrap_or_default(), position, entry));
    }
    tx.rollback().await?;
    if args.json {
        let one = |(name, position, e): &(String, &String, &Entry)| {
            json!({ "person": e.person, "name": name, "position": position, "fit": e.pair.map(|p| p.fit),
                    "priority": e.pair.map(|p| p.priority), "explanation": e.explanation })
        };
        output::json(&named.iter().map(one).collect::<Vec<_>>())?;
    } else if named.is_empty() {
        output::line(words::NOBODY_SUITS)?;
    } else {
        for (place, (name, _, entry)) in (1..).zip(&named) {
            let (fit, priority) = entry.pair.map_or((0, 0), |p| (p.fit, p.priority));
            output::line(&words::ranked(place, name, fit, priority, &entry.explanation))?;
        }
    }
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// What is looked for.
enum Wanted {
    /// A vacancy with its title.
    Vacancy(String, Box<(JobReading, Opening)>),
    /// An advertisement as it was posted.
    Text(String),
}

async fn wanted(app: &App, args: &Args) -> Result<Wanted, Fault> {
    if let Some(id) = args.vacancy {
        let mut tx = app.db.read().await?;
        let vacancy = vacancies::find(&mut tx, None, id)
            .await?
            .ok_or_else(|| Fault::Usage(words::no_such_vacancy(id)))?;
        let job = readings::read_vacancy(&vacancy);
        let opening = computing::opening(&vacancy, &job);
        return Ok(Wanted::Vacancy(vacancy.title, Box::new((job, opening))));
    }
    let path = args.text.as_ref().ok_or_else(|| Fault::Usage(words::VACANCY_OR_TEXT.to_owned()))?;
    Ok(Wanted::Text(super::read::text_file_async(path).await?))
}
