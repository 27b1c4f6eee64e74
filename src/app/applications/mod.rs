//! Applications as a session sees and moves them: lists, histories, explanations, and the events it may cause. The
//! rules of the events are in `workflow`; here is what each audience gets to know.
pub mod notes;
pub mod records;
pub mod seen;
pub mod workflow;

use std::collections::HashMap;

use crate::{
    app::{
        After, App, AppError,
        access::{Role, Session},
        applications::{
            seen::{ApplicationView, EventView},
            workflow::{ConsentDraft, Details, Outcome, Start},
        },
        complaints,
    },
    domain::{
        application::{Event, State, events_open_to},
        codes::FieldCode,
        contact::ConsentChannel,
        disclosure::Audience,
        ids::{ApplicationId, PersonId, VacancyId},
        machine::Actor,
        vacancy,
    },
    store::{
        Tx,
        applications::{self, Card},
        events::{self, ApplicationEvent},
        people, runs, vacancies,
    },
};

/// What a list is asked for.
pub use crate::store::applications::Filter;

/// One page of applications inside the session's scope.
pub async fn page(
    app: &App,
    session: &Session,
    filter: &Filter,
    after: After<ApplicationId>,
    limit: i64,
) -> Result<Vec<ApplicationView>, AppError> {
    let scope = session.acting()?.reach().applications()?;
    let mut tx = app.db.read().await?;
    seen(applications::cards(&mut tx, &scope, filter, after, limit).await?, session)
}

/// Rows as the session may see them.
fn seen(cards: Vec<Card>, session: &Session) -> Result<Vec<ApplicationView>, AppError> {
    cards.into_iter().map(|card| ApplicationView::of(card, session)).collect()
}

/// One page of the applications of the session's persons with their histories.
pub async fn page_with_histories(
    app: &App,
    session: &Session,
    after: After<ApplicationId>,
    limit: i64,
) -> Result<Vec<(ApplicationView, Vec<EventView>)>, AppError> {
    let audience = session.audience()?;
    let scope = session.acting()?.reach().applications()?;
    let mut tx = app.db.read().await?;
    let cards = applications::cards(&mut tx, &scope, &Filter::default(), after, limit).await?;
    let ids: Vec<ApplicationId> = cards.iter().map(|card| card.application.id).collect();
    let ids = serde_json::to_string(&ids).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut histories: HashMap<ApplicationId, Vec<ApplicationEvent>> = HashMap::new();
    for event in events::histories(&mut tx, &ids).await? {
        histories.entry(event.application_id).or_default().push(event);
    }
    let with_history = |card: Card| {
        let history = histories.remove(&card.application.id).unwrap_or_default();
        let told = as_told(history, audience).into_iter().map(EventView::from).collect();
        Ok((ApplicationView::of(card, session)?, told))
    };
    cards.into_iter().map(with_history).collect()
}

/// One page of a person's applications; the person must be within reach.
pub async fn of_person(
    app: &App,
    session: &Session,
    person: PersonId,
    after: After<ApplicationId>,
    limit: i64,
) -> Result<Vec<ApplicationView>, AppError> {
    let within = session.acting()?.reach().people()?;
    let scope = session.acting()?.reach().applications()?;
    let mut tx = app.db.read().await?;
    people::find(&mut tx, &within, person).await?.ok_or(AppError::NotFound)?;
    let filter = Filter { person: Some(person), ..Filter::default() };
    seen(applications::cards(&mut tx, &scope, &filter, after, limit).await?, session)
}

/// One application inside the session's scope.
pub async fn one(app: &App, session: &Session, id: ApplicationId) -> Result<ApplicationView, AppError> {
    let mut tx = app.db.read().await?;
    let card = read(&mut tx, session, id).await?;
    ApplicationView::of(card, session)
}

