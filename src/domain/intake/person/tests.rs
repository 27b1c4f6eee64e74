//! Rows of people as files and forms bring them, judged.
use proptest::prelude::*;

use super::*;
use crate::domain::intake::Row;

fn today() -> NaiveDate {
    "2026-11-24".parse().expect("a date")
}

fn row() -> PersonRow {
    PersonRow::from_cells([
        ("nik", Cell::text("9911045205010002")),
        ("nama", Cell::text("Sri Rejeki")),
        ("L/P", Cell::text("Perempuan")),
        ("Tgl Lahir", Cell::text("Sukoharjo, 12 Mei 2001")),
        ("No HP/WA", Cell::text("0812-3456-7890")),
        ("Desa/Kel", Cell::text("Gentan")),
        ("Kecamatan", Cell::text("Baki")),
        ("Pendidikan", Cell::text("STM")),
        ("programme", Cell::text("Menjahit Dasar")),
        ("training_end", Cell::text("2026-08-30")),
        ("Hasil Uji", Cell::text("K")),
        ("skills", Cell::text("menjahit; obras")),
        ("experience", Cell::text("operator jahit:24; helper:1,5 tahun; kasir")),
        ("wage_floor", Cell::text("2,5 jt")),
        ("max_distance_km", Cell::text("12")),
        ("shift_ok", Cell::text("ya")),
        ("Bersedia tinggal di mes/asrama", Cell::text("tidak")),
        ("transport", Cell::text("motor")),
        ("desil", Cell::text("2")),
        ("desil_source", Cell::text("DTSEN")),
        ("desil_date", Cell::text("2026-09-30")),
        ("disability", Cell::text("tidak")),
        ("status", Cell::text("belum bekerja")),
        ("No KK", Cell::text("9911040101100001")),
    ])
}

fn codes(row: &PersonRow) -> Vec<&'static str> {
    row.judge(today()).problems.iter().map(|problem| problem.code.as_str()).collect()
}

#[test]
fn a_good_row_gives_a_draft() {
    let (draft, problems) = row().judge(today()).into_result().expect("good");
    assert_eq!(problems, []);
    assert_eq!(draft.sex, Sex::Female);
    assert_eq!(draft.birth_date, "2001-05-12".parse().ok());
    assert_eq!(draft.village.map(|v| v.district().map(|d| d.to_string())), Some(Some("33.11.10".to_owned())));
    assert_eq!(draft.education, Some(Education::Smk));
    assert_eq!(draft.training.as_ref().and_then(|t| t.result), Some(training::Outcome::Passed));
    let months: Vec<Option<u32>> = draft.experience.iter().map(|job| job.months).collect();
    assert_eq!(months, [Some(24), Some(18), None]);
    assert_eq!(draft.wage_floor, Some(Rupiah(2_500_000)));
    assert_eq!(draft.max_distance_m, Some(12_000));
    assert_eq!((draft.shift_ok, draft.dormitory_ok), (Some(true), Some(false)));
    assert_eq!(draft.desil.as_ref().map(|d| d.desil), Some(2));
    assert_eq!(draft.disability, Some(None));
}

#[test]
fn a_numeric_nik_is_never_trusted() {
    for json in ["9911045205010002", "9.911045205010002e15"] {
        let nik: Cell = serde_json::from_str(json).expect("a number");
        assert_eq!(codes(&PersonRow { nik, ..row() }), ["nik_numeric"], "{json}");
    }
    for text in [
        "9,91104E+15",
        "9.911045205E+15",
        "9911045205010002.0",
        "9911045205010002,0",
        "9911045205010002,00",
        "=\"9911045205010002,00\"",
    ] {
        assert_eq!(codes(&PersonRow { nik: Cell::text(text), ..row() }), ["nik_numeric"], "{text}");
    }
    let rounded = PersonRow { nik: Cell::text("9911045205010000"), ..row() };
    assert_eq!(codes(&rounded), ["nik_serial_zero"]);
}

#[test]
fn a_row_with_only_nik_and_name_is_enough() {
    let bare = PersonRow {
        nik: Cell::text("9911041205010001"),
        name: Cell::text("Joko Santoso"),
        ..PersonRow::default()
    };
    let (draft, problems) = bare.judge(today()).into_result().expect("enough");
    assert_eq!(problems, []);
    assert_eq!(draft.sex, Sex::Male);
    assert_eq!(draft.birth_date, "2001-05-12".parse().ok());
    assert_eq!((draft.village, draft.disability, draft.desil), (None, None, None));
}

