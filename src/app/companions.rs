//! A companion's desk: what is to be done for those of the own village who agreed, who they are, and where the applications of one
//! stand, as far as the person knows of them. Belongs here: what is read together for it. Does not belong here: whom a companion
//! reaches (the scopes of `store`), what a reader sees (`seen`), words.
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    app::{
        After, App, AppError,
        access::{
            Session, WRONG_ROLE,
            acting::{Acting, Reach},
        },
        applications::{self, Filter, seen::ApplicationView},
        messages::{self, seen::MessageView},
        next_steps::{self, seen::StepView},
        people::seen::PersonView,
        status::{self, Status},
        vacancies::seen::VacancyView,
    },
    domain::{
        application::State,
        contact,
        disclosure::becomes_known,
        ids::{ApplicationId, PersonId},
        message::Delivery,
    },
    store::{accompaniments, contacts, people},
};
pub use accompaniments::{Due, Idle, Running};

/// Most rows of each list on the desk.
const MOST: i64 = 100;

/// What is to be done, what is due first in front.
pub struct Desk {
    /// An officer confirmed; the person is to say yes or no.
    pub answers: Vec<ApplicationView>,
    /// Whether somebody still works there.
    pub follow_ups: Vec<Due>,
    /// What is to be told through the companion.
    pub messages: Vec<MessageView>,
    /// What the offices have promised.
    pub steps: Vec<StepView>,
    /// Those for whom nothing is under way.
    pub idle: Vec<Idle>,
}

/// What a companion has to do.
pub async fn desk(app: &App, session: &Session) -> Result<Desk, AppError> {
    let acting = session.acting()?;
    let village = village_of(&acting)?;
    let asked = Filter { state: Some(State::Confirmed), ..Filter::default() };
    let mut answers = applications::page(app, session, &asked, None, MOST).await?;
    answers.retain(|application| !application.held);
    answers.sort_by_key(|application| (application.deadline, application.id));
    let steps = next_steps::page(app, session, &next_steps::Asked::default(), None, MOST).await?;
    let messages = messages::page(app, &acting, (Delivery::Waiting, None), None, MOST).await?;
    let by = latest_told(app.clock.today());
    let mut tx = app.db.read().await?;
    let follow_ups = accompaniments::follow_ups(&mut tx, village, by, MOST).await?;
    let idle = accompaniments::idle(&mut tx, village, MOST).await?;
    Ok(Desk { answers, follow_ups, messages, steps, idle })
}

/// The last day on which a follow-up is due that may be answered today.
fn latest_told(today: NaiveDate) -> NaiveDate {
    today.iter_days().take_while(|day| contact::may_be_told(*day, today)).last().unwrap_or(today)
}

/// One page of those who agreed, oldest first, each with what is under way.
pub async fn people(
    app: &App,
    session: &Session,
    after: After<PersonId>,
    limit: i64,
) -> Result<Vec<(PersonView, Vec<Running>)>, AppError> {
    let acting = session.acting()?;
    village_of(&acting)?;
    let audience = session.audience()?;
    let mut tx = app.db.read().await?;
    let rows = people::page(&mut tx, &acting.reach().people()?, after, limit).await?;
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let ids = serde_json::to_string(&ids).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut running: HashMap<PersonId, Vec<Running>> = HashMap::new();
    for row in accompaniments::running(&mut tx, &ids).await? {
        running.entry(row.person_id).or_default().push(row);
    }
    let with = |row: people::Person| {
        let own = running.remove(&row.id).unwrap_or_default();
        (PersonView::row(row, audience), own)
    };
    Ok(rows.into_iter().map(with).collect())
}

/// Somebody who agreed: where the applications stand that they know of, newest first, and what happens next besides.
pub struct Helped {
    pub person: PersonView,
    pub applications: Vec<Status>,
    pub steps: Vec<StepView>,
}

/// One person who agreed; everybody else does not exist.
pub async fn person(app: &App, session: &Session, id: PersonId) -> Result<Helped, AppError> {
    let acting = session.acting()?;
    village_of(&acting)?;
    let mut tx = app.db.read().await?;
    let found = people::find(&mut tx, &acting.reach().people()?, id).await?.ok_or(AppError::NotFound)?;
    tx.rollback().await?;
    let person = PersonView::row(found, session.audience()?);
    let mut applications = status::of_person(app, session, id).await?;
    applications.retain(is_known);
    let steps = next_steps::of_person(app, session, id, MOST).await?;
    Ok(Helped { person, applications, steps })
}

/// One application of somebody who agreed and knows of it.
pub async fn application(
    app: &App,
    session: &Session,
    id: ApplicationId,
) -> Result<(Status, VacancyView), AppError> {
    village_of(&session.acting()?)?;
    let found = status::one(app, session, id).await?;
    if is_known(&found.0) { Ok(found) } else { Err(AppError::NotFound) }
}

/// The open follow-up that may be answered today of somebody who works there, and when it is due; none: there is nothing to ask.
pub async fn follow_up(app: &App, status: &Status) -> Result<Option<(i64, NaiveDate)>, AppError> {
    if status.application.state != State::Started {
        return Ok(None);
    }
    let today = app.clock.today();
    let mut tx = app.db.read().await?;
    let all = contacts::follow_ups(&mut tx, status.application.id).await?;
    let open = all.into_iter().find(|one| one.still_working.is_none());
    Ok(open.filter(|one| contact::may_be_told(one.due_on, today)).map(|one| (one.month, one.due_on)))
}

/// Whether the person knows of an application: a companion who told of it would speak of a job that nobody offered.
fn is_known(status: &Status) -> bool {
    status.history.iter().any(|event| becomes_known(event.to))
}

fn village_of(acting: &Acting) -> Result<&str, AppError> {
    match acting.reach() {
        Reach::Village(village) => Ok(village),
        Reach::Office | Reach::Employer(_) | Reach::Account(_) | Reach::Agency(_) | Reach::Nobody => {
            Err(WRONG_ROLE)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follow_up_is_on_the_desk_as_soon_as_it_may_be_answered() {
        let today = "2026-03-02".parse().unwrap();
        let by = latest_told(today);
        assert!(contact::may_be_told(by, today) && !contact::may_be_told(by.succ_opt().unwrap(), today));
    }
}
