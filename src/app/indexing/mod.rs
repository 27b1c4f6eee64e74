//! Keeps the search index in step with the database. The outbox says what changed; the changed rows are read in the
//! same transaction as the outbox, so that a document is never older than the watermark it is committed with. Whenever
//! the index may not be what the database says it is built anew. What a document holds is in `documents`, how it is kept
//! in `search`. The same changes go into the roster beside the index (`app::indexing::roster`), which lives in memory only: it is
//! filled during a rebuild, or by the running task after an index was opened from disk.
//!
//! On PostgreSQL transactions do not commit in the order of their ids. Everything that is visible is applied at once, but
//! the watermark only moves up to the oldest transaction still running (anywhere on the server): what that one commits
//! later is found above the watermark. What was applied above it is remembered, and applied again after a restart.
mod build;
pub mod documents;
pub mod roster;
mod rows;
pub mod view;

use std::{collections::HashSet, future::Future, path::Path, pin::pin, sync::Arc, time::Duration};

use tokio::sync::{Mutex, Notify};
use uuid::Uuid;

use self::{build::build, rows::Item, view::View};
use crate::{
    app::{
        App, AppError,
        indexing::roster::{Mark, Roster},
        system,
    },
    domain::ids::PersonId,
    search::{
        self, SearchError,
        home::{self, Home},
        reader::Reader,
        schema::Payload,
        writer::Writer,
    },
    store::{
        Tx,
        index_feed::{self, Entry},
    },
    transact,
};

/// How often the outbox is looked at when nobody calls.
const POLL: Duration = Duration::from_millis(500);
/// The longest pause after failures.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// After so many looks that moved the position but found nothing, the position is committed all the same (5 minutes), so
/// that an idle index does not fall behind the pruned outbox.
const IDLE_LOOKS: u32 = 600;
/// How far behind this process's own index the outbox is kept, in positions (entries on SQLite, transactions on
/// PostgreSQL). A replica whose index is older than that builds it anew.
pub const KEEP_POSITIONS: i64 = 500_000;
/// The shortest time between two looks, so that a stream of changes is applied in batches.
const BREATH: Duration = Duration::from_millis(20);

/// Called during a rebuild with documents done and documents in all.
pub type Progress = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// Joins the store and the one index folder that this process writes.
pub struct Indexer {
    home: Arc<Home>,
    progress: Progress,
    inner: Mutex<Inner>,
    view: View,
    wake: Notify,
}

/// What only one task at a time may touch.
struct Inner {
    /// None after a failure: the folder is then opened anew before the next change.
    writer: Option<Writer>,
    /// The outbox was applied below this; ahead of the last commit when there was nothing to write.
    position: i64,
    /// Entries (`seq`) at or above the position that were applied: their transactions ended before older ones did.
    ahead: Arc<HashSet<i64>>,
    idle_looks: u32,
    /// Up to which id the roster was filled with those who were there before.
    filled: Filled,
}

/// How far the roster was filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filled {
    UpTo(Option<PersonId>),
    Wholly,
}

/// An index that was just opened or built.
struct Opened {
    writer: Writer,
    reader: Reader,
}

/// Who the store is and what of its outbox can be read, as of one transaction.
#[derive(Clone, Copy, Debug)]
struct Standing {
    store_id: Uuid,
    restore_epoch: i64,
    pruned_to: i64,
    horizon: i64,
}

/// Why an index is built anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    MissingOrDamaged,
    OtherStore,
    RestoredStore,
    PrunedOutbox,
    AheadOfStore,
    Asked,
}

impl From<SearchError> for AppError {
    fn from(error: SearchError) -> Self {
        Self::Search(error.to_string())
    }
}

/// A progress callback that reports to nobody.
pub fn silent() -> Progress {
    Arc::new(|_done, _total| {})
}

/// A reader for a command: brings the index in `dir` up to date when no service does, else looks into what the running
/// service keeps.
pub async fn reader(app: &App, dir: &Path, progress: Progress) -> Result<Reader, AppError> {
    let fingerprint = search::fingerprint();
    match Home::claim(dir, &fingerprint) {
        Ok(home) => Ok(Indexer::in_home(app, home, progress).await?.reader()),
        Err(SearchError::Busy(folder)) => home::peek(dir, &fingerprint)?.ok_or_else(|| {
            AppError::Search(format!("index folder {} is still being built", folder.display()))
        }),
        Err(error) => Err(error.into()),
    }
}

/// As `reader`, with an empty roster beside it: everybody found is then judged from the database.
pub async fn view(app: &App, dir: &Path, progress: Progress) -> Result<View, AppError> {
    let reader = reader(app, dir, progress).await?;
    // In this order: what is seen is then at least as new as what the payload says.
    let payload = reader.payload()?.ok_or_else(|| AppError::Search("the index has no payload".to_owned()))?;
    reader.refresh()?;
    Ok(View::new(reader, Roster::empty(Mark::at(payload))))
}

