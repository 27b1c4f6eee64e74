//! Taking the last event back, with everything it caused, as `domain::application::follows` describes it: books first,
//! newest event first and the root last; then one `undo` on each application, the root's first. The vacancy is not
//! undone: it follows its counters when the act settles. Rows are never deleted: an undone proposal is retired.
use std::collections::BTreeMap;

use super::engine::{Change, Engine, Said};
use crate::{
    app::{AppError, access::acting::Acting, announcing},
    domain::{
        application::{
            self, Event, State, follows,
            undo::{LastEvent, UndoError, landing, undo_target},
        },
        codes::ProblemCode,
        ids::{ApplicationId, EventId},
    },
    store::{
        applications::{self, Application},
        contacts,
        events::{self, ApplicationEvent},
        interviews,
    },
};

/// An application of the group: as it is, and where it goes back to.
struct Returning {
    now: Application,
    back: State,
    newest: EventId,
}

/// Undoes the last event a user caused on an application; gives the event that says so.
pub(super) async fn undo(
    engine: &mut Engine<'_>,
    by: &Acting,
    before: &Application,
) -> Result<EventId, AppError> {
    let root = root_of(engine, before).await?;
    let last = LastEvent {
        event: root.event,
        from: root.from_state,
        actor: root.actor,
        actor_org: root.organisation_id,
        at: root.at,
    };
    undo_target(&last, engine.now, by.acts_for(), engine.app.rules.undo_minutes).map_err(refusal)?;
    let group = group_of(engine, &root, before).await?;
    for returning in &group {
        let entered = events::entered_since(engine.tx, returning.now.vacancy_id, root.id).await? > 0;
        engine.shift(&returning.now, returning.back, Some(entered)).await?;
    }
    let answered = application::answers_of(root.event, root.from_state, root.to_state);
    engine.add_answers(before.vacancy_id, answered, -1).await?;
    for returning in &group {
        announcing::take_back(engine.tx, returning.now.id, root.at).await?;
        super::check_return(engine, &returning.now, returning.back).await?;
    }
    match root.event {
        Event::Start => drop(contacts::unplan_follow_ups(engine.tx, before.id).await?),
        Event::Invite => interviews::take_back(engine.tx, before.id, root.at).await?,
        _ => {}
    }
    record_undone(engine, by, &root, &group).await
}

fn refusal(error: UndoError) -> AppError {
    AppError::conflict(error.code(), error)
}

/// The event of a user from which the application's last event follows, if it is one of the same application.
async fn root_of(engine: &mut Engine<'_>, before: &Application) -> Result<ApplicationEvent, AppError> {
    let mut history = events::history(engine.tx, before.id).await?;
    let last = history.pop().ok_or_else(|| AppError::Internal("an application without events".to_owned()))?;
    let Some(cause) = last.cause_id else {
        return Ok(last);
    };
    let event = last.event;
    history
        .into_iter()
        .find(|past| past.id == cause)
        .ok_or_else(|| refusal(UndoError::OnlyWithCause { event }))
}

/// Every application with an event of the group, newest first, the root's last.
async fn group_of(
    engine: &mut Engine<'_>,
    root: &ApplicationEvent,
    own: &Application,
) -> Result<Vec<Returning>, AppError> {
    let mut found: BTreeMap<ApplicationId, (State, EventId)> =
        BTreeMap::from([(own.id, (landing(root.from_state), root.id))]);
    for event in events::caused_by(engine.tx, root.id).await? {
        let back = landing(event.from_state);
        found.entry(event.application_id).and_modify(|known| known.1 = event.id).or_insert((back, event.id));
    }
    let mut group = Vec::with_capacity(found.len());
    for (id, (back, newest)) in found {
        let last = events::last(engine.tx, id).await?;
        if last.is_none_or(|last| last.id != newest) {
            return Err(AppError::conflict(ProblemCode::UndoMovedOn, "something else happened since"));
        }
        let now = if id == own.id {
            own.clone()
        } else {
            applications::get(engine.tx, id).await?.ok_or(AppError::NotFound)?
        };
        group.push(Returning { now, back, newest });
    }
    group.sort_by_key(|returning| (returning.now.id == own.id, std::cmp::Reverse(returning.newest)));
    Ok(group)
}

async fn record_undone(
    engine: &mut Engine<'_>,
    by: &Acting,
    root: &ApplicationEvent,
    group: &[Returning],
) -> Result<EventId, AppError> {
    let Some((own, others)) = group.split_last() else {
        return Err(AppError::Internal("an undo of nothing".to_owned()));
    };
    let reason = Some(root.event.as_str().to_owned());
    let undo = write_back(engine, by, own, None, reason).await?;
    let system = Acting::system();
    for returning in others {
        write_back(engine, &system, returning, Some(undo), None).await?;
    }
    Ok(undo)
}

async fn write_back(
    engine: &mut Engine<'_>,
    by: &Acting,
    returning: &Returning,
    cause: Option<EventId>,
    reason: Option<String>,
) -> Result<EventId, AppError> {
    let back = returning.back;
    let mut own = Vec::new();
    if back.is_open_before_hired() {
        own = applications::unsettled_of_person(engine.tx, returning.now.person_id).await?;
    }
    let rests = follows::rests(returning.now.id, back, &super::facts::of_applications(&own));
    let change = Change { event: Event::Undo, to: back, by, cause, reason, said: Said::default() };
    let (_, id) = engine
        .place(&returning.now, change, |next| {
            next.held = rests;
            if !back.shows_person_to_employer() {
                next.letter_number = None;
            }
            if !back.takes_seat() {
                next.starts_on = None;
            }
        })
        .await?;
    Ok(id)
}
