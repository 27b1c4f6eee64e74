//! What people and employers are told: after the time to take it back, in the way they wished, without anything of a person; a
//! written yes is consent.
use chrono::TimeDelta;
use padankerja::{
    app::announcing,
    domain::{job::Name, message::Delivery},
    store::messages,
    transact,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, get, plain, post, refuses, replace};
use crate::support::{
    app::{Client, Place},
    database::{TestDb, both_databases},
    jobs::work,
};
use padankerja::{app::access::Role, store::organisations::OrganisationKind};

/// Minutes until nothing of an event can be undone and it is told.
const AFTER: i64 = 16;

/// Minutes pass; the office logs in again.
fn later(cast: &mut Cast, minutes: i64) {
    cast.app.clock.advance(TimeDelta::minutes(minutes));
    for client in [&mut cast.staff, &mut cast.supervisor] {
        *client = cast.app.client(client.account.unwrap());
    }
}

/// The messages somebody sees in a state: kind, reader and id.
async fn listed(who: &Client, query: &str) -> Vec<(String, String)> {
    let listed = get(who, &format!("/messages{query}")).await.success();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = listed["items"].as_array().unwrap();
    items.iter().map(|item| (text(&item["kind"]), text(&item["id"]))).collect()
}

fn kinds(listed: &[(String, String)]) -> Vec<&str> {
    listed.iter().map(|(kind, _)| kind.as_str()).collect()
}

/// Sets wishes of a person.
async fn wishes(cast: &Cast, person: &str, wishes: Value) {
    let version = get(&cast.staff, &format!("/people/{person}")).await.success()["version"].as_i64().unwrap();
    replace(&cast.staff, Method::PATCH, &format!("/people/{person}"), version, &wishes).await.success();
}

both_databases!(a_written_yes_is_consent, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    assert!(listed(&cast.staff, "").await.is_empty(), "it can be undone yet");
    later(&mut cast, AFTER);
    let waiting = listed(&cast.staff, "?reader=person").await;
    assert_eq!(kinds(&waiting), ["to_answer"]);
    let path = format!("/messages/{}", waiting[0].1);
    let opened = post(&cast.staff, &format!("{path}/open"), &json!({})).await.success();
    let text = opened["text"].as_str().unwrap();
    for part in ["Operator Jahit", "Balas YA", "gratis", "(0271) 000000", "https://kerja.example/saya"] {
        assert!(text.contains(part), "{text}");
    }
    for part in ["Contoh 1 ", "9911", "0860", "desil"] {
        assert!(!text.contains(part), "{text}");
    }
    assert!(opened["link"].as_str().unwrap().starts_with("https://wa.me/6286012345678?text=Ada%20lowongan"));
    assert_eq!(
        post(&cast.staff, &format!("{path}/reply"), &json!({"reply": "yes"})).await.problem(),
        "wrong_state"
    );
    post(&cast.staff, &format!("{path}/told"), &json!({})).await.success();
    let replied = post(&cast.staff, &format!("{path}/reply"), &json!({"reply": "yes"})).await.success();
    assert_eq!((&replied["consented"], &replied["message"]["state"]), (&json!(true), &json!("answered")));
    assert_eq!(cast.application(&application).await["state"], "referred");
    assert_eq!(
        post(&cast.staff, &format!("{path}/reply"), &json!({"reply": "no"})).await.problem(),
        "wrong_state"
    );
    let trainee = cast.trainee(&person).await;
    let copy = get(&trainee, "/me/export").await.success();
    let consent = &copy["people"][0]["applications"][0]["consents"][0];
    assert_eq!(
        (&consent["channel"], &consent["number_dialled"]),
        (&json!("whatsapp"), &json!("+6286012345678"))
    );
    assert_eq!(consent["text_shown"], opened["text"]);
    assert_eq!(copy["people"][0]["messages"][0]["reply"], "yes");
    // The employer's mail waits as long as the referral can be undone.
    assert!(listed(&cast.staff, "").await.is_empty());
    later(&mut cast, AFTER);
    assert_eq!(kinds(&listed(&cast.staff, "").await), ["referral"]);
    assert_eq!(get(&cast.employer, "/messages").await.status, 401, "its login is over");
});

