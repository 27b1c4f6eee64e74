//! The numbers of a match run and their exact solution: who may go where, for how many points, under which floors.
//!
//! Belongs here: what is left of a run once people and vacancies are indices - points, groups, free places - how floors
//! and reserved seats split the places (`parts`), the solving in steps (`solve`), and the proof (`proof`). It is all a
//! run needs to be proved again later, so it is what an archive keeps. Does not belong here: ids, names, reading,
//! eligibility (`propose` decides that before).
use crate::matching::policy::floors::{Floor, Side};

pub mod losses;
pub mod parts;
pub mod proof;
pub mod solve;

/// One eligible pair of a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Index of the person.
    pub person: u32,
    /// Points 0..1000.
    pub fit: u16,
}

/// A person in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonNumbers {
    /// Points 0..300.
    pub priority: u16,
    /// Full weeks waited, at most 255: the first tie-break.
    pub weeks: u8,
    /// A draw of the run's seed: the second tie-break.
    pub drawn: u8,
    /// Known desil 1 to 4.
    pub poor: bool,
    /// An evidenced disability: may take reserved places.
    pub reserved: bool,
    /// Bit `i`: in the group of the policy's floor `i`.
    pub groups: u8,
}

/// A vacancy in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VacancyNumbers {
    /// Free places, the reserved ones included.
    pub capacity: u32,
    /// Places for people with an evidenced disability only.
    pub reserved: u32,
    /// Every eligible pair above the fit floor.
    pub list: Vec<Candidate>,
}

/// A run in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The people, in canonical order.
    pub people: Vec<PersonNumbers>,
    /// The vacancies, in canonical order.
    pub vacancies: Vec<VacancyNumbers>,
}

/// What makes one placement better than another.
#[derive(Clone, Copy, Debug)]
pub struct Scheme<'a> {
    /// Points for every placement.
    pub bonus: u16,
    /// Whether priority counts.
    pub priority: bool,
    /// The floors, before any points.
    pub floors: &'a [Floor],
    /// Who comes first among equals.
    pub ties: Ties,
    /// Draws among what is still equal.
    pub seed: u64,
}

/// Who comes first among equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Who waits longest, then a draw.
    Waiting,
    /// Poor people, then who waits longest: so that a run without priority does not look worse for the poor than it is.
    PoorFirst,
}

impl Problem {
    /// Free places in all.
    pub fn places(&self) -> u64 {
        self.vacancies.iter().map(|vacancy| u64::from(vacancy.capacity)).sum()
    }

    /// Eligible pairs.
    pub fn pairs(&self) -> usize {
        self.vacancies.iter().map(|vacancy| vacancy.list.len()).sum()
    }
}

impl Scheme<'_> {
    /// Points of a pair, without floors.
    pub fn points(&self, who: &PersonNumbers, candidate: Candidate) -> i64 {
        let priority = if self.priority { who.priority } else { 0 };
        i64::from(candidate.fit) + i64::from(priority) + i64::from(self.bonus)
    }

    /// The tie-break of a person.
    fn tie(&self, who: &PersonNumbers) -> i64 {
        let poor = self.ties == Ties::PoorFirst && who.poor;
        (i64::from(poor) << 16) | (i64::from(who.weeks) << 8) | i64::from(who.drawn)
    }

    /// Bits of the floors of one side.
    fn mask(&self, side: Side) -> u8 {
        (0_u8..8)
            .zip(self.floors)
            .filter(|(_, floor)| floor.per == side)
            .fold(0, |mask, (bit, _)| mask | 1 << bit)
    }
}

/// SplitMix64 over some numbers: a draw that depends on nothing but them.
pub fn draw(seed: u64, parts: &[u64]) -> u64 {
    let mut state = seed;
    for part in parts {
        state = (state ^ part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    state
}

#[cfg(test)]
mod tests;
