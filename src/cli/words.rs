//! Sentences in Bahasa Indonesia for what the command line says: faults, and what only the command line adds to an
//! explanation. The words of explanations themselves are in `http::words`.
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::{
        AppError,
        audit::{
            Sealed,
            verify::{Finding, Kind, Verdict},
        },
        explanation::Explanation,
        jobs::{Name, Status},
    },
    cli::Fault,
    domain::region::{self, RegionCode},
    http::words::{reasons as told, staff},
    matching::{
        assign::{InstanceError, MAX_WEIGHT},
        edges::{EdgesError, Flaw},
        fairness::{Dimension, Row},
    },
};

/// A fault as a sentence that says what to do.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::App(error) => app_error(error),
        Fault::Usage(text) => text.clone(),
        Fault::Cancelled => "dibatalkan; tidak ada usulan yang tersimpan".to_owned(),
        Fault::Io(error) => format!("membaca atau menulis gagal: {error}"),
        Fault::Settings(mistakes) => format!("konfigurasi salah:\n{mistakes}"),
    }
}

fn app_error(error: &AppError) -> String {
    match error {
        AppError::NotFound => "tidak ditemukan".to_owned(),
        AppError::Invalid(issues) => issues
            .iter()
            .map(|issue| format!("{}: {} ({})", issue.field, issue.value, issue.code))
            .collect::<Vec<_>>()
            .join("\n"),
        AppError::Conflict { code, detail } => format!("ditolak ({code}): {detail}"),
        AppError::Stale { given, present } => format!("versi {given} sudah usang, sekarang {present}"),
        AppError::Unauthenticated(code) | AppError::Forbidden(code) => format!("tidak diizinkan ({code})"),
        AppError::TooMany { retry_after } => format!("terlalu sering, coba lagi dalam {retry_after} detik"),
        AppError::Store(error) => format!("basis data: {error}"),
        AppError::Search(error) => format!("indeks pencarian: {error}"),
        AppError::Internal(error) => format!("kesalahan program: {error}"),
    }
}

/// A mistake in a table of edges or seats.
pub fn edges(error: &EdgesError) -> String {
    let what = match &error.flaw {
        Flaw::HeaderLacks(column) => format!("judul kolom \"{column}\" tidak ada"),
        Flaw::MissingColumn(column) => format!("kolom \"{column}\" tidak ada"),
        Flaw::Empty(column) => format!("kolom \"{column}\" kosong"),
        Flaw::NotAnInteger { column, value } => {
            format!("kolom \"{column}\", isi \"{}\": bukan bilangan bulat", shown(value))
        }
        Flaw::NegativeSeats(seats) => format!("kolom \"seats\", isi \"{seats}\": tidak boleh negatif"),
        Flaw::DuplicateVacancy(name) => format!("lowongan \"{}\" sudah punya baris kursi", shown(name)),
        Flaw::UnknownVacancy(name) => format!("lowongan \"{}\" tidak ada di berkas kursi", shown(name)),
        Flaw::DuplicateEdge { profile, vacancy } => {
            format!("pasangan \"{}\" dan \"{}\" sudah ada", shown(profile), shown(vacancy))
        }
        Flaw::NotText(text) => format!("bukan teks UTF-8: \"{}\"", shown(text)),
        Flaw::OpenQuote => "tanda kutip tidak ditutup pada baris itu".to_owned(),
        Flaw::Instance(InstanceError::WeightTooLarge { weight, .. }) => {
            format!("kolom \"score\", isi \"{weight}\": lebih besar dari {MAX_WEIGHT}")
        }
        Flaw::Instance(InstanceError::TotalTooLarge { places, weight }) => {
            format!("jumlah skor bisa melampaui batas: {places} kursi kali skor tertinggi {weight}")
        }
        Flaw::Instance(error) => format!("di luar batas: {error}"),
    };
    format!("baris {}: {what}", error.line)
}

/// At most 80 characters of a value, without what would disturb a terminal.
fn shown(value: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = value.chars().take(80).map(plain).collect();
    if value.chars().nth(80).is_some() {
        short.push('\u{2026}');
    }
    short
}

