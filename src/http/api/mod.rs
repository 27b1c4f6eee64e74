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
pub mod jobs;
pub mod me;
pub mod messages;
pub mod next_steps;
pub mod people;
pub mod plans;
pub mod policies;
pub mod rows;
pub mod runs;
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
        .merge(runs::routes())
        .merge(policies::routes())
        .merge(plans::routes())
        .merge(people::routes())
        .merge(unknown::routes())
        .merge(undated::routes())
        .merge(me::routes())
        .merge(change_requests::routes())
        .merge(next_steps::routes())
        .merge(classes::routes())
        .merge(complaints::routes())
        .merge(messages::routes())
        .merge(employers::routes())
        .merge(contacts::routes())
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

/// Adds labels to the closed lists, examples to the main answers, and to every operation what holds for all of them: the problem document, and the key of authenticated POSTs.
fn complete(document: &mut Value) {
    label(document);
    complete_operations(document);
    examples::add(document);
}

fn complete_operations(document: &mut Value) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    for operations in paths.values_mut().filter_map(Value::as_object_mut) {
        for (method, operation) in operations.iter_mut() {
            let Some(operation) = operation.as_object_mut() else { continue };
            if let Some(answers) = operation.get_mut("responses").and_then(Value::as_object_mut) {
                answers.entry("default").or_insert_with(problem_answer);
            }
            let open = operation.get("security").is_some_and(|needed| *needed == json!([{}]));
            if method == "post" && !open {
                let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
                if let Some(parameters) = parameters.as_array_mut() {
                    parameters.push(key_parameter());
                }
            }
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

fn problem_answer() -> Value {
    json!({
        "description": "Masalah (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    })
}

fn key_parameter() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": "A fresh value for every change; the same value again gets the same answer.",
        "schema": {"type": "string", "minLength": 8, "maxLength": 200}
    })
}
