//! The main journey: an employer registers and posts, a run proposes, both sides say yes, the employer hires, the person
//! starts.
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{self, Cast, act, by_phone, get, id, plain, post, refuses};
use crate::support::database::{TestDb, both_databases};

both_databases!(from_registration_to_the_first_day, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let again = cast::registration("9120001234567", "pt.lain");
    let twice = plain(&cast.app.anonymous(), Method::POST, "/employers", &again).await;
    assert_eq!(twice.refusal(), (409, "nib_known".to_owned()));

    let vacancy = posted(&cast).await;
    let (first, second) = (cast.person(1).await, cast.person(2).await);
    let trainee = cast.trainee(&first).await;
    cast.app.state.indexer.catch_up(cast.app.app()).await.unwrap();
    let count = format!("/vacancies/{vacancy}/candidates-count");
    let exact = json!({"count": 2, "text": "2 orang", "or_more": false});
    assert_eq!(get(&cast.staff, &count).await.success(), exact);
    let discreet = json!({"count": null, "band": "0-4", "text": "kurang dari 5 orang", "or_more": false});
    assert_eq!(get(&cast.employer, &count).await.success(), discreet);

    let proposals = proposed(&cast, &vacancy).await;
    assert_eq!(proposals.len(), 2);
    let first_id = application_of(&cast, &first).await;
    assert_eq!(get(&trainee, "/me/applications").await.success()["items"], json!([]));

    // Staff confirm, and the person reads of it and agrees from the own phone: only then the employer knows a name.
    cast.step(&cast.staff, &first_id, "confirm", &json!({})).await.success();
    let own = get(&trainee, "/me/applications").await.success();
    assert_eq!(id(&own["items"][0]["application"]), first_id);
    assert_eq!(own["items"][0]["application"]["state"], "confirmed");
    let unknown = get(&cast.employer, &format!("/applications/{first_id}")).await;
    assert_eq!(unknown.refusal(), (404, "not_found".to_owned()));
    let due = get(&trainee, &format!("/applications/{first_id}")).await.success();
    assert_eq!((&due["awaits"], &due["deadline"]), (&json!("person"), &json!("2026-03-05")));
    let agreed = cast.step(&trainee, &first_id, "consent", &json!({})).await.success();
    assert_eq!(agreed["application"]["state"], "referred");
    let seen = get(&cast.employer, &format!("/applications/{first_id}")).await;
    assert_eq!(seen.success()["person"], json!({"name": "Contoh 1", "phone": "+6286012345678"}));
    for secret in ["ranking", "priority", "desil", "Rahasia", &cast::nik(1), &first] {
        assert!(!seen.text.contains(secret), "{secret}: {}", seen.text);
    }

    // The other way round: the person agrees on the phone before staff confirm.
    let second_id = application_of(&cast, &second).await;
    let spoken = cast.step(&cast.staff, &second_id, "consent", &by_phone()).await.success();
    assert_eq!(spoken["application"]["state"], "consented");
    let confirmed = cast.step(&cast.staff, &second_id, "confirm", &json!({})).await.success();
    let steps: Vec<&Value> = confirmed["recorded"].as_array().unwrap().iter().map(|r| &r["to"]).collect();
    assert_eq!(steps, ["queued", "referred"]);

    hired_and_started(&cast, &first_id, &vacancy).await;
    let history = get(&trainee, "/me/applications").await.success();
    let told: Vec<&Value> =
        history["items"][0]["history"].as_array().unwrap().iter().map(|event| &event["event"]).collect();
    let expected = ["propose", "confirm", "consent", "refer", "invite", "offer", "hire", "start"]
        .map(|word| json!(word));
    assert_eq!(told, expected.iter().collect::<Vec<_>>());
});

