//! Carries out step 5 of what follows from an event: a freed place goes to the next of the reserve that the newest
//! published run left for the vacancy, in the same transaction. Who that is decides `domain::application::follows::reserve`;
//! here it is looked up, proposed, and noted of whoever is passed over.
use chrono::{Days, NaiveDate, NaiveTime};

use super::{
    Start,
    engine::{Change, Engine, Said},
};
use crate::{
    app::{AppError, access::acting::Acting, policies},
    domain::{
        application::{
            Event, State,
            follows::reserve::{self, Current, Obstacle, OfPair},
        },
        ids::{EventId, PersonId, VacancyId},
        person::Bar,
    },
    store::{
        Tx, applications, people,
        runs::{self, Proposal},
    },
};

/// Promotes the next of a vacancy's reserve, as often as asked, while the vacancy has room.
pub(super) async fn promote(
    engine: &mut Engine<'_>,
    vacancy: VacancyId,
    times: u32,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let Some(current) = current(engine).await? else { return Ok(()) };
    for _ in 0..times {
        if !has_room(engine, vacancy).await? || !promote_one(engine, &current, vacancy, cause).await? {
            break;
        }
    }
    Ok(())
}

async fn current(engine: &mut Engine<'_>) -> Result<Option<Current>, AppError> {
    let Some(run) = runs::newest_published(engine.tx).await? else { return Ok(None) };
    let policy = runs::find_policy(engine.tx, run.policy_id).await?;
    let policy = policy.ok_or_else(|| AppError::Internal("a run without policy".to_owned()))?;
    let days = Days::new(u64::from(policies::parse_policy(&policy)?.no_repeat_days));
    let since = engine.today.checked_sub_days(days).unwrap_or(engine.today);
    Ok(Some(Current { run: run.id, no_since: since.and_time(NaiveTime::MIN).and_utc() }))
}

async fn has_room(engine: &mut Engine<'_>, vacancy: VacancyId) -> Result<bool, AppError> {
    let facts = engine.facts(vacancy).await?;
    if !facts.takes_people(engine.today) {
        return Ok(false);
    }
    let open = applications::open_of_vacancy(engine.tx, vacancy).await?.len();
    Ok(reserve::has_room(&facts, open, engine.today))
}

/// Proposes the first of the reserve who may be; false when nobody may.
async fn promote_one(
    engine: &mut Engine<'_>,
    current: &Current,
    vacancy: VacancyId,
    cause: Option<EventId>,
) -> Result<bool, AppError> {
    for row in runs::reserve(engine.tx, current.run, vacancy).await? {
        let Some(obstacle) = obstacle(engine, current, &row).await? else {
            propose(engine, current, &row, cause).await?;
            return Ok(true);
        };
        if let Some(reason) = obstacle.code()
            && row.dropped.as_deref() != Some(reason)
        {
            runs::drop_proposal(engine.tx, &row, Some(reason)).await?;
        }
    }
    Ok(false)
}

/// What stands against proposing a pair of the reserve now. The person is locked first, so that two vacancies do not
/// promote the same one at once. Asked from what is quickly looked up to what is not.
async fn obstacle(
    engine: &mut Engine<'_>,
    current: &Current,
    row: &Proposal,
) -> Result<Option<Obstacle>, AppError> {
    engine.lock_person(row.person_id).await?;
    let past: Vec<OfPair> = applications::between(engine.tx, row.person_id, row.vacancy_id)
        .await?
        .into_iter()
        .map(|(run, state, changed_at)| OfPair { run, state, changed_at })
        .collect();
    if let Some(obstacle) = reserve::obstacle_of_pair(&past, current) {
        return Ok(Some(obstacle));
    }
    if let Some(bar) = bar(engine.tx, row.person_id, engine.app.clock.today()).await? {
        return Ok(Some(Obstacle::Person(bar.as_str())));
    }
    let own = applications::unsettled_of_person(engine.tx, row.person_id).await?;
    let person = engine.person(row.person_id)?;
    Ok(reserve::obstacle_of_person(&person, &super::facts::of_applications(&own), current))
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
    let fresh = engine.blank(&start, State::Proposed).await?;
    let by = Acting::system();
    let change = Change {
        event: Event::Propose,
        to: State::Proposed,
        by: &by,
        cause,
        reason: None,
        said: Said::default(),
    };
    engine.create(fresh, change).await?;
    Ok(())
}

/// What of the person themself forbids a proposal now: for publishing and for the reserve.
pub(crate) async fn bar(tx: &mut Tx, person: PersonId, today: NaiveDate) -> Result<Option<Bar>, AppError> {
    let found = people::find(tx, &people::Scope::Office, person).await?;
    Ok(found.map_or(Some(Bar::Absent), |person| person.standing(today).may_be_proposed().err()))
}
