//! What was said to and by people: consents, contact attempts, follow-ups after the start of work.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel, Guardian},
        ids::{AccountId, ApplicationId, EmployerId, PersonId, RecordId, VacancyId},
    },
    sql,
    store::{StoreError, Tx},
};

/// A person's consent, as it was given.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Consent {
    pub id: RecordId,
    /// The application it belongs to.
    pub application_id: ApplicationId,
    /// Who consents.
    pub person_id: PersonId,
    /// To which job.
    pub vacancy_id: VacancyId,
    /// To which employer the profile may be shown.
    pub employer_id: EmployerId,
    /// How it was given.
    pub channel: ConsentChannel,
    /// The number dialled, for `phone`, or that wrote, for `whatsapp`.
    pub number_dialled: Option<String>,
    /// Whether the person themself spoke.
    pub self_spoke: bool,
    /// The officer or companion who recorded it.
    pub officer_id: Option<AccountId>,
    /// Version of the wording that was read out or shown.
    pub wording: String,
    /// Last day on which it counts.
    pub ends_on: NaiveDate,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// Who consented in writing besides, where the person is below 18.
    pub guardian: Option<Guardian>,
    /// The text that was answered, for `whatsapp`.
    pub text_shown: Option<String>,
}

/// Records a consent.
pub async fn insert_consent(tx: &mut Tx, c: &Consent) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into consents (id, application_id, person_id, vacancy_id, employer_id, channel, number_dialled, self_spoke, \
         officer_id, wording, ends_on, given_at, guardian, text_shown) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        c.id,
        c.application_id,
        c.person_id,
        c.vacancy_id,
        c.employer_id,
        c.channel,
        c.number_dialled.clone(),
        c.self_spoke,
        c.officer_id,
        c.wording.clone(),
        c.ends_on,
        c.given_at,
        c.guardian,
        c.text_shown.clone()
    )
}

/// How many consents of an application carry that of father, mother or guardian.
pub async fn guardian_consents(tx: &mut Tx, id: ApplicationId) -> Result<i64, StoreError> {
    let found: (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from consents where application_id = $1 and guardian is not null",
        id
    )?;
    Ok(found.0)
}

/// A try to reach a person: a record, never a refusal.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Attempt {
    pub id: RecordId,
    /// The application it was about.
    pub application_id: ApplicationId,
    /// How.
    pub channel: AttemptChannel,
    /// With what result.
    pub outcome: AttemptOutcome,
    /// Who tried.
    pub officer_id: Option<AccountId>,
    /// Business date.
    pub on_day: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records a contact attempt.
pub async fn insert_attempt(tx: &mut Tx, a: &Attempt) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into contact_attempts (id, application_id, channel, outcome, officer_id, on_day, at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        a.id,
        a.application_id,
        a.channel,
        a.outcome,
        a.officer_id,
        a.on_day,
        a.at
    )
}

/// The attempts about an application, oldest first.
pub async fn attempts(tx: &mut Tx, id: ApplicationId) -> Result<Vec<Attempt>, StoreError> {
    sql!(
        tx,
        fetch_all<Attempt>,
        "select id, application_id, channel, outcome, officer_id, on_day, at from contact_attempts \
         where application_id = $1 order by at, id",
        id
    )
}

/// A question asked 1, 3 and 6 months after the start of work.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FollowUp {
    pub id: RecordId,
    /// The placement.
    pub application_id: ApplicationId,
    /// 1, 3 or 6.
    pub month: i64,
    /// When to ask.
    pub due_on: NaiveDate,
    /// The answer; none while open.
    pub still_working: Option<bool>,
    /// What was said.
    pub note: Option<String>,
    /// Who asked.
    pub recorded_by: Option<AccountId>,
    /// When the answer was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// Plans a follow-up; 0 rows when it is planned already.
pub async fn plan_follow_up(tx: &mut Tx, f: &FollowUp) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into follow_ups (id, application_id, month, due_on) values ($1, $2, $3, $4) on conflict do nothing",
        f.id,
        f.application_id,
        f.month,
        f.due_on
    )
}

/// The follow-ups of a placement.
pub async fn follow_ups(tx: &mut Tx, id: ApplicationId) -> Result<Vec<FollowUp>, StoreError> {
    sql!(
        tx,
        fetch_all<FollowUp>,
        "select id, application_id, month, due_on, still_working, note, recorded_by, recorded_at from follow_ups \
         where application_id = $1 order by month",
        id
    )
}

/// Records the answer to an open follow-up; 0 rows when there is none or it is answered.
pub async fn answer_follow_up(tx: &mut Tx, f: &FollowUp) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update follow_ups set still_working = $3, note = $4, recorded_by = $5, recorded_at = $6 \
         where application_id = $1 and month = $2 and still_working is null",
        f.application_id,
        f.month,
        f.still_working,
        f.note.clone(),
        f.recorded_by,
        f.recorded_at
    )
}

/// Takes back the plan of follow-ups that nobody answered yet (the start of work was undone).
pub async fn unplan_follow_ups(tx: &mut Tx, id: ApplicationId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from follow_ups where application_id = $1 and recorded_at is null", id)
}
