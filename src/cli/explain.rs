//! `padankerja explain`: why a person is, or is not, proposed for a vacancy.
use std::process::ExitCode;

use crate::{
    app::{
        App, matching, profiles,
        shortlist::{self, Search},
    },
    cli::{self, Fault, Outcome, output, words},
    config::Config,
    domain::ids::{ApplicationId, PersonId, VacancyId},
    store::{applications, runs, vacancies},
};

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja explain 0199..                      sebuah lamaran
  padankerja explain --person 0199.. --vacancy 0199..")]
pub struct Args {
    /// Id lamaran
    #[arg(value_name = "ID", required_unless_present = "person")]
    application: Option<ApplicationId>,
    /// Id orang
    #[arg(long, requires = "vacancy", conflicts_with = "application")]
    person: Option<PersonId>,
    /// Id lowongan
    #[arg(long, requires = "person")]
    vacancy: Option<VacancyId>,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// Explains one pair.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open(config).await?;
    let (person, vacancy) = pair(&app, &args).await?;
    let mut tx = app.db.read().await?;
    let row = vacancies::find(&mut tx, None, vacancy)
        .await?
        .ok_or_else(|| Fault::Usage(format!("lowongan {vacancy} tidak ada")))?;
    let stored = runs::proposal_between(&mut tx, person, vacancy).await?;
    let policy = matching::parse_policy(&matching::policy(&app, matching::DEFAULT_POLICY).await?)?;
    let job = profiles::read_vacancy(&row);
    let opening = matching::opening(&row, &job);
    let search = Search { opening, job, policy, as_of: app.clock.today(), seed: 0 };
    let judged = shortlist::judge(&mut tx, &[person], &search).await?;
    let entry = judged.first().ok_or_else(|| Fault::Usage(format!("orang {person} tidak ada")))?;
    if args.json {
        output::json(&serde_json::json!({
            "person": person, "vacancy": vacancy, "now": entry.explanation,
            "stored": stored.map(|p| serde_json::json!({"run": p.run_id, "kind": p.kind, "place": p.place, "explanation": p.explanation.0}))
        }))?;
    } else {
        tell(&row.title, entry, stored.as_ref())?;
    }
    drop(tx);
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn pair(app: &App, args: &Args) -> Result<(PersonId, VacancyId), Fault> {
    if let (Some(person), Some(vacancy)) = (args.person, args.vacancy) {
        return Ok((person, vacancy));
    }
    let id = args.application.ok_or_else(|| Fault::Usage("beri id lamaran".to_owned()))?;
    let mut tx = app.db.read().await?;
    let found = applications::get(&mut tx, id).await?;
    let found = found.ok_or_else(|| Fault::Usage(format!("lamaran {id} tidak ada")))?;
    Ok((found.person_id, found.vacancy_id))
}

fn tell(title: &str, entry: &shortlist::Entry, stored: Option<&runs::Proposal>) -> Result<(), Fault> {
    let e = &entry.explanation;
    output::line(&format!("{title}: kecocokan {} dari 1000, prioritas {} dari 300", e.fit, e.priority))?;
    if let Some(stored) = stored {
        let kind = if stored.kind == "proposal" { "usulan" } else { "cadangan" };
        output::line(&format!("Dalam proses {}: {kind} nomor {}", stored.run_id, stored.place))?;
    }
    for reason in &e.reasons {
        output::line(&format!("  + {}", words::reason(reason)))?;
    }
    for reason in &e.priority_reasons {
        output::line(&format!("  prioritas: {} +{}", words::criterion(reason.criterion), reason.points))?;
    }
    for gap in &e.gaps {
        output::line(&format!("  - {}", words::gap(gap)))?;
    }
    for unknown in &e.unknown {
        output::line(&format!("  ? {}", words::unknown(*unknown)))?;
    }
    for exclusion in &e.exclusions {
        output::line(&format!("  x {}", words::exclusion(*exclusion)))?;
    }
    Ok(())
}
