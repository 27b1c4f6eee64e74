//! The slip with a status code: what it tells to whoever has it, that it tells nothing when it is void, and a letter's code.
use chrono::TimeDelta;
use padankerja::{app::accounts::auth, domain::activation::ADDRESS_TRIES};
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, get, plain, post};
use crate::support::{
    app::{Answer, Client},
    database::{TestDb, both_databases},
};

async fn made(who: &Client, person: &str) -> String {
    let answer = plain(who, Method::PUT, &format!("/people/{person}/status-code"), &json!({})).await;
    answer.success()["code"].as_str().unwrap().to_owned()
}

async fn looked_up(cast: &Cast, code: &str) -> Answer {
    plain(&cast.app.anonymous(), Method::POST, "/check/application", &json!({"code": code})).await
}

async fn checked(cast: &Cast, number: &str, code: &str) -> Answer {
    let body = json!({"number": number, "code": code});
    plain(&cast.app.anonymous(), Method::POST, "/check/letter", &body).await
}

/// A refusal without what differs from request to request.
fn told(answer: &Answer) -> (u16, Value) {
    let mut document = answer.json();
    for own in ["instance", "request_id"] {
        document.as_object_mut().unwrap().remove(own);
    }
    (answer.status.as_u16(), document)
}

/// How many codes lie in the table, and what of them is readable.
async fn kept(db: &TestDb, what: &str) -> i64 {
    use padankerja::store::Db;
    let text = sqlx::AssertSqlSafe(format!("select count(*) from status_codes where {what}"));
    match &db.db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(text).fetch_one(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
    }
}

both_databases!(a_code_tells_job_step_and_date_and_nobodys_name, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let own = cast.trainee(&whom).await;
    let application = cast.referred(&whom, &vacancy).await;
    // Proposed by an officer and confirmed by nobody: the person knows nothing of it.
    cast.proposed(&whom, &cast.open_vacancy(1).await).await;
    let code = made(&own, &whom).await;
    assert_eq!(code.len(), 11, "two times five and a blank: {code}");
    let path = format!("/people/{whom}/status-code");
    let current = get(&own, &path).await.success();
    assert_eq!(current["expires_at"], "2026-05-31T02:00:00Z", "ninety days");
    assert!(!current.to_string().contains(&code) && current.as_object().unwrap().len() == 2, "{current}");
    for typed in [code.clone(), code.to_lowercase().replace(' ', "-"), code.replace('0', "O")] {
        let seen = looked_up(&cast, &typed).await;
        let all = seen.success()["applications"].clone();
        let expected = json!([{"title": "Operator Jahit", "state": "referred", "held": false, "since": "2026-03-02",
            "awaits": "employer", "deadline": "2026-03-11"}]);
        assert_eq!(all, expected);
        for kept_back in ["Contoh 1", "PT Contoh", "0860", &whom, &application, "00001/2026"] {
            assert!(!seen.text.contains(kept_back), "{kept_back}: {}", seen.text);
        }
    }
    let copy = get(&own, "/me/export").await.success();
    let slips = copy["people"][0]["status_codes"].clone();
    assert_eq!(
        (slips[0]["expires_at"].clone(), slips[1].clone()),
        (current["expires_at"].clone(), Value::Null)
    );
    assert!(!copy.to_string().contains(&code), "nobody can read it again");
    let deeds: Vec<&Value> = copy["people"][0]["deeds"].as_array().unwrap().iter().collect();
    assert!(deeds.iter().any(|deed| deed["action"] == "person.status_code" && deed["actor"] == "person"));
});

