//! What would have to be different for a pair to stand higher, or to be eligible at all: found by judging the pair
//! again with one thing changed. Only what the person or the office can change is tried: certificates, skills, the
//! person's own limits, records that are missing. Age, sex, family and evidence of priority are no steps.
use std::{borrow::Cow, collections::HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::ids::{PersonId, VacancyId},
    matching::{
        eligibility::{self, Exclusion, PersonFacts, Unknown, VacancyFacts, Way},
        fit::{self, ContributionKind, Gap, ProfileVector},
        grades,
        policy::{Policy, floors::Group},
        propose::{self, Opening, Person, Place},
    },
};

/// Most changes kept for one pair.
const MOST_CHANGES: usize = 3;
/// Most things that are tried together when none of them is enough alone.
const MOST_TOGETHER: usize = 3;

/// One thing that could be different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ChangeStep)]
#[serde(rename_all = "snake_case", tag = "step", content = "value")]
pub enum Step {
    /// The person holds this certificate: an id of certificates.csv, or the words of one the vocabulary lacks.
    Certificate(String),
    /// The person shows this skill: an id of skills.csv.
    Skill(String),
    /// The person accepts this wage, rupiah per month.
    WageFloor(i64),
    /// The person accepts this way to work, metres.
    Distance(u32),
    /// The person accepts shifts.
    Shifts,
    /// The person would live at work.
    Dormitory,
    /// Schooling of this rank is recorded.
    Education(u8),
    /// A question is answered, and in favour of the pair.
    Answer(Unknown),
}

/// What a change leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ChangeOutcome)]
#[serde(rename_all = "snake_case", tag = "outcome", content = "place")]
pub enum Outcome {
    /// First among the vacancy's proposals.
    First,
    /// Among the vacancy's proposals.
    Proposed,
    /// In its reserve still, at this place.
    Reserve(u32),
    /// No rule takes the pair out any more.
    Eligible,
}

/// Things that would have to be different together, and what they lead to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ExplanationChange)]
pub struct Change {
    /// What would be different; more than one only where none is enough alone.
    pub steps: Vec<Step>,
    /// What it leads to, everything else being as it was.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// A pair and the rule it is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Who.
    pub person: &'a Person,
    /// Where.
    pub opening: &'a Opening,
    /// The rule.
    pub policy: &'a Policy,
    /// The business date.
    pub as_of: NaiveDate,
}

/// Those placed at one vacancy, in order: with whom a pair competes.
#[derive(Clone, Debug, Default)]
pub struct Field {
    proposed: Vec<Rival>,
    reserve: Vec<Rival>,
}

#[derive(Clone, Copy, Debug)]
struct Rival {
    person: PersonId,
    points: u32,
    groups: u16,
}

impl Field {
    /// The fields of a run, by vacancy. `proposals` and `reserve` are in the order of their places.
    pub fn of_run(
        proposals: &[Place],
        reserve: &[Place],
        people: &HashMap<PersonId, &Person>,
        policy: &Policy,
    ) -> HashMap<VacancyId, Self> {
        let rival = |place: &Place| Rival {
            person: place.person,
            points: u32::from(place.pair.fit) + u32::from(place.pair.priority),
            groups: people.get(&place.person).map_or(u16::MAX, |person| groups(person, policy)),
        };
        let mut fields: HashMap<VacancyId, Self> = HashMap::new();
        for place in proposals {
            fields.entry(place.vacancy).or_default().proposed.push(rival(place));
        }
        for place in reserve {
            fields.entry(place.vacancy).or_default().reserve.push(rival(place));
        }
        fields
    }

    /// How many were proposed.
    pub fn proposed(&self) -> usize {
        self.proposed.len()
    }

    /// Whether somebody with fewer points was proposed, in a place the policy keeps for a group.
    pub fn kept_a_place_from(&self, case: &Case<'_>, points: u32) -> bool {
        let own = groups(case.person, case.policy);
        self.proposed.iter().any(|rival| rival.points < points && rival.groups & !own != 0)
    }

    /// Where somebody of the reserve would stand with so many points. A place among the proposals is promised only when
    /// somebody with fewer points gives it up and no floor needs that one: then the new best placement of the whole run
    /// contains the pair. Equal points promise nothing.
    fn outcome(&self, case: &Case<'_>, points: u32) -> Outcome {
        let own = groups(case.person, case.policy);
        if self.proposed.iter().any(|rival| rival.points < points && rival.groups & !own == 0) {
            let first = self.proposed.iter().all(|rival| rival.points < points);
            return if first { Outcome::First } else { Outcome::Proposed };
        }
        let here = self.reserve.iter().position(|rival| rival.person == case.person.id);
        let here = here.unwrap_or(self.reserve.len());
        let is_ahead = |(at, rival): &(usize, &Rival)| {
            *at != here && (rival.points > points || (rival.points == points && *at < here))
        };
        let ahead = self.reserve.iter().enumerate().filter(is_ahead).count();
        Outcome::Reserve(u32::try_from(ahead + 1).unwrap_or(u32::MAX))
    }
}

