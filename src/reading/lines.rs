//! An ad in lines, and what each line is: a task, a requirement, a wish, a benefit, talk about the company.
//!
//! Belongs here: cutting and naming. Does not belong here: concepts found in a line.

use serde::{Deserialize, Serialize};

use crate::reading::lexicon::{LEXICON, Stop, Token};
use crate::reading::signs::{self, Sign};

/// What a line of an ad says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The title.
    Title,
    /// Something to do.
    Task,
    /// Something the person must have.
    Requirement,
    /// Something that helps.
    Wish,
    /// Something the employer gives.
    Benefit,
    /// Talk about the company or how to apply.
    About,
    /// A structured field of the posting (skills, education, experience, category, wage).
    Field,
}

/// A line and its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it says.
    pub kind: LineKind,
    /// As written, trimmed of bullets.
    pub text: String,
}

/// Longest line kept whole; longer ones are cut at sentences.
const LONG: usize = 160;
/// Most lines read of one ad: real ones have fewer than 120.
const MOST_LINES: usize = 200;

/// Cuts a text into lines: at line ends, bullets, list numbers, sentence ends of long lines, and where a lost line
/// end glued two words together (`akuntingPenyetoran`).
#[must_use]
pub fn cut(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    for physical in text.split(['\n', '\r']) {
        let mut rest = physical;
        while let Some(at) = next_cut(rest) {
            let (head, tail) = rest.split_at(at);
            keep(head, &mut lines);
            rest = tail;
        }
        keep(rest, &mut lines);
    }
    lines.truncate(MOST_LINES);
    lines
}

/// The kind of each line, following headings (`Kualifikasi:`, `Tanggung jawab`) and words inside the line.
#[derive(Clone, Copy, Debug)]
pub struct Sections {
    current: LineKind,
}

impl Default for Sections {
    fn default() -> Self {
        Self { current: LineKind::Task }
    }
}

impl Sections {
    /// Starts in a given section, for fields that hold one kind of line.
    #[must_use]
    pub const fn starting(kind: LineKind) -> Self {
        Self { current: kind }
    }

    /// Names a line and moves to the section it opens. The flag tells that the line is a mere heading.
    pub fn name(&mut self, tokens: &[Token]) -> (LineKind, bool) {
        if names_company(tokens) {
            return (LineKind::About, false);
        }
        if let Some(section) = heading(tokens) {
            self.current = section;
            return (section, tokens.len() <= 5);
        }
        (within(tokens, self.current), false)
    }
}

/// The sections in the order in which their headings are tried.
const HEADINGS: [(LineKind, Sign); 5] = [
    (LineKind::Wish, Sign::HeadingWish),
    (LineKind::Requirement, Sign::HeadingRequirement),
    (LineKind::Task, Sign::HeadingTask),
    (LineKind::Benefit, Sign::HeadingBenefit),
    (LineKind::About, Sign::HeadingAbout),
];

/// A line of at most six words that names a section, or starts with such a name and a colon.
fn heading(tokens: &[Token]) -> Option<LineKind> {
    let words: Vec<&str> = tokens
        .iter()
        .filter(|token| token.text.len() > 1 && !is_number(&token.text))
        .map(|t| t.text.as_str())
        .collect();
    if words.is_empty() || words.len() > 6 {
        return opening(tokens);
    }
    for (kind, sign) in HEADINGS {
        let starts = words.iter().take(2).any(|word| signs::says(word, sign));
        let is_wish = kind == LineKind::Wish && !(words.contains(&"nilai") || words.len() <= 2);
        if starts
            && !is_wish
            && (words.len() <= 4 || tokens.get(1..).is_some_and(|rest| rest.iter().any(|t| t.after_break)))
        {
            return Some(kind);
        }
    }
    None
}

/// `PT Sumber Sandang, Grogol`: talk about the company that ends with its line, no heading of such talk.
fn names_company(tokens: &[Token]) -> bool {
    let [first, second, ..] = tokens else { return false };
    signs::says(&first.text, Sign::Company) && !second.after_break && second.stop == Stop::No
}

/// `Kualifikasi: lulusan SMK ..` opens its section although the line goes on.
fn opening(tokens: &[Token]) -> Option<LineKind> {
    let turn = tokens.iter().skip(1).take(4).position(|token| token.after_break)? + 1;
    let head = tokens.get(..turn)?;
    HEADINGS
        .iter()
        .skip(1)
        .find(|(_, sign)| head.iter().any(|token| signs::says(&token.text, *sign)))
        .map(|&(kind, _)| kind)
}

/// A line whose own words say what it is, else the section it stands in.
fn within(tokens: &[Token], section: LineKind) -> LineKind {
    let has = |sign| tokens.iter().any(|token| signs::says(&token.text, sign));
    let starts = |sign| tokens.iter().take(3).any(|token| signs::says(&token.text, sign));
    let pairs = |first: &str, second: &str| {
        tokens.windows(2).any(|two| two[0].text == first && two[1].text == second)
    };
    match section {
        LineKind::Benefit | LineKind::About if !starts(Sign::Demands) => section,
        // In a line of several clauses, one that only helps says nothing of the others (`scope`).
        _ if (starts(Sign::Helps) || !tokens.iter().skip(1).any(|token| token.after_break))
            && (has(Sign::Helps)
                || pairs("nilai", "tambah")
                || pairs("nilai", "plus")
                || pairs("lebih", "utama")) =>
        {
            LineKind::Wish
        }
        _ if has(Sign::Gives) && tokens.len() < 8 => LineKind::Benefit,
        LineKind::Wish => LineKind::Wish,
        LineKind::Task if starts(Sign::Demands) => LineKind::Requirement,
        _ => section,
    }
}

