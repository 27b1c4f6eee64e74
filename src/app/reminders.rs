//! Reminders to employers: on the third and fifth working day after a referral without answer, each made once. A
//! reminder is a record that the employer's list and the office show; nothing is sent from here.
use crate::{
    app::{App, AppError},
    domain::calendar::jakarta_date,
    store::reminders,
    transact,
};

/// Makes the reminders that are due; tells how many. Every replica may do it: the table's key keeps each single.
pub async fn remind(app: &App) -> Result<u64, AppError> {
    let days = app.rules.deadlines.employer_reminders;
    let last = i64::from(days.into_iter().max().unwrap_or_default());
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut tx = app.db.read().await?;
    let referred = reminders::candidates(&mut tx, last).await?;
    tx.rollback().await?;
    let mut due = Vec::new();
    for (application, since) in referred {
        let since = jakarta_date(since);
        let passed = |day: &u16| app.calendar.add_working_days(since, u32::from(*day)) <= today;
        due.extend(days.iter().filter(|day| passed(day)).map(|day| (application, i64::from(*day))));
    }
    if due.is_empty() {
        return Ok(0);
    }
    transact!(app, tx => {
        let mut made = 0;
        for (application, day) in &due {
            made += reminders::insert(tx, *application, *day, now).await?;
        }
        Ok(made)
    })
}
