//! Codes of slips: one open code for each person, revoked once, forgotten when expired; and what one tells.
use padankerja::{
    domain::{
        application::{Event, State},
        employer,
        machine::Actor,
    },
    store::{
        Tx, applications, events, people,
        status_codes::{self, StatusCode},
    },
};

use super::{application, at, day, id, pair, person, same};
use crate::support::database::{TestDb, both_databases};

fn code(number: u128, of: u128) -> StatusCode {
    StatusCode {
        id: id(number),
        person_id: id(of),
        code_hash: vec![u8::try_from(number).unwrap(); 32],
        made_at: at(i64::try_from(number).unwrap()),
        expires_at: at(100 + i64::try_from(number).unwrap()),
        revoked_at: None,
    }
}

async fn codes(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
        assert_eq!(status_codes::insert(tx, &code(number, number)).await.unwrap(), 1);
    }
    same(status_codes::find(tx, &[1; 32]).await.unwrap().unwrap(), code(1, 1));
    assert!(status_codes::find(tx, &[9; 32]).await.unwrap().is_none());
    assert_eq!(status_codes::insert(tx, &code(3, 1)).await.unwrap(), 0, "one open code for each");
    assert_eq!(status_codes::revoke(tx, id(1), at(5)).await.unwrap(), 1);
    assert_eq!(status_codes::revoke(tx, id(1), at(6)).await.unwrap(), 0, "once");
    assert_eq!(status_codes::insert(tx, &code(3, 1)).await.unwrap(), 1);
    let again = StatusCode { code_hash: vec![1; 32], revoked_at: Some(at(7)), ..code(4, 1) };
    assert_eq!(status_codes::insert(tx, &again).await.unwrap(), 0, "a hash is known once");
    let revoked = StatusCode { revoked_at: Some(at(5)), ..code(1, 1) };
    assert_eq!(status_codes::of_person(tx, id(1)).await.unwrap(), [revoked, code(3, 1)], "oldest first");
    assert_eq!(status_codes::prune(tx, at(102)).await.unwrap(), 1, "only what expired before");
    assert_eq!(status_codes::of_person(tx, id(1)).await.unwrap(), [code(3, 1)]);
    assert_eq!(status_codes::clear(tx, id(1)).await.unwrap(), 1);
    assert_eq!(status_codes::clear(tx, id(1)).await.unwrap(), 0);
    assert_eq!(status_codes::of_person(tx, id(2)).await.unwrap(), [code(2, 2)], "another person's stays");
}

async fn entered(tx: &mut Tx, number: u128, of: u128, from: Option<State>, to: State, second: i64) {
    let row = events::ApplicationEvent {
        id: id(number),
        application_id: id(of),
        version: i64::try_from(number).unwrap(),
        event: Event::Extend,
        from_state: from,
        to_state: to,
        actor: Actor::Staff,
        account_id: None,
        organisation_id: None,
        reason: None,
        cause_id: None,
        at: at(second),
        shared: false,
        helped: false,
    };
    events::record(tx, &row).await.unwrap();
}

async fn what_it_tells(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    let (_, first, whom) = pair(tx, 1).await;
    let (_, second, _) = pair(tx, 2).await;
    for (number, vacancy, state) in
        [(1, first.id, State::Refused), (2, first.id, State::Proposed), (3, second.id, State::Referred)]
    {
        let row = application(number, whom.id, vacancy, state);
        let row = applications::Application { created_at: at(i64::try_from(number).unwrap()), ..row };
        assert_eq!(applications::insert(tx, &row).await.unwrap(), 1);
    }
    entered(tx, 1, 3, Some(State::Confirmed), State::Referred, 20).await;
    // Nothing but its day changed.
    entered(tx, 2, 3, Some(State::Referred), State::Referred, 30).await;
    let found = status_codes::applications(tx, whom.id, 20).await.unwrap();
    let told: Vec<_> =
        found.iter().map(|row| (row.title.as_str(), row.state, row.held, row.deadline, row.since)).collect();
    assert_eq!(
        told,
        [
            (second.title.as_str(), State::Referred, false, Some(day("2026-03-05")), at(20)),
            (first.title.as_str(), State::Refused, false, Some(day("2026-03-05")), at(1)),
        ],
        "newest first, and nothing that nobody confirmed"
    );
    assert_eq!(found[0].employer_state, employer::State::Registered);
    assert_eq!(status_codes::applications(tx, whom.id, 1).await.unwrap().len(), 1);
    assert!(status_codes::applications(tx, id(2), 20).await.unwrap().is_empty());
}

both_databases!(a_person_has_one_open_code, |db: TestDb| codes(db));
both_databases!(a_code_tells_of_what_its_person_knows, |db: TestDb| what_it_tells(db));
