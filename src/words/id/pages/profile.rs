//! A profile on pages: answers to choose, numbers as people type them.
use chrono::NaiveDate;

use crate::{
    domain::{
        contact::{Content, Way},
        education::Education,
        intake::words::Transport,
        profile::RequestState,
        training::Outcome,
    },
    words::id::{dates, pages::vacancy},
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
    let level = code.parse::<Education>().map_or(code, |level| schooling(level));
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

/// A way, from metres.
pub fn distance(metres: i64) -> String {
    format!("{} km", kilometres(metres))
}

/// Kilometres as a form has them, from metres: `2,5`. Every metre counts, so that a form sent back changes nothing.
pub fn kilometres(metres: i64) -> String {
    let text = format!("{},{:03}", metres / 1_000, metres % 1_000);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// What was done, above the profile.
pub fn saved(how: &str) -> &'static str {
    match how {
        "minta" => "Permintaan Anda sudah kami terima. Petugas memeriksanya",
        _ => "Sudah disimpan",
    }
}

/// What became of a change that was asked for, and on which day.
pub fn asked(state: RequestState, day: &str) -> String {
    match state {
        RequestState::Pending => format!("Anda meminta perubahan pada {day}. Petugas belum memutuskan."),
        RequestState::Accepted => format!("Perubahan yang Anda minta disetujui petugas pada {day}."),
        RequestState::Refused => format!("Perubahan yang Anda minta tidak disetujui petugas pada {day}."),
        RequestState::Withdrawn => format!("Permintaan perubahan Anda ditarik pada {day}."),
    }
}

/// A field of a line.
pub fn column(name: &str) -> &'static str {
    match name {
        "job" => "Sebagai apa?",
        "months" => "Berapa bulan?",
        "programme" => "Pelatihan apa?",
        "ended_on" => "Kapan selesai? Contoh: 12 Juni 2025",
        "result" => "Hasilnya",
        "name" => "Nama sertifikat",
        "issued_on" => "Tanggal terbit",
        "expires_on" => "Berlaku sampai",
        _ => "",
    }
}

/// How a training ended.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "Lulus (kompeten)",
        Outcome::Failed => "Belum kompeten",
        Outcome::BrokenOff => "Tidak selesai",
        Outcome::Running => "Masih berjalan",
        Outcome::Unknown => "Tidak diketahui",
    }
}

/// A training with its end and its result.
pub fn training(programme: &str, ended_on: Option<NaiveDate>, result: Option<Outcome>) -> String {
    let mut said = programme.to_owned();
    if let Some(day) = ended_on {
        said = format!("{said}, selesai {}", dates::long(day));
    }
    match result {
        Some(Outcome::Unknown) | None => said,
        Some(result) => format!("{said}. {}", self::outcome(result)),
    }
}

/// A certificate and how long it holds.
pub fn certificate(name: &str, expires_on: Option<NaiveDate>) -> String {
    expires_on.map_or_else(|| name.to_owned(), |day| format!("{name}, berlaku sampai {}", dates::long(day)))
}

/// A level of schooling, each apart.
pub fn schooling(level: Education) -> &'static str {
    match level {
        Education::D4 => "D4 (sarjana terapan)",
        Education::S1 => "S1 (sarjana)",
        Education::Tsd => "Tidak tamat SD",
        other => vacancy::education(other),
    }
}
