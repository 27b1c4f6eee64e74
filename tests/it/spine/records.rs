//! What is written down besides events: contact attempts, follow-ups, evidence, plans, policies.
use padankerja::{app::access::Role, domain::ids::OrganisationId, store::organisations::OrganisationKind};
use reqwest::Method;
use serde_json::json;

use super::cast::{Cast, VILLAGE, by_phone, get, id, person, post, refuses, replace};
use crate::support::{
    app::Place,
    database::{TestDb, both_databases},
};

both_databases!(a_try_to_reach_somebody_is_no_refusal, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&person, &vacancy).await;
    let path = format!("/applications/{application}/contact-attempts");
    let companion = cast.companion().await;
    let body = json!({"channel": "phone", "outcome": "no_answer"});
    post(&companion, &path, &body).await.success();
    post(&cast.staff, &path, &body).await.success();
    let strange = post(&cast.staff, &path, &json!({"channel": "phone", "outcome": "refused"})).await;
    assert_eq!(strange.refusal(), (400, "unacceptable_body".to_owned()));
    let listed = get(&companion, &path).await.success();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(cast.application(&application).await["state"], "proposed");
    let trainee = cast.trainee(&person).await;
    assert_eq!(post(&trainee, &path, &body).await.refusal(), (403, "role_not_allowed".to_owned()));
});

both_databases!(no_longer_working_ends_the_placement, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(1).await);
    let application = cast.referred(&person, &vacancy).await;
    let hire = json!({"starts_on": "2026-03-02"});
    cast.step(&cast.employer, &application, "hire", &hire).await.success();
    cast.step(&cast.staff, &application, "start", &json!({})).await.success();
    assert_eq!(cast.vacancy(&vacancy).await["state"], "filled");
    let path = format!("/applications/{application}/follow-ups");
    let fine = json!({"month": 1, "still_working": true, "note": "betah"});
    refuses(&post(&cast.staff, &path, &fine).await, "still_working", "too_early");
    cast.app.clock.advance(chrono::TimeDelta::days(28));
    cast.staff = cast.app.client(cast.staff.account.unwrap());
    post(&cast.staff, &path, &fine).await.success();
    let twice = post(&cast.staff, &path, &fine).await;
    assert_eq!(twice.refusal(), (409, "follow_up_not_open".to_owned()));
    let bare = post(&cast.staff, &path, &json!({"month": 3, "still_working": false})).await;
    assert_eq!(bare.status, 400, "{}", bare.text);
    let before = json!({"month": 3, "still_working": false, "ended_on": "2026-03-01", "reason": "resigned"});
    refuses(&post(&cast.staff, &path, &before).await, "ended_on", "end_before_start");
    let by_hand = json!({"ended_on": "2026-03-01", "reason": "resigned"});
    refuses(&cast.step(&cast.staff, &application, "end", &by_hand).await, "ended_on", "end_before_start");
    let ahead = json!({"month": 3, "still_working": false, "ended_on": "2026-04-01", "reason": "resigned"});
    refuses(&post(&cast.staff, &path, &ahead).await, "ended_on", "date_in_future");
    let end = json!({"month": 3, "still_working": false, "ended_on": "2026-03-02", "reason": "resigned"});
    let answers = post(&cast.staff, &path, &end).await.success();
    assert_eq!(answers["items"][1]["still_working"], false);
    assert_eq!(cast.application(&application).await["state"], "ended");
    assert_eq!(cast.vacancy(&vacancy).await["state"], "open");
});

both_databases!(evidence_is_dated_and_brought_by_those_who_may, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let agency: OrganisationId = cast.app.organisation(OrganisationKind::Agency, None).await;
    let place = Place { organisation: Some(agency), ..Place::default() };
    let agency = cast.app.login(Role::Agency, place).await;
    let nominee = id(&post(&agency, "/people", &person(7)).await.success());
    let path = format!("/people/{nominee}/criteria");
    let body = json!({"criterion": "laid_off", "source": "Surat PHK", "dated_on": "2026-02-01"});
    let added = post(&agency, &path, &body).await.success();
    assert_eq!(added["expires_on"], "2027-02-01");
    let twice = post(&agency, &path, &body).await;
    assert_eq!(twice.refusal(), (409, "evidence_known".to_owned()));
    let future = json!({"criterion": "laid_off", "source": "x", "dated_on": "2026-03-03"});
    refuses(&post(&agency, &path, &future).await, "dated_on", "date_in_future");
    let clerk = cast.app.staff(&[]).await;
    assert_eq!(post(&clerk, &path, &body).await.refusal(), (403, "right_missing".to_owned()));
    let other = cast.person(1).await;
    let foreign = post(&agency, &format!("/people/{other}/criteria"), &body).await;
    assert_eq!(foreign.refusal(), (404, "not_found".to_owned()));
    let seen = get(&agency, &format!("/people/{nominee}")).await.success();
    assert_eq!(seen["confidential"]["criteria"].as_array().unwrap().len(), 2);
});

both_databases!(plans_are_announced_ahead, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let body = json!({
        "job": "Operator jahit", "seats": 300, "month": "2026-09-17", "certainty": "likely",
        "village": VILLAGE, "occupation_code": "8153",
    });
    let made = post(&cast.employer, "/plans", &body).await.success();
    assert_eq!(made["month"], "2026-09-01");
    let mut past = body.clone();
    past["month"] = json!("2026-02-28");
    refuses(&post(&cast.employer, "/plans", &past).await, "month", "date_in_the_past");
    let mut none = body.clone();
    none["seats"] = json!(0);
    refuses(&post(&cast.employer, "/plans", &none).await, "seats", "zero_seats");
    let all = get(&cast.staff, "/plans").await.success();
    assert_eq!(all["items"], json!([made]));
    assert_eq!(post(&cast.staff, "/plans", &body).await.refusal(), (403, "role_not_allowed".to_owned()));
});

