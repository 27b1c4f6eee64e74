//! Open vacancies in short: those of verified employers that take applications on a day, newest first.
use padankerja::{
    domain::{employer, vacancy::State},
    store::{
        employers::{self, Employer},
        posted,
        vacancies::{self, Vacancy},
    },
};

use super::{at, day, id};
use crate::support::{
    build,
    database::{TestDb, both_databases},
};

async fn open(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for (number, state) in [(1, employer::State::Verified), (2, employer::State::Suspended)] {
        let row = Employer { state, ..build::employer(id(number), at(0)) };
        employers::insert(tx, &row).await.unwrap();
    }
    let rows = [
        (1, 1, State::Open, "2026-03-31"),
        (2, 1, State::Open, "2026-03-02"),
        (3, 1, State::Open, "2026-03-01"),
        (4, 1, State::Paused, "2026-03-31"),
        (5, 2, State::Open, "2026-03-31"),
    ];
    for (number, of, state, closes) in rows {
        let made = at(i64::try_from(number).unwrap());
        let row = Vacancy {
            state,
            closes_on: closes.parse().ok(),
            village: Some("33.11.05.2010".to_owned()),
            ..build::vacancy(id(number), id(of), made)
        };
        assert_eq!(vacancies::insert(tx, &row).await.unwrap(), 1);
    }
    let found = posted::open_on(tx, day("2026-03-02")).await.unwrap();
    let ids: Vec<_> = found.iter().map(|row| row.id).collect();
    assert_eq!(ids, [id(2), id(1)], "newest first");
    assert_eq!(found[0].employer_name, build::employer(id(1), at(0)).name);
}

both_databases!(every_function, |db: TestDb| open(db));
