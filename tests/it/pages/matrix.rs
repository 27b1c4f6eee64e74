//! Every page of the list, asked for by everybody: own things, foreign ones and absent ones. What somebody may not see answers
//! like what does not exist.
use std::collections::BTreeMap;

use padankerja::{
    app::accounts::sessions,
    domain::application::State,
    http::web::{PAGES, Who},
    store::applications::Application,
};
use reqwest::Method;

use super::browser::{Browser, Seen};
use crate::support::{
    app::{Client, TestApp},
    database::{TestDb, both_databases},
    world::{self, PERSONAS, World},
};

async fn browser(app: &TestApp, client: &Client) -> Browser {
    let mut browser = Browser::new(app);
    if let Some(account) = client.account
        && let Ok(begun) = sessions::begin(app.app(), account, false, None).await
    {
        browser.set_cookie(&begun.key);
    }
    browser
}

/// What a page of our side is about.
fn own_of(path: &str, application: &Application) -> String {
    match path {
        _ if path.starts_with("/saya") || path.starts_with("/pendamping/lamaran") => {
            application.id.to_string()
        }
        _ if path.starts_with("/pendamping") => application.person_id.to_string(),
        _ => application.vacancy_id.to_string(),
    }
}

/// What the list says of a persona before any object is looked at.
fn expected(who: Who, persona: &str) -> Option<u16> {
    let (trainee, nobody) = (persona.starts_with("trainee"), matches!(persona, "nobody" | "disabled"));
    match who {
        Who::Anybody => None,
        _ if nobody => Some(303),
        Who::LoggedIn => None,
        Who::Holder | Who::Resident if trainee => None,
        Who::Companion if persona.starts_with("companion") => None,
        Who::Holder | Who::Resident | Who::Companion => Some(403),
    }
}

both_databases!(every_page_is_for_whom_the_list_says, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let world = World::new(&app).await;
    let application = world::new_application(&app, &world, &world.ours, State::Confirmed).await;
    // The login of our side is about the person of that application.
    let absent = "00000000-0000-7000-8000-0000000000ff";
    let mut wrong = Vec::new();
    let mut answers: BTreeMap<(String, &str, &str), Seen> = BTreeMap::new();
    for persona in PERSONAS {
        let mut browser = browser(&app, world.client(persona)).await;
        if persona == "trainee" {
            let choice = browser.get("/saya/pilih").await.form("Lanjutkan");
            browser.send(&choice.set("person", &application.person_id.to_string())).await.is(200);
        }
        for page in PAGES.iter().filter(|page| page.method == "GET") {
            let objects: &[&str] = if page.path.contains("{id}") { &["own", "absent"] } else { &["-"] };
            for object in objects {
                let own = own_of(page.path, &application);
                let named = if *object == "own" { own.as_str() } else { absent };
                let path = page.path.replace("{id}", named);
                let seen = browser.ask(Method::GET, &path, &[]).await;
                let status = seen.status.as_u16();
                if let Some(expected) = expected(page.who, persona)
                    && status != expected
                {
                    wrong
                        .push(format!("{} {object} by {persona}: {status} instead of {expected}", page.path));
                }
                if expected(page.who, persona).is_none() && !matches!(status, 200 | 303 | 404 | 410) {
                    wrong.push(format!("{} {object} by {persona}: {status}: {}", page.path, seen.said()));
                }
                answers.insert((page.path.to_owned(), object, persona), seen);
            }
        }
    }
    wrong.extend(leaks(&answers));
    wrong.extend(niks(&answers));
    let of = |path: &str, persona: &str| answers[&(path.to_owned(), "own", persona)].status.as_u16();
    assert_eq!(of("/saya/lamaran/{id}", "trainee"), 200);
    assert_eq!(of("/saya/lamaran/{id}", "trainee2"), 404);
    assert_eq!(of("/lowongan/{id}", "nobody"), 200);
    for path in ["/pendamping/warga/{id}", "/pendamping/lamaran/{id}", "/pendamping/lamaran/{id}/jawab"] {
        assert_eq!((of(path, "companion"), of(path, "companion2")), (200, 404), "{path}");
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
});

/// Where somebody who cannot see something could tell it from what does not exist.
fn leaks(answers: &BTreeMap<(String, &str, &str), Seen>) -> Vec<String> {
    let mut found = Vec::new();
    for ((path, object, persona), own) in answers {
        if *object != "own" || own.status.as_u16() != 404 {
            continue;
        }
        let absent = &answers[&(path.clone(), "absent", *persona)];
        let told = |seen: &Seen| seen.said().split("Nomor kejadian").next().unwrap().to_owned();
        if (own.status, told(own)) != (absent.status, told(absent)) {
            found.push(format!("{path} by {persona}: foreign and absent differ"));
        }
    }
    found
}

/// No page tells a NIK, not even to its person.
fn niks(answers: &BTreeMap<(String, &str, &str), Seen>) -> Vec<String> {
    let nik = regex::Regex::new(r"\b99[0-9]{14}\b").unwrap();
    let told = answers.iter().filter(|(_, seen)| nik.is_match(&seen.text));
    told.map(|((path, ..), _)| format!("{path} tells a NIK")).collect()
}

both_databases!(every_change_is_refused_to_whom_it_is_not_for, |db: TestDb| async {
    let app = TestApp::start(db).await;
    let world = World::new(&app).await;
    let application = world::new_application(&app, &world, &world.ours, State::Confirmed).await;
    let mut wrong = Vec::new();
    for persona in PERSONAS {
        let mut browser = browser(&app, world.client(persona)).await;
        for page in PAGES
            .iter()
            .filter(|page| page.method == "POST" && page.who != Who::Anybody && page.path != "/akun")
        {
            let path = page.path.replace("{id}", &own_of(page.path, &application));
            let fields = [
                ("kunci".to_owned(), uuid::Uuid::from_u128(7).to_string()),
                ("versi".to_owned(), "1".to_owned()),
            ];
            let seen = browser.ask(Method::POST, &path, &fields).await;
            let expected = match persona {
                "nobody" | "disabled" => 401,
                // The login of our side holds several persons and has chosen none; the other side sees nothing of ours.
                "trainee" | "trainee2" if page.who != Who::Companion => continue,
                "companion2" if page.who == Who::Companion && page.path.contains("{id}") => 404,
                "companion" | "companion2" if page.who == Who::Companion => continue,
                _ => 403,
            };
            if seen.status.as_u16() != expected {
                wrong.push(format!("POST {} by {persona}: {}", page.path, seen.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
});

#[test]
fn the_list_names_each_page_once_and_reads_or_changes() {
    let mut known = std::collections::BTreeSet::new();
    for page in PAGES {
        assert!(known.insert((page.method, page.path)), "twice: {} {}", page.method, page.path);
        assert!(matches!(page.method, "GET" | "POST"), "{}", page.path);
        assert!(page.menu.is_none() || page.method == "GET", "{}", page.path);
        let plain = |c: char| c.is_ascii_lowercase() || matches!(c, '/' | '-' | '{' | '}' | '.');
        assert!(page.path.chars().all(plain), "{}", page.path);
    }
}
