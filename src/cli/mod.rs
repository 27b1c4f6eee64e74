//! The command line: one file per command. Words for people are in Bahasa Indonesia; `--json` is for programs. Exit codes:
//! 0 done, 1 failed, 2 wrong use or input refused (nothing was written), 3 unhealthy (`health`, `doctor`).
pub mod applications;
pub mod assign;
pub mod audit;
pub mod calendar;
pub mod checks;
pub mod class;
pub mod code_slip;
pub mod compare;
pub mod complaints;
pub mod completions;
pub mod demo;
pub mod doctor;
pub mod evaluate;
pub mod explain;
pub mod fault;
mod frame;
pub mod gap;
pub mod health;
pub mod import;
pub mod interests;
pub mod matching;
pub mod messages;
pub mod modes;
pub mod next_steps;
pub mod nominations;
pub mod openapi;
pub mod output;
mod past;
pub mod people;
pub mod person;
pub mod presence;
pub mod rank;
pub mod read;
pub mod reindex;
pub mod runs;
pub mod sample;
pub mod serve;
pub mod short;
pub mod table;
pub mod undated;
pub mod unknown;
pub mod user;
pub mod vacancies;
pub mod values;
mod worklist;

use std::{ffi::OsString, path::PathBuf, process::ExitCode, sync::Arc};

use clap::{FromArgMatches, Parser, Subcommand, error::ErrorKind};
use thiserror::Error;

use crate::{
    app::{
        App, AppError,
        applications::workflow,
        keys,
        messages::sending::{self, Post},
        runs::computing::end_all,
        system,
    },
    config::{self, Config, Flags, Mistakes},
    store::{Db, StoreError, db::Keeping},
    words::cli::{service, usage},
};

/// Penempatan tenaga kerja untuk dinas tenaga kerja kabupaten/kota.
#[derive(Debug, Parser)]
#[command(name = "padankerja", version, about = usage::PROGRAM, max_term_width = 100, after_help = usage::EXAMPLES)]
struct Cli {
    /// Berkas konfigurasi (bawaan: padankerja.toml bila ada)
    #[arg(long, global = true, value_name = "BERKAS")]
    config: Option<PathBuf>,
    /// Basis data: sqlite://data/padankerja.db atau postgres://..
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Folder data (basis data bawaan, kunci, indeks)
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Jalankan layanan
    Serve(serve::Args),
    /// Kabupaten contoh: isi, padankan, tampilkan, layani
    Demo(demo::Args),
    /// Tulis data contoh sebagai berkas jsonl
    Sample(sample::Args),
    /// Masukkan pemberi kerja, lowongan atau orang dari berkas
    Import(import::Args),
    #[command(flatten)]
    Matching(Matching),
    #[command(flatten)]
    Reading(Reading),
    /// Bangun ulang indeks pencarian
    Reindex(reindex::Args),
    /// Akun pengguna
    User(user::Args),
    /// Segel catatan audit dan periksa bahwa tidak ada yang diubah
    Audit(audit::Args),
    /// Hari libur kantor: dasar hitungan hari kerja dan tenggat
    Calendar(calendar::Args),
    #[command(flatten)]
    Listing(Listing),
    #[command(flatten)]
    Residents(Residents),
    /// Periksa disk, izin berkas, kunci, basis data, indeks, cadangan dan tugas berkala
    Doctor(doctor::Args),
    /// Tanyakan apakah layanan siap (untuk pemeriksa kesehatan)
    Health(health::Args),
    /// Tulis dokumen OpenAPI
    Openapi(openapi::Args),
    /// Tulis skrip pelengkap untuk shell
    Completions(completions::Args),
}

