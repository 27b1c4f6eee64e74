//! Who may read the files of an installation: their owner alone. They hold names, numbers and what the poor are poor by.
use std::{
    fs::{self, DirBuilder, Permissions},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::{
    cli::{Fault, output},
    config::Config,
    words::cli::{doctor as words, service},
};

/// Mode of a folder.
pub const FOLDER: u32 = 0o700;
/// Mode of a file.
pub const FILE: u32 = 0o600;

/// Something that others may read or write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    pub path: PathBuf,
    /// Its mode now.
    pub mode: u32,
    /// The mode it is to have.
    pub wanted: u32,
}

/// What of an installation others may read now. What lies in the index is hidden by its folder (`search::home`).
pub fn loose(config: &Config) -> Vec<Loose> {
    let mut all = vec![config.keys_file.clone(), config.data_dir.join("index")];
    if let Some(database) = config.database_url.strip_prefix("sqlite://") {
        all.extend(["", "-wal", "-shm", ".lock"].map(|end| PathBuf::from(format!("{database}{end}"))));
    }
    all.extend(is_ours(config).then(|| config.data_dir.clone()));
    all.iter().filter_map(|path| one(path)).collect()
}

/// Takes others' access away and says so; what cannot be changed is left to `doctor`.
pub fn tighten(config: &Config) {
    for Loose { path, mode, wanted } in loose(config) {
        if fs::set_permissions(&path, Permissions::from_mode(wanted)).is_ok() {
            output::note(&words::tightened(&path, mode, wanted));
        }
    }
}

/// Makes the folder of a file, for its owner alone.
///
/// # Errors
/// With the folder's name, which what fails below does not tell.
pub fn make_folder(file: &Path) -> Result<(), Fault> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    let made = DirBuilder::new().recursive(true).mode(FOLDER).create(folder);
    made.map_err(|error| Fault::Usage(service::folder_unusable(folder, &error)))
}

/// The data folder is one of this installation alone when keys or database lie in it, and it is not one for everybody.
fn is_ours(config: &Config) -> bool {
    let database = config.database_url.strip_prefix("sqlite://").map(Path::new);
    let holds = |path: &Path| path.exists() && path.parent() == Some(config.data_dir.as_path());
    let sticky = fs::metadata(&config.data_dir).is_ok_and(|found| found.permissions().mode() & 0o1000 != 0);
    !sticky && (holds(&config.keys_file) || database.is_some_and(holds))
}

fn one(path: &Path) -> Option<Loose> {
    // Not what a link points to: that may be anybody's.
    let found = fs::symlink_metadata(path).ok().filter(|found| !found.file_type().is_symlink())?;
    let mode = found.permissions().mode() & 0o7777;
    let wanted = if found.is_dir() { FOLDER } else { FILE };
    (mode & 0o077 != 0).then(|| Loose { path: path.to_owned(), mode, wanted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Flags;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn what_others_may_read_is_found_and_closed() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir_all(data.join("index")).unwrap();
        for name in ["padankerja.db", "padankerja.db-wal", "keys.json", "notes.txt"] {
            fs::write(data.join(name), "x").unwrap();
            fs::set_permissions(data.join(name), Permissions::from_mode(0o644)).unwrap();
        }
        fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(data.join("index"), Permissions::from_mode(0o755)).unwrap();
        let flags = Flags { file: None, values: vec![("data_dir", data.display().to_string())] };
        let config = Config::from_sources(&flags, &std::collections::BTreeMap::new()).unwrap();
        assert_eq!(loose(&config).len(), 5, "{:?}", loose(&config));
        tighten(&config);
        assert_eq!(loose(&config), []);
        assert_eq!((mode(&data), mode(&data.join("padankerja.db"))), (FOLDER, FILE));
        assert_eq!(mode(&data.join("notes.txt")), 0o644, "somebody else's");
    }

    #[test]
    fn a_folder_of_everybody_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("keys.json"), "x").unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o1777)).unwrap();
        let flags = Flags { file: None, values: vec![("data_dir", folder.path().display().to_string())] };
        let config = Config::from_sources(&flags, &std::collections::BTreeMap::new()).unwrap();
        assert!(loose(&config).iter().all(|loose| loose.path != folder.path()));
    }
}