/// The strongest reasons for a pair in one line.
pub fn reasons(explanation: &Explanation, most: usize) -> String {
    explanation.reasons.iter().take(most).map(told::reason_in_short).collect::<Vec<_>>().join("; ")
}

/// Why somebody stands in the reserve instead of among the proposals.
pub fn runner_up(explanation: &Explanation) -> String {
    staff::runner_up(explanation)
}

/// Where an explanation comes from when it is not simply what holds now.
pub fn provenance(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Changed => "Data berubah sejak proses itu. Bila dinilai sekarang:",
        Provenance::Gone => {
            "Hanya diketahui dari proses yang tersimpan: data orang ini tidak lagi tersedia untuk dinilai ulang."
        }
        Provenance::NotReferred => "Belum dirujuk: pemberi kerja belum melihat keterangan ini.",
    }
}

/// What a reader of an explanation has to know besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// What holds now differs from what the run said.
    Changed,
    /// The person is not there any more.
    Gone,
    /// The employer has not been told yet.
    NotReferred,
}

/// The state of a match run.
pub fn run_state(state: &str) -> &'static str {
    match state {
        "running" => "sedang berjalan",
        "done" => "selesai",
        "published" => "diterbitkan",
        _ => "gagal",
    }
}

/// What the priority of a run changed, in short; none when the run did not say.
pub fn priority_price(price: &serde_json::Value) -> Option<String> {
    let number = |field: &str| price[field].as_i64();
    let (households, fit) = (number("poor_households")?, number("fit_permille")?);
    let sign = if fit < 0 { "-" } else { "+" };
    let size = fit.unsigned_abs();
    Some(format!("{households:+} rumah tangga miskin, {sign}{},{} % kecocokan", size / 10, size % 10))
}

/// What a run did beyond its proposals: the price of the priority, the floors, what is to be checked.
pub fn effects(summary: &serde_json::Value) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(price) = priority_price(&summary["priority_price"]) {
        lines.push(format!("Harga prioritas dibanding proses tanpa prioritas: {price}"));
    }
    for floor in summary["floors"].as_array().into_iter().flatten() {
        let scope = if floor["per"] == "run" { "seluruh proses" } else { "tiap lowongan" };
        lines.push(format!(
            "Batas bawah {} untuk {} ({scope}): {} dari {} kursi terpenuhi",
            floor["share"],
            floor["group"].as_str().unwrap_or("-"),
            floor["met"],
            floor["wanted"]
        ));
    }
    match summary["desil_unknown"].as_i64() {
        Some(unknown) if unknown > 0 => lines.push(format!(
            "{unknown} orang yang layak belum diketahui desilnya; mintalah data agar prioritasnya dapat dihitung"
        )),
        _ => {}
    }
    lines
}

/// The people of a row of the fairness report.
pub fn fairness_row(row: &Row) -> String {
    let unknown = row.value == "unknown";
    match (row.dimension, row.value.as_str()) {
        (Dimension::Sex, "female") => "perempuan".to_owned(),
        (Dimension::Sex, "male") => "laki-laki".to_owned(),
        (Dimension::Sex, _) => "jenis kelamin belum dicatat".to_owned(),
        (Dimension::Disability, "evidenced") => "penyandang disabilitas".to_owned(),
        (Dimension::Disability, _) => "tanpa bukti disabilitas".to_owned(),
        (Dimension::District, _) if unknown => "kecamatan belum diketahui".to_owned(),
        (Dimension::District, code) => {
            let found = RegionCode::parse(code).ok().and_then(region::find);
            format!("kecamatan {}", found.map_or(code, |region| region.name))
        }
        (Dimension::Desil, _) if unknown => "desil belum diketahui".to_owned(),
        (Dimension::Desil, desil) => format!("desil {}", desil.trim_start_matches('0')),
    }
}

