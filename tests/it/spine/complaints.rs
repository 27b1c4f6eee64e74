//! Complaints: with a name and without, by hand and by leaving an application; who reads which, and what is refused.
use std::process::Command;

use padankerja::domain::complaint::ADDRESS_COMPLAINTS;
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, get, nik, plain, post, refuses};
use crate::support::{
    app::Client,
    database::{TestDb, both_databases},
};

fn fee(said: &str) -> Value {
    json!({"kind": "fee", "said": said})
}

async fn complain(who: &Client, body: &Value) -> Value {
    let made = plain(who, Method::POST, "/complaints", body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.json()
}

async fn listed(who: &Client, query: &str) -> Vec<Value> {
    let page = get(who, &format!("/complaints{query}")).await.success();
    page["items"].as_array().unwrap().clone()
}

both_databases!(somebody_without_a_name_complains_and_looks_it_up, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nobody = cast.app.anonymous();
    let vacancy = cast.open_vacancy(1).await;
    let mut body = fee("Diminta Rp500.000 sebelum wawancara");
    (body["vacancy_id"], body["contact"]) = (json!(vacancy), json!("086012345678"));
    let made = complain(&nobody, &body).await;
    assert_eq!((&made["number"], &made["state"]), (&json!("ADU-2026-0001"), &json!("open")));
    let code = made["code"].as_str().unwrap().replace(' ', "");
    let path = format!("/complaints/status?number=adu-2026-0001&code={code}");
    let status = get(&nobody, &path).await.success();
    assert_eq!((&status["state"], &status["answer"]), (&json!("open"), &Value::Null));
    for wrong in ["number=ADU-2026-0001&code=123456789012", "number=ADU-2026-0002&code=1", "number=1&code=1"]
    {
        assert_eq!(get(&nobody, &format!("/complaints/status?{wrong}")).await.refusal().0, 404, "{wrong}");
    }
    let all = listed(&cast.staff, "").await;
    assert_eq!(all.len(), 1);
    assert_eq!(
        (&all[0]["employer_id"], &all[0]["title"]),
        (&json!(cast.employer_id), &json!("Operator Jahit"))
    );
    assert_eq!((&all[0]["person_id"], &all[0]["contact"]), (&Value::Null, &json!("086012345678")));

    let path_of = |step: &str| format!("/complaints/{}/{step}", all[0]["id"].as_str().unwrap());
    let taken = post(&cast.staff, &path_of("take"), &json!({})).await.success();
    assert_eq!(
        (&taken["state"], &taken["handled_by"]),
        (&json!("in_progress"), &json!(cast.staff.account.unwrap()))
    );
    let twice = post(&cast.staff, &path_of("take"), &json!({})).await;
    assert_eq!(twice.refusal(), (409, "wrong_state".to_owned()));
    let answer = json!({"founded": true, "answer": "Pabrik mengembalikan uangnya."});
    post(&cast.staff, &path_of("close"), &answer).await.success();
    let late = post(&cast.staff, &path_of("close"), &answer).await;
    assert_eq!(late.refusal(), (409, "wrong_state".to_owned()));
    let status = get(&nobody, &path).await.success();
    assert_eq!((&status["state"], &status["answer"]), (&json!("closed_founded"), &answer["answer"]));
    assert!(status["said"].is_null() && status["handled_by"].is_null(), "{status}");
    assert_eq!(listed(&cast.staff, "?state=closed_founded").await.len(), 1);
    assert!(listed(&cast.staff, "?state=open").await.is_empty());
});

/// What the command says to these arguments, with its exit code.
fn said(db: &TestDb, arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_padankerja"))
        .arg("complaints")
        .args(arguments)
        .args(["--database-url", &db.url()])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let text = [out.stdout, out.stderr].concat();
    (out.status.code(), String::from_utf8(text).unwrap())
}

both_databases!(complaints_are_handled_at_the_terminal, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nobody = cast.app.anonymous();
    let made = complain(&nobody, &fee("Diminta Rp500.000")).await;
    complain(&nobody, &json!({"kind": "officer_asked_money", "said": "Petugas minta uang rokok"})).await;
    let (code, text) = said(db, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("ADU-2026-0001") && !text.contains("ADU-2026-0002"), "{text}");
    for (arguments, code, part) in [
        (&["show", "adu-2026-0001"][..], 0, "Diminta Rp500.000"),
        (&["show", "ADU-2026-0002"][..], 2, "tidak ada pengaduan ADU-2026-0002"),
        (&["close", "ADU-2026-0001", "--founded", "mungkin", "--answer", "x"][..], 2, "pilih: yes"),
        (&["handle", "ADU-2026-0001"][..], 0, "sedang diperiksa"),
        (&["handle", "ADU-2026-0001"][..], 1, ""),
        (&["close", "ADU-2026-0001", "--founded", "yes", "--answer", "Uang kembali."][..], 0, "terbukti"),
        (&["--state", "open"][..], 0, "Tidak ada pengaduan"),
    ] {
        let (found, text) = said(db, arguments);
        assert_eq!((found, text.contains(part)), (Some(code), true), "{arguments:?}: {text}");
    }
    let digits = made["code"].as_str().unwrap().replace(' ', "");
    let path = format!("/complaints/status?number=ADU-2026-0001&code={digits}");
    assert_eq!(get(&nobody, &path).await.success()["answer"], "Uang kembali.");
});

