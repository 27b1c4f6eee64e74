//! Events of applications, vacancies and employers, and audit rows: written once, read in order, never changed.
use padankerja::{
    domain::{
        access::AuditActor,
        application::{Event, State},
        ids::{ApplicationId, EmployerId, EventId, VacancyId},
        machine::Actor,
    },
    store::{
        Db, Tx, applications,
        events::{self, ApplicationEvent, Change},
    },
};
use sqlx::AssertSqlSafe;

use super::{account, application, at, id, insert_account, pair, refused, same, some};
use crate::support::database::{TestDb, both_databases};

pub(super) fn event(
    number: u128,
    of: u128,
    version: i64,
    from: Option<State>,
    to: State,
) -> ApplicationEvent {
    ApplicationEvent {
        id: id(number),
        application_id: id(of),
        version,
        event: Event::Confirm,
        from_state: from,
        to_state: to,
        actor: Actor::Staff,
        account_id: None,
        organisation_id: None,
        reason: None,
        cause_id: None,
        at: at(version),
        shared: false,
        helped: false,
    }
}

pub(super) async fn stored(tx: &mut Tx) {
    insert_account(tx, &account(1)).await;
    for number in [1, 2] {
        pair(tx, number).await;
    }
    for (number, vacancy) in [(1, 1), (2, 1), (3, 2)] {
        let person = if number == 2 { 2 } else { 1 };
        let row = application(number, id(person), id(vacancy), State::Confirmed);
        assert_eq!(applications::insert(tx, &row).await.unwrap(), 1);
    }
}

async fn history(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    let full = ApplicationEvent {
        account_id: Some(account(1).id),
        organisation_id: Some(id(5)),
        reason: some("other: kata sendiri"),
        cause_id: Some(id(20)),
        shared: true,
        helped: true,
        ..event(10, 1, 2, Some(State::Proposed), State::Confirmed)
    };
    let first = event(20, 1, 1, None, State::Proposed);
    events::record(tx, &first).await.unwrap();
    events::record(tx, &full).await.unwrap();
    let caused = ApplicationEvent { cause_id: Some(id(20)), ..event(9, 2, 1, None, State::Proposed) };
    events::record(tx, &caused).await.unwrap();
    same(events::history(tx, id(1)).await.unwrap(), [&first, &full]);
    same(events::history(tx, id(9)).await.unwrap(), [(); 0]);
    let asked = |all: &[u128]| {
        serde_json::to_string(&all.iter().map(|n| id::<ApplicationId>(*n)).collect::<Vec<_>>()).unwrap()
    };
    same(events::histories(tx, &asked(&[9, 1])).await.unwrap(), [&first, &full]);
    same(events::histories(tx, &asked(&[9])).await.unwrap(), [(); 0]);
    same(events::histories(tx, &asked(&[])).await.unwrap(), [(); 0]);
    same(events::last(tx, id(1)).await.unwrap(), Some(&full));
    assert!(events::last(tx, id(3)).await.unwrap().is_none());
    same(events::caused_by(tx, id(20)).await.unwrap(), [&caused, &full]);
    same(events::caused_by(tx, id(9)).await.unwrap(), [(); 0]);
    // A version has one event.
    refused(events::record(tx, &event(30, 1, 2, None, State::Proposed)).await);
}

async fn entered(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    stored(tx).await;
    use State::{Confirmed, Hired, Interview, Proposed, Referred};
    let count = async |tx: &mut Tx, since: u128| {
        events::entered_since(tx, id(1), id::<EventId>(since)).await.unwrap()
    };
    for row in [
        event(10, 1, 1, None, Confirmed),
        event(11, 1, 2, Some(Confirmed), Hired),
        ApplicationEvent { cause_id: Some(id(11)), ..event(12, 2, 1, Some(Proposed), Referred) },
        event(13, 2, 2, Some(Referred), Interview),
        // For another vacancy.
        event(14, 3, 1, Some(Proposed), Confirmed),
    ] {
        events::record(tx, &row).await.unwrap();
    }
    assert_eq!(count(tx, 9).await, 2);
    assert_eq!(count(tx, 10).await, 1, "after it, not itself");
    assert_eq!(count(tx, 11).await, 0, "what it caused does not count");
    assert_eq!(count(tx, 12).await, 0, "from live to live is no entry");
}

