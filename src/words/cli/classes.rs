//! What `class` says.
use std::path::Path;

use chrono::NaiveDate;

use crate::words::id::dates;

/// Columns of the list of classes.
pub const CLASSES: [&str; 7] =
    ["id", "program", "angkatan", "selesai", "dipadankan", "peserta", "K/BK/keluar"];

/// Columns of the members of a class.
pub const MEMBERS: [&str; 6] = ["id", "nama", "desa/kelurahan", "hp", "dipadankan", "hasil"];

/// No class was taken in.
pub const NONE: &str = "Belum ada angkatan pelatihan.";

/// A class without members.
pub const NOBODY: &str = "Belum ada peserta.";

/// Nothing of the file was written.
pub const NOTHING: &str =
    "Tidak ada yang disimpan: perbaiki baris di atas, lalu masukkan lagi seluruh berkas.";

/// It was only judged.
pub const TRIED: &str = "Hanya diperiksa, tidak ada yang disimpan.";

/// Said about being ranked.
pub const fn yes_no(yes: bool) -> &'static str {
    if yes { "ya" } else { "tidak" }
}

/// No class is meant.
pub fn no_such(given: &impl std::fmt::Display) -> String {
    format!("tidak ada angkatan dengan id {given}; lihat `padankerja class list`")
}

/// A class as candidates of an id are listed.
pub fn named(programme: &str, name: &str) -> String {
    format!("{programme}, {name}")
}

/// It was written.
pub fn taken(short: &str, members: u64, from: NaiveDate) -> String {
    format!("Angkatan {short} disimpan: {members} peserta, dipadankan mulai {}.", dates::long(from))
}

/// Somebody who was registered before and whose row says something else.
pub fn left(row: &str, short: &str, fields: &[String]) -> String {
    format!("{row}: warga {short} sudah terdaftar; tetap seperti tersimpan: {}", fields.join(", "))
}

/// Results were written.
pub fn results(passed: i64, failed: i64, broken_off: i64, waiting: i64) -> String {
    format!(
        "Hasil disimpan: {passed} kompeten, {failed} belum kompeten, {broken_off} keluar, {waiting} tanpa hasil."
    )
}

/// What `--result` takes.
pub const RESULT_SHAPE: &str = "tulis ID=HASIL, misalnya 5e4f3c21=BK";

/// What a result may be.
pub const RESULT_WORDS: &str = "hasil yang dikenal: K, BK, keluar";

/// Nobody said where people reach the service.
pub const NO_ADDRESS: &str =
    "alamat layanan belum diketahui: tambahkan --address https://.. atau isi public_url di konfigurasi";

/// The address does not fit a QR code.
pub fn no_picture(detail: &str) -> String {
    format!("alamat tidak dapat dijadikan kode QR: {detail}")
}

/// The sheet was written.
pub fn printed(made: usize, with_login: usize, path: &Path) -> String {
    let rest =
        if with_login == 0 { String::new() } else { format!(" {with_login} peserta sudah punya akun.") };
    format!("{made} kode ditulis ke {}; cetak, bagikan, lalu hapus berkasnya.{rest}", path.display())
}

/// Nobody needs a code.
pub fn nothing_to_print(with_login: usize) -> String {
    format!("tidak ada kode yang perlu dibuat: {with_login} peserta sudah punya akun")
}

/// How a class ended for somebody, in a column.
pub const fn result(result: Option<crate::domain::training::Outcome>) -> &'static str {
    use crate::domain::training::Outcome;
    match result {
        Some(Outcome::Passed) => "K",
        Some(Outcome::Failed) => "BK",
        Some(Outcome::BrokenOff) => "keluar",
        Some(Outcome::Running) => "berjalan",
        Some(Outcome::Unknown) | None => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_names_row_person_and_fields() {
        assert_eq!(
            left("baris 3", "5e4f3c21", &["phone".to_owned(), "address".to_owned()]),
            "baris 3: warga 5e4f3c21 sudah terdaftar; tetap seperti tersimpan: phone, address"
        );
        assert!(taken("5e4f3c21", 16, NaiveDate::default()).contains("16 peserta"));
    }
}