/// What sealing the audit did.
pub fn sealed(sealed: Sealed) -> String {
    if sealed.minutes == 0 {
        return "Tidak ada menit yang perlu disegel.".to_owned();
    }
    format!("{} menit dengan {} catatan audit disegel.", sealed.minutes, sealed.rows)
}

/// What recomputing the chain of seals showed, apart from the findings.
pub fn verdict(verdict: &Verdict) -> Vec<String> {
    let mut said = vec![format!(
        "{} menit dengan {} catatan audit terbukti tidak berubah.",
        verdict.minutes, verdict.rows
    )];
    if let Some(since) = verdict.waiting_since {
        let waiting = verdict.waiting;
        said.push(format!("{waiting} catatan belum disegel, yang tertua dari {}.", minute(since)));
    }
    if let Some(newest) = &verdict.newest {
        said.push(format!("Segel terakhir, {}: {}", minute(newest.minute), newest.seal));
    }
    match verdict.known {
        Some(true) => said.push("Segel yang dicatat masih ada dalam rantai.".to_owned()),
        Some(false) => said.push(
            "SEGEL YANG DICATAT TIDAK ADA LAGI: rantai dihitung ulang atau segel terakhirnya dihapus."
                .to_owned(),
        ),
        None => {}
    }
    if let Some(first) = verdict.findings.first() {
        let more = verdict.found - 1;
        let rest = if more == 0 { String::new() } else { format!(" (dan {more} temuan lain)") };
        said.push(format!("AUDIT TIDAK UTUH sejak {}{rest}.", minute(first.minute)));
    }
    said
}

/// Something in the audit that is not as it was sealed.
pub fn finding(finding: &Finding) -> String {
    let rows = finding.rows;
    let what = match finding.kind {
        Kind::Changed => "isi catatan atau segelnya diubah".to_owned(),
        Kind::Lost => format!("{rows} catatan hilang"),
        Kind::Added => format!("{rows} catatan disisipkan atau datang setelah disegel"),
        Kind::Unsealed => {
            format!("{rows} catatan di menit tanpa segel: datang setelah disegel, atau segelnya dihapus")
        }
        Kind::Unlinked => {
            "segelnya tidak menyambung ke segel sebelumnya: ada segel yang dihapus atau diubah".to_owned()
        }
    };
    let ids: Vec<String> = finding.ids.iter().map(ToString::to_string).collect();
    let ids = if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) };
    format!("{}: {what}{ids}", minute(finding.minute))
}

/// A job of the service and how it went the last time.
pub fn job(status: &Status) -> String {
    let what = match status.name {
        Name::ExpireVacancies => "menutup lowongan yang lewat tanggal",
        Name::RemindEmployers => "mengingatkan pemberi kerja",
        Name::LapseAnswers => "mengakhiri lamaran yang tidak dijawab",
        Name::ServeWaiting => "merujuk yang menunggu",
        Name::SealAudit => "menyegel catatan audit",
        Name::EndLostRuns => "mengakhiri proses pemadanan yang terputus",
        Name::ForgetLogins => "menghapus sesi dan kunci yang kedaluwarsa",
        Name::ForgetArchives => "menghapus angka proses yang lewat masa simpan",
        Name::PruneOutbox => "memangkas antrean indeks",
    };
    let Some((row, ended)) = status.row.as_ref().and_then(|row| Some((row, row.ended_at?))) else {
        return format!("tugas berkala, {what}: belum pernah selesai");
    };
    let went = match (&row.last_failure, row.failed.unwrap_or(0)) {
        (None, _) => "berhasil".to_owned(),
        (Some(code), failed) => format!("GAGAL ({code}), {failed} tidak dapat dikerjakan"),
    };
    format!(
        "tugas berkala, {what}: {went}; terakhir {}, {} milidetik, {} dikerjakan",
        minute(ended),
        row.duration_ms.unwrap_or(0),
        row.done.unwrap_or(0)
    )
}

/// A minute as the office's clock shows it.
fn minute(at: DateTime<Utc>) -> String {
    (at + TimeDelta::hours(7)).format("%Y-%m-%d %H:%M WIB").to_string()
}
