//! Three failed attempts on different working days hand the slot to the next in reserve; nobody has refused anything.
use chrono::Days;
use padankerja::{
    app::{
        AppError,
        access::acting::Acting,
        applications::workflow::{self, Details, Start},
        system,
    },
    domain::{
        application::{Event, State},
        contact::{AttemptChannel, AttemptOutcome},
        ids::{ApplicationId, PersonId, VacancyId},
    },
    store::{
        applications,
        contacts::{self, Attempt},
    },
    transact,
};

use crate::support::{
    database::{TestDb, both_databases},
    fixture,
};

async fn unreachable_people_lapse(db: &TestDb) {
    let app = fixture::app(db);
    let office = fixture::office(&app).await;
    let by = office.confirming.acting();
    let employer = fixture::employer(&app, "PT Contoh").await;
    let vacancy = fixture::vacancy(&app, employer, "Operator jahit", 1).await;
    let mut people: Vec<PersonId> = Vec::new();
    for number in 0..2 {
        people.push(fixture::person(&app, number).await);
    }
    let first = confirmed(&app, &by, people[0], vacancy).await;
    let attempt = async |outcome: AttemptOutcome, days: u64| -> State {
        let row = Attempt {
            id: system::fresh(),
            application_id: first,
            channel: AttemptChannel::Phone,
            outcome,
            officer_id: None,
            // Mondays of different weeks.
            on_day: "2026-09-07".parse::<chrono::NaiveDate>().unwrap() + Days::new(days * 7),
            at: app.clock.now(),
        };
        let state: Result<State, AppError> = async {
            transact!(app, tx => {
                contacts::insert_attempt(tx, &row).await?;
                let found = applications::get(tx, first).await?.ok_or(AppError::NotFound)?;
                workflow::give_up_if_unreachable(&app, tx, &found).await?;
                Ok(applications::get(tx, first).await?.ok_or(AppError::NotFound)?.state)
            })
        }
        .await;
        state.unwrap()
    };
    assert_eq!(attempt(AttemptOutcome::NoAnswer, 0).await, State::Confirmed);
    assert_eq!(attempt(AttemptOutcome::NoAnswer, 0).await, State::Confirmed);
    assert_eq!(attempt(AttemptOutcome::Reached, 1).await, State::Confirmed);
    assert_eq!(attempt(AttemptOutcome::NoAnswer, 2).await, State::Confirmed);
    assert_eq!(attempt(AttemptOutcome::WrongNumber, 3).await, State::Confirmed);
    assert_eq!(attempt(AttemptOutcome::SomeoneElse, 4).await, State::Lapsed);
}

async fn confirmed(
    app: &padankerja::app::App,
    by: &Acting,
    person: PersonId,
    vacancy: VacancyId,
) -> ApplicationId {
    let start = Start { person, vacancy, run: None, fit: 500, priority: 0, reserve_order: 1 };
    let made: Result<ApplicationId, AppError> = async {
        transact!(app, tx => {
            let none = Details::default();
            let made = workflow::begin(app, tx, by, &start, Event::Propose, &none).await?;
            let id = made.application.id;
            workflow::act(app, tx, by, id, Event::Confirm, &none, None).await?;
            Ok(id)
        })
    }
    .await;
    made.unwrap()
}

both_databases!(three_failed_days_end_a_confirmation, |db: TestDb| unreachable_people_lapse(db));
