//! Vacancies, their counters and lists.
use padankerja::{
    domain::{
        employer as company,
        flag::{FlagKind, Kept},
        ids::VacancyId,
        machine::Actor,
        vacancy::{Event, State},
    },
    store::{
        Db, Tx,
        employers::{self, Employer},
        events::{self, Change},
        vacancies::{self, Counters, Filter, Scope, Vacancy},
    },
};
use sqlx::types::Json;

use super::{at, day, employer, id, ids, refused, same, some, vacancy};
use crate::support::database::{TestDb, both_databases};

fn numbers(all: &[u128]) -> Vec<VacancyId> {
    all.iter().map(|number| id(*number)).collect()
}

async fn found(tx: &mut Tx, number: u128) -> Vacancy {
    vacancies::find(tx, None, id(number)).await.unwrap().unwrap()
}

/// Two employers; the first has 1 (open, newer), 3 (draft, older) and 4 (open until yesterday), the second has 2 (open).
async fn stored(tx: &mut Tx) -> [Vacancy; 4] {
    let verified = |number| Employer { state: company::State::Verified, ..employer(number) };
    let (mine, other) = (verified(1), verified(2));
    for owner in [&mine, &other] {
        employers::insert(tx, owner).await.unwrap();
    }
    let draft = Vacancy {
        state: State::Draft,
        occupation_code: None,
        village: None,
        place_text: None,
        seats: None,
        reserved_seats: 0,
        slots: 0,
        wage_min: None,
        wage_max: None,
        employment_type: None,
        closes_on: None,
        source: None,
        external_id: None,
        ..vacancy(3, &mine)
    };
    let all = [
        Vacancy { created_at: at(5), ..vacancy(1, &mine) },
        Vacancy { created_at: at(2), ..vacancy(2, &other) },
        draft,
        Vacancy { created_at: at(5), closes_on: Some(day("2026-03-01")), ..vacancy(4, &mine) },
    ];
    for row in &all {
        assert_eq!(vacancies::insert(tx, row).await.unwrap(), 1);
    }
    all
}

async fn lists(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let all = stored(tx).await;
    for row in &all {
        same(vacancies::find(tx, None, row.id).await.unwrap(), Some(row));
        same(vacancies::find(tx, Some(row.employer_id), row.id).await.unwrap(), Some(row));
    }
    assert!(vacancies::find(tx, Some(id(2)), id(1)).await.unwrap().is_none(), "not theirs");
    assert!(vacancies::find(tx, None, id(9)).await.unwrap().is_none());
    assert_eq!(ids!(vacancies::imported(tx, id(1)).await), numbers(&[1, 4]), "3 was posted by hand");
    let again = Vacancy { id: id(5), ..all[0].clone() };
    assert_eq!(vacancies::insert(tx, &again).await.unwrap(), 0, "the source gave this one already");

    assert_eq!(ids!(vacancies::in_state(tx, State::Open).await), numbers(&[1, 2, 4]));
    assert_eq!(ids!(vacancies::in_state(tx, State::Filled).await), numbers(&[]));
    assert_eq!(vacancies::count_by_state(tx).await.unwrap(), [(State::Draft, 1), (State::Open, 3)]);
    same(vacancies::last_of_employer(tx, id(1)).await.unwrap(), Some(&all[3]));
    assert!(vacancies::last_of_employer(tx, id(9)).await.unwrap().is_none());
}

