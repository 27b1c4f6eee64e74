//! What officers must decide about in vacancies: which were judged by another finder, and what an answer changes. The flags
//! themselves are a column of the vacancy (`vacancies`).
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    domain::{flag::Kept, ids::VacancyId},
    sql,
    store::{StoreError, Tx},
};

/// Open vacancies that another finder judged last, by id.
pub async fn judged_otherwise(tx: &mut Tx, finder: &str) -> Result<Vec<VacancyId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(VacancyId,)>,
        "select id from vacancies where state = 'open' and judged_by <> $1 order by id",
        finder.to_owned()
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Stores what a finder said of an open vacancy. No version: what people wrote and where it stands are as before.
pub async fn set_judgement(
    tx: &mut Tx,
    id: VacancyId,
    flags: Json<Vec<Kept>>,
    finder: &str,
    open_since: Option<DateTime<Utc>>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update vacancies set flags = $2, judged_by = $3, flags_open_since = $4 where id = $1 and state = 'open'",
        id,
        &flags,
        finder.to_owned(),
        open_since
    )
}

/// Compare-and-swap of the reasons an officer gave for what a vacancy of this version asks: nothing waits any more.
pub async fn answer(
    tx: &mut Tx,
    id: VacancyId,
    version: i64,
    flags: Json<Vec<Kept>>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update vacancies set flags = $3, flags_open_since = null, version = version + 1, updated_at = $4 \
         where id = $1 and version = $2",
        id,
        version,
        &flags,
        at
    )
}

/// Stores the flags with which a vacancy is published, beside the change of its state.
pub async fn set_published(
    tx: &mut Tx,
    id: VacancyId,
    flags: Json<Vec<Kept>>,
    finder: &str,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update vacancies set flags = $2, judged_by = $3, flags_open_since = null where id = $1",
        id,
        &flags,
        finder.to_owned()
    )
}

/// How many vacancies have flags that wait for an officer.
pub async fn count_waiting(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,): (i64,) =
        sql!(tx, fetch_one<(i64,)>, "select count(*) from vacancies where flags_open_since is not null")?;
    Ok(count)
}
