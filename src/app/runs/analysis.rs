//! What a run means for people: the price of the priority, who was proposed among those who could be, and two policies
//! side by side. Nothing here is stored by itself, publishes anything or touches an application.
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    app::{
        App, AppError, access, policies,
        runs::computing::{self, Loaded},
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::{PersonId, PolicyId, RunId, VacancyId},
    },
    matching::{
        fairness::{self, Fairness, Traits, WhoPaid},
        policy::Policy,
        propose::{self, Proposals, Unweighted},
    },
    store::runs::{self, PolicyRow, Run},
};

/// What priority and floors changed against the same run without them. Ties of that run favour the poor, so the effect is
/// not overstated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityPrice {
    /// More households of known desil 1 to 4 with somebody proposed.
    pub poor_households: i64,
    /// More people of known desil 1 to 4 proposed.
    pub poor_people: i64,
    /// More proposals in all.
    pub proposed: i64,
    /// Change of the total fit, thousandths; below zero is what the priority costs.
    pub fit_permille: i64,
    /// Proposals without priority.
    pub proposed_without: usize,
    /// Total fit without priority, points.
    pub fit_total_without: u64,
    /// Whose places they were: from the run without priority to this one.
    pub who_paid: WhoPaid,
}

/// What the priority of a run changed.
pub fn priority_price(
    traits: &HashMap<PersonId, Traits>,
    proposals: &Proposals,
    plain: &Unweighted,
) -> PriorityPrice {
    let with: Vec<PersonId> = proposals.proposals.iter().map(|place| place.person).collect();
    let without: Vec<PersonId> = plain.placed.iter().map(|(person, ..)| *person).collect();
    let poor = |person: &&PersonId| traits.get(*person).is_some_and(Traits::is_poor);
    let fit: u64 = plain.placed.iter().map(|(.., fit)| u64::from(*fit)).sum();
    let change = i128::from(proposals.figures.fit_total) - i128::from(fit);
    let permille = (change * 1000).checked_div(i128::from(fit)).unwrap_or(0);
    PriorityPrice {
        poor_households: difference(
            fairness::poor_households(traits, &with),
            fairness::poor_households(traits, &without),
        ),
        poor_people: difference(with.iter().filter(poor).count(), without.iter().filter(poor).count()),
        proposed: difference(with.len(), without.len()),
        fit_permille: i64::try_from(permille).unwrap_or(0),
        proposed_without: without.len(),
        fit_total_without: fit,
        who_paid: fairness::who_paid(
            traits,
            &without.iter().copied().collect(),
            &with.iter().copied().collect(),
        ),
    }
}

/// Who was proposed among those who could be.
pub fn fairness(traits: &HashMap<PersonId, Traits>, proposals: &Proposals) -> Fairness {
    let proposed: HashSet<PersonId> = proposals.proposals.iter().map(|place| place.person).collect();
    fairness::report(traits, proposals.matched(), &proposed)
}

/// The fairness report stored with a run.
pub fn stored_fairness(run: &Run) -> Result<Fairness, AppError> {
    let stored = run.summary.as_ref().map(|summary| summary.0["fairness"].clone());
    let report = stored.and_then(|report| serde_json::from_value(report).ok());
    report.ok_or_else(|| AppError::conflict(ProblemCode::RunHasNoReport, run.state))
}

/// The fairness report of a run, for an officer who reads reports.
pub async fn fairness_of(app: &App, _officer: &access::Reporting, id: RunId) -> Result<Fairness, AppError> {
    let mut tx = app.db.read().await?;
    let run = runs::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    stored_fairness(&run)
}

/// Compares two stored policies, for a supervisor.
pub async fn compare_stored(
    app: &App,
    _supervisor: &access::Supervising,
    ids: (PolicyId, PolicyId),
    as_of: Option<NaiveDate>,
    seed: i64,
) -> Result<Comparison, AppError> {
    let mut tx = app.db.read().await?;
    let first = runs::find_policy(&mut tx, ids.0).await?;
    let first = first.ok_or_else(|| AppError::field("first", FieldCode::UnknownPolicy, ids.0))?;
    let second = runs::find_policy(&mut tx, ids.1).await?;
    let second = second.ok_or_else(|| AppError::field("second", FieldCode::UnknownPolicy, ids.1))?;
    tx.rollback().await?;
    compare(app, (first, second), as_of.unwrap_or_else(|| app.clock.today()), seed).await
}

