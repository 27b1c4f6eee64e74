//! An employer that registered over HTTP, the office, and residents, with short words for what they do.
use padankerja::{
    app::{
        access::{Right, Role},
        system,
    },
    domain::{
        ids::{AccountId, PersonId},
        interest::{Number, Outcome},
    },
    http::api::BASE,
    store::{
        accompaniments, accounts,
        interests::{self, Interest},
        organisations::OrganisationKind,
        people,
    },
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    app::{Answer, Client, Place, TestApp, fresh_key},
    database::TestDb,
};

/// The village everybody of these tests lives and works in.
pub const VILLAGE: &str = "33.11.05.2010";

/// The cast of one test.
pub struct Cast {
    pub app: TestApp,
    /// An officer with every right.
    pub staff: Client,
    pub supervisor: Client,
    pub employer: Client,
    pub employer_id: String,
}

impl Cast {
    /// An office, and an employer that registered and was verified.
    pub async fn new(db: &TestDb) -> Self {
        let app = TestApp::start(db).await;
        let office = app.organisation(OrganisationKind::LabourOffice, None).await;
        let place = Place { organisation: Some(office), ..Place::default() };
        let staff = app.login(Role::Staff, Place { rights: Right::ALL, ..place }).await;
        let supervisor = app.login(Role::Supervisor, place).await;
        let (employer_id, employer) = registered(&app, "9120001234567", "pt.contoh").await;
        let cast = Self { app, staff, supervisor, employer, employer_id };
        let path = format!("/employers/{}/verify", cast.employer_id);
        act(&cast.staff, &path, 1, &json!({})).await.success();
        cast
    }

    /// A companion of everybody's village, to whom everybody who is there agreed.
    pub async fn companion(&self) -> Client {
        let mut tx = self.app.app().db.write().await.unwrap();
        for person in people::page(&mut tx, &people::Scope::Office, None, 1_000).await.unwrap() {
            accompaniments::set(&mut tx, person.id, true).await.unwrap();
        }
        tx.commit().await.unwrap();
        let village = self.app.organisation(OrganisationKind::Village, Some(VILLAGE)).await;
        self.app.login(Role::Companion, Place { organisation: Some(village), ..Place::default() }).await
    }

    /// The account of the employer's login.
    pub async fn employer_account(&self) -> AccountId {
        let mut tx = self.app.app().db.read().await.unwrap();
        accounts::find_by_login(&mut tx, "pt.contoh").await.unwrap().unwrap().id
    }

    /// A person taken in by the office; `number` makes the NIK.
    pub async fn person(&self, number: u32) -> String {
        let answer = post(&self.staff, "/people", &person(number)).await;
        id(&answer.success())
    }

    /// A login that holds a person.
    pub async fn trainee(&self, person: &str) -> Client {
        let people: [PersonId; 1] = [person.parse().unwrap()];
        self.app.login(Role::Trainee, Place { people: &people, ..Place::default() }).await
    }

    /// An open vacancy for sewing operators.
    pub async fn open_vacancy(&self, seats: u32) -> String {
        let made = post(&self.employer, "/vacancies", &vacancy(seats)).await.success();
        let path = format!("/vacancies/{}", id(&made));
        act(&self.employer, &format!("{path}/submit"), 1, &json!({})).await.success();
        act(&self.staff, &format!("{path}/publish"), 2, &json!({})).await.success();
        id(&made)
    }

    /// Somebody said interest in a vacancy without a login, and an officer called.
    pub async fn interested(&self, vacancy: &str, name: &str, phone: &str) {
        let app = self.app.app();
        let (id, now) = (system::fresh(), app.clock.now());
        let row = Interest {
            id,
            number: Number::new(1, 2026),
            vacancy_id: vacancy.parse().unwrap(),
            name: name.to_owned(),
            phone: phone.to_owned(),
            village: VILLAGE.to_owned(),
            other_vacancies: true,
            made_at: now,
            call_by: app.clock.today(),
            outcome: None,
            handled_at: None,
            handled_by: None,
        };
        let mut tx = app.db.write().await.unwrap();
        assert_eq!(interests::insert(&mut tx, &row).await.unwrap(), 1);
        assert_eq!(interests::handle(&mut tx, id, Outcome::Registered, None, now).await.unwrap(), 1);
        tx.commit().await.unwrap();
    }

    /// The id of an application an officer proposed by hand.
    pub async fn proposed(&self, person: &str, vacancy: &str) -> String {
        let body = json!({"person_id": person, "vacancy_id": vacancy, "event": "propose"});
        let made = post(&self.staff, "/applications", &body).await.success();
        id(&made["application"])
    }

    /// The id of an application that was confirmed, agreed to on the phone and referred.
    pub async fn referred(&self, person: &str, vacancy: &str) -> String {
        let application = self.proposed(person, vacancy).await;
        self.step(&self.staff, &application, "confirm", &json!({})).await.success();
        let agreed = self.step(&self.staff, &application, "consent", &by_phone()).await.success();
        assert_eq!(agreed["application"]["state"], "referred");
        application
    }

