//! Evidence of priority for officers: what it is called, and what to do about a date that nobody told.
use chrono::NaiveDate;

use super::dates;
use crate::domain::evidence::Criterion;

/// What is evidenced.
pub const fn name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Desil => "desil",
        Criterion::Disability => "disabilitas",
        Criterion::LongUnemployment => "lama menganggur",
        Criterion::LaidOff => "terkena PHK",
    }
}

/// What evidence says, in the cell of a table.
pub fn named(criterion: Criterion, value: i64) -> String {
    match criterion {
        Criterion::Desil => format!("{} {value}", name(criterion)),
        Criterion::Disability | Criterion::LongUnemployment | Criterion::LaidOff => {
            name(criterion).to_owned()
        }
    }
}

/// Why a date is doubtful.
pub fn why_undated(recorded_on: NaiveDate) -> String {
    format!(
        "Tanggal data ini tidak pernah diisi: yang tertulis, {}, hanyalah hari data dimasukkan.",
        dates::long(recorded_on)
    )
}

/// Where the true date is found, and what to do with it.
pub fn to_do(criterion: Criterion) -> String {
    let whom = match criterion {
        Criterion::Desil => "operator desa atau Dinas Sosial dari kapan desil keluarga (DTSEN) ini",
        Criterion::Disability => "warga tanggal kartu atau surat keterangan disabilitasnya",
        Criterion::LongUnemployment => "warga sejak kapan ia tidak bekerja",
        Criterion::LaidOff => "warga tanggal surat PHK-nya",
    };
    format!(
        "Tanyakan kepada {whom}, lalu catat buktinya dengan tanggal yang benar; yang lama terhapus sendiri."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_criterion_has_a_name_and_somebody_to_ask() {
        assert_eq!(named(Criterion::Desil, 2), "desil 2");
        for criterion in Criterion::ALL {
            assert!(named(*criterion, 1).len() <= 16, "{criterion}");
            let told = to_do(*criterion);
            assert!(told.starts_with("Tanyakan kepada ") && told.ends_with('.'), "{told}");
        }
        let told = why_undated("2026-11-27".parse().unwrap());
        assert!(told.contains("27 November 2026"), "{told}");
    }
}
