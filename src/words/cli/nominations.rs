//! Residents whom other agencies name, at the terminal.
use std::fmt::Display;

/// Nothing in this state.
pub const NONE: &str = "Tidak ada usulan dalam keadaan ini.";

/// What the columns are.
pub const COLUMNS: [&str; 5] = ["usulan", "kantor", "warga", "keadaan", "diusulkan"];

/// Nobody with this NIK is registered.
pub const NOT_REGISTERED: &str = "(belum terdaftar)";

/// What to do, after the list; `more`: there are more than were shown.
pub fn advice(shown: usize, more: bool) -> Vec<String> {
    let mut lines = vec!["Terima atau tolak: padankerja nominations accept ID, refuse ID".to_owned()];
    if more {
        lines.push(format!("{shown} usulan pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines
}

/// A file without a NIK.
pub fn no_nik(file: impl Display) -> String {
    format!("{file} tidak berisi NIK; tulis satu NIK per baris")
}

/// What was taken up.
pub fn taken_up(count: usize, office: &str) -> String {
    format!("{count} usulan dari {office} dicatat.")
}

/// What was decided; who it is where somebody is registered.
pub fn decided(person: Option<&str>, office: &str, accept: bool) -> String {
    let who = person.unwrap_or(NOT_REGISTERED);
    let what = if accept { "diterima" } else { "ditolak" };
    format!("Usulan dari {office} {what}: {who}")
}

/// No nomination, or several, that wait.
pub fn no_such(given: impl Display) -> String {
    format!("tidak ada satu usulan menunggu dengan id {given}; lihat: padankerja nominations")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_a_terminal() {
        for line in advice(50, true).into_iter().chain([no_such("5f3c21aa"), NONE.to_owned()]) {
            assert!(line.chars().count() <= 90, "{}: {line}", line.chars().count());
        }
        assert_eq!(advice(3, false).len(), 1);
    }
}
