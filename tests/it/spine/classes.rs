//! Classes of training over HTTP: taken in whole, known people joined, days that move, results, and from when members are
//! proposed.
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, fields, get, id, nik, person, post, replace};
use crate::support::database::{TestDb, both_databases};

fn member(number: u32) -> Value {
    json!({
        "nik": nik(number), "name": format!("Contoh {number}"), "village": super::cast::VILLAGE, "education": "SMK",
        "phone": "086012345678", "wage_floor": 2_300_000, "shift_ok": true, "ranking_consent": true,
    })
}

fn class(name: &str, members: &[Value]) -> Value {
    json!({
        "programme": "Operator Jahit Garmen", "name": name, "starts_on": "2026-01-26", "ends_on": "2026-03-20",
        "members": members,
    })
}

fn of<'a>(class: &'a Value, person: &str) -> &'a Value {
    class["people"].as_array().unwrap().iter().find(|one| one["person_id"] == person).unwrap()
}

both_databases!(a_class_is_taken_in_with_its_members, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let known = cast.person(3).await;
    let mut unwilling = member(2);
    unwilling["ranking_consent"] = json!(false);
    let mut moved = member(3);
    (moved["address"], moved["wage_floor"]) = (json!("Jalan Baru 1"), json!(2_500_000));
    let made = post(&cast.staff, "/classes", &class("Angkatan 1", &[member(1), unwilling, moved])).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let made = made.json();
    assert_eq!((&made["members"], &made["waiting"]), (&json!(3), &json!(3)));
    assert_eq!(
        (&made["available_from"], &made["matched_from"]),
        (&json!("2026-03-21"), &json!("2026-03-06"))
    );
    // Who was registered before joins; what the form says otherwise is named and not written, wishes are.
    assert_eq!(
        made["left_as_stored"],
        json!([{"person_id": known, "row": "members[2]", "fields": ["address"]}])
    );
    let whole = get(&cast.staff, &format!("/people/{known}")).await.success();
    assert_eq!(whole["address"], "Jalan Rahasia 7");
    assert_eq!(whole["profile"]["wishes"]["wage_floor"], 2_500_000);
    assert_eq!(whole["available_from"], "2026-03-21");
    let trainings = whole["profile"]["trainings"].as_array().unwrap();
    assert_eq!(trainings.len(), 2, "what was learnt before stays: {trainings:?}");
    assert!(trainings.iter().any(|one| one["result"] == "running" && one["ended_on"] == "2026-03-20"));
    let people = made["people"].as_array().unwrap();
    let willing: Vec<_> = people.iter().map(|one| one["ranking_consent"].as_bool().unwrap()).collect();
    assert_eq!(willing, [true, false, true]);

    // The same key, the same class; another one of that name is refused.
    let again = post(&cast.staff, "/classes", &class("Angkatan 1", &[member(9)])).await;
    assert_eq!(again.refusal(), (409, "class_known".to_owned()));
    let people = get(&cast.staff, "/people").await.success();
    assert_eq!(people["items"].as_array().unwrap().len(), 3, "nobody of the refused class is registered");
    let listed = get(&cast.staff, "/classes").await.success();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
});

both_databases!(members_are_proposed_two_weeks_before_they_can_begin, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut skilled = member(1);
    (skilled["skills"], skilled["programme"]) = (json!(["menjahit"]), json!("Menjahit Pakaian"));
    let made = post(&cast.staff, "/classes", &class("Angkatan 1", &[skilled])).await.success();
    let person = made["people"][0]["person_id"].as_str().unwrap().to_owned();
    let path = format!("/people/{person}/gap");
    // 2 March: 18 days before the end.
    assert_eq!(get(&cast.staff, &path).await.refusal(), (409, "person_not_matchable".to_owned()));
    let path = format!("/classes/{}", id(&made));
    let version = made["version"].as_i64().unwrap();
    let change = json!({"ends_on": "2026-03-13"});
    let moved = replace(&cast.staff, Method::PATCH, &path, version, &change).await.success();
    assert_eq!(of(&moved, &person)["available_from"], "2026-03-14");
    let stale = replace(&cast.staff, Method::PATCH, &path, version, &change).await;
    assert_eq!(stale.refusal(), (412, "stale_version".to_owned()));
    let gap = get(&cast.staff, &format!("/people/{person}/gap")).await;
    assert_eq!(gap.status, 200, "eleven days before: {}", gap.text);
});

