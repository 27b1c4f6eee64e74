//! What follows from an event, in the order of `domain::desk`: the application itself is referred, the person's other
//! applications are held or released, the vacancy is filled or reopened, those left over are closed or superseded, and
//! freed places go to those who wait.
use chrono::Months;

use super::{
    By,
    engine::{Change, Engine},
};
use crate::{
    app::{AppError, system},
    domain::{
        application::{Event, State, reason::CloseReason},
        ids::{EventId, RecordId},
        vacancy,
    },
    store::{
        applications::{self, Application},
        contacts,
    },
};

/// Does everything that follows from `event`, which turned `before` into `after`.
pub(super) async fn follow(
    engine: &mut Engine<'_>,
    before: &Application,
    after: &Application,
    event: Event,
    cause: EventId,
) -> Result<(), AppError> {
    if after.state == State::Queued {
        engine.freed_vacancies.remove(&after.vacancy_id);
        engine.freed_people.remove(&after.person_id);
        refer_if_room(engine, after, Some(cause)).await?;
        if before.state.is_live() {
            engine.freed_vacancies.insert(after.vacancy_id);
            engine.freed_people.insert(after.person_id);
        }
    }
    count_answer(engine, before, event).await?;
    let was_seated = before.state.takes_seat();
    if after.state.takes_seat() && !was_seated {
        hold_others(engine, after, cause).await?;
        fill_if_full(engine, after, cause).await?;
    }
    if was_seated && !after.state.takes_seat() {
        reopen_if_filled(engine, after, cause).await?;
        release_others(engine, after, cause).await?;
    }
    if after.state == State::Started && before.state != State::Started {
        supersede_held(engine, after, cause).await?;
        plan_follow_ups(engine, after).await?;
    }
    serve(engine, cause).await
}

/// Refers a waiting application when vacancy and person have room and the employer takes referrals.
pub(super) async fn refer_if_room(
    engine: &mut Engine<'_>,
    waiting: &Application,
    cause: Option<EventId>,
) -> Result<bool, AppError> {
    let counters = engine.lock(waiting.vacancy_id, waiting.person_id).await?;
    let has_room = engine.book(&counters).has_slot() && engine.person(waiting.person_id)?.has_place();
    if !has_room || waiting.held || !engine.takes_referrals(waiting.vacancy_id).await? {
        return Ok(false);
    }
    let by = By::system();
    let change = Change { event: Event::Refer, to: State::Referred, by: &by, cause, reason: None };
    engine.step(waiting, change, |_| {}).await?;
    Ok(true)
}

/// Freed places go to those who wait: by vacancy in queue order, then by person.
pub(super) async fn serve(engine: &mut Engine<'_>, cause: EventId) -> Result<(), AppError> {
    for vacancy in std::mem::take(&mut engine.freed_vacancies) {
        for waiting in applications::queue_of_vacancy(engine.tx, vacancy).await? {
            let counters = engine.vacancy(vacancy).await?;
            if !engine.book(&counters).has_slot() || !engine.takes_referrals(vacancy).await? {
                break;
            }
            refer_if_room(engine, &waiting, Some(cause)).await?;
        }
    }
    for person in std::mem::take(&mut engine.freed_people) {
        for waiting in applications::queue_of_person(engine.tx, person).await? {
            refer_if_room(engine, &waiting, Some(cause)).await?;
        }
    }
    Ok(())
}

async fn count_answer(
    engine: &mut Engine<'_>,
    before: &Application,
    event: Event,
) -> Result<(), AppError> {
    let first_answer = before.state == State::Referred
        && matches!(event, Event::Invite | Event::Offer | Event::Hire | Event::Refuse);
    let late_refusal = event == Event::Refuse && before.state != State::Referred;
    if first_answer || late_refusal {
        engine.count_answer(before.vacancy_id, event == Event::Refuse, 1).await?;
    }
    Ok(())
}

