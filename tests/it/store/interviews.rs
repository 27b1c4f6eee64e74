//! Invitations: the newest counts.
use padankerja::{
    domain::{application::State, contact::Invitation},
    store::{applications, interviews},
};

use super::{application, at, day, id, pair, refused, some};
use crate::support::database::{TestDb, both_databases};

fn invitation(hour: &str) -> Invitation {
    Invitation {
        on: day("2026-03-09"),
        hour: hour.to_owned(),
        place: "Pabrik Toriyo".to_owned(),
        bring: some("KTP"),
        landmark: some("seberang pasar"),
    }
}

async fn newest(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    pair(tx, 1).await;
    applications::insert(tx, &application(1, id(1), id(1), State::Interview)).await.unwrap();
    assert_eq!(interviews::of_application(tx, id(1)).await.unwrap(), None);
    assert_eq!(interviews::set(tx, id(1), &invitation("09:00"), at(1)).await.unwrap(), 1);
    let later = Invitation { bring: None, ..invitation("13:30") };
    assert_eq!(interviews::set(tx, id(1), &later, at(2)).await.unwrap(), 1);
    assert_eq!(interviews::of_application(tx, id(1)).await.unwrap(), Some(later.clone()));
    interviews::take_back(tx, id(1), at(1)).await.unwrap();
    assert_eq!(
        interviews::of_application(tx, id(1)).await.unwrap(),
        Some(later),
        "another one was made since"
    );
    interviews::take_back(tx, id(1), at(2)).await.unwrap();
    assert_eq!(interviews::of_application(tx, id(1)).await.unwrap(), Some(invitation("09:00")));
    interviews::set(tx, id(1), &invitation("10:00"), at(3)).await.unwrap();
    interviews::take_back(tx, id(1), at(3)).await.unwrap();
    assert_eq!(interviews::of_application(tx, id(1)).await.unwrap(), Some(invitation("09:00")));
    refused(interviews::set(tx, id(1), &invitation("9 pagi"), at(3)).await);
}

both_databases!(the_newest_invitation_counts, |db: TestDb| newest(db));
