//! Evidence whose date nobody told, as a list for officers: an earlier program dated it on the day of the registration. It
//! counts until it expires; whoever records the criterion anew, with its true date, takes it off (`add_evidence`).
use chrono::NaiveDate;

use crate::{
    app::{App, AppError, access::Staff, people::seen::UndatedEvidence},
    domain::ids::RecordId,
    store::{Tx, undated_evidence},
};

/// One page for an officer, behind a place.
pub async fn page(
    app: &App,
    _officer: &Staff,
    after: Option<(NaiveDate, RecordId)>,
    limit: i64,
) -> Result<Vec<UndatedEvidence>, AppError> {
    let mut tx = app.db.read().await?;
    on(&mut tx, app.clock.today(), after, limit).await
}

/// The list as it is on a day.
pub async fn on(
    tx: &mut Tx,
    day: NaiveDate,
    after: Option<(NaiveDate, RecordId)>,
    limit: i64,
) -> Result<Vec<UndatedEvidence>, AppError> {
    let rows = undated_evidence::page(tx, day, after, limit).await?;
    Ok(rows.into_iter().map(UndatedEvidence::from).collect())
}
