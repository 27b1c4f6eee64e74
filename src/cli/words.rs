//! Sentences in Bahasa Indonesia for what the command line says: faults, and what only the command line adds to an
//! explanation. The words of explanations themselves are in `http::words`.
use crate::{
    app::{AppError, explanation::Explanation},
    cli::Fault,
    http::words::{reasons as told, staff},
};

/// A fault as a sentence that says what to do.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::App(error) => app_error(error),
        Fault::Usage(text) => text.clone(),
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
