//! An advertisement as it was posted: banner, company and place first, the job anywhere, sometimes several jobs in one.
//!
//! Belongs here: finding the title and the positions. Does not belong here: what a position means (`job`).

use crate::reading::code;
use crate::reading::coder::ADVERTISED;
use crate::reading::cues::{self, Cue};
use crate::reading::job::JobText;
use crate::reading::lexicon::{Kind, LEXICON, Match, Stop, Token};
use crate::reading::signs::{self, Sign};
use crate::reading::title;

/// One position of an advertisement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// The name of the job as written.
    pub title: String,
    /// What stands before it: banner, company, place. It says nothing about the work.
    pub about: String,
    /// What belongs to this position, and what holds for all.
    pub description: String,
    /// How many people are wanted, where the line that names the position says it.
    pub seats: Option<u32>,
}

impl Position {
    /// The texts for a reader of jobs.
    #[must_use]
    pub fn text(&self) -> JobText<'_> {
        JobText {
            title: &self.title,
            about: &self.about,
            description: &self.description,
            ..JobText::default()
        }
    }
}

/// Least confidence by which a line is taken for the heading of a position.
const HEADING: u16 = 600;
/// Least confidence by which the line above a list is the name of the job whose tasks follow.
const NAMED: u16 = 500;
/// Least confidence by which a part of a title is a job of its own.
const SURE: u16 = 700;
/// Most words of the name of a job.
const MOST_WORDS: usize = 6;

/// The positions of an advertisement, at least one unless it is empty.
#[must_use]
pub fn positions(text: &str) -> Vec<Position> {
    let lines: Vec<Line<'_>> = text.lines().filter_map(Line::read).collect();
    let listed = listed_in(&lines);
    if !listed.is_empty() {
        return listed;
    }
    let Some((at, name)) = best_title(&lines) else { return Vec::new() };
    let before = lines.get(..at).unwrap_or_default();
    let rest = lines.get(at).map(|line| line.without(name)).unwrap_or_default();
    let after = lines.get(at + 1..).unwrap_or_default().iter().map(|line| line.whole);
    let about = joined(before.iter().map(|line| line.whole));
    let description = joined(std::iter::once(rest.as_str()).chain(after));
    let jobs = jobs_of(name);
    // A number beside two names is the number of neither.
    let seats = lines.get(at).filter(|_| jobs.len() == 1).and_then(Line::seats);
    let position = |title: &str| Position {
        title: title.to_owned(),
        about: about.clone(),
        description: description.clone(),
        seats,
    };
    jobs.into_iter().map(position).collect()
}

/// The positions of an advertisement that lists several, each with a mark and lines of its own; none where it is about one
/// job, names several in one breath, or only seems to (`ADMIN` / `Toko Makmur membutuhkan 12 orang`).
#[must_use]
pub fn listed(text: &str) -> Vec<Position> {
    let lines: Vec<Line<'_>> = text.lines().filter_map(Line::read).collect();
    let all_marked = headings(&lines).iter().all(|&at| lines[at].mark != Mark::None);
    if all_marked { listed_in(&lines) } else { Vec::new() }
}

