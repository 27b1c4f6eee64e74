//! Whose desil is to be looked up: as a run left them, without those for whom asking is idle by now.
use padankerja::{
    domain::{
        evidence::Criterion as Kind,
        person::Status,
        run::{Fate, State},
    },
    store::{
        Tx,
        erasure::{self, Blank},
        people,
        profiles::{self, Criterion},
        runs::{self, Run},
        unknown_desil::{self, Entry, Listed},
    },
};

use super::{
    at, day, id, pair, person, refused,
    runs::{policy, run},
    some,
};
use crate::support::database::{TestDb, both_databases};

fn entry(place: i64, of: u128, fate: Fate) -> Entry {
    let forgone = (fate == Fate::Paid).then(|| id(1));
    Entry { place, person: id(of), fate, forgone, seats: 10 - place, vacancies: 2 }
}

async fn desil(tx: &mut Tx, number: u128, of: u128, dated: &str, last: &str) {
    let row = Criterion {
        id: id(number),
        person_id: id(of),
        criterion: Kind::Desil,
        value: 7,
        source: "DTSEN".to_owned(),
        dated_on: day(dated),
        expires_on: day(last),
        organisation_id: None,
    };
    assert_eq!(profiles::insert_criterion(tx, &row).await.unwrap(), 1);
}

/// Two runs; on the list of the first stand the people 4, 3, 2 and 1.
async fn stored(tx: &mut Tx) {
    pair(tx, 1).await;
    for number in 2..=4 {
        people::insert(tx, &person(number)).await.unwrap();
    }
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    for number in [1, 2] {
        runs::insert(tx, &Run { state: State::Done, ..run(number, 1) }).await.unwrap();
    }
    let all = vec![
        entry(1, 4, Fate::Paid),
        entry(2, 3, Fate::LeftOut),
        entry(3, 2, Fate::LeftOut),
        entry(4, 1, Fate::Proposed),
    ];
    assert_eq!(unknown_desil::insert(tx, id(1), all).await.unwrap(), 4);
    assert_eq!(unknown_desil::insert(tx, id(2), Vec::new()).await.unwrap(), 0);
}

fn places(found: &[Listed]) -> Vec<i64> {
    found.iter().map(|row| row.place).collect()
}

async fn lists(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    for (run, expected) in [(1, true), (2, false), (9, false)] {
        assert_eq!(unknown_desil::has_any(tx, id(run)).await.unwrap(), expected, "{run}");
        let page = unknown_desil::page(tx, id(run), day("2026-03-02"), 0, 9).await.unwrap();
        assert_eq!(!page.is_empty(), expected);
    }
    let all = unknown_desil::page(tx, id(1), day("2026-03-02"), 0, 9).await.unwrap();
    assert_eq!(places(&all), [1, 2, 3, 4]);
    let paid = &all[0];
    assert_eq!((paid.person_id, paid.person_name.as_str(), paid.fate), (id(4), "Contoh 4", Fate::Paid));
    assert_eq!((paid.forgone_id, paid.forgone_title.as_deref()), (Some(id(1)), Some("Operator jahit 1")));
    assert_eq!((paid.seats, paid.vacancies, paid.registered_on), (9, 2, day("2026-01-01")));
    assert_eq!((&paid.village, &paid.person_phone), (&some("33.11.05.2010"), &some("+6286012345678")));
    assert_eq!((all[1].forgone_id, &all[1].forgone_title, all[1].expired_on), (None, &None, None));
    let page = unknown_desil::page(tx, id(1), day("2026-03-02"), 1, 2).await.unwrap();
    assert_eq!(places(&page), [2, 3]);
    assert!(unknown_desil::page(tx, id(1), day("2026-03-02"), 4, 2).await.unwrap().is_empty());
}

