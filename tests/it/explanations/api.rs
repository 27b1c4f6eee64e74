//! The explanation and the counts over HTTP: each reader gets their own text and nothing of anybody else's.
use serde_json::{Value, json};

use crate::{
    spine::cast::{Cast, by_phone, get, nik, post},
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

    for who in [cast.trainee(&first).await, cast.companion().await] {
        let answer = get(&who, &path).await;
        let told = answer.success();
        let short = lines(&told);
        assert!(
            (1..=5).contains(&short.len()) && short[0].starts_with("Anda cocok untuk Operator Jahit"),
            "{told}"
        );
        assert!(told.get("details").is_none());
        for hidden in ["180", "desil", "Contoh 2", &nik(1), &nik(2), "PT Contoh"] {
            assert!(!answer.text.contains(hidden), "{hidden}: {}", answer.text);
        }
    }
    let stranger = cast.trainee(&second).await;
    assert_eq!(get(&stranger, &path).await.refusal(), (404, "not_found".to_owned()));

    // The employer reads nothing before the referral, and reasons for afterwards.
    assert_eq!(get(&cast.employer, &path).await.refusal(), (404, "not_found".to_owned()));
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
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
    let own = get(&cast.trainee(&person).await, &path).await.success();
    assert!(lines(&own).last().unwrap().contains("petugas memeriksa usulan ini"), "{own}");
    // The office says no to the pair: the next run does not propose it again.
    cast.step(&cast.staff, &application, "dismiss", &json!({"reason": "entered_by_mistake"})).await.success();
    run_and_publish(&cast).await;
    let found = get(&cast.staff, &format!("/applications?person={person}&state=proposed")).await.success();
    assert_eq!(found["items"], json!([]));
});

both_databases!(an_employer_sees_counts_and_no_small_ones, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    for number in 1..=4 {
        cast.person(number).await;
    }
    let path = format!("/vacancies/{vacancy}/match-summary");
    follow(&cast).await;
    let office = get(&cast.staff, &path).await.success();
    assert_eq!(office["suitable"], json!({"count": 4, "text": "4 orang"}));
    let told = get(&cast.employer, &path).await.success();
    assert_eq!(told["suitable"], json!({"count": null, "text": "kurang dari 5 orang"}));
    assert!(
        told["within"].as_array().unwrap().iter().all(|band| band["people"]["count"].is_null()),
        "{told}"
    );
    cast.person(5).await;
    follow(&cast).await;
    let answer = get(&cast.employer, &path).await;
    let told = answer.success();
    assert_eq!(told["suitable"], json!({"count": 5, "text": "5 orang"}));
    assert_eq!(told["within"][0]["people"]["count"], 5);
    for hidden in ["Contoh 1", "desil", "rioritas", &nik(1)] {
        assert!(!answer.text.contains(hidden), "{hidden}: {}", answer.text);
    }
});

/// Lets the index follow what was written.
async fn follow(cast: &Cast) {
    let state = &cast.app.state;
    state.indexer.catch_up(&state.app).await.unwrap();
}
