//! The lists of the command line, by what is remembered of people, vacancies and applications.
use padankerja::{
    domain::{
        application::State,
        employer::State as Standing,
        flag::{FlagKind, Kept},
        person::Status,
        vacancy::State as Stage,
    },
    store::{
        Tx, applications, employers, flags,
        overview::{self, ApplicationFilter, PeopleFilter, VacancyFilter},
        people::{self, Person},
        vacancies::{self, Vacancy},
    },
};
use sqlx::types::Json;

use super::{application, at, day, employer, id, ids, person, some, vacancy};
use crate::support::database::{TestDb, both_databases};

/// Three people (3 is the newest), vacancies 1 (open) and 2 (draft) of two employers, an application each.
async fn stored(tx: &mut Tx) {
    let suspended = employers::Employer { state: Standing::Suspended, ..employer(2) };
    for owner in [employer(1), suspended] {
        employers::insert(tx, &owner).await.unwrap();
    }
    let draft = Vacancy { title: "Las listrik".to_owned(), state: Stage::Draft, ..vacancy(2, &employer(2)) };
    for row in [vacancy(1, &employer(1)), Vacancy { created_at: at(9), ..draft }] {
        vacancies::insert(tx, &row).await.unwrap();
    }
    for row in [
        Person { name: "SITI Aminah".to_owned(), ..person(1) },
        Person {
            village: some("33.11.06.2001"),
            phone: some("+6281234500001"),
            created_at: at(2),
            ..person(2)
        },
        Person { status: Status::Studying, village: None, phone: None, created_at: at(3), ..person(3) },
    ] {
        people::insert(tx, &row).await.unwrap();
    }
    for row in [
        application(1, id(1), id(1), State::Referred),
        applications::Application { created_at: at(5), ..application(2, id(2), id(1), State::Proposed) },
        applications::Application {
            created_at: at(6),
            deadline: Some(day("2026-03-09")),
            ..application(3, id(1), id(2), State::Confirmed)
        },
    ] {
        applications::insert(tx, &row).await.unwrap();
    }
}

async fn people_found(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let none = PeopleFilter::default;
    let area = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
    for (filter, expected) in [
        (none(), &[3_u128, 2, 1][..]),
        (PeopleFilter { status: Some(Status::Studying), ..none() }, &[3]),
        (PeopleFilter { name: some("%siti%ami%"), ..none() }, &[1]),
        (PeopleFilter { phone: some("%0001"), ..none() }, &[2]),
        (PeopleFilter { nik_lookup: Some(2_u128.to_be_bytes().to_vec()), ..none() }, &[2]),
        (PeopleFilter { nik_lookup: Some(b"nobody".to_vec()), ..none() }, &[]),
        (PeopleFilter { area: area("33.11.05", "33.11.06"), ..none() }, &[1]),
        (PeopleFilter { area: area("33.11.05", "33.11.07"), ..none() }, &[2, 1]),
        (PeopleFilter { area: area("33.11.05", "33.11.07"), name: some("%siti%"), ..none() }, &[1]),
    ] {
        let found = ids!(overview::people(tx, &filter, None, 9).await);
        assert_eq!(found, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{filter:?}");
    }
    assert_eq!(ids!(overview::people(tx, &none(), None, 1).await), [id(3)]);
    assert_eq!(ids!(overview::people(tx, &none(), Some((at(3), id(3))), 9).await), [id(2), id(1)]);
}

async fn vacancies_found(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let none = VacancyFilter::default;
    for (filter, expected) in [
        (none(), &[2_u128, 1][..]),
        (VacancyFilter { state: Some(Stage::Open), ..none() }, &[1]),
        (VacancyFilter { title: some("%las%"), ..none() }, &[2]),
        (VacancyFilter { employer_name: some("%contoh 1%"), ..none() }, &[1]),
        (VacancyFilter { employer: Some(id(2)), ..none() }, &[2]),
        (VacancyFilter { employer: Some(id(9)), ..none() }, &[]),
    ] {
        let found = ids!(overview::vacancies(tx, &filter, 9).await);
        assert_eq!(found, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{filter:?}");
    }
    let waiting = VacancyFilter { flags_open: true, ..none() };
    assert_eq!(overview::vacancies(tx, &waiting, 9).await.unwrap().len(), 0);
    let later = vec![Kept { found_later: true, ..Kept::new(FlagKind::Age) }];
    let judged = flags::set_judgement(tx, id(1), Json(later.clone()), "2-aa", Some(at(7)));
    assert_eq!(judged.await.unwrap(), 1);
    let found = overview::vacancies(tx, &waiting, 9).await.unwrap();
    assert_eq!((found.len(), found[0].id, &found[0].flags.0), (1, id(1), &later));
    let elsewhere = VacancyFilter { employer: Some(id(2)), ..waiting };
    assert_eq!(overview::vacancies(tx, &elsewhere, 9).await.unwrap().len(), 0);
    let newest = overview::vacancies(tx, &none(), 1).await.unwrap().remove(0);
    assert_eq!((newest.id, newest.title.as_str(), newest.seats), (id(2), "Las listrik", Some(2)));
    assert_eq!((newest.employer_name.as_str(), newest.closes_on), ("PT Contoh 2", Some(day("2026-12-31"))));
}

async fn applications_found(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let none = ApplicationFilter::default;
    let due = |text| Some(day(text));
    for (filter, expected) in [
        (none(), &[3_u128, 2, 1][..]),
        (ApplicationFilter { state: Some(State::Proposed), ..none() }, &[2]),
        (ApplicationFilter { person: Some(id(1)), ..none() }, &[3, 1]),
        (ApplicationFilter { person: Some(id(1)), vacancy: Some(id(1)), ..none() }, &[1]),
        (ApplicationFilter { person: Some(id(1)), state: Some(State::Confirmed), ..none() }, &[3]),
        (ApplicationFilter { vacancy: Some(id(1)), ..none() }, &[2, 1]),
        (ApplicationFilter { due_before: due("2026-03-06"), ..none() }, &[1]),
        (ApplicationFilter { due_before: due("2026-03-10"), ..none() }, &[3, 1]),
        (ApplicationFilter { due_before: due("2026-03-10"), state: Some(State::Confirmed), ..none() }, &[3]),
        (ApplicationFilter { due_before: due("2026-03-05"), ..none() }, &[]),
    ] {
        let found = ids!(overview::applications(tx, &filter, 9).await);
        assert_eq!(found, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{filter:?}");
    }
    let newest = overview::applications(tx, &none(), 1).await.unwrap().remove(0);
    assert_eq!((newest.person_name.as_str(), newest.title.as_str()), ("SITI Aminah", "Las listrik"));
    assert_eq!(newest.employer_state, Standing::Suspended);
}

both_databases!(people_by_what_is_remembered, |db: TestDb| people_found(db));
both_databases!(vacancies_by_what_is_remembered, |db: TestDb| vacancies_found(db));
both_databases!(applications_by_what_is_remembered, |db: TestDb| applications_found(db));
