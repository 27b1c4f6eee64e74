//! What the HTTP frame promises for every route: problem documents, limits, headers, idempotency, health, documentation.
use std::{collections::BTreeSet, path::Path};

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use padankerja::{
    app::{App, AppError, access::Staff, idempotency::Answer as Kept, system},
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::VacancyId,
    },
    http::{
        Shown, api,
        extract::{Body, Id, IfMatch, Nothing, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
    store::{
        StoreError,
        organisations::{self, Organisation, OrganisationKind},
    },
};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{
    app::{Answer, TestApp, fresh_key, join_all},
    database::{TestDb, both_databases},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    name: String,
    #[serde(default)]
    fail_after: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    cursor: Option<Cursor>,
    limit: Option<Limit>,
}

/// Routes that bring about what is promised.
fn routes() -> Router<AppState> {
    Router::new()
        .route("/offices", post(make_office).get(list_offices))
        .route("/bare", post(|Body(_): Body<Nothing>| async {}))
        .route("/things/{id}", get(absent).put(change))
        .route("/panic", get(panic))
        .route("/fault/{kind}", get(fault))
}

async fn make_office(
    State(app): State<App>,
    _who: Staff,
    Post { key, body }: Post<Office>,
) -> Result<Kept, Problem> {
    once!(app, key, tx => {
        let id = system::fresh();
        let row = Organisation {
            id,
            name: body.name.clone(),
            kind: OrganisationKind::Agency,
            village: None,
            created_at: app.clock.now(),
        };
        organisations::insert(tx, &row).await?;
        // Long enough for a rival to arrive.
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if body.fail_after {
            return Err(AppError::conflict(ProblemCode::UndoTooLate, "the test says so"));
        }
        Ok(Kept::created(format!("/offices/{id}"), &json!({"id": id}))?.version(1))
    })
}

async fn list_offices(
    State(app): State<App>,
    _who: Staff,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<String>>, Problem> {
    let mut tx = app.db.read().await?;
    let limit = query.limit.unwrap_or_default();
    let after = query.cursor.map(Cursor::place::<uuid::Uuid>);
    let mut rows = organisations::all(&mut tx).await?;
    rows.retain(|row| after.is_none_or(|after| (row.created_at, row.id.0) > after));
    rows.truncate(usize::try_from(limit.rows()).unwrap());
    Ok(Json(Page::of(rows, limit, |row| (row.created_at, row.id.0), |row| row.name)))
}

async fn absent(_who: Staff, Id(_): Id<VacancyId>) -> Result<Shown<()>, Problem> {
    Err(AppError::NotFound.into())
}

async fn change(_who: Staff, Id(_): Id<VacancyId>, IfMatch(version): IfMatch) -> Result<Shown<i64>, Problem> {
    if version == 7 {
        Ok(Shown(8, version))
    } else {
        Err(AppError::Stale { given: version, present: 7 }.into())
    }
}

async fn panic() {
    panic!("rahasia 9911045501990001");
}

async fn fault(Id(kind): Id<String>) -> Result<(), Problem> {
    let lost = || sqlx::Error::Protocol("rahasia".to_owned());
    Err(match kind.as_str() {
        "busy" => AppError::Store(StoreError::Busy(lost())),
        "limit" => AppError::Store(StoreError::Constraint(lost())),
        "lost" => AppError::Store(StoreError::Other(lost())),
        "many" => AppError::TooMany { retry_after: 17 },
        "fields" => AppError::field("seats", FieldCode::ZeroSeats, "9911045501990001"),
        _ => AppError::Internal("rahasia".to_owned()),
    }
    .into())
}

both_databases!(bare_errors_become_problems, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let nobody = app.anonymous();
    // Outside the API somebody reads it: a page (tests/it/pages).
    assert_eq!(nobody.get("/nowhere").await.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(nobody.get("/api/v1/nowhere").await.refusal(), (404, "not_found".to_owned()));
    let wrong_method = nobody.get("/api/v1/auth/login").await;
    assert_eq!(wrong_method.refusal(), (405, "method_not_allowed".to_owned()));
    assert_eq!(wrong_method.header("allow"), Some("POST"));
    let answer = nobody.get("/api/v1/auth/me").await;
    assert_eq!(answer.refusal(), (401, "login_missing".to_owned()));
    assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"padankerja\""));
});

