//! The lock of an act: who finds what, in which order rows are locked, and that whoever waited reads what is there then.
use padankerja::{
    domain::application::State,
    store::{
        Db, Tx,
        applications::{self, Application, Scope},
        locked, people, vacancies,
    },
};

use super::{account, agreed, application, id, insert_account, pair, same};
use crate::support::{
    counting::counted,
    database::{TestDb, both_databases, somebody_waits},
};

/// Two referred people of one employer; the first belongs to a login.
async fn stored(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    insert_account(&mut tx, &account(1)).await;
    for number in [1, 2] {
        pair(&mut tx, number).await;
        let row = Application {
            letter_number: (number == 1).then(|| padankerja::domain::letter::Number::new(1, 2026)),
            ..application(number, id(number), id(number), State::Referred)
        };
        assert_eq!(applications::insert(&mut tx, &row).await.unwrap(), 1);
    }
    people::attach(&mut tx, account(1).id, id(1)).await.unwrap();
    vacancies::set_counters(&mut tx, id(1), 0, 1, 3).await.unwrap();
    people::set_counters(&mut tx, &people::Counters { id: id(1), live: 1, placed: 0 }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn reach(db: &TestDb) {
    stored(db).await;
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let office = Scope::Office;
    let (found, ran) = counted(locked::find(tx, &office, id(1))).await;
    assert_eq!(ran, 1);
    let found = found.unwrap().unwrap();
    same(&found.application, applications::get(tx, id(1)).await.unwrap().unwrap());
    same(&found.vacancy, vacancies::lock(tx, id(1)).await.unwrap().unwrap());
    same(found.person, people::lock(tx, id(1)).await.unwrap().unwrap());
    assert_eq!((found.vacancy.live, found.person.live), (1, 1));
    let owner = found.vacancy.employer_id;
    let home = Scope::Village("33.11.05.2010".to_owned());
    assert!(locked::find(tx, &home, id(1)).await.unwrap().is_none(), "nobody agreed to the companion");
    agreed(tx, &[1]).await;
    let scopes = [
        (Scope::Employer(owner), true),
        (Scope::Employer(id(9)), false),
        (Scope::Account(account(1).id), true),
        (Scope::Account(account(2).id), false),
        (Scope::Village("99.99.99.9999".to_owned()), false),
        (home.clone(), true),
        (Scope::Agency(id(9)), false),
    ];
    for (scope, expected) in scopes {
        assert_eq!(locked::find(tx, &scope, id(1)).await.unwrap().is_some(), expected, "{scope:?}");
    }
    // What its person does not know of is not theirs to act on.
    let unknown = application(3, id(1), id(2), State::Proposed);
    assert_eq!(applications::insert(tx, &unknown).await.unwrap(), 1);
    let held = Scope::Account(account(1).id);
    assert!(locked::find(tx, &held, id(3)).await.unwrap().is_none());
    assert!(locked::find(tx, &office, id(3)).await.unwrap().is_some());
    let not_referred = Scope::Employer(owner);
    assert!(locked::find(tx, &not_referred, id(2)).await.unwrap().is_none());
    assert!(locked::find(tx, &office, id(9)).await.unwrap().is_none());
}

/// Reads on a connection of its own, behind whoever writes.
fn behind(db: &Db) -> tokio::task::JoinHandle<locked::Locked> {
    let db = db.clone();
    tokio::spawn(async move {
        let mut tx = db.write().await.unwrap();
        let found = locked::find(&mut tx, &Scope::Office, id(1)).await.unwrap().unwrap();
        tx.rollback().await.unwrap();
        found
    })
}

async fn change(tx: &mut Tx) -> Application {
    let before = applications::get(tx, id(1)).await.unwrap().unwrap();
    let next = Application { state: State::Interview, version: before.version + 1, ..before.clone() };
    assert_eq!(applications::swap(tx, &before, &next).await.unwrap(), 1);
    next
}

/// The vacancy's row alone is locked by the one in front; what it changes of the others is seen all the same.
async fn newest(db: &TestDb) {
    stored(db).await;
    let mut tx = db.db.write().await.unwrap();
    vacancies::lock(&mut tx, id(1)).await.unwrap().unwrap();
    let found = behind(&db.db);
    somebody_waits(&db.db).await;
    let next = change(&mut tx).await;
    people::set_counters(&mut tx, &people::Counters { id: id(1), live: 2, placed: 1 }).await.unwrap();
    tx.commit().await.unwrap();
    let found = found.await.unwrap();
    same(found.application, next);
    assert_eq!((found.person.live, found.person.placed), (2, 1));

    let mut tx = db.db.write().await.unwrap();
    vacancies::set_counters(&mut tx, id(1), 1, 2, 3).await.unwrap();
    let found = behind(&db.db);
    somebody_waits(&db.db).await;
    let next = change(&mut tx).await;
    tx.commit().await.unwrap();
    let found = found.await.unwrap();
    same(found.application, next);
    assert_eq!((found.vacancy.taken, found.vacancy.live), (1, 2));
}

/// Vacancy before person before application: whoever waits for the person holds the vacancy, not yet the application.
async fn order(db: &TestDb) {
    stored(db).await;
    let mut tx = db.db.write().await.unwrap();
    people::lock(&mut tx, id(1)).await.unwrap().unwrap();
    let found = behind(&db.db);
    somebody_waits(&db.db).await;
    if let Db::Postgres(pool) = &db.db {
        let free = async |text: &'static str| sqlx::query(text).fetch_all(pool).await.unwrap().len();
        assert_eq!(free("select id from vacancies for update skip locked").await, 1, "one of two");
        assert_eq!(free("select id from people for update skip locked").await, 1, "one of two");
        assert_eq!(free("select id from applications for update skip locked").await, 2);
    }
    tx.commit().await.unwrap();
    found.await.unwrap();
    if let Db::Postgres(pool) = &db.db {
        let mut tx = db.db.write().await.unwrap();
        locked::find(&mut tx, &Scope::Office, id(1)).await.unwrap().unwrap();
        let free = sqlx::query("select id from applications for update skip locked").fetch_all(pool).await;
        assert_eq!(free.unwrap().len(), 1, "one of two");
        tx.rollback().await.unwrap();
    }
}

both_databases!(an_application_is_locked_with_its_counters_within_reach, |db: TestDb| reach(db));
both_databases!(whoever_waited_reads_the_newest_rows, |db: TestDb| newest(db));
both_databases!(rows_are_locked_vacancy_first, |db: TestDb| order(db));
