//! Who may do what: every route of the OpenAPI document, asked by everybody. Rows marked `own` ask for things of our
//! side, so that for personas ending in 2 they are foreign; rows marked `absent` ask for things that do not exist. What
//! somebody may not see must answer like what does not exist, byte for byte.
//!
//! A new route fails the first test until it has rows here and a request in `request`.
use std::collections::{BTreeMap, BTreeSet};

use padankerja::http::api;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    app::{Answer, Client, TestApp, fresh_key},
    database::{TestDb, both_databases},
    world::{PERSONAS, World},
};

/// Method, path, object, then the status for each of `PERSONAS`.
const MATRIX: &str = "
#                            | nobody trainee    companion  employer   staff verify     nominate   supervisor agency2    disabled
#                            |            trainee2   companion2   employer2      confirm     report     agency     admin
POST /auth/login         -   | 200    200 200    200 200    200 200    200   200 200    200 200    200  200 200    200  200
POST /auth/refresh       -   | 401    401 401    401 401    401 401    401   401 401    401 401    401  401 401    401  401
POST /auth/logout        -   | 204    204 204    204 204    204 204    204   204 204    204 204    204  204 204    204  204
GET  /auth/me            -   | 401    200 200    200 200    200 200    200   200 200    200 200    200  200 200    200  401
";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Object {
    /// The route names no object.
    None,
    /// One of our side.
    Own,
    /// One that does not exist.
    Absent,
}

struct Row {
    method: Method,
    path: String,
    object: Object,
    statuses: Vec<u16>,
}

/// What to send.
struct Ask {
    path: String,
    body: Option<Value>,
    version: Option<i64>,
}

fn rows() -> Vec<Row> {
    let lines = MATRIX.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(row).collect()
}

fn row(line: &str) -> Row {
    let (head, statuses) = line.split_once('|').unwrap_or_else(|| panic!("no bar: {line}"));
    let words: Vec<&str> = head.split_whitespace().collect();
    let [method, path, object] = words[..] else { panic!("not method, path, object: {line}") };
    let object = match object {
        "-" => Object::None,
        "own" => Object::Own,
        "absent" => Object::Absent,
        other => panic!("{other} is no object: {line}"),
    };
    let statuses: Vec<u16> = statuses.split_whitespace().map(|status| status.parse().unwrap()).collect();
    assert_eq!(statuses.len(), PERSONAS.len(), "{line}");
    Row { method: method.parse().unwrap(), path: path.to_owned(), object, statuses }
}

#[test]
fn every_route_has_its_rows_and_every_row_a_route() {
    let document = api::described().1;
    let mut wanted = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix(api::BASE).unwrap();
        for method in operations.as_object().unwrap().keys() {
            let objects: &[Object] =
                if path.contains('{') { &[Object::Own, Object::Absent] } else { &[Object::None] };
            wanted.extend(objects.iter().map(|object| (path.to_owned(), method.to_uppercase(), *object)));
        }
    }
    let mut found = BTreeSet::new();
    for row in rows() {
        let key = (row.path, row.method.to_string(), row.object);
        assert!(found.insert(key.clone()), "twice: {key:?}");
    }
    let missing: Vec<_> = wanted.difference(&found).collect();
    let idle: Vec<_> = found.difference(&wanted).collect();
    assert!(missing.is_empty(), "routes without rows: {missing:#?}");
    assert!(idle.is_empty(), "rows without routes: {idle:#?}");
}

both_databases!(everybody_gets_what_the_matrix_says, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let world = World::new(&app).await;
    let mut wrong = Vec::new();
    let mut answers: BTreeMap<(String, String, Object, usize), Answer> = BTreeMap::new();
    for row in rows() {
        for (column, (persona, status)) in PERSONAS.iter().zip(&row.statuses).enumerate() {
            let ask = request(&app, &world, &row).await;
            let answer = send(&world.clients[column], &row.method, ask).await;
            let place = format!("{} {} {:?} by {persona}", row.method, row.path, row.object);
            if answer.status.as_u16() != *status {
                wrong.push(format!(
                    "{place}: {} instead of {status}: {}",
                    answer.status.as_u16(),
                    answer.text
                ));
            }
            answers.insert((row.path.clone(), row.method.to_string(), row.object, column), answer);
        }
    }
    for ((path, method, object, column), answer) in &answers {
        let absent = answers.get(&(path.clone(), method.clone(), Object::Absent, *column));
        if let Some(absent) = absent.filter(|_| *object == Object::Own && !answer.status.is_success())
            && told(answer) != told(absent)
        {
            let persona = PERSONAS[*column];
            wrong.push(format!(
                "{method} {path} by {persona}: foreign and absent differ\n{answer:?}\n{absent:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
});

/// All that an answer tells, without what differs between any two requests.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, &str) {
    let differing = ["x-request-id", "date"];
    let headers = answer.headers.iter().filter(|(name, _)| !differing.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
    (answer.status.as_u16(), headers, &answer.text)
}

async fn send(client: &Client, method: &Method, ask: Ask) -> Answer {
    let mut request = client.request(method.clone(), &format!("{}{}", api::BASE, ask.path));
    if *method == Method::POST {
        request = request.header("Idempotency-Key", fresh_key());
    }
    if let Some(body) = &ask.body {
        request = request.json(body);
    }
    if let Some(version) = ask.version {
        request = request.header("If-Match", format!("\"{version}\""));
    }
    Answer::of(request).await
}

/// A request that succeeds when made by somebody who may; every call makes its own object, so that no cell sees what
/// another one changed.
async fn request(app: &TestApp, world: &World, row: &Row) -> Ask {
    let plain = |body: Option<Value>| Ask { path: row.path.clone(), body, version: None };
    match (row.method.as_str(), row.path.as_str()) {
        ("POST", "/auth/login") => {
            let login = app.login_name(world.client("admin")).await;
            plain(Some(json!({"login": login, "password": crate::support::app::PASSWORD})))
        }
        ("POST", "/auth/refresh" | "/auth/logout") => plain(Some(json!({"refresh_token": "0123"}))),
        ("GET", "/auth/me") => plain(None),
        (method, path) => panic!("no request for {method} {path}"),
    }
}
