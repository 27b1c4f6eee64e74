//! From request to values a handler can trust: who asks, which object, what body. Every rejection is a `Problem`.
//!
//! The order of a handler's arguments is the order of its checks: `State`, who (401, 403), path ids (404), query or
//! `IfMatch` (400, 428), body last (400, 413, 415).
use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{
        FromRequest, FromRequestParts, Path, Query as AxumQuery, Request,
        rejection::{BytesRejection, JsonRejection},
    },
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::Type,
    },
};

use crate::{
    app::{
        AppError,
        access::{
            Agency, Companion, Confirming, Employer, Reporting, Session, Staff, Supervising, Trainee,
            Verifying,
        },
    },
    domain::codes::{FieldCode, ProblemCode},
    http::{problem::Problem, state::AppState},
};

/// Any login that holds, loaded from the database for this request.
#[derive(Clone, Debug)]
pub struct Login(pub Arc<Session>);

impl FromRequestParts<AppState> for Login {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(session) = parts.extensions.get::<Arc<Session>>() {
            return Ok(Self(Arc::clone(session)));
        }
        let token = bearer(&parts.headers)?;
        let session = Arc::new(state.auth.authenticate(&state.app, token).await?);
        parts.extensions.insert(Arc::clone(&session));
        Ok(Self(session))
    }
}

/// A handler argument of one of these types is the permission: without the role or right the handler does not run.
macro_rules! capability {
    ($($name:ident from $method:ident),+ $(,)?) => {$(
        impl FromRequestParts<AppState> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
                let Login(session) = Login::from_request_parts(parts, state).await?;
                Ok(session.$method()?)
            }
        }
    )+};
}

capability! {
    Staff from staff,
    Verifying from verifying,
    Confirming from confirming,
    Reporting from reporting,
    Supervising from supervising,
    Employer from employer,
    Trainee from trainee,
    Companion from companion,
    Agency from agency,
}

/// The id (or tuple of ids) in the path. Text that is no id names nothing: 404, like an absent object.
#[derive(Clone, Copy, Debug)]
pub struct Id<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(AppError::NotFound.into()),
        }
    }
}

/// Query parameters. Give the type `#[serde(deny_unknown_fields)]`: a mistyped filter must not return everything.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match AxumQuery::<T>::from_request_parts(parts, state).await {
            Ok(AxumQuery(query)) => Ok(Self(query)),
            Err(rejection) => {
                let (field, detail) = blame(&rejection.body_text());
                let code =
                    if field == "cursor" { ProblemCode::BadCursor } else { ProblemCode::MalformedQuery };
                Err(Problem::new(StatusCode::BAD_REQUEST, code).field(
                    &field,
                    FieldCode::Unacceptable,
                    detail,
                ))
            }
        }
    }
}

/// The version the caller saw, from `If-Match: "7"`; 428 without it.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, ProblemCode::VersionMissing));
        };
        let quoted = value.to_str().unwrap_or_default().trim();
        let version = quoted
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .and_then(|text| text.parse().ok())
            .filter(|version| *version >= 1);
        version.map(Self).ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadVersion))
    }
}

impl IntoParams for IfMatch {
    fn into_params(_within: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let header = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some("ETag of the object as the caller saw it."))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build();
        vec![header]
    }
}

/// A JSON body of a request that needs no idempotency key (PUT, PATCH, login). An empty body reads as `{}`.
#[derive(Clone, Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let headers = parts.headers.clone();
        let bytes = read_bytes(Request::from_parts(parts, body), state).await?;
        Ok(Self(parse(&headers, &bytes)?))
    }
}

/// A body without fields, for actions that need none.
#[derive(Clone, Copy, Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The whole body within the limit.
pub async fn read_bytes(request: Request, state: &AppState) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(failure) => match failure.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE),
            _ => Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest),
        },
        _ => Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest),
    })
}

/// Reads a JSON body that was announced as JSON.
pub fn parse<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Problem> {
    if bytes.is_empty() {
        return json(b"{}");
    }
    if !says_json(headers) {
        return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    json(bytes)
}

fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    Json::<T>::from_bytes(bytes).map(|Json(value)| value).map_err(|rejection| match rejection {
        JsonRejection::JsonDataError(error) => {
            let (field, detail) = blame(&error.body_text());
            Problem::new(StatusCode::BAD_REQUEST, ProblemCode::UnacceptableBody).field(
                &field,
                FieldCode::Unacceptable,
                detail,
            )
        }
        _ => Problem::new(StatusCode::BAD_REQUEST, ProblemCode::MalformedJson),
    })
}

fn says_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The field path and the parser's words in a rejection's text: `Failed to .. : field.path: words at line 1 column 2`.
fn blame(text: &str) -> (String, String) {
    let message = text.split_once(": ").map_or(text, |(_, message)| message);
    let message = message.split(" at line ").next().unwrap_or(message);
    let is_path = |head: &str| !head.is_empty() && !head.contains(' ');
    match message.split_once(": ") {
        Some((path, words)) if is_path(path) => (path.to_owned(), words.to_owned()),
        _ => {
            let named = message.split('`').nth(1).unwrap_or_default();
            (named.to_owned(), message.to_owned())
        }
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str, AppError> {
    let missing = AppError::Unauthenticated(ProblemCode::LoginMissing);
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(missing);
    };
    let (scheme, token) = value.to_str().unwrap_or_default().split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(missing) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its type matters")]
        seats: u32,
    }

    fn refused(text: &str) -> Problem {
        json::<Sample>(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_rejected_body_names_the_field() {
        let wrong_type = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::UnacceptableBody).field(
            "seats",
            FieldCode::Unacceptable,
            "invalid type: string \"x\", expected u32",
        );
        assert_eq!(refused(r#"{"seats":"x"}"#), wrong_type);
        assert_eq!(refused(r#"{"seat":1}"#).code(), "unacceptable_body");
        assert_eq!(refused(r#"{"seats":"#).code(), "malformed_json");
    }

    #[test]
    fn only_json_says_json() {
        let with = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(value));
            says_json(&headers)
        };
        assert!(with("application/json"));
        assert!(with("Application/JSON; charset=utf-8"));
        assert!(with("application/merge-patch+json"));
        assert!(!with("text/json"));
        assert!(!with("application/x-www-form-urlencoded"));
        assert!(!says_json(&HeaderMap::new()));
    }
}
