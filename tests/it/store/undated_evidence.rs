//! Evidence whose date nobody told: what counts still, in the order of recording, until somebody looked it up.
use padankerja::{
    domain::evidence::Criterion as Kind,
    store::{
        people,
        profiles::{self, Criterion},
        undated_evidence::{self, Listed},
    },
};

use super::{at, day, id, person, same};
use crate::support::database::{TestDb, both_databases};

fn evidence(number: u128, of: u128, criterion: Kind, dated: &str) -> Criterion {
    Criterion {
        id: id(number),
        person_id: id(of),
        criterion,
        value: if criterion == Kind::Desil { 3 } else { 1 },
        source: "DTSEN".to_owned(),
        dated_on: day(dated),
        expires_on: day("2026-12-31"),
        organisation_id: None,
    }
}

async fn lists(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    for number in [1, 2] {
        people::insert(&mut tx, &person(number)).await.unwrap();
    }
    for row in [
        evidence(4, 1, Kind::Desil, "2026-02-01"),
        evidence(3, 1, Kind::LaidOff, "2026-01-01"),
        evidence(2, 2, Kind::Desil, "2026-01-01"),
        evidence(1, 2, Kind::Desil, "2025-12-31"),
    ] {
        profiles::insert_criterion(&mut tx, &row).await.unwrap();
    }
    let today = day("2026-03-02");
    assert_eq!(undated_evidence::count(&mut tx, today).await.unwrap(), 0, "what is recorded now is dated");
    assert_eq!(undated_evidence::page(&mut tx, today, None, 9).await.unwrap().len(), 0);
    tx.commit().await.unwrap();
    // As the migration marked what an earlier program left.
    db.execute("update criteria set undated = true where dated_on >= '2026-01-01'").await;

    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let all = undated_evidence::page(tx, today, None, 9).await.unwrap();
    assert_eq!(all.iter().map(|row| row.id).collect::<Vec<_>>(), [id(2), id(3), id(4)]);
    same(
        &all[1],
        Listed {
            id: id(3),
            person_id: id(1),
            person_name: "Contoh 1".to_owned(),
            person_phone: Some("+6286012345678".to_owned()),
            village: Some("33.11.05.2010".to_owned()),
            criterion: Kind::LaidOff,
            value: 1,
            source: "DTSEN".to_owned(),
            dated_on: day("2026-01-01"),
            expires_on: day("2026-12-31"),
            recorded_at: at(0),
        },
    );
    let place = |row: &Listed| Some((row.dated_on, row.id));
    let next = undated_evidence::page(tx, today, place(&all[0]), 1).await.unwrap();
    assert_eq!(next.iter().map(|row| row.id).collect::<Vec<_>>(), [id(3)]);
    assert_eq!(undated_evidence::page(tx, today, place(&all[2]), 9).await.unwrap().len(), 0);
    // What counts no more needs no date.
    for (on, counted, listed) in [("2026-12-31", 3, 3), ("2027-01-01", 0, 0)] {
        assert_eq!(undated_evidence::count(tx, day(on)).await.unwrap(), counted, "{on}");
        assert_eq!(undated_evidence::page(tx, day(on), None, 9).await.unwrap().len(), listed, "{on}");
    }

    // Looked up: gone, and only what nobody dated.
    assert_eq!(undated_evidence::of_person(tx, id(1)).await.unwrap(), [id(3), id(4)]);
    assert_eq!(undated_evidence::of_person(tx, id(9)).await.unwrap(), []);
    assert_eq!(undated_evidence::remove(tx, id(2), Kind::Desil).await.unwrap(), 1);
    assert_eq!(undated_evidence::remove(tx, id(2), Kind::Desil).await.unwrap(), 0);
    assert_eq!(undated_evidence::remove(tx, id(9), Kind::Desil).await.unwrap(), 0);
    let left: Vec<_> = profiles::criteria_of(tx, id(2)).await.unwrap().iter().map(|row| row.id).collect();
    assert_eq!(left, [id(1)]);
    assert_eq!(undated_evidence::count(tx, today).await.unwrap(), 2);
}

both_databases!(what_nobody_dated_is_listed_until_it_is_looked_up, |db: TestDb| lists(db));
