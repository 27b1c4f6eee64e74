//! The referral letter (surat pengantar). Belongs here: its number. Does not belong here: what it says (`words`).

/// Number of a referral letter: counts from 1 within a business year.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::Type, utoipa::ToSchema)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Number(String);

impl Number {
    /// The `count`-th letter of a year.
    pub fn new(count: i64, year: i32) -> Self {
        Self(format!("{count:05}/{year}"))
    }

    /// As printed: `00041/2026`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
