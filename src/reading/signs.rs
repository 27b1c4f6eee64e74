//! Single words that say what the name behind them is, what a line of an advertisement is about, at which height somebody
//! works. The list is `index/signs.csv`.
//!
//! Belongs here: looking a word up. Does not belong here: phrases that say what others are worth (`cues`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::reading::{hash::Set, tables::TABLES};

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The name of a village follows.
    Village,
    /// The name of a district or a regency follows.
    District,
    /// The name of any place follows.
    Place,
    /// The name of the place of work follows.
    Located,
    /// The name of a company follows.
    Company,
    /// A number of people stands before it.
    People,
    /// A number of something else than people stands before it.
    Measure,
    /// The number of a position follows.
    Position,
    /// Heads what helps.
    HeadingWish,
    /// Heads what is demanded.
    HeadingRequirement,
    /// Heads what is to be done.
    HeadingTask,
    /// Heads what the employer gives.
    HeadingBenefit,
    /// Heads talk about the company or how to apply.
    HeadingAbout,
    /// A line with it says what helps.
    Helps,
    /// A line that begins with it demands something.
    Demands,
    /// A short line with it says what the employer gives.
    Gives,
    /// Anybody who works somewhere.
    Rank,
    /// The least of something follows.
    AtLeast,
    /// A length of time in the line is none of work done.
    OtherLength,
    /// What is denied with it stands behind it.
    TakesObject,
    /// Experience is spoken of.
    Experience,
    /// It was done before; how long may follow.
    Done,
    /// Makes a position of the word beside it, and alone says only how high it is.
    Level,
    /// A step of a career; it says little about the job.
    Step,
    /// Somebody who leads others.
    Leads,
    /// Somebody who leads nobody.
    Follows,
}

static SIGNS: LazyLock<Set<(&'static str, Sign)>> =
    LazyLock::new(|| TABLES.signs.iter().map(|row| (row.word.as_str(), row.kind)).collect());

/// Whether a word, in small letters, says this.
#[must_use]
pub fn says(word: &str, sign: Sign) -> bool {
    SIGNS.contains(&(word, sign))
}

/// The words that say this.
pub fn words(sign: Sign) -> impl Iterator<Item = &'static str> {
    TABLES.signs.iter().filter(move |row| row.kind == sign).map(|row| row.word.as_str())
}
