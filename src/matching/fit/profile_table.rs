//! Many digested profiles one behind the other in memory, so that all of them are scored in one pass without a jump.
//!
//! Belongs here: keeping and replacing rows by place. Does not belong here: whose they are, and points (`score`).

use crate::matching::fit::{ProfileRows, ProfileVector};

/// Profiles by place, 0 upwards.
#[derive(Clone, Debug, Default)]
pub struct ProfileTable {
    spans: Vec<Span>,
    pairs: Vec<(u16, u16)>,
    rows: Vec<u16>,
    /// Rows and pairs that no span names any more.
    wasted: usize,
}

/// Where the rows of one profile stand: pairs from `pairs`, occupations first, and rows from `rows`, programmes first.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    pairs: u32,
    rows: u32,
    occupations: u16,
    worked: u16,
    words: u16,
    newcomer: bool,
    programmes: u16,
    skills: u16,
    certificates: u16,
}

impl Span {
    fn pairs(self) -> usize {
        usize::from(self.occupations) + usize::from(self.worked) + usize::from(self.words)
    }

    fn rows(self) -> usize {
        usize::from(self.programmes) + usize::from(self.skills) + usize::from(self.certificates)
    }
}

impl ProfileTable {
    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Puts a profile at a place; places up to it are made, empty ones. A table that cannot name the rows any more (more
    /// than 2^32, or a profile of more than 65,535 of one kind) keeps the place empty and says so.
    #[must_use]
    pub fn put(&mut self, place: usize, profile: &ProfileVector) -> bool {
        self.clear(place);
        if self.wasted > 1_000 && self.wasted > self.pairs.len().saturating_add(self.rows.len()) / 2 {
            self.close_up();
        }
        let Some(span) = self.span(profile) else { return false };
        let ProfileRows { occupations, worked, programmes, skills, certificates, words, .. } = profile.rows();
        self.pairs.extend(occupations.iter().chain(worked).chain(words));
        self.rows.extend(programmes.iter().chain(skills).chain(certificates));
        if self.spans.len() <= place {
            self.spans.resize(place.saturating_add(1), Span::default());
        }
        self.spans[place] = span;
        true
    }

    /// Empties a place.
    pub fn clear(&mut self, place: usize) {
        if let Some(span) = self.spans.get_mut(place) {
            let left = std::mem::take(span);
            self.wasted += left.pairs() + left.rows();
        }
    }

    /// The profile at a place; an empty one scores 0.
    #[must_use]
    pub fn get(&self, place: usize) -> ProfileRows<'_> {
        self.spans.get(place).map_or(ProfileRows::default(), |span| self.rows_of(*span))
    }

    fn rows_of(&self, span: Span) -> ProfileRows<'_> {
        let pairs = self.pairs.get(span.pairs as usize..).unwrap_or_default();
        let rows = self.rows.get(span.rows as usize..).unwrap_or_default();
        let (occupations, pairs) = front(pairs, span.occupations);
        let (worked, pairs) = front(pairs, span.worked);
        let (words, _) = front(pairs, span.words);
        let (programmes, rows) = front(rows, span.programmes);
        let (skills, rows) = front(rows, span.skills);
        let (certificates, _) = front(rows, span.certificates);
        ProfileRows { occupations, worked, programmes, skills, certificates, words, newcomer: span.newcomer }
    }

    /// The span of a profile put behind all others.
    fn span(&self, profile: &ProfileVector) -> Option<Span> {
        let ProfileRows { occupations, worked, programmes, skills, certificates, words, newcomer } =
            profile.rows();
        Some(Span {
            pairs: u32::try_from(self.pairs.len()).ok()?,
            rows: u32::try_from(self.rows.len()).ok()?,
            occupations: u16::try_from(occupations.len()).ok()?,
            worked: u16::try_from(worked.len()).ok()?,
            words: u16::try_from(words.len()).ok()?,
            newcomer,
            programmes: u16::try_from(programmes.len()).ok()?,
            skills: u16::try_from(skills.len()).ok()?,
            certificates: u16::try_from(certificates.len()).ok()?,
        })
    }

    /// Moves what is left together, in the order of the places.
    fn close_up(&mut self) {
        let (mut pairs, mut rows) =
            (Vec::with_capacity(self.pairs.len()), Vec::with_capacity(self.rows.len()));
        for span in &mut self.spans {
            let (from, start) = (span.pairs as usize, span.rows as usize);
            // What is moved is a part of what was there: the places stay within 32 bits.
            span.pairs = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
            span.rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            pairs.extend_from_slice(self.pairs.get(from..from + span.pairs()).unwrap_or_default());
            rows.extend_from_slice(self.rows.get(start..start + span.rows()).unwrap_or_default());
        }
        (self.pairs, self.rows, self.wasted) = (pairs, rows, 0);
    }
}

fn front<T>(slice: &[T], count: u16) -> (&[T], &[T]) {
    slice.split_at_checked(usize::from(count)).unwrap_or((&[], slice))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn profile() -> impl Strategy<Value = ProfileVector> {
        let pairs = || prop::collection::vec((0..9_u16, 0..9_u16), 0..4);
        let rows = || prop::collection::vec(0..9_u16, 0..40);
        (pairs(), pairs(), pairs(), rows(), rows(), rows()).prop_map(
            |(occupations, worked, words, programmes, skills, certificates)| ProfileVector {
                occupations: occupations.into(),
                worked: worked.into(),
                words: words.into(),
                newcomer: false,
                programmes: programmes.into(),
                skills: skills.into(),
                certificates: certificates.into(),
            },
        )
    }

    proptest! {
        /// Whatever is put, replaced and cleared in which order: each place holds what was put there last.
        #[test]
        fn every_place_holds_what_was_put_there_last(
            steps in prop::collection::vec((0..12_usize, prop::option::of(profile())), 1..300)
        ) {
            let mut table = ProfileTable::default();
            let mut model: Vec<ProfileVector> = Vec::new();
            for (place, step) in steps {
                match step {
                    None => {
                        table.clear(place);
                        if let Some(kept) = model.get_mut(place) {
                            *kept = ProfileVector::default();
                        }
                    }
                    Some(profile) => {
                        prop_assert!(table.put(place, &profile));
                        model.resize(model.len().max(place + 1), ProfileVector::default());
                        model[place] = profile;
                    }
                }
            }
            let kept: Vec<_> = (0..table.len()).map(|place| table.get(place)).collect();
            prop_assert_eq!(kept, model.iter().map(ProfileVector::rows).collect::<Vec<_>>());
            prop_assert!(table.pairs.len() + table.rows.len() < 12 * 130 + 4_000, "what is left is closed up");
        }
    }
}
