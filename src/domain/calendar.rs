//! Business dates of the office: Asia/Jakarta, Monday to Friday without holidays, and dates as people write them.
//!
//! Belongs here: the working-day calendar (editable: the office adds and removes days), counting of deadlines, and
//! reading of dates. Does not belong here: the clock; the present moment always comes in as a parameter.
//!
//! `index/calendar.csv` is the standard calendar. Confidence `decree` = joint decree of three ministers 1497/2025,
//! 2/2025 and 5/2025, collective leave included; `fixed` = same date every year by law; `computed` = derived from
//! Easter. The moving days of 2027 are missing until their decree is out.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use thiserror::Error;

/// Why a calendar file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// A line without a readable ISO date and a name.
    #[error("calendar line {line} is not `date,name`: {text:?}")]
    Line {
        /// Line number, the heading being 1.
        line: usize,
        /// The line as it stands.
        text: String,
    },
}

/// Days on which the office does not work, besides Saturdays and Sundays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    holidays: BTreeMap<NaiveDate, String>,
}

impl Calendar {
    /// The calendar compiled in, see the header of this module.
    pub fn standard() -> Self {
        Self::from_csv(include_str!("../../index/calendar.csv")).unwrap_or_default()
    }

    /// Reads `date,name` lines below a heading; further columns are ignored.
    ///
    /// # Errors
    /// [`CalendarError::Line`] for the first line that cannot be read.
    pub fn from_csv(text: &str) -> Result<Self, CalendarError> {
        let mut calendar = Self::default();
        for (at, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            let fail = || CalendarError::Line { line: at + 1, text: line.to_owned() };
            let mut fields = line.split(',');
            let date = fields.next().and_then(|d| d.trim().parse().ok()).ok_or_else(fail)?;
            let name = fields.next().map(str::trim).filter(|name| !name.is_empty()).ok_or_else(fail)?;
            calendar.add(date, name);
        }
        Ok(calendar)
    }

    /// Declares a holiday, or renames it.
    pub fn add(&mut self, date: NaiveDate, name: &str) {
        self.holidays.insert(date, name.to_owned());
    }

    /// Makes a holiday an ordinary day again; false when it was none.
    pub fn remove(&mut self, date: NaiveDate) -> bool {
        self.holidays.remove(&date).is_some()
    }

    /// Holidays by date.
    pub fn holidays(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.holidays.iter().map(|(date, name)| (*date, name.as_str()))
    }

    /// Monday to Friday and no holiday.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains_key(&date)
    }

    /// The `n`-th working day after `date`; the day itself does not count, and `n` = 0 gives it back. A notice of
    /// Friday with three days to answer is due on Wednesday.
    pub fn add_working_days(&self, date: NaiveDate, n: u32) -> NaiveDate {
        let mut day = date;
        let mut left = n;
        while left > 0 {
            let Some(next) = day.succ_opt() else {
                return day;
            };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// Working days after `from` up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        u32::try_from(days.filter(|day| self.is_working_day(*day)).count()).unwrap_or(u32::MAX)
    }
}

/// The date in Sukoharjo at a moment. Western Indonesia is UTC+7 all year; there is no summer time.
pub fn jakarta_date(at: DateTime<Utc>) -> NaiveDate {
    (at.naive_utc() + chrono::TimeDelta::hours(7)).date()
}

