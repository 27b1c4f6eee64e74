//! What a finished training programme is worth for an ad.
//!
//! Belongs here: programmes by the occupations they lead to, against other programmes for the same occupation.
//! Does not belong here: single skills (`skills`).

use crate::{
    matching::fit::{
        at, raise, share,
        skills::{Weighed, total_weight},
        vocabulary::INDEX,
        weights::Weights,
    },
    reading::{job::JobReading, tables::TABLES},
};

/// What a programme leads to, permille.
pub(super) struct Trained {
    /// Nearness of its occupations to the wanted ones.
    pub(super) near: u16,
    /// The same, only for the wanted ones themselves.
    pub(super) exact: u16,
}

/// What every programme leads to.
pub(super) fn trained_for(
    likely: &[(u16, u16)],
    near: &[u16],
    skills: &[Weighed],
    weights: &Weights,
) -> Vec<Trained> {
    let index = &*INDEX;
    let strengths = [0, weights.strength_one, weights.strength_two, 1000];
    let taught: Vec<u32> = index.programme_skills.iter().map(|own| shared_weight(own, skills)).collect();
    let best_taught = best_taught(&taught);
    let grade = |(row, occupations): (u16, &Vec<(u16, u16)>)| {
        let mut best = Trained { near: 0, exact: 0 };
        let own = taught.get(usize::from(row)).copied().unwrap_or(0);
        for &(occupation, strength) in occupations {
            if at(near, occupation) == 0 {
                continue;
            }
            let strength = strengths.get(usize::from(strength)).copied().unwrap_or(1000);
            let rival = best_taught.get(usize::from(occupation)).copied().unwrap_or(0);
            let strength = share(strength, field_evidence(occupation, row, skills, weights));
            let strength = share(strength, against_rivals(own, rival, weights));
            best.near = best.near.max(share(at(near, occupation), strength));
            let confidence = likely.iter().find(|one| one.0 == occupation).map_or(0, |one| one.1);
            best.exact = best.exact.max(share(confidence, strength));
        }
        best
    };
    (0_u16..).zip(&index.programme_occupations).map(grade).collect()
}

/// Weight of the ad's skills that a programme teaches.
fn shared_weight(taught: &[u16], skills: &[Weighed]) -> u32 {
    skills
        .iter()
        .filter(|skill| !skill.is_nice && taught.contains(&skill.row))
        .map(|skill| skill.weight)
        .sum()
}

/// Per occupation the most that any programme of strength 2 or 3 for it teaches of the ad's skills.
fn best_taught(taught: &[u32]) -> Vec<u32> {
    let mut best = vec![0_u32; TABLES.occupations.len()];
    for (&own, occupations) in taught.iter().zip(&INDEX.programme_occupations) {
        for &(occupation, _) in occupations.iter().filter(|one| one.1 >= 2) {
            if let Some(known) = best.get_mut(usize::from(occupation)) {
                *known = (*known).max(own);
            }
        }
    }
    best
}

/// How a programme stands against the one that teaches most of what the ad asks for, permille: one occupation has
/// programmes for different parts of it (telephones, networks, glass fibre), and the ad's skills say which is meant.
fn against_rivals(own: u32, rival: u32, weights: &Weights) -> u16 {
    let missing = rival.saturating_sub(own).min(FULL_EVIDENCE);
    let lost = u32::from(1000 - weights.rival_programme.min(1000)) * missing / FULL_EVIDENCE;
    1000 - u16::try_from(lost).unwrap_or(0)
}

/// How far the ad's skills speak for the field of a programme, permille. It matters where an occupation is wide
/// (testers exist in garments, welding and food): there a programme of one field is only a candidate when the ad
/// names something that field teaches and the others do not.
fn field_evidence(occupation: u16, programme: u16, skills: &[Weighed], weights: &Weights) -> u16 {
    let index = &*INDEX;
    let Some(fields) = index.fields.get(usize::from(occupation)).filter(|fields| fields.len() > 2) else {
        return 1000;
    };
    let taught = index.programme_skills.get(usize::from(programme)).map_or(&[][..], Vec::as_slice);
    let mut evidence = 0;
    for skill in skills.iter().filter(|skill| taught.contains(&skill.row)) {
        let teaching = fields.iter().filter(|field| field.contains(&skill.row)).count();
        let others = u32::try_from(teaching.saturating_sub(1)).unwrap_or(u32::MAX);
        let rivals = u32::try_from(fields.len() - 1).unwrap_or(u32::MAX).max(1);
        evidence += skill.weight * rivals.saturating_sub(others) / rivals;
    }
    let least = weights.wide_occupation;
    let gained = u32::from(1000 - least.min(1000)) * evidence.min(FULL_EVIDENCE) / FULL_EVIDENCE;
    least + u16::try_from(gained).unwrap_or(0)
}

/// Weight of skills that settles the field: one specific skill named once as a requirement.
const FULL_EVIDENCE: u32 = 300;

/// Points of every programme: by the occupations it leads to, by being named in the title, or by what it teaches.
pub(super) fn wanted_programmes(
    job: &JobReading,
    trained: &[Trained],
    skills: &[Weighed],
    weights: &Weights,
) -> Box<[u16]> {
    let index = &*INDEX;
    let total = total_weight(skills, false, weights);
    let grade = |(row, trained): (usize, &Trained)| {
        let taught = index.programme_skills.get(row).map_or(&[][..], Vec::as_slice);
        let shared = skills.iter().filter(|skill| !skill.is_nice && taught.contains(&skill.row));
        let shared: u32 = shared.map(|skill| skill.weight).sum();
        let by_skills = u16::try_from((shared * 1000 / total).min(1000)).unwrap_or(1000);
        trained.exact.max(share(weights.taught_share, by_skills))
    };
    let mut points: Vec<u16> =
        trained.iter().enumerate().map(|one| share(weights.programme, grade(one))).collect();
    for named in &job.programmes {
        if let (Some(&row), 0) = (index.programmes.get(named.id.as_str()), named.line) {
            raise(&mut points, row, share(weights.programme, weights.taught_share));
        }
    }
    points.into()
}
