//! Carries out what follows from an event: reads the facts, asks `domain::application::follows`, does the steps it gives.
//! What is to be done and in which order is decided there, not here; the reserve has a module of its own.
use super::{
    engine::{Change, Engine, Said},
    refused, reserve,
};
use crate::{
    app::{AppError, access::acting::Acting, system},
    domain::{
        application::{
            self, Event,
            follows::{self, Queue, Step},
            reason::CloseReason,
        },
        contact,
        ids::{ApplicationId, EventId, PersonId, RecordId, VacancyId},
        machine::Actor,
        vacancy,
    },
    store::{
        applications::{self, Application},
        contacts,
    },
};

/// Step 0: what follows on the application itself.
pub(super) async fn of_itself(
    engine: &mut Engine<'_>,
    event: Event,
    id: ApplicationId,
    own_slot: bool,
    cause: EventId,
) -> Result<(), AppError> {
    match follows::of_itself(event, id, own_slot) {
        Some(step) => carry_out(engine, step, Some(cause)).await,
        None => Ok(()),
    }
}

/// Steps 1 to 5. `cause` is the event of the act; none when a vacancy's event or a recorded word set it off.
pub(super) async fn settle(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    person: Option<PersonId>,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    if let Some(step) = follows::reopens(&engine.facts(vacancy).await?) {
        carry_out(engine, step, cause).await?;
    }
    if let Some(person) = person {
        let rows = applications::unsettled_of_person(engine.tx, person).await?;
        let own = engine.learn(rows);
        carry_out_all(engine, follows::of_person(&own, engine.today), cause).await?;
    }
    if let Some(step) = follows::fills(&engine.facts(vacancy).await?) {
        carry_out(engine, step, cause).await?;
        close_open(engine, vacancy, CloseReason::VacancyFilled, cause).await?;
    }
    for queue in follows::serves(vacancy, &engine.touched_vacancies, &engine.touched_people) {
        serve(engine, queue, cause).await?;
    }
    let freed = std::mem::take(&mut engine.freed);
    carry_out_all(engine, follows::reserve::promotes(&freed, cause.is_some()), cause).await
}

/// Closes every application before hired of a vacancy, by id.
pub(super) async fn close_open(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    reason: CloseReason,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let rows = applications::open_of_vacancy(engine.tx, vacancy).await?;
    // In the order of their ids, so that two vacancies that close do not wait for each other.
    let mut people: Vec<_> = rows.iter().filter(|row| row.state.is_live()).map(|row| row.person_id).collect();
    people.sort_unstable();
    for person in people {
        engine.lock_person(person).await?;
    }
    let open = engine.learn(rows);
    carry_out_all(engine, follows::closes(&open, reason), cause).await
}

async fn carry_out_all(
    engine: &mut Engine<'_>,
    steps: Vec<Step>,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    for step in steps {
        carry_out(engine, step, cause).await?;
    }
    Ok(())
}

async fn carry_out(engine: &mut Engine<'_>, step: Step, cause: Option<EventId>) -> Result<(), AppError> {
    match step {
        Step::ReferInOwnSlot(id) => {
            let (before, by) = (engine.known(id)?, Acting::system());
            let change = consequence(&before, Event::Refer, &by, cause)?;
            engine.place(&before, change, |_| {}).await?;
            Ok(())
        }
        Step::PlanFollowUps(id) => plan_follow_ups(engine, id).await,
        Step::Reopen(vacancy) => engine.move_vacancy(vacancy, vacancy::Event::Reopen, cause).await,
        Step::Fill(vacancy) => engine.move_vacancy(vacancy, vacancy::Event::Fill, cause).await,
        Step::Supersede(id) => happen(engine, id, Event::Supersede, cause, |_| {}).await,
        Step::Hold(id) => happen(engine, id, Event::Hold, cause, |next| next.held = true).await,
        Step::Release(id, deadline) => {
            let goes_on = |next: &mut Application| (next.held, next.deadline) = (false, deadline);
            happen(engine, id, Event::Release, cause, goes_on).await
        }
        Step::Close(id, reason) => {
            let (before, by) = (engine.known(id)?, Acting::system());
            let reason = Some(reason.as_str().to_owned());
            let change = Change { reason, ..consequence(&before, Event::Close, &by, cause)? };
            engine.step(&before, change, |_| {}).await?;
            Ok(())
        }
        Step::Refer(id) => happen(engine, id, Event::Refer, cause, |_| {}).await,
        Step::Promote(vacancy, times) => reserve::promote(engine, vacancy, times, cause).await,
    }
}

/// One event on an application this act has read, by the service.
async fn happen(
    engine: &mut Engine<'_>,
    id: ApplicationId,
    event: Event,
    cause: Option<EventId>,
    edit: impl FnOnce(&mut Application),
) -> Result<(), AppError> {
    let (before, by) = (engine.known(id)?, Acting::system());
    let change = consequence(&before, event, &by, cause)?;
    engine.step(&before, change, edit).await?;
    Ok(())
}

fn consequence<'a>(
    before: &Application,
    event: Event,
    by: &'a Acting,
    cause: Option<EventId>,
) -> Result<Change<'a>, AppError> {
    let to = application::next(Some(before.state), event, Actor::System).map_err(refused)?;
    Ok(Change { event, to, by, cause, reason: None, said: Said::default() })
}

async fn serve(engine: &mut Engine<'_>, queue: Queue, cause: Option<EventId>) -> Result<(), AppError> {
    let rows = match queue {
        Queue::OfVacancy(vacancy) => applications::queue_of_vacancy(engine.tx, vacancy).await?,
        Queue::OfPerson(person) => applications::queue_of_person(engine.tx, person).await?,
    };
    for waiting in engine.learn(rows) {
        if !engine.may_serve(waiting.vacancy).await? {
            match queue {
                // Nobody behind could be referred either.
                Queue::OfVacancy(_) => break,
                Queue::OfPerson(_) => continue,
            }
        }
        engine.lock_person(waiting.person).await?;
        let (vacancy, person) = (engine.facts(waiting.vacancy).await?, engine.person(waiting.person)?);
        if let Some(step) = follows::refers(&waiting, &vacancy, &person, engine.today) {
            carry_out(engine, step, cause).await?;
        }
    }
    Ok(())
}

/// Follow-ups are planned from the first day of work.
async fn plan_follow_ups(engine: &mut Engine<'_>, id: ApplicationId) -> Result<(), AppError> {
    let first_day = engine.known(id)?.starts_on.unwrap_or(engine.today);
    for (month, due_on) in contact::follow_ups(first_day) {
        let row = contacts::FollowUp {
            id: system::fresh::<RecordId>(),
            application_id: id,
            month: i64::from(month),
            due_on,
            still_working: None,
            note: None,
            recorded_by: None,
            recorded_at: None,
        };
        contacts::plan_follow_up(engine.tx, &row).await?;
    }
    Ok(())
}
