//! The vocabulary in the form the reader needs: words, stems, rewritings, and a tree of phrases that lead to concepts.
//!
//! Belongs here: building it once from `tables` and walking it. Does not belong here: lines, sections, facts.

mod build;
mod licences;

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use crate::reading::{
    hash::{Map, Set},
    tables::TABLES,
    typos::Typos,
    words::{self, Word},
};

/// The number of a word or stem that the vocabulary does not know.
pub const UNKNOWN: u32 = u32::MAX;
/// Bytes of words that are torn and corrected; a longer run of letters is noise, and looking for a seam takes the square
/// of its length.
pub(super) const MENDED: RangeInclusive<usize> = 5..=64;
/// Longest phrase, in words.
const LONGEST_PHRASE: usize = 12;

/// What a phrase can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A four-digit group of KBJI.
    Occupation,
    /// A skill.
    Skill,
    /// A training programme.
    Programme,
    /// A certificate or licence.
    Certificate,
    /// A level of education.
    Education,
    /// A school or study major.
    Major,
}

impl Kind {
    /// Prefix of concept tokens.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Occupation => "occ",
            Self::Skill => "skill",
            Self::Programme => "prog",
            Self::Certificate => "cert",
            Self::Education => "edu",
            Self::Major => "major",
        }
    }
}

/// A meaning: its kind and the row of that kind's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Concept {
    /// Which table.
    pub kind: Kind,
    /// Which row.
    pub row: u16,
}

impl Concept {
    /// The id of the row, for example `8153` or `menjahit`.
    #[must_use]
    pub fn id(self) -> &'static str {
        let row = usize::from(self.row);
        let id = match self.kind {
            Kind::Occupation => TABLES.occupations.get(row).map(|row| &row.kbji),
            Kind::Skill => TABLES.skills.get(row).map(|row| &row.id),
            Kind::Programme => TABLES.programmes.get(row).map(|row| &row.id),
            Kind::Certificate => TABLES.certificates.get(row).map(|row| &row.id),
            Kind::Education => TABLES.education.get(row).map(|row| &row.id),
            Kind::Major => TABLES.majors.get(row).map(|row| &row.id),
        };
        id.map_or("", String::as_str)
    }

    /// The token under which a search engine stores it, for example `occ:8153`.
    #[must_use]
    pub fn token(self) -> String {
        format!("{}:{}", self.kind.prefix(), self.id())
    }
}

/// Why a word carries no meaning of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stop {
    /// It does carry meaning.
    #[default]
    No,
    /// A word that only joins others; phrases run across it.
    Glue,
    /// A function word.
    Common,
    /// A word of every job ad.
    Ad,
    /// A word of benefit lists.
    Benefit,
}

/// How a word is built from its stem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The stem itself.
    Root,
    /// Doing it: `mengelas`, `dilas`, `pengelasan`.
    Activity,
    /// Anything else: `pembeli`, `berjalan`, `gambaran`.
    #[default]
    Other,
}

impl Form {
    fn of(word: &str, stem: &str) -> Self {
        if word == stem {
            Self::Root
        } else if word.starts_with("me")
            || word.starts_with("di")
            || word.starts_with("pe") && word.ends_with("an")
        {
            Self::Activity
        } else {
            Self::Other
        }
    }

    /// Whether a text word in this form may stand for a one-word phrase of the same stem in another form: `mengelas`
    /// for `las` and for `pengelasan`, but neither `aman` for `pengamanan` nor `pembeli` for `membeli`.
    fn stands_for(self, phrase: Self) -> bool {
        self == Self::Activity && phrase != Self::Other
    }
}

/// A word after rewriting, with its numbers.
#[derive(Clone, Debug)]
pub struct Token {
    /// The word (canonical form).
    pub text: String,
    /// Number of the word, or [`UNKNOWN`].
    pub surface: u32,
    /// Number of its stem, or [`UNKNOWN`].
    pub stem: u32,
    /// How it is built from its stem.
    pub form: Form,
    /// Whether it is a stop word.
    pub stop: Stop,
    /// First byte in the original text.
    pub from: usize,
    /// Byte after the last one in the original text.
    pub to: usize,
    /// No phrase runs across the place before this word.
    pub after_break: bool,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// What it means.
    pub concept: Concept,
    /// First token.
    pub first: usize,
    /// Token after the last one.
    pub end: usize,
    /// The words are those of the phrase, not only their stems.
    pub exact: bool,
}

/// A phrase that names an occupation, for the coder.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Row of the occupation.
    pub occupation: u16,
    /// Stems, function words left out.
    pub stems: Vec<u32>,
    /// Its words in canonical form, one for each stem.
    pub words: Box<[Box<str>]>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    surface: u32,
    stem: u32,
    form: Form,
    stop: Stop,
    /// 1 + index into `rewrites`, 0 for none.
    rewrites: usize,
}

/// Plain words in order.
type Words = Vec<Box<str>>;

#[derive(Clone, Debug)]
struct Rewrite {
    from: Words,
    to: Words,
}

