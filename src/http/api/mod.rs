//! The JSON API under `/api/v1`: one module per resource, each with `pub fn routes() -> OpenApiRouter<AppState>`.
//! Handlers translate between HTTP and use cases; no rule and no SQL stands here.
//!
//! A resource module looks like this:
//!
//! ```text
//! /// Verify an employer.
//! #[utoipa::path(post, path = "/employers/{id}/verify", tag = "employers", params(("id" = EmployerId, Path), IfMatch),
//!     request_body = Nothing, responses((status = OK, body = EmployerView)))]
//! async fn verify(
//!     State(app): State<App>,
//!     who: Verifying,                    // the role and right: 401, 403
//!     Id(id): Id<EmployerId>,            // 404 for text that is no id
//!     IfMatch(version): IfMatch,         // 428; the use case answers Stale (412)
//!     post: Post<Nothing>,               // 400 without Idempotency-Key; always the last argument
//! ) -> Result<Answer, Problem> {
//!     once!(app, post.key, tx => {
//!         let employer = employers::verify(&app, tx, &who, id, version).await?;
//!         Ok(Answer::ok(&EmployerView::from(&employer))?.version(employer.version))
//!     })
//! }
//!
//! /// List employers.
//! #[utoipa::path(get, path = "/employers", tag = "employers", params(ListQuery),
//!     responses((status = OK, body = Page<EmployerView>)))]
//! async fn list(State(app): State<App>, who: Staff, Query(q): Query<ListQuery>)
//!     -> Result<Json<Page<EmployerView>>, Problem> {
//!     let limit = q.limit.unwrap_or_default();
//!     let rows = employers::page(&app, &who, &q.filter(), q.cursor.map(Cursor::place), limit.rows()).await?;
//!     Ok(Json(Page::of(rows, limit, |row| (row.created_at, row.id.0), EmployerView::from)))
//! }
//!
//! #[derive(Deserialize, IntoParams)]
//! #[serde(deny_unknown_fields)]
//! #[into_params(parameter_in = Query)]
//! struct ListQuery { state: Option<State>, cursor: Option<Cursor>, limit: Option<Limit> }
//! ```
//!
//! Reading one object answers `Shown(version, view)` (ETag). PUT and PATCH take `IfMatch` and `Body` and run `transact!`.
//! Every path needs rows in the authorisation matrix of the integration tests.
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    http::{
        paging::{Cursor, Limit},
        problem::ProblemDocument,
        state::AppState,
    },
    words::Language,
};

pub mod applications;
pub mod auth;
pub mod change_requests;
pub mod classes;
pub mod complaints;
pub mod contacts;
pub mod employers;
mod examples;
pub mod explanations;
pub mod gaps;
pub mod holidays;
pub mod interests;
pub mod jobs;
pub mod letters;
pub mod me;
pub mod messages;
pub mod next_steps;
pub mod nominations;
pub mod notes;
pub mod people;
pub mod plans;
pub mod policies;
pub mod rows;
pub mod runs;
pub mod search;
pub mod status_codes;
pub mod undated;
pub mod unknown;
pub mod vacancies;
pub mod visitor;

/// Where the API starts.
pub const BASE: &str = "/api/v1";

/// All resources.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(auth::routes())
        .merge(vacancies::routes())
        .merge(search::routes())
        .merge(runs::routes())
        .merge(policies::routes())
        .merge(plans::routes())
        .merge(people::routes())
        .merge(unknown::routes())
        .merge(undated::routes())
        .merge(status_codes::routes())
        .merge(letters::routes())
        .merge(me::routes())
        .merge(change_requests::routes())
        .merge(next_steps::routes())
        .merge(nominations::routes())
        .merge(classes::routes())
        .merge(complaints::routes())
        .merge(interests::routes())
        .merge(messages::routes())
        .merge(employers::routes())
        .merge(contacts::routes())
        .merge(notes::routes())
        .merge(explanations::routes())
        .merge(gaps::routes())
        .merge(holidays::routes())
        .merge(jobs::routes())
        .merge(applications::routes())
}

/// The routes as a router and the document that describes them (OpenAPI 3.1).
pub fn described() -> (axum::Router<AppState>, Value) {
    let (router, document) =
        OpenApiRouter::with_openapi(Document::openapi()).nest(BASE, routes()).split_for_parts();
    let mut document = serde_json::to_value(&document).unwrap_or(Value::Null);
    complete(&mut document);
    (router, document)
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "padankerja",
        description = "Penempatan tenaga kerja: lowongan, profil, usulan, lamaran.",
        license(name = "MIT")
    ),
    components(schemas(ProblemDocument, Cursor, Limit)),
    security(("bearer" = [])),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Adds labels to the closed lists, examples to the main answers, and to every operation what holds for all of them: the answers