both_databases!(bodies_that_cannot_be_read_are_refused, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let post = |body: &'static str, kind: Option<&'static str>| {
        let request = app.anonymous().request(Method::POST, "/bare").body(body);
        Answer::of(match kind {
            Some(kind) => request.header("Content-Type", kind),
            None => request,
        })
    };
    let json = Some("application/json");
    assert_eq!(post("{}", json).await.status, 200);
    assert_eq!(post("", None).await.status, 200);
    assert_eq!(post("{", json).await.refusal(), (400, "malformed_json".to_owned()));
    assert_eq!(post("{}", Some("text/plain")).await.refusal(), (415, "not_json".to_owned()));
    assert_eq!(post("{}", None).await.refusal(), (415, "not_json".to_owned()));
    let unknown = post("{\"secret\":1}", json).await;
    assert_eq!(unknown.refusal(), (400, "unacceptable_body".to_owned()));
    assert_eq!(unknown.json()["errors"][0]["field"], "secret");
    let large = format!("\"{}\"", "x".repeat(padankerja::http::BODY_LIMIT));
    let request = app.anonymous().request(Method::POST, "/bare").header("Content-Type", "application/json");
    assert_eq!(Answer::of(request.body(large)).await.refusal(), (413, "body_too_large".to_owned()));
});

both_databases!(text_that_is_no_id_is_like_an_absent_object, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let staff = app.staff(&[]).await;
    let absent = staff.get(&format!("/things/{}", uuid::Uuid::nil())).await;
    assert_eq!(absent.refusal(), (404, "not_found".to_owned()));
    for text in ["7", "x", "%00", "..", "018f0000-0000-7000-8000-00000000000"] {
        let answer = staff.get(&format!("/things/{text}")).await;
        assert_eq!((answer.status, &answer.text), (absent.status, &absent.text), "{text}");
    }
});

both_databases!(a_change_names_the_version_it_is_for, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let staff = app.staff(&[]).await;
    let path = format!("/things/{}", uuid::Uuid::nil());
    let put = |version: Option<&'static str>| {
        let request = staff.request(Method::PUT, &path);
        Answer::of(match version {
            Some(version) => request.header("If-Match", version),
            None => request,
        })
    };
    assert_eq!(put(None).await.refusal(), (428, "version_missing".to_owned()));
    for bad in ["7", "*", "W/\"7\"", "\"x\"", "\"0\"", "\"-1\"", "\"7\", \"8\"", ""] {
        assert_eq!(put(Some(bad)).await.refusal(), (400, "bad_version".to_owned()), "{bad}");
    }
    assert_eq!(put(Some("\"6\"")).await.refusal(), (412, "stale_version".to_owned()));
    assert_eq!(put(Some("\"7\"")).await.header("etag"), Some("\"8\""));
});

both_databases!(faults_are_told_without_their_cause, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let nobody = app.anonymous();
    for (path, status, code) in [
        ("/panic", 500, "internal"),
        ("/fault/internal", 500, "internal"),
        ("/fault/lost", 500, "internal"),
        ("/fault/busy", 503, "busy"),
        ("/fault/limit", 409, "limit_reached"),
        ("/fault/many", 429, "too_many_attempts"),
        ("/fault/fields", 400, "invalid_fields"),
    ] {
        let answer = nobody.get(path).await;
        assert_eq!(answer.refusal(), (status, code.to_owned()));
        assert!(
            !answer.text.contains("rahasia") && !answer.text.contains("9911045501990001"),
            "{}",
            answer.text
        );
    }
    assert_eq!(nobody.get("/fault/busy").await.header("retry-after"), Some("1"));
    assert_eq!(nobody.get("/fault/many").await.header("retry-after"), Some("17"));
    assert_eq!(nobody.get("/fault/fields").await.json()["errors"][0]["code"], "zero_seats");
});

