//! Step 5 of what follows from an event: a freed place goes to the next of the reserve that the newest published run
//! left for the vacancy, in the same transaction. The rules are those of `domain::desk`; here also what the desk does
//! not know: dates, the person's status and objection, and the note on whoever is passed over.
use chrono::{DateTime, Days, NaiveTime, Utc};

use super::{
    Start,
    engine::{Change, Engine},
};
use crate::{
    app::{AppError, access::acting::Acting, matching, publish},
    domain::{
        application::{Event, State},
        ids::{EventId, PersonId, RunId, VacancyId},
        person::Bar,
    },
    store::{
        applications,
        runs::{self, Proposal},
    },
};

/// The run whose reserve counts, and since when a no to a pair still counts.
struct Current {
    run: RunId,
    no_since: DateTime<Utc>,
}

/// Promotes one of the reserve for each application that this act settled, while the vacancy has room.
pub(super) async fn promote(engine: &mut Engine<'_>, cause: Option<EventId>) -> Result<(), AppError> {
    let freed = std::mem::take(&mut engine.freed);
    if cause.is_none() || freed.is_empty() {
        return Ok(());
    }
    let Some(current) = current(engine).await? else { return Ok(()) };
    for (vacancy, places) in freed {
        for _ in 0..places {
            if !has_room(engine, vacancy).await? || !promote_one(engine, &current, vacancy, cause).await? {
                break;
            }
        }
    }
    Ok(())
}

async fn current(engine: &mut Engine<'_>) -> Result<Option<Current>, AppError> {
    let Some(run) = runs::newest_published(engine.tx).await? else { return Ok(None) };
    let policy = runs::find_policy(engine.tx, run.policy_id).await?;
    let policy = policy.ok_or_else(|| AppError::Internal("a run without policy".to_owned()))?;
    let days = Days::new(u64::from(matching::parse_policy(&policy)?.no_repeat_days));
    let since = engine.today.checked_sub_days(days).unwrap_or(engine.today);
    Ok(Some(Current { run: run.id, no_since: since.and_time(NaiveTime::MIN).and_utc() }))
}

/// The vacancy takes people, and fewer people are before `hired` in it than the formula has slots. Who
/// waits in the queue is among them.
async fn has_room(engine: &mut Engine<'_>, vacancy: VacancyId) -> Result<bool, AppError> {
    let counters = engine.vacancy(vacancy).await?;
    if counters.standing().takes_people(engine.today).is_err() {
        return Ok(false);
    }
    let open = applications::open_of_vacancy(engine.tx, vacancy).await?.len();
    Ok(i64::try_from(open).unwrap_or(i64::MAX) < engine.book(&counters).formula())
}

/// Proposes the first of the reserve who may be; false when nobody may.
async fn promote_one(
    engine: &mut Engine<'_>,
    current: &Current,
    vacancy: VacancyId,
    cause: Option<EventId>,
) -> Result<bool, AppError> {
    for row in runs::reserve(engine.tx, current.run, vacancy).await? {
        match obstacle(engine, current, &row).await? {
            Obstacle::None => {
                propose(engine, current, &row, cause).await?;
                return Ok(true);
            }
            Obstacle::HadItsTurn => {}
            Obstacle::Because(reason) => {
                if row.dropped.as_deref() != Some(reason) {
                    runs::drop_proposal(engine.tx, &row, Some(reason)).await?;
                }
            }
        }
    }
    Ok(false)
}

enum Obstacle {
    None,
    /// Proposed by this run already; its outcome is with the application.
    HadItsTurn,
    Because(&'static str),
}

/// What stands against proposing a pair of the reserve now. The person is locked first, so that two vacancies do not
/// promote the same one at once.
async fn obstacle(engine: &mut Engine<'_>, current: &Current, row: &Proposal) -> Result<Obstacle, AppError> {
    engine.lock_person(row.person_id).await?;
    let of_pair = applications::between(engine.tx, row.person_id, row.vacancy_id).await?;
    let had_its_turn =
        |run: &Option<RunId>, state: State| *run == Some(current.run) && state != State::Retired;
    if of_pair.iter().any(|(run, state, _)| had_its_turn(run, *state)) {
        return Ok(Obstacle::HadItsTurn);
    }
    if of_pair.iter().any(|(_, state, _)| state.is_open()) {
        return Ok(Obstacle::Because("already_open"));
    }
    if of_pair.iter().any(|(_, state, at)| state.is_a_no() && *at >= current.no_since) {
        return Ok(Obstacle::Because("recent_no"));
    }
    if let Some(bar) = publish::bar(engine.tx, row.person_id).await? {
        return Ok(Obstacle::Because(bar.as_str()));
    }
    if !engine.person(row.person_id)?.has_place() {
        return Ok(Obstacle::Because(Bar::LiveLimit.as_str()));
    }
    let elsewhere = has_unanswered(engine, current.run, row.person_id).await?;
    Ok(if elsewhere { Obstacle::Because("proposed_elsewhere") } else { Obstacle::None })
}

/// A person has one unanswered proposal of a run at most.
async fn has_unanswered(engine: &mut Engine<'_>, run: RunId, person: PersonId) -> Result<bool, AppError> {
    let own = applications::unsettled_of_person(engine.tx, person).await?;
    Ok(own.iter().any(|a| a.run_id == Some(run) && a.state.is_unanswered()))
}

async fn propose(
    engine: &mut Engine<'_>,
    current: &Current,
    row: &Proposal,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let behind = runs::last_place(engine.tx, current.run, row.vacancy_id).await?;
    let start = Start {
        person: row.person_id,
        vacancy: row.vacancy_id,
        run: Some(current.run),
        fit: row.fit,
        priority: row.priority,
        reserve_order: behind + row.place,
    };
    if row.dropped.is_some() {
        runs::drop_proposal(engine.tx, row, None).await?;
    }
    let fresh = engine.blank(&start, State::Proposed);
    let by = Acting::system();
    let change = Change { event: Event::Propose, to: State::Proposed, by: &by, cause, reason: None };
    engine.create(fresh, change).await?;
    Ok(())
}
