//! A profile on pages: answers to choose, numbers as people type them.
use crate::{
    domain::{
        contact::{Content, Way},
        education::Education,
        intake::words::Transport,
    },
    words::id::pages::vacancy,
};

/// What nobody has said yet.
pub const NOT_SAID: &str = "belum diisi";

/// The answers to a question.
pub const YES_OR_NO: [(&str, &str); 3] = [("ya", "Ya"), ("tidak", "Tidak"), ("belum", "Belum tahu")];

/// An answer as its form sends it.
pub fn word_of(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "ya",
        Some(false) => "tidak",
        None => "belum",
    }
}

/// An answer.
pub fn yes_or_no(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "ya",
        Some(false) => "tidak",
        None => NOT_SAID,
    }
}

/// How somebody gets to work.
pub fn transport(transport: Transport) -> &'static str {
    match transport {
        Transport::Walk => "Jalan kaki",
        Transport::Bicycle => "Sepeda",
        Transport::Motorcycle => "Sepeda motor",
        Transport::Car => "Mobil",
        Transport::Public => "Angkutan umum",
        Transport::Shuttle => "Perlu antar jemput",
    }
}

/// How somebody wants to be told.
pub fn way(way: Way) -> &'static str {
    match way {
        Way::Whatsapp => "WhatsApp",
        Way::Telephone => "Telepon",
        Way::Companion => "Lewat pendamping desa",
    }
}

/// How much a message may say, where others may read it.
pub fn content(content: Content) -> &'static str {
    match content {
        Content::Full => "Tulis semuanya: pekerjaan, perusahaan, hari",
        Content::LinkOnly => "Cukup: ada kabar, buka halaman Anda. HP ini dipakai bersama",
    }
}

/// Schooling, with its field.
pub fn education(code: &str, major: Option<&str>) -> String {
    let level = code.parse::<Education>().map_or(code, |level| vacancy::education(level));
    major.map_or_else(|| level.to_owned(), |major| format!("{level}, {major}"))
}

/// A job held, and for how long.
pub fn job(job: &str, months: i64) -> String {
    match months {
        0 => job.to_owned(),
        12.. if months % 12 == 0 => format!("{job}, {} tahun", months / 12),
        _ => format!("{job}, {months} bulan"),
    }
}

/// A way in whole kilometres, from metres.
pub fn distance(metres: i64) -> String {
    format!("{} km", metres / 1_000)
}
