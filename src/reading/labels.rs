//! The names people read for the ids of the vocabulary.
//!
//! Belongs here: looking up the label of one id. Does not belong here: sentences around it (the UI layers).

use std::sync::LazyLock;

use crate::reading::{
    hash::Map,
    tables::{self, TABLES},
};

/// Labels of every table that reasons refer to.
struct Labels {
    occupations: Map<&'static str, &'static str>,
    skills: Map<&'static str, &'static str>,
    programmes: Map<&'static str, &'static str>,
    certificates: Map<&'static str, &'static str>,
    /// All levels of a rank, joined.
    education: Map<u8, String>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let tables = &*TABLES;
    let mut education: Map<u8, String> = Map::default();
    for row in &tables.education {
        let level = row.label.trim_end_matches("/sederajat");
        let known = education.entry(row.rank).or_default();
        if !known.is_empty() {
            known.push_str(" atau ");
        }
        known.push_str(level);
    }
    Labels {
        occupations: tables.occupations.iter().map(|row| (row.kbji.as_str(), row.title.as_str())).collect(),
        skills: tables.skills.iter().map(|row| (row.id.as_str(), row.label.as_str())).collect(),
        programmes: tables.programmes.iter().map(|row| (row.id.as_str(), row.name.as_str())).collect(),
        certificates: tables.certificates.iter().map(|row| (row.id.as_str(), row.label.as_str())).collect(),
        education,
    }
});

/// Title of a four-digit KBJI group.
#[must_use]
pub fn occupation(kbji: &str) -> Option<&'static str> {
    LABELS.occupations.get(kbji).copied()
}

/// Whether a skill is a virtue (`umum_` in skills.csv: honest, careful, a team player): nobody can show it in a profile, so
/// it is never asked of one, never a reason and never shown.
#[must_use]
pub fn is_virtue(id: &str) -> bool {
    id.starts_with("umum_")
}

/// Ids of the certificates that a certificate stands for as well: who may drive a lorry may drive a car.
pub fn covered_by(id: &str) -> impl Iterator<Item = &'static str> {
    let row = TABLES.certificates.iter().find(|row| row.id == id);
    row.into_iter().flat_map(|row| tables::items(&row.covers))
}

/// Label of a skill.
#[must_use]
pub fn skill(id: &str) -> Option<&'static str> {
    LABELS.skills.get(id).copied()
}

/// Name of a training programme.
#[must_use]
pub fn programme(id: &str) -> Option<&'static str> {
    LABELS.programmes.get(id).copied()
}

/// Label of a certificate or licence.
#[must_use]
pub fn certificate(id: &str) -> Option<&'static str> {
    LABELS.certificates.get(id).copied()
}

/// The levels of schooling of one rank (`SMA atau SMK/MAK`).
#[must_use]
pub fn education(rank: u8) -> Option<&'static str> {
    LABELS.education.get(&rank).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_a_label_and_a_stranger_has_none() {
        let tables = &*TABLES;
        assert!(tables.skills.iter().all(|row| skill(&row.id).is_some_and(|label| !label.is_empty())));
        assert!(tables.certificates.iter().all(|row| certificate(&row.id).is_some_and(|it| !it.is_empty())));
        assert!(tables.programmes.iter().all(|row| programme(&row.id).is_some_and(|it| !it.is_empty())));
        assert!(tables.occupations.iter().all(|row| occupation(&row.kbji).is_some_and(|it| !it.is_empty())));
        assert_eq!(education(3), Some("SMA atau SMK/MAK"));
        assert_eq!((skill("no_such"), occupation("0000"), education(99)), (None, None, None));
    }
}
