//! A line of an advertisement with what is needed to tell whether it names a job.
//!
//! Belongs here: marks, heads, what speaks for a name. Does not belong here: numbers of people (`seats`), which lines make
//! up a position (`posting`).

use crate::reading::cues::{self, Cue};
use crate::reading::facts;
use crate::reading::lexicon::{Kind, LEXICON, Match, Stop, Token};
use crate::reading::posting::seats::{after_count, is_number, seats_in};
use crate::reading::posting::{MOST_WORDS, confidence, does_something, names_a_job};
use crate::reading::signs::{self, Sign};
use crate::reading::words;

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
    /// An empty line stands above it.
    pub(super) after_blank: bool,
}

/// The lines of an ad, without empty ones; positions numbered in one line (`1) Sopir  2) Kernet`) have one each.
pub(super) fn all(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut after_blank = false;
    for whole in text.lines() {
        if whole.trim().is_empty() {
            after_blank = true;
        }
        for part in sentences(whole).into_iter().flat_map(numbered) {
            if let Some(line) = Line::read(part) {
                lines.push(Line { after_blank, ..line });
                after_blank = false;
            }
        }
    }
    lines
}

/// A paragraph cut at its sentences; a line of usual length stays whole.
fn sentences(line: &str) -> Vec<&str> {
    const LONG: usize = 160;
    if line.len() < LONG {
        return vec![line];
    }
    let ends = line.match_indices(". ").map(|(at, _)| at + 1).filter(|&at| {
        let before = &line[..at - 1];
        let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let next = line[at..].trim_start().chars().next();
        (letters > 3 || before.ends_with(')')) && next.is_some_and(char::is_uppercase)
    });
    let mut parts = Vec::new();
    let mut from = 0;
    for end in ends {
        parts.extend(line.get(from..end));
        from = end;
    }
    parts.extend(line.get(from..));
    parts
}

/// A line cut at the numbers of a list inside it, if it has two at least.
fn numbered(line: &str) -> Vec<&str> {
    let places = |close: char| -> Vec<usize> {
        let mut places = Vec::new();
        for number in 1..=9 {
            let sign = format!("{number}{close} ");
            let after = places.last().copied().unwrap_or_default();
            let found = line.get(after..).and_then(|rest| rest.find(&sign)).map(|at| after + at);
            let stands =
                |at: usize| line.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(' '));
            match found.filter(|&at| stands(at)) {
                Some(at) => places.push(at),
                None => break,
            }
        }
        places
    };
    let Some(places) = [places(')'), places('.')].into_iter().find(|places| places.len() > 1) else {
        return vec![line];
    };
    let starts = std::iter::once(0).chain(places.iter().copied());
    let ends = places.iter().copied().chain([line.len()]);
    starts.zip(ends).filter_map(|(start, end)| line.get(start..end)).collect()
}

impl<'a> Line<'a> {
    pub(super) fn read(whole: &'a str) -> Option<Self> {
        let whole = whole.trim();
        if !whole.chars().any(char::is_alphanumeric) {
            return None;
        }
        let (mark, body) = labelled(whole).unwrap_or_else(|| marked(whole));
        let tokens = LEXICON.tokens(body);
        let found = cues::find(&tokens);
        // `nyari pembatik 5 org`
        let sought =
            found.iter().filter(|one| one.cue == Cue::Seek && one.first == 0).map(|one| one.end).max();
        let from = sought.and_then(|end| tokens.get(end)).map_or(0, |next| next.from);
        let head = head_of(after_count(body.get(from..).unwrap_or(body)));
        let names_seats = seats_in(body).is_some();
        Some(Self { whole, mark, body, head, tokens, found, names_seats, after_blank: false })
    }

    fn opens_with(&self, cue: Cue, words: usize) -> bool {
        cues::opens_with(&self.found, cue, words)
    }

    fn has(&self, cue: Cue) -> bool {
        self.found.iter().any(|one| one.cue == cue)
    }

    /// Whether the line opens what holds for all positions.
    pub(super) fn opens_common(&self) -> bool {
        self.opens_with(Cue::Common, 1)
            || self.mark != Mark::Bullet && (self.opens_with(Cue::Asks, 1) || self.opens_with(Cue::Deny, 1))
    }

    /// Whether the line opens with what is asked for, and with nothing that holds for all.
    pub(super) fn only_asks(&self) -> bool {
        self.opens_with(Cue::Asks, 1) && !self.opens_with(Cue::Common, 1)
    }

    /// Whether the line says what is paid.
    pub(super) fn pays(&self) -> bool {
        facts::wage(self.whole, false).is_some()
    }

    /// `Kualifikasi:`, `Syarat` and their like, alone on a line.
    pub(super) fn heads_demands(&self) -> bool {
        let asks = self.opens_with(Cue::Common, 1) || self.opens_with(Cue::Asks, 1);
        self.tokens.len() <= 3 && asks && self.mark == Mark::None
    }

