//! Logins, and what is done about one person.
use std::{fmt::Display, path::Path};

/// A login nobody has.
pub fn no_login(login: &str) -> String {
    format!("tidak ada akun bernama {login}")
}

/// Asks for a password.
pub const ASK_PASSWORD: &str = "kata sandi (terlihat saat diketik): ";

/// A password that was made here.
pub fn password(clear: &str) -> String {
    format!("kata sandi: {clear}")
}

/// A word that is no role.
pub fn no_role(text: &str) -> String {
    format!("\"{text}\" bukan peran")
}

/// A word that is no right.
pub fn no_right(text: &str) -> String {
    format!("\"{text}\" bukan hak")
}

/// A word that is no ground for erasing somebody.
pub fn no_ground(text: &str) -> String {
    format!("dasar \"{text}\" tidak dikenal")
}

/// A word that says nobody who may ask for it.
pub fn no_asker(text: &str) -> String {
    format!("peminta \"{text}\" tidak dikenal")
}

/// A copy was written.
pub fn exported(person: impl Display, applications: usize, path: &Path) -> String {
    format!(
        "salinan data warga {person} ({applications} lamaran dan usulan) ditulis ke {}; serahkan hanya kepada orangnya, lalu \
         hapus",
        path.display()
    )
}

/// The file is there already.
pub fn file_is_there(path: &Path) -> String {
    format!("{} sudah ada dan tidak ditimpa; pilih nama lain", path.display())
}

/// Somebody was erased.
pub fn erased(person: impl Display, applications: impl Display) -> String {
    format!("data pribadi warga {person} sudah dihapus; {applications} lamaran yang berjalan diakhiri")
}

/// Erasing without anybody to ask.
pub const SURE: &str = "penghapusan tidak dapat dibatalkan; tambahkan --yes bila yakin";
/// The word to type.
pub const ERASE: &str = "HAPUS";

/// Asks for that word.
pub fn ask_erase(person: impl Display, name: &str) -> String {
    format!("Hapus data pribadi {name} ({person}) untuk selamanya? Ketik {ERASE}: ")
}

/// Another word was typed.
pub const NOT_ERASED: &str = "tidak jadi dihapus";
