//! What an ad wants and a profile has, by the ids of the vocabulary, and a profile with one more training programme.
//!
//! Belongs here: names for the rows of the vectors. Does not belong here: points, and whether anything helps.

use std::sync::LazyLock;

use crate::{
    matching::fit::{
        adding::{both, stronger, with},
        digest::{JobVector, ProfileVector, digest_profile},
        vocabulary::INDEX,
    },
    reading::{
        hash::Map,
        profile::{ProfileText, read_profile},
        tables::TABLES,
    },
};

/// What every programme brings, by id: itself, the skills it teaches, the occupations its name tells.
static TAUGHT: LazyLock<Map<&'static str, ProfileVector>> = LazyLock::new(|| {
    let taught = |label: &str, row: u16| {
        let text = ProfileText { programmes: label, ..ProfileText::default() };
        let read = digest_profile(&read_profile(&text));
        ProfileVector { programmes: with(&read.programmes, row), ..read }
    };
    let rows = TABLES.programmes.iter().zip(0_u16..);
    rows.map(|(programme, row)| (programme.id.as_str(), taught(&programme.name, row))).collect()
});

/// Ids of all training programmes, in the order of programmes.csv.
pub fn programmes() -> impl Iterator<Item = &'static str> {
    TABLES.programmes.iter().map(|row| row.id.as_str())
}

impl JobVector {
    /// Ids of the skills that give points.
    pub fn wanted_skills(&self) -> impl Iterator<Item = &'static str> + '_ {
        let skills = TABLES.skills.iter().enumerate();
        let points =
            |row: usize| [&self.must, &self.nice].iter().any(|list| list.get(row).is_some_and(|p| *p > 0));
        skills.filter(move |(row, _)| points(*row)).map(|(_, skill)| skill.id.as_str())
    }

    /// Ids of the certificates that give points.
    pub fn wanted_certificates(&self) -> impl Iterator<Item = &'static str> + '_ {
        let certificates = TABLES.certificates.iter().zip(self.certificates.iter());
        certificates.filter(|(_, points)| **points > 0).map(|(certificate, _)| certificate.id.as_str())
    }
}

impl ProfileVector {
    /// Whether the profile shows a skill.
    #[must_use]
    pub fn has_skill(&self, id: &str) -> bool {
        INDEX.skills.get(id).is_some_and(|row| self.skills.binary_search(row).is_ok())
    }

    /// Whether the profile has a training programme.
    #[must_use]
    pub fn has_programme(&self, id: &str) -> bool {
        INDEX.programmes.get(id).is_some_and(|row| self.programmes.binary_search(row).is_ok())
    }

    /// The profile with one more training programme of programmes.csv; `None` for an id that is not there.
    #[must_use]
    pub fn with_programme(&self, id: &str) -> Option<Self> {
        let more = TAUGHT.get(id)?;
        Some(Self {
            occupations: stronger(&self.occupations, &more.occupations),
            worked: self.worked.clone(),
            programmes: more.programmes.iter().fold(self.programmes.clone(), |all, &row| with(&all, row)),
            skills: more.skills.iter().fold(self.skills.clone(), |all, &row| with(&all, row)),
            certificates: self.certificates.clone(),
            words: both(&self.words, &more.words),
            newcomer: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::fit::digest_job;
    use crate::reading::job::{JobText, read_job};

    #[test]
    fn one_more_programme_is_what_reading_it_would_give() {
        let empty = ProfileVector::default();
        for row in &TABLES.programmes {
            let added = empty.with_programme(&row.id).unwrap();
            assert!(added.has_programme(&row.id) && !empty.has_programme(&row.id), "{}", row.id);
            assert_eq!(added.with_programme(&row.id).unwrap(), added, "{}", row.id);
        }
        assert_eq!(empty.with_programme("no_such"), None);
        assert_eq!(programmes().count(), TABLES.programmes.len());
    }

    #[test]
    fn what_an_ad_wants_has_names() {
        let text =
            JobText { title: "Operator Jahit", description: "Bisa menjahit dan obras", ..JobText::default() };
        let vector = digest_job(&read_job(&text));
        assert!(
            vector.wanted_skills().any(|id| id == "menjahit"),
            "{:?}",
            vector.wanted_skills().collect::<Vec<_>>()
        );
        let profile = ProfileVector::default().with_skill("menjahit").unwrap();
        assert!(profile.has_skill("menjahit") && !profile.has_skill("obras"));
    }
}
