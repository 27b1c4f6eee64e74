//! Flags of vacancies: who is judged again, what is stored of it, which lists show it.
use padankerja::{
    domain::{
        employer as company,
        flag::{Evidence, FlagKind, Kept},
        ids::VacancyId,
        vacancy::State,
    },
    store::{
        Tx,
        employers::{self, Employer},
        flags,
        vacancies::{self, Filter, Scope, Vacancy},
    },
};
use sqlx::types::Json;

use super::{at, employer, id, some, vacancy};
use crate::support::database::{TestDb, both_databases};

/// Vacancies 1 and 2 are open, 3 is a draft; the present finder judged 2.
async fn stored(tx: &mut Tx) {
    let mine = Employer { state: company::State::Verified, ..employer(1) };
    employers::insert(tx, &mine).await.unwrap();
    let judged = |finder: &str, state, number| Vacancy {
        judged_by: finder.to_owned(),
        state,
        created_at: at(i64::try_from(number).unwrap()),
        ..vacancy(number, &mine)
    };
    for row in [judged("", State::Open, 1), judged("2-aa", State::Open, 2), judged("", State::Draft, 3)] {
        assert_eq!(vacancies::insert(tx, &row).await.unwrap(), 1);
    }
}

fn later() -> Json<Vec<Kept>> {
    let evidence = Evidence { column: "description".to_owned(), sentence: "maks 27 th".to_owned() };
    Json(vec![Kept { evidence: vec![evidence], found_later: true, ..Kept::new(FlagKind::Age) }])
}

async fn waiting(tx: &mut Tx, filter: Filter) -> Vec<VacancyId> {
    let filter = Filter { flags_open: true, ..filter };
    let page = vacancies::listed_page(tx, Scope::Office, filter, None, 9).await.unwrap();
    page.iter().map(|row| row.vacancy.id).collect()
}

async fn judgements(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let first: VacancyId = id(1);
    assert_eq!(flags::judged_otherwise(tx, "2-aa").await.unwrap(), [first]);
    assert_eq!(flags::judged_otherwise(tx, "3-bb").await.unwrap(), [first, id(2)]);
    assert_eq!(flags::count_waiting(tx).await.unwrap(), 0);

    assert_eq!(flags::set_judgement(tx, first, later(), "2-aa", Some(at(7))).await.unwrap(), 1);
    assert_eq!(flags::set_judgement(tx, id(3), later(), "2-aa", None).await.unwrap(), 0, "a draft");
    assert_eq!(flags::set_judgement(tx, id(9), later(), "2-aa", None).await.unwrap(), 0);
    let row = vacancies::find(tx, None, first).await.unwrap().unwrap();
    assert_eq!((row.flags.0, row.judged_by.as_str(), row.flags_open_since), (later().0, "2-aa", Some(at(7))));
    assert_eq!((row.version, row.updated_at), (1, at(1)), "no new version");
    assert_eq!(flags::judged_otherwise(tx, "2-aa").await.unwrap(), []);

    assert_eq!(flags::count_waiting(tx).await.unwrap(), 1);
    let nothing = Filter::default();
    assert_eq!(waiting(tx, nothing).await, [first]);
    assert_eq!(
        waiting(tx, Filter { employer: Some(id(1)), state: Some(State::Open), ..nothing }).await,
        [first]
    );
    assert_eq!(waiting(tx, Filter { employer: Some(id(2)), ..nothing }).await, []);
    assert_eq!(waiting(tx, Filter { state: Some(State::Draft), ..nothing }).await, []);
    let own =
        vacancies::listed_page(tx, Scope::Owner(id(1)), Filter { flags_open: true, ..nothing }, None, 9);
    assert_eq!(own.await.unwrap().len(), 0, "the list is the office's");

    // It waits also while it is paused; what was closed meanwhile waits for nobody.
    assert_eq!(flags::set_judgement(tx, id(2), later(), "2-aa", Some(at(7))).await.unwrap(), 1);
    for (number, state) in [(1, State::Paused), (2, State::Closed)] {
        let counters = vacancies::lock(tx, id(number)).await.unwrap().unwrap();
        assert_eq!(vacancies::swap_state(tx, &counters, state, at(1)).await.unwrap(), 1);
    }
    assert_eq!((flags::count_waiting(tx).await.unwrap(), waiting(tx, nothing).await), (1, vec![first]));

    let answered = || Json(vec![Kept { reason: some("memanjat menara air"), ..later().0[0].clone() }]);
    assert_eq!(flags::answer(tx, first, 1, answered(), at(8)).await.unwrap(), 0, "another version");
    assert_eq!(flags::answer(tx, first, 2, answered(), at(8)).await.unwrap(), 1);
    let row = vacancies::find(tx, None, first).await.unwrap().unwrap();
    assert_eq!((row.flags.0, row.version, row.updated_at), (answered().0, 3, at(8)));
    assert_eq!((row.flags_open_since, waiting(tx, nothing).await), (None, vec![]));

    assert_eq!(flags::set_published(tx, id(3), answered(), "3-bb").await.unwrap(), 1);
    let row = vacancies::find(tx, None, id(3)).await.unwrap().unwrap();
    assert_eq!((row.flags.0, row.judged_by.as_str(), row.flags_open_since), (answered().0, "3-bb", None));
    assert_eq!(flags::set_published(tx, id(9), answered(), "3-bb").await.unwrap(), 0);
}

/// Rows of an earlier program hold kinds alone.
async fn old_rows(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    stored(&mut tx).await;
    tx.commit().await.unwrap();
    db.execute("update vacancies set flags = '[\"age\", \"wage_below_minimum\"]'").await;
    let mut tx = db.db.read().await.unwrap();
    let row = vacancies::find(&mut tx, None, id(1)).await.unwrap().unwrap();
    assert_eq!(row.flags.0, [Kept::new(FlagKind::Age), Kept::new(FlagKind::WageBelowMinimum)]);
}

both_databases!(vacancies_are_judged_again_and_answered, |db: TestDb| judgements(db));
both_databases!(flags_of_old_rows_are_read, |db: TestDb| old_rows(db));
