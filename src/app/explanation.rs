//! Why a pair is proposed, or stands in the reserve: stored with the run as codes and quoted lines, turned into
//! sentences by the UI layers. The person, staff and the employer get different parts of it (`reports`).
use serde::{Deserialize, Serialize};

use crate::{
    matching::{
        eligibility::{Exclusion, Unknown},
        fit::{self, Contribution, Gap},
        grades,
        policy::Policy,
        priority::PriorityReason,
        propose::{self, Opening, Pair, Person, Place},
    },
    reading::{job::JobReading, profile::ProfileReading},
};

/// The reasons of one pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What the last one proposed for the vacancy is worth, for those in the reserve.
    pub last_proposed: Option<Worth>,
}

/// Fit and priority of somebody else, without saying who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worth {
    /// Points 0..1000.
    pub fit: u16,
    /// Points 0..300.
    pub priority: u16,
}

impl From<Pair> for Worth {
    fn from(pair: Pair) -> Self {
        Self { fit: pair.fit, priority: pair.priority }
    }
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
    let (priority, priority_reasons) = propose::priority_of(person, policy);
    Explanation {
        fit: found.points,
        priority,
        reasons: found.contributions,
        priority_reasons,
        gaps: found.gaps,
        unknown: propose::unknowns(person, opening),
        exclusions: Vec::new(),
        distance_m: way,
        last_proposed: last.filter(|place| place.person != person.id).map(|place| place.pair.into()),
    }
}