/// One policy of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PolicyOutcome)]
pub struct Outcome {
    /// Name of the policy.
    pub policy: String,
    pub revision: i64,
    /// Proposals.
    pub placed: usize,
    /// Different households with somebody proposed.
    pub households: usize,
    /// Of these, of known desil 1 to 4.
    pub poor_households: usize,
    /// Mean fit of the proposals, points 0..1000.
    pub fit_mean: u64,
    /// Proposals at vacancies, and how far the floors were met.
    pub floors: Vec<propose::FloorFigures>,
    /// By desil, district, sex and disability.
    pub fairness: Fairness,
}

/// Two policies on the same people and vacancies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PolicyComparison)]
pub struct Comparison {
    /// The business date of both.
    pub as_of: NaiveDate,
    /// The first.
    pub first: Outcome,
    /// The second.
    pub second: Outcome,
    /// People placed by the first only.
    pub only_first: usize,
    /// People placed by the second only.
    pub only_second: usize,
    /// People placed by both, at different vacancies.
    pub elsewhere: usize,
    /// People placed by both at the same vacancy.
    pub same: usize,
    /// Who gains and who pays from the first to the second.
    pub who_paid: WhoPaid,
}

/// Compares two policies on one moment of the database.
pub async fn compare(
    app: &App,
    policies: (PolicyRow, PolicyRow),
    as_of: NaiveDate,
    seed: i64,
) -> Result<Comparison, AppError> {
    let (first, second) = (policies::parse_policy(&policies.0)?, policies::parse_policy(&policies.1)?);
    let mut tx = app.db.read().await?;
    let fetched = computing::fetch(&mut tx, &first, as_of, seed).await?;
    let settled = computing::settled(&mut tx, &second, as_of).await?;
    tx.rollback().await?;
    computing::off_the_workers(move || {
        let mut loaded = computing::digest(fetched);
        let (one, placed_one) = outcome(&loaded, &policies.0, &first)?;
        loaded.inputs.settled = settled;
        let (two, placed_two) = outcome(&loaded, &policies.1, &second)?;
        let shared = placed_one.iter().filter_map(|(person, at)| Some((at, placed_two.get(person)?)));
        let (same, elsewhere): (Vec<_>, Vec<_>) = shared.partition(|(one, two)| one == two);
        let both = same.len() + elsewhere.len();
        let people = |placed: &HashMap<PersonId, VacancyId>| placed.keys().copied().collect();
        let who_paid = fairness::who_paid(&loaded.traits, &people(&placed_one), &people(&placed_two));
        Ok(Comparison {
            as_of,
            first: one,
            second: two,
            only_first: placed_one.len() - both,
            only_second: placed_two.len() - both,
            elsewhere: elsewhere.len(),
            same: same.len(),
            who_paid,
        })
    })
    .await?
}

fn outcome(
    loaded: &Loaded,
    row: &PolicyRow,
    policy: &Policy,
) -> Result<(Outcome, HashMap<PersonId, VacancyId>), AppError> {
    let proposals = propose::propose(&loaded.inputs, policy, &|_| {})?;
    let placed: HashMap<PersonId, VacancyId> =
        proposals.proposals.iter().map(|place| (place.person, place.vacancy)).collect();
    let fairness = fairness(&loaded.traits, &proposals);
    let count = u64::try_from(placed.len()).unwrap_or(u64::MAX);
    let outcome = Outcome {
        policy: row.name.clone(),
        revision: row.revision,
        placed: placed.len(),
        households: fairness::households(&loaded.traits, placed.keys()),
        poor_households: fairness.poor_households,
        fit_mean: proposals.figures.fit_total.checked_div(count).unwrap_or(0),
        floors: proposals.figures.floors,
        fairness,
    };
    Ok((outcome, placed))
}

fn difference(with: usize, without: usize) -> i64 {
    i64::try_from(with).unwrap_or(i64::MAX) - i64::try_from(without).unwrap_or(i64::MAX)
}
