//! Reading employers, vacancies, plans, people, runs and policies: one page or one object, inside what the session may
//! see. A foreign object and an absent one are the same. Applications are in `applications`.
use uuid::Uuid;

use crate::{
    app::{
        After, App, AppError,
        access::{Role, Session, Staff},
        employers::seen::{EmployerView, PlanView},
        people::{self, Full, seen::PersonView},
        policies::PolicyView,
        runs::seen::{ProposalView, RunView},
        vacancies::seen::{Sight, VacancyView},
    },
    domain::{
        codes::ProblemCode,
        employer,
        ids::{EmployerId, PersonId, PolicyId, RecordId, RunId, VacancyId},
    },
    store::{
        employers, people as person_rows, runs,
        vacancies::{self, Scope},
    },
};

pub use crate::store::vacancies::Filter;

/// Rows as their readers see them.
fn seen<Row, Seen: From<Row>>(rows: Vec<Row>) -> Vec<Seen> {
    rows.into_iter().map(Seen::from).collect()
}

/// One page of employers.
pub async fn employers(
    app: &App,
    _officer: &Staff,
    state: Option<employer::State>,
    after: After<EmployerId>,
    limit: i64,
) -> Result<Vec<EmployerView>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(seen(employers::page(&mut tx, state, after, limit).await?))
}

/// One employer: any for an officer, its own for a login of it.
pub async fn employer(app: &App, session: &Session, id: EmployerId) -> Result<EmployerView, AppError> {
    let own = session.acting()?.reach().vacancies()?;
    if own.is_some_and(|own| own != id) {
        return Err(AppError::NotFound);
    }
    let mut tx = app.db.read().await?;
    employers::find(&mut tx, id).await?.map(EmployerView::from).ok_or(AppError::NotFound)
}

/// What a session may see of vacancies, and how much of each.
fn sight(app: &App, session: Option<&Session>) -> (Scope, Sight) {
    match session {
        Some(officer) if matches!(officer.role, Role::Staff | Role::Supervisor) => {
            (Scope::Office, Sight::Whole)
        }
        Some(login) if login.role == Role::Employer => {
            // A login without an employer owns nothing.
            let own = login.employer.unwrap_or(EmployerId(Uuid::nil()));
            (Scope::Owner(own), Sight::Whole)
        }
        _ => (Scope::OpenOn(app.clock.today()), Sight::Public),
    }
}

/// One page of vacancies: all for an officer, its own for an employer, the open ones for everybody else.
pub async fn vacancies(
    app: &App,
    session: Option<&Session>,
    filter: Filter,
    after: After<VacancyId>,
    limit: i64,
) -> Result<Vec<VacancyView>, AppError> {
    let (scope, sight) = sight(app, session);
    if filter.flags_open && scope != Scope::Office {
        return Err(AppError::Forbidden(ProblemCode::RoleNotAllowed));
    }
    let mut tx = app.db.read().await?;
    let rows = vacancies::listed_page(&mut tx, scope, filter, after, limit).await?;
    Ok(rows.into_iter().map(|row| VacancyView::of(row, sight, session)).collect())
}

/// One vacancy, likewise.
pub async fn vacancy(app: &App, session: Option<&Session>, id: VacancyId) -> Result<VacancyView, AppError> {
    let (scope, sight) = sight(app, session);
    let mut tx = app.db.read().await?;
    let found = vacancies::listed(&mut tx, scope, id).await?.ok_or(AppError::NotFound)?;
    Ok(VacancyView::of(found, sight, session))
}

/// One page of hiring plans: all for an officer, its own for an employer.
pub async fn plans(
    app: &App,
    session: &Session,
    after: After<RecordId>,
    limit: i64,
) -> Result<Vec<PlanView>, AppError> {
    let own = session.acting()?.reach().vacancies()?;
    let mut tx = app.db.read().await?;
    Ok(seen(employers::plans(&mut tx, own, after, limit).await?))
}

/// One page of people inside the session's reach.
pub async fn people(
    app: &App,
    session: &Session,
    after: After<PersonId>,
    limit: i64,
) -> Result<Vec<PersonView>, AppError> {
    let within = session.acting()?.reach().people()?;
    let audience = session.audience()?;
    let mut tx = app.db.read().await?;
    let rows = person_rows::page(&mut tx, &within, after, limit).await?;
    Ok(rows.into_iter().map(|row| PersonView::row(row, audience)).collect())
}

/// One person inside the session's reach.
pub async fn person(app: &App, session: &Session, id: PersonId) -> Result<PersonView, AppError> {
    let acting = session.acting()?;
    let mut tx = app.db.read().await?;
    let full = people::read(&mut tx, &acting, id).await?;
    opened(app, session, full)
}

/// A profile that was just read, as the session may see it.
pub fn opened(app: &App, session: &Session, full: Full) -> Result<PersonView, AppError> {
    let audience = session.audience()?;
    let nik_tail = if audience.sees_end_of_nik() {
        let nik = app.keys.open_nik(&full.person.nik_cipher, &full.person.nik_lookup)?;
        nik.get(12..).map(str::to_owned)
    } else {
        None
    };
    Ok(PersonView::whole(full, nik_tail, audience))
}

/// One page of match runs.
pub async fn runs(
    app: &App,
    _officer: &Staff,
    after: After<RunId>,
    limit: i64,
) -> Result<Vec<RunView>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(seen(runs::page(&mut tx, after, limit).await?))
}

/// One match run.
pub async fn run(app: &App, _officer: &Staff, id: RunId) -> Result<RunView, AppError> {
    let mut tx = app.db.read().await?;
    runs::find(&mut tx, id).await?.map(RunView::from).ok_or(AppError::NotFound)
}

/// What a run proposed, by vacancy, kind and place, from an offset on: a run that ended never changes.
pub async fn proposals(
    app: &App,
    _officer: &Staff,
    id: RunId,
    vacancy: Option<VacancyId>,
    offset: i64,
    limit: i64,
) -> Result<Vec<ProposalView>, AppError> {
    let mut tx = app.db.read().await?;
    runs::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(seen(runs::proposal_cards(&mut tx, id, vacancy, limit, offset).await?))
}

/// One page of policy revisions.
pub async fn policies(
    app: &App,
    _officer: &Staff,
    after: After<PolicyId>,
    limit: i64,
) -> Result<Vec<PolicyView>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(seen(runs::policies_page(&mut tx, after, limit).await?))
}

/// One policy revision.
pub async fn policy(app: &App, _officer: &Staff, id: PolicyId) -> Result<PolicyView, AppError> {
    let mut tx = app.db.read().await?;
    runs::find_policy(&mut tx, id).await?.map(PolicyView::from).ok_or(AppError::NotFound)
}
