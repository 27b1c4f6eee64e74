//! One-time codes: one open code for each person, used once, void when replaced or tried too often; and what holds a person.
use padankerja::store::{
    Tx, accounts,
    accounts::{Account, AccountState},
    activation_codes::{self, ActivationCode},
    people,
};

use super::{account, at, id, insert_account, person, same};
use crate::support::database::{TestDb, both_databases};

fn code(number: u128, of: u128) -> ActivationCode {
    ActivationCode {
        id: id(number),
        person_id: id(of),
        code_hash: vec![u8::try_from(number).unwrap(); 32],
        class_id: None,
        made_by: None,
        made_at: at(0),
        expires_at: at(i64::try_from(number).unwrap()),
        failures: 0,
        used_at: None,
        voided_at: None,
    }
}

async fn stored(tx: &mut Tx) {
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
        assert_eq!(activation_codes::insert(tx, &code(number, number)).await.unwrap(), 1);
    }
}

async fn codes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let hash = |number: u8| vec![number; 32];
    same(activation_codes::find(tx, &hash(1)).await.unwrap().unwrap(), code(1, 1));
    assert!(activation_codes::find(tx, &hash(9)).await.unwrap().is_none());
    assert_eq!(activation_codes::insert(tx, &code(3, 1)).await.unwrap(), 0, "one open code for each");
    assert_eq!(activation_codes::void_open(tx, id(1), at(5)).await.unwrap(), 1);
    assert_eq!(activation_codes::void_open(tx, id(1), at(6)).await.unwrap(), 0);
    assert_eq!(activation_codes::insert(tx, &code(3, 1)).await.unwrap(), 1);
    assert_eq!(activation_codes::mark_used(tx, id(1), at(7)).await.unwrap(), 0, "it is void");
    assert_eq!(activation_codes::mark_used(tx, id(3), at(7)).await.unwrap(), 1);
    assert_eq!(activation_codes::mark_used(tx, id(3), at(8)).await.unwrap(), 0, "once");
    let used = activation_codes::find(tx, &hash(3)).await.unwrap().unwrap();
    assert_eq!((used.used_at, used.voided_at), (Some(at(7)), None));
    for expected in [(1, None), (2, Some(at(9)))] {
        assert_eq!(activation_codes::count_failure(tx, id(2), 2, at(9)).await.unwrap(), 1);
        let row = activation_codes::find(tx, &hash(2)).await.unwrap().unwrap();
        assert_eq!((row.failures, row.voided_at), expected);
    }
    assert_eq!(activation_codes::count_failure(tx, id(2), 2, at(9)).await.unwrap(), 0);
    assert_eq!(activation_codes::prune(tx, at(2)).await.unwrap(), 1, "only what expired before");
    assert!(activation_codes::find(tx, &hash(1)).await.unwrap().is_none());
}

async fn logins_of_a_number(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let number = "+628123450001";
    let names = [
        accounts::login_of_number(number, 1),
        accounts::login_of_number(number, 3),
        accounts::login_of_number(number, 2),
        "+6281234500019".to_owned(),
        "+62812345000".to_owned(),
        "petugas".to_owned(),
    ];
    for (row, login) in (1..).zip(&names) {
        insert_account(tx, &Account { login: login.clone(), ..account(row) }).await;
    }
    let found = accounts::of_number(tx, number).await.unwrap();
    let found: Vec<&str> = found.iter().map(|row| row.login.as_str()).collect();
    assert_eq!(found, [number, "+628123450001#2", "+628123450001#3"]);
    for (login, whom) in [(1, 1), (2, 1), (1, 2)] {
        people::attach(tx, id(login), id(whom)).await.unwrap();
    }
    let holders = async |tx: &mut Tx| {
        let found = accounts::holders(tx, id(1)).await.unwrap();
        found.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(holders(tx).await, [id(1), id(2)]);
    assert_eq!(accounts::holds(tx, id(1)).await.unwrap(), 2);
    assert_eq!(accounts::detach(tx, id(2), id(1)).await.unwrap(), 1);
    assert_eq!(accounts::detach(tx, id(2), id(1)).await.unwrap(), 0);
    assert_eq!((holders(tx).await, accounts::holds(tx, id(2)).await.unwrap()), (vec![id(1)], 0));
    accounts::disable(tx, id(1)).await.unwrap();
    assert_eq!(accounts::find(tx, id(1)).await.unwrap().unwrap().state, AccountState::Disabled);
    assert_eq!(holders(tx).await, [], "a login that may not be used holds nobody");
}

both_databases!(a_code_is_used_once, |db: TestDb| codes(db));
both_databases!(a_number_has_logins_and_they_hold_people, |db: TestDb| logins_of_a_number(db));