both_databases!(wrong_expired_replaced_revoked_and_erased_codes_are_answered_alike, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (whom, other) = (cast.person(1).await, cast.person(2).await);
    let mut own = cast.trainee(&whom).await;
    let wrong = told(&looked_up(&cast, "00000 00000").await);
    assert_eq!(wrong.0, 404);
    assert_eq!(told(&looked_up(&cast, "").await), wrong);
    assert_eq!(told(&looked_up(&cast, &"x".repeat(1_000)).await), wrong);
    let first = made(&own, &whom).await;
    let second = made(&own, &whom).await;
    assert_ne!(first, second);
    assert_eq!(told(&looked_up(&cast, &first).await), wrong, "replaced");
    assert_eq!(looked_up(&cast, &second).await.success()["applications"], json!([]));
    let path = format!("/people/{whom}/status-code");
    for _ in 0..2 {
        let revoked = post(&own, &format!("{path}/revoke"), &json!({})).await;
        assert_eq!(revoked.status, 204, "also where there is none");
    }
    assert_eq!(told(&looked_up(&cast, &second).await), wrong, "revoked");
    assert_eq!(get(&own, &path).await.refusal(), (404, "not_found".to_owned()));
    let third = made(&own, &whom).await;
    cast.app.clock.advance(TimeDelta::days(90));
    own = cast.app.client(own.account.unwrap());
    cast.staff = cast.app.client(cast.staff.account.unwrap());
    assert_eq!(told(&looked_up(&cast, &third).await), wrong, "expired");
    assert_eq!(get(&own, &path).await.refusal().0, 404);
    assert_eq!(kept(db, "true").await, 3);
    cast.app.clock.advance(TimeDelta::seconds(1));
    auth::forget_expired(cast.app.app()).await.unwrap();
    assert_eq!(kept(db, "true").await, 0, "what expired is forgotten");
    // A code of another person's login is out of reach, and erasure takes it along.
    let theirs = cast.trainee(&other).await;
    let fourth = made(&theirs, &other).await;
    assert_eq!(get(&own, &format!("/people/{other}/status-code")).await.refusal().0, 404);
    let ground = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("/people/{other}/erasure"), &ground).await.success();
    assert_eq!(told(&looked_up(&cast, &fourth).await), wrong, "erased");
    assert_eq!(kept(db, "true").await, 0);
});

both_databases!(guessing_a_status_code_or_a_letter_waits, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = cast.person(1).await;
    let own = cast.trainee(&whom).await;
    let code = made(&own, &whom).await;
    for number in 0..ADDRESS_TRIES {
        let answer = if number % 2 == 0 {
            looked_up(&cast, &format!("{number:010}")).await
        } else {
            checked(&cast, "1/2026", &format!("{number:010}")).await
        };
        assert_eq!(answer.status, 404);
    }
    for late in [looked_up(&cast, &code).await, checked(&cast, "1/2026", "0").await] {
        assert_eq!(late.refusal(), (429, "too_many_attempts".to_owned()), "a right one waits too");
        let wait: u64 = late.header("retry-after").unwrap().parse().unwrap();
        assert!((500..=600).contains(&wait), "{wait}");
    }
});

both_databases!(a_letter_is_genuine_or_unknown, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (whom, vacancy) = (cast.person(1).await, cast.open_vacancy(3).await);
    let application = cast.referred(&whom, &vacancy).await;
    let path = format!("/applications/{application}/letter");
    let letter = get(&cast.staff, &path).await.success();
    assert_eq!((&letter["number"], &letter["issued_on"]), (&json!("00001/2026"), &json!("2026-03-02")));
    let own = cast.trainee(&whom).await;
    for who in [&own, &cast.employer] {
        assert_eq!(get(who, &path).await.success(), letter, "it is printed on one paper");
    }
    let code = letter["code"].as_str().unwrap();
    let seen = checked(&cast, " 1/2026 ", &code.to_lowercase().replace(' ', "")).await;
    let expected =
        json!({"number": "00001/2026", "issued_on": "2026-03-02", "title": "Operator Jahit", "over": false});
    assert_eq!(seen.success(), expected);
    assert!(!seen.text.contains("Contoh"), "{}", seen.text);
    let wrong = told(&checked(&cast, "00001/2026", "00000 00000").await);
    assert_eq!(wrong.0, 404);
    for (number, code) in [("00002/2026", code), ("x", code), ("00001/2026", "")] {
        assert_eq!(told(&checked(&cast, number, code).await), wrong, "{number} {code}");
    }
    // The code of one letter does not fit another, nor is it a status code.
    let second = cast.referred(&cast.person(2).await, &vacancy).await;
    let other = get(&cast.staff, &format!("/applications/{second}/letter")).await.success();
    assert_ne!(other["code"], letter["code"]);
    assert_eq!(told(&checked(&cast, "00002/2026", code).await), wrong);
    assert_eq!(looked_up(&cast, code).await.status, 404);
    let unwritten = cast.proposed(&whom, &cast.open_vacancy(1).await).await;
    let none = get(&cast.staff, &format!("/applications/{unwritten}/letter")).await;
    assert_eq!(none.refusal(), (404, "not_found".to_owned()));
    cast.step(&own, &application, "withdraw", &json!({"reason": "too_far"})).await.success();
    assert_eq!(checked(&cast, "1/2026", code).await.success()["over"], true);
    let ground = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("/people/{whom}/erasure"), &ground).await.success();
    assert_eq!(told(&checked(&cast, "1/2026", code).await), wrong, "of an erased person");
});
