//! Auctions: they place most people at a fraction of the cost of a search.
//!
//! Everybody in turn bids for the vacancy of largest gain, as much as makes the second best equally good, plus
//! an increment; a full vacancy drops its lowest bid, who bids again, and costs the lowest bid it keeps
//! (Bertsekas 1988; "similar objects" of Bertsekas and Castanon 1989).
//!
//! With an increment of zero all invariants of the market hold exactly, but where people compete for the same
//! few vacancies prices creep up in tiny steps, or stall. So [`open`] stops when it makes no progress, and
//! [`scale`] goes on with large increments to learn roughly where prices will end, lowers them by what they
//! may have overshot, and has everybody bid anew with smaller increments, at last with none.

use std::collections::VecDeque;

use super::Edge;
use super::market::{Holder, Market, NOWHERE};
use super::planted::{self, Fault};

/// The outbid bid again in batches of a quarter of them. Where nobody competes in circles each batch shortens
/// the queue by a good part of its length; when a batch does by less than a sixteenth, larger steps are needed.
const QUARTER: usize = 4;
const HEADWAY: usize = 16;
/// First and last increment are the largest weight shifted right by these; each is a quarter of the one before.
const FIRST_SHIFT: u32 = 3;
const LAST_SHIFT: u32 = 9;
const SHIFT_STEP: usize = 2;
/// Where that does not tell people apart, further increments are each a sixteenth of the one before.
const FINE_SHIFT_STEP: u32 = 4;

/// A person's best vacancy and what it is worth to bid there.
struct Wish {
    vacancy: u32,
    weight: i64,
    /// Gain there at the current price.
    gain: i64,
    /// Gain at the second best vacancy, or zero for staying at home.
    second: i64,
}

/// Auction without increment from the prices the market has, after freeing all seats; returns those it could
/// not settle. Unless all prices are zero, vacancies with a free seat may be left with a price.
pub(super) fn open(market: &mut Market<'_>) -> Vec<u32> {
    market.clear(0);
    let mut round = Round { increment: 0, outbid: VecDeque::new(), stalled: Vec::new() };
    for person in market.instance.everybody() {
        round.bid(market, person);
    }
    loop {
        let waiting = round.outbid.len();
        round.go_on(market, waiting / QUARTER + 1);
        let headway = (waiting / HEADWAY).max(1);
        if round.outbid.len() + headway > waiting {
            return round.unsettled(market);
        }
    }
}

/// Goes on from the end of `open` with increments, and ends with a round without. Everybody is placed anew;
/// returns those the last round could not settle. Vacancies with a free seat may be left with a price.
///
/// Ever smaller increments follow only while more than `few` people are left: they are told apart by digits far
/// below the first.
pub(super) fn scale(market: &mut Market<'_>, unsettled: Vec<u32>, few: usize) -> Vec<u32> {
    let largest = market.instance.largest_weight();
    let mut queue = VecDeque::from(unsettled);
    for shift in (FIRST_SHIFT..=LAST_SHIFT).step_by(SHIFT_STEP) {
        learn(market, queue, largest >> shift);
        queue = market.instance.everybody().collect();
    }
    let mut left = open(market);
    let mut increment = largest >> LAST_SHIFT >> FINE_SHIFT_STEP;
    while left.len() > few && increment > 0 {
        learn(market, left.into(), increment);
        left = open(market);
        increment >>= FINE_SHIFT_STEP;
    }
    left
}

/// One round with an increment, after which all seats are free again and prices lower by the increment.
fn learn(market: &mut Market<'_>, queue: VecDeque<u32>, increment: i64) {
    if increment > 0 {
        let mut round = Round { increment, outbid: queue, stalled: Vec::new() };
        round.go_on(market, usize::MAX);
        market.clear(increment);
    }
}

/// A round of bidding.
struct Round {
    increment: i64,
    /// Those who have to bid again.
    outbid: VecDeque<u32>,
    /// Those who can neither take a seat nor raise a price.
    stalled: Vec<u32>,
}

impl Round {
    /// Bids until nobody is outbid or `allowed` bids are made.
    fn go_on(&mut self, market: &mut Market<'_>, allowed: usize) {
        let mut made = 0;
        while made < allowed {
            let Some(person) = self.outbid.pop_front() else {
                break;
            };
            made += 1;
            self.bid(market, person);
        }
    }

    /// Who wants a seat and has none.
    fn unsettled(mut self, market: &Market<'_>) -> Vec<u32> {
        if !planted::on(Fault::OutbidLeftOut) {
            self.stalled.extend(self.outbid);
        }
        self.stalled.retain(|&person| market.best_gain(person) > 0);
        self.stalled
    }

    fn bid(&mut self, market: &mut Market<'_>, person: u32) {
        let wish = best(market, market.instance.edges_of(person));
        if wish.gain <= 0 {
            return;
        }
        let at = wish.vacancy as usize;
        // Nobody bids more than the seat is worth.
        let bid = wish.weight - (wish.second - self.increment).max(0);
        let holder = Holder { bid, weight: wish.weight, person };
        let desk = &mut market.desks[at];
        if desk.has_room() {
            desk.taken += 1;
            let heap = &mut market.holders[desk.occupied()];
            sift_up(heap, holder);
            if !desk.has_room() {
                market.prices[at] = heap[0].bid;
            }
        } else if bid > market.prices[at] {
            let heap = &mut market.holders[desk.occupied()];
            self.outbid.push_back(heap[0].person);
            sift_down(heap, holder);
            market.prices[at] = heap[0].bid;
        } else {
            self.stalled.push(person);
        }
    }
}

fn best(market: &Market<'_>, row: &[Edge]) -> Wish {
    let mut wish = Wish { vacancy: NOWHERE, weight: 0, gain: 0, second: 0 };
    for edge in row {
        let gain = market.gain(edge);
        let gain = if planted::on(Fault::DigitsIgnored) { gain >> 16 << 16 } else { gain };
        if gain <= wish.second {
            continue;
        }
        if gain > wish.gain {
            wish = Wish { vacancy: edge.vacancy, weight: edge.weight, gain, second: wish.gain };
        } else {
            wish.second = gain;
        }
    }
    wish
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
