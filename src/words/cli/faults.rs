//! What went wrong with a command, whichever it was: refusals of the application, the machine, the settings.
use std::{
    fmt::Display,
    io::{self, ErrorKind},
};

use crate::{
    config::Mistake,
    domain::codes::{FieldCode, ProblemCode},
    words::id::{fields, problems},
};

/// What stands before every complaint.
pub fn complaint(text: &str) -> String {
    format!("galat: {text}")
}

/// The application refused.
pub fn refused(code: ProblemCode) -> String {
    let said = problems::problem(code);
    format!("{}. {} ({code})", said.title, said.advice)
}

/// The application refused a value.
pub fn field(field: &str, value: &str, code: FieldCode) -> String {
    // What is wrong with a file is told by its own sentence, which is the value.
    if code == FieldCode::UnreadableFile {
        return value.to_owned();
    }
    let what = fields::clause(code);
    if value.is_empty() {
        format!("{field}: {what} ({code})")
    } else {
        format!("{field} \"{value}\": {what} ({code})")
    }
}

/// Something changed meanwhile.
pub fn stale(given: i64, present: i64) -> String {
    format!("versi {given} sudah usang, sekarang {present}")
}

/// Too many tries.
pub fn too_many(seconds: u64) -> String {
    format!("terlalu sering, coba lagi dalam {seconds} detik")
}

/// Somebody stopped it.
pub const CANCELLED: &str = "dibatalkan; tidak ada usulan yang tersimpan";

/// Nothing is there.
pub const NOT_FOUND: &str = "tidak ditemukan";

/// The database failed.
pub fn database(error: impl Display) -> String {
    format!("basis data: {error}")
}

/// The search index failed.
pub fn index(error: impl Display) -> String {
    format!("indeks pencarian: {error}")
}

/// The program is wrong.
pub fn program(error: impl Display) -> String {
    format!("kesalahan program: {error}")
}

/// Reading or writing failed.
pub fn io(error: &io::Error) -> String {
    format!("membaca atau menulis gagal: {}", machine(error))
}

/// What the operating system answered; what is seldom met keeps its words.
pub fn machine(error: &io::Error) -> String {
    let what = match error.kind() {
        ErrorKind::NotFound => "tidak ada",
        ErrorKind::PermissionDenied => "tidak diizinkan",
        ErrorKind::AlreadyExists => "sudah ada",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "tempat penyimpanan penuh",
        ErrorKind::ReadOnlyFilesystem => "hanya boleh dibaca",
        ErrorKind::IsADirectory => "itu folder, bukan berkas",
        ErrorKind::NotADirectory => "itu berkas, bukan folder",
        ErrorKind::AddrInUse => "sudah dipakai program lain",
        ErrorKind::AddrNotAvailable => "alamat itu bukan milik komputer ini",
        ErrorKind::ConnectionRefused => "tidak ada yang menjawab",
        ErrorKind::TimedOut => "terlalu lama tidak dijawab",
        ErrorKind::UnexpectedEof => "berkas terpotong",
        _ => return error.to_string(),
    };
    error.raw_os_error().map_or_else(|| what.to_owned(), |number| format!("{what} (os error {number})"))
}

/// The settings are wrong, each mistake on a line of its own.
pub fn settings(mistakes: &[Mistake]) -> String {
    let lines: String = mistakes.iter().map(|mistake| format!("\n  {}", setting(mistake))).collect();
    format!("konfigurasi salah:{lines}")
}

/// One wrong setting, with where it was set.
pub fn setting(mistake: &Mistake) -> String {
    match mistake {
        Mistake::Unreadable { origin, detail } => format!("{origin}: tidak dapat dibaca: {detail}"),
        Mistake::NotToml { origin, detail } => format!("{origin}: bukan TOML yang benar: {detail}"),
        Mistake::NotQuoted { origin } => format!("{origin}: harus teks dalam tanda kutip"),
        Mistake::SetTwice { one, other } => format!("{one} dan {other}: pakai salah satu saja"),
        Mistake::Unknown { origin } => format!("{origin}: pengaturan ini tidak ada"),
        Mistake::Scheme { origin } => format!("{origin}: harus diawali sqlite:// atau postgres://"),
        Mistake::Empty { origin } => format!("{origin}: tidak boleh kosong"),
        Mistake::Proxy { origin, value } => format!("{origin}: \"{value}\" bukan alamat seperti 10.0.0.1"),
        Mistake::Lacks { origin, needed } => format!("{origin}: {needed} harus diisi juga"),
        Mistake::Url { origin, value } => {
            format!("{origin}: \"{value}\" bukan alamat seperti https://kerja.example.go.id")
        }
        Mistake::Address { origin, value } => {
            format!("{origin}: \"{value}\" bukan alamat seperti 127.0.0.1:8080")
        }
    }
}
