//! Holidays of the office as people declare them: their kinds, which days and years may be changed, and what an edit
//! changes. Belongs here: the rules of editing. Does not belong here: counting of working days (`calendar`).

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use crate::domain::{calendar::is_weekend, codes::FieldCode, limits, machine::text_enum, plain};

text_enum! {
    /// What kind of day off it is.
    Kind: "holiday kind" {
        /// A national holiday (hari libur nasional), by joint decree of three ministers.
        National = "national",
        /// A day of collective leave (cuti bersama), by the same decree.
        CollectiveLeave = "collective_leave",
        /// A day on which this office or this regency alone is closed.
        Local = "local",
    }
}

/// A day on which the office is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// When.
    pub day: NaiveDate,
    /// What it is called.
    pub name: String,
    /// By whose word the office is closed.
    pub kind: Kind,
    /// No decree has fixed the day yet.
    pub estimate: bool,
}

impl Holiday {
    /// The day as it is kept, blanks around its name taken off.
    ///
    /// # Errors
    /// The field that cannot be accepted and why, for an edit made on `today`.
    pub fn checked(self, today: NaiveDate) -> Result<Self, (&'static str, FieldCode)> {
        check_change(self.day, today).map_err(|code| ("day", code))?;
        let name = self.name.trim().to_owned();
        match () {
            () if name.is_empty() => Err(("name", FieldCode::Required)),
            () if name.chars().any(char::is_control) || plain::refused(&name).is_some() => {
                Err(("name", FieldCode::ControlCharacter))
            }
            () if limits::exceeded(limits::HOLIDAY, "name", &name).is_some() => {
                Err(("name", FieldCode::TooLong))
            }
            () => Ok(Self { name, ..self }),
        }
    }
}

/// Years that a calendar is kept for.
pub const YEARS: RangeInclusive<i32> = 2020..=2100;

/// Whether a calendar is kept for a year.
///
/// # Errors
/// `YearOutOfRange`.
pub fn check_year(year: i32) -> Result<(), FieldCode> {
    if YEARS.contains(&year) { Ok(()) } else { Err(FieldCode::YearOutOfRange) }
}

/// Whether a day can still become a holiday or a working day. A past one cannot: who was told a deadline, or tried on
/// enough working days, was told by it.
///
/// # Errors
/// `YearOutOfRange`, `HolidayPast`.
pub fn check_change(day: NaiveDate, today: NaiveDate) -> Result<(), FieldCode> {
    check_year(day.year())?;
    if day < today { Err(FieldCode::HolidayPast) } else { Ok(()) }
}

/// What an edit of the calendar changed, for whoever is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Days that were working days and are none now, or the other way round, in their order.
    pub turned: Vec<NaiveDate>,
    /// Days of the edit on which the office is closed anyway.
    pub weekend: Vec<NaiveDate>,
    /// Deadlines told before, on the first of the days turned or later. They stay.
    pub told: i64,
}

impl Effect {
    /// The effect of declaring or taking away these days, before anybody counted.
    pub fn of(mut days: Vec<NaiveDate>) -> Self {
        days.sort_unstable();
        let (weekend, turned) = days.into_iter().partition(|day| is_weekend(*day));
        Self { turned, weekend, told: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn holiday(on: &str, name: &str) -> Holiday {
        Holiday { day: day(on), name: name.to_owned(), kind: Kind::Local, estimate: false }
    }

    #[test]
    fn today_and_what_comes_can_be_changed() {
        let today = day("2026-11-27");
        for (on, expected) in [
            ("2026-11-27", Ok(())),
            ("2100-12-31", Ok(())),
            ("2026-11-26", Err(FieldCode::HolidayPast)),
            ("2019-12-31", Err(FieldCode::YearOutOfRange)),
            ("2101-01-01", Err(FieldCode::YearOutOfRange)),
        ] {
            assert_eq!(check_change(day(on), today), expected, "{on}");
        }
    }

    #[test]
    fn a_holiday_has_a_name_of_some_length() {
        let checked = |name: &str| holiday("2027-03-09", name).checked(day("2026-11-27"));
        assert_eq!(checked("  Hari Jadi Sukoharjo "), Ok(holiday("2027-03-09", "Hari Jadi Sukoharjo")));
        assert_eq!(checked(" \t"), Err(("name", FieldCode::Required)));
        assert_eq!(checked(&"é".repeat(120)).map(|kept| kept.name.chars().count()), Ok(120));
        assert_eq!(checked(&"é".repeat(121)), Err(("name", FieldCode::TooLong)));
        for hidden in ["Hari\nJadi", "Hari\u{202e}Jadi"] {
            assert_eq!(checked(hidden), Err(("name", FieldCode::ControlCharacter)));
        }
        let past = holiday("2026-11-26", "").checked(day("2026-11-27"));
        assert_eq!(past, Err(("day", FieldCode::HolidayPast)));
    }

    #[test]
    fn only_working_days_turn() {
        let effect = Effect::of(vec![day("2027-03-09"), day("2027-03-07"), day("2027-03-08")]);
        assert_eq!(effect.turned, [day("2027-03-08"), day("2027-03-09")]);
        assert_eq!(effect.weekend, [day("2027-03-07")]);
    }
}
