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
use super::planted::{self, Fault};
use super::rows::Rows;

/// Ways are first sought among edges that fall short of being used by no more than the largest weight shifted
/// right by this: the mistakes of an auction are small, and few edges are that close.
const NEAR_SHIFT: u32 = 8;
/// By how much the reach grows when it was too small.
const WIDEN: i64 = 4;

/// Brings all free seats of a market, where everybody has been placed, to price zero.
pub(super) fn sell_off(market: &mut Market<'_>) {
    let places = market.desks.iter().zip(&market.prices).zip(0_u32..);
    let unsold: Vec<u32> =
        places.filter(|((desk, price), _)| desk.has_room() && **price > 0).map(|it| it.1).collect();
    if unsold.is_empty() || planted::on(Fault::UnsoldKeepsPrice) {
        return;
    }
    let mut columns = Columns::near(market, market.instance.largest_weight() >> NEAR_SHIFT);
    sell(market, &mut columns, &unsold);
}

/// The same for the given vacancies, with columns that hold at least the near edges.
pub(super) fn sell(market: &mut Market<'_>, columns: &mut Columns, unsold: &[u32]) {
    let mut sale = Sale::new(market, columns);
    for &vacancy in unsold {
        let at = vacancy as usize;
        while sale.market.desks[at].has_room() && sale.market.prices[at] > 0 {
            sale.sell_one(vacancy);
        }
    }
}

/// Edges within reach, grouped by vacancy.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// One row per vacancy.
    pub(super) entries: Rows<Entry>,
    /// Edges left out fell short by more than this.
    reach: i64,
    /// By how much prices fell since; an edge left out falls short by that much less.
    fallen: Vec<i64>,
}

/// An edge seen from its vacancy.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// Weight of the edge.
    pub(super) weight: i64,
    /// Index of the person.
    pub(super) person: u32,
}

/// How a way ends.
#[derive(Clone, Copy)]
enum End {
    /// Not within the limit of the search.
    Open,
    /// The price of this vacancy reaches zero.
    Worthless(u32),
    /// This entry's person, who stays at home, takes a seat at this vacancy.
    Taken(u32, Entry),
}

struct Sale<'m, 'a> {
    market: &'m mut Market<'a>,
    columns: &'m mut Columns,
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
    fn new(market: &'m mut Market<'a>, columns: &'m mut Columns) -> Self {
        let mut seats = vec![(NOWHERE, NOWHERE); market.instance.people()];
        for (desk, vacancy) in market.desks.iter().zip(0_u32..) {
            for (holder, place) in market.holders[desk.occupied()].iter().zip(desk.first..) {
                seats[holder.person as usize] = (place, vacancy);
            }
        }
        let parents = vec![(NOWHERE, Entry::default()); market.desks.len()];
        let distances = vec![i64::MAX; market.desks.len()];
        Self { market, columns, seats, distances, parents, touched: Vec::new(), queue: BinaryHeap::new() }
    }

    /// Fills one free seat of a vacancy, or ends with its price at zero.
    fn sell_one(&mut self, vacancy: u32) {
        loop {
            self.reach(vacancy, 0, (NOWHERE, Entry::default()));
            let (length, end) = self.shortest_way();
            if !matches!(end, End::Open) {
                self.lower_prices(length);
                self.shift(end);
                return;
            }
            self.lower_prices(0);
            let reach = self.columns.reach.max(1).saturating_mul(WIDEN);
            *self.columns = Columns::near(self.market, reach);
        }
    }

    /// Ends a search: everything nearer than `length` becomes cheaper by the difference.
    fn lower_prices(&mut self, length: i64) {
        for vacancy in self.touched.drain(..) {
            let at = vacancy as usize;
            let distance = std::mem::replace(&mut self.distances[at], i64::MAX);
            let fall = (length - distance).max(0);
            self.market.prices[at] -= fall;
            self.columns.fallen[at] += fall;
        }
        self.queue.clear();
    }

    /// The shortest way, if it is shorter than any over an edge left out.
    fn shortest_way(&mut self) -> (i64, End) {
        let mut limit = i64::MAX;
        let mut end = End::Open;
        while let Some(Reverse((distance, vacancy))) = self.queue.pop() {
            if distance >= limit {
                break;
            }
            if distance > self.distances[vacancy as usize] {
                continue;
            }
            let trusted = distance.saturating_add(self.columns.reach - self.columns.fallen[vacancy as usize]);
            if trusted < limit {
                limit = trusted;
                end = End::Open;
            }
            let worthless = distance + self.market.prices[vacancy as usize];
            if worthless < limit {
                limit = worthless;
                end = End::Worthless(vacancy);
            }
            for at in self.columns.entries.span(vacancy) {
                let entry = self.columns.entries.at(at);
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
            End::Open => return,
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
        if planted::on(Fault::HolderForgotten) {
            return;
        }
        let last = self.market.holders[(desk.first + desk.taken) as usize];
        self.market.holders[place as usize] = last;
        self.seats[last.person as usize].0 = place;
    }
}

impl Columns {
    /// All edges.
    pub(super) fn all(instance: &Instance) -> Self {
        let edges = instance.edges().map(|(person, vacancy, weight)| (vacancy, Entry { weight, person }));
        Self::grouped(edges.collect(), instance.vacancies(), i64::MAX)
    }

    /// Counts falls anew.
    pub(super) fn settle(&mut self) {
        self.fallen.clear();
        self.fallen.resize(self.entries.len(), 0);
    }

    /// The edges that fall short of being used by no more than `reach`.
    fn near(market: &Market<'_>, reach: i64) -> Self {
        let mut near = Vec::new();
        for person in market.instance.everybody() {
            let enough = market.best_gain(person).max(0) - reach;
            for edge in market.instance.edges_of(person) {
                if market.gain(edge) >= enough {
                    near.push((edge.vacancy, Entry { weight: edge.weight, person }));
                }
            }
        }
        Self::grouped(near, market.desks.len(), reach)
    }

    fn grouped(edges: Vec<(u32, Entry)>, vacancies: usize, reach: i64) -> Self {
        let mut starts = vec![0_u32; vacancies + 1];
        for (vacancy, _) in &edges {
            starts[*vacancy as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut entries = vec![Entry::default(); edges.len()];
        for (vacancy, entry) in edges {
            let at = &mut next[vacancy as usize];
            entries[*at as usize] = entry;
            *at += 1;
        }
        Self { entries: Rows::packed(&starts, entries), reach, fallen: vec![0; vacancies] }
    }
}
