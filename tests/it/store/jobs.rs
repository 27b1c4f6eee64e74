//! Jobs: registered once, claimed by one, given back by whoever holds the claim.
use padankerja::store::jobs::{self, Ended, JobRow};
use uuid::Uuid;

use super::{at, refused, same, some};
use crate::support::database::{TestDb, both_databases};

fn fresh(name: &str, due: i64) -> JobRow {
    JobRow {
        name: name.to_owned(),
        due_at: at(due),
        claimed_until: None,
        started_at: None,
        ended_at: None,
        duration_ms: None,
        done: None,
        failed: None,
        last_failure: None,
        last_failure_at: None,
    }
}

async fn claims(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    assert_eq!(jobs::all(tx).await.unwrap(), []);
    assert_eq!(jobs::register(tx, "seal", at(5)).await.unwrap(), 1);
    assert_eq!(jobs::register(tx, "lapse", at(0)).await.unwrap(), 1);
    assert_eq!(jobs::register(tx, "seal", at(0)).await.unwrap(), 0, "it is known");
    same(jobs::all(tx).await.unwrap(), [fresh("lapse", 0), fresh("seal", 5)]);

    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(jobs::claim(tx, "seal", one, at(4), at(9)).await.unwrap(), 0, "not due");
    assert_eq!(jobs::claim(tx, "none", one, at(5), at(9)).await.unwrap(), 0);
    assert_eq!(jobs::claim(tx, "seal", one, at(5), at(9)).await.unwrap(), 1);
    assert_eq!(jobs::claim(tx, "seal", two, at(8), at(12)).await.unwrap(), 0, "somebody has it");
    assert_eq!(jobs::renew(tx, "seal", one, at(20)).await.unwrap(), 1);
    assert_eq!(jobs::renew(tx, "seal", two, at(90)).await.unwrap(), 0);
    assert_eq!(jobs::renew(tx, "lapse", one, at(90)).await.unwrap(), 0);
    let claimed = JobRow { claimed_until: Some(at(20)), started_at: Some(at(5)), ..fresh("seal", 5) };
    same(jobs::all(tx).await.unwrap(), [fresh("lapse", 0), claimed]);
    assert_eq!(jobs::claim(tx, "seal", two, at(20), at(25)).await.unwrap(), 1, "the claim ran out");

    let failed =
        Ended { at: at(21), due_at: at(80), duration_ms: 7, done: 3, failed: 1, failure: some("no_slot") };
    assert_eq!(jobs::end(tx, "seal", one, &failed).await.unwrap(), 0, "it was taken over");
    assert_eq!(jobs::end(tx, "seal", two, &failed).await.unwrap(), 1);
    let ended = JobRow {
        started_at: Some(at(20)),
        ended_at: Some(at(21)),
        duration_ms: Some(7),
        done: Some(3),
        failed: Some(1),
        last_failure: some("no_slot"),
        last_failure_at: Some(at(21)),
        ..fresh("seal", 80)
    };
    same(jobs::all(tx).await.unwrap(), [fresh("lapse", 0), ended]);
    assert_eq!(jobs::end(tx, "seal", two, &failed).await.unwrap(), 0, "it was given back");

    assert_eq!(jobs::claim(tx, "seal", one, at(79), at(99)).await.unwrap(), 0);
    assert_eq!(jobs::claim(tx, "seal", one, at(80), at(99)).await.unwrap(), 1);
    let well = Ended { at: at(82), due_at: at(140), failed: 0, failure: None, ..failed };
    assert_eq!(jobs::end(tx, "seal", one, &well).await.unwrap(), 1);
    let row = jobs::all(tx).await.unwrap().remove(1);
    assert_eq!((row.failed, row.last_failure, row.last_failure_at), (Some(0), None, None), "forgotten");

    jobs::claim(tx, "lapse", one, at(200), at(201)).await.unwrap();
    let senseless = Ended { duration_ms: -1, ..well };
    refused(jobs::end(tx, "lapse", one, &senseless).await);
}

both_databases!(a_job_is_claimed_by_one, |db: TestDb| claims(db));