    /// An event by somebody who saw the application as the office sees it now.
    pub async fn step(&self, who: &Client, application: &str, event: &str, body: &Value) -> Answer {
        let version = self.application(application).await["version"].as_i64().unwrap();
        act(who, &format!("/applications/{application}/{event}"), version, body).await
    }

    /// An application as the office sees it now.
    pub async fn application(&self, id: &str) -> Value {
        get(&self.staff, &format!("/applications/{id}")).await.success()
    }

    /// A vacancy as the office sees it now.
    pub async fn vacancy(&self, id: &str) -> Value {
        get(&self.staff, &format!("/vacancies/{id}")).await.success()
    }
}

/// Registers a company and logs in; its id and client.
pub async fn registered(app: &TestApp, nib: &str, login: &str) -> (String, Client) {
    let nobody = app.anonymous();
    let made = plain(&nobody, Method::POST, "/employers", &registration(nib, login)).await.success();
    assert_eq!(made["state"], "registered");
    let credentials = json!({"login": login, "password": "rahasia sekali"});
    let tokens = plain(&nobody, Method::POST, "/auth/login", &credentials).await.success();
    let token = tokens["access_token"].as_str().map(str::to_owned);
    (id(&made), Client { token, ..nobody })
}

/// A company that registers.
pub fn registration(nib: &str, login: &str) -> Value {
    json!({
        "nib": nib, "name": format!("PT Contoh {nib}"), "industry": "14111", "village": VILLAGE,
        "contact_name": "Bagian Personalia", "contact_phone": "0271 555 0101", "email": "hrd@contoh.example",
        "login": login, "password": "rahasia sekali",
    })
}

/// A vacancy with what an employer types; the rest is filled in.
pub fn vacancy(seats: u32) -> Value {
    json!({
        "title": "Operator Jahit", "seats": seats, "wage_min": 2_600_000, "education_min": "SMP",
        "skills": ["menjahit"], "conditions": "Dalam ruangan",
        "description": "Mengoperasikan mesin jahit high speed. Bisa menjahit.", "prefill": true,
    })
}

/// A person who learnt to sew.
pub fn person(number: u32) -> Value {
    json!({
        "nik": nik(number), "name": format!("Contoh {number}"), "village": VILLAGE, "education": "SMK",
        "address": "Jalan Rahasia 7", "programme": "Menjahit Pakaian", "training_end": "2025-11-30",
        "skills": ["menjahit"], "phone": "086012345678", "desil": 2, "desil_source": "DTSEN",
        "desil_date": "2026-01-15",
    })
}

/// An invented NIK.
pub fn nik(number: u32) -> String {
    format!("991104550190{number:04}")
}

/// A consent given on the phone.
pub fn by_phone() -> Value {
    let consent = json!({"channel": "phone", "number_dialled": "086012345678", "self_spoke": true});
    json!({"consent": consent, "number_dialled": "086012345678"})
}

/// The id in an answer.
#[track_caller]
pub fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

pub async fn get(who: &Client, path: &str) -> Answer {
    who.get(&format!("{BASE}{path}")).await
}

pub async fn post(who: &Client, path: &str, body: &Value) -> Answer {
    who.post(&format!("{BASE}{path}"), body).await
}

/// A request with nothing but its body.
pub async fn plain(who: &Client, method: Method, path: &str, body: &Value) -> Answer {
    Answer::of(who.request(method, &format!("{BASE}{path}")).json(body)).await
}

/// PUT or PATCH against a version.
pub async fn replace(who: &Client, method: Method, path: &str, version: i64, body: &Value) -> Answer {
    let request = who.request(method, &format!("{BASE}{path}")).json(body);
    Answer::of(request.header("If-Match", format!("\"{version}\""))).await
}

/// A POST against a version, with a fresh key.
pub async fn act(who: &Client, path: &str, version: i64, body: &Value) -> Answer {
    act_with_key(who, path, version, &fresh_key(), body).await
}

pub async fn act_with_key(who: &Client, path: &str, version: i64, key: &str, body: &Value) -> Answer {
    let request = who.request(Method::POST, &format!("{BASE}{path}")).json(body);
    let request = request.header("If-Match", format!("\"{version}\"")).header("Idempotency-Key", key);
    Answer::of(request).await
}

/// The fields an answer refuses, with their codes.
#[track_caller]
pub fn fields(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.problem(), "invalid_fields", "{}", answer.text);
    let errors = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    errors.iter().map(|error| (text(&error["field"]), text(&error["code"]))).collect()
}

/// Whether an answer refuses exactly this field with this code.
#[track_caller]
pub fn refuses(answer: &Answer, field: &str, code: &str) {
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert_eq!(fields(answer), [(field.to_owned(), code.to_owned())]);
}