#[derive(Clone, Debug)]
struct Phrase {
    concept: Concept,
    surfaces: Box<[u32]>,
    /// Form of the first word.
    form: Form,
}

/// The vocabulary, ready for use.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Map<Box<str>, Known>,
    stems: Map<Box<str>, u32>,
    stem_exceptions: Map<Box<str>, Box<str>>,
    rewrites: Vec<Vec<Rewrite>>,
    edges: Map<u64, u32>,
    phrases: Vec<Vec<Phrase>>,
    typos: Typos,
    /// Stems of so many ads that they are no slips.
    usual: Set<Box<str>>,
    mends_words: bool,
    /// Every name of every occupation.
    pub aliases: Vec<Alias>,
}

/// The vocabulary of `index/`.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&TABLES));

/// The same with the titles of titles.csv.
pub static WITH_TITLES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::with_titles(&TABLES));

impl Lexicon {
    /// Whether the vocabulary contains the (lower case) word.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Reads a text: words, torn where two were glued together, slips corrected, rewritten to canonical words.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let mut repaired = Vec::new();
        for word in words::split(text) {
            self.repair(word, &mut repaired);
        }
        licences::spell_out(&mut repaired);
        self.rewrite(repaired)
    }

    /// All phrases of the vocabulary in a token list; of two that mean the same kind of thing only the longer stays.
    #[must_use]
    pub fn matches(&self, tokens: &[Token]) -> Vec<Match> {
        let mut found = Vec::new();
        for first in 0..tokens.len() {
            self.matches_from(tokens, first, &mut found);
        }
        keep_longest(&mut found);
        found
    }

    /// The number of a stem, when some phrase contains it.
    #[must_use]
    pub fn stem_number(&self, stem: &str) -> Option<u32> {
        self.stems.get(stem).copied()
    }

    /// All words of the vocabulary with their stems, for comparisons of spelling.
    pub fn vocabulary(&self) -> impl Iterator<Item = (&str, u32)> {
        self.words.iter().map(|(word, known)| (word.as_ref(), known.stem))
    }

    /// How many stems there are.
    #[must_use]
    pub fn stem_count(&self) -> usize {
        self.stems.len()
    }

    /// The stem of a lower-case word: reviewed exceptions first, then Snowball's Indonesian stemmer.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        if let Some(stem) = self.stem_exceptions.get(word) {
            return stem.to_string();
        }
        if word.len() < 5 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return word.to_owned();
        }
        Stemmer::new(Algorithm::Indonesian).stem(word).into_owned()
    }

    fn matches_from(&self, tokens: &[Token], first: usize, found: &mut Vec<Match>) {
        let mut node = 0_u32;
        let mut surfaces = [0_u32; LONGEST_PHRASE];
        let mut length = 0;
        for (at, token) in tokens.iter().enumerate().skip(first) {
            if at > first && token.after_break {
                return;
            }
            if token.stop == Stop::Glue {
                if at == first {
                    return;
                }
                continue;
            }
            if token.stem == UNKNOWN || length == LONGEST_PHRASE {
                return;
            }
            let Some(&next) = self.edges.get(&edge(node, token.stem)) else { return };
            node = next;
            surfaces[length] = token.surface;
            length += 1;
            for phrase in self.phrases.get(node as usize).into_iter().flatten() {
                let exact = phrase.surfaces.as_ref() == &surfaces[..length];
                if !exact && weak(phrase, tokens.get(first..=at).unwrap_or_default()) {
                    continue;
                }
                found.push(Match { concept: phrase.concept, first, end: at + 1, exact });
            }
        }
    }

    /// Tears glued words and corrects slips. Known words pass untouched.
    fn repair(&self, word: Word, out: &mut Vec<Word>) {
        if !self.mends_words || !MENDED.contains(&word.text.len()) || self.knows(&word.text) {
            out.push(word);
            return;
        }
        // An inflection of a known word is neither two words nor a slip.
        let stem = self.stem(&word.text);
        let is_inflection = self.stems.contains_key(stem.as_str());
        if is_inflection && word.camel == 0 {
            out.push(word);
            return;
        }
        if let Some((head, tail)) = self.tear(&word) {
            self.repair(head, out);
            self.repair(tail, out);
            return;
        }
        if !is_inflection
            && !self.usual.contains(stem.as_str())
            && let Some(correct) = self.typos.correct(&word.text)
        {
            out.push(Word { text: correct.to_owned(), ..word });
            return;
        }
        out.push(word);
    }

    /// Splits at an inner capital, or where two known words meet. The second has at least five letters, because
    /// `memberikan` is no fish (`ikan`).
    fn tear(&self, word: &Word) -> Option<(Word, Word)> {
        // Where a letter changes its length in lower case the halves cannot be placed in the text.
        let simple = word.text.is_ascii() && word.to - word.from == word.text.len();
        if !simple {
            return None;
        }
        let at = if word.camel > 1 { word.camel } else { self.seam(&word.text)? };
        let (head, tail) = (word.text.get(..at)?, word.text.get(at..)?);
        if word.camel > 1 && !self.knows(head) && !self.knows(tail) {
            return None;
        }
        let middle = word.from + at;
        let first = Word { text: head.to_owned(), to: middle, camel: 0, ..word.clone() };
        let second =
            Word { text: tail.to_owned(), from: middle, camel: 0, after_break: false, ..word.clone() };
        Some((first, second))
    }

    fn seam(&self, text: &str) -> Option<usize> {
        if text.len() < 9 || !text.is_ascii() {
            return None;
        }
        (4..=text.len() - 5).find(|&at| {
            let (head, tail) = text.split_at(at);
            self.knows(head) && self.knows(tail)
        })
    }

    fn rewrite(&self, mut words: Vec<Word>) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let known = self.words.get(word.text.as_str());
            let rewrite = known.and_then(|known| self.rewrite_at(known, &words, at));
            let place = (word.from, word.to, word.after_break);
            let Some(rewrite) = rewrite else {
                let text = words.get_mut(at).map(|word| std::mem::take(&mut word.text)).unwrap_or_default();
                tokens.push(self.token(text, known, place));
                at += 1;
                continue;
            };
            let to = words.get(at + rewrite.from.len() - 1).map_or(place.1, |last| last.to);
            for (number, text) in rewrite.to.iter().enumerate() {
                let place = (place.0, to, place.2 && number == 0);
                tokens.push(self.token(text.to_string(), self.words.get(text.as_ref()), place));
            }
            at += rewrite.from.len();
        }
        tokens
    }

    fn rewrite_at(&self, known: &Known, words: &[Word], at: usize) -> Option<&Rewrite> {
        let candidates = self.rewrites.get(known.rewrites.checked_sub(1)?)?;
        candidates.iter().find(|rewrite| {
            rewrite.from.iter().enumerate().all(|(offset, expected)| {
                words.get(at + offset).is_some_and(|word| {
                    word.text.as_str() == expected.as_ref() && (offset == 0 || !word.after_break)
                })
            })
        })
    }

    /// A word with its numbers; `place` is its first byte, the byte after its last one, and whether a break stands before.
    fn token(&self, text: String, known: Option<&Known>, place: (usize, usize, bool)) -> Token {
        let (surface, stem, form, stop) = match known {
            Some(known) => (known.surface, known.stem, known.form, known.stop),
            None => {
                let stem = self.stem(&text);
                let number = self.stems.get(stem.as_str()).copied().unwrap_or(UNKNOWN);
                (UNKNOWN, number, Form::of(&text, &stem), Stop::No)
            }
        };
        let (from, to, after_break) = place;
        Token { text, surface, stem, form, stop, from, to, after_break }
    }
}

