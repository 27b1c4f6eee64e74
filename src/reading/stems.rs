//! Words that an ad and a profile may share: stems, and how rare they are in ads. Knowledge of the vocabulary adds to
//! them; it never replaces them.
//!
//! Belongs here: which words count, and their rarity, frozen in `index/rarity.csv`. Does not belong here: points.

use std::sync::LazyLock;

use crate::{
    domain::region,
    reading::{
        cues::Cue,
        hash::{Map, Set},
        labels,
        lexicon::{Kind, LEXICON, Match, Stop, Token, UNKNOWN},
        scope::Scope,
        signs::{self, Sign},
        tables::TABLES,
    },
};

/// The row of rarity.csv for stems that have none.
const OTHERS: &str = "*";

struct Rarity {
    by_stem: Map<&'static str, u16>,
    unseen: u16,
}

static RARITY: LazyLock<Rarity> = LazyLock::new(|| {
    let by_stem: Map<&'static str, u16> =
        TABLES.rarity.iter().map(|row| (row.stem.as_str(), row.permille)).collect();
    // Where no ads were counted, words of their own say nothing.
    Rarity { unseen: by_stem.get(OTHERS).copied().unwrap_or_default(), by_stem }
});

/// How rare a stem is in ads, permille; one that was seen in fewer than three ads counts like one seen once.
#[must_use]
pub fn rarity(stem: &str) -> u16 {
    RARITY.by_stem.get(stem).copied().unwrap_or(RARITY.unseen)
}

/// Permille from which on a stem is rare: it stands in at most about one of fifty ads.
pub const RARE: u16 = 480;

/// The number of a stem for comparisons.
#[must_use]
pub fn number(stem: &str) -> u32 {
    stem.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Words of the names of places.
static PLACES: LazyLock<Set<String>> = LazyLock::new(|| {
    let names = region::names().flat_map(|name| name.split_whitespace());
    names.map(str::to_lowercase).filter(|word| word.len() > 2).collect()
});

/// The stems of a line that may be shared, each once, in order.
#[must_use]
pub fn of_line(tokens: &[Token], found: &[Match], scope: &Scope) -> Vec<String> {
    let mut silent = vec![false; tokens.len()];
    let mut mute = |range: std::ops::Range<usize>| {
        silent.get_mut(range).into_iter().flatten().for_each(|one| *one = true);
    };
    for one in found {
        let is_virtue = one.concept.kind == Kind::Skill && labels::is_virtue(one.concept.id());
        if is_virtue || one.concept.kind == Kind::Education && one.exact {
            mute(one.first..one.end);
        }
    }
    for cue in scope.cues().iter().filter(|cue| cue.cue == Cue::Person) {
        mute(cue.first..cue.end);
    }
    companies(tokens, &mut silent);
    let mut stems: Vec<String> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if silent[at] || scope.is_inert(at) || !speaks(tokens, at, token) {
            continue;
        }
        let stem = stem_of(token);
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

/// The stem of a word; of an unknown word in spoken form (`nyatat`, `nganyam`, `nggoreng`) that of the word it comes from.
fn stem_of(token: &Token) -> String {
    let stem = LEXICON.stem(&token.text);
    if token.stem != UNKNOWN || RARITY.by_stem.contains_key(stem.as_str()) {
        return stem;
    }
    let known = |root: String| {
        let root = LEXICON.stem(&root);
        let is_known = LEXICON.stem_number(&root).is_some() || RARITY.by_stem.contains_key(root.as_str());
        (root.len() > 2 && is_known).then_some(root)
    };
    SPOKEN
        .iter()
        .filter_map(|(front, written)| Some(format!("{written}{}", token.text.strip_prefix(front)?)))
        .find_map(known)
        .unwrap_or(stem)
}

/// Fronts of verbs as they are spoken in Java, longest first, and what they stand for.
const SPOKEN: [(&str, &str); 11] = [
    ("nge", ""),
    ("ngg", "g"),
    ("ngl", "l"),
    ("ngr", "r"),
    ("ng", ""),
    ("ng", "k"),
    ("ny", "c"),
    ("ny", "s"),
    ("n", "t"),
    ("m", "p"),
    ("di", ""),
];

/// Whether a word may count at all.
fn speaks(tokens: &[Token], at: usize, token: &Token) -> bool {
    let word = token.text.as_str();
    let has_letters = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    if token.stop != Stop::No || word.len() < 2 || !has_letters {
        return false;
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) && word.len() > 4 {
        return false;
    }
    if !PLACES.contains(word) {
        return true;
    }
    let before = at.checked_sub(1).and_then(|before| tokens.get(before)).map_or("", |one| one.text.as_str());
    token.stem != UNKNOWN && !signs::says(before, Sign::Place)
}

/// Silences the names of companies: the words behind `PT` and its like, up to the next break.
fn companies(tokens: &[Token], silent: &mut [bool]) {
    let mut inside = 0;
    for (at, token) in tokens.iter().enumerate() {
        if signs::says(&token.text, Sign::Company) {
            inside = 6;
        } else if token.after_break {
            inside = 0;
        }
        if inside > 0 {
            silent[at] = true;
            inside -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::scope;

    fn stems(text: &str) -> Vec<String> {
        let tokens = LEXICON.tokens(text);
        of_line(&tokens, &LEXICON.matches(&tokens), &scope::of_line(&tokens))
    }

    #[test]
    fn only_words_of_the_work_count() {
        assert_eq!(stems("Wanita muslimah, usia 25 tahun, di Grogol"), Vec::<String>::new());
        assert_eq!(stems("jujur, teliti, disiplin"), Vec::<String>::new());
        assert!(stems("PT Busana Lawu Gemilang").is_empty());
        assert!(stems("mesin kansai dan overdeck").contains(&"overdeck".to_owned()));
    }

    #[test]
    fn spoken_forms_have_the_stem_of_the_written_word() {
        assert_eq!(stems("nyatat, nganyam, nggoreng"), stems("catat, anyam, goreng"));
    }

    #[test]
    fn a_stem_of_many_ads_is_less_rare() {
        assert!(rarity("kansai") > rarity("jual"));
        assert!(rarity("jual") < RARE && rarity("kansai") >= RARE);
    }
}
