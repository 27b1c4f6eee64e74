//! Nominations by NIK: what an agency is told, which is nothing, whom it reads once an officer accepted, and who else.
use padankerja::{app::access::Role, domain::ids::OrganisationId, store::organisations::OrganisationKind};
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, get, id, nik, person, post, refuses};
use crate::support::{
    app::{Client, Place},
    database::{TestDb, both_databases},
};

async fn agency(cast: &Cast) -> Client {
    let office: OrganisationId = cast.app.organisation(OrganisationKind::Agency, None).await;
    cast.app.login(Role::Agency, Place { organisation: Some(office), ..Place::default() }).await
}

async fn named(who: &Client, number: u32) -> (u16, Value) {
    let answer = post(who, "/nominations", &json!({"nik": nik(number)})).await;
    (answer.status.as_u16(), answer.json())
}

async fn listed(who: &Client, query: &str) -> Vec<Value> {
    let page = get(who, &format!("/nominations{query}")).await.success();
    page["items"].as_array().unwrap().clone()
}

async fn decided(officer: &Client, nomination: &Value, accept: bool) -> Value {
    let path = format!("/nominations/{}/decision", id(nomination));
    post(officer, &path, &json!({"accept": accept})).await.success()
}

both_databases!(nobody_learns_who_is_registered_by_naming_them, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (agency(&cast).await, agency(&cast).await);
    cast.person(1).await;
    let registered = named(&first, 1).await;
    assert_eq!(registered.0, 202, "{registered:?}");
    assert_eq!(named(&first, 2).await, registered, "unknown");
    assert_eq!(named(&first, 1).await, registered, "named already");
    assert_eq!(named(&second, 1).await, registered, "named by another");
    assert!(!registered.1.to_string().contains(&nik(1)));
    let own = listed(&first, "").await;
    assert_eq!(own.len(), 2);
    let look = |row: &Value| {
        let mut row = row.clone();
        for field in ["id", "made_at"] {
            row.as_object_mut().unwrap().remove(field);
        }
        row
    };
    assert_eq!(look(&own[0]), look(&own[1]), "they look alike until an officer accepts");
    assert_eq!((&own[0]["state"], &own[0]["person_id"]), (&json!("waiting"), &Value::Null));
    assert!(get(&first, "/people").await.success()["items"].as_array().unwrap().is_empty());
    let wrong = post(&first, "/nominations", &json!({"nik": "99"})).await;
    refuses(&wrong, "nik", "nik_length");
    let not_theirs = post(&cast.staff, "/nominations", &json!({"nik": nik(1)})).await;
    assert_eq!(not_theirs.refusal(), (403, "role_not_allowed".to_owned()));
});

both_databases!(an_agency_reads_whom_an_officer_accepted, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (agency(&cast).await, agency(&cast).await);
    let nominee = cast.person(1).await;
    let path = format!("/people/{nominee}");
    for who in [&first, &second] {
        named(who, 1).await;
        assert_eq!(get(who, &path).await.refusal(), (404, "not_found".to_owned()));
    }
    let waiting = listed(&cast.staff, "?state=waiting").await;
    assert_eq!(waiting.len(), 2);
    assert_eq!((&waiting[0]["person_id"], &waiting[0]["person_name"]), (&json!(nominee), &json!("Contoh 1")));
    for one in &waiting {
        assert_eq!(decided(&cast.staff, one, true).await["state"], "accepted");
    }
    let (place, no) = (format!("/nominations/{}/decision", id(&waiting[0])), json!({"accept": false}));
    let again = post(&cast.staff, &place, &no).await;
    assert_eq!(again.refusal(), (409, "wrong_state".to_owned()));
    let evidence = json!({"criterion": "laid_off", "source": "Surat PHK", "dated_on": "2026-01-31"});
    post(&first, &format!("{path}/criteria"), &evidence).await.success();
    for who in [&first, &second] {
        let seen = get(who, &path).await.success();
        assert_eq!(seen["confidential"]["criteria"].as_array().unwrap().len(), 2);
        assert_eq!(seen["confidential"]["nominated_by"], Value::Null, "who else nominated is not told");
        assert_eq!(listed(who, "").await[0]["person_id"], json!(nominee));
        assert_eq!(get(who, "/people").await.success()["items"].as_array().unwrap().len(), 1);
    }
    let office = get(&cast.staff, &path).await.success();
    assert_eq!(office["confidential"]["nominated_by"], waiting[0]["organisation_id"], "the first");
    let trainee = cast.trainee(&nominee).await;
    let copy = get(&trainee, "/me/export").await.success();
    let told = copy["people"][0]["nominations"].as_array().unwrap().clone();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0]["state"], "accepted");

    let vacancy = cast.open_vacancy(2).await;
    let application = cast.proposed(&nominee, &vacancy).await;
    for who in [&first, &second] {
        get(who, &format!("/applications/{application}")).await.success();
    }
    let other = agency(&cast).await;
    assert_eq!(get(&other, &format!("/applications/{application}")).await.status, 404);
});

both_databases!(somebody_unknown_waits_until_they_register, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let who = agency(&cast).await;
    named(&who, 3).await;
    let waiting = listed(&cast.staff, "").await;
    assert_eq!(waiting[0]["person_id"], Value::Null);
    let path = format!("/nominations/{}/decision", id(&waiting[0]));
    refuses(&post(&cast.staff, &path, &json!({"accept": true})).await, "accept", "unknown_person");
    let nominee = id(&post(&cast.staff, "/people", &person(3)).await.success());
    assert_eq!(listed(&cast.staff, "").await[0]["person_id"], json!(nominee));
    decided(&cast.staff, &waiting[0], true).await;
    get(&who, &format!("/people/{nominee}")).await.success();

    // Refused, and named again.
    named(&who, 4).await;
    let waiting = listed(&cast.staff, "?state=waiting").await;
    decided(&cast.staff, &waiting[0], false).await;
    assert_eq!(listed(&who, "?state=refused").await.len(), 1);
    named(&who, 4).await;
    assert_eq!(listed(&who, "?state=refused").await.len(), 0);

    // Whom the agency registers itself is its nominee at once, waiting or not.
    let own = id(&post(&who, "/people", &person(4)).await.success());
    get(&who, &format!("/people/{own}")).await.success();
    assert_eq!(listed(&who, "?state=accepted").await.len(), 2);
    assert!(listed(&who, "?state=waiting").await.is_empty());
});

both_databases!(who_is_erased_leaves_no_nominee, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (agency(&cast).await, agency(&cast).await);
    let nominee = cast.person(1).await;
    named(&first, 1).await;
    named(&second, 1).await;
    let waiting = listed(&cast.staff, "").await;
    decided(&cast.staff, &waiting[0], true).await;
    let why = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("/people/{nominee}/erasure"), &why).await.success();
    assert_eq!(get(&first, &format!("/people/{nominee}")).await.status, 404);
    assert!(listed(&first, "").await.is_empty());
    let left = listed(&second, "").await;
    assert_eq!((left.len(), &left[0]["state"]), (1, &json!("waiting")), "as if nobody had been there");
    assert_eq!(listed(&cast.staff, "").await[0]["person_id"], Value::Null);
    let nobody = cast.app.anonymous();
    assert_eq!(nobody.request(Method::GET, "/api/v1/nominations").send().await.unwrap().status(), 401);
});
