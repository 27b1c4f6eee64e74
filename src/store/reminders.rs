//! Reminders to employers that an answer to a referral is due. When one is made is decided in `app::reminders`.
use chrono::{DateTime, Utc};

use crate::{
    domain::ids::ApplicationId,
    sql,
    store::{StoreError, Tx},
};

/// Referrals without answer, and since when, for which the last of the reminders (`last`, working days) is not made
/// yet. What rests because the person was hired elsewhere is not among them, nor what a suspended employer is asked.
pub async fn candidates(tx: &mut Tx, last: i64) -> Result<Vec<(ApplicationId, DateTime<Utc>)>, StoreError> {
    sql!(
        tx,
        fetch_all<(ApplicationId, DateTime<Utc>)>,
        "select a.id, max(e.at) from applications a join application_events e on e.application_id = a.id \
         join vacancies v on v.id = a.vacancy_id join employers o on o.id = v.employer_id \
         where o.state <> 'suspended' and a.state = 'referred' and not a.held and e.to_state = 'referred' \
         and (e.from_state is null or e.from_state <> 'referred') \
         and not exists (select 1 from reminders r where r.application_id = a.id and r.day = $1) \
         group by a.id order by a.id",
        last
    )
}

/// Makes a reminder while the referral is still without answer; 0 rows when it was made, or an answer came.
pub async fn insert(
    tx: &mut Tx,
    application: ApplicationId,
    day: i64,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        sqlite: "insert into reminders (application_id, day, created_at) select id, $2, $3 \
         from applications where id = $1 and state = 'referred' and not held on conflict do nothing",
        postgres: "insert into reminders (application_id, day, created_at) select id, cast($2 as bigint), \
         cast($3 as timestamptz) from applications where id = $1 and state = 'referred' and not held \
         on conflict do nothing",
        application,
        day,
        at
    )
}

/// The reminders made about a referral: after how many working days, and when.
pub async fn of_application(
    tx: &mut Tx,
    application: ApplicationId,
) -> Result<Vec<(i64, DateTime<Utc>)>, StoreError> {
    sql!(
        tx,
        fetch_all<(i64, DateTime<Utc>)>,
        "select day, created_at from reminders where application_id = $1 order by day",
        application
    )
}
