//! A line of an ad as the finders of criteria see it: words and phrases with what they say, numbers, and the signs
//! between them. The phrases are `index/criteria.csv`.
//!
//! Belongs here: cutting and looking up. Does not belong here: what makes a criterion (`age`, `person`, `duties`).

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::{
    domain::flag::FlagKind,
    reading::{
        hash::Map,
        tables::TABLES,
        words::{self, Word},
    },
};

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A criterion by itself: a limit of age.
    Age,
    /// The same: family.
    MaritalStatus,
    /// The same: looks.
    Looks,
    /// The same: belief.
    Religion,
    /// The same: origin.
    Ethnicity,
    /// The same: the body.
    PhysicalCondition,
    /// The same: pregnancy.
    Pregnancy,
    /// It sounds like a criterion and is none.
    Harmless,
    /// "usia": an age follows.
    AgeWord,
    /// Whose age is no applicant's.
    OtherAge,
    /// "kelahiran": a year of birth follows.
    Born,
    /// "maksimal".
    AtMost,
    /// "minimal".
    AtLeast,
    /// "tahun".
    Years,
    /// "ke bawah", behind a number.
    Below,
    /// "ke atas", behind a number.
    Above,
    /// A number in words from twenty on.
    Ten,
    /// Years beside it are no age: experience, contracts, guarantees.
    Span,
    /// A unit that is no year.
    Unit,
    /// A man is named.
    Man,
    /// A woman is named.
    Woman,
    /// A letter that may stand for a man.
    ManLetter,
    /// A letter that may stand for a woman.
    WomanLetter,
    /// "jenis kelamin".
    Gender,
    /// "orang": seats are counted.
    People,
    /// Goods and places for one sex or belief.
    Goods,
    /// Unmarried or married, where it stands alone.
    Single,
    /// "status".
    Status,
    /// "penampilan".
    Appearance,
    /// "menarik".
    Appeal,
    /// "tinggi badan".
    Height,
    /// "proporsional".
    Fitting,
    /// A religion.
    Belief,
    /// "agama".
    Faith,
    /// An institution, subject or allowance that is named after a religion.
    School,
    /// "suku".
    Tribe,
    /// "hamil".
    Pregnant,
    /// "tidak".
    Deny,
    /// What follows is not asked for.
    Waived,
    /// What stands before is not asked for.
    WaivedAfter,
    /// Words that hold an enumeration of limits together.
    Link,
    /// Something that is paid for.
    Fee,
    /// Somebody is to pay.
    Payer,
    /// Nobody is to pay, or another.
    Free,
    /// "Rp".
    Money,
    /// "ribu".
    Thousand,
    /// A diploma or another paper that is its owner's.
    Diploma,
    /// It is kept.
    Hold,
    /// It is handed over.
    Handed,
    /// "asli".
    Original,
    /// A copy, or only shown.
    Copied,
}

impl Mark {
    /// The criterion that the phrase is by itself.
    pub(super) fn asks(self) -> Option<FlagKind> {
        match self {
            Self::Age => Some(FlagKind::Age),
            Self::MaritalStatus => Some(FlagKind::MaritalStatus),
            Self::Looks => Some(FlagKind::Looks),
            Self::Religion => Some(FlagKind::Religion),
            Self::Ethnicity => Some(FlagKind::Ethnicity),
            Self::PhysicalCondition => Some(FlagKind::PhysicalCondition),
            Self::Pregnancy => Some(FlagKind::Pregnancy),
            _ => None,
        }
    }
}

/// A phrase with all it says.
struct Phrase {
    words: Vec<String>,
    marks: Vec<Mark>,
}

/// Phrases by their first word, the longest first.
static PHRASES: LazyLock<Map<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut all: Map<String, Vec<Phrase>> = Map::default();
    for row in &TABLES.criteria {
        let words: Vec<String> = row.phrase.split(' ').map(str::to_owned).collect();
        let Some(first) = words.first().cloned() else { continue };
        let list = all.entry(first).or_default();
        match list.iter_mut().find(|known| known.words == words) {
            Some(known) => known.marks.push(row.kind),
            None => list.push(Phrase { words, marks: vec![row.kind] }),
        }
    }
    for list in all.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    all
});

/// A word, phrase or number of a line.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// What it says.
    marks: &'static [Mark],
    /// A whole number without separators.
    pub number: Option<u32>,
    /// An amount written with separators (`150.000`).
    pub is_amount: bool,
    /// The only or last word, in small letters.
    pub text: String,
    /// First byte in the line.
    pub from: usize,
    /// Byte after the last one.
    pub to: usize,
    /// A comma, bracket or the end of a sentence stands before it.
    pub breaks: bool,
    /// The end of a sentence stands before it.
    pub stops: bool,
    /// A dash stands before it.
    pub dash: bool,
    /// A bracket opens before it.
    pub opens: bool,
    /// A bracket closes before it.
    pub closes: bool,
}

/// A line of an ad.
pub(super) struct Line {
    items: Vec<Item>,
}

