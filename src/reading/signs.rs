//! Single words that say what the name behind them is, or that people are taken to work. The list is `index/signs.csv`.
//!
//! Belongs here: looking a word up. Does not belong here: phrases that say what others are worth (`cues`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::reading::hash::Set;
use crate::reading::tables::TABLES;

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The name of a village follows.
    Village,
    /// The name of a district or a regency follows.
    District,
    /// The name of any place follows.
    Place,
    /// The name of a company follows.
    Company,
    /// People are taken to work, or live there.
    Taken,
}

static SIGNS: LazyLock<Set<(&'static str, Sign)>> =
    LazyLock::new(|| TABLES.signs.iter().map(|row| (row.word.as_str(), row.kind)).collect());

/// Whether a word, in small letters, says this.
#[must_use]
pub fn says(word: &str, sign: Sign) -> bool {
    SIGNS.contains(&(word, sign))
}
