//! Exact assignment of people to vacancies: the transportation problem with people of capacity one.
//!
//! Given people, vacancies with seats, and weighted edges between them, [`solve`] finds an assignment of the
//! largest total weight, together with dual prices that prove it. Nobody has to be assigned.
//!
//! What does not belong here: eligibility, points and tie-breaking digits (the caller puts them into the
//! weights), policies such as reserved seats (the caller splits a vacancy), reading of files
//! (`matching::edges`), and the independent check of an answer (`matching::certificate`).
//!
//! # How
//! `auction::open` places most people exactly. If few are left, `search` places them by shortest paths. If
//! many are, people compete in circles: `auction::scale` learns prices, the last round of bids is exact
//! again, `search` places whom it left and `repair` fills or cheapens the seats it left. `prices` then lowers
//! the prices to the smallest optimal ones. Every step keeps what duality asks for, so none of the limits
//! that choose between them can make an answer wrong.
//!
//! [`Standing`] keeps an answer up to date while people, vacancies and seats come and go: a change is worked in by
//! one or a few of the same searches, and the prices are lowered only when they are asked for.
//!
//! # Ties
//! The optimum is unique, and independent of the order of the input, only if the weights make it so. Digits
//! of the person alone do not: two people who swap places leave their sum unchanged. Digits of the pair are
//! needed below them.
//!
//! # Floors
//! "At least `f` of the seats of `j` to a group, where possible" needs no other solver: split `j` into `f`
//! seats, where an edge of the group earns a bonus on top of its weight and everybody else's does not, and
//! the others without bonus. Nested groups add their bonuses. For strict precedence the bonus must exceed the
//! largest possible total of weights, and the total of all bonuses must fit `i64`: with seats `S` and largest
//! weight `w`, about `S * S * w < 2^63`. Weights with many tie-breaking digits do not leave that room; then
//! `i64` becomes a type parameter, with `i128` for such runs.

mod auction;
mod instance;
mod market;
mod planted;
mod prices;
mod repair;
mod rows;
mod search;
pub mod shapes;
mod standing;

#[cfg(test)]
mod tests;

pub use instance::{Builder, Edge, Instance, InstanceError, MAX_WEIGHT};
pub use standing::Standing;

/// An optimal assignment with the dual prices that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// For each person the index of the vacancy, or `None` when left without a seat.
    pub matched: Vec<Option<u32>>,
    /// Sum of the weights of the used edges: the optimum.
    pub objective: i64,
    /// `u_i >= 0`: what the optimum would lose without person `i`; exactly, as the vacancy prices are the smallest.
    pub person_prices: Vec<i64>,
    /// `v_j >= 0`: the smallest optimal prices, hence exactly what one more seat of `j` would gain.
    pub vacancy_prices: Vec<i64>,
}

impl Solution {
    /// Number of people with a seat.
    #[must_use]
    pub fn assigned(&self) -> usize {
        self.matched.iter().flatten().count()
    }
}

/// Solves an instance exactly.
///
/// Deterministic. The prices never depend on the order of people, vacancies or edges; the assignment does not
/// either when the optimum is unique, which callers ensure by tie-breaking digits in the weights.
#[must_use]
pub fn solve(instance: &Instance) -> Solution {
    let mut market = market::Market::new(instance);
    let unsettled = auction::open(&mut market);
    let few = FEW + instance.people() / MANY;
    let left = if unsettled.len() <= few {
        search::place(&mut market, unsettled, EFFORT + instance.people() / 8)
    } else {
        unsettled
    };
    if !left.is_empty() {
        let left = auction::scale(&mut market, left, few);
        finish(&mut market, left);
    }
    read_off(&market)
}

/// Solves an instance exactly, starting from prices that may be near the optimal ones, such as those of a
/// solution before a person or a seat came or went. Any prices are allowed; good ones only make it faster.
#[must_use]
pub fn solve_from(instance: &Instance, prices: &[i64]) -> Solution {
    let mut market = market::Market::with_prices(instance, prices);
    let left = auction::open(&mut market);
    finish(&mut market, left);
    read_off(&market)
}

/// Up to `FEW` people, and one in `MANY`, are placed by search at once; beyond, prices are learned first.
const FEW: usize = 100;
const MANY: usize = 50;
/// Vacancies that search may visit before prices are learned after all; and one more for every eight people.
const EFFORT: usize = 30_000;

fn finish(market: &mut market::Market<'_>, unsettled: Vec<u32>) {
    search::place(market, unsettled, usize::MAX);
    repair::sell_off(market);
}

fn read_off(market: &market::Market<'_>) -> Solution {
    let mut matched = vec![None; market.instance.people()];
    let mut objective = 0;
    for (desk, vacancy) in market.desks.iter().zip(0_u32..) {
        for holder in &market.holders[desk.occupied()] {
            matched[holder.person as usize] = Some(vacancy);
            objective += holder.weight;
        }
    }
    if planted::on(planted::Fault::TotalCut) {
        objective &= i64::from(u32::MAX);
    }
    let vacancy_prices = prices::smallest(market, &matched);
    let person_prices = prices::of_people(market.instance, &vacancy_prices);
    Solution { matched, objective, person_prices, vacancy_prices }
}
