//! `padankerja serve`: the service until it is told to stop. What it answers is in `http`.
use std::{
    net::{IpAddr, SocketAddr},
    process::ExitCode,
    sync::Arc,
};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

use crate::{
    app::{
        App,
        accounts::auth::Auth,
        indexing::{self, Indexer},
        jobs,
        messages::sending::Post,
        runs,
    },
    cli::{self, Fault, Outcome},
    config::Config,
    http::{
        self,
        metrics::{self, Metrics},
        state::AppState,
    },
    words::cli::service,
};

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Alamat dan porta; bawaan dari konfigurasi
    #[arg(long, value_name = "ALAMAT:PORTA")]
    listen: Option<SocketAddr>,
}

/// How requests come in, and messages out.
#[derive(Debug, Default)]
pub struct Way {
    /// Proxies that tell truly where a request came from.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where messages leave.
    pub post: Post,
}

/// Opens the database, brings the index up to date, listens, and serves until SIGTERM or SIGINT.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let address = args.listen.unwrap_or(config.listen);
    let listener = bind(address).await?;
    let figures = match config.metrics_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    if config.public_url.as_deref().is_some_and(|address| address.starts_with("http://")) {
        tracing::warn!("public_url is not https: the cookie of a login is sent unencrypted");
    }
    let app = cli::open(config).await?;
    let indexer = Indexer::open(&app, &config.data_dir.join("index"), cli::indexing_bar()).await?;
    let way = Way { trusted_proxies: config.trusted_proxies.clone(), post: cli::post(config)? };
    serve(app, listener, figures, Arc::new(indexer), way).await?;
    Ok(ExitCode::SUCCESS)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Fault> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| Fault::Usage(service::address_taken(address, &error)))
}

/// Serves on a bound socket, and figures about it on another one if given, until told to stop: running requests are
/// answered first (they have 30 seconds), then the index is settled and the database closed.
pub async fn serve(
    app: App,
    listener: TcpListener,
    figures: Option<TcpListener>,
    indexer: Arc<Indexer>,
    way: Way,
) -> Result<(), Fault> {
    // Nothing is counted where nobody asks: what was measured waits in memory until it is summed up.
    let metrics = if figures.is_some() { Some(Arc::new(Metrics::new()?)) } else { None };
    let state = AppState {
        auth: Auth::new(&app.keys)?,
        app: app.clone(),
        indexer: Arc::clone(&indexer),
        gaps: Arc::default(),
        trusted_proxies: way.trusted_proxies.into(),
        metrics,
    };
    let stop = stop_signal()?;
    let background = Background::start(&app, indexer, way.post, stop.clone());
    if let Some(figures) = figures {
        tell_address("metrics", &figures)?;
        tokio::spawn(metrics::serve(figures, state.clone(), stopped(stop.clone())));
    }
    tell_address(app.db.kind(), &listener)?;
    let served = axum::serve(listener, http::service(state)).with_graceful_shutdown(stopped(stop)).await;
    background.end().await;
    leave(&app).await;
    Ok(served?)
}

fn tell_address(what: &str, listener: &TcpListener) -> Result<(), Fault> {
    tracing::info!(address = %listener.local_addr()?, what, "listening");
    Ok(())
}

/// Own match runs are given up, so that nobody waits for their lease; the database is closed.
async fn leave(app: &App) {
    if let Err(error) = runs::give_up_own(app).await {
        tracing::warn!(%error, "match runs were left running; the next start or the end of their lease ends them");
    }
    app.db.close().await;
}

/// What goes on beside the answering of requests.
struct Background {
    follow: JoinHandle<()>,
    jobs: JoinHandle<()>,
}

impl Background {
    fn start(app: &App, indexer: Arc<Indexer>, post: Post, stop: watch::Receiver<bool>) -> Self {
        Self {
            jobs: tokio::spawn(jobs::run(jobs::Resources {
                app: app.clone(),
                indexer: Some(Arc::clone(&indexer)),
                post: Arc::new(post),
            })),
            follow: tokio::spawn(indexing::run(app.clone(), indexer, stopped(stop))),
        }
    }

    /// A transaction that is cut short rolls back and its work is found again at the next start; the index is settled.
    async fn end(self) {
        self.jobs.abort();
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
