//! The examples of the document are answers of the service: the same is played again, and each example still has the
//! fields of the live answer. `UPDATE_EXAMPLES=1` writes them anew.
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use padankerja::{
    app::{policies, runs::computing},
    store::Db,
};
use regex::Regex;
use serde_json::{Value, json};

use super::cast::{self, Cast, act, get, post};
use crate::support::database::{TestDb, both_databases};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/api/examples")
}

/// The answers, by operation and name.
type Answers = BTreeMap<&'static str, Value>;

/// A run over four people for three referral slots; one of them goes on to a referral.
async fn played(cast: &Cast, db: &TestDb) -> Answers {
    let vacancy = cast.open_vacancy(1).await;
    let mut people = Vec::new();
    for number in 1..=4 {
        people.push(cast.person(number).await);
    }
    db.execute("update criteria set undated = true, dated_on = '2026-03-02', expires_on = '2027-03-02'")
        .await;
    let app = cast.app.app();
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let run = computing::begin(app, &request).await.unwrap();
    computing::work(app, run, &request, computing::Progress::default()).await.unwrap();
    post(&cast.staff, &format!("/runs/{run}/publish"), &json!({})).await.success();

    let proposed = get(&cast.staff, &format!("/applications?vacancy={vacancy}&limit=1")).await.success();
    let (application, person) = (cast::id(&proposed["items"][0]), cast::id(&proposed["items"][0]["person"]));
    let trainee = cast.trainee(&person).await;
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    let agreed = cast.step(&trainee, &application, "consent", &json!({})).await.success();
    let refused = json!({"title": "x".repeat(400), "seats": 0, "wage_min": "nego", "closes_on": "kemarin"});

    let to = json!({"to": "2027-03-09"});

    let mut found = Answers::from([
        ("move_holiday.estimate", post(&cast.supervisor, "/holidays/2027-03-08/move", &to).await.success()),
        ("move_application.consent", agreed),
        ("post_vacancy.refused", post(&cast.employer, "/vacancies", &refused).await.json()),
    ]);
    let (of_vacancy, of_person) = (format!("/vacancies/{vacancy}"), format!("/people/{person}"));
    let (of_application, of_run) = (format!("/applications/{application}"), format!("/runs/{run}"));
    let nobody = cast.app.anonymous();
    for (name, who, path) in [
        ("read_vacancy.officer", &cast.staff, of_vacancy.clone()),
        ("read_vacancy.visitor", &nobody, of_vacancy.clone()),
        ("read_person.officer", &cast.staff, of_person),
        ("read_application.officer", &cast.staff, of_application.clone()),
        ("read_application.employer", &cast.employer, of_application.clone()),
        ("read_application.person", &trainee, of_application.clone()),
        ("read_application_events.officer", &cast.staff, format!("{of_application}/events")),
        ("read_explanation.officer", &cast.staff, format!("{of_application}/explanation")),
        ("read_explanation.person", &trainee, format!("{of_application}/explanation")),
        ("read_run.officer", &cast.staff, of_run.clone()),
        ("list_proposals.officer", &cast.staff, format!("{of_run}/proposals?vacancy={vacancy}")),
        ("read_match_summary.employer", &cast.employer, format!("{of_vacancy}/match-summary")),
        ("list_undated_evidence.officer", &cast.staff, "/people/undated-evidence?limit=1".to_owned()),
    ] {
        found.insert(name, get(who, &path).await.success());
    }
    act(&cast.staff, &format!("{of_vacancy}/pause"), 3, &json!({})).await.success();
    found
}

/// Ids are made anew in every test: the same id becomes the same number in the order of the answers.
fn with_steady_ids(text: &str, known: &mut BTreeMap<String, String>) -> String {
    let id = Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}").unwrap();
    let steady = |found: &regex::Captures<'_>| {
        let next = known.len() + 1;
        known
            .entry(found[0].to_owned())
            .or_insert_with(|| format!("01a21a9b-0ff0-7000-8000-{next:012}"))
            .clone()
    };
    id.replace_all(text, steady).into_owned()
}

/// Every field with the kinds of value it has; places in a list count for nothing.
fn shape(value: &Value, place: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| shape(value, &format!("{place}/{name}"), found))
        }
        Value::Array(items) => items.iter().for_each(|item| shape(item, &format!("{place}[]"), found)),
        Value::Null => drop(found.insert(format!("{place} null"))),
        Value::Bool(_) => drop(found.insert(format!("{place} bool"))),
        Value::Number(_) => drop(found.insert(format!("{place} number"))),
        Value::String(_) => drop(found.insert(format!("{place} text"))),
    }
}

fn shape_of(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    shape(value, "", &mut found);
    found
}

both_databases!(examples_are_what_the_service_answers, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let answers = played(&cast, db).await;
    let mut known = BTreeMap::new();
    let writes = std::env::var_os("UPDATE_EXAMPLES").is_some() && matches!(db.db, Db::Sqlite { .. });
    let mut differing = Vec::new();
    for (name, answer) in &answers {
        let file = folder().join(format!("{name}.json"));
        let text = with_steady_ids(&serde_json::to_string_pretty(answer).unwrap(), &mut known);
        if writes {
            std::fs::write(&file, text + "\n").unwrap();
            continue;
        }
        let example: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let (example, answer) = (shape_of(&example), shape_of(answer));
        let gone: Vec<_> = example.difference(&answer).collect();
        let new: Vec<_> = answer.difference(&example).collect();
        if !gone.is_empty() || !new.is_empty() {
            differing.push(format!("{name}: no more {gone:?}, new {new:?}"));
        }
    }
    assert!(differing.is_empty(), "UPDATE_EXAMPLES=1 writes them anew:\n{}", differing.join("\n"));
    let files = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!(files, answers.len(), "a file that nobody plays");
});
