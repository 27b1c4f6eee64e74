//! One request for every row of the matrix: with everything that somebody who may needs for a success. Each call makes
//! an object of its own.
use std::collections::BTreeMap;

use padankerja::{
    app::{policies, system},
    domain::{
        application::State,
        contact::Way,
        employer,
        holiday::{Holiday, Kind},
        ids::{MessageId, PersonId, VacancyId},
        message::{self, Failure},
        nomination, vacancy,
    },
    store::{
        holidays, messages,
        nominations::{self, Filter},
        people, runs,
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Object, Row};
use crate::support::{
    app::{PASSWORD, TestApp, fresh_number},
    world::{World, new_application, new_employer, new_interest, new_person, new_run, new_vacancy},
};

/// What to send.
pub struct Ask {
    pub path: String,
    pub body: Option<Value>,
    pub version: Option<i64>,
}

/// An object of the row's side, or none: its id and version.
struct Found {
    id: Uuid,
    version: i64,
}

const ABSENT: Found = Found { id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001), version: 1 };

/// The request of a row.
pub async fn request(app: &TestApp, world: &World, row: &Row) -> Ask {
    let resource = row.path.split('/').nth(1).unwrap_or_default();
    match resource {
        "auth" => about_login(app, world, row).await,
        "vacancies" => about_vacancy(app, world, row).await,
        "employers" => about_employer(app, world, row).await,
        "plans" => about_plans(row),
        "change-requests" => about_change(app, world, row).await,
        "classes" => about_class(world, row).await,
        "people" => about_person(app, world, row).await,
        "me" if action(row) == "export" => {
            let whose = if row.object == Object::Own { world.ours.person.0 } else { ABSENT.id };
            Ask { path: format!("{}?person={whose}", row.path), body: None, version: None }
        }
        "me" if row.method == "POST" => {
            let (code, birth_year) = slip(app, world).await;
            plain(row, Some(json!({"code": code, "birth_year": birth_year})))
        }
        "me" | "gaps" | "jobs" | "application-notes" => plain(row, None),
        "applications" => about_application(app, world, row).await,
        "nominations" => about_nomination(app, world, row).await,
        "next-steps" => about_step(app, world, row).await,
        "interests" => about_interest(app, world, row).await,
        "complaints" => about_complaint(world, row).await,
        "check" => about_check(app, world, row).await,
        "messages" => about_message(app, world, row).await,
        "policies" => about_policy(app, row).await,
        "runs" => about_run(app, world, row).await,
        "holidays" => about_holiday(app, row).await,
        other => panic!("no requests for {other}"),
    }
}

fn plain(row: &Row, body: Option<Value>) -> Ask {
    Ask { path: row.path.clone(), body, version: None }
}

/// The row's path with the object's id in it.
fn of(row: &Row, found: &Found, body: Option<Value>) -> Ask {
    let path = row.path.replace("{id}", &found.id.to_string());
    Ask { path, body, version: Some(found.version) }
}

/// The last part of the path: the event, where it names one.
fn action(row: &Row) -> &str {
    row.path.rsplit('/').next().unwrap_or_default()
}

fn unknown(row: &Row) -> ! {
    panic!("no request for {} {}", row.method, row.path)
}

async fn about_login(app: &TestApp, world: &World, row: &Row) -> Ask {
    match action(row) {
        "login" => {
            let login = app.login_name(world.client("admin")).await;
            plain(row, Some(json!({"login": login, "password": PASSWORD})))
        }
        "activate" => {
            let (code, birth_year) = slip(app, world).await;
            let phone = format!("0860{:08}", fresh_number());
            let body = json!({"code": code, "birth_year": birth_year, "phone": phone, "password": PASSWORD});
            plain(row, Some(body))
        }
        "refresh" | "logout" => plain(row, Some(json!({"refresh_token": "0123"}))),
        "me" | "gaps" => plain(row, None),
        _ => unknown(row),
    }
}

