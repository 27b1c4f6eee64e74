//! Closed words in the OpenAPI document: every list of the program that a caller meets stands there with its words, each
//! word is explained, and no list hides in a sentence. Also: every example is what its schema says.
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;

use crate::support::contract::{document, faults};

/// Lists that no request and no answer holds, and why.
const NOT_TOLD: &[(&str, &str)] = &[
    ("Bar", "what bars a person is told by the code of the problem"),
    ("EmployerEvent", "no answer holds what happened to an employer"),
    ("Need", "what an event needs is said by the fields of its request"),
    ("VacancyEvent", "no answer holds what happened to a vacancy"),
    ("QuestionAboutSuitablePeople", "which question was counted is kept, not told"),
];

/// Every `text_enum!` of the program: the name of its schema and its words.
fn lists() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                invocations(text.parse().unwrap(), &mut found);
            }
        }
    }
    found
}

fn invocations(tokens: TokenStream, found: &mut BTreeMap<String, Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for at in 0..tokens.len() {
        if let TokenTree::Group(group) = &tokens[at] {
            let called =
                at >= 2 && tokens[at - 2].to_string() == "text_enum" && tokens[at - 1].to_string() == "!";
            if called {
                let (name, words) = list(group.stream());
                assert!(found.insert(name.clone(), words).is_none(), "two lists are called {name}");
            } else {
                invocations(group.stream(), found);
            }
        }
    }
}

/// `Name: "what it is called" { Variant = "word", .. }`.
fn list(tokens: TokenStream) -> (String, Vec<String>) {
    let literal = |token: &TokenTree| -> Option<String> {
        matches!(token, TokenTree::Literal(_)).then(|| token.to_string().trim_matches('"').to_owned())
    };
    let mut what = String::new();
    let mut words = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let is = |at: usize, sign: &str| inner[at].to_string() == sign;
                words.extend(
                    (1..inner.len()).filter(|at| is(at - 1, "=")).filter_map(|at| literal(&inner[at])),
                );
            }
            token => what = literal(token).unwrap_or(what),
        }
    }
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    (what.split(' ').map(capital).collect(), words)
}

fn schemas() -> &'static serde_json::Map<String, Value> {
    document()["components"]["schemas"].as_object().unwrap()
}

fn words(schema: &Value) -> Vec<String> {
    let all = schema["enum"].as_array().into_iter().flatten();
    all.map(|word| word.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_closed_list_stands_in_the_document() {
    let lists = lists();
    assert!(lists.len() > 35, "only {} lists found: the search is broken", lists.len());
    let untold: BTreeSet<&str> = NOT_TOLD.iter().map(|(name, _)| *name).collect();
    for (name, expected) in &lists {
        match schemas().get(name) {
            Some(schema) => assert_eq!(&words(schema), expected, "{name}"),
            None => assert!(untold.contains(name.as_str()), "no schema {name} with {expected:?}"),
        }
    }
    for (name, _) in NOT_TOLD {
        assert!(lists.contains_key(*name) && !schemas().contains_key(*name), "{name} needs no exception");
    }
}

/// A list of the document is one of the program, or an address's.
#[test]
fn every_word_is_explained() {
    let mut found = 0;
    for (name, schema) in schemas().iter().filter(|(_, schema)| schema["enum"].is_array()) {
        found += 1;
        let said = schema["description"].as_str().unwrap_or_default();
        assert!(said.len() > 10, "{name} says nothing of itself");
        for word in words(schema) {
            let meant =
                said.contains(&format!("- `{word}`: ")) || schema["x-labels"]["id"][&word].is_string();
            assert!(meant, "{name}: nobody says what {word:?} means");
        }
    }
    assert!(found > 35, "only {found} lists");
}

/// Labels are those of the words, in all the lists that have any.
#[test]
fn labels_are_of_words_that_are_there() {
    let mut labelled = BTreeSet::new();
    for (name, schema) in schemas() {
        if let Some(labels) = schema["x-labels"]["id"].as_object() {
            labelled.insert(name.as_str());
            let known: BTreeSet<&String> = labels.keys().collect();
            let all = words(schema);
            assert_eq!(known, all.iter().collect::<BTreeSet<_>>(), "{name}");
            assert!(labels.values().all(|label| label.as_str().is_some_and(|text| text.len() > 2)), "{name}");
        }
    }
    for name in ["ApplicationState", "VacancyState", "PersonStatus", "FlagKind", "ProblemCode", "FieldCode"] {
        assert!(labelled.contains(name), "{name} has no labels");
    }
}

/// Where every object of the document stands.
fn walk<'a>(value: &'a Value, place: &str, visit: &mut dyn FnMut(&str, &'a Value)) {
    match value {
        Value::Object(fields) => {
            visit(place, value);
            // An example is no schema.
            for (name, inner) in
                fields.iter().filter(|(name, _)| !matches!(name.as_str(), "example" | "examples"))
            {
                walk(inner, &format!("{place}/{name}"), visit);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| walk(item, &format!("{place}/{at}"), visit));
        }
        _ => {}
    }
}

#[test]
fn no_list_hides_in_a_sentence() {
    let quoted = regex::Regex::new("`[a-z]+(?:_[a-z]+)*`(?:,| or) `[a-z]+(?:_[a-z]+)*`").unwrap();
    let mut hidden = Vec::new();
    walk(&document()["components"]["schemas"], "", &mut |place, schema| {
        let is_text = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().any(|kind| kind == "string"),
            kind => kind == "string",
        };
        let said = schema["description"].as_str().unwrap_or_default();
        if is_text && schema["enum"].is_null() && schema["format"].is_null() && quoted.is_match(said) {
            hidden.push(format!("{place}: {said}"));
        }
    });
    assert!(hidden.is_empty(), "{}", hidden.join("\n"));
}

#[test]
fn every_example_is_what_its_schema_says() {
    let (mut whole, mut small) = (0, 0);
    let mut wrong = Vec::new();
    walk(document(), "", &mut |place, value| {
        if let (Some(examples), true) = (value["examples"].as_object(), value["schema"].is_object()) {
            for (name, example) in examples {
                whole += 1;
                assert!(example["summary"].as_str().is_some_and(|text| text.len() > 5), "{place}: {name}");
                let found = faults(&value["schema"], &example["value"]);
                wrong.extend(found.iter().map(|fault| format!("{place}: {name}: {fault}")));
            }
        }
        if let (Some(example), true) =
            (value.get("example"), value.get("type").is_some() || value.get("oneOf").is_some())
        {
            small += 1;
            wrong.extend(faults(value, example).iter().map(|fault| format!("{place}: {fault}")));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(whole >= 15 && small >= 9, "only {whole} whole and {small} small examples");
}

/// The main answers have examples.
#[test]
fn main_answers_have_examples() {
    let mut shown = BTreeSet::new();
    for operations in document()["paths"].as_object().unwrap().values() {
        for operation in operations.as_object().unwrap().values() {
            for answer in operation["responses"].as_object().unwrap().values() {
                let kinds = answer["content"].as_object();
                if kinds.is_some_and(|kinds| kinds.values().any(|kind| kind["examples"].is_object())) {
                    shown.insert(operation["operationId"].as_str().unwrap());
                }
            }
        }
    }
    for name in [
        "read_vacancy",
        "read_person",
        "read_application",
        "move_application",
        "read_run",
        "list_proposals",
        "read_explanation",
        "post_vacancy",
    ] {
        assert!(shown.contains(name), "{name} has no example: {shown:?}");
    }
}