both_databases!(many_nameless_complaints_from_one_address_wait, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nobody = cast.app.anonymous();
    for _ in 0..ADDRESS_COMPLAINTS {
        complain(&nobody, &fee("Diminta uang")).await;
    }
    let late = plain(&nobody, Method::POST, "/complaints", &fee("Diminta uang")).await;
    assert_eq!(late.refusal(), (429, "too_many_attempts".to_owned()));
    let wait: u64 = late.header("retry-after").unwrap().parse().unwrap();
    assert!((3_500..=3_600).contains(&wait), "{wait}");
    let somebody = cast.trainee(&cast.person(1).await).await;
    complain(&somebody, &fee("Diminta uang")).await;
    let unreadable = plain(&nobody, Method::POST, "/complaints", &fee("")).await;
    assert_eq!(unreadable.status, 429, "who waits is not judged");
});

both_databases!(what_an_officer_may_have_done_is_for_supervisors, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nobody = cast.app.anonymous();
    complain(&nobody, &json!({"kind": "officer_asked_money", "said": "Petugas minta uang rokok"})).await;
    complain(&nobody, &json!({"kind": "tout", "said": "Calo di terminal"})).await;
    assert_eq!(listed(&cast.staff, "").await.len(), 1);
    let all = listed(&cast.supervisor, "").await;
    assert_eq!(all.len(), 2);
    let path = format!("/complaints/{}/take", all[0]["id"].as_str().unwrap());
    assert_eq!(all[0]["kind"], "officer_asked_money");
    assert_eq!(post(&cast.staff, &path, &json!({})).await.refusal(), (404, "not_found".to_owned()));
    post(&cast.supervisor, &path, &json!({})).await.success();
});

both_databases!(leaving_because_somebody_asked_for_money_is_a_complaint, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(1).await);
    let own = cast.trainee(&person).await;
    let application = cast.referred(&person, &vacancy).await;
    let no = json!({"reason": "asked_for_money", "text": "mandor minta 300 ribu"});
    let left = cast.step(&own, &application, "withdraw", &no).await.success();
    assert_eq!(left["complaint"], "ADU-2026-0001");
    let all = listed(&cast.staff, "").await;
    assert_eq!(all.len(), 1);
    for (field, value) in [
        ("kind", "fee"),
        ("said", "mandor minta 300 ribu"),
        ("person_id", person.as_str()),
        ("vacancy_id", vacancy.as_str()),
        ("application_id", application.as_str()),
        ("employer_id", cast.employer_id.as_str()),
        ("state", "open"),
    ] {
        assert_eq!(all[0][field], value, "{field}");
    }
    let mine = get(&own, "/me/complaints").await.success();
    assert_eq!(mine["items"][0]["number"], "ADU-2026-0001");
    // Another reason opens none, and the employer reads neither the complaint nor the reason.
    let second = cast.proposed(&person, &cast.open_vacancy(1).await).await;
    cast.step(&cast.staff, &second, "confirm", &json!({})).await.success();
    let left = cast.step(&own, &second, "decline", &json!({"reason": "too_far"})).await.success();
    assert!(left["complaint"].is_null() && listed(&cast.staff, "").await.len() == 1);
    let history = get(&cast.employer, &format!("/applications/{application}/events")).await;
    assert!(
        !history.text.contains("asked_for_money") && !history.text.contains("300 ribu"),
        "{}",
        history.text
    );
    assert!(!get(&cast.employer, &format!("/applications/{application}")).await.text.contains("ADU-"));

    let copy = get(&own, "/me/export").await.success();
    assert_eq!(copy["people"][0]["complaints"][0]["said"], "mandor minta 300 ribu");
    let body = json!({"ground": "requested", "asked_by": "person"});
    post(&cast.staff, &format!("/people/{person}/erasure"), &body).await.success();
    let all = listed(&cast.staff, "").await;
    assert_eq!((&all[0]["said"], &all[0]["person_name"]), (&json!("erased"), &Value::Null));
});

both_databases!(what_a_complaint_does_not_take, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let nobody = cast.app.anonymous();
    let person = cast.person(1).await;
    let absent = "01900000-0000-7000-8000-000000000001";
    let ask = async |who: &Client, field: &str, value: Value| {
        let mut body = fee("Diminta uang");
        body[field] = value;
        plain(who, Method::POST, "/complaints", &body).await
    };
    for (field, value, code) in [
        ("said", json!("  "), "required"),
        ("said", json!("x".repeat(4001)), "too_long"),
        ("said", json!(format!("atas nama {}", nik(1))), "nik_in_text"),
        ("contact", json!("0".repeat(201)), "too_long"),
        ("vacancy_id", json!(absent), "unknown_value"),
        ("employer_id", json!(absent), "unknown_employer"),
        ("person_id", json!(person), "people_not_allowed"),
        ("application_id", json!(absent), "people_not_allowed"),
    ] {
        refuses(&ask(&nobody, field, value).await, field, code);
    }
    let own = cast.trainee(&cast.person(2).await).await;
    refuses(&ask(&own, "person_id", json!(person)).await, "person_id", "unknown_person");
    refuses(&ask(&own, "application_id", json!(absent)).await, "application_id", "unknown_value");
    assert_eq!(ask(&cast.employer, "person_id", json!(person)).await.status, 403);
    let unknown = ask(&nobody, "kind", json!("lain")).await;
    assert_eq!(unknown.refusal(), (400, "unacceptable_body".to_owned()));
    assert!(listed(&cast.supervisor, "").await.is_empty(), "nothing of it was kept");
    complain(&nobody, &fee("Diminta uang")).await;
    let close = format!("/complaints/{}/close", listed(&cast.staff, "").await[0]["id"].as_str().unwrap());
    for (answer, code) in
        [(String::new(), "required"), ("x".repeat(2001), "too_long"), (nik(1), "nik_in_text")]
    {
        let refused = post(&cast.staff, &close, &json!({"founded": false, "answer": answer})).await;
        refuses(&refused, "answer", code);
    }
    assert_eq!(get(&cast.staff, "/complaints?state=selesai").await.status, 400);
});