both_databases!(a_policy_is_checked_before_it_is_kept, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let stored =
        post(&cast.supervisor, "/policies", &json!({"name": "default", "body": {"reserve": 5}})).await;
    let stored = stored.success();
    assert_eq!((&stored["revision"], &stored["body"]["reserve"]), (&json!(1), &json!(5)));
    for (body, field) in [
        (json!({"fit_floor": 0}), "body.fit_floor"),
        (json!({"fit_flor": 300}), "body.fit_flor"),
        (json!({"priority": {"desil": [1, 2, 0, 0, 0, 0, 0, 0, 0, 0]}}), "body.priority.desil"),
    ] {
        let refused = post(&cast.supervisor, "/policies", &json!({"name": "default", "body": body})).await;
        assert_eq!(refused.refusal(), (422, "policy_refused".to_owned()));
        assert_eq!(refused.json()["errors"][0]["field"], field);
    }
    let officer = post(&cast.staff, "/policies", &json!({"name": "default", "body": {}})).await;
    assert_eq!(officer.refusal(), (403, "role_not_allowed".to_owned()));
    let listed = get(&cast.staff, "/policies").await.success();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let one = get(&cast.staff, &format!("/policies/{}", id(&stored))).await.success();
    assert_eq!(one, stored);
});

both_databases!(a_profile_is_changed_against_its_version, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let somebody = cast.person(1).await;
    let trainee = cast.trainee(&somebody).await;
    let path = format!("/people/{somebody}");
    let change = json!({"wage_floor": 2_500_000, "objects_to_ranking": true});
    let changed = replace(&trainee, Method::PATCH, &path, 1, &change).await;
    let view = changed.success();
    assert_eq!(changed.header("etag"), Some("\"2\""));
    assert_eq!(
        (&view["objects_to_ranking"], &view["profile"]["wishes"]["wage_floor"]),
        (&json!(true), &json!(2_500_000))
    );
    let stale = replace(&trainee, Method::PATCH, &path, 1, &change).await;
    assert_eq!(stale.refusal(), (412, "stale_version".to_owned()));
    let wrong = replace(&trainee, Method::PATCH, &path, 2, &json!({"wage_floor": -1})).await;
    refuses(&wrong, "wage_floor", "number_out_of_range");
    let unknown = replace(&trainee, Method::PATCH, &path, 2, &json!({"status": "rich"})).await;
    refuses(&unknown, "status", "unknown_code");
});

both_databases!(words_of_an_office_are_kept_as_what_they_say, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut told = person(3);
    for (field, value) in [
        ("status", json!("Pensiunan")),
        ("training_result", json!("Gugur")),
        ("experience", json!(["Penjahit 20 tahun", "Kasir: 1 tahun 6 bulan", "belum ada"])),
        ("education", json!("putus sekolah SMK")),
        ("disability", json!("CACAT FISIK")),
        ("phone", json!("086012345678 / 086012345679")),
    ] {
        told[field] = value;
    }
    let made = post(&cast.staff, "/people", &told).await.success();
    let profile = &made["profile"];
    let months: Vec<i64> =
        profile["experiences"].as_array().unwrap().iter().filter_map(|job| job["months"].as_i64()).collect();
    assert_eq!(made["status"], "unknown", "asked before anything is proposed");
    assert_eq!(profile["trainings"][0]["result"], "broken_off");
    assert_eq!(months, [240, 18]);
    assert_eq!(made["education"], "smp");
    assert_eq!(made["phone"], "+6286012345678");
    let path = format!("/people/{}", id(&made));
    let asked = replace(&cast.staff, Method::PATCH, &path, 1, &json!({"status": "seeking"})).await;
    assert_eq!(asked.success()["status"], "seeking");
});

both_databases!(what_an_employer_said_lets_referrals_go_on, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(4).await;
    for number in 1..=5 {
        let person = cast.person(number).await;
        let application = cast.referred(&person, &vacancy).await;
        let reason = json!({"reason": "others_better"});
        cast.step(&cast.employer, &application, "refuse", &reason).await.success();
    }
    let sixth = cast.person(6).await;
    let application = cast.proposed(&sixth, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    let waits = cast.step(&cast.staff, &application, "consent", &by_phone()).await.success();
    assert_eq!(waits["application"]["state"], "queued", "five of five were refused");
    let path = format!("/vacancies/{vacancy}/employer-statement");
    refuses(&post(&cast.staff, &path, &json!({"said": " "})).await, "said", "required");
    let own = post(&cast.employer, &path, &json!({"said": "sudah dijelaskan"})).await;
    assert_eq!(own.refusal(), (403, "role_not_allowed".to_owned()));
    let heard = post(&cast.staff, &path, &json!({"said": "syarat obras dilonggarkan"})).await.success();
    assert_eq!(heard["internal"]["said"], "syarat obras dilonggarkan");
    assert_eq!(cast.application(&application).await["state"], "referred");
});

both_databases!(three_failed_days_hand_the_slot_on, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    let path = format!("/applications/{application}/contact-attempts");
    let body = json!({"channel": "phone", "outcome": "no_answer"});
    // Monday, Monday again, Tuesday, Wednesday: the same day counts once.
    for (wait, state) in [(0, "confirmed"), (0, "confirmed"), (1, "confirmed"), (1, "lapsed")] {
        cast.app.clock.advance(chrono::TimeDelta::days(wait));
        let staff = cast.app.client(cast.staff.account.unwrap());
        post(&staff, &path, &body).await.success();
        let seen = get(&staff, &format!("/applications/{application}")).await.success();
        assert_eq!(seen["state"], state);
    }
});
