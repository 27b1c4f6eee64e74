//! What a person can do, evidence of priority, and classes.
use padankerja::{
    domain::{
        evidence,
        ids::{PersonId, RecordId},
    },
    store::{
        Tx,
        classes::{self, TrainingClass},
        organisations, people,
        profiles::{self, Certificate, Criterion, Experience, Training},
    },
};

use super::{at, day, id, ids, office, person, refused, same, some};
use crate::support::database::{TestDb, both_databases};

fn training(number: u128, of: u128) -> Training {
    Training {
        id: id(number),
        person_id: id(of),
        class_id: Some(id(50)),
        programme: "Menjahit Pakaian".to_owned(),
        ended_on: Some(day("2026-06-30")),
        result: some("competent"),
    }
}

fn certificate(number: u128, of: u128) -> Certificate {
    Certificate {
        id: id(number),
        person_id: id(of),
        name: "K3 Umum".to_owned(),
        issued_on: Some(day("2025-01-01")),
        expires_on: Some(day("2028-01-01")),
    }
}

fn experience(number: u128, of: u128) -> Experience {
    Experience { id: id(number), person_id: id(of), job: "Penjahit".to_owned(), months: 18 }
}

fn class() -> TrainingClass {
    TrainingClass {
        id: id(50),
        organisation_id: Some(id(1)),
        programme: "Menjahit Pakaian".to_owned(),
        name: "Angkatan 1".to_owned(),
        starts_on: Some(day("2026-05-01")),
        ends_on: None,
        members: 0,
        version: 1,
        created_at: at(0),
    }
}

/// Two people with two of everything each; ids given in an order that is not that of the people.
async fn stored(tx: &mut Tx) {
    organisations::insert(tx, &office(1, None)).await.unwrap();
    assert_eq!(classes::ensure(tx, &class()).await.unwrap(), id(50));
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
    }
    for (number, of) in [(14, 1), (13, 2), (12, 1), (11, 2)] {
        assert_eq!(profiles::insert_training(tx, &training(number, of)).await.unwrap(), 1);
        assert_eq!(profiles::insert_certificate(tx, &certificate(number, of)).await.unwrap(), 1);
        assert_eq!(profiles::insert_experience(tx, &experience(number, of)).await.unwrap(), 1);
    }
    for (of, skill) in [(1, "menjahit"), (1, "Las"), (2, "obras")] {
        assert_eq!(profiles::insert_skill(tx, id(of), skill).await.unwrap(), 1);
    }
    assert_eq!(profiles::insert_skill(tx, id(1), "menjahit").await.unwrap(), 0, "known ones stay");
}

async fn whole_profiles(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let own = profiles::of_person(tx, id(1)).await.unwrap();
    same(&own.trainings, [training(12, 1), training(14, 1)]);
    same(&own.certificates, [certificate(12, 1), certificate(14, 1)]);
    same(&own.experiences, [experience(12, 1), experience(14, 1)]);
    assert_eq!(own.skills, ["Las", "menjahit"], "by bytes, on both databases");
    same(profiles::of_person(tx, id(9)).await.unwrap(), profiles::Profile::default());

    let asked = serde_json::to_string(&[id::<PersonId>(2), id(9)]).unwrap();
    let among = profiles::among(tx, &asked).await.unwrap();
    assert_eq!(among.keys().collect::<Vec<_>>(), [&id::<PersonId>(2)]);
    let found = &among[&id(2)];
    assert_eq!(found.skills, ["obras"]);
    let counts = (found.trainings.len(), found.certificates.len(), found.experiences.len());
    assert_eq!(counts, (2, 2, 2));
    assert!(found.trainings.iter().all(|row| row.person_id == id(2)));
    assert_eq!(profiles::among(tx, "[]").await.unwrap().len(), 0);

    let order: Vec<RecordId> = [12, 14, 11, 13].into_iter().map(id).collect();
    assert_eq!(ids!(profiles::all_trainings(tx).await), order, "by person, then id");
    assert_eq!(ids!(profiles::all_certificates(tx).await), order);
    assert_eq!(ids!(profiles::all_experiences(tx).await), order);
    same(&profiles::all_trainings(tx).await.unwrap()[0], training(12, 1));
    same(&profiles::all_certificates(tx).await.unwrap()[0], certificate(12, 1));
    same(&profiles::all_experiences(tx).await.unwrap()[0], experience(12, 1));
    let skills: Vec<(PersonId, String)> = profiles::all_skills(tx).await.unwrap();
    let told = |of, skill: &str| (id::<PersonId>(of), skill.to_owned());
    assert_eq!(skills, [told(1, "Las"), told(1, "menjahit"), told(2, "obras")]);

    assert_eq!(profiles::remove_training(tx, id(1), id(12)).await.unwrap(), 1);
    assert_eq!(profiles::remove_training(tx, id(1), id(11)).await.unwrap(), 0, "another's");
    assert_eq!(profiles::remove_certificate(tx, id(1), id(12)).await.unwrap(), 1);
    assert_eq!(profiles::remove_certificate(tx, id(1), id(11)).await.unwrap(), 0);
    assert_eq!(profiles::remove_experience(tx, id(1), id(12)).await.unwrap(), 1);
    assert_eq!(profiles::remove_experience(tx, id(1), id(11)).await.unwrap(), 0);
    assert_eq!(profiles::remove_skill(tx, id(1), "Las").await.unwrap(), 1);
    assert_eq!(profiles::remove_skill(tx, id(1), "obras").await.unwrap(), 0);
    profiles::clear(tx, id(1)).await.unwrap();
    same(profiles::of_person(tx, id(1)).await.unwrap(), profiles::Profile::default());
    assert_eq!(profiles::of_person(tx, id(2)).await.unwrap().trainings.len(), 2);
    refused(profiles::insert_experience(tx, &Experience { months: -1, ..experience(20, 1) }).await);
}

