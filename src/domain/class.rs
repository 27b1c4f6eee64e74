//! Classes of training (angkatan): what their dates mean for their members. Belongs here: how many one takes, from when its
//! members can begin to work, when the dates are plausible. Does not belong here: how it ended for somebody (`training`),
//! when somebody who can begin later is proposed (`person`).
use chrono::{Days, NaiveDate};

use crate::domain::codes::FieldCode;

/// Most members of a class: what a workshop and one page hold.
pub const MOST: i64 = 40;

/// Longest a class takes, days.
const LONGEST_DAYS: i64 = 730;

/// Version of the words in which somebody is asked whether they may be ranked automatically.
pub const RANKING_WORDING: &str = "2026-11";

/// The first day on which a member can work.
pub fn free_from(ends_on: NaiveDate) -> NaiveDate {
    ends_on.checked_add_days(Days::new(1)).unwrap_or(ends_on)
}

/// Judges the days of a class.
///
/// # Errors
/// The field (`starts_on`, `ends_on`) and what is wrong with it.
pub fn judge_days(starts_on: NaiveDate, ends_on: NaiveDate) -> Result<(), (&'static str, FieldCode)> {
    if ends_on < starts_on {
        return Err(("ends_on", FieldCode::EndBeforeStart));
    }
    if (ends_on - starts_on).num_days() > LONGEST_DAYS {
        return Err(("ends_on", FieldCode::DateOutOfRange));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn members_begin_on_the_day_after() {
        assert_eq!(free_from(day("2026-12-18")), day("2026-12-19"));
    }

    #[test]
    fn days_of_a_class_are_in_order_and_not_years_apart() {
        assert_eq!(judge_days(day("2026-11-02"), day("2026-11-02")), Ok(()));
        assert_eq!(
            judge_days(day("2026-11-02"), day("2026-11-01")),
            Err(("ends_on", FieldCode::EndBeforeStart))
        );
        assert_eq!(
            judge_days(day("2026-11-02"), day("2029-11-02")),
            Err(("ends_on", FieldCode::DateOutOfRange))
        );
    }
}
