//! SplitMix64: a tiny generator whose numbers are the same on every machine and in every version of the program.
//!
//! Belongs here: random-looking numbers from a seed. Does not belong here: anything secret; the numbers are predictable.
//! Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The stream of a seed and two labels, such as what is made and its number: each thing has its own stream, so
    /// that person 7 is the same whether 10 or 500,000 are made.
    pub fn new(seed: u64, kind: u64, number: u64) -> Self {
        let mut rng = Self(seed);
        for label in [kind, number] {
            rng.0 = rng.draw() ^ label.wrapping_mul(0xd6e8_feb8_6659_fd93);
        }
        rng
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        let scaled = (self.draw() >> 32) * u64::from(end);
        u32::try_from(scaled >> 32).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below((high + 1).saturating_sub(low))
    }

    /// True in `percent` of 100 cases.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// An index below `len`.
    pub fn index(&mut self, len: usize) -> usize {
        let end = u32::try_from(len).unwrap_or(u32::MAX);
        usize::try_from(self.below(end)).unwrap_or_default()
    }

    /// One of the items; an empty text of none.
    pub fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items.get(self.index(items.len())).copied().unwrap_or_default()
    }

    /// Up to `count` different items in random order.
    pub fn some<'a>(&mut self, items: &[&'a str], count: usize) -> Vec<&'a str> {
        let mut left = items.to_vec();
        let mut taken = Vec::with_capacity(count.min(left.len()));
        while taken.len() < count && !left.is_empty() {
            taken.push(left.swap_remove(self.index(left.len())));
        }
        taken
    }

    /// The index of a weight, in proportion to the weights.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut at = self.below(weights.clone().sum());
        for (index, weight) in weights.enumerate() {
            if at < weight {
                return index;
            }
            at -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        // Reference values of SplitMix64 for the seed 1234567.
        let mut rng = Rng(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| rng.draw()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn streams_differ_and_repeat() {
        let draw = |seed, kind, number| Rng::new(seed, kind, number).draw();
        assert_eq!(draw(1, 2, 3), draw(1, 2, 3));
        assert_ne!(draw(1, 2, 3), draw(1, 2, 4));
        assert_ne!(draw(1, 2, 3), draw(1, 3, 3));
        assert_ne!(draw(1, 2, 3), draw(2, 2, 3));
    }

    #[test]
    fn draws_stay_in_bounds_and_reach_them() {
        let mut rng = Rng::new(7, 0, 0);
        let drawn: Vec<u32> = (0..2_000).map(|_| rng.between(3, 9)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&3), Some(&9)));
        assert_eq!(rng.below(0), 0);
        let hits = (0..10_000).filter(|_| rng.percent(20)).count();
        assert!((1_800..2_200).contains(&hits), "{hits}");
    }

    #[test]
    fn picks_are_different_items() {
        let mut rng = Rng::new(7, 0, 1);
        let mut taken = rng.some(&["a", "b", "c"], 5);
        taken.sort_unstable();
        assert_eq!(taken, ["a", "b", "c"]);
        let counts = (0..1_000).filter(|_| rng.weighted([1, 0, 9].into_iter()) == 2).count();
        assert!((850..950).contains(&counts), "{counts}");
    }
}
