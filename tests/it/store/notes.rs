//! Notes beside applications: which still stand, and whose words can be taken away.
use padankerja::{
    domain::{application::State, machine::Actor, note::Kind},
    store::{
        applications,
        notes::{self, Note},
    },
};

use super::{application, at, id, pair, refused, same, some};
use crate::support::database::{TestDb, both_databases};

fn note(number: u128, of: u128, version: i64, kind: Kind) -> Note {
    Note {
        id: id(number),
        application_id: id(of),
        version,
        kind,
        text: some("hari Kamis bisa"),
        actor: Actor::Person,
        account_id: None,
        at: at(i64::try_from(number).unwrap()),
    }
}

async fn lives(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [1, 2] {
        pair(tx, number).await;
        let row = application(number, id(number), id(number), State::Interview);
        applications::insert(tx, &row).await.unwrap();
    }
    let said = [note(1, 1, 1, Kind::NotComing), note(2, 1, 1, Kind::Coming), note(3, 2, 1, Kind::Coming)];
    for row in &said {
        notes::insert(tx, row).await.unwrap();
    }
    // About a version that is over.
    notes::insert(tx, &note(4, 2, 9, Kind::TakesWork)).await.unwrap();
    same(notes::standing(tx, None, None, 9).await.unwrap(), &said);
    same(notes::standing(tx, Some(Kind::Coming), None, 9).await.unwrap(), &said[1..]);
    same(notes::standing(tx, None, Some((at(1), id(1))), 1).await.unwrap(), &said[1..2]);
    same(notes::of_person(tx, id(1)).await.unwrap(), &said[..2]);
    let card = applications::card(tx, &applications::Scope::Office, id(1)).await.unwrap().unwrap();
    assert_eq!(card.names.note.note_kind, Some(Kind::Coming), "the newest");
    let names = applications::names(tx, id(1)).await.unwrap().unwrap();
    assert_eq!(names.note, card.names.note);
    assert_eq!(notes::erase_texts(tx, id(1)).await.unwrap(), 2);
    let left = notes::of_person(tx, id(1)).await.unwrap();
    assert!(left.iter().all(|row| row.text.is_none()));
    assert!(notes::of_person(tx, id(2)).await.unwrap().iter().all(|row| row.text.is_some()));
    let long = Note { text: Some("a".repeat(1_001)), ..note(5, 1, 1, Kind::Coming) };
    refused(notes::insert(tx, &long).await);
}

both_databases!(a_note_stands_for_one_version, |db: TestDb| lives(db));
