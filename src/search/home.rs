//! The folder of an index: `<dir>/<fingerprint>/` with a lock, numbered generations and a pointer to the one in use.
//! A rebuild fills a fresh generation and moves the pointer by renaming a file, so that a crash at any moment leaves
//! either the old index or the new one. One writing process per folder: a second one gets `SearchError::Busy` and
//! either looks in with `peek` or is given another directory. What the documents mean does not belong here.
use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use tantivy::{TantivyError, error::DataCorruption};

use crate::search::{
    SearchError,
    reader::Reader,
    schema::{Change, Payload},
    writer::{self, Writer},
};

const LOCK: &str = "lock";
const POINTER: &str = "current";
const GENERATION: &str = "generation-";

/// A claimed folder; dropping it lets another process in.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
    _lock: File,
}

/// A generation being filled; readers still see the one before.
#[derive(Debug)]
pub struct Draft {
    name: String,
    writer: Writer,
}

impl Draft {
    /// Adds documents, each id once in the whole draft: nothing is looked for to be replaced.
    pub fn add(&self, documents: &[Change]) -> Result<(), SearchError> {
        self.writer.add_new(documents)
    }
}

impl Home {
    /// Claims the folder of a fingerprint below `dir`, making it when missing. Folders of other fingerprints that no
    /// process holds are removed: they belong to other versions of the program or its vocabulary.
    ///
    /// # Errors
    /// `Busy` when another process (or another `Home` of this one) holds it.
    pub fn claim(dir: &Path, fingerprint: &str) -> Result<Self, SearchError> {
        let folder = dir.join(fingerprint);
        let private = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        private.map_err(|source| fault(&folder, source))?;
        let lock = try_lock(&folder)?.ok_or_else(|| SearchError::Busy(folder.clone()))?;
        remove_other_fingerprints(dir, fingerprint);
        let home = Self { folder, _lock: lock };
        home.keep_private();
        Ok(home)
    }

    /// Opens the generation in use, having checked every file against its checksum. None when there is none yet.
    ///
    /// # Errors
    /// `Damaged` when it cannot be trusted and must be built anew; `Busy` while a writer of this process still ends.
    pub fn open(&self) -> Result<Option<(Writer, Reader)>, SearchError> {
        let Some(folder) = generation_in_use(&self.folder)? else {
            return Ok(None);
        };
        match open_checked(&folder) {
            Err(SearchError::Engine(TantivyError::LockFailure(..))) => Err(SearchError::Busy(folder)),
            Err(error) => Err(damaged(&folder, &error)),
            Ok(opened) => Ok(Some(opened)),
        }
    }

    /// Begins a fresh generation beside the one in use; left-overs of rebuilds that did not finish are removed.
    pub fn draft(&self, threads: usize) -> Result<Draft, SearchError> {
        let in_use = generation_in_use(&self.folder)?;
        self.remove_generations_but(in_use.as_deref());
        let number = in_use.as_deref().and_then(generation_number).unwrap_or(0).saturating_add(1);
        let name = format!("{GENERATION}{number}");
        let folder = self.folder.join(&name);
        // A left-over of that name that could not be removed above is a reason to stop, not to write into it.
        fs::create_dir(&folder).map_err(|source| fault(&folder, source))?;
        let (index, fields) = writer::open_engine(&folder, true)?;
        Ok(Draft { name, writer: Writer::new(&index, fields, threads)? })
    }

    /// Commits a filled draft with its payload, puts it in place of the generation in use and opens it.
    pub fn publish(&self, mut draft: Draft, payload: &Payload) -> Result<(Writer, Reader), SearchError> {
        draft.writer.commit(payload)?;
        draft.writer.finish()?;
        let next = self.folder.join(format!("{POINTER}.new"));
        let mut file = File::create(&next).map_err(|source| fault(&next, source))?;
        file.write_all(draft.name.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(|source| fault(&next, source))?;
        fs::rename(&next, self.folder.join(POINTER)).map_err(|source| fault(&next, source))?;
        File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| fault(&self.folder, source))?;
        let folder = self.folder.join(&draft.name);
        let opened = open_checked(&folder)?;
        self.remove_generations_but(Some(&folder));
        self.keep_private();
        Ok(opened)
    }

    /// Leaves all files to their owner alone: the engine makes them as the system does by itself. Until then the folder
    /// hides them. Files that go meanwhile are passed over.
    pub fn keep_private(&self) {
        close(&self.folder);
        subfolders(&self.folder).iter().for_each(|generation| close(generation));
    }

