//! What can be wrong with a field, and how to say it.
//!
//! Belongs here: the problem record with its stable code, and its sentence in Bahasa Indonesia. Does not belong here:
//! finding the problems (the `judge` functions) and line numbers, which the reader of the file adds.

use serde::Serialize;

use crate::domain::region;

/// Whether the row can be taken in all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is taken in; the value was left out or is doubtful.
    Warning,
    /// The row cannot be taken in.
    Error,
}

/// One thing wrong with one field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// Column, as in the row type's `COLUMNS`.
    pub column: &'static str,
    /// The value as found; masked for NIK, family card and phone, because problems are logged and shown.
    pub value: String,
    /// Stable code in snake_case.
    pub code: &'static str,
    /// Whether the row can be taken in.
    pub severity: Severity,
    /// Values that may have been meant, such as the villages of an ambiguous name.
    pub candidates: Vec<String>,
}

impl FieldProblem {
    /// A problem; personal numbers are masked here, once for all.
    pub fn new(column: &'static str, value: &str, code: &'static str, severity: Severity) -> Self {
        let value = if matches!(column, "nik" | "family_card" | "phone" | "contact_phone") {
            masked(value)
        } else {
            shortened(value)
        };
        Self { column, value, code, severity, candidates: Vec::new() }
    }

    /// True when the row cannot be taken in.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A judged row: its draft unless a problem is an error, and all problems.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<T> {
    /// The typed draft; `None` exactly when a problem is an error.
    pub draft: Option<T>,
    /// Every problem found, in column order.
    pub problems: Vec<FieldProblem>,
}

impl<T> Judged<T> {
    /// The draft with its warnings, or all problems.
    ///
    /// # Errors
    /// All problems of the row, warnings included, when one is an error.
    pub fn into_result(self) -> Result<(T, Vec<FieldProblem>), Vec<FieldProblem>> {
        match self.draft {
            Some(draft) => Ok((draft, self.problems)),
            None => Err(self.problems),
        }
    }
}

/// A short sentence in Bahasa Indonesia that names the column and the value and says what to do.
pub fn explain(problem: &FieldProblem) -> String {
    let FieldProblem { column, value, code, .. } = problem;
    let what = sentence(code);
    let mut text = if value.is_empty() {
        format!("Kolom {column}: {what}.")
    } else {
        format!("Kolom {column}, isi \"{value}\": {what}.")
    };
    if !problem.candidates.is_empty() {
        text.push_str(" Mungkin maksudnya: ");
        text.push_str(&problem.candidates.join("; "));
        text.push('.');
    }
    text
}

/// Every code with its sentence.
const SENTENCES: &[(&str, &str)] = &[
    ("required", "wajib diisi"),
    (
        "nik_numeric",
        "NIK tersimpan sebagai angka sehingga angka terakhirnya bisa hilang; ubah kolom menjadi teks dan ketik ulang dari KTP",
    ),
    ("nik_length", "NIK harus 16 angka"),
    ("nik_not_digit", "NIK hanya boleh berisi angka"),
    ("nik_impossible_month", "bulan lahir di dalam NIK tidak mungkin (angka ke-9 dan ke-10)"),
    ("nik_impossible_day", "tanggal lahir di dalam NIK tidak mungkin (angka ke-7 dan ke-8)"),
    ("nik_serial_zero", "empat angka terakhir NIK tidak boleh 0000"),
    ("nik_unknown_region", "kode provinsi di awal NIK tidak dikenal; periksa kembali KTP"),
    ("nik_birth_date_differs", "tanggal lahir berbeda dengan yang terbaca dari NIK"),
    ("nik_sex_differs", "jenis kelamin berbeda dengan yang terbaca dari NIK"),
    (
        "family_card_numeric",
        "nomor KK tersimpan sebagai angka sehingga angka terakhirnya bisa hilang; ubah kolom menjadi teks",
    ),
    ("family_card_shape", "nomor KK harus 16 angka"),
    ("phone_not_digit", "nomor HP hanya boleh berisi angka"),
    ("phone_not_mobile", "nomor HP harus diawali 08 atau +628"),
    ("phone_length", "panjang nomor HP tidak wajar"),
    ("unknown_village", "desa/kelurahan ini tidak ada di Kabupaten Sukoharjo"),
    ("ambiguous_village", "ada beberapa desa/kelurahan dengan nama ini; isi juga kolom kecamatan"),
    ("village_not_in_district", "desa/kelurahan ini tidak ada di kecamatan yang diisi"),
    ("region_not_a_code", "kode wilayah tidak lengkap; contoh yang benar 33.11.04.1005"),
    ("unknown_district", "kecamatan ini tidak ada di Kabupaten Sukoharjo"),
    ("unreadable_date", "tanggal tidak terbaca; tulis seperti 12-05-2001 atau 2001-05-12"),
    ("date_in_future", "tanggal ini belum terjadi"),
    ("closing_date_past", "tanggal penutupan sudah lewat"),
    ("implausible_birth_date", "umur menurut tanggal lahir ini tidak wajar untuk pencari kerja"),
    ("unreadable_number", "isi dengan angka bulat"),
    ("number_out_of_range", "angka di luar batas yang wajar"),
    ("zero_seats", "jumlah lowongan tidak boleh 0"),
    ("reserved_above_seats", "jumlah kursi khusus melebihi jumlah lowongan"),
    ("age_range_reversed", "batas umur bawah melebihi batas atas"),
    ("money_no_amount", "tulis upah dengan angka, misalnya 2.500.000"),
    ("money_ambiguous", "jumlah upah dapat dibaca lebih dari satu cara; tulis lengkap, misalnya 2.500.000"),
    ("money_several", "isi satu jumlah saja"),
    ("money_reversed", "upah terendah melebihi upah tertinggi"),
    ("money_not_monthly", "tulis upah per bulan"),
    ("money_too_large", "jumlah upah terlalu besar"),
    ("wage_implausible", "jumlah ini tidak wajar sebagai upah per bulan"),
    ("unknown_value", "pilihan ini tidak dikenal"),
    ("unreadable_experience", "lama pengalaman tidak terbaca; tulis seperti operator jahit:24 (dalam bulan)"),
    ("desil_out_of_range", "desil harus angka 1 sampai 10"),
    ("desil_without_source", "sumber data desil belum diisi, sehingga belum dapat dipakai sebagai bukti"),
    ("nib_shape", "NIB harus 13 angka"),
    (
        "nib_numeric_zero",
        "NIB tersimpan sebagai angka dan kehilangan angka 0 di depan; ubah kolom menjadi teks",
    ),
    ("kbji_shape", "kode KBJI harus 1 sampai 6 angka"),
    ("kbli_shape", "kode KBLI harus satu huruf atau 2 sampai 5 angka"),
    ("email_shape", "alamat email tidak benar"),
    ("url_shape", "tautan harus diawali https://"),
];

