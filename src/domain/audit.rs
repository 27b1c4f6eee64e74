//! What recomputing the chain of audit seals can show. How it is recomputed is in `app::audit::verify`.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::ids::RecordId;

/// What is wrong with a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// As many rows as were sealed, but not these; or the seal itself was changed.
    Changed,
    /// Fewer rows than were sealed.
    Lost,
    /// More rows than were sealed: written into a sealed minute, or later than its seal.
    Added,
    /// Rows in a minute without a seal though a later minute has one: written later, or the seal was removed.
    Unsealed,
    /// The seal does not follow the one before: a seal in between was removed or changed.
    Unlinked,
}

/// Something that is not as it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// First moment of the minute.
    pub minute: DateTime<Utc>,
    /// What is wrong.
    pub kind: Kind,
    /// How many rows are missing, too many or without a seal; 0 where that is not known.
    pub rows: i64,
    /// Which rows, where that is known.
    pub ids: Vec<RecordId>,
}

/// The newest seal: note it elsewhere, and `known` proves later that the chain still holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Newest {
    /// First moment of its minute.
    pub minute: DateTime<Utc>,
    /// The seal in hexadecimal.
    pub seal: String,
}

/// What a recomputation showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Sealed minutes whose rows are those that were sealed.
    pub minutes: u64,
    /// Their rows.
    pub rows: u64,
    /// Rows after the newest seal: not proven yet.
    pub waiting: i64,
    /// When the oldest of them happened.
    pub waiting_since: Option<DateTime<Utc>>,
    /// The newest seal.
    pub newest: Option<Newest>,
    /// Whether the noted seal is in the chain; none when none was given.
    pub known: Option<bool>,
    /// How many findings there are.
    pub found: u64,
    /// The first hundred of them, oldest first.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether nothing speaks against the audit.
    pub fn holds(&self) -> bool {
        self.found == 0 && self.known != Some(false)
    }
}
