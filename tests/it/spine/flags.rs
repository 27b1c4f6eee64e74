//! What officers must decide about in a vacancy: the sentence that is kept, a reason for each, and what a finder that has
//! learnt says of vacancies that are open already.
use padankerja::{
    app::jobs::Outcome,
    domain::{ids::VacancyId, job::Name},
    store::Db,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{self, Cast, act, fields, get, post, refuses, replace};
use crate::support::{
    database::{TestDb, both_databases},
    jobs::{tick, work},
};

const AGE: &str = "Memanjat menara air setiap hari kerja";
const SEX: &str = "Menjaga asrama putri pada malam hari";

/// A vacancy that asks for something, handed in by its employer; its path.
async fn submitted(cast: &Cast, description: &str) -> (String, Value) {
    let mut body = cast::vacancy(1);
    body["description"] = json!(description);
    let made = post(&cast.employer, "/vacancies", &body).await.success();
    let path = format!("/vacancies/{}", cast::id(&made));
    act(&cast.employer, &format!("{path}/submit"), 1, &json!({})).await.success();
    (path, made)
}

/// The whole content of a vacancy as a form sends it back.
fn content(whole: &Value, description: &str) -> Value {
    let mut body = cast::vacancy(1);
    for field in ["closes_on", "village", "employment_type", "working_hours", "experience_months"] {
        body[field] = whole[field].clone();
    }
    body["description"] = json!(description);
    body
}

/// Kinds and sentences of the flags, in order.
fn sentences(vacancy: &Value) -> Vec<(&str, Vec<&str>)> {
    let text = |value: &'_ Value| -> &str { Box::leak(value.as_str().unwrap().to_owned().into_boxed_str()) };
    let flags = vacancy["internal"]["flags"].as_array().unwrap();
    let all = |flag: &Value| -> Vec<&str> {
        flag["evidence"].as_array().unwrap().iter().map(|one| text(&one["sentence"])).collect()
    };
    flags.iter().map(|flag| (text(&flag["kind"]), all(flag))).collect()
}

both_databases!(publishing_asks_a_reason_for_each_flag, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (path, made) = submitted(&cast, "Menjahit.\n- Wanita maks. 30 th\n- Umur max 30").await;
    let both = vec!["Wanita maks. 30 th", "Umur max 30"];
    assert_eq!(sentences(&made), [("age", both), ("sex", vec!["Wanita maks. 30 th"])]);
    assert_eq!(made["internal"]["flags"][0]["evidence"][0]["field"], "description");

    // Before it is published nobody asks for reasons.
    let mut early = content(&made, "Menjahit");
    early["reasons"] = json!({"age": AGE});
    refuses(&replace(&cast.staff, Method::PUT, &path, 2, &early).await, "reasons", "unacceptable");
    early["employer_id"] = json!(cast.employer_id);
    refuses(&post(&cast.staff, "/vacancies", &early).await, "reasons", "unacceptable");
    let publish = format!("{path}/publish");
    let asked = async |body: Value| act(&cast.staff, &publish, 2, &body).await;
    let silent = asked(json!({})).await;
    let required = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    assert_eq!(fields(&silent), [required("reasons.age", "required"), required("reasons.sex", "required")]);
    // The error names flag, sentence and rule.
    for told in ["batas usia", "Wanita maks. 30 th", "15 huruf", "jenis kelamin"] {
        assert!(silent.text.contains(told), "{told}: {}", silent.text);
    }
    // One text for all is no reason any more, nor is the employer's own.
    let one = asked(json!({"reason": "tim kami muda dan perempuan semua"})).await;
    assert_eq!(fields(&one).len(), 2);
    refuses(&asked(json!({"reasons": {"age": AGE, "sex": "ok"}})).await, "reasons.sex", "reason_too_short");
    let same = asked(json!({"reasons": {"age": AGE, "sex": AGE}})).await;
    assert_eq!(fields(&same).iter().map(|one| one.1.as_str()).collect::<Vec<_>>(), ["reason_repeated"; 2]);
    let absent = asked(json!({"reasons": {"age": AGE, "sex": SEX, "looks": "tampil di depan kamera"}})).await;
    refuses(&absent, "reasons.looks", "flag_absent");
    let strange =
        asked(json!({"reasons": {"age": AGE, "sex": SEX, "shoe_size": "empat puluh dua saja"}})).await;
    assert_eq!(strange.status, 400, "{}", strange.text);

    let open = asked(json!({"reasons": {"age": AGE, "sex": SEX}})).await.success();
    assert_eq!(open["state"], "open");
    let flags = &open["internal"]["flags"];
    assert_eq!((&flags[0]["reason"], &flags[1]["reason"]), (&json!(AGE), &json!(SEX)));
    assert_eq!(flags[0]["found_later"], false);
    // The own employer reads the flags, residents and visitors do not.
    let own = get(&cast.employer, &path).await.success();
    assert_eq!(own["internal"]["flags"], *flags);
    let person = cast.person(1).await;
    let seen = get(&cast.trainee(&person).await, &path).await;
    assert!(seen.success().get("internal").is_none() && !seen.text.contains(AGE), "{}", seen.text);
    let listed = get(&cast.trainee(&person).await, "/vacancies").await;
    assert!(!listed.text.contains("evidence") && !listed.text.contains(SEX), "{}", listed.text);
});

