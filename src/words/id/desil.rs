//! Why somebody's desil should be looked up, and how: for officers. A resident is asked for a paper, never told a number.
use chrono::NaiveDate;

use super::dates;
use crate::domain::run::Fate;

/// Why somebody is on the list: what the run did with them, for how many seats they could be proposed.
pub fn why(fate: Fate, forgone: Option<&str>, seats: i64) -> String {
    match (fate, forgone) {
        (Fate::Paid, Some(title)) => format!(
            "Tanpa prioritas diusulkan untuk \"{title}\"; dengan prioritas tempat itu diberikan kepada yang lain."
        ),
        (Fate::Paid, None) => "Tanpa prioritas diusulkan; dengan prioritas tidak.".to_owned(),
        (Fate::LeftOut, _) => format!("Belum diusulkan, padahal cocok untuk {seats} tempat rujukan."),
        (Fate::Proposed, _) => {
            "Sudah diusulkan; dengan desil yang diketahui prioritasnya dihitung benar.".to_owned()
        }
    }
}

/// The same in the cell of a table.
pub const fn in_short(fate: Fate) -> &'static str {
    match fate {
        Fate::Paid => "tergeser",
        Fate::LeftOut => "belum diusulkan",
        Fate::Proposed => "sudah diusulkan",
    }
}

/// What to do; `expired_on` is the last day on which a desil counted.
pub fn to_do(expired_on: Option<NaiveDate>) -> String {
    let ask = "tanyakan desil keluarga (DTSEN) kepada operator desa atau Dinas Sosial, lalu catat dengan sumber dan tanggalnya";
    match expired_on {
        None => format!("Desil belum pernah dicatat: {ask}."),
        Some(day) => format!("Desil yang dicatat hanya berlaku sampai {}: {ask}.", dates::long(day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fate_says_why_and_every_reason_what_to_do() {
        assert_eq!(
            why(Fate::Paid, Some("Operator Jahit"), 4),
            "Tanpa prioritas diusulkan untuk \"Operator Jahit\"; dengan prioritas tempat itu diberikan kepada yang lain."
        );
        assert!(why(Fate::LeftOut, None, 4).contains("4 tempat rujukan"));
        for fate in Fate::ALL {
            assert!(why(*fate, None, 1).ends_with('.') && in_short(*fate).len() <= 16, "{fate}");
        }
        let expired = to_do("2026-06-30".parse().ok());
        assert!(
            expired.starts_with("Desil yang dicatat hanya berlaku sampai 30 Juni 2026: tanyakan"),
            "{expired}"
        );
        assert!(to_do(None).starts_with("Desil belum pernah dicatat: "));
    }
}
