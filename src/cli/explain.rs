//! `padankerja explain`: why a person is, or is not, proposed for a vacancy, as an officer, the person or the employer
//! would read it.
use std::process::ExitCode;

use serde_json::json;

use crate::{
    app::{App, candidates::explaining},
    cli::{
        self, Fault, Outcome, output,
        short::{self, Given, Named},
    },
    config::Config,
    domain::{
        disclosure::Audience,
        ids::{ApplicationId, PersonId, VacancyId},
    },
    matching::explanation::ExplainedPair,
    store::{
        Tx,
        applications::{self, Card, Scope},
        overview::{self, ApplicationFilter},
        people, short_ids, vacancies,
    },
    words::{
        Language,
        cli::{
            lists,
            runs::{self as words, Provenance},
        },
        id::states,
    },
};

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Contoh:
  padankerja explain 5e4f3c21                    sebuah lamaran
  padankerja explain \"siti aminah\"               lamaran seorang warga
  padankerja explain --person \"siti aminah\" --vacancy 0f4f3c21
  padankerja explain 5e4f3c21 --for person       seperti dibaca orangnya")]
pub struct Args {
    /// Id lamaran, atau id atau nama warganya
    #[arg(value_name = "ID|NAMA", required_unless_present = "person")]
    application: Option<Named>,
    /// Id atau nama warga
    #[arg(long, value_name = "ID|NAMA", requires = "vacancy", conflicts_with = "application")]
    person: Option<Named>,
    /// Id atau judul lowongan
    #[arg(long, value_name = "ID|JUDUL", requires = "person")]
    vacancy: Option<Named>,
    /// Pembaca penjelasan
    #[arg(long = "for", value_name = "PEMBACA", value_enum, default_value_t = Reader::Staff)]
    reader: Reader,
    /// Hasil sebagai JSON
    #[arg(long)]
    json: bool,
}

/// For whom an explanation is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Reader {
    /// Orangnya sendiri
    Person,
    /// Petugas
    Staff,
    /// Pemberi kerja
    Employer,
}

/// What is known of a pair.
struct Known {
    person: PersonId,
    vacancy: VacancyId,
    application: Option<Card>,
    /// What a run said.
    stored: Option<ExplainedPair>,
    /// What holds now.
    now: Option<ExplainedPair>,
}

