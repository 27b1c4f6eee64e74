//! Match runs and what they proposed, as officers see them.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    domain::{
        ids::{PersonId, PolicyId, RunId, VacancyId},
        run::{Kind, State},
    },
    store::runs::{ProposalCard, Run},
};

/// A match run.
#[derive(Serialize, ToSchema)]
pub struct RunView {
    /// Its id.
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
    /// Its title.
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
    pub explanation: Value,
    /// Why publishing left it out, if it did.
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
