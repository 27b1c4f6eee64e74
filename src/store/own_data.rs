//! What is held about one person, as wide as the copy shows it that everybody may ask for (UU 27/2022 art. 7 and 13).
//! Belongs here: reading by person what other files write and read by application, run or office. Does not belong here:
//! what of it is handed over (`app::people::export`), the person's own rows (`people`, `profiles`).
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::types::Json;

use crate::{
    domain::{
        ids::{PersonId, RecordId},
        run::Kind,
    },
    sql,
    store::{
        StoreError, Tx,
        applications::Application,
        contacts::{Attempt, Consent, FollowUp},
        interviews::Interview,
    },
};

/// An application with what stands beside it, whatever its person knows of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Held {
    #[sqlx(flatten)]
    pub application: Application,
    /// Title of the vacancy.
    pub title: String,
    pub employer_name: String,
    /// Since when the person knows of it; none while no officer confirmed and the person said nothing.
    pub known_since: Option<DateTime<Utc>>,
    /// Business date of the run that proposed it.
    pub run_on: Option<NaiveDate>,
    /// The newest invitation to an interview.
    #[sqlx(flatten)]
    pub interview: Interview,
    /// When that invitation was made.
    pub invited_at: Option<DateTime<Utc>>,
}

/// Every application a person ever had, oldest first.
pub async fn applications(tx: &mut Tx, id: PersonId) -> Result<Vec<Held>, StoreError> {
    sql!(
        tx,
        fetch_all<Held>,
        "select a.id, a.person_id, a.vacancy_id, a.run_id, a.state, a.held, a.reserve_order, a.fit, a.priority, a.deadline, \
         a.starts_on, a.letter_number, a.version, a.created_at, a.updated_at, a.known_since, v.title, \
         e.name as employer_name, r.as_of as run_on, i.on_day as interview_on, i.hour as interview_hour, \
         i.place as interview_place, i.bring as interview_bring, i.landmark as interview_landmark, i.made_at as invited_at \
         from applications a join vacancies v on v.id = a.vacancy_id join employers e on e.id = v.employer_id \
         left join runs r on r.id = a.run_id left join interviews i on i.application_id = a.id \
         where a.person_id = $1 order by a.created_at, a.id",
        id
    )
}

/// What a person agreed to, oldest first.
pub async fn consents(tx: &mut Tx, id: PersonId) -> Result<Vec<Consent>, StoreError> {
    sql!(
        tx,
        fetch_all<Consent>,
        "select id, application_id, person_id, vacancy_id, employer_id, channel, number_dialled, self_spoke, officer_id, \
         wording, ends_on, given_at, guardian, text_shown from consents where person_id = $1 order by given_at, id",
        id
    )
}

/// The tries to reach a person, about whichever application, oldest first.
pub async fn attempts(tx: &mut Tx, id: PersonId) -> Result<Vec<Attempt>, StoreError> {
    sql!(
        tx,
        fetch_all<Attempt>,
        "select c.id, c.application_id, c.channel, c.outcome, c.officer_id, c.on_day, c.at \
         from applications a join contact_attempts c on c.application_id = a.id where a.person_id = $1 order by c.at, c.id",
        id
    )
}

/// The follow-ups of all placements of a person, by the day they are due.
pub async fn follow_ups(tx: &mut Tx, id: PersonId) -> Result<Vec<FollowUp>, StoreError> {
    sql!(
        tx,
        fetch_all<FollowUp>,
        "select f.id, f.application_id, f.month, f.due_on, f.still_working, f.note, f.recorded_by, f.recorded_at \
         from applications a join follow_ups f on f.application_id = a.id where a.person_id = $1 order by f.due_on, f.id",
        id
    )
}

/// What a run worked out about the person and one vacancy.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Judgement {
    /// Business date of the run.
    pub run_on: NaiveDate,
    /// When its proposals became applications; none where it was a trial.
    pub published_at: Option<DateTime<Utc>>,
    /// Title of the vacancy.
    pub title: String,
    pub employer_name: String,
    /// As what the run named the person.
    pub kind: Kind,
    /// Place in there; counts from 1.
    pub place: i64,
    /// Points 0..1000.
    pub fit: i64,
    /// Points 0..300.
    pub priority: i64,
    /// Reasons for and against.
    pub explanation: Json<Value>,
    /// Why it was left out later.
    pub dropped: Option<String>,
}

