//! Nobody drops out: after a run is published everybody with priority who looks for work has a proposal or a next step;
//! offices answer what they see to, the person reads who sees to theirs and by when.
use padankerja::{
    app::{
        access::Role,
        policies,
        runs::computing::{self, Progress, Request},
    },
    store::organisations::OrganisationKind,
};
use serde_json::{Value, json};

use super::cast::{Cast, VILLAGE, fields, get, id, nik, person, post, refuses};
use crate::support::{
    app::{Client, Place},
    database::{TestDb, both_databases},
};

/// Somebody poor who can show nothing yet.
fn beginner(number: u32) -> Value {
    json!({
        "nik": nik(number), "name": format!("Pemula {number}"), "village": VILLAGE, "phone": "086012345678",
        "desil": 2, "desil_source": "DTSEN", "desil_date": "2026-01-15",
    })
}

fn without(mut person: Value, fields: &[&str]) -> Value {
    fields.iter().for_each(|field| drop(person.as_object_mut().unwrap().remove(*field)));
    person
}

fn with(mut person: Value, field: &str, value: Value) -> Value {
    person[field] = value;
    person
}

async fn agency(cast: &Cast) -> (String, Client) {
    let office = cast.app.organisation(OrganisationKind::Agency, None).await;
    let place = Place { organisation: Some(office), ..Place::default() };
    (office.to_string(), cast.app.login(Role::Agency, place).await)
}

async fn laid_off(who: &Client, person: &str) {
    let evidence = json!({"criterion": "laid_off", "source": "Surat PHK", "dated_on": "2026-01-31"});
    assert_eq!(post(who, &format!("/people/{person}/criteria"), &evidence).await.status, 201);
}

/// A match run over everybody, published by an officer.
async fn published(cast: &Cast) -> Value {
    let app = cast.app.app();
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let run = computing::begin(app, &request).await.unwrap();
    computing::work(app, run, &request, Progress::default()).await.unwrap();
    post(&cast.staff, &format!("/runs/{run}/publish"), &json!({})).await.success()
}

async fn listed(who: &Client, query: &str) -> Vec<Value> {
    let page = get(who, &format!("/next-steps?limit=200{query}")).await.success();
    assert!(page["next"].is_null());
    page["items"].as_array().unwrap().clone()
}

fn of<'a>(steps: &'a [Value], person: &str) -> &'a Value {
    let mut own = steps.iter().filter(|step| step["person_id"] == person);
    let first = own.next().unwrap_or_else(|| panic!("{person} has no step"));
    assert!(own.next().is_none(), "{person} has more than one step");
    first
}

/// Who is in a regency where three of four who can sew are proposed, and what they are to get.
async fn regency(cast: &Cast, agency: &Client) -> Vec<(String, &'static str, &'static str)> {
    cast.open_vacancy(1).await;
    for number in 1..=4 {
        cast.person(number).await;
    }
    let mut expected = Vec::new();
    for (row, kind, due) in [
        (beginner(11), "training", "2026-03-30"),
        (with(beginner(12), "ranking_consent", json!(false)), "visit", "2026-03-16"),
        (without(beginner(13), &["phone"]), "visit", "2026-03-16"),
        (with(person(14), "available_from", json!("2026-06-01")), "proposal", "2026-05-25"),
    ] {
        expected.push((id(&post(&cast.staff, "/people", &row).await.success()), kind, due));
    }
    let no_desil = ["desil", "desil_source", "desil_date"];
    for (who, number) in [(&cast.staff, 15), (agency, 16)] {
        let made = id(&post(who, "/people", &without(beginner(number), &no_desil)).await.success());
        laid_off(who, &made).await;
        expected.push((made, "desil_check", "2026-03-09"));
    }
    let well_off = with(beginner(17), "desil", json!(8));
    post(&cast.staff, "/people", &well_off).await.success();
    let nothing_known = without(beginner(18), &no_desil);
    post(&cast.staff, "/people", &nothing_known).await.success();
    let at_work = with(beginner(19), "status", json!("Bekerja"));
    post(&cast.staff, "/people", &at_work).await.success();
    expected
}

