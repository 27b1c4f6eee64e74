//! The person who looks for work: what of themself decides whether they may be proposed, referred or hired. Belongs here:
//! the status outside applications, the law on age, the one list of what stands in the way. Does not belong here: whether
//! a pair fits (`matching`), counters (`application::limits`), welfare (`evidence`).
use chrono::{Datelike, Days, NaiveDate};

use crate::domain::{
    application::limits::MAX_LIVE, codes::ProblemCode, intake::words::WorkStatus, machine::text_enum,
};

text_enum! {
    /// What somebody does outside the applications of this service.
    Status: "person status" {
        /// Looks for work.
        Seeking = "seeking",
        /// Employed, or in an internship found elsewhere.
        WorkingElsewhere = "working_elsewhere",
        /// Works on their own account.
        SelfEmployed = "self_employed",
        /// In school or training.
        Studying = "studying",
        /// Nobody reaches them.
        Unreachable = "unreachable",
        /// Something was said that does not tell whether they look for work: somebody asks before they are proposed.
        Unknown = "unknown",
    }
}

text_enum! {
    /// What stands against a person, whatever the vacancy. The texts are the codes that callers are told.
    Bar: "bar" {
        /// Not there (any more): an erased person is found by nobody.
        Absent = "not_found",
        /// Objected to automatic ranking (UU 27/2022 art. 10).
        Objects = "objects_to_ranking",
        /// Hired or started through this service.
        Placed = "person_placed",
        /// Does not look for work.
        NotSeeking = "not_seeking",
        /// Has the most live applications a person may have.
        LiveLimit = "person_live_limit",
        /// Younger than the law allows.
        BelowLegalAge = "below_legal_age",
        /// In a class of training that ends only in more than two weeks.
        InClass = "in_class",
    }
}

/// What of a person decides whether a run, its publishing or the reserve may propose them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Objected to automatic ranking.
    pub objects: bool,
    /// Hired or started somewhere.
    pub placed: bool,
    /// Looks for work.
    pub seeking: bool,
    /// In a class that does not end soon (`is_in_class`).
    pub in_class: bool,
}

impl Status {
    /// The status for what a form or sheet says. Silence means looking for work, which is why people register; words that are
    /// not understood are no silence.
    pub const fn told(status: Option<WorkStatus>) -> Self {
        match status {
            None | Some(WorkStatus::Unemployed) => Self::Seeking,
            Some(WorkStatus::Employed | WorkStatus::Intern) => Self::WorkingElsewhere,
            Some(WorkStatus::SelfEmployed) => Self::SelfEmployed,
            Some(WorkStatus::Studying) => Self::Studying,
            Some(WorkStatus::Unclear) => Self::Unknown,
        }
    }

    /// Looks for work.
    pub const fn is_seeking(self) -> bool {
        matches!(self, Self::Seeking)
    }
}

impl Bar {
    /// The code of a refused request.
    pub const fn code(self) -> ProblemCode {
        match self {
            Self::Absent => ProblemCode::NotFound,
            Self::Objects => ProblemCode::ObjectsToRanking,
            Self::Placed => ProblemCode::PersonPlaced,
            Self::NotSeeking => ProblemCode::NotSeeking,
            Self::LiveLimit => ProblemCode::PersonLiveLimit,
            Self::BelowLegalAge => ProblemCode::BelowLegalAge,
            Self::InClass => ProblemCode::InClass,
        }
    }
}

impl Standing {
    /// Whether the service may propose the person on its own. Room (`application::limits`) is asked apart: who has three
    /// live applications is left out of a run, but may be proposed by hand.
    ///
    /// # Errors
    /// What stands against it: the objection first, since nothing else may be computed about whoever objects.
    pub const fn may_be_proposed(self) -> Result<(), Bar> {
        if self.objects {
            return Err(Bar::Objects);
        }
        if self.placed {
            return Err(Bar::Placed);
        }
        if !self.seeking {
            return Err(Bar::NotSeeking);
        }
        if self.in_class { Err(Bar::InClass) } else { Ok(()) }
    }
}

/// How many days before the end of their class somebody is proposed: between a proposal and a first day of work lie the
/// answers of the office, of the person and of the employer.
pub const AHEAD_DAYS: u64 = 14;

/// Whether somebody whose class ends on this day is not proposed yet on `today`.
pub fn is_in_class(class_ends_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    class_ends_on.is_some_and(|last| proposed_from(last) > today)
}

