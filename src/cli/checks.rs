//! What `doctor` looks at, one function a check; what is said about it is in `words::cli::doctor`.
use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use crate::{
    app::{App, jobs, keys, overview},
    cli::{Fault, fault, modes},
    config::Config,
    domain::message::Delivery,
    search::{self, home},
    store::{Tx, applications, holidays, index_feed, messages, overview::PeopleFilter},
    words::cli::doctor::{self as words, Finding},
};

/// How many people's NIKs are tried with the keys.
const TRIED: usize = 20;
/// A job that is due for so long is late.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Folder of backups inside the data folder.
const BACKUPS: &str = "backup";

/// Room on the disk of the data folder.
pub fn disk(config: &Config) -> Finding {
    let folder = &config.data_dir;
    let at = if folder.exists() { folder.as_path() } else { Path::new(".") };
    match rustix::fs::statvfs(at) {
        Ok(found) => words::disk(
            folder,
            found.f_bavail.saturating_mul(found.f_frsize),
            found.f_blocks.saturating_mul(found.f_frsize),
        ),
        Err(_) => words::disk_unknown(folder),
    }
}

/// Whether limits by address work. An address for people beside a service that listens on this machine only, or one with
/// encryption, which the service does not speak, means that a proxy stands in between.
pub fn addresses(config: &Config) -> Finding {
    let encrypted = |address: &String| address.starts_with("https://");
    let address = config.public_url.as_ref();
    let behind = address.is_some_and(|address| encrypted(address) || config.listen.ip().is_loopback());
    words::addresses(behind, config.trusted_proxies.len())
}

/// Whether the cookie of a login goes over encrypted ways only.
pub fn cookie(config: &Config) -> Finding {
    let address = config.public_url.as_deref();
    let encrypted = address.is_some_and(|address| address.starts_with("https://"));
    words::cookie(encrypted, address.is_none() && config.listen.ip().is_loopback())
}

/// Whether the holidays of this year, and in autumn of the next, are known.
pub async fn calendar(tx: &mut Tx, today: NaiveDate) -> Result<Finding, Fault> {
    let year = today.year();
    let wanted = if today.month() >= words::NEXT_YEAR_FROM { vec![year, year + 1] } else { vec![year] };
    let mut empty = Vec::new();
    for year in wanted {
        let ends = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
        let Some((first, last)) = ends else { continue };
        if holidays::between(tx, first, last).await?.is_empty() {
            empty.push(year);
        }
    }
    Ok(words::calendar(&empty))
}

/// Who may read the files.
pub fn modes(config: &Config) -> Finding {
    let loose = modes::loose(config);
    let list: Vec<(&Path, u32)> = loose.iter().map(|one| (one.path.as_path(), one.mode)).collect();
    words::modes(&list)
}

/// The keys as the file has them; none is made.
pub fn load_keys(path: &Path) -> Result<Option<keys::Keys>, String> {
    if !path.exists() {
        return Ok(None);
    }
    keys::Keys::load_or_create(path).map(Some).map_err(|error| fault::sentence(&error.into()))
}

/// Whether the keys are those of the database: they open the NIKs of the people who came last.
pub async fn keys(
    app: &App,
    tx: &mut Tx,
    path: &Path,
    loaded: &Result<bool, String>,
) -> Result<Finding, Fault> {
    let found = match loaded {
        Ok(false) => words::Keys::Missing,
        Err(why) => words::Keys::Unusable(why),
        Ok(true) => {
            let people = overview::people(app, tx, &PeopleFilter::default(), None, TRIED).await?;
            match people.as_slice() {
                [] => words::Keys::Untried,
                all if all.iter().all(|one| one.nik_tail.is_some()) => words::Keys::Fit,
                _ => words::Keys::Foreign,
            }
        }
    };
    Ok(words::keys(path, found))
}

/// Whether the database takes writes.
pub async fn writable(app: &App) -> Finding {
    match app.db.try_write(app.clock.now()).await {
        Ok(()) => words::writable(None),
        Err(error) => words::writable(Some(&error)),
    }
}

/// Counters against the applications they count.
pub async fn counters(tx: &mut Tx) -> Result<Finding, Fault> {
    Ok(words::counters(applications::broken_counters(tx).await?))
}

/// Whether an index of this version of the program is there, readable, this database's, and how far behind.
pub async fn index(tx: &mut Tx, config: &Config) -> Result<Finding, Fault> {
    let dir = config.data_dir.join("index");
    let look = tokio::task::spawn_blocking(move || {
        let reader = home::peek(&dir, &search::fingerprint())?;
        reader.map(|reader| Ok((reader.payload()?, reader.num_docs()))).transpose()
    });
    let looked: Result<_, search::SearchError> = look.await.map_err(std::io::Error::other)?;
    let (payload, documents) = match looked {
        Ok(None) => return Ok(words::index(words::Index::Missing)),
        Err(error) => return Ok(words::index(words::Index::Damaged(&error.to_string()))),
        Ok(Some(found)) => found,
    };
    let identity = index_feed::identity(tx).await?;
    let ours = payload.filter(|payload| identity == Some((payload.store_id, payload.restore_epoch)));
    let Some(payload) = ours else { return Ok(words::index(words::Index::Foreign)) };
    let changes = index_feed::between(tx, payload.watermark, i64::MAX).await?.len();
    Ok(words::index(words::Index::Behind { documents, changes }))
}

/// The newest file in the folder of backups.
pub fn backup(config: &Config, now: DateTime<Utc>) -> Finding {
    let folder = config.data_dir.join(BACKUPS);
    let how = match config.database_url.strip_prefix("sqlite://") {
        Some(database) => words::copy_of_file(database, &folder),
        None => words::COPY_OF_SERVER.to_owned(),
    };
    words::backup(&folder, newest(&folder), now, &how)
}

fn newest(folder: &PathBuf) -> Option<(String, DateTime<Utc>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter_map(|entry| {
        let found = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
        Some((found.modified().ok()?, entry.file_name().to_string_lossy().into_owned()))
    });
    let (at, name): (SystemTime, String) = files.max()?;
    Some((name, at.into()))
}

/// Messages that did not arrive, and whether any can go out.
pub async fn messages(tx: &mut Tx, config: &Config) -> Result<Finding, Fault> {
    let failed = messages::count(tx, Delivery::Failed).await?;
    Ok(words::messages(failed, config.post.mail_url.is_some(), !config.office.phone.is_empty()))
}

/// How the jobs of the service went.
pub fn jobs(all: &[jobs::Status], now: DateTime<Utc>) -> Finding {
    let count = |holds: &dyn Fn(&jobs::Status) -> bool| all.iter().filter(|job| holds(job)).count();
    let failing = count(&|job| job.failure().is_some());
    let never = count(&|job| job.row.as_ref().is_none_or(|row| row.ended_at.is_none()));
    let late = count(&|job| !job.working && job.row.as_ref().is_some_and(|row| row.due_at + PATIENCE < now));
    words::jobs(all.len(), failing, never, late)
}
