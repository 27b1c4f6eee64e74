//! Residents with a login on the pages, with short words for what happens around them.
use padankerja::app::accounts::sessions;
use reqwest::Method;
use serde_json::{Value, json};

use super::browser::{Browser, Seen};
use crate::{
    spine::cast::{Cast, act, plain},
    support::app::{Client, PASSWORD},
};

/// A browser in which this login is logged in, as its form does it.
pub async fn entered(cast: &Cast, who: &Client) -> Browser {
    let mut browser = Browser::new(&cast.app);
    let login = cast.app.login_name(who).await;
    let seen = browser.get("/masuk").await;
    let form = seen.form("Masuk").fill("Nomor HP", &login).fill("Kata sandi", PASSWORD);
    let inside = browser.send(&form).await;
    inside.is(200);
    browser
}

/// A browser of an account, without the work of a password.
pub async fn inside(cast: &Cast, who: &Client) -> Browser {
    let begun = sessions::begin(cast.app.app(), who.account.unwrap(), false, None).await.unwrap();
    let mut browser = Browser::new(&cast.app);
    browser.set_cookie(&begun.key);
    browser
}

/// A one-time code for somebody.
pub async fn code(cast: &Cast, person: &str) -> String {
    let path = format!("/people/{person}/activation-code");
    let made = plain(&cast.staff, Method::PUT, &path, &json!({"saw_card": true})).await.success();
    made["code"].as_str().unwrap().to_owned()
}

/// A proposal that an officer confirmed: the person is to answer.
pub async fn asked(cast: &Cast, person: &str, vacancy: &str) -> String {
    let application = cast.proposed(person, vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    application
}

/// What the employer does with somebody who was referred.
pub async fn employer_does(cast: &Cast, application: &str, event: &str, body: &Value) {
    cast.step(&cast.employer, application, event, body).await.success();
}

/// A vacancy is closed.
pub async fn close(cast: &Cast, vacancy: &str) {
    let version = cast.vacancy(vacancy).await["version"].as_i64().unwrap();
    let body = json!({"reason": "not_needed"});
    act(&cast.employer, &format!("/vacancies/{vacancy}/close"), version, &body).await.success();
}

/// After the clock moved: tokens of programs last minutes, those of office and employer are made anew.
pub async fn wake(cast: &mut Cast) {
    cast.staff = cast.app.client(cast.staff.account.unwrap());
    cast.employer = cast.app.client(cast.employer_account().await);
}

/// Where an application stands.
pub async fn state(cast: &Cast, application: &str) -> String {
    cast.application(application).await["state"].as_str().unwrap().to_owned()
}

/// That a page was answered and is one.
#[track_caller]
pub fn is_page(seen: &Seen) {
    assert_eq!(seen.header("content-type"), Some("text/html; charset=utf-8"), "{}", seen.text);
    let policy = seen.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
}
