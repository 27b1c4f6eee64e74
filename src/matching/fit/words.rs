//! Words that ad and profile share, worth more the rarer they are.
//!
//! Belongs here: their points, and when words alone are enough. Does not belong here: which words count
//! (`reading::stems`).

use crate::matching::fit::share;
use crate::matching::fit::weights::Weights;
use crate::reading::job::JobReading;
use crate::reading::stems;

/// Fewest rare stems that must be shared where nothing but words speaks for a pair.
pub(super) const RARE_ALONE: usize = 2;

/// The words of an ad: number of the stem, weight, whether it is rare; by number.
pub(super) fn points(job: &JobReading) -> Box<[(u32, u16, bool)]> {
    let mut words: Vec<(u32, u16, bool)> = job
        .words
        .iter()
        .map(|word| (stems::number(&word.stem), word.weight, stems::rarity(&word.stem) >= stems::RARE))
        .collect();
    words.sort_unstable();
    words.dedup_by_key(|one| one.0);
    words.into()
}

/// The words of a profile: numbers of their stems, in order.
pub(super) fn numbers<'a>(words: impl Iterator<Item = &'a str>) -> Box<[(u16, u16)]> {
    let mut numbers: Vec<u32> = words.map(stems::number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(halves).collect()
}

fn halves(number: u32) -> (u16, u16) {
    let [a, b, c, d] = number.to_be_bytes();
    (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))
}

fn whole((high, low): (u16, u16)) -> u32 {
    u32::from(high) << 16 | u32::from(low)
}

/// Calls `each` for every word that both have.
pub(super) fn shared(job: &[(u32, u16, bool)], profile: &[(u16, u16)], mut each: impl FnMut(u32, u16, bool)) {
    let mut rest = job;
    for number in profile.iter().copied().map(whole) {
        let skipped = rest.partition_point(|one| one.0 < number);
        rest = rest.get(skipped..).unwrap_or_default();
        match rest.first() {
            Some(&(known, points, rare)) if known == number => each(known, points, rare),
            Some(_) => {}
            None => return,
        }
    }
}

/// What shared words bring.
#[derive(Clone, Copy, Debug)]
pub(super) struct Earned {
    pub(super) points: u16,
    /// How many of them are rare.
    pub(super) rare: usize,
}

/// What a pair shares beside its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// Points that everything else about the work earned.
    pub(super) others: u16,
    /// The ad says clearly which trade it is for, and what was done or learned is known and not near it.
    pub(super) is_other_trade: bool,
    /// No certificate is truly required.
    pub(super) may_stand_alone: bool,
}

/// Points of the shared words. Words alone pass the floor only with two rare ones, and nowhere where a certificate is truly
/// required; between two trades they say less (`robotik` in what a salesman sells).
pub(super) fn earned(
    job: &[(u32, u16, bool)],
    profile: &[(u16, u16)],
    beside: Beside,
    weights: &Weights,
) -> Earned {
    let (mut sum, mut all, mut rare) = (0_u32, 0_usize, 0_usize);
    shared(job, profile, |_, weight, is_rare| {
        sum += u32::from(weight);
        all += 1;
        rare += usize::from(is_rare);
    });
    // One word may be shared by chance.
    let sum = if all == 1 { sum * u32::from(weights.lonely_word) / 1000 } else { sum };
    let points = worth(sum, weights);
    let points = if beside.is_other_trade { share(points, weights.other_trade) } else { points };
    let enough = beside.others > 0 || beside.may_stand_alone && rare >= RARE_ALONE;
    let most = if enough { weights.words } else { weights.floor.saturating_sub(1) };
    Earned { points: points.min(most), rare }
}

/// Points of shared words of so much weight: half of them for `enough_words`, and never all, so that more is always worth
/// more.
fn worth(weight: u32, weights: &Weights) -> u16 {
    let half = u32::from(weights.enough_words).max(1);
    u16::try_from(u32::from(weights.words) * weight / (weight + half)).unwrap_or(weights.words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_found_whatever_the_order() {
        let job = [(3, 10, false), (70_000, 20, true), (80_000, 5, true)];
        let profile = numbers(["satu", "dua"].into_iter());
        let mut found = 0;
        shared(&job, &profile, |_, _, _| found += 1);
        assert_eq!(found, 0);
        let both: Vec<(u16, u16)> = [3_u32, 70_000].into_iter().map(halves).collect();
        let mut sum = 0;
        shared(&job, &both, |_, points, _| sum += points);
        assert_eq!(sum, 30);
    }
}
