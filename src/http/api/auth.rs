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
        accounts::auth::{Auth, Tokens},
    },
    domain::ids::{AccountId, EmployerId, OrganisationId, PersonId},
    http::{
        extract::{Body, Login, Nothing, Query},
        problem::Problem,
        state::AppState,
    },
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(login))
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
    Body(given): Body<Credentials>,
) -> Result<Json<TokenPair>, Problem> {
    Ok(Json(auth.login(&app, &given.login, &given.password).await?.into()))
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
