//! Opening: an auction without increment, which places most people at a fraction of the cost of a search.
//!
//! Everybody in turn bids for the vacancy of largest gain, as much as makes the second best equally good; a
//! full vacancy drops its lowest bid, who bids again, and costs the lowest bid it keeps (Bertsekas 1988,
//! "similar objects" of Bertsekas and Castanon 1989, with an increment of zero). All invariants of the market
//! hold exactly. Without an increment an auction may stall: who could not raise a price, and who is still
//! waiting when the number of bids runs out, is left to `search`.

use std::collections::VecDeque;

use super::market::{Holder, Market, NOWHERE};

/// Bids allowed per person, on average. Where people compete for the same vacancies prices creep up in small
/// steps; from some point on a search is cheaper. Measured, see the table in ARCHITECTURE.md.
const BIDS_PER_PERSON: usize = 3;

/// A person's best vacancy and what it is worth to bid there.
struct Wish {
    vacancy: u32,
    weight: i64,
    /// Gain there at the current price.
    gain: i64,
    /// Gain at the second best vacancy, or zero for staying at home.
    second: i64,
}

/// Runs the auction on an empty market; returns those it could not settle.
pub(super) fn open(market: &mut Market<'_>) -> Vec<u32> {
    let mut unsettled = Vec::new();
    let mut evicted = VecDeque::new();
    let people = (0..market.instance.people()).zip(0_u32..).map(|(_, person)| person);
    let mut allowed = BIDS_PER_PERSON * market.instance.people();
    for person in people {
        allowed -= 1;
        bid(market, person, &mut evicted, &mut unsettled);
    }
    while let Some(person) = evicted.pop_front() {
        if allowed == 0 {
            unsettled.push(person);
            continue;
        }
        allowed -= 1;
        bid(market, person, &mut evicted, &mut unsettled);
    }
    unsettled
}

fn bid(market: &mut Market<'_>, person: u32, evicted: &mut VecDeque<u32>, unsettled: &mut Vec<u32>) {
    let Some(wish) = wish(market, person) else {
        return;
    };
    let node = &mut market.nodes[wish.vacancy as usize];
    let first = node.first as usize;
    let holder = Holder { bid: wish.weight - wish.second, weight: wish.weight, person };
    if node.taken < node.places {
        node.taken += 1;
        let heap = &mut market.holders[first..first + node.taken as usize];
        sift_up(heap, holder);
        if node.taken == node.places {
            node.price = heap[0].bid;
        }
    } else if wish.gain > wish.second {
        let heap = &mut market.holders[first..first + node.taken as usize];
        evicted.push_back(heap[0].person);
        sift_down(heap, holder);
        node.price = heap[0].bid;
    } else {
        unsettled.push(person);
    }
}

fn wish(market: &Market<'_>, person: u32) -> Option<Wish> {
    let mut wish = Wish { vacancy: NOWHERE, weight: 0, gain: 0, second: 0 };
    for edge in market.instance.edges_of(person) {
        let gain = market.gain(edge);
        if gain > wish.gain {
            wish = Wish { vacancy: edge.vacancy, weight: edge.weight, gain, second: wish.gain };
        } else if gain > wish.second {
            wish.second = gain;
        }
    }
    (wish.gain > 0).then_some(wish)
}

/// Puts a holder into a heap (lowest bid first) whose last place is free.
fn sift_up(heap: &mut [Holder], holder: Holder) {
    let mut at = heap.len() - 1;
    while at > 0 {
        let above = (at - 1) / 2;
        if heap[above].bid <= holder.bid {
            break;
        }
        heap[at] = heap[above];
        at = above;
    }
    heap[at] = holder;
}

/// Puts a holder into a heap (lowest bid first) in place of its first.
fn sift_down(heap: &mut [Holder], holder: Holder) {
    let mut at = 0;
    loop {
        let mut below = 2 * at + 1;
        if below + 1 < heap.len() && heap[below + 1].bid < heap[below].bid {
            below += 1;
        }
        if below >= heap.len() || heap[below].bid >= holder.bid {
            break;
        }
        heap[at] = heap[below];
        at = below;
    }
    heap[at] = holder;
}
