//! Dates and times as they are written in Indonesia.
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// `12 Mei 2001`.
pub fn long(date: NaiveDate) -> String {
    let at = usize::try_from(date.month0()).unwrap_or_default();
    format!("{} {} {}", date.day(), MONTHS.get(at).copied().unwrap_or_default(), date.year())
}

/// `Senin, 30 November 2026`.
pub fn with_weekday(date: NaiveDate) -> String {
    format!("{}, {}", weekday(date), long(date))
}

/// `Senin`.
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "Senin",
        Weekday::Tue => "Selasa",
        Weekday::Wed => "Rabu",
        Weekday::Thu => "Kamis",
        Weekday::Fri => "Jumat",
        Weekday::Sat => "Sabtu",
        Weekday::Sun => "Minggu",
    }
}

/// A minute as the office's clock shows it: `2026-11-27 08:15 WIB`.
pub fn minute(at: DateTime<Utc>) -> String {
    format!("{} WIB", clock(at))
}

/// The same in a column that says so in its heading: `2026-11-27 08:15`.
pub fn clock(at: DateTime<Utc>) -> String {
    (at + TimeDelta::hours(7)).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::parse_date;

    #[test]
    fn a_minute_is_told_in_western_indonesian_time() {
        let at = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        assert_eq!(minute(at), "2026-01-01 07:00 WIB");
        assert_eq!(long(at.date_naive()), "1 Januari 2026");
        assert_eq!(with_weekday(at.date_naive()), "Kamis, 1 Januari 2026");
    }

    proptest! {
        #[test]
        fn written_dates_are_read_again(offset in 0_u64..36_000) {
            let date = NaiveDate::from_ymd_opt(1930, 1, 1).unwrap() + Days::new(offset);
            prop_assert_eq!(parse_date(&long(date)), Some(date));
        }
    }
}
