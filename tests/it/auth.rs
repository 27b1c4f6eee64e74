//! Logging in and staying logged in, over HTTP, on both databases: what is accepted, what is refused, and what a stolen
//! or repeated token does.
use aws_lc_rs::{hmac, signature::Ed25519KeyPair};
use chrono::TimeDelta;
use padankerja::{
    app::{
        AppError,
        access::{Right, Role, acting::Acting},
        accounts,
        keys::Keys,
    },
    transact,
};
use serde_json::{Value, json};

use crate::support::{
    app::{Answer, Client, PASSWORD, Place, TestApp, join_all},
    database::{TestDb, both_databases},
};

async fn log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    let body = json!({"login": login, "password": password});
    Answer::of(app.anonymous().request(reqwest::Method::POST, "/api/v1/auth/login").json(&body)).await
}

async fn refresh(app: &TestApp, token: &str) -> Answer {
    let body = json!({"refresh_token": token});
    Answer::of(app.anonymous().request(reqwest::Method::POST, "/api/v1/auth/refresh").json(&body)).await
}

async fn log_out(app: &TestApp, token: &str) -> Answer {
    let body = json!({"refresh_token": token});
    Answer::of(app.anonymous().request(reqwest::Method::POST, "/api/v1/auth/logout").json(&body)).await
}

async fn me(app: &TestApp, token: &str) -> Answer {
    let client = Client { token: Some(token.to_owned()), ..app.anonymous() };
    client.get("/api/v1/auth/me").await
}

fn refresh_token(answer: &Answer) -> String {
    answer.success()["refresh_token"].as_str().unwrap().to_owned()
}

fn access_token(answer: &Answer) -> String {
    answer.success()["access_token"].as_str().unwrap().to_owned()
}

both_databases!(a_login_gives_tokens_that_say_who_it_is, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let staff = app.staff(&[Right::Verify, Right::Confirm]).await;
    let name = app.login_name(&staff).await;
    let answer = log_in(&app, &format!("  {} ", name.to_uppercase()), PASSWORD).await;
    let pair = answer.success();
    assert_eq!(pair["token_type"], "Bearer");
    assert_eq!(pair["access_expires_at"], "2026-03-02T02:10:00Z");
    assert_eq!(pair["refresh_expires_at"], "2026-04-01T02:00:00Z");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let shown = me(&app, &access_token(&answer)).await.success();
    assert_eq!(shown["role"], "staff");
    assert_eq!(shown["rights"], json!(["confirm", "verify"]));
    assert_eq!(shown["account"], staff.account.unwrap().to_string());
});

both_databases!(a_wrong_password_and_an_unknown_login_are_answered_alike, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let name = app.login_name(&admin).await;
    let wrong = log_in(&app, &name, "bukan kata sandi itu").await;
    let unknown = log_in(&app, "tidak.ada", "bukan kata sandi itu").await;
    assert_eq!(wrong.refusal(), (401, "wrong_login".to_owned()));
    assert_eq!(wrong.text, unknown.text);
    assert_eq!(wrong.header("www-authenticate"), Some("Bearer realm=\"padankerja\""));
    app.disable(&admin).await;
    assert_eq!(log_in(&app, &name, PASSWORD).await.text, unknown.text);
});

both_databases!(five_wrong_passwords_lock_for_a_quarter_of_an_hour, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let name = app.login_name(&admin).await;
    for login in [name.as_str(), "tidak.ada"] {
        for _ in 0..5 {
            assert_eq!(log_in(&app, login, "salah salah").await.status, 401);
        }
        let locked = log_in(&app, login, PASSWORD).await;
        assert_eq!(locked.refusal(), (429, "too_many_attempts".to_owned()));
        assert_eq!(locked.header("retry-after"), Some("901"));
    }
    app.clock.advance(TimeDelta::minutes(15));
    assert_eq!(log_in(&app, &name, PASSWORD).await.status, 200);
    assert_eq!(log_in(&app, "tidak.ada", PASSWORD).await.status, 401);
});