/// of the frame with their headers, the problem document, and the key of authenticated POSTs.
fn complete(document: &mut Value) {
    label(document);
    document["components"]["responses"] = json!({
        "Login": problem_answer("Nobody is logged in (RFC 6750)", Some(("WWW-Authenticate", "string"))),
        "Later": problem_answer("Try again later, under the same key", Some(("Retry-After", "integer"))),
    });
    complete_operations(document);
    examples::add(document);
}

fn complete_operations(document: &mut Value) {
    let needing = schemas_with_needed_fields(document);
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for operations in paths.values_mut().filter_map(Value::as_object_mut) {
        for (method, operation) in operations.iter_mut() {
            let Some(operation) = operation.as_object_mut() else { continue };
            let open = operation.get("security").is_some_and(|needed| *needed == json!([{}]));
            let mut versioned = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
            let versioned = versioned.any(|parameter| parameter["name"] == "If-Match");
            if let Some(answers) = operation.get_mut("responses").and_then(Value::as_object_mut) {
                complete_answers(answers, open, versioned);
            }
            if let Some(body) = operation.get_mut("requestBody") {
                let schema = body["content"]["application/json"]["schema"]["$ref"].as_str();
                body["required"] = json!(schema.is_none_or(|schema| needing.contains(schema)));
            }
            if method == "post" && !open {
                let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
                if let Some(parameters) = parameters.as_array_mut() {
                    parameters.push(key_parameter());
                }
            }
        }
    }
}

/// References to the schemas that name a field as required. An empty body is read as an object without fields: where none is
/// needed, no body is.
fn schemas_with_needed_fields(document: &Value) -> BTreeSet<String> {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let needing =
        schemas.filter(|(_, schema)| schema["required"].as_array().is_some_and(|all| !all.is_empty()));
    needing.map(|(name, _)| format!("#/components/schemas/{name}")).collect()
}

/// Every refusal is a problem document; who has to log in or to wait is told so in a header.
fn complete_answers(answers: &mut Map<String, Value>, open: bool, versioned: bool) {
    let shared = |name: &str| json!({ "$ref": format!("#/components/responses/{name}") });
    if !open {
        answers.entry("401").or_insert_with(|| shared("Login"));
    }
    if versioned {
        for (status, said) in [("412", "`stale_version`"), ("428", "`version_missing`")] {
            answers.entry(status).or_insert_with(|| json!({ "description": said }));
        }
    }
    answers.entry("503").or_insert_with(|| shared("Later"));
    answers.entry("default").or_insert_with(|| problem_answer(PROBLEM, None));
    for (status, answer) in answers.iter_mut() {
        let said = answer["description"].as_str().filter(|said| !said.is_empty()).unwrap_or(PROBLEM);
        match status.as_str() {
            "401" | "429" if answer.get("$ref").is_none() => {
                let said = (said != PROBLEM).then(|| said.to_owned());
                *answer = shared(if status == "401" { "Login" } else { "Later" });
                if let Some(said) = said {
                    answer["description"] = json!(said);
                }
            }
            _ if status.starts_with('4') && answer.get("$ref").is_none() => {
                *answer = problem_answer(said, None)
            }
            _ => {}
        }
    }
}

/// Adds to each closed list, by language, what its words are called.
fn label(document: &mut Value) {
    for list in Language::default().closed_words() {
        let labels: Map<String, Value> =
            list.labels.iter().map(|(word, label)| ((*word).to_owned(), json!(label))).collect();
        if let Some(schema) = document["components"]["schemas"].get_mut(&list.name) {
            schema["x-labels"] = json!({ "id": labels });
        }
    }
}

/// What is said of a refusal about which there is nothing more to say.
const PROBLEM: &str = "Masalah (RFC 9457)";

/// A refusal, with the header and its type that it always carries.
fn problem_answer(description: &str, header: Option<(&str, &str)>) -> Value {
    let mut answer = json!({
        "description": description,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    });
    if let Some((name, kind)) = header {
        answer["headers"] = json!({ name: {"required": true, "schema": {"type": kind}} });
    }
    answer
}

fn key_parameter() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": "A fresh value for every change; the same value again gets the same answer.",
        "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[A-Za-z0-9._:-]+$"}
    })
}