both_databases!(every_answer_carries_the_headers, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let mut ids = BTreeSet::new();
    for path in ["/healthz", "/nowhere", "/api/v1/auth/me", "/docs/"] {
        let answer = app.anonymous().get(path).await;
        assert!(ids.insert(answer.header("x-request-id").unwrap().to_owned()));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
        assert!(
            answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"),
            "{path}"
        );
    }
});

both_databases!(a_form_of_another_site_is_refused, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let send = |site: &'static str| {
        let request = app.anonymous().request(Method::POST, "/api/v1/auth/logout");
        Answer::of(request.header("Sec-Fetch-Site", site).json(&json!({"refresh_token": "x"})))
    };
    assert_eq!(send("cross-site").await.refusal(), (403, "cross_site".to_owned()));
    assert_eq!(send("same-origin").await.status, 204);
});

both_databases!(a_key_makes_a_change_happen_once, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let staff = app.staff(&[]).await;
    let body = json!({"name": "Dinas A"});
    let key = fresh_key();
    let first = staff.post_with_key("/offices", &key, &body).await;
    assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (201, None));
    let again = staff.post_with_key("/offices", &key, &body).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    for name in ["location", "etag", "content-type"] {
        assert_eq!(again.header(name), first.header(name));
        assert!(first.header(name).is_some(), "{name}");
    }
    let other = staff.post_with_key("/offices", &key, &json!({"name": "Dinas B"})).await;
    assert_eq!(other.refusal(), (422, "idempotency_key_reused".to_owned()));
    let elsewhere = staff.post_with_key("/offices?x=1", &key, &body).await;
    assert_eq!(elsewhere.refusal(), (422, "idempotency_key_reused".to_owned()));
    assert_eq!(named(&app, "Dinas A").await, 1);
    assert_eq!(named(&app, "Dinas B").await, 0);
    let colleague = app.staff(&[]).await;
    assert_eq!(colleague.post_with_key("/offices", &key, &body).await.status, 201);
    assert_eq!(named(&app, "Dinas A").await, 2, "keys of two logins are strangers");
});

both_databases!(rivals_with_one_key_are_one_change, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let staff = app.staff(&[]).await;
    let (key, body) = (fresh_key(), json!({"name": "Dinas A"}));
    let answers = join_all((0..8).map(|_| staff.post_with_key("/offices", &key, &body))).await;
    let replayed = answers.iter().filter(|answer| answer.header("idempotency-replayed").is_some()).count();
    assert_eq!(replayed, 7);
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.text == answers[0].text));
    assert_eq!(named(&app, "Dinas A").await, 1);
});

both_databases!(a_failed_change_leaves_neither_change_nor_key, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let staff = app.staff(&[]).await;
    let key = fresh_key();
    let failing = json!({"name": "Dinas A", "fail_after": true});
    for _ in 0..2 {
        let refused = staff.post_with_key("/offices", &key, &failing).await;
        assert_eq!(refused.refusal(), (409, "undo_too_late".to_owned()));
    }
    assert_eq!(named(&app, "Dinas A").await, 0);
    let corrected = staff.post_with_key("/offices", &key, &json!({"name": "Dinas A"})).await;
    assert_eq!(corrected.status, 201);
});

both_databases!(a_post_needs_a_fit_key, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let staff = app.staff(&[]).await;
    let body = json!({"name": "Dinas A"});
    let request = staff.request(Method::POST, "/offices").json(&body);
    assert_eq!(Answer::of(request).await.refusal(), (400, "key_missing".to_owned()));
    for bad in ["", "short", "with space", &"x".repeat(201)] {
        let answer = staff.post_with_key("/offices", bad, &body).await;
        assert_eq!(answer.refusal(), (400, "bad_key".to_owned()), "{bad}");
    }
    let nobody = app.anonymous().post("/offices", &body).await;
    assert_eq!(nobody.status, 401, "who asks is checked before what is asked");
});

async fn named(app: &TestApp, name: &str) -> usize {
    let mut tx = app.app().db.read().await.unwrap();
    organisations::by_name(&mut tx, name).await.unwrap().len()
}

