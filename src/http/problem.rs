//! Errors as `application/problem+json` (RFC 9457). The sentences are in `words`; what can go wrong in a use case is
//! `AppError`. Faults of the program are logged here, once, and told as nothing but "internal".
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        AppError,
        error::{FieldIssue, StoreError},
    },
    domain::codes::{FieldCode, ProblemCode},
    words::Language,
};

/// An error on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    code: ProblemCode,
    errors: Vec<FieldProblem>,
    retry_after: Option<u64>,
}

/// The document a caller gets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// `urn:padankerja:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// What is wrong, in Bahasa Indonesia.
    title: &'static str,
    /// The HTTP status again.
    status: u16,
    /// What to do about it, in Bahasa Indonesia.
    detail: &'static str,
    /// Stable code for programs.
    code: ProblemCode,
    /// The fields that cannot be accepted, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

/// One field that cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field as the request names it (`seats`, `wishes.wage_floor`).
    pub field: String,
    /// Stable code for programs.
    pub code: FieldCode,
    /// A sentence in Bahasa Indonesia.
    pub detail: String,
}

impl Problem {
    /// A problem the HTTP frame itself finds.
    pub fn new(status: StatusCode, code: ProblemCode) -> Self {
        Self { status, code, errors: Vec::new(), retry_after: None }
    }

    /// The same problem, naming a field.
    #[must_use]
    pub fn field(mut self, field: &str, code: FieldCode, detail: impl Into<String>) -> Self {
        self.errors.push(FieldProblem { field: field.to_owned(), code, detail: detail.into() });
        self
    }

    /// The same problem, saying when to come back.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The problem a bare status stands for: answers of the router and of layers get a document this way.
    pub fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::NOT_FOUND => ProblemCode::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => ProblemCode::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::BodyTooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ProblemCode::NotJson,
            StatusCode::FORBIDDEN => ProblemCode::CrossSite,
            StatusCode::SERVICE_UNAVAILABLE => {
                return Self::new(status, ProblemCode::TimedOut).retry_after(5);
            }
            _ if status.is_client_error() => ProblemCode::BadRequest,
            _ => ProblemCode::Internal,
        };
        Self::new(status, code)
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The stable code.
    pub fn code(&self) -> ProblemCode {
        self.code
    }

    /// What the caller gets to read.
    pub fn document(&self) -> ProblemDocument {
        let said = Language::default().problem(self.code);
        ProblemDocument {
            kind: format!("urn:padankerja:problem:{}", self.code),
            title: said.title,
            status: self.status.as_u16(),
            detail: said.advice,
            code: self.code,
            errors: self.errors.clone(),
        }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let status = status_of(&error);
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %error, "the request failed");
        }
        let problem = Self::new(status, error.code());
        match error {
            AppError::Invalid(issues) => {
                Self { errors: issues.iter().map(field_problem).collect(), ..problem }
            }
            AppError::TooMany { retry_after } => problem.retry_after(retry_after),
            AppError::Store(StoreError::Busy(_)) => problem.retry_after(1),
            AppError::Store(StoreError::Unavailable(error)) => {
                tracing::error!(%error, "the database is not available");
                problem.retry_after(5)
            }
            _ => problem,
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::from(AppError::from(error))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.document())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge(self.code)));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // Where a page was asked for, the frame tells it as one.
        response.extensions_mut().insert(self);
        response
    }
}

fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
        AppError::Forbidden(_) => StatusCode::FORBIDDEN,
        AppError::Stale { .. } => StatusCode::PRECONDITION_FAILED,
        AppError::Conflict { code: ProblemCode::IdempotencyKeyReused, .. } => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        AppError::Conflict { .. } | AppError::Store(StoreError::Constraint(_)) => StatusCode::CONFLICT,
        AppError::Invalid(_) => StatusCode::BAD_REQUEST,
        AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        AppError::Store(StoreError::Busy(_) | StoreError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Store(
            StoreError::Other(_) | StoreError::Broken | StoreError::Migration(_) | StoreError::Unfit(_),
        )
        | AppError::Search(_)
        | AppError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The value given is not repeated: it may be personal, and answers are logged by proxies. The sentence of a flag is one of
/// the vacancy, which the caller reads anyway.
fn field_problem(issue: &FieldIssue) -> FieldProblem {
    FieldProblem {
        field: issue.field.clone(),
        code: issue.code,
        detail: match &issue.flag {
            Some(about) => Language::default().flag(issue.code, (about.kind, &about.sentence), about.other),
            None => Language::default().field(issue.code, issue.limit),
        },
    }
}

/// RFC 6750: no error is named when no token was given.
fn challenge(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::LoginMissing | ProblemCode::WrongLogin => "Bearer realm=\"padankerja\"",
        _ => "Bearer realm=\"padankerja\", error=\"invalid_token\"",
    }
}
