//! A line of an advertisement with what is needed to tell whether it names a job.
//!
//! Belongs here: marks, heads, numbers of people, what speaks for a name. Does not belong here: which lines make up a
//! position (`posting`).

use crate::reading::cues::{self, Cue};
use crate::reading::lexicon::{Kind, LEXICON, Match, Token};
use crate::reading::posting::{MOST_WORDS, confidence, does_something, names_a_job};
use crate::reading::signs::{self, Sign};

/// Least confidence by which a line is taken for the heading of a position.
const HEADING: u16 = 600;

/// How a line is marked as one of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Bullet,
    Counted(char),
}

/// A line of an ad with what is needed to tell whether it names a job.
pub(super) struct Line<'a> {
    /// As written.
    pub(super) whole: &'a str,
    pub(super) mark: Mark,
    /// Without its mark.
    pub(super) body: &'a str,
    /// What may be the name of a job: up to the first colon, bracket, dash or number of people.
    pub(super) head: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) found: Vec<cues::Found>,
    pub(super) names_seats: bool,
}

impl<'a> Line<'a> {
    pub(super) fn read(whole: &'a str) -> Option<Self> {
        let whole = whole.trim();
        if !whole.chars().any(char::is_alphanumeric) {
            return None;
        }
        let (mark, body) = marked(whole);
        let tokens = LEXICON.tokens(body);
        let found = cues::find(&tokens);
        let head = head_of(body);
        let names_seats = seats_in(body).is_some();
        Some(Self { whole, mark, body, head, tokens, found, names_seats })
    }

    fn opens_with(&self, cue: Cue, words: usize) -> bool {
        cues::opens_with(&self.found, cue, words)
    }

    fn has(&self, cue: Cue) -> bool {
        self.found.iter().any(|one| one.cue == cue)
    }

    /// Whether the line opens what holds for all positions.
    pub(super) fn opens_common(&self) -> bool {
        self.opens_with(Cue::Common, 1) || self.opens_with(Cue::Deny, 1)
    }

    /// `Kualifikasi:`, `Syarat` and their like, alone on a line.
    pub(super) fn heads_demands(&self) -> bool {
        self.tokens.len() <= 3 && self.opens_with(Cue::Common, 1) && self.mark == Mark::None
    }

    pub(super) fn seats(&self) -> Option<u32> {
        seats_in(self.body).map(|(_, seats)| seats)
    }

    pub(super) fn is_counted(&self) -> bool {
        matches!(self.mark, Mark::Counted(_))
    }

    pub(super) fn names_a_job(&self) -> bool {
        let tokens = LEXICON.tokens(self.head);
        tokens.len() <= MOST_WORDS && names_a_job(&tokens)
    }

    /// `Kami membuka lowongan:` and its like.
    pub(super) fn announces(&self) -> bool {
        self.has(Cue::Seek) && self.whole.ends_with(':')
    }

    /// `~ posisi 1 ~`, `LOWONGAN B` and their like, alone on a line.
    pub(super) fn numbers_position(&self) -> bool {
        let [name, number] = self.tokens.as_slice() else { return false };
        let is_number = number.text.len() <= 2 && number.text.bytes().all(|byte| byte.is_ascii_digit());
        signs::says(&name.text, Sign::Position) && (is_number || number.text.len() == 1)
    }

    /// `SABLON KAOS : afdruk, rakel, press`.
    fn is_labelled(&self) -> bool {
        let told = self.body.get(self.head.len()..).and_then(|rest| rest.trim_start().strip_prefix(':'));
        told.is_some_and(|told| {
            told.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() > 1
        })
    }

