//! What no officer confirmed yet is hidden from residents, in lists, counts, histories, explanations and deeds alike,
//! until it is confirmed or they say something about it themselves; what ends before that stays hidden.
use padankerja::store::Db;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use super::cast::{Cast, act, by_phone, get, post};
use crate::support::{
    app::{Answer, Client},
    database::{TestDb, both_databases},
};

const NOTHING: &str = "00000000-0000-0000-0000-000000000000";

/// The ids somebody reads in every list that could hold a person's applications; all lists must agree.
async fn listed(who: &Client, person: &str) -> Vec<Value> {
    let read = async |path: &str, pick: fn(&Value) -> Value| -> Vec<Value> {
        let page = get(who, path).await.success();
        page["items"].as_array().unwrap().iter().map(pick).collect()
    };
    let own = read("/me/applications", |item| item["application"]["id"].clone()).await;
    let bare = |item: &Value| item["id"].clone();
    for path in ["/applications".to_owned(), format!("/people/{person}/applications")] {
        assert_eq!(read(&path, bare).await, own, "{path}");
    }
    own
}

/// Everything somebody may ask about one application.
async fn asked(who: &Client, application: &str) -> Vec<Answer> {
    let path = format!("/applications/{application}");
    let mut answers = Vec::new();
    for part in ["", "/events", "/explanation"] {
        answers.push(get(who, &format!("{path}{part}")).await);
    }
    for (event, body) in [
        ("decline", json!({"reason": "too_far"})),
        ("consent", json!({})),
        ("withdraw", json!({"reason": "too_far"})),
        ("confirm", json!({})),
        ("undo", json!({})),
    ] {
        answers.push(act(who, &format!("{path}/{event}"), 1, &body).await);
    }
    answers
}

/// The application is answered like one that does not exist, byte for byte.
async fn is_hidden(who: &Client, person: &str, application: &str) {
    assert!(!listed(who, person).await.contains(&json!(application)));
    let absent = asked(who, NOTHING).await;
    for (hidden, absent) in asked(who, application).await.iter().zip(&absent) {
        assert_eq!(hidden.refusal(), (404, "not_found".to_owned()));
        assert_eq!(hidden.text, absent.text);
    }
}

async fn is_shown(who: &Client, person: &str, application: &str) {
    assert!(listed(who, person).await.contains(&json!(application)));
    for part in ["", "/events", "/explanation"] {
        get(who, &format!("/applications/{application}{part}")).await.success();
    }
}

both_databases!(a_proposal_is_shown_once_it_is_confirmed, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let trainee = cast.trainee(&person).await;
    let application = cast.proposed(&person, &vacancy).await;
    is_hidden(&trainee, &person, &application).await;
    // The companion, who works with proposals for the office, sees it.
    let companion = cast.companion().await;
    get(&companion, &format!("/applications/{application}")).await.success();
    cast.step(&cast.staff, &application, "confirm", &json!({})).await.success();
    is_shown(&trainee, &person, &application).await;
    // What was shown is not hidden again.
    cast.step(&cast.staff, &application, "undo", &json!({})).await.success();
    assert_eq!(cast.application(&application).await["state"], "proposed");
    is_shown(&trainee, &person, &application).await;
});

both_databases!(what_ends_before_a_confirmation_stays_hidden, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let trainee = cast.trainee(&person).await;
    let dismissed = cast.proposed(&person, &vacancy).await;
    cast.step(&cast.staff, &dismissed, "dismiss", &json!({"reason": "work_does_not_fit"})).await.success();
    is_hidden(&trainee, &person, &dismissed).await;
    let other = cast.open_vacancy(2).await;
    let closed = cast.proposed(&person, &other).await;
    let path = format!("/vacancies/{other}/close");
    act(&cast.employer, &path, 3, &json!({"reason": "not_needed"})).await.success();
    assert_eq!(cast.application(&closed).await["state"], "closed");
    is_hidden(&trainee, &person, &closed).await;
    assert_eq!(listed(&trainee, &person).await, [Value::Null; 0]);
});