/// A fresh code of somebody without a login, and their year of birth.
async fn slip(app: &TestApp, world: &World) -> (Value, i32) {
    let person = new_person(app, world.ours.village, world.ours.agency).await;
    let path = format!("/api/v1/people/{person}/activation-code");
    let request = world.client("staff").request(reqwest::Method::PUT, &path).json(&json!({}));
    let made = crate::support::app::Answer::of(request).await.success();
    let read = world.client("staff").get(&format!("/api/v1/people/{person}")).await.success();
    let year = read["birth_date"].as_str().unwrap()[..4].parse().unwrap();
    (made["code"].clone(), year)
}

async fn about_vacancy(app: &TestApp, world: &World, row: &Row) -> Ask {
    let content = json!({
        "title": "Operator jahit", "description": "Menjahit pakaian jadi", "village": "33.11.01.2001", "seats": 5,
        "wage_min": 2_600_000, "working_hours": "40 jam per minggu", "conditions": "Dalam ruangan",
        "employment_type": "pkwt", "education_min": "SMP", "experience_months": 0, "skills": ["menjahit"],
        "closes_on": "2026-06-30",
    });
    if row.path == "/vacancies" {
        let posting = row.method == "POST";
        let employer = if row.object == Object::Own { world.ours.employer.0 } else { ABSENT.id };
        let mut body = content;
        body["employer_id"] = json!(employer);
        return plain(row, posting.then_some(body));
    }
    let (state, body) = match (row.method.as_str(), action(row)) {
        ("GET", "search") => return plain(row, None),
        ("GET", "{id}" | "candidates-count" | "match-summary" | "gap") => (vacancy::State::Open, None),
        ("PUT", "{id}") => (vacancy::State::Draft, Some(content)),
        (_, "submit") => (vacancy::State::Draft, Some(json!({}))),
        (_, "publish") => (vacancy::State::Submitted, Some(json!({}))),
        (_, "send-back" | "reject") => {
            (vacancy::State::Submitted, Some(json!({"reason": "upah belum jelas"})))
        }
        (_, "pause") => (vacancy::State::Open, Some(json!({}))),
        (_, "resume") => (vacancy::State::Paused, Some(json!({}))),
        (_, "extend") => (vacancy::State::Open, Some(json!({"closes_on": "2026-07-31"}))),
        (_, "close") => (vacancy::State::Open, Some(json!({"reason": "not_needed"}))),
        (_, "flag-reasons") => (vacancy::State::Open, Some(json!({"reasons": {}}))),
        (_, "employer-statement") => (vacancy::State::Open, Some(json!({"said": "akan melatih sendiri"}))),
        _ => unknown(row),
    };
    let found = match row.object {
        Object::Own => Found { id: new_vacancy(app, world.ours.employer, state).await.0, version: 1 },
        _ => ABSENT,
    };
    of(row, &found, body)
}

async fn about_employer(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.path == "/employers" {
        let number = fresh_number();
        let body = json!({
            "nib": format!("99{number:011}"), "name": format!("PT Contoh {number}"), "login": format!("pt{number}"),
            "password": PASSWORD, "contact_name": "Bagian personalia", "contact_phone": "0271591234",
            "village": "33.11.01.2001", "address": "Jalan Raya 1", "industry": "C",
        });
        return plain(row, (row.method == "POST").then_some(body));
    }
    let reason = Some(json!({"reason": "alamat tidak ditemukan"}));
    let (state, body) = match action(row) {
        "{id}" => (employer::State::Verified, None),
        "verify" => (employer::State::Registered, Some(json!({}))),
        "reject" => (employer::State::Registered, reason),
        "suspend" => (employer::State::Verified, reason),
        "reinstate" => (employer::State::Suspended, reason),
        _ => unknown(row),
    };
    let found = match row.object {
        Object::Own if row.method == "GET" => Found { id: world.ours.employer.0, version: 1 },
        Object::Own => Found { id: new_employer(app, state).await.0, version: 1 },
        _ => ABSENT,
    };
    of(row, &found, body)
}

