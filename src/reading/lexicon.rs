//! The vocabulary in the form the reader needs: words, stems, rewritings, and a tree of phrases that lead to concepts.
//!
//! Belongs here: building it once from `tables` and walking it. Does not belong here: lines, sections, facts.

use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use crate::reading::hash::{Map, Set};
use crate::reading::tables::{self, TABLES, Tables};
use crate::reading::typos::Typos;
use crate::reading::words::{self, Word};

/// The number of a word or stem that the vocabulary does not know.
pub const UNKNOWN: u32 = u32::MAX;
/// Longest phrase, in words.
const LONGEST_PHRASE: usize = 12;

/// What a phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stop {
    /// It does carry meaning.
    #[default]
    No,
    /// A function word.
    Common,
    /// A word of every job ad.
    Ad,
    /// A word of benefit lists.
    Benefit,
}

/// A word after rewriting, with its numbers.
#[derive(Debug, Clone)]
pub struct Token {
    /// The word (canonical form).
    pub text: String,
    /// Number of the word, or [`UNKNOWN`].
    pub surface: u32,
    /// Number of its stem, or [`UNKNOWN`].
    pub stem: u32,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone)]
pub struct Alias {
    /// Row of the occupation.
    pub occupation: u16,
    /// Stems, function words left out.
    pub stems: Vec<u32>,
}

#[derive(Debug, Clone, Default)]
struct Known {
    surface: u32,
    stem: u32,
    stop: Stop,
    /// 1 + index into `rewrites`, 0 for none.
    rewrites: usize,
}

/// Plain words in order.
type Words = Vec<Box<str>>;

#[derive(Debug, Clone)]
struct Rewrite {
    from: Words,
    to: Words,
}

#[derive(Debug, Clone)]
struct Phrase {
    concept: Concept,
    surfaces: Box<[u32]>,
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
    /// Every name of every occupation.
    pub aliases: Vec<Alias>,
}

/// The vocabulary of `index/`.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&TABLES));

