//! Who asks, where nobody has to: a login that holds, or none. A token that does not hold is still refused, so that a
//! caller whose session ended is told instead of being shown less.
use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use crate::{
    app::access::Session,
    http::{extract::Login, problem::Problem, state::AppState},
};

/// The caller's session; none without an `Authorization` header.
#[derive(Clone, Debug)]
pub struct Visitor(pub Option<Arc<Session>>);

impl Visitor {
    /// The session, if there is one.
    pub fn session(&self) -> Option<&Session> {
        self.0.as_deref()
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(Self(None));
        }
        let Login(session) = Login::from_request_parts(parts, state).await?;
        Ok(Self(Some(session)))
    }
}
