//! An optimal assignment that follows its world: people, vacancies and seats come and go, each change is worked in
//! from the last prices by one or a few shortest paths, and the result is an optimum as if solved from scratch.
//!
//! What does not belong here: how one person is placed (`search`) or one free seat sold (`repair`), and the check of
//! the result (`matching::certificate`, which takes [`Standing::instance`] as any other).
//!
//! Between changes the three invariants of the market hold. A change breaks one of them in one place:
//! somebody not placed (`search`), or a free seat with a price (`repair`).

use super::instance::{Edge, Instance, InstanceError, MAX_WEIGHT, index, total_fits};
use super::market::{Desk, Holder, Market};
use super::planted::{self, Fault};
use super::repair::{self, Columns, Entry};
use super::{Solution, auction, read_off, search};

/// An instance with an optimal assignment that is kept up to date.
///
/// An index, once given to a person or a vacancy, stays. Whoever left keeps it without edges or seats.
#[derive(Clone, Debug)]
pub struct Standing {
    instance: Instance,
    /// The edges by vacancy.
    columns: Columns,
    prices: Vec<i64>,
    desks: Vec<Desk>,
    holders: Vec<Holder>,
    /// Places owned in `holders` by each vacancy; `Desk::places` may be fewer.
    owned: Vec<u32>,
    /// Prices fell, or rows changed, since the bids of the holders were noted.
    old_bids: bool,
    /// The largest weight ever taken.
    largest: i64,
}

impl Standing {
    /// Solves from scratch.
    #[must_use]
    pub fn new(instance: Instance) -> Self {
        let prices = super::solve(&instance).vacancy_prices;
        Self::resume(instance, &prices)
    }

    /// Solves from prices that may be near the optimal ones, such as those stored with the last run.
    #[must_use]
    pub fn resume(instance: Instance, prices: &[i64]) -> Self {
        let mut market = Market::with_prices(&instance, prices);
        let left = auction::open(&mut market);
        super::finish(&mut market, left);
        let Market { prices, desks, holders, .. } = market;
        let owned = desks.iter().map(|desk| desk.places).collect();
        let (columns, largest) = (Columns::all(&instance), instance.largest_weight());
        Self { instance, columns, prices, desks, holders, owned, old_bids: true, largest }
    }

    /// The inputs as they are now.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The optimum as it is now.
    #[must_use]
    pub fn optimum(&self) -> i64 {
        let seated = self.desks.iter().flat_map(|desk| &self.holders[desk.occupied()]);
        seated.map(|holder| holder.weight).sum()
    }

    /// The whole answer, with the smallest optimal prices. Reads every edge, unlike the changes.
    #[must_use]
    pub fn solution(&self) -> Solution {
        read_off(&Market {
            instance: &self.instance,
            prices: self.prices.clone(),
            desks: self.desks.clone(),
            holders: self.holders.clone(),
        })
    }

    /// A new person with edges to vacancies; returns the person's index. Edges of weight zero or less are not used.
    ///
    /// # Errors
    /// See [`Standing::change_person`].
    pub fn add_person(&mut self, edges: &[Edge]) -> Result<u32, InstanceError> {
        let person = index("people", self.instance.people())?;
        self.check_person(person, edges)?;
        self.instance.add_person();
        self.enlist(person, edges);
        Ok(person)
    }

    /// Gives a person other edges: other points, a pair dismissed, a vacancy become eligible.
    ///
    /// # Errors
    /// [`InstanceError`] as of the builder, edges named by their order in `edges`; nothing has changed then.
    pub fn change_person(&mut self, person: u32, edges: &[Edge]) -> Result<(), InstanceError> {
        if person as usize >= self.instance.people() {
            return Err(InstanceError::UnknownPerson { edge: 0, person });
        }
        self.check_person(person, edges)?;
        self.leave(person);
        self.enlist(person, edges);
        Ok(())
    }

    /// Takes a person out; the seat, if any, goes to whom it helps most.
    ///
    /// # Errors
    /// [`InstanceError::UnknownPerson`]; nothing has changed then.
    pub fn withdraw_person(&mut self, person: u32) -> Result<(), InstanceError> {
        self.change_person(person, &[])
    }

    /// A new vacancy with its candidates as (person, weight); returns the vacancy's index.
    ///
    /// # Errors
    /// [`InstanceError`] as of the builder, edges named by their order; nothing has changed then.
    pub fn add_vacancy(&mut self, seats: i64, candidates: &[(u32, i64)]) -> Result<u32, InstanceError> {
        let vacancy = index("vacancies", self.instance.vacancies())?;
        let seats = self.check_vacancy(vacancy, seats, candidates)?;
        self.instance.add_vacancy(seats);
        self.columns.entries.add();
        // So dear that nobody would rather sit here: every invariant holds while it has no place.
        let mut price = 0;
        for &(person, weight) in candidates.iter().filter(|candidate| candidate.1 > 0) {
            price = price.max(weight - self.best_gain(person).max(0));
            self.instance.add_edge(person, Edge { weight, vacancy });
            self.columns.entries.insert(
                vacancy,
                self.columns.entries.of(vacancy).len(),
                Entry { weight, person },
            );
            self.largest = self.largest.max(weight);
        }
        self.prices.push(price);
        self.desks.push(Desk::default());
        self.owned.push(0);
        self.old_bids = true;
        self.open_places(vacancy);
        Ok(vacancy)
    }