both_databases!(what_is_undone_is_told_to_nobody, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    cast.step(&cast.staff, &application, "undo", &json!({})).await.success();
    later(&mut cast, 60);
    assert!(listed(&cast.staff, "").await.is_empty());
    // What went on meanwhile is told no more; a second invitation stands in place of the first.
    let other = cast.person(2).await;
    wishes(&cast, &other, json!({"message_content": "full"})).await;
    let referred = cast.referred(&other, &vacancy).await;
    let invitation =
        |hour: &str| json!({"interview": {"on": "2026-03-05", "hour": hour, "place": "Pabrik 1"}});
    let credentials = json!({"login": "pt.contoh", "password": "rahasia sekali"});
    let tokens = plain(&cast.app.anonymous(), Method::POST, "/auth/login", &credentials).await.success();
    cast.employer.token = tokens["access_token"].as_str().map(str::to_owned);
    for hour in ["09:00", "13:30"] {
        cast.step(&cast.employer, &referred, "invite", &invitation(hour)).await.success();
        cast.app.clock.advance(TimeDelta::seconds(30));
    }
    // The second is taken back: the first stands again, and is told.
    cast.step(&cast.employer, &referred, "invite", &invitation("15:00")).await.success();
    cast.step(&cast.employer, &referred, "undo", &json!({})).await.success();
    let mut leaky = invitation("10:00");
    leaky["interview"]["bring"] = json!("KTP 9911045501900001");
    let refused = cast.step(&cast.employer, &referred, "invite", &leaky).await;
    refuses(&refused, "interview.bring", "nik_in_text");
    later(&mut cast, AFTER);
    let waiting = listed(&cast.staff, "").await;
    assert_eq!(kinds(&waiting), ["interview_set", "interview"].iter().rev().copied().collect::<Vec<_>>());
    let opened = post(&cast.staff, &format!("/messages/{}/open", waiting[0].1), &json!({})).await.success();
    assert!(opened["text"].as_str().unwrap().contains("pukul 13:30, di Pabrik 1"), "{}", opened["text"]);
    cast.step(&cast.staff, &referred, "refuse", &json!({"reason": "skill_missing"})).await.success();
    assert!(listed(&cast.staff, "").await.is_empty(), "the interview is off");
    let gone = post(&cast.staff, &format!("/messages/{}/open", waiting[0].1), &json!({})).await;
    assert_eq!(gone.problem(), "wrong_state");
    work(cast.app.app(), Name::SendMessages).await;
    // The refusal may be undone yet; of two invitations the second stands for good.
    assert_eq!(kinds(&listed(&cast.staff, "?state=dropped").await), ["interview", "interview_set"]);
    later(&mut cast, AFTER);
    work(cast.app.app(), Name::SendMessages).await;
    let dropped = listed(&cast.staff, "?state=dropped").await;
    assert_eq!(
        kinds(&dropped),
        ["to_answer", "referral", "interview", "interview_set", "interview", "interview_set"]
    );
});

both_databases!(people_are_told_in_the_way_they_wished, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let companion = cast.companion().await;
    let place = cast.app.organisation(OrganisationKind::Village, Some("33.11.01.2001")).await;
    let far = cast.app.login(Role::Companion, Place { organisation: Some(place), ..Place::default() }).await;
    wishes(&cast, &person, json!({"contact_way": "companion", "contact_hour": "sesudah magrib"})).await;
    let application = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    later(&mut cast, AFTER);
    let companion = cast.app.client(companion.account.unwrap());
    let far = cast.app.client(far.account.unwrap());
    let waiting = listed(&companion, "").await;
    assert_eq!(kinds(&waiting), ["to_answer"]);
    assert!(listed(&far, "").await.is_empty());
    let path = format!("/messages/{}", waiting[0].1);
    assert_eq!(post(&far, &format!("{path}/open"), &json!({})).await.status, 404);
    let opened = post(&companion, &format!("{path}/open"), &json!({})).await.success();
    assert!(opened["link"].is_null(), "they asked to be told by word");
    assert_eq!(opened["message"]["hour"], "sesudah magrib");
    // Told by word, and answered by word: that is no consent in writing.
    post(&companion, &format!("{path}/told"), &json!({})).await.success();
    let replied = post(&companion, &format!("{path}/reply"), &json!({"reply": "yes"})).await.success();
    assert_eq!(replied["consented"], false);
    // Three calls that nobody takes do not take a place from somebody who asked for another way.
    for day in 0..3 {
        if day > 0 {
            later(&mut cast, 24 * 60);
        }
        let call = json!({"channel": "phone", "outcome": "no_answer"});
        post(&cast.staff, &format!("/applications/{application}/contact-attempts"), &call).await.success();
    }
    assert_eq!(cast.application(&application).await["state"], "confirmed");
    for (field, value, code) in [
        ("contact_way", "merpati", "unknown_code"),
        ("message_content", "semua", "unknown_code"),
        ("contact_hour", "x".repeat(101).as_str(), "too_long"),
    ] {
        let path = format!("/people/{person}");
        let refused = replace(&cast.staff, Method::PATCH, &path, 2, &json!({field: value})).await;
        refuses(&refused, field, code);
    }
});

