//! Evidence whose date nobody told: what an earlier program dated on the day of registration, until an officer looked it
//! up. New evidence is never among it.
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    domain::{
        evidence::Criterion,
        ids::{PersonId, RecordId},
    },
    sql,
    store::{StoreError, Tx},
};

/// One of them with what a list shows.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    pub id: RecordId,
    pub person_id: PersonId,
    pub person_name: String,
    pub person_phone: Option<String>,
    /// Code of the home village.
    pub village: Option<String>,
    pub criterion: Criterion,
    pub value: i64,
    pub source: String,
    /// The day it bears: that on which it was recorded.
    pub dated_on: NaiveDate,
    /// Last day on which it counts.
    pub expires_on: NaiveDate,
    /// When it was recorded, with its person.
    pub recorded_at: DateTime<Utc>,
}

/// What still counts on a day, behind a place, in the order of recording.
pub async fn page(
    tx: &mut Tx,
    day: NaiveDate,
    after: Option<(NaiveDate, RecordId)>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (dated_on, id) = after.unwrap_or((NaiveDate::default(), Uuid::nil().into()));
    sql!(
        tx,
        fetch_all<Listed>,
        "select c.id, c.person_id, p.name as person_name, p.phone as person_phone, p.village, c.criterion, c.value, c.source, \
         c.dated_on, c.expires_on, p.created_at as recorded_at from criteria c join people p on p.id = c.person_id \
         where c.undated and (c.dated_on, c.id) > ($1, $2) and c.expires_on >= $3 and p.erased_at is null \
         order by c.dated_on, c.id limit $4",
        dated_on,
        id,
        day,
        limit
    )
}

/// How many still count on a day.
pub async fn count(tx: &mut Tx, day: NaiveDate) -> Result<i64, StoreError> {
    let (count,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from criteria c where c.undated and c.expires_on >= $1",
        day
    )?;
    Ok(count)
}

/// Which evidence of a person it is.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<RecordId>, StoreError> {
    let found = sql!(
        tx,
        fetch_all<(RecordId,)>,
        "select id from criteria where person_id = $1 and undated order by id",
        person
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Takes a person's undated evidence of a criterion away: somebody looked it up.
pub async fn remove(tx: &mut Tx, person: PersonId, criterion: Criterion) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "delete from criteria where person_id = $1 and criterion = $2 and undated",
        person,
        criterion
    )
}
