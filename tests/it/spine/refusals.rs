//! What is refused, and with which stable code: second clicks, stale versions, impossible values, foreign objects.
use padankerja::http::api::BASE;
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{
    Cast, act, act_with_key, fields, get, id, nik, person, plain, post, refuses, registered, registration,
    replace, vacancy,
};
use crate::support::{
    app::{Answer, fresh_key},
    database::{TestDb, both_databases},
};

both_databases!(a_second_click_changes_nothing, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (somebody, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&somebody, &vacancy).await;
    let (path, key) = (format!("/applications/{application}/confirm"), fresh_key());
    let first = act_with_key(&cast.staff, &path, 1, &key, &json!({})).await;
    let same_key = act_with_key(&cast.staff, &path, 1, &key, &json!({})).await;
    assert_eq!((first.success(), first.header("etag")), (same_key.success(), same_key.header("etag")));
    assert_eq!(same_key.header("idempotency-replayed"), Some("true"));
    let other_key = act(&cast.staff, &path, 1, &json!({})).await;
    assert_eq!(other_key.refusal(), (412, "stale_version".to_owned()));
    let informed = act(&cast.staff, &path, 2, &json!({})).await;
    assert_eq!(informed.refusal(), (409, "wrong_state".to_owned()));
    assert_eq!(cast.application(&application).await["version"], 2);
    let other_request = act_with_key(&cast.staff, &path, 2, &key, &json!({})).await;
    assert_eq!(other_request.refusal(), (422, "idempotency_key_reused".to_owned()));
    let again = json!({"person_id": somebody, "vacancy_id": vacancy, "event": "propose"});
    let twice = post(&cast.staff, "/applications", &again).await;
    assert_eq!(twice.refusal(), (409, "already_open".to_owned()));
});

both_databases!(a_run_is_begun_once, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let key = fresh_key();
    let path = format!("{}/runs", padankerja::http::api::BASE);
    let first = cast.staff.post_with_key(&path, &key, &json!({})).await.success();
    let second = cast.staff.post_with_key(&path, &key, &json!({})).await.success();
    assert_eq!(first, second);
    let listed = get(&cast.staff, "/runs").await.success();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let unknown = json!({"policy_id": "00000000-0000-0000-0000-000000000000"});
    refuses(&post(&cast.staff, "/runs", &unknown).await, "policy_id", "unknown_policy");
});

both_databases!(impossible_values_name_their_field, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let with = |mut body: Value, field: &str, value: Value| {
        body[field] = value;
        body
    };
    let seats = post(&cast.employer, "/vacancies", &with(vacancy(1), "seats", json!(0))).await;
    refuses(&seats, "seats", "zero_seats");
    let past = post(&cast.employer, "/vacancies", &with(vacancy(1), "closes_on", json!("2026-03-01"))).await;
    refuses(&past, "closes_on", "closing_date_past");
    let place = post(&cast.employer, "/vacancies", &with(vacancy(1), "village", json!("Atlantis"))).await;
    refuses(&place, "village", "unknown_village");
    let birth = post(&cast.staff, "/people", &with(person(1), "nik", json!("9911043113900001"))).await;
    refuses(&birth, "nik", "nik_impossible_month");
    let day = post(&cast.staff, "/people", &with(person(1), "nik", json!("9911043202900001"))).await;
    refuses(&day, "nik", "nik_impossible_day");
    let number =
        post(&cast.staff, "/people", &with(person(1), "nik", json!(9_911_045_501_900_001_i64))).await;
    refuses(&number, "nik", "nik_numeric");
    let home = post(&cast.staff, "/people", &with(person(1), "village", json!("Atlantis"))).await;
    refuses(&home, "village", "unknown_village");
    for answer in [&birth, &day, &number] {
        assert!(!answer.text.contains("9911"), "{}", answer.text);
    }
    let unknown = post(&cast.staff, "/people", &with(person(1), "nama", json!("x"))).await;
    assert_eq!(unknown.refusal(), (400, "unacceptable_body".to_owned()));
    cast.person(1).await;
    let known = post(&cast.staff, "/people", &person(1)).await;
    assert_eq!(known.refusal(), (409, "nik_known".to_owned()));
    assert!(!known.text.contains(&nik(1)));
});

