//! An employer that does not answer: reminded on the third and fifth working day, each once, then the referral lapses;
//! while an answer is overdue nobody new is referred to it, in none of its vacancies.
use chrono::TimeDelta;
use padankerja::domain::job::Name;
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, by_phone, get, plain, registered};
use crate::support::{
    app::Client,
    database::{TestDb, both_databases},
    jobs::{tick, work},
};

/// The answers somebody sees as due: id and reminders.
async fn due(who: &Client) -> Vec<(String, Value)> {
    let listed = get(who, "/applications?due=true").await.success();
    let items = listed["items"].as_array().unwrap();
    items.iter().map(|item| (item["id"].as_str().unwrap().to_owned(), item["reminders"].clone())).collect()
}

/// Days pass; everybody logs in again.
async fn later(cast: &mut Cast, days: i64) {
    cast.app.clock.advance(TimeDelta::days(days));
    for client in [&mut cast.staff, &mut cast.supervisor] {
        *client = cast.app.client(client.account.unwrap());
    }
    let credentials = json!({"login": "pt.contoh", "password": "rahasia sekali"});
    let nobody = cast.app.anonymous();
    let tokens = plain(&nobody, Method::POST, "/auth/login", &credentials).await.success();
    cast.employer = Client { token: tokens["access_token"].as_str().map(str::to_owned), ..nobody };
}

both_databases!(an_employer_is_reminded_twice_and_then_the_referral_lapses, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let waits = cast.referred(&person, &vacancy).await;
    let other = cast.person(2).await;
    let answered = cast.referred(&other, &vacancy).await;
    let app = cast.app.app().clone();
    // Monday 2 March 2026, 09.00 in Jakarta; nobody is reminded before the third working day.
    for (days, made, seen) in [(0, 0, 0), (2, 0, 0), (1, 2, 1), (0, 0, 1)] {
        later(&mut cast, days).await;
        assert_eq!(work(&app, Name::RemindEmployers).await.done, made, "after {days} more days");
        for who in [&cast.employer, &cast.staff] {
            let expected = vec![(waits.clone(), json!(seen)), (answered.clone(), json!(seen))];
            assert_eq!(due(who).await, expected);
        }
    }
    cast.step(&cast.employer, &answered, "refuse", &json!({"reason": "skill_missing"})).await.success();
    // Two replicas look at once: each reminder is made once.
    later(&mut cast, 6).await;
    let (one, two) = tokio::join!(work(&app, Name::RemindEmployers), work(&app, Name::RemindEmployers));
    assert_eq!(one.done + two.done, 1);
    assert_eq!(due(&cast.employer).await, [(waits.clone(), json!(2))]);
    let (_, stranger) = registered(&cast.app, "9120001234568", "pt.lain").await;
    assert!(due(&stranger).await.is_empty());
    let trainee = cast.trainee(&person).await;
    let own = get(&trainee, &format!("/applications/{waits}")).await.success();
    assert!(own["reminders"].is_null(), "how often the employer was reminded is not the person's business");
    later(&mut cast, 14).await;
    assert_eq!(work(&app, Name::LapseAnswers).await.done, 1);
    assert_eq!(cast.application(&waits).await["state"], "lapsed");
    assert!(due(&cast.staff).await.is_empty());
});

both_databases!(an_overdue_answer_stops_referrals_in_every_vacancy_of_the_employer, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let (first, second) = (cast.open_vacancy(2).await, cast.open_vacancy(2).await);
    let (person, other) = (cast.person(1).await, cast.person(2).await);
    let invited = cast.referred(&person, &first).await;
    cast.step(&cast.employer, &invited, "invite", &json!({})).await.success();
    // After an interview nothing lapses: the answer stays due until it is given.
    later(&mut cast, 14).await;
    tick(cast.app.app()).await;
    assert_eq!(cast.application(&invited).await["state"], "interview");
    let waits = cast.proposed(&other, &second).await;
    cast.step(&cast.staff, &waits, "confirm", &json!({})).await.success();
    let agreed = cast.step(&cast.staff, &waits, "consent", &by_phone()).await.success();
    assert_eq!(agreed["application"]["state"], "queued", "the employer owes an answer elsewhere");
    tick(cast.app.app()).await;
    assert_eq!(cast.application(&waits).await["state"], "queued");
    cast.step(&cast.employer, &invited, "refuse", &json!({"reason": "skill_missing"})).await.success();
    tick(cast.app.app()).await;
    assert_eq!(cast.application(&waits).await["state"], "referred");
});
