//! Phrases that say what the words around them are worth: where a title stands, what is denied, what is only possession
//! or paper. The lists are `index/cues.csv`.
//!
//! Belongs here: finding them in a token list. Does not belong here: what follows from them (`scope`, `posting`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::reading::{
    hash::Map,
    lexicon::{LEXICON, Token},
    tables::TABLES,
};

/// What a phrase says about its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// The name of a position follows.
    Seek,
    /// What follows holds for all positions of the ad.
    Common,
    /// How many people are wanted follows.
    Quota,
    /// What is asked for follows: of all positions, unless the line is one of the last one's list.
    Asks,
    /// What follows in the clause is not wanted, or not had.
    Deny,
    /// What follows up to the end of the line is not.
    DenyLine,
    /// What stands before it in the clause is not.
    Denied,
    /// It sounds like a denial and is none.
    Exempt,
    /// A denial ends here.
    Resume,
    /// The clause names what will be taught.
    Taught,
    /// Only for a time.
    During,
    /// Possession, papers, health, house rules: no skill.
    Owned,
    /// A line that begins so is about papers, contact or pay.
    Paper,
    /// A certificate that does not count any more, or not yet.
    Over,
    /// The clause only helps.
    Wish,
    /// The clause is truly required.
    Must,
    /// Another way is offered beside what is named.
    Soft,
    /// One of those named is enough.
    Enough,
    /// Something is paid beside the wage.
    Extra,
    /// Somebody without experience is welcome.
    Beginner,
    /// A person's body, age, sex, belief or family: never counts.
    Person,
    /// People are taken to work.
    Shuttle,
    /// People live at work.
    Dormitory,
    /// The work is in shifts.
    Shift,
    /// One of several shifts: that there is no such one says nothing of the others.
    OneShift,
    /// Something is given.
    Offered,
    /// What stands before it is not given.
    Lacking,
    /// Fetching and bringing is the work: who is fetched is not those who work.
    Errand,
    /// Rooms where people sleep are the work, or a place by which one finds the way.
    Premises,
}

/// A cue in a token list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it says.
    pub cue: Cue,
    /// First token.
    pub first: usize,
    /// Token after the last one.
    pub end: usize,
}

type Phrases = Map<String, Vec<(Vec<String>, Cue)>>;

static CUES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut all = Phrases::default();
    for row in &TABLES.cues {
        let words: Vec<String> = LEXICON.tokens(&row.phrase).into_iter().map(|token| token.text).collect();
        if let Some(first) = words.first() {
            all.entry(first.clone()).or_default().push((words, row.kind));
        }
    }
    // The longest first, so that `tidak wajib` is found before `tidak`.
    for list in all.values_mut() {
        list.sort_by_key(|one| std::cmp::Reverse(one.0.len()));
    }
    all
});

/// The cues of a token list in order. At one place, of one kind, only the longest; no phrase runs across a break.
#[must_use]
pub fn find(tokens: &[Token]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (first, token) in tokens.iter().enumerate() {
        for (words, cue) in CUES.get(&token.text).into_iter().flatten() {
            let end = first + words.len();
            let rest = tokens.get(first..end).unwrap_or_default();
            let agrees =
                rest.len() == words.len()
                    && rest.iter().zip(words).enumerate().all(|(place, (token, word))| {
                        token.text == *word && (place == 0 || !token.after_break)
                    });
            if agrees && found.iter().all(|one| one.first != first || one.cue != *cue) {
                found.push(Found { cue: *cue, first, end });
            }
        }
    }
    found
}

/// Whether the tokens begin with a cue, within the first `words`.
#[must_use]
pub fn opens_with(found: &[Found], cue: Cue, words: usize) -> bool {
    found.iter().any(|one| one.cue == cue && one.first < words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(text: &str) -> Vec<Cue> {
        find(&LEXICON.tokens(text)).into_iter().map(|one| one.cue).collect()
    }

    #[test]
    fn the_longest_phrase_of_a_kind_is_found() {
        let found = find(&LEXICON.tokens("SIM C tidak wajib dipunyai"));
        let denied = found.iter().find(|one| one.cue == Cue::Denied).unwrap();
        assert_eq!(denied.end - denied.first, 2);
        assert!(cues("Dibutuhkan segera penjahit").contains(&Cue::Seek));
    }

    #[test]
    fn every_row_is_found_in_its_own_words() {
        for row in &TABLES.cues {
            assert!(cues(&row.phrase).contains(&row.kind), "{} {:?}", row.phrase, row.kind);
        }
    }
}
