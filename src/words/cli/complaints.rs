//! Complaints, at the terminal.

/// Nothing in this state.
pub const NONE: &str = "Tidak ada pengaduan dalam keadaan ini.";

/// What the columns are.
pub const COLUMNS: [&str; 5] = ["nomor", "tentang", "pemberi kerja", "keadaan", "diadukan"];

/// What may stand behind `--founded`.
pub const YES_OR_NO: &str = "pilih: yes (ya) atau no (tidak)";

/// What it is about.
pub const ABOUT: &str = "tentang";
/// Where it stands.
pub const STANDS: &str = "keadaan";
/// What was said.
pub const SAID: &str = "yang dikatakan";
/// Whose it is.
pub const PERSON: &str = "warga";
/// How they are reached.
pub const PHONE: &str = "dihubungi lewat";
/// About which employer.
pub const EMPLOYER: &str = "pemberi kerja";
/// About which vacancy.
pub const VACANCY: &str = "lowongan";
/// What was found.
pub const ANSWER: &str = "jawaban";

/// Number and day.
pub fn made(number: &str, at: &str) -> String {
    format!("Pengaduan {number}, {at}")
}

/// One line of it.
pub fn field(name: &str, value: &str) -> String {
    format!("  {name}: {value}")
}

/// Where it stands now.
pub fn now(number: &str, state: &str) -> String {
    format!("{number}: {state}.")
}

/// No complaint of this number that an officer reads.
pub fn no_such(number: &str) -> String {
    format!("tidak ada pengaduan {number}; lihat: padankerja complaints")
}

/// What to do, after the list; `more`: there are more than were shown.
pub fn advice(shown: usize, more: bool) -> Vec<String> {
    let mut lines = vec!["Baca: padankerja complaints show NOMOR; lalu handle dan close.".to_owned()];
    if more {
        lines.push(format!("{shown} pengaduan pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_a_terminal() {
        for line in advice(50, true).into_iter().chain([no_such("ADU-2026-0041"), NONE.to_owned()]) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
    }
}
