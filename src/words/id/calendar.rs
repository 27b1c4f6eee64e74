//! The office's calendar: kinds of holidays, and what an edit means for deadlines.
use crate::{
    domain::holiday::{Effect, Kind},
    words::id::dates,
};

/// What a kind of holiday is called.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::National => "libur nasional",
        Kind::CollectiveLeave => "cuti bersama",
        Kind::Local => "libur kantor",
    }
}

/// What an edit of the calendar means: for days on which the office is closed anyway, and for deadlines.
pub fn notes(effect: &Effect) -> Vec<String> {
    let mut said: Vec<String> = effect
        .weekend
        .iter()
        .map(|day| {
            format!("{}: kantor memang tutup, hitungan hari kerja tidak berubah.", dates::with_weekday(*day))
        })
        .collect();
    if let Some(first) = effect.turned.first() {
        let since = format!("yang jatuh pada {} atau sesudahnya", dates::long(*first));
        said.push(match effect.told {
            0 => format!("Belum ada tenggat {since}."),
            told => format!("{told} tenggat {since} sudah diberitahukan: semuanya tetap."),
        });
        said.push("Tenggat yang dihitung mulai sekarang memakai kalender ini.".to_owned());
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(days: &[&str], told: i64) -> Effect {
        let days = days.iter().map(|day| day.parse().unwrap()).collect();
        Effect { told, ..Effect::of(days) }
    }

    #[test]
    fn an_edit_says_what_stays() {
        assert_eq!(
            notes(&effect(&["2027-03-09", "2027-03-10"], 12)),
            [
                "12 tenggat yang jatuh pada 9 Maret 2027 atau sesudahnya sudah diberitahukan: semuanya tetap.",
                "Tenggat yang dihitung mulai sekarang memakai kalender ini.",
            ]
        );
        let none = notes(&effect(&["2027-03-09"], 0));
        assert_eq!(none[0], "Belum ada tenggat yang jatuh pada 9 Maret 2027 atau sesudahnya.");
        assert_eq!(notes(&effect(&[], 0)), [""; 0]);
    }

    #[test]
    fn a_sunday_is_no_working_day_anyway() {
        let said = notes(&effect(&["2027-03-28"], 0));
        assert_eq!(said, ["Minggu, 28 Maret 2027: kantor memang tutup, hitungan hari kerja tidak berubah."]);
    }
}
