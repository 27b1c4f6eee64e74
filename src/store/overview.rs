//! Lists for the command line, newest first: people, vacancies and applications by what an officer remembers of them. The
//! lists of the API, page by page and inside a reach, are in the files of their nouns. A pattern is one of `like`, in
//! lower case; a filter that is not given takes everything.
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    domain::{
        application, employer,
        flag::Kept,
        ids::{ApplicationId, EmployerId, PersonId, VacancyId},
        person::Status,
        vacancy,
    },
    store::{
        StoreError, Tx,
        statement::{Statement, Text},
    },
    texts,
};

/// A person in a list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PersonLine {
    pub id: PersonId,
    pub name: String,
    /// NIK, authenticated encryption.
    pub nik_cipher: Vec<u8>,
    /// Keyed hash of the NIK.
    pub nik_lookup: Vec<u8>,
    /// E.164 number.
    pub phone: Option<String>,
    /// Village code of the home.
    pub village: Option<String>,
    /// Status outside applications.
    pub status: Status,
    /// 1 while hired or started.
    pub placed: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What people are looked for by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Status outside applications.
    pub status: Option<Status>,
    /// Pattern of the name.
    pub name: Option<String>,
    /// Pattern of the E.164 number.
    pub phone: Option<String>,
    /// Keyed hash of the NIK.
    pub nik_lookup: Option<Vec<u8>>,
    /// Village codes from the first up to, and without, the second.
    pub area: Option<(String, String)>,
}

/// A vacancy in a list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VacancyLine {
    pub id: VacancyId,
    pub title: String,
    pub employer_id: EmployerId,
    pub employer_name: String,
    /// Where it stands.
    pub state: vacancy::State,
    /// Seats, when known.
    pub seats: Option<i64>,
    /// Seats taken.
    pub taken: i64,
    /// Applications that take a referral slot.
    pub live: i64,
    /// Last day to apply.
    pub closes_on: Option<NaiveDate>,
    /// What officers must decide about in it.
    pub flags: Json<Vec<Kept>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What vacancies are looked for by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VacancyFilter {
    /// Where it stands.
    pub state: Option<vacancy::State>,
    /// Pattern of the title.
    pub title: Option<String>,
    /// Pattern of the employer's name.
    pub employer_name: Option<String>,
    /// Who offers it.
    pub employer: Option<EmployerId>,
    /// Only those with flags that were found later and wait for an officer.
    pub flags_open: bool,
}

/// An application in a list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ApplicationLine {
    pub id: ApplicationId,
    pub person_id: PersonId,
    pub person_name: String,
    pub vacancy_id: VacancyId,
    pub title: String,
    pub employer_name: String,
    /// Where the employer stands.
    pub employer_state: employer::State,
    /// Where it stands.
    pub state: application::State,
    /// Business date by which the next answer is due.
    pub deadline: Option<NaiveDate>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What applications are looked for by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplicationFilter {
    /// Where it stands.
    pub state: Option<application::State>,
    /// For this vacancy.
    pub vacancy: Option<VacancyId>,
    /// Of this person.
    pub person: Option<PersonId>,
    /// Whose answer was due before this day.
    pub due_before: Option<NaiveDate>,
}

/// The last row of the part before: lists are read from the newest to the oldest.
pub type Before = Option<(DateTime<Utc>, PersonId)>;

/// People, from the rows $1, $2 on, at most $3.
macro_rules! people {
    ($from:literal, $more:literal) => {
        concat!(
            "select p.id, p.name, p.nik_cipher, p.nik_lookup, p.phone, p.village, p.status, p.placed, p.created_at from ",
            $from,
            "where (p.created_at, p.id) < ($1, $2) and p.erased_at is null and (p.status = $4 or $4 is null) \
             and (lower(p.name) like $5 or $5 is null) and (p.phone like $6 or $6 is null) ",
            $more,
            "order by p.created_at desc, p.id desc limit $3"
        )
    };
}

/// Vacancies from the row $1, $2 on, at most $3.
macro_rules! vacancies {
    ($where:literal) => {
        concat!(
            "select v.id, v.title, v.employer_id, e.name as employer_name, v.state, v.seats, v.taken, v.live, v.closes_on, \
             v.flags, v.created_at from vacancies v join employers e on e.id = v.employer_id where ",
            $where,
            "(v.created_at, v.id) < ($1, $2) and (v.state = $4 or $4 is null) and (lower(v.title) like $5 or $5 is null) \
             and (lower(e.name) like $6 or $6 is null) and (v.employer_id = $7 or $7 is null) \
             order by v.created_at desc, v.id desc limit $3"
        )
    };
}