both_databases!(publishing_leaves_nobody_with_priority_without_a_step, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (office, agency) = agency(&cast).await;
    let expected = regency(&cast, &agency).await;
    let told = published(&cast).await;
    assert_eq!(
        (&told["created"], &told["next_steps"], &told["without_step"]),
        (&json!(3), &json!(7), &json!(0))
    );
    let steps = listed(&cast.staff, "").await;
    assert_eq!(steps.len(), 7);
    for (person, kind, due) in &expected {
        let step = of(&steps, person);
        assert_eq!(
            (&step["kind"], &step["due_on"], &step["outcome"]),
            (&json!(kind), &json!(due), &Value::Null)
        );
        assert!(
            step["run_id"].is_string() && step["office"].as_str().unwrap().starts_with("Kantor "),
            "{step}"
        );
    }
    let others: Vec<_> = steps
        .iter()
        .filter(|step| !expected.iter().any(|(person, ..)| step["person_id"] == *person))
        .collect();
    assert_eq!(others.len(), 1, "the fourth who can sew");
    assert_eq!((&others[0]["kind"], &others[0]["due_on"]), (&json!("proposal"), &json!("2026-03-09")));
    let owned = listed(&agency, "").await;
    assert_eq!(owned.len(), 1, "what its nominee needs is looked up by the agency");
    assert_eq!(
        (&owned[0]["person_id"], &owned[0]["organisation_id"]),
        (&json!(expected[5].0), &json!(office))
    );
    assert!(owned[0]["run_id"].is_null());
    assert!(
        listed(&cast.staff, "&own=true").await.len() == 6
            && listed(&cast.staff, "&overdue=true").await.is_empty()
    );
    assert_eq!(listed(&cast.staff, "&kind=visit").await.len(), 2);

    // Who waits already is not given a second step, and who found work leaves the list.
    let again = published(&cast).await;
    assert_eq!((&again["next_steps"], &again["without_step"]), (&json!(0), &json!(0)));
    let business = of(&steps, &expected[0].0);
    let path = format!("/next-steps/{}/outcome", business["id"].as_str().unwrap());
    let answered = post(&cast.staff, &path, &json!({"outcome": "self_employed"})).await.success();
    assert_eq!((&answered["success"], &answered["overdue"]), (&json!(true), &json!(false)));
    let person = get(&cast.staff, &format!("/people/{}", expected[0].0)).await.success();
    assert_eq!(person["status"], "self_employed");
    // Who was not at home has a new one after the next run.
    let path = format!("/next-steps/{}/outcome", of(&steps, &expected[1].0)["id"].as_str().unwrap());
    let answered = post(&cast.staff, &path, &json!({"outcome": "not_reached"})).await.success();
    assert_eq!(answered["success"], false);
    let third = published(&cast).await;
    assert_eq!((&third["next_steps"], &third["without_step"]), (&json!(1), &json!(0)));
    assert_eq!(listed(&cast.staff, "&answered=true").await.len(), 2);
    assert_eq!(listed(&cast.staff, "").await.len(), 6);
});

both_databases!(a_proposal_that_came_and_a_desil_that_is_known_answer_their_steps, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (_, agency) = agency(&cast).await;
    let expected = regency(&cast, &agency).await;
    published(&cast).await;
    cast.open_vacancy(2).await;
    assert_eq!(published(&cast).await["next_steps"], 0);
    let answered = listed(&cast.staff, "&answered=true").await;
    assert_eq!(answered.len(), 1, "of the fourth who can sew: {answered:?}");
    assert_eq!((&answered[0]["kind"], &answered[0]["outcome"]), (&json!("proposal"), &json!("proposed")));
    let person = &expected[4].0;
    let desil = json!({"criterion": "desil", "value": 3, "source": "DTSEN", "dated_on": "2026-02-01"});
    post(&cast.staff, &format!("/people/{person}/criteria"), &desil).await.success();
    let answered = listed(&cast.staff, "&answered=true&kind=desil_check").await;
    assert_eq!(of(&answered, person)["outcome"], "desil_found");
    // Poor and without anything to show: trained next.
    assert_eq!(published(&cast).await["next_steps"], 1);
    assert_eq!(of(&listed(&cast.staff, "").await, person)["kind"], "training");
});

