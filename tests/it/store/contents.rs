//! How much of everything there is.
use padankerja::{
    domain::application::State,
    store::{
        applications::{self, Application},
        contents::{self, Contents},
        interviews, organisations,
        people::{self, Person},
    },
};

use super::{account, application, at, day, id, insert_account, office, pair, person};
use crate::support::database::{TestDb, both_databases};

async fn counted(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let nothing = contents::count(tx, day("2026-03-09")).await.unwrap();
    assert_eq!(nothing, Contents::default());
    assert!(nothing.is_empty());
    pair(tx, 1).await;
    let due =
        Application { deadline: Some(day("2026-03-05")), ..application(1, id(1), id(1), State::Interview) };
    applications::insert(tx, &due).await.unwrap();
    organisations::insert(tx, &office(1, None)).await.unwrap();
    people::insert(tx, &Person { nominated_by: Some(id(1)), ..person(2) }).await.unwrap();
    insert_account(tx, &account(1)).await;
    let invitation = padankerja::domain::contact::Invitation {
        on: day("2026-03-09"),
        hour: "09:00".to_owned(),
        place: "Pabrik Toriyo".to_owned(),
        bring: None,
        landmark: None,
    };
    interviews::set(tx, id(1), &invitation, at(1)).await.unwrap();
    let found = contents::count(tx, day("2026-03-09")).await.unwrap();
    let expected = Contents {
        people: 2,
        nominated: 1,
        employers: 1,
        vacancies: 1,
        organisations: 1,
        logins: 1,
        applications: 1,
        interviews: 1,
        overdue: 1,
        ..Contents::default()
    };
    assert_eq!(found, expected);
    let before = contents::count(tx, day("2026-03-05")).await.unwrap();
    assert_eq!(before.overdue, 0, "due today is not overdue");
}

both_databases!(contents_are_counted, |db: TestDb| counted(db));