both_databases!(a_right_password_forgets_the_wrong_ones, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let name = app.login_name(&admin).await;
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(log_in(&app, &name, "salah salah").await.status, 401);
        }
        assert_eq!(log_in(&app, &name, PASSWORD).await.status, 200);
    }
});

both_databases!(an_access_token_ends_after_ten_minutes, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let token = admin.token.clone().unwrap();
    assert_eq!(me(&app, &token).await.status, 200);
    app.clock.advance(TimeDelta::seconds(599));
    assert_eq!(me(&app, &token).await.status, 200);
    app.clock.advance(TimeDelta::seconds(1));
    let expired = me(&app, &token).await;
    assert_eq!(expired.refusal(), (401, "token_expired".to_owned()));
    assert_eq!(
        expired.header("www-authenticate"),
        Some("Bearer realm=\"padankerja\", error=\"invalid_token\"")
    );
    app.clock.advance(TimeDelta::seconds(-620));
    assert_eq!(me(&app, &token).await.status, 200, "a replica whose clock is 20 seconds behind");
    app.clock.advance(TimeDelta::seconds(-20));
    assert_eq!(me(&app, &token).await.refusal(), (401, "token_invalid".to_owned()));
});

both_databases!(a_forged_token_is_refused, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let token = admin.token.clone().unwrap();
    for forged in forgeries(&app, &token) {
        let answer = me(&app, &forged).await;
        assert_eq!(answer.refusal(), (401, "token_invalid".to_owned()), "{forged}");
    }
    assert_eq!(me(&app, &token).await.status, 200, "the genuine one still holds");
    for header in ["Basic YTpi", "Bearer", "token", ""] {
        let request = app.anonymous().request(reqwest::Method::GET, "/api/v1/auth/me");
        let answer = Answer::of(request.header("Authorization", header)).await;
        assert_eq!(answer.status, 401, "{header}");
    }
});

/// Every way a token may lie: other key, other algorithm, none, other id, changed claims, missing claims.
fn forgeries(app: &TestApp, genuine: &str) -> Vec<String> {
    let mut parts = genuine.split('.');
    let (head, claims, signature) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let keys = &app.app().keys;
    let kid = keys.token_kid.as_str();
    let body: Value = serde_json::from_slice(&unbase64(claims)).unwrap();
    let other = Keys::ephemeral().unwrap();
    let with = |name: &str, value: Value| {
        let mut changed = body.clone();
        changed[name] = value;
        changed
    };
    let without = |name: &str| {
        let mut changed = body.clone();
        changed.as_object_mut().unwrap().remove(name);
        changed
    };
    let eddsa = json!({"alg": "EdDSA", "typ": "JWT", "kid": kid});
    let mut forged = vec![
        signed(&json!({"alg": "EdDSA", "typ": "JWT", "kid": "another"}), &body, &keys.token_pkcs8),
        signed(&json!({"alg": "EdDSA", "typ": "JWT"}), &body, &keys.token_pkcs8),
        signed(&eddsa, &body, &other.token_pkcs8),
        signed(&eddsa, &with("aud", json!("another-service")), &keys.token_pkcs8),
        signed(&eddsa, &with("iss", json!("another-issuer")), &keys.token_pkcs8),
        format!("{}.{claims}.", base64(br#"{"alg":"none"}"#)),
        format!("{}.{claims}.{signature}", base64(br#"{"alg":"none"}"#)),
        format!(
            "{head}.{}.{signature}",
            base64(with("exp", json!(4_000_000_000_i64)).to_string().as_bytes())
        ),
        format!("{head}.{claims}."),
        format!("{head}.{claims}"),
        genuine[..genuine.len() - 2].to_owned(),
    ];
    forged.extend(
        ["exp", "nbf", "iat", "iss", "aud", "sub"]
            .map(|name| signed(&eddsa, &without(name), &keys.token_pkcs8)),
    );
    // The public key taken for an HMAC secret.
    use aws_lc_rs::signature::KeyPair;
    let pair = Ed25519KeyPair::from_pkcs8(&keys.token_pkcs8).unwrap();
    let text = format!("{}.{claims}", base64(json!({"alg": "HS256", "kid": kid}).to_string().as_bytes()));
    let secret = hmac::Key::new(hmac::HMAC_SHA256, pair.public_key().as_ref());
    forged.push(format!("{text}.{}", base64(hmac::sign(&secret, text.as_bytes()).as_ref())));
    forged
}

fn signed(head: &Value, claims: &Value, pkcs8: &[u8]) -> String {
    let text = format!("{}.{}", base64(head.to_string().as_bytes()), base64(claims.to_string().as_bytes()));
    let signature = Ed25519KeyPair::from_pkcs8(pkcs8).unwrap().sign(text.as_bytes());
    format!("{text}.{}", base64(signature.as_ref()))
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0_u8; 4];
        group[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(group);
        for place in 0..=chunk.len() {
            text.push(char::from(BASE64[usize::try_from(bits >> (18 - 6 * place) & 63).unwrap()]));
        }
    }
    text
}

fn unbase64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for sign in text.bytes() {
        let value = BASE64.iter().position(|known| *known == sign).unwrap();
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 255).unwrap());
        }
    }
    bytes
}

