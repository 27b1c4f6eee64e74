//! Seals over the audit: every full minute that has rows is sealed once, each seal follows the one before. `seal` says
//! what a seal is made of, `verify` recomputes the chain. Rows are written by `write` alone: who acts comes from `access`,
//! what happened from the closed list in `event`.
//!
//! A row carries the moment at which its use case began to write, and is committed later. A minute is therefore sealed
//! only when it ended two minutes ago *and* every transaction that was open then has ended; an honest row never comes
//! after its seal. The two minutes are for replicas whose clocks differ. A row that comes later all the same is
//! never sealed afterwards: `verify` reports it.
pub mod event;
pub mod seal;
pub mod steps;
pub mod verify;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::{App, AppError, access::acting::Acting, system},
    domain::ids::RecordId,
    store::{
        Tx,
        audit::{self, Row, Seal},
        events,
    },
    transact,
};
pub use event::AuditEvent;

/// How long after its end a minute may be sealed; how far the clocks of two replicas may be apart.
pub const MARGIN: TimeDelta = TimeDelta::minutes(2);

/// Most seals in one transaction.
const AT_ONCE: u64 = 60;

/// How often another replica may be quicker before something must be wrong.
const LOSSES: u32 = 5;

/// From the epoch back to the year 1.
const SINCE_YEAR_1: TimeDelta = TimeDelta::days(719_162);

/// What was sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Minutes with rows.
    pub minutes: u64,
    /// Their rows.
    pub rows: u64,
}

/// How a batch ended.
enum End {
    /// Nothing is due.
    Done,
    /// There may be more.
    More,
    /// Another replica sealed the same minute first.
    Lost,
}

/// Writes what somebody did, in the transaction that does it. `at` is the moment at which the use case began to write:
/// a row later than its transaction's start and earlier than its end is what the seals rest on.
pub async fn write(
    tx: &mut Tx,
    acting: &Acting,
    at: DateTime<Utc>,
    event: AuditEvent,
) -> Result<(), AppError> {
    let (object_kind, object) = event.object();
    let row = events::Audit {
        at,
        account: acting.account(),
        actor: acting.actor(),
        organisation: acting.office(),
        action: event.action(),
        object_kind,
        object: Some(object),
        event: event.recorded(),
    };
    events::audit(tx, system::fresh::<RecordId>(), &row).await?;
    Ok(())
}

/// Seals every minute that is due, in order. Several replicas may do it at once: a minute is sealed by whoever is first.
pub async fn seal_due(app: &App) -> Result<Sealed, AppError> {
    let mut all = Sealed::default();
    let mut losses = 0;
    loop {
        let (sealed, end) = transact!(app, tx => seal_some(app, tx).await)?;
        all.minutes += sealed.minutes;
        all.rows += sealed.rows;
        match end {
            End::Done => return Ok(all),
            End::More => losses = 0,
            End::Lost if losses < LOSSES => losses += 1,
            End::Lost => {
                return Err(AppError::Internal("the newest audit seal already has a successor".to_owned()));
            }
        }
    }
}

async fn seal_some(app: &App, tx: &mut Tx) -> Result<(Sealed, End), AppError> {
    let mut sealed = Sealed::default();
    let now = app.clock.now();
    let Some(settled) = audit::settled_before(tx, now).await? else {
        tracing::warn!("audit rows are not sealed: the server does not tell which transactions are open");
        return Ok((sealed, End::Done));
    };
    let due_before = minute_of(settled - MARGIN);
    let mut last = audit::last_seal(tx).await?;
    while sealed.minutes < AT_ONCE {
        let Some(next) = next_seal(tx, last.as_ref(), due_before, now).await? else {
            return Ok((sealed, End::Done));
        };
        if audit::insert_seal(tx, &next).await? == 0 {
            return Ok((sealed, End::Lost));
        }
        sealed.minutes += 1;
        sealed.rows += u64::try_from(next.row_count).unwrap_or(0);
        last = Some(next);
    }
    Ok((sealed, End::More))
}

/// The seal of the first minute with rows after the last sealed one, if it is due.
async fn next_seal(
    tx: &mut Tx,
    last: Option<&Seal>,
    due_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<Seal>, AppError> {
    let from = last.map_or_else(earliest, |seal| end_of(seal.minute));
    let Some(first) = audit::first_from(tx, from).await? else { return Ok(None) };
    let minute = minute_of(first);
    if minute >= due_before {
        return Ok(None);
    }
    let rows = audit::rows(tx, minute, end_of(minute)).await?;
    let previous = last.map_or(seal::ORIGIN.to_vec(), |seal| seal.seal.clone());
    Ok(Some(Seal {
        minute,
        row_count: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        seal: seal::seal(&previous, minute.timestamp_micros(), &digests(&rows)),
        previous,
        sealed_at: now,
    }))
}

fn digests(rows: &[Row]) -> Vec<Vec<u8>> {
    rows.iter().map(seal::digest).collect()
}

/// Before every audit row; a moment that both databases can compare.
fn earliest() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH - SINCE_YEAR_1
}

/// The first moment of the minute.
fn minute_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at - TimeDelta::microseconds(at.timestamp_micros().rem_euclid(60_000_000))
}

/// The first moment of the next minute.
fn end_of(minute: DateTime<Utc>) -> DateTime<Utc> {
    minute + TimeDelta::minutes(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_begins_at_its_first_microsecond() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(minute_of(at("2026-03-02T02:00:59.999999Z")), at("2026-03-02T02:00:00Z"));
        assert_eq!(minute_of(at("2026-03-02T02:00:00Z")), at("2026-03-02T02:00:00Z"));
        assert_eq!(earliest(), at("0001-01-01T00:00:00Z"));
        assert_eq!(minute_of(at("1969-12-31T23:59:59.5Z")), at("1969-12-31T23:59:00Z"));
    }
}
