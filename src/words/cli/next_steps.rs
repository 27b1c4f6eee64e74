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
    lines.push("Catat hasilnya lewat layanan (POST /next-steps/{id}/outcome); id ada di --json.".to_owned());
    if more {
        lines.push(format!("{shown} langkah pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines
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
