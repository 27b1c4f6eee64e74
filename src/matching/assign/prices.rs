//! From any optimal prices to the smallest ones.
//!
//! With the assignment fixed, prices `v` are optimal exactly when `v_j >= 0`, `v_j >= w_ij` for everybody `i`
//! without a seat, and `v_j >= v_k + w_ij - w_ik` for everybody `i` who sits at `k` (and free seats cost
//! nothing). The smallest solution is a longest path; measured from known optimal prices it is a shortest
//! path with lengths >= 0: how far may each price fall before something holds it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::instance::Instance;
use super::successive::Market;

/// Lowers the prices of the market to the smallest optimal ones.
pub(super) fn lower(market: &mut Market<'_>, matched: &[Option<u32>]) {
    let mut fall = market.price.clone();
    for (place, person) in matched.iter().zip(0_u32..) {
        if place.is_none() {
            for edge in market.instance.edges_of(person) {
                let at = edge.vacancy as usize;
                fall[at] = fall[at].min(market.price[at] - edge.weight);
            }
        }
    }
    let mut queue: BinaryHeap<_> = fall.iter().copied().zip(0_u32..).map(Reverse).collect();
    while let Some(Reverse((distance, vacancy))) = queue.pop() {
        if distance > fall[vacancy as usize] {
            continue;
        }
        let here = market.price[vacancy as usize];
        for holder in &market.holders[vacancy as usize] {
            let surplus = holder.weight - here;
            for edge in market.instance.edges_of(holder.person) {
                let at = edge.vacancy as usize;
                let through = distance + surplus - edge.weight + market.price[at];
                if through < fall[at] {
                    fall[at] = through;
                    queue.push(Reverse((through, edge.vacancy)));
                }
            }
        }
    }
    for (price, fall) in market.price.iter_mut().zip(fall) {
        *price -= fall;
    }
}

/// `u_i`: the best anybody can have at these prices, or zero for staying away.
pub(super) fn of_people(instance: &Instance, prices: &[i64]) -> Vec<i64> {
    let best = |person| {
        let worth = |edge: &super::Edge| edge.weight - prices[edge.vacancy as usize];
        instance.edges_of(person).iter().map(worth).max().unwrap_or(0).max(0)
    };
    (0..instance.people()).zip(0_u32..).map(|(_, person)| best(person)).collect()
}
