//! Both readings as small vectors, so that a pair is scored in some ten nanoseconds.
//!
//! Belongs here: making them. Does not belong here: reasons (`explain`).

use crate::matching::fit::likely::{likely_occupations, near_occupations};
use crate::matching::fit::skills::{certificate_points, skill_points, weigh_skills};
use crate::matching::fit::trained::{trained_for, wanted_programmes};
use crate::matching::fit::vocabulary::INDEX;
use crate::matching::fit::weights::{WEIGHTS, Weights};
use crate::matching::fit::{at, share, words};
use crate::reading::hash::Map;
use crate::reading::job::{CLEAR_TITLE, JobReading};
use crate::reading::profile::{ProfileLine, ProfileReading, Source};

/// An ad, digested for scoring: points by row of each vocabulary table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobVector {
    pub(super) occupations: Box<[u16]>,
    pub(super) near: Box<[u16]>,
    pub(super) led_to: Box<[u16]>,
    pub(super) programmes: Box<[u16]>,
    pub(super) must: Box<[u16]>,
    pub(super) nice: Box<[u16]>,
    pub(super) certificates: Box<[u16]>,
    /// Number of a stem, its points, and whether it is rare; by number.
    pub(super) words: Box<[(u32, u16, bool)]>,
    pub(super) months: u16,
    /// Somebody without experience or training is welcome, and nothing is asked for that is not taught.
    pub(super) beginners: bool,
    /// Skills (more than one) are asked for and not taught at work, and the work is not elementary (KBJI 2014, major group 9).
    pub(super) asks_trade: bool,
    /// The title says clearly which occupation is meant.
    pub(super) is_clear: bool,
    /// Words alone may be enough: no certificate is truly required.
    pub(super) words_alone: bool,
}

/// A profile, digested for scoring: sorted rows of the vocabulary tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProfileVector {
    pub(super) occupations: Box<[(u16, u16)]>,
    pub(super) worked: Box<[(u16, u16)]>,
    pub(super) programmes: Box<[u16]>,
    pub(super) skills: Box<[u16]>,
    pub(super) certificates: Box<[u16]>,
    /// Numbers of stems, each cut in two halves, in order.
    pub(super) words: Box<[(u16, u16)]>,
    /// Has worked in nothing and was trained for nothing.
    pub(super) newcomer: bool,
}

/// The rows of a digested profile, wherever they are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProfileRows<'a> {
    pub(super) occupations: &'a [(u16, u16)],
    pub(super) worked: &'a [(u16, u16)],
    pub(super) programmes: &'a [u16],
    pub(super) skills: &'a [u16],
    pub(super) certificates: &'a [u16],
    pub(super) words: &'a [(u16, u16)],
    pub(super) newcomer: bool,
}

impl ProfileVector {
    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> ProfileRows<'_> {
        ProfileRows {
            occupations: &self.occupations,
            worked: &self.worked,
            programmes: &self.programmes,
            skills: &self.skills,
            certificates: &self.certificates,
            words: &self.words,
            newcomer: self.newcomer,
        }
    }
}

/// Digests an ad.
#[must_use]
pub fn digest_job(job: &JobReading) -> JobVector {
    let weights = &*WEIGHTS;
    let skills = weigh_skills(job);
    let occupations = likely_occupations(job, &skills);
    let near = near_occupations(&occupations, weights);
    let trained = trained_for(&occupations, &near, &skills, weights);
    let must = skill_points(&skills, false, weights.must, weights);
    let is_elementary = job.occupations.first().is_some_and(|found| found.code.starts_with('9'));
    let asks_trade = !is_elementary && !job.trains && must.iter().filter(|points| **points > 0).count() >= 2;
    JobVector {
        asks_trade,
        led_to: trained.iter().map(|one| share(weights.occupation, one.near)).collect(),
        occupations: near.iter().map(|&value| share(weights.occupation, value)).collect(),
        programmes: wanted_programmes(job, &trained, &skills, weights),
        must,
        nice: skill_points(&skills, true, weights.nice, weights),
        certificates: certificate_points(job, weights),
        words: words::points(job),
        months: job.experience.map_or(12, |found| found.value).max(6),
        beginners: job.welcomes_beginners && !asks_trade,
        is_clear: job.occupations.first().is_some_and(|found| found.confidence >= CLEAR_TITLE),
        words_alone: job.required_certificates.is_empty(),
        near,
    }
}

/// Digests a profile.
#[must_use]
pub fn digest_profile(profile: &ProfileReading) -> ProfileVector {
    let index = &*INDEX;
    let mut occupations: Map<u16, u16> = Map::default();
    let mut worked: Map<u16, u16> = Map::default();
    let is_known = |line: u16| profile.programmes.iter().any(|one| one.line == line);
    for found in &profile.occupations {
        if found.source == Source::Programme && is_known(found.line) {
            continue;
        }
        let Some(&row) = index.occupations.get(found.code.as_str()) else { continue };
        let strength = occupations.entry(row).or_default();
        *strength = (*strength).max(found.strength.min(1000));
        if found.months > 0 {
            let months = worked.entry(row).or_default();
            *months = months.saturating_add(found.months);
        }
    }
    let rows = |ids: &mut dyn Iterator<Item = &str>, map: &Map<&'static str, u16>| -> Box<[u16]> {
        let mut rows: Vec<u16> = ids.filter_map(|id| map.get(id).copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into()
    };
    ProfileVector {
        occupations: sorted(occupations),
        worked: sorted(worked),
        programmes: rows(&mut profile.programmes.iter().map(|one| one.id.as_str()), &index.programmes),
        skills: rows(&mut profile.skills.iter().map(|one| one.id.as_str()), &index.skills),
        certificates: rows(&mut profile.certificates.iter().map(|one| one.id.as_str()), &index.certificates),
        words: words::numbers(profile.words.iter().map(|one| one.0.as_str())),
        newcomer: is_newcomer(profile),
    }
}

/// Whether somebody brings neither a job held nor a training; an empty profile tells nothing. A certificate (a licence to
/// ride a motorcycle) makes nobody experienced, and more of it never takes a chance away.
fn is_newcomer(profile: &ProfileReading) -> bool {
    let brings = |line: &ProfileLine| matches!(line.source, Source::Experience | Source::Programme);
    let tells = |line: &ProfileLine| {
        matches!(line.source, Source::Skill | Source::Education | Source::Major | Source::Certificate)
    };
    profile.lines.iter().any(tells) && !profile.lines.iter().any(brings)
}

impl JobVector {
    pub(super) fn occupation_points(&self, (row, strength): (u16, u16)) -> u16 {
        share(at(&self.occupations, row), strength)
    }

    /// What a career is worth beside a course: the same points, from some months on.
    pub(super) fn career_points(&self, (row, months): (u16, u16), weights: &Weights) -> u16 {
        let enough = weights.career_months.max(1);
        let served = u32::from(months.min(enough)) * 1000 / u32::from(enough);
        share(share(weights.programme, at(&self.near, row)), u16::try_from(served).unwrap_or(1000))
    }

    pub(super) fn experience_points(&self, (row, months): (u16, u16), weights: &Weights) -> u16 {
        let near = at(&self.near, row);
        let served = u32::from(months.min(self.months)) * 1000 / u32::from(self.months.max(1));
        share(share(weights.experience, near), u16::try_from(served).unwrap_or(1000))
    }
}

fn sorted(map: Map<u16, u16>) -> Box<[(u16, u16)]> {
    let mut list: Vec<(u16, u16)> = map.into_iter().collect();
    list.sort_unstable();
    list.into()
}