both_databases!(results_and_slips_of_the_pen, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let members: Vec<Value> = (1..=4).map(member).collect();
    let made = post(&cast.staff, "/classes", &class("Angkatan 1", &members)).await.success();
    let path = format!("/classes/{}", id(&made));
    let person = |number: usize| made["people"][number]["person_id"].as_str().unwrap().to_owned();
    let results = json!({"results": [
        {"person_id": person(0), "result": "competent"}, {"person_id": person(1), "result": "not_yet"},
        {"person_id": person(2), "result": "broken_off"},
    ]});
    let told = post(&cast.staff, &format!("{path}/results"), &results).await.success();
    let counts = ["competent", "not_yet", "broken_off", "waiting"].map(|word| told[word].as_i64().unwrap());
    assert_eq!(counts, [1, 1, 1, 1]);
    assert_eq!(of(&told, &person(2))["available_from"], Value::Null, "who broke off can begin at once");
    assert_eq!(of(&told, &person(0))["available_from"], "2026-03-21");
    // Told again it is corrected; somebody who is not in it is named, and then nothing is written.
    let other = cast.person(9).await;
    let wrong = json!({"results": [
        {"person_id": person(0), "result": "not_yet"}, {"person_id": other, "result": "competent"},
    ]});
    let refused = post(&cast.staff, &format!("{path}/results"), &wrong).await;
    assert_eq!(fields(&refused), [("results[1].person_id".to_owned(), "not_a_member".to_owned())]);
    assert_eq!(get(&cast.staff, &path).await.success()["competent"], 1);
    let right = json!({"results": [{"person_id": person(0), "result": "not_yet"}]});
    assert_eq!(post(&cast.staff, &format!("{path}/results"), &right).await.success()["not_yet"], 2);

    let gone = json!({"person_id": person(3)});
    let left = post(&cast.staff, &format!("{path}/removal"), &gone).await.success();
    assert_eq!(left["members"], 3);
    assert_eq!(
        get(&cast.staff, &format!("/people/{}", person(3))).await.success()["available_from"],
        Value::Null
    );
    let refused = post(&cast.staff, &format!("{path}/removal"), &gone).await;
    assert_eq!(fields(&refused), [("person_id".to_owned(), "not_a_member".to_owned())]);
    let joined = post(&cast.staff, &format!("{path}/members"), &json!({"members": [member(5)]})).await;
    assert_eq!(joined.success()["members"], 4);
});

both_databases!(a_class_that_cannot_be_taken_in_leaves_nothing, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let many: Vec<Value> = (1..=41).map(member).collect();
    let refused = post(&cast.staff, "/classes", &class("Angkatan 1", &many)).await;
    assert_eq!(fields(&refused), [("members".to_owned(), "too_many".to_owned())]);
    let full = post(&cast.staff, "/classes", &class("Angkatan 1", &many[..40])).await.success();
    assert_eq!(full["members"], 40);
    let path = format!("/classes/{}/members", id(&full));
    let refused = post(&cast.staff, &path, &json!({"members": [member(41)]})).await;
    assert_eq!(fields(&refused), [("members".to_owned(), "too_many".to_owned())]);

    let mut silent = member(51);
    silent["ranking_consent"] = Value::Null;
    let mut misread = member(52);
    misread["nik"] = json!("99110455");
    let refused = post(&cast.staff, "/classes", &class("Angkatan 2", &[silent.clone(), misread])).await;
    assert_eq!(fields(&refused), [("members[1].nik".to_owned(), "nik_length".to_owned())]);
    let twice = class("Angkatan 2", &[member(53), silent, member(53)]);
    let refused = post(&cast.staff, "/classes", &twice).await;
    assert_eq!(
        fields(&refused),
        [
            ("members[1].ranking_consent".to_owned(), "required".to_owned()),
            ("members[2].nik".to_owned(), "member_already".to_owned()),
        ]
    );
    for (field, value, code) in [
        ("ends_on", json!("2026-01-25"), "end_before_start"),
        ("ends_on", json!("2030-01-25"), "date_out_of_range"),
        ("name", json!("  "), "required"),
        ("programme", json!("x".repeat(201)), "too_long"),
        ("name", json!("Angkatan 9911045501900001"), "nik_in_text"),
    ] {
        let mut body = class("Angkatan 2", &[]);
        body[field] = value;
        let refused = post(&cast.staff, "/classes", &body).await;
        assert_eq!(fields(&refused), [(field.to_owned(), code.to_owned())]);
    }
    let listed = get(&cast.staff, "/classes").await.success();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let people = get(&cast.staff, "/people?limit=100").await.success();
    assert_eq!(people["items"].as_array().unwrap().len(), 40);
});

