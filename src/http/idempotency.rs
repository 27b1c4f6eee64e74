//! Changing requests that are done once however often they arrive, as HTTP sees them. `Post` reads key and body, `once!`
//! stores the answer under the key in the transaction of the change (`app::idempotency`): after a crash either both are
//! there or neither is.
use axum::{
    body::Body as HttpBody,
    extract::{FromRequest, OriginalUri, Request},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;

use crate::{
    app::{
        idempotency::{Answer, Kept, Key},
        system,
    },
    domain::codes::ProblemCode,
    http::{
        extract::{self, Login},
        problem::Problem,
        state::AppState,
    },
};

/// Name of the header that carries the key.
pub const KEY_HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The body of an authenticated POST and the key it is done under.
#[derive(Clone, Debug)]
pub struct Post<T> {
    /// What to pass to `once!`.
    pub key: Key,
    /// The body.
    pub body: T,
}

/// Runs a body under a key in one writing transaction, retried like `transact!`; answers `Result<Answer, Problem>`.
///
/// `once!(app, post.key, tx => { let v = vacancies::submit(&app, tx, &who, id).await?; Answer::ok(&View::from(v)) })`
///
/// The use cases called inside take `&mut Tx`: one that opened a transaction of its own would stand outside the key,
/// and on SQLite wait for itself.
#[macro_export]
macro_rules! once {
    ($app:expr, $key:expr, $tx:ident => $body:expr) => {
        $crate::keyed!($app, $key, $tx => $body).map_err($crate::http::problem::Problem::from)
    };
}

/// The same for a page, which tells by itself what went wrong: answers `Result<Answer, AppError>`.
#[macro_export]
macro_rules! keyed {
    ($app:expr, $key:expr, $tx:ident => $body:expr) => {{
        let (app, key): (&$crate::app::App, &$crate::app::idempotency::Key) = (&$app, &$key);
        let outcome: Result<$crate::app::idempotency::Answer, $crate::app::AppError> = async {
            $crate::transact!(app, inner => {
                match key.begin(app, inner).await? {
                    Some(answer) => Ok(answer),
                    None => {
                        let $tx = &mut *inner;
                        let answer: Result<$crate::app::idempotency::Answer, $crate::app::AppError> =
                            async { $body }.await;
                        key.finish(inner, answer?).await
                    }
                }
            })
        }
        .await;
        outcome
    }};
}

impl<T: DeserializeOwned> FromRequest<AppState> for Post<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        use axum::extract::FromRequestParts;
        let (mut parts, body) = request.into_parts();
        let Login(session) = Login::from_request_parts(&mut parts, state).await?;
        let key = key_of(&parts.headers)?;
        let address = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
        let head = format!("{} {address}", parts.method);
        let address = address.path().to_owned();
        let headers = parts.headers.clone();
        let bytes = extract::read_bytes(Request::from_parts(parts, body), state).await?;
        let request_hash = hash(&head, &headers, &bytes);
        let body = extract::parse(&headers, &bytes)?;
        Ok(Self { key: Key { account: session.account, key, address, request_hash }, body })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let Kept { version, location, body } = self.kept;
        let mut response = Response::new(HttpBody::from(body));
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.status_mut() = status;
        let headers = response.headers_mut();
        if status != StatusCode::NO_CONTENT {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(tag) = version.and_then(etag) {
            headers.insert(header::ETAG, tag);
        }
        if let Some(location) = location.and_then(|path| HeaderValue::try_from(path).ok()) {
            headers.insert(header::LOCATION, location);
        }
        if self.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// A version as an entity tag.
pub fn etag(version: i64) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{version}\"")).ok()
}

fn key_of(headers: &HeaderMap) -> Result<String, Problem> {
    let Some(value) = headers.get(KEY_HEADER) else {
        return Err(Problem::new(StatusCode::BAD_REQUEST, ProblemCode::KeyMissing));
    };
    let key = value.to_str().unwrap_or_default().trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if (8..=200).contains(&key.len()) && key.chars().all(allowed) {
        return Ok(key.to_owned());
    }
    Err(Problem::new(StatusCode::BAD_REQUEST, ProblemCode::BadKey))
}

/// Method, address, awaited version and body: what makes it the same request.
fn hash(head: &str, headers: &HeaderMap, body: &[u8]) -> Vec<u8> {
    let version = headers.get(header::IF_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    let text = [head.as_bytes(), b"\n", version, b"\n", body].concat();
    system::sha256(&text)
}
