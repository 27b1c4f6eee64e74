//! What lies between a person and a vacancy that would suit them otherwise. Only what the person wrote of their own wishes,
//! or may have and not have written down: never age, never what an application decides.
use crate::matching::{
    eligibility::Exclusion,
    propose::{self, Opening, Person},
};

/// One thing in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// The highest wage is so many rupiah a month below the least that the person named.
    Wage(i64),
    /// The way is so many metres longer than the most that the person named.
    Way(u32),
    /// It is farther than one gets the way the person travels.
    Reach,
    /// The work is in shifts, and the person takes none.
    Shifts,
    /// More education is asked for than is recorded.
    Education,
    /// A certificate is asked for that is not recorded.
    Certificate,
}

impl Miss {
    /// Whether the person set it as a limit: what lies beyond is theirs to decide each time.
    pub const fn is_own_limit(self) -> bool {
        matches!(self, Self::Wage(_) | Self::Way(_) | Self::Reach | Self::Shifts)
    }
}

/// What of these reasons can be named so, in their order.
pub fn misses(person: &Person, opening: &Opening, out: &[Exclusion]) -> Vec<Miss> {
    let way = propose::distance(person, opening);
    let name = |out: &Exclusion| match out {
        Exclusion::WageBelowFloor => {
            let short = person.facts.wage_floor.zip(opening.facts.wage_max).map(|(least, most)| least - most);
            short.map(Miss::Wage)
        }
        Exclusion::TooFar => {
            let more = way.zip(person.facts.max_distance_m).map(|(way, most)| way.saturating_sub(most));
            more.map(Miss::Way)
        }
        Exclusion::BeyondReach => Some(Miss::Reach),
        Exclusion::RefusesShifts => Some(Miss::Shifts),
        Exclusion::EducationBelowRequired => Some(Miss::Education),
        Exclusion::CertificateMissing => Some(Miss::Certificate),
        Exclusion::Person(_)
        | Exclusion::NotYetAvailable
        | Exclusion::VacancyNotOpen
        | Exclusion::RecentNo
        | Exclusion::AlreadyOpen
        | Exclusion::BelowFitFloor => None,
    };
    out.iter().filter_map(name).collect()
}
