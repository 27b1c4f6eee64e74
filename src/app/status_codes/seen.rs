//! What a status code shows: to its person that there is one, to whoever has it where the applications stand.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{application::State, calendar::jakarta_date, machine::Actor},
    store::status_codes::Bare,
};

/// That there is a code, and until when; the code itself nobody can read again.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StatusCode)]
pub struct StatusCodeView {
    pub made_at: DateTime<Utc>,
    /// Until when it may be used.
    pub expires_at: DateTime<Utc>,
}

/// A code that was just made. It is in clear: no `Debug`.
#[derive(Clone, Serialize, ToSchema)]
pub struct StatusSlip {
    /// Ten characters in fives; told once.
    #[schema(example = "K7QX9 RMT2P")]
    pub code: String,
    /// Until when it may be used.
    pub expires_at: DateTime<Utc>,
}

/// What whoever has a code is told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatusTold {
    /// Those that go on first, each newest first.
    pub applications: Vec<BareApplication>,
    /// Until when the code may be used.
    pub expires_at: DateTime<Utc>,
}

/// An application without a person and without an employer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BareApplication {
    /// Title of the vacancy.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// Set aside while the person is hired elsewhere.
    pub held: bool,
    /// Since when, business date.
    pub since: NaiveDate,
    /// Who has to act next.
    pub awaits: Option<Actor>,
    /// Business date by which that is due; none while it stands still.
    pub deadline: Option<NaiveDate>,
}

impl StatusTold {
    pub(super) fn of(rows: Vec<Bare>, expires_at: DateTime<Utc>) -> Self {
        let (open, past): (Vec<Bare>, Vec<Bare>) = rows.into_iter().partition(|row| row.state.is_open());
        let applications = open.into_iter().chain(past).map(BareApplication::from).collect();
        Self { applications, expires_at }
    }
}

impl From<Bare> for BareApplication {
    fn from(row: Bare) -> Self {
        Self {
            title: row.title,
            state: row.state,
            held: row.held,
            since: jakarta_date(row.since),
            awaits: row.state.awaits(),
            deadline: row.deadline.filter(|_| !row.state.stands_still(row.employer_state)),
        }
    }
}
