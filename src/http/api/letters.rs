//! `/api/v1/applications/{id}/letter`: number and code of a referral letter; and `/api/v1/check/letter`, where anybody finds out
//! whether one is genuine.
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        accounts::auth::Auth,
        letters::{self, GenuineLetter, LetterView},
    },
    domain::ids::ApplicationId,
    http::{
        address::ClientAddress,
        extract::{Body, Id, Login},
        problem::Problem,
        state::AppState,
    },
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(check))
}

/// Read what is printed on the referral letter of an application: whoever sees the application; 404 where none was written.
#[utoipa::path(
    get, path = "/applications/{id}/letter", operation_id = "show_letter", tag = "applications",
    params(("id" = ApplicationId, Path)), responses((status = OK, body = LetterView))
)]
async fn show(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
) -> Result<Json<LetterView>, Problem> {
    Ok(Json(letters::of(&app, &session, id).await?))
}

/// What stands on a letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LetterTyped {
    #[schema(example = "00041/2026")]
    number: String,
    /// Ten characters; blanks and small letters do no harm.
    #[schema(example = "K7QX9 RMT2P")]
    code: String,
}

/// Find out whether a referral letter is genuine: anybody. It tells when it was written and for which job, nothing of whom it
/// is about. Wrong numbers and wrong codes are answered alike; many wrong tries from one address have to wait.
#[utoipa::path(
    post, path = "/check/letter", operation_id = "check_letter", tag = "check", security(()),
    request_body = LetterTyped, responses((status = OK, body = GenuineLetter), (status = TOO_MANY_REQUESTS))
)]
async fn check(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    Body(given): Body<LetterTyped>,
) -> Result<Json<GenuineLetter>, Problem> {
    Ok(Json(letters::check(&app, &auth, address, &given.number, &given.code).await?))
}
