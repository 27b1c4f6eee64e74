//! What a person can do and what speaks for priority: trainings, certificates, experience, skills, evidenced criteria.
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    domain::{
        evidence,
        ids::{ClassId, OrganisationId, PersonId, RecordId},
    },
    sql,
    store::{StoreError, Tx},
};

/// A finished training; evidence, not the ticket.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Training {
    pub id: RecordId,
    pub person_id: PersonId,
    /// The class it was taken in.
    pub class_id: Option<ClassId>,
    /// Name of the programme.
    pub programme: String,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// A word of `domain::training::Outcome`: `competent` (K), `not_yet` (BK), `broken_off` or `running`.
    pub result: Option<String>,
}

/// A certificate or licence.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Certificate {
    pub id: RecordId,
    pub person_id: PersonId,
    /// As printed.
    pub name: String,
    /// First day of validity.
    pub issued_on: Option<NaiveDate>,
    /// Last day of validity.
    pub expires_on: Option<NaiveDate>,
}

/// Work done before.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Experience {
    pub id: RecordId,
    pub person_id: PersonId,
    /// Job as told.
    pub job: String,
    /// How long, months.
    pub months: i64,
}

/// Dated evidence of priority.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Criterion {
    pub id: RecordId,
    pub person_id: PersonId,
    /// What it speaks for.
    pub criterion: evidence::Criterion,
    /// Desil 1..10, or 1.
    pub value: i64,
    /// Where it comes from (DTSEN, P3KE ..).
    pub source: String,
    /// Date of the data.
    pub dated_on: NaiveDate,
    /// Last day on which it counts.
    pub expires_on: NaiveDate,
    /// The office that brought it.
    pub organisation_id: Option<OrganisationId>,
}

/// Everything a profile holds besides the person row.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub trainings: Vec<Training>,
    /// Certificates and licences.
    pub certificates: Vec<Certificate>,
    pub experiences: Vec<Experience>,
    /// Skills as told.
    pub skills: Vec<String>,
}

/// The profile of one person.
pub async fn of_person(tx: &mut Tx, id: PersonId) -> Result<Profile, StoreError> {
    let trainings = sql!(
        tx,
        fetch_all<Training>,
        "select id, person_id, class_id, programme, ended_on, result from trainings where person_id = $1 order by id",
        id
    )?;
    let certificates = sql!(
        tx,
        fetch_all<Certificate>,
        "select id, person_id, name, issued_on, expires_on from certificates where person_id = $1 order by id",
        id
    )?;
    let experiences = sql!(
        tx,
        fetch_all<Experience>,
        "select id, person_id, job, months from experiences where person_id = $1 order by id",
        id
    )?;
    let skills = sql!(
        tx,
        fetch_all<(String,)>,
        "select skill from person_skills where person_id = $1 order by skill",
        id
    )?;
    Ok(Profile { trainings, certificates, experiences, skills: skills.into_iter().map(|(s,)| s).collect() })
}

/// The profiles of these people, for a shortlist; `ids` is a JSON array of ids as text.
pub async fn among(tx: &mut Tx, ids: &str) -> Result<HashMap<PersonId, Profile>, StoreError> {
    let mut found: HashMap<PersonId, Profile> = HashMap::new();
    let trainings = sql!(
        tx,
        fetch_all<Training>,
        sqlite: "select id, person_id, class_id, programme, ended_on, result from trainings where person_id in \
         (select unhex(value, '-') from json_each($1))",
        postgres: "select id, person_id, class_id, programme, ended_on, result from trainings where person_id in \
         (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb)))",
        ids.to_owned()
    )?;
    let certificates = sql!(
        tx,
        fetch_all<Certificate>,
        sqlite: "select id, person_id, name, issued_on, expires_on from certificates where person_id in \
         (select unhex(value, '-') from json_each($1))",
        postgres: "select id, person_id, name, issued_on, expires_on from certificates where person_id in \
         (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb)))",
        ids.to_owned()
    )?;
    let experiences = sql!(
        tx,
        fetch_all<Experience>,
        sqlite: "select id, person_id, job, months from experiences where person_id in \
         (select unhex(value, '-') from json_each($1))",
        postgres: "select id, person_id, job, months from experiences where person_id in \
         (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb)))",
        ids.to_owned()
    )?;
    let skills = sql!(
        tx,
        fetch_all<(PersonId, String)>,
        sqlite: "select person_id, skill from person_skills where person_id in \
         (select unhex(value, '-') from json_each($1))",
        postgres: "select person_id, skill from person_skills where person_id in \
         (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb)))",
        ids.to_owned()
    )?;
    trainings.into_iter().for_each(|row| found.entry(row.person_id).or_default().trainings.push(row));
    certificates.into_iter().for_each(|row| found.entry(row.person_id).or_default().certificates.push(row));
    experiences.into_iter().for_each(|row| found.entry(row.person_id).or_default().experiences.push(row));
    skills.into_iter().for_each(|(id, skill)| found.entry(id).or_default().skills.push(skill));
    Ok(found)
}

/// Every training, by person: for a match run.
pub async fn all_trainings(tx: &mut Tx) -> Result<Vec<Training>, StoreError> {
    sql!(
        tx,
        fetch_all<Training>,
        "select id, person_id, class_id, programme, ended_on, result from trainings order by person_id, id"
    )
}