both_databases!(a_registration_names_all_its_faults_at_once, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nobody = cast.app.anonymous();
    let mut body = registration("912000123456", "pt.baru");
    body["password"] = json!("pendek");
    body["village"] = json!("Atlantis");
    let refused = plain(&nobody, Method::POST, "/employers", &body).await;
    let expected = [("nib", "nib_shape"), ("village", "unknown_village"), ("password", "password_too_short")];
    assert_eq!(fields(&refused), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    let taken = plain(&nobody, Method::POST, "/employers", &registration("9120001234568", "pt.contoh")).await;
    refuses(&taken, "login", "login_taken");
    let listed = get(&cast.staff, "/employers?state=registered").await.success();
    assert_eq!(listed["items"], json!([]), "nothing of a refused registration is kept");
});

both_databases!(foreign_and_absent_are_the_same, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (other_id, other) = registered(&cast.app, "9120001234569", "pt.tetangga").await;
    let vacancy = cast.open_vacancy(2).await;
    let (mine, theirs) = (cast.person(1).await, cast.person(2).await);
    let application = cast.referred(&mine, &vacancy).await;
    let stranger = cast.trainee(&theirs).await;
    let nothing = "00000000-0000-0000-0000-000000000000";
    for (who, foreign, absent) in [
        (&other, format!("/vacancies/{vacancy}"), format!("/vacancies/{nothing}")),
        (&other, format!("/applications/{application}"), format!("/applications/{nothing}")),
        (&other, format!("/employers/{}", cast.employer_id), format!("/employers/{nothing}")),
        (&cast.employer, format!("/employers/{other_id}"), format!("/employers/{nothing}")),
        (&stranger, format!("/people/{mine}"), format!("/people/{nothing}")),
        (&stranger, format!("/applications/{application}"), "/applications/no-id".to_owned()),
    ] {
        let (foreign, absent) = (get(who, &foreign).await, get(who, &absent).await);
        assert_eq!(foreign.refusal(), (404, "not_found".to_owned()));
        assert_eq!(foreign.text, absent.text);
    }
    let moved = act(&other, &format!("/applications/{application}/invite"), 4, &json!({})).await;
    assert_eq!(moved.status, 404);
    let body = json!({"person_id": mine, "vacancy_id": vacancy});
    assert_eq!(post(&stranger, "/applications", &body).await.status, 404);
});

both_databases!(a_draft_does_not_exist_for_residents, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let made = post(&cast.employer, "/vacancies", &vacancy(1)).await.success();
    let somebody = cast.person(1).await;
    let trainee = cast.trainee(&somebody).await;
    let body = json!({"person_id": somebody, "vacancy_id": made["id"]});
    assert_eq!(post(&trainee, "/applications", &body).await.refusal(), (404, "not_found".to_owned()));
    let officer = json!({"person_id": somebody, "vacancy_id": made["id"], "event": "propose"});
    let refused = post(&cast.staff, "/applications", &officer).await;
    assert_eq!(refused.refusal(), (409, "vacancy_not_open".to_owned()));
});

both_databases!(unknown_codes_are_not_empty_lists, |db: TestDb| async {
    let cast = Cast::new(db).await;
    for path in [
        "/applications?state=purposed",
        "/vacancies?state=opened",
        "/employers?state=good",
        "/applications?status=proposed",
        "/people?limit=0",
        "/runs?limit=1000",
        "/jobs?limit=abc",
        "/auth/me?x=1",
        "/gaps/classes?top=3",
        &format!("/employers/{}?state=good", cast.employer_id),
    ] {
        assert_eq!(get(&cast.staff, path).await.refusal(), (400, "malformed_query".to_owned()), "{path}");
    }
    let cursor = get(&cast.staff, "/people?cursor=xyz").await;
    assert_eq!(cursor.refusal(), (400, "bad_cursor".to_owned()));
    let unknown = act(&cast.staff, &format!("/employers/{}/praise", cast.employer_id), 2, &json!({})).await;
    assert_eq!(unknown.refusal(), (404, "not_found".to_owned()));
});