fn sentence(code: &str) -> &'static str {
    SENTENCES.iter().find(|(known, _)| *known == code).map_or("isi tidak dapat dipakai", |(_, text)| text)
}

/// Full names of villages that may have been meant.
pub(super) fn village_names(codes: &[region::RegionCode]) -> Vec<String> {
    codes.iter().filter_map(|code| region::find(*code)).map(region::Region::full_name).collect()
}

/// The first two characters and how many there are: enough to find the row, not the person.
fn masked(value: &str) -> String {
    let count = value.chars().count();
    if count == 0 {
        return String::new();
    }
    let head: String = value.chars().take(2).collect();
    format!("{head}… ({count} karakter)")
}

fn shortened(value: &str) -> String {
    if value.chars().count() <= 80 {
        return value.to_owned();
    }
    value.chars().take(79).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_column_and_value() {
        let problem = FieldProblem::new("seats", "0", "zero_seats", Severity::Error);
        assert_eq!(explain(&problem), "Kolom seats, isi \"0\": jumlah lowongan tidak boleh 0.");
        let empty = FieldProblem::new("name", "", "required", Severity::Error);
        assert_eq!(explain(&empty), "Kolom name: wajib diisi.");
    }

    #[test]
    fn candidates_are_named() {
        let mut problem = FieldProblem::new("village", "Gentan", "ambiguous_village", Severity::Error);
        let error = region::resolve_village("Gentan", None).expect_err("ambiguous");
        problem.candidates = village_names(error.candidates());
        let text = explain(&problem);
        assert!(text.contains("Desa Gentan, Kecamatan Baki"), "{text}");
    }

    #[test]
    fn personal_numbers_are_masked() {
        let problem = FieldProblem::new("nik", "331104120501", "nik_length", Severity::Error);
        assert_eq!(problem.value, "33… (12 karakter)");
        assert!(!explain(&problem).contains("1104"));
    }

    #[test]
    fn codes_are_snake_case_and_known_once() {
        for (code, text) in SENTENCES {
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{code}");
            assert!(!text.ends_with('.'), "{code}");
            assert_eq!(SENTENCES.iter().filter(|(other, _)| other == code).count(), 1, "{code}");
        }
    }

    #[test]
    fn every_error_of_a_value_type_has_a_sentence() {
        use crate::domain::{money::MoneyError, nik::NikError, nik::NikWarning, phone::PhoneError};
        let codes = [
            NikError::Length(1).code(),
            NikError::NotDigit(1).code(),
            NikError::ImpossibleDay(0).code(),
            NikError::ImpossibleMonth(0).code(),
            NikError::SerialZero.code(),
            NikWarning::UnknownRegion.code(),
            NikWarning::BirthDateDiffers.code(),
            NikWarning::SexDiffers.code(),
            PhoneError::NotMobile.code(),
            PhoneError::Length(1).code(),
            PhoneError::NotDigit('x').code(),
            MoneyError::NoAmount.code(),
            MoneyError::Ambiguous.code(),
            MoneyError::Several.code(),
            MoneyError::Reversed.code(),
            MoneyError::NotMonthly.code(),
            MoneyError::TooLarge.code(),
        ];
        for code in codes {
            assert_ne!(sentence(code), sentence("no_such_code"), "{code}");
        }
    }
}
