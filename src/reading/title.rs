//! The title of an ad: what belongs to the job and what is company, place, urgency or schooling.
//!
//! Belongs here: cutting a title into the positions it names. Does not belong here: codes (`code`).

use std::ops::Range;

use crate::reading::lexicon::{Kind, LEXICON, Lexicon, Match, Stop, Token};

/// A title, cut.
#[derive(Clone, Debug, Default)]
pub struct Title {
    /// Words that belong to the job.
    pub tokens: Vec<Token>,
    /// Positions named (`Waiter / Waitress`) and asides, in order.
    pub segments: Vec<Segment>,
    /// The kept words, for people.
    pub cleaned: String,
}

/// A part of a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its words, as a range of the title's tokens.
    pub words: Range<usize>,
    /// Stands in brackets or behind a dash: mostly a product, a place or another name, rarely a position of its own.
    pub is_aside: bool,
}

/// Reads a title.
#[must_use]
pub fn parse(text: &str) -> Title {
    parse_with(&LEXICON, text)
}

/// Reads a title with another vocabulary than that of texts.
#[must_use]
pub fn parse_with(lexicon: &Lexicon, text: &str) -> Title {
    let mut all = lexicon.tokens(text);
    let schooling = schooling(&lexicon.matches(&all));
    mark(&mut all, &schooling);
    drop_companies(&mut all);
    let mut title = Title::default();
    let mut start = 0;
    let mut is_aside = false;
    let mut previous_end = 0;
    for token in all.into_iter().filter(|token| token.stop != Stop::Benefit) {
        let between = text.get(previous_end..token.from).unwrap_or_default();
        // The `and` inside a written-out abbreviation (`F&B`) stands where its first word stands.
        let is_own_word = token.from >= previous_end;
        let is_joined =
            is_own_word && matches!(token.text.as_str(), "dan" | "and" | "atau" | "or" | "merangkap");
        if (is_own_word && parts(between) || is_joined) && title.tokens.len() > start {
            title.segments.push(Segment { words: start..title.tokens.len(), is_aside });
            start = title.tokens.len();
            is_aside = opens_aside(between) || is_aside && !between.contains([')', ']']);
        }
        previous_end = token.to;
        if !is_joined {
            title.tokens.push(token);
        }
    }
    if title.tokens.len() > start {
        title.segments.push(Segment { words: start..title.tokens.len(), is_aside });
    }
    let kept: Vec<&str> =
        title.tokens.iter().filter(|token| token.stop != Stop::Ad).map(|token| token.text.as_str()).collect();
    title.cleaned = kept.join(" ");
    title
}

/// Whether the characters between two words part two positions.
fn parts(between: &str) -> bool {
    between.contains(['/', '(', ')', '|', ',', '&', '[', ']', ':', ';', '+'])
        || between.contains(" - ")
        || between.contains('–')
        || between.contains('\n')
}

fn opens_aside(between: &str) -> bool {
    between.contains(['(', '[']) || between.contains(" - ") || between.contains('–')
}

/// Where schooling is asked for (`Kasir SMA/SMK`); in `guru SD` the school belongs to the job.
fn schooling(found: &[Match]) -> Vec<Range<usize>> {
    let jobs: Vec<&Match> =
        found.iter().filter(|one| one.concept.kind == Kind::Occupation && one.exact).collect();
    let schools = found.iter().filter(|one| one.concept.kind == Kind::Education && one.exact);
    let asked = schools.filter(|one| !jobs.iter().any(|job| job.first <= one.first && one.end <= job.end));
    asked.map(|one| one.first..one.end).collect()
}

fn mark(tokens: &mut [Token], ranges: &[Range<usize>]) {
    for range in ranges {
        for token in tokens.get_mut(range.clone()).into_iter().flatten() {
            token.stop = Stop::Benefit;
        }
    }
}

/// Drops `PT`, `CV` and so on with the unknown words behind them.
fn drop_companies(tokens: &mut [Token]) {
    let mut in_company = false;
    for token in tokens {
        if matches!(token.text.as_str(), "pt" | "cv" | "tbk" | "ud" | "perseroan") {
            in_company = true;
            token.stop = Stop::Benefit;
        } else if in_company && (token.surface == crate::reading::lexicon::UNKNOWN) {
            token.stop = Stop::Benefit;
        } else {
            in_company = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_positions_of_a_title() {
        let title = parse("Waiter / Waitress (Urgent) - SMA/SMK");
        assert_eq!(title.segments.first().map(|one| one.words.clone()), Some(0..1));
        assert!(!title.cleaned.contains("smk"), "{}", title.cleaned);
    }

    #[test]
    fn tells_positions_from_asides() {
        let asides = |text: &str| parse(text).segments.iter().map(|one| one.is_aside).collect::<Vec<_>>();
        assert_eq!(asides("Kasir / Pramuniaga (Toko Bangunan)"), [false, false, true]);
        assert_eq!(asides("Sales (Motoris), Admin"), [false, true, false]);
        assert_eq!(asides("Driver - Gudang"), [false, true]);
    }

    #[test]
    fn a_school_inside_a_job_name_stays() {
        assert_eq!(parse("Guru SD").cleaned, "guru sd");
        assert_eq!(parse("Kasir SD").cleaned, "kasir");
    }
}