both_databases!(a_fee_is_not_published_whatever_the_reason, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (path, made) = submitted(&cast, "Menjahit. Deposit Rp 450.000, ijazah ditahan.").await;
    assert_eq!(sentences(&made).iter().map(|flag| flag.0).collect::<Vec<_>>(), ["fee", "withheld_diploma"]);
    let publish = format!("{path}/publish");
    let diploma = "sekolah dibayar perusahaan, tertulis di kontrak";
    let reasons = json!({"fee": "uang kembali setelah satu tahun", "withheld_diploma": diploma});
    let refused = act(&cast.staff, &publish, 2, &json!({"reasons": reasons})).await;
    refuses(&refused, "reasons.fee", "flag_forbidden");
    assert!(
        refused.text.contains("Deposit Rp 450.000") && refused.text.contains("misread"),
        "{}",
        refused.text
    );
    // The employer removes one, the officer says that the other was read wrongly.
    let body = content(&made, "Menjahit. Deposit Rp 450.000 dari toko dicatat.");
    replace(&cast.employer, Method::PUT, &path, 2, &body).await.success();
    let misread = json!({"reasons": {"fee": "deposit milik toko, bukan uang pelamar"}, "misread": ["fee"]});
    let open = act(&cast.staff, &publish, 3, &misread).await.success();
    assert_eq!(open["internal"]["flags"][0]["misread"], true);
});

both_databases!(a_new_flag_on_an_open_vacancy_needs_a_reason, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let id = cast.open_vacancy(1).await;
    let (path, whole) = (format!("/vacancies/{id}"), cast.vacancy(&id).await);
    let edited =
        async |version: i64, body: &Value| replace(&cast.staff, Method::PUT, &path, version, body).await;
    let mut body = content(&whole, "Menjahit, maks 25 th");
    // Why the employer restricts is no officer's reason.
    body["restriction_reason"] = json!("kerja di ketinggian setiap hari");
    refuses(&edited(3, &body).await, "reasons.age", "required");
    body["reasons"] = json!({"age": AGE});
    let changed = edited(3, &body).await.success();
    assert_eq!(changed["version"], 4, "{changed}");
    assert_eq!(changed["internal"]["restriction_reason"], "kerja di ketinggian setiap hari");
    // The sentence was answered: the next edit needs no new reason, another sentence does.
    body.as_object_mut().unwrap().remove("reasons");
    let again = edited(4, &body).await.success();
    assert_eq!(again["internal"]["flags"][0]["reason"], AGE);
    body["description"] = json!("Menjahit, maks 24 th");
    refuses(&edited(5, &body).await, "reasons.age", "required");
    body["description"] = json!("Menjahit");
    assert_eq!(edited(5, &body).await.success()["internal"]["flags"], json!([]));
    // Reasons belong to events that ask for them.
    let pause = act(&cast.staff, &format!("{path}/pause"), 6, &json!({"reasons": {"age": AGE}})).await;
    refuses(&pause, "reasons", "unacceptable");
});

/// Makes an open vacancy what an earlier program left: its words ask for something that program did not know.
async fn left_by_an_earlier_finder(db: &TestDb, id: &str, text: &str, flags: &str, written: &str) {
    let vacancy: VacancyId = id.parse().unwrap();
    let place = match db.db {
        Db::Sqlite { .. } => format!("x'{}'", padankerja::app::system::hex(vacancy.0.as_bytes())),
        Db::Postgres(_) => format!("'{vacancy}'"),
    };
    let change = format!(
        "update vacancies set description = '{text}', flags = '{flags}', judged_by = '', written_reason = {written} \
         where id = {place}"
    );
    db.execute(&change).await;
}