fn about_plans(row: &Row) -> Ask {
    let body = json!({"job": "Operator jahit", "seats": 40, "month": "2026-09-01", "certainty": "likely"});
    plain(row, (row.method == "POST").then_some(body))
}

/// Somebody who joins a class.
fn member(world: &World) -> Value {
    let nik = format!("991104550190{:04}", fresh_number() % 9_999 + 1);
    json!({"nik": nik, "name": "Warga Contoh", "village": world.ours.village, "ranking_consent": true})
}

async fn about_class(world: &World, row: &Row) -> Ask {
    let body = || {
        json!({
            "programme": "Operator Jahit", "name": format!("Angkatan {}", fresh_number()),
            "starts_on": "2026-02-02", "ends_on": "2026-03-27", "members": [member(world)],
        })
    };
    if row.path == "/classes" {
        return plain(row, (row.method == "POST").then(body));
    }
    let made = match row.object {
        Object::Own => world.client("staff").post("/api/v1/classes", &body()).await.success(),
        _ => json!({"id": ABSENT.id, "version": 1, "people": [{"person_id": world.ours.person}]}),
    };
    let found = Found {
        id: made["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(ABSENT.id),
        version: made["version"].as_i64().unwrap_or(1),
    };
    let person = made["people"][0]["person_id"].clone();
    let body = match (row.method.as_str(), action(row)) {
        ("GET", "{id}") => None,
        ("PATCH", "{id}") => Some(json!({"ends_on": "2026-04-03"})),
        ("PUT", "activation-codes") => Some(json!({})),
        (_, "members") => Some(json!({"members": [member(world)]})),
        (_, "removal") => Some(json!({"person_id": person})),
        (_, "results") => Some(json!({"results": [{"person_id": person, "result": "competent"}]})),
        _ => unknown(row),
    };
    of(row, &found, body)
}

/// What somebody asks to be changed.
fn change() -> Value {
    json!({"change": {"education": "SMK"}, "reason": "Ijazah baru keluar"})
}

async fn about_change(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.path == "/change-requests" {
        return plain(row, None);
    }
    let found = match row.object {
        Object::Own => {
            let person = new_person(app, world.ours.village, world.ours.agency).await;
            let path = format!("/api/v1/people/{person}/change-requests");
            let made = world.client("staff").post(&path, &change()).await.success();
            Found { id: made["id"].as_str().unwrap().parse().unwrap(), version: 1 }
        }
        _ => ABSENT,
    };
    of(row, &found, Some(json!({"accept": true})))
}

async fn about_person(app: &TestApp, world: &World, row: &Row) -> Ask {
    let home = &world.ours;
    if row.path == "/people" {
        let nik = format!("991104550190{:04}", fresh_number() % 9_999 + 1);
        let body =
            json!({"nik": nik, "name": "Warga Contoh", "village": home.village, "phone": "086012345678"});
        return plain(row, (row.method == "POST").then_some(body));
    }
    if matches!(row.path.as_str(), "/people/unknown-desil" | "/people/undated-evidence") {
        return plain(row, None);
    }
    let body = match (row.method.as_str(), action(row)) {
        ("GET", "{id}" | "applications" | "gap" | "change-requests" | "status-code") => None,
        ("PUT", "status-code") | ("POST", "revoke") => Some(json!({})),
        ("POST", "change-requests") => Some(change()),
        ("POST", "verifications") => Some(json!({"items": ["name"]})),
        ("PATCH", "{id}") => Some(json!({"address": "Jalan Mawar 2"})),
        ("PUT", "accompaniment") => Some(json!({"agreed": true, "channel": "visit"})),
        ("PUT", "activation-code") => Some(json!({"saw_card": true})),
        ("POST", "erasure") => Some(json!({"ground": "requested", "asked_by": "person"})),
        ("POST", "criteria") => {
            Some(json!({"criterion": "desil", "value": 2, "source": "DTSEN", "dated_on": "2026-01-31"}))
        }
        _ => unknown(row),
    };
    let found = match row.object {
        Object::Own => {
            let person = new_person(app, home.village, home.agency).await;
            crate::support::world::hold(app, home, person).await;
            if action(row) == "status-code" {
                status_code(world, person).await;
            }
            Found { id: person.0, version: 1 }
        }
        _ => ABSENT,
    };
    of(row, &found, body)
}

/// A fresh status code of somebody whom our resident's login holds.
async fn status_code(world: &World, person: PersonId) -> Value {
    let path = format!("/api/v1/people/{person}/status-code");
    let request = world.client("trainee").request(reqwest::Method::PUT, &path).json(&json!({}));
    crate::support::app::Answer::of(request).await.success()
}

async fn about_check(app: &TestApp, world: &World, row: &Row) -> Ask {
    let made = new_application(app, world, &world.ours, State::Referred).await;
    let body = match action(row) {
        "application" => json!({"code": status_code(world, made.person_id).await["code"]}),
        "letter" => {
            let path = format!("/api/v1/applications/{}/letter", made.id);
            let letter = world.client("staff").get(&path).await.success();
            json!({"number": letter["number"], "code": letter["code"]})
        }
        _ => unknown(row),
    };
    plain(row, Some(body))
}

async fn about_application(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.path == "/applications" {
        return application_list(app, world, row).await;
    }
    let (state, body) = application_step(row);
    let found = match row.object {
        Object::Own => {
            let made = new_application(app, world, &world.ours, state).await;
            if action(row) == "explanation" {
                new_run(app, Some((made.person_id, made.vacancy_id))).await;
            }
            Found { id: made.id.0, version: made.version }
        }
        _ => ABSENT,
    };
    of(row, &found, body)
}

async fn application_list(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.method == "GET" {
        return plain(row, None);
    }
    let (person, vacancy): (PersonId, VacancyId) = match row.object {
        Object::Own => {
            let person = new_person(app, world.ours.village, world.ours.agency).await;
            crate::support::world::hold(app, &world.ours, person).await;
            (person, new_vacancy(app, world.ours.employer, vacancy::State::Open).await)
        }
        _ => {
            let vacancy = new_vacancy(app, world.ours.employer, vacancy::State::Open).await;
            (PersonId(ABSENT.id), vacancy)
        }
    };
    let consent = json!({"channel": "counter", "self_spoke": true});
    plain(row, Some(json!({"person_id": person, "vacancy_id": vacancy, "consent": consent})))
}

/// The state from which the event of a row leads on, and what it needs from anybody.
fn application_step(row: &Row) -> (State, Option<Value>) {
    let reached = "+6281234567890";
    match (row.method.as_str(), action(row)) {
        ("GET", "{id}" | "events" | "explanation" | "letter") => (State::Referred, None),
        ("GET", "contact-attempts") => (State::Confirmed, None),
        ("GET", "follow-ups") => (State::Started, None),
        (_, "contact-attempts") => {
            (State::Confirmed, Some(json!({"channel": "phone", "outcome": "no_answer"})))
        }
        (_, "follow-ups") => (
            State::Started,
            Some(json!({"month": 1, "still_working": false, "reason": "resigned", "ended_on": "2026-03-02"})),
        ),
        (_, "notes") => (State::Interview, Some(json!({"kind": "coming"}))),
        (_, "confirm") => (State::Proposed, Some(json!({}))),
        (_, "consent") => {
            (State::Confirmed, Some(json!({"consent": {"channel": "counter", "self_spoke": true}})))
        }
        (_, "apply") => {
            (State::Proposed, Some(json!({"consent": {"channel": "counter", "self_spoke": true}})))
        }
        (_, "dismiss") => (State::Proposed, Some(json!({"reason": "work_does_not_fit"}))),
        (_, "decline") => (State::Confirmed, Some(json!({"reason": "too_far", "number_dialled": reached}))),
        (_, "invite" | "offer") => (State::Referred, Some(json!({}))),
        (_, "hire") => (State::Referred, Some(json!({"starts_on": "2026-03-09"}))),
        (_, "refuse") => (State::Referred, Some(json!({"reason": "skill_missing"}))),
        (_, "start" | "no-show") => (State::Hired, Some(json!({}))),
        (_, "withdraw") => (State::Consented, Some(json!({"reason": "too_far", "number_dialled": reached}))),
        (_, "end") => (State::Started, Some(json!({"reason": "resigned", "ended_on": "2026-03-02"}))),
        (_, "extend") => (State::Confirmed, Some(json!({"deadline": "2026-03-16"}))),
        (_, "undo") => (State::Confirmed, Some(json!({}))),
        (_, "correct") => (State::Confirmed, Some(json!({"target": "dismissed", "text": "salah klik"}))),
        _ => unknown(row),
    }
}

async fn about_step(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.method == "GET" {
        return plain(row, None);
    }
    let home = &world.ours;
    let person = match row.object {
        Object::Own => new_person(app, home.village, home.agency).await.0,
        _ => ABSENT.id,
    };
    let body = json!({"person_id": person, "kind": "visit", "organisation_id": home.agency});
    if row.path == "/next-steps" {
        return plain(row, Some(body));
    }
    let found = match row.object {
        Object::Own => {
            let made = world.client("staff").post("/api/v1/next-steps", &body).await.success();
            Found { id: made["id"].as_str().unwrap().parse().unwrap(), version: 1 }
        }
        _ => ABSENT,
    };
    let body = match action(row) {
        "outcome" => json!({"outcome": "visited", "note": "sudah bicara dengan ibunya"}),
        "assign" => json!({"officer": "Bu Contoh", "due_on": "2026-03-20"}),
        _ => unknown(row),
    };
    of(row, &found, Some(body))
}

/// A message to somebody who is told through the companion.
async fn about_message(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.method == "GET" {
        return plain(row, None);
    }
    let found = match row.object {
        Object::Own => Found { id: message(app, world, action(row)).await, version: 1 },
        _ => ABSENT,
    };
    let body = if action(row) == "reply" { json!({"reply": "other"}) } else { json!({}) };
    of(row, &found, Some(body))
}

async fn message(app: &TestApp, world: &World, action: &str) -> Uuid {
    let person = new_person(app, world.ours.village, world.ours.agency).await;
    let (now, id) = (app.app().clock.now(), system::fresh::<MessageId>());
    let mut tx = app.app().db.write().await.unwrap();
    let wish = people::Wishes { contact_way: Some(Way::Companion), ..people::Wishes::default() };
    people::set_wishes(&mut tx, person, &wish).await.unwrap();
    let new = messages::New {
        id,
        kind: if action == "again" { message::Kind::InterviewSet } else { message::Kind::Start },
        occasion: id.to_string(),
        application: None,
        vacancy: None,
        employer: None,
        person: (action != "again").then_some(person),
        while_state: None,
        due_at: now,
        made_at: now,
    };
    messages::insert(&mut tx, &new).await.unwrap();
    match action {
        "reply" => drop(messages::told(&mut tx, id, None, now).await.unwrap()),
        "again" => {
            let sends = messages::Sends { to_office: true, ..messages::Sends::default() };
            let claim = Uuid::from_u128(7);
            messages::claim(&mut tx, sends, claim, now, now, (app.app().clock.today(), 9_999)).await.unwrap();
            messages::not_sent(&mut tx, id, claim, Failure::Refused, None).await.unwrap();
        }
        _ => {}
    }
    tx.commit().await.unwrap();
    id.0
}

async fn about_complaint(world: &World, row: &Row) -> Ask {
    let body = json!({"kind": "fee", "said": "Diminta Rp500.000 sebelum wawancara"});
    if row.path == "/complaints" {
        return plain(row, (row.method == "POST").then_some(body));
    }
    let made = world.client("nobody").post("/api/v1/complaints", &body).await.success();
    if action(row) == "status" {
        let (number, code) = (made["number"].as_str().unwrap(), made["code"].as_str().unwrap());
        let path = format!("{}?number={number}&code={}", row.path, code.replace(' ', ""));
        return Ask { path, body: None, version: None };
    }
    let found = match row.object {
        Object::Own => {
            let listed = world.client("staff").get("/api/v1/complaints?limit=200").await.success();
            let all = listed["items"].as_array().unwrap();
            let own = all.iter().find(|one| one["number"] == made["number"]).unwrap();
            Found { id: own["id"].as_str().unwrap().parse().unwrap(), version: 1 }
        }
        _ => ABSENT,
    };
    let body = match action(row) {
        "take" => json!({}),
        "close" => json!({"founded": true, "answer": "Uangnya dikembalikan."}),
        _ => unknown(row),
    };
    of(row, &found, Some(body))
}

async fn about_interest(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.method == "GET" {
        return plain(row, None);
    }
    let found = match row.object {
        Object::Own => Found { id: new_interest(app, world).await.0, version: 1 },
        _ => ABSENT,
    };
    of(row, &found, Some(json!({"outcome": "registered"})))
}

async fn about_nomination(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.path == "/nominations" {
        return plain(row, (row.method == "POST").then(|| json!({"nik": fresh_nik()})));
    }
    let found = match row.object {
        Object::Own => {
            let person = json!({
                "nik": fresh_nik(), "name": "Contoh Usulan", "village": world.ours.village, "education": "SMK",
            });
            let staff = world.client("staff");
            staff.post("/api/v1/people", &person).await.success();
            let named = json!({"nik": person["nik"]});
            let answer = world.client("agency").post("/api/v1/nominations", &named).await;
            assert_eq!(answer.status, 202, "{}", answer.text);
            let mut tx = app.app().db.read().await.unwrap();
            let all = nominations::page(&mut tx, Filter::default(), None, i64::MAX).await.unwrap();
            let newest = all.iter().rfind(|one| one.state == nomination::State::Waiting).unwrap();
            Found { id: newest.id.0, version: 1 }
        }
        _ => ABSENT,
    };
    of(row, &found, Some(json!({"accept": true})))
}

/// An invented NIK that nobody has.
fn fresh_nik() -> String {
    format!("991104550177{:04}", fresh_number() % 9_999 + 1)
}

async fn about_policy(app: &TestApp, row: &Row) -> Ask {
    if row.path == "/policies" {
        let body = json!({"name": format!("kebijakan {}", fresh_number()), "body": {}});
        return plain(row, (row.method == "POST").then_some(body));
    }
    let found = match row.object {
        Object::Own => {
            let matching =
                padankerja::app::policies::policy(app.app(), padankerja::app::policies::DEFAULT_POLICY);
            Found { id: matching.await.unwrap().id.0, version: 1 }
        }
        _ => ABSENT,
    };
    if action(row) == "compare" {
        let path = format!("{}?first={id}&second={id}", row.path, id = found.id);
        return Ask { path, body: None, version: None };
    }
    of(row, &found, None)
}

/// A day of its own for every request, far ahead.
async fn about_holiday(app: &TestApp, row: &Row) -> Ask {
    if row.method == "GET" {
        return plain(row, None);
    }
    let far = |number: u32| {
        let first = chrono::NaiveDate::from_ymd_opt(2040, 1, 1).unwrap();
        first + chrono::Days::new(u64::from(number % 20_000))
    };
    let day = far(fresh_number());
    if row.object == Object::Own {
        let holiday = Holiday { day, name: "Hari contoh".to_owned(), kind: Kind::Local, estimate: true };
        let mut tx = app.app().db.write().await.unwrap();
        holidays::insert(&mut tx, &holiday, None, app.app().clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    let body = match action(row) {
        "removal" => json!({}),
        "move" => json!({"to": far(fresh_number())}),
        _ => json!({"name": "Hari lain", "kind": "local"}),
    };
    Ask { path: row.path.replace("{day}", &day.to_string()), body: Some(body), version: None }
}

/// A run that runs, as far as the database knows.
async fn running_run(app: &TestApp) -> Uuid {
    use padankerja::app::runs::computing;
    let app = app.app();
    // The cell before may have left its own.
    computing::end_all(app).await.unwrap();
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    computing::begin(app, &request).await.unwrap().0
}

/// A run that really ended, with its report and archive.
async fn worked_run(app: &TestApp) -> Uuid {
    use padankerja::app::runs::computing;
    until_no_run_works(app).await;
    let app = app.app();
    let policy = policies::policy(app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let run = computing::begin(app, &request).await.unwrap();
    computing::work(app, run, &request, computing::Progress::default()).await.unwrap();
    run.0
}

async fn about_run(app: &TestApp, world: &World, row: &Row) -> Ask {
    if row.path == "/runs" {
        until_no_run_works(app).await;
        return plain(row, (row.method == "POST").then(|| json!({})));
    }
    let found = match row.object {
        Object::Own if matches!(action(row), "fairness" | "replay") => {
            Found { id: worked_run(app).await, version: 1 }
        }
        Object::Own if action(row) == "cancel" => Found { id: running_run(app).await, version: 1 },
        Object::Own => {
            let person = new_person(app, world.ours.village, world.ours.agency).await;
            let vacancy = new_vacancy(app, world.ours.employer, vacancy::State::Open).await;
            Found { id: new_run(app, Some((person, vacancy))).await.0, version: 1 }
        }
        _ => ABSENT,
    };
    of(row, &found, matches!(action(row), "publish" | "cancel").then(|| json!({})))
}

/// Ids of one thing of each kind, of our side and of the other one.
pub async fn things(app: &TestApp, world: &World) -> BTreeMap<&'static str, [String; 2]> {
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for (half, login) in [(&world.ours, "employer"), (&world.theirs, "employer2")] {
        let mut add = |kind, id: String| all.entry(kind).or_default().push(id);
        add("person", half.person.to_string());
        add("open", new_vacancy(app, half.employer, vacancy::State::Open).await.to_string());
        add("draft", new_vacancy(app, half.employer, vacancy::State::Draft).await.to_string());
        add("referred", new_application(app, world, half, State::Referred).await.id.to_string());
        add("proposed", new_application(app, world, half, State::Proposed).await.id.to_string());
        for (kind, step) in [("visit", "visit"), ("desil", "desil_check")] {
            let body = json!({"person_id": half.person, "kind": step, "organisation_id": half.agency});
            let made = world.client("staff").post("/api/v1/next-steps", &body).await.success();
            add(kind, made["id"].as_str().unwrap().to_owned());
        }
        let plan =
            json!({"job": "Operator jahit", "seats": 40, "month": "2026-09-01", "certainty": "likely"});
        let made = world.client(login).post("/api/v1/plans", &plan).await.success();
        add("plan", made["id"].as_str().unwrap().to_owned());
    }
    all.into_iter().map(|(kind, ids)| (kind, ids.try_into().unwrap())).collect()
}

/// One run works at a time; the one another cell began must have ended.
async fn until_no_run_works(app: &TestApp) {
    for _ in 0..600 {
        let mut tx = app.app().db.read().await.unwrap();
        let all = runs::page(&mut tx, None, 10_000).await.unwrap();
        drop(tx);
        if all.iter().all(|run| run.state != padankerja::domain::run::State::Running) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("a match run does not end");
}

/// Ids are made by the clock of the machine; the absent one must not be one of them.
#[test]
fn the_absent_id_is_older_than_any() {
    let fresh: PersonId = system::fresh();
    assert!(ABSENT.id < fresh.0);
}