both_databases!(what_is_said_about_ranking_is_kept_and_followed, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut said = person(1);
    said["ranking_consent"] = json!(false);
    let made = post(&cast.staff, "/people", &said).await.success();
    assert_eq!(made["objects_to_ranking"], true);
    let person = id(&made);
    let own = cast.trainee(&person).await;
    let path = format!("/people/{person}");
    let body = json!({"objects_to_ranking": false});
    replace(&own, Method::PATCH, &path, 1, &body).await.success();
    let copy = get(&own, "/me/export").await.success();
    let kept = copy["people"][0]["ranking_consents"].as_array().unwrap();
    let given: Vec<_> = kept.iter().map(|one| one["given"].as_bool().unwrap()).collect();
    assert_eq!((given, &kept[0]["wording"]), (vec![false, true], &json!("2026-11")));
    // A class asks again, and the last word counts.
    let mut again = member(1);
    again["ranking_consent"] = json!(false);
    post(&cast.staff, "/classes", &class("Angkatan 1", &[again])).await.success();
    assert_eq!(get(&cast.staff, &path).await.success()["objects_to_ranking"], true);
    let body = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("{path}/erasure"), &body).await.success();
    let class = get(&cast.staff, "/classes").await.success();
    assert_eq!(class["items"][0]["members"], 0, "an erased person is in no class");
});

both_databases!(a_slip_is_corrected_and_the_later_of_two_classes_counts, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let made = post(&cast.staff, "/classes", &class("Angkatan 1", &[member(1)])).await.success();
    let person = made["people"][0]["person_id"].as_str().unwrap().to_owned();
    let path = format!("/classes/{}/results", id(&made));
    let gap = format!("/people/{person}/gap");
    let told = async |result: &str| {
        let results = json!({"results": [{"person_id": person, "result": result}]});
        post(&cast.staff, &path, &results).await.success()
    };
    let is_proposed = async || get(&cast.staff, &gap).await.status == 200;
    assert!(!is_proposed().await);
    told("competent").await;
    assert!(is_proposed().await, "whoever was examined is proposed at once");
    // Told by mistake, it is taken back: nobody knows, and the class holds them again.
    let back = told("unknown").await;
    assert_eq!((&back["waiting"], &of(&back, &person)["result"]), (&json!(1), &Value::Null));
    assert!(!is_proposed().await);
    told("running").await;

    // A class of before does not end the one that runs, nor does a slip in it.
    let mut before = class("Angkatan 0", &[member(1)]);
    (before["starts_on"], before["ends_on"]) = (json!("2025-01-06"), json!("2025-02-28"));
    let before = post(&cast.staff, "/classes", &before).await.success();
    assert!(!is_proposed().await);
    let gone = json!({"person_id": person});
    post(&cast.staff, &format!("/classes/{}/removal", id(&before)), &gone).await.success();
    assert!(!is_proposed().await);
    assert_eq!(
        of(&get(&cast.staff, &format!("/classes/{}", id(&made))).await.success(), &person)["available_from"],
        "2026-03-21"
    );
});