/// The row behind `one`, in the caller's transaction, for use cases.
pub async fn read(tx: &mut Tx, session: &Session, id: ApplicationId) -> Result<Card, AppError> {
    let scope = session.acting()?.reach().applications()?;
    applications::card(tx, &scope, id).await?.ok_or(AppError::NotFound)
}

/// The application that an event left behind, with its names; its row is not read again.
pub async fn shown(tx: &mut Tx, outcome: &Outcome) -> Result<Card, AppError> {
    let application = outcome.application.clone();
    let names = applications::names(tx, application.id).await?.ok_or(AppError::NotFound)?;
    Ok(Card { application, names })
}

/// What happened to an application, as the session may read it: reasons that others gave are kept back unless they are
/// codes meant for the person, and an employer's history begins with the referral.
pub async fn history(app: &App, session: &Session, id: ApplicationId) -> Result<Vec<EventView>, AppError> {
    let audience = session.audience()?;
    let mut tx = app.db.read().await?;
    read(&mut tx, session, id).await?;
    let all = events::history(&mut tx, id).await?;
    Ok(as_told(all, audience).into_iter().map(EventView::from).collect())
}

/// A history as an audience may read it.
pub fn as_told(history: Vec<ApplicationEvent>, audience: Audience) -> Vec<ApplicationEvent> {
    let first = if audience.sees_before_referral() {
        0
    } else {
        history.iter().position(|event| event.event == Event::Refer).unwrap_or(history.len())
    };
    let mut told: Vec<ApplicationEvent> = history.into_iter().skip(first).collect();
    told.retain(|event| event.event != Event::Renew || audience.sees_renewals());
    for event in &mut told {
        let shared = event.shared;
        event.reason =
            event.reason.take().and_then(|reason| audience.reason(event.event, event.actor, shared, reason));
        event.helped &= audience.sees_who_helped();
        if !audience.sees_logins() {
            (event.account_id, event.organisation_id) = (None, None);
        }
    }
    told
}

/// The events the session could cause on an application now, for buttons.
pub fn actions(session: &Session, state: State) -> Vec<Event> {
    let actor = match session.role {
        Role::Staff | Role::Supervisor => Actor::Staff,
        Role::Employer => Actor::Employer,
        Role::Trainee => Actor::Person,
        Role::Companion => Actor::Companion,
        Role::Agency | Role::Administrator => return Vec::new(),
    };
    let mut events = events_open_to(state, actor);
    if session.confirming().is_err() {
        events.retain(|event| *event != Event::Confirm);
    }
    if session.role == Role::Supervisor {
        events.push(Event::Correct);
    }
    events
}

/// Makes an application by `apply` or `propose`. What the newest published run said about the pair comes with it; without one it
/// is queued behind those a run placed, by the moment it was made.
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    person: PersonId,
    vacancy: VacancyId,
    event: Event,
    details: &Details,
) -> Result<Outcome, AppError> {
    let by = session.acting_on(event)?;
    let within = session.acting()?.reach().people()?;
    people::find(tx, &within, person).await?.ok_or(AppError::NotFound)?;
    check_published(tx, session, vacancy).await?;
    let judged = runs::proposal_between(tx, person, vacancy, true).await?;
    let start = Start {
        person,
        vacancy,
        run: None,
        fit: judged.as_ref().map_or(0, |pair| pair.fit),
        priority: judged.as_ref().map_or(0, |pair| pair.priority),
        reserve_order: app.clock.now().timestamp(),
    };
    let details = own_word(session, event, details)?;
    workflow::begin(app, tx, &by, &start, event, &details).await
}

/// Lets an event happen to an application.
pub async fn act(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    id: ApplicationId,
    event: Event,
    details: &Details,
    expected: i64,
) -> Result<Outcome, AppError> {
    let by = session.acting_on(event)?;
    let details = own_word(session, event, details)?;
    let mut outcome = workflow::act(app, tx, &by, id, event, &details, Some(expected)).await?;
    let (reason, words) = (details.reason.as_deref(), details.text.as_deref());
    if let Some((kind, said)) = complaints::of_leaving(event, reason, words) {
        let left = &outcome.application;
        let about = (left.person_id, left.vacancy_id, left.id);
        outcome.complaint = Some(complaints::open_for_application(app, tx, &by, (kind, &said), about).await?);
    }
    Ok(outcome)
}

