//! Whether JSON is what the OpenAPI document promises: the part of JSON Schema that the document uses, strictly. A word of
//! a schema that is not known here fails, so that nothing is taken for checked that was not; an object that names its
//! fields has no others.
use std::{collections::BTreeSet, sync::LazyLock};

use chrono::{DateTime, NaiveDate};
use padankerja::http::api;
use serde_json::{Map, Value, json};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| api::described().1);

/// The document.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// What is wrong with a value under a schema of the document; nothing when all is well.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, value, "", &mut found);
    found
}

/// The same for a part of what describes a value: other fields are described beside it.
fn faults_of_part(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = faults(schema, value);
    found.retain(|fault| !(fault.ends_with(UNDESCRIBED) && fault.matches('/').count() == 1));
    found
}

/// What is said of a field that no schema names.
const UNDESCRIBED: &str = ": nobody described it";

/// The schema of an operation's answer with this status; problems stand under `default`.
pub fn answer<'a>(operation: &'a Value, status: &str) -> Option<&'a Value> {
    let content = operation["responses"][status]["content"].as_object()?;
    content.values().next().map(|kind| &kind["schema"])
}

/// What is wrong with a whole answer of a route: the path as the document writes it, or with the words of its parameters.
pub fn faults_of(method: &str, path: &str, status: u16, body: &str) -> Vec<String> {
    let Some(operation) = operation(method, path) else { return vec![format!("no route {method} {path}")] };
    let described = operation["responses"].get(status.to_string()).is_some();
    if !described && status < 400 {
        return vec![format!("status {status} is not described")];
    }
    let place = if status < 400 { status.to_string() } else { "default".to_owned() };
    match answer(operation, &place) {
        None if body.is_empty() => Vec::new(),
        None => vec![format!("a body nobody described: {body}")],
        Some(schema) => match serde_json::from_str(body) {
            Ok(value) => faults(schema, &value),
            Err(error) => vec![format!("{error}: {body}")],
        },
    }
}

fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let paths = document()["paths"].as_object()?;
    let fits = |template: &str| {
        let (parts, given): (Vec<&str>, Vec<&str>) =
            (template.split('/').collect(), path.split('/').collect());
        parts.len() == given.len()
            && parts.iter().zip(&given).all(|(part, word)| part == word || part.starts_with('{'))
    };
    // A path in plain words goes before one with parameters: `/people/undated-evidence` is nobody's id.
    let mut found: Vec<_> = paths.iter().filter(|(template, _)| fits(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    found.into_iter().find_map(|(_, operations)| operations.get(method.to_lowercase()))
}

fn resolved(schema: &Value) -> &Value {
    let Some(name) = schema["$ref"].as_str() else { return schema };
    let name = name.strip_prefix("#/components/schemas/").unwrap_or_else(|| panic!("a reference to {name}"));
    let found = &document()["components"]["schemas"][name];
    assert!(found.is_object(), "no schema {name}");
    resolved(found)
}

/// Words of a schema that only explain.
const SAID: &[&str] =
    &["description", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly"];

fn check(schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    by_words(schema, value, (place, &faults), found);
    if let Some(fields) = value.as_object() {
        of_object(schema, fields, place, found);
    }
}

/// How one of several schemas is asked.
type Asking<'a> = &'a dyn Fn(&Value, &Value) -> Vec<String>;

/// All that a schema says but which fields an object has.
fn by_words(schema: &Value, value: &Value, (place, ask): (&str, Asking<'_>), found: &mut Vec<String>) {
    let schema = resolved(schema);
    let Some(words) = schema.as_object() else { return };
    for (word, meant) in words {
        match word.as_str() {
            "type" => of_type(meant, value, place, found),
            "enum" if !meant.as_array().unwrap().contains(value) => {
                found.push(format!("{place}: {value} is none of {meant}"));
            }
            "minimum" if value.as_f64().is_some_and(|number| number < meant.as_f64().unwrap()) => {
                found.push(format!("{place}: {value} is below {meant}"));
            }
            "maximum" if value.as_f64().is_some_and(|number| number > meant.as_f64().unwrap()) => {
                found.push(format!("{place}: {value} is above {meant}"));
            }
            "format" => of_format(meant.as_str().unwrap(), value, place, found),
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(meant, item, &format!("{place}/{at}"), found);
                }
            }
            "uniqueItems" => {
                let all = value.as_array().map_or(&[][..], Vec::as_slice);
                let distinct: BTreeSet<String> = all.iter().map(Value::to_string).collect();
                if meant == true && distinct.len() != all.len() {
                    found.push(format!("{place}: something stands there twice"));
                }
            }
            "oneOf" | "anyOf" => of_several((word, meant), value, (place, ask), found),
            "allOf" => {
                for part in meant.as_array().unwrap() {
                    by_words(part, value, (place, &faults_of_part), found);
                }
            }
            "properties"
            | "required"
            | "additionalProperties"
            | "propertyNames"
            | "enum"
            | "minimum"
            | "maximum" => {}
            word if SAID.contains(&word) || word.starts_with("x-") => {}
            word => panic!("{place}: the schema says {word:?}, which nobody checks"),
        }
    }
}

fn of_type(meant: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{place}: no type {other}"),
    };
    let fits = meant.as_array().map_or_else(|| is(meant), |kinds| kinds.iter().any(is));
    if !fits {
        found.push(format!("{place}: {value} is no {meant}"));
    }
}

