//! Use cases: one function, one transaction; the only layer that joins store, search, matching and files. A use case
//! takes a capability from `access` (only a loaded session can make one), or the `Acting` made from it, and returns plain
//! data or an `AppError`.
pub mod access;
pub mod accounts;
pub mod announcing;
pub mod applications;
pub mod audit;
pub mod browse;
pub mod calendar;
pub mod candidates;
pub mod classes;
pub mod companions;
pub mod complaints;
pub mod employers;
pub mod error;
pub mod exchange;
pub mod finding;
pub mod idempotency;
pub mod indexing;
pub mod interests;
pub mod jobs;
pub mod keys;
pub mod letters;
pub mod messages;
pub mod next_steps;
pub mod once;
pub mod overview;
pub(crate) mod own_words;
pub mod people;
pub mod policies;
pub mod readings;
pub mod reasons;
pub mod runs;
pub mod status;
pub mod status_codes;
pub mod system;
pub mod vacancies;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use error::AppError;

/// Whether a request is in the middle of a statement, for whoever may give it up.
pub use crate::store::db::AT_WORK;

use crate::{
    domain::{clock::Clock, message::Office},
    store::{Db, Tx},
};

/// What every use case needs: the database and the time.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Keys that never enter the database.
    pub keys: Arc<keys::Keys>,
    /// Rules of the workflow.
    pub rules: Arc<applications::workflow::Rules>,
    /// In whose name messages go out.
    pub office: Arc<Office>,
}

/// How often a transaction is tried in all.
const TRIES: u32 = 5;

/// The last item of the page before: when it was made, and which it is.
pub type After<Id> = Option<(DateTime<Utc>, Id)>;

/// Runs a body in one writing transaction; a serialization failure, deadlock or busy database is tried again (five
/// times in all, with a growing pause), everything else rolls back. The body is an async block using `$tx: &mut Tx`.
#[macro_export]
macro_rules! transact {
    ($app:expr, $tx:ident => $body:expr) => {{
        let mut attempt = 0_u32;
        loop {
            let mut transaction = $app.db.write().await?;
            let outcome: Result<_, $crate::app::AppError> = {
                let $tx = &mut transaction;
                async { $body }.await
            };
            attempt += 1;
            if let Some(settled) = $crate::app::settle(transaction, outcome, attempt).await {
                break settled;
            }
        }
    }};
}

/// Ends a transaction by its outcome; `None` when it is to be tried again.
pub async fn settle<T>(tx: Tx, outcome: Result<T, AppError>, attempt: u32) -> Option<Result<T, AppError>> {
    let settled = match outcome {
        Ok(value) => tx.commit().await.map(|()| value).map_err(AppError::from),
        Err(error) => {
            // A connection that cannot roll back is closed: there is nothing else to do about it.
            let _rolled_back = tx.rollback().await;
            Err(error)
        }
    };
    match settled {
        Err(error) if error.may_be_retried() && attempt < TRIES => {
            system::pause(attempt).await;
            None
        }
        settled => Some(settled),
    }
}
