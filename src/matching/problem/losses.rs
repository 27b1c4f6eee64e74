//! What one place less would lose: the largest optimal prices. The placement's own prices are the smallest: what one place
//! more would gain. Between the two lies what a newcomer must be worth to be sure of a place: more than the loss.
//!
//! Somebody at part `j` keeps its price down: they would rather leave (price at most their value there), or rather sit at
//! `k` (price at most what they lose by moving, and what `k` costs). A part with vacancy costs nothing. The least of all these
//! bounds is a shortest path, with lengths that are slacks of the known prices and hence never negative.
use std::{cmp::Reverse, collections::BinaryHeap};

use crate::matching::problem::{Problem, Scheme, proof, solve::Assignment};

/// The price of a part without places: nobody ever gets in.
pub const CLOSED: i64 = i64::MAX / 4;

/// Largest optimal prices of all parts, then of the ways to stay at home; [`CLOSED`] where there is no place.
#[must_use]
pub fn largest_prices(problem: &Problem, scheme: &Scheme<'_>, placement: &Assignment) -> Vec<i64> {
    let seats = placement.layout.seats();
    let mut free: Vec<u32> = seats.clone();
    for part in placement.seated.iter().flatten() {
        free[*part as usize] -= 1;
    }
    let mut columns: Vec<Vec<(u32, i64)>> = vec![Vec::new(); seats.len()];
    let mut rise = vec![CLOSED; seats.len()];
    for (person, part, weight) in proof::edges(problem, scheme, &placement.layout) {
        let price = placement.person_prices[person as usize];
        match placement.seated[person as usize] {
            // Whoever would rather leave.
            Some(here) if here == part => rise[part as usize] = rise[part as usize].min(price),
            Some(_) => {
                columns[part as usize].push((person, price + placement.part_prices[part as usize] - weight));
            }
            None => {}
        }
    }
    for (part, free) in free.iter().enumerate() {
        if *free > 0 {
            rise[part] = 0;
        }
    }
    let mut queue: BinaryHeap<Reverse<(i64, u32)>> = rise
        .iter()
        .zip(0_u32..)
        .filter(|(rise, _)| **rise < CLOSED)
        .map(|(rise, part)| Reverse((*rise, part)))
        .collect();
    while let Some(Reverse((distance, part))) = queue.pop() {
        if distance > rise[part as usize] {
            continue;
        }
        for (person, slack) in &columns[part as usize] {
            if let Some(here) = placement.seated[*person as usize]
                && distance + slack < rise[here as usize]
            {
                rise[here as usize] = distance + slack;
                queue.push(Reverse((distance + slack, here)));
            }
        }
    }
    placement.part_prices.iter().zip(rise).map(|(price, rise)| (price + rise).min(CLOSED)).collect()
}
