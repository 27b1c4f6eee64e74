//! Interests that were said without a login: who, in which vacancy, by when an officer calls, what came of it.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        ids::{AccountId, InterestId, PersonId, VacancyId},
        interest::{Number, Outcome},
    },
    sql,
    store::{StoreError, Tx, statement::place},
};

/// An interest as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Interest {
    pub id: InterestId,
    pub number: Number,
    pub vacancy_id: VacancyId,
    pub name: String,
    /// `+628…`.
    pub phone: String,
    /// Region code of the village.
    pub village: String,
    /// The office may tell of other vacancies too.
    pub other_vacancies: bool,
    pub made_at: DateTime<Utc>,
    /// The day by which an officer calls, as it was told.
    pub call_by: NaiveDate,
    pub outcome: Option<Outcome>,
    pub handled_at: Option<DateTime<Utc>>,
    pub handled_by: Option<AccountId>,
}

/// An interest with what a list shows.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    #[sqlx(flatten)]
    pub interest: Interest,
    pub title: String,
    pub employer_name: String,
}

/// The last number of a year counted on.
pub async fn next_number(tx: &mut Tx, year: i64) -> Result<i64, StoreError> {
    let (number,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "insert into interest_numbers (year, last) values ($1, 1) \
         on conflict (year) do update set last = interest_numbers.last + 1 returning last",
        year
    )?;
    Ok(number)
}

/// Adds an interest; 0 rows while the same person waits for a call about the same vacancy.
pub async fn insert(tx: &mut Tx, i: &Interest) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into interests (id, number, vacancy_id, name, phone, village, other_vacancies, made_at, call_by, outcome, \
         handled_at, handled_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (vacancy_id, phone, lower(name)) \
         where handled_at is null do nothing",
        i.id,
        i.number.clone(),
        i.vacancy_id,
        i.name.clone(),
        i.phone.clone(),
        i.village.clone(),
        i.other_vacancies,
        i.made_at,
        i.call_by,
        i.outcome,
        i.handled_at,
        i.handled_by
    )
}

/// One interest.
pub async fn find(tx: &mut Tx, id: InterestId) -> Result<Option<Listed>, StoreError> {
    sql!(
        tx,
        fetch_optional<Listed>,
        "select i.id, i.number, i.vacancy_id, i.name, i.phone, i.village, i.other_vacancies, i.made_at, i.call_by, i.outcome, \
         i.handled_at, i.handled_by, v.title, e.name as employer_name from interests i \
         join vacancies v on v.id = i.vacancy_id join employers e on e.id = v.employer_id where i.id = $1",
        id
    )
}

/// The interest of a number.
pub async fn by_number(tx: &mut Tx, number: &str) -> Result<Option<Listed>, StoreError> {
    sql!(
        tx,
        fetch_optional<Listed>,
        "select i.id, i.number, i.vacancy_id, i.name, i.phone, i.village, i.other_vacancies, i.made_at, i.call_by, i.outcome, \
         i.handled_at, i.handled_by, v.title, e.name as employer_name from interests i \
         join vacancies v on v.id = i.vacancy_id join employers e on e.id = v.employer_id where i.number = $1",
        number.to_owned()
    )
}

/// The interest that the same person said in the same vacancy, while it waits.
pub async fn waiting(
    tx: &mut Tx,
    vacancy: VacancyId,
    phone: &str,
    name: &str,
) -> Result<Option<Interest>, StoreError> {
    sql!(
        tx,
        fetch_optional<Interest>,
        sqlite: "select id, number, vacancy_id, name, phone, village, other_vacancies, made_at, call_by, outcome, handled_at, \
         handled_by from interests where phone = $2 and vacancy_id = $1 and lower(name) = lower($3) and handled_at is null",
        // In the collation of the column, so that the same letters are folded.
        postgres: "select id, number, vacancy_id, name, phone, village, other_vacancies, made_at, call_by, outcome, handled_at, \
         handled_by from interests where phone = $2 and vacancy_id = $1 and lower(name) = lower(cast($3 as text) collate \"C\") \
         and handled_at is null",
        vacancy,
        phone.to_owned(),
        name.to_owned()
    )
}

/// What somebody who waits says anew.
pub async fn say_again(
    tx: &mut Tx,
    id: InterestId,
    village: &str,
    other_vacancies: bool,
    call_by: NaiveDate,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update interests set village = $2, other_vacancies = $3, call_by = $4 where id = $1 and handled_at is null",
        id,
        village.to_owned(),
        other_vacancies,
        call_by
    )
}

/// One page behind a place, oldest first: those that wait, or those that were seen to.
pub async fn page(
    tx: &mut Tx,
    handled: bool,
    after: Option<(DateTime<Utc>, InterestId)>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<Listed>,
        "select i.id, i.number, i.vacancy_id, i.name, i.phone, i.village, i.other_vacancies, i.made_at, i.call_by, i.outcome, \
         i.handled_at, i.handled_by, v.title, e.name as employer_name from interests i \
         join vacancies v on v.id = i.vacancy_id join employers e on e.id = v.employer_id \
         where (i.made_at, i.id) > ($1, $2) and (i.handled_at is not null) = $4 order by i.made_at, i.id limit $3",
        at,
        id,
        limit,
        handled
    )
}

/// How many wait although their day is over.
pub async fn overdue(tx: &mut Tx, today: NaiveDate) -> Result<i64, StoreError> {
    let (count,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from interests where handled_at is null and call_by < $1",
        today
    )?;
    Ok(count)
}

/// Stores what came of one; 0 rows when that was stored before.
pub async fn handle(
    tx: &mut Tx,
    id: InterestId,
    outcome: Outcome,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update interests set outcome = $2, handled_by = $3, handled_at = $4 where id = $1 and handled_at is null",
        id,
        outcome,
        by,
        at
    )
}

/// What a person said before they had a login: under their number, and their name where others have the number too.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Listed>, StoreError> {
    sql!(
        tx,
        fetch_all<Listed>,
        "select i.id, i.number, i.vacancy_id, i.name, i.phone, i.village, i.other_vacancies, i.made_at, i.call_by, i.outcome, \
         i.handled_at, i.handled_by, v.title, e.name as employer_name from interests i \
         join vacancies v on v.id = i.vacancy_id join employers e on e.id = v.employer_id \
         where i.phone = (select phone from people where id = $1) \
         and (lower(i.name) = (select lower(name) from people where id = $1) \
         or not exists (select 1 from people o where o.phone = i.phone and o.id <> $1 and o.erased_at is null)) \
         order by i.made_at, i.id",
        person
    )
}

/// Forgets what a person said, before their row is emptied.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "delete from interests where phone = (select phone from people where id = $1) \
         and (lower(name) = (select lower(name) from people where id = $1) \
         or not exists (select 1 from people o where o.phone = interests.phone and o.id <> $1 and o.erased_at is null))",
        person
    )
}

/// Forgets those that were seen to before a moment.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from interests where handled_at < $1", before)
}
