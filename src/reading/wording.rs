//! How the wording of a title resembles all names of an occupation taken together: letter groups, stems and pairs of
//! stems, each weighted with its rarity.
//!
//! Belongs here: a back-off learned at the start from the names alone, for titles that share no whole name with any
//! occupation (`asisten radiologi`). Does not belong here: likeness to single names (`coder`).

use crate::reading::{
    hash::Map,
    lexicon::{Alias, UNKNOWN},
    tables::TABLES,
};

/// The words of a name or title: canonical text and number of the stem.
pub type Words<'a> = &'a [(&'a str, u32)];

/// Occupations by the features of their names.
#[derive(Debug, Default)]
pub struct Wording {
    /// Per feature, what it says for each occupation whose names have it.
    features: Map<u64, Vec<(u16, u32)>>,
}

/// Letters of the shortest and the longest group.
const GROUPS: [usize; 2] = [3, 4];
/// Scale of stored weights.
const SCALE: u64 = 256;
/// Words read of one title.
const MOST_WORDS: usize = 24;
/// A feature of more occupations tells nothing.
const MOST_OCCUPATIONS: usize = 200;

impl Wording {
    /// Learns from the names.
    #[must_use]
    pub fn new(names: &[Alias]) -> Self {
        let mut counts: Map<u64, Vec<(u16, u32)>> = Map::default();
        let mut features = Vec::new();
        for alias in names {
            let words: Vec<(&str, u32)> =
                alias.words.iter().map(AsRef::as_ref).zip(alias.stems.iter().copied()).collect();
            features.clear();
            features_of(&words, &mut features);
            for &feature in &features {
                let list = counts.entry(feature).or_default();
                match list.iter_mut().rev().find(|one| one.0 == alias.occupation) {
                    Some(known) => known.1 += 1,
                    None => list.push((alias.occupation, 1)),
                }
            }
        }
        let mut squares = vec![0_u64; TABLES.occupations.len()];
        let mut features: Map<u64, Vec<(u16, u32)>> = Map::default();
        for (feature, list) in counts.into_iter().filter(|one| one.1.len() <= MOST_OCCUPATIONS) {
            let rarity = rarity(list.len());
            let weights: Vec<(u16, u32)> =
                list.into_iter().map(|(row, count)| (row, rarity * (count * 256).isqrt())).collect();
            for &(row, weight) in &weights {
                if let Some(sum) = squares.get_mut(usize::from(row)) {
                    *sum += u64::from(weight) * u64::from(weight);
                }
            }
            features
                .insert(feature, weights.into_iter().map(|(row, weight)| (row, weight * rarity)).collect());
        }
        for (row, weight) in features.values_mut().flatten() {
            // The fourth root: an occupation with many names is not drowned by its own length, nor does it win by it.
            let length = squares.get(usize::from(*row)).map_or(1, |sum| sum.isqrt().isqrt()).max(1);
            *weight = u32::try_from(u64::from(*weight) * SCALE / length).unwrap_or(u32::MAX);
        }
        Self { features }
    }

    /// Resemblance of the words to every occupation, in permille of the best one; empty when no feature is known.
    #[must_use]
    pub fn resemblance(&self, words: Words<'_>) -> Vec<u16> {
        let mut features = Vec::new();
        features_of(words, &mut features);
        let mut sums = vec![0_u32; TABLES.occupations.len()];
        for feature in features {
            for &(row, weight) in self.features.get(&feature).into_iter().flatten() {
                if let Some(sum) = sums.get_mut(usize::from(row)) {
                    *sum = sum.saturating_add(weight);
                }
            }
        }
        let best = sums.iter().copied().max().unwrap_or(0);
        if best == 0 {
            return Vec::new();
        }
        sums.into_iter()
            .map(|sum| u16::try_from(sum / (best / 1000).max(1)).unwrap_or(1000).min(1000))
            .collect()
    }
}

/// Features of words: letter groups inside each word (with its ends), whole words, stems, pairs of neighbouring stems,
/// and the stems at the ends, which carry the job in Indonesian and English order.
fn features_of(words: Words<'_>, out: &mut Vec<u64>) {
    let words = words.get(..MOST_WORDS).unwrap_or(words);
    for (word, _) in words {
        let mut padded = Vec::with_capacity(word.len() + 2);
        padded.push(b'_');
        padded.extend_from_slice(word.as_bytes());
        padded.push(b'_');
        for size in GROUPS {
            out.extend(padded.windows(size).map(|group| feature(1, bytes(group), 0)));
        }
    }
    let stems: Vec<u32> = words.iter().map(|one| one.1).filter(|&stem| stem != UNKNOWN).collect();
    out.extend(stems.iter().map(|&stem| feature(2, stem, 0)));
    out.extend(stems.windows(2).map(|two| feature(3, two[0], two[1])));
    out.extend(stems.first().map(|&stem| feature(4, stem, 0)));
    out.extend(stems.last().map(|&stem| feature(5, stem, 0)));
}

fn feature(kind: u64, first: u32, second: u32) -> u64 {
    kind << 56 | u64::from(first) << 28 ^ u64::from(second)
}

fn bytes(group: &[u8]) -> u32 {
    group.iter().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

/// About 16 x ln(1 + occupations / occupations with the feature), in whole numbers.
fn rarity(count: usize) -> u32 {
    let ratio = 1 + TABLES.occupations.len() / count.max(1);
    // 11 = 16 x ln 2; the rest of the logarithm is taken as linear between powers of two.
    let whole = ratio.ilog2();
    let rest = ((ratio * 11) >> whole) - 11;
    11 * whole + u32::try_from(rest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexicon::LEXICON;

    #[test]
    fn the_names_of_an_occupation_resemble_it_most() {
        let words = [("operator", LEXICON.stem_number("operator").unwrap_or(UNKNOWN)), ("jahitan", UNKNOWN)];
        let found = Wording::new(&LEXICON.aliases).resemblance(&words);
        let best = (0..found.len()).max_by_key(|&row| found[row]).unwrap();
        assert_eq!(TABLES.occupations[best].kbji, "8153");
        assert_eq!(found[best], 1000);
    }

    #[test]
    fn nothing_resembles_nothing() {
        assert_eq!(Wording::default().resemblance(&[]), Vec::<u16>::new());
    }
}
