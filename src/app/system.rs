//! The edge to the machine: the clock, fresh ids, random bytes. Everything else takes these as parameters. Keys are in
//! `keys`.
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

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

tokio::task_local! {
    /// Where the ids of this task come from, when it makes an invented past.
    static SEEDED: Arc<SeededIds>;
}

/// A fresh id (UUIDv7: ordered by time, so that pages by id follow creation).
#[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
pub fn fresh<T: From<Uuid>>() -> T {
    T::from(SEEDED.try_with(|ids| ids.next()).unwrap_or_else(|_| Uuid::now_v7()))
}

/// Ids of an invented past: UUIDv7 of the moments its clock shows, in the order they are made, and the same for the same seed.
/// Ties of a match run are broken by ids, so that without them no past could be made twice.
pub struct SeededIds {
    clock: Arc<dyn Clock>,
    seed: u64,
    made: AtomicU64,
}

impl SeededIds {
    /// None made yet.
    pub fn new(clock: Arc<dyn Clock>, seed: u64) -> Arc<Self> {
        Arc::new(Self { clock, seed, made: AtomicU64::new(0) })
    }

    fn next(&self) -> Uuid {
        let count = self.made.fetch_add(1, Ordering::Relaxed);
        let millis = u64::try_from(self.clock.now().timestamp_millis()).unwrap_or_default();
        // After the time a count, so that ids of one moment keep their order; after the count what the seed makes of it.
        let digest = sha256(&[self.seed.to_le_bytes(), count.to_le_bytes()].concat());
        let random = digest.iter().take(5).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        let tail = (u128::from(count) & 0xffff_ffff) << 40 | random;
        Uuid::from_u128(
            u128::from(millis) << 80
                | 0x7 << 76
                | (tail >> 60 & 0xfff) << 64
                | 0b10 << 62
                | (tail & 0x0fff_ffff_ffff_ffff),
        )
    }
}

/// Does work whose ids are the invented past's.
pub async fn with_ids<F: Future>(ids: &Arc<SeededIds>, work: F) -> F::Output {
    SEEDED.scope(Arc::clone(ids), work).await
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::FixedClock;

    fn made(seed: u64, at: &str, count: usize) -> Vec<Uuid> {
        let ids = SeededIds::new(Arc::new(FixedClock(at.parse().unwrap())), seed);
        (0..count).map(|_| ids.next()).collect()
    }

    #[test]
    fn seeded_ids_are_the_same_again_and_in_order() {
        let first = made(7, "2026-05-27T01:00:00Z", 3_000);
        assert_eq!(first, made(7, "2026-05-27T01:00:00Z", 3_000));
        assert!(first.is_sorted() && first.windows(2).all(|two| two[0] != two[1]));
        assert!(
            first.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122)
        );
        let moment = first[0].get_timestamp().map(|at| at.to_unix().0);
        assert_eq!(moment, Some(1_779_843_600));
        assert!(first.iter().zip(made(8, "2026-05-27T01:00:00Z", 3_000)).all(|(a, b)| *a != b));
        assert!(made(7, "2026-05-27T01:00:01Z", 1)[0] > first[2_999]);
    }

    #[tokio::test]
    async fn only_the_work_inside_has_seeded_ids() {
        let ids = SeededIds::new(Arc::new(SystemClock), 7);
        let (one, two): (Uuid, Uuid) = with_ids(&ids, async { (fresh(), fresh()) }).await;
        let (now, outside): (Uuid, Uuid) = (SeededIds::new(Arc::new(SystemClock), 7).next(), fresh());
        assert!(one < two && one.as_bytes()[6..] == now.as_bytes()[6..] && outside != one);
    }
}