    /// Gives a vacancy another number of seats; zero closes it. Whoever loses a seat is placed anew.
    ///
    /// # Errors
    /// [`InstanceError`] as of the builder; nothing has changed then.
    pub fn set_seats(&mut self, vacancy: u32, seats: i64) -> Result<(), InstanceError> {
        if vacancy as usize >= self.instance.vacancies() {
            return Err(InstanceError::UnknownVacancy { edge: 0, vacancy });
        }
        let seats = self.check_vacancy(vacancy, seats, &[])?;
        self.instance.set_seats(vacancy, seats);
        let desk = &mut self.desks[vacancy as usize];
        let kept = desk.taken.min(seats);
        let first = desk.first as usize;
        let evicted = &self.holders[first + kept as usize..first + desk.taken as usize];
        let evicted: Vec<u32> = evicted.iter().map(|holder| holder.person).collect();
        desk.taken = kept;
        desk.places = desk.places.min(seats);
        self.place(evicted);
        self.open_places(vacancy);
        Ok(())
    }

    fn check_person(&self, person: u32, edges: &[Edge]) -> Result<(), InstanceError> {
        let vacancies = self.instance.vacancies();
        let unknown = |edge: &Edge| edge.vacancy as usize >= vacancies;
        if let Some(at) = edges.iter().position(unknown) {
            return Err(InstanceError::UnknownVacancy { edge: at, vacancy: edges[at].vacancy });
        }
        if let Some(at) = repeated(edges.iter().map(|edge| edge.vacancy)) {
            return Err(InstanceError::DuplicateEdge { edge: at, person, vacancy: edges[at].vacancy });
        }
        let people = self.instance.people().max(person as usize + 1);
        let seats = self.instance.seats().iter().map(|&seats| u64::from(seats)).sum();
        self.check_range(people, seats, edges.iter().map(|edge| edge.weight))
    }

    fn check_vacancy(
        &self,
        vacancy: u32,
        seats: i64,
        candidates: &[(u32, i64)],
    ) -> Result<u32, InstanceError> {
        if seats < 0 {
            return Err(InstanceError::NegativeSeats { vacancy: vacancy as usize, seats });
        }
        let seats = u32::try_from(seats).unwrap_or(u32::MAX);
        let people = self.instance.people();
        if let Some(at) = candidates.iter().position(|candidate| candidate.0 as usize >= people) {
            return Err(InstanceError::UnknownPerson { edge: at, person: candidates[at].0 });
        }
        if let Some(at) = repeated(candidates.iter().map(|candidate| candidate.0)) {
            return Err(InstanceError::DuplicateEdge { edge: at, person: candidates[at].0, vacancy });
        }
        let others = (0_u32..).zip(self.instance.seats()).filter(|(other, _)| *other != vacancy);
        let all = others.map(|(_, &seats)| u64::from(seats)).sum::<u64>() + u64::from(seats);
        self.check_range(people, all, candidates.iter().map(|candidate| candidate.1))?;
        Ok(seats)
    }

    /// Weights one by one, then the number of edges, then what the total may come to.
    fn check_range(
        &self,
        people: usize,
        seats: u64,
        weights: impl ExactSizeIterator<Item = i64>,
    ) -> Result<(), InstanceError> {
        // Rows that change leave up to as many items behind as they hold.
        index("edges", 2 * (self.instance.edge_count() + weights.len()))?;
        let mut largest = self.largest;
        for (edge, weight) in weights.enumerate() {
            if weight > MAX_WEIGHT {
                return Err(InstanceError::WeightTooLarge { edge, weight });
            }
            largest = largest.max(weight);
        }
        total_fits(seats.min(u64::try_from(people).unwrap_or(u64::MAX)), largest)
    }

    /// Puts an absent person's edges in and finds the person a seat.
    fn enlist(&mut self, person: u32, edges: &[Edge]) {
        for edge in edges.iter().filter(|edge| edge.weight > 0) {
            let entry = Entry { weight: edge.weight, person };
            self.largest = self.largest.max(edge.weight);
            self.instance.add_edge(person, *edge);
            let end = self.columns.entries.of(edge.vacancy).len();
            self.columns.entries.insert(edge.vacancy, end, entry);
            if self.desks[edge.vacancy as usize].places < self.instance.seats()[edge.vacancy as usize] {
                // There were places for everybody with an edge, so that any of them may have one for nothing.
                self.prices[edge.vacancy as usize] = 0;
                self.old_bids = true;
                self.own_places(edge.vacancy);
            }
        }
        self.place(vec![person]);
    }

