//! Distance, wage and education as grades 0..1000 for the structured part of fit. They count only once the work itself
//! has points; what is not known has no grade.
use crate::matching::{
    eligibility::{PersonFacts, VacancyFacts},
    fit::Structured,
};

/// Up to this distance the way to work is as good as next door, metres.
const NEAR_M: u32 = 2_000;
/// From this distance on it gives no points, metres: across the regency.
const FAR_M: u32 = 25_000;

/// The grades of a pair.
pub fn structured(person: &PersonFacts, vacancy: &VacancyFacts, distance_m: Option<u32>) -> Structured {
    Structured {
        distance: distance_m.map(nearness),
        wage: person.wage_floor.zip(vacancy.wage_max).map(|(floor, wage)| wage_margin(floor, wage)),
        education: person
            .education_rank
            .zip(vacancy.education_rank)
            .map(|(has, needs)| schooling(has, needs, vacancy.education_most)),
    }
}

/// 1000 up to 2 km, falling evenly to 0 at 25 km.
fn nearness(distance_m: u32) -> u16 {
    let past = distance_m.clamp(NEAR_M, FAR_M) - NEAR_M;
    let lost = u64::from(past) * 1000 / u64::from(FAR_M - NEAR_M);
    u16::try_from(1000 - lost.min(1000)).unwrap_or(0)
}

/// 500 at the person's floor, 1000 from a fifth above it; 0 below.
fn wage_margin(floor: i64, wage: i64) -> u16 {
    if wage < floor {
        return 0;
    }
    let fifth = (floor / 5).max(1);
    let margin = (wage - floor).min(fifth) * 500 / fifth;
    u16::try_from(500 + margin).unwrap_or(1000)
}

/// 1000 when what is asked for, or one of several levels named; 150 less for each level above, not under 400; 0 below.
fn schooling(has: u8, needs: u8, most: Option<u8>) -> u16 {
    if has < needs {
        return 0;
    }
    let above = has.saturating_sub(most.unwrap_or(needs).max(needs));
    (1000 - 150 * u16::from(above.min(4))).max(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_fall_where_they_should() {
        assert_eq!((nearness(0), nearness(2_000), nearness(25_000), nearness(90_000)), (1000, 1000, 0, 0));
        assert!(nearness(5_000) > nearness(5_100));
        assert_eq!(
            (
                wage_margin(2_500_000, 2_499_999),
                wage_margin(2_500_000, 2_500_000),
                wage_margin(2_500_000, 3_000_000)
            ),
            (0, 500, 1000)
        );
        assert_eq!(
            (schooling(4, 4, None), schooling(5, 4, None), schooling(12, 4, None), schooling(3, 4, None)),
            (1000, 850, 400, 0)
        );
        let named = (schooling(3, 2, Some(3)), schooling(4, 2, Some(3)));
        assert_eq!(named, (1000, 850), "each level named is welcome");
    }
}
