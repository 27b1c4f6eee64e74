//! A pair that a newer run proposes again keeps its application: nobody reads of one job twice, what was noted stays, and
//! residents are not told. What was answered is left alone; what no longer holds retires.
use chrono::TimeDelta;
use padankerja::{app::runs::computing, domain::ids::RunId};
use serde_json::{Value, json};

use super::cast::{Cast, act, get, post, replace};
use crate::support::{
    app::Client,
    database::{TestDb, both_databases},
};

/// A run that ended.
async fn ran(cast: &Cast) -> RunId {
    let app = cast.app.app();
    let policy =
        padankerja::app::policies::policy(app, padankerja::app::policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let run = computing::begin(app, &request).await.unwrap();
    computing::work(app, run, &request, computing::Progress::default()).await.unwrap();
    run
}

/// Publishes a run; how many were created, renewed and retired, and why others were left out.
async fn publish(cast: &Cast, run: RunId) -> (Value, Vec<Value>) {
    let told = post(&cast.staff, &format!("/runs/{run}/publish"), &json!({})).await.success();
    let reasons = told["dropped"].as_array().unwrap().iter().map(|pair| pair["reason"].clone()).collect();
    (json!([told["created"], told["renewed"], told["retired"]]), reasons)
}

/// The application of a person, the only one there is, as somebody sees it; none.
async fn only(who: &Client, person: &str) -> Option<Value> {
    let listed = get(who, &format!("/people/{person}/applications")).await.success();
    let items = listed["items"].as_array().unwrap();
    assert!(items.len() <= 1, "{items:?}");
    items.first().cloned()
}

/// What somebody reads in the history of an application.
async fn history(who: &Client, application: &Value) -> Vec<Value> {
    let path = format!("/applications/{}/events", application["id"].as_str().unwrap());
    let told = get(who, &path).await.success();
    let events = told["items"].as_array().or_else(|| told.as_array()).unwrap();
    events.iter().map(|event| event["event"].clone()).collect()
}

/// Days pass; the office logs in again.
fn later(cast: &mut Cast, days: i64) {
    cast.app.clock.advance(TimeDelta::days(days));
    cast.staff = cast.app.client(cast.staff.account.unwrap());
}

both_databases!(a_pair_proposed_again_keeps_its_application, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let mut people = Vec::new();
    for number in 1..=3 {
        people.push(cast.person(number).await);
    }
    let first = ran(&cast).await;
    assert_eq!(publish(&cast, first).await, (json!([3, 0, 0]), vec![]));
    let mut before = Vec::new();
    for person in &people {
        before.push(only(&cast.staff, person).await.unwrap());
    }
    let of = |at: usize| before[at]["id"].as_str().unwrap();
    // The second person has read of it once, the first was called in vain.
    cast.step(&cast.staff, of(1), "confirm", &json!({})).await.success();
    cast.step(&cast.staff, of(1), "undo", &json!({})).await.success();
    let tried = json!({"channel": "phone", "outcome": "no_answer"});
    post(&cast.staff, &format!("/applications/{}/contact-attempts", of(0)), &tried).await.success();

    later(&mut cast, 7);
    let second = ran(&cast).await;
    // The third is answered between run and publication.
    cast.step(&cast.staff, of(2), "confirm", &json!({})).await.success();
    let answered = cast.application(of(2)).await;
    assert_eq!(publish(&cast, second).await, (json!([0, 2, 0]), vec![json!("already_open")]));
    assert_eq!(cast.application(of(2)).await, answered, "untouched");

    let renewed = only(&cast.staff, &people[0]).await.unwrap();
    for same in ["id", "created_at", "deadline", "state", "letter_number"] {
        assert_eq!(renewed[same], before[0][same], "{same}");
    }
    assert_eq!(renewed["ranking"]["run_id"], json!(second));
    assert_eq!(renewed["version"], 2);
    assert_eq!(history(&cast.staff, &renewed).await, ["propose", "renew"]);
    let attempts = get(&cast.staff, &format!("/applications/{}/contact-attempts", of(0))).await.success();
    assert!(attempts.to_string().contains("no_answer"), "{attempts}");
    let undo = cast.step(&cast.staff, of(0), "undo", &json!({})).await;
    assert_eq!(undo.refusal(), (409, "undo_only_with_cause".to_owned()));

    // One row each for whoever sees it; the renewal is the office's own.
    let companion = cast.companion().await;
    let seen = only(&companion, &people[0]).await.unwrap();
    assert_eq!((&seen["id"], &seen["ranking"]), (&renewed["id"], &Value::Null));
    assert_eq!(history(&companion, &renewed).await, ["propose"]);
    assert!(only(&cast.trainee(&people[0]).await, &people[0]).await.is_none(), "nobody confirmed it");
    let trainee = cast.trainee(&people[1]).await;
    let known = only(&trainee, &people[1]).await.unwrap();
    assert_eq!(history(&trainee, &known).await, ["propose", "confirm", "undo"]);
    let of_employer = get(&cast.employer, &format!("/applications?vacancy={vacancy}")).await;
    assert!(!of_employer.text.contains(of(0)));

    // A third run proposes them once more, but the vacancy takes nobody any more when it is published.
    let third = ran(&cast).await;
    let path = format!("/vacancies/{vacancy}/pause");
    let version = cast.vacancy(&vacancy).await["version"].as_i64().unwrap();
    act(&cast.staff, &path, version, &json!({})).await.success();
    let (counts, reasons) = publish(&cast, third).await;
    assert_eq!((counts, reasons), (json!([0, 0, 2]), vec![json!("vacancy_not_open"); 2]));
    assert_eq!(history(&cast.staff, &renewed).await, ["propose", "renew", "retire"]);
    assert_eq!(cast.application(of(2)).await, answered);
});

both_databases!(whoever_may_not_be_proposed_any_more_is_not_renewed, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    cast.open_vacancy(2).await;
    let people = [cast.person(1).await, cast.person(2).await];
    let first = ran(&cast).await;
    assert_eq!(publish(&cast, first).await.0, json!([2, 0, 0]));
    later(&mut cast, 1);
    let second = ran(&cast).await;
    let path = format!("/people/{}", people[0]);
    let version = get(&cast.staff, &path).await.success()["version"].as_i64().unwrap();
    let objects = json!({"objects_to_ranking": true});
    replace(&cast.staff, reqwest::Method::PATCH, &path, version, &objects).await.success();
    let (counts, reasons) = publish(&cast, second).await;
    assert_eq!((counts, reasons), (json!([0, 1, 1]), vec![json!("objects_to_ranking")]));
    let states = [only(&cast.staff, &people[0]).await, only(&cast.staff, &people[1]).await];
    assert_eq!(states.map(|seen| seen.unwrap()["state"].clone()), ["retired", "proposed"]);
});
