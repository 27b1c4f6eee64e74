//! From any optimal prices to the smallest ones.
//!
//! With the assignment fixed, prices `v` are optimal exactly when `v_j >= 0`, `v_j >= w_ij` for everybody `i`
//! without a seat, and `v_j >= v_k + w_ij - w_ik` for everybody `i` who sits at `k` (and free seats cost
//! nothing). The smallest solution is a longest path; measured from known optimal prices it is a shortest
//! path with lengths >= 0: how far may each price fall before something holds it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::instance::Instance;
use super::market::Market;
use super::planted::{self, Fault};

/// The smallest optimal prices of a market where everybody has been placed.
pub(super) fn smallest(market: &Market<'_>, matched: &[Option<u32>]) -> Vec<i64> {
    if planted::on(Fault::SmallestLeftOut) {
        return market.prices.clone();
    }
    let mut fall = market.prices.clone();
    for (place, person) in matched.iter().zip(0_u32..) {
        if place.is_none() {
            for edge in market.instance.edges_of(person) {
                let fall = &mut fall[edge.vacancy as usize];
                let held = if planted::on(Fault::WrongSign) { market.gain(edge) } else { -market.gain(edge) };
                *fall = held.min(*fall);
            }
        }
    }
    let mut queue: BinaryHeap<_> = fall.iter().copied().zip(0_u32..).map(Reverse).collect();
    while let Some(Reverse((distance, vacancy))) = queue.pop() {
        if distance > fall[vacancy as usize] {
            continue;
        }
        for holder in market.holders_of(vacancy) {
            let surplus = distance + holder.weight - market.prices[vacancy as usize];
            for edge in market.instance.edges_of(holder.person) {
                let through = surplus - market.gain(edge);
                if through < fall[edge.vacancy as usize] {
                    fall[edge.vacancy as usize] = through;
                    queue.push(Reverse((through, edge.vacancy)));
                }
            }
        }
    }
    market.prices.iter().zip(fall).map(|(price, fall)| price - fall).collect()
}

/// `u_i`: the best anybody can have at these prices, or zero for staying at home.
pub(super) fn of_people(instance: &Instance, prices: &[i64]) -> Vec<i64> {
    let best = |person| {
        let gain = |edge: &super::Edge| edge.weight - prices[edge.vacancy as usize];
        instance.edges_of(person).iter().map(gain).max().unwrap_or(0).max(0)
    };
    instance.everybody().map(best).collect()
}
