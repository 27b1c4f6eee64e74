//! Every action that an answer lists has the address it says.
use std::collections::BTreeSet;

use padankerja::domain::{application, vacancy::Action};
use serde_json::{Value, json};

use super::cast::{Cast, act, by_phone, get, id, post, vacancy as draft};
use crate::support::{
    app::Client,
    database::{TestDb, both_databases},
};

/// Asks for each action that is listed, as somebody who saw another version: whatever refuses it, the address is there.
async fn walk(who: &Client, path: &str, listed: &Value, seen: &mut BTreeSet<String>) {
    for action in listed.as_array().unwrap() {
        let action = action.as_str().unwrap();
        let answer = act(who, &format!("{path}/{action}"), 999, &json!({})).await;
        let found = matches!(answer.status.as_u16(), 400 | 403 | 409 | 412);
        assert!(found, "{path}/{action}: {} {}", answer.status, answer.text);
        seen.insert(action.to_owned());
    }
}

both_databases!(every_action_of_an_application_has_its_address, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let (trainee, companion) = (cast.trainee(&person).await, cast.companion().await);
    let application = cast.proposed(&person, &vacancy).await;
    let path = format!("/applications/{application}");
    let mut seen = BTreeSet::new();
    let hire = json!({"starts_on": "2026-03-09"});
    let steps = [
        ("confirm", json!({})),
        ("consent", by_phone()),
        ("invite", json!({})),
        ("hire", hire),
        ("start", json!({})),
    ];
    for step in 0..=steps.len() {
        for who in [&cast.staff, &cast.supervisor, &cast.employer, &trainee, &companion] {
            let answer = get(who, &path).await;
            if answer.status.is_success() {
                walk(who, &path, &answer.json()["actions"], &mut seen).await;
            }
        }
        if let Some((event, body)) = steps.get(step) {
            let answer = cast.step(&cast.staff, &application, event, body).await;
            assert!(answer.status.is_success() || *event == "start", "{event}: {}", answer.text);
        }
    }
    let all: BTreeSet<String> =
        application::Action::ALL.iter().map(|action| action.as_str().to_owned()).collect();
    assert!(seen.contains("no-show") && seen.contains("apply"), "{seen:?}");
    assert!(seen.is_subset(&all) && seen.len() > 10, "{seen:?}");
});

// What was only proposed the person's side may want, at the address that is listed.
both_databases!(a_proposal_is_applied_for, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let companion = cast.companion().await;
    let application = cast.proposed(&person, &vacancy).await;
    let consent = json!({"consent": {"channel": "visit", "self_spoke": true}});
    let applied = cast.step(&companion, &application, "apply", &consent).await.success();
    assert_eq!(applied["application"]["state"], "consented");
});

both_databases!(every_action_of_a_vacancy_has_its_address, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let made = post(&cast.employer, "/vacancies", &draft(2)).await.success();
    let path = format!("/vacancies/{}", id(&made));
    let mut seen = BTreeSet::new();
    let back = json!({"reason": "lengkapi jam kerja"});
    let steps = [
        ("submit", json!({})),
        ("send-back", back),
        ("submit", json!({})),
        ("publish", json!({})),
        ("pause", json!({})),
    ];
    for step in 0..=steps.len() {
        for who in [&cast.staff, &cast.employer] {
            let told = get(who, &path).await.success();
            walk(who, &path, &told["internal"]["actions"], &mut seen).await;
        }
        let told = get(&cast.employer, &path).await.success();
        assert_eq!(told["internal"]["editable"], step < 4, "before it is published only");
        if let Some((event, body)) = steps.get(step) {
            let version = told["version"].as_i64().unwrap();
            act(&cast.staff, &format!("{path}/{event}"), version, body).await.success();
        }
    }
    assert_eq!(seen, Action::ALL.iter().map(|action| action.as_str().to_owned()).collect());
});
