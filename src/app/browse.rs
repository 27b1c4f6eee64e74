//! Reading employers, vacancies, plans, people, runs and policies: one page or one object, inside what the session may
//! see. A foreign object and an absent one are the same. Applications are in `applications`.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    app::{
        App, AppError,
        access::{Audience, Role, Session, Staff},
        people::{self, Full},
    },
    domain::{
        employer,
        ids::{EmployerId, PersonId, PolicyId, RecordId, RunId, VacancyId},
        vacancy,
    },
    store::{
        employers::{self, Employer, HiringPlan},
        people::{self as person_rows, Person},
        profiles,
        runs::{self, PolicyRow, ProposalCard, Run},
        vacancies::{self, Listed, Listing},
    },
};

/// The last item of the page before.
pub type After<Id> = Option<(DateTime<Utc>, Id)>;

/// How much of a vacancy is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// With counters, flags and what is missing: the office and the employer it belongs to.
    Whole,
    /// What everybody may read of an open vacancy.
    Public,
}

/// One page of employers.
pub async fn employers(
    app: &App,
    _officer: &Staff,
    state: Option<employer::State>,
    after: After<EmployerId>,
    limit: i64,
) -> Result<Vec<Employer>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(employers::page(&mut tx, state, after, limit).await?)
}

/// One employer: any for an officer, its own for a login of it.
pub async fn employer(app: &App, session: &Session, id: EmployerId) -> Result<Employer, AppError> {
    let own = session.acting()?.reach().vacancies()?;
    if own.is_some_and(|own| own != id) {
        return Err(AppError::NotFound);
    }
    let mut tx = app.db.read().await?;
    employers::find(&mut tx, id).await?.ok_or(AppError::NotFound)
}

/// What a caller asks of the list of vacancies.
#[derive(Clone, Copy, Debug, Default)]
pub struct VacancyFilter {
    /// Of one employer.
    pub employer: Option<EmployerId>,
    /// In one state.
    pub state: Option<vacancy::State>,
}

/// What a session may see of vacancies, as a listing for the store, and how much of each.
fn sight(app: &App, session: Option<&Session>) -> (Listing, Sight) {
    match session {
        Some(officer) if matches!(officer.role, Role::Staff | Role::Supervisor) => {
            (Listing::default(), Sight::Whole)
        }
        Some(login) if login.role == Role::Employer => {
            // A login without an employer owns nothing.
            let own = login.employer.unwrap_or(EmployerId(Uuid::nil()));
            (Listing { owner: Some(own), ..Listing::default() }, Sight::Whole)
        }
        _ => (Listing { open_on: Some(app.clock.today()), ..Listing::default() }, Sight::Public),
    }
}

/// One page of vacancies: all for an officer, its own for an employer, the open ones for everybody else.
pub async fn vacancies(
    app: &App,
    session: Option<&Session>,
    filter: VacancyFilter,
    after: After<VacancyId>,
    limit: i64,
) -> Result<(Vec<Listed>, Sight), AppError> {
    let (listing, sight) = sight(app, session);
    let listing = Listing { employer: filter.employer, state: filter.state, ..listing };
    let mut tx = app.db.read().await?;
    Ok((vacancies::listed_page(&mut tx, &listing, after, limit).await?, sight))
}

/// One vacancy, likewise.
pub async fn vacancy(
    app: &App,
    session: Option<&Session>,
    id: VacancyId,
) -> Result<(Listed, Sight), AppError> {
    let (listing, sight) = sight(app, session);
    let mut tx = app.db.read().await?;
    let found = vacancies::listed(&mut tx, &listing, id).await?.ok_or(AppError::NotFound)?;
    Ok((found, sight))
}

/// One page of hiring plans: all for an officer, its own for an employer.
pub async fn plans(
    app: &App,
    session: &Session,
    after: After<RecordId>,
    limit: i64,
) -> Result<Vec<HiringPlan>, AppError> {
    let own = session.acting()?.reach().vacancies()?;
    let mut tx = app.db.read().await?;
    Ok(employers::plans(&mut tx, own, after, limit).await?)
}

/// One page of people inside the session's reach.
pub async fn people(
    app: &App,
    session: &Session,
    after: After<PersonId>,
    limit: i64,
) -> Result<(Vec<Person>, Audience), AppError> {
    let within = session.acting()?.reach().people()?;
    let audience = session.audience()?;
    let mut tx = app.db.read().await?;
    Ok((person_rows::page(&mut tx, &within, after, limit).await?, audience))
}

/// A person with the profile; for an officer also the last four digits of the NIK, to tell namesakes apart.
pub struct Opened {
    /// Everything the profile holds.
    pub full: Full,
    /// In whose eyes it is shown.
    pub audience: Audience,
    /// Last four digits of the NIK; officers only.
    pub nik_tail: Option<String>,
}

/// One person inside the session's reach.
pub async fn person(app: &App, session: &Session, id: PersonId) -> Result<Opened, AppError> {
    let acting = session.acting()?;
    let mut tx = app.db.read().await?;
    let full = people::read(&mut tx, &acting, id).await?;
    opened(app, session, full)
}

/// A profile that was just read, as the session may see it.
pub fn opened(app: &App, session: &Session, mut full: Full) -> Result<Opened, AppError> {
    let audience = session.audience()?;
    let nik_tail = match audience {
        Audience::Office => {
            let nik = app.keys.open_nik(&full.person.nik_cipher, &full.person.nik_lookup)?;
            nik.get(12..).map(str::to_owned)
        }
        _ => None,
    };
    if matches!(audience, Audience::Companion | Audience::Employer) {
        full.criteria = Vec::<profiles::Criterion>::new();
    }
    Ok(Opened { full, audience, nik_tail })
}

/// One page of match runs.
pub async fn runs(
    app: &App,
    _officer: &Staff,
    after: After<RunId>,
    limit: i64,
) -> Result<Vec<Run>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(runs::page(&mut tx, after, limit).await?)
}

/// One match run.
pub async fn run(app: &App, _officer: &Staff, id: RunId) -> Result<Run, AppError> {
    let mut tx = app.db.read().await?;
    runs::find(&mut tx, id).await?.ok_or(AppError::NotFound)
}

/// What a run proposed, by vacancy, kind and place, from an offset on: a run that ended never changes.
pub async fn proposals(
    app: &App,
    _officer: &Staff,
    id: RunId,
    vacancy: Option<VacancyId>,
    offset: i64,
    limit: i64,
) -> Result<Vec<ProposalCard>, AppError> {
    let mut tx = app.db.read().await?;
    runs::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(runs::proposal_cards(&mut tx, id, vacancy, limit, offset).await?)
}

/// One page of policy revisions.
pub async fn policies(
    app: &App,
    _officer: &Staff,
    after: After<PolicyId>,
    limit: i64,
) -> Result<Vec<PolicyRow>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(runs::policies_page(&mut tx, after, limit).await?)
}

/// One policy revision.
pub async fn policy(app: &App, _officer: &Staff, id: PolicyId) -> Result<PolicyRow, AppError> {
    let mut tx = app.db.read().await?;
    runs::find_policy(&mut tx, id).await?.ok_or(AppError::NotFound)
}
