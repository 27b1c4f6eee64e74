//! Employers and their hiring plans.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        employer::State,
        ids::{EmployerId, RecordId},
        plan::Certainty,
    },
    sql,
    store::{StoreError, Tx, statement::place},
};

/// One employer as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Employer {
    pub id: EmployerId,
    /// Company name.
    pub name: String,
    /// Business number (NIB), 13 digits.
    pub nib: Option<String>,
    /// Industry, as written or a KBLI code.
    pub industry: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Village code of the seat.
    pub village: Option<String>,
    /// Whom to ask.
    pub contact_name: Option<String>,
    /// E.164 number.
    pub contact_phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Whether it is a sample.
    pub sample: bool,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Finds an employer.
pub async fn find(tx: &mut Tx, id: EmployerId) -> Result<Option<Employer>, StoreError> {
    sql!(
        tx,
        fetch_optional<Employer>,
        "select id, name, nib, industry, address, village, contact_name, contact_phone, email, state, sample, version, \
         created_at, updated_at from employers where id = $1",
        id
    )
}

/// Finds an employer by business number.
pub async fn find_by_nib(tx: &mut Tx, nib: &str) -> Result<Option<Employer>, StoreError> {
    sql!(
        tx,
        fetch_optional<Employer>,
        "select id, name, nib, industry, address, village, contact_name, contact_phone, email, state, sample, version, \
         created_at, updated_at from employers where nib = $1",
        nib.to_owned()
    )
}

/// Finds the oldest employer of exactly this name.
pub async fn find_by_name(tx: &mut Tx, name: &str) -> Result<Option<Employer>, StoreError> {
    sql!(
        tx,
        fetch_optional<Employer>,
        "select id, name, nib, industry, address, village, contact_name, contact_phone, email, state, sample, version, \
         created_at, updated_at from employers where name = $1 order by created_at, id limit 1",
        name.to_owned()
    )
}

/// By what an employer is known.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Called {
    pub id: EmployerId,
    /// Company name.
    pub name: String,
    /// Business number.
    pub nib: Option<String>,
}

/// By what every employer is known, oldest first.
pub async fn called(tx: &mut Tx) -> Result<Vec<Called>, StoreError> {
    sql!(tx, fetch_all<Called>, "select id, name, nib from employers order by created_at, id")
}

/// One page, oldest first.
pub async fn page(
    tx: &mut Tx,
    state: Option<State>,
    after: Option<(DateTime<Utc>, EmployerId)>,
    limit: i64,
) -> Result<Vec<Employer>, StoreError> {
    let (at, id) = place(after);
    match state {
        None => sql!(
            tx,
            fetch_all<Employer>,
            "select id, name, nib, industry, address, village, contact_name, contact_phone, email, state, sample, version, \
             created_at, updated_at from employers where (created_at, id) > ($1, $2) order by created_at, id limit $3",
            at,
            id,
            limit
        ),
        Some(state) => sql!(
            tx,
            fetch_all<Employer>,
            "select id, name, nib, industry, address, village, contact_name, contact_phone, email, state, sample, version, \
             created_at, updated_at from employers where (state, created_at, id) > ($4, $1, $2) and state <= $4 \
             order by state, created_at, id limit $3",
            at,
            id,
            limit,
            state
        ),
    }
}

/// Adds an employer; 0 rows when the business number is taken.
pub async fn insert(tx: &mut Tx, e: &Employer) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into employers (id, name, nib, industry, address, village, contact_name, contact_phone, email, state, sample, \
         version, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         on conflict do nothing",
        e.id,
        e.name.clone(),
        e.nib.clone(),
        e.industry.clone(),
        e.address.clone(),
        e.village.clone(),
        e.contact_name.clone(),
        e.contact_phone.clone(),
        e.email.clone(),
        e.state,
        e.sample,
        e.version,
        e.created_at,
        e.updated_at
    )
}