impl Lexicon {
    /// Builds the vocabulary.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        let mut lexicon = Self { phrases: vec![Vec::new()], ..Self::default() };
        let stems = tables.stems.iter().map(|row| (row.word.as_str().into(), row.stem.as_str().into()));
        lexicon.stem_exceptions = stems.collect();
        lexicon.add_rewrites(tables);
        lexicon.add_stop_words(tables);
        for phrase in phrases_of(tables) {
            lexicon.learn_words(phrase.1);
        }
        for (concept, phrase) in phrases_of(tables) {
            lexicon.add_phrase(concept, phrase);
        }
        let learned: Vec<&str> = lexicon.words.keys().map(AsRef::as_ref).collect();
        let typos = Typos::new(learned.into_iter());
        lexicon.typos = typos;
        lexicon
    }

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
        self.rewrite(&repaired)
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
            if token.stop == Stop::Common {
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
                if !exact && weak(&phrase.surfaces, tokens.get(first..=at).unwrap_or_default()) {
                    continue;
                }
                found.push(Match { concept: phrase.concept, first, end: at + 1, exact });
            }
        }
    }

    /// Tears glued words and corrects slips. Known words pass untouched.
    fn repair(&self, word: Word, out: &mut Vec<Word>) {
        if self.knows(&word.text) || word.text.len() < 5 {
            out.push(word);
            return;
        }
        if let Some((head, tail)) = self.tear(&word) {
            self.repair(head, out);
            self.repair(tail, out);
            return;
        }
        let stem_is_known = self.stems.contains_key(self.stem(&word.text).as_str());
        if !stem_is_known && let Some(correct) = self.typos.correct(&word.text) {
            out.push(Word { text: correct.to_owned(), ..word });
            return;
        }
        out.push(word);
    }

    /// Splits at an inner capital, or where two known words of at least four letters meet.
    fn tear(&self, word: &Word) -> Option<(Word, Word)> {
        let simple = word.to - word.from == word.text.len();
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
        (4..=text.len() - 4).find(|&at| {
            let (head, tail) = text.split_at(at);
            self.knows(head) && self.knows(tail)
        })
    }

    fn rewrite(&self, words: &[Word]) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let known = self.words.get(word.text.as_str());
            let rewrite = known.and_then(|known| self.rewrite_at(known, words, at));
            let Some(rewrite) = rewrite else {
                tokens.push(self.token(&word.text, word, word));
                at += 1;
                continue;
            };
            let last = words.get(at + rewrite.from.len() - 1).unwrap_or(word);
            for (place, text) in rewrite.to.iter().enumerate() {
                let mut token = self.token(text, word, last);
                token.after_break &= place == 0;
                tokens.push(token);
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

    fn token(&self, text: &str, first: &Word, last: &Word) -> Token {
        let (surface, stem, stop) = match self.words.get(text) {
            Some(known) => (known.surface, known.stem, known.stop),
            None => (UNKNOWN, self.stems.get(self.stem(text).as_str()).copied().unwrap_or(UNKNOWN), Stop::No),
        };
        Token {
            text: text.to_owned(),
            surface,
            stem,
            stop,
            from: first.from,
            to: last.to,
            after_break: first.after_break,
        }
    }

    fn add_rewrites(&mut self, tables: &Tables) {
        let mut pairs: Vec<(Words, Words)> = Vec::new();
        for row in &tables.synonyms {
            for variant in tables::items(&row.variants) {
                pairs.push((plain_words(variant), plain_words(&row.canonical)));
            }
        }
        let singles: Map<Box<str>, Words> = pairs
            .iter()
            .filter(|(from, _)| from.len() == 1)
            .filter_map(|(from, to)| Some((from.first()?.clone(), to.clone())))
            .collect();
        for row in &tables.abbreviations {
            let long = plain_words(&row.long);
            let canonical =
                long.into_iter().flat_map(|word| singles.get(&word).cloned().unwrap_or_else(|| vec![word]));
            pairs.push((plain_words(&row.short), canonical.collect()));
        }
        for (from, to) in pairs {
            if from != to && !from.is_empty() && !to.is_empty() {
                self.add_rewrite(from, to);
            }
        }
        for group in &mut self.rewrites {
            group.sort_by_key(|rewrite| std::cmp::Reverse(rewrite.from.len()));
        }
    }

    fn add_rewrite(&mut self, from: Vec<Box<str>>, to: Vec<Box<str>>) {
        for word in from.iter().chain(&to) {
            self.learn(word);
        }
        let Some(known) = from.first().and_then(|first| self.words.get_mut(first)) else { return };
        if known.rewrites == 0 {
            self.rewrites.push(Vec::new());
            known.rewrites = self.rewrites.len();
        }
        let group = known.rewrites - 1;
        if let Some(group) = self.rewrites.get_mut(group)
            && group.iter().all(|known| known.from != from)
        {
            group.push(Rewrite { from, to });
        }
    }

    fn add_stop_words(&mut self, tables: &Tables) {
        for row in &tables.stop_words {
            let words = plain_words(&row.word);
            if let [word] = words.as_slice() {
                self.learn(word);
                let stop = match row.kind.as_str() {
                    "common" => Stop::Common,
                    "ad" => Stop::Ad,
                    _ => Stop::Benefit,
                };
                if let Some(known) = self.words.get_mut(word) {
                    known.stop = stop;
                }
            }
        }
    }

    fn learn_words(&mut self, phrase: &str) {
        for word in plain_words(phrase) {
            self.learn(&word);
        }
    }

    fn learn(&mut self, word: &str) {
        if self.words.contains_key(word) {
            return;
        }
        let stem = self.stem(word);
        let next = u32::try_from(self.stems.len()).unwrap_or(UNKNOWN);
        let stem = *self.stems.entry(stem.into()).or_insert(next);
        let surface = u32::try_from(self.words.len()).unwrap_or(UNKNOWN);
        self.words.insert(word.into(), Known { surface, stem, ..Known::default() });
    }

    fn add_phrase(&mut self, concept: Concept, phrase: &str) {
        let mut repaired = words::split(phrase);
        for word in &mut repaired {
            word.after_break = false;
        }
        let mut tokens = self.rewrite(&repaired);
        if tokens.iter().any(|token| token.stop != Stop::Common) {
            tokens.retain(|token| token.stop != Stop::Common);
        }
        if tokens.is_empty() || tokens.len() > LONGEST_PHRASE {
            return;
        }
        let mut node = 0_u32;
        for token in &tokens {
            let next = u32::try_from(self.phrases.len()).unwrap_or(UNKNOWN);
            let child = *self.edges.entry(edge(node, token.stem)).or_insert(next);
            if child == next {
                self.phrases.push(Vec::new());
            }
            node = child;
        }
        let surfaces: Box<[u32]> = tokens.iter().map(|token| token.surface).collect();
        let Some(here) = self.phrases.get_mut(node as usize) else { return };
        let is_new = here.iter().all(|known| known.concept != concept || known.surfaces != surfaces);
        if is_new {
            here.push(Phrase { concept, surfaces });
            if concept.kind == Kind::Occupation {
                let stems = tokens.iter().map(|token| token.stem).collect();
                self.aliases.push(Alias { occupation: concept.row, stems });
            }
        }
    }
}

/// Every phrase of the tables with its meaning.
fn phrases_of(tables: &Tables) -> impl Iterator<Item = (Concept, &str)> {
    let occupations = tables.occupations.iter().map(|row| (&row.title, &row.aliases));
    let skills = tables.skills.iter().map(|row| (&row.label, &row.aliases));
    let programmes = tables.programmes.iter().map(|row| (&row.name, &row.aliases));
    let certificates = tables.certificates.iter().map(|row| (&row.label, &row.aliases));
    let education = tables.education.iter().map(|row| (&row.label, &row.aliases));
    let majors = tables.majors.iter().map(|row| (&row.label, &row.aliases));
    with_kind(Kind::Occupation, occupations)
        .chain(with_kind(Kind::Skill, skills))
        .chain(with_kind(Kind::Programme, programmes))
        .chain(with_kind(Kind::Certificate, certificates))
        .chain(with_kind(Kind::Education, education))
        .chain(with_kind(Kind::Major, majors))
}

fn with_kind<'a>(
    kind: Kind,
    rows: impl Iterator<Item = (&'a String, &'a String)>,
) -> impl Iterator<Item = (Concept, &'a str)> {
    rows.zip(0_u16..).flat_map(move |((name, aliases), row)| {
        let concept = Concept { kind, row };
        std::iter::once(name.as_str()).chain(tables::items(aliases)).map(move |phrase| (concept, phrase))
    })
}

fn plain_words(text: &str) -> Vec<Box<str>> {
    words::split(text).into_iter().map(|word| word.text.into()).collect()
}

/// Whether a stop word stands in a phrase only by its stem: `pendidikan` of every ad is no `mendidik`.
fn weak(surfaces: &[u32], tokens: &[Token]) -> bool {
    let content = tokens.iter().filter(|token| token.stop != Stop::Common);
    content.zip(surfaces).any(|(token, &surface)| token.stop != Stop::No && token.surface != surface)
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
