//! The one error of the application. http renders it as problem+json, cli as a sentence; the code is stable.
use serde::Serialize;
use thiserror::Error;

/// How the database fails: what is told of it is decided with the other errors.
pub use crate::store::StoreError;

use crate::domain::{
    codes::{FieldCode, ProblemCode},
    flag::FlagKind,
};

/// One field that cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldIssue {
    /// The field as the API names it (`seats`, `closes_on`).
    pub field: String,
    /// Stable code (`zero_seats`, `unknown_village`).
    pub code: FieldCode,
    /// The value that was given.
    pub value: String,
    /// Most characters, where the text is longer.
    pub limit: Option<usize>,
    /// The flag it is about, where an officer's reason is asked for.
    pub flag: Option<FlagIssue>,
}

/// A flag whose reason cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlagIssue {
    /// What it is about.
    pub kind: FlagKind,
    /// The sentence of the ad that caused it; the caller may read it in the vacancy.
    pub sentence: String,
    /// The other flag, where one text was given for both.
    pub other: Option<FlagKind>,
}

impl FieldIssue {
    /// A field, what is wrong with it, and the value given.
    pub fn new(field: &str, code: FieldCode, value: impl ToString) -> Self {
        Self { field: field.to_owned(), code, value: value.to_string(), limit: None, flag: None }
    }

    /// A text that is longer than its field takes.
    pub fn too_long(field: &str, most: usize) -> Self {
        Self { limit: Some(most), ..Self::new(field, FieldCode::TooLong, "") }
    }
}

/// Why a use case did not happen. Nothing of it was written.
#[derive(Debug, Error)]
pub enum AppError {
    /// No such object, or none this caller may know of: the two are never told apart.
    #[error("not found")]
    NotFound,
    /// Not logged in, or the login no longer holds.
    #[error("not authenticated: {0}")]
    Unauthenticated(ProblemCode),
    /// Logged in, but the role or right does not allow this kind of action.
    #[error("not allowed: {0}")]
    Forbidden(ProblemCode),
    /// The object changed since the caller looked at it.
    #[error("version {given} is stale, the present one is {present}")]
    Stale {
        /// Version the caller had.
        given: i64,
        /// Version in the database.
        present: i64,
    },
    /// The object's state does not allow this now; the code says which rule.
    #[error("{code}: {detail}")]
    Conflict {
        /// Stable code of the rule (`wrong_state`, `no_slot_free`).
        code: ProblemCode,
        /// What was found.
        detail: String,
    },
    /// Fields that cannot be accepted, all of them at once.
    #[error("{} field(s) cannot be accepted", .0.len())]
    Invalid(Vec<FieldIssue>),
    /// Too many tries; come back later.
    #[error("too many attempts")]
    TooMany {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// The database or index failed or is busy.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The search index failed.
    #[error("search index: {0}")]
    Search(String),
    /// A fault of the program or its machine (disk, keys).
    #[error("internal: {0}")]
    Internal(String),
}

impl From<FieldIssue> for AppError {
    fn from(issue: FieldIssue) -> Self {
        Self::Invalid(vec![issue])
    }
}

impl AppError {
    /// A rule of the workflow refused.
    pub fn conflict(code: ProblemCode, detail: impl ToString) -> Self {
        Self::Conflict { code, detail: detail.to_string() }
    }

    /// One field refused.
    pub fn field(field: &str, code: FieldCode, value: impl ToString) -> Self {
        Self::Invalid(vec![FieldIssue::new(field, code, value)])
    }

    /// One text that is longer than its field takes.
    pub fn too_long(field: &str, most: usize) -> Self {
        Self::Invalid(vec![FieldIssue::too_long(field, most)])
    }

    /// Whether the same transaction may succeed when tried again at once.
    pub fn may_be_retried(&self) -> bool {
        matches!(self, Self::Store(StoreError::Busy(_)))
    }

    /// The stable code told to callers.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::NotFound => ProblemCode::NotFound,
            Self::Unauthenticated(code) | Self::Forbidden(code) => *code,
            Self::Stale { .. } => ProblemCode::StaleVersion,
            Self::Conflict { code, .. } => *code,
            Self::Invalid(_) => ProblemCode::InvalidFields,
            Self::TooMany { .. } => ProblemCode::TooManyAttempts,
            Self::Store(StoreError::Busy(_)) => ProblemCode::Busy,
            Self::Store(StoreError::Unavailable(_)) => ProblemCode::Unavailable,
            Self::Store(StoreError::Constraint(_)) => ProblemCode::LimitReached,
            Self::Store(_) | Self::Search(_) | Self::Internal(_) => ProblemCode::Internal,
        }
    }
}

impl From<crate::matching::problem::solve::SolveError> for AppError {
    fn from(error: crate::matching::problem::solve::SolveError) -> Self {
        Self::Internal(error.to_string())
    }
}
