//! The clocks of an employer that was suspended run again. That they stand still meanwhile is asked of
//! `application::State::stands_still` wherever a deadline is looked at; nothing is written while they stand.
use chrono::NaiveDate;

use super::engine::{Change, Engine, Said};
use crate::{
    app::{App, AppError, access::acting::Acting, calendar},
    domain::{
        application::{self, Event},
        calendar::Calendar,
        ids::VacancyId,
        machine::Actor,
    },
    store::{
        Tx,
        applications::{self, Application},
    },
};

/// Gives every answer that the employer of these vacancies (in the order of their ids) owed on the day it was suspended
/// as many working days from today as were left then. It is an `extend` of the officer who reinstates, one event each,
/// so that the person and the employer read the new date in the history. What rests because the person was hired
/// elsewhere gets its time when it is released.
pub async fn run_again(
    app: &App,
    tx: &mut Tx,
    officer: &Acting,
    vacancies: &[VacancyId],
    stopped_on: NaiveDate,
) -> Result<(), AppError> {
    let mut engine = Engine::new(app, tx);
    for vacancy in vacancies {
        engine.vacancy(*vacancy).await?;
    }
    let since = calendar::working_days(engine.tx, stopped_on).await?;
    for vacancy in vacancies {
        for owed in applications::open_of_vacancy(engine.tx, *vacancy).await? {
            if owed.state.awaits() == Some(Actor::Employer) && !owed.held {
                extend(&mut engine, officer, &owed, (stopped_on, &since)).await?;
            }
        }
    }
    Ok(())
}

async fn extend(
    engine: &mut Engine<'_>,
    officer: &Acting,
    owed: &Application,
    (stopped_on, calendar): (NaiveDate, &Calendar),
) -> Result<(), AppError> {
    let Some(due) = owed.deadline else { return Ok(()) };
    let fresh = application::due_after_standing_still(due, stopped_on, engine.today, calendar);
    if fresh == due {
        return Ok(());
    }
    let to = application::next(Some(owed.state), Event::Extend, Actor::Staff).map_err(super::refused)?;
    let change =
        Change { event: Event::Extend, to, by: officer, cause: None, reason: None, said: Said::default() };
    engine.place(owed, change, |next| next.deadline = Some(fresh)).await?;
    Ok(())
}
