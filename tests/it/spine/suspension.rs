//! A suspended employer: its vacancies pause by an event of the service, nobody is proposed, confirmed or referred to it,
//! it sees no name of those it did not hire, and its clocks stand still until it is reinstated.
use chrono::TimeDelta;
use padankerja::{
    app::{
        access::acting::Acting,
        employers::suspension,
        policies,
        runs::{computing, publish},
    },
    domain::{employer, ids::EmployerId, job::Name},
    store::employers,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::cast::{Cast, act, by_phone, get, id as id_of, plain, post, registered, vacancy as new_vacancy};
use crate::support::{
    app::Client,
    database::{TestDb, both_databases},
    jobs::{tick, work},
};

impl Cast {
    /// An officer decides about the employer.
    async fn decide(&self, decision: &str) -> Value {
        let path = format!("/employers/{}", self.employer_id);
        let version = get(&self.staff, &path).await.success()["version"].as_i64().unwrap();
        let reason = json!({"reason": "aduan pungutan liar sedang diperiksa"});
        act(&self.staff, &format!("{path}/{decision}"), version, &reason).await.success()
    }

    /// Days pass; everybody logs in again.
    async fn later(&mut self, days: i64) {
        self.app.clock.advance(TimeDelta::days(days));
        for client in [&mut self.staff, &mut self.supervisor] {
            *client = self.app.client(client.account.unwrap());
        }
        let credentials = json!({"login": "pt.contoh", "password": "rahasia sekali"});
        let nobody = self.app.anonymous();
        let tokens = plain(&nobody, Method::POST, "/auth/login", &credentials).await.success();
        self.employer = Client { token: tokens["access_token"].as_str().map(str::to_owned), ..nobody };
    }

    async fn state(&self, vacancy: &str) -> Value {
        self.vacancy(vacancy).await["state"].clone()
    }
}

both_databases!(a_suspension_pauses_and_a_reinstatement_resumes_only_what_it_paused, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (open, own) = (cast.open_vacancy(2).await, cast.open_vacancy(2).await);
    let draft = post(&cast.employer, "/vacancies", &new_vacancy(1)).await.success();
    act(&cast.employer, &format!("/vacancies/{own}/pause"), 3, &json!({})).await.success();
    assert_eq!(cast.decide("suspend").await["state"], "suspended");
    for vacancy in [&open, &own] {
        assert_eq!(cast.state(vacancy).await, "paused");
        let seen = get(&cast.app.anonymous(), &format!("/vacancies/{vacancy}")).await;
        assert_eq!(seen.refusal(), (404, "not_found".to_owned()));
        // Neither the employer nor an officer resumes it past the suspension.
        for who in [&cast.employer, &cast.staff] {
            let resumed = act(who, &format!("/vacancies/{vacancy}/resume"), 4, &json!({})).await;
            assert_eq!(resumed.refusal(), (409, "employer_not_verified".to_owned()));
        }
    }
    let seen = get(&cast.app.anonymous(), "/vacancies").await.success();
    assert_eq!(seen["items"], json!([]));
    // The event says who did it and that it was the suspension; a row of the audit stands beside it.
    let mut tx = cast.app.app().db.read().await.unwrap();
    let id: EmployerId = cast.employer_id.parse().unwrap();
    let running = padankerja::store::vacancies::running_of(&mut tx, id).await.unwrap();
    let by: Vec<_> = running.iter().map(|(id, _, event)| (id.to_string(), event.unwrap().as_str())).collect();
    let mut expected = vec![(open.clone(), "suspend"), (own.clone(), "pause")];
    expected.sort();
    assert_eq!(by, expected);
    tx.rollback().await.unwrap();
    cast.decide("reinstate").await;
    assert_eq!(cast.state(&open).await, "open");
    assert_eq!(cast.state(&own).await, "paused", "its own pause");
    assert_eq!(cast.vacancy(&id_of(&draft)).await["state"], "draft");
    act(&cast.employer, &format!("/vacancies/{own}/resume"), 4, &json!({})).await.success();
});

