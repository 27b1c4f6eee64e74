//! Counts the statements that some work runs, from the trace events of `store::statement`. Beginnings and ends of
//! transactions are none.
use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use tracing::{
    Dispatch, Event, Metadata, Subscriber,
    span::{Attributes, Id, Record},
};

#[derive(Clone, Default)]
struct Count(Arc<AtomicU64>);

impl Subscriber for Count {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "padankerja::statement"
    }

    fn new_span(&self, _span: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, _values: &Record<'_>) {}

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, _event: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

/// A listener that is always there, beside the one that counts.
static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Count::default()));

/// What the work gave and how many statements ran on this thread meanwhile: on a runtime of one thread, those of the work
/// and of every task it left them to.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, u64) {
    let count = Count::default();
    let listening = tracing::subscriber::set_default(count.clone());
    // Where one listener alone is known, whoever meets an event first decides for all whether it is listened to: another test,
    // that listens to nothing, may have.
    LazyLock::force(&SECOND);
    tracing::callsite::rebuild_interest_cache();
    let done = work.await;
    drop(listening);
    (done, count.0.load(Ordering::Relaxed))
}
