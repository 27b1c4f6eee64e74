//! What a search looks into: the index and the roster beside it, kept at one position of the outbox.
use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
};

use super::rows;
use crate::{
    app::{
        AppError,
        indexing::roster::{Mark, Question, Rated, Roster},
    },
    domain::ids::PersonId,
    search::reader::Reader,
    store::{Tx, index_feed},
};

/// The index and the roster of one process. Clones share both.
///
/// The index is never older than the roster's mark: whatever either of them does not know yet is named by the outbox
/// from that mark on.
#[derive(Clone, Debug)]
pub struct View {
    // Locked after `roster`, never before it.
    reader: Arc<RwLock<Reader>>,
    roster: Arc<RwLock<Roster>>,
}

impl View {
    pub(super) fn new(reader: Reader, roster: Roster) -> Self {
        Self { reader: Arc::new(RwLock::new(reader)), roster: Arc::new(RwLock::new(roster)) }
    }

    /// The present index.
    pub fn reader(&self) -> Reader {
        self.reader.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Rates everybody who shares a concept with the vacancy, and tells as of which mark.
    pub fn rate(&self, question: &Question<'_>) -> Result<(Rated, Mark), AppError> {
        // Held until the index was read, so that neither moves on alone.
        let roster = self.roster.read().unwrap_or_else(PoisonError::into_inner);
        let sharing = self.reader().all_profiles_sharing(&question.opening.concepts)?;
        Ok((roster.rate(sharing, question), roster.mark().clone()))
    }

    /// As of which mark index and roster are.
    pub fn mark(&self) -> Mark {
        self.roster.read().unwrap_or_else(PoisonError::into_inner).mark().clone()
    }

    /// How many people the roster holds.
    pub fn roster_size(&self) -> usize {
        self.roster.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Changes the roster; nobody rates meanwhile.
    pub(super) fn change(&self, change: impl FnOnce(&mut Roster)) {
        change(&mut self.roster.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Puts another index in place of the present one, together with what the change does to the roster.
    pub(super) fn install(&self, reader: Reader, change: impl FnOnce(&mut Roster)) {
        self.change(|roster| {
            *self.reader.write().unwrap_or_else(PoisonError::into_inner) = reader;
            change(roster);
        });
    }
}

/// The people of whom index and roster may not know everything that this transaction sees. The transaction must have
/// begun after the mark was taken.
///
/// # Errors
/// When the mark is of another store, or of before a restore, or older than the outbox: then nothing can be said until
/// the index is built anew, which the indexer does at its next look.
pub async fn changed_since(tx: &mut Tx, mark: &Mark) -> Result<HashSet<PersonId>, AppError> {
    let Mark { payload, ahead } = mark;
    let origin = index_feed::origin(tx).await?;
    let holds = origin.is_some_and(|(store_id, restore_epoch, pruned_to)| {
        (store_id, restore_epoch) == (payload.store_id, payload.restore_epoch)
            && pruned_to <= payload.watermark
    });
    if !holds {
        return Err(AppError::Search("the index does not follow this database yet; try again".to_owned()));
    }
    let entries = index_feed::between(tx, payload.watermark, i64::MAX).await?;
    let fresh: Vec<_> = entries.into_iter().filter(|entry| !ahead.contains(&entry.seq)).collect();
    Ok(rows::named(&fresh)?.0.into_iter().collect())
}
