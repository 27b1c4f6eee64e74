//! Interests that were said without a login, at the terminal.

/// Nobody waits, or nothing is stored.
pub const NONE: &str = "Tidak ada minat yang menunggu atau tercatat di sini.";

/// What the columns are.
pub const COLUMNS: [&str; 5] = ["nomor", "nama", "nomor HP", "lowongan", "keadaan"];

/// By when somebody is to be called.
pub fn until(day: &str, overdue: bool) -> String {
    if overdue { format!("terlambat: sebelum {day}") } else { format!("paling lambat {day}") }
}

/// What came of it.
pub fn now(number: &str, outcome: &str) -> String {
    format!("{number}: {outcome}.")
}

/// No interest of this number.
pub fn no_such(number: &str) -> String {
    format!("tidak ada minat {number}; lihat: padankerja interests")
}

/// What to do, after the list; `more`: there are more than were shown; so many are overdue in all.
pub fn advice(shown: usize, more: bool, overdue: i64) -> Vec<String> {
    let mut lines = vec!["Telepon, lalu catat: padankerja interests handle NOMOR --outcome HASIL".to_owned()];
    if overdue > 0 {
        lines.push(format!("{overdue} orang menunggu melewati hari yang dijanjikan."));
    }
    if more {
        lines.push(format!("{shown} minat pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_a_terminal() {
        for line in advice(50, true, 12).into_iter().chain([no_such("MIN-2026-0041"), NONE.to_owned()]) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
    }
}
