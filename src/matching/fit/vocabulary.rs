//! The vocabulary by row numbers, as the points need it.
//!
//! Belongs here: relations between occupations, skills and programmes. Does not belong here: texts.

use std::sync::LazyLock;

use crate::reading::{
    hash::Map,
    tables::{self, TABLES, Tables},
};

/// Rows of ids, and what the vocabulary says about them.
pub(super) struct Index {
    pub(super) occupations: Map<&'static str, u16>,
    pub(super) skills: Map<&'static str, u16>,
    pub(super) programmes: Map<&'static str, u16>,
    pub(super) certificates: Map<&'static str, u16>,
    pub(super) related: Vec<Vec<(u16, u16)>>,
    pub(super) occupation_skills: Vec<Vec<u16>>,
    pub(super) programme_occupations: Vec<Vec<(u16, u16)>>,
    pub(super) programme_skills: Vec<Vec<u16>>,
    /// Per occupation, the skills taught by each field that trains for it.
    pub(super) fields: Vec<Vec<Vec<u16>>>,
    pub(super) specific: Vec<u16>,
}

pub(super) static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(&TABLES));

impl Index {
    fn new(tables: &'static Tables) -> Self {
        let occupations = numbered(tables.occupations.iter().map(|row| row.kbji.as_str()));
        let skills = numbered(tables.skills.iter().map(|row| row.id.as_str()));
        let row_list =
            |list: &str| tables::items(list).filter_map(|id| skills.get(id).copied()).collect::<Vec<_>>();
        let code_list = |list: &'static str, default: u16| {
            let items = tables::weighted_items(list, default);
            items
                .filter_map(|(code, number)| Some((occupations.get(code).copied()?, number)))
                .collect::<Vec<_>>()
        };
        let occupation_skills: Vec<Vec<u16>> =
            tables.occupations.iter().map(|row| row_list(&row.skills)).collect();
        let programme_skills: Vec<Vec<u16>> =
            tables.programmes.iter().map(|row| row_list(&row.skills)).collect();
        let programme_occupations: Vec<Vec<(u16, u16)>> =
            tables.programmes.iter().map(|row| code_list(&row.occupations, 2)).collect();
        let mut uses = vec![0_u16; tables.skills.len()];
        for &skill in occupation_skills.iter().chain(&programme_skills).flatten() {
            if let Some(count) = uses.get_mut(usize::from(skill)) {
                *count += 1;
            }
        }
        Self {
            related: tables.occupations.iter().map(|row| code_list(&row.related, 50)).collect(),
            specific: uses
                .into_iter()
                .zip(&tables.skills)
                .map(|(uses, row)| specificity(uses, &row.id))
                .collect(),
            programmes: numbered(tables.programmes.iter().map(|row| row.id.as_str())),
            certificates: numbered(tables.certificates.iter().map(|row| row.id.as_str())),
            fields: fields_of(tables, &programme_skills, &programme_occupations),
            occupation_skills: with_taught(occupation_skills, &programme_skills, &programme_occupations),
            programme_skills,
            programme_occupations,
            occupations,
            skills,
        }
    }
}

/// Skills of an occupation together with those of the programmes that train exactly for it.
fn with_taught(
    mut skills: Vec<Vec<u16>>,
    programme_skills: &[Vec<u16>],
    programme_occupations: &[Vec<(u16, u16)>],
) -> Vec<Vec<u16>> {
    for (taught, occupations) in programme_skills.iter().zip(programme_occupations) {
        for &(row, _) in occupations.iter().filter(|one| one.1 == 3) {
            if let Some(own) = skills.get_mut(usize::from(row)) {
                own.extend(taught);
            }
        }
    }
    skills
}

/// For every occupation the skills of each field with a programme of strength 2 or 3 for it.
fn fields_of(
    tables: &Tables,
    programme_skills: &[Vec<u16>],
    programme_occupations: &[Vec<(u16, u16)>],
) -> Vec<Vec<Vec<u16>>> {
    let mut fields: Vec<Vec<(&str, Vec<u16>)>> = vec![Vec::new(); tables.occupations.len()];
    for ((row, skills), occupations) in
        tables.programmes.iter().zip(programme_skills).zip(programme_occupations)
    {
        for &(occupation, _) in occupations.iter().filter(|one| one.1 >= 2) {
            let Some(known) = fields.get_mut(usize::from(occupation)) else { continue };
            match known.iter_mut().find(|field| field.0 == row.field) {
                Some(field) => field.1.extend(skills),
                None => known.push((&row.field, skills.clone())),
            }
        }
    }
    fields.into_iter().map(|known| known.into_iter().map(|field| field.1).collect()).collect()
}

/// How much a skill tells, by the number of occupations and programmes that use it. Soft skills (`umum_`) tell
/// nothing: everybody claims them.
fn specificity(uses: u16, id: &str) -> u16 {
    if id.starts_with("umum_") {
        return 0;
    }
    match uses {
        0 => 30,
        1..=8 => 100,
        9..=16 => 80,
        17..=30 => 55,
        31..=60 => 30,
        _ => 12,
    }
}

fn numbered(ids: impl Iterator<Item = &'static str>) -> Map<&'static str, u16> {
    ids.zip(0_u16..).collect()
}
