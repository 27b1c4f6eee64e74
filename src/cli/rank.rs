//! `padankerja rank`: who fits a vacancy, or the text of an advertisement.
use std::{path::PathBuf, process::ExitCode};

use serde_json::json;

use crate::{
    app::{
        App,
        candidates::shortlist::{self, Entry, Search},
        indexing, policies, readings,
        runs::computing,
    },
    cli::{self, Fault, Outcome, output},
    config::Config,
    domain::ids::VacancyId,
    matching::propose::Opening,
    reading::job::{JobReading, JobText, read_job},
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
    /// Berkas teks iklan; baris pertama adalah judul
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
    let (job, opening) = wanted(&app, &args).await?;
    let policy = policies::parse_policy(&policies::policy(&app, policies::DEFAULT_POLICY).await?)?;
    let search = Search { opening, job, policy, as_of: app.clock.today(), seed: args.seed };
    let entries = shortlist::shortlist(&app, &view, &search, args.top).await?;
    let mut tx = app.db.read().await?;
    let mut named = Vec::with_capacity(entries.len());
    for entry in &entries {
        let person = people::find(&mut tx, &people::Scope::Office, entry.person).await?;
        named.push((person.map(|p| p.name).unwrap_or_default(), entry));
    }
    tx.rollback().await?;
    if args.json {
        let one = |(name, e): &(String, &Entry)| {
            json!({ "person": e.person, "name": name, "fit": e.pair.map(|p| p.fit),
                    "priority": e.pair.map(|p| p.priority), "explanation": e.explanation })
        };
        output::json(&named.iter().map(one).collect::<Vec<_>>())?;
    } else if named.is_empty() {
        output::line(words::NOBODY_SUITS)?;
    } else {
        for (place, (name, entry)) in (1..).zip(&named) {
            let (fit, priority) = entry.pair.map_or((0, 0), |p| (p.fit, p.priority));
            output::line(&words::ranked(place, name, fit, priority, &entry.explanation))?;
        }
    }
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn wanted(app: &App, args: &Args) -> Result<(JobReading, Opening), Fault> {
    if let Some(id) = args.vacancy {
        let mut tx = app.db.read().await?;
        let vacancy = vacancies::find(&mut tx, None, id)
            .await?
            .ok_or_else(|| Fault::Usage(words::no_such_vacancy(id)))?;
        let job = readings::read_vacancy(&vacancy);
        let opening = computing::opening(&vacancy, &job);
        return Ok((job, opening));
    }
    let path = args.text.as_ref().ok_or_else(|| Fault::Usage(words::VACANCY_OR_TEXT.to_owned()))?;
    let text = super::read::text_file_async(path).await?;
    let (title, description) = text.split_once('\n').unwrap_or((&text, ""));
    let job = read_job(&JobText { title, description, ..JobText::default() });
    let opening = shortlist::opening_of_text(&job);
    Ok((job, opening))
}
