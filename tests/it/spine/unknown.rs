//! Whose desil is to be looked up, as officers read it: who paid for whom first, gone once somebody looked it up.
use padankerja::{
    app::{policies, runs::computing},
    domain::ids::RunId,
};
use serde_json::{Value, json};

use super::cast::{Cast, get, person, post, refuses, replace};
use crate::support::database::{TestDb, both_databases};

const PATH: &str = "/people/unknown-desil";

/// A run that ended, with its figures.
async fn ran(cast: &Cast) -> (RunId, Value) {
    let app = cast.app.app();
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let run = computing::begin(app, &request).await.unwrap();
    let figures = computing::work(app, run, &request, computing::Progress::default()).await.unwrap();
    (run, figures)
}

/// Somebody of whose desil nothing was said, with exactly the schooling that is asked for: a little better than others.
async fn unlooked(cast: &Cast, number: u32) -> String {
    let mut body = person(number);
    for field in ["desil", "desil_source", "desil_date"] {
        body.as_object_mut().unwrap().remove(field);
    }
    body["education"] = json!("SMP");
    super::cast::id(&post(&cast.staff, "/people", &body).await.success())
}

async fn listed(cast: &Cast, query: &str) -> Vec<Value> {
    let page = get(&cast.staff, &format!("{PATH}{query}")).await.success();
    page["items"].as_array().unwrap().clone()
}

fn told(items: &[Value], field: &str) -> Vec<Value> {
    items.iter().map(|item| item[field].clone()).collect()
}

async fn add_desil(cast: &Cast, person: &str, dated: &str, last: &str) {
    let evidence =
        json!({"criterion": "desil", "value": 3, "source": "DTSEN", "dated_on": dated, "expires_on": last});
    post(&cast.staff, &format!("/people/{person}/criteria"), &evidence).await.success();
}

both_databases!(a_mornings_work_begins_with_those_who_paid, |db: TestDb| async {
    let cast = Cast::new(db).await;
    assert!(listed(&cast, "").await.is_empty(), "no run yet");
    let vacancy = cast.open_vacancy(1).await;
    // Three referral slots; four of whom nothing is known and who fit a little better than two poor ones.
    let mut people = Vec::new();
    for number in 1..=4 {
        people.push(unlooked(&cast, number).await);
    }
    for number in 5..=6 {
        cast.person(number).await;
    }
    add_desil(&cast, &people[1], "2025-01-01", "2026-01-31").await;
    let (run, figures) = ran(&cast).await;
    let paid = &figures["priority_price"]["who_paid"];
    assert_eq!((&paid["unknown"]["lost"], &paid["poor"]["gained"]), (&json!(2), &json!(2)), "{paid}");
    assert_eq!(paid["better_off"], json!({"before": 0, "after": 0, "gained": 0, "lost": 0}));

    let items = listed(&cast, "").await;
    assert_eq!(told(&items, "fate"), ["paid", "paid", "left_out", "proposed"]);
    assert_eq!(told(&items, "place"), [1, 2, 3, 4]);
    assert_eq!(told(&items, "seats"), [3, 3, 3, 3]);
    let of = |person: &str| items.iter().find(|item| item["person_id"] == person).unwrap();
    let expired = of(&people[1]);
    assert_eq!((&expired["reason"], &expired["expired_on"]), (&json!("expired"), &json!("2026-01-31")));
    assert!(expired["to_do"].as_str().unwrap().contains("sampai 31 Januari 2026"), "{expired}");
    let missing = of(&people[0]);
    assert_eq!((&missing["reason"], &missing["expired_on"]), (&json!("missing"), &Value::Null));
    assert!(missing["village_name"].as_str().unwrap().starts_with("Desa Nguter, "), "{missing}");
    let payer = &items[0];
    assert_eq!((&payer["forgone_id"], &payer["forgone_title"]), (&json!(vacancy), &json!("Operator Jahit")));
    assert!(payer["why"].as_str().unwrap().contains("\"Operator Jahit\""), "{payer}");
    assert_eq!(items[2]["forgone_id"], Value::Null);

    // In numbers and in a sentence, beside the run.
    let one = get(&cast.staff, &format!("/runs/{run}")).await.success();
    let sentence = one["told"][2].as_str().unwrap();
    assert!(
        sentence.starts_with("2 orang tidak jadi diusulkan karena prioritas: 2 belum diketahui desilnya"),
        "{one}"
    );

    // Looked up, objecting: gone from the list, without another run.
    add_desil(&cast, items[0]["person_id"].as_str().unwrap(), "2026-02-01", "2026-12-31").await;
    assert_eq!(told(&listed(&cast, "").await, "place"), [2, 3, 4]);
    let path = format!("/people/{}", items[1]["person_id"].as_str().unwrap());
    let version = get(&cast.staff, &path).await.success()["version"].as_i64().unwrap();
    let objects = json!({"objects_to_ranking": true});
    replace(&cast.staff, reqwest::Method::PATCH, &path, version, &objects).await.success();
    assert_eq!(told(&listed(&cast, "").await, "place"), [3, 4]);
});

both_databases!(pages_keep_to_their_run, |db: TestDb| async {
    let cast = Cast::new(db).await;
    cast.open_vacancy(2).await;
    for number in 1..=3 {
        unlooked(&cast, number).await;
    }
    let (first, _) = ran(&cast).await;
    let page = get(&cast.staff, &format!("{PATH}?limit=2")).await.success();
    assert_eq!(told(page["items"].as_array().unwrap(), "place"), [1, 2]);
    let next = page["next"].as_str().unwrap();
    unlooked(&cast, 4).await;
    let (second, _) = ran(&cast).await;
    let rest = get(&cast.staff, &format!("{PATH}?limit=2&cursor={next}")).await.success();
    assert_eq!(
        (told(rest["items"].as_array().unwrap(), "place"), &rest["next"]),
        (vec![json!(3)], &Value::Null)
    );
    assert_eq!(listed(&cast, "").await.len(), 4, "of the newest");
    assert_eq!(listed(&cast, &format!("?run={first}")).await.len(), 3);
    let foreign = get(&cast.staff, &format!("{PATH}?run={second}&cursor={next}")).await;
    assert_eq!(foreign.refusal(), (400, "bad_cursor".to_owned()));
});

both_databases!(a_list_that_is_not_there_is_refused, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let absent = get(&cast.staff, &format!("{PATH}?run=00000000-0000-0000-0000-000000000001")).await;
    refuses(&absent, "run", "unknown_run");
    for query in ["?run=x", "?limit=0", "?cursor=x", "?village=33.11.05.2010"] {
        let answer = get(&cast.staff, &format!("{PATH}{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text);
    }
    let companion = cast.companion().await;
    assert_eq!(get(&companion, PATH).await.status, 403);
    assert_eq!(get(&cast.employer, PATH).await.status, 403);
    // A run that failed has no list; one at whose end everybody's desil was known has an empty one.
    cast.open_vacancy(2).await;
    cast.person(1).await;
    let (run, figures) = ran(&cast).await;
    assert_eq!(
        (&figures["desil_unknown"], listed(&cast, &format!("?run={run}")).await.len()),
        (&json!(0), 0)
    );
    let app = cast.app.app();
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let failed = computing::begin(app, &request).await.unwrap();
    computing::cancel(app, failed).await.unwrap();
    let answer = get(&cast.staff, &format!("{PATH}?run={failed}")).await;
    assert_eq!(answer.refusal(), (409, "run_has_no_report".to_owned()));
});
