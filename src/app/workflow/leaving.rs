//! Workflow without an act by anybody on one application: a person leaves everything at once (erasure).
use super::{
    By, consequences,
    engine::{Change, Engine},
};
use crate::{
    app::{App, AppError},
    domain::{
        application::{Event, State},
        ids::{EventId, PersonId, VacancyId},
    },
    store::{
        Tx,
        applications::{self, Application},
    },
};

/// Ends every open application of a person, with the reason given, as the service does it on somebody's word: what was
/// proposed retires, everything else is superseded, a hire included. Their places go to the next. Who is at work stays
/// counted. Gives how many ended. The person's row is locked from here on.
pub async fn leave_all(
    app: &App,
    tx: &mut Tx,
    by: &By,
    person: PersonId,
    reason: &str,
) -> Result<u64, AppError> {
    let mut vacancies: Vec<VacancyId> = open_of(tx, person).await?.iter().map(|a| a.vacancy_id).collect();
    vacancies.sort_unstable();
    let mut engine = Engine::new(app, tx);
    for vacancy in vacancies {
        engine.vacancy(vacancy).await?;
    }
    engine.lock_person(person).await?;
    let mut open = open_of(engine.tx, person).await?;
    // The hire first: its vacancy reopens before the reserve is looked at.
    open.sort_by_key(|a| (a.state != State::Hired, a.id));
    let by = by.as_system();
    let mut ended: Vec<(VacancyId, EventId)> = Vec::with_capacity(open.len());
    for application in &open {
        let (event, to) = match application.state {
            State::Proposed => (Event::Retire, State::Retired),
            _ => (Event::Supersede, State::Superseded),
        };
        let change = Change { event, to, by: &by, cause: None, reason: Some(reason.to_owned()) };
        let (_, id) = engine.step(application, change, |_| {}).await?;
        ended.push((application.vacancy_id, id));
    }
    for (vacancy, cause) in &ended {
        consequences::settle(&mut engine, *vacancy, Some(person), Some(*cause)).await?;
    }
    Ok(u64::try_from(ended.len()).unwrap_or(u64::MAX))
}

async fn open_of(tx: &mut Tx, person: PersonId) -> Result<Vec<Application>, AppError> {
    let mut own = applications::unsettled_of_person(tx, person).await?;
    own.retain(|a| a.state.is_open());
    Ok(own)
}