    pub(super) fn seats(&self) -> Option<u32> {
        seats_in(self.body).map(|(_, seats)| seats).or_else(|| self.number_at_end())
    }

    /// `MEKANIK MESIN JAHIT 👉 2`: nothing but a number stands behind the name.
    fn number_at_end(&self) -> Option<u32> {
        let rest = self.body.get(self.head.len()..).filter(|_| self.body.starts_with(self.head))?;
        let number = rest.trim_matches(|c: char| !c.is_alphanumeric());
        let is_short = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        number.parse().ok().filter(|&seats| is_short && seats > 0)
    }

    /// Whether the line only seeks (`DICARI`, `Dibutuhkan cepat`): the next one says whom.
    pub(super) fn only_seeks(&self) -> bool {
        let end =
            self.found.iter().filter(|one| one.cue == Cue::Seek && one.first == 0).map(|one| one.end).max();
        end.is_some_and(|end| {
            self.tokens.get(end..).unwrap_or_default().iter().all(|token| token.stop != Stop::No)
        })
    }

    /// `bisa:`, `Kualifikasi`: what is asked for stands below.
    pub(super) fn opens_demands(&self) -> bool {
        self.heads_demands()
            || self.tokens.len() <= 3
                && self.body.ends_with(':')
                && crate::reading::lines::opens_requirement(&self.tokens)
    }

    pub(super) fn is_shouted(&self) -> bool {
        is_shouted(self.head)
    }

    /// Whether its form says that the line is a heading: capitals, or a number of people.
    pub(super) fn is_told(&self) -> bool {
        self.names_seats || is_shouted(self.head)
    }

    /// Whether the line has the number or letter that follows that of another one.
    pub(super) fn is_next_to(&self, before: &Self) -> bool {
        let (Mark::Counted(own), Mark::Counted(other)) = (self.mark, before.mark) else { return false };
        let tokens = LEXICON.tokens(self.head);
        u32::from(own) == u32::from(other) + 1 && self.may_be_a_name(&tokens) && !does_something(&tokens)
    }