both_databases!(a_shared_phone_reads_no_news, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    // Somebody else has the same number.
    cast.person(2).await;
    let application = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    later(&mut cast, AFTER);
    let path = format!("/messages/{}", listed(&cast.staff, "").await[0].1);
    let opened = post(&cast.staff, &format!("{path}/open"), &json!({})).await.success();
    let text = opened["text"].as_str().unwrap();
    assert!(text.starts_with("Ada kabar tentang lamaran Anda") && !text.contains("Jahit"), "{text}");
    post(&cast.staff, &format!("{path}/told"), &json!({})).await.success();
    wishes(&cast, &person, json!({"message_content": "full"})).await;
    let replied = post(&cast.staff, &format!("{path}/reply"), &json!({"reply": "yes"})).await.success();
    assert_eq!(replied["consented"], false, "who reads that there is news has not been asked");
    assert_eq!(cast.application(&application).await["state"], "confirmed");
    assert_eq!(
        get(&cast.staff, &format!("/people/{person}")).await.success()["profile"]["wishes"]["message_content"],
        "full"
    );
});

both_databases!(what_is_late_or_soon_over_is_told_once, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let silent = cast.referred(&person, &vacancy).await;
    let app = cast.app.app().clone();
    later(&mut cast, 5 * 24 * 60);
    work(&app, Name::RemindEmployers).await;
    work(&app, Name::RemindEmployers).await;
    assert_eq!(kinds(&listed(&cast.staff, "").await), ["referral", "reminder"]);
    later(&mut cast, 7 * 24 * 60);
    work(&app, Name::LapseAnswers).await;
    assert_eq!(cast.application(&silent).await["state"], "lapsed");
    let told = listed(&cast.staff, "").await;
    assert_eq!(kinds(&told).iter().filter(|kind| kind.contains("overdue")).count(), 2, "{told:?}");
    // Three days before its last day.
    let closes =
        cast.vacancy(&vacancy).await["closes_on"].as_str().unwrap().parse::<chrono::NaiveDate>().unwrap();
    let days = (closes - app.clock.today()).num_days() - 3;
    for (wait, made) in [(days - 1, 0), (1, 1), (0, 0), (1, 0)] {
        later(&mut cast, wait * 24 * 60);
        let told: Result<u64, padankerja::app::AppError> =
            async { transact!(app, tx => announcing::tell_late(&app, tx).await) }.await;
        assert_eq!(told.unwrap(), made, "after {wait} more days");
    }
    let mut tx = app.db.read().await.unwrap();
    assert!(messages::count(&mut tx, Delivery::Waiting).await.unwrap() >= 1);
});

both_databases!(a_message_that_is_not_there_is_said, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nobody = "/messages/01900000-0000-7000-8000-000000000001";
    for action in ["open", "told", "again"] {
        assert_eq!(post(&cast.staff, &format!("{nobody}/{action}"), &json!({})).await.status, 404);
    }
    let wrong = post(&cast.staff, &format!("{nobody}/reply"), &json!({"reply": "mungkin"})).await;
    assert_eq!(wrong.problem(), "unacceptable_body", "{}", wrong.text);
    assert_eq!(get(&cast.staff, "/messages?state=hilang").await.status, 400);
});