/// Explains one pair.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open_present(config).await?;
    let mut tx = app.db.read().await?;
    let known = known(&app, &mut tx, &args).await?;
    drop(tx);
    app.db.close().await;
    if args.json {
        output::json(&document(&known, args.reader))?;
    } else {
        for line in lines(&known, args.reader) {
            output::line(&line)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn known(app: &App, tx: &mut Tx, args: &Args) -> Result<Known, Fault> {
    let (person, vacancy, application) = match (&args.person, &args.vacancy, &args.application) {
        (Some(person), Some(vacancy), _) => {
            let person = short::person_named(app, tx, person).await?;
            (person, short::vacancy_named(tx, vacancy).await?, None)
        }
        (_, _, Some(named)) => {
            let id = application(app, tx, named).await?;
            let found = applications::card(tx, &Scope::Office, id).await?;
            let found = found.ok_or_else(|| Fault::Usage(words::no_such_application(id)))?;
            (found.application.person_id, found.application.vacancy_id, Some(found))
        }
        _ => return Err(Fault::Usage(words::APPLICATION_OR_PAIR.to_owned())),
    };
    let row = vacancies::find(tx, None, vacancy)
        .await?
        .ok_or_else(|| Fault::Usage(words::no_such_vacancy(vacancy)))?;
    let run = application.as_ref().and_then(|found| found.application.run_id);
    let stored = match explaining::stored(tx, person, vacancy, run, false).await? {
        Some(proposal) => Some(explaining::by_run(tx, &row, &proposal).await?),
        None => None,
    };
    let now = explaining::by_now(app, tx, &row, person).await?;
    if stored.is_none() && now.is_none() {
        return Err(Fault::Usage(words::no_such_person(person)));
    }
    let stands = |told: ExplainedPair| ExplainedPair {
        state: application.as_ref().map(|found| found.application.state),
        deadline: application.as_ref().and_then(|found| found.application.deadline),
        ..told
    };
    let (stored, now) = (stored.map(stands), now.map(stands));
    Ok(Known { person, vacancy, application, stored, now })
}

/// The application that is meant: by its own id, or by its person when that tells which.
async fn application(app: &App, tx: &mut Tx, named: &Named) -> Result<ApplicationId, Fault> {
    if let Named::Id(given) = named
        && !is_a_person(tx, given).await?
    {
        return short::application(tx, given).await;
    }
    let person = short::person_named(app, tx, named).await?;
    let name = people::find(tx, &people::Scope::Office, person).await?.map(|found| found.name);
    let name = name.ok_or_else(|| Fault::Usage(words::no_such_person(person)))?;
    let filter = ApplicationFilter { person: Some(person), ..ApplicationFilter::default() };
    let all = overview::applications(tx, &filter, i64::MAX).await?;
    let open = all.iter().filter(|one| one.state.is_open()).collect::<Vec<_>>();
    match (open.as_slice(), all.as_slice()) {
        ([only], _) => Ok(only.id),
        ([], [only]) => Ok(only.id),
        (_, []) => Err(Fault::Usage(lists::no_application_of(&name))),
        _ => {
            let lines = all.iter();
            let lines = lines.map(|one| (one.id.short(), one.title.as_str(), states::application(one.state)));
            Err(Fault::Usage(lists::several_of(&name, lines)))
        }
    }
}

/// Whether an id is a person's and not an application's.
async fn is_a_person(tx: &mut Tx, given: &Given) -> Result<bool, Fault> {
    Ok(match given {
        Given::Whole(id) => people::find(tx, &people::Scope::Office, PersonId(*id)).await?.is_some(),
        Given::End(end) => {
            short_ids::applications(tx, end).await?.is_empty()
                && !short_ids::people(tx, end).await?.is_empty()
        }
    })
}

impl Known {
    /// What a reader has to know about where the explanation comes from.
    fn provenance(&self) -> Option<Provenance> {
        match (&self.stored, &self.now) {
            (Some(_), None) => Some(Provenance::Gone),
            (Some(stored), Some(now)) => {
                let differs = explaining::differs(&stored.explanation, &now.explanation);
                differs.then_some(Provenance::Changed)
            }
            (None, _) => None,
        }
    }
}

fn lines(known: &Known, reader: Reader) -> Vec<String> {
    let provenance = known.provenance();
    let mut lines = Vec::new();
    if reader == Reader::Employer && !is_referred(known) {
        lines.push(words::provenance(Provenance::NotReferred).to_owned());
    }
    lines.extend(known.stored.iter().flat_map(|told| worded(told, reader)));
    lines.extend(provenance.map(|what| words::provenance(what).to_owned()));
    let is_news = known.stored.is_none() || provenance == Some(Provenance::Changed);
    lines.extend(known.now.iter().filter(|_| is_news).flat_map(|told| worded(told, reader)));
    lines
}

fn is_referred(known: &Known) -> bool {
    let shown =
        |card: &Card| Audience::Employer.sees_person(card.application.state, card.names.employer_state);
    known.application.as_ref().is_some_and(shown)
}

fn worded(told: &ExplainedPair, reader: Reader) -> Vec<String> {
    match reader {
        Reader::Person => Language::default().for_person(told),
        Reader::Staff => Language::default().for_staff(told),
        Reader::Employer => Language::default().for_employer(told),
    }
}

/// The same for programs. Codes and points are for the office, like its sentences.
fn document(known: &Known, reader: Reader) -> serde_json::Value {
    let mut document = json!({
        "person": known.person,
        "vacancy": known.vacancy,
        "lines": lines(known, reader),
        "only_stored": known.now.is_none(),
        "changed_since": known.provenance() == Some(Provenance::Changed),
    });
    if reader == Reader::Staff {
        document["now"] = json!(known.now.as_ref().map(|told| &told.explanation));
        document["stored"] = json!(known.stored.as_ref().map(|told| {
            json!({
                "run": told.run.map(|judged| judged.run),
                "kind": told.run.map(|judged| judged.kind.as_str()),
                "place": told.run.map(|judged| judged.place),
                "policy": told.policy,
                "revision": told.revision,
                "explanation": told.explanation,
            })
        }));
    }
    document
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::{ids::RunId, run::Kind},
        matching::explanation::{Explanation, Judged, Offer},
    };

    fn told(fit: u16, from_a_run: bool) -> ExplainedPair {
        ExplainedPair {
            title: "Operator Jahit".to_owned(),
            explanation: Explanation { fit, ..Explanation::default() },
            policy: "default".to_owned(),
            revision: 3,
            run: from_a_run.then(|| Judged {
                run: RunId(Uuid::nil()),
                as_of: "2026-11-24".parse().unwrap(),
                kind: Kind::Reserve,
                place: 2,
            }),
            state: None,
            deadline: None,
            interview: None,
            offer: Offer::default(),
        }
    }

    fn known(stored: Option<ExplainedPair>, now: Option<ExplainedPair>) -> Known {
        let (person, vacancy) = (PersonId(Uuid::nil()), VacancyId(Uuid::nil()));
        Known { person, vacancy, application: None, stored, now }
    }

    fn says(known: &Known, what: Provenance) -> bool {
        lines(known, Reader::Staff).contains(&words::provenance(what).to_owned())
    }

    #[test]
    fn a_pair_known_only_from_a_run_is_told_as_such() {
        let gone = known(Some(told(500, true)), None);
        assert!(says(&gone, Provenance::Gone));
        assert_eq!(document(&gone, Reader::Staff)["only_stored"], true);
        let same = known(Some(told(500, true)), Some(told(500, false)));
        assert!(!says(&same, Provenance::Gone) && !says(&same, Provenance::Changed));
        let shown = lines(&same, Reader::Staff).iter().filter(|line| line.contains("kecocokan 500")).count();
        assert_eq!(shown, 1, "what still holds is not told twice");
    }

    #[test]
    fn a_change_since_the_run_is_told_with_what_holds_now() {
        let changed = known(Some(told(500, true)), Some(told(450, false)));
        assert!(says(&changed, Provenance::Changed));
        let lines = lines(&changed, Reader::Staff);
        let at = |part: &str| lines.iter().position(|line| line.contains(part)).unwrap();
        assert!(at("kecocokan 500") < at("Data berubah") && at("Data berubah") < at("kecocokan 450"));
    }

    #[test]
    fn points_and_codes_are_for_staff() {
        let pair = known(Some(told(500, true)), Some(told(500, false)));
        assert_eq!(document(&pair, Reader::Staff)["stored"]["revision"], 3);
        for reader in [Reader::Person, Reader::Employer] {
            let text = document(&pair, reader).to_string();
            assert!(!text.contains("\"stored\":") && !text.contains("500"), "{text}");
        }
    }
}
