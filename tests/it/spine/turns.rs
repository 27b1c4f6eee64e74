//! The turns an application can take: declined, refused, withdrawn, undone, closed with its vacancy, corrected.
use chrono::TimeDelta;
use serde_json::json;

use super::cast::{Cast, act, get, post, refuses};
use crate::support::database::{TestDb, both_databases};

both_databases!(a_confirmation_is_undone_for_a_quarter_of_an_hour, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    assert_eq!(cast.vacancy(&vacancy).await["internal"]["live"], 1);
    let undone = cast.step(&cast.staff, &application, "undo", &json!({})).await.success();
    assert_eq!(undone["application"]["state"], "proposed");
    assert_eq!(cast.vacancy(&vacancy).await["internal"]["live"], 0);

    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    cast.app.clock.advance(TimeDelta::minutes(16));
    let staff = cast.app.client(cast.staff.account.unwrap());
    let version = get(&staff, &format!("/applications/{application}")).await.success()["version"].clone();
    let path = format!("/applications/{application}/undo");
    let late = act(&staff, &path, version.as_i64().unwrap(), &json!({})).await;
    assert_eq!(late.refusal(), (409, "undo_too_late".to_owned()));
});

both_databases!(an_answer_is_put_off_to_a_working_day_within_reach, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    for (day, code) in
        [("2999-01-01", "date_out_of_range"), ("2026-03-15", "day_off"), ("2026-03-01", "date_in_the_past")]
    {
        let refused = cast.step(&cast.staff, &application, "extend", &json!({"deadline": day})).await;
        refuses(&refused, "deadline", code);
    }
    let later = cast.step(&cast.staff, &application, "extend", &json!({"deadline": "2026-03-16"})).await;
    assert_eq!(later.success()["application"]["deadline"], "2026-03-16");
});

both_databases!(a_person_declines_with_a_reason_or_keeps_it, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let trainee = cast.trainee(&person).await;
    let application = cast.proposed(&person, &vacancy).await;
    let early = cast.step(&trainee, &application, "decline", &json!({"reason": "too_far"})).await;
    assert_eq!(early.refusal(), (404, "not_found".to_owned()), "nobody confirmed it yet");
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    refuses(&cast.step(&trainee, &application, "decline", &json!({})).await, "reason", "required");
    let strange = cast.step(&trainee, &application, "decline", &json!({"reason": "skill_missing"})).await;
    refuses(&strange, "reason", "unknown_reason");
    let declined = cast.step(&trainee, &application, "decline", &json!({"reason": "not_stated"})).await;
    assert_eq!(declined.success()["application"]["state"], "declined");
    assert_eq!(cast.vacancy(&vacancy).await["internal"]["live"], 0);
});

both_databases!(a_refusal_takes_the_name_away_and_is_not_read_by_the_person, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let trainee = cast.trainee(&person).await;
    let application = cast.referred(&person, &vacancy).await;
    let reason = json!({"reason": "skill_missing", "text": "belum bisa obras"});
    cast.step(&cast.employer, &application, "refuse", &reason).await.success();
    let seen = get(&cast.employer, &format!("/applications/{application}")).await.success();
    assert_eq!(seen["state"], "refused");
    assert!(seen.get("person").is_none(), "{seen}");
    let told = get(&trainee, &format!("/applications/{application}/events")).await;
    assert_eq!(told.success()["items"].as_array().unwrap().last().unwrap()["event"], "refuse");
    assert!(!told.text.contains("obras") && !told.text.contains("skill_missing"), "{}", told.text);
    let own = get(&cast.employer, &format!("/applications/{application}/events")).await.success();
    assert_eq!(own["items"][0]["event"], "refer");
    assert_eq!(own["items"][1]["reason"], "skill_missing: belum bisa obras");
    assert_eq!(cast.vacancy(&vacancy).await["internal"]["refusals"], 1);
});