    /// Readers that still look into a removed generation keep their open files; what cannot be removed now is tried
    /// again at the next rebuild.
    fn remove_generations_but(&self, keep: Option<&Path>) {
        for folder in subfolders(&self.folder) {
            if generation_number(&folder).is_some() && Some(folder.as_path()) != keep {
                let _kept_until_next_time = fs::remove_dir_all(folder);
            }
        }
    }
}

/// Looks into the folder of a process that writes, without claiming it: for a command beside a running service. None
/// when there is no index yet. What it shows is as fresh as that process keeps it.
pub fn peek(dir: &Path, fingerprint: &str) -> Result<Option<Reader>, SearchError> {
    let folder = dir.join(fingerprint);
    let look = || -> Result<Option<Reader>, SearchError> {
        let Some(generation) = generation_in_use(&folder)? else {
            return Ok(None);
        };
        let (index, fields) = writer::open_engine(&generation, false)?;
        Reader::new(index, fields).map(Some)
    };
    // A rebuild may remove the generation between reading the pointer and opening it; the second look finds the new one.
    look().or_else(|_| look())
}

fn open_checked(folder: &Path) -> Result<(Writer, Reader), SearchError> {
    let (index, fields) = writer::open_engine(folder, false)?;
    if let Some(file) = index.validate_checksum()?.into_iter().min() {
        let reason = format!("the checksum of {} does not fit", file.display());
        return Err(TantivyError::DataCorruption(DataCorruption::comment_only(reason)).into());
    }
    let reader = Reader::new(index.clone(), fields)?;
    Ok((Writer::new(&index, fields, 1)?, reader))
}

fn generation_in_use(folder: &Path) -> Result<Option<PathBuf>, SearchError> {
    let pointer = folder.join(POINTER);
    let name = match fs::read_to_string(&pointer) {
        Ok(name) => name,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(None),
        Err(source) => return Err(fault(&pointer, source)),
    };
    let generation = folder.join(name.trim());
    // A pointer that names anything but a generation is damaged: as good as none.
    Ok(generation_number(&generation).map(|_| generation))
}

fn generation_number(folder: &Path) -> Option<u64> {
    folder.file_name()?.to_str()?.strip_prefix(GENERATION)?.parse().ok()
}

fn remove_other_fingerprints(dir: &Path, fingerprint: &str) {
    for folder in subfolders(dir) {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_fingerprint = name.len() == 64 && name.chars().all(|c| c.is_ascii_hexdigit());
        if !is_fingerprint || name == fingerprint {
            continue;
        }
        // Another version of the program may still run on it: then its lock is held and it stays.
        if let Ok(Some(_lock)) = try_lock(&folder) {
            let _kept_until_next_time = fs::remove_dir_all(&folder);
        }
    }
}

fn try_lock(folder: &Path) -> Result<Option<File>, SearchError> {
    let path = folder.join(LOCK);
    let file = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|source| fault(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(fault(&path, source)),
    }
}

fn close(folder: &Path) {
    let _gone = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for file in files.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file())) {
        let _gone = fs::set_permissions(file.path(), fs::Permissions::from_mode(0o600));
    }
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

fn fault(path: &Path, source: io::Error) -> SearchError {
    SearchError::Io { path: path.to_owned(), source }
}

