//! Match runs and what they proposed, as officers see them.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    domain::{
        codes::ProblemCode,
        evidence,
        ids::{PersonId, PolicyId, RunId, VacancyId},
        region,
        run::{Fate, Kind, State},
    },
    matching::explanation::Explanation,
    store::{
        runs::{ProposalCard, Run},
        unknown_desil::Listed,
    },
};

/// A match run.
#[derive(Serialize, ToSchema)]
pub struct RunView {
    pub id: RunId,
    /// The policy revision it uses.
    pub policy_id: PolicyId,
    /// Where it stands.
    pub state: State,
    /// How far it is, thousandths; while it runs in the process that answers.
    pub progress: Option<u32>,
    /// The business date it was run for.
    pub as_of: NaiveDate,
    /// Breaks ties between equals.
    pub seed: i64,
    /// When it started.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Figures: people, vacancies, pairs, proposals, floors, the price of the priority and who paid it, optimum, dual,
    /// seconds.
    pub figures: Option<Value>,
    /// Why it failed; `cancelled` when somebody cancelled it.
    pub failure: Option<String>,
}

impl From<Run> for RunView {
    fn from(run: Run) -> Self {
        let progress = if run.state == State::Running { super::progress(run.id) } else { None };
        Self {
            id: run.id,
            policy_id: run.policy_id,
            state: run.state,
            progress,
            as_of: run.as_of,
            seed: run.seed,
            started_at: run.started_at,
            finished_at: run.finished_at,
            published_at: run.published_at,
            figures: run.summary.map(|figures| {
                let mut figures = figures.0;
                // A report of its own, for those who may read reports.
                figures.as_object_mut().map(|fields| fields.remove("fairness"));
                figures
            }),
            failure: run.failure,
        }
    }
}

/// One pair a run proposed or kept in reserve.
#[derive(Serialize, ToSchema)]
pub struct ProposalView {
    /// The vacancy.
    pub vacancy_id: VacancyId,
    pub title: String,
    /// The person.
    pub person_id: PersonId,
    /// Their name.
    pub person_name: String,
    /// Proposed, or kept in reserve.
    pub kind: Kind,
    /// Place among the vacancy's proposals or in its reserve.
    pub place: i64,
    /// Fit, points 0..1000.
    pub fit: i64,
    /// Priority, points 0..300.
    pub priority: i64,
    /// Reasons for and against, in codes and quoted lines.
    #[schema(value_type = Explanation)]
    pub explanation: Value,
    /// Why publishing left it out, if it did.
    #[schema(value_type = Option<ProblemCode>)]
    pub dropped: Option<String>,
}

impl From<ProposalCard> for ProposalView {
    fn from(card: ProposalCard) -> Self {
        let p = card.proposal;
        Self {
            vacancy_id: p.vacancy_id,
            title: card.title,
            person_id: p.person_id,
            person_name: card.person_name,
            kind: p.kind,
            place: p.place,
            fit: p.fit,
            priority: p.priority,
            explanation: p.explanation.0,
            dropped: p.dropped,
        }
    }
}

/// Somebody with an eligible pair whose desil nobody knows.
#[derive(Serialize, ToSchema)]
pub struct UnknownDesil {
    /// The person.
    pub person_id: PersonId,
    /// Their name.
    #[schema(example = "Contoh 12")]
    pub person_name: String,
    /// Number to call.
    #[schema(example = "+6286012345678")]
    pub phone: Option<String>,
    /// Village code of the home.
    #[schema(example = "33.11.05.2010")]
    pub village: Option<String>,
    /// Its name, with its district.
    #[schema(example = "Desa Nguter, Kecamatan Nguter")]
    pub village_name: Option<String>,
    /// Since when the person waits.
    pub registered_on: NaiveDate,
    /// Place on the list of the run; those looked up since are left out, so numbers are missing.
    pub place: i64,
    /// What the run did with them.
    pub fate: Fate,
    /// Where they would have been proposed without priority: of those who paid.
    pub forgone_id: Option<VacancyId>,
    /// Title of that vacancy.
    #[schema(example = "Operator Jahit")]
    pub forgone_title: Option<String>,
    /// Free places, at the time of the run, of the vacancies they could be proposed for.
    pub seats: i64,
    /// How many vacancies these were.
    pub vacancies: i64,
    /// Why the desil is unknown.
    pub reason: evidence::Unknown,
    /// The last day on which one counted.
    pub expired_on: Option<NaiveDate>,
}

impl From<Listed> for UnknownDesil {
    fn from(row: Listed) -> Self {
        let village_name = row.village.as_deref().and_then(region::full_name);
        let reason =
            if row.expired_on.is_some() { evidence::Unknown::Expired } else { evidence::Unknown::Missing };
        Self {
            person_id: row.person_id,
            person_name: row.person_name,
            phone: row.person_phone,
            village: row.village,
            village_name,
            registered_on: row.registered_on,
            place: row.place,
            fate: row.fate,
            forgone_id: row.forgone_id,
            forgone_title: row.forgone_title,
            seats: row.seats,
            vacancies: row.vacancies,
            reason,
            expired_on: row.expired_on,
        }
    }
}
