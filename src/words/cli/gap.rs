//! What is missing: for a person, at a vacancy, and which training classes to open.
use std::fmt::Display;

use crate::matching::gap::Kind;

/// What a bar shows while it is worked out.
pub const COUNTING: &str = "menghitung kebutuhan";
/// No single certificate or skill opens anything.
pub const NOTHING_OPENS: &str =
    "Tidak ada satu sertifikat atau keterampilan yang membuka lowongan lain saat ini.";
/// No class would place anybody.
pub const NO_CLASS: &str = "Tidak ada pelatihan yang menambah penempatan saat ini.";
/// Heading of the classes.
pub const CLASSES: [&str; 5] =
    ["kelas pelatihan", "peserta", "tambahan penempatan", "tambahan nilai", "paling banyak"];
/// A class that was bounded, not solved.
pub const NOT_SOLVED: &str = "belum dihitung";

/// Somebody who cannot be proposed.
pub fn no_person(id: impl Display) -> String {
    format!("orang {id} tidak ada atau tidak dapat diusulkan")
}

/// A vacancy that takes nobody.
pub fn no_vacancy(id: impl Display) -> String {
    format!("lowongan {id} tidak terbuka atau tidak punya kursi bebas")
}

/// What a certificate or skill would open.
pub fn opens(kind: Kind, label: &str, vacancies: usize, plans: usize) -> String {
    let plans = if plans > 0 { format!(" dan {plans} rencana perekrutan") } else { String::new() };
    format!("{} \"{label}\": membuka {vacancies} lowongan{plans}", what(kind))
}

/// Who suits a vacancy, and who nearly does.
pub fn suitable(places: u32, suitable: usize, near: usize) -> String {
    format!(
        "{places} kursi rujukan bebas; {suitable} orang cocok sekarang, {near} lagi hanya kurang satu hal"
    )
}

/// What keeps people out of a vacancy.
pub fn lacked(kind: Kind, label: &str, people: usize) -> String {
    format!("  {} \"{label}\": {people} orang", what(kind))
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Certificate => "Sertifikat",
        Kind::Skill => "Keterampilan",
    }
}
