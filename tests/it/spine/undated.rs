//! Evidence whose date nobody told: none is kept any more, and what an earlier program dated by itself is listed until
//! somebody looked it up.
use padankerja::store::Db;
use serde_json::{Value, json};

use super::cast::{Cast, get, person, post};
use crate::support::database::{TestDb, both_databases};

const PATH: &str = "/people/undated-evidence";

async fn listed(cast: &Cast, query: &str) -> Vec<Value> {
    let page = get(&cast.staff, &format!("{PATH}{query}")).await.success();
    page["items"].as_array().unwrap().clone()
}

/// Makes the desil of a person what an earlier program left of one without a date: dated on the day of registration.
async fn undated(db: &TestDb, person: &str) {
    let plain = person.replace('-', "");
    let place = match db.db {
        Db::Sqlite { .. } => format!("x'{plain}'"),
        Db::Postgres(_) => format!("'{person}'"),
    };
    let change = format!(
        "update criteria set undated = true, dated_on = '2026-03-02', expires_on = '2027-03-02' where person_id = {place}"
    );
    db.execute(&change).await;
}

async fn criteria(cast: &Cast, person: &str) -> Vec<(Value, Value)> {
    let whole = get(&cast.staff, &format!("/people/{person}")).await.success();
    let all = whole["confidential"]["criteria"].as_array().unwrap();
    all.iter().map(|one| (one["value"].clone(), one["dated_on"].clone())).collect()
}

both_databases!(what_nobody_dated_is_looked_up, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (first, second) = (cast.person(1).await, cast.person(2).await);
    let mut disabled = person(3);
    disabled["disability"] = json!("fisik");
    post(&cast.staff, "/people", &disabled).await.success();
    assert!(
        listed(&cast, "").await.is_empty(),
        "what is taken in now has a date, or tells of the registration"
    );
    for one in [&first, &second] {
        undated(db, one).await;
    }
    let items = listed(&cast, "").await;
    assert_eq!(items.len(), 2);
    let of = |person: &str| items.iter().find(|item| item["person_id"] == person).unwrap().clone();
    let told = of(&first);
    assert_eq!(
        (&told["criterion"], &told["value"], &told["source"]),
        (&json!("desil"), &json!(2), &json!("DTSEN"))
    );
    assert_eq!(
        (&told["dated_on"], &told["recorded_at"]),
        (&json!("2026-03-02"), &json!("2026-03-02T02:00:00Z"))
    );
    assert!(told["why"].as_str().unwrap().contains("2 Maret 2026"), "{told}");
    assert!(told["to_do"].as_str().unwrap().contains("Dinas Sosial"), "{told}");
    assert!(told["village_name"].as_str().unwrap().starts_with("Desa Nguter, "), "{told}");

    // The true date is an older one: the evidence that was newer by mistake is gone.
    let path = format!("/people/{first}/criteria");
    let mut evidence = json!({"criterion": "desil", "value": 4, "source": "DTSEN", "dated_on": "2025-12-31"});
    post(&cast.staff, &path, &evidence).await.success();
    assert_eq!(criteria(&cast, &first).await, [(json!(4), json!("2025-12-31"))]);
    // It was right: now somebody says so. Once.
    let path = format!("/people/{second}/criteria");
    evidence["dated_on"] = json!("2026-03-02");
    post(&cast.staff, &path, &evidence).await.success();
    assert_eq!(criteria(&cast, &second).await, [(json!(4), json!("2026-03-02"))]);
    assert_eq!(post(&cast.staff, &path, &evidence).await.refusal(), (409, "evidence_known".to_owned()));
    assert!(listed(&cast, "").await.is_empty());
});

both_databases!(other_evidence_leaves_it_on_the_list, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let mut people = Vec::new();
    for number in 1..=3 {
        people.push(cast.person(number).await);
        undated(db, &people[people.len() - 1]).await;
    }
    let laid_off = json!({"criterion": "laid_off", "source": "Surat PHK", "dated_on": "2026-02-01"});
    post(&cast.staff, &format!("/people/{}/criteria", people[0]), &laid_off).await.success();
    // A request that is refused takes nothing away.
    let future = json!({"criterion": "desil", "value": 2, "source": "DTSEN", "dated_on": "2026-03-09"});
    assert_eq!(post(&cast.staff, &format!("/people/{}/criteria", people[1]), &future).await.status, 400);
    let page = get(&cast.staff, &format!("{PATH}?limit=2")).await.success();
    let next = page["next"].as_str().unwrap();
    let rest = get(&cast.staff, &format!("{PATH}?limit=2&cursor={next}")).await.success();
    let mut found: Vec<Value> = [&page, &rest]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap())
        .map(|item| item["person_id"].clone())
        .collect();
    found.sort_by_key(Value::to_string);
    let mut expected: Vec<Value> = people.iter().map(|id| json!(id)).collect();
    expected.sort_by_key(Value::to_string);
    assert_eq!((found, &rest["next"]), (expected, &Value::Null));
    for query in ["?limit=0", "?cursor=x", "?village=33.11.05.2010"] {
        assert_eq!(get(&cast.staff, &format!("{PATH}{query}")).await.status, 400, "{query}");
    }
    assert_eq!(get(&cast.companion().await, PATH).await.status, 403);
});
