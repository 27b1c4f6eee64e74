//! `/api/v1/people/{id}/status-code`: a code on paper with which anybody sees where a person's applications stand, made and
//! revoked by the person's own login; and `/api/v1/check/application`, where it is looked up without a login.
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        accounts::auth::Auth,
        idempotency::Answer,
        status_codes::{
            self,
            seen::{StatusCodeView, StatusSlip, StatusTold},
        },
    },
    domain::ids::PersonId,
    http::{
        address::ClientAddress,
        extract::{Body, Id, Login, Nothing},
        idempotency::Post,
        problem::Problem,
        state::AppState,
    },
    once, transact,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, make)).routes(routes!(revoke)).routes(routes!(look_up))
}

/// Read whether a person has an open status code and until when: the person's own login; 404 without one.
#[utoipa::path(
    get, path = "/people/{id}/status-code", operation_id = "show_status_code", tag = "people",
    params(("id" = PersonId, Path)), responses((status = OK, body = StatusCodeView))
)]
async fn show(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
) -> Result<Json<StatusCodeView>, Problem> {
    let found = status_codes::current(&app, &session, id).await?;
    Ok(Json(found.ok_or(AppError::NotFound)?))
}

/// Make a code with which anybody sees job, step and date of a person's applications, no name and no employer: the person's own
/// login. The code before becomes void; it holds for ninety days and is told in this answer only.
#[utoipa::path(
    put, path = "/people/{id}/status-code", operation_id = "make_status_code", tag = "people",
    params(("id" = PersonId, Path)), request_body = Nothing,
    responses((status = OK, body = StatusSlip), (status = CONFLICT, description = "`busy`"))
)]
async fn make(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<StatusSlip>, Problem> {
    let acting = session.acting()?;
    let slip: Result<StatusSlip, AppError> =
        async { transact!(app, tx => status_codes::make(&app, tx, &acting, id, None).await) }.await;
    Ok(Json(slip?))
}

/// Revoke a person's status code: the person's own login. Whoever has it is answered as if it had never been.
#[utoipa::path(
    post, path = "/people/{id}/status-code/revoke", operation_id = "revoke_status_code", tag = "people",
    params(("id" = PersonId, Path)), request_body = Nothing,
    responses((status = NO_CONTENT, description = "no code opens anything any more"))
)]
async fn revoke(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    post: Post<Nothing>,
) -> Result<Answer, Problem> {
    let acting = session.acting()?;
    once!(app, post.key, tx => {
        status_codes::revoke(&app, tx, &acting, id).await?;
        Answer::nothing()
    })
}

/// A code from a slip.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatusCodeTyped {
    /// Ten characters; blanks and small letters do no harm.
    #[schema(example = "K7QX9 RMT2P")]
    code: String,
}

/// Look up where the applications of a code's person stand: anybody. Wrong, expired and revoked codes are answered alike; many
/// wrong tries from one address have to wait.
#[utoipa::path(
    post, path = "/check/application", operation_id = "check_application", tag = "check", security(()),
    request_body = StatusCodeTyped, responses((status = OK, body = StatusTold), (status = TOO_MANY_REQUESTS))
)]
async fn look_up(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    Body(given): Body<StatusCodeTyped>,
) -> Result<Json<StatusTold>, Problem> {
    Ok(Json(status_codes::look_up(&app, &auth, address, &given.code).await?))
}
