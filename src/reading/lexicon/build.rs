//! Builds the vocabulary from the tables: words, rewritings, stop words and the tree of phrases.
//!
//! Belongs here: what happens once at the start. Does not belong here: reading texts.

use crate::reading::{
    hash::{Map, Set},
    lexicon::{
        Alias, Concept, Form, Kind, Known, LONGEST_PHRASE, Lexicon, Phrase, Rewrite, Stop, Token, UNKNOWN,
        Words, edge,
    },
    tables::{self, Tables, TitleRow},
    typos::Typos,
    words,
};

/// From so many ads on a stem is a word, not a slip of the keyboard.
const USUAL: u32 = 8;
/// Words across which a phrase runs (`quality and control`); other function words are part of it.
const GLUE: [&str; 26] = [
    "dan", "atau", "di", "ke", "dari", "yang", "untuk", "dengan", "pada", "dalam", "oleh", "para", "serta",
    "and", "or", "of", "the", "for", "in", "to", "with", "a", "an", "at", "on", "secara",
];
impl Lexicon {
    /// Builds the vocabulary for texts.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Self::build(tables, &[])
    }

    /// Builds the vocabulary with the titles of titles.csv, for coding alone: their words would make a reader of texts
    /// take slips of the keyboard for words.
    #[must_use]
    pub fn with_titles(tables: &Tables) -> Self {
        Self::build(tables, &tables.titles)
    }

    fn build(tables: &Tables, titles: &[TitleRow]) -> Self {
        let mut lexicon = Self { phrases: vec![Vec::new()], ..Self::default() };
        let stems = tables.stems.iter().map(|row| (row.word.as_str().into(), row.stem.as_str().into()));
        lexicon.stem_exceptions = stems.collect();
        lexicon.add_rewrites(tables);
        lexicon.add_stop_words(tables);
        for phrase in phrases_of(tables) {
            lexicon.learn_words(phrase.1);
        }
        for row in titles {
            lexicon.learn_words(&row.title);
        }
        for row in &tables.cues {
            lexicon.learn_words(&row.phrase);
        }
        for row in &tables.signs {
            lexicon.learn(&row.word);
        }
        let usual = tables.rarity.iter().filter(|row| row.ads >= USUAL);
        lexicon.usual = usual.map(|row| row.stem.as_str().into()).collect();
        for (concept, phrase) in phrases_of(tables) {
            lexicon.add_phrase(concept, phrase);
        }
        lexicon.add_titles(tables, titles);
        if tables.mends_words {
            lexicon.typos = Typos::new(lexicon.words.keys().map(AsRef::as_ref));
            lexicon.mends_words = true;
        }
        lexicon
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
                    "common" if GLUE.contains(&word.as_ref()) => Stop::Glue,
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
        let form = Form::of(word, &stem);
        let next = u32::try_from(self.stems.len()).unwrap_or(UNKNOWN);
        let stem = *self.stems.entry(stem.into()).or_insert(next);
        let surface = u32::try_from(self.words.len()).unwrap_or(UNKNOWN);
        self.words.insert(word.into(), Known { surface, stem, form, ..Known::default() });
    }

    fn phrase_tokens(&self, phrase: &str) -> Vec<Token> {
        let mut repaired = words::split(phrase);
        for word in &mut repaired {
            word.after_break = false;
        }
        let mut tokens = self.rewrite(repaired);
        if tokens.iter().any(|token| token.stop != Stop::Glue) {
            tokens.retain(|token| token.stop != Stop::Glue);
        }
        tokens
    }

    /// Titles are names for the coder; they mean nothing inside a text. Where one has the stems of a name in
    /// occupations.csv, that file has the last word.
    fn add_titles(&mut self, tables: &Tables, titles: &[TitleRow]) {
        let rows: Map<&str, u16> =
            tables.occupations.iter().map(|row| row.kbji.as_str()).zip(0_u16..).collect();
        let named: Set<Vec<u32>> = self.aliases.iter().map(|alias| alias.stems.clone()).collect();
        for row in titles {
            let tokens = self.phrase_tokens(&row.title);
            let stems: Vec<u32> = tokens.iter().map(|token| token.stem).collect();
            if stems.is_empty() || named.contains(&stems) {
                continue;
            }
            let words: Box<[Box<str>]> = tokens.iter().map(|token| token.text.as_str().into()).collect();
            for &occupation in tables::items(&row.codes).filter_map(|code| rows.get(code)) {
                self.aliases.push(Alias { occupation, stems: stems.clone(), words: words.clone() });
            }
        }
    }

    fn add_phrase(&mut self, concept: Concept, phrase: &str) {
        let tokens = self.phrase_tokens(phrase);
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
            let form = tokens.first().map_or(Form::Other, |token| token.form);
            here.push(Phrase { concept, surfaces, form });
            if concept.kind == Kind::Occupation {
                let stems = tokens.iter().map(|token| token.stem).collect();
                let words = tokens.into_iter().map(|token| token.text.into()).collect();
                self.aliases.push(Alias { occupation: concept.row, stems, words });
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