both_databases!(nobody_is_proposed_confirmed_or_referred_to_a_suspended_employer, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let people = [cast.person(1).await, cast.person(2).await, cast.person(3).await];
    let proposed = cast.proposed(&people[0], &vacancy).await;
    let asked = cast.proposed(&people[1], &vacancy).await;
    cast.step(&cast.staff, &asked, "confirm", &json!({})).await.success();
    cast.decide("suspend").await;
    let not_open = (409, "vacancy_not_open".to_owned());
    assert_eq!(cast.step(&cast.staff, &proposed, "confirm", &json!({})).await.refusal(), not_open);
    for event in ["propose", "apply"] {
        let consent = json!({"channel": "counter", "self_spoke": true});
        let body = json!({"person_id": people[2], "vacancy_id": vacancy, "event": event, "consent": consent});
        assert_eq!(post(&cast.staff, "/applications", &body).await.refusal(), not_open, "{event}");
    }
    let agreed = cast.step(&cast.staff, &asked, "consent", &by_phone()).await.success();
    assert_eq!(agreed["application"]["state"], "queued", "said yes, waits for the employer");
    tick(cast.app.app()).await;
    assert_eq!(cast.application(&asked).await["state"], "queued");
    cast.decide("reinstate").await;
    assert_eq!(cast.application(&asked).await["state"], "referred", "served when the employer goes on");
});

both_databases!(a_run_passes_a_suspended_employer_by, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let app = cast.app.app();
    cast.open_vacancy(2).await;
    for number in 1..=3 {
        cast.person(number).await;
    }
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let before = computing::begin(app, &request).await.unwrap();
    let summary = computing::work(app, before, &request, computing::Progress::default()).await.unwrap();
    assert_eq!(summary["vacancies"], 1);
    cast.decide("suspend").await;
    let published = publish::publish(app, &Acting::system(), before).await.unwrap();
    assert_eq!(published.created, 0, "what an earlier run proposed is left out");
    assert_eq!(published.dropped.len(), 3);
    assert!(published.dropped.iter().all(|pair| pair.reason == "vacancy_not_open"), "{published:?}");
    let after = computing::begin(app, &request).await.unwrap();
    let summary = computing::work(app, after, &request, computing::Progress::default()).await.unwrap();
    assert_eq!(summary["vacancies"], 0);
});

both_databases!(names_stop_and_who_is_hired_stays, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(3).await;
    let (person, other) = (cast.person(1).await, cast.person(2).await);
    let referred = cast.referred(&person, &vacancy).await;
    let hired = cast.referred(&other, &vacancy).await;
    cast.step(&cast.employer, &hired, "hire", &json!({"starts_on": "2026-03-02"})).await.success();
    let trainee = cast.trainee(&person).await;
    let path = format!("/applications/{referred}");
    let before = get(&trainee, &path).await.success();
    assert_eq!((&before["employer_suspended"], before["deadline"].is_string()), (&json!(false), true));
    cast.decide("suspend").await;
    let own = get(&cast.employer, &path).await;
    assert!(own.success().get("person").is_none(), "{}", own.text);
    assert!(!get(&cast.employer, "/applications").await.text.contains("Contoh 1"));
    let why = get(&cast.employer, &format!("{path}/explanation")).await;
    assert_eq!(why.refusal(), (404, "not_found".to_owned()));
    let at_work = get(&cast.employer, &format!("/applications/{hired}")).await.success();
    assert_eq!(at_work["person"]["name"], "Contoh 2", "whom it hired it knows");
    let actions = get(&cast.employer, &path).await.success()["actions"].clone();
    assert_eq!(actions, json!(["refuse", "undo"]), "nothing that takes somebody further");
    // Those referred are told, and that nothing is due meanwhile.
    let told = get(&trainee, &path).await.success();
    assert_eq!((&told["employer_suspended"], &told["deadline"]), (&json!(true), &Value::Null));
    for (event, body) in
        [("invite", json!({})), ("offer", json!({})), ("hire", json!({"starts_on": "2026-03-03"}))]
    {
        let on = cast.step(&cast.employer, &referred, event, &body).await;
        assert_eq!(on.refusal(), (409, "employer_suspended".to_owned()), "{event}");
    }
    cast.step(&cast.employer, &hired, "start", &json!({})).await.success();
    cast.decide("reinstate").await;
    let again = get(&cast.employer, &path).await.success();
    assert_eq!(again["person"]["name"], "Contoh 1");
});

