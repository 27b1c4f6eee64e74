//! Writing one generation of the index. Every commit carries the payload: a commit without it would lose the watermark.
use std::{path::Path, thread, time::Duration};

use tantivy::{Index, IndexWriter, SegmentMeta, TantivyDocument, Term, indexer::LogMergePolicy};

use crate::search::{
    SearchError,
    schema::{self, Change, Fields, Payload},
};

/// Memory that documents not yet written to disk may take, bytes.
const MEMORY_BUDGET: usize = 64_000_000;

/// How often and with which pause a segment that is being merged is looked at again before a purge is given up.
const PURGE_LOOKS: u32 = 400;
const PURGE_PAUSE: Duration = Duration::from_millis(25);

/// The one writer of a generation. After an error it must be dropped and its folder opened anew: what was staged and
/// not committed is then gone, and is applied again from the watermark.
pub struct Writer {
    engine: IndexWriter<TantivyDocument>,
    fields: Fields,
    payload: Option<Payload>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("payload", &self.payload).finish_non_exhaustive()
    }
}

impl Writer {
    /// Takes the engine's lock on an opened generation. `threads` analyse text in parallel.
    pub(super) fn new(index: &Index, fields: Fields, threads: usize) -> Result<Self, SearchError> {
        let engine = index.writer_with_num_threads(threads, MEMORY_BUDGET)?;
        let mut policy = LogMergePolicy::default();
        // A commit often holds a handful of documents: eight such segments become one.
        policy.set_min_num_segments(8);
        policy.set_del_docs_ratio_before_merge(0.3);
        engine.set_merge_policy(Box::new(policy));
        Ok(Self { engine, fields, payload: read_payload(index)? })
    }

    /// Applies the changes, each id once, and commits them together with the payload. Applying them twice is harmless.
    ///
    /// # Errors
    /// When the disk or the engine refuses; nothing of it is then visible.
    pub fn apply(&mut self, changes: &[Change], payload: &Payload) -> Result<(), SearchError> {
        for change in changes {
            self.engine.delete_term(self.key_of(change));
        }
        self.add_new(changes)?;
        self.commit(payload)
    }

    /// What the last commit said; none for a fresh generation.
    pub fn payload(&self) -> Option<Payload> {
        self.payload
    }

    /// Hands documents to the engine without removing older ones of the same id; removals are passed over.
    pub(super) fn add_new(&self, changes: &[Change]) -> Result<(), SearchError> {
        for change in changes {
            let document = match change {
                Change::Profile(profile) => schema::profile_document(&self.fields, profile),
                Change::Vacancy(vacancy) => schema::vacancy_document(&self.fields, vacancy),
                Change::RemoveProfile(_) | Change::RemoveVacancy(_) => continue,
            };
            self.engine.add_document(document)?;
        }
        Ok(())
    }

    /// Makes what was staged last, and remembers up to where the outbox was applied.
    pub(super) fn commit(&mut self, payload: &Payload) -> Result<(), SearchError> {
        let text = serde_json::to_string(payload)?;
        let mut prepared = self.engine.prepare_commit()?;
        prepared.set_payload(&text);
        prepared.commit()?;
        self.payload = Some(*payload);
        Ok(())
    }

    /// Rewrites every segment that holds removed documents, so that nothing they said stays on the disk, and removes the
    /// files that are no longer used. A segment that is being merged anyway is waited for.
    ///
    /// # Errors
    /// When the disk or the engine refuses, or merges do not end within seconds.
    pub(crate) fn purge(&mut self) -> Result<(), SearchError> {
        let mut outcome = Ok(());
        for _ in 0..PURGE_LOOKS {
            let metas = self.engine.index().searchable_segment_metas()?;
            let stale: Vec<_> = metas.iter().filter(|meta| meta.has_deletes()).map(SegmentMeta::id).collect();
            if stale.is_empty() {
                self.engine.garbage_collect_files().wait()?;
                return Ok(());
            }
            outcome = stale.iter().try_for_each(|id| self.engine.merge(&[*id]).wait().map(|_| ()));
            if outcome.is_err() {
                thread::sleep(PURGE_PAUSE);
            }
        }
        Ok(outcome?)
    }

    /// Waits for running merges and lets go of the generation.
    pub fn finish(self) -> Result<(), SearchError> {
        self.engine.wait_merging_threads()?;
        Ok(())
    }

    fn key_of(&self, change: &Change) -> Term {
        match change {
            Change::Profile(profile) => schema::profile_key(&self.fields, profile.person),
            Change::Vacancy(vacancy) => schema::vacancy_key(&self.fields, vacancy.vacancy),
            Change::RemoveProfile(person) => schema::profile_key(&self.fields, *person),
            Change::RemoveVacancy(vacancy) => schema::vacancy_key(&self.fields, *vacancy),
        }
    }
}

/// The payload of the last commit; an unreadable one counts as none, so that the index is built anew.
pub(super) fn read_payload(index: &Index) -> Result<Option<Payload>, SearchError> {
    let metas = index.load_metas()?;
    Ok(metas.payload.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Opens or makes the engine's index in a folder, with our analyzer registered.
pub(super) fn open_engine(folder: &Path, fresh: bool) -> Result<(Index, Fields), SearchError> {
    let (schema, fields) = schema::build();
    let index = if fresh { Index::create_in_dir(folder, schema)? } else { Index::open_in_dir(folder)? };
    let analyzer = tantivy::tokenizer::TextAnalyzer::builder(super::analyzer::Analyzer).build();
    index.tokenizers().register(super::analyzer::NAME, analyzer);
    Ok((index, fields))
}
