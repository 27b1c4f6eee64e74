//! Why a pair is proposed, or stands in the reserve: stored with the run as codes and quoted lines, turned into
//! sentences in `words`. The person, staff and the employer get different parts of it.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{application::State, contact::Invitation, ids::RunId, run::Kind},
    matching::{
        change::{self, Case, Change, Field},
        eligibility::{self, Exclusion, Means, Unknown},
        fit::{self, Contribution, Gap, weights::WEIGHTS},
        grades,
        policy::Policy,
        priority::PriorityReason,
        propose::{self, Opening, Pair, Person, Place},
    },
    reading::{job::JobReading, profile::ProfileReading},
};

/// The reasons of one pair. What an earlier version stored lacks the newer fields and is read all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Explanation {
    /// Points 0..1000: the sum of the contributions.
    pub fit: u16,
    /// Points 0..300, kept apart.
    pub priority: u16,
    /// Reasons for: every point of the fit, with the line of the ad and the line of the profile.
    pub reasons: Vec<Contribution>,
    /// Criteria behind the priority; for staff and the person only.
    pub priority_reasons: Vec<PriorityReason>,
    /// Reasons against: what is asked for and not shown.
    pub gaps: Vec<Gap>,
    /// What is not known and would decide.
    pub unknown: Vec<Unknown>,
    /// Rules that take the pair out altogether.
    pub exclusions: Vec<Exclusion>,
    /// The way between home and work, metres.
    pub distance_m: Option<u32>,
    /// How the employer sees to it that the person can come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub way_there: Vec<Means>,
    /// What the last one proposed for the vacancy is worth, for those in the reserve.
    pub last_proposed: Option<Worth>,
    /// What ad or profile do not say about the work itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsaid: Vec<fit::Unknown>,
    /// Where the run placed the pair and who stood before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// What would lift somebody of the reserve, or let somebody in who is out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub would_change: Vec<Change>,
}

/// Where a pair stands at its vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ExplanationStanding)]
pub struct Standing {
    /// Proposed or in the reserve.
    pub kind: Kind,
    /// Place in there, from 1.
    pub place: u32,
    /// Others proposed before it.
    pub ahead_proposed: u32,
    /// Others of the reserve before it.
    pub ahead_reserve: u32,
    /// Points (fit and priority) by which it stays behind the last one proposed; 0 when it is not behind.
    pub short_by: u32,
    /// Somebody with fewer points has a place that the policy keeps for a group.
    pub kept_for_group: bool,
}

/// Fit and priority of somebody else, without saying who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ExplanationWorth)]
pub struct Worth {
    /// Points 0..1000.
    pub fit: u16,
    /// Points 0..300.
    pub priority: u16,
}

impl Worth {
    fn points(self) -> u32 {
        u32::from(self.fit) + u32::from(self.priority)
    }
}

impl From<Pair> for Worth {
    fn from(pair: Pair) -> Self {
        Self { fit: pair.fit, priority: pair.priority }
    }
}

/// An explanation with what a reader needs around it.
#[derive(Clone, Debug)]
pub struct ExplainedPair {
    /// Title of the vacancy.
    pub title: String,
    /// The reasons.
    pub explanation: Explanation,
    /// Name of the policy they were judged by.
    pub policy: String,
    /// Its revision.
    pub revision: i64,
    /// The run that judged; none for a judgement of now.
    pub run: Option<Judged>,
    /// Where the application stands, when there is one.
    pub state: Option<State>,
    /// Business date by which the next answer is due.
    pub deadline: Option<NaiveDate>,
    /// When and where the person is expected for an interview.
    pub interview: Option<Invitation>,
    /// What is offered, as far as it is known.
    pub offer: Offer,
}

/// What a vacancy offers, for the person it is explained to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Name of the employer.
    pub employer: Option<String>,
    /// Where the work is.
    pub place: Option<String>,
    /// Lowest wage, rupiah per month.
    pub wage_min: Option<i64>,
    /// Highest wage, rupiah per month.
    pub wage_max: Option<i64>,
    /// Hours and days of work.
    pub hours: Option<String>,
}

/// What a run said.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// The run.
    pub run: RunId,
    /// Its business date.
    pub as_of: NaiveDate,
    /// Proposed or in the reserve.
    pub kind: Kind,
    /// Place in there, from 1.
    pub place: i64,
}

/// Explains one pair. `last` is the last one proposed for the vacancy.
pub fn of_pair(
    person: &Person,
    opening: &Opening,
    job: &JobReading,
    profile: &ProfileReading,
    policy: &Policy,
    last: Option<&Place>,
) -> Explanation {
    let way = propose::distance(person, opening);
    let structured = grades::structured(&person.facts, &opening.facts, way);
    let found =
        fit::with_structured(fit::fit_digested(job, &opening.vector, profile, &person.vector), &structured);
    let asks = eligibility::asks_certificate(&person.facts, &opening.facts, &person.certificates);
    let found = if asks && found.points > WEIGHTS.floor { fit::held_back(found) } else { found };
    let (priority, priority_reasons) = propose::priority_of(person, policy);
    Explanation {
        fit: found.points,
        priority,
        reasons: found.contributions,
        priority_reasons,
        gaps: found.gaps,
        unknown: propose::unknowns(person, opening, policy),
        exclusions: Vec::new(),
        distance_m: way,
        way_there: eligibility::means(&person.facts, &opening.facts),
        last_proposed: last.filter(|place| place.person != person.id).map(|place| place.pair.into()),
        unsaid: found.unknown,
        standing: None,
        would_change: Vec::new(),
    }
}

/// Adds to the explanation of a place where it stands among `field`, those placed at the same vacancy, and for the
/// reserve what would lift it.
pub fn stands(
    mut explanation: Explanation,
    case: &Case<'_>,
    field: &Field,
    kind: Kind,
    place: u32,
) -> Explanation {
    let before = place.saturating_sub(1);
    let points = u32::from(explanation.fit) + u32::from(explanation.priority);
    let proposed = u32::try_from(field.proposed()).unwrap_or(u32::MAX);
    let last = explanation.last_proposed.map_or(0, Worth::points);
    let (ahead_proposed, ahead_reserve, short_by) = match kind {
        Kind::Proposal => (before, 0, 0),
        Kind::Reserve => (proposed, before, last.saturating_sub(points)),
    };
    let kept_for_group = kind == Kind::Reserve && field.kept_a_place_from(case, points);
    if kind == Kind::Reserve {
        explanation.would_change = change::would_lift(case, &explanation.gaps, field);
    }
    explanation.standing =
        Some(Standing { kind, place, ahead_proposed, ahead_reserve, short_by, kept_for_group });
    explanation
}

/// Adds to the explanation of a pair that is out which single change would let it in.
pub fn is_out(mut explanation: Explanation, case: &Case<'_>) -> Explanation {
    explanation.would_change = change::would_admit(case, &explanation.gaps, &explanation.exclusions);
    explanation
}