/// Years that dates of the office lie in. What is outside was mistyped, and PostgreSQL and SQLite keep far dates
/// differently.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Reads a date as office sheets have it: `2001-05-12`, `2001-05-12T10:21:34Z` (the day there was in Sukoharjo then),
/// `12-05-2001`, `12/5/2001 0:00`, `12.05.2001`, `12 Mei 2001`, `12Mei2001`, `12-May-01`, `12-V-2001`, `Sabtu, 12 Mei 2001`,
/// `Kab. Sukoharjo 12-05-2001`, `s/d 31 Desember 2026 23:59`, and a spreadsheet's day number (`37023`). The day comes before
/// the month; nothing is guessed the other way round. Years of two digits lie in 1930..2029.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = crate::domain::digits::plain(text);
    if let Ok(serial) = text.strip_suffix(".0").unwrap_or(&text).parse::<u64>() {
        return from_spreadsheet_serial(serial);
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(&text) {
        return Some(jakarta_date(moment.to_utc())).filter(|date| YEARS.contains(&date.year()));
    }
    let words = runs(&text);
    // What stands before the first number is a place, a weekday or "s/d".
    let first = words.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut words =
        words.get(first..)?.iter().copied().filter(|word| !matches!(*word, "th" | "st" | "nd" | "rd"));
    let (a, b, c) = (words.next()?, words.next()?, words.next()?);
    let rest: Vec<&str> = words.collect();
    if !ends_with_a_time(&text, &rest) {
        return None;
    }
    let (year, month, day) = if a.len() == 4 {
        (a.parse().ok()?, month_number(b)?, c.parse().ok()?)
    } else {
        (full_year(c)?, month_number(b)?, a.parse().ok()?)
    };
    NaiveDate::from_ymd_opt(year, month, day).filter(|date| YEARS.contains(&date.year()))
}

/// Runs of digits and runs of letters: `12Mei2001` has three.
fn runs(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(rest.len());
            found.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    found
}

/// Whether nothing, or a time of day, follows a date: `0:00`, `23.59 WIB`, `T10:21:34.000Z`, `(Sabtu)`.
fn ends_with_a_time(text: &str, rest: &[&str]) -> bool {
    let numbers: Vec<&str> =
        rest.iter().copied().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).collect();
    let words_known =
        rest.iter().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit())).all(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "t" | "z"
                    | "wib"
                    | "utc"
                    | "pukul"
                    | "jam"
                    | "pkl"
                    | "am"
                    | "pm"
                    | "senin"
                    | "selasa"
                    | "rabu"
                    | "kamis"
                    | "jumat"
                    | "jum"
                    | "at"
                    | "sabtu"
                    | "minggu"
                    | "ahad"
            )
        });
    let is_time = match numbers.as_slice() {
        [] => true,
        [hour, minute, ..] => {
            let pair = [":", "."].iter().any(|mark| text.contains(&format!("{hour}{mark}{minute}")));
            let below =
                |text: &str, most: u32| text.len() <= 2 && text.parse::<u32>().is_ok_and(|n| n < most);
            pair && below(hour, 25) && below(minute, 60)
        }
        [_] => false,
    };
    words_known && is_time
}

