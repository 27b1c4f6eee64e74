//! How many statements a request makes, loading the login included. Beginnings and ends of transactions are none.
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use padankerja::http;
use serde_json::Value;
use tower::ServiceExt;

use crate::support::{
    app::{Client, TestApp},
    bulk,
    counting::counted,
    database::TestDb,
};

/// The answer and how many statements it took.
async fn asked(app: &TestApp, client: &Client, path: &str) -> (Value, u64) {
    let token = client.token.as_ref().unwrap();
    let request = Request::get(path).header("authorization", format!("Bearer {token}"));
    let request = request.body(Body::empty()).unwrap();
    let router = http::router(app.state.clone());
    let work = async {
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap()
    };
    let (body, count) = counted(work).await;
    (serde_json::from_slice(&body).unwrap(), count)
}

async fn of_a_resident(db: &TestDb) {
    bulk::fill(&db.db, 1_000).await;
    let app = TestApp::start(db).await;
    let holder = app.client(uuid::Uuid::from_u128(7).into());
    let (page, count) = asked(&app, &holder, "/api/v1/me/applications").await;
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 5);
    for item in items {
        let events: Vec<_> =
            item["history"].as_array().unwrap().iter().map(|event| &event["event"]).collect();
        assert_eq!(events, ["propose", "lapse"]);
    }
    assert_eq!(count, 3, "the login, the applications, their histories");

    let id = items[2]["application"]["id"].as_str().unwrap();
    let (one, count) = asked(&app, &holder, &format!("/api/v1/applications/{id}")).await;
    assert_eq!((&one["id"], count), (&items[2]["application"]["id"], 2));
    let (history, count) = asked(&app, &holder, &format!("/api/v1/applications/{id}/events")).await;
    assert_eq!((history["items"].as_array().unwrap().len(), count), (2, 3));
}

/// On one thread, where all that a request sets off is counted.
#[tokio::test]
async fn a_status_read_takes_three_statements() {
    for db in [TestDb::sqlite().await, TestDb::postgres().await] {
        of_a_resident(&db).await;
        db.close().await;
    }
}
