//! Workflow without an act by anybody on one application: a person leaves everything at once (erasure), or nobody gets
//! hold of them.
use super::{
    Details, consequences,
    engine::{Change, Engine, Said},
};
use crate::{
    app::{App, AppError, access::acting::Acting, calendar},
    domain::{
        application::{self, Event, State, follows},
        contact,
        ids::{EventId, PersonId, VacancyId},
        machine::Actor,
        message,
    },
    store::{
        Tx,
        applications::{self, Application},
        contacts, people,
    },
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
        let change = Change {
            event,
            to,
            by: &by,
            cause: None,
            reason: Some(reason.to_owned()),
            said: Said::default(),
        };
        let (_, event) = engine.step(&before, change, |_| {}).await?;
        ended.push((before.vacancy_id, event));
    }
    for (vacancy, cause) in &ended {
        consequences::settle(&mut engine, *vacancy, Some(person), Some(*cause)).await?;
    }
    Ok(u64::try_from(ended.len()).unwrap_or(u64::MAX))
}

/// After three failed attempts on different working days a confirmed application lapses: its slot goes to the next in
/// reserve, the person to the companion's list. The attempts are records, never a refusal by the person.
pub async fn give_up_if_unreachable(app: &App, tx: &mut Tx, of: &Application) -> Result<(), AppError> {
    if of.state != State::Confirmed || of.held {
        return Ok(());
    }
    let attempts = contacts::attempts(tx, of.id).await?;
    let attempts: Vec<contact::Try> =
        attempts.iter().map(|made| (made.on_day, made.channel, made.outcome)).collect();
    let Some(first) = attempts.iter().map(|(day, ..)| *day).min() else { return Ok(()) };
    // Who has no number is told through the companion, whatever they wished.
    let wish = people::wishes(tx, of.person_id).await?.contact_way;
    let person = people::find(tx, &people::Scope::Office, of.person_id).await?;
    let has_phone = person.is_some_and(|person| person.phone.is_some());
    let wish = wish.map(|wish| message::way(Some(wish), has_phone));
    if !contact::is_out_of_reach(&attempts, wish, &calendar::working_days(tx, first).await?) {
        return Ok(());
    }
    let details = Details::default();
    super::act(app, tx, &Acting::system(), of.id, Event::Lapse, &details, Some(of.version)).await?;
    Ok(())
}
