//! Free seats that still have a price: fill them or let the price fall.
//!
//! The mirror image of `search`, needed when an auction started from prices that turned out too high. The arc
//! from vacancy `j` to `k` is "somebody who sits at `k` takes the free seat at `j`"; its length is by how
//! much the price of `j` must fall for that. A way ends with somebody who stays at home and takes the seat,
//! or at a vacancy whose price reaches zero; then everything nearer than the end becomes cheaper by the
//! difference.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::instance::Instance;
use super::market::{Holder, Market, NOWHERE};

/// Brings all free seats of a market, where everybody has been placed, to price zero.
pub(super) fn sell_off(market: &mut Market<'_>) {
    let priced = |market: &Market<'_>, at: usize| market.prices[at] > 0 && market.desks[at].has_room();
    if !(0..market.desks.len()).any(|at| priced(market, at)) {
        return;
    }
    let mut sale = Sale::new(market);
    for (at, vacancy) in (0..sale.market.desks.len()).zip(0_u32..) {
        while priced(sale.market, at) {
            sale.sell_one(vacancy);
        }
    }
}

/// Edges grouped by vacancy.
struct Columns {
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

/// An edge seen from its vacancy.
#[derive(Clone, Copy, Default)]
struct Entry {
    weight: i64,
    person: u32,
}

/// How a way ends.
#[derive(Clone, Copy)]
enum End {
    /// The price of this vacancy reaches zero.
    Worthless(u32),
    /// This entry's person, who stays at home, takes a seat at this vacancy.
    Taken(u32, Entry),
}

struct Sale<'m, 'a> {
    market: &'m mut Market<'a>,
    columns: Columns,
    /// Where each person sits: index into the market's holders, and the vacancy.
    seats: Vec<(u32, u32)>,
    /// For each vacancy the length of the shortest way known; `i64::MAX` when there is none.
    distances: Vec<i64>,
    /// For each vacancy reached: from where, and the edge of the person who would move there.
    parents: Vec<(u32, Entry)>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
}

impl<'m, 'a> Sale<'m, 'a> {
    fn new(market: &'m mut Market<'a>) -> Self {
        let mut seats = vec![(NOWHERE, NOWHERE); market.instance.people()];
        for (desk, vacancy) in market.desks.iter().zip(0_u32..) {
            for (holder, place) in market.holders[desk.occupied()].iter().zip(desk.first..) {
                seats[holder.person as usize] = (place, vacancy);
            }
        }
        let columns = Columns::new(market.instance);
        let parents = vec![(NOWHERE, Entry::default()); market.desks.len()];
        let distances = vec![i64::MAX; market.desks.len()];
        Self { market, columns, seats, distances, parents, touched: Vec::new(), queue: BinaryHeap::new() }
    }

    /// Fills one free seat of a vacancy, or ends with its price at zero.
    fn sell_one(&mut self, vacancy: u32) {
        self.reach(vacancy, 0, (NOWHERE, Entry::default()));
        let (length, end) = self.shortest_way(vacancy);
        for vacancy in self.touched.drain(..) {
            let at = vacancy as usize;
            let distance = std::mem::replace(&mut self.distances[at], i64::MAX);
            self.market.prices[at] -= (length - distance).max(0);
        }
        self.queue.clear();
        self.shift(end);
    }

    fn shortest_way(&mut self, start: u32) -> (i64, End) {
        let mut limit = i64::MAX;
        let mut end = End::Worthless(start);
        while let Some(Reverse((distance, vacancy))) = self.queue.pop() {
            if distance >= limit {
                break;
            }
            if distance > self.distances[vacancy as usize] {
                continue;
            }
            let worthless = distance + self.market.prices[vacancy as usize];
            if worthless < limit {
                limit = worthless;
                end = End::Worthless(vacancy);
            }
            for at in self.columns.of(vacancy) {
                let entry = self.columns.entries[at];
                let (place, seat) = self.seats[entry.person as usize];
                let short = worthless - entry.weight;
                if place == NOWHERE {
                    if short < limit {
                        limit = short;
                        end = End::Taken(vacancy, entry);
                    }
                } else if seat != vacancy {
                    let surplus =
                        self.market.holders[place as usize].weight - self.market.prices[seat as usize];
                    if short + surplus < limit {
                        self.reach(seat, short + surplus, (vacancy, entry));
                    }
                }
            }
        }
        (limit, end)
    }

    fn reach(&mut self, vacancy: u32, distance: i64, parent: (u32, Entry)) {
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

    /// Moves everybody along the way one vacancy towards its start.
    fn shift(&mut self, end: End) {
        let (mut vacancy, mut newcomer) = match end {
            End::Worthless(vacancy) => (vacancy, None),
            End::Taken(vacancy, entry) => (vacancy, Some(entry)),
        };
        loop {
            let (to, mover) = self.parents[vacancy as usize];
            let place = if to == NOWHERE { NOWHERE } else { self.seats[mover.person as usize].0 };
            match newcomer {
                Some(entry) if place == NOWHERE => self.sit_down(entry, vacancy),
                Some(entry) => self.put(entry, place, vacancy),
                None if place == NOWHERE => {}
                None => self.stand_up(place, vacancy),
            }
            if to == NOWHERE {
                return;
            }
            newcomer = Some(mover);
            vacancy = to;
        }
    }

    fn put(&mut self, entry: Entry, place: u32, vacancy: u32) {
        self.market.holders[place as usize] = Holder { bid: 0, weight: entry.weight, person: entry.person };
        self.seats[entry.person as usize] = (place, vacancy);
    }

    fn sit_down(&mut self, entry: Entry, vacancy: u32) {
        let desk = &mut self.market.desks[vacancy as usize];
        let place = desk.first + desk.taken;
        desk.taken += 1;
        self.put(entry, place, vacancy);
    }

    /// Frees a place and closes the gap with the last holder.
    fn stand_up(&mut self, place: u32, vacancy: u32) {
        let desk = &mut self.market.desks[vacancy as usize];
        desk.taken -= 1;
        let last = self.market.holders[(desk.first + desk.taken) as usize];
        self.market.holders[place as usize] = last;
        self.seats[last.person as usize].0 = place;
    }
}

impl Columns {
    fn new(instance: &Instance) -> Self {
        let mut starts = vec![0_u32; instance.vacancies() + 1];
        for edge in instance.all_edges() {
            starts[edge.vacancy as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut entries = vec![Entry::default(); instance.edge_count()];
        for (person, vacancy, weight) in instance.edges() {
            let at = &mut next[vacancy as usize];
            entries[*at as usize] = Entry { weight, person };
            *at += 1;
        }
        Self { starts, entries }
    }

    fn of(&self, vacancy: u32) -> std::ops::Range<usize> {
        self.starts[vacancy as usize] as usize..self.starts[vacancy as usize + 1] as usize
    }
}
