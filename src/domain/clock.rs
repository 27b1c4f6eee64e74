//! Time as a parameter. The only implementation that reads the machine's clock is `app::system`.
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};

use crate::domain::calendar::jakarta_date;

/// Where a use case takes its time from.
pub trait Clock: Send + Sync {
    /// The present moment, truncated to microseconds (what both databases can keep).
    fn now(&self) -> DateTime<Utc>;

    /// The present business date in Asia/Jakarta.
    fn today(&self) -> NaiveDate {
        jakarta_date(self.now())
    }
}

/// The moment as both databases keep it: whole microseconds.
pub fn truncate(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// A clock that stands still: for tests, replays and dated runs.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        truncate(self.0)
    }
}
