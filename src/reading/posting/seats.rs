//! How many people an advertisement wants: beside the name of the job, apart from it, in digits or words.
//!
//! Belongs here: numbers of people in a line or an ad. Does not belong here: which line is a position (`posting`).

use crate::domain::numeral;
use crate::reading::cues::{self, Cue};
use crate::reading::lexicon::{LEXICON, Stop, Token};
use crate::reading::posting::line::Line;
use crate::reading::signs::{self, Sign};

/// Where a number of people is said, and the number (`8 orang`, `kuota 15`).
pub(super) fn seats_in(text: &str) -> Option<(usize, u32)> {
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
        let opens = text.get(..start).is_some_and(|before| before.trim_end().ends_with('('));
        if signs::says(&unit, Sign::People) || opens && signs::says(&unit, Sign::Position) {
            return number.map(|number| (start, number));
        }
        // `tukang batu 3 → 145rb/hr`
        let points = rest.starts_with(['→', '➡', '➜']);
        if points && at - start <= 3 && start > 0 {
            return number.map(|number| (start, number));
        }
        // `KOKI (2)`
        if opens && at - start <= 3 && text.get(at..).is_some_and(|after| after.starts_with(')')) {
            return text.get(..start)?.rfind('(').zip(number);
        }
    }
    None
}

/// How many people are wanted, where the number stands apart from the name of the job: behind words that seek people
/// (`butuh cepat 25 org`, `Kuota: 8`), or alone (`.. lembur. 3 orang`).
pub(super) fn seats_apart(lines: &[Line<'_>]) -> Option<u32> {
    let clauses = lines.iter().flat_map(|line| line.whole.split([',', '.', ';', '|', '!']));
    clauses.into_iter().find_map(seats_alone)
}

fn seats_alone(clause: &str) -> Option<u32> {
    let tokens = LEXICON.tokens(clause);
    let found = cues::find(&tokens);
    if let Some(seats) = seats_in_words(&tokens, &found) {
        return Some(seats);
    }
    let at = tokens.iter().position(is_number)?;
    let follows = |cue: Cue| found.iter().any(|one| one.cue == cue && one.end == at);
    let ends = at + 1 == tokens.len();
    let number = || tokens.get(at)?.text.parse().ok().filter(|&seats| (1..10_000).contains(&seats));
    let Some((_, seats)) = seats_in(clause) else {
        // `cari 1 groomer`, `kuota 8 ya`, but not `butuh 2 tahun pengalaman`.
        let sought = follows(Cue::Quota) || follows(Cue::Seek) && !ends;
        let is_measure = tokens.get(at + 1).is_some_and(|next| signs::says(&next.text, Sign::Measure));
        return (sought && !is_measure).then(number).flatten();
    };
    let is_seats = number() == Some(seats);
    let says_else = |token: &Token| {
        token.stop == Stop::No && !is_number(token) && !signs::says(&token.text, Sign::People)
    };
    let is_given = found.iter().any(|one| matches!(one.cue, Cue::Shuttle | Cue::Dormitory));
    let wanted = is_seats && (follows(Cue::Quota) || follows(Cue::Seek) || at == 0);
    (wanted || !is_given && !tokens.iter().any(says_else)).then_some(seats)
}

/// `mencari tiga orang`, `masih kurang dua orang`
fn seats_in_words(tokens: &[Token], found: &[cues::Found]) -> Option<u32> {
    let sought = found.iter().filter(|one| matches!(one.cue, Cue::Quota | Cue::Seek));
    // Alone between commas it says nothing else (`butuh penjaga malam, dua orang, ..`).
    let alone = (tokens.len() == 2).then_some(0);
    sought.map(|one| one.end).chain(alone).find_map(|at| {
        let number = numeral::of_word(&tokens.get(at)?.text)?;
        tokens.get(at + 1).filter(|token| signs::says(&token.text, Sign::People)).map(|_| number)
    })
}

/// How many people a line tells to one position (`JUMLAH: sopir 3`).
pub(super) fn seats_told(told: &str) -> Option<u32> {
    let tokens = LEXICON.tokens(told);
    let mut numbers = tokens.iter().filter(|token| is_number(token));
    let (number, more) = (numbers.next()?, numbers.next());
    let counts = more.is_none() && cues::opens_with(&cues::find(&tokens), Cue::Quota, 1);
    counts.then(|| number.text.parse().ok()).flatten()
}

/// Whether a token is a number in digits.
pub(super) fn is_number(token: &Token) -> bool {
    token.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name without the number of people before it (`2 (dua) orang mekanik`, `tiga orang pendidik`).
pub(super) fn after_count(name: &str) -> &str {
    let tokens = LEXICON.tokens(name);
    let is_count = |token: &&Token| is_number(token) || numeral::of_word(&token.text).is_some();
    let counted = tokens.iter().take_while(is_count).count();
    let people = tokens.get(counted).filter(|token| signs::says(&token.text, Sign::People));
    let bare = tokens.get(counted).filter(|next| !signs::says(&next.text, Sign::Measure));
    let next = if people.is_some() { tokens.get(counted + 1) } else { bare };
    match next.filter(|_| counted > 0) {
        Some(next) => name.get(next.from..).unwrap_or(name),
        None => name,
    }
}