fn damaged(folder: &Path, reason: &impl ToString) -> SearchError {
    SearchError::Damaged { folder: folder.to_owned(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{domain::ids::PersonId, search::schema::ProfileDocument};

    const PAYLOAD: Payload = Payload { store_id: Uuid::from_u128(7), restore_epoch: 0, watermark: 3 };

    fn profile(number: u128) -> Change {
        Change::Profile(ProfileDocument {
            person: PersonId(Uuid::from_u128(number)),
            words: vec!["menjahit pakaian".to_owned()],
            concepts: vec!["skill:jahit".to_owned()],
            village: Some("3311012001".to_owned()),
        })
    }

    fn filled(home: &Home, people: u128) -> Reader {
        let draft = home.draft(1).unwrap();
        draft.add(&(1..=people).map(profile).collect::<Vec<_>>()).unwrap();
        home.publish(draft, &PAYLOAD).unwrap().1
    }

    fn generations(dir: &Path) -> Vec<String> {
        let folders = subfolders(&dir.join("f"));
        let mut names: Vec<String> =
            folders.iter().map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn one_process_writes_and_others_may_look() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::claim(dir.path(), "f").unwrap();
        assert!(matches!(Home::claim(dir.path(), "f"), Err(SearchError::Busy(_))));
        assert!(peek(dir.path(), "f").unwrap().is_none());
        let _reader = filled(&home, 2);
        assert_eq!(peek(dir.path(), "f").unwrap().unwrap().num_docs(), 2);
        drop(home);
        assert!(Home::claim(dir.path(), "f").is_ok());
    }

    #[test]
    fn nobody_else_may_read_any_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::claim(&dir.path().join("index"), "f").unwrap();
        let _reader = filled(&home, 2);
        let generation = generation_in_use(&home.folder).unwrap().unwrap();
        let mut looked_at = 0;
        for folder in [dir.path().join("index"), home.folder.clone(), generation] {
            for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).chain([folder]) {
                let mode = fs::metadata(&path).unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{}", path.display());
                looked_at += 1;
            }
        }
        assert!(looked_at > 10, "{looked_at}");
    }

    #[test]
    fn a_draft_is_seen_only_once_published_and_the_old_generation_goes() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::claim(dir.path(), "f").unwrap();
        assert!(home.open().unwrap().is_none());
        let old = filled(&home, 1);
        let mut draft = home.draft(1).unwrap();
        draft.add(&[profile(1), profile(2)]).unwrap();
        draft.writer.commit(&PAYLOAD).unwrap();
        drop(draft);
        let (writer, reader) = home.open().unwrap().unwrap();
        assert_eq!((reader.num_docs(), writer.payload()), (1, Some(PAYLOAD)));
        drop(writer);
        assert_eq!(generations(dir.path()), ["generation-1", "generation-2"]);
        let new = filled(&home, 2);
        assert_eq!((old.num_docs(), new.num_docs()), (1, 2), "an old reader keeps its view");
        assert_eq!(generations(dir.path()), ["generation-2"]);
    }

    #[test]
    fn every_damaged_or_missing_file_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::claim(dir.path(), "f").unwrap();
        let _reader = filled(&home, 50);
        let folder = generation_in_use(&home.folder).unwrap().unwrap();
        let mut tried = 0;
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_str().unwrap().starts_with('.') {
                continue;
            }
            let whole = fs::read(&path).unwrap();
            let mut flipped = whole.clone();
            flipped[whole.len() / 3] ^= 0x55;
            for broken in [flipped, whole[..whole.len() / 2].to_vec(), Vec::new()] {
                fs::write(&path, broken).unwrap();
                assert!(matches!(home.open(), Err(SearchError::Damaged { .. })), "{}", path.display());
            }
            fs::remove_file(&path).unwrap();
            assert!(matches!(home.open(), Err(SearchError::Damaged { .. })), "{}", path.display());
            fs::write(&path, whole).unwrap();
            tried += 1;
        }
        assert!(tried >= 5, "{tried} files tried");
        assert_eq!(home.open().unwrap().unwrap().1.num_docs(), 50);
    }

    #[test]
    fn a_pointer_to_nowhere_counts_as_no_index() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::claim(dir.path(), "f").unwrap();
        for nonsense in ["", "../../etc", "generation-", "\u{0}"] {
            fs::write(home.folder.join(POINTER), nonsense).unwrap();
            assert!(home.open().unwrap().is_none(), "{nonsense:?}");
        }
        fs::write(home.folder.join(POINTER), [0xff, 0xfe]).unwrap();
        assert!(home.open().unwrap().is_none());
        fs::write(home.folder.join(POINTER), "generation-9").unwrap();
        assert!(matches!(home.open(), Err(SearchError::Damaged { .. })));
    }

    #[test]
    fn folders_of_other_versions_go_unless_they_are_in_use() {
        let dir = tempfile::tempdir().unwrap();
        let (old, held) = ("a".repeat(64), "b".repeat(64));
        drop(Home::claim(dir.path(), &old).unwrap());
        let holder = Home::claim(dir.path(), &held).unwrap();
        fs::create_dir(dir.path().join("notes")).unwrap();
        let _home = Home::claim(dir.path(), &"c".repeat(64)).unwrap();
        assert!(!dir.path().join(&old).exists());
        assert!(dir.path().join(&held).exists());
        assert!(dir.path().join("notes").exists());
        drop(holder);
    }
}