both_databases!(pages_follow_each_other, |db: TestDb| async {
    let app = TestApp::framed(db, routes()).await;
    let staff = app.staff(&[]).await;
    for n in 0..6 {
        assert_eq!(staff.post("/offices", &json!({"name": format!("Dinas {n}")})).await.status, 201);
    }
    let mut names = Vec::new();
    let mut path = "/offices?limit=3".to_owned();
    loop {
        let page = staff.get(&path).await.success();
        names.extend(page["items"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/offices?limit=3&cursor={next}");
    }
    assert_eq!(names.len(), 7, "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 7);
    for (query, code) in [
        ("cursor=abc", "bad_cursor"),
        ("limit=0", "malformed_query"),
        ("limit=201", "malformed_query"),
        ("limit=x", "malformed_query"),
        ("lmit=1", "malformed_query"),
    ] {
        let answer = staff.get(&format!("/offices?{query}")).await;
        assert_eq!(answer.refusal(), (400, code.to_owned()), "{query}");
    }
});

both_databases!(health_and_readiness, |db: TestDb| async {
    let app = TestApp::start(db).await;
    assert_eq!(app.anonymous().get("/healthz").await.status, 200);
    assert_eq!(app.anonymous().get("/readyz").await.status, 200);
    app.app().db.close().await;
    assert_eq!(app.anonymous().get("/healthz").await.status, 200);
    let unready = app.anonymous().get("/readyz").await;
    assert_eq!(unready.refusal(), (503, "unavailable".to_owned()));
    assert!(unready.header("retry-after").is_some());
});

both_databases!(the_documentation_is_whole_and_local, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let nobody = app.anonymous();
    let document = nobody.get("/api/v1/openapi.json").await.success();
    assert_eq!(document, api::described().1);
    assert_eq!(document["openapi"], "3.1.0");
    let page = nobody.get("/docs/").await;
    assert!(page.text.contains("swagger-ui"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'self'"));
    let start = nobody.get("/docs/start.js").await;
    assert!(start.text.contains("/api/v1/openapi.json"), "{}", start.text);
    assert!(start.text.contains("validatorUrl"), "{}", start.text);
    for answer in [&page, &start] {
        assert!(!answer.text.contains("http://") && !answer.text.contains("https://"), "{}", answer.text);
    }
    for asset in ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"] {
        assert_eq!(nobody.get(&format!("/docs/{asset}")).await.status, 200, "{asset}");
    }
    assert_eq!(nobody.get("/docs").await.text, page.text);
    assert_eq!(nobody.get("/docs/nothing.js").await.refusal(), (404, "not_found".to_owned()));
});

#[test]
fn every_operation_tells_of_problems_and_keys() {
    let document = api::described().1;
    let mut seen = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            seen += 1;
            let place = format!("{method} {path}");
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"];
            assert_eq!(problem["$ref"], "#/components/schemas/Problem", "{place}");
            let open = operation["security"] == json!([{}]);
            let none = Vec::new();
            let keyed = operation["parameters"].as_array().unwrap_or(&none).iter();
            let keyed = keyed.filter(|parameter| parameter["name"] == "Idempotency-Key").count();
            assert_eq!(keyed, usize::from(method == "post" && !open), "{place}");
            assert!(operation["summary"].is_string() || operation["description"].is_string(), "{place}");
        }
    }
    assert!(seen >= 4);
    assert!(document["components"]["schemas"]["Problem"].is_object());
    for reference in references(&document) {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
    }
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, inner)| match inner.as_str() {
                Some(target) if name == "$ref" => vec![target.to_owned()],
                _ => references(inner),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// That every code has words is seen to by the compiler; here, that every code is answered by something.
#[test]
fn no_code_is_left_over() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders = ["app", "http", "cli", "domain"].map(|layer| rust_files(&source.join(layer)));
    let text = folders.concat().concat();
    let problems = ProblemCode::ALL.iter().map(|code| format!("ProblemCode::{code:?}"));
    let fields = FieldCode::ALL.iter().map(|code| format!("FieldCode::{code:?}"));
    let named = |code: &String| regex::Regex::new(&format!(r"{code}\b")).unwrap().is_match(&text);
    let left: Vec<String> = problems.chain(fields).filter(|code| !named(code)).collect();
    assert!(left.is_empty(), "nothing answers {left:?}");
}

fn rust_files(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(rust_files(&path));
        } else {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
    texts
}
