//! Whose desil is to be looked up: a list of one line each, 80 columns wide.
use std::fmt::Display;

use crate::{domain::run::Fate, words::id::desil};

/// Nobody is left to be looked up.
pub const ALL_KNOWN: &str = "Desil semua orang yang punya lowongan cocok sudah diketahui.";

/// What the columns are.
pub fn heading() -> String {
    row(&["id", "nama", "desa/kelurahan", "telepon", "kursi", "mengapa"].map(str::to_owned))
}

/// Somebody; `has_expired`: a desil was known once.
pub fn person(
    id: &str,
    (name, village, phone): (&str, Option<&str>, Option<&str>),
    seats: i64,
    fate: Fate,
    has_expired: bool,
) -> String {
    let mark = if has_expired { "*" } else { "" };
    let or_dash = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let why = format!("{}{mark}", desil::in_short(fate));
    row(&[id.to_owned(), name.to_owned(), or_dash(village), or_dash(phone), seats.to_string(), why])
}

fn row([id, name, village, phone, seats, why]: &[String; 6]) -> String {
    let (name, village, phone) = (cut(name, 19), cut(village, 13), cut(phone, 14));
    format!("{id:<8} {name:<19} {village:<13} {phone:<14} {seats:>5} {why}")
}

/// A text of at most so many characters; one that is cut ends with a mark.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// What the words and marks of the list mean and what to do, after it; `more`: there are more than were shown.
pub fn advice(run: impl Display, shown: usize, more: bool, any_expired: bool) -> Vec<String> {
    let mut lines = vec![
        "tergeser: tanpa prioritas diusulkan, dengan prioritas tempatnya untuk yang lain".to_owned(),
        "kursi: tempat rujukan di lowongan yang cocok".to_owned(),
    ];
    if any_expired {
        lines.push("*: desil pernah dicatat tetapi sudah tidak berlaku".to_owned());
    }
    lines.push("Tanyakan desil keluarga (DTSEN) kepada operator desa atau Dinas Sosial, lalu".to_owned());
    lines.push("catat dengan sumber dan tanggalnya; proses berikutnya menghitungnya.".to_owned());
    if more {
        lines.push(format!("{shown} orang pertama; lihat lebih banyak dengan --top {}", shown * 4));
    }
    lines.push(format!("Proses {run}"));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_never_wider_than_eighty_columns() {
        let long = "Raden Mas Kusumaningrum Sastrowardoyo";
        let all = [
            heading(),
            person("5e4f3c21", ("Siti", None, None), 3, Fate::Proposed, false),
            person("5e4f3c21", (long, Some(long), Some(long)), 99_999, Fate::Proposed, true),
        ];
        for line in all.iter().chain(&advice("00000000-0000-0000-0000-000000000000", 50, true, true)) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
        assert_eq!(all[1], "5e4f3c21 Siti                -             -                  3 sudah diusulkan");
        assert!(all[2].contains("Raden Mas Kusumani… Raden Mas Ku… "), "{}", all[2]);
        assert!(all[2].ends_with("99999 sudah diusulkan*"));
    }

    #[test]
    fn advice_tells_no_more_than_there_is() {
        assert!(
            !advice("x", 3, false, false).iter().any(|line| line.starts_with('*') || line.contains("--top"))
        );
    }
}
