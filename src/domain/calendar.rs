//! Business dates of the office: Asia/Jakarta, Monday to Friday without holidays, and dates as people write them.
//!
//! Belongs here: which days are working days, counting of deadlines, and reading of dates. Does not belong here: the
//! clock, and the list of holidays (`holiday`, kept in the database); the present moment and the days come in as parameters.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};

/// Days on which the office does not work, besides Saturdays and Sundays. What was read from a day on knows nothing of
/// the days before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    holidays: BTreeSet<NaiveDate>,
}

impl FromIterator<NaiveDate> for Calendar {
    fn from_iter<T: IntoIterator<Item = NaiveDate>>(holidays: T) -> Self {
        Self { holidays: holidays.into_iter().collect() }
    }
}

/// Saturdays and Sundays, on which the office is closed whatever the calendar says.
pub fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

impl Calendar {
    /// Monday to Friday and no holiday.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !is_weekend(date) && !self.holidays.contains(&date)
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

    fn closed_on(days: &[&str]) -> Calendar {
        days.iter().copied().map(day).collect()
    }

    #[test]
    fn deadlines_skip_weekends_and_holidays() {
        let calendar =
            closed_on(&["2026-03-18", "2026-03-19", "2026-03-20", "2026-03-23", "2026-03-24", "2026-12-25"]);
        assert_eq!(calendar.add_working_days(day("2026-11-20"), 3), day("2026-11-25"));
        assert_eq!(calendar.add_working_days(day("2026-12-24"), 1), day("2026-12-28"));
        assert_eq!(calendar.add_working_days(day("2026-03-17"), 1), day("2026-03-25"));
        assert_eq!(calendar.add_working_days(day("2026-12-25"), 0), day("2026-12-25"));
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
        fn a_deadline_is_a_working_day_and_counts_back(
            offset in 0_u64..700, n in 1_u32..40, closed in prop::collection::vec(0_u64..800, 0..120),
        ) {
            let first = day("2026-01-01");
            let calendar: Calendar = closed.iter().map(|days| first + Days::new(*days)).collect();
            let from = first + Days::new(offset);
            let due = calendar.add_working_days(from, n);
            prop_assert!(calendar.is_working_day(due) && !is_weekend(due));
            prop_assert_eq!(calendar.working_days_between(from, due), n);
            prop_assert_eq!(calendar.working_days_between(due, from), 0);
        }

        #[test]
        fn a_holiday_puts_off_what_it_lies_before_and_nothing_else(
            offset in 0_u64..60, n in 1_u32..20, closed in prop::collection::vec(0_u64..120, 0..30), fresh in 0_u64..120,
        ) {
            let first = day("2026-01-01");
            let (from, fresh) = (first + Days::new(offset), first + Days::new(fresh));
            let days: Vec<NaiveDate> = closed.iter().map(|days| first + Days::new(*days)).collect();
            let before: Calendar = days.iter().copied().collect();
            let after: Calendar = days.iter().copied().chain([fresh]).collect();
            let (was, is) = (before.add_working_days(from, n), after.add_working_days(from, n));
            let lies_between = from < fresh && fresh <= was && before.is_working_day(fresh);
            prop_assert_eq!(is, if lies_between { before.add_working_days(was, 1) } else { was });
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
