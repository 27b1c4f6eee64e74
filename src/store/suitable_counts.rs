//! What an employer was told on a business day about how many people suit a vacancy. When it is counted anew is decided
//! by the day alone, in the statement, so that two who ask at once are told the same.
use chrono::NaiveDate;
use serde_json::Value;
use sqlx::types::Json;

use crate::{
    domain::{ids::VacancyId, machine::text_enum},
    sql,
    store::{StoreError, Tx},
};

text_enum! {
    /// What was asked.
    Asked: "question about suitable people" {
        /// How many there are.
        Candidates = "candidates",
        /// How many there are, how far away, with which certificates, and what others lack.
        Summary = "summary",
    }
}

/// What was told on a day, or on a later one: a clock that was set back counts nothing anew.
pub async fn told_on(
    tx: &mut Tx,
    vacancy: VacancyId,
    asked: Asked,
    day: NaiveDate,
) -> Result<Option<Value>, StoreError> {
    let found: Option<(Json<Value>,)> = sql!(
        tx,
        fetch_optional<(Json<Value>,)>,
        "select told from suitable_counts where vacancy_id = $1 and asked = $2 and counted_on >= $3",
        vacancy,
        asked,
        day
    )?;
    Ok(found.map(|(told,)| told.0))
}

/// Keeps what was counted for a day; 0 rows when something is kept for it already, which then is what is told.
pub async fn keep(
    tx: &mut Tx,
    vacancy: VacancyId,
    asked: Asked,
    day: NaiveDate,
    told: &Value,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into suitable_counts (vacancy_id, asked, counted_on, told) values ($1, $2, $3, $4) \
         on conflict (vacancy_id, asked) do update set counted_on = excluded.counted_on, told = excluded.told \
         where suitable_counts.counted_on < excluded.counted_on",
        vacancy,
        asked,
        day,
        Json(told.clone())
    )
}
