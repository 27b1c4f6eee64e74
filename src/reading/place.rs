//! Where the work is, when an advertisement says so plainly, and whether people are taken there.
//!
//! Belongs here: finding a village of the regency that is named beyond doubt. Does not belong here: addresses of forms and
//! files (`domain::region`), ways and distances (`matching`).

use std::sync::LazyLock;

use crate::domain::region::{self, Region, RegionCode};
use crate::reading::words;

/// Words behind which a village is named.
const BEFORE: [&str; 7] = ["desa", "ds", "kelurahan", "kel", "dusun", "dukuh", "dk"];
/// Words that say that people are taken to work or live there.
const TAKEN: [&str; 10] = [
    "jemputan",
    "antarjemput",
    "shuttle",
    "mess",
    "mes",
    "asrama",
    "dormitory",
    "menginap",
    "jemput",
    "tidur",
];
/// Most words between a village and its district.
const GAP: usize = 4;

struct Name {
    words: Vec<String>,
    district: Vec<String>,
    is_unique: bool,
    code: RegionCode,
}

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let plain = |text: &str| words::split(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
    let district =
        |village: &Region| region::find(village.parent).map(|one| plain(one.name)).unwrap_or_default();
    let all = region::villages();
    let of = |village: &Region| Name {
        words: plain(village.name),
        district: district(village),
        is_unique: all.iter().filter(|other| other.name == village.name).count() == 1
            && region::districts().all(|one| one.name != village.name),
        code: village.code,
    };
    all.iter().map(of).collect()
});

/// The village of the regency that a text names with its district, or by a name that is unique and called a village.
#[must_use]
pub fn village(text: &str) -> Option<RegionCode> {
    text.lines().find_map(|line| {
        let words: Vec<String> = words::split(line).into_iter().map(|word| word.text).collect();
        let at = |start: usize, name: &[String]| words.get(start..start + name.len()) == Some(name);
        let named = NAMES.iter().find_map(|name| {
            let start = (0..words.len()).find(|&start| {
                let end = start + name.words.len();
                let near = (end..(end + GAP).min(words.len())).any(|place| at(place, &name.district));
                let called = start.checked_sub(1).and_then(|before| words.get(before));
                let called = called.is_some_and(|word| BEFORE.contains(&word.as_str()));
                at(start, &name.words) && (near || called && name.is_unique)
            })?;
            Some((start, name.code))
        });
        named.map(|one| one.1)
    })
}

/// Whether the text says that people are taken to work, or live there.
#[must_use]
pub fn takes_people_there(text: &str) -> bool {
    words::split(text).iter().any(|word| TAKEN.contains(&word.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        village(text).and_then(region::find).map(|region| region.name)
    }

    #[test]
    fn a_village_is_found_where_it_is_beyond_doubt() {
        assert_eq!(name("Pabrik kami di Ds. Plesan Nguter butuh orang"), Some("Plesan"));
        assert_eq!(name("penempatan Trangsan, Kec. Gatak"), Some("Trangsan"));
        assert_eq!(name("penempatan Joho"), None, "two villages have that name");
        assert_eq!(name("di Solo Baru"), None);
    }

    #[test]
    fn a_bus_or_a_bed_is_noticed() {
        assert!(takes_people_there("Ada bus jemputan dari Weru"));
        assert!(!takes_people_there("Gaji UMK"));
    }
}
