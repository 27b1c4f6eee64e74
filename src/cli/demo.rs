//! `padankerja demo`: a small invented regency with half a year behind it, then the service with demo logins.
use std::{
    fs::{DirBuilder, File},
    io,
    net::SocketAddr,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Instant,
};

use chrono::Datelike;
use tokio::net::TcpListener;

use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        accounts::activation::{self, Slip},
        indexing::Indexer,
    },
    cli::{self, Fault, Outcome, output, past, presence},
    config::Config,
    domain::{application::State, message::Office},
    store::{
        accounts,
        applications::{self, Filter, Scope},
        db::Keeping,
    },
    transact,
    words::cli::service as words,
};

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Contoh: padankerja demo --no-serve\nSetiap kali dijalankan, data contoh dibuat dari awal di folder sendiri,\nlengkap dengan setengah tahun kegiatan dinas."
)]
pub struct Args {
    /// Selesai setelah menampilkan hasil, tanpa menjalankan layanan
    #[arg(long)]
    no_serve: bool,
    /// Porta layanan di 127.0.0.1 (0: porta bebas)
    #[arg(long, value_name = "PORTA", default_value_t = 8080)]
    port: u16,
    /// Jumlah orang contoh
    #[arg(long, value_name = "JUMLAH", default_value_t = 1_200, value_parser = clap::value_parser!(u32).range(16..=500_000))]
    people: u32,
    /// Angka pengacak: angka yang sama pada hari yang sama memberi riwayat yang sama
    #[arg(long, value_name = "ANGKA", default_value_t = 1)]
    seed: u64,
}

/// Months of its past.
const MONTHS: u32 = 6;

/// Of so many who are asked the last one is offered to whoever tries the service.
const ASKED: i64 = 200;

/// Folder of the demo inside the data folder.
const FOLDER: &str = "demo";

impl Args {
    /// The demo keeps to a folder of its own: settings that point there. Database and keys lie where `--data-dir` alone
    /// finds them again.
    pub(super) fn settings(data_dir: Option<&PathBuf>) -> Vec<(&'static str, String)> {
        let folder = data_dir.cloned().unwrap_or_else(|| PathBuf::from("data")).join(FOLDER);
        vec![
            ("database_url", format!("sqlite://{}", folder.join("padankerja.db").display())),
            ("keys_file", folder.join("keys.json").display().to_string()),
            ("data_dir", folder.display().to_string()),
            ("log", "warn".to_owned()),
        ]
    }
}

/// The demo's folder while it is used, empty at first. The lock goes with the process, whatever ends it.
struct Place {
    _lock: File,
}

impl Place {
    /// Takes the folder and empties it, unless a demo or another process works there.
    fn take(folder: &Path) -> Result<Self, Fault> {
        let told = |error: io::Error| Fault::Usage(words::folder_unusable(folder, &error));
        if let Some(above) = folder.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(above).map_err(told)?;
        }
        let lock = folder.with_extension("lock");
        let lock =
            File::options().create(true).truncate(false).write(true).mode(0o600).open(lock).map_err(told)?;
        let beside = folder.join("padankerja.db.lock");
        let other = beside.exists() && !presence::Presence::at(&beside).map_err(told)?.is_alone();
        if lock.try_lock().is_err() || other {
            return Err(Fault::Usage(words::demo_runs(folder)));
        }
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(told)?;
        }
        DirBuilder::new().mode(0o700).create(folder).map_err(told)?;
        Ok(Self { _lock: lock })
    }
}

/// Lives half a year, shows the first run as soon as there is one, then indexes and serves. The port is taken first: nothing is
/// made for a service that cannot listen.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let started = Instant::now();
    let listener = if args.no_serve { None } else { Some(listen(args.port).await?) };
    let folder = config.data_dir.clone();
    let place =
        tokio::task::spawn_blocking(move || Place::take(&folder)).await.map_err(io::Error::other)??;
    let mut app = cli::open_keeping(config, Keeping::Quickly).await?;
    let address = match &listener {
        Some(listener) => Some(format!("http://{}", listener.local_addr()?)),
        None => None,
    };
    let phone = Some(config.office.phone.clone()).filter(|phone| !phone.is_empty());
    app.office = Arc::new(Office {
        phone: phone.unwrap_or_else(|| words::OFFICE_PHONE.to_owned()),
        address: config.office.address.clone().or_else(|| address.clone()),
        ..config.office.clone()
    });
    let asked = past::Asked { people: args.people, months: MONTHS, seed: args.seed, since: Some(started) };
    past::make(&app, config, &asked).await?;
    let indexer = Indexer::open(&app, &config.data_dir.join("index"), cli::indexing_bar()).await?;
    let Some(listener) = listener else {
        output::line(&words::next_commands(&config.data_dir, true))?;
        app.db.close().await;
        return Ok(ExitCode::SUCCESS);
    };
    output::line(&words::next_commands(&config.data_dir, false))?;
    output::line(&words::listening(listener.local_addr()?))?;
    if let Some(slip) = slip_of_somebody_asked(&app).await? {
        let year = slip.person.birth_date.year();
        let start = format!("{}/aktivasi", address.unwrap_or_default());
        output::line(&words::try_as_resident(&start, &slip.person.name, &slip.code.in_fours(), year))?;
    }
    let way = cli::serve::Way { trusted_proxies: config.trusted_proxies.clone(), post: cli::post(config)? };
    cli::serve::serve(app, listener, None, Arc::new(indexer), way).await?;
    drop(place);
    Ok(ExitCode::SUCCESS)
}

/// A one-time code for somebody without a login who is asked whether they want to work: whoever tries the service walks as them.
async fn slip_of_somebody_asked(app: &App) -> Result<Option<Slip>, AppError> {
    let mut tx = app.db.read().await?;
    let asked = Filter { state: Some(State::Confirmed), ..Filter::default() };
    let cards = applications::cards(&mut tx, &Scope::Office, &asked, None, ASKED).await?;
    // Whoever has most time left: what is over by now is taken back while they are looking.
    let mut waiting: Vec<_> =
        cards.into_iter().filter_map(|card| Some((card.application.deadline?, card))).collect();
    waiting.retain(|(deadline, _)| *deadline > app.clock.today());
    waiting.sort_by_key(|(deadline, card)| (std::cmp::Reverse(*deadline), card.application.id));
    let mut found = None;
    for (_, card) in waiting {
        if accounts::holders(&mut tx, card.application.person_id).await?.is_empty() {
            found = Some(card.application.person_id);
            break;
        }
    }
    tx.rollback().await?;
    let Some(person) = found else { return Ok(None) };
    let by = Acting::terminal();
    let slip = transact!(app, tx => activation::issue(app, tx, &by, person, true).await)?;
    Ok(Some(slip))
}

async fn listen(port: u16) -> Result<TcpListener, Fault> {
    let bound = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await;
    bound.map_err(|error| Fault::Usage(words::port_taken(port, &error)))
}