both_databases!(offices_answer_what_they_see_to_and_the_person_reads_theirs, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let ((office, ours), (_, theirs)) = (agency(&cast).await, agency(&cast).await);
    let person = cast.person(1).await;
    let own = cast.trainee(&person).await;
    let body = json!({"person_id": person, "kind": "visit", "due_on": "2026-03-09", "officer": "Bu Contoh"});
    let made = post(&cast.staff, "/next-steps", &body).await;
    assert_eq!(made.status, 201);
    let step = id(&made.json());
    let path = format!("/next-steps/{step}");
    let check = post(&cast.staff, "/next-steps", &json!({"person_id": person, "kind": "desil_check"})).await;
    let check = id(&check.success());
    let read = get(&own, "/me/next-steps").await.success();
    assert_eq!(read["items"].as_array().unwrap().len(), 2);
    let told = read["items"].as_array().unwrap().iter().find(|item| item["id"] == step.as_str()).unwrap();
    let said = told["told"].as_str().unwrap();
    assert!(said.contains("Bu Contoh, Kantor ") && said.contains("Senin, 9 Maret 2026"), "{said}");
    assert!(told["account_id"].is_null() && told["run_id"].is_null(), "{told}");

    let given = json!({"organisation_id": office, "due_on": "2026-03-12"});
    let given = post(&cast.staff, &format!("{path}/assign"), &given).await.success();
    assert_eq!((&given["organisation_id"], &given["officer"]), (&json!(office), &Value::Null));
    let login = json!({"account_id": ours.account.unwrap(), "officer": "Pak Dinsos"});
    let given = post(&cast.staff, &format!("{path}/assign"), &login).await.success();
    assert_eq!(
        (&given["account_id"], &given["due_on"]),
        (&json!(ours.account.unwrap()), &json!("2026-03-12"))
    );

    // A companion of the village reads what is no welfare, and answers nothing.
    let companion = cast.companion().await;
    let seen = listed(&companion, "").await;
    assert_eq!(seen.len(), 1, "that a desil is unknown is for those who look it up");
    assert_eq!((&seen[0]["id"], &seen[0]["officer"]), (&json!(step), &json!("Pak Dinsos")));
    assert_eq!(listed(&ours, "").await.len(), 1);
    assert!(listed(&theirs, "").await.is_empty());
    let answer = json!({"outcome": "visited", "note": "ibunya sakit, ingin bekerja dekat rumah"});
    let foreign = post(&theirs, &format!("{path}/outcome"), &answer).await;
    assert_eq!(foreign.refusal(), (404, "not_found".to_owned()));
    let not_theirs =
        post(&ours, &format!("/next-steps/{check}/outcome"), &json!({"outcome": "not_reached"})).await;
    assert_eq!(not_theirs.refusal(), (404, "not_found".to_owned()));
    let answered = post(&ours, &format!("{path}/outcome"), &answer).await.success();
    assert_eq!((&answered["outcome"], &answered["note"]), (&json!("visited"), &answer["note"]));
    let seen = listed(&companion, "&answered=true").await;
    assert!(seen.len() == 1 && seen[0]["note"].is_null(), "{seen:?}");
    assert_eq!(get(&own, "/me/next-steps").await.success()["items"].as_array().unwrap().len(), 1);
    let copy = get(&own, "/me/export").await.success();
    assert_eq!(copy["people"][0]["next_steps"].as_array().unwrap().len(), 2);
    assert!(!copy.to_string().contains("ibunya sakit"));

    let body = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("/people/{person}/erasure"), &body).await.success();
    for query in ["", "&answered=true"] {
        assert!(listed(&cast.staff, query).await.is_empty(), "an erased person is in no list");
    }
});