/// What all runs worked out about a person, oldest run first.
pub async fn judgements(tx: &mut Tx, id: PersonId) -> Result<Vec<Judgement>, StoreError> {
    sql!(
        tx,
        fetch_all<Judgement>,
        "select r.as_of as run_on, r.published_at, v.title, e.name as employer_name, p.kind, p.place, p.fit, p.priority, \
         p.explanation, p.dropped from run_proposals p join runs r on r.id = p.run_id \
         join vacancies v on v.id = p.vacancy_id join employers e on e.id = v.employer_id \
         where p.person_id = $1 order by p.run_id, p.vacancy_id",
        id
    )
}

/// A run that did not know the person's desil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Unknown {
    /// Business date of the run.
    pub run_on: NaiveDate,
    /// Free places of the vacancies the person could be proposed for.
    pub seats: i64,
    /// How many vacancies these are.
    pub vacancies: i64,
}

/// The runs that did not know a person's desil, oldest first. No index begins with the person: each run is asked (on
/// SQLite a `cross join` keeps the order in which the tables are named).
pub async fn unknown_desil(tx: &mut Tx, id: PersonId) -> Result<Vec<Unknown>, StoreError> {
    sql!(
        tx,
        fetch_all<Unknown>,
        "select r.as_of as run_on, u.seats, u.vacancies from runs r cross join run_unknown_desil u \
         where u.run_id = r.id and u.person_id = $1 order by r.id",
        id
    )
}

/// The class in which a training was taken.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Attended {
    pub training_id: RecordId,
    /// Name of the class (angkatan).
    pub name: String,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
}

/// The classes of a person's trainings.
pub async fn classes(tx: &mut Tx, id: PersonId) -> Result<Vec<Attended>, StoreError> {
    sql!(
        tx,
        fetch_all<Attended>,
        "select t.id as training_id, c.name, c.starts_on, c.ends_on from trainings t \
         join training_classes c on c.id = t.class_id where t.person_id = $1 order by t.id",
        id
    )
}

/// Something that was done to the record of a person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Deed {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by the role alone; rows of earlier programs have words of their own.
    pub actor: String,
    /// What (`person.create`).
    pub action: String,
}

/// What was done to the record of a person, oldest first.
pub async fn deeds(tx: &mut Tx, id: PersonId) -> Result<Vec<Deed>, StoreError> {
    sql!(
        tx,
        fetch_all<Deed>,
        "select at, actor, action from audit where object_id = $1 and object_kind = 'person' order by at, id",
        id
    )
}

/// Something that was done with what is held about a person, for the person's own page.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Opened {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by the role alone; rows of earlier programs have words of their own.
    pub actor: String,
    /// Name of the office acted for.
    pub office: Option<String>,
    /// What (`person.create`, `application.refer`).
    pub action: String,
    /// Title of the vacancy, where it was about an application.
    pub title: Option<String>,
    pub employer_name: Option<String>,
    /// How many there are in all.
    pub total: i64,
}

/// What was done with a person's record, with the applications they know of since they do, with messages to them and with
/// their next steps, newest first: at most so many, after so many.
pub async fn opened(tx: &mut Tx, id: PersonId, most: i64, after: i64) -> Result<Vec<Opened>, StoreError> {
    sql!(
        tx,
        fetch_all<Opened>,
        "with objects as (select p.id from people p where p.id = $1 \
         union all select a.id from applications a where a.person_id = $1 and a.known_since is not null \
         union all select m.id from messages m where m.person_id = $1 \
         union all select s.id from next_steps s where s.person_id = $1) \
         select d.at, d.actor, o.name as office, d.action, v.title, e.name as employer_name, count(*) over () as total \
         from objects x join audit d on d.object_id = x.id left join organisations o on o.id = d.organisation_id \
         left join applications a on a.id = x.id left join vacancies v on v.id = a.vacancy_id \
         left join employers e on e.id = v.employer_id where (a.id is null or d.at >= a.known_since) \
         order by d.at desc, d.id desc limit $2 offset $3",
        id,
        most,
        after
    )
}

/// How many logins hold a person.
pub async fn logins(tx: &mut Tx, id: PersonId) -> Result<i64, StoreError> {
    let (count,): (i64,) =
        sql!(tx, fetch_one<(i64,)>, "select count(*) from account_people where person_id = $1", id)?;
    Ok(count)
}
