//! How many people suit a vacancy, as numbers, and how exactly a number may be told. Who is counted is decided in `app`,
//! the sentences are in `words`.

/// Upper ends of the distance bands, metres.
pub const BANDS_M: [u32; 3] = [5_000, 10_000, 20_000];

/// Counts below this are not shown to an employer.
pub const LEAST_SHOWN: usize = 5;

/// The numbers of one vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchSummary {
    /// Title of the vacancy.
    pub title: String,
    /// People no rule takes out and who reach the fit floor.
    pub suitable: usize,
    /// There may be more than were looked at.
    pub or_more: bool,
    /// Of the suitable, how many live within each of `BANDS_M`; a nearer band is part of a wider one.
    pub within: [usize; BANDS_M.len()],
    /// Of the suitable, for how many the way is not known.
    pub way_unknown: usize,
    /// Certificates the ad names, and how many of the suitable hold each.
    pub certificates: Vec<(String, usize)>,
    /// Of the suitable, how many worked in this kind of work.
    pub experienced: usize,
    /// People whom one thing keeps out.
    pub near_misses: usize,
    /// What the near misses lack, most frequent first.
    pub lacking: Vec<(Lack, usize)>,
}

/// What keeps somebody out who nearly fits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// A certificate: an id of certificates.csv.
    Certificate(String),
    /// A skill: an id of skills.csv.
    Skill(String),
    /// The wage is below what they need.
    Wage,
    /// The way is farther than they can go.
    Distance,
    /// The schooling required.
    Education,
}

/// How a count is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// As it is: the office.
    Exact,
    /// Small ones only as "fewer than five": employers.
    Discreet,
}

/// A count as it may be shown; `None` when it is too small for that.
pub fn shown(count: usize, precision: Precision) -> Option<usize> {
    (precision == Precision::Exact || count >= LEAST_SHOWN).then_some(count)
}
