//! What a line says of schooling: whether it speaks of it at all, and whether a level is a bound from above.
//!
//! Belongs here: words around a level of education. Does not belong here: the levels (`education.csv`), what an ad requires
//! of them (`job`).

use crate::reading::lexicon::Token;

/// Whether a level is the most that is wanted (`maksimal SMA`), not the least.
pub(super) fn is_most(tokens: &[Token], at: usize) -> bool {
    // `max 30 th, SMA` bounds the age.
    let same_clause =
        (at.saturating_sub(3)..at).rev().take_while(|place| !tokens[place + 1].after_break).last();
    let before = tokens.get(same_clause.unwrap_or(at)..at).unwrap_or_default();
    before.iter().any(|token| matches!(token.text.as_str(), "maksimal" | "maksimum" | "maks" | "max"))
}

/// Whether a line speaks of schooling in so many words.
pub(super) fn names_schooling(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| {
        matches!(
            token.text.as_str(),
            "pendidikan" | "lulusan" | "tamatan" | "ijazah" | "minimal" | "min" | "sederajat" | "jurusan"
        )
    })
}
