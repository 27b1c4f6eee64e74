//! A profile changed by its person, and what was verified changed by asking.
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, fields, get, id, person, post, replace};
use crate::support::{
    app::{Answer, Client},
    database::{TestDb, both_databases},
};

async fn whole(who: &Client, person: &str) -> Value {
    get(who, &format!("/people/{person}")).await.success()
}

async fn change(who: &Client, person: &str, body: &Value) -> Answer {
    let version = whole(who, person).await["version"].as_i64().unwrap();
    replace(who, Method::PATCH, &format!("/people/{person}"), version, body).await
}

fn mark<'a>(view: &'a Value, item: &str) -> Option<&'a Value> {
    view["profile"]["marks"].as_array().unwrap().iter().find(|one| one["item"] == item)
}

both_databases!(a_profile_is_changed_by_its_person, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let own = cast.trainee(&whom).await;
    let before = whole(&own, &whom).await;
    let training = before["profile"]["trainings"][0].clone();
    let body = json!({
        "education": "SMA", "major": "IPS", "available_from": "2026-04-01", "wage_floor": 2_400_000,
        "trainings": [
            {"id": training["id"], "programme": training["programme"], "ended_on": training["ended_on"]},
            {"programme": "Bordir Komputer", "ended_on": "2024-05-01", "result": "competent"},
        ],
        "certificates": [{"name": "Sertifikat Menjahit", "expires_on": "2028-01-01"}],
        "experiences": [{"job": "Penjahit rumahan", "months": 18}],
        "skills": ["menjahit", "obras"],
    });
    let after = change(&own, &whom, &body).await.success();
    assert_eq!((&after["education"], &after["major"]), (&json!("sma"), &json!("IPS")));
    let profile = &after["profile"];
    assert_eq!(profile["trainings"].as_array().unwrap().len(), 2);
    assert_eq!(profile["experiences"][0]["months"], 18);
    assert_eq!(profile["skills"], json!(["menjahit", "obras"]));
    // Marked is what differs, by whom; what stayed is not.
    assert_eq!(mark(&after, "education").unwrap()["said_by"], "person");
    assert_eq!(mark(&after, "skill:obras").unwrap()["verified_at"], Value::Null);
    assert!(mark(&after, "skill:menjahit").is_none() && mark(&after, "name").is_none(), "{after:#}");
    assert!(mark(&after, "wishes").is_some() && mark(&after, "available_from").is_some());
    // What is not in the list any more is gone, and its mark with it.
    let fewer = change(&own, &whom, &json!({"skills": ["menjahit"], "certificates": []})).await.success();
    assert!(mark(&fewer, "skill:obras").is_none());
    assert_eq!(fewer["profile"]["certificates"], json!([]));
    let companion = cast.companion().await;
    let helped = change(&companion, &whom, &json!({"skills": ["menjahit", "las"]})).await.success();
    assert_eq!(mark(&helped, "skill:las").unwrap()["said_by"], "companion");
});

both_databases!(what_was_verified_is_changed_by_asking, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let own = cast.trainee(&whom).await;
    let path = format!("/people/{whom}/verifications");
    let items = json!({"items": ["education", "skill:menjahit"]});
    let seen = post(&cast.staff, &path, &items).await.success();
    assert_eq!(mark(&seen, "education").unwrap()["verified_at"], "2026-03-02T02:00:00Z");
    for body in [json!({"education": "SMA"}), json!({"skills": []})] {
        let refused = change(&own, &whom, &body).await;
        assert_eq!(fields(&refused)[0].1, "item_verified", "{}", refused.text);
    }
    assert_eq!(whole(&own, &whom).await["education"], "smk", "nothing was changed");
    change(&own, &whom, &json!({"address": "Jalan Baru 3"})).await.success();

    let asked = format!("/people/{whom}/change-requests");
    let body = json!({"change": {"education": "D3"}, "reason": "Sudah lulus D3", "evidence": "ijazah asli"});
    let first = post(&own, &asked, &body).await.success();
    assert_eq!((&first["state"], &first["stored"]), (&json!("pending"), &json!({"education": "smk"})));
    assert_eq!(whole(&own, &whom).await["education"], "smk", "the old value counts");
    let second = post(&own, &asked, &body).await.success();
    let waiting = get(&cast.staff, "/change-requests").await.success();
    assert_eq!(waiting["items"].as_array().unwrap().len(), 1, "one that waits is replaced");
    let decide = format!("/change-requests/{}/decision", id(&second));
    let refused = post(&cast.staff, &decide, &json!({"accept": false})).await;
    assert_eq!(fields(&refused), [("answer".to_owned(), "required".to_owned())]);
    post(&cast.staff, &decide, &json!({"accept": true})).await.success();
    let after = whole(&own, &whom).await;
    assert_eq!(after["education"], "d3");
    assert!(mark(&after, "education").unwrap()["verified_at"].is_string(), "{after:#}");
    let again = post(&cast.staff, &decide, &json!({"accept": true})).await;
    assert_eq!(again.refusal(), (409, "wrong_state".to_owned()));
    let told = get(&own, &asked).await.success();
    let states: Vec<_> =
        told["items"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["withdrawn", "accepted"]);
    // An officer who may verify changes it at once, and it stays verified; taken back it is free again.
    let changed = change(&cast.staff, &whom, &json!({"education": "SMA"})).await.success();
    assert!(mark(&changed, "education").unwrap()["verified_at"].is_string());
    let free = json!({"items": ["education"], "verified": false});
    post(&cast.staff, &path, &free).await.success();
    change(&own, &whom, &json!({"education": "SMP"})).await.success();
});

