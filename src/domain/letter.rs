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

    /// From what somebody types: blanks and leading zeros do no harm.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, year) = text.trim().split_once('/')?;
        let (count, year) = (count.trim(), year.trim());
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=9).contains(&count.len()) && year.len() == 4 && digits(count) && digits(year);
        if fits { Some(Self::new(count.parse().ok()?, year.parse().ok()?)) } else { None }
    }

    /// As printed: `00041/2026`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = Number::new(41, 2026);
        assert_eq!(number.as_str(), "00041/2026");
        for text in ["00041/2026", " 41/2026 ", "041 / 2026"] {
            assert_eq!(Number::parse(text).as_ref(), Some(&number), "{text}");
        }
        for wrong in ["", "41", "/2026", "41/26", "x/2026", "41/2026/1", "1234567890/2026", "-1/2026"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
    }
}
