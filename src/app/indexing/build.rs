//! A fresh index, and the roster beside it, from everything the database holds at one moment. Rows are read page by page
//! while two threads make documents of those before, so that memory does not grow with the number of people.
use std::{
    panic,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use tokio::sync::mpsc;

use super::{
    Doubt, Opened, Progress, Standing, blocking,
    rows::{self, Item},
};
use crate::{
    app::{
        App, AppError,
        indexing::roster::{Mark, Roster},
    },
    search::{
        SearchError,
        home::{Draft, Home},
    },
    store::{Tx, people},
};

/// Documents handed over between two reports of progress.
const CHUNK: usize = 1_000;
/// Pages read ahead of those being digested.
const PAGES_AHEAD: usize = 2;
/// Threads of the search engine during a rebuild, besides the two that read profiles.
const BUILDING_THREADS: usize = 2;

/// What a rebuild gives.
pub(super) struct Built {
    /// The index.
    pub(super) opened: Opened,
    /// Everybody in it.
    pub(super) roster: Roster,
    /// How many objects were read.
    pub(super) documents: usize,
}

/// A page of rows, or the word that all pages were sent.
type Page = Option<Vec<Item>>;

/// Reads everything in one transaction and makes a fresh index of it.
pub(super) async fn build(
    app: &App,
    home: &Arc<Home>,
    progress: &Progress,
    doubt: Doubt,
) -> Result<Built, AppError> {
    tracing::info!(?doubt, "building the search index from the database");
    let mut tx = app.db.read().await?;
    let payload = Standing::read(&mut tx).await?.payload();
    let vacancies = rows::open_vacancies(&mut tx).await?;
    let people = people::count(&mut tx).await?;
    let total = usize::try_from(people).unwrap_or_default() + vacancies.len();
    let (pages, coming) = mpsc::channel(PAGES_AHEAD);
    let (home, progress) = (Arc::clone(home), Arc::clone(progress));
    let filling = tokio::spawn(blocking(move || {
        let draft = home.draft(BUILDING_THREADS)?;
        let roster = Roster::empty(Mark::at(payload));
        let Some(roster) = fill(&draft, roster, coming, &|done| progress(done, total))? else {
            return Ok(None);
        };
        let (writer, reader) = home.publish(draft, &payload)?;
        progress(total, total);
        Ok(Some(Built { opened: Opened { writer, reader }, roster, documents: total }))
    }));
    let fed = feed(&mut tx, vacancies, pages).await;
    let built = filling.await.map_err(|error| AppError::Internal(format!("indexing stopped: {error}")))??;
    fed?;
    tx.rollback().await?;
    built.ok_or_else(|| AppError::Internal("the rebuild ended before its rows".to_owned()))
}

/// Sends all rows. When nobody takes them any more, the other side tells why.
async fn feed(tx: &mut Tx, mut vacancies: Vec<Item>, pages: mpsc::Sender<Page>) -> Result<(), AppError> {
    while !vacancies.is_empty() {
        let rest = vacancies.split_off(vacancies.len().min(CHUNK));
        if pages.send(Some(std::mem::replace(&mut vacancies, rest))).await.is_err() {
            return Ok(());
        }
    }
    let mut after = None;
    while let Some((last, items)) = rows::page(tx, after).await? {
        if pages.send(Some(items)).await.is_err() {
            return Ok(());
        }
        after = Some(last);
    }
    let _nobody_takes_it = pages.send(None).await;
    Ok(())
}

/// Reads the texts on two threads: that is most of the work of a rebuild. None when the pages ended too early.
fn fill(
    draft: &Draft,
    roster: Roster,
    coming: mpsc::Receiver<Page>,
    report: &(dyn Fn(usize) + Sync),
) -> Result<Option<Roster>, SearchError> {
    let (coming, roster) = (Mutex::new(coming), Mutex::new(roster));
    let (done, complete) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = || {
        loop {
            let page = coming.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
            let items = match page {
                Some(Some(items)) => items,
                Some(None) => {
                    complete.store(true, Ordering::Relaxed);
                    return Ok(());
                }
                None => return Ok(()),
            };
            report(done.fetch_add(items.len(), Ordering::Relaxed));
            let (changes, seats): (Vec<_>, Vec<_>) = items.iter().map(Item::digest).unzip();
            draft.add(&changes)?;
            let mut roster = roster.lock().unwrap_or_else(PoisonError::into_inner);
            seats.into_iter().flatten().for_each(|seat| seat.settle(&mut roster));
        }
    };
    thread::scope(|scope| {
        let second = scope.spawn(work);
        let first: Result<(), SearchError> = work();
        first.and(second.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked)))
    })?;
    let roster = roster.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(complete.into_inner().then_some(roster))
}
