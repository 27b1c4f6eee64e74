//! People, their counters, wishes and what a match run reads of them.
use padankerja::{
    domain::{
        contact::{Content, Way},
        ids::PersonId,
    },
    store::{
        Db, organisations,
        people::{self, Counters, Person, Scope, Wishes},
    },
};

use super::{
    account, agreed, at, day, id, ids, insert_account, nominations::nominated, office, person, refused, same,
    some,
};
use crate::support::database::{TestDb, both_databases};

fn numbers(all: &[u128]) -> Vec<PersonId> {
    all.iter().map(|number| id(*number)).collect()
}

async fn scopes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    organisations::insert(tx, &office(1, None)).await.unwrap();
    insert_account(tx, &account(1)).await;
    let first = Person { created_at: at(5), ..person(1) };
    let second = Person { village: some("33.11.06.2001"), nominated_by: Some(id(1)), ..person(2) };
    let third = Person {
        created_at: at(5),
        family_key: None,
        sex: None,
        phone: None,
        village: None,
        address: None,
        education: None,
        major: None,
        disability: None,
        available_from: None,
        class_ends_on: None,
        ak1_number: None,
        objects_to_ranking: true,
        sample: false,
        ..person(3)
    };
    assert_eq!(people::count(tx).await.unwrap(), 0);
    let everybody = Scope::Office;
    for row in [&first, &second, &third] {
        assert_eq!(people::insert(tx, row).await.unwrap(), 1);
        same(people::find(tx, &everybody, row.id).await.unwrap(), Some(row));
        same(people::find_by_nik(tx, &row.nik_lookup).await.unwrap(), Some(row));
    }
    assert!(people::find_by_nik(tx, b"nobody").await.unwrap().is_none());
    let known = Person { id: id(4), ..first.clone() };
    assert_eq!(people::insert(tx, &known).await.unwrap(), 0, "the NIK is known");
    assert_eq!(people::count(tx).await.unwrap(), 3);
    people::attach(tx, account(1).id, first.id).await.unwrap();
    nominated(tx, 1, 2).await;

    let held = Scope::Account(account(1).id);
    let village = Scope::Village("33.11.05.2010".to_owned());
    assert!(people::find(tx, &village, id(1)).await.unwrap().is_none(), "nobody agreed to the companion");
    assert!(people::page(tx, &village, None, 9).await.unwrap().is_empty());
    agreed(tx, &[1]).await;
    let agency = Scope::Agency(id(1));
    let nothing = Scope::Agency(id(9));
    let reach: [(&Scope, &[u128]); 5] =
        [(&everybody, &[2, 1, 3]), (&held, &[1]), (&village, &[1]), (&agency, &[2]), (&nothing, &[])];
    for (scope, all) in reach {
        assert_eq!(ids!(people::page(tx, scope, None, 9).await), numbers(all), "{scope:?}");
        for number in 1..=4 {
            let found = people::find(tx, scope, id(number)).await.unwrap();
            assert_eq!(found.is_some(), all.contains(&number), "{scope:?} {number}");
        }
    }
    assert_eq!(ids!(people::page(tx, &everybody, None, 2).await), numbers(&[2, 1]));
    assert_eq!(ids!(people::page(tx, &everybody, Some((at(5), id(1))), 9).await), numbers(&[3]));
}

async fn edits(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
    }
    let before = person(1);
    let next = Person {
        name: "Nama lain".to_owned(),
        phone: None,
        village: some("33.11.06.2001"),
        address: None,
        education: some("sma"),
        major: None,
        disability: None,
        status: padankerja::domain::person::Status::Studying,
        available_from: None,
        class_ends_on: None,
        ak1_number: some("AK1-2"),
        objects_to_ranking: true,
        version: 2,
        updated_at: at(9),
        ..before.clone()
    };
    assert_eq!(people::swap_profile(tx, &before, &next).await.unwrap(), 1);
    same(people::find(tx, &Scope::Office, before.id).await.unwrap(), Some(&next));
    assert_eq!(people::swap_profile(tx, &before, &next).await.unwrap(), 0, "too late");
    same(people::find(tx, &Scope::Office, id(2)).await.unwrap(), Some(person(2)));

    assert!(people::lock(tx, id(9)).await.unwrap().is_none());
    let counters = Counters { id: before.id, live: 3, placed: 1 };
    assert_eq!(people::set_counters(tx, &counters).await.unwrap(), 1);
    same(people::lock(tx, before.id).await.unwrap(), Some(counters));
    same(people::lock(tx, id(2)).await.unwrap(), Some(Counters { id: id(2), live: 0, placed: 0 }));
    assert_eq!(people::set_counters(tx, &Counters { id: id(9), live: 0, placed: 0 }).await.unwrap(), 0);
    refused(people::set_counters(tx, &Counters { live: 4, ..counters }).await);
}

