//! The office's calendar, at the terminal.
use chrono::NaiveDate;

use crate::domain::holiday::Kind;

/// What the columns of a year are; the last says whether the day is an estimate.
pub const COLUMNS: [&str; 5] = ["tanggal", "hari", "nama", "jenis", "ket."];

/// A day that no decree has fixed yet.
pub const ESTIMATE: &str = "perkiraan";

/// What a kind of holiday is called in a column.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::National => "nasional",
        Kind::CollectiveLeave => "cuti bersama",
        Kind::Local => "kantor",
    }
}

/// A year without holidays.
pub fn empty(year: i32) -> String {
    format!("Kalender {year} belum diisi: hanya Sabtu dan Minggu yang libur.")
}

/// What to do about estimates, after a year that has some: the first of them.
pub fn advice(first: NaiveDate) -> Vec<String> {
    vec![
        "perkiraan: belum ditetapkan pemerintah. Setelah ditetapkan:".to_owned(),
        format!("  padankerja calendar confirm {first}          bila harinya benar"),
        format!("  padankerja calendar move {first} TANGGAL     bila harinya lain"),
    ]
}

/// A holiday as it is now.
pub fn declared(day: &str, name: &str, kind: &str, estimate: bool) -> String {
    let estimate = if estimate { format!(", {ESTIMATE}") } else { String::new() };
    format!("{day} libur: {name} ({kind}{estimate})")
}

/// A holiday that is no more.
pub fn removed(day: &str, name: &str) -> String {
    format!("{day} tidak lagi libur: {name}")
}

/// A day that is no holiday.
pub fn no_holiday(day: NaiveDate) -> String {
    format!("{day} bukan hari libur; lihat: padankerja calendar --year {}", day.format("%Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_a_terminal() {
        let day = "2027-03-10".parse().unwrap();
        for line in advice(day).into_iter().chain([no_holiday(day), empty(2028)]) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
    }
}
