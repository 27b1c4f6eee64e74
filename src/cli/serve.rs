//! `padankerja serve`: the service until it is told to stop. What it answers is in `http`.
use std::{net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

use crate::{
    app::{
        App,
        auth::{self, Auth},
        clockwork,
        indexing::{self, Indexer},
    },
    cli::{self, Fault, Outcome},
    config::Config,
    http::{self, state::AppState},
    words::cli::service as words,
};

/// How often what is no longer needed is forgotten.
const HOUSEKEEPING: Duration = Duration::from_mins(10);

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Alamat dan porta; bawaan dari konfigurasi
    #[arg(long, value_name = "ALAMAT:PORTA")]
    listen: Option<SocketAddr>,
}

/// Opens the database, brings the index up to date, listens, and serves until SIGTERM or SIGINT.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let address = args.listen.unwrap_or(config.listen);
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Fault::Usage(words::address_taken(address, error)))?;
    let app = cli::open(config).await?;
    let indexer = Indexer::open(&app, &config.data_dir.join("index"), cli::indexing_bar()).await?;
    serve(app, listener, Arc::new(indexer)).await?;
    Ok(ExitCode::SUCCESS)
}

/// Serves on a bound socket until told to stop: running requests are answered first (they have 30 seconds), then the
/// index is settled and the database closed.
pub async fn serve(app: App, listener: TcpListener, indexer: Arc<Indexer>) -> Result<(), Fault> {
    let state = AppState {
        auth: Auth::new(&app.keys)?,
        app: app.clone(),
        indexer: Arc::clone(&indexer),
        gaps: Arc::default(),
    };
    let stop = stop_signal()?;
    let background = Background::start(&app, indexer, stop.clone());
    tracing::info!(address = %listener.local_addr()?, database = app.db.kind(), "listening");
    let served = axum::serve(listener, http::router(state)).with_graceful_shutdown(stopped(stop)).await;
    background.end().await;
    app.db.close().await;
    Ok(served?)
}

/// What goes on beside the answering of requests.
struct Background {
    follow: JoinHandle<()>,
    clock: JoinHandle<()>,
    house: JoinHandle<()>,
}

impl Background {
    fn start(app: &App, indexer: Arc<Indexer>, stop: watch::Receiver<bool>) -> Self {
        Self {
            follow: tokio::spawn(indexing::run(app.clone(), indexer, stopped(stop))),
            clock: tokio::spawn(clockwork::run(app.clone())),
            house: tokio::spawn(keep_house(app.clone())),
        }
    }

    /// A transaction that is cut short rolls back and its work is found again at the next start; the index is settled.
    async fn end(self) {
        self.clock.abort();
        self.house.abort();
        if let Err(error) = self.follow.await {
            tracing::error!(%error, "the index was not settled");
        }
    }
}

/// Turns true at the first SIGTERM or SIGINT. The handlers are installed at once, so that no early signal is lost.
fn stop_signal() -> Result<watch::Receiver<bool>, Fault> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: running requests are answered first");
        tell.send_replace(true);
    });
    Ok(told)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone, and the process with it.
    let _told = stop.wait_for(|stopping| *stopping).await;
}

/// Forgets now and then what is no longer needed, until dropped. A failure is logged; the next round tries again.
async fn keep_house(app: App) {
    loop {
        if let Err(error) = auth::forget_expired(&app).await {
            tracing::warn!(%error, "expired tokens and keys could not be forgotten");
        }
        tokio::time::sleep(HOUSEKEEPING).await;
    }
}
