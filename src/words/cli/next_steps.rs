//! What happens next for people, at the terminal.

/// Nothing is open.
pub const NOTHING_OPEN: &str = "Tidak ada langkah yang terbuka.";

/// Nothing fits what was asked for.
pub const NONE_FITS: &str = "Tidak ada langkah yang cocok dengan saringan ini.";

/// What the columns are.
pub const COLUMNS: [&str; 6] = ["warga", "nama", "telepon", "langkah", "yang mengurus", "batas"];

/// A day that is over.
pub fn due(day: impl std::fmt::Display, overdue: bool) -> String {
    format!("{day}{}", if overdue { " !" } else { "" })
}

/// What the marks mean and what to do, after the list; `more`: there are more than were shown.
pub fn advice(shown: usize, more: bool, any_overdue: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if any_overdue {
        lines.push("!: lewat batas".to_owned());
    }
    lines.push("Catat hasilnya: padankerja next-steps answer ID --outcome HASIL".to_owned());
    if more {
        lines.push(format!("{shown} langkah pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines
}

/// What was stored.
pub fn answered(person: &str, kind: &str, outcome: &str) -> String {
    format!("{person}, {kind}: {outcome}.")
}

/// Nothing open has this id.
pub fn no_such(given: impl std::fmt::Display) -> String {
    format!("tidak ada langkah terbuka dengan id {given}; lihat: padankerja next-steps")
}

/// Several are meant, each with its kind and the short form of its id.
pub fn several(given: impl std::fmt::Display, steps: impl Iterator<Item = (&'static str, String)>) -> String {
    let list = steps.map(|(kind, id)| format!("  {id}  --kind {kind}")).collect::<Vec<_>>().join("\n");
    format!("{given} punya beberapa langkah; sebut jenisnya:\n{list}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_a_terminal_and_tells_no_more_than_there_is() {
        for line in advice(50, true, true) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
        assert_eq!(advice(3, false, false).len(), 1);
        assert_eq!(
            (due("2026-03-09", true), due("2026-03-09", false).len()),
            ("2026-03-09 !".to_owned(), 10)
        );
    }
}
