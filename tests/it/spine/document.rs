//! What the OpenAPI document says about the routes of the spine.
use std::collections::BTreeSet;

use padankerja::http::api;
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
        "confirm", "consent", "dismiss", "decline", "invite", "offer", "hire", "start", "no-show", "refuse",
        "withdraw", "end", "extend", "undo", "correct",
    ];
    assert_eq!(action["schema"]["enum"], json!(expected));
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
