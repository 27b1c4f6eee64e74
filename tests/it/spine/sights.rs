//! Who sees which part: welfare data, NIK digits, names, explanations.
use padankerja::{app::access::Role, store::organisations::OrganisationKind};
use serde_json::{Value, json};

use super::cast::{Cast, get, nik, post, vacancy as draft};
use crate::support::{
    app::{Client, Place},
    database::{TestDb, both_databases},
};

both_databases!(welfare_data_is_for_the_office_and_the_person, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let person = cast.person(1).await;
    let path = format!("/people/{person}");
    let office = get(&cast.staff, &path).await.success();
    assert_eq!(office["confidential"]["nik_last4"], "0001");
    assert_eq!(office["confidential"]["criteria"][0]["criterion"], "desil");
    let trainee = cast.trainee(&person).await;
    let own = get(&trainee, &path).await.success();
    assert_eq!(own["confidential"]["criteria"][0]["value"], 2);
    assert!(own["confidential"].get("nik_last4").is_none());
    let companion = cast.companion().await;
    let neighbour = get(&companion, &path).await;
    assert_eq!(neighbour.success()["name"], "Contoh 1");
    assert!(neighbour.json().get("confidential").is_none(), "{}", neighbour.text);
    for who in [&cast.staff, &trainee, &companion] {
        for path in [path.as_str(), "/people"] {
            assert!(!get(who, path).await.text.contains(&nik(1)));
        }
    }
    for who in [&cast.employer, &cast.app.administrator().await] {
        for path in [path.as_str(), "/people"] {
            assert_eq!(get(who, path).await.refusal(), (403, "role_not_allowed".to_owned()), "{path}");
        }
    }
    let nobody = cast.app.anonymous();
    assert_eq!(get(&nobody, &path).await.refusal(), (401, "login_missing".to_owned()));
});

both_databases!(everybody_lists_their_own, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (cast.person(1).await, cast.person(2).await);
    let vacancy = cast.open_vacancy(2).await;
    let application = cast.referred(&first, &vacancy).await;
    cast.proposed(&second, &vacancy).await;
    let trainee = cast.trainee(&first).await;
    let elsewhere = cast.app.organisation(OrganisationKind::Village, Some("33.11.01.2001")).await;
    let place = Place { organisation: Some(elsewhere), ..Place::default() };
    let far = cast.app.login(Role::Companion, place).await;
    assert_eq!(count(&cast.staff, "/applications").await, 2);
    assert_eq!(count(&cast.companion().await, "/applications").await, 2);
    assert_eq!(count(&far, "/applications").await, 0);
    assert_eq!(count(&trainee, "/applications").await, 1);
    assert_eq!(count(&cast.employer, "/applications").await, 1);
    assert_eq!(count(&trainee, "/me/people").await, 1);
    assert_eq!(count(&cast.staff, &format!("/applications?person={second}")).await, 1);
    assert_eq!(count(&cast.staff, "/applications?state=referred").await, 1);
    assert_eq!(count(&cast.staff, &format!("/applications?vacancy={vacancy}&limit=1")).await, 1);
    assert_eq!(count(&far, "/people").await, 0);
    let told = get(&trainee, "/applications").await.success();
    assert_eq!(told["items"][0]["id"], application.as_str());
    assert!(told["items"][0].get("ranking").is_none());
    assert_eq!(told["items"][0]["actions"], json!(["withdraw"]));
});

both_databases!(only_open_vacancies_are_public, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let open = cast.open_vacancy(2).await;
    post(&cast.employer, "/vacancies", &draft(1)).await.success();
    assert_eq!(count(&cast.staff, "/vacancies").await, 2);
    assert_eq!(count(&cast.employer, "/vacancies").await, 2);
    assert_eq!(count(&cast.app.anonymous(), "/vacancies").await, 1);
    assert_eq!(count(&cast.app.anonymous(), "/vacancies?state=draft").await, 0);
    cast.app.clock.advance(chrono::TimeDelta::days(31));
    assert_eq!(count(&cast.app.anonymous(), "/vacancies").await, 0);
    assert_eq!(get(&cast.app.anonymous(), &format!("/vacancies/{open}")).await.status, 404);
    let ended = cast.app.client(cast.staff.account.unwrap());
    assert_eq!(get(&ended, &format!("/vacancies/{open}")).await.success()["state"], "open");
    // A token that no longer holds is refused, not read as nobody.
    assert_eq!(get(&cast.staff, "/vacancies").await.refusal(), (401, "token_expired".to_owned()));
});

async fn count(who: &Client, path: &str) -> usize {
    let page: Value = get(who, path).await.success();
    page["items"].as_array().unwrap().len()
}
