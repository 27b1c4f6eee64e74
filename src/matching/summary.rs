//! How many people suit a vacancy, as numbers or in bands. Who is counted and who is told which is decided in `app`, the
//! sentences are in `words`.
use serde::{Deserialize, Serialize};

use crate::domain::disclosure::Band;

/// Upper ends of the distance bands, metres.
pub const BANDS_M: [u32; 3] = [5_000, 10_000, 20_000];

/// The numbers of one vacancy, in the form `C` in which they are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchSummary<C = usize> {
    /// Title of the vacancy.
    pub title: String,
    /// People no rule takes out and who reach the fit floor.
    pub suitable: C,
    /// There may be more than were looked at.
    pub or_more: bool,
    /// Of the suitable, how many live within each of `BANDS_M`; a nearer band is part of a wider one.
    pub within: [C; BANDS_M.len()],
    /// Of the suitable, for how many the way is not known.
    pub way_unknown: C,
    /// Certificates the ad names, and how many of the suitable hold each.
    pub certificates: Vec<(String, C)>,
    /// Of the suitable, how many worked in this kind of work.
    pub experienced: C,
    /// People whom one thing keeps out.
    pub near_misses: C,
    /// What the near misses lack, most frequent first.
    pub lacking: Vec<(Lack, C)>,
}

impl<C> MatchSummary<C> {
    /// The same with every number in another form.
    pub fn with<D>(self, form: impl Fn(C) -> D) -> MatchSummary<D> {
        let listed =
            |list: Vec<(String, C)>| list.into_iter().map(|(what, number)| (what, form(number))).collect();
        MatchSummary {
            title: self.title,
            suitable: form(self.suitable),
            or_more: self.or_more,
            within: self.within.map(&form),
            way_unknown: form(self.way_unknown),
            certificates: listed(self.certificates),
            experienced: form(self.experienced),
            near_misses: form(self.near_misses),
            lacking: self.lacking.into_iter().map(|(what, number)| (what, form(number))).collect(),
        }
    }
}

impl MatchSummary {
    /// The numbers as an employer is told them. What fewer than five lack is left out, and the rest is put in order of its
    /// bands: the order of exact numbers would tell which of two in one band is larger.
    pub fn in_bands(self) -> MatchSummary<Band> {
        let mut told = self.with(Band::of);
        told.lacking.retain(|(_, number)| *number > Band::UnderFive);
        told.lacking.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
        told
    }
}

/// What keeps somebody out who nearly fits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
