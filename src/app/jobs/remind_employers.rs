//! Reminders to employers: on the third and fifth working day after a referral without answer, each made once. A
//! reminder is a record that the employer's list and the office show; its mail is made with it and leaves by itself (`send_messages`). The working days are those
//! of today's calendar: a day off that was declared since the referral moves a reminder, never the deadline that was told.
use super::Outcome;
use crate::{
    app::{App, AppError, announcing, calendar},
    domain::{calendar::jakarta_date, ids::ApplicationId},
    store::{applications, reminders, vacancies},
    transact,
};

/// Makes the reminders that are due; the table's key keeps each single.
pub(super) async fn run(app: &App) -> Result<Outcome, AppError> {
    let days = app.rules.deadlines.employer_reminders;
    let last = i64::from(days.into_iter().max().unwrap_or_default());
    let today = app.clock.today();
    let mut tx = app.db.read().await?;
    let referred = reminders::candidates(&mut tx, last).await?;
    let first = referred.iter().map(|(_, since)| jakarta_date(*since)).min().unwrap_or(today);
    let calendar = calendar::working_days(&mut tx, first).await?;
    tx.rollback().await?;
    let mut outcome = Outcome::default();
    for (application, since) in referred {
        let since = jakarta_date(since);
        let passed = |day: &u16| calendar.add_working_days(since, u32::from(*day)) <= today;
        for day in days.iter().filter(|day| passed(day)) {
            outcome.count(remind(app, application, i64::from(*day)).await)?;
        }
    }
    Ok(outcome)
}

/// Makes one reminder; false when it was made before, or an answer came.
async fn remind(app: &App, application: ApplicationId, day: i64) -> Result<bool, AppError> {
    let now = app.clock.now();
    let made = async {
        transact!(app, tx => {
            let made = reminders::insert(tx, application, day, now).await? > 0;
            if made {
                let found = applications::get(tx, application).await?.ok_or(AppError::NotFound)?;
                let vacancy = vacancies::find(tx, None, found.vacancy_id).await?.ok_or(AppError::NotFound)?;
                announcing::remind(app, tx, &found, vacancy.employer_id, day).await?;
            }
            Ok(made)
        })
    }
    .await;
    made.inspect_err(
        |error| tracing::warn!(application.id = %application, %error, "the employer was not reminded"),
    )
}
