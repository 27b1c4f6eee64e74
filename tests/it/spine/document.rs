//! What the OpenAPI document says about the routes of the spine.
use std::collections::BTreeSet;

use padankerja::{
    domain::{application, contact, vacancy},
    http::api,
};
use serde_json::{Value, json};

fn operations(document: &Value) -> Vec<&Value> {
    let paths = document["paths"].as_object().unwrap().values();
    paths.flat_map(|path| path.as_object().unwrap().values()).collect()
}

#[test]
fn every_operation_has_an_id_of_its_own() {
    let document = api::described().1;
    let all = operations(&document);
    let ids: BTreeSet<&str> =
        all.iter().map(|operation| operation["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
}

#[test]
fn every_event_of_an_application_is_listed() {
    let document = api::described().1;
    let operation = &document["paths"]["/api/v1/applications/{id}/{action}"]["post"];
    let parameters = operation["parameters"].as_array().unwrap();
    let action = parameters.iter().find(|parameter| parameter["name"] == "action").unwrap();
    let expected = [
        "confirm", "consent", "apply", "dismiss", "decline", "invite", "offer", "hire", "start", "no-show",
        "refuse", "withdraw", "end", "extend", "undo", "correct",
    ];
    assert_eq!(action["schema"]["enum"], json!(expected));
}

/// Words of closed lists are described as they are sent, and two lists of one name in two rooms are two lists.
#[test]
fn closed_words_are_described_as_they_are_sent() {
    let schemas = &api::described().1["components"]["schemas"];
    let words = |name: &str| schemas[name]["enum"].clone();
    let sent = |all: Vec<&'static str>| json!(all);
    let events = application::Event::ALL.iter().map(|event| event.as_str()).collect();
    assert_eq!(words("ApplicationEvent"), sent(events));
    let states = vacancy::State::ALL.iter().map(|state| state.as_str()).collect();
    assert_eq!(words("VacancyState"), sent(states));
    let states = application::State::ALL.iter().map(|state| state.as_str()).collect();
    assert_eq!(words("ApplicationState"), sent(states));
    let channels = contact::AttemptChannel::ALL.iter().map(|channel| channel.as_str()).collect();
    assert!(schemas.to_string().contains(&sent(channels).to_string()));
    let lists = schemas.as_object().unwrap().iter().filter(|(_, schema)| schema["enum"].is_array());
    let mut found = 0;
    for (name, schema) in lists {
        found += 1;
        for word in schema["enum"].as_array().unwrap() {
            let word = word.as_str().unwrap();
            let variant =
                word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase);
            assert!(!variant, "{name}: {word} is a name of the program, not a word of the API");
        }
    }
    assert!(found > 8, "only {found} lists found");
}

#[test]
fn required_fields_of_a_registration_are_named() {
    let schemas = &api::described().1["components"]["schemas"];
    let required = |name: &str| -> BTreeSet<String> {
        serde_json::from_value(schemas[name]["required"].clone()).unwrap()
    };
    assert_eq!(required("PersonBody"), ["name", "nik"].map(str::to_owned).into());
    let company = ["login", "name", "nib", "password"].map(str::to_owned);
    assert_eq!(required("EmployerRegistration"), company.into());
}