async fn listings(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let all = stored(tx).await;
    let (public, owner) = (Scope::OpenOn(day("2026-03-02")), Scope::Owner(id(1)));
    let last_day = Scope::OpenOn(day("2026-03-01"));
    let nothing = Filter::default();
    let of = |number| Filter { employer: Some(id(number)), ..nothing };
    let drafts = Filter { state: Some(State::Draft), ..nothing };
    let open = Filter { state: Some(State::Open), ..nothing };
    let reach: [(Scope, Filter, &[u128]); 16] = [
        (Scope::Office, nothing, &[3, 2, 1, 4]),
        (Scope::Office, of(1), &[3, 1, 4]),
        (Scope::Office, drafts, &[3]),
        (Scope::Office, open, &[2, 1, 4]),
        (Scope::Office, Filter { employer: Some(id(1)), ..open }, &[1, 4]),
        (public, nothing, &[2, 1]),
        (public, of(1), &[1]),
        (public, open, &[2, 1]),
        (public, drafts, &[]),
        (last_day, of(1), &[1, 4]),
        (owner, nothing, &[3, 1, 4]),
        (owner, of(1), &[3, 1, 4]),
        (owner, of(2), &[]),
        (owner, drafts, &[3]),
        (owner, open, &[1, 4]),
        (Scope::Owner(id(9)), nothing, &[]),
    ];
    for (scope, filter, expected) in reach {
        let page = vacancies::listed_page(tx, scope, filter, None, 9).await.unwrap();
        let found: Vec<VacancyId> = page.iter().map(|row| row.vacancy.id).collect();
        assert_eq!(found, numbers(expected), "{scope:?} {filter:?}");
        // The same page by page.
        let (mut after, mut again) = (None, Vec::new());
        while let Some(row) = vacancies::listed_page(tx, scope, filter, after, 1).await.unwrap().pop() {
            after = Some((row.vacancy.created_at, row.vacancy.id));
            again.push(row.vacancy.id);
        }
        assert_eq!(again, found, "{scope:?} {filter:?}");
    }
    let page = vacancies::listed_page(tx, owner, nothing, Some((at(0), id(3))), 1).await.unwrap();
    same(&page[0].vacancy, &all[0]);
    assert_eq!((page.len(), page[0].employer_name.as_str()), (1, "PT Contoh 1"));
    assert_eq!(page[0].employer_state, company::State::Verified);
    let one = vacancies::listed(tx, public, id(2)).await.unwrap().unwrap();
    same(&one.vacancy, &all[1]);
    assert_eq!(one.employer_name, "PT Contoh 2");
    // A closing date counts as open; the day after does not.
    for (scope, number, seen) in
        [(public, 4, false), (public, 3, false), (owner, 2, false), (owner, 3, true), (last_day, 4, true)]
    {
        assert_eq!(vacancies::listed(tx, scope, id(number)).await.unwrap().is_some(), seen, "{number}");
    }
    of_a_suspended_employer(tx, &all[0]).await;
}

/// Whatever an employer has is hidden from the public while it is suspended.
async fn of_a_suspended_employer(tx: &mut Tx, first: &Vacancy) {
    let public = Scope::OpenOn(day("2026-03-02"));
    let all_open = vacancies::open(tx).await.unwrap();
    let found: Vec<VacancyId> = all_open.iter().map(|row| row.vacancy.id).collect();
    assert_eq!(found, numbers(&[1, 2, 4]), "whether they take people is asked of each");
    same(&all_open[0].vacancy, first);
    let asked: Vec<VacancyId> = (1..=45).rev().map(id).collect();
    let mut among: Vec<VacancyId> =
        vacancies::open_among(tx, &asked).await.unwrap().into_iter().map(|row| row.vacancy.id).collect();
    among.sort_unstable();
    assert_eq!(among, found, "however many are asked for");
    assert!(vacancies::open_among(tx, &[]).await.unwrap().is_empty());
    assert_eq!(vacancies::open_of_suspended(tx).await.unwrap(), []);
    let owner = employers::find(tx, id(1)).await.unwrap().unwrap();
    employers::swap_state(tx, &owner, company::State::Suspended, at(9)).await.unwrap();
    assert_eq!(vacancies::open_of_suspended(tx).await.unwrap(), numbers(&[1, 4]));
    let page = vacancies::listed_page(tx, public, Filter::default(), None, 9).await.unwrap();
    assert_eq!((page.len(), page[0].vacancy.id), (1, id(2)), "the public sees none of a suspended employer");
    assert!(vacancies::listed(tx, public, id(1)).await.unwrap().is_none());
    let own = vacancies::listed(tx, Scope::Owner(id(1)), id(1)).await.unwrap().unwrap();
    assert_eq!(own.employer_state, company::State::Suspended);
    assert_eq!(vacancies::lock(tx, id(1)).await.unwrap().unwrap().employer_state, company::State::Suspended);
}

/// What paused a vacancy last is told by its events.
async fn pauses(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let change = |number: u128, of: u128, version, event: Event, from, to| Change {
        id: id(number),
        object: id::<VacancyId>(of),
        version,
        event: event.as_str(),
        from: Some(from),
        to,
        actor: Actor::System,
        account: None,
        reason: None,
        cause: None,
        at: at(version),
    };
    for row in [
        change(1, 1, 2, Event::Suspend, "open", "paused"),
        change(2, 1, 3, Event::Reinstate, "paused", "open"),
        change(3, 1, 4, Event::Pause, "open", "paused"),
        change(4, 1, 5, Event::Extend, "paused", "paused"),
        change(5, 4, 2, Event::Pause, "open", "paused"),
        change(6, 4, 3, Event::Resume, "paused", "open"),
        change(7, 4, 4, Event::Suspend, "open", "paused"),
    ] {
        events::record_vacancy(tx, &row).await.unwrap();
    }
    let expected = [(id(1), State::Open, Some(Event::Pause)), (id(4), State::Open, Some(Event::Suspend))];
    assert_eq!(vacancies::running_of(tx, id(1)).await.unwrap(), expected, "not the draft");
    assert_eq!(vacancies::running_of(tx, id(2)).await.unwrap(), [(id(2), State::Open, None)]);
    assert_eq!(vacancies::running_of(tx, id(9)).await.unwrap(), []);
}

