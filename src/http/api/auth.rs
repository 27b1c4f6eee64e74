//! `/api/v1/auth`: login, refresh, logout, who am I. The rules are in `app::auth`.
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Right, Role},
        accounts::{
            activation::{self, Exchange},
            auth::{Auth, Tokens},
        },
    },
    domain::ids::{AccountId, EmployerId, OrganisationId, PersonId},
    http::{
        address::ClientAddress,
        extract::{Body, Login, Nothing, Query},
        problem::Problem,
        state::AppState,
    },
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(login))
        .routes(routes!(activate))
        .routes(routes!(refresh))
        .routes(routes!(logout))
        .routes(routes!(me))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    /// The name of the login.
    #[schema(example = "petugas.sukoharjo")]
    login: String,
    #[schema(format = Password)]
    password: String,
}

/// What stands on a slip of paper, and what the person chooses.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ActivationRequest {
    /// The twelve digits of the slip.
    #[schema(example = "1234 5678 9012")]
    code: String,
    /// Year of birth of the person whose slip it is.
    #[schema(example = 2001)]
    birth_year: i32,
    /// Mobile number: the name of the login. A family may share one.
    #[schema(example = "081234567890")]
    phone: String,
    /// The password from now on, 8 characters or more.
    #[schema(format = Password)]
    password: String,
}

/// A refresh token as it was given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshRequest {
    /// The token of the last login or refresh.
    refresh_token: String,
}

/// A pair of tokens.
#[derive(Serialize, ToSchema)]
struct TokenPair {
    /// For the header `Authorization: Bearer`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Until when the access token holds.
    access_expires_at: DateTime<Utc>,
    /// For `/auth/refresh`; it may be used once.
    refresh_token: String,
    /// Until when the refresh token holds.
    refresh_expires_at: DateTime<Utc>,
}

impl From<Tokens> for TokenPair {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access,
            token_type: "Bearer",
            access_expires_at: tokens.access_expires_at,
            refresh_token: tokens.refresh,
            refresh_expires_at: tokens.refresh_expires_at,
        }
    }
}

/// The present login.
#[derive(Serialize, ToSchema)]
struct Me {
    /// The login.
    account: AccountId,
    role: Role,
    /// Its rights; a supervisor has all without listing them.
    rights: Vec<Right>,
    /// The office it belongs to.
    organisation: Option<OrganisationId>,
    /// The employer it belongs to.
    employer: Option<EmployerId>,
    /// Region code of the village a companion works in.
    village: Option<String>,
    /// The persons it holds.
    people: Vec<PersonId>,
}

/// Log in with name and password.
#[utoipa::path(
    post, path = "/auth/login", tag = "auth", security(()),
    request_body = Credentials,
    responses((status = OK, body = TokenPair), (status = UNAUTHORIZED), (status = TOO_MANY_REQUESTS))
)]
async fn login(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    Body(given): Body<Credentials>,
) -> Result<Json<TokenPair>, Problem> {
    Ok(Json(auth.login(&app, address, &given.login, &given.password).await?.into()))
}

/// Start a login with a one-time code on paper, or get back into it, and log in. With number and password of a login that is
/// there its person joins that login. A wrong code, a used, void or expired one and a wrong year are answered alike.
#[utoipa::path(
    post, path = "/auth/activate", operation_id = "activate", tag = "auth", security(()),
    request_body = ActivationRequest,
    responses((status = OK, body = TokenPair), (status = UNAUTHORIZED, description = "`code_refused`"),
        (status = TOO_MANY_REQUESTS))
)]
async fn activate(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    Body(given): Body<ActivationRequest>,
) -> Result<Json<TokenPair>, Problem> {
    let exchange = Exchange { code: &given.code, birth_year: given.birth_year, address };
    Ok(Json(activation::start(&app, &auth, &exchange, &given.phone, &given.password).await?.into()))
}

/// Exchange a refresh token for a new pair; a token used twice ends the login.
#[utoipa::path(
    post, path = "/auth/refresh", tag = "auth", security(()),
    request_body = RefreshRequest,
    responses((status = OK, body = TokenPair), (status = UNAUTHORIZED))
)]
async fn refresh(
    State(app): State<App>,
    State(auth): State<Auth>,
    Body(given): Body<RefreshRequest>,
) -> Result<Json<TokenPair>, Problem> {
    Ok(Json(auth.refresh(&app, &given.refresh_token).await?.into()))
}

/// End the login a refresh token belongs to. The access token holds until it expires, ten minutes at most.
#[utoipa::path(
    post, path = "/auth/logout", tag = "auth", security(()),
    request_body = RefreshRequest,
    responses((status = NO_CONTENT))
)]
async fn logout(
    State(app): State<App>,
    State(auth): State<Auth>,
    Body(given): Body<RefreshRequest>,
) -> Result<StatusCode, Problem> {
    auth.logout(&app, &given.refresh_token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The present login: role, rights and what it belongs to.
#[utoipa::path(get, path = "/auth/me", tag = "auth", responses((status = OK, body = Me)))]
async fn me(Login(session): Login, Query(Nothing {}): Query<Nothing>) -> Json<Me> {
    Json(Me {
        account: session.account,
        role: session.role,
        rights: session.rights.clone(),
        organisation: session.organisation,
        employer: session.employer,
        village: session.village.clone(),
        people: session.people.clone(),
    })
}
