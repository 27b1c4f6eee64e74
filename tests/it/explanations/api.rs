//! The explanation and the counts over HTTP: each reader gets their own text and nothing of anybody else's.
use serde_json::{Value, json};

use crate::{
    spine::cast::{Cast, by_phone, get, id, nik, post, replace},
    support::database::{TestDb, both_databases},
};

fn lines(answer: &Value) -> Vec<String> {
    let lines = answer["lines"].as_array().unwrap();
    lines.iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// A finished and published run.
async fn run_and_publish(cast: &Cast) -> String {
    let run = post(&cast.staff, "/runs", &json!({})).await.success()["id"].as_str().unwrap().to_owned();
    for _ in 0..200 {
        if get(&cast.staff, &format!("/runs/{run}")).await.success()["state"] == "done" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    post(&cast.staff, &format!("/runs/{run}/publish"), &json!({})).await.success();
    run
}

both_databases!(each_reader_gets_a_text_of_their_own, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let (first, second) = (cast.person(1).await, cast.person(2).await);
    let run = run_and_publish(&cast).await;
    let path = format!("/applications?person={first}&vacancy={vacancy}");
    let found = get(&cast.staff, &path).await.success();
    let application = found["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/applications/{application}/explanation");

    let office = get(&cast.staff, &path).await.success();
    assert_eq!(office["details"]["run_id"], run.as_str());
    assert_eq!(office["details"]["kind"], "proposal");
    assert_eq!(
        (&office["details"]["policy"], &office["details"]["policy_revision"]),
        (&json!("default"), &json!(1))
    );
    let e = &office["details"]["explanation"];
    let sum: i64 = e["reasons"].as_array().unwrap().iter().map(|r| r["points"].as_i64().unwrap()).sum();
    assert_eq!(e["fit"], sum);
    assert_eq!(e["priority"], 180);
    assert!(lines(&office).iter().any(|line| line.contains("desil")), "{office}");

    let trainee = cast.trainee(&first).await;
    assert_eq!(get(&trainee, &path).await.refusal(), (404, "not_found".to_owned()));
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    for who in [trainee, cast.companion().await] {
        let answer = get(&who, &path).await;
        let told = answer.success();
        let short = lines(&told);
        assert!(
            (2..=6).contains(&short.len())
                && short[0].starts_with("Operator Jahit di PT Contoh")
                && short[1].starts_with("Anda cocok untuk Operator Jahit"),
            "{told}"
        );
        assert!(told.get("details").is_none());
        for hidden in ["180", "desil", "Contoh 2", &nik(1), &nik(2)] {
            assert!(!answer.text.contains(hidden), "{hidden}: {}", answer.text);
        }
    }
    let stranger = cast.trainee(&second).await;
    assert_eq!(get(&stranger, &path).await.refusal(), (404, "not_found".to_owned()));

    // The employer reads nothing before the referral, and reasons for afterwards.
    assert_eq!(get(&cast.employer, &path).await.refusal(), (404, "not_found".to_owned()));
    cast.step(&cast.staff, &application, "consent", &by_phone()).await.success();
    let answer = get(&cast.employer, &path).await;
    let told = answer.success();
    assert!(lines(&told)[0].starts_with("Dirujuk untuk Operator Jahit"), "{told}");
    assert!(answer.text.contains("Menjahit Pakaian"), "{told}");
    for hidden in ["180", "desil", "Contoh 2", "rioritas", "jarak", "\"details\""] {
        assert!(!answer.text.contains(hidden), "{hidden}: {}", answer.text);
    }
    cast.step(&cast.employer, &application, "refuse", &json!({"reason": "skill_missing"})).await.success();
    assert_eq!(get(&cast.employer, &path).await.refusal(), (404, "not_found".to_owned()));
});

both_databases!(a_pair_no_run_judged_is_judged_for_the_answer, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (vacancy, person) = (cast.open_vacancy(2).await, cast.person(1).await);
    let application = cast.proposed(&person, &vacancy).await;
    let path = format!("/applications/{application}/explanation");
    let office = get(&cast.staff, &path).await.success();
    assert_eq!(office["details"]["run_id"], Value::Null);
    assert_eq!(office["details"]["explanation"]["exclusions"], json!([]), "{office}");
    assert!(lines(&office)[1].starts_with("Dinilai sekarang menurut kebijakan \"default\""), "{office}");
    let near = get(&cast.companion().await, &path).await.success();
    assert!(lines(&near).last().unwrap().contains("petugas memeriksa usulan ini"), "{near}");
    // The office says no to the pair: the next run does not propose it again.
    cast.step(&cast.staff, &application, "dismiss", &json!({"reason": "entered_by_mistake"})).await.success();
    run_and_publish(&cast).await;
    let found = get(&cast.staff, &format!("/applications?person={person}&state=proposed")).await.success();
    assert_eq!(found["items"], json!([]));
});

