//! `padankerja serve`: the service until it is told to stop. What it answers is in `http`.
use std::{net::SocketAddr, process::ExitCode, sync::Arc};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{
    app::{
        App,
        auth::Auth,
        clockwork,
        indexing::{self, Indexer},
    },
    cli::{self, Fault, Outcome},
    config::Config,
    http::{self, state::AppState},
};

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to listen, instead of what the settings say
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

/// Opens the database, listens, and serves until SIGTERM or SIGINT; running requests are answered first.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let app = cli::open(config).await?;
    let listener = TcpListener::bind(args.listen.unwrap_or(config.listen)).await?;
    let indexer = Indexer::open(&app, &config.data_dir.join("index"), cli::indexing_bar()).await?;
    serve(app, listener, Arc::new(indexer)).await?;
    Ok(ExitCode::SUCCESS)
}

/// Serves on a bound socket until told to stop; the index follows the database and the clock's work is done meanwhile.
/// Then closes the database.
pub async fn serve(app: App, listener: TcpListener, indexer: Arc<Indexer>) -> Result<(), Fault> {
    let (ended, mut end) = watch::channel(());
    let follow = tokio::spawn(indexing::run(app.clone(), indexer, async move {
        let _closed = end.changed().await;
    }));
    let clockwork = tokio::spawn(clockwork::run(app.clone()));
    let state = AppState { auth: Auth::new(&app.keys)?, app: app.clone() };
    let stop = stop_signal()?;
    tracing::info!(address = %listener.local_addr()?, database = app.db.kind(), "listening");
    axum::serve(listener, http::router(state)).with_graceful_shutdown(stop).await?;
    drop(ended);
    clockwork.abort();
    let _ended = follow.await;
    app.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Ready at the first SIGTERM or SIGINT. The handlers are installed at once, so that no early signal is lost.
fn stop_signal() -> Result<impl Future<Output = ()>, Fault> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: running requests are answered first");
    })
}
