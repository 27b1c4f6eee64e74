//! Interests: what came of calling.
use crate::domain::interest::Outcome;

/// What came of it.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Registered => "sudah terdaftar",
        Outcome::NotInterested => "tidak berminat lagi",
        Outcome::NotReached => "tidak tersambung",
    }
}