/// Known on a day is not unknown on it; what has expired is, and says since when; other evidence tells nothing.
async fn known(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    desil(tx, 1, 4, "2024-01-01", "2024-12-31").await;
    desil(tx, 2, 4, "2025-01-01", "2025-12-31").await;
    desil(tx, 3, 3, "2026-02-01", "2026-06-30").await;
    let other = Criterion {
        id: id(4),
        person_id: id(2),
        criterion: Kind::LaidOff,
        value: 1,
        source: "BLK".to_owned(),
        dated_on: day("2026-01-01"),
        expires_on: day("2026-12-31"),
        organisation_id: None,
    };
    profiles::insert_criterion(tx, &other).await.unwrap();
    let listed = async |tx: &mut Tx, on: &str| {
        let found = unknown_desil::page(tx, id(1), day(on), 0, 9).await.unwrap();
        found.iter().map(|row| (row.place, row.expired_on)).collect::<Vec<_>>()
    };
    let expired = Some(day("2025-12-31"));
    assert_eq!(listed(tx, "2026-03-02").await, [(1, expired), (3, None), (4, None)]);
    assert_eq!(listed(tx, "2025-06-30").await, [(2, None), (3, None), (4, None)], "not dated yet");
    let again = [(1, expired), (2, Some(day("2026-06-30"))), (3, None), (4, None)];
    assert_eq!(listed(tx, "2026-07-01").await, again);
}

/// Whom the service may not propose is not asked about: the same answer as the rule gives.
async fn idle(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    pair(tx, 1).await;
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    runs::insert(tx, &Run { state: State::Done, ..run(1, 1) }).await.unwrap();
    let mut number = 1;
    let mut expected = vec![1];
    let mut all = vec![entry(1, 1, Fate::LeftOut)];
    for status in Status::ALL {
        for (objects, placed, from) in [
            (false, 0, None),
            (true, 0, None),
            (false, 1, None),
            (false, 0, Some(day("2026-03-16"))),
            (false, 0, Some(day("2026-03-17"))),
        ] {
            number += 1;
            let row = people::Person {
                status: *status,
                objects_to_ranking: objects,
                class_ends_on: from,
                ..person(number)
            };
            people::insert(tx, &row).await.unwrap();
            let counters = people::Counters { id: row.id, live: 0, placed };
            people::set_counters(tx, &counters).await.unwrap();
            let place = i64::try_from(number).unwrap();
            all.push(entry(place, number, Fate::LeftOut));
            let standing = people::Person { placed, ..row }.standing(day("2026-03-02"));
            if standing.may_be_proposed().is_ok() {
                expected.push(place);
            }
        }
    }
    all.iter_mut().for_each(|entry| entry.seats = 1);
    unknown_desil::insert(tx, id(1), all).await.unwrap();
    assert_eq!(expected.len(), 3, "the one of the pair, and those who seek, free and willing, soon");
    let found = unknown_desil::page(tx, id(1), day("2026-03-02"), 0, 99).await.unwrap();
    assert_eq!(places(&found), expected);
    let blank = Blank {
        id: id(1),
        nik_cipher: vec![9; 4],
        nik_lookup: vec![8; 32],
        neutral_day: day("1900-01-01"),
        at: at(9),
    };
    assert_eq!(erasure::blank_person(tx, &blank).await.unwrap(), 1);
    let found = unknown_desil::page(tx, id(1), day("2026-03-02"), 0, 99).await.unwrap();
    assert_eq!(places(&found), expected[1..]);
}

async fn refuses(db: &TestDb) {
    let wrong = [
        (Entry { place: 0, ..entry(1, 1, Fate::LeftOut) }, "counts from one"),
        (Entry { seats: 0, ..entry(1, 1, Fate::LeftOut) }, "no seat"),
        (Entry { forgone: None, ..entry(1, 1, Fate::Paid) }, "paid for nothing"),
        (Entry { forgone: Some(id(1)), ..entry(1, 1, Fate::Proposed) }, "forwent nothing"),
        (entry(1, 9, Fate::LeftOut), "nobody"),
    ];
    for (row, why) in wrong {
        let mut tx = db.db.write().await.unwrap();
        stored(&mut tx).await;
        let outcome = unknown_desil::insert(&mut tx, id(2), vec![row]).await;
        assert!(outcome.is_err(), "{why}");
        tx.rollback().await.unwrap();
    }
    let mut tx = db.db.write().await.unwrap();
    stored(&mut tx).await;
    let twice = vec![entry(1, 1, Fate::LeftOut), entry(2, 1, Fate::LeftOut)];
    refused(unknown_desil::insert(&mut tx, id(2), twice).await);
}

both_databases!(the_list_of_a_run, |db: TestDb| lists(db));
both_databases!(what_is_known_by_now_is_left_out, |db: TestDb| known(db));
both_databases!(whom_it_is_idle_to_ask_about_is_left_out, |db: TestDb| idle(db));
both_databases!(an_entry_is_of_somebody_once, |db: TestDb| refuses(db));
