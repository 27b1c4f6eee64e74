//! How floors and reserved seats split the places, so that the plain transportation problem keeps them.
//!
//! A floor on the places of a vacancy: its first places are a part of their own, where somebody of the group earns one
//! unit. Nested floors make nested parts. A floor on the whole run: every placement of somebody of the group earns a
//! unit, and so many of the group as may stay at home without breaking the floor earn the same there - so only the
//! placements up to the floor count. One unit is worth more than all points together, so floors come strictly first and
//! stay feasible whatever people there are.
use crate::matching::{
    policy::floors::{self, FloorError, Nested, Side},
    problem::{PersonNumbers, Problem, Scheme},
};

/// A part of the places of one vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Index of the vacancy.
    pub vacancy: u32,
    /// Its places.
    pub seats: u32,
    /// For people with an evidenced disability only.
    pub reserved: bool,
    /// Bits of the floors that count here.
    pub floors: u8,
}

/// Staying at home without breaking a floor of the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// How many may.
    pub seats: u32,
    /// Bits of the floors that count here.
    pub floors: u8,
}

/// All places, and what a unit of a floor is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Parts by vacancy.
    pub parts: Vec<Part>,
    /// Ways to stay at home.
    pub homes: Vec<Home>,
    /// Bits of the floors on the whole run.
    pub everywhere: u8,
    /// What one unit of a floor is worth; more than all points together.
    pub unit: i64,
}

impl Layout {
    /// Splits the places of a problem.
    ///
    /// # Errors
    /// [`FloorError`], when the floors are no families.
    pub fn new(problem: &Problem, scheme: &Scheme<'_>) -> Result<Self, FloorError> {
        let of_vacancies = floors::family(scheme.floors, Side::Vacancy)?;
        let of_run = floors::family(scheme.floors, Side::Run)?;
        let mut parts = Vec::with_capacity(problem.vacancies.len());
        for (index, vacancy) in (0_u32..).zip(&problem.vacancies) {
            let reserved = vacancy.reserved.min(vacancy.capacity);
            let open = vacancy.capacity - reserved;
            let part = |seats, reserved, floors| Part { vacancy: index, seats, reserved, floors };
            let left = split(&of_vacancies, scheme, open, 0, &mut |seats, mask| {
                parts.push(part(seats, false, mask))
            });
            parts.push(part(left, false, 0));
            if reserved > 0 {
                parts.push(part(reserved, true, 0));
            }
        }
        let mut homes = Vec::new();
        for tree in &of_run {
            stay_home(tree, problem, scheme, &mut homes);
        }
        let most = problem.places().min(u64::try_from(problem.people.len()).unwrap_or(u64::MAX));
        let largest = 1_300 + i64::from(scheme.bonus);
        let unit = 1 + i64::try_from(most).unwrap_or(i64::MAX).saturating_mul(largest);
        Ok(Self { parts, homes, everywhere: scheme.mask(Side::Run), unit })
    }

    /// What a person is worth in a part, or `None` where they may not sit.
    pub fn weight(&self, part: &Part, who: &PersonNumbers, points: i64) -> Option<i64> {
        if part.reserved && !who.reserved {
            return None;
        }
        let units = (part.floors & who.groups).count_ones() + (self.everywhere & who.groups).count_ones();
        Some(points + i64::from(units) * self.unit)
    }

    /// What staying at home is worth to a person; none when it breaks no floor.
    pub fn at_home(&self, home: &Home, who: &PersonNumbers) -> Option<i64> {
        let units = (home.floors & who.groups).count_ones();
        (units > 0).then(|| i64::from(units) * self.unit)
    }

    /// Seats of all parts, then of all ways to stay at home: the vacancies of the solver.
    pub fn seats(&self) -> Vec<u32> {
        let parts = self.parts.iter().map(|part| part.seats);
        parts.chain(self.homes.iter().map(|home| home.seats)).collect()
    }
}

/// Splits open places by nested floors, and gives what no floor is for.
fn split(trees: &[Nested], scheme: &Scheme<'_>, open: u32, above: u8, push: &mut impl FnMut(u32, u8)) -> u32 {
    let mut taken = 0_u32;
    for tree in trees {
        let share = scheme.floors[tree.index].share;
        let most = u32::try_from(share.of(open.into())).unwrap_or(u32::MAX);
        let mask = above | 1 << tree.index;
        let inside = inside(&tree.inside, scheme, open);
        split(&tree.inside, scheme, open, mask, push);
        if most > inside {
            push(most - inside, mask);
        }
        taken += most;
    }
    open.saturating_sub(taken)
}

fn inside(trees: &[Nested], scheme: &Scheme<'_>, open: u32) -> u32 {
    let share = |tree: &Nested| scheme.floors[tree.index].share.of(open.into());
    u32::try_from(trees.iter().map(share).sum::<u64>()).unwrap_or(u32::MAX)
}

/// How many of a chain of nested groups may stay at home: the `t`-th of them breaks no floor of those groups that have
/// at least `t` people to spare.
fn stay_home(tree: &Nested, problem: &Problem, scheme: &Scheme<'_>, homes: &mut Vec<Home>) {
    let mut chain = Vec::new();
    let mut at = Some(tree);
    while let Some(node) = at {
        let bit = 1_u8 << node.index;
        let members = problem.people.iter().filter(|who| who.groups & bit != 0).count();
        let floor = scheme.floors[node.index].share.of(problem.places());
        let spare = u64::try_from(members).unwrap_or(u64::MAX).saturating_sub(floor);
        chain.push((u32::try_from(spare).unwrap_or(u32::MAX), bit));
        at = node.inside.first();
    }
    let mut steps: Vec<u32> = chain.iter().map(|(spare, _)| *spare).filter(|spare| *spare > 0).collect();
    steps.sort_unstable();
    steps.dedup();
    let mut from = 0;
    for step in steps {
        let floors = chain.iter().filter(|(spare, _)| *spare >= step).fold(0, |mask, (_, bit)| mask | bit);
        homes.push(Home { seats: step - from, floors });
        from = step;
    }
}
