//! A clock that its owner moves: from working day to working day, and within one by the minutes that a deed takes.
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::domain::{calendar::jakarta_date, clock::Clock};

/// The moment, in microseconds.
pub(super) struct Stepped(AtomicI64);

impl Stepped {
    /// At the beginning of a working day.
    pub(super) fn at(day: NaiveDate) -> Self {
        Self(AtomicI64::new(morning(day)))
    }

    /// Moves to the beginning of a working day: eight o'clock in Sukoharjo.
    pub(super) fn begin(&self, day: NaiveDate) {
        self.0.store(morning(day), Ordering::Relaxed);
    }

    /// Lets some time of the day pass; the day does not end by it.
    pub(super) fn pass(&self, seconds: u32) {
        let next = self.0.load(Ordering::Relaxed) + i64::from(seconds) * 1_000_000;
        if moment(next).map(jakarta_date) == Some(self.today()) {
            self.0.store(next, Ordering::Relaxed);
        }
    }
}

impl Clock for Stepped {
    fn now(&self) -> DateTime<Utc> {
        moment(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

fn morning(day: NaiveDate) -> i64 {
    // Western Indonesia is seven hours ahead all year.
    let hour = NaiveTime::from_hms_opt(1, 0, 0).unwrap_or_default();
    day.and_time(hour).and_utc().timestamp_micros()
}

fn moment(micros: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_eight_and_does_not_end_by_what_is_done() {
        let day: NaiveDate = "2026-05-27".parse().unwrap();
        let clock = Stepped::at(day);
        assert_eq!((clock.today(), clock.now().to_rfc3339()), (day, "2026-05-27T01:00:00+00:00".to_owned()));
        clock.pass(90);
        assert_eq!(clock.now().to_rfc3339(), "2026-05-27T01:01:30+00:00");
        for _ in 0..10_000 {
            clock.pass(90);
        }
        assert_eq!(clock.today(), day);
        clock.begin("2026-05-28".parse().unwrap());
        assert_eq!(clock.now().to_rfc3339(), "2026-05-28T01:00:00+00:00");
    }
}
