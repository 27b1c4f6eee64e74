//! Which processes work with an SQLite file: each holds a lock on a file beside it as long as it lives, whatever ends it.
//! A process that gets the lock for itself alone knows that nobody works on what the database says is being worked on.
//! A server's database may be shared by other machines, which no file tells: there nobody is ever known to be alone.
use std::{
    fs::{DirBuilder, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Kept until the process ends.
static STAYING: OnceLock<File> = OnceLock::new();

/// A process with a database file.
#[derive(Debug)]
pub struct Presence {
    lock: File,
    alone: bool,
}

/// Comes to the database of a URL; none where it is no file, or the file beside it cannot be locked.
pub async fn enter(url: &str) -> Option<Presence> {
    let beside = PathBuf::from(format!("{}.lock", url.strip_prefix("sqlite://")?));
    let entered = tokio::task::spawn_blocking(move || Presence::at(&beside)).await;
    match entered.map_err(io::Error::other).and_then(|presence| presence) {
        Ok(presence) => Some(presence),
        Err(error) => {
            tracing::warn!(%error, "it is not known who else works with the database file");
            None
        }
    }
}

impl Presence {
    /// Takes the lock beside a database, alone if possible, else with the others.
    pub fn at(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
        let alone = lock.try_lock().is_ok();
        if !alone {
            lock.lock_shared()?;
        }
        Ok(Self { lock, alone })
    }

    /// Nobody else works with the database, nor will anybody begin to before `share`.
    pub fn is_alone(&self) -> bool {
        self.alone
    }

    /// Lets others in.
    pub fn share(&mut self) -> io::Result<()> {
        self.alone = false;
        self.lock.lock_shared()
    }

    /// Lets others in and remains until the process ends.
    pub fn stay(mut self) {
        if let Err(error) = self.share() {
            tracing::warn!(%error, "the lock beside the database file cannot be shared");
            return;
        }
        // A second one of the same process tells others nothing new.
        let _first_stays = STAYING.set(self.lock);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_is_alone_and_the_last_is_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/padankerja.db.lock");
        let mut first = Presence::at(&path).unwrap();
        assert!(first.is_alone());
        first.share().unwrap();
        assert!(!first.is_alone());
        let second = Presence::at(&path).unwrap();
        assert!(!second.is_alone());
        drop(first);
        assert!(!Presence::at(&path).unwrap().is_alone(), "the second is still there");
        drop(second);
        assert!(Presence::at(&path).unwrap().is_alone());
    }

    #[tokio::test]
    async fn a_server_tells_nobody() {
        assert!(enter("postgres://localhost/padankerja").await.is_none());
    }
}
