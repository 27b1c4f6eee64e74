//! Which occupations an ad means, from its title and the skills of its text.
//!
//! Belongs here: choosing among readings, and nearness in KBJI. Does not belong here: coding of titles (`reading::code`).

use crate::{
    matching::fit::{
        raise, share,
        skills::Weighed,
        vocabulary::INDEX,
        weights::{WEIGHTS, Weights},
    },
    reading::{job::JobReading, tables::TABLES},
};

/// Occupations the ad may mean, with confidence. A clear title decides; the vaguer it is (`teknisi`), or the more
/// readings are equally good, the more the skills of the text choose among the readings and add their own.
pub(super) fn likely_occupations(job: &JobReading, skills: &[Weighed]) -> Vec<(u16, u16)> {
    let index = &*INDEX;
    let support = Support::new(skills);
    let confidences: Vec<u16> = job.occupations.iter().map(|found| found.confidence).collect();
    let vagueness = vagueness(&confidences);
    let titled: Vec<(u16, u16)> = job
        .occupations
        .iter()
        .filter_map(|found| Some((*index.occupations.get(found.code.as_str())?, found.confidence)))
        .collect();
    let best_support = titled.iter().map(|one| support.of(one.0)).max().unwrap_or(0).max(1);
    let mut likely: Vec<(u16, u16)> = titled
        .into_iter()
        .map(|(row, confidence)| {
            let relative = u32::from(support.of(row)) * 1000 / u32::from(best_support);
            let lost = u32::from(vagueness) * 1000_u32.saturating_sub(relative) / 1000;
            (row, share(confidence, u16::try_from(1000 - lost.min(1000)).unwrap_or(0)))
        })
        .collect();
    if support.total >= u32::from(WEIGHTS.least_skill_weight) / 2 {
        let limit = share(WEIGHTS.guessed_by_skills, vagueness);
        let guesses = (0_u16..).zip(&TABLES.occupations).map(|(row, _)| (row, share(limit, support.of(row))));
        likely.extend(guesses.filter(|one| one.1 >= 100));
    }
    sharpen(&mut likely);
    likely
}

/// How little the title says, permille: from its best confidence, and at least 500 when a second reading is as good.
fn vagueness(confidences: &[u16]) -> u16 {
    let best = confidences.first().copied().unwrap_or(0);
    let by_confidence = ((1000 - best.min(1000)) * 3 / 2).min(1000);
    let rivals =
        confidences.iter().skip(1).filter(|&&other| u32::from(other) * 10 >= u32::from(best) * 9).count();
    if rivals > 0 { by_confidence.max(500) } else { by_confidence }
}

/// How far the skills of the text speak for an occupation.
struct Support<'a> {
    skills: &'a [Weighed],
    total: u32,
}

impl<'a> Support<'a> {
    fn new(skills: &'a [Weighed]) -> Self {
        Self { skills, total: skills.iter().map(|skill| skill.weight).sum() }
    }

    /// Permille of the weight of all skills that the occupation uses, all points at half of them.
    fn of(&self, row: u16) -> u16 {
        let own = INDEX.occupation_skills.get(usize::from(row)).map_or(&[][..], Vec::as_slice);
        let shared: u32 =
            self.skills.iter().filter(|skill| own.contains(&skill.row)).map(|skill| skill.weight).sum();
        u16::try_from((shared * 2000 / self.total.max(1)).min(1000)).unwrap_or(1000)
    }
}

/// Lowers the less likely readings: a title means one occupation, not the sum of all it might mean.
fn sharpen(likely: &mut Vec<(u16, u16)>) {
    likely.sort_by_key(|&(row, confidence)| (row, std::cmp::Reverse(confidence)));
    likely.dedup_by_key(|one| one.0);
    likely.sort_by_key(|&(row, confidence)| (std::cmp::Reverse(confidence), row));
    let best = u32::from(likely.first().map_or(1, |one| one.1).max(1));
    for (_, confidence) in likely.iter_mut() {
        let ratio = u32::from(*confidence) * 1000 / best;
        let power = (1..WEIGHTS.sharpness).fold(u32::from(*confidence), |value, _| value * ratio / 1000);
        *confidence = u16::try_from(power).unwrap_or(1000);
    }
    likely.retain(|one| one.1 >= 100);
}

/// Nearness of every occupation to the likely ones, permille.
pub(super) fn near_occupations(likely: &[(u16, u16)], weights: &Weights) -> Box<[u16]> {
    let mut near = vec![0_u16; TABLES.occupations.len()];
    for &(row, confidence) in likely {
        raise(&mut near, row, confidence);
        for &(other, weight) in INDEX.related.get(usize::from(row)).into_iter().flatten() {
            raise(&mut near, other, share(confidence, weight.min(100) * 10));
        }
        let group = TABLES.occupations.get(usize::from(row)).and_then(|one| one.kbji.get(..3));
        for (other, one) in (0_u16..).zip(&TABLES.occupations) {
            if one.kbji.get(..3) == group {
                raise(&mut near, other, share(confidence, weights.same_minor_group));
            }
        }
    }
    near.into()
}
