//! An invitation to an interview reaches the person and whoever helps: day, hour, place, what to bring.
use serde_json::{Value, json};

use super::cast::{Cast, get, refuses};
use crate::support::{
    app::Client,
    database::{TestDb, both_databases},
};

async fn next_step(who: &Client, application: &str) -> String {
    let told = get(who, &format!("/applications/{application}/explanation")).await.success();
    told["lines"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned()
}

async fn interview(who: &Client, application: &str) -> Value {
    get(who, &format!("/applications/{application}")).await.success()["interview"].clone()
}

both_databases!(whoever_is_invited_knows_when_and_where, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.referred(&person, &vacancy).await;
    let (trainee, companion) = (cast.trainee(&person).await, cast.companion().await);
    let day = |on: &str, hour: &str| json!({"interview": {"on": on, "hour": hour, "place": "Pabrik Toriyo", "bring": "KTP dan ijazah"}});
    for (body, field, code) in [
        (day("2026-03-01", "09:00"), "interview.on", "date_in_the_past"),
        (day("2027-03-01", "09:00"), "interview.on", "date_out_of_range"),
        (day("2026-03-09", "pagi"), "interview.hour", "unreadable_hour"),
        (
            json!({"interview": {"on": "2026-03-09", "hour": "9:00", "place": " "}}),
            "interview.place",
            "required",
        ),
    ] {
        refuses(&cast.step(&cast.employer, &application, "invite", &body).await, field, code);
    }
    assert_eq!(cast.application(&application).await["state"], "referred", "nothing was half kept");
    cast.step(&cast.employer, &application, "invite", &json!({})).await.success();
    assert_eq!(interview(&trainee, &application).await, Value::Null);
    assert!(next_step(&trainee, &application).await.contains("tanyakan hari dan tempatnya"));
    // The employer says so later, and once more otherwise.
    cast.step(&cast.employer, &application, "invite", &day("2026-03-06", "13.30")).await.success();
    cast.step(&cast.employer, &application, "invite", &day("2026-03-09", "9.00")).await.success();
    let told = "Selanjutnya: datang wawancara Senin, 9 Maret 2026 pukul 09.00 di Pabrik Toriyo, bawa KTP dan ijazah. \
                Layanan ini gratis.";
    assert_eq!(next_step(&trainee, &application).await, told);
    for who in [&trainee, &companion, &cast.staff, &cast.employer] {
        let seen = interview(who, &application).await;
        let expected = json!({"on": "2026-03-09", "hour": "09:00", "place": "Pabrik Toriyo", "bring": "KTP dan ijazah", "landmark": null});
        assert_eq!(seen, expected);
    }
    cast.step(&cast.employer, &application, "offer", &json!({})).await.success();
    assert_eq!(interview(&trainee, &application).await, Value::Null, "it is over");
});

both_databases!(after_a_no_the_person_reads_a_no, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let application = cast.referred(&person, &vacancy).await;
    let trainee = cast.trainee(&person).await;
    let path = format!("/applications/{application}/explanation");
    let before = get(&trainee, &path).await.success().to_string();
    assert!(before.contains("Anda cocok untuk") && before.contains("upah Rp2.600.000"), "{before}");
    let reason = json!({"reason": "others_better"});
    cast.step(&cast.employer, &application, "refuse", &reason).await.success();
    let after = get(&trainee, &path).await.success().to_string();
    assert!(after.contains("kali ini Anda belum diterima"), "{after}");
    assert!(!after.contains("Anda cocok") && !after.contains("Bila "), "{after}");
});
