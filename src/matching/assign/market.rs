//! The state all parts of the solver work on: prices of vacancies, and who sits where.
//!
//! A state is optimal among the people placed so far when
//! 1. everybody who sits, sits where `weight - price` is largest and not negative,
//! 2. whoever was placed and stays at home finds it positive nowhere,
//! 3. a vacancy with a free seat has price zero.
//!
//! `search` keeps all three while it adds people one by one; `repair` restores the third.

use super::Edge;
use super::instance::{Instance, MAX_WEIGHT};
use super::planted::{self, Fault};

/// "No vacancy", "no person", "no place".
pub(super) const NOWHERE: u32 = u32::MAX;

/// A person on a seat.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holder {
    /// At this price of the vacancy the person would be as well off elsewhere, or at home. Known exactly
    /// when it was last computed; while other prices only rise, the true one is never lower.
    pub(super) bid: i64,
    /// Weight of the edge used.
    pub(super) weight: i64,
    /// Index of the person.
    pub(super) person: u32,
}

/// The seats of a vacancy: a part of the array of holders, filled from the left.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Desk {
    /// First place.
    pub(super) first: u32,
    /// Places taken.
    pub(super) taken: u32,
    /// Places usable: seats, but no more than there are edges.
    pub(super) places: u32,
}

impl Desk {
    /// The places taken.
    pub(super) fn occupied(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.taken) as usize
    }

    /// Whether another person can sit down.
    pub(super) fn has_room(&self) -> bool {
        self.taken < self.places
    }
}

/// Prices and holders.
pub(super) struct Market<'a> {
    /// The input.
    pub(super) instance: &'a Instance,
    /// Price of each vacancy. Apart from the rest: every edge looked at needs one, and they should stay near.
    pub(super) prices: Vec<i64>,
    /// One per vacancy.
    pub(super) desks: Vec<Desk>,
    /// All places of all vacancies.
    pub(super) holders: Vec<Holder>,
}

impl<'a> Market<'a> {
    /// Everybody without a seat, all prices zero; a vacancy without seats is priced out of reach.
    pub(super) fn new(instance: &'a Instance) -> Self {
        let mut desks = vec![Desk::default(); instance.vacancies()];
        let mut prices = vec![0; instance.vacancies()];
        for edge in instance.all_edges() {
            let at = edge.vacancy as usize;
            desks[at].places += 1;
            if instance.seats()[at] == 0 {
                prices[at] = edge.weight.max(prices[at]);
            }
        }
        let mut first = 0;
        for (desk, &seats) in desks.iter_mut().zip(instance.seats()) {
            desk.places = desk.places.min(seats);
            if planted::on(Fault::SeatTooFew) && desk.places > 1 {
                desk.places -= 1;
            }
            desk.first = first;
            first += desk.places;
        }
        Self { instance, prices, desks, holders: vec![Holder::default(); first as usize] }
    }

    /// The same with given prices; a negative price counts as zero, a missing one too.
    pub(super) fn with_prices(instance: &'a Instance, prices: &[i64]) -> Self {
        let mut market = Self::new(instance);
        for ((own, desk), &price) in market.prices.iter_mut().zip(&market.desks).zip(prices) {
            if desk.places > 0 {
                *own = price.clamp(0, MAX_WEIGHT);
            }
        }
        market
    }

    /// Empties all seats and lowers all prices by `fall`, not below zero.
    pub(super) fn clear(&mut self, fall: i64) {
        for (price, desk) in self.prices.iter_mut().zip(&mut self.desks) {
            if desk.places > 0 {
                *price = (*price - fall).max(0);
                desk.taken = 0;
            }
        }
    }

    /// Those who sit at a vacancy.
    pub(super) fn holders_of(&self, vacancy: u32) -> &[Holder] {
        &self.holders[self.desks[vacancy as usize].occupied()]
    }

    /// The most a person can gain at current prices; zero or less for somebody better off at home.
    pub(super) fn best_gain(&self, person: u32) -> i64 {
        self.instance.edges_of(person).iter().map(|edge| self.gain(edge)).max().unwrap_or(0)
    }

    /// What a person gains at the current price. Weights and prices are far from the ends of the range.
    #[inline]
    pub(super) fn gain(&self, edge: &Edge) -> i64 {
        edge.weight.wrapping_sub(self.prices[edge.vacancy as usize])
    }
}