fn listed_in(lines: &[Line<'_>]) -> Vec<Position> {
    let headings = headings(lines);
    if headings.len() > 1 && !lists_tasks(lines, &headings) { several(lines, &headings) } else { Vec::new() }
}

/// How sure it is that a text is the name of a job, permille.
fn confidence(name: &str) -> u16 {
    code::guesses(&title::parse(name)).first().map_or(0, |guess| guess.confidence)
}

/// Whether words name a job (`pelayan`), not something to do (`melayani pelanggan`) or to look after (`pelayanan`).
fn names_a_job(tokens: &[Token]) -> bool {
    const VERBS: [&str; 3] = ["me", "di", "ber"];
    let Some(first) = tokens.first() else { return false };
    let is_derived = LEXICON.stem(&first.text) != first.text;
    let does = is_derived && VERBS.iter().any(|prefix| first.text.starts_with(prefix));
    let is_agent = is_derived && first.text.starts_with("pe") && !first.text.ends_with("an");
    is_agent || !does && ADVERTISED.names_a_job(tokens)
}

/// The jobs of a title that names several (`kasir & sopir`); one where they are one (`waiter / waitress`).
fn jobs_of(name: &str) -> Vec<&str> {
    let mut parts = vec![name];
    for sign in ["/", "&", "+", " dan ", " and "] {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let codes: Vec<Option<u16>> = parts
        .iter()
        .map(|part| code::guesses(&title::parse(part)).first().copied())
        .map(|guess| guess.filter(|one| one.confidence >= SURE).map(|one| one.occupation))
        .collect();
    let first = codes.first().copied().flatten();
    let differ = parts.iter().all(|part| names_a_job(&LEXICON.tokens(part)))
        && codes.iter().all(Option::is_some)
        && codes.iter().any(|code| *code != first);
    if differ { parts } else { vec![name] }
}

/// The lines that head a position each.
fn headings(lines: &[Line<'_>]) -> Vec<usize> {
    // Below the heading of what is asked for, a list names demands, not positions, unless it says how many people.
    let demands = lines.iter().position(Line::heads_demands).unwrap_or(lines.len());
    let may = |at: usize| at < demands || lines[at].names_seats;
    let sure: Vec<usize> = (0..lines.len()).filter(|&at| may(at) && lines[at].is_heading()).collect();
    // What is marked like a known heading is one, whatever the job is called, when it names a number of people, or when the
    // list was announced and it names a job at all.
    let announced = sure.first().and_then(|&at| lines.get(at.checked_sub(1)?)).is_some_and(Line::announces);
    let is_listed = |at: usize| {
        let line = &lines[at];
        line.is_counted() && (line.names_seats || announced && may(at) && line.names_a_job())
    };
    let counted = sure.iter().any(|&at| is_listed(at));
    let all: Vec<usize> =
        (0..lines.len()).filter(|&at| sure.contains(&at) || counted && is_listed(at)).collect();
    // A name in capitals above a numbered list is the title of what follows, not one of the list.
    let is_title = |at: usize| !lines[at].is_counted() && !lines[at].names_seats;
    match all.split_first() {
        Some((&first, rest)) if is_title(first) && rest.iter().any(|&at| lines[at].is_counted()) => {
            rest.to_vec()
        }
        _ => all,
    }
}

/// Whether a list below the name of a job tells its tasks (`Admin` / `1. Pembukuan` / `2. Arsip`): none of its lines says
/// how many people are wanted, and nothing above announces a list of positions.
fn lists_tasks(lines: &[Line<'_>], headings: &[usize]) -> bool {
    let above = headings.first().and_then(|&first| lines.get(..first)).unwrap_or_default();
    let says_seats = headings.iter().any(|&at| lines[at].names_seats);
    let announced = above.last().is_some_and(Line::announces);
    let is_job = |name: &str| confidence(name) >= NAMED && names_a_job(&LEXICON.tokens(name));
    !says_seats && !announced && best_title(above).is_some_and(|(_, name)| is_job(name))
}

fn joined<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Cuts an ad at the headings of its positions; what holds for all follows the last one.
fn several(lines: &[Line<'_>], headings: &[usize]) -> Vec<Position> {
    let about = joined(lines.get(..headings[0]).unwrap_or_default().iter().map(|line| line.whole));
    let last = headings[headings.len() - 1];
    let common_at = (last + 1..lines.len()).find(|&at| lines[at].opens_common()).unwrap_or(lines.len());
    let ends = headings.iter().skip(1).copied().chain([common_at]);
    let marks: Vec<Mark> = headings.iter().map(|&at| lines[at].mark).collect();
    let names = own_words(headings.iter().map(|&at| lines[at].head));
    let own = headings.iter().zip(ends).enumerate().map(|(number, (&start, end))| {
        let line = &lines[start];
        // What follows the last position may still name another one.
        let block = if start == last { start + 1..start + 1 } else { start + 1..end };
        let inside = lines.get(block).unwrap_or_default().iter().map(|line| line.whole);
        let rest = line.without(line.head);
        let shared: Vec<String> = lines
            .iter()
            .enumerate()
            .skip(last + 1)
            .filter(|(at, one)| *at >= common_at || start == last || names_any(one.whole, &names))
            .filter_map(|(_, one)| one.share_of(line.mark, &marks))
            .filter_map(|told| told_to(&told, number, &names))
            .collect();
        let description =
            joined(std::iter::once(rest.as_str()).chain(inside).chain(shared.iter().map(String::as_str)));
        Position { title: line.head.to_owned(), about: about.clone(), description, seats: line.seats() }
    });
    own.collect()
}

/// The stems that only one of the names has, for each.
fn own_words<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Vec<String>> {
    let stems = |name: &str| -> Vec<String> {
        let tokens = LEXICON.tokens(name);
        let content = tokens.iter().filter(|token| token.stop == Stop::No && token.text.len() > 2);
        content.map(|token| LEXICON.stem(&token.text)).collect()
    };
    let all: Vec<Vec<String>> = names.map(stems).collect();
    let is_own = |at: usize, stem: &String| {
        all.iter().enumerate().all(|(other, list)| other == at || !list.contains(stem))
    };
    all.iter()
        .enumerate()
        .map(|(at, list)| list.iter().filter(|stem| is_own(at, stem)).cloned().collect())
        .collect()
}

/// Whether a line has a word that only one of the names has.
fn names_any(line: &str, names: &[Vec<String>]) -> bool {
    let stems: Vec<String> = LEXICON.tokens(line).iter().map(|token| LEXICON.stem(&token.text)).collect();
    names.iter().flatten().any(|own| stems.contains(own))
}

/// What a line that holds for all says to one position: a part that names others (`2 shift untuk operator, QC pagi saja`)
/// is told to those alone.
fn told_to(line: &str, number: usize, names: &[Vec<String>]) -> Option<String> {
    let parts: Vec<&str> = line.split(", ").collect();
    let kept: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| {
            let stems: Vec<String> =
                LEXICON.tokens(part).iter().map(|token| LEXICON.stem(&token.text)).collect();
            let named = |own: &Vec<String>| own.iter().any(|stem| stems.contains(stem));
            !names.iter().any(named) || names.get(number).is_some_and(named)
        })
        .collect();
    (!kept.is_empty()).then(|| kept.join(", "))
}

/// The line that names the job, and the name.
fn best_title<'a>(lines: &[Line<'a>]) -> Option<(usize, &'a str)> {
    let mut best: Option<(i32, usize, &'a str)> = None;
    for (at, line) in lines.iter().enumerate() {
        for (name, bonus) in line.names() {
            let tokens = LEXICON.tokens(name);
            let words = i32::try_from(tokens.len()).unwrap_or(i32::MAX);
            let confidence = i32::from(confidence(name));
            let place = i32::try_from(at).unwrap_or(i32::MAX).min(40);
            let score = confidence + bonus + line.merit() - place * 12 - (words - 5).max(0) * 40;
            if best.is_none_or(|known| score > known.0) {
                best = Some((score, at, name));
            }
        }
    }
    best.map(|(_, at, name)| (at, name))
}

/// How a line is marked as one of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Bullet,
    Counted(char),
}

/// A line of an ad with what is needed to tell whether it names a job.
struct Line<'a> {
    /// As written.
    whole: &'a str,
    mark: Mark,
    /// Without its mark.
    body: &'a str,
    /// What may be the name of a job: up to the first colon, bracket, dash or number of people.
    head: &'a str,
    tokens: Vec<Token>,
    found: Vec<cues::Found>,
    names_seats: bool,
}

impl<'a> Line<'a> {
    fn read(whole: &'a str) -> Option<Self> {
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
    fn opens_common(&self) -> bool {
        self.opens_with(Cue::Common, 1) || self.opens_with(Cue::Deny, 1)
    }

    /// `Kualifikasi:`, `Syarat` and their like, alone on a line.
    fn heads_demands(&self) -> bool {
        self.tokens.len() <= 3 && self.opens_with(Cue::Common, 1) && self.mark == Mark::None
    }

    fn seats(&self) -> Option<u32> {
        seats_in(self.body).map(|(_, seats)| seats)
    }

    fn is_counted(&self) -> bool {
        matches!(self.mark, Mark::Counted(_))
    }

    fn names_a_job(&self) -> bool {
        let tokens = LEXICON.tokens(self.head);
        tokens.len() <= MOST_WORDS && names_a_job(&tokens)
    }

    /// `Kami membuka lowongan:` and its like.
    fn announces(&self) -> bool {
        self.has(Cue::Seek) && self.whole.ends_with(':')
    }

    /// Whether the line is the heading of one of several positions.
    fn is_heading(&self) -> bool {
        let counted = self.is_counted();
        let shouted = is_shouted(self.head);
        let stands_alone = shouted && self.head == self.body && self.mark == Mark::None;
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
        let confidence = confidence(self.head);
        let evidence = u16::from(counted) + u16::from(self.names_seats) + u16::from(shouted);
        confidence >= if evidence > 1 { HEADING - 150 } else { HEADING }
    }

    /// Candidates for the name of the job, each with what speaks for it.
    fn names(&self) -> Vec<(&'a str, i32)> {
        let mut names = vec![(self.head, 0)];
        names.extend(quoted(self.body).map(|quoted| (head_of(quoted), 150)));
        for seek in self.found.iter().filter(|one| one.cue == Cue::Seek) {
            let rest = self.tokens.get(seek.end).and_then(|next| self.body.get(next.from..));
            names.extend(rest.map(|rest| (head_of(rest), 250)));
        }
        names.iter_mut().for_each(|(name, _)| *name = before_company(name));
        names.retain(|(name, _)| name.chars().any(char::is_alphabetic));
        names
    }

    /// What speaks for and against the line as the one that names the job.
    fn merit(&self) -> i32 {
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
    fn without(&self, name: &str) -> String {
        match self.body.find(name) {
            Some(at) => {
                let (before, after) = (&self.body[..at], &self.body[at + name.len()..]);
                format!("{before} {after}").trim().to_owned()
            }
            None => self.body.to_owned(),
        }
    }

    /// What a common line says to one position: `Gaji: ➀ 2,6 jt ➁ 3 jt` is cut at its marks.
    fn share_of(&self, own: Mark, marks: &[Mark]) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        positions(text).into_iter().map(|one| one.title.to_lowercase()).collect()
    }

    #[test]
    fn the_title_stands_anywhere() {
        assert_eq!(
            titles("LOWONGAN KERJA PT SUMBER SANDANG\nDIBUTUHKAN SEGERA!!\nPenjahit garmen 20 orang\n- SMP"),
            ["penjahit garmen"]
        );
        assert_eq!(titles("Info loker Sukoharjo\nToko Makmur butuh kasir\n- jujur"), ["kasir"]);
        assert_eq!(titles("OPERATOR JAHIT\nSyarat:\n- SMP"), ["operator jahit"]);
    }

    #[test]
    fn several_positions_are_several() {
        let text =
            "Hotel Melati membuka:\nA. RESEPSIONIS (2)\n- bahasa Inggris\nB. KOKI (1)\n- masak\nGaji UMK";
        let found = positions(text);
        assert_eq!(titles(text), ["resepsionis", "koki"]);
        assert!(found[0].description.contains("Inggris") && !found[0].description.contains("masak"));
        assert!(found.iter().all(|one| one.description.contains("Gaji UMK")));
    }

    #[test]
    fn pay_is_told_to_its_own_position() {
        let text = "Toko kami mencari:\n➀ KASIR (2 org)\n➁ SOPIR (1 org)\nGaji: ➀ 2,4 jt ➁ 2,8 jt";
        let found = positions(text);
        assert!(found[0].description.contains("2,4") && !found[0].description.contains("2,8"), "{found:?}");
        assert!(found[1].description.contains("2,8") && !found[1].description.contains("2,4"), "{found:?}");
    }

    #[test]
    fn tasks_are_no_positions() {
        let tasks = [
            "Administrator HR\n1. Administrasi absensi\n2. Rekrutmen\n3. Arsip dokumen",
            "PERAWAT\n1. Membantu dokter\n2. Dokter dibantu saat tindakan\n3. Administrasi pasien",
            "Pelayan Warung Makan\nTugas\n1) Melayani pelanggan\n2) Memasak nasi\n3) Kebersihan dapur",
            "Karyawan\n1. Mengemas barang\n2. Mengantar pesanan\n3. Menjaga kebersihan gudang",
        ];
        for text in tasks {
            assert_eq!(titles(text).len(), 1, "{text}");
        }
        let announced = "Rumah Makan Segar menerima tenaga:\n1. Kasir\n2. Juru masak\n3. Pelayan";
        assert_eq!(titles(announced), ["kasir", "juru masak", "pelayan"]);
    }

    #[test]
    fn requirements_are_no_positions() {
        assert_eq!(
            titles("SATPAM\n1) Memiliki ijazah Gada Pratama\n2) Bisa pakai HT\n3) Sopir tidak dicari").len(),
            1
        );
        assert!(positions("  \n!!\n").is_empty());
    }
}