async fn evidence(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    organisations::insert(tx, &office(1, None)).await.unwrap();
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
    }
    let desil = |number, of: u128, value, dated: &str, expires: &str| Criterion {
        id: id(number),
        person_id: id(of),
        criterion: padankerja::domain::evidence::Criterion::Desil,
        value,
        source: "DTSEN".to_owned(),
        dated_on: day(dated),
        expires_on: day(expires),
        organisation_id: Some(id(1)),
    };
    let old = desil(1, 1, 3, "2025-01-01", "2026-01-01");
    let new = desil(2, 1, 2, "2025-12-01", "2026-12-01");
    let laid_off = Criterion {
        criterion: padankerja::domain::evidence::Criterion::LaidOff,
        value: 1,
        ..desil(3, 1, 1, "2025-11-01", "2026-06-01")
    };
    let other = Criterion { organisation_id: None, ..desil(4, 2, 1, "2026-02-01", "2026-12-01") };
    for row in [&laid_off, &old, &other, &new] {
        assert_eq!(profiles::insert_criterion(tx, row).await.unwrap(), 1);
    }
    let again = Criterion { id: id(5), value: 9, ..old.clone() };
    assert_eq!(profiles::insert_criterion(tx, &again).await.unwrap(), 0, "that date is known");
    same(profiles::criteria_of(tx, id(1)).await.unwrap(), [&new, &old, &laid_off]);
    same(profiles::criteria_of(tx, id(9)).await.unwrap(), [(); 0]);
    // Dated and expiring days count themselves.
    let on =
        async |tx: &mut Tx, text: &str| -> Vec<RecordId> { ids!(profiles::criteria_on(tx, day(text)).await) };
    let numbers = |all: &[u128]| all.iter().map(|n| id(*n)).collect::<Vec<RecordId>>();
    assert_eq!(on(tx, "2025-01-01").await, numbers(&[1]));
    assert_eq!(on(tx, "2026-01-01").await, numbers(&[2, 1, 3]));
    assert_eq!(on(tx, "2026-02-01").await, numbers(&[2, 3, 4]));
    assert_eq!(on(tx, "2026-12-02").await, numbers(&[]));
    // What counts on a day is the same in SQL and in the domain, on every day of two and a half years.
    for today in day("2024-12-30").iter_days().take(900) {
        let counts = |c: &&Criterion| evidence::counts_on(c.dated_on, c.expires_on, today);
        let mut expected: Vec<RecordId> =
            [&new, &old, &laid_off, &other].into_iter().filter(counts).map(|c| c.id).collect();
        let mut found = ids!(profiles::criteria_on(tx, today).await);
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{today}");
    }
    let both = serde_json::to_string(&[id::<PersonId>(2), id(1)]).unwrap();
    same(profiles::criteria_among(tx, &both).await.unwrap(), [&new, &old, &laid_off, &other]);
    let second = serde_json::to_string(&[id::<PersonId>(2), id(9)]).unwrap();
    same(profiles::criteria_among(tx, &second).await.unwrap(), [&other]);
    same(profiles::criteria_among(tx, "[]").await.unwrap(), [(); 0]);
    refused(profiles::insert_criterion(tx, &desil(6, 2, 11, "2026-03-01", "2026-12-01")).await);
}

async fn classes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    organisations::insert(tx, &office(1, None)).await.unwrap();
    assert_eq!(classes::ensure(tx, &class()).await.unwrap(), id(50));
    let again = TrainingClass { id: id(51), ..class() };
    assert_eq!(classes::ensure(tx, &again).await.unwrap(), id(50), "it is there");
    let next = TrainingClass { id: id(52), name: "Angkatan 2".to_owned(), ..class() };
    assert_eq!(classes::ensure(tx, &next).await.unwrap(), id(52));
}

both_databases!(whole_profiles_come_back, |db: TestDb| whole_profiles(db));
both_databases!(evidence_counts_while_it_is_valid, |db: TestDb| evidence(db));
both_databases!(classes_are_made_once, |db: TestDb| classes(db));