both_databases!(an_employer_reads_bands_that_change_once_a_day, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    for number in 1..=4 {
        cast.person(number).await;
    }
    let summary = format!("/vacancies/{vacancy}/match-summary");
    let count = format!("/vacancies/{vacancy}/candidates-count");
    follow(&cast).await;
    assert_eq!(
        get(&cast.staff, &summary).await.success()["suitable"],
        json!({"count": 4, "text": "4 orang"})
    );
    let few = json!({"count": null, "band": "0-4", "text": "kurang dari 5 orang"});
    let told = get(&cast.employer, &summary).await.success();
    assert_eq!(told["suitable"], few);
    assert!(told["within"].as_array().unwrap().iter().all(|band| band["people"] == few), "{told}");
    let counted = get(&cast.employer, &count).await.success();
    assert_eq!((&counted["band"], &counted["count"]), (&json!("0-4"), &Value::Null));
    // A fifth person comes: the office reads it now, the employer not before tomorrow.
    cast.person(5).await;
    follow(&cast).await;
    assert_eq!(get(&cast.staff, &summary).await.success()["suitable"]["count"], 5);
    assert_eq!(get(&cast.staff, &count).await.success()["count"], 5);
    assert_eq!(get(&cast.employer, &summary).await.success(), told);
    assert_eq!(get(&cast.employer, &count).await.success(), counted);
    cast.app.clock.advance(chrono::TimeDelta::days(1));
    let employer = cast.app.client(cast.employer_account().await);
    let answer = get(&employer, &summary).await;
    let told = answer.success();
    let more = json!({"count": null, "band": "5-9", "text": "5 sampai 9 orang"});
    assert_eq!((&told["suitable"], &told["within"][0]["people"]), (&more, &more));
    assert_eq!(get(&employer, &count).await.success()["band"], "5-9");
    for hidden in ["Contoh 1", "desil", "rioritas", &nik(1), "\"count\":5"] {
        assert!(!answer.text.contains(hidden), "{hidden}: {}", answer.text);
    }
    // Slots are taken by people the employer was not told of, too.
    let own = get(&employer, &format!("/vacancies/{vacancy}")).await.success();
    assert!(own["internal"].get("live").is_none() && own["internal"].get("slots").is_none(), "{own}");
});

both_databases!(two_hundred_edits_see_one_band, |db: TestDb| async {
    let cast = Cast::new(db).await;
    for number in 1..=6 {
        cast.person(number).await;
    }
    let draft = crate::spine::cast::vacancy(2);
    let made = post(&cast.employer, "/vacancies", &draft).await.success();
    let path = format!("/vacancies/{}", id(&made));
    follow(&cast).await;
    let mut told = std::collections::BTreeSet::new();
    for version in 1..=200 {
        let mut edited = draft.clone();
        // Every second edit asks for work nobody here can do.
        if version % 2 == 0 {
            edited["title"] = json!("Pengemudi Forklift");
            edited["skills"] = json!(["forklift"]);
            edited["description"] = json!("Mengemudikan forklift. Wajib SIO Forklift.");
        }
        replace(&cast.employer, reqwest::Method::PUT, &path, version, &edited).await.success();
        if version == 1 || version % 20 == 0 || version == 199 {
            told.insert(get(&cast.employer, &format!("{path}/candidates-count")).await.text);
        }
    }
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told.first().unwrap().contains("\"band\":\"5-9\""), "{told:?}");
    let now = get(&cast.staff, &format!("{path}/candidates-count")).await.success();
    assert_eq!(now["count"], 0, "the edits would have told: {now}");
});

/// Lets the index follow what was written.
async fn follow(cast: &Cast) {
    let state = &cast.app.state;
    state.indexer.catch_up(&state.app).await.unwrap();
}