both_databases!(what_a_step_does_not_take, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (_, other) = agency(&cast).await;
    let person = cast.person(1).await;
    let village = cast.app.organisation(OrganisationKind::Village, Some(VILLAGE)).await;
    let body = json!({"person_id": person, "kind": "training"});
    let nobody = "01900000-0000-7000-8000-000000000001";
    for (field, value, code) in [
        ("due_on", json!("2026-03-01"), "date_in_the_past"),
        ("due_on", json!("2027-03-04"), "date_out_of_range"),
        ("organisation_id", json!(nobody), "unknown_organisation"),
        ("organisation_id", json!(village), "wrong_kind_of_organisation"),
        ("officer", json!("x".repeat(101)), "too_long"),
        ("officer", json!(format!("Bu {}", nik(1))), "nik_in_text"),
    ] {
        let refused = post(&cast.staff, "/next-steps", &with(body.clone(), field, value)).await;
        refuses(&refused, field, code);
    }
    for (field, value) in [("kind", json!("hadiah")), ("due_on", json!("besok")), ("hari", json!(1))] {
        let refused = post(&cast.staff, "/next-steps", &with(body.clone(), field, value)).await;
        assert_eq!(refused.refusal(), (400, "unacceptable_body".to_owned()), "{field}");
    }
    let step = id(&post(&cast.staff, "/next-steps", &body).await.success());
    let twice = post(&cast.staff, "/next-steps", &body).await;
    assert_eq!(twice.refusal(), (409, "step_open".to_owned()));

    let assign = format!("/next-steps/{step}/assign");
    for (field, value, code) in [
        ("account_id", json!(nobody), "unknown_value"),
        ("account_id", json!(other.account.unwrap()), "unknown_value"),
        ("due_on", json!("2026-02-27"), "date_in_the_past"),
    ] {
        refuses(&post(&cast.staff, &assign, &json!({field: value})).await, field, code);
    }
    let path = format!("/next-steps/{step}/outcome");
    let answer = |outcome: &str, note: String| json!({"outcome": outcome, "note": note});
    let wrong = post(&cast.staff, &path, &answer("capital_granted", String::new())).await;
    assert_eq!(fields(&wrong), [("outcome".to_owned(), "outcome_not_possible".to_owned())]);
    refuses(&post(&cast.staff, &path, &answer("in_work", "x".repeat(1001))).await, "note", "too_long");
    refuses(&post(&cast.staff, &path, &answer("in_work", nik(1))).await, "note", "nik_in_text");
    let unknown = post(&cast.staff, &path, &answer("hilang", String::new())).await;
    assert_eq!(unknown.refusal(), (400, "unacceptable_body".to_owned()));
    let status = |person: Value| person["status"].clone();
    assert_eq!(status(get(&cast.staff, &format!("/people/{person}")).await.success()), "seeking");
    post(&cast.staff, &path, &answer("in_work", "  ".to_owned())).await.success();
    assert_eq!(status(get(&cast.staff, &format!("/people/{person}")).await.success()), "working_elsewhere");
    for late in [post(&cast.staff, &path, &answer("in_work", String::new())).await, {
        post(&cast.staff, &assign, &json!({"officer": "Bu Contoh"})).await
    }] {
        assert_eq!(late.refusal(), (409, "step_answered".to_owned()));
    }
    for query in ["kind=hadiah", "terbuka=ya", "overdue=1", "limit=0"] {
        assert_eq!(get(&cast.staff, &format!("/next-steps?{query}")).await.status, 400, "{query}");
    }
});