#[test]
fn errors_stop_a_row_and_warnings_do_not() {
    let bad = PersonRow { nik: Cell::Empty, name: Cell::text("-"), village: Cell::text("Atlantis"), ..row() };
    let problems = bad.judge(today()).into_result().expect_err("three errors");
    let found: Vec<_> = problems.iter().map(|p| (p.column, p.code.as_str())).collect();
    assert_eq!(found, [("nik", "required"), ("name", "required"), ("village", "unknown_village")]);

    let doubtful = PersonRow {
        sex: Cell::text("?"),
        birth_date: Cell::text("2030-01-01"),
        phone: Cell::text("0271593123"),
        education: Cell::text("lainnya"),
        experience: Cell::text("kasir:lama"),
        wage_floor: Cell::text("250"),
        max_distance_km: Cell::text("dekat"),
        desil: Cell::text("11"),
        family_card: Cell::text("12"),
        ..row()
    };
    let (draft, warnings) = doubtful.judge(today()).into_result().expect("only warnings");
    let found: Vec<&str> = warnings.iter().map(|p| p.code.as_str()).collect();
    let expected = [
        "unknown_value",
        "date_in_future",
        "phone_not_mobile",
        "unknown_value",
        "unreadable_experience",
        "wage_implausible",
        "unreadable_number",
        "desil_out_of_range",
        "family_card_shape",
    ];
    assert_eq!(found, expected);
    assert_eq!(draft.sex, Sex::Female, "from the NIK");
    assert_eq!(draft.desil, None);
}

#[test]
fn a_decile_without_source_is_a_claim() {
    let claim = PersonRow { desil_source: Cell::Empty, ..row() };
    assert_eq!(codes(&claim), ["desil_without_source"]);
    let nowhere = PersonRow { desil_source: Cell::text("tidak ada"), ..row() };
    assert_eq!(codes(&nowhere), ["desil_without_source"]);
}

#[test]
fn the_heading_of_a_decile_may_be_its_source() {
    let source = |row: &PersonRow, heading: &str| {
        row.judge_under(heading, today()).draft.and_then(|d| d.desil).and_then(|d| d.source)
    };
    let silent = PersonRow { desil_source: Cell::Empty, ..row() };
    for (heading, expected) in
        [("Desil P3KE", Some("P3KE")), ("DESIL (DTSEN)", Some("DTSEN")), ("Desil", None), ("desil", None)]
    {
        assert_eq!(source(&silent, heading).as_deref(), expected, "{heading}");
        assert_eq!(source(&row(), heading).as_deref(), Some("DTSEN"), "what is told beside it goes before");
    }
}

#[test]
fn a_decile_without_date_is_a_claim_whatever_the_day_of_the_file() {
    let evidence = |row: &PersonRow| row.judge(today()).draft.and_then(|d| d.desil?.evidence().map(|e| e.2));
    assert_eq!(evidence(&row()), "2026-09-30".parse().ok());
    for (date, expected) in [
        ("", vec!["desil_without_date"]),
        ("2023", vec!["unreadable_date", "desil_without_date"]),
        ("2099-01-01", vec!["date_in_future", "desil_without_date"]),
    ] {
        let undated = PersonRow { desil_date: Cell::text(date), ..row() };
        assert_eq!((codes(&undated), evidence(&undated)), (expected, None), "{date}");
    }
}

#[test]
fn doubts_about_the_nik_are_warnings() {
    let other = PersonRow { birth_date: Cell::text("13-05-2001"), sex: Cell::text("L"), ..row() };
    assert_eq!(codes(&other), ["nik_birth_date_differs", "nik_sex_differs"]);
    assert!(other.judge(today()).draft.is_some());
}

#[test]
fn debug_of_a_draft_identifies_nobody() {
    let (draft, _) = row().judge(today()).into_result().expect("good");
    let shown = format!("{draft:?}");
    assert!(!shown.contains("Sri") && !shown.contains("9911") && !shown.contains("desil"), "{shown}");
}

proptest! {
    #[test]
    fn any_text_anywhere_is_judged(values in proptest::collection::vec("\\PC{0,16}", 30)) {
        let cells = PersonRow::COLUMNS.iter().copied().zip(values.iter().map(|v| Cell::text(v)));
        let judged = PersonRow::from_cells(cells).judge(today());
        prop_assert_eq!(judged.draft.is_none(), judged.problems.iter().any(|p| p.is_error()));
        for problem in &judged.problems {
            prop_assert!(PersonRow::COLUMNS.contains(&problem.column));
        }
    }
}
