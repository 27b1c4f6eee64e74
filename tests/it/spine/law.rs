//! The law on age binds every path by hand: 18 on the first day of work, 17 for an internship.
use serde_json::{Value, json};

use super::cast::{Cast, act, by_phone, id, person, post, refuses, vacancy};
use crate::support::database::{TestDb, both_databases};

/// A woman born on 15 June of a year, by her NIK.
fn born(year: u32, number: u32) -> Value {
    let mut body = person(number);
    body["nik"] = json!(format!("9911045506{:02}{number:04}", year % 100));
    body
}

both_databases!(nobody_is_hired_below_the_legal_age, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let job = cast.open_vacancy(2).await;
    // Monday 2 March 2026: 17 years old, 18 on 15 June.
    let young = id(&post(&cast.staff, "/people", &born(2008, 1)).await.success());
    let application = cast.referred(&young, &job).await;
    let hire = |day: &str| json!({"starts_on": day});
    for who in [&cast.employer, &cast.staff] {
        let early = cast.step(who, &application, "hire", &hire("2026-06-14")).await;
        refuses(&early, "starts_on", "below_legal_age");
    }
    let correction = json!({"target": "hired", "text": "dicatat ulang"});
    let corrected = cast.step(&cast.supervisor, &application, "correct", &correction).await;
    assert_eq!(corrected.refusal(), (409, "below_legal_age".to_owned()));
    let hired = cast.step(&cast.employer, &application, "hire", &hire("2026-06-15")).await.success();
    assert_eq!(hired["application"]["state"], "hired");
});

both_databases!(an_internship_is_open_from_seventeen_on, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut body = vacancy(2);
    body["employment_type"] = json!("magang");
    let internship = id(&post(&cast.employer, "/vacancies", &body).await.success());
    act(&cast.employer, &format!("/vacancies/{internship}/submit"), 1, &json!({})).await.success();
    act(&cast.staff, &format!("/vacancies/{internship}/publish"), 2, &json!({})).await.success();
    let young = id(&post(&cast.staff, "/people", &born(2008, 1)).await.success());
    let application = cast.proposed(&young, &internship).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    // Her own word is not enough below 18, by phone or by her own login.
    let alone = cast.step(&cast.staff, &application, "consent", &by_phone()).await;
    refuses(&alone, "consent.guardian", "guardian_missing");
    let trainee = cast.trainee(&young).await;
    let clicked = cast.step(&trainee, &application, "consent", &json!({})).await;
    refuses(&clicked, "consent.guardian", "guardian_missing");
    let unknown = json!({"consent": {"channel": "counter", "self_spoke": true, "guardian": "paman"}});
    assert_eq!(cast.step(&cast.staff, &application, "consent", &unknown).await.status, 400);
    let mut signed = by_phone();
    signed["consent"]["guardian"] = json!("mother");
    let agreed = cast.step(&cast.staff, &application, "consent", &signed).await.success();
    assert_eq!(agreed["application"]["state"], "referred");
    let hire = json!({"starts_on": "2026-03-03"});
    cast.step(&cast.employer, &application, "hire", &hire).await.success();
});

both_databases!(whoever_cannot_start_within_a_year_is_not_put_forward, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let job = cast.open_vacancy(2).await;
    let child = id(&post(&cast.staff, "/people", &born(2010, 1)).await.success());
    let body = json!({"person_id": child, "vacancy_id": job, "event": "propose"});
    let refused = post(&cast.staff, "/applications", &body).await;
    assert_eq!(refused.refusal(), (409, "below_legal_age".to_owned()));
});