/// A second placement is refused; a locked row makes others wait (SQLite has one writer anyway).
async fn limits(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    people::insert(&mut tx, &person(1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.db.write().await.unwrap();
    refused(people::set_counters(&mut tx, &Counters { id: id(1), live: 0, placed: 2 }).await);
    drop(tx);
    let mut tx = db.db.write().await.unwrap();
    assert!(people::lock(&mut tx, id(1)).await.unwrap().is_some());
    if let Db::Postgres(pool) = &db.db {
        let skipping = "select id from people for update skip locked";
        let free = sqlx::query(skipping).fetch_all(pool).await.unwrap();
        assert_eq!(free.len(), 0, "the row is locked");
    }
}

async fn wishes_and_match_rows(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [2, 1] {
        people::insert(tx, &person(number)).await.unwrap();
    }
    same(people::wishes(tx, id(1)).await.unwrap(), Wishes::default());
    let wish = |floor| Wishes {
        wage_floor: Some(floor),
        max_distance_m: Some(10_000),
        shift_ok: Some(true),
        transport: some("motor"),
        dormitory_ok: Some(false),
        contact_way: Some(Way::Companion),
        contact_hour: some("sesudah magrib"),
        message_content: Some(Content::LinkOnly),
    };
    assert_eq!(people::set_wishes(tx, id(1), &wish(2_000_000)).await.unwrap(), 1);
    same(people::wishes(tx, id(1)).await.unwrap(), wish(2_000_000));
    let other = Wishes { shift_ok: None, transport: None, dormitory_ok: Some(true), ..wish(2_500_000) };
    assert_eq!(people::set_wishes(tx, id(1), &other).await.unwrap(), 1);
    same(people::wishes(tx, id(1)).await.unwrap(), &other);
    same(people::wishes(tx, id(2)).await.unwrap(), Wishes::default());

    people::set_counters(tx, &Counters { id: id(1), live: 2, placed: 1 }).await.unwrap();
    let rows = people::match_rows(tx).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), numbers(&[1, 2]), "by id");
    let (row, from) = (&rows[0], person(1));
    assert_eq!((row.birth_date, &row.sex, &row.disability), (from.birth_date, &from.sex, &from.disability));
    assert_eq!((&row.village, &row.education, &row.major), (&from.village, &from.education, &from.major));
    assert_eq!((&row.status, row.available_from), (&from.status, Some(day("2026-04-01"))));
    assert_eq!((row.registered_on, row.objects_to_ranking), (from.registered_on, false));
    assert_eq!((row.live, row.placed), (2, 1));
    assert_eq!((row.wage_floor, row.max_distance_m, row.shift_ok), (Some(2_500_000), Some(10_000), None));
    assert_eq!((&row.transport, row.dormitory_ok), (&None, Some(true)));
    assert_eq!((rows[1].wage_floor, rows[1].live, rows[1].dormitory_ok), (None, 0, None));

    let among = serde_json::to_string(&[id::<PersonId>(1), id(9)]).unwrap();
    same(people::match_rows_among(tx, &among).await.unwrap(), [&rows[0]]);
    let among = serde_json::to_string(&[id::<PersonId>(2), id(1)]).unwrap();
    same(people::match_rows_among(tx, &among).await.unwrap(), &rows);
    assert_eq!(people::match_rows_among(tx, "[]").await.unwrap().len(), 0);
    same(people::match_rows_after(tx, None, 9).await.unwrap(), &rows);
    same(people::match_rows_after(tx, None, 1).await.unwrap(), [&rows[0]]);
    same(people::match_rows_after(tx, Some(id(1)), 5).await.unwrap(), [&rows[1]]);
    assert_eq!(people::match_rows_after(tx, Some(id(2)), 5).await.unwrap().len(), 0);
    refused(people::set_wishes(tx, id(9), &wish(1)).await);
}

async fn busy(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for (number, live) in [(1, 0), (2, 2), (3, 3), (4, 3)] {
        people::insert(tx, &person(number)).await.unwrap();
        people::set_counters(tx, &Counters { id: id(number), live, placed: 0 }).await.unwrap();
    }
    let asked = serde_json::to_string(&numbers(&[3, 9, 1, 2])).unwrap();
    let among: [(&str, i64, &[u128]); 5] =
        [(&asked, 3, &[3]), (&asked, 2, &[2, 3]), (&asked, 0, &[1, 2, 3]), (&asked, 4, &[]), ("[]", 0, &[])];
    for (asked, most, expected) in among {
        let found = people::busy_among(tx, asked, most).await.unwrap();
        let mut found: Vec<PersonId> = found.into_iter().map(|(id,)| id).collect();
        found.sort_unstable();
        assert_eq!(found, numbers(expected), "{asked} {most}");
    }
}

both_databases!(people_inside_a_scope, |db: TestDb| scopes(db));
both_databases!(people_change_once, |db: TestDb| edits(db));
both_databases!(limits_of_a_person, |db: TestDb| limits(db));
both_databases!(who_is_busy, |db: TestDb| busy(db));
both_databases!(wishes_and_rows_for_a_run, |db: TestDb| wishes_and_match_rows(db));
