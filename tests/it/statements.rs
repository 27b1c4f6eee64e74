//! How many statements a request makes, loading the login included. Beginnings and ends of transactions are none.
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use padankerja::{app::accounts::sessions, http};
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

/// A page of somebody logged in on the pages, and how many statements it took.
async fn looked_at(app: &TestApp, key: &str, path: &str) -> (String, u64) {
    let request = Request::get(path).header("cookie", format!("__Host-masuk={key}"));
    let request = request.body(Body::empty()).unwrap();
    let router = http::router(app.state.clone());
    let work = async {
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap()
    };
    let (body, count) = counted(work).await;
    (String::from_utf8(body.to_vec()).unwrap(), count)
}

async fn of_pages(db: &TestDb) {
    bulk::fill(&db.db, 1_000).await;
    let app = TestApp::start(db).await;
    let account = uuid::Uuid::from_u128(7).into();
    let begun = sessions::begin(app.app(), account, false, None).await.unwrap();
    let (page, count) = looked_at(&app, &begun.key, "/saya").await;
    assert_eq!(
        count, 6,
        "cookie, login, applications, their histories, holidays since a referral, next steps"
    );
    let id = page.split("/saya/lamaran/").nth(1).unwrap().split('"').next().unwrap();
    let (_, count) = looked_at(&app, &begun.key, &format!("/saya/lamaran/{id}")).await;
    assert_eq!(count, 6, "cookie, login, application, history, vacancy, holidays since the referral");
    let (_, count) = looked_at(&app, &begun.key, "/lowongan?q=jahit").await;
    assert_eq!(count, 3, "the cookie, the login, what is open");
    let (_, count) = looked_at(&app, "", "/lowongan").await;
    assert_eq!(count, 1, "what is open");
    let (_, count) = looked_at(&app, "", "/masuk").await;
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_page_takes_few_statements() {
    for db in [TestDb::sqlite().await, TestDb::postgres().await] {
        of_pages(&db).await;
        db.close().await;
    }
}

/// On one thread, where all that a request sets off is counted.
#[tokio::test]
async fn a_status_read_takes_three_statements() {
    for db in [TestDb::sqlite().await, TestDb::postgres().await] {
        of_a_resident(&db).await;
        db.close().await;
    }
}
