//! Rows as people write them: what of a cell is kept, what is left out with a note, what stops the row.

use chrono::NaiveDate;

use crate::domain::{
    education::Education,
    intake::{Row, cell::Cell, person::PersonRow, vacancy::VacancyRow, words::WorkStatus},
    money::Rupiah,
};

fn today() -> NaiveDate {
    "2026-11-24".parse().expect("a date")
}

fn person() -> PersonRow {
    PersonRow {
        nik: Cell::text("9911041205010001"),
        name: Cell::text("Joko Santoso"),
        ..PersonRow::default()
    }
}

fn vacancy() -> VacancyRow {
    VacancyRow {
        title: Cell::text("Penjahit"),
        village: Cell::text("33.11.05.2008"),
        ..VacancyRow::default()
    }
}

#[test]
fn an_implausible_birth_date_loses_against_the_nik() {
    let of = |typed: &str| {
        let (draft, problems) = PersonRow { birth_date: Cell::text(typed), ..person() }
            .judge(today())
            .into_result()
            .expect(typed);
        (
            draft.birth_date.map(|d| d.to_string()),
            problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(),
        )
    };
    let nik = Some("2001-05-12".to_owned());
    assert_eq!(of("12/05/1901 0:00"), (nik.clone(), vec!["implausible_birth_date"]));
    assert_eq!(of("12/05/1877"), (nik.clone(), vec!["unreadable_date"]));
    assert_eq!(of("12/05/2031"), (nik.clone(), vec!["date_in_future"]));
    assert_eq!(of("3 Agustus 1988"), (nik, vec!["nik_birth_date_differs", "birth_date_from_nik"]));
    // A slip of the keyboard: what was typed stays.
    for (typed, date) in [
        ("21-05-2001", "2001-05-21"),
        ("12-06-2001", "2001-06-12"),
        ("12-05-2000", "2000-05-12"),
        ("05-12-2001", "2001-12-05"),
    ] {
        assert_eq!(of(typed), (Some(date.to_owned()), vec!["nik_birth_date_differs"]), "{typed}");
    }
}

#[test]
fn what_is_not_understood_about_work_is_unknown() {
    let of = |text: &str| {
        let (draft, problems) =
            PersonRow { status: Cell::text(text), ..person() }.judge(today()).into_result().expect(text);
        (draft.status, problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>())
    };
    assert_eq!(of("aktif"), (Some(WorkStatus::Unclear), vec!["unknown_value"]));
    assert_eq!(of("pensiun"), (Some(WorkStatus::Unclear), vec!["status_unclear"]));
    assert_eq!(of("IRT"), (Some(WorkStatus::Unemployed), vec![]));
    assert_eq!(of("Karyawati pabrik"), (Some(WorkStatus::Employed), vec![]));
    assert_eq!(of(""), (None, vec![]));
}

#[test]
fn a_school_that_was_left_is_the_one_below_with_a_note() {
    let left = PersonRow { education: Cell::text("putus sekolah SMA"), ..person() };
    let (draft, problems) = left.judge(today()).into_result().expect("a warning only");
    assert_eq!(draft.education, Some(Education::Smp));
    assert_eq!(problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["education_unfinished"]);
}

#[test]
fn a_place_elsewhere_keeps_nobody_out() {
    let of = |village: &str, district: &str| {
        let row = PersonRow { village: Cell::text(village), kecamatan: Cell::text(district), ..person() };
        let judged = row.judge(today());
        let codes: Vec<_> = judged.problems.iter().map(|p| (p.column, p.code.as_str())).collect();
        (judged.draft.map(|draft| draft.village), codes)
    };
    assert_eq!(of("Palur", "Jaten"), (Some(None), vec![("kecamatan", "unknown_district")]));
    assert_eq!(of("Palur, Jaten", ""), (Some(None), vec![("village", "village_elsewhere")]));
    assert_eq!(of("33.11.09.2004", "Baki"), (Some(None), vec![("village", "village_not_in_district")]));
    assert_eq!(of("Joho, Kab. Sukoharjo", ""), (None, vec![("village", "ambiguous_village")]));
    assert!(of("Gentan RT 02/03", "Baki").0.flatten().is_some());
    assert_eq!(of("", "Jaten"), (Some(None), vec![("kecamatan", "unknown_district")]));
}

#[test]
fn an_open_range_leaves_its_other_end_unknown() {
    let of = |low: &str, high: &str| {
        let row = VacancyRow { wage_min: Cell::text(low), wage_max: Cell::text(high), ..vacancy() };
        let (draft, _) = row.judge(today()).into_result().expect(low);
        (draft.wage_min.map(Rupiah::amount), draft.wage_max.map(Rupiah::amount))
    };
    assert_eq!(of("s/d 4 juta", ""), (None, Some(4_000_000)));
    assert_eq!(of("mulai 2,6jt", ""), (Some(2_600_000), None));
    assert_eq!(of("", "3.000.000"), (None, Some(3_000_000)));
    assert_eq!(of("0", "3.000.000"), (None, Some(3_000_000)));
    assert_eq!(of("2.600.000", ""), (Some(2_600_000), Some(2_600_000)));
    assert_eq!(of("2.600.000", "3.000.000"), (Some(2_600_000), Some(3_000_000)));
    assert_eq!(of("UMK", ""), (Some(2_500_000), Some(2_500_000)));
    assert_eq!(of("UMK 2025", ""), (Some(2_359_488), Some(2_359_488)));
}

#[test]
fn pay_that_is_not_by_the_month_is_no_wage() {
    for (text, code) in [
        ("110rb sehari", "money_not_monthly"),
        ("Rp 90.000/HK", "money_not_monthly"),
        ("650rb/pekan", "money_not_monthly"),
        ("28jt setahun", "money_not_monthly"),
        ("90.000/shift", "money_not_monthly"),
        ("Rp 120.000 per lusin", "money_not_monthly"),
        ("USD 450", "money_currency"),
        ("¥170.000", "money_currency"),
    ] {
        let bad = VacancyRow { wage_min: Cell::text(text), wage_max: Cell::Empty, ..vacancy() };
        let found: Vec<&str> = bad.judge(today()).problems.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(found, [code], "{text}");
    }
}

#[test]
fn getting_there_is_yes_no_or_unknown() {
    let told = |headings: [(&str, &str); 3]| {
        let cells = headings.map(|(heading, text)| (heading, Cell::text(text)));
        let (draft, problems) =
            VacancyRow::from_cells([("title", Cell::text("Penjahit"))].into_iter().chain(cells))
                .judge(today())
                .into_result()
                .expect("good");
        assert_eq!(problems, []);
        (draft.shuttle, draft.dormitory, draft.shifts)
    };
    let yes = [("Antar Jemput", "ada"), ("Mes/Asrama", "disediakan"), ("Sistem Kerja Shift", "3 shift")];
    assert_eq!(told(yes), (Some(true), Some(true), Some(true)));
    let no = [("Bus Jemputan", "tidak"), ("Mess", "Tidak ada"), ("Shift", "non shift")];
    assert_eq!(told(no), (Some(false), Some(false), Some(false)));
    let unknown = [("shuttle", ""), ("asrama", "belum tahu"), ("shifts", "-")];
    assert_eq!(told(unknown), (None, None, None));
}
