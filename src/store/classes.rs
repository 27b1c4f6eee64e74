//! Classes of training: their rows, who is in them, and what their members said about being ranked. What a member learned
//! is a training of the person (`profiles`); a class is its date and its company.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        ids::{AccountId, ClassId, OrganisationId, PersonId, RecordId},
        person::Status,
        training::Outcome,
    },
    sql,
    store::{StoreError, Tx, statement::place},
};

/// A class of a training programme.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TrainingClass {
    pub id: ClassId,
    /// The office that ran it.
    pub organisation_id: Option<OrganisationId>,
    /// Name of the programme.
    pub programme: String,
    /// Name of the class (angkatan).
    pub name: String,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// How many were in it when it last changed; its CHECK is the limit.
    pub members: i64,
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// A class in a list, with how many are in it now and how it ended for them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    #[sqlx(flatten)]
    pub class: TrainingClass,
    /// Who is in it, without those who were erased.
    pub enrolled: i64,
    /// Passed (K).
    pub passed: i64,
    /// Not passed (BK).
    pub failed: i64,
    /// Broken off.
    pub broken_off: i64,
}

/// Somebody in a class.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Member {
    pub person_id: PersonId,
    pub name: String,
    pub phone: Option<String>,
    /// Village code of the home.
    pub village: Option<String>,
    pub status: Status,
    /// 1 while hired or started.
    pub placed: i64,
    pub objects_to_ranking: bool,
    pub available_from: Option<NaiveDate>,
    /// A word of `domain::training::Outcome`.
    pub result: Option<String>,
}

/// What somebody said about being ranked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RankingConsent {
    pub id: RecordId,
    pub person_id: PersonId,
    pub given: bool,
    /// Version of the words they were asked in.
    pub wording: String,
    /// The class in which they were asked.
    pub class_id: Option<ClassId>,
    /// Who wrote it down; none for the terminal.
    pub recorded_by: Option<AccountId>,
    pub given_at: DateTime<Utc>,
}

/// Finds the class of a programme by its name, or adds it; gives its id.
pub async fn ensure(tx: &mut Tx, c: &TrainingClass) -> Result<ClassId, StoreError> {
    insert(tx, c).await?;
    let (id,): (ClassId,) = sql!(
        tx,
        fetch_one<(ClassId,)>,
        "select id from training_classes where programme = $1 and name = $2",
        c.programme.clone(),
        c.name.clone()
    )?;
    Ok(id)
}

/// Adds a class; 0 rows when the programme has one of this name.
pub async fn insert(tx: &mut Tx, c: &TrainingClass) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into training_classes (id, organisation_id, programme, name, starts_on, ends_on, members, version, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        c.id,
        c.organisation_id,
        c.programme.clone(),
        c.name.clone(),
        c.starts_on,
        c.ends_on,
        c.members,
        c.version,
        c.created_at
    )
}

/// One class, with its numbers.
pub async fn find(tx: &mut Tx, id: ClassId) -> Result<Option<Listed>, StoreError> {
    sql!(
        tx,
        fetch_optional<Listed>,
        "select c.id, c.organisation_id, c.programme, c.name, c.starts_on, c.ends_on, c.members, c.version, c.created_at, \
         (select count(*) from trainings t where t.class_id = c.id) as enrolled, \
         (select count(*) from trainings t where t.class_id = c.id and t.result = 'competent') as passed, \
         (select count(*) from trainings t where t.class_id = c.id and t.result = 'not_yet') as failed, \
         (select count(*) from trainings t where t.class_id = c.id and t.result = 'broken_off') as broken_off \
         from training_classes c where c.id = $1",
        id
    )
}

/// One page of classes, oldest first.
pub async fn page(
    tx: &mut Tx,
    after: Option<(DateTime<Utc>, ClassId)>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<Listed>,
        "select c.id, c.organisation_id, c.programme, c.name, c.starts_on, c.ends_on, c.members, c.version, c.created_at, \
         (select count(*) from trainings t where t.class_id = c.id) as enrolled, \
         (select count(*) from trainings t where t.class_id = c.id and t.result = 'competent') as passed, \
         (select count(*) from trainings t where t.class_id = c.id and t.result = 'not_yet') as failed, \
         (select count(*) from trainings t where t.class_id = c.id and t.result = 'broken_off') as broken_off \
         from training_classes c where (c.created_at, c.id) > ($1, $2) order by c.created_at, c.id limit $3",
        at,
        id,
        limit
    )
}

/// Compare-and-swap of a class: name, dates, how many are in it.
pub async fn swap(tx: &mut Tx, expected: i64, c: &TrainingClass) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update training_classes set name = $3, starts_on = $4, ends_on = $5, members = $6, version = $7 \
         where id = $1 and version = $2",
        c.id,
        expected,
        c.name.clone(),
        c.starts_on,
        c.ends_on,
        c.members,
        c.version
    )
}

/// Whether a programme has another class of this name.
pub async fn is_named(
    tx: &mut Tx,
    programme: &str,
    name: &str,
    besides: ClassId,
) -> Result<bool, StoreError> {
    let found: Option<(ClassId,)> = sql!(
        tx,
        fetch_optional<(ClassId,)>,
        "select id from training_classes where programme = $1 and name = $2 and id <> $3",
        programme.to_owned(),
        name.to_owned(),
        besides
    )?;
    Ok(found.is_some())
}

/// Who is in a class, by name.
pub async fn members(tx: &mut Tx, id: ClassId) -> Result<Vec<Member>, StoreError> {
    sql!(
        tx,
        fetch_all<Member>,
        "select p.id as person_id, p.name, p.phone, p.village, p.status, p.placed, p.objects_to_ranking, p.available_from, \
         t.result from trainings t join people p on p.id = t.person_id where t.class_id = $1 and p.erased_at is null \
         order by p.name, p.id",
        id
    )
}

/// Stores how a class ended for a member, nothing while nobody knows; 0 rows when they are not in it.
pub async fn set_result(
    tx: &mut Tx,
    class: ClassId,
    person: PersonId,
    result: Outcome,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update trainings set result = $3 where class_id = $1 and person_id = $2",
        class,
        person,
        Some(result).filter(|result| *result != Outcome::Unknown).map(Outcome::as_str)
    )
}

/// Moves the last day of a class for all its members.
pub async fn set_last_day(tx: &mut Tx, class: ClassId, day: Option<NaiveDate>) -> Result<u64, StoreError> {
    sql!(tx, execute, "update trainings set ended_on = $2 where class_id = $1", class, day)
}

/// Takes somebody out of a class; 0 rows when they are not in it.
pub async fn remove_member(tx: &mut Tx, class: ClassId, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from trainings where class_id = $1 and person_id = $2", class, person)
}

/// Keeps what somebody said about being ranked.
pub async fn insert_consent(tx: &mut Tx, c: &RankingConsent) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into ranking_consents (id, person_id, given, wording, class_id, recorded_by, given_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        c.id,
        c.person_id,
        c.given,
        c.wording.clone(),
        c.class_id,
        c.recorded_by,
        c.given_at
    )
}

/// All that somebody said about being ranked, oldest first.
pub async fn consents_of(tx: &mut Tx, person: PersonId) -> Result<Vec<RankingConsent>, StoreError> {
    sql!(
        tx,
        fetch_all<RankingConsent>,
        "select id, person_id, given, wording, class_id, recorded_by, given_at from ranking_consents \
         where person_id = $1 order by given_at, id",
        person
    )
}