both_databases!(the_clocks_of_a_suspended_employer_stand_still, |db: TestDb| async {
    let mut cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(3).await;
    let (person, other) = (cast.person(1).await, cast.person(2).await);
    let referred = cast.referred(&person, &vacancy).await;
    let invited = cast.referred(&other, &vacancy).await;
    cast.step(&cast.employer, &invited, "invite", &json!({})).await.success();
    let due = |application: Value| application["deadline"].as_str().map(str::to_owned);
    // Seven working days after Monday 2 March; three after the interview.
    assert_eq!(due(cast.application(&referred).await).as_deref(), Some("2026-03-11"));
    assert_eq!(due(cast.application(&invited).await).as_deref(), Some("2026-03-05"));
    cast.later(1).await;
    cast.decide("suspend").await;
    cast.later(20).await;
    assert_eq!(work(cast.app.app(), Name::RemindEmployers).await.done, 0);
    let lapsed = work(cast.app.app(), Name::LapseAnswers).await.done;
    assert_eq!((lapsed, cast.application(&referred).await["state"].clone()), (0, json!("referred")));
    cast.decide("reinstate").await;
    // Tuesday 3 March to Monday 23 March: six and two working days are left again (Idul Fitri lies between).
    assert_eq!(due(cast.application(&referred).await).as_deref(), Some("2026-04-01"));
    assert_eq!(due(cast.application(&invited).await).as_deref(), Some("2026-03-26"));
    let events = get(&cast.staff, &format!("/applications/{referred}/events")).await.success();
    let last = events["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["event"], &last["actor"]), (&json!("extend"), &json!("staff")));
    assert_eq!(work(cast.app.app(), Name::LapseAnswers).await.done, 0);
});

both_databases!(vacancies_of_employers_suspended_before_are_paused_at_the_start, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let app = cast.app.app();
    let vacancy = cast.open_vacancy(2).await;
    // As an earlier version left it: the employer suspended, the vacancy open.
    let mut tx = app.db.write().await.unwrap();
    let id: EmployerId = cast.employer_id.parse().unwrap();
    let row = employers::find(&mut tx, id).await.unwrap().unwrap();
    employers::swap_state(&mut tx, &row, employer::State::Suspended, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let application = json!({"person_id": cast.person(1).await, "vacancy_id": vacancy, "event": "propose"});
    let refused = post(&cast.staff, "/applications", &application).await;
    assert_eq!(refused.refusal(), (409, "vacancy_not_open".to_owned()), "not even before it is paused");
    assert_eq!(work(app, Name::PauseSuspended).await.done, 1);
    assert_eq!(suspension::pause_left_open(app).await.unwrap(), 0, "once");
    assert_eq!(cast.state(&vacancy).await, "paused");
    let mut tx = app.db.read().await.unwrap();
    let running = padankerja::store::vacancies::running_of(&mut tx, id).await.unwrap();
    assert_eq!(running[0].2.unwrap().as_str(), "suspend");
    tx.rollback().await.unwrap();
    cast.decide("reinstate").await;
    assert_eq!(cast.state(&vacancy).await, "open");
});

both_databases!(counts_are_for_verified_employers, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let vacancy = cast.open_vacancy(2).await;
    let (unchecked_id, unchecked) = registered(&cast.app, "9120001234568", "pt.baru").await;
    let draft = post(&unchecked, "/vacancies", &new_vacancy(1)).await.success();
    assert_eq!(draft["employer_id"], json!(unchecked_id));
    let draft = id_of(&draft);
    let refused = (403, "employer_not_verified".to_owned());
    for what in ["candidates-count", "match-summary"] {
        get(&cast.employer, &format!("/vacancies/{vacancy}/{what}")).await.success();
        assert_eq!(get(&unchecked, &format!("/vacancies/{draft}/{what}")).await.refusal(), refused);
        get(&cast.staff, &format!("/vacancies/{draft}/{what}")).await.success();
        let foreign = get(&unchecked, &format!("/vacancies/{vacancy}/{what}")).await;
        assert_eq!(foreign.refusal(), (404, "not_found".to_owned()));
    }
    cast.decide("suspend").await;
    for what in ["candidates-count", "match-summary"] {
        assert_eq!(get(&cast.employer, &format!("/vacancies/{vacancy}/{what}")).await.refusal(), refused);
    }
});