/// The columns of an application with its names, for the applications `page o`, newest first.
macro_rules! lines {
    () => {
        ") select a.id, a.person_id, p.name as person_name, a.vacancy_id, v.title, e.name as employer_name, \
         e.state as employer_state, a.state, a.deadline, a.created_at from page o join applications a on a.id = o.id \
         join people p on p.id = a.person_id join vacancies v on v.id = a.vacancy_id \
         join employers e on e.id = v.employer_id order by o.created_at desc, o.id desc"
    };
}

/// Applications that an index finds, put in order: at most $1, in state $2 or any, with $3 only those due before it.
macro_rules! found {
    ($where:literal) => {
        concat!(
            "with own as materialized (select a.id, a.created_at from applications a where ",
            $where,
            " and (a.state = $2 or $2 is null) and (a.deadline < $3 or $3 is null)), \
             page as materialized (select id, created_at from own order by created_at desc, id desc limit $1",
            lines!()
        )
    };
}

texts! {
    PEOPLE = people!("people p ", "");
    PEOPLE_OF_AREA = concat!("with own as materialized (select id from people where village >= $7 and village < $8) ",
        people!("own o join people p on p.id = o.id ", ""));
    PEOPLE_BY_NIK = people!("people p ", "and p.nik_lookup = $7 ");

    VACANCIES = vacancies!("");
    VACANCIES_FLAGS_OPEN = vacancies!("v.flags_open_since is not null and ");

    APPLICATIONS = concat!("with page as materialized (select a.id, a.created_at from applications a \
        where (a.created_at, a.id) < ($1, $2) order by a.created_at desc, a.id desc limit $3", lines!());
    APPLICATIONS_IN_STATE = found!("a.state = $2");
    APPLICATIONS_DUE = found!("a.state in ('confirmed', 'referred', 'interview', 'offered') and not a.held");
    APPLICATIONS_OF_PERSON = found!("a.person_id = $4 and (a.vacancy_id = $5 or $5 is null)");
    APPLICATIONS_OF_VACANCY = found!("a.vacancy_id = $4");
}

/// People, newest first, after those that were read before.
pub async fn people(
    tx: &mut Tx,
    filter: &PeopleFilter,
    before: Before,
    limit: i64,
) -> Result<Vec<PersonLine>, StoreError> {
    let (at, id) = before.unwrap_or_else(last);
    let of = |text: &Text| {
        Statement::of(tx, text)
            .with(at)
            .with(id)
            .with(limit)
            .with(filter.status)
            .with(filter.name.clone())
            .with(filter.phone.clone())
    };
    let statement = match (&filter.nik_lookup, &filter.area) {
        (Some(lookup), _) => of(&PEOPLE_BY_NIK).with(lookup.clone()),
        (None, Some((from, to))) => of(&PEOPLE_OF_AREA).with(from.clone()).with(to.clone()),
        (None, None) => of(&PEOPLE),
    };
    statement.fetch_all(tx).await
}

/// Vacancies, newest first.
pub async fn vacancies(
    tx: &mut Tx,
    filter: &VacancyFilter,
    limit: i64,
) -> Result<Vec<VacancyLine>, StoreError> {
    let (at, id) = last::<VacancyId>();
    let text = if filter.flags_open { &VACANCIES_FLAGS_OPEN } else { &VACANCIES };
    Statement::of(tx, text)
        .with(at)
        .with(id)
        .with(limit)
        .with(filter.state)
        .with(filter.title.clone())
        .with(filter.employer_name.clone())
        .with(filter.employer)
        .fetch_all(tx)
        .await
}

/// Applications, newest first.
pub async fn applications(
    tx: &mut Tx,
    filter: &ApplicationFilter,
    limit: i64,
) -> Result<Vec<ApplicationLine>, StoreError> {
    let ApplicationFilter { state, vacancy, person, due_before } = *filter;
    let of = |text: &Text| Statement::of(tx, text).with(limit).with(state).with(due_before);
    let statement = match (person, vacancy) {
        (Some(person), vacancy) => of(&APPLICATIONS_OF_PERSON).with(person).with(vacancy),
        (None, Some(vacancy)) => of(&APPLICATIONS_OF_VACANCY).with(vacancy),
        (None, None) if due_before.is_some() => of(&APPLICATIONS_DUE),
        (None, None) if state.is_some() => of(&APPLICATIONS_IN_STATE),
        (None, None) => {
            let (at, id) = last::<ApplicationId>();
            Statement::of(tx, &APPLICATIONS).with(at).with(id).with(limit)
        }
    };
    statement.fetch_all(tx).await
}

/// A place behind every row: in the year 4000, which both databases keep in order.
fn last<Id: From<Uuid>>() -> (DateTime<Utc>, Id) {
    let far = DateTime::from_timestamp(64_060_588_800, 0).unwrap_or_default();
    (far, Id::from(Uuid::max()))
}