/// Posts with seven typed fields, hands in, publishes; everybody can read it then.
async fn posted(cast: &Cast) -> String {
    let body = cast::vacancy(3);
    assert!(body.as_object().unwrap().len() <= 8 + 1, "the journey allows eight typed fields");
    let made = post(&cast.employer, "/vacancies", &body).await;
    let view = made.success();
    assert_eq!(made.header("etag"), Some("\"1\""));
    assert_eq!(view["internal"]["missing"], json!([]));
    let filled = ["village", "working_hours", "experience_months", "closes_on"];
    assert_eq!(view["internal"]["prefilled"], json!(filled));
    let path = format!("/vacancies/{}", id(&view));
    let nobody = cast.app.anonymous();
    assert_eq!(get(&nobody, &path).await.status, 404);
    act(&cast.employer, &format!("{path}/submit"), 1, &json!({})).await.success();
    let own_goal = act(&cast.employer, &format!("{path}/publish"), 2, &json!({})).await;
    assert_eq!(own_goal.status, 403);
    let published = act(&cast.staff, &format!("{path}/publish"), 2, &json!({})).await.success();
    assert_eq!(published["state"], "open");
    let public = get(&nobody, &path).await.success();
    assert_eq!(public["title"], "Operator Jahit");
    assert!(public.get("internal").is_none());
    id(&view)
}

/// Runs a match behind the answer, waits for it, publishes it.
async fn proposed(cast: &Cast, vacancy: &str) -> Vec<Value> {
    let begun = post(&cast.staff, "/runs", &json!({})).await;
    assert_eq!(begun.status, 202);
    let run = id(&begun.success());
    assert!(begun.header("location").unwrap().ends_with(&format!("/runs/{run}")));
    let mut seen = Value::Null;
    for _ in 0..200 {
        seen = get(&cast.staff, &format!("/runs/{run}")).await.success();
        if seen["state"] != "running" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(seen["state"], "done", "{seen}");
    assert_eq!(seen["figures"]["optimum"], seen["figures"]["dual"]);
    let all = format!("/runs/{run}/proposals?vacancy={vacancy}");
    let proposals = get(&cast.staff, &all).await.success()["items"].as_array().cloned().unwrap();
    let first = get(&cast.staff, &format!("{all}&limit=1")).await.success();
    let next = first["next"].as_str().unwrap();
    let rest = get(&cast.staff, &format!("{all}&limit=1&cursor={next}")).await.success();
    assert_eq!([&first["items"][0], &rest["items"][0]], [&proposals[0], &proposals[1]]);
    let published = post(&cast.staff, &format!("/runs/{run}/publish"), &json!({})).await.success();
    assert_eq!(published["created"], 2);
    let twice = post(&cast.staff, &format!("/runs/{run}/publish"), &json!({})).await;
    assert_eq!(twice.refusal(), (409, "run_not_publishable".to_owned()));
    proposals
}

async fn application_of(cast: &Cast, person: &str) -> String {
    let found = get(&cast.staff, &format!("/people/{person}/applications")).await.success();
    id(&found["items"][0])
}

async fn hired_and_started(cast: &Cast, application: &str, vacancy: &str) {
    for (event, body, state) in [
        ("invite", json!({}), "interview"),
        ("offer", json!({}), "offered"),
        ("hire", json!({"starts_on": "2026-03-09"}), "hired"),
    ] {
        let moved = cast.step(&cast.employer, application, event, &body).await.success();
        assert_eq!(moved["application"]["state"], state);
    }
    assert_eq!(cast.vacancy(vacancy).await["internal"]["taken"], 1);
    // Agreed for next week: it cannot have begun, unless the employer says that it began today.
    refuses(
        &cast.step(&cast.employer, application, "start", &json!({})).await,
        "starts_on",
        "date_in_future",
    );
    let ahead = cast.step(&cast.employer, application, "start", &json!({"starts_on": "2026-03-03"})).await;
    refuses(&ahead, "starts_on", "date_in_future");
    let today = json!({"starts_on": "2026-03-02"});
    let started = cast.step(&cast.employer, application, "start", &today).await.success();
    assert_eq!(started["application"]["state"], "started");
    assert_eq!(started["application"]["starts_on"], "2026-03-02");
    let due = get(&cast.staff, &format!("/applications/{application}/follow-ups")).await.success();
    let days: Vec<&Value> = due["items"].as_array().unwrap().iter().map(|f| &f["due_on"]).collect();
    assert_eq!(days, ["2026-04-02", "2026-06-02", "2026-09-02"]);
}