/// The first day on which members of a class that ends on `last` are proposed.
pub fn proposed_from(last: NaiveDate) -> NaiveDate {
    last.checked_sub_days(Days::new(AHEAD_DAYS)).unwrap_or(last)
}

/// Whether somebody with so many live applications may have one more.
pub const fn has_room(live: i64) -> bool {
    live < MAX_LIVE
}

/// Youngest age for regular work, completed years (UU 13/2003: whoever is below 18 is a child, and children may not be
/// employed).
pub const MINIMUM_AGE: u8 = 18;

/// Youngest age for an internship (magang), completed years, with the consent that the application carries (Permenaker
/// 6/2020).
pub const MINIMUM_AGE_INTERNSHIP: u8 = 17;

/// Whether somebody born on `birth` may work from `start` on. A policy may ask for more than the law, never for less.
///
/// # Errors
/// `BelowLegalAge`.
pub fn may_work(birth: NaiveDate, start: NaiveDate, internship: bool) -> Result<(), Bar> {
    let minimum = if internship { MINIMUM_AGE_INTERNSHIP } else { MINIMUM_AGE };
    if is_of_age(birth, start, minimum) { Ok(()) } else { Err(Bar::BelowLegalAge) }
}

/// Whether an internship that begins on `start` needs the written consent of father, mother or guardian (Permenaker 6/2020).
pub fn needs_guardian(birth: NaiveDate, start: NaiveDate) -> bool {
    !is_of_age(birth, start, MINIMUM_AGE)
}

/// Whether somebody is at least `minimum` years old on a day.
pub fn is_of_age(birth: NaiveDate, day: NaiveDate, minimum: u8) -> bool {
    age_on(birth, day) >= i32::from(minimum)
}

/// Completed years of age on a day. Who is born on 29 February has a birthday on 1 March of an ordinary year.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> i32 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    day.year() - birth.year() - i32::from(before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_law_counts_completed_years_on_the_first_day_of_work() {
        let birth = day("2008-11-25");
        assert_eq!(may_work(birth, day("2026-11-24"), false), Err(Bar::BelowLegalAge));
        assert_eq!(may_work(birth, day("2026-11-25"), false), Ok(()));
        assert_eq!(may_work(birth, day("2025-11-24"), true), Err(Bar::BelowLegalAge));
        assert_eq!(may_work(birth, day("2025-11-25"), true), Ok(()));
        assert_eq!(age_on(day("2008-02-29"), day("2026-02-28")), 17);
    }

    #[test]
    fn one_reason_is_enough_and_the_objection_comes_first() {
        let free = Standing { objects: false, placed: false, seeking: true, in_class: false };
        assert_eq!(free.may_be_proposed(), Ok(()));
        assert_eq!(Standing { in_class: true, ..free }.may_be_proposed(), Err(Bar::InClass));
        assert_eq!(Standing { seeking: false, ..free }.may_be_proposed(), Err(Bar::NotSeeking));
        assert_eq!(Standing { placed: true, seeking: false, ..free }.may_be_proposed(), Err(Bar::Placed));
        let all = Standing { objects: true, placed: true, seeking: false, in_class: true };
        assert_eq!(all.may_be_proposed(), Err(Bar::Objects));
    }

    #[test]
    fn members_of_a_class_are_proposed_from_two_weeks_before_its_end() {
        let last = Some(day("2027-01-15"));
        assert!(is_in_class(last, day("2026-12-31")));
        assert!(!is_in_class(last, day("2027-01-01")) && !is_in_class(last, day("2027-06-01")));
        assert!(!is_in_class(None, day("2026-12-31")));
    }

    #[test]
    fn silence_about_work_means_looking_for_it() {
        assert_eq!(Status::told(None), Status::Seeking);
        assert_eq!(Status::told(Some(WorkStatus::Intern)), Status::WorkingElsewhere);
        assert_eq!(
            Status::told(Some(WorkStatus::Unclear)),
            Status::Unknown,
            "asked first, never proposed unasked"
        );
        for status in Status::ALL {
            assert_eq!(status.is_seeking(), *status == Status::Seeking);
            assert_eq!(status.as_str().parse::<Status>().unwrap(), *status);
        }
        for bar in Bar::ALL {
            assert_eq!(bar.as_str(), bar.code().as_str(), "one word for one thing");
        }
    }
}
