//! The outbox is cut far behind the index of the replica that does it; another one that is further behind builds its
//! index anew.
use super::{Outcome, Resources};
use crate::app::{AppError, indexing};

pub(super) async fn run(on: &Resources) -> Result<Outcome, AppError> {
    let Some(indexer) = &on.indexer else { return Ok(Outcome::default()) };
    Ok(Outcome::of(indexer.prune(&on.app, indexing::KEEP_POSITIONS).await?))
}