/// The groups of the policy that a person counts for, one bit each; the last one for places kept for disability.
fn groups(person: &Person, policy: &Policy) -> u16 {
    let kept = std::iter::once(Group::Disability).chain(policy.floors.iter().map(|floor| floor.group));
    (0_u32..16).zip(kept).map(|(bit, group)| u16::from(group.holds(&person.evidence)) << bit).sum()
}

/// What would lift somebody who stands in the reserve: single things first, several together where none is enough.
pub fn would_lift(case: &Case<'_>, gaps: &[Gap], field: &Field) -> Vec<Change> {
    let now = field.outcome(case, points(case, &Variant::of(case)).unwrap_or(0));
    let mut tried: Vec<(u32, Change)> = lacking(gaps)
        .chain(eligibility_answers(case))
        .filter_map(|step| {
            let points = points(case, &Variant::of(case).with(&step)?)?;
            Some((points, Change { steps: vec![step], outcome: field.outcome(case, points) }))
        })
        .filter(|(_, change)| change.outcome < now)
        .collect();
    tried.sort_by_key(|(points, change)| (change.outcome, std::cmp::Reverse(*points)));
    let enough = tried.first().is_some_and(|(_, change)| change.outcome <= Outcome::Proposed);
    let together = if enough { None } else { together(case, gaps, field) };
    together.into_iter().chain(tried.into_iter().map(|(_, change)| change)).take(MOST_CHANGES).collect()
}

/// The fewest lacking certificates and skills that make a place together, the most helpful first.
fn together(case: &Case<'_>, gaps: &[Gap], field: &Field) -> Option<Change> {
    let base = Variant::of(case);
    let gain = |step: &Step| base.clone().with(step).and_then(|variant| points(case, &variant)).unwrap_or(0);
    let mut steps: Vec<Step> = lacking(gaps).collect();
    steps.sort_by_cached_key(|step| std::cmp::Reverse(gain(step)));
    steps.truncate(MOST_TOGETHER);
    let mut variant = base.clone();
    for (count, step) in (1..).zip(&steps) {
        variant = variant.with(step)?;
        let outcome = field.outcome(case, points(case, &variant)?);
        if outcome <= Outcome::Proposed {
            steps.truncate(count);
            return Some(Change { steps, outcome });
        }
    }
    None
}

/// What would make a pair eligible that is out: one single thing each. None where a rule says no that nobody may be
/// asked to change (age, an earlier answer), or where several things are in the way.
pub fn would_admit(case: &Case<'_>, gaps: &[Gap], exclusions: &[Exclusion]) -> Vec<Change> {
    if exclusions.is_empty() || !exclusions.iter().all(|out| is_changeable(*out)) {
        return Vec::new();
    }
    let admits = |step: &Step| {
        let variant = Variant::of(case).with(step);
        variant.is_some_and(|variant| variant.judge(case).is_ok())
    };
    let steps = limits(case).into_iter().chain(lacking(gaps));
    let mut found: Vec<Step> = Vec::new();
    for step in steps {
        if found.len() < MOST_CHANGES && !found.contains(&step) && admits(&step) {
            found.push(step);
        }
    }
    found.into_iter().map(|step| Change { steps: vec![step], outcome: Outcome::Eligible }).collect()
}

/// Whether a step exists that could lift an exclusion.
const fn is_changeable(exclusion: Exclusion) -> bool {
    match exclusion {
        Exclusion::TooFar
        | Exclusion::BeyondReach
        | Exclusion::WageBelowFloor
        | Exclusion::EducationBelowRequired
        | Exclusion::CertificateMissing
        | Exclusion::RefusesShifts
        | Exclusion::BelowFitFloor => true,
        Exclusion::Person(_)
        | Exclusion::NotYetAvailable
        | Exclusion::VacancyNotOpen
        | Exclusion::RecentNo
        | Exclusion::AlreadyOpen => false,
    }
}

fn lacking(gaps: &[Gap]) -> impl Iterator<Item = Step> + '_ {
    gaps.iter().map(|gap| match gap.kind {
        ContributionKind::Certificate => Step::Certificate(gap.subject.clone()),
        _ => Step::Skill(gap.subject.clone()),
    })
}

fn eligibility_answers(case: &Case<'_>) -> impl Iterator<Item = Step> {
    propose::unknowns(case.person, case.opening, case.policy).into_iter().map(Step::Answer)
}

