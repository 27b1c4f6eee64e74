//! Classes, who is in them, and what members said about being ranked.
use padankerja::{
    domain::{
        ids::{ClassId, PersonId, RecordId},
        training::Outcome,
    },
    store::{
        Tx,
        classes::{self, RankingConsent, TrainingClass},
        organisations, people,
        profiles::{self, Training},
    },
};

use super::{account, at, day, id, insert_account, office, person, refused, same, some};
use crate::support::database::{TestDb, both_databases};

pub fn class(number: u128) -> TrainingClass {
    TrainingClass {
        id: id(number),
        organisation_id: Some(id(1)),
        programme: "Menjahit Pakaian".to_owned(),
        name: format!("Angkatan {number}"),
        starts_on: Some(day("2026-02-02")),
        ends_on: Some(day("2026-03-27")),
        members: 0,
        version: 1,
        created_at: at(i64::try_from(number).unwrap()),
    }
}

async fn enrolled(tx: &mut Tx, class: u128, of: u128, result: Option<&str>) {
    let row = Training {
        id: id(100 * class + of),
        person_id: id(of),
        class_id: Some(id(class)),
        programme: "Menjahit Pakaian".to_owned(),
        ended_on: Some(day("2026-03-27")),
        result: result.map(str::to_owned),
    };
    profiles::insert_training(tx, &row).await.unwrap();
}

async fn stored(tx: &mut Tx) {
    organisations::insert(tx, &office(1, None)).await.unwrap();
    for number in 1..=4 {
        people::insert(tx, &person(number)).await.unwrap();
    }
    for number in 1..=3 {
        assert_eq!(classes::insert(tx, &class(number)).await.unwrap(), 1);
    }
    for (of, result) in
        [(1, Some("competent")), (2, Some("not_yet")), (3, Some("broken_off")), (4, Some("running"))]
    {
        enrolled(tx, 1, of, result).await;
    }
    enrolled(tx, 2, 1, None).await;
}

async fn rows(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let again = TrainingClass { id: id(9), ..class(1) };
    assert_eq!(classes::insert(tx, &again).await.unwrap(), 0, "a programme has one class of a name");
    assert_eq!(classes::ensure(tx, &again).await.unwrap(), id(1));
    let found = classes::find(tx, id(1)).await.unwrap().unwrap();
    same(&found.class, class(1));
    assert_eq!((found.enrolled, found.passed, found.failed, found.broken_off), (4, 1, 1, 1));
    assert!(classes::find(tx, id(9)).await.unwrap().is_none());
    let page = classes::page(tx, None, 2).await.unwrap();
    assert_eq!(page.iter().map(|row| row.class.id).collect::<Vec<_>>(), [id::<ClassId>(1), id(2)]);
    assert_eq!((page[1].enrolled, page[1].passed), (1, 0));
    let rest = classes::page(tx, Some((page[1].class.created_at, id(2))), 9).await.unwrap();
    assert_eq!(rest.iter().map(|row| row.class.id).collect::<Vec<_>>(), [id::<ClassId>(3)]);
    assert!(classes::is_named(tx, "Menjahit Pakaian", "Angkatan 2", id(1)).await.unwrap());
    assert!(!classes::is_named(tx, "Menjahit Pakaian", "Angkatan 1", id(1)).await.unwrap());

    let next = TrainingClass {
        name: "Angkatan A".to_owned(),
        ends_on: Some(day("2026-04-03")),
        members: 4,
        version: 2,
        ..class(1)
    };
    assert_eq!(classes::swap(tx, 2, &next).await.unwrap(), 0, "somebody changed it meanwhile");
    assert_eq!(classes::swap(tx, 1, &next).await.unwrap(), 1);
    same(&classes::find(tx, id(1)).await.unwrap().unwrap().class, next.clone());
    refused(classes::swap(tx, 2, &TrainingClass { members: 41, version: 3, ..next }).await);
}

async fn membership(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let members = classes::members(tx, id(1)).await.unwrap();
    assert_eq!(members.len(), 4);
    assert_eq!(members[0].person_id, id::<PersonId>(1), "by name");
    assert_eq!(members[1].result, some("not_yet"));
    assert_eq!(classes::members(tx, id(3)).await.unwrap().len(), 0);
    assert_eq!(classes::set_result(tx, id(1), id(4), Outcome::Passed).await.unwrap(), 1);
    assert_eq!(classes::set_result(tx, id(2), id(4), Outcome::Passed).await.unwrap(), 0, "not in it");
    assert_eq!(classes::find(tx, id(1)).await.unwrap().unwrap().passed, 2);
    assert_eq!(classes::set_result(tx, id(1), id(3), Outcome::Unknown).await.unwrap(), 1);
    assert_eq!(classes::members(tx, id(1)).await.unwrap()[2].result, None, "nobody knows");
    assert_eq!(classes::set_last_day(tx, id(1), Some(day("2026-04-03"))).await.unwrap(), 4);
    let profile = profiles::of_person(tx, id(1)).await.unwrap();
    let days: Vec<_> = profile.trainings.iter().map(|row| row.ended_on).collect();
    assert_eq!(days, [Some(day("2026-04-03")), Some(day("2026-03-27"))], "of that class only");
    assert_eq!(classes::remove_member(tx, id(1), id(2)).await.unwrap(), 1);
    assert_eq!(classes::remove_member(tx, id(1), id(2)).await.unwrap(), 0);
    assert_eq!(classes::members(tx, id(1)).await.unwrap().len(), 3);
}

async fn words_about_ranking(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    {
        let tx = &mut tx;
        stored(tx).await;
        insert_account(tx, &account(1)).await;
        let said = |number: u128, given| RankingConsent {
            id: id(number),
            person_id: id(1),
            given,
            wording: "2026-11".to_owned(),
            class_id: (number == 1).then(|| id(1)),
            recorded_by: (number == 1).then(|| id(1)),
            given_at: at(i64::try_from(number).unwrap()),
        };
        for (number, given) in [(2, false), (1, true)] {
            assert_eq!(classes::insert_consent(tx, &said(number, given)).await.unwrap(), 1);
        }
        let all = classes::consents_of(tx, id(1)).await.unwrap();
        assert_eq!(
            all.iter().map(|row| row.id).collect::<Vec<_>>(),
            [id::<RecordId>(1), id(2)],
            "oldest first"
        );
        same(&all[0], said(1, true));
        assert_eq!(classes::consents_of(tx, id(2)).await.unwrap().len(), 0);
    }
    tx.commit().await.unwrap();
    for change in ["update ranking_consents set given = not given", "delete from ranking_consents"] {
        assert!(super::events::execute(&db.db, change.to_owned()).await.is_err(), "{change}");
    }
}

both_databases!(classes_are_swapped_and_counted, |db: TestDb| rows(db));
both_databases!(members_come_and_go, |db: TestDb| membership(db));
both_databases!(what_was_said_about_ranking_stays, |db: TestDb| words_about_ranking(db));