/// About match runs and what they propose.
#[derive(Debug, Subcommand)]
enum Matching {
    /// Jalankan proses pemadanan
    Match(matching::Args),
    /// Daftar proses pemadanan
    Runs(runs::Args),
    /// Terbitkan usulan sebuah proses sebagai lamaran
    Publish(runs::PublishArgs),
    /// Buktikan kembali hasil sebuah proses dari angka yang tersimpan
    Replay(runs::ReplayArgs),
    /// Bandingkan akibat dua kebijakan; tidak menerbitkan apa pun
    Compare(compare::Args),
    /// Siapa yang diusulkan di antara yang layak: jenis kelamin, disabilitas, kecamatan, desil
    Fairness(compare::FairnessArgs),
    /// Siapa yang desilnya belum diketahui: daftar kerja, yang paling perlu lebih dahulu
    UnknownDesil(unknown::Args),
    /// Apa yang kurang: bagi seseorang, pada sebuah lowongan, dan kelas pelatihan yang perlu dibuka
    Gap(gap::Args),
    /// Urutkan orang untuk sebuah lowongan atau teks iklan
    Rank(rank::Args),
    /// Jelaskan sebuah lamaran atau pasangan orang dan lowongan
    Explain(explain::Args),
}

/// About one resident or a class of them.
#[derive(Debug, Subcommand)]
enum Residents {
    /// Angkatan pelatihan: peserta, hasil
    Class(class::Args),
    /// Kode sekali pakai di atas kertas, untuk memulai akun warga
    CodeSlip(code_slip::Args),
    /// Data seorang warga
    Person(person::Args),
    /// Warga yang diusulkan kantor lain lewat NIK: daftar, catat, terima, tolak
    Nominations(nominations::Args),
}

/// What there is.
#[derive(Debug, Subcommand)]
enum Listing {
    /// Daftar warga, dengan saringan
    People(people::Args),
    /// Daftar lowongan, dengan saringan
    Vacancies(vacancies::Args),
    /// Daftar lamaran, dengan saringan
    Applications(applications::Args),
    /// Langkah berikutnya bagi warga: yang mengurus dan batasnya; catat hasilnya
    NextSteps(next_steps::Args),
    /// Pesan kepada warga, pemberi kerja dan kantor: yang menunggu, yang gagal
    Messages(messages::Args),
    /// Pengaduan: daftar, baca, tangani, tutup
    Complaints(complaints::Args),
    /// Minat tanpa akun: siapa yang ditelepon dan sampai kapan; catat hasilnya
    Interests(interests::Args),
    /// Bukti yang tanggalnya tidak pernah diisi: daftar untuk diperiksa
    UndatedEvidence(undated::Args),
}

/// Without a database.
#[derive(Debug, Subcommand)]
enum Reading {
    /// Selesaikan masalah penugasan dari dua berkas CSV
    Assign(assign::Args),
    /// Ukur mutu pencocokan pada himpunan uji (tata letak BEIR)
    Evaluate(evaluate::Args),
    /// Beri kode KBJI pada judul jabatan, satu per baris
    Code(read::CodeArgs),
    /// Tampilkan apa yang terbaca dari sebuah iklan
    Read(read::Args),
}

/// Why a command failed.
#[derive(Debug, Error)]
pub enum Fault {
    /// The application refused or failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// Wrong use of the command, or input that is refused.
    #[error("{0}")]
    Usage(String),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Somebody pressed Ctrl-C.
    #[error("cancelled")]
    Cancelled,
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] Mistakes),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// What a command answers.
pub type Outcome = Result<ExitCode, Fault>;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    answer(std::env::args_os().collect())
}

/// Runs the command that these arguments ask for, the name of the program first.
pub fn answer(arguments: Vec<OsString>) -> ExitCode {
    let mut command = command();
    let arguments = frame::asked(arguments);
    let parsed = command.try_get_matches_from_mut(arguments);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return misused(&error.format(&mut command)),
    };
    let cli = match cli.without_database() {
        Ok(command) => return ended(about_reading(command)),
        Err(cli) => *cli,
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report(&Fault::Io(error)),
    };
    ended(runtime.block_on(run(cli)))
}

fn ended(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(code) => code,
        Err(fault) => report(&fault),
    }
}

impl Cli {
    /// The commands that read files and answer, for which nothing is opened, configured or waited for.
    fn without_database(self) -> Result<Reading, Box<Self>> {
        match self.command {
            Command::Reading(command) => Ok(command),
            command => Err(Box::new(Self { command, ..self })),
        }
    }
}

