//! Evidence of priority: dated, with its source, and it expires. Belongs here: what can be evidenced, which values it
//! takes, how long it counts, who counts as poor. Does not belong here: points (`matching::priority`, by policy).
use chrono::{Months, NaiveDate};

use crate::domain::{codes::FieldCode, machine::text_enum};

text_enum! {
    /// What speaks for priority.
    Criterion: "criterion" {
        /// Decile of family welfare (DTSEN), 1 (poorest) to 10.
        Desil = "desil",
        /// A disability (UU 8/2016).
        Disability = "disability",
        /// Unemployed for long.
        LongUnemployment = "long_unemployment",
        /// Laid off.
        LaidOff = "laid_off",
    }
}

text_enum! {
    /// Why a desil is unknown.
    Unknown: "unknown desil reason" {
        /// None was ever recorded.
        Missing = "missing",
        /// What was recorded counts no more.
        Expired = "expired",
    }
}

/// Months for which evidence counts when its source names no end: registers change each quarter, and one year leaves
/// time to renew.
pub const COUNTS_MONTHS: u32 = 12;

/// The highest decile that counts as poor: 1 to 4 is the usual target band of poverty programmes.
pub const POOR_UP_TO: u8 = 4;

/// Why a value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// A decile without its number.
    Required,
    /// A decile outside 1..10.
    DesilOutOfRange,
    /// Something that is so or not so, with a number.
    OutOfRange,
}

impl ValueError {
    /// The stable code.
    pub const fn code(self) -> FieldCode {
        match self {
            Self::Required => FieldCode::Required,
            Self::DesilOutOfRange => FieldCode::DesilOutOfRange,
            Self::OutOfRange => FieldCode::NumberOutOfRange,
        }
    }
}

impl Criterion {
    /// The value to keep for what was given: the decile; 1 for everything else, which is so or not so.
    ///
    /// # Errors
    /// `ValueError`.
    pub const fn value(self, given: Option<i64>) -> Result<i64, ValueError> {
        match (self, given) {
            (Self::Desil, Some(decile)) if decile >= 1 && decile <= 10 => Ok(decile),
            (Self::Desil, None) => Err(ValueError::Required),
            (Self::Desil, Some(_)) => Err(ValueError::DesilOutOfRange),
            (Self::Disability | Self::LongUnemployment | Self::LaidOff, None | Some(1)) => Ok(1),
            (Self::Disability | Self::LongUnemployment | Self::LaidOff, Some(_)) => {
                Err(ValueError::OutOfRange)
            }
        }
    }

    /// Whether evidence of this value speaks for its person: a decile only when it is low.
    pub fn speaks_for(self, value: i64) -> bool {
        match self {
            Self::Desil => is_poor(u8::try_from(value).ok()),
            Self::Disability | Self::LongUnemployment | Self::LaidOff => true,
        }
    }
}

/// Whether somebody has priority by the evidence that counts: some of it speaks for them.
pub fn gives_priority(counting: impl IntoIterator<Item = (Criterion, i64)>) -> bool {
    counting.into_iter().any(|(criterion, value)| criterion.speaks_for(value))
}

/// Whether evidence that was dated on one day and ends on another counts on `day`: both ends included.
pub fn counts_on(dated: NaiveDate, last: NaiveDate, day: NaiveDate) -> bool {
    dated <= day && day <= last
}

/// Who counts as poor: known desil 1 to 4. Unknown is its own value: neither poor nor rich, to be checked.
pub fn is_poor(desil: Option<u8>) -> bool {
    desil.is_some_and(|desil| (1..=POOR_UP_TO).contains(&desil))
}

/// The last day on which evidence of a date counts when its source names none.
pub fn last_day(dated: NaiveDate) -> NaiveDate {
    dated.checked_add_months(Months::new(COUNTS_MONTHS)).unwrap_or(dated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decile_is_one_to_ten_and_everything_else_is_yes() {
        assert_eq!(Criterion::Desil.value(Some(10)), Ok(10));
        assert_eq!(Criterion::Desil.value(Some(0)), Err(ValueError::DesilOutOfRange));
        assert_eq!(Criterion::Desil.value(Some(11)), Err(ValueError::DesilOutOfRange));
        assert_eq!(Criterion::Desil.value(None), Err(ValueError::Required));
        assert_eq!(Criterion::LaidOff.value(None), Ok(1));
        assert_eq!(Criterion::LaidOff.value(Some(2)), Err(ValueError::OutOfRange));
    }

    #[test]
    fn the_poor_are_of_known_desil_one_to_four() {
        for (desil, poor) in
            [(None, false), (Some(0), false), (Some(1), true), (Some(4), true), (Some(5), false)]
        {
            assert_eq!(is_poor(desil), poor, "{desil:?}");
        }
        assert!(Criterion::Desil.speaks_for(4) && !Criterion::Desil.speaks_for(5));
        assert!(Criterion::LaidOff.speaks_for(1));
        assert!(!gives_priority([]) && !gives_priority([(Criterion::Desil, 7)]));
        assert!(gives_priority([(Criterion::Desil, 7), (Criterion::Disability, 1)]));
    }

    #[test]
    fn evidence_counts_for_a_year() {
        assert_eq!(last_day("2026-01-31".parse().unwrap()).to_string(), "2027-01-31");
        assert_eq!(last_day("2024-02-29".parse().unwrap()).to_string(), "2025-02-28");
    }
}