both_databases!(who_was_asked_on_the_phone_knows, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let person = cast.person(1).await;
    let trainee = cast.trainee(&person).await;
    let no = json!({"reason": "too_far", "number_dialled": "086012345678"});
    for (event, body) in [("consent", by_phone()), ("decline", no)] {
        let application = cast.proposed(&person, &cast.open_vacancy(2).await).await;
        is_hidden(&trainee, &person, &application).await;
        cast.step(&cast.staff, &application, event, &body).await.success();
        is_shown(&trainee, &person, &application).await;
    }
});

both_databases!(a_person_may_apply_where_a_proposal_is_hidden, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (person, vacancy) = (cast.person(1).await, cast.open_vacancy(2).await);
    let trainee = cast.trainee(&person).await;
    let application = cast.proposed(&person, &vacancy).await;
    let body = json!({"person_id": person, "vacancy_id": vacancy});
    let applied = post(&trainee, "/applications", &body).await.success();
    assert_eq!(applied["application"]["id"], application.as_str());
    assert_eq!(applied["application"]["state"], "consented");
    is_shown(&trainee, &person, &application).await;
});

both_databases!(a_hidden_proposal_does_not_show_in_a_refusal, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let person = cast.person(1).await;
    let trainee = cast.trainee(&person).await;
    let (work, with, without) =
        (cast.open_vacancy(2).await, cast.open_vacancy(2).await, cast.open_vacancy(2).await);
    let rests = cast.proposed(&person, &with).await;
    let hired = cast.referred(&person, &work).await;
    cast.step(&cast.employer, &hired, "hire", &json!({"starts_on": "2026-03-09"})).await.success();
    assert_eq!(cast.application(&rests).await["held"], true);
    let apply = async |vacancy: &str| {
        post(&trainee, "/applications", &json!({"person_id": person, "vacancy_id": vacancy})).await
    };
    let (one, other) = (apply(&with).await, apply(&without).await);
    assert_eq!(one.refusal(), (409, "person_placed".to_owned()));
    assert_eq!(one.text, other.text);
    // Nor in how many applications an erasure of one's own ended.
    let path = format!("/people/{person}/erasure");
    let erased = post(&trainee, &path, &json!({"ground": "requested"})).await.success();
    assert_eq!(erased["applications_ended"], 1);
    assert_eq!(cast.application(&rests).await["state"], "retired");
});

// Applications of before become known by what their events say: the statement of the migration, run again over rows
// that lost it, gives what was there.
both_databases!(old_applications_become_known_by_their_events, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let person = cast.person(1).await;
    let trainee = cast.trainee(&person).await;
    let (first, second) = (cast.open_vacancy(2).await, cast.open_vacancy(2).await);
    let known = cast.proposed(&person, &first).await;
    cast.step(&cast.staff, &known, "confirm", &json!({})).await.success();
    cast.step(&cast.staff, &known, "undo", &json!({})).await.success();
    let unknown = cast.proposed(&person, &second).await;
    run(&db.db, "update applications set known_since = null").await;
    assert_eq!(listed(&trainee, &person).await, [Value::Null; 0]);
    let migration = match &db.db {
        Db::Sqlite { .. } => include_str!("../../../migrations/sqlite/0010_suitable_counts.sql"),
        Db::Postgres(_) => include_str!("../../../migrations/postgres/0010_suitable_counts.sql"),
    };
    run(&db.db, &migration[migration.find("update applications").unwrap()..]).await;
    assert_eq!(listed(&trainee, &person).await, [json!(known)]);
    is_hidden(&trainee, &person, &unknown).await;
});

async fn run(db: &Db, text: &str) {
    let text = AssertSqlSafe(text.to_owned()).into_sql_str();
    match db {
        Db::Sqlite { write, .. } => {
            write.acquire().await.unwrap().execute(text).await.unwrap();
        }
        Db::Postgres(pool) => {
            pool.acquire().await.unwrap().execute(text).await.unwrap();
        }
    }
}
