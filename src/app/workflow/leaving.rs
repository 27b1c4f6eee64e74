//! Workflow without an act by anybody on one application: a person leaves everything at once (erasure).
use super::{
    consequences,
    engine::{Change, Engine},
};
use crate::{
    app::{App, AppError, access::acting::Acting},
    domain::{
        application::{self, follows},
        ids::{EventId, PersonId, VacancyId},
        workflow::Actor,
    },
    store::{Tx, applications},
};

/// Ends every open application of a person, with the reason given, as the service does it on somebody's word: what was
/// proposed retires, everything else is superseded, a hire included. Their places go to the next. Who is at work stays
/// counted. Gives how many ended. The person's row is locked from here on.
pub async fn leave_all(
    app: &App,
    tx: &mut Tx,
    by: &Acting,
    person: PersonId,
    reason: &str,
) -> Result<u64, AppError> {
    let own = applications::unsettled_of_person(tx, person).await?;
    let mut vacancies: Vec<VacancyId> =
        own.iter().filter(|a| a.state.is_open()).map(|a| a.vacancy_id).collect();
    vacancies.sort_unstable();
    let mut engine = Engine::new(app, tx);
    for vacancy in vacancies {
        engine.vacancy(vacancy).await?;
    }
    engine.lock_person(person).await?;
    let rows = applications::unsettled_of_person(engine.tx, person).await?;
    let own = engine.learn(rows);
    let by = by.as_system();
    let mut ended: Vec<(VacancyId, EventId)> = Vec::with_capacity(own.len());
    for (id, event) in follows::leaves(&own) {
        let before = engine.known(id)?;
        let to = application::next(Some(before.state), event, Actor::System).map_err(super::refused)?;
        let change = Change { event, to, by: &by, cause: None, reason: Some(reason.to_owned()) };
        let (_, event) = engine.step(&before, change, |_| {}).await?;
        ended.push((before.vacancy_id, event));
    }
    for (vacancy, cause) in &ended {
        consequences::settle(&mut engine, *vacancy, Some(person), Some(*cause)).await?;
    }
    Ok(u64::try_from(ended.len()).unwrap_or(u64::MAX))
}
