//! What the index has still to hear of.
use padankerja::store::{Db, Tx, index_feed};

use super::id;
use crate::support::database::{TestDb, both_databases};

/// Adds entries in a transaction of their own.
async fn add(db: &Db, objects: &[u128]) {
    let mut tx = db.write().await.unwrap();
    for number in objects {
        index_feed::add(&mut tx, "person", id(*number)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn objects(tx: &mut Tx, from: i64, to: i64) -> Vec<u128> {
    index_feed::between(tx, from, to)
        .await
        .unwrap()
        .into_iter()
        .map(|entry| entry.object_id.as_u128())
        .collect()
}

/// The horizon once this many entries lie below it. A PostgreSQL server has one horizon for all its databases: the
/// transactions of other tests hold it back for a while.
async fn settled(db: &Db, entries: usize) -> i64 {
    for _ in 0..1_500 {
        let mut tx = db.read().await.unwrap();
        let horizon = index_feed::horizon(&mut tx).await.unwrap();
        if objects(&mut tx, 0, horizon).await.len() == entries {
            return horizon;
        }
        tx.rollback().await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{entries} entries never came below the horizon");
}

async fn entries(db: &TestDb) {
    add(&db.db, &[5, 4]).await;
    let first = settled(&db.db, 2).await;
    let mut reader = db.db.read().await.unwrap();
    let found = index_feed::between(&mut reader, 0, first).await.unwrap();
    assert_eq!(
        found.iter().map(|e| (e.kind.as_str(), e.object_id)).collect::<Vec<_>>(),
        [("person", id(5)), ("person", id(4))]
    );
    assert!(found[0].seq < found[1].seq);
    reader.rollback().await.unwrap();

    add(&db.db, &[3]).await;
    let second = settled(&db.db, 3).await;
    let mut tx = db.db.write().await.unwrap();
    assert!(second > first);
    assert_eq!(objects(&mut tx, 0, second).await, [5, 4, 3]);
    // Inclusive below, exclusive above: what was read up to a horizon is not read again.
    assert_eq!(objects(&mut tx, first, second).await, [3]);
    assert_eq!(objects(&mut tx, 0, first).await, [5, 4]);
    assert_eq!(objects(&mut tx, second, second).await, [0; 0]);
    index_feed::add(&mut tx, "vacancy", id(2)).await.unwrap();
    tx.rollback().await.unwrap();
}

/// On PostgreSQL an open transaction with an entry holds the horizon back; on SQLite nobody else writes.
async fn open_writers(db: &TestDb) {
    let mut writer = db.db.write().await.unwrap();
    index_feed::add(&mut writer, "vacancy", id(1)).await.unwrap();
    let mut reader = db.db.read().await.unwrap();
    let before = index_feed::horizon(&mut reader).await.unwrap();
    reader.rollback().await.unwrap();
    let others = usize::from(matches!(db.db, Db::Postgres(_)));
    if others == 1 {
        add(&db.db, &[2]).await;
    }
    writer.commit().await.unwrap();
    let after = settled(&db.db, others + 1).await;
    let mut reader = db.db.read().await.unwrap();
    assert!(after > before);
    assert_eq!(objects(&mut reader, 0, before).await, [0; 0], "nothing below it appears later");
    assert!(objects(&mut reader, before, after).await.contains(&1));
}

async fn identity_and_pruning(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    assert_eq!(index_feed::identity(&mut tx).await.unwrap(), None);
    assert_eq!(index_feed::origin(&mut tx).await.unwrap(), None);
    assert_eq!(index_feed::name_store(&mut tx, id(7)).await.unwrap(), 1);
    assert_eq!(index_feed::name_store(&mut tx, id(8)).await.unwrap(), 0, "it has a name");
    assert_eq!(index_feed::identity(&mut tx).await.unwrap(), Some((id(7), 0)));
    assert_eq!(index_feed::origin(&mut tx).await.unwrap(), Some((id(7), 0, 0)));
    assert_eq!(index_feed::pruned_to(&mut tx).await.unwrap(), 0);
    tx.commit().await.unwrap();

    add(&db.db, &[1, 2]).await;
    let position = settled(&db.db, 2).await;
    add(&db.db, &[3]).await;
    let mut tx = db.db.write().await.unwrap();
    assert_eq!(index_feed::prune(&mut tx, position).await.unwrap(), 2);
    assert_eq!(index_feed::pruned_to(&mut tx).await.unwrap(), position);
    assert_eq!(index_feed::prune(&mut tx, position - 1).await.unwrap(), 0);
    assert_eq!(index_feed::pruned_to(&mut tx).await.unwrap(), position, "it never goes back");
    tx.commit().await.unwrap();
    let horizon = settled(&db.db, 1).await;
    let mut tx = db.db.read().await.unwrap();
    assert_eq!(index_feed::origin(&mut tx).await.unwrap(), Some((id(7), 0, position)));
    assert_eq!(objects(&mut tx, 0, horizon).await, [3]);
}

both_databases!(entries_come_in_order, |db: TestDb| entries(db));
both_databases!(open_writers_hold_the_horizon, |db: TestDb| open_writers(db));
both_databases!(identity_and_what_was_pruned, |db: TestDb| identity_and_pruning(db));
