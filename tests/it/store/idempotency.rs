//! Keys under which a request is done once.
use padankerja::store::idempotency::{self, Begun};

use super::{account, at, insert_account, refused};
use crate::support::database::{TestDb, both_databases};

async fn keys(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    insert_account(tx, &account(2)).await;
    let (one, other) = (account(1).id, account(2).id);
    assert_eq!(idempotency::begin(tx, one, "kunci-01", ("/x", b"ask"), at(0)).await.unwrap(), Begun::Fresh);
    assert_eq!(idempotency::finish(tx, one, "kunci-01", 201, "{}").await.unwrap(), 1);
    assert_eq!(idempotency::finish(tx, one, "kunci-02", 201, "{}").await.unwrap(), 0);
    let done = Begun::Done { status: 201, body: "{}".to_owned() };
    assert_eq!(idempotency::begin(tx, one, "kunci-01", ("/x", b"ask"), at(1)).await.unwrap(), done);
    assert_eq!(
        idempotency::begin(tx, one, "kunci-01", ("/x", b"other"), at(1)).await.unwrap(),
        Begun::Reused
    );
    // The key of another login is another key.
    assert_eq!(idempotency::begin(tx, other, "kunci-01", ("/x", b"ask"), at(2)).await.unwrap(), Begun::Fresh);
    assert_eq!(idempotency::prune(tx, at(2)).await.unwrap(), 1);
    assert_eq!(idempotency::begin(tx, one, "kunci-01", ("/x", b"ask"), at(3)).await.unwrap(), Begun::Fresh);
    assert_eq!(idempotency::begin(tx, other, "kunci-01", ("/x", b"x"), at(3)).await.unwrap(), Begun::Reused);
    refused(idempotency::begin(tx, one, "pendek", ("/x", b"ask"), at(0)).await);
}

/// A rival with the same key waits for the transaction and finds its answer.
async fn rivals(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    insert_account(&mut tx, &account(1)).await;
    tx.commit().await.unwrap();
    let one = account(1).id;
    let mut first = db.db.write().await.unwrap();
    assert_eq!(
        idempotency::begin(&mut first, one, "kunci-01", ("/x", b"ask"), at(0)).await.unwrap(),
        Begun::Fresh
    );
    let handle = db.db.clone();
    let rival = tokio::spawn(async move {
        let mut second = handle.write().await.unwrap();
        idempotency::begin(&mut second, one, "kunci-01", ("/x", b"ask"), at(0)).await.unwrap()
    });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(!rival.is_finished());
    idempotency::finish(&mut first, one, "kunci-01", 200, "ya").await.unwrap();
    first.commit().await.unwrap();
    assert_eq!(rival.await.unwrap(), Begun::Done { status: 200, body: "ya".to_owned() });
}

both_databases!(every_function, |db: TestDb| keys(db));
both_databases!(a_rival_waits, |db: TestDb| rivals(db));