/// Applies the outbox until `shutdown`: every half second, or at once after `Indexer::wake`. Failures are logged and
/// tried again with growing pauses; the service goes on with the index as it is.
pub async fn run(app: App, indexer: Arc<Indexer>, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    let mut pause = POLL;
    loop {
        let failed = indexer.look(&app).await;
        tokio::time::sleep(BREATH).await;
        pause = if failed { (pause * 2).min(LONGEST_PAUSE) } else { POLL };
        tokio::select! {
            () = &mut shutdown => break,
            () = indexer.wake.notified(), if !failed => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    if let Err(error) = indexer.settle(&app).await {
        tracing::warn!(%error, "the search index was not brought up to date at the end; it will be at the next start");
    }
}

impl Indexer {
    /// Claims and opens the index in `dir`, builds it anew when it is missing, damaged, another store's, or older than
    /// the pruned outbox, and applies what the outbox holds. A store without a name gets one.
    ///
    /// # Errors
    /// When another process writes there (give each replica a directory of its own), or database or disk fail.
    pub async fn open(app: &App, dir: &Path, progress: Progress) -> Result<Self, AppError> {
        let dir = dir.to_owned();
        let home = blocking(move || Home::claim(&dir, &search::fingerprint())).await?;
        Self::in_home(app, home, progress).await
    }

    /// The present index. Ask for it anew for every request: a rebuild puts another one in its place.
    pub fn reader(&self) -> Reader {
        self.view.reader()
    }

    /// Index and roster as they are now and will be: it follows rebuilds.
    pub fn view(&self) -> View {
        self.view.clone()
    }

    /// Fills the roster with everybody, page by page; until that is done, those it lacks are judged from the database.
    /// The running task does it by itself.
    pub async fn fill_roster(&self, app: &App) -> Result<(), AppError> {
        while self.fill_page(app).await? {}
        Ok(())
    }

    /// Lets the background task look at once, after a change was committed.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Applies what the outbox holds; tells how many vacancies and people were looked at (all of them after a rebuild).
    pub async fn catch_up(&self, app: &App) -> Result<usize, AppError> {
        let mut inner = self.inner.lock().await;
        self.advance(app, &mut inner, false).await
    }

    /// Like `catch_up`, and commits the position even when nothing changed: before the process ends.
    pub async fn settle(&self, app: &App) -> Result<usize, AppError> {
        let mut inner = self.inner.lock().await;
        self.advance(app, &mut inner, true).await
    }

    /// Builds the index anew from the database; readers see the old one until it is done. Tells how many objects.
    pub async fn rebuild(&self, app: &App) -> Result<usize, AppError> {
        let mut inner = self.inner.lock().await;
        self.replace(app, &mut inner, Doubt::Asked).await
    }

    /// How many outbox entries index and roster have not seen yet.
    pub async fn waiting(&self, app: &App) -> Result<u64, AppError> {
        let Mark { payload, ahead } = self.view.mark();
        let mut tx = app.db.read().await?;
        let entries = index_feed::between(&mut tx, payload.watermark, i64::MAX).await?;
        tx.rollback().await?;
        let fresh = entries.iter().filter(|entry| !ahead.contains(&entry.seq)).count();
        Ok(u64::try_from(fresh).unwrap_or(u64::MAX))
    }

    /// Drops outbox entries more than `keep` positions behind the last commit of this index; tells how many. Other
    /// replicas are not asked: one that is further behind builds its index anew.
    pub async fn prune(&self, app: &App, keep: i64) -> Result<u64, AppError> {
        let committed = self.inner.lock().await.writer.as_ref().and_then(Writer::payload);
        let position = committed.map_or(0, |payload| payload.watermark.saturating_sub(keep.max(0)));
        if position <= 0 {
            return Ok(0);
        }
        transact!(app, tx => Ok(index_feed::prune(tx, position).await?))
    }

    async fn in_home(app: &App, home: Home, progress: Progress) -> Result<Self, AppError> {
        name_store(app).await?;
        let home = Arc::new(home);
        let (opened, roster, filled) = match reopen(&home).await? {
            Some(opened) => {
                let roster = Roster::empty(Mark::at(opened.payload()?));
                (opened, roster, Filled::UpTo(None))
            }
            None => {
                let built = build(app, &home, &progress, Doubt::MissingOrDamaged).await?;
                (built.opened, built.roster, Filled::Wholly)
            }
        };
        let inner = Inner::at(opened.payload()?.watermark, opened.writer, filled);
        let view = View::new(opened.reader, roster);
        let indexer = Self { home, progress, inner: Mutex::new(inner), view, wake: Notify::new() };
        indexer.catch_up(app).await?;
        Ok(indexer)
    }

    /// One round of the background task; tells whether something failed.
    async fn look(&self, app: &App) -> bool {
        let caught_up = self.catch_up(app).await.map(|_looked_at| ());
        let filled = self.fill_roster(app).await;
        match caught_up.and(filled) {
            Ok(()) => false,
            Err(error) => {
                tracing::error!(%error, "the search index is behind; trying again");
                true
            }
        }
    }

    async fn advance(&self, app: &App, inner: &mut Inner, even_if_idle: bool) -> Result<usize, AppError> {
        if inner.writer.is_none() {
            let Some(opened) = reopen(&self.home).await? else {
                return self.replace(app, inner, Doubt::MissingOrDamaged).await;
            };
            self.install(inner, opened)?;
        }
        let mut tx = app.db.read().await?;
        let standing = Standing::read(&mut tx).await?;
        let payload = inner.writer.as_ref().and_then(Writer::payload);
        if let Some(doubt) = standing.doubt(payload, inner.position) {
            tx.rollback().await?;
            return self.replace(app, inner, doubt).await;
        }
        let entries = index_feed::between(&mut tx, inner.position, i64::MAX).await?;
        let (ahead, fresh) = inner.sort_out(entries, standing.horizon);
        let items = rows::named_by(&mut tx, &fresh).await?;
        tx.rollback().await?;
        let moved = payload.is_none_or(|payload| payload.watermark < standing.horizon);
        inner.idle_looks = if moved { inner.idle_looks.saturating_add(1) } else { 0 };
        let due = moved && (even_if_idle || inner.idle_looks >= IDLE_LOOKS);
        let looked_at = items.len();
        if looked_at > 0 || due {
            self.apply(inner, items, standing.payload()).await?;
        }
        (inner.position, inner.ahead) = (standing.horizon, Arc::new(ahead));
        let mark = Mark { payload: standing.payload(), ahead: Arc::clone(&inner.ahead) };
        self.view.change(|roster| roster.set_mark(mark));
        Ok(looked_at)
    }

    /// Applies and commits. The writer is put back only after success: after a failure the folder is opened anew.
    async fn apply(&self, inner: &mut Inner, items: Vec<Item>, payload: Payload) -> Result<(), AppError> {
        let Some(mut writer) = inner.writer.take() else {
            return Err(AppError::Search("no index is open for writing".to_owned()));
        };
        let (view, home) = (self.view(), Arc::clone(&self.home));
        let writer = blocking(move || {
            let (changes, seats): (Vec<_>, Vec<_>) = items.iter().map(Item::digest).unzip();
            writer.apply(&changes, &payload)?;
            if items.iter().any(|item| matches!(item, Item::NoPerson(_))) {
                // Somebody was erased: a removed document's words must not stay on the disk until a merge comes along.
                writer.purge()?;
            }
            home.keep_private();
            view.reader().refresh()?;
            view.change(|roster| seats.into_iter().flatten().for_each(|seat| seat.settle(roster)));
            Ok(writer)
        })
        .await?;
        (inner.writer, inner.idle_looks) = (Some(writer), 0);
        Ok(())
    }

    async fn replace(&self, app: &App, inner: &mut Inner, doubt: Doubt) -> Result<usize, AppError> {
        inner.writer = None;
        let built = build(app, &self.home, &self.progress, doubt).await?;
        let payload = built.opened.payload()?;
        self.view.install(built.opened.reader, |roster| *roster = built.roster);
        *inner = Inner::at(payload.watermark, built.opened.writer, Filled::Wholly);
        Ok(built.documents)
    }

    /// Goes on with an index that was opened anew. What the roster knows beyond its payload stays; it is applied again.
    fn install(&self, inner: &mut Inner, opened: Opened) -> Result<(), AppError> {
        let payload = opened.payload()?;
        self.view.install(opened.reader, |roster| roster.set_mark(Mark::at(payload)));
        *inner = Inner::at(payload.watermark, opened.writer, inner.filled);
        Ok(())
    }

    /// Fills in the next people; tells whether there may be more. Nothing is applied meanwhile, so that an older state
    /// never takes the place of a newer one.
    async fn fill_page(&self, app: &App) -> Result<bool, AppError> {
        let mut inner = self.inner.lock().await;
        let Filled::UpTo(after) = inner.filled else { return Ok(false) };
        let mut tx = app.db.read().await?;
        let page = rows::page(&mut tx, after).await?;
        tx.rollback().await?;
        let Some((last, items)) = page else {
            inner.filled = Filled::Wholly;
            return Ok(false);
        };
        let view = self.view();
        blocking(move || {
            let seats: Vec<_> = items.iter().filter_map(|item| item.digest().1).collect();
            view.change(|roster| seats.into_iter().for_each(|seat| seat.settle(roster)));
            Ok(())
        })
        .await?;
        inner.filled = Filled::UpTo(Some(last));
        Ok(true)
    }
}

impl Inner {
    fn at(position: i64, writer: Writer, filled: Filled) -> Self {
        Self { writer: Some(writer), position, ahead: Arc::default(), idle_looks: 0, filled }
    }

    /// From all visible entries: those to be remembered because they are at or above the horizon, and those that were
    /// not applied yet.
    fn sort_out(&self, entries: Vec<Entry>, horizon: i64) -> (HashSet<i64>, Vec<Entry>) {
        let place = |entry: &Entry| if entry.txid > 0 { entry.txid } else { entry.seq };
        let ahead = entries.iter().filter(|entry| place(entry) >= horizon).map(|entry| entry.seq).collect();
        let fresh = entries.into_iter().filter(|entry| !self.ahead.contains(&entry.seq)).collect();
        (ahead, fresh)
    }
}

impl Opened {
    fn payload(&self) -> Result<Payload, AppError> {
        self.writer.payload().ok_or_else(|| AppError::Search("the index has no payload".to_owned()))
    }
}

impl Standing {
    async fn read(tx: &mut Tx) -> Result<Self, AppError> {
        let (store_id, restore_epoch) = index_feed::identity(tx)
            .await?
            .ok_or_else(|| AppError::Internal("the store has no name".to_owned()))?;
        let horizon = index_feed::horizon(tx).await?;
        Ok(Self { store_id, restore_epoch, pruned_to: index_feed::pruned_to(tx).await?, horizon })
    }

    fn payload(&self) -> Payload {
        Payload { store_id: self.store_id, restore_epoch: self.restore_epoch, watermark: self.horizon }
    }

    /// Whether an index with this payload, applied up to `position`, can be brought up to date; if not, why.
    fn doubt(&self, payload: Option<Payload>, position: i64) -> Option<Doubt> {
        let Some(payload) = payload else {
            return Some(Doubt::MissingOrDamaged);
        };
        let doubts = [
            (payload.store_id != self.store_id, Doubt::OtherStore),
            (payload.restore_epoch != self.restore_epoch, Doubt::RestoredStore),
            (position < self.pruned_to, Doubt::PrunedOutbox),
            // A database that was put back by hand: what the index knows may never have happened.
            (position > self.horizon, Doubt::AheadOfStore),
        ];
        doubts.into_iter().find(|(holds, _)| *holds).map(|(_, doubt)| doubt)
    }
}

/// None when there is no index or none that can be trusted.
async fn reopen(home: &Arc<Home>) -> Result<Option<Opened>, AppError> {
    let home = Arc::clone(home);
    blocking(move || match home.open() {
        Ok(opened) => Ok(opened.map(|(writer, reader)| Opened { writer, reader })),
        Err(error @ SearchError::Damaged { .. }) => {
            tracing::warn!(%error, "the search index cannot be trusted");
            Ok(None)
        }
        Err(error) => Err(error),
    })
    .await
}

async fn name_store(app: &App) -> Result<(), AppError> {
    let mut tx = app.db.read().await?;
    let identity = index_feed::identity(&mut tx).await?;
    tx.rollback().await?;
    if identity.is_none() {
        let id: Uuid = system::fresh();
        transact!(app, tx => Ok(index_feed::name_store(tx, id).await?))?;
    }
    Ok(())
}

/// Work on files and text, off the threads that serve requests.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, AppError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => Ok(outcome?),
        Err(error) => Err(AppError::Internal(format!("indexing stopped: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_doubted_for_each_reason() {
        let store_id = Uuid::from_u128(1);
        let standing = Standing { store_id, restore_epoch: 2, pruned_to: 10, horizon: 20 };
        let payload = Payload { store_id, restore_epoch: 2, watermark: 15 };
        assert_eq!(standing.doubt(Some(payload), 10), None);
        assert_eq!(standing.doubt(Some(payload), 20), None);
        assert_eq!(standing.doubt(None, 15), Some(Doubt::MissingOrDamaged));
        let other = Payload { store_id: Uuid::from_u128(2), ..payload };
        assert_eq!(standing.doubt(Some(other), 15), Some(Doubt::OtherStore));
        let restored = Payload { restore_epoch: 1, ..payload };
        assert_eq!(standing.doubt(Some(restored), 15), Some(Doubt::RestoredStore));
        assert_eq!(standing.doubt(Some(payload), 9), Some(Doubt::PrunedOutbox));
        assert_eq!(standing.doubt(Some(payload), 21), Some(Doubt::AheadOfStore));
    }
}
