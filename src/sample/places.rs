//! Villages of the sample regency, in proportion to the people who live there.

use std::sync::LazyLock;

use super::rng::Rng;
use crate::domain::region::{self, Region, RegionCode};

/// The villages with cumulative weights.
pub(super) struct Places {
    villages: Vec<(&'static Region, u32)>,
    total: u32,
}

impl Places {
    /// The villages; made once.
    pub(super) fn shared() -> &'static Self {
        static PLACES: LazyLock<Places> = LazyLock::new(Places::new);
        &PLACES
    }

    fn new() -> Self {
        let mut total = 0;
        let mut villages = Vec::with_capacity(region::villages().len());
        for village in region::villages() {
            total += weight(village);
            villages.push((village, total));
        }
        Self { villages, total }
    }

    /// Any village, the populous ones more often.
    pub(super) fn any(&self, rng: &mut Rng) -> Option<&'static Region> {
        let at = rng.below(self.total);
        let index = self.villages.partition_point(|(_, upto)| *upto <= at);
        self.villages.get(index).map(|(village, _)| *village)
    }

    /// A village of one of the districts; any village when the list is empty.
    pub(super) fn in_districts(&self, rng: &mut Rng, districts: &[&str]) -> Option<&'static Region> {
        let Some(district) = region::resolve_district(rng.pick(districts)) else {
            return self.any(rng);
        };
        let inside: Vec<&'static Region> =
            self.villages.iter().map(|(village, _)| *village).filter(|v| v.parent == district.code).collect();
        inside.get(rng.index(inside.len())).copied()
    }
}

/// Weight of a village: its district's inhabitants in thousands, shared among its villages. Rough figures for a
/// plausible picture, no statistics.
fn weight(village: &Region) -> u32 {
    let district = village.code.district().map(|code| code.to_string()).unwrap_or_default();
    let (thousands, count) = match district.as_str() {
        "33.11.01" => (52, 13),
        "33.11.02" => (36, 12),
        "33.11.03" => (58, 12),
        "33.11.04" => (92, 14),
        "33.11.05" => (52, 16),
        "33.11.06" => (60, 14),
        "33.11.07" => (82, 17),
        "33.11.08" => (90, 15),
        "33.11.09" => (120, 14),
        "33.11.10" => (74, 14),
        "33.11.11" => (52, 14),
        "33.11.12" => (105, 12),
        _ => (1, 1),
    };
    thousands * 100 / count
}

/// A village of the regency for an ad that does not say where in the regency, or lies elsewhere and serves as a sample:
/// the same for the same ad and seed, the populous ones more often.
pub fn place_ad(index: u64, seed: u64) -> RegionCode {
    let mut rng = Rng::new(seed, 9, index);
    let found = Places::shared().any(&mut rng).or_else(|| region::villages().first());
    found.map_or_else(RegionCode::sukoharjo, |village| village.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ads_keep_their_place_and_spread() {
        assert_eq!(place_ad(7, 1), place_ad(7, 1));
        let places: std::collections::BTreeSet<RegionCode> = (0..2_000).map(|ad| place_ad(ad, 1)).collect();
        assert!(places.len() > 150, "{}", places.len());
        assert!(places.iter().all(|code| region::village_index(*code).is_some()));
        assert!((0..50).any(|ad| place_ad(ad, 1) != place_ad(ad, 2)));
    }

    #[test]
    fn populous_districts_come_more_often() {
        let count = |district: &str| {
            (0..5_000)
                .filter(|ad| place_ad(*ad, 3).district().is_some_and(|d| d.as_str() == district))
                .count()
        };
        assert!(count("33.11.09") > 2 * count("33.11.02"));
    }

    #[test]
    fn a_district_is_kept() {
        let mut rng = Rng::new(1, 1, 1);
        for _ in 0..50 {
            let village = Places::shared().in_districts(&mut rng, &["Gatak"]).expect("there are villages");
            assert_eq!(village.parent.as_str(), "33.11.11");
        }
    }
}
