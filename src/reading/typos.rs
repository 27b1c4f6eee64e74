//! Near words: one slip of the keyboard (insert, drop, change, swap) from a word of the vocabulary, and words
//! glued together.
//!
//! Belongs here: comparison of spellings. Does not belong here: meaning.

use crate::reading::hash::Map;

/// Shortest word that is corrected: shorter ones have too many neighbours.
pub const SHORTEST: usize = 6;

/// Finds vocabulary words that differ by one slip.
#[derive(Debug, Default)]
pub struct Typos {
    /// Every word with one character dropped (and the word itself) -> words.
    by_deletion: Map<Box<str>, Vec<u32>>,
    words: Vec<Box<str>>,
}

impl Typos {
    /// Builds the table from words and the numbers that stand for them.
    #[must_use]
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut typos = Self::default();
        for word in words.filter(|word| word.len() >= SHORTEST - 1 && word.is_ascii()) {
            let Ok(number) = u32::try_from(typos.words.len()) else { break };
            typos.words.push(word.into());
            for variant in deletions(word) {
                typos.by_deletion.entry(variant.into()).or_default().push(number);
            }
            typos.by_deletion.entry(word.into()).or_default().push(number);
        }
        typos
    }

    /// The only vocabulary word one slip away from `word`; `None` when there is none or more than one equally good.
    #[must_use]
    pub fn correct(&self, word: &str) -> Option<&str> {
        if word.len() < SHORTEST || !word.is_ascii() || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut best: Option<&str> = None;
        let mut variant = word.to_owned();
        for dropped in 0..=word.len() {
            if dropped > 0 {
                variant.clear();
                variant.push_str(word.get(..dropped - 1).unwrap_or_default());
                variant.push_str(word.get(dropped..).unwrap_or_default());
            }
            for &number in self.by_deletion.get(variant.as_str()).into_iter().flatten() {
                let Some(candidate) = self.words.get(number as usize) else { continue };
                if !one_slip(word, candidate) || candidate.as_bytes().first() != word.as_bytes().first() {
                    continue;
                }
                match best {
                    None => best = Some(candidate),
                    Some(known) if known == candidate.as_ref() => {}
                    Some(known) => best = Some(better(word, known, candidate)?),
                }
            }
        }
        best
    }
}

/// Prefers the candidate with the same length, then the one sharing the ending; `None` when neither decides.
fn better<'a>(word: &str, first: &'a str, second: &'a str) -> Option<&'a str> {
    let same_length = (first.len() == word.len(), second.len() == word.len());
    match same_length {
        (true, false) => Some(first),
        (false, true) => Some(second),
        _ => {
            match (word.bytes().last() == first.bytes().last(), word.bytes().last() == second.bytes().last())
            {
                (true, false) => Some(first),
                (false, true) => Some(second),
                _ => None,
            }
        }
    }
}

fn deletions(word: &str) -> impl Iterator<Item = String> + '_ {
    (0..word.len()).map(move |at| {
        let mut shorter = String::with_capacity(word.len());
        shorter.push_str(word.get(..at).unwrap_or_default());
        shorter.push_str(word.get(at + 1..).unwrap_or_default());
        shorter
    })
}

/// Whether two ASCII words differ by exactly one insertion, deletion, change or swap of neighbours.
fn one_slip(left: &str, right: &str) -> bool {
    let (a, b) = (left.as_bytes(), right.as_bytes());
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[prefix..], &b[prefix..]);
    match (rest_a.len(), rest_b.len()) {
        (x, y) if x == y && x > 0 => {
            let changed = rest_a[1..] == rest_b[1..];
            let swapped =
                x > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] && rest_a[2..] == rest_b[2..];
            changed || swapped
        }
        (x, y) if x == y + 1 => rest_a[1..] == *rest_b,
        (x, y) if y == x + 1 => *rest_a == rest_b[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrects_one_slip_only() {
        let typos = Typos::new(["operator", "security", "programmer", "mekanik"].into_iter());
        assert_eq!(typos.correct("opertor"), Some("operator"));
        assert_eq!(typos.correct("secutiry"), None);
        assert_eq!(typos.correct("securtiy"), Some("security"));
        assert_eq!(typos.correct("programer"), Some("programmer"));
        assert_eq!(typos.correct("mekanis"), Some("mekanik"));
        assert_eq!(typos.correct("kanik"), None);
    }

    #[test]
    fn refuses_a_tie() {
        let typos = Typos::new(["bordira", "bordiro"].into_iter());
        assert_eq!(typos.correct("bordirx"), None);
    }
}
