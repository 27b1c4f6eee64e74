//! `padankerja demo`: a small invented regency, from nothing to proposals with reasons, then the service with demo logins.
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

use tokio::net::TcpListener;

use crate::{
    app::{
        App, AppError,
        access::{Right, Role, acting::Acting},
        accounts::{self, NewAccount, password},
        exchange::import,
        indexing::Indexer,
        policies,
        runs::{computing::Request, publish},
        system,
    },
    cli::{self, Fault, Outcome, output, presence},
    config::Config,
    domain::ids::{EmployerId, OrganisationId, PersonId},
    sample,
    store::{Tx, applications, organisations::OrganisationKind, people, vacancies},
    transact,
    words::cli::service as words,
};

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Contoh: padankerja demo --no-serve\nSetiap kali dijalankan, data contoh dibuat dari awal di folder sendiri."
)]
pub struct Args {
    /// Selesai setelah menampilkan hasil, tanpa menjalankan layanan
    #[arg(long)]
    no_serve: bool,
    /// Porta layanan di 127.0.0.1 (0: porta bebas)
    #[arg(long, value_name = "PORTA", default_value_t = 8080)]
    port: u16,
    /// Jumlah orang contoh
    #[arg(long, value_name = "JUMLAH", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(16..=500_000))]
    people: u32,
}

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

/// Fills, indexes, matches, shows, serves. The port is taken first: nothing is filled for a service that cannot listen.
pub async fn run(args: Args, config: &Config) -> Outcome {
    let started = Instant::now();
    let listener = if args.no_serve { None } else { Some(listen(args.port).await?) };
    let folder = config.data_dir.clone();
    let place =
        tokio::task::spawn_blocking(move || Place::take(&folder)).await.map_err(io::Error::other)??;
    let app = cli::open(config).await?;
    fill(&app, args.people).await?;
    let indexer = Indexer::open(&app, &config.data_dir.join("index"), cli::indexing_bar()).await?;
    let request = Request {
        policy: policies::policy(&app, policies::DEFAULT_POLICY).await?,
        as_of: app.clock.today(),
        seed: 1,
        started_by: None,
    };
    let (run, summary) = cli::matching::watch(&app, &request).await?;
    cli::matching::show(&app, run, &summary, 12).await?;
    output::line(&words::first_result(started.elapsed().as_secs_f64()))?;
    let published = publish::publish(&app, &Acting::terminal(), run).await?;
    output::line(&words::published(published.created))?;
    output::line(&words::next_steps(published.next_steps, published.without_step))?;
    let Some(listener) = listener else {
        output::line(&words::next_commands(&config.data_dir, true))?;
        app.db.close().await;
        return Ok(ExitCode::SUCCESS);
    };
    logins(&app).await?;
    output::line(&words::next_commands(&config.data_dir, false))?;
    output::line(&words::listening(listener.local_addr()?))?;
    let way = cli::serve::Way { trusted_proxies: config.trusted_proxies.clone(), post: cli::post(config)? };
    cli::serve::serve(app, listener, None, Arc::new(indexer), way).await?;
    drop(place);
    Ok(ExitCode::SUCCESS)
}

async fn listen(port: u16) -> Result<TcpListener, Fault> {
    let bound = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await;
    bound.map_err(|error| Fault::Usage(words::port_taken(port, &error)))
}

/// Employers, vacancies and people, all through the use cases that files and forms go through.
async fn fill(app: &App, people: u32) -> Result<(), Fault> {
    let params = sample::SampleParams { people, ..sample::SampleParams::standard(app.clock.today()) };
    let made = sample::believable::regency(&params);
    let total = made.employers.len() + made.vacancies.len() + made.people.len();
    let bar = output::bar(u64::try_from(total).unwrap_or(0), words::FILLING);
    transact!(app, tx => {
        import::regency(app, tx, &made, &|| bar.inc(1)).await
    })?;
    bar.finish_and_clear();
    output::line(&words::regency(made.employers.len(), made.vacancies.len(), made.people.len()))?;
    Ok(())
}

/// Makes one login of each kind and prints them.
async fn logins(app: &App) -> Result<(), Fault> {
    let password = system::hex(&system::random::<5>()?);
    let hash = password::hash_now(&password)?;
    let made = transact!(app, tx => {
        let places = Places::find(app, tx).await?;
        let mut made = Vec::new();
        for (login, role, rights) in [
            ("petugas", Role::Staff, Right::ALL),
            ("pengawas", Role::Supervisor, &[]),
            ("pabrik", Role::Employer, &[]),
            ("pencaker", Role::Trainee, &[]),
            ("pendamping", Role::Companion, &[]),
            ("dinsos", Role::Agency, &[]),
        ] {
            let account = places.account(login, role, rights, &hash);
            accounts::create(app, tx, &Acting::terminal(), &account).await?;
            made.push((login, role));
        }
        Ok(made)
    })?;
    for (login, role) in made {
        output::line(&words::login(login, &password, role.as_str()))?;
    }
    Ok(())
}

/// What the demo logins belong to.
struct Places {
    office: OrganisationId,
    agency: OrganisationId,
    village: OrganisationId,
    employer: EmployerId,
    person: PersonId,
}

impl Places {
    /// The employer with the most seats; the person with the best proposal there; that person's village.
    async fn find(app: &App, tx: &mut Tx) -> Result<Self, AppError> {
        let open = vacancies::in_state(tx, crate::domain::vacancy::State::Open).await?;
        let largest = open.iter().max_by_key(|v| v.seats).ok_or(AppError::NotFound)?;
        let scope = applications::Scope::Office;
        let filter = applications::Filter { vacancy: Some(largest.id), ..applications::Filter::default() };
        let first = applications::cards(tx, &scope, &filter, None, 1).await?;
        let person = first.first().map(|card| card.application.person_id).ok_or(AppError::NotFound)?;
        let home = people::find(tx, &people::Scope::Office, person).await?.and_then(|p| p.village);
        let village = home.or_else(|| largest.village.clone());
        let labour = accounts::create_organisation(
            app,
            tx,
            "Disperinaker (contoh)",
            OrganisationKind::LabourOffice,
            None,
        );
        let labour = labour.await?;
        let agency =
            accounts::create_organisation(app, tx, "Dinas Sosial (contoh)", OrganisationKind::Agency, None);
        let agency = agency.await?;
        let home =
            accounts::create_organisation(app, tx, "Desa (contoh)", OrganisationKind::Village, village)
                .await?;
        Ok(Self { office: labour, agency, village: home, employer: largest.employer_id, person })
    }

    fn account(&self, login: &str, role: Role, rights: &[Right], password_hash: &str) -> NewAccount {
        let organisation = match role {
            Role::Staff | Role::Supervisor => Some(self.office),
            Role::Agency => Some(self.agency),
            Role::Companion => Some(self.village),
            Role::Trainee | Role::Employer | Role::Administrator => None,
        };
        NewAccount {
            login: login.to_owned(),
            password_hash: password_hash.to_owned(),
            role,
            organisation,
            employer: (role == Role::Employer).then_some(self.employer),
            rights: rights.to_vec(),
            people: if role == Role::Trainee { vec![self.person] } else { Vec::new() },
        }
    }
}