    /// Whether the line is the heading of one of several positions.
    pub(super) fn is_heading(&self) -> bool {
        let counted = self.is_counted();
        let shouted = is_shouted(self.head);
        let stands_alone =
            shouted && self.mark == Mark::None && (self.head == self.body || self.is_labelled());
        if !(counted || self.names_seats || stands_alone) {
            return false;
        }
        let denied = [Cue::Must, Cue::Deny, Cue::Paper, Cue::Common, Cue::Owned, Cue::Person, Cue::Seek];
        let tokens = LEXICON.tokens(self.head);
        if tokens.is_empty()
            || tokens.len() > MOST_WORDS + 2
            || denied.iter().any(|&cue| self.opens_with(cue, 1))
            || crate::reading::lines::opens_requirement(&tokens)
        {
            return false;
        }
        let denies = |one: &cues::Found| matches!(one.cue, Cue::Deny | Cue::DenyLine | Cue::Denied);
        if cues::find(&tokens).iter().any(denies) {
            return false;
        }
        let papers = |one: &Match| matches!(one.concept.kind, Kind::Certificate | Kind::Education);
        if LEXICON.matches(&tokens).iter().any(papers) {
            return false;
        }
        if !self.names_seats && !names_a_job(&tokens) {
            return false;
        }
        // `C. PEMERAH SANTAN (3)`: a mark and a number of people name a position, whatever it is called.
        if counted && self.names_seats && !does_something(&tokens) {
            return true;
        }
        let confidence = confidence(self.head);
        let evidence = u16::from(counted) + u16::from(self.names_seats) + u16::from(shouted);
        confidence >= if evidence > 1 { HEADING - 150 } else { HEADING }
    }

    /// Candidates for the name of the job, each with what speaks for it.
    pub(super) fn names(&self) -> Vec<(&'a str, i32)> {
        let mut names = vec![(self.head, 0)];
        names.extend(quoted(self.body).map(|quoted| (head_of(quoted), 150)));
        for seek in self.found.iter().filter(|one| one.cue == Cue::Seek) {
            let rest = self.tokens.get(seek.end).and_then(|next| self.body.get(next.from..));
            // A banner goes on with a job or with anything.
            let is_banner =
                self.tokens.get(seek.first).is_some_and(|word| signs::says(&word.text, Sign::Position));
            let bonus = |name: &str| if is_banner { sought(name) / 2 } else { sought(name) };
            names.extend(rest.map(head_of).map(|name| (name, bonus(name))));
        }
        names.iter_mut().for_each(|(name, _)| *name = before_company(name));
        names.retain(|(name, _)| name.chars().any(char::is_alphabetic));
        names
    }

    /// What speaks for and against the line as the one that names the job.
    pub(super) fn merit(&self) -> i32 {
        let mut merit = 0;
        if self.names_seats {
            merit += 200;
        }
        if is_shouted(self.head) {
            merit += 60;
        }
        for (cue, cost) in [(Cue::Deny, 400), (Cue::Paper, 500), (Cue::Must, 300), (Cue::Person, 150)] {
            if self.opens_with(cue, 3) {
                merit -= cost;
            }
        }
        if crate::reading::lines::opens_requirement(&self.tokens) {
            merit -= 400;
        }
        if self.has(Cue::DenyLine) {
            merit -= 300;
        }
        merit
    }

    /// The line without a name that was taken out of it.
    pub(super) fn without(&self, name: &str) -> String {
        match self.body.find(name) {
            Some(at) => {
                let (before, after) = (&self.body[..at], &self.body[at + name.len()..]);
                format!("{before} {after}").trim().to_owned()
            }
            None => self.body.to_owned(),
        }
    }

    /// What a common line says to one position: `Gaji: ➀ 2,6 jt ➁ 3 jt` is cut at its marks.
    pub(super) fn share_of(&self, own: Mark, marks: &[Mark]) -> Option<String> {
        let Mark::Counted(sign) = own else { return Some(self.whole.to_owned()) };
        let signs: Vec<char> = marks
            .iter()
            .filter_map(|mark| if let Mark::Counted(sign) = mark { Some(*sign) } else { None })
            .filter(|sign| !sign.is_ascii())
            .collect();
        let places: Vec<usize> = signs.iter().filter_map(|sign| self.whole.find(*sign)).collect();
        if places.len() < 2 {
            return Some(self.whole.to_owned());
        }
        let at = self.whole.find(sign)?;
        let end = places.iter().copied().filter(|&place| place > at).min().unwrap_or(self.whole.len());
        let first = places.iter().copied().min().unwrap_or(0);
        let opening = self.whole.get(..first).unwrap_or_default();
        Some(format!("{opening}{}", self.whole.get(at..end).unwrap_or_default()))
    }
}