/// The person's own limits, moved as far as this vacancy needs, and what it truly requires.
fn limits(case: &Case<'_>) -> Vec<Step> {
    let (person, vacancy) = (&case.person.facts, &case.opening.facts);
    let held = &case.person.certificates;
    let missing = vacancy.certificates.iter().filter(|choice| !choice.iter().any(|one| held.contains(one)));
    let mut steps: Vec<Step> =
        missing.filter_map(|choice| choice.first()).cloned().map(Step::Certificate).collect();
    let unwilling = vacancy.shifts == Some(true) && person.shift_ok == Some(false);
    steps.extend(unwilling.then_some(Step::Shifts));
    steps.extend(vacancy.wage_max.filter(|wage| person.wage_floor > Some(*wage)).map(Step::WageFloor));
    let way = propose::distance(case.person, case.opening);
    if matches!(eligibility::way(person, vacancy, way, case.policy), Way::TooFar | Way::BeyondReach) {
        steps.extend(way.map(Step::Distance));
        let could_live_there = vacancy.dormitory == Some(true) && person.dormitory_ok != Some(true);
        steps.extend(could_live_there.then_some(Step::Dormitory));
    }
    let rank = vacancy.education_rank;
    steps.extend(
        rank.filter(|rank| person.education_rank.is_some_and(|has| has < *rank)).map(Step::Education),
    );
    steps
}

/// A pair as it would be.
#[derive(Clone)]
struct Variant<'a> {
    facts: PersonFacts,
    vacancy: Cow<'a, VacancyFacts>,
    vector: Cow<'a, ProfileVector>,
    held: Cow<'a, [String]>,
    way: Option<u32>,
}

impl<'a> Variant<'a> {
    fn of(case: &Case<'a>) -> Self {
        Self {
            facts: case.person.facts.clone(),
            vacancy: Cow::Borrowed(&case.opening.facts),
            vector: Cow::Borrowed(&case.person.vector),
            held: Cow::Borrowed(&case.person.certificates),
            way: propose::distance(case.person, case.opening),
        }
    }

    /// The same with one thing different; `None` for a skill the vocabulary lacks.
    fn with(mut self, step: &Step) -> Option<Self> {
        match step {
            Step::Certificate(id) => {
                if let Some(vector) = self.vector.with_certificate(id) {
                    self.vector = Cow::Owned(vector);
                }
                self.held.to_mut().push(id.clone());
            }
            Step::Skill(id) => self.vector = Cow::Owned(self.vector.with_skill(id)?),
            Step::WageFloor(floor) => self.facts.wage_floor = Some(*floor),
            Step::Distance(limit) => self.facts.max_distance_m = Some(*limit),
            Step::Education(rank) => self.facts.education_rank = Some(*rank),
            Step::Answer(Unknown::Education) => self.facts.education_rank = self.vacancy.education_rank,
            Step::Answer(Unknown::Distance) => self.way = Some(0),
            // Twice the floor is above every margin that counts.
            Step::Answer(Unknown::Wage) => {
                self.vacancy.to_mut().wage_max = self.facts.wage_floor.map(|floor| floor.saturating_mul(2));
            }
            Step::Answer(Unknown::Shifts) | Step::Shifts => self.facts.shift_ok = Some(true),
            Step::Answer(Unknown::Dormitory) | Step::Dormitory => self.facts.dormitory_ok = Some(true),
            Step::Answer(Unknown::Shuttle) => self.vacancy.to_mut().shuttle = Some(true),
            Step::Answer(Unknown::ShiftWork) => self.vacancy.to_mut().shifts = Some(false),
            Step::Answer(Unknown::Certificate) => {
                let needed = self.vacancy.certificates.iter().filter_map(|choice| choice.first()).cloned();
                let needed: Vec<String> = needed.collect();
                self.held.to_mut().extend(needed);
            }
        }
        Some(self)
    }

    /// The fit, points 0..1000, or why the pair is out; the history of the pair is not asked.
    fn judge(&self, case: &Case<'_>) -> Result<u16, Vec<Exclusion>> {
        let mut out: Vec<Exclusion> = eligibility::person_out(&self.facts, case.as_of).into_iter().collect();
        out.extend(eligibility::pair_out(
            &self.facts,
            &self.vacancy,
            self.way,
            &self.held,
            case.policy,
            case.as_of,
        ));
        let work = fit::score(&case.opening.vector, &self.vector);
        if work < case.policy.fit_floor {
            out.push(Exclusion::BelowFitFloor);
        }
        if !out.is_empty() {
            return Err(out);
        }
        let asks = eligibility::asks_certificate(&self.facts, &self.vacancy, &self.held);
        Ok(fit::total(work, &grades::structured(&self.facts, &self.vacancy, self.way), asks))
    }
}

/// Fit and priority together; `None` when the pair is out.
fn points(case: &Case<'_>, variant: &Variant<'_>) -> Option<u32> {
    let fit = variant.judge(case).ok()?;
    Some(u32::from(fit) + u32::from(propose::priority_of(case.person, case.policy).0))
}