both_databases!(open_vacancies_are_judged_again_once, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let app = cast.app.app();
    let (clean, old, paused) =
        (cast.open_vacancy(1).await, cast.open_vacancy(1).await, cast.open_vacancy(1).await);
    assert_eq!(work(app, Name::JudgeAgain).await, Outcome::default(), "published by the present finder");
    for id in [&old, &paused] {
        left_by_an_earlier_finder(db, id, "Wanita. Maks 27 th", "[\"sex\"]", "'boleh, kata atasan'").await;
    }
    act(&cast.staff, &format!("/vacancies/{paused}/pause"), 3, &json!({})).await.success();
    let before = cast.vacancy(&old).await;
    assert_eq!(sentences(&before), [("sex", vec![])], "an earlier program kept kinds alone");
    assert_eq!(before["internal"]["written_reason"], "boleh, kata atasan");

    assert_eq!(work(app, Name::JudgeAgain).await, Outcome::of(1), "only what is open");
    assert_eq!(work(app, Name::JudgeAgain).await, Outcome::default(), "once");
    let after = cast.vacancy(&old).await;
    assert_eq!(sentences(&after), [("age", vec!["Wanita. Maks 27 th"]), ("sex", vec!["Wanita. Maks 27 th"])]);
    let flags = after["internal"]["flags"].as_array().unwrap();
    assert_eq!((&flags[0]["found_later"], flags[0].get("reason")), (&json!(true), None));
    assert_eq!(
        (&flags[1]["found_later"], &flags[1]["reason"]),
        (&json!(false), &json!("boleh, kata atasan"))
    );
    // Nothing closes, nobody's version is stale, and it goes on taking people.
    assert_eq!((&after["state"], &after["version"]), (&before["state"], &before["version"]));
    let person = cast.person(1).await;
    cast.referred(&person, &old).await;

    // Officers find it, and nobody else is told.
    let listed = get(&cast.staff, "/vacancies?flags_open=true").await.success();
    let ids =
        |page: &Value| -> Vec<String> { page["items"].as_array().unwrap().iter().map(cast::id).collect() };
    assert_eq!(ids(&listed), std::slice::from_ref(&old));
    let draft = get(&cast.staff, "/vacancies?flags_open=true&state=draft").await.success();
    assert_eq!(ids(&draft), [""; 0]);
    for other in [&cast.employer, &cast.trainee(&person).await] {
        assert_eq!(get(other, "/vacancies?flags_open=true").await.refusal().0, 403);
    }
    // What was paused meanwhile is judged when it goes on.
    act(&cast.staff, &format!("/vacancies/{paused}/resume"), 4, &json!({})).await.success();
    tick(app).await;
    let listed = get(&cast.staff, &format!("/vacancies?flags_open=true&employer={}", cast.employer_id)).await;
    assert_eq!(ids(&listed.success()).len(), 2);
    assert_eq!(cast.vacancy(&clean).await["internal"]["flags"], json!([]));
});

both_databases!(what_was_found_later_is_answered, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let id = cast.open_vacancy(1).await;
    left_by_an_earlier_finder(db, &id, "Wanita. Maks 27 th", "[]", "null").await;
    work(cast.app.app(), Name::JudgeAgain).await;
    let path = format!("/vacancies/{id}/flag-reasons");
    let answered = async |version: i64, body: &Value| act(&cast.staff, &path, version, body).await;
    refuses(&answered(3, &json!({"reasons": {"age": AGE}})).await, "reasons.sex", "required");
    let good = json!({"reasons": {"age": AGE, "sex": SEX}});
    assert_eq!(answered(2, &good).await.status, 412, "somebody else was quicker");
    assert_eq!(act(&cast.employer, &path, 3, &good).await.refusal().0, 403);
    let done = answered(3, &good).await.success();
    assert_eq!((&done["version"], &done["state"]), (&json!(4), &json!("open")));
    assert_eq!(done["internal"]["flags"][0]["reason"], AGE);
    assert!(done["internal"].get("flags_open_since").is_none(), "{done}");
    let listed = get(&cast.staff, "/vacancies?flags_open=true").await.success();
    assert_eq!(listed["items"], json!([]));
    // A draft is answered by publishing it.
    let (draft, _) = submitted(&cast, "maks 27 th").await;
    let early =
        act(&cast.staff, &format!("{draft}/flag-reasons"), 2, &json!({"reasons": {"age": AGE}})).await;
    assert_eq!(early.refusal(), (409, "wrong_state".to_owned()));
});
