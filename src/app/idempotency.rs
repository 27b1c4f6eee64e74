//! Changing requests that are done once however often they arrive: a key of one login, bound to one request, and the
//! answer it got, kept in the transaction of the change. Headers and status codes as types are in `http::idempotency`.
//!
//! Only answers of success are kept. An error changed nothing (its transaction rolled back), so the same key may be
//! tried again. Keys are forgotten a day after they were made.
use serde::{Deserialize, Serialize};

use crate::{
    app::{App, AppError},
    domain::{codes::ProblemCode, ids::AccountId},
    store::{
        Tx,
        idempotency::{self, Begun},
    },
};

/// A key of one login, bound to one request.
#[derive(Clone, Debug)]
pub struct Key {
    /// Whose key it is.
    pub account: AccountId,
    /// The key as it was sent.
    pub key: String,
    /// Path of the request; it names the person or application, whose erasure forgets the answer.
    pub address: String,
    /// Hash of all that makes it the same request.
    pub request_hash: Vec<u8>,
}

/// What a changing request answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status of the answer, as HTTP counts them.
    pub status: u16,
    /// What is kept beside it.
    pub kept: Kept,
    /// The request was done before.
    pub replayed: bool,
}

/// The part of an answer that is stored beside its status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Version of what was changed.
    pub version: Option<i64>,
    /// Path of what was made.
    pub location: Option<String>,
    /// The body, JSON.
    pub body: String,
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
        let kept = to_json(&answer.kept)?;
        idempotency::finish(tx, self.account, &self.key, i64::from(answer.status), &kept).await?;
        Ok(answer)
    }
}

impl Answer {
    /// 200 with a body.
    pub fn ok(body: &impl Serialize) -> Result<Self, AppError> {
        Self::new(200, body)
    }

    /// 201 with a body; `location` is the path of what was made.
    pub fn created(location: String, body: &impl Serialize) -> Result<Self, AppError> {
        let mut answer = Self::new(201, body)?;
        answer.kept.location = Some(location);
        Ok(answer)
    }

    /// 202 with a body: work that goes on after the answer; `location` is where to look.
    pub fn accepted(location: String, body: &impl Serialize) -> Result<Self, AppError> {
        let mut answer = Self::new(202, body)?;
        answer.kept.location = Some(location);
        Ok(answer)
    }

    /// 204.
    pub fn nothing() -> Result<Self, AppError> {
        Ok(Self { status: 204, kept: Kept::default(), replayed: false })
    }

    /// The same answer with the object's version as its ETag.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.kept.version = Some(version);
        self
    }

    fn new(status: u16, body: &impl Serialize) -> Result<Self, AppError> {
        let kept = Kept { body: to_json(body)?, ..Kept::default() };
        Ok(Self { status, kept, replayed: false })
    }

    fn from_store(status: i64, kept: &str) -> Result<Self, AppError> {
        let damaged = || AppError::Internal(format!("a kept answer with status {status} cannot be read"));
        let code = u16::try_from(status).ok().filter(|code| (200..300).contains(code));
        let kept = serde_json::from_str(kept).map_err(|_| damaged())?;
        Ok(Self { status: code.ok_or_else(damaged)?, kept, replayed: true })
    }
}

fn to_json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value)
        .map_err(|error| AppError::Internal(format!("answer cannot be written: {error}")))
}
