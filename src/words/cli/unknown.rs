//! Whose desil is to be looked up.
use std::fmt::Display;

use crate::{domain::run::Fate, words::id::desil};

/// Nobody is left to be looked up.
pub const ALL_KNOWN: &str = "Desil semua orang yang punya lowongan cocok sudah diketahui.";

/// What the columns are.
pub const COLUMNS: [&str; 6] = ["id", "nama", "desa/kelurahan", "telepon", "kursi", "mengapa"];

/// Why somebody is listed; `has_expired`: a desil was known once.
pub fn why(fate: Fate, has_expired: bool) -> String {
    format!("{}{}", desil::in_short(fate), if has_expired { "*" } else { "" })
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
    fn a_desil_that_ran_out_is_marked_and_no_line_is_wider_than_eighty_columns() {
        assert_eq!(why(Fate::Proposed, false), "sudah diusulkan");
        assert_eq!(why(Fate::Proposed, true), "sudah diusulkan*");
        for line in advice("00000000-0000-0000-0000-000000000000", 50, true, true) {
            assert!(line.chars().count() <= 80, "{}: {line}", line.chars().count());
        }
    }

    #[test]
    fn advice_tells_no_more_than_there_is() {
        assert!(
            !advice("x", 3, false, false).iter().any(|line| line.starts_with('*') || line.contains("--top"))
        );
    }
}
