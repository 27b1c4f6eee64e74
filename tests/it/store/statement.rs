//! Statements and what their failure does to a transaction and its connection.
use padankerja::{
    sql,
    store::{
        Db, StoreError, Tx, organisations,
        statement::{Statement, Text},
    },
};

use super::{id, office};
use crate::support::{
    counting::counted,
    database::{TestDb, both_databases},
};

async fn offices(db: &Db) -> i64 {
    let mut tx = db.read().await.unwrap();
    let (count,) = sql!(&mut tx, fetch_one<(i64,)>, "select count(*) from organisations").unwrap();
    count
}

async fn put(tx: &mut Tx, number: u128) {
    let office = organisations::Organisation { name: format!("Kantor {number}"), ..office(number, None) };
    organisations::insert(tx, &office).await.unwrap();
}

async fn rows(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    put(&mut tx, 1).await;
    put(&mut tx, 2).await;
    let text = "select name from organisations where id >= $1 order by id";
    let asked = |tx: &Tx, from: u128| {
        let mut statement = Statement::new(tx, text, text);
        statement.bind(id::<padankerja::domain::ids::OrganisationId>(from));
        statement
    };
    let all: Vec<(String,)> = asked(&tx, 1).fetch_all(&mut tx).await.unwrap();
    assert_eq!(all, [("Kantor 1".to_owned(),), ("Kantor 2".to_owned(),)]);
    let first: Option<(String,)> = asked(&tx, 2).fetch_optional(&mut tx).await.unwrap();
    assert_eq!(first, Some(("Kantor 2".to_owned(),)));
    let none: Option<(String,)> = asked(&tx, 3).fetch_optional(&mut tx).await.unwrap();
    assert_eq!(none, None);
    let one: (String,) = asked(&tx, 1).fetch_one(&mut tx).await.unwrap();
    assert_eq!(one.0, "Kantor 1");
    let named = Text { name: "LATER", sql: text };
    let later = id::<padankerja::domain::ids::OrganisationId>(2);
    let all: Vec<(String,)> = Statement::of(&tx, &named).with(later).fetch_all(&mut tx).await.unwrap();
    assert_eq!(all, [("Kantor 2".to_owned(),)]);
    let text = "update organisations set name = 'x'";
    assert_eq!(Statement::new(&tx, text, text).execute(&mut tx).await.unwrap(), 2);
    tx.commit().await.unwrap();
}

async fn counts(db: &TestDb) {
    let work = async {
        let mut tx = db.db.write().await.unwrap();
        put(&mut tx, 1).await;
        put(&mut tx, 2).await;
        tx.commit().await.unwrap();
    };
    let ((), ran) = counted(work).await;
    assert_eq!(ran, 2, "the beginning and the end are none");
}

both_databases!(statements_are_counted, |db: TestDb| counts(db));

both_databases!(rows_come_in_order_and_as_many_as_asked_for, |db: TestDb| rows(db));

/// A reader that is dropped between two statements gives its connection back: opening one for each read would cost more
/// than the read. One that was cut short in a statement does not.
async fn readers(db: &TestDb) {
    let open = || match &db.db {
        Db::Sqlite { read, .. } => (read.size(), read.num_idle()),
        Db::Postgres(pool) => (pool.size(), pool.num_idle()),
    };
    for _ in 0..20 {
        assert_eq!(offices(&db.db).await, 0);
        let mut waited = 0;
        while usize::try_from(open().0).unwrap() != open().1 && waited < 200 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            waited += 1;
        }
        assert!(open().0 >= 1, "the connection was closed");
    }
    if let Db::Postgres(pool) = &db.db {
        let text = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'";
        let waiting: i64 = sqlx::query_scalar(text).fetch_one(pool).await.unwrap();
        assert_eq!(waiting, 0, "no transaction is left open");
    }
}

both_databases!(readers_give_their_connection_back, |db: TestDb| readers(db));

/// PostgreSQL answers the commit of a failed transaction with a silent rollback; SQLite keeps what came before. Neither
/// is what a caller means who did not pass the error on.
async fn broken(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    put(&mut tx, 1).await;
    let none: Result<(i64,), StoreError> =
        sql!(&mut tx, fetch_one<(i64,)>, "select version from vacancies where seats < 0");
    assert!(matches!(none, Err(StoreError::Other(_))));
    let refused =
        sql!(&mut tx, execute, "insert into organisations (id, name, kind) values (null, null, 'moon')");
    assert!(refused.is_err());
    assert!(matches!(tx.commit().await, Err(StoreError::Broken)));
    assert_eq!(offices(&db.db).await, 0);
}

both_databases!(a_transaction_that_failed_is_not_kept, |db: TestDb| broken(db));

/// Whoever hangs up leaves a transaction in the middle: nobody may meet it again.
async fn cut_short(db: &TestDb) {
    for number in 0..50_u128 {
        let cut = async {
            let mut tx = db.db.write().await.unwrap();
            put(&mut tx, number).await;
            std::future::pending::<()>().await;
        };
        let after = std::time::Duration::from_micros(u64::try_from(number).unwrap() * 200);
        let _cut = tokio::time::timeout(after, cut).await;
    }
    for _ in 0..20 {
        assert_eq!(offices(&db.db).await, 0);
    }
    for number in 100..120_u128 {
        let mut tx = db.db.write().await.unwrap();
        put(&mut tx, number).await;
        tx.commit().await.unwrap();
    }
    assert_eq!(offices(&db.db).await, 20);
}

both_databases!(what_was_cut_short_is_met_by_nobody, |db: TestDb| cut_short(db));
