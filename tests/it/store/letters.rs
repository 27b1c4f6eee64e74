//! Referral letters, found by their number.
use padankerja::{
    domain::{application::State, letter::Number},
    store::{
        applications::{self, Application},
        erasure::{self, Blank},
        letters,
    },
};

use super::{application, at, day, id, pair, same};
use crate::support::database::{TestDb, both_databases};

async fn by_number(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (_, vacancy, whom) = pair(tx, 1).await;
    let number = |count| Number::new(count, 2026);
    let row = application(1, whom.id, vacancy.id, State::Referred);
    applications::insert(tx, &Application { letter_number: Some(number(1)), ..row }).await.unwrap();
    let found = letters::by_number(tx, &number(1)).await.unwrap().unwrap();
    same((found.id, found.title, found.state), (row_id(), vacancy.title, State::Referred));
    assert!(letters::by_number(tx, &number(2)).await.unwrap().is_none());
    let blank = Blank {
        id: whom.id,
        nik_cipher: vec![1; 44],
        nik_lookup: vec![1; 32],
        neutral_day: day("1900-01-01"),
        at: at(9),
    };
    assert_eq!(erasure::blank_person(tx, &blank).await.unwrap(), 1);
    assert!(letters::by_number(tx, &number(1)).await.unwrap().is_none(), "of an erased person");
}

fn row_id() -> padankerja::domain::ids::ApplicationId {
    id(1)
}

both_databases!(a_letter_leads_to_its_application, |db: TestDb| by_number(db));