impl Line {
    /// Looks a line up.
    pub(super) fn read(text: &str) -> Self {
        let words: Vec<Word> =
            words::split(text).into_iter().flat_map(torn).fold(Vec::new(), |mut all, word| {
                join_amount(text, &mut all, word);
                all
            });
        let mut items: Vec<Item> = Vec::with_capacity(words.len());
        let (mut at, mut end) = (0, 0);
        while let Some(word) = words.get(at) {
            let gap = text.get(end..word.from).unwrap_or_default();
            let (length, marks) = longest(text, words.get(at..).unwrap_or_default());
            let last = words.get(at + length - 1).unwrap_or(word);
            let number = if length == 1 { last.text.parse().ok() } else { None };
            let mut item = Item {
                marks,
                number: number.or_else(|| marks.contains(&Mark::Ten).then_some(30)),
                is_amount: length == 1 && last.text.contains('.'),
                text: last.text.clone(),
                from: word.from,
                to: last.to,
                ..Item::default()
            };
            let rest = text.get(word.from..).unwrap_or_default();
            item.note(gap, items.last(), rest.starts_with(char::is_uppercase));
            // "SMK - 24 - 35 tahun": a dash parts a list, unless it stands between two numbers.
            let follows_number =
                items.last().is_some_and(|last| last.number.is_some() || last.marks.contains(&Mark::Years));
            let lists = item.dash && gap.ends_with(char::is_whitespace);
            item.breaks |= lists && !(follows_number && item.number.is_some());
            items.push(item);
            end = last.to;
            at += length;
        }
        Self { items }
    }

    /// Whether it breaks off where a number would follow.
    pub(super) fn wants_a_number(&self) -> bool {
        let limits = [Mark::AgeWord, Mark::AtMost, Mark::AtLeast];
        self.items.len().checked_sub(1).is_some_and(|last| self.is_any(last, &limits))
    }

    /// How many items.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Item> {
        self.items.get(at)
    }

    /// Whether the item says this; false beyond the line.
    pub(super) fn is(&self, at: usize, mark: Mark) -> bool {
        self.items.get(at).is_some_and(|item| item.marks.contains(&mark))
    }

    /// Whether the item says one of these.
    pub(super) fn is_any(&self, at: usize, marks: &[Mark]) -> bool {
        marks.iter().any(|mark| self.is(at, *mark))
    }

    /// The number at a place.
    pub(super) fn number(&self, at: usize) -> Option<u32> {
        self.items.get(at).and_then(|item| item.number)
    }

    /// Whether a break stands before the item, or the line ends there.
    pub(super) fn breaks(&self, at: usize) -> bool {
        self.items.get(at).is_none_or(|item| item.breaks)
    }

    /// The places up to `count` before an item, nearest first.
    pub(super) fn behind(&self, at: usize, count: usize) -> impl Iterator<Item = usize> {
        (at.saturating_sub(count)..at).rev()
    }

    /// The places up to `count` after an item.
    pub(super) fn ahead(&self, at: usize, count: usize) -> Range<usize> {
        at + 1..(at + 1 + count).min(self.items.len())
    }

    /// The places between the breaks around an item.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let start = (0..=at).rev().find(|&place| self.breaks(place)).unwrap_or(0);
        let end = (at + 1..self.items.len()).find(|&place| self.breaks(place)).unwrap_or(self.items.len());
        start..end
    }

    /// The places of the sentence around an item.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        let stops = |place: &usize| self.items.get(*place).is_none_or(|item| item.stops);
        let start = (0..=at).rev().find(stops).unwrap_or(0);
        let end = (at + 1..self.items.len()).find(stops).unwrap_or(self.items.len());
        start..end
    }

    /// Whether an item of the range says this.
    pub(super) fn any(&self, mut range: impl Iterator<Item = usize>, mark: Mark) -> bool {
        range.any(|at| self.is(at, mark))
    }

    /// The first item that says this.
    pub(super) fn first(&self, mark: Mark) -> Option<usize> {
        (0..self.items.len()).find(|&at| self.is(at, mark))
    }

    /// The criterion that an item is by itself.
    pub(super) fn asked(&self, at: usize) -> Option<FlagKind> {
        self.items.get(at)?.marks.iter().find_map(|mark| mark.asks())
    }

    /// Whether the ad says that what stands here is not asked for: before it in the sentence, or right behind it.
    pub(super) fn is_waived(&self, at: usize) -> bool {
        let sentence = self.sentence(at).start;
        let before = self.behind(at, 8).take_while(|&place| place >= sentence);
        let after = self.ahead(at, 5).take_while(|&place| !self.breaks(place));
        self.any(before, Mark::Waived) || self.any(after, Mark::WaivedAfter)
    }
}

