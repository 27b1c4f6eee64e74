//! Where somebody's applications stand, as the person reads it: each with its history and how long the employer has been silent.
//! Belongs here: what is read together for it. Does not belong here: what a reader sees (`seen`), words.
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        access::Session,
        applications::{
            self as open, as_told,
            seen::{ApplicationView, EventView},
        },
        calendar,
        vacancies::seen::{Sight, VacancyView},
    },
    domain::{
        calendar::{Calendar, jakarta_date},
        ids::{ApplicationId, PersonId},
        machine::Actor,
    },
    store::{
        Tx,
        applications::{self, Card, Filter},
        events::{self, ApplicationEvent},
        vacancies::{self, Scope},
    },
};

/// Most applications of one person that are shown.
const MOST: i64 = 200;

/// An application with all that says where it stands.
pub struct Status {
    pub application: ApplicationView,
    /// What happened, oldest first.
    pub history: Vec<EventView>,
    /// Working days for which the employer has owed an answer; none where it owes none.
    pub silent_days: Option<u32>,
    /// When the present state was entered, business date.
    pub since: NaiveDate,
}

/// The applications of a person within reach, newest first.
pub async fn of_person(app: &App, session: &Session, person: PersonId) -> Result<Vec<Status>, AppError> {
    let audience = session.audience()?;
    let scope = session.acting()?.reach().applications()?;
    let mut tx = app.db.read().await?;
    let filter = Filter { person: Some(person), ..Filter::default() };
    let cards = applications::cards(&mut tx, &scope, &filter, None, MOST).await?;
    let ids: Vec<ApplicationId> = cards.iter().map(|card| card.application.id).collect();
    let ids = serde_json::to_string(&ids).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut histories: HashMap<ApplicationId, Vec<ApplicationEvent>> = HashMap::new();
    for event in events::histories(&mut tx, &ids).await? {
        histories.entry(event.application_id).or_default().push(event);
    }
    let mut whole = Vec::with_capacity(cards.len());
    for card in cards {
        let history = histories.remove(&card.application.id).unwrap_or_default();
        whole.push((card, as_told(history, audience)));
    }
    let calendar = calendar_for(&mut tx, &whole).await?;
    let mut told: Vec<Status> = Vec::with_capacity(whole.len());
    for (card, history) in whole {
        told.push(status(app, session, card, history, calendar.as_ref())?);
    }
    told.reverse();
    Ok(told)
}

/// One application within reach, with what everybody may read of its vacancy, open or not: whoever applied knew it.
pub async fn one(app: &App, session: &Session, id: ApplicationId) -> Result<(Status, VacancyView), AppError> {
    let audience = session.audience()?;
    let mut tx = app.db.read().await?;
    let card = open::read(&mut tx, session, id).await?;
    let vacancy = vacancies::listed(&mut tx, Scope::Office, card.application.vacancy_id).await?;
    let vacancy = VacancyView::of(vacancy.ok_or(AppError::NotFound)?, Sight::Public, None);
    let whole = [(card, as_told(events::history(&mut tx, id).await?, audience))];
    let calendar = calendar_for(&mut tx, &whole).await?;
    let [(card, history)] = whole;
    Ok((status(app, session, card, history, calendar.as_ref())?, vacancy))
}

fn status(
    app: &App,
    session: &Session,
    card: Card,
    history: Vec<ApplicationEvent>,
    calendar: Option<&Calendar>,
) -> Result<Status, AppError> {
    let since = entered_on(&card, &history);
    let silent_days = calendar
        .filter(|_| owes_answer(&card))
        .map(|calendar| calendar.working_days_between(since, app.clock.today()));
    let application = ApplicationView::of(card, session)?;
    Ok(Status {
        application,
        history: history.into_iter().map(EventView::from).collect(),
        silent_days,
        since,
    })
}

/// The employer is to say something, and its time runs.
fn owes_answer(card: &Card) -> bool {
    card.application.state.awaits() == Some(Actor::Employer)
        && !card.application.held
        && !card.names.employer_state.stands_still()
}

/// The day on which the present state was entered, as far as the reader may know.
fn entered_on(card: &Card, history: &[ApplicationEvent]) -> NaiveDate {
    let state = card.application.state;
    let entered =
        history.iter().rev().find(|event| event.to_state == state && event.from_state != Some(state));
    jakarta_date(entered.map_or(card.application.created_at, |event| event.at))
}

/// The working days from the oldest silence on; none where nobody is silent.
async fn calendar_for(
    tx: &mut Tx,
    whole: &[(Card, Vec<ApplicationEvent>)],
) -> Result<Option<Calendar>, AppError> {
    let silent = whole.iter().filter(|(card, _)| owes_answer(card));
    let oldest = silent.map(|(card, history)| entered_on(card, history)).min();
    match oldest {
        Some(oldest) => Ok(Some(calendar::working_days(tx, oldest).await?)),
        None => Ok(None),
    }
}