both_databases!(a_change_that_no_form_would_take_is_named, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, other) = (cast.person(1).await, cast.person(2).await);
    let own = cast.trainee(&whom).await;
    let strange = whole(&cast.staff, &other).await["profile"]["trainings"][0]["id"].clone();
    for (body, field, code) in [
        (json!({"name": null}), "name", "required"),
        (json!({"name": "9911045501900001"}), "name", "nik_in_text"),
        (json!({"education": "xyz"}), "education", "unknown_value"),
        (
            json!({"experiences": [{"job": "Penjahit", "months": 721}]}),
            "experiences[0].months",
            "number_out_of_range",
        ),
        (json!({"experiences": [{"job": " ", "months": 1}]}), "experiences[0].job", "required"),
        (json!({"skills": ["x".repeat(101)]}), "skills[0]", "too_long"),
        (json!({"trainings": [{"id": strange, "programme": "Las"}]}), "trainings[0].id", "unknown_item"),
        (
            json!({"certificates": [{"name": "K3", "issued_on": "2026-01-02", "expires_on": "2026-01-01"}]}),
            "certificates[0].expires_on",
            "end_before_start",
        ),
    ] {
        let refused = change(&own, &whom, &body).await;
        assert_eq!(fields(&refused), [(field.to_owned(), code.to_owned())], "{body}");
        let asked = json!({"change": body, "reason": "alasan"});
        let path = format!("/people/{whom}/change-requests");
        if code != "unknown_item" {
            assert_eq!(post(&own, &path, &asked).await.status, 400, "{body}");
        }
    }
    let path = format!("/people/{whom}/verifications");
    for item in ["wishes", "skill:terbang", "certificate:1", "x"] {
        let refused = post(&cast.staff, &path, &json!({"items": [item]})).await;
        assert_eq!(fields(&refused), [("items[0]".to_owned(), "unknown_item".to_owned())], "{item}");
    }
    let path = format!("/people/{whom}/change-requests");
    for (body, field) in [
        (json!({"change": {}, "reason": "alasan"}), "change"),
        (json!({"change": {"major": "IPA"}, "reason": " "}), "reason"),
    ] {
        let refused = post(&own, &path, &body).await;
        assert_eq!(fields(&refused), [(field.to_owned(), "required".to_owned())]);
    }
});

both_databases!(what_a_class_says_is_the_offices_word, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut row = person(1);
    row["ranking_consent"] = json!(true);
    let class = json!({"programme": "Menjahit Pakaian", "name": "Angkatan 1", "starts_on": "2025-10-01",
        "ends_on": "2025-11-30", "members": [row]});
    let made = post(&cast.staff, "/classes", &class).await.success();
    let whom = made["people"][0]["person_id"].as_str().unwrap().to_owned();
    let own = cast.trainee(&whom).await;
    let held = whole(&own, &whom).await["profile"]["trainings"][0].clone();
    let better = json!({"trainings": [{"id": held["id"], "programme": held["programme"], "ended_on": held["ended_on"],
        "result": "competent"}]});
    let refused = change(&own, &whom, &better).await;
    assert_eq!(fields(&refused), [("trainings[0]".to_owned(), "item_verified".to_owned())]);
    assert_eq!(fields(&change(&own, &whom, &json!({"trainings": []})).await)[0].1, "item_verified");
});
