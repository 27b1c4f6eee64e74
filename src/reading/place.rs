//! Where the work is, when an advertisement says so plainly.
//!
//! Belongs here: finding a village of the regency that is named beyond doubt. Does not belong here: addresses of forms and
//! files (`domain::region`), ways and distances (`matching`).

use std::sync::LazyLock;

use crate::{
    domain::region::{self, Region, RegionCode},
    reading::{
        hash::{Map, Set},
        signs::{self, Sign},
        words::{self, Word},
    },
};

/// Our regency, as it is written.
const REGENCY: &str = "sukoharjo";
/// Most words between a village and its district.
const GAP: usize = 4;
/// Fewest letters of a name that tells the place without its district: shorter ones are found all over Java.
const TELLING: usize = 6;

struct Name {
    words: Vec<String>,
    district: Vec<String>,
    is_unique: bool,
    /// Nothing else far around is called so.
    is_telling: bool,
    code: RegionCode,
}

/// By the first word of the name.
static NAMES: LazyLock<Map<String, Vec<Name>>> = LazyLock::new(|| {
    let plain = |text: &str| words::split(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
    let district =
        |village: &Region| region::find(village.parent).map(|one| plain(one.name)).unwrap_or_default();
    let all = region::villages();
    let around: Vec<&str> = region::neighbours().map(|one| one.name).collect();
    let of = |village: &Region| Name {
        is_telling: village.name.len() >= TELLING && !around.contains(&village.name),
        words: plain(village.name),
        district: district(village),
        is_unique: all.iter().filter(|other| other.name == village.name).count() == 1
            && region::districts().all(|one| one.name != village.name),
        code: village.code,
    };
    let mut names: Map<String, Vec<Name>> = Map::default();
    for name in all.iter().map(of) {
        names.entry(name.words.first().cloned().unwrap_or_default()).or_default().push(name);
    }
    names
});

/// The village of the regency that a text names with its district, or by a name that is unique and called a village.
#[must_use]
pub fn village(text: &str) -> Option<RegionCode> {
    text.lines().find_map(|line| {
        let words = words::split(line);
        let found = (0..words.len()).filter_map(|at| village_at(&words, at));
        found.min_by_key(|(gap, _)| *gap).map(|(_, code)| code)
    })
}

/// The village that is named from a word on, and how many words stand between it and what makes it sure.
fn village_at(words: &[Word], start: usize) -> Option<(usize, RegionCode)> {
    let stands = |at: usize, name: &[String]| {
        let rest = words.get(at..at + name.len()).unwrap_or_default();
        rest.len() == name.len() && rest.iter().zip(name).all(|(word, part)| word.text == *part)
    };
    let called = start.checked_sub(1).and_then(|before| words.get(before));
    let is_located =
        called.is_some_and(|word| signs::says(&word.text, Sign::Located)) && !names_neighbour(words);
    let called = called.is_some_and(|word| signs::says(&word.text, Sign::Village));
    NAMES.get(&words.get(start)?.text)?.iter().find_map(|name| {
        let end = start + name.words.len();
        let near = || (end..(end + GAP).min(words.len())).position(|at| stands(at, &name.district));
        // `Desa Plesan, Kec. Jogorogo` is another one.
        let is_elsewhere = || {
            (end..(end + GAP).min(words.len())).any(|at| {
                let below = words.get(at).is_some_and(|word| signs::says(&word.text, Sign::District));
                let ours = words.get(at + 1).is_some_and(|word| word.text == REGENCY);
                below && !ours && !stands(at + 1, &name.district)
            })
        };
        let beyond_doubt = called || is_located && name.is_telling;
        let by_name = || (beyond_doubt && name.is_unique && !is_elsewhere()).then_some(0);
        let gap = Some(()).filter(|()| stands(start, &name.words)).and_then(|()| by_name().or_else(near))?;
        Some((gap, name.code))
    })
}

/// Whether a neighbouring regency is named.
fn names_neighbour(words: &[Word]) -> bool {
    words.iter().any(|word| NEIGHBOURS.contains(&word.text))
}

static NEIGHBOURS: LazyLock<Set<String>> = LazyLock::new(|| {
    let regencies = region::neighbours().filter(|one| one.code.district().is_none());
    regencies.map(|one| one.name.to_lowercase()).collect()
});

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
        assert_eq!(name("konveksi rumahan di Cemani butuh penjahit"), Some("Cemani"));
        assert_eq!(name("konveksi di Waru"), None, "found all over Java");
        assert_eq!(name("toko di Bekonang, rumah Klaten"), None);
        assert_eq!(name("Desa Plesan, Kab. Sukoharjo"), Some("Plesan"));
        assert_eq!(name("Mebel Jati Pak Wiro, Luwang Gatak"), Some("Luwang"), "Jati is a village there too");
        assert_eq!(name("Desa Plesan Kec. Jogorogo Kab. Ngawi"), None, "of the same name elsewhere");
    }
}