    /// Whether the line is a name with a number of people right behind it.
    pub(super) fn heads_seats(&self) -> bool {
        let tokens = LEXICON.tokens(self.head);
        self.may_be_a_name(&tokens)
            && !does_something(&tokens)
            && self.body.starts_with(self.head)
            && self.counted(self.head) > 0
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

    /// `SABLON KAOS : afdruk, rakel, press`, `KASIR - SMA, teliti`.
    fn is_labelled(&self) -> bool {
        let rest = self.body.get(self.head.len()..).map(str::trim_start);
        let told = rest.and_then(|rest| rest.strip_prefix([':', '-', '–']));
        told.is_some_and(|told| {
            told.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() > 1
        })
    }

    /// Whether its head may be the name of a job: short, no demand, no denial, no talk about papers, pay or contact.
    fn may_be_a_name(&self, head: &[Token]) -> bool {
        let barred = [Cue::Must, Cue::Deny, Cue::Paper, Cue::Common, Cue::Asks, Cue::Owned, Cue::Person];
        let is_short = (1..=MOST_WORDS + 2).contains(&head.len());
        let denies = |one: &cues::Found| matches!(one.cue, Cue::Deny | Cue::DenyLine | Cue::Denied);
        is_short
            && !barred.iter().any(|&cue| self.opens_with(cue, 1))
            && !crate::reading::lines::opens_requirement(head)
            && !cues::find(head).iter().any(denies)
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
        let tokens = LEXICON.tokens(self.head);
        let papers = |one: &Match| matches!(one.concept.kind, Kind::Certificate | Kind::Education);
        if !self.may_be_a_name(&tokens)
            || LEXICON.matches(&tokens).iter().any(papers)
            || !self.names_seats && !names_a_job(&tokens)
        {
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

    /// Candidates for the name of the job, each with what speaks for it and against it.
    pub(super) fn names(&self) -> Vec<(&'a str, i32)> {
        let whole = self.merit(0);
        let mut names = vec![(self.head, whole)];
        names.extend(quoted(self.body).map(|quoted| (head_of(quoted), whole + 150)));
        // In `what you need` nobody is sought.
        let is_part = |one: &&cues::Found| {
            self.found
                .iter()
                .any(|other| other.cue == Cue::Asks && other.first < one.first && one.end <= other.end)
        };
        for seek in self.found.iter().filter(|one| one.cue == Cue::Seek && !is_part(one)) {
            let rest = self.tokens.get(seek.end).and_then(|next| self.body.get(next.from..));
            // A banner goes on with a job or with anything.
            let is_banner =
                self.tokens.get(seek.first).is_some_and(|word| signs::says(&word.text, Sign::Position));
            let bonus = |name: &str| if is_banner { sought(name) / 2 } else { sought(name) };
            // What stands before the word does not speak against what follows it (`Info grup: dibutuhkan operator`).
            let merit = self.merit(seek.end);
            names.extend(rest.map(after_count).map(head_of).map(|name| (name, merit + bonus(name))));
            // `Dicari suami istri buat jaga kandang`: what the person is wanted for is the job.
            let purpose =
                rest.and_then(|rest| rest.split_once(" buat ")).map(|(_, purpose)| head_of(purpose));
            names.extend(purpose.map(|name| (name, merit + bonus(name))));
        }
        // `Teknisi HP buat counter kami` says for what; the front alone may be the better name.
        let fronts: Vec<(&str, i32)> =
            names.iter().filter_map(|(name, bonus)| Some((before_purpose(name)?, *bonus))).collect();
        names.extend(fronts);
        names.iter_mut().for_each(|(name, _)| *name = before_company(after_count(name)));
        names.iter_mut().for_each(|(name, bonus)| *bonus += self.counted(name));
        names.retain(|(name, _)| {
            LEXICON
                .tokens(name)
                .iter()
                .any(|token| !is_number(token) && !signs::says(&token.text, Sign::Measure))
        });
        names
    }

    /// What speaks for a name beside which a number of people stands, with nothing but signs or a bracket between them.
    fn counted(&self, name: &str) -> i32 {
        const COUNTED: i32 = 200;
        let (Some((seats, _)), Some(from)) = (seats_in(self.body), self.body.find(name)) else { return 0 };
        let to = from + name.len();
        let between = if seats < from { self.body.get(seats..from) } else { self.body.get(to..seats) };
        let parted = |text: &str| text.contains([',', '.', ';']);
        if between.is_some_and(|between| !parted(between)) || (from..to).contains(&seats) {
            COUNTED
        } else {
            0
        }
    }

    /// What speaks for and against the line from a token on as the one that names the job.
    fn merit(&self, from: usize) -> i32 {
        let opens = |cue: Cue, words: usize| {
            self.found.iter().any(|one| one.cue == cue && (from..from + words).contains(&one.first))
        };
        let mut merit = 0;
        if is_shouted(self.head) {
            merit += 60;
        }
        let against =
            [(Cue::Deny, 400), (Cue::Paper, 500), (Cue::Must, 300), (Cue::Asks, 300), (Cue::Person, 150)];
        merit -= against.iter().filter(|(cue, _)| opens(*cue, 3)).map(|(_, cost)| cost).sum::<i32>();
        if crate::reading::lines::opens_requirement(self.tokens.get(from..).unwrap_or_default()) {
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

/// `Posisi A: Kasir`, `Jabatan 2 - Sopir`: the letter or number behind the label is the mark.
fn labelled(line: &str) -> Option<(Mark, &str)> {
    let mut words = words::split(line).into_iter();
    let (label, sign, name) = (words.next()?, words.next()?, words.next()?);
    let character = sign.text.chars().next().filter(|_| sign.text.len() == 1)?;
    let parted = line.get(sign.to..name.from)?.contains([':', '-', '–', '.', ')']);
    let is_label = signs::says(&label.text, Sign::Position) && parted;
    is_label.then(|| (Mark::Counted(character), line.get(name.from..).unwrap_or_default()))
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
    const ENDS: [&str; 18] = [
        ":",
        "(",
        "[",
        " - ",
        "–",
        "—",
        ">>",
        "...",
        "…",
        "=",
        "\"",
        "”",
        " utk ",
        " di ",
        " sebanyak ",
        " jam ",
        "→",
        "➡",
    ];
    let mut end =
        ENDS.iter().filter_map(|sign| text.find(sign)).filter(|&at| at > 0).min().unwrap_or(text.len());
    if let Some((at, _)) = seats_in(text).filter(|&(at, _)| at > 0) {
        end = end.min(at);
    }
    if let Some(at) = text.find([',', ';', '!', '?']).filter(|&at| at > 0) {
        end = end.min(at);
    }
    // So does a picture.
    let is_picture = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !matches!(c, '\u{2010}'..='\u{201f}');
    if let Some(at) = text.find(is_picture).filter(|&at| at > 0) {
        end = end.min(at);
    }
    // A full stop behind a word ends it, one behind an abbreviation does not (`Staf Adm. Gudang`).
    let letters = |at: usize| text[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    end =
        text.match_indices(". ").map(|(at, _)| at).find(|&at| letters(at) > 4).map_or(end, |at| end.min(at));
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

/// A name up to what the person is wanted for.
fn before_purpose(name: &str) -> Option<&str> {
    [" buat ", " untuk "].iter().filter_map(|sign| name.find(sign)).min().and_then(|at| name.get(..at))
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