/// The mark at the front of a line and what follows it.
fn marked(line: &str) -> (Mark, &str) {
    let is_sign = |c: char| !c.is_alphanumeric() && !matches!(c, '"' | '(' | '[' | '“');
    let bare = line.trim_start_matches(is_sign);
    let had_sign = bare.len() < line.len();
    let circled = |c: char| matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}');
    if let Some(sign) = line.chars().next().filter(|c| circled(*c)) {
        let rest = line.get(sign.len_utf8()..).unwrap_or_default();
        return (Mark::Counted(sign), rest.trim_start_matches(is_sign));
    }
    let open = bare.strip_prefix('(').unwrap_or(bare);
    let mut characters = open.chars();
    let (first, second) = (characters.next().unwrap_or(' '), characters.next().unwrap_or(' '));
    let third = characters.next().unwrap_or(' ');
    let closes = |c: char| matches!(c, '.' | ')' | '\u{fe0f}' | '\u{20e3}');
    if first.is_ascii_alphanumeric() && closes(second) && !third.is_ascii_digit() {
        let rest = open.get(first.len_utf8()..).unwrap_or_default();
        return (Mark::Counted(first.to_ascii_lowercase()), rest.trim_start_matches(is_sign));
    }
    (if had_sign { Mark::Bullet } else { Mark::None }, bare)
}

/// The front of a text that may be the name of a job.
fn head_of(text: &str) -> &str {
    const ENDS: [&str; 13] = [":", "(", "[", " - ", "–", "—", ">>", "...", "…", "=", "\"", "”", " utk "];
    let mut end =
        ENDS.iter().filter_map(|sign| text.find(sign)).filter(|&at| at > 0).min().unwrap_or(text.len());
    if let Some((at, _)) = seats_in(text).filter(|&(at, _)| at > 0) {
        end = end.min(at);
    }
    if let Some(at) = text.find([',', ';', '!', '?']).filter(|&at| at > 0) {
        end = end.min(at);
    }
    let head = text.get(..end).unwrap_or(text);
    head.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '+' | '#'))
}

/// What speaks for a name that follows a word like `dicari`: all of it where it is known to be a job, as a banner may go on
/// with anything (`LOKER PROYEK & PABRIK`).
fn sought(name: &str) -> i32 {
    const MOST: i32 = 250;
    const LEAST: i32 = 120;
    (LEAST + i32::from(confidence(name)) / 2).min(MOST)
}

/// Where a number of people is said, and the number (`8 orang`, `kuota 15`).
fn seats_in(text: &str) -> Option<(usize, u32)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let number = text.get(start..at).and_then(|digits| digits.parse().ok()).filter(|&number| number > 0);
        let rest = text.get(at..).unwrap_or_default().trim_start().to_ascii_lowercase();
        let rest = rest.strip_prefix('(').map_or(rest.as_str(), |inner| {
            inner.split_once(')').map_or(inner, |(_, after)| after.trim_start())
        });
        let unit: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
        if signs::says(&unit, Sign::People) {
            return number.map(|number| (start, number));
        }
        // `KOKI (2)`
        let is_bracketed = text.get(..start).is_some_and(|before| before.trim_end().ends_with('('));
        if is_bracketed && at - start <= 3 && text.get(at..).is_some_and(|after| after.starts_with(')')) {
            return text.get(..start)?.rfind('(').zip(number);
        }
    }
    None
}

/// A name up to where a company begins (`Kasir PT ..`, `penjahit CV ..`).
fn before_company(name: &str) -> &str {
    let starts = name.split_inclusive(' ').scan(0, |at, word| {
        let start = *at;
        *at += word.len();
        Some((start, word.trim().trim_end_matches('.').to_lowercase()))
    });
    let company = starts.into_iter().find(|(_, word)| signs::says(word, Sign::Company));
    company.map_or(name, |(at, _)| name.get(..at).unwrap_or_default().trim_end())
}

/// What stands in quotation marks at the front.
fn quoted(text: &str) -> Option<&str> {
    let open = text.find(['"', '“']).filter(|&at| at < 3)?;
    let inner = text.get(open..)?.trim_start_matches(['"', '“']);
    let close = inner.find(['"', '”'])?;
    inner.get(..close).filter(|name| name.len() > 3)
}

/// Mostly capitals.
fn is_shouted(text: &str) -> bool {
    let (upper, lower) = text.chars().fold((0_u32, 0_u32), |(upper, lower), c| {
        (upper + u32::from(c.is_uppercase()), lower + u32::from(c.is_lowercase()))
    });
    upper >= 4 && upper >= lower * 3
}
