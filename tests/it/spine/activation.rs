//! From a slip of paper to a login: right, wrong, used and expired codes, family phones, a forgotten password.
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, fields, get, id, nik, person, plain, post};
use crate::support::{
    app::{Answer, Client},
    database::{TestDb, both_databases},
};

const YEAR: i32 = 1990;
const PHONE: &str = "0812-3450-0001";

/// Somebody without a login; the NIK tells of a birth in 1990.
async fn resident(cast: &Cast, number: u32) -> String {
    id(&post(&cast.staff, "/people", &person(number)).await.success())
}

async fn slip(cast: &Cast, person: &str, body: &Value) -> Answer {
    plain(&cast.staff, Method::PUT, &format!("/people/{person}/activation-code"), body).await
}

async fn code(cast: &Cast, person: &str) -> String {
    let made = slip(cast, person, &json!({"saw_card": true})).await.success();
    made["code"].as_str().unwrap().to_owned()
}

async fn exchange(cast: &Cast, code: &str, year: i32, phone: &str, password: &str) -> Answer {
    let body = json!({"code": code, "birth_year": year, "phone": phone, "password": password});
    plain(&cast.app.anonymous(), Method::POST, "/auth/activate", &body).await
}

fn entered(cast: &Cast, answer: Answer) -> Client {
    let token = answer.success()["access_token"].as_str().map(str::to_owned);
    Client { token, ..cast.app.anonymous() }
}

async fn log_in(cast: &Cast, login: &str, password: &str) -> Answer {
    let body = json!({"login": login, "password": password});
    plain(&cast.app.anonymous(), Method::POST, "/auth/login", &body).await
}

async fn held(who: &Client) -> Vec<String> {
    let page = get(who, "/me/people").await.success();
    page["items"].as_array().unwrap().iter().map(id).collect()
}

fn refused(answer: &Answer) {
    assert_eq!(answer.refusal(), (401, "code_refused".to_owned()));
}

both_databases!(a_slip_opens_a_login_once, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = resident(&cast, 1).await;
    let made = slip(&cast, &whom, &json!({})).await.success();
    assert_eq!(made["expires_at"], "2026-03-09T02:00:00Z", "seven days");
    let code = made["code"].as_str().unwrap();
    let own = entered(&cast, exchange(&cast, code, YEAR, PHONE, "kata sandi saya").await);
    assert_eq!(held(&own).await, std::slice::from_ref(&whom));
    assert_eq!(get(&own, "/auth/me").await.success()["role"], "trainee");
    // The number is the name of the login, however it is written.
    for name in ["081234500001", "+62 812 3450 0001", "0812-3450-0001"] {
        log_in(&cast, name, "kata sandi saya").await.success();
    }
    let again = exchange(&cast, code, YEAR, PHONE, "kata sandi lain").await;
    refused(&again);
    let wrong = exchange(&cast, "1234 5678 9012", YEAR, PHONE, "kata sandi lain").await;
    assert_eq!(wrong.json()["title"], again.json()["title"], "used and wrong are answered alike");
    assert_eq!(wrong.json()["detail"], again.json()["detail"]);
    let copy = get(&own, "/me/export").await.success();
    let deeds: Vec<&str> = copy["people"][0]["deeds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["action"].as_str().unwrap())
        .collect();
    assert!(deeds.contains(&"person.code") && deeds.contains(&"person.activate"), "{deeds:?}");
});

both_databases!(codes_that_do_not_hold_are_answered_alike, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = resident(&cast, 1).await;
    let first = code(&cast, &whom).await;
    let second = code(&cast, &whom).await;
    refused(&exchange(&cast, &first, YEAR, PHONE, "kata sandi saya").await);
    for _ in 0..5 {
        refused(&exchange(&cast, &second, YEAR - 1, PHONE, "kata sandi saya").await);
    }
    refused(&exchange(&cast, &second, YEAR, PHONE, "kata sandi saya").await);
    let third = code(&cast, &whom).await;
    // What is typed wrong is named before any code is looked at.
    for (phone, password, field, problem) in [
        ("0271 555 0101", "kata sandi saya", "phone", "phone_not_mobile"),
        (PHONE, "pendek", "password", "password_too_short"),
    ] {
        let answer = exchange(&cast, &third, YEAR, phone, password).await;
        assert_eq!(fields(&answer), [(field.to_owned(), problem.to_owned())]);
    }
    // An erased person's code opens nothing.
    let ground = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("/people/{whom}/erasure"), &ground).await.success();
    refused(&exchange(&cast, &third, YEAR, PHONE, "kata sandi saya").await);
    let other = resident(&cast, 2).await;
    let fourth = code(&cast, &other).await;
    cast.app.clock.advance(TimeDelta::days(7));
    refused(&exchange(&cast, &fourth, YEAR, PHONE, "kata sandi saya").await);
});

