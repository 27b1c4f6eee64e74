//! What follows from an event, in the order of `domain::desk`: reopen, the person's other applications, fill, queue,
//! reserve (in a module of its own).
//! Every step does nothing where nothing is to be done, so all of them follow every act.
use super::{
    engine::{Change, Engine},
    reserve,
};
use crate::{
    app::{AppError, access::acting::Acting, system},
    domain::{
        application::{Event, State, reason::CloseReason},
        contact,
        ids::{EventId, PersonId, RecordId, VacancyId},
        vacancy,
    },
    store::{
        applications::{self, Application},
        contacts,
    },
};

/// Step 0: the person agrees to a confirmed proposal and nothing but room could hinder the referral: it keeps its slot.
pub(super) async fn refer_in_own_slot(
    engine: &mut Engine<'_>,
    queued: &Application,
    cause: EventId,
) -> Result<(), AppError> {
    let by = Acting::system();
    let change = refer(&by, Some(cause));
    engine.place(queued, change, |_| {}).await?;
    Ok(())
}

/// Steps 1 to 5. `cause` is the event of the act; none when a vacancy's event or a recorded word set it off.
pub(super) async fn settle(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    person: Option<PersonId>,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    reopen_if_a_seat_is_free(engine, vacancy, cause).await?;
    if let Some(person) = person {
        settle_person(engine, person, cause).await?;
    }
    fill_if_full(engine, vacancy, cause).await?;
    serve_queue(engine, vacancy, cause).await?;
    reserve::promote(engine, cause).await
}

/// Closes every application before hired of a vacancy, by id.
pub(super) async fn close_open(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    reason: CloseReason,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let by = Acting::system();
    let open = applications::open_of_vacancy(engine.tx, vacancy).await?;
    let mut people: Vec<_> = open.iter().filter(|o| o.state.is_live()).map(|o| o.person_id).collect();
    people.sort_unstable();
    for person in people {
        engine.lock_person(person).await?;
    }
    for other in open {
        let reason = Some(reason.as_str().to_owned());
        let change = Change { event: Event::Close, to: State::Closed, by: &by, cause, reason };
        engine.step(&other, change, |_| {}).await?;
    }
    Ok(())
}

/// Follow-ups are planned from the first day of work.
pub(super) async fn plan_follow_ups(engine: &mut Engine<'_>, started: &Application) -> Result<(), AppError> {
    let first_day = started.starts_on.unwrap_or(engine.today);
    for (month, due_on) in contact::follow_ups(first_day) {
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

fn refer(by: &Acting, cause: Option<EventId>) -> Change<'_> {
    Change { event: Event::Refer, to: State::Referred, by, cause, reason: None }
}

async fn reopen_if_a_seat_is_free(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let counters = engine.vacancy(vacancy).await?;
    if counters.state == vacancy::State::Filled && !engine.book(&counters).is_full() {
        engine.move_vacancy(vacancy, vacancy::Event::Reopen, cause).await?;
    }
    Ok(())
}

/// Started somewhere: what else was open is superseded. Hired: it rests. Neither: it goes on.
async fn settle_person(
    engine: &mut Engine<'_>,
    person: PersonId,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let own = applications::unsettled_of_person(engine.tx, person).await?;
    let has = |state: State| own.iter().any(|a| a.state == state);
    let (started, hired) = (has(State::Started), has(State::Hired));
    let by = Acting::system();
    for other in &own {
        let (event, to, held) = if started && other.state.is_open() {
            (Event::Supersede, State::Superseded, false)
        } else if started || !other.state.is_open_before_hired() {
            continue;
        } else if hired && !other.held {
            (Event::Hold, other.state, true)
        } else if !hired && other.held {
            (Event::Release, other.state, false)
        } else {
            continue;
        };
        let change = Change { event, to, by: &by, cause, reason: None };
        let deadline = other.deadline.map(|day| day.max(engine.today));
        engine
            .step(other, change, |next| {
                next.held = held;
                if event == Event::Release {
                    next.deadline = deadline;
                }
            })
            .await?;
    }
    Ok(())
}

/// When the last seat is taken the vacancy is filled and everybody before hired is told it closed.
async fn fill_if_full(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let counters = engine.vacancy(vacancy).await?;
    if counters.state == vacancy::State::Open && engine.book(&counters).is_full() {
        engine.move_vacancy(vacancy, vacancy::Event::Fill, cause).await?;
        close_open(engine, vacancy, CloseReason::VacancyFilled, cause).await?;
    }
    Ok(())
}

/// Free places go to those who wait: by touched vacancy, then by touched person, each in queue order. One pass is
/// enough, since a referral frees nothing.
async fn serve_queue(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let mut vacancies = engine.touched_vacancies.clone();
    let people = engine.touched_people.clone();
    vacancies.insert(vacancy);
    for vacancy in vacancies {
        for waiting in applications::queue_of_vacancy(engine.tx, vacancy).await? {
            let counters = engine.vacancy(vacancy).await?;
            if !engine.book(&counters).has_slot() || !engine.takes_referrals(vacancy).await? {
                break;
            }
            refer_if_room(engine, &waiting, cause).await?;
        }
    }
    for person in people {
        for waiting in applications::queue_of_person(engine.tx, person).await? {
            refer_if_room(engine, &waiting, cause).await?;
        }
    }
    Ok(())
}

/// Refers a waiting application when vacancy and person have room and the employer takes referrals.
async fn refer_if_room(
    engine: &mut Engine<'_>,
    waiting: &Application,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let counters = engine.lock(waiting.vacancy_id, waiting.person_id).await?;
    let has_room = engine.book(&counters).has_slot() && engine.person(waiting.person_id)?.has_place();
    if has_room && engine.takes_referrals(waiting.vacancy_id).await? {
        let by = Acting::system();
        engine.step(waiting, refer(&by, cause), |_| {}).await?;
    }
    Ok(())
}
