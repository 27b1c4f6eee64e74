//! An interest on pages: by when an officer calls.
use chrono::NaiveDate;

use crate::words::id::dates;

/// The day that whoever said it is told.
pub fn call_by(day: NaiveDate) -> String {
    format!("Petugas menghubungi Anda paling lambat {}.", dates::with_weekday(day))
}