async fn swaps(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let [before, foreign, ..] = stored(tx).await;
    let list = |text: &str| Json(vec![text.to_owned()]);
    let next = Vacancy {
        title: "Operator obras".to_owned(),
        occupation_code: some("8154"),
        description: "Mengobras".to_owned(),
        village: some("33.11.06.2001"),
        place_text: None,
        seats: Some(5),
        reserved_seats: 2,
        slots: 10,
        wage_min: Some(1),
        wage_max: Some(2),
        working_hours: some("30 jam"),
        conditions: None,
        shuttle: None,
        dormitory: Some(true),
        shifts: Some(false),
        employment_type: some("magang"),
        education_min: some("sma"),
        experience_months: Some(0),
        skills: list("obras"),
        certificates: list("SIO"),
        closes_on: Some(day("2027-01-01")),
        age_min: None,
        age_max: Some(50),
        sex: None,
        marital_status: None,
        flags: Json(vec![Kept { reason: some("alasan petugas sendiri"), ..Kept::new(FlagKind::Sex) }]),
        missing: Json(Vec::new()),
        restriction_reason: None,
        written_reason: None,
        judged_by: "2-aa".to_owned(),
        flags_open_since: Some(at(4)),
        portal_url: None,
        portal_reported: false,
        state: State::Paused,
        version: 2,
        updated_at: at(9),
        ..before.clone()
    };
    assert_eq!(vacancies::swap_content(tx, &before, &next).await.unwrap(), 1);
    same(found(tx, 1).await, &next);
    assert_eq!(vacancies::swap_content(tx, &before, &next).await.unwrap(), 0, "too late");
    let stale = Vacancy { version: 1, ..next.clone() };
    assert_eq!(vacancies::swap_content(tx, &stale, &next).await.unwrap(), 0, "the version counts");

    let counters = vacancies::lock(tx, id(1)).await.unwrap().unwrap();
    assert_eq!(vacancies::swap_state(tx, &counters, State::Open, at(11)).await.unwrap(), 1);
    same(found(tx, 1).await, Vacancy { state: State::Open, version: 3, updated_at: at(11), ..next.clone() });
    assert_eq!(vacancies::swap_state(tx, &counters, State::Closed, at(12)).await.unwrap(), 0, "too late");
    let stale = Counters { state: State::Open, ..counters };
    assert_eq!(vacancies::swap_state(tx, &stale, State::Closed, at(12)).await.unwrap(), 0);
    same(found(tx, 2).await, foreign);
}

async fn counters(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    stored(&mut tx).await;
    tx.commit().await.unwrap();
    let mut writer = db.db.write().await.unwrap();
    let tx = &mut writer;
    assert_eq!(vacancies::set_counters(tx, id(1), 2, 3, 5).await.unwrap(), 1);
    assert_eq!(vacancies::set_answers(tx, id(1), 4, 3).await.unwrap(), 1);
    assert_eq!(vacancies::set_said(tx, id(1), "cari yang lain".to_owned()).await.unwrap(), 1);
    assert_eq!(vacancies::set_answers(tx, id(1), 5, 4).await.unwrap(), 1);
    assert_eq!(vacancies::set_closes_on(tx, id(1), day("2027-01-31")).await.unwrap(), 1);
    let row = found(tx, 1).await;
    assert_eq!(row.closes_on, Some(day("2027-01-31")));
    assert_eq!((row.taken, row.live, row.slots), (2, 3, 5));
    assert_eq!((row.answers, row.refusals), (5, 4));
    assert_eq!(
        (row.said.as_deref(), row.said_at_answers, row.said_at_refusals),
        (Some("cari yang lain"), 4, 3)
    );
    assert_eq!((row.version, row.updated_at), (1, at(1)), "counters are no new version");
    let locked = vacancies::lock(tx, id(1)).await.unwrap().unwrap();
    let expected = Counters {
        id: id(1),
        employer_id: id(1),
        employer_state: company::State::Verified,
        state: State::Open,
        seats: Some(2),
        taken: 2,
        live: 3,
        slots: 5,
        answers: 5,
        refusals: 4,
        said_at_answers: 4,
        said_at_refusals: 3,
        closes_on: Some(day("2027-01-31")),
        version: 1,
    };
    same(&locked, expected);
    if let Db::Postgres(pool) = &db.db {
        let skipping = "select id from vacancies where id = $1 for update skip locked";
        let free = sqlx::query(skipping).bind(locked.id).fetch_all(pool).await.unwrap();
        assert_eq!(free.len(), 0, "the row is locked");
    }
    assert!(vacancies::lock(tx, id(9)).await.unwrap().is_none());
    assert_eq!(vacancies::set_counters(tx, id(9), 0, 0, 0).await.unwrap(), 0);
    assert_eq!(vacancies::set_answers(tx, id(9), 0, 0).await.unwrap(), 0);
    assert_eq!(vacancies::set_said(tx, id(9), String::new()).await.unwrap(), 0);
    assert_eq!(vacancies::set_closes_on(tx, id(9), day("2027-01-31")).await.unwrap(), 0);
    assert_eq!(found(tx, 2).await.live, 0);
    writer.commit().await.unwrap();
    limits(db).await;
}

