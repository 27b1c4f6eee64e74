//! The edge to the machine: the clock, fresh ids, random bytes. Everything else takes these as parameters. Keys are in
//! `keys`.
use std::time::Duration;

use aws_lc_rs::{digest, rand};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    app::AppError,
    domain::clock::{Clock, truncate},
};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> DateTime<Utc> {
        truncate(Utc::now())
    }
}

/// A fresh id (UUIDv7: ordered by time, so that pages by id follow creation).
#[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
pub fn fresh<T: From<Uuid>>() -> T {
    T::from(Uuid::now_v7())
}

/// Random bytes from the system's generator.
pub fn random<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0_u8; N];
    rand::fill(&mut bytes).map_err(|_| AppError::Internal("no random bytes".to_owned()))?;
    Ok(bytes)
}

/// Waits before a transaction is tried again: 5, 20, 80, 320 ms, each shifted by up to half so that two rivals part.
pub async fn pause(attempt: u32) {
    let base = 5_u64.saturating_mul(4_u64.saturating_pow(attempt.saturating_sub(1)));
    let shift = random::<1>().map_or(0, |[byte]| base * u64::from(byte) / 510);
    tokio::time::sleep(Duration::from_millis(base + shift)).await;
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
