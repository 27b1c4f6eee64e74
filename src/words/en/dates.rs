//! Dates as they are written in English.
use chrono::{Datelike, NaiveDate, Weekday};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `12 May 2001`.
pub fn long(date: NaiveDate) -> String {
    let at = usize::try_from(date.month0()).unwrap_or_default();
    format!("{} {} {}", date.day(), MONTHS.get(at).copied().unwrap_or_default(), date.year())
}

/// `Monday, 30 November 2026`.
pub fn with_weekday(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    format!("{weekday}, {}", long(date))
}
