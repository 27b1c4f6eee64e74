//! Workflow without an act by anybody on one application: a person leaves everything at once (erasure), nobody
//! gets hold of them, and whoever waits beside a free slot is served because the hindrance is gone.
use super::{
    Details, consequences,
    engine::{Change, Engine},
};
use crate::{
    app::{App, AppError, access::acting::Acting},
    domain::{
        application::{Event, State},
        contact,
        ids::{EventId, PersonId, VacancyId},
    },
    store::{
        Tx,
        applications::{self, Application},
        contacts,
    },
    transact,
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

/// After three failed attempts on different working days a confirmed application lapses: its slot goes to the next in
/// reserve, the person to the companion's list. The attempts are records, never a refusal by the person.
pub async fn give_up_if_unreachable(app: &App, tx: &mut Tx, of: &Application) -> Result<(), AppError> {
    let attempts = contacts::attempts(tx, of.id).await?;
    let attempts: Vec<_> = attempts.iter().map(|attempt| (attempt.on_day, attempt.outcome)).collect();
    if of.state != State::Confirmed || of.held || !contact::is_out_of_reach(&attempts, &app.calendar) {
        return Ok(());
    }
    let details = Details::default();
    super::act(app, tx, &Acting::system(), of.id, Event::Lapse, &details, Some(of.version)).await?;
    Ok(())
}

/// Serves those who wait beside a free slot, one transaction a vacancy; tells how many vacancies were looked at. What
/// held them up (an answer the employer owed for another vacancy, a limit of the person) may have passed without an
/// event of this vacancy.
pub async fn serve_waiting(app: &App) -> Result<u64, AppError> {
    let mut tx = app.db.read().await?;
    let waiting = applications::waiting_beside_a_slot(&mut tx).await?;
    tx.rollback().await?;
    let mut looked_at = 0;
    for vacancy in waiting {
        transact!(app, tx => super::settle_vacancy(app, tx, vacancy, None).await)?;
        looked_at += 1;
    }
    Ok(looked_at)
}

async fn open_of(tx: &mut Tx, person: PersonId) -> Result<Vec<Application>, AppError> {
    let mut own = applications::unsettled_of_person(tx, person).await?;
    own.retain(|a| a.state.is_open());
    Ok(own)
}
