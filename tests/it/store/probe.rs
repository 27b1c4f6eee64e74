//! The row that tells whether writes are possible.
use padankerja::store::{Db, probe};

use super::at;
use crate::support::database::{TestDb, both_databases};

async fn notes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    assert_eq!(probe::note(&mut tx, at(1)).await.unwrap(), 1);
    assert_eq!(probe::note(&mut tx, at(2)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    Db::try_write(&db.db, at(3)).await.unwrap();
}

both_databases!(a_probe_writes_its_one_row, |db: TestDb| notes(db));

/// A writer that is at work is no fault; on PostgreSQL the probe waits for the row's lock and no longer than asked.
async fn beside_a_writer(db: &TestDb) {
    let mut busy = db.db.write().await.unwrap();
    probe::note(&mut busy, at(1)).await.unwrap();
    let waited = tokio::time::timeout(std::time::Duration::from_secs(5), db.db.try_write(at(2)));
    if matches!(db.db, Db::Sqlite { .. }) {
        waited.await.unwrap().unwrap();
    } else {
        busy.rollback().await.unwrap();
        waited.await.unwrap().unwrap();
        return;
    }
    busy.rollback().await.unwrap();
}

both_databases!(a_writer_at_work_is_no_fault, |db: TestDb| beside_a_writer(db));
