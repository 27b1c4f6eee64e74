//! `/api/v1/policies`: the open rule by which places are proposed, one revision after the other.
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Staff, Supervising},
        browse,
        idempotency::Answer,
        policies::{self, PolicyView},
        runs::analysis::{self, Comparison},
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::PolicyId,
    },
    http::{
        api::BASE,
        extract::{Id, Nothing, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    matching::policy::{Policy, PolicyError},
    once,
    words::Language,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, store)).routes(routes!(compare)).routes(routes!(read))
}

/// A policy to be stored as the next revision of its name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PolicyBody {
    /// Its name; runs use `default` when none is named.
    name: String,
    /// The rule: `fit_floor`, `priority`, `per_placement_bonus`, `floors`, `no_repeat_days`, `reserve`, `minimum_age`,
    /// `minimum_age_internship`, `reach_km`. What is left out is as shipped.
    #[schema(value_type = Object)]
    body: Value,
}

/// Page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PolicyQuery {
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// Store the next revision of a policy: supervisors. An unchanged body answers with the present revision.
#[utoipa::path(
    post, path = "/policies", operation_id = "store_policy", tag = "policies", request_body = PolicyBody,
    responses((status = CREATED, body = PolicyView),
        (status = UNPROCESSABLE_ENTITY, description = "`policy_refused`, with the field"))
)]
async fn store(State(app): State<App>, who: Supervising, post: Post<PolicyBody>) -> Result<Answer, Problem> {
    let policy = Policy::parse(&post.body.body.to_string()).map_err(|error| refused(&error))?;
    let name = post.body.name.trim();
    if !(1..=100).contains(&name.chars().count()) {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::PolicyRefused);
        return Err(problem.field(
            "name",
            FieldCode::Required,
            Language::default().field(FieldCode::Required, None),
        ));
    }
    once!(app, post.key, tx => {
        let stored = policies::revise(&app, tx, &who, name, &policy).await?;
        Answer::created(format!("{BASE}/policies/{}", stored.id), &stored)
    })
}

/// The validator's refusal, naming the field of the body.
fn refused(error: &PolicyError) -> Problem {
    let (field, code) = match error {
        PolicyError::OutOfRange { field, .. } => (format!("body.{field}"), FieldCode::NumberOutOfRange),
        PolicyError::DesilOrder { .. } => ("body.priority.desil".to_owned(), FieldCode::DesilOrder),
        PolicyError::Floors(_) => ("body.floors".to_owned(), FieldCode::FloorsRefused),
        PolicyError::Unreadable(text) => {
            (format!("body.{}", text.split('`').nth(1).unwrap_or_default()), FieldCode::Unacceptable)
        }
    };
    // Where in the text it was helps nobody who sent an object.
    let said = match error {
        PolicyError::Unreadable(text) => Language::default().unparsed(text),
        PolicyError::OutOfRange { .. } | PolicyError::DesilOrder { .. } | PolicyError::Floors(_) => {
            Language::default().policy_refused(error)
        }
    };
    let field = field.trim_end_matches('.');
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::PolicyRefused).field(field, code, said)
}

/// List policy revisions: officers.
#[utoipa::path(
    get, path = "/policies", operation_id = "list_policies", tag = "policies", params(PolicyQuery),
    responses((status = OK, body = Page<PolicyView>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<PolicyQuery>,
) -> Result<Json<Page<PolicyView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = browse::policies(&app, &officer, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.created_at, row.id.0), |row| row)))
}

/// Read a policy revision: officers.
#[utoipa::path(
    get, path = "/policies/{id}", operation_id = "read_policy", tag = "policies", params(("id" = PolicyId, Path)),
    responses((status = OK, body = PolicyView))
)]
async fn read(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<PolicyId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<PolicyView>, Problem> {
    Ok(Json(browse::policy(&app, &officer, id).await?))
}

/// Which policies to compare.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CompareQuery {
    /// The first revision.
    first: PolicyId,
    /// The second.
    second: PolicyId,
    /// The business date; today when left out.
    as_of: Option<NaiveDate>,
    /// Breaks ties between equals; 1 when left out.
    seed: Option<i64>,
}

/// Compare two policies on the people and vacancies of now: supervisors. Nothing is stored or published.
#[utoipa::path(
    get, path = "/policies/compare", operation_id = "compare_policies", tag = "policies", params(CompareQuery),
    responses((status = OK, body = Comparison))
)]
async fn compare(
    State(app): State<App>,
    who: Supervising,
    Query(q): Query<CompareQuery>,
) -> Result<Json<Comparison>, Problem> {
    let ids = (q.first, q.second);
    Ok(Json(analysis::compare_stored(&app, &who, ids, q.as_of, q.seed.unwrap_or(1)).await?))
}
