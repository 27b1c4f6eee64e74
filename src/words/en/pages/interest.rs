//! An interest on pages: by when an officer calls.
use chrono::NaiveDate;

use crate::words::en::dates;

/// The day that whoever said it is told.
pub fn call_by(day: NaiveDate) -> String {
    format!("An officer will contact you by {}.", dates::with_weekday(day))
}