both_databases!(guessing_is_stopped_and_a_whole_class_is_not, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let members: Vec<Value> = (1..=40)
        .map(
            |number| json!({"nik": nik(number), "name": format!("Contoh {number}"), "ranking_consent": true}),
        )
        .collect();
    let class = json!({"programme": "Las", "name": "Angkatan 1", "starts_on": "2026-02-02", "ends_on": "2026-03-27",
        "members": members});
    let made = post(&cast.staff, "/classes", &class).await.success();
    let path = format!("/classes/{}/activation-codes", id(&made));
    let codes = plain(&cast.staff, Method::PUT, &path, &json!({})).await.success();
    let slips = codes["slips"].as_array().unwrap();
    assert_eq!((slips.len(), &codes["with_login"]), (40, &json!(0)));
    assert_eq!(slips[0]["expires_at"], "2026-04-01T02:00:00Z", "thirty days");
    for (number, one) in (0..).zip(slips.iter().take(39)) {
        let phone = format!("08123451{number:04}");
        let code = one["code"].as_str().unwrap();
        exchange(&cast, code, YEAR, &phone, "kata sandi saya").await.success();
    }
    let again = plain(&cast.staff, Method::PUT, &path, &json!({})).await.success();
    assert_eq!((again["slips"].as_array().unwrap().len(), &again["with_login"]), (1, &json!(39)));
    let mut answers = Vec::new();
    let most = usize::try_from(padankerja::domain::activation::ADDRESS_TRIES).unwrap();
    for guess in 0..most + 5 {
        let answer = exchange(&cast, &format!("0000 0000 {guess:04}"), YEAR, PHONE, "kata sandi saya").await;
        answers.push(answer.status.as_u16());
    }
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), most, "{answers:?}");
    assert!(answers[most..].iter().all(|status| *status == 429), "{answers:?}");
});

both_databases!(a_family_shares_a_phone, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let [mother, child, neighbour] =
        [resident(&cast, 1).await, resident(&cast, 2).await, resident(&cast, 3).await];
    let slip_of = code(&cast, &mother).await;
    let own = entered(&cast, exchange(&cast, &slip_of, YEAR, PHONE, "kata sandi ibu").await);
    // Logged in, by the code of the child; and with a code that is wrong nobody joins.
    let slip_of = code(&cast, &child).await;
    let wrong = post(&own, "/me/people", &json!({"code": slip_of, "birth_year": 1999})).await;
    refused(&wrong);
    let joined = post(&own, "/me/people", &json!({"code": slip_of, "birth_year": YEAR})).await.success();
    assert_eq!(id(&joined), child);
    assert_eq!(held(&own).await, [mother.clone(), child.clone()]);
    // Another family with the same number has a login of its own: the password tells which.
    let slip_of = code(&cast, &neighbour).await;
    let theirs = entered(&cast, exchange(&cast, &slip_of, YEAR, PHONE, "kata sandi tetangga").await);
    assert_eq!(held(&theirs).await, std::slice::from_ref(&neighbour));
    let by = async |password| held(&entered(&cast, log_in(&cast, PHONE, password).await)).await;
    assert_eq!(by("kata sandi ibu").await.len(), 2);
    assert_eq!(by("kata sandi tetangga").await, std::slice::from_ref(&neighbour));
    assert_eq!(log_in(&cast, PHONE, "kata sandi siapa").await.refusal(), (401, "wrong_login".to_owned()));
    // With number and password of a login that is there a person moves into it, and the old login opens nothing more.
    let slip_of = code(&cast, &neighbour).await;
    let moved = entered(&cast, exchange(&cast, &slip_of, YEAR, PHONE, "kata sandi ibu").await);
    assert_eq!(held(&moved).await.len(), 3);
    assert_eq!(get(&theirs, "/me/people").await.refusal(), (401, "account_not_active".to_owned()));
});

both_databases!(a_forgotten_password_needs_a_new_slip, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let whom = resident(&cast, 1).await;
    let first = code(&cast, &whom).await;
    let old = entered(&cast, exchange(&cast, &first, YEAR, PHONE, "kata sandi lama").await);
    let blind = slip(&cast, &whom, &json!({})).await;
    assert_eq!(fields(&blind), [("saw_card".to_owned(), "card_not_seen".to_owned())]);
    let companion = cast.companion().await;
    let path = format!("/people/{whom}/activation-code");
    let made = plain(&companion, Method::PUT, &path, &json!({"saw_card": true})).await.success();
    let new =
        entered(&cast, exchange(&cast, made["code"].as_str().unwrap(), YEAR, PHONE, "kata sandi baru").await);
    assert_eq!(held(&new).await, std::slice::from_ref(&whom));
    log_in(&cast, PHONE, "kata sandi baru").await.success();
    assert_eq!(log_in(&cast, PHONE, "kata sandi lama").await.status, 401);
    // Another number: the person moves there, and who has the old phone sees nothing more.
    let third = code(&cast, &whom).await;
    exchange(&cast, &third, YEAR, "081234500002", "kata sandi lain").await.success();
    assert_eq!(get(&old, "/me/people").await.refusal(), (401, "account_not_active".to_owned()));
    assert_eq!(log_in(&cast, PHONE, "kata sandi baru").await.status, 401);
});

both_databases!(no_more_than_four_logins_share_a_number, |db: TestDb| async {
    let cast = Cast::new(db).await;
    for number in 1..=5 {
        let whom = resident(&cast, number).await;
        let slip_of = code(&cast, &whom).await;
        let answer = exchange(&cast, &slip_of, YEAR, PHONE, &format!("kata sandi {number}")).await;
        if number <= 4 {
            answer.success();
            continue;
        }
        assert_eq!(fields(&answer), [("phone".to_owned(), "phone_taken".to_owned())]);
        // Nothing was used up: with another number the slip still opens.
        exchange(&cast, &slip_of, YEAR, "081234500009", "kata sandi 5").await.success();
    }
});