both_databases!(a_genuine_shape_made_by_the_test_is_accepted, |db: TestDb| async {
    // Without this, every forgery could be refused for a fault of the forger.
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let token = admin.token.clone().unwrap();
    let claims: Value = serde_json::from_slice(&unbase64(token.split('.').nth(1).unwrap())).unwrap();
    assert_eq!(claims.as_object().unwrap().len(), 6, "no more than needed is told: {claims}");
    let keys = &app.app().keys;
    let head = json!({"alg": "EdDSA", "typ": "JWT", "kid": keys.token_kid});
    assert_eq!(me(&app, &signed(&head, &claims, &keys.token_pkcs8)).await.status, 200);
});

both_databases!(a_disabled_account_is_out_at_once, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let name = app.login_name(&admin).await;
    let pair = log_in(&app, &name, PASSWORD).await;
    assert_eq!(me(&app, &access_token(&pair)).await.status, 200);
    app.disable(&admin).await;
    let out = me(&app, &access_token(&pair)).await;
    assert_eq!(out.refusal(), (401, "account_not_active".to_owned()));
    assert_eq!(refresh(&app, &refresh_token(&pair)).await.status, 401);
});

both_databases!(a_new_password_ends_the_old_logins, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let pair = log_in(&app, &app.login_name(&admin).await, PASSWORD).await;
    let (inner, id) = (app.app(), admin.account.unwrap());
    let hash = padankerja::app::accounts::password::hash_now("kata sandi lain").unwrap();
    let done: Result<(), AppError> = async {
        transact!(inner, tx => accounts::set_password(inner, tx, &Acting::terminal(), id, &hash).await)
    }
    .await;
    done.unwrap();
    assert_eq!(refresh(&app, &refresh_token(&pair)).await.status, 401);
    assert_eq!(log_in(&app, &app.login_name(&admin).await, PASSWORD).await.status, 401);
    assert_eq!(log_in(&app, &app.login_name(&admin).await, "kata sandi lain").await.status, 200);
});

both_databases!(refreshing_rotates, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let first = log_in(&app, &app.login_name(&admin).await, PASSWORD).await;
    app.clock.advance(TimeDelta::days(29));
    let second = refresh(&app, &refresh_token(&first)).await;
    assert_ne!(refresh_token(&first), refresh_token(&second));
    assert_eq!(me(&app, &access_token(&second)).await.status, 200);
    app.clock.advance(TimeDelta::days(29));
    let third = refresh(&app, &refresh_token(&second)).await;
    app.clock.advance(TimeDelta::days(30));
    assert_eq!(refresh(&app, &refresh_token(&third)).await.refusal(), (401, "token_expired".to_owned()));
    assert_eq!(refresh(&app, "0123").await.refusal(), (401, "token_invalid".to_owned()));
});

