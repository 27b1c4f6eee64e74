//! The service over an old database: old logins, old keys of requests, and work that goes on where it stood.
use reqwest::{Method, StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};

use super::{
    dump::{Old, afterwards, keys, password},
    every_dump,
};
use crate::support::app::{Answer, Client, TestApp};

const BASE: &str = "/api/v1";

every_dump!(an_office_goes_on_with_its_work, |old: Old| async move {
    let expected = old.expected;
    let db = old.opened().await;
    let app = TestApp::at(&db, keys(), afterwards(expected)).await;
    let staff = logged_in(&app, "petugas").await;
    let applications = all(&staff, "/applications").await;
    assert_eq!(json!(applications.len()), expected["rows"]["applications"]);
    assert_eq!(json!(all(&staff, "/people").await.len()), living(expected));
    assert_eq!(json!(all(&staff, "/vacancies").await.len()), expected["rows"]["vacancies"]);
    let placed = |item: &&Value| ["hired", "started"].contains(&item["state"].as_str().unwrap());
    assert_eq!(json!(applications.iter().filter(placed).count()), expected["placed"]);
    for application in applications.iter().take(20) {
        let path = format!("/applications/{}", application["id"].as_str().unwrap());
        let told = get(&staff, &format!("{path}/explanation")).await.success();
        assert!(!told["lines"].as_array().unwrap().is_empty(), "{told}");
        let events = get(&staff, &format!("{path}/events")).await.success();
        assert!(!events["items"].as_array().unwrap().is_empty(), "{events}");
    }
    confirmed(&staff, &applications).await;
    app.state.indexer.catch_up(app.app()).await.unwrap();
    db.close().await;
});

every_dump!(
    a_resident_and_an_employer_find_theirs,
    |old| async move {
        let expected = old.expected;
        let db = old.opened().await;
        let app = TestApp::at(&db, keys(), afterwards(expected)).await;
        let resident = logged_in(&app, "pencaker").await;
        let own = all(&resident, "/me/applications").await;
        let placed = own.iter().find(|item| item["application"]["state"] == "started").unwrap();
        let history = placed["history"].as_array().unwrap();
        let told: Vec<&str> = history.iter().map(|event| event["event"].as_str().unwrap()).collect();
        assert_eq!(told, ["propose", "confirm", "consent", "refer", "invite", "offer", "hire", "start"]);
        let application = placed["application"]["id"].as_str().unwrap();

        let factory = logged_in(&app, "pabrik").await;
        let seen = get(&factory, &format!("/applications/{application}")).await.success();
        assert!(seen["person"]["name"].as_str().is_some_and(|name| name.len() > 3), "{seen}");

        // A request that was answered before the update is not carried out again after it.
        let staff = logged_in(&app, "petugas").await;
        let path = format!("{BASE}/applications/{application}/follow-ups");
        let ask = async |month: u8| {
            let body = format!(r#"{{"month": {month}, "still_working": true, "note": "betah"}}"#);
            let request = staff.request(Method::POST, &path).header("Idempotency-Key", "kunci-tindak-lanjut");
            Answer::of(request.header(CONTENT_TYPE, "application/json").body(body)).await
        };
        let again = ask(1).await.success();
        assert_eq!(again["items"][0]["still_working"], true);
        assert!(ask(3).await.status.is_client_error(), "the key belongs to another request");
        db.close().await;
    },
    lived_sqlite "lived.sqlite",
    lived_postgres "lived.postgres"
);

/// People who were not erased.
fn living(expected: &Value) -> Value {
    let rows = |table: &str| expected["rows"][table].as_i64().unwrap();
    json!(rows("people") - rows("erasures"))
}

/// Officers confirm what was proposed before, and take people in.
async fn confirmed(staff: &Client, applications: &[Value]) {
    let mut moved = 0;
    for application in applications.iter().filter(|item| item["state"] == "proposed") {
        let employer =
            get(staff, &format!("/employers/{}", application["employer_id"].as_str().unwrap())).await;
        if employer.success()["state"] != "verified" {
            continue;
        }
        let path = format!("{BASE}/applications/{}/confirm", application["id"].as_str().unwrap());
        let request = staff.request(Method::POST, &path).json(&json!({}));
        let request = request.header("If-Match", format!("\"{}\"", application["version"]));
        let answer = Answer::of(request.header("Idempotency-Key", crate::support::app::fresh_key())).await;
        if answer.status == StatusCode::CONFLICT {
            continue;
        }
        assert_eq!(answer.success()["application"]["state"], "confirmed");
        moved += 1;
    }
    assert!(moved > 0, "nothing that was proposed could be confirmed");
}

async fn logged_in(app: &TestApp, login: &str) -> Client {
    let nobody = app.anonymous();
    let credentials = json!({"login": login, "password": password()});
    let request = nobody.request(Method::POST, &format!("{BASE}/auth/login")).json(&credentials);
    let tokens = Answer::of(request).await.success();
    Client { token: tokens["access_token"].as_str().map(str::to_owned), ..nobody }
}

async fn get(who: &Client, path: &str) -> Answer {
    who.get(&format!("{BASE}{path}")).await
}

/// Every item of a paged list.
async fn all(who: &Client, path: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut next = format!("{path}?limit=50");
    loop {
        let page = get(who, &next).await.success();
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(cursor) => next = format!("{path}?limit=50&cursor={cursor}"),
            None => return items,
        }
    }
}
