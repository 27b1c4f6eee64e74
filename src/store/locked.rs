//! An application together with the rows that count it, locked for an act. Reading without a lock is in `applications`,
//! locks on one row alone are with their aggregates.
use chrono::NaiveDate;

use crate::{
    domain::{
        employer,
        ids::{ApplicationId, EmployerId},
        vacancy,
    },
    sql,
    store::{
        StoreError, Tx,
        applications::{Application, Scope},
        people, vacancies,
    },
};

/// An application with the two rows that count it.
#[derive(Clone, Debug)]
pub struct Locked {
    pub application: Application,
    /// What its vacancy counts.
    pub vacancy: vacancies::Counters,
    /// What its person counts.
    pub person: people::Counters,
}

/// `Locked` as one row gives it.
#[derive(sqlx::FromRow)]
struct LockedRow {
    #[sqlx(flatten)]
    application: Application,
    employer_id: EmployerId,
    employer_state: employer::State,
    vacancy_state: vacancy::State,
    seats: Option<i64>,
    taken: i64,
    live: i64,
    slots: i64,
    answers: i64,
    refusals: i64,
    said_at_answers: i64,
    said_at_refusals: i64,
    closes_on: Option<NaiveDate>,
    vacancy_version: i64,
    person_live: i64,
    placed: i64,
}

impl From<LockedRow> for Locked {
    fn from(row: LockedRow) -> Self {
        let vacancy = vacancies::Counters {
            id: row.application.vacancy_id,
            employer_id: row.employer_id,
            employer_state: row.employer_state,
            state: row.vacancy_state,
            seats: row.seats,
            taken: row.taken,
            live: row.live,
            slots: row.slots,
            answers: row.answers,
            refusals: row.refusals,
            said_at_answers: row.said_at_answers,
            said_at_refusals: row.said_at_refusals,
            closes_on: row.closes_on,
            version: row.vacancy_version,
        };
        let person =
            people::Counters { id: row.application.person_id, live: row.person_live, placed: row.placed };
        Self { application: row.application, vacancy, person }
    }
}

/// Finds an application inside a scope and locks what an event of it may change, in the order that everybody keeps:
/// vacancy, person, application.
///
/// PostgreSQL locks the rows of `for update of` in the order written there, and having waited for any of them reads the
/// newest versions of all three and asks the scope again: what comes back is never older than the locks. The employer's
/// row is not locked: a suspension locks and pauses the vacancy itself.
pub async fn find(tx: &mut Tx, scope: &Scope, id: ApplicationId) -> Result<Option<Locked>, StoreError> {
    // One row by its key: here a text for each reach would gain nothing.
    let (employer, account, village, agency) = match scope {
        Scope::Office => (None, None, None, None),
        Scope::Employer(id) => (Some(*id), None, None, None),
        Scope::Account(id) => (None, Some(*id), None, None),
        Scope::Village(code) => (None, None, Some(code.clone()), None),
        Scope::Agency(id) => (None, None, None, Some(*id)),
    };
    let row = sql!(
        tx,
        fetch_optional<LockedRow>,
        sqlite: "select a.id, a.person_id, a.vacancy_id, a.run_id, a.state, a.held, a.reserve_order, a.fit, a.priority, \
         a.deadline, a.starts_on, a.letter_number, a.version, a.created_at, a.updated_at, \
         v.employer_id, e.state as employer_state, v.state as vacancy_state, v.seats, v.taken, v.live, v.slots, v.answers, v.refusals, \
         v.said_at_answers, v.said_at_refusals, v.closes_on, v.version as vacancy_version, \
         p.live as person_live, p.placed \
         from applications a join vacancies v on v.id = a.vacancy_id join people p on p.id = a.person_id \
         join employers e on e.id = v.employer_id \
         where a.id = $1 and ((v.employer_id = $2 and a.letter_number is not null) or $2 is null) \
         and ((a.known_since is not null and exists (select 1 from account_people h where h.account_id = $3 and h.person_id = p.id)) \
         or $3 is null) \
         and ((p.village = $4 and p.accompanied) or $4 is null) and (exists (select 1 from nominations n where n.person_id = p.id and n.organisation_id = $5) or $5 is null)",
        postgres: "select a.id, a.person_id, a.vacancy_id, a.run_id, a.state, a.held, a.reserve_order, a.fit, a.priority, \
         a.deadline, a.starts_on, a.letter_number, a.version, a.created_at, a.updated_at, \
         v.employer_id, e.state as employer_state, v.state as vacancy_state, v.seats, v.taken, v.live, v.slots, v.answers, v.refusals, \
         v.said_at_answers, v.said_at_refusals, v.closes_on, v.version as vacancy_version, \
         p.live as person_live, p.placed \
         from applications a join vacancies v on v.id = a.vacancy_id join people p on p.id = a.person_id \
         join employers e on e.id = v.employer_id \
         where a.id = $1 and ((v.employer_id = $2 and a.letter_number is not null) or $2 is null) \
         and ((a.known_since is not null and exists (select 1 from account_people h where h.account_id = $3 and h.person_id = p.id)) \
         or $3 is null) \
         and ((p.village = $4 and p.accompanied) or $4 is null) and (exists (select 1 from nominations n where n.person_id = p.id and n.organisation_id = $5) or $5 is null) for update of v, p, a",
        id,
        employer,
        account,
        village,
        agency
    )?;
    Ok(row.map(Locked::from))
}
