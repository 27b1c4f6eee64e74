//! Logins on the pages: found by the hash of their key, prolonged, about a person, ended.
use padankerja::store::{
    Tx, people,
    sessions::{self, NewSession},
};

use super::{account, at, id, insert_account, person, refused};
use crate::support::database::{TestDb, both_databases};

fn session(number: u8, of: u128) -> NewSession {
    NewSession {
        id: id(number.into()),
        key_hash: vec![number; 32],
        account_id: account(of).id,
        person_id: None,
        idle_minutes: 30,
        made_at: at(0),
        holds_until: at(i64::from(number) * 10),
        expires_at: at(1_000),
    }
}

async fn found(tx: &mut Tx, number: u8) -> Option<sessions::Found> {
    sessions::find(tx, &[number; 32]).await.unwrap()
}

async fn logins(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    insert_account(tx, &account(2)).await;
    people::insert(tx, &person(7)).await.unwrap();
    for (number, of) in [(1, 1), (2, 1), (3, 2), (4, 2)] {
        assert_eq!(sessions::insert(tx, &session(number, of)).await.unwrap(), 1);
    }
    let first = found(tx, 1).await.unwrap();
    assert_eq!((first.account_id, first.person_id, first.person_name), (account(1).id, None, None));
    assert_eq!((first.idle_minutes, first.holds_until, first.expires_at), (30, at(10), at(1_000)));
    assert!(found(tx, 9).await.is_none());

    assert_eq!(sessions::prolong(tx, first.id, at(50)).await.unwrap(), 1);
    assert_eq!(sessions::choose(tx, first.id, id(7)).await.unwrap(), 1);
    let first = found(tx, 1).await.unwrap();
    assert_eq!(
        (first.holds_until, first.person_id, first.person_name),
        (at(50), Some(id(7)), Some(person(7).name))
    );
    assert_eq!(sessions::forget_person(tx, id(7)).await.unwrap(), 1);
    assert_eq!(found(tx, 1).await.unwrap().person_id, None);

    assert_eq!(sessions::end(tx, &[4; 32]).await.unwrap(), 1);
    assert_eq!(sessions::end(tx, &[4; 32]).await.unwrap(), 0, "it was");
    assert_eq!(sessions::prune(tx, at(20)).await.unwrap(), 0, "what holds until then is kept");
    assert_eq!(sessions::prune(tx, at(21)).await.unwrap(), 1);
    assert!(found(tx, 2).await.is_none() && found(tx, 3).await.is_some());
    assert_eq!(sessions::end_account(tx, account(1).id).await.unwrap(), 1);
    assert!(found(tx, 1).await.is_none() && found(tx, 3).await.is_some());
    let twice = NewSession { id: id(8), ..session(3, 2) };
    refused(sessions::insert(tx, &twice).await);
}

both_databases!(every_function, |db: TestDb| logins(db));
