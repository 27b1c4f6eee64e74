//! How long a shortlist takes in the service: real advertisements as texts against a crowd of sample people, one process,
//! one after the other. Then the lists of some ads are compared with the order of a match run, person by person.
//! `rank ADS.jsonl [--url URL] [--people N] ..`; exit code 1 when a list differs.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]
use std::{
    fs,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Parser;
use padankerja::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::workflow,
        candidates::{
            posted,
            shortlist::{self, Search},
        },
        indexing::{self, Indexer, roster::Question, view::View},
        keys, people,
        runs::computing,
        system::SystemClock,
    },
    matching::{policy::Policy, propose::table::Table},
    reading::job::{JobText, read_job},
    sample,
    store::{Db, people as people_rows},
    transact,
};
use serde::Deserialize;

#[derive(Parser)]
struct Arguments {
    /// Advertisements, one JSON object a line with `title` and `description`
    ads: PathBuf,
    /// Folder for the database (unless --url) and the index
    #[arg(long)]
    dir: PathBuf,
    /// Another database than an SQLite file in the folder
    #[arg(long)]
    url: Option<String>,
    /// Sample people
    #[arg(long, default_value_t = 100_000)]
    people: u32,
    /// Advertisements asked for
    #[arg(long, default_value_t = 200)]
    queries: usize,
    /// Advertisements whose whole order is compared with that of a run
    #[arg(long, default_value_t = 20)]
    compare: usize,
    /// Length of a list
    #[arg(long, default_value_t = 10)]
    top: usize,
}

