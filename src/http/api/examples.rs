//! Whole answers as examples in the document: what a service of the tests really answered. A test plays the same again,
//! validates each against its schema, and refuses one whose fields are no longer those of the answer
//! (`UPDATE_EXAMPLES=1` writes them anew).
use serde_json::{Value, json};

/// An answer of an operation.
struct Example {
    /// The operation.
    operation: &'static str,
    /// Status of the answer; `default` is a problem.
    status: &'static str,
    /// What tells it from other examples of the same answer.
    name: &'static str,
    /// What it shows.
    summary: &'static str,
    /// The answer.
    body: &'static str,
}

macro_rules! examples {
    ($($operation:literal $status:literal $name:literal: $summary:literal;)+) => {
        const EXAMPLES: &[Example] = &[$(Example {
            operation: $operation,
            status: $status,
            name: $name,
            summary: $summary,
            body: include_str!(concat!("examples/", $operation, ".", $name, ".json")),
        }),+];
    };
}

examples! {
    "read_vacancy" "200" "officer": "An open vacancy as the office reads it";
    "read_vacancy" "200" "visitor": "The same as everybody reads it";
    "read_person" "200" "officer": "A resident with profile and evidence, as the office reads them";
    "read_application" "200" "officer": "A referred application, with what an officer can do with it";
    "read_application" "200" "employer": "The same as its employer reads it";
    "read_application" "200" "person": "The same as the person reads it";
    "move_application" "200" "consent": "The person says yes to what an officer confirmed: two events, one follows from the other";
    "read_application_events" "200" "officer": "What happened to it";
    "read_run" "200" "officer": "A run that was published";
    "list_proposals" "200" "officer": "The shortlist of a vacancy by a run: proposals, then the reserve in order";
    "read_explanation" "200" "officer": "Why, in full";
    "read_explanation" "200" "person": "Why, for the person";
    "read_match_summary" "200" "employer": "Numbers for an employer come in bands";
    "list_undated_evidence" "200" "officer": "Evidence whose date nobody told";
    "move_holiday" "200" "estimate": "A holiday that was an estimate is fixed on another day; what was told stays";
    "post_vacancy" "default" "refused": "Every field that cannot be accepted is named";
}

/// Puts the examples into the document.
pub(super) fn add(document: &mut Value) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else { return };
    let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(|path| path.values_mut());
    for operation in operations {
        let own = EXAMPLES.iter().filter(|example| operation["operationId"] == example.operation);
        for example in own.collect::<Vec<_>>() {
            let body: Value = serde_json::from_str(example.body).unwrap_or(Value::Null);
            let answer = operation["responses"].get_mut(example.status);
            let kinds = answer.and_then(|answer| answer.get_mut("content")).and_then(Value::as_object_mut);
            for kind in kinds.into_iter().flat_map(|kinds| kinds.values_mut()) {
                kind["examples"][example.name] = json!({ "summary": example.summary, "value": body });
            }
        }
    }
}