async fn run(cli: Cli) -> Outcome {
    let mut values: Vec<(&'static str, String)> = Vec::new();
    if let Command::Demo(_) = &cli.command {
        values.extend(demo::Args::settings(cli.data_dir.as_ref()));
    } else if let Some(folder) = &cli.data_dir {
        values.push(("data_dir", folder.display().to_string()));
    }
    if let Some(url) = &cli.database_url {
        values.push(("database_url", url.clone()));
    }
    let config = Config::load(&Flags { file: cli.config, values })?;
    start_log(&config, matches!(cli.command, Command::Serve(_) | Command::Demo(_)));
    match cli.command {
        Command::Serve(args) => serve::run(args, &config).await,
        Command::Demo(args) => demo::run(args, &config).await,
        Command::Sample(args) => sample::run(args, &config).await,
        Command::Import(args) => import::run(args, &config).await,
        Command::Reindex(args) => reindex::run(args, &config).await,
        Command::User(args) => user::run(args, &config).await,
        Command::Audit(args) => audit::run(args, &config).await,
        Command::Calendar(args) => calendar::run(args, &config).await,
        Command::Listing(command) => about_listing(command, &config).await,
        Command::Residents(command) => about_residents(command, &config).await,
        Command::Doctor(args) => doctor::run(args, &config).await,
        Command::Health(args) => health::run(args, &config).await,
        Command::Openapi(args) => openapi::run(args, &config).await,
        Command::Completions(args) => completions::run(&args),
        Command::Matching(command) => about_matching(command, &config).await,
        Command::Reading(command) => about_reading(command),
    }
}

async fn about_matching(command: Matching, config: &Config) -> Outcome {
    match command {
        Matching::Match(args) => matching::run(args, config).await,
        Matching::Runs(args) => runs::run(args, config).await,
        Matching::Publish(args) => runs::publish(args, config).await,
        Matching::Replay(args) => runs::replay(args, config).await,
        Matching::Compare(args) => compare::run(args, config).await,
        Matching::Fairness(args) => compare::fairness(args, config).await,
        Matching::UnknownDesil(args) => unknown::run(args, config).await,
        Matching::Gap(args) => gap::run(args, config).await,
        Matching::Rank(args) => rank::run(args, config).await,
        Matching::Explain(args) => explain::run(args, config).await,
    }
}

async fn about_listing(command: Listing, config: &Config) -> Outcome {
    match command {
        Listing::People(args) => people::run(args, config).await,
        Listing::Vacancies(args) => vacancies::run(args, config).await,
        Listing::Applications(args) => applications::run(args, config).await,
        Listing::NextSteps(args) => next_steps::run(args, config).await,
        Listing::Messages(args) => messages::run(args, config).await,
        Listing::Complaints(args) => complaints::run(args, config).await,
        Listing::Interests(args) => interests::run(args, config).await,
        Listing::UndatedEvidence(args) => undated::run(args, config).await,
    }
}

async fn about_residents(command: Residents, config: &Config) -> Outcome {
    match command {
        Residents::Class(args) => class::run(args, config).await,
        Residents::CodeSlip(args) => code_slip::run(args, config).await,
        Residents::Person(args) => person::run(args, config).await,
        Residents::Nominations(args) => nominations::run(args, config).await,
    }
}

fn about_reading(command: Reading) -> Outcome {
    match command {
        Reading::Assign(args) => assign::run(&args),
        Reading::Evaluate(args) => evaluate::run(&args),
        Reading::Code(args) => read::code(&args),
        Reading::Read(args) => read::run(&args),
    }
}

/// The command line itself, for completions and tests.
pub(crate) fn command() -> clap::Command {
    frame::framed(<Cli as clap::CommandFactory>::command())
}

/// Opens what is there, and makes nothing: for commands that have nothing to do where nothing is. Without its key file a
/// database is read with keys that open nothing of it.
pub async fn open_present(config: &Config) -> Result<App, Fault> {
    if !Db::is_there(&config.database_url).await? {
        return Err(Fault::Usage(service::nothing_there(&config::without_password(&config.database_url))));
    }
    if config.keys_file.exists() {
        return open(config).await;
    }
    output::note(&service::no_keys(&config.keys_file));
    open_with(config, keys::Keys::ephemeral()?, Keeping::Surely).await
}

/// Opens the application, and makes it where there is none.
pub async fn open(config: &Config) -> Result<App, Fault> {
    open_keeping(config, Keeping::Surely).await
}

/// The same, for what can be made again.
pub(crate) async fn open_keeping(config: &Config, keeping: Keeping) -> Result<App, Fault> {
    let whole = config.clone();
    let keys = tokio::task::spawn_blocking(move || -> Result<keys::Keys, Fault> {
        modes::tighten(&whole);
        modes::make_folder(&whole.keys_file)?;
        Ok(keys::Keys::load_or_create(&whole.keys_file)?)
    });
    let keys = keys.await.map_err(std::io::Error::other)??;
    open_with(config, keys, keeping).await
}

/// A process that is alone with an SQLite file ends the match runs that another one left behind.
async fn open_with(config: &Config, keys: keys::Keys, keeping: Keeping) -> Result<App, Fault> {
    let presence = presence::enter(&config.database_url).await;
    let app = App {
        db: Db::open_keeping(&config.database_url, keeping).await?,
        clock: Arc::new(system::SystemClock),
        keys: Arc::new(keys),
        rules: Arc::new(workflow::Rules::default()),
        office: Arc::new(config.office.clone()),
    };
    if let Some(presence) = presence {
        if presence.is_alone() {
            end_all(&app).await?;
        }
        presence.stay();
    }
    Ok(app)
}

/// Where messages leave.
pub(crate) fn post(config: &Config) -> Result<Post, Fault> {
    let given = &config.post;
    let settings = sending::Settings {
        mail_url: given.mail_url.as_deref(),
        mail_from: given.mail_from.as_deref(),
        office_mail: given.office_mail.as_deref(),
        gateway_url: given.gateway_url.as_deref(),
        gateway_key: given.gateway_key.as_deref(),
    };
    Post::new(settings).map_err(|error| Fault::Usage(service::post_unusable(error).to_owned()))
}

/// A bar for building the index.
pub(crate) fn indexing_bar() -> crate::app::indexing::Progress {
    let bar = output::bar(0, service::INDEXING);
    Arc::new(move |done, all| {
        bar.set_length(u64::try_from(all).unwrap_or(0));
        bar.set_position(u64::try_from(done).unwrap_or(0));
        if done == all {
            bar.finish_and_clear();
        }
    })
}

/// The service tells what it does; a command answers, and speaks up besides only where something is wrong. Whoever sets a
/// filter decides.
fn start_log(config: &Config, is_service: bool) {
    let usual = if is_service { "info,sqlx=warn" } else { "warn" };
    let asked = config.log.clone().or_else(|| std::env::var("RUST_LOG").ok());
    let filter = asked.filter(|filter| !filter.is_empty()).unwrap_or_else(|| usual.to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(filter)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    // Colours are for eyes: in a file or a container's log they are noise.
    let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let _already_set = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_terminal)
        .with_writer(std::io::stderr)
        .try_init();
}

/// Help and version are asked for; anything else is wrong use.
fn misused(error: &clap::Error) -> ExitCode {
    let help = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if error.use_stderr() && error.kind() != help {
        output::complain(&frame::complaint(error));
    } else {
        let _closed = error.print();
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

fn report(fault: &Fault) -> ExitCode {
    // Whoever read the output (`| head`) has read enough: that is nobody's fault.
    if !matches!(fault, Fault::Io(error) if error.kind() == std::io::ErrorKind::BrokenPipe) {
        output::complain(&fault::sentence(fault));
    }
    match fault {
        Fault::Usage(_) | Fault::Settings(_) | Fault::App(AppError::Invalid(_) | AppError::NotFound) => {
            ExitCode::from(2)
        }
        Fault::App(_) | Fault::Io(_) | Fault::Cancelled => ExitCode::from(1),
    }
}
