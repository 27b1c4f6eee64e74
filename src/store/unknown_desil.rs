//! People whose desil nobody knew when a run was computed, in the order of the run. Who is on the list was decided there;
//! who is on it still is asked when it is read: somebody may have looked the desil up, found work, objected.
use chrono::{Days, NaiveDate};
use serde::Serialize;
use sqlx::types::Json;

use crate::{
    domain::{
        ids::{PersonId, RunId, VacancyId},
        person::AHEAD_DAYS,
        run::Fate,
    },
    sql,
    store::{StoreError, Tx},
};

/// One of them, as the run left them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Place on the list; counts from 1.
    pub place: i64,
    pub person: PersonId,
    /// What the run did with them.
    pub fate: Fate,
    /// Where they would have been proposed without priority: of those who paid.
    pub forgone: Option<VacancyId>,
    /// Free places of the vacancies they could be proposed for.
    pub seats: i64,
    /// How many vacancies these are.
    pub vacancies: i64,
}

/// One of them with what a list shows.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    pub place: i64,
    pub person_id: PersonId,
    pub person_name: String,
    pub person_phone: Option<String>,
    /// Code of the home village.
    pub village: Option<String>,
    /// Since when the person waits.
    pub registered_on: NaiveDate,
    pub fate: Fate,
    pub forgone_id: Option<VacancyId>,
    /// Title of that vacancy.
    pub forgone_title: Option<String>,
    pub seats: i64,
    pub vacancies: i64,
    /// The last day on which a desil of the person counted; none when none was ever recorded.
    pub expired_on: Option<NaiveDate>,
}

/// Stores the list of a run.
pub async fn insert(tx: &mut Tx, run: RunId, all: Vec<Entry>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        sqlite: "insert into run_unknown_desil (run_id, place, person_id, fate, forgone_id, seats, vacancies) \
         select $1, value ->> 'place', unhex(value ->> 'person', '-'), value ->> 'fate', unhex(value ->> 'forgone', '-'), \
         value ->> 'seats', value ->> 'vacancies' from json_each($2)",
        postgres: "insert into run_unknown_desil (run_id, place, person_id, fate, forgone_id, seats, vacancies) \
         select $1, cast(value ->> 'place' as bigint), cast(value ->> 'person' as uuid), value ->> 'fate', \
         cast(value ->> 'forgone' as uuid), cast(value ->> 'seats' as bigint), cast(value ->> 'vacancies' as bigint) \
         from jsonb_array_elements(cast($2 as jsonb))",
        run,
        Json(all)
    )
}

/// Whether a run left such a list: those before it was kept did not, nor does one that knew everybody's desil.
pub async fn has_any(tx: &mut Tx, run: RunId) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = sql!(
        tx,
        fetch_optional<(i64,)>,
        "select place from run_unknown_desil where run_id = $1 order by place limit 1",
        run
    )?;
    Ok(row.is_some())
}

/// Those of a run behind a place whose desil is unknown on a day still, and who may be proposed
/// (`person::Standing::may_be_proposed`), in order.
pub async fn page(
    tx: &mut Tx,
    run: RunId,
    day: NaiveDate,
    after: i64,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    sql!(
        tx,
        fetch_all<Listed>,
        "select u.place, u.person_id, p.name as person_name, p.phone as person_phone, p.village, p.registered_on, u.fate, \
         u.forgone_id, v.title as forgone_title, u.seats, u.vacancies, \
         (select max(c.expires_on) from criteria c where c.person_id = u.person_id and c.criterion = 'desil' \
         and c.expires_on < $2) as expired_on \
         from run_unknown_desil u join people p on p.id = u.person_id left join vacancies v on v.id = u.forgone_id \
         where u.run_id = $1 and u.place > $3 and p.erased_at is null and p.status = 'seeking' and p.placed = 0 \
         and not p.objects_to_ranking and (p.class_ends_on is null or p.class_ends_on <= $5) and not exists (select 1 from criteria c where c.person_id = u.person_id \
         and c.criterion = 'desil' and c.dated_on <= $2 and c.expires_on >= $2) order by u.place limit $4",
        run,
        day,
        after,
        limit,
        day.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(day)
    )
}
