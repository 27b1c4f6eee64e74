//! What the skills and certificates an ad names are worth.
//!
//! Belongs here: weights and points per skill. Does not belong here: occupations and programmes.

use crate::{
    matching::fit::{raise, vocabulary::INDEX, weights::Weights},
    reading::{
        job::{JobReading, Need, Wanted},
        tables::TABLES,
    },
};

/// A skill of the ad with its weight.
pub(super) struct Weighed {
    pub(super) row: u16,
    pub(super) weight: u32,
    pub(super) is_nice: bool,
}

pub(super) fn weigh_skills(job: &JobReading) -> Vec<Weighed> {
    let index = &*INDEX;
    let weigh = |skill: &Wanted| {
        let row = *index.skills.get(skill.id.as_str())?;
        let need: u32 = match skill.need {
            Need::Title if is_object(job, skill, row) => 2,
            Need::Title => 5,
            Need::Must => 3,
            Need::Task => 2,
            Need::Nice => 1,
        };
        let times = 3 + u32::from(skill.times.min(3));
        let weight = u32::from(index.specific.get(usize::from(row)).copied()?) * need * times / 4;
        Some(Weighed { row, weight, is_nice: skill.need == Need::Nice })
    };
    job.skills.iter().filter_map(weigh).collect()
}

/// From this confidence on a title says by itself which skills the work takes.
const CLEAR_TITLE: u16 = 700;

/// Whether only the title names a skill which its occupation does not use: it tells what the work is about (`Sales Produk
/// Kecantikan`), not what it takes.
fn is_object(job: &JobReading, skill: &Wanted, row: u16) -> bool {
    let best = job.occupations.first().map_or(0, |found| found.confidence);
    if skill.times > 1 || best < CLEAR_TITLE {
        return false;
    }
    let likely =
        job.occupations.iter().filter(|found| u32::from(found.confidence) * 10 >= u32::from(best) * 9);
    let rows = likely.filter_map(|found| INDEX.occupations.get(found.code.as_str()));
    let mut skills = rows.filter_map(|&occupation| INDEX.occupation_skills.get(usize::from(occupation)));
    !skills.any(|own| own.contains(&row))
}

pub(super) fn total_weight(skills: &[Weighed], is_nice: bool, weights: &Weights) -> u32 {
    let total: u32 = skills.iter().filter(|skill| skill.is_nice == is_nice).map(|skill| skill.weight).sum();
    (total * u32::from(weights.enough_skills) / 1000).max(u32::from(weights.least_skill_weight)).max(1)
}

pub(super) fn skill_points(skills: &[Weighed], is_nice: bool, max: u16, weights: &Weights) -> Box<[u16]> {
    let total = total_weight(skills, is_nice, weights);
    let mut points = vec![0_u16; TABLES.skills.len()];
    for skill in skills.iter().filter(|skill| skill.is_nice == is_nice) {
        let share = (u32::from(max) * skill.weight / total).min(u32::from(max));
        raise(&mut points, skill.row, u16::try_from(share).unwrap_or(max));
    }
    points.into()
}

pub(super) fn certificate_points(job: &JobReading, weights: &Weights) -> Box<[u16]> {
    let mut points = vec![0_u16; TABLES.certificates.len()];
    let count = u16::try_from(job.certificates.len()).unwrap_or(u16::MAX).max(1);
    for wanted in &job.certificates {
        if let Some(&row) = INDEX.certificates.get(wanted.id.as_str()) {
            let value = weights.certificate / count;
            raise(&mut points, row, if wanted.need == Need::Nice { value / 2 } else { value });
        }
    }
    points.into()
}