impl Item {
    /// Reads the signs before an item.
    fn note(&mut self, gap: &str, before: Option<&Self>, is_capital: bool) {
        // "maks. 30" and "th. Pria" are no ends of sentences.
        let may_end = gap.contains('\n') || before.is_none_or(|item| item.text.chars().count() > 4);
        // A sentence that lost its space ("university.Maximum") ends as well.
        let lost_space = gap == "." && is_capital;
        let stops =
            gap.trim_start().starts_with('.') && gap.ends_with(char::is_whitespace) && may_end || lost_space;
        let breaks = |c: char| {
            matches!(c, ',' | ';' | '(' | ')' | '[' | ']' | '|' | '!' | '?' | '\n' | '\r' | '*' | '{' | '}')
                || !c.is_ascii()
                    && !c.is_whitespace()
                    && !matches!(c, '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201f}')
        };
        self.stops = before.is_none() || stops || gap.contains(['!', '?']);
        self.breaks = self.stops || gap.contains(breaks);
        self.dash = gap.contains(['-', '\u{2013}', '\u{2014}', '~']);
        self.opens = gap.contains(['(', '[']);
        self.closes = gap.contains([')', ']']);
    }
}

/// The longest phrase that begins here, as a number of words, with what it says. No phrase runs across a break.
fn longest(text: &str, words: &[Word]) -> (usize, &'static [Mark]) {
    let Some(first) = words.first() else { return (1, &[]) };
    for phrase in PHRASES.get(&first.text).into_iter().flatten() {
        let Some(here) = words.get(..phrase.words.len()) else { continue };
        let agrees = here.iter().zip(&phrase.words).all(|(word, wanted)| word.text == *wanted);
        let whole = here.windows(2).all(|two| {
            let gap = text.get(two[0].to..two[1].from).unwrap_or_default();
            !gap.contains([',', ';', '(', ')', '!', '?', '\n'])
        });
        if agrees && whole {
            return (phrase.words.len(), &phrase.marks);
        }
    }
    (1, &[])
}

/// Tears apart what the general splitter keeps whole: `27y`, `tb160`, and `3O`, whose letter is a nought.
fn torn(word: Word) -> Vec<Word> {
    let (head, tail) = word.text.split_at_checked(word.camel).unwrap_or_default();
    if word.camel > 0 && whole_in_text(&word) && [head, tail].iter().any(|part| says(part, &GLUED)) {
        return cut(&word, word.camel).into_iter().flat_map(torn).collect();
    }
    let turn = word.text.find(|c: char| !c.is_ascii_digit());
    let whole = whole_in_text(&word);
    match turn {
        Some(at) if at > 0 && word.text.get(at..) == Some("o") => {
            vec![Word { text: word.text.replace('o', "0"), ..word }]
        }
        // A dash that was read in another alphabet (`20â33`): its remains are a letter.
        Some(at) if at > 0 && word.text.get(at..).is_some_and(is_lost_dash) => {
            let (low, high) =
                (word.text.get(..at).unwrap_or_default(), word.text.get(at + 1..).unwrap_or_default());
            let low = Word { text: low.to_owned(), to: word.from + at, ..word.clone() };
            let high = Word { text: high.to_owned(), from: word.to - high.len(), ..word };
            if high.text.is_empty() { vec![low] } else { vec![low, high] }
        }
        Some(at) if at > 0 && whole => cut(&word, at),
        Some(0) if whole => {
            let digits = word.text.find(|c: char| c.is_ascii_digit());
            let head = digits.and_then(|at| word.text.get(..at)).unwrap_or_default();
            match digits {
                Some(at) if says(head, &TEARS) => cut(&word, at),
                _ => vec![word],
            }
        }
        _ => vec![word],
    }
}

fn is_lost_dash(text: &str) -> bool {
    text.strip_prefix('a').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Words that ads write without a space before a number.
const TEARS: [Mark; 6] = [Mark::Height, Mark::AtMost, Mark::AtLeast, Mark::AgeWord, Mark::Man, Mark::Woman];

/// Words that a lost line end glues to others (`TahunPendidikan`).
const GLUED: [Mark; 4] = [Mark::Years, Mark::AgeWord, Mark::Man, Mark::Woman];

/// Whether a word alone says one of these.
fn says(word: &str, marks: &[Mark]) -> bool {
    let single = |phrase: &&Phrase| phrase.words.len() == 1;
    let all = PHRASES.get(word).into_iter().flatten().filter(single);
    all.flat_map(|phrase| &phrase.marks).any(|mark| marks.contains(mark))
}

/// Whether the letters of a word are those of its place in the text.
fn whole_in_text(word: &Word) -> bool {
    word.to - word.from == word.text.len()
}

fn cut(word: &Word, at: usize) -> Vec<Word> {
    let (head, tail) = word.text.split_at(at);
    let middle = word.from + at;
    vec![
        Word { text: head.to_owned(), to: middle, camel: 0, ..word.clone() },
        Word { text: tail.to_owned(), from: middle, after_break: false, camel: 0, ..word.clone() },
    ]
}

/// Adds a word; digits behind a point or comma belong to the number before (`150.000`, `1,5`).
fn join_amount(text: &str, all: &mut Vec<Word>, word: Word) {
    let is_number = |word: &Word| word.text.starts_with(|c: char| c.is_ascii_digit());
    if let Some(last) = all.last_mut()
        && is_number(last)
        && is_number(&word)
        && matches!(text.get(last.to..word.from), Some("." | ","))
    {
        last.text = format!("{}.{}", last.text, word.text);
        last.to = word.to;
        return;
    }
    all.push(word);
}
