//! Finish: successive shortest paths with potentials, over vacancies as nodes.
//!
//! People have capacity one, so a person is never a node of the search: the arc from vacancy `j` to `k` is
//! "somebody who sits at `j` moves to `k`", and its length is what that person loses at current prices. A
//! person is placed along the shortest way to a free seat, to somebody who may as well stay at home, or not
//! at all; then everything nearer than the end of that way becomes dearer by the difference, which keeps the
//! invariants of the market (Edmonds and Karp 1972; Jonker and Volgenant 1987).
//!
//! Two bounds make a search cheap. Most ways are very short against what the person gains, so it first looks
//! only as far as recent searches had to go, and farther only if that fails. And a holder's `bid` tells from
//! which price on that person would move at all, so most rows of edges are never read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::market::{Holder, Market, NOWHERE};
use super::planted::{self, Fault};

/// How a way ends.
#[derive(Clone, Copy, Debug)]
enum End {
    /// Not within the limit of the search.
    Open,
    /// A vacancy has a free seat.
    Free(u32),
    /// The holder at this vacancy and place gives up the seat and stays at home.
    Leave(u32, u32),
}

/// Places people one by one until the search has visited `effort` vacancies; returns who is left then.
pub(super) fn place(market: &mut Market<'_>, mut people: Vec<u32>, effort: usize) -> Vec<u32> {
    let mut search = Search::new(market, effort);
    people.reverse();
    while search.effort > 0 {
        let Some(person) = people.pop() else {
            break;
        };
        search.place(person);
    }
    people
}

struct Search<'m, 'a> {
    market: &'m mut Market<'a>,
    /// For each vacancy the length of the shortest way known; `i64::MAX` when there is none.
    distances: Vec<i64>,
    /// The last step of that way: vacancy and place (in the market's holders) of the one who would move here.
    parents: Vec<(u32, u32)>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
    /// Running mean of the lengths of the ways found.
    usual: i64,
    /// Vacancies still to be visited before giving up.
    effort: usize,
}

impl<'m, 'a> Search<'m, 'a> {
    fn new(market: &'m mut Market<'a>, effort: usize) -> Self {
        let distances = vec![i64::MAX; market.desks.len()];
        let parents = vec![(NOWHERE, NOWHERE); market.desks.len()];
        Self { market, distances, parents, touched: Vec::new(), queue: BinaryHeap::new(), usual: 0, effort }
    }

    /// Places a person who has no seat, or finds that none is worth the change.
    fn place(&mut self, person: u32) {
        let best = self.market.best_gain(person);
        if best <= 0 {
            return;
        }
        let mut reach = 2 * self.usual + 1;
        loop {
            // Staying away costs `best`: no way is worth more.
            let limit = reach.min(best);
            self.start(person, best, limit);
            let (length, end) = self.shortest_way(limit);
            if length < limit || limit == best {
                self.usual += (length - self.usual) / 8;
                self.raise_prices(length);
                self.shift(person, end);
                return;
            }
            self.raise_prices(0);
            reach = reach.saturating_mul(4);
        }
    }

    fn start(&mut self, person: u32, best: i64, limit: i64) {
        for edge in self.market.instance.edges_of(person) {
            let loss = best - self.market.gain(edge);
            if loss < limit {
                self.reach(edge.vacancy, loss, (NOWHERE, NOWHERE));
            }
        }
    }

    fn shortest_way(&mut self, mut limit: i64) -> (i64, End) {
        let mut end = End::Open;
        while let Some(Reverse((distance, vacancy))) = self.queue.pop() {
            if distance >= limit {
                break;
            }
            if distance > self.distances[vacancy as usize] {
                continue;
            }
            let desk = self.market.desks[vacancy as usize];
            if desk.has_room() {
                return (distance, End::Free(vacancy));
            }
            self.effort = self.effort.saturating_sub(1);
            for place in desk.first..desk.first + desk.taken {
                let holder = self.market.holders[place as usize];
                let price = self.market.prices[vacancy as usize];
                if holder.bid - price >= limit - distance {
                    continue;
                }
                let leave = distance + holder.weight - price;
                if leave < limit {
                    limit = leave;
                    end = End::Leave(vacancy, place);
                }
                let elsewhere = self.move_on(holder.person, vacancy, place, leave, limit);
                self.market.holders[place as usize].bid = holder.weight - elsewhere;
            }
        }
        (limit, end)
    }

    /// Reaches all vacancies to which a holder may move; returns the best gain elsewhere, at least zero.
    fn move_on(&mut self, person: u32, from: u32, place: u32, leave: i64, limit: i64) -> i64 {
        let mut elsewhere = 0;
        for edge in self.market.instance.edges_of(person) {
            let gain = self.market.gain(edge);
            if edge.vacancy != from {
                elsewhere = gain.max(elsewhere);
                if leave - gain < limit {
                    self.reach(edge.vacancy, leave - gain, (from, place));
                }
            }
        }
        elsewhere
    }

    #[inline]
    fn reach(&mut self, vacancy: u32, distance: i64, parent: (u32, u32)) {
        let known = &mut self.distances[vacancy as usize];
        if distance >= *known {
            return;
        }
        if *known == i64::MAX {
            self.touched.push(vacancy);
        }
        *known = distance;
        self.parents[vacancy as usize] = parent;
        self.queue.push(Reverse((distance, vacancy)));
    }

    /// Ends a search: everything nearer than `length` becomes dearer by the difference.
    fn raise_prices(&mut self, length: i64) {
        for vacancy in self.touched.drain(..) {
            let at = vacancy as usize;
            let distance = std::mem::replace(&mut self.distances[at], i64::MAX);
            if planted::on(Fault::PriceNotRaised) {
                continue;
            }
            self.market.prices[at] += (length - distance).max(0);
        }
        self.queue.clear();
    }

    /// Moves everybody along the way that ends in `end` one vacancy on, and `person` to its start.
    fn shift(&mut self, person: u32, end: End) {
        let (mut vacancy, mut place) = match end {
            End::Open => return,
            End::Free(vacancy) => {
                let desk = &mut self.market.desks[vacancy as usize];
                desk.taken += 1;
                (vacancy, desk.first + desk.taken - 1)
            }
            End::Leave(vacancy, place) => (vacancy, place),
        };
        loop {
            let (from, seat) = self.parents[vacancy as usize];
            let mover = if from == NOWHERE { person } else { self.market.holders[seat as usize].person };
            self.market.holders[place as usize] = self.seated(mover, vacancy);
            if from == NOWHERE {
                return;
            }
            (vacancy, place) = (from, seat);
        }
    }

    /// The record of a person at a vacancy; a bid of zero has the first search look for itself.
    fn seated(&self, person: u32, vacancy: u32) -> Holder {
        let row = self.market.instance.edges_of(person);
        let weight = match row.binary_search_by_key(&vacancy, |edge| edge.vacancy) {
            Ok(at) => row[at].weight,
            Err(_) => 0,
        };
        Holder { bid: 0, weight, person }
    }
}
