//! Bringing the schema to the newest migration, in a way that can be killed at any moment and begun again. How a
//! migration is written is in migrations/README.md.
use sqlx::{
    Connection, PgPool, SqliteConnection, SqlitePool,
    migrate::{Migrate, Migrator},
};

use super::StoreError;

/// How long another process that migrates the same file is waited for, ms.
const PATIENCE: u32 = 600_000;

/// All that is missing in one transaction: after a kill the file is as it was, or up to date. Foreign keys are not
/// enforced meanwhile (that can only be switched outside of a transaction), so that a migration may rebuild a table that
/// others refer to; before anything is kept they are checked over the whole file.
pub(super) async fn upgrade_sqlite(pool: &SqlitePool, migrations: &Migrator) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await?;
    // Reading first: whoever has nothing to do need not wait for a writer.
    if is_current(&mut connection, migrations).await? {
        return Ok(());
    }
    connection.close_on_drop();
    let settings = format!("pragma foreign_keys = off; pragma busy_timeout = {PATIENCE}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(settings)).execute(&mut *connection).await?;
    let mut tx = connection.begin_with("begin immediate").await?;
    migrations.run(&mut *tx).await?;
    refuse_orphans(&mut tx).await?;
    tx.commit().await?;
    Ok(connection.close().await?)
}

/// Each migration in a transaction of its own; a lock of the server keeps a second process waiting.
pub(super) async fn upgrade_postgres(pool: &PgPool, migrations: &Migrator) -> Result<(), StoreError> {
    Ok(migrations.run(pool).await?)
}

/// Whether any migration was ever applied.
pub(super) async fn is_made(pool: &PgPool) -> Result<bool, StoreError> {
    let table = "select 1 from pg_catalog.pg_tables where tablename = '_sqlx_migrations'";
    Ok(sqlx::query(table).fetch_optional(pool).await?.is_some())
}

async fn is_current(connection: &mut SqliteConnection, migrations: &Migrator) -> Result<bool, StoreError> {
    let table = "select 1 from sqlite_schema where type = 'table' and name = '_sqlx_migrations'";
    if sqlx::query(table).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(false);
    }
    let applied = connection.list_applied_migrations("_sqlx_migrations").await?;
    let applied = applied.iter().map(|migration| (migration.version, &migration.checksum));
    Ok(applied.eq(migrations.iter().map(|migration| (migration.version, &migration.checksum))))
}

async fn refuse_orphans(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let orphan: Option<(String, String)> =
        sqlx::query_as(r#"select "table", parent from pragma_foreign_key_check limit 1"#)
            .fetch_optional(connection)
            .await?;
    match orphan {
        Some((table, parent)) => {
            Err(StoreError::Unfit(format!("a migration left rows of {table} without their row of {parent}")))
        }
        None => Ok(()),
    }
}
