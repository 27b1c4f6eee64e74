//! `padankerja match`: one match run, its figures and proposals; with `--publish` the proposals become applications.
use std::{
    collections::HashMap,
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use chrono::NaiveDate;
use serde_json::{Value, json};
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    app::{
        App,
        access::acting::Acting,
        employers::suspension,
        policies,
        runs::{
            computing::{self, Request},
            publish,
        },
    },
    cli::{self, Fault, Outcome, output, runs as runs_command, table::Table, values},
    config::Config,
    domain::{
        ids::{RunId, VacancyId},
        run::Kind,
    },
    matching::{explanation::Explanation, policy::Policy},
    store::{Tx, people, runs, vacancies},
    transact,
    words::{
        Language,
        cli::{runs as words, tables},
    },
};

/// Arguments of `match`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh: padankerja match --policy kebijakan.json --publish")]
pub struct Args {
    /// Kebijakan (JSON); bawaan: kebijakan "default" yang tersimpan
    #[arg(long, value_name = "BERKAS")]
    policy: Option<PathBuf>,
    /// Tanggal proses (bawaan: hari ini)
    #[arg(long, value_name = "TANGGAL", value_parser = values::date)]
    as_of: Option<NaiveDate>,
    /// Angka undian untuk nilai yang sama
    #[arg(long, value_name = "ANGKA", default_value_t = 1)]
    seed: i64,
    /// Terbitkan usulan sebagai lamaran
    #[arg(long)]
    publish: bool,
    /// Banyaknya usulan yang ditampilkan
    #[arg(long, value_name = "JUMLAH", default_value_t = 10)]
    top: i64,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Runs, shows, publishes if asked.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open(config).await?;
    suspension::pause_left_open(&app).await?;
    let policy = match &args.policy {
        None => policies::policy(&app, policies::DEFAULT_POLICY).await?,
        Some(path) => {
            let text = tokio::fs::read_to_string(path)
                .await
                .map_err(|error| Fault::Usage(tables::unreadable(path, &error)))?;
            let policy = Policy::parse(&text).map_err(|error| {
                Fault::Usage(tables::of_file(path, Language::default().policy_refused(&error)))
            })?;
            let name = path.file_stem().map_or("file".to_owned(), |stem| stem.to_string_lossy().into_owned());
            transact!(app, tx => policies::store_policy(&app, tx, &name, &policy, None).await)?
        }
    };
    let request = Request {
        policy,
        as_of: args.as_of.unwrap_or_else(|| app.clock.today()),
        seed: args.seed,
        started_by: None,
    };
    let (run, summary) = watch(&app, &request).await?;
    // There is nothing left to cancel: from here on Ctrl-C ends the process as it does any other.
    tokio::spawn(async {
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(1);
        }
    });
    let published =
        if args.publish { Some(publish::publish(&app, &Acting::terminal(), run).await?) } else { None };
    if args.json {
        output::json(&json!({ "run": run, "summary": summary, "published": published }))?;
    } else {
        show(&app, run, &summary, args.top).await?;
        if let Some(published) = &published {
            runs_command::tell(published)?;
        }
    }
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Runs with a bar; Ctrl-C cancels the run, so that the next one need not wait for it.
pub(super) async fn watch(app: &App, request: &Request) -> Result<(RunId, Value), Fault> {
    // Listened for from before the run begins: no early one is lost.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let run = computing::begin(app, request).await?;
    let progress = Arc::new(AtomicU32::new(0));
    let bar = output::bar(1000, words::MATCHING);
    let (shown, done) = (bar.clone(), progress.clone());
    let ticker = tokio::spawn(async move {
        loop {
            shown.set_position(u64::from(done.load(Ordering::Relaxed)));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let work = computing::work(app, run, request, progress);
    let outcome = tokio::select! {
        summary = work => summary.map_err(Fault::from),
        _ = interrupt.recv() => {
            computing::cancel(app, run).await.map_err(Fault::from).and(Err(Fault::Cancelled))
        }
    };
    ticker.abort();
    bar.finish_and_clear();
    Ok((run, outcome?))
}

/// The figures and the first proposals with reasons, and one "why not".
pub(super) async fn show(app: &App, run: RunId, summary: &Value, top: i64) -> Result<(), Fault> {
    for line in words::figures(run.short(), summary) {
        output::line(&line)?;
    }
    let mut tx = app.db.read().await?;
    let all = runs::proposals(&mut tx, run, None, i64::MAX, 0).await?;
    let mut titles = HashMap::new();
    table(&mut tx, &all, top, &mut titles).await?.write()?;
    why_not(&mut tx, &all, &mut titles).await
}

async fn table(
    tx: &mut Tx,
    all: &[runs::Proposal],
    top: i64,
    titles: &mut HashMap<VacancyId, String>,
) -> Result<Table, Fault> {
    let mut table = Table::new(words::PROPOSALS);
    // One of each vacancy first: the table shows the breadth of the run.
    let mut shown = 0;
    let mut last = None;
    for proposal in all.iter().filter(|p| p.kind == Kind::Proposal && p.place == 1) {
        if shown == top || last == Some(proposal.vacancy_id) {
            continue;
        }
        (shown, last) = (shown + 1, Some(proposal.vacancy_id));
        let person = people::find(tx, &people::Scope::Office, proposal.person_id).await?;
        let explanation: Explanation =
            serde_json::from_value(proposal.explanation.0.clone()).unwrap_or_default();
        table.row([
            proposal.person_id.short(),
            person.map(|p| p.name).unwrap_or_default(),
            title(tx, proposal.vacancy_id, titles).await?,
            proposal.fit.to_string(),
            proposal.priority.to_string(),
            words::reasons(&explanation, 3),
        ]);
    }
    Ok(table)
}

/// One runner-up with the reason why not.
async fn why_not(
    tx: &mut Tx,
    all: &[runs::Proposal],
    titles: &mut HashMap<VacancyId, String>,
) -> Result<(), Fault> {
    let Some(first) = all.iter().find(|p| p.kind == Kind::Reserve && p.place == 1) else {
        return output::line(words::NO_RESERVE);
    };
    let person = people::find(tx, &people::Scope::Office, first.person_id).await?;
    let explanation: Explanation = serde_json::from_value(first.explanation.0.clone()).unwrap_or_default();
    let name = person.map(|p| p.name).unwrap_or_default();
    let title = title(tx, first.vacancy_id, titles).await?;
    output::line(&words::why_not(&name, &title, &explanation))
}

async fn title(tx: &mut Tx, id: VacancyId, titles: &mut HashMap<VacancyId, String>) -> Result<String, Fault> {
    if let Some(known) = titles.get(&id) {
        return Ok(known.clone());
    }
    let found = vacancies::find(tx, None, id).await?.map(|v| v.title).unwrap_or_default();
    titles.insert(id, found.clone());
    Ok(found)
}
