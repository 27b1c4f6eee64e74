//! `padankerja doctor`: what is in the database, and for each thing that can be out of order a verdict and a cure. It
//! changes nothing but bringing an old database to the newest schema, as every command does.
use std::{process::ExitCode, sync::Arc};

use chrono::NaiveDate;
use serde_json::json;

use crate::{
    app::{App, AppError, applications::workflow, jobs, keys::Keys, system},
    cli::{self, Fault, Outcome, checks, output},
    config::{self, Config},
    domain::{application, vacancy},
    store::{Db, Tx, applications, flags, people, undated_evidence, vacancies},
    words::cli::{
        doctor::{self as told, Finding, Verdict},
        service as words,
    },
};

/// Arguments of `doctor`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja doctor
  padankerja doctor --json
Kode keluar 3 bila ada yang rusak; yang perlu perhatian saja tetap 0.")]
pub struct Args {
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// What is in the database.
struct Contents {
    people: i64,
    vacancies: Vec<(vacancy::State, i64)>,
    applications: Vec<(application::State, i64)>,
    /// Open vacancies with flags found later that no officer has answered.
    flags_waiting: i64,
    /// Evidence that still counts and whose date nobody told.
    undated_evidence: i64,
}

/// Looks at everything once; exit code 3 when something is broken.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let url = config::without_password(&config.database_url);
    // Before anything is opened: opening a database makes files beside it.
    let mut findings =
        vec![checks::disk(config), checks::modes(config), checks::addresses(config), checks::cookie(config)];
    let there = Db::is_there(&config.database_url).await;
    if matches!(there, Ok(false)) {
        return Err(Fault::Usage(words::nothing_there(&url)));
    }
    let keys = checks::load_keys(&config.keys_file);
    let loaded = keys.as_ref().map(Option::is_some).map_err(Clone::clone);
    let opened = match there {
        Ok(_) => opened(config, keys).await,
        Err(error) => Err(error.into()),
    };
    let app = match opened {
        Ok(app) => app,
        Err(fault) => {
            findings.push(told::writable(Some(&cli::fault::sentence(&fault.into()))));
            return conclude(&args, &url, None, &[], &findings);
        }
    };
    let mut tx = app.db.read().await?;
    let contents = Contents::read(&mut tx, app.clock.today()).await?;
    findings.push(checks::keys(&app, &mut tx, &config.keys_file, &loaded).await?);
    findings.push(checks::counters(&mut tx).await?);
    findings.push(checks::index(&mut tx, config).await?);
    findings.push(checks::messages(&mut tx, config).await?);
    findings.push(checks::calendar(&mut tx, app.clock.today()).await?);
    drop(tx);
    findings.push(checks::writable(&app).await);
    findings.push(checks::backup(config, app.clock.now()));
    let jobs = jobs::statuses_by_system(&app).await?;
    findings.push(checks::jobs(&jobs, app.clock.now()));
    app.db.close().await;
    conclude(&args, &url, Some(&contents), &jobs, &findings)
}

/// Opens the database; where there are no keys that can be used, with some that open nothing.
async fn opened(config: &Config, keys: Result<Option<Keys>, String>) -> Result<App, AppError> {
    let keys = match keys {
        Ok(Some(keys)) => keys,
        Ok(None) | Err(_) => Keys::ephemeral()?,
    };
    Ok(App {
        db: Db::open(&config.database_url).await?,
        clock: Arc::new(system::SystemClock),
        keys: Arc::new(keys),
        rules: Arc::new(workflow::Rules::default()),
        office: Arc::new(config.office.clone()),
    })
}

impl Contents {
    async fn read(tx: &mut Tx, today: NaiveDate) -> Result<Self, AppError> {
        Ok(Self {
            people: people::count(tx).await?,
            vacancies: vacancies::count_by_state(tx).await?,
            applications: applications::count_by_state(tx).await?,
            flags_waiting: flags::count_waiting(tx).await?,
            undated_evidence: undated_evidence::count(tx, today).await?,
        })
    }
}

fn conclude(
    args: &Args,
    url: &str,
    contents: Option<&Contents>,
    jobs: &[jobs::Status],
    findings: &[Finding],
) -> Outcome {
    let worst = findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Good);
    if args.json {
        output::json(&json!({
            "database": url,
            "verdict": worst,
            "checks": findings,
            "people": contents.map(|found| found.people),
            "vacancies": contents.map(|found| by_state(&found.vacancies)),
            "applications": contents.map(|found| by_state(&found.applications)),
            "flags_waiting": contents.map(|found| found.flags_waiting),
            "undated_evidence": contents.map(|found| found.undated_evidence),
        }))?;
    } else {
        output::line(&words::database(url))?;
        tell(contents, jobs)?;
        findings.iter().try_for_each(|finding| output::line(&told::told(finding)))?;
        let notable = findings.iter().filter(|finding| finding.verdict > Verdict::Good).count();
        output::line(&told::conclusion(worst, notable))?;
    }
    Ok(if worst == Verdict::Broken { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

fn by_state<S: ToString>(counts: &[(S, i64)]) -> serde_json::Map<String, serde_json::Value> {
    counts.iter().map(|(state, count)| (state.to_string(), json!(count))).collect()
}

fn tell(contents: Option<&Contents>, jobs: &[jobs::Status]) -> Result<(), Fault> {
    if let Some(found) = contents {
        output::line(&words::people(found.people))?;
        for (state, count) in &found.vacancies {
            output::line(&words::vacancies(*state, *count))?;
        }
        if found.flags_waiting > 0 {
            output::line(&words::flags_waiting(found.flags_waiting))?;
        }
        if found.undated_evidence > 0 {
            output::line(&words::undated_evidence(found.undated_evidence))?;
        }
        for (state, count) in &found.applications {
            output::line(&words::applications(*state, *count))?;
        }
    }
    jobs.iter().try_for_each(|job| output::line(&said(job)))
}

fn said(status: &jobs::Status) -> String {
    let ended = status.row.as_ref().and_then(|row| Some((row, row.ended_at?)));
    let last = ended.map(|(row, at)| words::LastTurn {
        at,
        millis: row.duration_ms.unwrap_or(0),
        done: row.done.unwrap_or(0),
        failed: row.failed.unwrap_or(0),
        failure: row.last_failure.as_deref(),
    });
    words::job(status.name, last)
}