/// A vacancy that was never published does not exist for people and those who help them.
async fn check_published(tx: &mut Tx, session: &Session, id: VacancyId) -> Result<(), AppError> {
    let found = vacancies::find(tx, None, id).await?.ok_or(AppError::NotFound)?;
    let hidden = matches!(
        found.state,
        vacancy::State::Draft
            | vacancy::State::Incomplete
            | vacancy::State::Submitted
            | vacancy::State::Rejected
    );
    if hidden && session.staff().is_err() { Err(AppError::NotFound) } else { Ok(()) }
}

/// Whoever is logged in as the person says yes in person, on this channel; nobody else can claim that channel.
fn own_word(session: &Session, event: Event, details: &Details) -> Result<Details, AppError> {
    let mut details = details.clone();
    if !matches!(event, Event::Apply | Event::Consent) {
        // Only an officer may write down that a parent has consented after all.
        if session.staff().is_err() {
            details.consent = None;
        }
        return Ok(details);
    }
    if session.role == Role::Trainee {
        let channel = ConsentChannel::Web;
        details.consent = Some(ConsentDraft {
            channel,
            number_dialled: None,
            self_spoke: !details.helped,
            guardian: None,
            text_shown: None,
        });
        details.number_dialled = None;
        return Ok(details);
    }
    if let Some(consent) = &details.consent
        && consent.channel == ConsentChannel::Web
    {
        return Err(AppError::field("consent.channel", FieldCode::ChannelNotAllowed, consent.channel));
    }
    Ok(details)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::{AccountId, EventId};

    fn event(event: Event, actor: Actor, reason: &str) -> ApplicationEvent {
        ApplicationEvent {
            id: EventId(Uuid::from_u128(1)),
            application_id: ApplicationId(Uuid::from_u128(2)),
            version: 1,
            event,
            from_state: None,
            to_state: State::Proposed,
            actor,
            account_id: Some(AccountId(Uuid::from_u128(3))),
            organisation_id: None,
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
            cause_id: None,
            at: chrono::DateTime::from_timestamp_micros(0).unwrap(),
            shared: false,
            helped: false,
        }
    }

    fn history() -> Vec<ApplicationEvent> {
        vec![
            event(Event::Decline, Actor::Person, "other: jauh dari anak"),
            event(Event::Dismiss, Actor::Staff, "other: catatan petugas"),
            event(Event::Refer, Actor::System, ""),
            event(Event::Refuse, Actor::Employer, "skill_missing: belum bisa obras"),
            event(Event::Close, Actor::System, "vacancy_filled"),
        ]
    }

    fn reasons(audience: Audience) -> Vec<Option<String>> {
        as_told(history(), audience).into_iter().map(|event| event.reason).collect()
    }

    #[test]
    fn the_person_reads_own_words_and_codes_but_no_notes() {
        let text = |text: &str| Some(text.to_owned());
        let told = reasons(Audience::Person);
        assert_eq!(told, [text("other: jauh dari anak"), text("other"), None, None, text("vacancy_filled")]);
    }

    #[test]
    fn an_employers_history_begins_with_the_referral() {
        let told = as_told(history(), Audience::Employer);
        assert_eq!(told.len(), 3);
        assert_eq!(told[1].reason.as_deref(), Some("skill_missing: belum bisa obras"));
        assert!(told.iter().all(|event| event.account_id.is_none()));
    }

    #[test]
    fn the_office_reads_everything() {
        assert_eq!(reasons(Audience::Office).iter().flatten().count(), 4);
        assert!(as_told(history(), Audience::Office)[0].account_id.is_some());
    }
}
