//! The regency's table, places as people write them, and distances.

use proptest::prelude::*;

use super::*;

fn code(text: &str) -> RegionCode {
    RegionCode::parse(text).expect(text)
}

#[test]
fn the_whole_regency_is_there() {
    assert_eq!(districts().count(), 12);
    assert_eq!(villages().len(), 167);
    assert_eq!(villages().iter().filter(|v| v.kind == RegionKind::Ward).count(), 17);
    assert!(villages().iter().all(|v| v.postcode.is_some_and(|p| p.len() == 5 && p.starts_with("57"))));
    assert!(villages().iter().all(|v| Some(v.parent) == v.code.district()));
    let lines = |text: &str| text.lines().count() - 1;
    let read = lines(include_str!("../../../index/regions.csv"))
        + lines(include_str!("../../../index/neighbours.csv"));
    assert_eq!(TABLE.all.len(), read);
}

#[test]
fn six_neighbours_with_districts() {
    let above: Vec<&str> = neighbours()
        .filter(|r| matches!(r.kind, RegionKind::Regency | RegionKind::City))
        .map(|r| r.name)
        .collect();
    assert_eq!(above, ["Boyolali", "Klaten", "Wonogiri", "Karanganyar", "Surakarta", "Gunungkidul"]);
    assert!(neighbours().filter(|r| r.kind == RegionKind::District).count() > 100);
}

