//! Holidays: what the migrations fill in, and every change of one.
use padankerja::{
    domain::{
        application::State,
        holiday::{Holiday, Kind},
    },
    store::{
        applications::{self, Application},
        holidays,
    },
};

use super::{account, application, at, day, id, insert_account, pair, refused};
use crate::support::database::{TestDb, both_databases};

fn holiday(on: &str, name: &str) -> Holiday {
    Holiday { day: day(on), name: name.to_owned(), kind: Kind::Local, estimate: true }
}

async fn shipped(db: &TestDb) {
    let mut tx = db.db.read().await.unwrap();
    let tx = &mut tx;
    let year = holidays::between(tx, day("2026-01-01"), day("2026-12-31")).await.unwrap();
    // The decree for 2026 has 17 holidays and 8 days of collective leave.
    let leave = year.iter().filter(|holiday| holiday.kind == Kind::CollectiveLeave).count();
    assert_eq!((year.len(), leave), (25, 8));
    assert!(year.iter().all(|holiday| !holiday.estimate && holiday.kind != Kind::Local));
    let year = holidays::between(tx, day("2027-01-01"), day("2027-12-31")).await.unwrap();
    let fixed: Vec<String> = year.iter().filter(|h| !h.estimate).map(|h| h.day.to_string()).collect();
    assert_eq!(fixed, ["2027-01-01", "2027-05-01", "2027-06-01", "2027-08-17", "2027-12-25"]);
    let moving: Vec<String> = year.iter().filter(|h| h.estimate).map(|h| h.day.to_string()).collect();
    assert_eq!(
        moving,
        [
            "2027-01-05",
            "2027-02-06",
            "2027-03-08",
            "2027-03-10",
            "2027-03-11",
            "2027-03-26",
            "2027-03-28",
            "2027-05-06",
            "2027-05-17",
            "2027-05-20",
            "2027-06-06",
            "2027-08-15",
            "2027-12-26",
        ]
    );
    assert!(year.iter().all(|holiday| holiday.kind == Kind::National));
    assert_eq!(holidays::days_from(tx, day("2026-01-01")).await.unwrap().len(), 25 + 18);
    let last = holidays::days_from(tx, day("2027-12-25")).await.unwrap();
    assert_eq!(last, [day("2027-12-25"), day("2027-12-26")]);
}

both_databases!(the_days_that_are_known_are_filled_in, |db: TestDb| shipped(db));

async fn changes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    let by = Some(account(1).id);
    let fresh = holiday("2028-07-15", "Hari Jadi");
    assert_eq!(holidays::find(tx, fresh.day).await.unwrap(), None);
    assert_eq!(holidays::set(tx, &fresh, by, at(0)).await.unwrap(), 0, "it is none yet");
    assert_eq!(holidays::insert(tx, &fresh, by, at(0)).await.unwrap(), 1);
    assert_eq!(holidays::insert(tx, &holiday("2028-07-15", "Lain"), None, at(1)).await.unwrap(), 0);
    assert_eq!(holidays::find(tx, fresh.day).await.unwrap(), Some(fresh.clone()));
    let fixed =
        Holiday { name: "Hari Jadi Sukoharjo".to_owned(), kind: Kind::National, estimate: false, ..fresh };
    assert_eq!(holidays::set(tx, &fixed, None, at(2)).await.unwrap(), 1);
    let year = holidays::between(tx, day("2028-01-01"), day("2028-12-31")).await.unwrap();
    assert_eq!(year.as_slice(), std::slice::from_ref(&fixed));
    assert_eq!(holidays::remove(tx, fixed.day).await.unwrap(), 1);
    assert_eq!(holidays::remove(tx, fixed.day).await.unwrap(), 0);
}

both_databases!(a_holiday_is_added_renamed_and_taken_away, |db: TestDb| changes(db));

both_databases!(a_year_out_of_range_is_refused_by_the_database, |db: TestDb| async move {
    for on in ["2019-12-31", "2101-01-01"] {
        let mut tx = db.db.write().await.unwrap();
        refused(holidays::insert(&mut tx, &holiday(on, "Jauh"), None, at(0)).await);
    }
    let mut tx = db.db.write().await.unwrap();
    refused(holidays::insert(&mut tx, &holiday("2028-01-01", ""), None, at(0)).await);
});

async fn told(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for (number, state, due) in [
        (1, State::Referred, Some("2026-03-05")),
        (2, State::Confirmed, Some("2026-03-09")),
        (3, State::Proposed, Some("2026-03-04")),
        (4, State::Dismissed, Some("2026-03-09")),
        (5, State::Queued, None),
    ] {
        pair(tx, number).await;
        let deadline = due.map(day);
        let row = Application { deadline, ..application(number, id(number), id(number), state) };
        applications::insert(tx, &row).await.unwrap();
    }
    for (from, count) in [("2026-03-04", 3), ("2026-03-05", 2), ("2026-03-06", 1), ("2026-03-10", 0)] {
        assert_eq!(holidays::told_from(tx, day(from)).await.unwrap(), count, "{from}");
    }
}

both_databases!(deadlines_told_on_a_day_or_later_are_counted, |db: TestDb| told(db));
