//! Hiring plans (rencana kebutuhan tenaga kerja): an employer announces months ahead what it will need. Belongs here: how
//! sure a plan is and which plans count as demand. They count for training classes only, never in an assignment.
use chrono::{Datelike, NaiveDate};

use crate::domain::{employer, machine::text_enum};

text_enum! {
    /// How sure a plan is.
    Certainty: "certainty" {
        /// Thought about.
        Idea = "idea",
        /// Expected.
        Likely = "likely",
        /// Decided.
        Decided = "decided",
    }
}

impl Certainty {
    /// Whether a plan for `month` (its first day) counts as demand on `today`: more than an idea, not over, and of an
    /// employer that is verified. Classes are opened at public expense: not on the word of somebody nobody checked.
    pub fn counts_as_demand(self, month: NaiveDate, employer: employer::State, today: NaiveDate) -> bool {
        let is_more_than_an_idea = match self {
            Self::Idea => false,
            Self::Likely | Self::Decided => true,
        };
        is_more_than_an_idea && month >= first_of_month(today) && employer.may_read_counts()
    }
}

/// The first day of the month of a date: plans are for months.
pub fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_counts_from_likely_on_in_its_month_and_of_a_verified_employer() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let counts = |certainty: Certainty, month, employer, today| {
            certainty.counts_as_demand(day(month), employer, day(today))
        };
        let verified = employer::State::Verified;
        assert!(counts(Certainty::Likely, "2026-11-01", verified, "2026-11-30"));
        assert!(counts(Certainty::Decided, "2027-03-01", verified, "2026-11-30"));
        assert!(!counts(Certainty::Idea, "2026-11-01", verified, "2026-11-30"));
        assert!(!counts(Certainty::Decided, "2026-11-01", verified, "2026-12-01"), "over");
        for employer in employer::State::ALL {
            let counted = counts(Certainty::Decided, "2026-12-01", *employer, "2026-12-01");
            assert_eq!(counted, *employer == verified, "{employer}");
        }
    }
}