/// Compare-and-swap of the state.
pub async fn swap_state(
    tx: &mut Tx,
    before: &Employer,
    state: State,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update employers set state = $4, version = version + 1, updated_at = $5 where id = $1 and state = $2 and version = $3",
        before.id,
        before.state,
        before.version,
        state,
        at
    )
}

/// When an employer was suspended last.
pub async fn suspended_at(tx: &mut Tx, id: EmployerId) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional<(DateTime<Utc>,)>,
        "select at from employer_events where employer_id = $1 and event = 'suspend' order by version desc limit 1",
        id
    )?;
    Ok(found.map(|(at,)| at))
}

/// How many answers an employer owes: referrals, interviews and offers past their deadline. A referral lapses when the
/// clock is next looked at; the others wait for an answer.
pub async fn overdue_answers(tx: &mut Tx, id: EmployerId, today: NaiveDate) -> Result<i64, StoreError> {
    let (count,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from applications a join vacancies v on v.id = a.vacancy_id \
         where v.employer_id = $1 and a.state in ('referred', 'interview', 'offered') and a.deadline < $2 and not a.held",
        id,
        today
    )?;
    Ok(count)
}

/// A plan to hire, announced ahead.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HiringPlan {
    pub id: RecordId,
    /// Who plans.
    pub employer_id: EmployerId,
    /// Job as written.
    pub job: String,
    /// Four-digit KBJI group, when known.
    pub occupation_code: Option<String>,
    /// Seats planned.
    pub seats: i64,
    /// Village code of the site.
    pub village: Option<String>,
    /// First day of the month of hiring.
    pub month: NaiveDate,
    /// How sure it is.
    pub certainty: Certainty,
    /// When it was announced.
    pub created_at: DateTime<Utc>,
}

/// Adds a hiring plan.
pub async fn insert_plan(tx: &mut Tx, p: &HiringPlan) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into hiring_plans (id, employer_id, job, occupation_code, seats, village, month, certainty, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        p.id,
        p.employer_id,
        p.job.clone(),
        p.occupation_code.clone(),
        p.seats,
        p.village.clone(),
        p.month,
        p.certainty,
        p.created_at
    )
}

/// A hiring plan with where its employer stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Announced {
    /// The plan.
    #[sqlx(flatten)]
    pub plan: HiringPlan,
    /// Where the employer stands.
    pub employer_state: State,
}

/// Hiring plans for `month` (its first day) or later, with their employers, oldest first. Which of them count as demand
/// is for `domain::plan` to say.
pub async fn plans_from(tx: &mut Tx, month: NaiveDate, limit: i64) -> Result<Vec<Announced>, StoreError> {
    sql!(
        tx,
        fetch_all<Announced>,
        "select p.id, p.employer_id, p.job, p.occupation_code, p.seats, p.village, p.month, p.certainty, p.created_at, \
         e.state as employer_state from hiring_plans p join employers e on e.id = p.employer_id where p.month >= $1 \
         order by p.created_at, p.id limit $2",
        month,
        limit
    )
}

/// Hiring plans, of one employer or of all, oldest first.
pub async fn plans(
    tx: &mut Tx,
    employer: Option<EmployerId>,
    after: Option<(DateTime<Utc>, RecordId)>,
    limit: i64,
) -> Result<Vec<HiringPlan>, StoreError> {
    let (at, id) = place(after);
    match employer {
        None => sql!(
            tx,
            fetch_all<HiringPlan>,
            "select id, employer_id, job, occupation_code, seats, village, month, certainty, created_at from hiring_plans \
             where (created_at, id) > ($1, $2) order by created_at, id limit $3",
            at,
            id,
            limit
        ),
        Some(employer) => sql!(
            tx,
            fetch_all<HiringPlan>,
            "select id, employer_id, job, occupation_code, seats, village, month, certainty, created_at from hiring_plans \
             where (employer_id, created_at, id) > ($4, $1, $2) and employer_id <= $4 \
             order by employer_id, created_at, id limit $3",
            at,
            id,
            limit,
            employer
        ),
    }
}
