//! Who agreed to the companion of the village, and what the companion's desk lists of them.
use padankerja::{
    domain::{access::AuditActor, application::State, contact::ConsentChannel},
    store::{
        Tx,
        accompaniments::{self, Due, Idle, Running, Said},
        applications,
        contacts::{self, FollowUp},
        people::{self, Person},
    },
};

use super::{account, application, at, day, id, insert_account, pair, person, refused};
use crate::support::database::{TestDb, both_databases};

const VILLAGE: &str = "33.11.05.2010";

fn said(number: u128, agreed: bool) -> Said {
    Said {
        id: id(number),
        person_id: id(1),
        agreed,
        channel: ConsentChannel::Visit,
        told_by: AuditActor::Companion,
        recorded_by: Some(account(1).id),
        said_at: at(i64::try_from(number).unwrap()),
    }
}

async fn words(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    insert_account(&mut tx, &account(1)).await;
    let before = Person { village: Some(VILLAGE.to_owned()), ..person(1) };
    people::insert(&mut tx, &before).await.unwrap();
    for one in [said(2, false), said(1, true)] {
        assert_eq!(accompaniments::insert(&mut tx, &one).await.unwrap(), 1);
    }
    assert_eq!(accompaniments::of_person(&mut tx, id(1)).await.unwrap(), [said(1, true), said(2, false)]);
    assert_eq!(accompaniments::of_person(&mut tx, id(2)).await.unwrap(), []);
    // Nobody is helped until they say so, and whoever moves said it to another companion.
    assert!(!accompaniments::holds(&mut tx, id(1)).await.unwrap());
    assert_eq!(accompaniments::set(&mut tx, id(1), true).await.unwrap(), 1);
    assert_eq!(accompaniments::set(&mut tx, id(9), true).await.unwrap(), 0);
    assert!(accompaniments::holds(&mut tx, id(1)).await.unwrap());
    let same_home = Person { version: 2, ..before.clone() };
    people::swap_profile(&mut tx, &before, &same_home).await.unwrap();
    assert!(accompaniments::holds(&mut tx, id(1)).await.unwrap());
    let moved = Person { version: 3, village: Some("33.11.06.2001".to_owned()), ..same_home.clone() };
    people::swap_profile(&mut tx, &same_home, &moved).await.unwrap();
    assert!(!accompaniments::holds(&mut tx, id(1)).await.unwrap());
    assert!(!accompaniments::holds(&mut tx, id(9)).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = db.db.write().await.unwrap();
    refused(
        accompaniments::insert(&mut tx, &Said { channel: ConsentChannel::Whatsapp, ..said(3, true) }).await,
    );
    tx.rollback().await.unwrap();
    for change in ["update accompaniments set agreed = not agreed", "delete from accompaniments"] {
        let kept = super::events::execute(&db.db, change.to_owned()).await;
        assert!(kept.is_err(), "{change}");
    }
}

both_databases!(each_word_is_kept_and_the_newest_counts, |db: TestDb| words(db));

/// A person of the village with an application in a state, known to them or not.
async fn lives(tx: &mut Tx, number: u128, state: State) {
    let (_, vacancy, before) = pair(tx, number).await;
    let home = Person { village: Some(VILLAGE.to_owned()), version: before.version + 1, ..before.clone() };
    assert_eq!(people::swap_profile(tx, &before, &home).await.unwrap(), 1);
    let row = application(number, home.id, vacancy.id, state);
    assert_eq!(applications::insert(tx, &row).await.unwrap(), 1);
    assert_eq!(accompaniments::set(tx, home.id, true).await.unwrap(), 1);
}

async fn desk(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    lives(tx, 1, State::Started).await;
    lives(tx, 2, State::Confirmed).await;
    lives(tx, 3, State::Withdrawn).await;
    let at_work = people::Counters { id: id(1), live: 0, placed: 1 };
    people::set_counters(tx, &at_work).await.unwrap();
    let planned = FollowUp {
        id: id(7),
        application_id: id(1),
        month: 1,
        due_on: day("2026-04-02"),
        still_working: None,
        note: None,
        recorded_by: None,
        recorded_at: None,
    };
    contacts::plan_follow_up(tx, &planned).await.unwrap();
    let due =
        |found: Vec<Due>| found.into_iter().map(|one| (one.application_id, one.month)).collect::<Vec<_>>();
    let asked = accompaniments::follow_ups(tx, VILLAGE, day("2026-04-02"), 9).await.unwrap();
    assert_eq!(due(asked), [(id(1), 1)]);
    for (village, by, limit) in
        [(VILLAGE, "2026-04-01", 9), ("33.11.06.2001", "2026-04-02", 9), (VILLAGE, "2026-04-02", 0)]
    {
        assert_eq!(
            accompaniments::follow_ups(tx, village, day(by), limit).await.unwrap(),
            [],
            "{village} {by}"
        );
    }
    let idle = accompaniments::idle(tx, VILLAGE, 9).await.unwrap();
    assert_eq!(idle, [Idle { person_id: id(3), person_name: person(3).name }]);
    assert_eq!(accompaniments::idle(tx, VILLAGE, 0).await.unwrap(), []);
    let ids = format!("[\"{}\", \"{}\"]", uuid::Uuid::from_u128(2), uuid::Uuid::from_u128(3));
    let running =
        |found: Vec<Running>| found.into_iter().map(|one| (one.person_id, one.state)).collect::<Vec<_>>();
    let found = accompaniments::running(tx, &ids).await.unwrap();
    assert_eq!(running(found), [(id(2), State::Confirmed)]);
    // Whoever takes it back is on no list.
    for number in [1, 3] {
        accompaniments::set(tx, id(number), false).await.unwrap();
    }
    assert_eq!(accompaniments::follow_ups(tx, VILLAGE, day("2026-04-02"), 9).await.unwrap(), []);
    assert_eq!(accompaniments::idle(tx, VILLAGE, 9).await.unwrap(), []);
}

both_databases!(a_desk_lists_those_who_agreed, |db: TestDb| desk(db));