#[derive(Deserialize)]
struct Ad {
    title: String,
    #[serde(default)]
    description: String,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            println!("failed: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> Result<ExitCode, AppError> {
    let ads = read_ads(&arguments)?;
    let url = arguments
        .url
        .clone()
        .unwrap_or_else(|| format!("sqlite://{}", arguments.dir.join("rank.db").display()));
    let app = App {
        db: Db::open(&url).await?,
        clock: Arc::new(SystemClock),
        keys: Arc::new(keys::Keys::ephemeral()?),
        rules: Arc::new(workflow::Rules::default()),
        office: Arc::default(),
    };
    println!("database: {}", app.db.kind());
    admit(&app, arguments.people).await?;
    let view = open(&app, &arguments).await?;
    let searches = |ad: &Ad| search(ad, &app);
    // What is read from disk for the first time is not what is measured.
    for ad in ads.iter().rev().take(20) {
        shortlist::shortlist(&app, &view, &searches(ad), arguments.top).await?;
    }
    let (mut whole, mut rating, mut found) = (Vec::new(), Vec::new(), 0_usize);
    for ad in &ads {
        let started = Instant::now();
        let search = searches(ad);
        let list = shortlist::shortlist(&app, &view, &search, arguments.top).await?;
        whole.push(started.elapsed());
        found += usize::from(!list.is_empty());
        let started = Instant::now();
        let _rated = view.rate(&question(&search))?;
        rating.push(started.elapsed());
    }
    println!("{} different ads, the best {} of each; {found} have any", ads.len(), arguments.top);
    tell("shortlist, from text to list", whole);
    tell("of which index and roster", rating);
    println!("memory: {} MB now, {} MB at most", status("VmRSS:"), status("VmHWM:"));
    let same = compare(&app, &view, &ads, arguments.compare).await?;
    app.db.close().await;
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Ads spread over the file, no text twice.
fn read_ads(arguments: &Arguments) -> Result<Vec<Ad>, AppError> {
    let fault = |what: String| AppError::Internal(format!("{}: {what}", arguments.ads.display()));
    let text = fs::read_to_string(&arguments.ads).map_err(|error| fault(error.to_string()))?;
    let mut all: Vec<Ad> = Vec::new();
    for line in text.lines() {
        let ad: Ad = serde_json::from_str(line).map_err(|error| fault(error.to_string()))?;
        all.push(ad);
    }
    let mut known = std::collections::HashSet::new();
    all.retain(|ad| known.insert((ad.title.clone(), ad.description.clone())));
    let step = (all.len() / arguments.queries.max(1)).max(1);
    let chosen: Vec<Ad> = all.into_iter().step_by(step).take(arguments.queries).collect();
    if chosen.is_empty() { Err(fault("no advertisement".to_owned())) } else { Ok(chosen) }
}

/// Takes in the sample people that are not there yet.
async fn admit(app: &App, count: u32) -> Result<(), AppError> {
    let mut tx = app.db.read().await?;
    let present = usize::try_from(people_rows::count(&mut tx).await?).unwrap_or_default();
    tx.rollback().await?;
    let started = Instant::now();
    let params = sample::SampleParams { people: count, ..sample::SampleParams::standard(app.clock.today()) };
    let rows: Vec<_> = sample::plain::people(&params).skip(present).collect();
    for chunk in rows.chunks(2_000) {
        transact!(app, tx => {
            for row in chunk {
                people::admit_row(app, tx, &Acting::terminal(), row).await?;
            }
            Ok(())
        })?;
    }
    println!("{present} people were there, {} taken in within {:.0?}", rows.len(), started.elapsed());
    Ok(())
}

/// Builds the index, then opens it again as a service does at its start, to see what the roster takes.
async fn open(app: &App, arguments: &Arguments) -> Result<View, AppError> {
    let dir = arguments.dir.join("index");
    let indexer = Indexer::open(app, &dir, indexing::silent()).await?;
    let started = Instant::now();
    let objects = indexer.rebuild(app).await?;
    println!("rebuild of {objects} objects: {:.2?}, {} MB at most", started.elapsed(), status("VmHWM:"));
    drop(indexer);
    let before = status("VmRSS:");
    let started = Instant::now();
    let indexer = Indexer::open(app, &dir, indexing::silent()).await?;
    let opened = started.elapsed();
    indexer.fill_roster(app).await?;
    let people = indexer.view().roster_size();
    println!(
        "start: index open after {opened:.2?}, roster of {people} people after \
         {:.2?}; memory {before} MB before, {} MB after",
        started.elapsed(),
        status("VmRSS:")
    );
    Ok(indexer.view())
}

fn search(ad: &Ad, app: &App) -> Search {
    let job = read_job(&JobText { title: &ad.title, description: &ad.description, ..JobText::default() });
    let opening = posted::opening(&job);
    Search { opening, job, policy: Policy::default(), as_of: app.clock.today(), seed: 0 }
}

fn question(search: &Search) -> Question<'_> {
    Question { opening: &search.opening, policy: &search.policy, as_of: search.as_of, seed: search.seed }
}

/// The whole order of each list against the candidates of a run, in the run's own order.
async fn compare(app: &App, view: &View, ads: &[Ad], count: usize) -> Result<bool, AppError> {
    let policy = Policy::default();
    let mut tx = app.db.read().await?;
    let fetched = computing::fetch(&mut tx, &policy, app.clock.today(), 0).await?;
    tx.rollback().await?;
    let mut inputs = computing::digest(fetched).inputs;
    let step = (ads.len() / count.max(1)).max(1);
    let chosen: Vec<Search> = ads.iter().step_by(step).take(count).map(|ad| search(ad, app)).collect();
    let (mut same, mut compared) = (0, 0);
    for search in &chosen {
        inputs.openings = vec![search.opening.clone()];
        let table = Table::new(&inputs, &policy);
        let problem = table.problem(&|_| {});
        let vacancy = problem.vacancies.first();
        let order: Vec<_> = vacancy
            .into_iter()
            .flat_map(|vacancy| &vacancy.list)
            .map(|candidate| {
                let at = usize::try_from(candidate.person).unwrap_or(usize::MAX);
                (table.people[at].id, candidate.fit, problem.people[at].priority)
            })
            .collect();
        let list = shortlist::shortlist(app, view, search, usize::MAX).await?;
        let list: Vec<_> = list
            .iter()
            .filter_map(|entry| entry.pair.map(|pair| (entry.person, pair.fit, pair.priority)))
            .collect();
        same += usize::from(list == order);
        compared += order.len();
    }
    println!("{same} of {} ads in exactly the order of a match run ({compared} places)", chosen.len());
    Ok(same == chosen.len())
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("{what}: p50 {:.2?}  p95 {:.2?}  p99 {:.2?}  slowest {:.2?}", at(50), at(95), at(99), at(100));
}

/// A figure of the process from the kernel, MB; 0 where there is none.
fn status(field: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
