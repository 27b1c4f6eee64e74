//! Codes job titles with four-digit groups of KBJI 2014.
//!
//! Belongs here: what the positions of a title and their neighbourhood say together. Does not belong here: likeness to
//! names (`coder`), what the rest of an ad says (`job`).

use crate::reading::{
    coder::{ADVERTISED, Coder, WIDE, permille},
    hash::Map,
    lexicon::{Concept, Kind, WITH_TITLES},
    tables::{self, TABLES},
    title::{self, Title},
};

/// A code and how sure it is, 0..1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Row of the occupation.
    pub occupation: u16,
    /// 0..1000.
    pub confidence: u16,
}

/// Most codes given for one title.
pub const MOST_CODES: usize = 10;
/// Most readings of a vague title, among which the text of the ad chooses.
pub const MOST_READINGS: usize = 40;
/// Below this the title counts as unknown.
pub const LEAST_CONFIDENCE: u16 = 300;

/// Permille left of the confidence in a part of a title, against the title as a whole.
const FIRST_POSITION: u32 = 930;
const OTHER_POSITION: u32 = 830;
const LISTED: u32 = 580;
const ASIDE: u32 = 600;
/// Permille left of the confidence in a reading with the titles of titles.csv as well, against one with the names of
/// occupations.csv alone.
const BY_WIDE: u16 = 950;

/// Up to ten four-digit KBJI codes of a job title with a confidence of 0..1, best first; empty when unknown.
#[must_use]
pub fn code_title(text: &str) -> Vec<(String, f32)> {
    let mut found = guesses(&title::parse(text));
    for guess in guesses_by(&title::parse_with(&WITH_TITLES, text), &WIDE) {
        raise(&mut found, guess.occupation, permille(guess.confidence, BY_WIDE));
    }
    add_neighbours(&mut found);
    found.truncate(MOST_CODES);
    let named = found.into_iter().map(|guess| {
        let concept = Concept { kind: Kind::Occupation, row: guess.occupation };
        (concept.id().to_owned(), f32::from(guess.confidence) / 1000.0)
    });
    named.collect()
}

/// Gives an occupation at least this confidence.
fn raise(found: &mut Vec<Guess>, occupation: u16, confidence: u16) {
    match found.iter_mut().find(|known| known.occupation == occupation) {
        Some(known) => known.confidence = known.confidence.max(confidence),
        None => found.push(Guess { occupation, confidence }),
    }
}

fn sort(guesses: &mut [Guess]) {
    guesses.sort_by_key(|guess| (std::cmp::Reverse(guess.confidence), guess.occupation));
}

/// Adds the groups which the vocabulary relates to the best guesses and those of the same three-digit group, at low
/// confidence: the title may be an example of a group whose names it does not share.
fn add_neighbours(found: &mut Vec<Guess>) {
    sort(found);
    let mut near = Vec::new();
    for guess in found.iter().take(3) {
        let Some(row) = TABLES.occupations.get(usize::from(guess.occupation)) else { continue };
        for (kbji, weight) in tables::weighted_items(&row.related, 50) {
            near.push((kbji, permille(guess.confidence, weight.min(100) * 4)));
        }
        let siblings = TABLES.occupations.iter().filter(|other| other.kbji.get(..3) == row.kbji.get(..3));
        near.extend(siblings.map(|other| (other.kbji.as_str(), guess.confidence / 5)));
    }
    for (kbji, confidence) in near {
        let row = TABLES.occupations.iter().position(|row| row.kbji == kbji);
        if let Some(occupation) = row.and_then(|row| u16::try_from(row).ok()) {
            raise(found, occupation, confidence);
        }
    }
    sort(found);
}

/// Codes of the parsed title of an ad, best first, empty when the best is below [`LEAST_CONFIDENCE`].
#[must_use]
pub fn guesses(title: &Title) -> Vec<Guess> {
    guesses_by(title, &ADVERTISED)
}

fn guesses_by(title: &Title, coder: &Coder) -> Vec<Guess> {
    let mut best: Map<u16, u16> = Map::default();
    coder.add(&title.tokens, 1000, &mut best);
    if title.segments.len() > 1 {
        let asides = title.segments.iter().filter(|segment| segment.is_aside).count();
        for (place, segment) in title.segments.iter().enumerate() {
            let Some(tokens) = title.tokens.get(segment.words.clone()) else { continue };
            if coder.is_rank(tokens) {
                continue;
            }
            let scale = match place {
                0 => FIRST_POSITION,
                // Several asides are a list of positions: `Staf Pendukung (Desain, HRD, IT)`.
                _ if segment.is_aside && asides == 1 => ASIDE,
                _ if segment.is_aside || coder.names_a_job(tokens) => OTHER_POSITION,
                _ => LISTED,
            };
            coder.add(tokens, scale, &mut best);
        }
    }
    let mut guesses: Vec<Guess> =
        best.into_iter().map(|(occupation, confidence)| Guess { occupation, confidence }).collect();
    sort(&mut guesses);
    if guesses.first().is_none_or(|guess| guess.confidence < LEAST_CONFIDENCE) {
        return Vec::new();
    }
    guesses.truncate(MOST_READINGS);
    guesses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexicon::LEXICON;

    fn first(title: &str) -> Option<String> {
        code_title(title).into_iter().next().map(|one| one.0)
    }

    #[test]
    fn codes_titles_of_all_kinds() {
        assert_eq!(first("OPERATOR JAHIT URGENT").as_deref(), Some("8153"));
        assert_eq!(first("Waiter / Waitress").as_deref(), Some("5131"));
        assert_eq!(first("Juru las (welder)").as_deref(), Some("7212"));
    }

    #[test]
    fn the_word_that_carries_a_title_outweighs_its_object() {
        for title in ["Sales Genteng", "Sales Tepung Terigu"] {
            assert!(
                LEXICON.aliases.iter().all(|name| name.words.join(" ") != title.to_lowercase()),
                "{title}"
            );
            assert_eq!(first(title).as_deref(), Some("3322"), "{title}");
        }
        assert_eq!(first("Admin Lift").as_deref(), Some("4110"));
        assert_eq!(first("SPV / Sopir").as_deref(), Some("8322"), "a rank beside a position is no position");
    }

    /// *Akordeon* stands in titles.csv alone.
    #[test]
    fn further_titles_are_coded_and_leave_texts_alone() {
        assert!(WITH_TITLES.knows("akordeon") && !LEXICON.knows("akordeon"));
        assert_eq!(first("Pemain Akordeon").as_deref(), Some("2652"));
        assert!(LEXICON.aliases.len() + 30_000 < WITH_TITLES.aliases.len());
    }

    #[test]
    fn says_nothing_about_nonsense() {
        assert_eq!(code_title("xyzzy qwrtp"), []);
        assert_eq!(code_title(""), []);
    }

    #[test]
    fn confidence_falls_and_stays_within_one() {
        let codes = code_title("Staff Administrasi Gudang");
        assert!(codes.windows(2).all(|two| two[0].1 >= two[1].1));
        assert!(codes.iter().all(|one| (0.0..=1.0).contains(&one.1)) && codes.len() <= MOST_CODES);
    }
}