/// Whether a line begins like a demand on the person.
#[must_use]
pub fn opens_requirement(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|token| signs::says(&token.text, Sign::Demands))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn keep<'a>(line: &'a str, lines: &mut Vec<&'a str>) {
    let trimmed = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '*' | '•' | '·' | '–' | '●' | '▪' | ';')
    });
    if trimmed.chars().any(char::is_alphanumeric) {
        lines.push(trimmed);
    }
}

/// Where a physical line is cut next, in bytes; `None` when it stays whole.
fn next_cut(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let is_long = bytes.len() > LONG;
    (2..bytes.len()).find(|&at| line.is_char_boundary(at) && cuts_here(line, bytes, at, is_long))
}

fn cuts_here(line: &str, bytes: &[u8], at: usize, is_long: bool) -> bool {
    let (before, here) = (bytes[at - 1], bytes[at]);
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    let after_next = bytes.get(at + 2).copied().unwrap_or(b' ');
    match here {
        0xE2 | 0xEF => {
            line.get(at..).is_some_and(|rest| rest.starts_with(['•', '●', '▪', '➢', '✓', '✅', '❖', '■']))
        }
        0xC2 => line.get(at..).is_some_and(|rest| rest.starts_with('·')),
        b'-' => {
            next == b' '
                && (before == b' ' && is_long && !between_numbers(line, at)
                    || before.is_ascii_lowercase()
                    || before == b'.'
                    || before == b')')
        }
        b'0'..=b'9' => {
            let dotted = (next == b'.' || next == b')') && !after_next.is_ascii_digit();
            let two = next.is_ascii_digit() && matches!(after_next, b'.' | b')');
            (dotted || two && bytes.get(at + 3).is_none_or(|b| !b.is_ascii_digit()))
                && !before.is_ascii_digit()
                && before != b'.'
                && before != b','
                && (before == b' '
                    || before.is_ascii_lowercase() && bytes[at.saturating_sub(3)].is_ascii_lowercase())
        }
        b'A'..=b'Z' => {
            let sentence = is_long && before == b' ' && at > 20 && matches!(bytes[at - 2], b'.' | b';');
            sentence || before.is_ascii_lowercase() && glued(line, at)
        }
        _ => false,
    }
}

/// Whether a dash stands between the ends of a range (`1,8 - 2 juta`).
fn between_numbers(line: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (before, after) = (line.get(..at).unwrap_or_default(), line.get(at + 1..).unwrap_or_default());
    digit(before.trim_end().chars().next_back()) && digit(after.trim_start().chars().next())
}

/// Whether the capital at `at` starts a word that lost its line end: the whole is no known word, the head is.
fn glued(line: &str, at: usize) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    let start = line.get(..at).and_then(|head| head.rfind(|c| !is_letter(c))).map_or(0, |place| place + 1);
    let end =
        line.get(at..).and_then(|tail| tail.find(|c| !is_letter(c))).map_or(line.len(), |place| at + place);
    let (Some(head), Some(whole)) = (line.get(start..at), line.get(start..end)) else { return false };
    if head.len() < 3 || end - at < 3 {
        return false;
    }
    let (head, whole) = (head.to_ascii_lowercase(), whole.to_ascii_lowercase());
    let last = head.rfind(char::is_uppercase).map_or(head.as_str(), |place| &head[place..]);
    !LEXICON.knows(&whole) && (LEXICON.knows(last) || LEXICON.stem_number(&LEXICON.stem(last)).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(LineKind, bool)> {
        let mut sections = Sections::default();
        cut(text).into_iter().map(|line| sections.name(&LEXICON.tokens(line))).collect()
    }

    #[test]
    fn cuts_lists_written_in_one_line() {
        let lines = cut("1. Membuat laporan 2. Input data 3. Arsip");
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert_eq!(cut("Gaji Rp 3.000.000 sampai 4.500.000").len(), 1);
        assert_eq!(cut("SMA/SMK diutamakan2 . Pengalaman 1 tahun").len(), 1);
    }

    #[test]
    fn headings_name_the_lines_below_them() {
        let named =
            kinds("Tugas:\nMenjahit baju\nKualifikasi:\nSMA sederajat\nDiutamakan bisa obras\nBenefit\nBPJS");
        let kinds: Vec<LineKind> = named.iter().map(|one| one.0).collect();
        assert_eq!(
            kinds,
            [
                LineKind::Task,
                LineKind::Task,
                LineKind::Requirement,
                LineKind::Requirement,
                LineKind::Wish,
                LineKind::Benefit,
                LineKind::Benefit
            ]
        );
        assert!(named[0].1 && !named[1].1);
    }

    #[test]
    fn the_name_of_a_company_is_no_heading() {
        let after = |first: &str| kinds(&format!("{first}\nMenjahit baju"))[1].0;
        assert_eq!(after("PT Sumber Sandang, Grogol"), LineKind::Task);
        assert_eq!(kinds("PT Sumber Sandang, pabrik kemasan")[0].0, LineKind::About);
        assert_eq!(after("Perusahaan:"), LineKind::About);
        assert_eq!(after("Tentang perusahaan"), LineKind::About);
    }
}
