//! Publishing a run: its proposals become applications, each pair checked again. A pair that an earlier run proposed and
//! nobody answered keeps its application, which is renewed; other unanswered proposals of earlier runs retire; what is left
//! out is listed with its reason; whoever has priority and was found nothing gets a next step (`next_steps::publishing`). One
//! transaction: a run is published whole or not at all.
use serde::Serialize;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        applications::workflow::{
            self, Details, Start,
            engine::{Change, Engine, Said},
        },
        next_steps::publishing,
    },
    domain::{
        access::Right,
        application::{Event, State},
        codes::ProblemCode,
        ids::{PersonId, RunId, VacancyId},
        machine::Actor,
        person::Bar,
        run::Kind,
        vacancy,
    },
    store::{Tx, applications, runs, vacancies},
    transact,
};

/// A proposal that publishing left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Dropped {
    /// The person.
    pub person: PersonId,
    /// The vacancy.
    pub vacancy: VacancyId,
    /// Stable code of the reason.
    #[schema(value_type = ProblemCode)]
    pub reason: String,
}

/// What publishing did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Published {
    /// Applications made.
    pub created: u64,
    /// Unanswered proposals of earlier runs that this run proposes again: they stay, with the points of this run.
    pub renewed: u64,
    /// Unanswered proposals of earlier runs that retired: not proposed again, or left out now.
    pub retired: u64,
    /// Next steps made for people with priority who look for work and have no open application now.
    pub next_steps: u64,
    /// Of these people, those who have no step either.
    pub without_step: u64,
    /// Proposals of this run that were left out.
    pub dropped: Vec<Dropped>,
}

/// Publishes a finished run in a transaction of its own.
pub async fn publish(app: &App, by: &Acting, run: RunId) -> Result<Published, AppError> {
    transact!(app, tx => publish_in(app, tx, by, run).await)
}

/// Publishes a finished run in the caller's transaction: officers with the right to confirm, the terminal, the service.
pub async fn publish_in(app: &App, tx: &mut Tx, by: &Acting, run: RunId) -> Result<Published, AppError> {
    if by.capacity()? != Actor::System {
        by.may(Right::Confirm)?;
    }
    let found = runs::find(tx, run).await?.ok_or(AppError::NotFound)?;
    if runs::publish(tx, run, app.clock.now()).await? == 0 {
        return Err(AppError::conflict(ProblemCode::RunNotPublishable, found.state));
    }
    let mut published = Published::default();
    let proposals = runs::proposals(tx, run, None, i64::MAX, 0).await?;
    for proposal in proposals.iter().filter(|p| p.kind == Kind::Proposal) {
        let start = Start {
            person: proposal.person_id,
            vacancy: proposal.vacancy_id,
            run: Some(run),
            fit: proposal.fit,
            priority: proposal.priority,
            reserve_order: proposal.place,
        };
        match bring_in(app, tx, by, &start).await? {
            Ok(Event::Renew) => published.renewed += 1,
            Ok(_) => published.created += 1,
            Err(reason) => {
                runs::drop_proposal(tx, proposal, Some(&reason)).await?;
                let (person, vacancy) = (proposal.person_id, proposal.vacancy_id);
                published.dropped.push(Dropped { person, vacancy, reason });
            }
        }
    }
    published.retired = retire(app, tx, run).await?;
    let made = publishing::make_missing(app, tx, by, run).await?;
    (published.next_steps, published.without_step) = (made.steps, made.without);
    Ok(published)
}

/// Retires what is left of what earlier runs proposed and nobody answered.
async fn retire(app: &App, tx: &mut Tx, run: RunId) -> Result<u64, AppError> {
    let unanswered = applications::unanswered_before(tx, run).await?;
    let count = unanswered.len();
    let by = Acting::system();
    let mut engine = Engine::new(app, tx);
    for old in unanswered {
        let change = Change {
            event: Event::Retire,
            to: State::Retired,
            by: &by,
            cause: None,
            reason: None,
            said: Said::default(),
        };
        engine.step(&old, change, |next| next.held = false).await?;
    }
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Makes or renews one application and gives the event, or why neither.
async fn bring_in(
    app: &App,
    tx: &mut Tx,
    by: &Acting,
    start: &Start,
) -> Result<Result<Event, String>, AppError> {
    if let Some(reason) = stale(app, tx, start).await? {
        return Ok(Err(reason.to_string()));
    }
    match workflow::begin(app, tx, &by.as_system(), start, Event::Propose, &Details::default()).await {
        Ok(done) => Ok(Ok(done.recorded.first().map_or(Event::Propose, |first| first.event))),
        Err(AppError::Conflict { code, .. }) => Ok(Err(code.to_string())),
        Err(AppError::NotFound) => Ok(Err(ProblemCode::NotFound.to_string())),
        Err(other) => Err(other),
    }
}

/// What changed since the run and takes the pair out.
async fn stale(app: &App, tx: &mut Tx, start: &Start) -> Result<Option<ProblemCode>, AppError> {
    let Some(vacancy) = vacancies::lock(tx, start.vacancy).await? else {
        return Ok(Some(ProblemCode::NotFound));
    };
    if vacancy.standing().takes_people(app.clock.today()).is_err() {
        return Ok(Some(vacancy::NOT_TAKING));
    }
    Ok(workflow::bar(tx, start.person, app.clock.today()).await?.map(Bar::code))
}
