//! Whether the companion of the own village may help a resident: what was said about it, and what a companion's desk lists of those
//! who agreed. What else a companion reaches is in the scopes of the other files.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        access::AuditActor,
        application::State,
        contact::ConsentChannel,
        ids::{AccountId, ApplicationId, PersonId, RecordId},
    },
    sql,
    store::{StoreError, Tx},
};

/// What somebody said about it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Said {
    pub id: RecordId,
    pub person_id: PersonId,
    /// Yes, or no more.
    pub agreed: bool,
    /// How it was said; never in answer to a message.
    pub channel: ConsentChannel,
    /// Who wrote it down, by the role: the person themself, where they did.
    pub told_by: AuditActor,
    /// The login that wrote it down; none for the terminal.
    pub recorded_by: Option<AccountId>,
    pub said_at: DateTime<Utc>,
}

/// Keeps what was said.
pub async fn insert(tx: &mut Tx, s: &Said) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into accompaniments (id, person_id, agreed, channel, told_by, recorded_by, said_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        s.id,
        s.person_id,
        s.agreed,
        s.channel,
        s.told_by,
        s.recorded_by,
        s.said_at
    )
}

/// From now on it counts; 0 rows for nobody.
pub async fn set(tx: &mut Tx, person: PersonId, agreed: bool) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update people set accompanied = $2 where id = $1 and erased_at is null",
        person,
        agreed
    )
}

/// Whether the companion may help now: nobody who is not there.
pub async fn holds(tx: &mut Tx, person: PersonId) -> Result<bool, StoreError> {
    let found = sql!(
        tx,
        fetch_optional<(bool,)>,
        "select accompanied from people where id = $1 and erased_at is null",
        person
    )?;
    Ok(found.is_some_and(|(holds,)| holds))
}

/// All that somebody said about it, oldest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Said>, StoreError> {
    sql!(
        tx,
        fetch_all<Said>,
        "select id, person_id, agreed, channel, told_by, recorded_by, said_at from accompaniments where person_id = $1 \
         order by said_at, id",
        person
    )
}

/// A follow-up that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Due {
    pub application_id: ApplicationId,
    /// 1, 3 or 6 months after the start.
    pub month: i64,
    pub due_on: NaiveDate,
    pub person_id: PersonId,
    pub person_name: String,
    /// Title of the vacancy.
    pub title: String,
    pub employer_name: String,
}

/// The open follow-ups of those who agreed in a village, due by a day.
pub async fn follow_ups(
    tx: &mut Tx,
    village: &str,
    by: NaiveDate,
    limit: i64,
) -> Result<Vec<Due>, StoreError> {
    sql!(
        tx,
        fetch_all<Due>,
        "select f.application_id, f.month, f.due_on, p.id as person_id, p.name as person_name, v.title, \
         e.name as employer_name from people p join applications a on a.person_id = p.id \
         join follow_ups f on f.application_id = a.id join vacancies v on v.id = a.vacancy_id \
         join employers e on e.id = v.employer_id where p.village = $1 and p.accompanied and p.erased_at is null \
         and a.state = 'started' and f.recorded_at is null and f.due_on <= $2 order by f.due_on, f.id limit $3",
        village.to_owned(),
        by,
        limit
    )
}

/// Somebody who looks for work and for whom nothing is under way.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Idle {
    pub person_id: PersonId,
    pub person_name: String,
}

/// Those who agreed in a village, look for work, and have neither an open application nor an open step, by name.
pub async fn idle(tx: &mut Tx, village: &str, limit: i64) -> Result<Vec<Idle>, StoreError> {
    sql!(
        tx,
        fetch_all<Idle>,
        "select p.id as person_id, p.name as person_name from people p where p.village = $1 and p.accompanied \
         and p.erased_at is null and p.status = 'seeking' and p.placed = 0 and not exists (select 1 from applications a \
         where a.person_id = p.id and a.state in ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', \
         'offered', 'hired')) and not exists (select 1 from next_steps s where s.person_id = p.id and s.answered_at is null \
         and s.kind <> 'desil_check') order by p.name, p.id limit $2",
        village.to_owned(),
        limit
    )
}

/// An application that is not over, as a list of people shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Running {
    pub person_id: PersonId,
    pub title: String,
    pub state: State,
    pub held: bool,
    pub deadline: Option<NaiveDate>,
}

/// What is open, or at work, of these people (a JSON list of ids), as far as they know of it; by person, newest first.
pub async fn running(tx: &mut Tx, people: &str) -> Result<Vec<Running>, StoreError> {
    sql!(
        tx,
        fetch_all<Running>,
        sqlite: "select a.person_id, v.title, a.state, a.held, a.deadline from applications a \
         join vacancies v on v.id = a.vacancy_id where a.person_id in (select unhex(value, '-') from json_each($1)) \
         and a.known_since is not null and a.state in ('consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', \
         'hired', 'started') order by a.person_id, a.created_at desc, a.id",
        postgres: "select a.person_id, v.title, a.state, a.held, a.deadline from applications a \
         join vacancies v on v.id = a.vacancy_id \
         where a.person_id in (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb))) \
         and a.known_since is not null and a.state in ('consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', \
         'hired', 'started') order by a.person_id, a.created_at desc, a.id",
        people.to_owned()
    )
}
