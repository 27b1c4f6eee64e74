//! Taking the last event back, with everything it caused: each caused event must still be the last one of its
//! application, else nothing is undone. An undone proposal is `retired`: rows are never deleted.
use super::{
    By,
    engine::{Change, Engine},
};
use crate::{
    app::AppError,
    domain::{
        application::{
            Event, State,
            undo::{LastEvent, undo_target},
        },
        ids::EventId,
        vacancy,
    },
    store::{
        applications::{self, Application},
        contacts,
        events::{self, ApplicationEvent},
    },
};

/// Undoes the last event a user caused on an application.
pub(super) async fn undo(engine: &mut Engine<'_>, by: &By, before: &Application) -> Result<(), AppError> {
    let asked = own_event(engine, before).await?;
    let last = LastEvent {
        event: asked.event,
        from: asked.from_state,
        actor: asked.actor,
        actor_org: asked.organisation_id,
        at: asked.at,
    };
    let back = undo_target(&last, engine.now, by.acts_for, engine.app.rules.undo_minutes)
        .map_err(|error| AppError::conflict(error.code(), error))?
        .unwrap_or(State::Retired);
    let mut caused = events::caused_by(engine.tx, asked.id).await?;
    for event in &caused {
        engine_refuses_overtaken(engine, event).await?;
    }
    caused.reverse();
    reverse_vacancy_moves(engine, asked.id).await?;
    // Events caused on the application itself (its referral) go first, then the event, then what it did to others.
    let (own, others): (Vec<_>, Vec<_>) = caused.into_iter().partition(|e| e.application_id == before.id);
    let mut present = before.clone();
    for event in &own {
        present = take_back(engine, by, &present, event, event.from_state.unwrap_or(present.state), None).await?.0;
    }
    let (undone, undo_id) = take_back(engine, by, &present, &asked, back, None).await?;
    settle(engine, &undone, &asked).await?;
    for event in &others {
        let other = applications::get(engine.tx, event.application_id).await?.ok_or(AppError::NotFound)?;
        let to = event.from_state.unwrap_or(other.state);
        take_back(engine, by, &other, event, to, Some(undo_id)).await?;
    }
    super::consequences::serve(engine, undo_id).await
}

/// The event to undo: the last one, or the one that caused it on the same application.
async fn own_event(engine: &mut Engine<'_>, before: &Application) -> Result<ApplicationEvent, AppError> {
    let mut history = events::history(engine.tx, before.id).await?;
    let last = history.pop().ok_or_else(|| AppError::Internal("an application without events".to_owned()))?;
    let Some(cause) = last.cause_id else {
        return Ok(last);
    };
    Ok(history.into_iter().find(|event| event.id == cause).unwrap_or(last))
}

async fn engine_refuses_overtaken(engine: &mut Engine<'_>, event: &ApplicationEvent) -> Result<(), AppError> {
    let last = events::last(engine.tx, event.application_id).await?;
    if last.is_some_and(|last| last.id == event.id) {
        return Ok(());
    }
    Err(AppError::conflict("undo_overtaken", "something else happened since"))
}

async fn take_back(
    engine: &mut Engine<'_>,
    by: &By,
    present: &Application,
    event: &ApplicationEvent,
    to: State,
    cause: Option<EventId>,
) -> Result<(Application, EventId), AppError> {
    let entered =
        events::entered_since(engine.tx, present.vacancy_id, event.at, event.cause_id.unwrap_or(event.id)).await?;
    let change = Change { event: Event::Undo, to, by, cause, reason: Some(event.event.as_str().to_owned()) };
    let was = event.event;
    engine
        .step_back(present, change, entered > 0, |next| match was {
            Event::Hold => next.held = false,
            Event::Release => next.held = true,
            Event::Refer => next.letter_number = None,
            Event::Hire => next.starts_on = None,
            _ => {}
        })
        .await
}

/// What the event counted or planned beside the states.
async fn settle(
    engine: &mut Engine<'_>,
    undone: &Application,
    asked: &ApplicationEvent,
) -> Result<(), AppError> {
    let from_referred = asked.from_state == Some(State::Referred);
    let answered = matches!(asked.event, Event::Invite | Event::Offer | Event::Hire) && from_referred;
    if answered || asked.event == Event::Refuse {
        engine.count_answer(undone.vacancy_id, asked.event == Event::Refuse, -1).await?;
    }
    if asked.event == Event::Start {
        contacts::unplan_follow_ups(engine.tx, undone.id).await?;
    }
    Ok(())
}

async fn reverse_vacancy_moves(engine: &mut Engine<'_>, cause: EventId) -> Result<(), AppError> {
    let mut moves = events::vacancies_moved_by(engine.tx, cause).await?;
    moves.reverse();
    for (id, event) in moves {
        let opposite = match event.as_str() {
            "fill" => vacancy::Event::Reopen,
            _ => vacancy::Event::Fill,
        };
        let expected = if opposite == vacancy::Event::Reopen {
            vacancy::State::Filled
        } else {
            vacancy::State::Open
        };
        if engine.vacancy(id).await?.state != expected {
            return Err(AppError::conflict("undo_overtaken", "the vacancy changed since"));
        }
        engine.move_vacancy(id, opposite, cause).await?;
    }
    Ok(())
}