fn published() -> Change<VacancyId> {
    Change {
        id: id::<EventId>(1),
        object: id(1),
        version: 2,
        event: "publish",
        from: Some("submitted"),
        to: "open",
        actor: Actor::Staff,
        account: Some(account(1).id),
        reason: some("alasan"),
        cause: Some(id(8)),
        at: at(3),
    }
}

fn registered() -> Change<EmployerId> {
    Change {
        id: id(2),
        object: id(1),
        version: 1,
        event: "register",
        from: None,
        to: "registered",
        actor: Actor::System,
        account: None,
        reason: None,
        cause: None,
        at: at(4),
    }
}

fn audit_row() -> events::Audit {
    events::Audit {
        at: at(5),
        account: None,
        actor: AuditActor::System,
        organisation: None,
        action: "x".to_owned(),
        object_kind: "y",
        object: None,
        event: None,
    }
}

async fn change_rows(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    stored(&mut tx).await;
    let (vacancy, employer, audit) = (published(), registered(), audit_row());
    assert!(!events::was_published(&mut tx, vacancy.object).await.unwrap());
    events::record_vacancy(&mut tx, &vacancy).await.unwrap();
    assert!(events::was_published(&mut tx, vacancy.object).await.unwrap());
    events::record_employer(&mut tx, &employer).await.unwrap();
    events::record(&mut tx, &event(3, 1, 1, None, State::Proposed)).await.unwrap();
    events::audit(&mut tx, id(1), &audit).await.unwrap();
    tx.commit().await.unwrap();
    // What nothing of the store reads back.
    let told = "version = 2 and event = 'publish' and from_state = 'submitted' and to_state = 'open' and actor = 'staff' \
                and reason = 'alasan' and account_id is not null and cause_id is not null";
    assert_eq!(count(&db.db, "vacancy_events", told).await, 1);
    let told = "version = 1 and event = 'register' and from_state is null and to_state = 'registered' \
                and actor = 'system' and reason is null and account_id is null";
    assert_eq!(count(&db.db, "employer_events", told).await, 1);
    for table in ["application_events", "vacancy_events", "employer_events", "audit"] {
        let change = if table == "audit" { "action" } else { "event" };
        for text in [format!("update {table} set {change} = 'z'"), format!("delete from {table}")] {
            assert!(execute(&db.db, text).await.is_err(), "{table} is append-only");
        }
        assert_eq!(count(&db.db, table, "1 = 1").await, 1);
    }
    let mut tx = db.db.write().await.unwrap();
    refused(events::record_vacancy(&mut tx, &Change { id: id(9), ..vacancy }).await);
    drop(tx);
    let mut tx = db.db.write().await.unwrap();
    refused(events::record_employer(&mut tx, &Change { id: id(9), ..employer }).await);
    drop(tx);
    let mut tx = db.db.write().await.unwrap();
    refused(events::audit(&mut tx, id(1), &audit).await);
    assert_eq!(
        events::history(&mut db.db.read().await.unwrap(), id::<ApplicationId>(1)).await.unwrap().len(),
        1
    );
}

async fn count(db: &Db, table: &str, condition: &str) -> i64 {
    let text = AssertSqlSafe(format!("select count(*) from {table} where {condition}"));
    match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(text).fetch_one(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
    }
}

pub(super) async fn execute(db: &Db, text: String) -> Result<(), sqlx::Error> {
    match db {
        Db::Sqlite { write, .. } => sqlx::query(AssertSqlSafe(text)).execute(write).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::query(AssertSqlSafe(text)).execute(pool).await.map(|_| ()),
    }
}

both_databases!(history_in_order, |db: TestDb| history(db));
both_databases!(who_entered_since, |db: TestDb| entered(db));
both_databases!(what_is_recorded_stays, |db: TestDb| change_rows(db));