#[test]
fn codes_with_and_without_dots() {
    assert_eq!(code("3311041005"), code("33.11.04.1005"));
    assert_eq!(code("33.11.04.1005").undotted(), "3311041005");
    assert_eq!(code("33.11.04.1005").district(), Some(code("33.11.04")));
    assert_eq!(code("33.11.04.1005").regency(), Some(code("33.11")));
    assert_eq!(code("33").regency(), None);
    for bad in ["", "3", "33.1", "33.1104", "33.11.04.100", "abc", "33-11", "33.11.", "3311041005.0"] {
        assert!(RegionCode::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn code_survives_json() {
    let json = serde_json::to_string(&code("33.11.04.1005")).expect("json");
    assert_eq!(json, "\"33.11.04.1005\"");
    assert_eq!(serde_json::from_str::<RegionCode>("\"3311041005\"").expect("code"), code("33.11.04.1005"));
    assert!(serde_json::from_str::<RegionCode>("\"x\"").is_err());
}

#[test]
fn finds_villages_however_written() {
    for text in ["33.11.05.2009", "3311052009"] {
        assert!(resolve_village(text, None).is_ok(), "{text}");
    }
    for text in
        ["Bekonang", "desa bekonang", "DS. BEKONANG", " Bekonang, Mojolaban", "Bekonang (Kec. Mojolaban)"]
    {
        assert_eq!(resolve_village(text, None).map(|v| v.name), Ok("Bekonang"), "{text}");
    }
    let gentan = resolve_village("Gentan", Some("Baki")).expect("in Baki");
    assert_eq!(gentan.full_name(), "Desa Gentan, Kecamatan Baki");
    assert_eq!(resolve_village("Gentan", Some("33.11.10")).map(|v| v.code), Ok(gentan.code));
}

#[test]
fn an_ambiguous_name_lists_its_candidates() {
    let error = resolve_village("Gentan", None).expect_err("three of them");
    assert_eq!(error.code(), "ambiguous_village");
    assert_eq!(error.candidates().len(), 3);
    let error = resolve_village("Gentan", Some("Kartasura")).expect_err("not there");
    assert_eq!(error.code(), "village_not_in_district");
    assert_eq!(error.candidates().len(), 3);
}

#[test]
fn a_place_is_never_guessed() {
    let found =
        |text: &str, district: Option<&str>| resolve_village(text, district).map(|v| v.code.to_string());
    let error =
        |text: &str, district: Option<&str>| resolve_village(text, district).map(|v| v.name).unwrap_err();
    // Another regency's district, or another regency, whatever the village's name.
    for (text, district) in [
        ("Palur", Some("Jaten")),
        ("Plumbon", Some("Tawangmangu")),
        ("Sidorejo", Some("Kec. Ngaglik")),
        ("Bulu, Bulu, Rembang", None),
        ("Grogol, Grogol, Kab. Kediri", None),
        ("Weru, Weru, Cirebon", None),
        ("Palur, Jaten", None),
        ("Gentan, Kab. Klaten", None),
        ("Luar Sukoharjo", None),
    ] {
        assert_eq!(error(text, district).code(), "village_elsewhere", "{text}");
    }
    // The regency's name is no district.
    for text in ["Joho, Sukoharjo", "Joho, Kab. Sukoharjo", "Jetis, Kabupaten Sukoharjo, Jawa Tengah"] {
        assert_eq!(error(text, None).code(), "ambiguous_village", "{text}");
        assert!(error(text, None).candidates().len() > 1, "{text}");
    }
    assert_eq!(error("Joho", Some("Kab. Sukoharjo")).code(), "ambiguous_village");
    assert!(
        found("Joho", Some("Sukoharjo")).is_ok_and(|code| code.starts_with("33.11.04")),
        "the column is of districts"
    );
    assert!(found("Plesan, Sukoharjo", None).is_ok(), "there is only one");
    // Code and district must agree.
    assert_eq!(error("33.11.09.2004", Some("Baki")).code(), "village_not_in_district");
    assert!(found("33.11.05.2008", Some("Nguter")).is_ok());
    assert_eq!(error("Gentan, Baki", Some("Bendosari")).code(), "village_not_in_district");
}

#[test]
fn what_stands_around_a_village_is_understood() {
    let gentan = resolve_village("Gentan", Some("Baki")).map(|v| v.code);
    for text in [
        "Gentan RT 02/03, Baki",
        "Gentan RT 02 RW 03 Kec. Baki",
        "Desa Gentan Kec. Baki",
        "Ds. Gentan Kecamatan Baki Kabupaten Sukoharjo",
        "Dk. Krajan, Gentan, Baki",
        "Dukuh Krajan RT.01/RW.02, Desa Gentan, Baki, Sukoharjo 57556",
        "Jl. Mawar 5, Gentan, Baki",
        "GENTAN (BAKI)",
        "Gentan / Baki",
        "Gentan, Baki, Sukoharjo, Jawa Tengah, Indonesia",
    ] {
        assert_eq!(resolve_village(text, None).map(|v| v.code), gentan, "{text}");
    }
    for (text, district) in
        [("Gentan RT 02/03", "Baki"), ("Dk. Krajan, Gentan", "Kec. Baki"), ("Sawahan Lor, Gentan", "Baki")]
    {
        assert_eq!(resolve_village(text, Some(district)).map(|v| v.code), gentan, "{text}");
    }
    assert_eq!(resolve_village("Makamhaji", Some("Kartosuro")).map(|v| v.name), Ok("Makamhaji"));
}

#[test]
fn unknown_places_are_errors() {
    assert_eq!(resolve_village("Atlantis", None).expect_err("no").code(), "unknown_village");
    assert_eq!(resolve_village("33.11.04.9999", None).expect_err("no").code(), "unknown_village");
    assert_eq!(resolve_village("33.72.01", None).expect_err("no village").code(), "unknown_village");
    assert_eq!(resolve_village("12", None).expect_err("a province").code(), "unknown_village");
    assert_eq!(resolve_village("123", None).expect_err("no code").code(), "region_not_a_code");
}

#[test]
fn locates_address_lines() {
    let line = "Plesan, Nguter, KAB. SUKOHARJO, JAWA TENGAH, Indonesia";
    assert_eq!(locate(line).map(|v| v.name), Some("Plesan"));
    assert_eq!(locate("Desa Trangsan, Kec. Gatak").map(|v| v.name), Some("Trangsan"));
    assert_eq!(locate("Plesan, Kab. Sukoharjo").map(|v| v.name), Some("Plesan"));
    for elsewhere in [
        "Plesan",
        "Joho, Kab. Sukoharjo",
        "Bulu, Bulu, Rembang",
        "KAB. SUKOHARJO",
        "KOTA SEMARANG",
        "Bandung, Jawa Barat",
        "Jati, Jaten, KAB. KARANGANYAR",
        "",
    ] {
        assert_eq!(locate(elsewhere), None, "{elsewhere}");
    }
}

#[test]
fn distances_are_plausible() {
    let nguter = resolve_village("Nguter", None).expect("a village").code;
    let kartasura = resolve_village("Kartasura", None).expect("a ward").code;
    let metres = distance_m(nguter, kartasura).expect("both known");
    assert!((22_000..32_000).contains(&metres), "{metres}");
    let surakarta = distance_m(nguter, code("33.72")).expect("a neighbour");
    assert!((15_000..30_000).contains(&surakarta), "{surakarta}");
    assert_eq!(distance_m(nguter, code("12.71")), None);
}

proptest! {
    #[test]
    fn distance_is_a_metric(a in 0_usize..167, b in 0_usize..167, c in 0_usize..167) {
        let d = |x, y| village_distance_m(x, y).expect("inside");
        prop_assert_eq!(d(a, b), d(b, a));
        prop_assert_eq!(d(a, a), 0);
        prop_assert!(d(a, c) <= d(a, b) + d(b, c) + 2);
        prop_assert_eq!(village_distance_m(a, 167), None);
    }

    #[test]
    fn every_village_is_found_by_name_and_district(at in 0_usize..167) {
        let village = &villages()[at];
        let district = find(village.parent).expect("its district");
        let found = resolve_village(village.name, Some(district.name)).expect("by name");
        prop_assert_eq!(found.code, village.code);
        prop_assert_eq!(village_index(village.code), Some(at));
    }

    #[test]
    fn never_panics(text in "\\PC{0,20}", district in proptest::option::of("\\PC{0,10}")) {
        let _ = resolve_village(&text, district.as_deref());
        let _ = locate(&text);
        let _ = RegionCode::parse(&text);
    }
}
