//! What the search index still has to hear of, and who this store is.
use uuid::Uuid;

use crate::{
    sql,
    store::{StoreError, Tx},
};

/// One change to be indexed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    /// Order within one database; not gap-free, and on PostgreSQL not in order of commit.
    pub seq: i64,
    /// PostgreSQL transaction id; 0 on SQLite, where `seq` is the order of commit.
    pub txid: i64,
    /// `vacancy` or `person`.
    pub kind: String,
    /// The vacancy or person that changed.
    pub object_id: Uuid,
}

/// Notes that an object changed, in the transaction of the change.
pub async fn add(tx: &mut Tx, kind: &'static str, object: Uuid) -> Result<(), StoreError> {
    sql!(tx, execute, "insert into outbox (kind, object_id) values ($1, $2)", kind, object)?;
    Ok(())
}

/// The position up to which everything is committed: entries below it can be read without missing a later one.
pub async fn horizon(tx: &mut Tx) -> Result<i64, StoreError> {
    let (horizon,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        sqlite: "select coalesce((select seq from sqlite_sequence where name = 'outbox'), 0) + 1",
        postgres: "select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)"
    )?;
    Ok(horizon)
}

/// The entries from a watermark (inclusive) up to a horizon (exclusive): by `seq` on SQLite, by transaction id on PostgreSQL.
pub async fn between(tx: &mut Tx, watermark: i64, horizon: i64) -> Result<Vec<Entry>, StoreError> {
    sql!(
        tx,
        fetch_all<Entry>,
        sqlite: "select seq, txid, kind, object_id from outbox where seq >= $1 and seq < $2 order by seq",
        postgres: "select seq, txid, kind, object_id from outbox where txid >= $1 and txid < $2 order by txid, seq",
        watermark,
        horizon
    )
}

/// The lowest position still kept; an index older than this must be rebuilt. 0 when nothing was pruned.
pub async fn pruned_to(tx: &mut Tx) -> Result<i64, StoreError> {
    let (position,): (i64,) =
        sql!(tx, fetch_one<(i64,)>, "select outbox_pruned_to from store_meta where only_row = 1")?;
    Ok(position)
}

/// Drops entries below a position and remembers it.
pub async fn prune(tx: &mut Tx, position: i64) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update store_meta set outbox_pruned_to = $1 where only_row = 1 and outbox_pruned_to < $1",
        position
    )?;
    sql!(
        tx,
        execute,
        sqlite: "delete from outbox where seq < $1",
        postgres: "delete from outbox where txid < $1",
        position
    )
}

/// Who this store is: its id and how often it was restored from a backup.
pub async fn identity(tx: &mut Tx) -> Result<Option<(Uuid, i64)>, StoreError> {
    sql!(tx, fetch_optional<(Uuid, i64)>, "select store_id, restore_epoch from store_meta where only_row = 1")
}

/// `identity` together with `pruned_to`, for a look that must be quick.
pub async fn origin(tx: &mut Tx) -> Result<Option<(Uuid, i64, i64)>, StoreError> {
    sql!(
        tx,
        fetch_optional<(Uuid, i64, i64)>,
        "select store_id, restore_epoch, outbox_pruned_to from store_meta where only_row = 1"
    )
}

/// Names a fresh store; 0 rows when it has a name.
pub async fn name_store(tx: &mut Tx, id: Uuid) -> Result<u64, StoreError> {
    sql!(tx, execute, "insert into store_meta (only_row, store_id) values (1, $1) on conflict do nothing", id)
}