/// The limits stand behind whatever computes the counters: seats, slots, refusals among answers.
async fn limits(db: &TestDb) {
    for (taken, live, slots) in [(3, 0, 0), (0, 3, 2), (-1, 0, 0), (0, -1, 0)] {
        let mut tx = db.db.write().await.unwrap();
        refused(vacancies::set_counters(&mut tx, id(1), taken, live, slots).await);
    }
    let mut tx = db.db.write().await.unwrap();
    refused(vacancies::set_answers(&mut tx, id(1), 1, 2).await);
}

both_databases!(vacancies_are_found, |db: TestDb| lists(db));
both_databases!(vacancies_a_caller_may_see, |db: TestDb| listings(db));
/// Migration 0006 on rows of an earlier version: the one text they had goes where it is safe.
async fn two_reasons(db: &TestDb) {
    let (folder, migration) = match &db.db {
        Db::Sqlite { .. } => ("sqlite", include_str!("../../../migrations/sqlite/0006_employer_pauses.sql")),
        Db::Postgres(_) => {
            ("postgres", include_str!("../../../migrations/postgres/0006_employer_pauses.sql"))
        }
    };
    raw(db, "alter table vacancies drop column written_reason").await;
    let mut tx = db.db.write().await.unwrap();
    let [open, ..] = stored(&mut tx).await;
    let more = |number: u128, state| Vacancy {
        state,
        external_id: some(&number.to_string()),
        id: id(number),
        ..open.clone()
    };
    for row in
        [more(5, State::Submitted), more(6, State::Closed), more(7, State::Closed), more(8, State::Paused)]
    {
        assert_eq!(vacancies::insert(&mut tx, &row).await.unwrap(), 1);
    }
    let published = Change {
        id: id(1),
        object: id::<VacancyId>(7),
        version: 1,
        event: Event::Publish.as_str(),
        from: Some("submitted"),
        to: "open",
        actor: Actor::Staff,
        account: None,
        reason: some("boleh"),
        cause: None,
        at: at(1),
    };
    events::record_vacancy(&mut tx, &published).await.unwrap();
    tx.commit().await.unwrap();
    raw(db, migration).await;
    let mut tx = db.db.read().await.unwrap();
    for (number, in_both) in [(1, true), (8, true), (7, true), (3, false), (5, false), (6, false)] {
        let row = found(&mut tx, number).await;
        assert_eq!(row.restriction_reason.as_deref(), Some("alasan"), "{folder} {number}");
        assert_eq!(row.written_reason.as_deref(), in_both.then_some("alasan"), "{folder} {number}");
    }
}

async fn raw(db: &TestDb, text: &'static str) {
    match &db.db {
        Db::Sqlite { write, .. } => sqlx::raw_sql(text).execute(write).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::raw_sql(text).execute(pool).await.map(|_| ()),
    }
    .unwrap();
}

both_databases!(old_rows_get_two_reasons, |db: TestDb| two_reasons(db));
both_databases!(what_paused_a_vacancy, |db: TestDb| pauses(db));
both_databases!(vacancies_change_once, |db: TestDb| swaps(db));
both_databases!(counters_and_limits, |db: TestDb| counters(db));