/// Days of 1930..2100 counted as spreadsheets do, from 30 December 1899.
fn from_spreadsheet_serial(serial: u64) -> Option<NaiveDate> {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (10_959..73_051).contains(&serial).then(|| epoch.checked_add_days(Days::new(serial)))?
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < 30 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// A month by number, by its Indonesian or English name or at least three letters of it, or in Roman numerals.
fn month_number(text: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "januari january",
        "februari pebruari february",
        "maret march",
        "april",
        "mei may",
        "juni june",
        "juli july",
        "agustus agst agts agt ags august",
        "september sept",
        "oktober october",
        "november nopember",
        "desember december",
    ];
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let lower = text.to_lowercase();
    let named = |names: &&str| lower.len() >= 3 && names.split(' ').any(|name| name.starts_with(&lower));
    let at = NAMES.iter().position(named).or_else(|| ROMAN.iter().position(|roman| *roman == lower))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_standard_calendar_is_read_whole() {
        let text = include_str!("../../index/calendar.csv");
        let calendar = Calendar::from_csv(text).expect("readable");
        assert_eq!(calendar, Calendar::standard());
        assert_eq!(calendar.holidays().count(), text.lines().count() - 1);
        // The decree for 2026 has 17 holidays and 8 days of collective leave.
        assert_eq!(calendar.holidays().filter(|(date, _)| date.year() == 2026).count(), 25);
    }

    #[test]
    fn deadlines_skip_weekends_and_holidays() {
        let calendar = Calendar::standard();
        assert_eq!(calendar.add_working_days(day("2026-11-20"), 3), day("2026-11-25"));
        assert_eq!(calendar.add_working_days(day("2026-12-23"), 1), day("2026-12-28"));
        assert_eq!(calendar.add_working_days(day("2026-03-17"), 1), day("2026-03-25"));
        assert_eq!(calendar.add_working_days(day("2026-12-25"), 0), day("2026-12-25"));
    }

    #[test]
    fn the_office_edits_its_calendar() {
        let mut calendar = Calendar::standard();
        let friday = day("2026-11-27");
        calendar.add(friday, "Hari jadi");
        assert!(!calendar.is_working_day(friday));
        assert!(calendar.remove(friday));
        assert!(!calendar.remove(friday));
        assert!(calendar.is_working_day(friday));
    }

    #[test]
    fn a_broken_calendar_names_its_line() {
        let error = Calendar::from_csv("date,name\n2026-01-01,a\n2026-13-01,b\n").expect_err("month 13");
        assert_eq!(error, CalendarError::Line { line: 3, text: "2026-13-01,b".to_owned() });
        assert!(Calendar::from_csv("date,name\n2026-01-01\n").is_err());
    }

    #[test]
    fn the_day_turns_at_seventeen_utc() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        assert_eq!(jakarta_date(at("2026-11-24T16:59:59Z")), day("2026-11-24"));
        assert_eq!(jakarta_date(at("2026-11-24T17:00:00Z")), day("2026-11-25"));
    }

    #[test]
    fn reads_dates_as_people_write_them() {
        let spellings = [
            "2001-05-12",
            "2001-05-12 10:21:34",
            "2001-05-12T10:21:34",
            "2001/05/12",
            "12-05-2001",
            "12/5/2001",
            "12.05.2001",
            "12 Mei 2001",
            "12 mei 2001",
            "12-May-01",
            "Sabtu, 12 Mei 2001",
            "12/05/2001 0:00",
            "12 Mei 2001 00:00",
            "12 Mei 2001 23.59 WIB",
            "2001-05-12 00:00:00.000",
            "2001-05-11T17:30:00Z",
            "2001-05-12T23:59:59+07:00",
            "Sukoharjo, 12 Mei 2001",
            "Kab. Klaten 12-05-2001",
            "Desa Marisa, 12 Mei 2001",
            "12Mei2001",
            "12 mei'01",
            "12-V-2001",
            "12th May 2001",
            "s/d 12 Mei 2001",
            "12 Mei 2001 (Sabtu)",
            "１２-05-2001",
            "37023",
            "37023.0",
        ];
        for text in spellings {
            assert_eq!(parse_date(text), Some(day("2001-05-12")), "{text}");
        }
        assert_eq!(parse_date("17 Agt 1985"), Some(day("1985-08-17")));
        assert_eq!(parse_date("5 Nopember 79"), Some(day("1979-11-05")));
        assert_eq!(parse_date("Sabtu, 5 Des 26 s/d"), None);
        assert_eq!(parse_date("Sabtu, 5 Des 26"), Some(day("2026-12-05")));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "12 Mei 2101",
            "12-05-1899",
            "1-15 Mei 2001",
            "Mei 2001",
            "12-05-2001 7",
            "12-05-2001 sampai selesai",
            "12 Marisa 2001",
            "",
            "-",
            "2025",
            "30-02-2001",
            "05/13/2001",
            "12 Foo 2001",
            "12-05-201",
            "besok",
            "12",
            "99999",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_deadline_is_a_working_day_and_counts_back(offset in 0_u64..700, n in 1_u32..40) {
            let calendar = Calendar::standard();
            let from = day("2026-01-01") + Days::new(offset);
            let due = calendar.add_working_days(from, n);
            prop_assert!(calendar.is_working_day(due));
            prop_assert_eq!(calendar.working_days_between(from, due), n);
            prop_assert_eq!(calendar.working_days_between(due, from), 0);
        }

        #[test]
        fn written_dates_are_read_again(offset in 0_u64..36_000) {
            let date = day("1930-01-01") + Days::new(offset);
            prop_assert_eq!(parse_date(&date.to_string()), Some(date));
            prop_assert_eq!(parse_date(&date.format("%d-%m-%Y").to_string()), Some(date));
        }

        #[test]
        fn never_panics(text in "\\PC{0,24}") {
            prop_assert!(parse_date(&text).is_none_or(|date| YEARS.contains(&date.year())));
        }
    }
}
