//! What happens next for somebody: the kinds and outcomes of steps, and the sentence the person reads.
use chrono::NaiveDate;

use super::dates;
use crate::domain::next_step::{Kind, Outcome};

/// What happens.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Proposal => "dicarikan lowongan",
        Kind::Training => "dicarikan pelatihan",
        Kind::BusinessCapital => "modal usaha",
        Kind::Visit => "dikunjungi",
        Kind::DesilCheck => "cek desil",
    }
}

/// How it ended.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Proposed => "sudah diusulkan ke lowongan",
        Outcome::StartedTraining => "ikut pelatihan",
        Outcome::SelfEmployed => "usaha sendiri",
        Outcome::InWork => "sudah bekerja",
        Outcome::CapitalGranted => "modal diberikan",
        Outcome::CapitalRefused => "modal tidak diberikan",
        Outcome::Visited => "sudah dikunjungi",
        Outcome::DesilFound => "desil sudah diketahui",
        Outcome::DesilNotFound => "desil tidak ditemukan",
        Outcome::NotReached => "tidak terhubungi",
        Outcome::Declined => "orangnya tidak mau",
        Outcome::NoLongerNeeded => "tidak diperlukan lagi",
    }
}

/// Who sees to it where no office is named.
pub const LABOUR_OFFICE: &str = "dinas tenaga kerja";

/// What happens next, who sees to it and by when, as the person reads it.
pub fn for_person(what: Kind, office: Option<&str>, officer: Option<&str>, due_on: NaiveDate) -> String {
    let next = match what {
        Kind::Proposal => "Petugas mencarikan lowongan yang cocok untuk Anda.",
        Kind::Training => "Petugas mencarikan pelatihan untuk Anda.",
        Kind::BusinessCapital => "Petugas membantu Anda mencari modal usaha.",
        Kind::Visit => "Petugas akan berkunjung dan berbicara dengan Anda.",
        Kind::DesilCheck => "Petugas memeriksa data kesejahteraan (desil) keluarga Anda.",
    };
    let office = office.unwrap_or(LABOUR_OFFICE);
    let who = officer.map_or_else(|| office.to_owned(), |name| format!("{name}, {office}"));
    let day = dates::with_weekday(due_on);
    format!("{next} Yang mengurus: {who}, paling lambat {day}. Layanan ini gratis.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_person_reads_what_who_and_when() {
        let day = "2026-03-09".parse().unwrap();
        assert_eq!(
            for_person(Kind::Visit, Some("Dinas Sosial"), Some("Bu Contoh"), day),
            "Petugas akan berkunjung dan berbicara dengan Anda. Yang mengurus: Bu Contoh, Dinas Sosial, paling lambat \
             Senin, 9 Maret 2026. Layanan ini gratis."
        );
        assert!(
            for_person(Kind::Training, None, None, day).contains("Yang mengurus: dinas tenaga kerja, paling")
        );
    }
}