    /// Takes a person's edges away, and sells the seat that becomes free.
    fn leave(&mut self, person: u32) {
        let row: Vec<u32> = self.instance.edges_of(person).iter().map(|edge| edge.vacancy).collect();
        self.instance.clear_row(person);
        for &vacancy in &row {
            let column = self.columns.entries.of(vacancy);
            if let Some(place) = column.iter().position(|entry| entry.person == person) {
                self.columns.entries.remove(vacancy, place);
            }
        }
        for vacancy in row {
            let desk = &mut self.desks[vacancy as usize];
            let holders = &mut self.holders[desk.occupied()];
            if let Some(place) = holders.iter().position(|holder| holder.person == person) {
                holders[place] = holders[holders.len() - 1];
                desk.taken -= 1;
                self.sell(vacancy);
            }
        }
    }

    /// Opens as many places as there are seats and edges for, and sells them.
    fn open_places(&mut self, vacancy: u32) {
        self.own_places(vacancy);
        self.sell(vacancy);
    }

    /// Gives a vacancy as many places as it has seats, but no more than it has edges, and never fewer than it has.
    fn own_places(&mut self, vacancy: u32) {
        let at = vacancy as usize;
        let edges = u32::try_from(self.columns.entries.of(vacancy).len()).unwrap_or(u32::MAX);
        let places = self.instance.seats()[at].min(edges).max(self.desks[at].places);
        if places > self.owned[at] {
            self.move_desk(at, places.saturating_mul(2).min(self.instance.seats()[at]));
        }
        self.desks[at].places = places;
    }

    /// Moves the places of a vacancy to the end, with room for `owned`.
    fn move_desk(&mut self, at: usize, owned: u32) {
        let seated = self.desks[at].occupied();
        let first = self.holders.len();
        self.holders.extend_from_within(seated);
        self.holders.resize(first + owned as usize, Holder::default());
        self.desks[at].first = u32::try_from(first).unwrap_or(u32::MAX);
        self.owned[at] = owned;
        let in_use: usize = self.owned.iter().map(|&owned| owned as usize).sum();
        if self.holders.len() > 2 * in_use + 1024 {
            self.pack_desks(in_use);
        }
    }

    fn pack_desks(&mut self, in_use: usize) {
        let mut holders = Vec::with_capacity(in_use);
        for (desk, &owned) in self.desks.iter_mut().zip(&self.owned) {
            let first = holders.len();
            holders.extend_from_slice(&self.holders[desk.occupied()]);
            holders.resize(first + owned as usize, Holder::default());
            desk.first = u32::try_from(first).unwrap_or(u32::MAX);
        }
        self.holders = holders;
    }

    /// Finds seats for people who have none.
    fn place(&mut self, people: Vec<u32>) {
        if self.old_bids && !planted::on(Fault::StaleBidsTrusted) {
            self.holders.iter_mut().for_each(|holder| holder.bid = 0);
            self.old_bids = false;
        }
        self.with_market(|market, _| {
            search::place(market, people, usize::MAX);
        });
    }

    /// Fills free seats of a vacancy that has a price, or lowers the price to zero.
    fn sell(&mut self, vacancy: u32) {
        if self.desks[vacancy as usize].has_room() && self.prices[vacancy as usize] > 0 {
            self.old_bids = true;
            self.columns.settle();
            self.with_market(|market, columns| repair::sell(market, columns, &[vacancy]));
        }
    }

    /// Lends everything to the parts of the solver.
    fn with_market(&mut self, work: impl FnOnce(&mut Market<'_>, &mut Columns)) {
        let mut market = Market {
            instance: &self.instance,
            prices: std::mem::take(&mut self.prices),
            desks: std::mem::take(&mut self.desks),
            holders: std::mem::take(&mut self.holders),
        };
        work(&mut market, &mut self.columns);
        let Market { prices, desks, holders, .. } = market;
        (self.prices, self.desks, self.holders) = (prices, desks, holders);
    }

    fn best_gain(&self, person: u32) -> i64 {
        let gain = |edge: &Edge| edge.weight - self.prices[edge.vacancy as usize];
        self.instance.edges_of(person).iter().map(gain).max().unwrap_or(0)
    }
}

/// The place of the first item that occurs before.
fn repeated(items: impl Iterator<Item = u32>) -> Option<usize> {
    let mut sorted: Vec<(u32, usize)> = items.enumerate().map(|(place, item)| (item, place)).collect();
    sorted.sort_unstable();
    sorted.windows(2).filter(|two| two[0].0 == two[1].0).map(|two| two[1].1).min()
}
