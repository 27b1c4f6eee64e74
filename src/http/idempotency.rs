//! Changing requests that are done once however often they arrive. `Post` reads key and body, `once!` stores the
//! answer under the key in the transaction of the change: after a crash either both are there or neither is.
//!
//! Only answers of success are kept. An error changed nothing (its transaction rolled back), so the same key may be
//! tried again. Keys are forgotten by `store::idempotency::prune`, a day after they were made.
use axum::{
    body::Body as HttpBody,
    extract::{FromRequest, OriginalUri, Request},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    app::{App, AppError, system},
    domain::{codes::ProblemCode, ids::AccountId},
    http::{
        extract::{self, Login},
        problem::Problem,
        state::AppState,
    },
    store::{
        Tx,
        idempotency::{self, Begun},
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

/// A key of one login, bound to one request.
#[derive(Clone, Debug)]
pub struct Key {
    account: AccountId,
    key: String,
    address: String,
    request_hash: Vec<u8>,
}

/// What a changing request answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    status: StatusCode,
    kept: Kept,
    replayed: bool,
}

/// The part of an answer that is stored beside its status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    version: Option<i64>,
    location: Option<String>,
    body: String,
}

/// Runs a body under a key in one writing transaction, retried like `transact!`; answers `Result<Answer, Problem>`.
///
/// `once!(app, post.key, tx => { let v = vacancies::submit(&app, tx, &who, id).await?; Answer::ok(&View::from(v)) })`
///
/// The use cases called inside take `&mut Tx`: one that opened a transaction of its own would stand outside the key,
/// and on SQLite wait for itself.
#[macro_export]
macro_rules! once {
    ($app:expr, $key:expr, $tx:ident => $body:expr) => {{
        let (app, key): (&$crate::app::App, &$crate::http::idempotency::Key) = (&$app, &$key);
        let outcome: Result<$crate::http::idempotency::Answer, $crate::app::AppError> = async {
            $crate::transact!(app, inner => {
                match key.begin(app, inner).await? {
                    Some(answer) => Ok(answer),
                    None => {
                        let $tx: &mut $crate::store::Tx = &mut *inner;
                        let answer: Result<$crate::http::idempotency::Answer, $crate::app::AppError> =
                            async { $body }.await;
                        key.finish(inner, answer?).await
                    }
                }
            })
        }
        .await;
        outcome.map_err($crate::http::problem::Problem::from)
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

impl Key {
    /// The answer this request got before; `None` when it is to be done now.
    pub async fn begin(&self, app: &App, tx: &mut Tx) -> Result<Option<Answer>, AppError> {
        let request = (self.address.as_str(), self.request_hash.as_slice());
        let begun = idempotency::begin(tx, self.account, &self.key, request, app.clock.now()).await?;
        match begun {
            Begun::Fresh => Ok(None),
            Begun::Reused => Err(AppError::conflict(ProblemCode::IdempotencyKeyReused, &self.key)),
            Begun::Done { status, body } => Answer::from_store(status, &body).map(Some),
        }
    }

    /// Keeps the answer.
    pub async fn finish(&self, tx: &mut Tx, answer: Answer) -> Result<Answer, AppError> {
        let status = i64::from(answer.status.as_u16());
        let kept = to_json(&answer.kept)?;
        idempotency::finish(tx, self.account, &self.key, status, &kept).await?;
        Ok(answer)
    }
}

impl Answer {
    /// 200 with a body.
    pub fn ok(body: &impl Serialize) -> Result<Self, AppError> {
        Self::new(StatusCode::OK, body)
    }

    /// 201 with a body; `location` is the path of what was made.
    pub fn created(location: String, body: &impl Serialize) -> Result<Self, AppError> {
        let mut answer = Self::new(StatusCode::CREATED, body)?;
        answer.kept.location = Some(location);
        Ok(answer)
    }

    /// 202 with a body: work that goes on after the answer; `location` is where to look.
    pub fn accepted(location: String, body: &impl Serialize) -> Result<Self, AppError> {
        let mut answer = Self::new(StatusCode::ACCEPTED, body)?;
        answer.kept.location = Some(location);
        Ok(answer)
    }

    /// 204.
    pub fn nothing() -> Result<Self, AppError> {
        Ok(Self { status: StatusCode::NO_CONTENT, kept: Kept::default(), replayed: false })
    }

    /// The same answer with the object's version as its ETag.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.kept.version = Some(version);
        self
    }

    fn new(status: StatusCode, body: &impl Serialize) -> Result<Self, AppError> {
        let kept = Kept { body: to_json(body)?, ..Kept::default() };
        Ok(Self { status, kept, replayed: false })
    }

    fn from_store(status: i64, kept: &str) -> Result<Self, AppError> {
        let damaged = || AppError::Internal(format!("a kept answer with status {status} cannot be read"));
        let status = u16::try_from(status).ok().and_then(|code| StatusCode::from_u16(code).ok());
        let kept = serde_json::from_str(kept).map_err(|_| damaged())?;
        Ok(Self { status: status.ok_or_else(damaged)?, kept, replayed: true })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let Kept { version, location, body } = self.kept;
        let mut response = Response::new(HttpBody::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if self.status != StatusCode::NO_CONTENT {
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

fn to_json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value)
        .map_err(|error| AppError::Internal(format!("answer cannot be written: {error}")))
}
