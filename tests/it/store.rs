//! Every function of src/store, called directly on both databases: what it gives on a hit and on a miss, in which
//! order, how many, and 0 rows for whoever loses a compare-and-swap or meets `on conflict do nothing`. The rows are
//! made here, by no use case. `coverage` fails when a function is not called.
mod accompaniments;
mod accounts;
mod activation_codes;
mod applications;
mod audit;
mod change_requests;
mod classes;
mod complaints;
mod contacts;
mod contents;
mod coverage;
mod db;
mod employers;
mod erasure;
mod events;
mod flags;
mod holidays;
mod idempotency;
mod index_feed;
mod interests;
mod interviews;
mod jobs;
mod letters;
mod locked;
mod messages;
mod next_steps;
mod nominations;
mod notes;
mod organisations;
mod overview;
mod own_data;
mod password_links;
mod people;
mod posted;
mod probe;
mod profile_marks;
mod profiles;
mod reminders;
mod runs;
mod sent_forms;
mod sessions;
mod short_ids;
mod statement;
mod status_codes;
mod suitable_counts;
mod tokens;
mod undated_evidence;
mod unknown_desil;
mod vacancies;

use std::fmt::Debug;

use crate::support::build;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use padankerja::{
    domain::{
        access::Role,
        application, employer,
        flag::{FlagKind, Kept},
        ids::PersonId,
        ids::VacancyId,
        vacancy,
    },
    store::{
        StoreError, Tx,
        accounts::{Account, AccountState},
        applications::Application,
        employers::Employer,
        organisations::{Organisation, OrganisationKind},
        people::Person,
        vacancies::Vacancy,
    },
};
use sqlx::types::Json;
use uuid::Uuid;

/// The id with this number: ids of a kind are ordered like their numbers.
fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

/// A moment some seconds (and one microsecond, the finest both databases keep) after the first.
fn at(second: i64) -> DateTime<Utc> {
    "2026-03-02T02:00:00.000001Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(second)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The two are the same in every field.
#[track_caller]
fn same(found: impl Debug, expected: impl Debug) {
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
}

/// A CHECK, UNIQUE or foreign key refused.
#[track_caller]
fn refused<T: Debug>(outcome: Result<T, StoreError>) {
    assert!(matches!(outcome, Err(StoreError::Constraint(_))), "{outcome:?}");
}

fn office(number: u128, village: Option<&str>) -> Organisation {
    let kind = if village.is_some() { OrganisationKind::Village } else { OrganisationKind::Agency };
    let village = village.map(str::to_owned);
    Organisation { id: id(number), name: format!("Kantor {number}"), kind, village, created_at: at(0) }
}

fn employer(number: u128) -> Employer {
    Employer {
        name: format!("PT Contoh {number}"),
        nib: Some(format!("{number:013}")),
        industry: some("13111"),
        address: some("Jalan Contoh 1"),
        village: some("33.11.05.2010"),
        contact_name: some("Ibu Contoh"),
        contact_phone: some("+6286012345678"),
        email: some("hrd@contoh.example"),
        state: employer::State::Registered,
        updated_at: at(1),
        ..build::employer(id(number), at(0))
    }
}

/// An open vacancy of an employer with two seats and four slots; every column has a value of its own.
fn vacancy(number: u128, of: &Employer) -> Vacancy {
    Vacancy {
        title: format!("Operator jahit {number}"),
        occupation_code: some("8153"),
        description: "Menjahit pakaian".to_owned(),
        village: some("33.11.05.2010"),
        place_text: some("Kawasan industri"),
        seats: Some(2),
        reserved_seats: 1,
        slots: 4,
        wage_min: Some(2_400_000),
        wage_max: Some(2_600_000),
        working_hours: some("40 jam"),
        conditions: some("Dalam ruangan"),
        shuttle: Some(true),
        dormitory: Some(false),
        shifts: None,
        employment_type: some("pkwt"),
        education_min: some("smp"),
        experience_months: Some(6),
        skills: Json(vec!["menjahit".to_owned()]),
        certificates: Json(vec!["K3".to_owned()]),
        closes_on: Some(day("2026-12-31")),
        age_min: Some(18),
        age_max: Some(35),
        sex: some("female"),
        marital_status: some("single"),
        flags: Json(vec![Kept::new(FlagKind::Age)]),
        missing: Json(vec!["working_hours".to_owned()]),
        restriction_reason: some("alasan"),
        portal_url: some("https://contoh.example/1"),
        portal_reported: true,
        source: some("berkas"),
        external_id: Some(number.to_string()),
        updated_at: at(1),
        ..build::vacancy(id(number), of.id, at(0))
    }
}

fn person(number: u128) -> Person {
    Person {
        nik_lookup: number.to_be_bytes().to_vec(),
        family_key: Some(vec![4, 5]),
        name: format!("Contoh {number}"),
        sex: some("female"),
        birth_date: day("2001-05-12"),
        phone: some("+6286012345678"),
        village: some("33.11.05.2010"),
        address: some("RT 1"),
        education: some("smk"),
        major: some("Tata busana"),
        disability: some("tuli"),
        available_from: Some(day("2026-04-01")),
        ak1_number: some("AK1-1"),
        registered_on: day("2026-01-01"),
        updated_at: at(1),
        ..build::person(id(number), at(0))
    }
}

/// A login that belongs nowhere.
fn account(number: u128) -> Account {
    Account {
        id: id(number),
        login: format!("akun{number}"),
        password_hash: "!".to_owned(),
        role: Role::Trainee,
        state: AccountState::Active,
        organisation_id: None,
        employer_id: None,
        failed_logins: 0,
        locked_until: None,
        created_at: at(0),
    }
}

fn application(number: u128, person: PersonId, vacancy: VacancyId, state: application::State) -> Application {
    Application {
        reserve_order: 7,
        fit: 640,
        priority: 120,
        deadline: Some(day("2026-03-05")),
        starts_on: Some(day("2026-04-01")),
        updated_at: at(1),
        ..build::application(id(number), person, vacancy, state, at(0))
    }
}

/// Stores an employer, an open vacancy of theirs and a person.
async fn pair(tx: &mut Tx, number: u128) -> (Employer, Vacancy, Person) {
    use padankerja::store::{employers, people, vacancies};
    let employer = employer(number);
    let (vacancy, person) = (vacancy(number, &employer), person(number));
    assert_eq!(employers::insert(tx, &employer).await.unwrap(), 1);
    assert_eq!(vacancies::insert(tx, &vacancy).await.unwrap(), 1);
    assert_eq!(people::insert(tx, &person).await.unwrap(), 1);
    (employer, vacancy, person)
}

/// These people agreed to the companion of their village.
async fn agreed(tx: &mut Tx, numbers: &[u128]) {
    for number in numbers {
        let set = padankerja::store::accompaniments::set(tx, id(*number), true).await;
        assert_eq!(set.unwrap(), 1);
    }
}

async fn insert_account(tx: &mut Tx, account: &Account) {
    assert_eq!(padankerja::store::accounts::insert(tx, account).await.unwrap(), 1);
}

/// The ids of rows, for orders and pages.
macro_rules! ids {
    ($rows:expr) => {
        $rows.unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
}
use ids;
