//! Requests to change what was verified: one waits for each person, and it is decided once.
use padankerja::{
    domain::{ids::RecordId, profile::RequestState},
    store::{
        change_requests::{self, ChangeRequest},
        people,
    },
};
use serde_json::json;
use sqlx::types::Json;

use super::{account, at, id, insert_account, person, some};
use crate::support::database::{TestDb, both_databases};

fn request(number: u128, of: u128) -> ChangeRequest {
    ChangeRequest {
        id: id(number),
        person_id: id(of),
        change: Json(json!({"education": "SMK"})),
        stored: Json(json!({"education": null})),
        reason: "ijazah keluar".to_owned(),
        evidence: some("ijazah asli"),
        state: RequestState::Pending,
        asked_by: Some(id(1)),
        asked_at: at(i64::try_from(number).unwrap()),
        decided_by: None,
        decided_at: None,
        answer: None,
    }
}

async fn requests(db: &TestDb) {
    let mut tx = db.db.write().await.unwrap();
    let tx = &mut tx;
    insert_account(tx, &account(1)).await;
    for number in [1, 2] {
        people::insert(tx, &person(number)).await.unwrap();
        assert_eq!(change_requests::insert(tx, &request(number, number)).await.unwrap(), 1);
    }
    assert_eq!(change_requests::insert(tx, &request(3, 1)).await.unwrap(), 0, "one waits already");
    assert_eq!(change_requests::find(tx, id(1)).await.unwrap(), Some(request(1, 1)));
    assert_eq!(change_requests::find(tx, id(9)).await.unwrap(), None);
    let who = (Some(id(1)), at(9));
    let decided =
        change_requests::decide(tx, id(1), RequestState::Refused, who, Some("belum ada ijazah")).await;
    assert_eq!(decided.unwrap(), 1);
    assert_eq!(
        change_requests::decide(tx, id(1), RequestState::Accepted, who, None).await.unwrap(),
        0,
        "once"
    );
    let found = change_requests::find(tx, id(1)).await.unwrap().unwrap();
    assert_eq!(
        (found.state, found.answer, found.decided_at),
        (RequestState::Refused, some("belum ada ijazah"), Some(at(9)))
    );
    assert_eq!(change_requests::insert(tx, &request(3, 1)).await.unwrap(), 1);
    let listed = async |tx: &mut padankerja::store::Tx, state, after: Option<(_, RecordId)>, limit| {
        let found = change_requests::page(tx, state, after, limit).await.unwrap();
        found.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(listed(tx, RequestState::Pending, None, 9).await, [id(2), id(3)]);
    assert_eq!(listed(tx, RequestState::Pending, None, 1).await, [id(2)]);
    assert_eq!(listed(tx, RequestState::Pending, Some((at(2), id(2))), 9).await, [id(3)]);
    assert_eq!(listed(tx, RequestState::Refused, None, 9).await, [id(1)]);
    assert_eq!(listed(tx, RequestState::Accepted, None, 9).await, []);
    let own = change_requests::of_person(tx, id(1)).await.unwrap();
    assert_eq!(own.iter().map(|row| row.id).collect::<Vec<_>>(), [id::<RecordId>(1), id(3)]);
    assert_eq!(change_requests::clear(tx, id(1)).await.unwrap(), 2);
    assert_eq!(change_requests::of_person(tx, id(1)).await.unwrap().len(), 0);
}

both_databases!(a_request_waits_and_is_decided_once, |db: TestDb| requests(db));