/// Whether the stems agree but the words mean something else: a stop word that stands in the phrase only by its stem
/// (`pendidikan` of every ad is no `mendidik`), or a single word in a form that does not stand for the phrase's.
fn weak(phrase: &Phrase, tokens: &[Token]) -> bool {
    let content: Vec<&Token> = tokens.iter().filter(|token| token.stop != Stop::Glue).collect();
    if let [only] = content.as_slice() {
        return only.stop != Stop::No || !only.form.stands_for(phrase.form);
    }
    content
        .iter()
        .zip(&phrase.surfaces)
        .any(|(token, &surface)| token.stop != Stop::No && token.surface != surface)
}

fn edge(node: u32, stem: u32) -> u64 {
    (u64::from(node) << 32) | u64::from(stem)
}

/// Drops matches inside a longer match of the same kind, and inexact ones beside an exact one of the same place.
fn keep_longest(found: &mut Vec<Match>) {
    let all = found.clone();
    let exact: Set<(usize, usize, Kind)> =
        all.iter().filter(|one| one.exact).map(|one| (one.first, one.end, one.concept.kind)).collect();
    found.retain(|one| {
        let covered = all.iter().any(|other| {
            other.concept.kind == one.concept.kind
                && other.first <= one.first
                && other.end >= one.end
                && other.end - other.first > one.end - one.first
        });
        !covered && (one.exact || !exact.contains(&(one.first, one.end, one.concept.kind)))
    });
    found.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        let tokens = LEXICON.tokens(text);
        LEXICON.matches(&tokens).into_iter().map(|one| one.concept.token()).collect()
    }

    #[test]
    fn finds_occupations_in_any_inflection() {
        assert!(ids("Operator Jahit").contains(&"occ:8153".to_owned()), "{:?}", ids("Operator Jahit"));
    }

    #[test]
    fn stems_agree_across_inflections() {
        for group in [&["pengelasan", "mengelas", "las"][..], &["perakitan", "merakit", "rakit"][..]] {
            let stems: Set<String> = group.iter().map(|word| LEXICON.stem(word)).collect();
            assert_eq!(stems.len(), 1, "{group:?} -> {stems:?}");
        }
    }

    #[test]
    fn offsets_stay_inside_the_text() {
        let text = "Opr. Jahit / Admin akuntingPenyetoran cek";
        for token in LEXICON.tokens(text) {
            assert!(text.get(token.from..token.to).is_some(), "{token:?}");
        }
    }
}