both_databases!(a_lost_answer_is_forgiven_while_its_token_is_unused, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let first = log_in(&app, &app.login_name(&admin).await, PASSWORD).await;
    let lost = refresh(&app, &refresh_token(&first)).await;
    let again = refresh(&app, &refresh_token(&first)).await;
    assert_ne!(refresh_token(&lost), refresh_token(&again));
    let next = refresh(&app, &refresh_token(&again)).await;
    assert_eq!(next.status, 200);
    // Now the successor was used: the first token is two generations old and whoever shows it stole it.
    assert_eq!(refresh(&app, &refresh_token(&first)).await.refusal(), (401, "token_reused".to_owned()));
    assert_eq!(refresh(&app, &refresh_token(&next)).await.refusal(), (401, "token_reused".to_owned()));
});

both_databases!(a_replaced_token_that_turns_up_ends_the_login, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let name = app.login_name(&admin).await;
    let other_login = log_in(&app, &name, PASSWORD).await;
    let first = log_in(&app, &name, PASSWORD).await;
    let lost = refresh(&app, &refresh_token(&first)).await;
    let again = refresh(&app, &refresh_token(&first)).await;
    assert_eq!(refresh(&app, &refresh_token(&lost)).await.refusal(), (401, "token_reused".to_owned()));
    assert_eq!(refresh(&app, &refresh_token(&again)).await.status, 401);
    assert_eq!(refresh(&app, &refresh_token(&other_login)).await.status, 200, "another login is not touched");
});

both_databases!(logging_out_ends_the_family, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let first = log_in(&app, &app.login_name(&admin).await, PASSWORD).await;
    let second = refresh(&app, &refresh_token(&first)).await;
    assert_eq!(log_out(&app, &refresh_token(&first)).await.status, 204);
    assert_eq!(refresh(&app, &refresh_token(&second)).await.status, 401);
    assert_eq!(log_out(&app, "unknown").await.status, 204);
});

both_databases!(many_refreshes_at_once_leave_one_living_token, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let admin = app.administrator().await;
    let first = log_in(&app, &app.login_name(&admin).await, PASSWORD).await;
    let token = refresh_token(&first);
    let rivals = (0..8).map(|_| refresh(&app, &token));
    let mut successors = Vec::new();
    for answer in join_all(rivals).await {
        successors.push(refresh_token(&answer));
    }
    let mut tx = app.app().db.read().await.unwrap();
    let mut living = 0;
    for successor in &successors {
        let hash = padankerja::app::system::sha256(successor.as_bytes());
        let row = padankerja::store::tokens::find_by_hash(&mut tx, &hash).await.unwrap().unwrap();
        living += i32::from(row.revoked_at.is_none());
    }
    assert_eq!(living, 1);
});

both_databases!(a_login_must_fit_its_role, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let inner = app.app();
    let village = app
        .organisation(padankerja::store::organisations::OrganisationKind::Village, Some("33.11.01.2001"))
        .await;
    let base = accounts::NewAccount {
        login: "siapa".to_owned(),
        password_hash: "x".to_owned(),
        role: Role::Staff,
        organisation: Some(village),
        employer: None,
        rights: Vec::new(),
        people: Vec::new(),
    };
    let bad_name = accounts::NewAccount { login: "a b".to_owned(), organisation: None, ..base.clone() };
    for (new, codes) in [
        (base.clone(), vec!["wrong_kind_of_organisation"]),
        (bad_name, vec!["bad_login", "organisation_missing"]),
    ] {
        let made: Result<_, AppError> =
            async { transact!(inner, tx => accounts::create(inner, tx, &Acting::terminal(), &new).await) }
                .await;
        let Err(AppError::Invalid(issues)) = made else { panic!("accepted {}", new.login) };
        assert_eq!(issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), codes);
    }
    let place = Place { organisation: Some(village), ..Place::default() };
    let shown = app.login(Role::Companion, place).await.get("/api/v1/auth/me").await.success();
    assert_eq!(shown["village"], "33.11.01.2001");
});