/// Every certificate, by person: for a match run.
pub async fn all_certificates(tx: &mut Tx) -> Result<Vec<Certificate>, StoreError> {
    sql!(
        tx,
        fetch_all<Certificate>,
        "select id, person_id, name, issued_on, expires_on from certificates order by person_id, id"
    )
}

/// Every experience, by person: for a match run.
pub async fn all_experiences(tx: &mut Tx) -> Result<Vec<Experience>, StoreError> {
    sql!(
        tx,
        fetch_all<Experience>,
        "select id, person_id, job, months from experiences order by person_id, id"
    )
}

/// Every skill, by person: for a match run.
pub async fn all_skills(tx: &mut Tx) -> Result<Vec<(PersonId, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(PersonId, String)>,
        "select person_id, skill from person_skills order by person_id, skill"
    )
}

/// The evidence that counts on a day, newest first for each person and criterion.
pub async fn criteria_on(tx: &mut Tx, day: NaiveDate) -> Result<Vec<Criterion>, StoreError> {
    sql!(
        tx,
        fetch_all<Criterion>,
        "select id, person_id, criterion, value, source, dated_on, expires_on, organisation_id from criteria \
         where dated_on <= $1 and expires_on >= $1 order by person_id, criterion, dated_on desc",
        day
    )
}

/// The evidence of these people, past, present and future, newest first for each person and criterion; `ids` is a JSON
/// array of ids as text.
pub async fn criteria_among(tx: &mut Tx, ids: &str) -> Result<Vec<Criterion>, StoreError> {
    sql!(
        tx,
        fetch_all<Criterion>,
        sqlite: "select id, person_id, criterion, value, source, dated_on, expires_on, organisation_id from criteria \
         where person_id in (select unhex(value, '-') from json_each($1)) order by person_id, criterion, dated_on desc",
        postgres: "select id, person_id, criterion, value, source, dated_on, expires_on, organisation_id from criteria \
         where person_id in (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb))) \
         order by person_id, criterion, dated_on desc",
        ids.to_owned()
    )
}

/// The evidence of one person, newest first.
pub async fn criteria_of(tx: &mut Tx, id: PersonId) -> Result<Vec<Criterion>, StoreError> {
    sql!(
        tx,
        fetch_all<Criterion>,
        "select id, person_id, criterion, value, source, dated_on, expires_on, organisation_id from criteria \
         where person_id = $1 order by criterion, dated_on desc",
        id
    )
}

/// Adds evidence; 0 rows when the same criterion of the same date is known.
pub async fn insert_criterion(tx: &mut Tx, c: &Criterion) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into criteria (id, person_id, criterion, value, source, dated_on, expires_on, organisation_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        c.id,
        c.person_id,
        c.criterion,
        c.value,
        c.source.clone(),
        c.dated_on,
        c.expires_on,
        c.organisation_id
    )
}

/// Adds a training.
pub async fn insert_training(tx: &mut Tx, t: &Training) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into trainings (id, person_id, class_id, programme, ended_on, result) values ($1, $2, $3, $4, $5, $6)",
        t.id,
        t.person_id,
        t.class_id,
        t.programme.clone(),
        t.ended_on,
        t.result.clone()
    )
}

/// Adds a certificate.
pub async fn insert_certificate(tx: &mut Tx, c: &Certificate) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into certificates (id, person_id, name, issued_on, expires_on) values ($1, $2, $3, $4, $5)",
        c.id,
        c.person_id,
        c.name.clone(),
        c.issued_on,
        c.expires_on
    )
}

/// Adds an experience.
pub async fn insert_experience(tx: &mut Tx, e: &Experience) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into experiences (id, person_id, job, months) values ($1, $2, $3, $4)",
        e.id,
        e.person_id,
        e.job.clone(),
        e.months
    )
}

/// Adds a skill; known ones stay.
pub async fn insert_skill(tx: &mut Tx, id: PersonId, skill: &str) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into person_skills (person_id, skill) values ($1, $2) on conflict do nothing",
        id,
        skill.to_owned()
    )
}

/// Removes a training.
pub async fn remove_training(tx: &mut Tx, person: PersonId, id: RecordId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from trainings where id = $1 and person_id = $2", id, person)
}

/// Removes a certificate.
pub async fn remove_certificate(tx: &mut Tx, person: PersonId, id: RecordId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from certificates where id = $1 and person_id = $2", id, person)
}

/// Removes an experience.
pub async fn remove_experience(tx: &mut Tx, person: PersonId, id: RecordId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from experiences where id = $1 and person_id = $2", id, person)
}

/// Removes a skill.
pub async fn remove_skill(tx: &mut Tx, person: PersonId, skill: &str) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "delete from person_skills where person_id = $1 and skill = $2",
        person,
        skill.to_owned()
    )
}

/// Removes all trainings, certificates, experience and skills of a person, before a profile is stored anew.
pub async fn clear(tx: &mut Tx, id: PersonId) -> Result<(), StoreError> {
    sql!(tx, execute, "delete from trainings where person_id = $1", id)?;
    sql!(tx, execute, "delete from certificates where person_id = $1", id)?;
    sql!(tx, execute, "delete from experiences where person_id = $1", id)?;
    sql!(tx, execute, "delete from person_skills where person_id = $1", id)?;
    Ok(())
}