both_databases!(an_edit_needs_the_version_and_the_right, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let made = post(&cast.employer, "/vacancies", &vacancy(2)).await.success();
    let path = format!("/vacancies/{}", made["id"].as_str().unwrap());
    let mut body = vacancy(4);
    for field in ["village", "working_hours", "experience_months", "closes_on"] {
        body[field] = made[field].clone();
    }
    let blind = plain(&cast.employer, Method::PUT, &path, &body).await;
    assert_eq!(blind.refusal(), (428, "version_missing".to_owned()));
    let edited = replace(&cast.employer, Method::PUT, &path, 1, &body).await;
    assert_eq!((&edited.success()["seats"], edited.header("etag")), (&json!(4), Some("\"2\"")));
    let stale = replace(&cast.employer, Method::PUT, &path, 1, &body).await;
    assert_eq!(stale.refusal(), (412, "stale_version".to_owned()));
    act(&cast.employer, &format!("{path}/submit"), 2, &json!({})).await.success();
    act(&cast.staff, &format!("{path}/publish"), 3, &json!({})).await.success();
    let verified = replace(&cast.employer, Method::PUT, &path, 4, &body).await;
    assert_eq!(verified.refusal(), (403, "wrong_actor".to_owned()));
    let clerk = cast.app.staff(&[]).await;
    let clerk = replace(&clerk, Method::PUT, &path, 4, &body).await;
    assert_eq!(clerk.refusal(), (403, "right_missing".to_owned()));
    replace(&cast.staff, Method::PUT, &path, 4, &body).await.success();
});

both_databases!(an_incomplete_vacancy_is_told_what_is_missing, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let made = post(&cast.employer, "/vacancies", &json!({"title": "Operator Jahit", "seats": 2})).await;
    let path = format!("/vacancies/{}", made.success()["id"].as_str().unwrap());
    let refused = act(&cast.employer, &format!("{path}/submit"), 1, &json!({})).await;
    let missing: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    let expected =
        ["place", "wage", "working_hours", "conditions", "closing_date", "education", "skills", "experience"];
    assert_eq!(missing, expected);

    // Sent back for words, completed, handed in again.
    let whole = post(&cast.employer, "/vacancies", &vacancy(2)).await.success();
    let path = format!("/vacancies/{}", whole["id"].as_str().unwrap());
    act(&cast.employer, &format!("{path}/submit"), 1, &json!({})).await.success();
    refuses(&act(&cast.staff, &format!("{path}/send-back"), 2, &json!({})).await, "reason", "required");
    let words = json!({"reason": "jelaskan jam kerja"});
    let back = act(&cast.staff, &format!("{path}/send-back"), 2, &words).await.success();
    assert_eq!(back["state"], "incomplete");
    let again = act(&cast.employer, &format!("{path}/submit"), 3, &json!({})).await.success();
    assert_eq!(again["state"], "submitted");
});

both_databases!(days_that_no_answer_could_tell_are_refused, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nominee = cast.person(1).await;
    let evidence = |field: &str, day: &str| {
        let mut body = json!({"criterion": "laid_off", "source": "Surat PHK", "dated_on": "2026-01-31"});
        body[field] = json!(day);
        body
    };
    let path = format!("/people/{nominee}/criteria");
    for (field, day) in
        [("dated_on", "-262143-01-01"), ("dated_on", "0000-01-01"), ("expires_on", "+262142-12-31")]
    {
        refuses(&post(&cast.staff, &path, &evidence(field, day)).await, field, "date_out_of_range");
    }
    let plan = json!({"job": "Penjahit", "seats": 3, "month": "+12345-01-01", "certainty": "idea"});
    refuses(&post(&cast.employer, "/plans", &plan).await, "month", "date_out_of_range");
    let policy = post(&cast.supervisor, "/policies", &json!({"name": "uji", "body": {}})).await.success();
    let policy = id(&policy);
    let path = format!("/policies/compare?first={policy}&second={policy}&as_of=-262143-01-01");
    let query = get(&cast.supervisor, &path).await;
    assert_eq!(query.refusal(), (400, "malformed_query".to_owned()));
    assert_eq!(query.json()["errors"][0]["code"], "date_out_of_range");
    let ends = json!({"available_from": "+262142-12-31"});
    let path = format!("{BASE}/people/{nominee}");
    let patch = cast.staff.request(Method::PATCH, &path).header("if-match", "\"1\"").json(&ends);
    refuses(&Answer::of(patch).await, "available_from", "date_out_of_range");
});
