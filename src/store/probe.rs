//! One row that is written to see whether writes are possible (`readyz`).
use chrono::{DateTime, Utc};

use crate::{
    sql,
    store::{StoreError, Tx},
};

/// Notes that somebody asked at `now`.
pub async fn note(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into write_probe (id, asked_at) values (1, $1) on conflict (id) do update set asked_at = excluded.asked_at",
        now
    )
}
