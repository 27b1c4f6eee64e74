//! A digested profile with one more certificate or skill, so that "what if" is answered by scoring the pair again.
//!
//! Belongs here: what a certificate or skill adds to a profile. Does not belong here: whether that helps (`change`).

use std::sync::LazyLock;

use crate::{
    matching::fit::{
        digest::{ProfileVector, digest_profile},
        vocabulary::INDEX,
    },
    reading::{
        hash::Map,
        profile::{ProfileText, read_profile},
        tables::TABLES,
    },
};

/// What every certificate brings, by id: itself, the skills it proves, the occupations it leads to.
static BROUGHT: LazyLock<Map<&'static str, ProfileVector>> = LazyLock::new(|| {
    let brought = |label: &str, id: &str| {
        let text = ProfileText { certificates: label, ..ProfileText::default() };
        let read = digest_profile(&read_profile(&text));
        match INDEX.certificates.get(id) {
            Some(&row) => ProfileVector { certificates: with(&read.certificates, row), ..read },
            None => read,
        }
    };
    TABLES.certificates.iter().map(|row| (row.id.as_str(), brought(&row.label, &row.id))).collect()
});

impl ProfileVector {
    /// The profile with one more certificate of certificates.csv; `None` for an id that is not there.
    #[must_use]
    pub fn with_certificate(&self, id: &str) -> Option<Self> {
        let more = BROUGHT.get(id)?;
        Some(Self {
            occupations: stronger(&self.occupations, &more.occupations),
            worked: self.worked.clone(),
            programmes: self.programmes.clone(),
            skills: more.skills.iter().fold(self.skills.clone(), |all, &row| with(&all, row)),
            certificates: more
                .certificates
                .iter()
                .fold(self.certificates.clone(), |all, &row| with(&all, row)),
            words: both(&self.words, &more.words),
            newcomer: self.newcomer,
        })
    }

    /// The profile with one more skill of skills.csv; `None` for an id that is not there.
    #[must_use]
    pub fn with_skill(&self, id: &str) -> Option<Self> {
        let row = *INDEX.skills.get(id)?;
        Some(Self { skills: with(&self.skills, row), ..self.clone() })
    }
}

/// Sorted rows with one more.
pub(super) fn with(rows: &[u16], row: u16) -> Box<[u16]> {
    let mut all = rows.to_vec();
    if let Err(place) = all.binary_search(&row) {
        all.insert(place, row);
    }
    all.into()
}

/// Sorted words of both.
pub(super) fn both(first: &[(u16, u16)], second: &[(u16, u16)]) -> Box<[(u16, u16)]> {
    let mut all = [first, second].concat();
    all.sort_unstable();
    all.dedup();
    all.into()
}

/// Sorted rows of both, the stronger value of each.
pub(super) fn stronger(first: &[(u16, u16)], second: &[(u16, u16)]) -> Box<[(u16, u16)]> {
    let mut all = first.to_vec();
    for &(row, value) in second {
        match all.binary_search_by_key(&row, |one| one.0) {
            Ok(place) => all[place].1 = all[place].1.max(value),
            Err(place) => all.insert(place, (row, value)),
        }
    }
    all.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_certificate_is_what_reading_it_would_give() {
        let base =
            ProfileText { programmes: "Menjahit Pakaian", skills: "menjahit", ..ProfileText::default() };
        let before = digest_profile(&read_profile(&base));
        for row in &TABLES.certificates {
            let read = digest_profile(&read_profile(&ProfileText { certificates: &row.label, ..base }));
            let added = before.with_certificate(&row.id).unwrap();
            assert!(added.certificates.len() > before.certificates.len(), "{}", row.id);
            if read.certificates == added.certificates {
                assert_eq!(read, added, "{}", row.id);
            }
        }
        assert_eq!(before.with_certificate("no_such"), None);
    }

    #[test]
    fn a_skill_that_is_there_changes_nothing() {
        let text = ProfileText { skills: "menjahit", ..ProfileText::default() };
        let before = digest_profile(&read_profile(&text));
        assert_eq!(before.with_skill("menjahit").as_ref(), Some(&before));
        assert_eq!(before.with_skill("las_smaw").is_some(), INDEX.skills.contains_key("las_smaw"));
    }
}
