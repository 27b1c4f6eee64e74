//! Ids by their ends.
use std::fmt::Debug;

use padankerja::{
    domain::{application::State, message::Kind, nomination},
    store::{
        StoreError, applications, classes, employers, messages,
        nominations::{self, Nomination},
        organisations, people, runs, short_ids, vacancies,
    },
};
use uuid::Uuid;

use super::{
    application, at, employer, office, person,
    runs::{policy, run},
    same, vacancy,
};
use crate::support::database::{TestDb, both_databases};

/// An id with these last eight digits.
fn ending(head: u128, end: u128) -> Uuid {
    Uuid::from_u128((head << 64) | end)
}

#[track_caller]
fn ends<T: Debug>(found: Result<Vec<T>, StoreError>, expected: &[T]) {
    same(found.unwrap(), expected);
}

async fn each_noun(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (one, two) = (ending(1, 0x0abc_def1), ending(2, 0x0abc_def1));
    let owner = padankerja::store::employers::Employer { id: one.into(), ..employer(1) };
    employers::insert(tx, &owner).await.unwrap();
    let offered = vacancies::Vacancy { id: one.into(), ..vacancy(1, &owner) };
    vacancies::insert(tx, &offered).await.unwrap();
    for (number, id) in [(1, one), (2, two), (3, ending(3, 0x0abc_def2))] {
        people::insert(tx, &people::Person { id: id.into(), ..person(number) }).await.unwrap();
    }
    let asked = applications::Application {
        id: two.into(),
        ..application(1, one.into(), one.into(), State::Proposed)
    };
    applications::insert(tx, &asked).await.unwrap();
    organisations::insert(tx, &organisations::Organisation { id: one.into(), ..office(1, None) })
        .await
        .unwrap();
    let taught = classes::TrainingClass { id: one.into(), ..super::classes::class(1) };
    classes::insert(tx, &classes::TrainingClass { organisation_id: None, ..taught }).await.unwrap();
    runs::insert_policy(tx, &policy(1)).await.unwrap();
    runs::insert(tx, &runs::Run { id: two.into(), ..run(1, 1) }).await.unwrap();

    let end = "0abcdef1";
    let both = [(one.into(), "Contoh 1".to_owned()), (two.into(), "Contoh 2".to_owned())];
    ends(short_ids::people(tx, end).await, &both);
    let longer = format!("2{}", &"0".repeat(8)) + end;
    ends(short_ids::people(tx, &longer).await, &both[1..]);
    ends(short_ids::people(tx, "0abcdef9").await, &[]);
    let title = ("Operator jahit 1".to_owned(), "PT Contoh 1".to_owned());
    ends(short_ids::vacancies(tx, end).await, &[(one.into(), title.0.clone(), title.1.clone())]);
    ends(short_ids::vacancies(tx, "0abcdef2").await, &[]);
    ends(short_ids::applications(tx, end).await, &[(two.into(), "Contoh 1".to_owned(), title.0)]);
    ends(short_ids::applications(tx, "0abcdef2").await, &[]);
    ends(short_ids::employers(tx, end).await, &[(one.into(), title.1)]);
    ends(short_ids::employers(tx, "0abcdef2").await, &[]);
    ends(short_ids::organisations(tx, end).await, &[(one.into(), "Kantor 1".to_owned())]);
    ends(short_ids::organisations(tx, "0abcdef2").await, &[]);
    let named = ("Menjahit Pakaian".to_owned(), "Angkatan 1".to_owned());
    ends(short_ids::classes(tx, end).await, &[(one.into(), named.0, named.1)]);
    ends(short_ids::classes(tx, "0abcdef2").await, &[]);
    ends(short_ids::runs(tx, end).await, &[(two.into(), at(0))]);
    ends(short_ids::runs(tx, "0abcdef2").await, &[]);
}

async fn what_waits(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let (tx, end) = (&mut tx, "0abcdef1");
    let (one, two) = (ending(1, 0x0abc_def1), ending(2, 0x0abc_def1));
    organisations::insert(tx, &organisations::Organisation { id: one.into(), ..office(1, None) })
        .await
        .unwrap();
    let told = messages::New {
        id: two.into(),
        application: None,
        vacancy: None,
        ..super::messages::new(1, Kind::Referral)
    };
    messages::insert(tx, &messages::New { employer: None, ..told }).await.unwrap();
    ends(short_ids::messages(tx, end).await, &[(two.into(), Kind::Referral)]);
    ends(short_ids::nominations(tx, end).await, &[]);
    let named = Nomination {
        id: two.into(),
        organisation_id: one.into(),
        nik_lookup: vec![9; 32],
        person_id: None,
        state: nomination::State::Waiting,
        made_at: at(0),
        made_by: None,
        decided_at: None,
        decided_by: None,
    };
    nominations::keep(tx, &named).await.unwrap();
    ends(short_ids::nominations(tx, end).await, &[(two.into(), "Kantor 1".to_owned())]);
    ends(short_ids::nominations(tx, "0abcdef2").await, &[]);
}

both_databases!(what_waits_is_found_by_the_end_of_its_id, |db: TestDb| what_waits(db));
both_databases!(ids_are_found_by_their_ends, |db: TestDb| each_noun(db));
