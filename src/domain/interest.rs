//! Interests: somebody without a login says that a vacancy interests them, and an officer calls. Belongs here: their numbers, by
//! when is called, what may come of it, how long one is kept. Does not belong here: who may say so (`app::interests`).
use crate::domain::machine::text_enum;

text_enum! {
    /// What came of calling.
    Outcome: "outcome of an interest" {
        /// The person is registered now, or was before.
        Registered = "registered",
        /// The person is not interested any more.
        NotInterested = "not_interested",
        /// Nobody was reached.
        NotReached = "not_reached",
    }
}

/// Working days within which an officer calls.
pub const CALL_WITHIN: u32 = 2;

/// Days after which an interest that was seen to is forgotten.
pub const KEPT_DAYS: i64 = 90;

/// Interests from one address within `ADDRESS_MINUTES` after which that address waits: sixty people at one connection may each
/// say three.
pub const ADDRESS_INTERESTS: u32 = 180;

/// How long they are remembered, minutes.
pub const ADDRESS_MINUTES: u64 = 60;

/// Number of an interest: counts from 1 within a business year.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::Type, utoipa::ToSchema)]
#[sqlx(transparent)]
#[serde(transparent)]
#[schema(as = InterestNumber, value_type = String, example = "MIN-2026-0041")]
pub struct Number(String);

impl Number {
    /// The `count`-th interest of a year.
    pub fn new(count: i64, year: i32) -> Self {
        Self(format!("MIN-{year}-{count:04}"))
    }

    /// As it is told: `MIN-2026-0041`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_within_a_year() {
        assert_eq!(Number::new(41, 2026).as_str(), "MIN-2026-0041");
        assert_eq!(Number::new(12_345, 2026).as_str(), "MIN-2026-12345");
    }
}