both_databases!(an_application_is_withdrawn_and_another_corrected, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let trainee = cast.trainee(&person).await;
    let body = json!({"person_id": person, "vacancy_id": vacancy});
    let applied = post(&trainee, "/applications", &body).await.success();
    assert_eq!(applied["application"]["state"], "consented");
    let application = applied["application"]["id"].as_str().unwrap();
    let gone = cast.step(&trainee, application, "withdraw", &json!({"reason": "found_other_work"})).await;
    assert_eq!(gone.success()["application"]["state"], "withdrawn");
    let correction = json!({"target": "consented", "text": "salah tekan, menurut warga"});
    let officer = cast.step(&cast.staff, application, "correct", &correction).await;
    assert_eq!(officer.refusal(), (403, "wrong_actor".to_owned()));
    let back = cast.step(&cast.supervisor, application, "correct", &correction).await.success();
    assert_eq!(back["application"]["state"], "consented");
});

both_databases!(a_closed_vacancy_closes_what_was_open_and_takes_nobody, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let trainee = cast.trainee(&person).await;
    let application = cast.proposed(&person, &vacancy).await;
    let path = format!("/vacancies/{vacancy}/close");
    refuses(&act(&cast.employer, &path, 3, &json!({})).await, "reason", "required");
    refuses(&act(&cast.employer, &path, 3, &json!({"reason": "bosan"})).await, "reason", "unknown_reason");
    let closed = act(&cast.employer, &path, 3, &json!({"reason": "not_needed"})).await.success();
    assert_eq!(closed["state"], "closed");
    assert_eq!(get(&trainee, &format!("/applications/{application}")).await.status, 404);
    let after = get(&cast.companion().await, &format!("/applications/{application}/events")).await.success();
    let last = after["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["event"], &last["reason"]), (&json!("close"), &json!("vacancy_withdrawn")));
    let body = json!({"person_id": person, "vacancy_id": vacancy});
    let refused = post(&trainee, "/applications", &body).await;
    assert_eq!(refused.refusal(), (409, "vacancy_not_open".to_owned()));
    let confirm = cast.step(&cast.staff, &application, "confirm", &json!({})).await;
    assert_eq!(confirm.refusal(), (409, "wrong_state".to_owned()));
});

both_databases!(applicants_are_told_what_the_closing_means_for_them, |db: TestDb| async {
    let cast = Cast::new(db).await;
    for (number, reason, told) in [
        (1, "filled_otherwise", "vacancy_filled"),
        (2, "postponed_for_good", "vacancy_paused"),
        (3, "employer_suspended", "vacancy_withdrawn"),
    ] {
        let (person, vacancy) = (cast.person(number).await, cast.open_vacancy(1).await);
        let application = cast.proposed(&person, &vacancy).await;
        let path = format!("/vacancies/{vacancy}/close");
        act(&cast.staff, &path, 3, &json!({"reason": reason})).await.success();
        let events = get(&cast.staff, &format!("/applications/{application}/events")).await.success();
        assert_eq!(events["items"].as_array().unwrap().last().unwrap()["reason"], told);
    }
});

both_databases!(a_vacancy_runs_longer_when_extended, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let path = format!("/vacancies/{}/extend", cast.open_vacancy(1).await);
    refuses(&act(&cast.employer, &path, 3, &json!({})).await, "closes_on", "required");
    let past = json!({"closes_on": "2026-03-01"});
    refuses(&act(&cast.employer, &path, 3, &past).await, "closes_on", "date_in_the_past");
    let far = act(&cast.employer, &path, 3, &json!({"closes_on": "2999-01-01"})).await;
    refuses(&far, "closes_on", "date_out_of_range");
    let longer = act(&cast.employer, &path, 3, &json!({"closes_on": "2026-12-31"})).await.success();
    assert_eq!((&longer["closes_on"], &longer["state"]), (&json!("2026-12-31"), &json!("open")));
    assert_eq!(longer["version"], 4);
});
