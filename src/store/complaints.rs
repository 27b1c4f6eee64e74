//! Complaints: what was said, where it stands, what came of it. Who of the office reads which is decided in
//! `domain::complaint`; of a code only its keyed hash is here.
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        complaint::{Kind, Number, State},
        ids::{AccountId, ApplicationId, ComplaintId, EmployerId, PersonId, VacancyId},
    },
    sql,
    store::{StoreError, Tx, statement::place},
};

/// A complaint as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Complaint {
    pub id: ComplaintId,
    pub number: Number,
    pub kind: Kind,
    /// What was said.
    pub said: String,
    /// How a nameless one may be reached, if they want that.
    pub contact: Option<String>,
    /// Whose it is; none: nameless.
    pub person_id: Option<PersonId>,
    pub vacancy_id: Option<VacancyId>,
    pub employer_id: Option<EmployerId>,
    /// The application that was left because of it.
    pub application_id: Option<ApplicationId>,
    /// Keyed hash of the code with which its state is looked up.
    pub code_hash: Option<Vec<u8>>,
    pub state: State,
    /// What the office found, once closed.
    pub answer: Option<String>,
    /// The officer who took or closed it.
    pub handled_by: Option<AccountId>,
    pub made_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// A complaint with what a list shows.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    #[sqlx(flatten)]
    pub complaint: Complaint,
    pub person_name: Option<String>,
    pub person_phone: Option<String>,
    pub title: Option<String>,
    pub employer_name: Option<String>,
}

/// The last number of a year counted on.
pub async fn next_number(tx: &mut Tx, year: i64) -> Result<i64, StoreError> {
    let (number,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "insert into complaint_numbers (year, last) values ($1, 1) \
         on conflict (year) do update set last = complaint_numbers.last + 1 returning last",
        year
    )?;
    Ok(number)
}

/// Adds a complaint.
pub async fn insert(tx: &mut Tx, c: &Complaint) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into complaints (id, number, kind, said, contact, person_id, vacancy_id, employer_id, application_id, code_hash, \
         state, answer, handled_by, made_at, closed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        c.id,
        c.number.clone(),
        c.kind,
        c.said.clone(),
        c.contact.clone(),
        c.person_id,
        c.vacancy_id,
        c.employer_id,
        c.application_id,
        c.code_hash.clone(),
        c.state,
        c.answer.clone(),
        c.handled_by,
        c.made_at,
        c.closed_at
    )
}

/// One complaint.
pub async fn find(tx: &mut Tx, id: ComplaintId) -> Result<Option<Listed>, StoreError> {
    sql!(
        tx,
        fetch_optional<Listed>,
        "select c.id, c.number, c.kind, c.said, c.contact, c.person_id, c.vacancy_id, c.employer_id, c.application_id, \
         c.code_hash, c.state, c.answer, c.handled_by, c.made_at, c.closed_at, p.name as person_name, p.phone as person_phone, \
         v.title, e.name as employer_name from complaints c left join people p on p.id = c.person_id and p.erased_at is null \
         left join vacancies v on v.id = c.vacancy_id left join employers e on e.id = c.employer_id where c.id = $1",
        id
    )
}

/// The complaint of a number.
pub async fn by_number(tx: &mut Tx, number: &Number) -> Result<Option<Listed>, StoreError> {
    sql!(
        tx,
        fetch_optional<Listed>,
        "select c.id, c.number, c.kind, c.said, c.contact, c.person_id, c.vacancy_id, c.employer_id, c.application_id, \
         c.code_hash, c.state, c.answer, c.handled_by, c.made_at, c.closed_at, p.name as person_name, p.phone as person_phone, \
         v.title, e.name as employer_name from complaints c left join people p on p.id = c.person_id and p.erased_at is null \
         left join vacancies v on v.id = c.vacancy_id left join employers e on e.id = c.employer_id where c.number = $1",
        number.clone()
    )
}

/// One page behind a place, oldest first; without one kind, where the reader is not to know of it.
pub async fn page(
    tx: &mut Tx,
    state: Option<State>,
    without: Option<Kind>,
    after: Option<(DateTime<Utc>, ComplaintId)>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<Listed>,
        "select c.id, c.number, c.kind, c.said, c.contact, c.person_id, c.vacancy_id, c.employer_id, c.application_id, \
         c.code_hash, c.state, c.answer, c.handled_by, c.made_at, c.closed_at, p.name as person_name, p.phone as person_phone, \
         v.title, e.name as employer_name from complaints c left join people p on p.id = c.person_id and p.erased_at is null \
         left join vacancies v on v.id = c.vacancy_id left join employers e on e.id = c.employer_id \
         where (c.made_at, c.id) > ($1, $2) and (c.state = $4 or $4 is null) and (c.kind <> $5 or $5 is null) \
         order by c.made_at, c.id limit $3",
        at,
        id,
        limit,
        state,
        without
    )
}

/// The complaint of a number, when the code is its own.
pub async fn by_code(
    tx: &mut Tx,
    number: &Number,
    code_hash: &[u8],
) -> Result<Option<Complaint>, StoreError> {
    sql!(
        tx,
        fetch_optional<Complaint>,
        "select id, number, kind, said, contact, person_id, vacancy_id, employer_id, application_id, code_hash, state, answer, \
         handled_by, made_at, closed_at from complaints where code_hash = $1 and number = $2",
        code_hash.to_vec(),
        number.clone()
    )
}

/// The complaints of a person, oldest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Complaint>, StoreError> {
    sql!(
        tx,
        fetch_all<Complaint>,
        "select id, number, kind, said, contact, person_id, vacancy_id, employer_id, application_id, code_hash, state, answer, \
         handled_by, made_at, closed_at from complaints where person_id = $1 order by made_at, id",
        person
    )
}

/// Gives an open complaint to an officer; 0 rows when it is not open any more.
pub async fn take(tx: &mut Tx, id: ComplaintId, by: Option<AccountId>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update complaints set state = 'in_progress', handled_by = $2 where id = $1 and state = 'open'",
        id,
        by
    )
}

/// Closes a complaint with what was found; 0 rows when it was closed before.
pub async fn close(
    tx: &mut Tx,
    id: ComplaintId,
    state: State,
    answer: &str,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update complaints set state = $2, answer = $3, handled_by = $4, closed_at = $5 where id = $1 and closed_at is null",
        id,
        state,
        answer.to_owned(),
        by,
        at
    )
}

/// Takes away what an erased person said; that there was a complaint, and what was found, stays.
pub async fn forget_words(tx: &mut Tx, person: PersonId, marker: &str) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update complaints set said = $2, contact = null where person_id = $1",
        person,
        marker.to_owned()
    )
}
