//! When messages are made: with the event they are about, in its transaction; by a job about what is late or soon over. What is
//! taken back takes its messages along, before anybody reads them.
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::{
    app::{App, AppError, system},
    domain::{
        ids::{ApplicationId, EmployerId},
        message::{self, Kind, Reader},
    },
    store::{
        Tx,
        applications::Application,
        events::ApplicationEvent,
        messages::{self, New, Owed},
    },
};

/// Most messages about late answers in one turn of the job; the rest follows in the next.
const AT_ONCE: i64 = 10_000;

/// Makes the messages about an event that was just recorded. What can be taken back is told when it no longer can.
pub(crate) async fn announce(
    app: &App,
    tx: &mut Tx,
    event: &ApplicationEvent,
    application: &Application,
    employer: EmployerId,
) -> Result<(), AppError> {
    let kinds = message::of_event(event.event, event.from_state, event.to_state);
    let wait = if message::can_be_undone(event.actor, event.cause_id.is_some()) {
        TimeDelta::minutes(i64::from(app.rules.undo_minutes)) + message::AFTER_UNDO
    } else {
        TimeDelta::zero()
    };
    for kind in kinds {
        make(tx, *kind, event.id.to_string(), application, employer, (event.at, event.at + wait)).await?;
    }
    Ok(())
}

/// Makes the message that goes with a reminder that was just made.
pub(crate) async fn remind(
    app: &App,
    tx: &mut Tx,
    application: &Application,
    employer: EmployerId,
    day: i64,
) -> Result<(), AppError> {
    let (now, occasion) = (app.clock.now(), format!("{}:{}:{day}", application.id, application.version));
    make(tx, Kind::Reminder, occasion, application, employer, (now, now)).await
}

/// Takes back what was to be told about an application since a moment and has not left.
pub(crate) async fn take_back(
    tx: &mut Tx,
    application: ApplicationId,
    since: DateTime<Utc>,
) -> Result<(), AppError> {
    messages::take_back(tx, application, since).await?;
    Ok(())
}

async fn make(
    tx: &mut Tx,
    kind: Kind,
    occasion: String,
    application: &Application,
    employer: EmployerId,
    (made_at, due_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), AppError> {
    if kind.reader() == Reader::Employer && !messages::reads_mail(tx, employer).await? {
        return Ok(());
    }
    let new = New {
        id: system::fresh(),
        kind,
        occasion,
        application: Some(application.id),
        vacancy: Some(application.vacancy_id),
        employer: Some(employer),
        person: (kind.reader() == Reader::Person).then_some(application.person_id),
        while_state: Some(application.state),
        due_at,
        made_at,
    };
    messages::insert(tx, &new).await?;
    Ok(())
}

/// Makes what nobody's act makes: about interviews and offers whose answer is late, and vacancies that are soon over. How many.
pub async fn tell_late(app: &App, tx: &mut Tx) -> Result<u64, AppError> {
    let (today, now) = (app.clock.today(), app.clock.now());
    let mut made = 0;
    for owed in messages::owed(tx, today, AT_ONCE).await? {
        for kind in [Kind::Overdue, Kind::EmployerOverdue] {
            if kind.reader() == Reader::Office || messages::reads_mail(tx, owed.employer_id).await? {
                made += messages::insert(tx, &of_owed(kind, &owed, now)).await?;
            }
        }
    }
    for (vacancy, employer, closes_on) in messages::expiring(tx, today, last_soon_day(app)).await? {
        let new = New {
            id: system::fresh(),
            kind: Kind::VacancyExpiring,
            occasion: format!("{vacancy}:{closes_on}"),
            application: None,
            vacancy: Some(vacancy),
            employer: Some(employer),
            person: None,
            while_state: None,
            due_at: now,
            made_at: now,
        };
        made += messages::insert(tx, &new).await?;
    }
    Ok(made)
}

/// The last day on which a vacancy that ends then is soon over.
pub(crate) fn last_soon_day(app: &App) -> NaiveDate {
    let today = app.clock.today();
    today.checked_add_days(Days::new(message::EXPIRING_DAYS)).unwrap_or(today)
}

fn of_owed(kind: Kind, owed: &Owed, now: DateTime<Utc>) -> New {
    New {
        id: system::fresh(),
        kind,
        occasion: format!("{}:{}", owed.application_id, owed.deadline),
        application: Some(owed.application_id),
        vacancy: Some(owed.vacancy_id),
        employer: Some(owed.employer_id),
        person: None,
        while_state: Some(owed.state),
        due_at: now,
        made_at: now,
    }
}