/// While the person is hired here, the other open applications rest.
async fn hold_others(
    engine: &mut Engine<'_>,
    hired: &Application,
    cause: EventId,
) -> Result<(), AppError> {
    let by = By::system();
    for other in applications::open_of_person(engine.tx, hired.person_id).await? {
        if other.id == hired.id || other.held {
            continue;
        }
        let change =
            Change { event: Event::Hold, to: other.state, by: &by, cause: Some(cause), reason: None };
        engine.step(&other, change, |next| next.held = true).await?;
    }
    Ok(())
}

async fn release_others(
    engine: &mut Engine<'_>,
    freed: &Application,
    cause: EventId,
) -> Result<(), AppError> {
    let by = By::system();
    for other in applications::open_of_person(engine.tx, freed.person_id).await? {
        if other.id == freed.id || !other.held {
            continue;
        }
        let change =
            Change { event: Event::Release, to: other.state, by: &by, cause: Some(cause), reason: None };
        let deadline = other.deadline.map(|day| day.max(engine.today));
        engine
            .step(&other, change, |next| {
                next.held = false;
                next.deadline = deadline;
            })
            .await?;
        if other.state == State::Queued {
            engine.freed_people.insert(other.person_id);
        }
    }
    Ok(())
}

/// When the last seat is taken the vacancy is filled and everybody before hired is told it closed.
async fn fill_if_full(
    engine: &mut Engine<'_>,
    hired: &Application,
    cause: EventId,
) -> Result<(), AppError> {
    let counters = engine.vacancy(hired.vacancy_id).await?;
    if !engine.book(&counters).is_full() {
        return Ok(());
    }
    if counters.state == vacancy::State::Open {
        engine.move_vacancy(hired.vacancy_id, vacancy::Event::Fill, cause).await?;
    }
    close_open(engine, hired, cause).await
}

async fn close_open(
    engine: &mut Engine<'_>,
    hired: &Application,
    cause: EventId,
) -> Result<(), AppError> {
    let by = By::system();
    let open = applications::open_of_vacancy(engine.tx, hired.vacancy_id).await?;
    let mut people: Vec<_> = open.iter().filter(|o| o.state.is_live()).map(|o| o.person_id).collect();
    people.sort_unstable();
    for person in people {
        engine.lock_person(person).await?;
    }
    for other in open {
        let reason = Some(CloseReason::VacancyFilled.as_str().to_owned());
        let change = Change { event: Event::Close, to: State::Closed, by: &by, cause: Some(cause), reason };
        engine.step(&other, change, |next| next.held = false).await?;
    }
    Ok(())
}

async fn reopen_if_filled(
    engine: &mut Engine<'_>,
    freed: &Application,
    cause: EventId,
) -> Result<(), AppError> {
    let counters = engine.vacancy(freed.vacancy_id).await?;
    if counters.state == vacancy::State::Filled {
        engine.move_vacancy(freed.vacancy_id, vacancy::Event::Reopen, cause).await?;
    }
    Ok(())
}

/// The person works: what rested is over.
async fn supersede_held(
    engine: &mut Engine<'_>,
    started: &Application,
    cause: EventId,
) -> Result<(), AppError> {
    let by = By::system();
    for other in applications::open_of_person(engine.tx, started.person_id).await? {
        if other.id == started.id {
            continue;
        }
        let change = Change {
            event: Event::Supersede,
            to: State::Superseded,
            by: &by,
            cause: Some(cause),
            reason: None,
        };
        engine.step(&other, change, |next| next.held = false).await?;
    }
    Ok(())
}

/// Follow-ups are due 1, 3 and 6 months after the first day of work.
async fn plan_follow_ups(engine: &mut Engine<'_>, started: &Application) -> Result<(), AppError> {
    let first_day = started.starts_on.unwrap_or(engine.today);
    for month in [1_u32, 3, 6] {
        let due_on = first_day.checked_add_months(Months::new(month)).unwrap_or(first_day);
        let row = contacts::FollowUp {
            id: system::fresh::<RecordId>(),
            application_id: started.id,
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