fn of_format(format: &str, value: &Value, place: &str, found: &mut Vec<String>) {
    let Some(text) = value.as_str() else { return };
    let fits = match format {
        "uuid" => uuid::Uuid::parse_str(text).is_ok() && text.len() == 36,
        "date" => text.parse::<NaiveDate>().is_ok() && text.len() == 10,
        "date-time" => DateTime::parse_from_rfc3339(text).is_ok(),
        "password" => true,
        other => panic!("{place}: no format {other}"),
    };
    if !fits {
        found.push(format!("{place}: {text:?} is no {format}"));
    }
}

fn of_several(
    (word, meant): (&str, &Value),
    value: &Value,
    (place, ask): (&str, Asking<'_>),
    found: &mut Vec<String>,
) {
    let all: Vec<Vec<String>> = meant.as_array().unwrap().iter().map(|schema| ask(schema, value)).collect();
    let good = all.iter().filter(|faults| faults.is_empty()).count();
    if good == 0 {
        let nearest = all.into_iter().min_by_key(Vec::len).unwrap_or_default();
        found.push(format!(
            "{place}: fits none of {}: {}",
            meant.as_array().unwrap().len(),
            nearest.join("; ")
        ));
    } else if word == "oneOf" && good > 1 {
        found.push(format!("{place}: fits {good} of oneOf: {value}"));
    }
}

/// Fields of an object under a schema and all that it consists of.
fn of_object(schema: &Value, fields: &Map<String, Value>, place: &str, found: &mut Vec<String>) {
    let mut parts = Vec::new();
    collect(schema, &mut parts);
    let named = |name: &str| parts.iter().find_map(|part| part["properties"].get(name));
    for part in &parts {
        for name in part["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                found.push(format!("{place}: {name} is missing"));
            }
        }
    }
    // What is free, or one of several, is checked where it is described.
    let is_free = parts.iter().any(|part| part.get("oneOf").is_some() || part.get("anyOf").is_some())
        || parts
            .iter()
            .all(|part| part.get("properties").is_none() && part.get("additionalProperties").is_none());
    for (name, value) in fields {
        let place = format!("{place}/{name}");
        let other = parts.iter().map(|part| &part["additionalProperties"]).find(|other| other.is_object());
        match (named(name), other) {
            (Some(schema), _) | (None, Some(schema)) => check(schema, value, &place, found),
            (None, None) if is_free => {}
            (None, None) => found.push(format!("{place}{UNDESCRIBED}")),
        }
        for names in parts.iter().map(|part| &part["propertyNames"]).filter(|names| names.is_object()) {
            check(names, &json!(name), &place, found);
        }
    }
}

/// A schema and the parts it is made of.
fn collect<'a>(schema: &'a Value, parts: &mut Vec<&'a Value>) {
    let schema = resolved(schema);
    parts.push(schema);
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect(part, parts);
    }
}

#[test]
fn faults_are_seen() {
    let schema = json!({
        "allOf": [{"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "format": "uuid"}, "state": {"$ref": "#/components/schemas/VacancyState"}}}],
        "properties": {"count": {"type": ["integer", "null"], "minimum": 0}, "on": {"type": "string", "format": "date"},
            "more": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Actor"}]},
            "by": {"type": "object", "additionalProperties": {"type": "integer"}, "propertyNames": {"enum": ["a", "b"]}}},
    });
    let good = json!({"id": "0199a3c2-7f1e-7c4b-9d10-2b6a5e4f3c21", "state": "open", "count": null, "on": "2026-11-27",
        "more": "staff", "by": {"a": 1}});
    assert_eq!(faults(&schema, &good), [""; 0]);
    let cases = [
        ("id", json!("7"), "no uuid"),
        ("state", json!("Open"), "none of"),
        ("count", json!("3"), "is no"),
        ("count", json!(-1), "below"),
        ("on", json!("27-11-2026"), "no date"),
        ("more", json!("nobody"), "fits none"),
        ("by", json!({"a": "1"}), "/by/a"),
        ("by", json!({"c": 1}), "none of"),
        ("else", json!(1), "nobody described"),
    ];
    for (field, value, said) in cases {
        let mut wrong = good.clone();
        wrong[field] = value;
        let found = faults(&schema, &wrong);
        assert!(found.len() == 1 && found[0].contains(said), "{field}: {found:?}");
    }
    let mut nameless = good;
    nameless.as_object_mut().unwrap().remove("id");
    assert_eq!(faults(&schema, &nameless), [": \"id\" is missing"]);
    // Fields beside one of several.
    let one = |word: &str, fields: Value| {
        json!({"type": "object", "required": ["is"],
        "properties": {"is": {"enum": [word]}, "place": fields}})
    };
    let beside = json!({"allOf": [{"type": "object", "required": ["steps"], "properties": {"steps": {"type": "array"}}},
        {"oneOf": [one("first", json!({"type": "null"})), one("reserve", json!({"type": "integer"}))]}]});
    assert_eq!(faults(&beside, &json!({"steps": [], "is": "reserve", "place": 3})), [""; 0]);
    for wrong in
        [json!({"steps": [], "is": "reserve", "place": "3"}), json!({"is": "first"}), json!({"steps": []})]
    {
        assert_eq!(faults(&beside, &wrong).len(), 1, "{wrong}");
    }
}
