//! Counting who suits a vacancy, exactly. In which form a reader is told is decided in `suitable`.
use crate::{
    app::{
        App, AppError,
        access::Session,
        candidates::shortlist::{self, Search},
        indexing::view::View,
        policies, readings,
        runs::computing,
    },
    domain::{
        codes::ProblemCode,
        ids::{EmployerId, VacancyId},
    },
    store::{
        Tx,
        vacancies::{self as rows, Scope, Vacancy},
    },
};

/// How many people suit a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suitable {
    /// People no rule takes out and who reach the fit floor.
    pub count: usize,
    /// There may be more: the index handed over as many as it hands over at once.
    pub or_more: bool,
}

/// Counts who suits a vacancy now: for officers and the employer it belongs to, who learns a number and nothing else.
pub(super) async fn suitable(
    app: &App,
    view: &View,
    session: &Session,
    id: VacancyId,
) -> Result<Suitable, AppError> {
    let within = session.acting()?.reach().vacancies()?;
    let rule = policies::policy(app, policies::DEFAULT_POLICY).await?;
    let policy = policies::parse_policy(&rule)?;
    let mut tx = app.db.read().await?;
    let vacancy = countable(&mut tx, within, id).await?;
    let job = readings::read_vacancy(&vacancy);
    let opening = computing::opening(&vacancy, &job);
    tx.rollback().await?;
    let search = Search { opening, job, policy, as_of: app.clock.today(), seed: 0 };
    let count = shortlist::count(app, view, &search).await?;
    Ok(Suitable { count, or_more: false })
}

/// A vacancy whose suitable people may be counted for the caller: any for an officer (`within` none), its own for an
/// employer, and only while that is verified: whoever is not would read from counts who lives where and can do what.
pub(super) async fn countable(
    tx: &mut Tx,
    within: Option<EmployerId>,
    id: VacancyId,
) -> Result<Vacancy, AppError> {
    let scope = within.map_or(Scope::Office, Scope::Owner);
    let found = rows::listed(tx, scope, id).await?.ok_or(AppError::NotFound)?;
    if within.is_some() && !found.employer_state.may_read_counts() {
        return Err(AppError::Forbidden(ProblemCode::EmployerNotVerified));
    }
    Ok(found.vacancy)
}
