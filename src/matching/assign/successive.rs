//! Successive shortest paths with potentials, over vacancies as nodes.
//!
//! People have capacity one, so a person is never a node of the search: the arc from vacancy `j` to `k` is
//! "somebody who sits at `j` moves to `k`", and its length is what that person loses. People are placed one
//! by one; the assignment is optimal among those placed so far, with prices that prove it:
//! `price_j > 0` only when `j` is full, and everybody sits where `weight - price` is largest (or nowhere,
//! when that is not positive).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::instance::Instance;
use super::{Solution, prices};

/// "No vacancy", "no holder".
const NOWHERE: u32 = u32::MAX;

/// A person on a seat, with the weight of the edge used.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder {
    pub(super) person: u32,
    pub(super) weight: i64,
}

/// How a path ends.
#[derive(Debug, Clone, Copy)]
enum End {
    /// The person placed stays without a seat.
    Stay,
    /// A vacancy has a free seat.
    Free(u32),
    /// The holder at this vacancy and place gives up the seat.
    Leave(u32, u32),
}

/// The state of the solver: prices and holders, and the scratch space of one search.
pub(super) struct Market<'a> {
    pub(super) instance: &'a Instance,
    pub(super) price: Vec<i64>,
    pub(super) holders: Vec<Vec<Holder>>,
    search: Search,
}

/// Scratch space of one search; `distance` is `i64::MAX` outside `touched`.
#[derive(Default)]
struct Search {
    distance: Vec<i64>,
    parent: Vec<(u32, u32)>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Search {
    fn relax(&mut self, vacancy: u32, distance: i64, parent: (u32, u32)) {
        let known = &mut self.distance[vacancy as usize];
        if distance >= *known {
            return;
        }
        if *known == i64::MAX {
            self.touched.push(vacancy);
        }
        *known = distance;
        self.parent[vacancy as usize] = parent;
        self.queue.push(Reverse((distance, vacancy)));
    }
}

impl<'a> Market<'a> {
    /// Everybody without a seat, all prices zero; a vacancy without seats is priced out of reach.
    pub(super) fn new(instance: &'a Instance) -> Self {
        let vacancies = instance.vacancies();
        let mut price = vec![0; vacancies];
        for (_, vacancy, weight) in instance.edges() {
            let at = vacancy as usize;
            if instance.seats()[at] == 0 {
                price[at] = weight.max(price[at]);
            }
        }
        let search = Search {
            distance: vec![i64::MAX; vacancies],
            parent: vec![(NOWHERE, NOWHERE); vacancies],
            ..Search::default()
        };
        Self { instance, price, holders: vec![Vec::new(); vacancies], search }
    }

    /// Places all people, each by one search.
    pub(super) fn place_everybody(&mut self) {
        for (_, person) in (0..self.instance.people()).zip(0_u32..) {
            self.place(person);
        }
    }

    /// Lowers the prices to the smallest optimal ones and reads the answer off.
    pub(super) fn into_solution(mut self) -> Solution {
        let mut matched = vec![None; self.instance.people()];
        for (holders, vacancy) in self.holders.iter().zip(0_u32..) {
            for holder in holders {
                matched[holder.person as usize] = Some(vacancy);
            }
        }
        prices::lower(&mut self, &matched);
        let objective = self.holders.iter().flatten().map(|holder| holder.weight).sum();
        let person_prices = prices::of_people(self.instance, &self.price);
        Solution { matched, objective, person_prices, vacancy_prices: self.price }
    }

    fn is_full(&self, vacancy: u32) -> bool {
        let at = vacancy as usize;
        self.holders[at].len() >= self.instance.seats()[at] as usize
    }

    fn place(&mut self, person: u32) {
        let row = self.instance.edges_of(person);
        let worth = |edge: &super::Edge| edge.weight - self.price[edge.vacancy as usize];
        let best = row.iter().map(worth).max().unwrap_or(0);
        if best <= 0 {
            return;
        }
        for edge in row {
            let loss = best - (edge.weight - self.price[edge.vacancy as usize]);
            if loss < best {
                self.search.relax(edge.vacancy, loss, (NOWHERE, NOWHERE));
            }
        }
        let (length, end) = self.shortest_path(best);
        self.raise_prices(length);
        self.shift(person, end);
    }

    /// Shortest way to make room, given that staying away costs `limit`.
    fn shortest_path(&mut self, mut limit: i64) -> (i64, End) {
        let mut end = End::Stay;
        while let Some(Reverse((distance, vacancy))) = self.search.queue.pop() {
            if distance >= limit {
                break;
            }
            if distance > self.search.distance[vacancy as usize] {
                continue;
            }
            if !self.is_full(vacancy) {
                return (distance, End::Free(vacancy));
            }
            (limit, end) = self.expand(vacancy, distance, limit, end);
        }
        (limit, end)
    }

    fn expand(&mut self, vacancy: u32, distance: i64, mut limit: i64, mut end: End) -> (i64, End) {
        let here = self.price[vacancy as usize];
        for (holder, place) in self.holders[vacancy as usize].iter().zip(0_u32..) {
            let leave = distance + holder.weight - here;
            if leave < limit {
                limit = leave;
                end = End::Leave(vacancy, place);
            }
            for edge in self.instance.edges_of(holder.person) {
                let through = leave - edge.weight + self.price[edge.vacancy as usize];
                if through < limit {
                    self.search.relax(edge.vacancy, through, (vacancy, place));
                }
            }
        }
        (limit, end)
    }

    /// Everything nearer than the end of the path becomes dearer by the difference.
    fn raise_prices(&mut self, length: i64) {
        for vacancy in self.search.touched.drain(..) {
            let at = vacancy as usize;
            let distance = std::mem::replace(&mut self.search.distance[at], i64::MAX);
            self.price[at] += (length - distance).max(0);
        }
        self.search.queue.clear();
    }

    /// Moves everybody along the path that ends in `end` one vacancy further, and `person` to its start.
    fn shift(&mut self, person: u32, end: End) {
        let (mut vacancy, mut place) = match end {
            End::Stay => return,
            End::Free(vacancy) => {
                let place = u32::try_from(self.holders[vacancy as usize].len()).unwrap_or(NOWHERE);
                self.holders[vacancy as usize].push(Holder { person: NOWHERE, weight: 0 });
                (vacancy, place)
            }
            End::Leave(vacancy, place) => (vacancy, place),
        };
        loop {
            let (from, seat) = self.search.parent[vacancy as usize];
            let mover =
                if from == NOWHERE { person } else { self.holders[from as usize][seat as usize].person };
            let weight = self.weight(mover, vacancy);
            self.holders[vacancy as usize][place as usize] = Holder { person: mover, weight };
            if from == NOWHERE {
                return;
            }
            (vacancy, place) = (from, seat);
        }
    }

    fn weight(&self, person: u32, vacancy: u32) -> i64 {
        let row = self.instance.edges_of(person);
        match row.binary_search_by_key(&vacancy, |edge| edge.vacancy) {
            Ok(at) => row[at].weight,
            Err(_) => 0,
        }
    }
}
