//! A step of a vacancy or an employer leaves two rows: its event, which the history shows, and its audit row. Both are
//! written here. Applications have more to write with theirs (`applications::workflow`).
use chrono::{DateTime, Utc};

use super::{AuditEvent, write};
use crate::{
    app::{AppError, access::acting::Acting, system},
    domain::{
        employer,
        ids::{EmployerId, EventId, VacancyId},
        machine::Word,
        vacancy,
    },
    store::{
        Tx,
        events::{self, Change},
    },
};

/// What a step led from and to; the object itself is stored already.
pub struct Step<Id, S> {
    /// The vacancy or employer.
    pub object: Id,
    /// The version the step made.
    pub version: i64,
    /// The state before; none at the first event.
    pub from: Option<S>,
    /// The state after.
    pub to: S,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
    /// The application event that caused it.
    pub cause: Option<EventId>,
}

/// Records a step of a vacancy.
pub async fn of_vacancy(
    tx: &mut Tx,
    acting: &Acting,
    at: DateTime<Utc>,
    event: vacancy::Event,
    step: Step<VacancyId, vacancy::State>,
) -> Result<(), AppError> {
    let change = change(acting, at, event, step)?;
    events::record_vacancy(tx, &change).await?;
    write(tx, acting, at, AuditEvent::Vacancy(event, change.object, change.id)).await
}

/// Records a step of an employer.
pub async fn of_employer(
    tx: &mut Tx,
    acting: &Acting,
    at: DateTime<Utc>,
    event: employer::Event,
    step: Step<EmployerId, employer::State>,
) -> Result<(), AppError> {
    let change = change(acting, at, event, step)?;
    events::record_employer(tx, &change).await?;
    write(tx, acting, at, AuditEvent::Employer(event, change.object, change.id)).await
}

fn change<Id, S: Word, E: Word>(
    acting: &Acting,
    at: DateTime<Utc>,
    event: E,
    step: Step<Id, S>,
) -> Result<Change<Id>, AppError> {
    Ok(Change {
        id: system::fresh(),
        object: step.object,
        version: step.version,
        event: event.word(),
        from: step.from.map(S::word),
        to: step.to.word(),
        actor: acting.capacity()?,
        account: acting.account(),
        reason: step.reason,
        cause: step.cause,
        at,
    })
}
