//! The input of the solver: people, vacancies with seats, weighted edges, stored by person.
//!
//! Only structure is checked here. Names, lines and files belong to `matching::edges`.

use thiserror::Error;

use super::planted::{self, Fault};
use super::rows::Rows;

/// Largest accepted weight. Prices and path lengths stay within a few times this, so `i64` never overflows.
pub const MAX_WEIGHT: i64 = 1 << 60;

/// One usable edge of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// What the total gains when the person takes a seat of the vacancy; positive.
    pub weight: i64,
    /// Index of the vacancy.
    pub vacancy: u32,
}

/// What makes an instance unacceptable. Edges are named by the order in which they were added, from 0.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InstanceError {
    /// A vacancy with fewer than zero seats.
    #[error("vacancy {vacancy} has a negative number of seats: {seats}")]
    NegativeSeats {
        /// Index of the vacancy.
        vacancy: usize,
        /// The number given.
        seats: i64,
    },
    /// An edge to a vacancy that was never declared.
    #[error("edge {edge} names vacancy {vacancy}, which does not exist")]
    UnknownVacancy {
        /// Order of the edge.
        edge: usize,
        /// The vacancy named.
        vacancy: u32,
    },
    /// An edge of a person outside the declared number of people.
    #[error("edge {edge} names person {person}, who does not exist")]
    UnknownPerson {
        /// Order of the edge.
        edge: usize,
        /// The person named.
        person: u32,
    },
    /// A second edge between the same person and vacancy.
    #[error("edge {edge} repeats the pair of person {person} and vacancy {vacancy}")]
    DuplicateEdge {
        /// Order of the later edge of the two.
        edge: usize,
        /// Index of the person.
        person: u32,
        /// Index of the vacancy.
        vacancy: u32,
    },
    /// A weight above [`MAX_WEIGHT`].
    #[error("edge {edge} has weight {weight}, above the largest accepted, {MAX_WEIGHT}")]
    WeightTooLarge {
        /// Order of the edge.
        edge: usize,
        /// The weight given.
        weight: i64,
    },
    /// The optimum might not fit an `i64`.
    #[error("{places} places times the largest weight {weight} may exceed the range of the total")]
    TotalTooLarge {
        /// The smaller of usable seats and people with a usable edge.
        places: u64,
        /// The largest weight.
        weight: i64,
    },
    /// More people, vacancies or edges than a 32-bit index can name.
    #[error("too many {what}: {count}")]
    TooMany {
        /// `people`, `vacancies` or `edges`.
        what: &'static str,
        /// The number given.
        count: usize,
    },
}

/// A validated instance: usable edges (weight > 0) grouped by person, each group sorted by vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    seats: Vec<u32>,
    rows: Rows<Edge>,
}

impl Instance {
    /// Number of people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.rows.len()
    }

    /// Number of vacancies.
    #[must_use]
    pub fn vacancies(&self) -> usize {
        self.seats.len()
    }

    /// Seats of every vacancy. A number beyond `u32::MAX` was cut to it: nobody could fill more.
    #[must_use]
    pub fn seats(&self) -> &[u32] {
        &self.seats
    }

    /// Usable edges of a person, sorted by vacancy; empty for an index out of range.
    #[inline]
    #[must_use]
    pub fn edges_of(&self, person: u32) -> &[Edge] {
        let row = self.rows.of(person);
        if planted::on(Fault::RowEndSkipped) {
            return row.split_last().map_or(row, |(_, rest)| rest);
        }
        row
    }

    /// All usable edges as (person, vacancy, weight), for the independent check.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, i64)> + '_ {
        (0_u32..)
            .zip(self.rows.iter())
            .flat_map(|(person, row)| row.iter().map(move |edge| (person, edge.vacancy, edge.weight)))
    }

    /// Indices of all people.
    pub(super) fn everybody(&self) -> impl Iterator<Item = u32> + use<> {
        (0..self.people()).zip(0_u32..).map(|(_, person)| person)
    }

    /// All usable edges without their people.
    pub(super) fn all_edges(&self) -> impl Iterator<Item = &Edge> {
        self.rows.iter().flatten()
    }

    /// The largest weight; zero without usable edges.
    pub(super) fn largest_weight(&self) -> i64 {
        self.all_edges().map(|edge| edge.weight).max().unwrap_or(0)
    }

    /// Number of usable edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.rows.item_count()
    }

    /// Adds a vacancy without edges.
    pub(super) fn add_vacancy(&mut self, seats: u32) {
        self.seats.push(seats);
    }

    /// Adds a person without edges.
    pub(super) fn add_person(&mut self) {
        self.rows.add();
    }

    /// Changes the seats of a vacancy. A vacancy out of range is not changed.
    pub(super) fn set_seats(&mut self, vacancy: u32, seats: u32) {
        if let Some(own) = self.seats.get_mut(vacancy as usize) {
            *own = seats;
        }
    }

    /// Adds a usable edge that the person does not have yet.
    pub(super) fn add_edge(&mut self, person: u32, edge: Edge) {
        let place = self.rows.of(person).partition_point(|other| other.vacancy < edge.vacancy);
        self.rows.insert(person, place, edge);
    }

    /// Takes all edges from a person.
    pub(super) fn clear_row(&mut self, person: u32) {
        self.rows.clear(person);
    }
}

/// Collects vacancies and edges, then checks and orders them.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    people: usize,
    seats: Vec<u32>,
    edges: Vec<Pair>,
}

/// An edge as it was added.
#[derive(Clone, Copy, Debug)]
struct Pair {
    person: u32,
    vacancy: u32,
    weight: i64,
}

impl Builder {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for so many more edges.
    pub fn reserve(&mut self, edges: usize) {
        self.edges.reserve(edges);
    }

    /// Declares the next vacancy and returns its index.
    ///
    /// # Errors
    /// [`InstanceError::NegativeSeats`], [`InstanceError::TooMany`].
    pub fn vacancy(&mut self, seats: i64) -> Result<u32, InstanceError> {
        let vacancy = self.seats.len();
        if seats < 0 {
            return Err(InstanceError::NegativeSeats { vacancy, seats });
        }
        let index = index("vacancies", vacancy)?;
        self.seats.push(u32::try_from(seats).unwrap_or(u32::MAX));
        Ok(index)
    }

    /// Declares at least so many people; an edge of a later one is refused by [`Builder::build`].
    ///
    /// # Errors
    /// [`InstanceError::TooMany`].
    pub fn people(&mut self, count: usize) -> Result<(), InstanceError> {
        index("people", count)?;
        self.people = count;
        Ok(())
    }

    /// Adds an edge. A weight of zero or less is accepted, checked for repetition, and never used.
    ///
    /// # Errors
    /// [`InstanceError::UnknownVacancy`], [`InstanceError::WeightTooLarge`], [`InstanceError::TooMany`].
    pub fn edge(&mut self, person: u32, vacancy: u32, weight: i64) -> Result<(), InstanceError> {
        let edge = self.edges.len();
        if vacancy as usize >= self.seats.len() {
            return Err(InstanceError::UnknownVacancy { edge, vacancy });
        }
        if weight > MAX_WEIGHT {
            return Err(InstanceError::WeightTooLarge { edge, weight });
        }
        index("edges", edge)?;
        self.edges.push(Pair { person, vacancy, weight });
        Ok(())
    }

    /// Groups the edges by person and checks the whole.
    ///
    /// # Errors
    /// [`InstanceError::UnknownPerson`], [`InstanceError::DuplicateEdge`], [`InstanceError::TotalTooLarge`].
    pub fn build(self) -> Result<Instance, InstanceError> {
        let starts = self.row_starts()?;
        let mut edges = self.grouped(&starts);
        for (row, person) in starts.windows(2).zip(0_u32..) {
            let row = &mut edges[row[0] as usize..row[1] as usize];
            row.sort_unstable_by_key(|edge| edge.vacancy);
            if let Some(twice) = row.windows(2).find(|two| two[0].vacancy == two[1].vacancy) {
                return Err(self.duplicate(person, twice[0].vacancy));
            }
        }
        let instance = drop_unusable(self.seats, &starts, edges);
        check_total(&instance)?;
        Ok(instance)
    }

    fn row_starts(&self) -> Result<Vec<u32>, InstanceError> {
        let mut starts = vec![0_u32; self.people + 1];
        for (edge, pair) in self.edges.iter().enumerate() {
            match starts.get_mut(pair.person as usize + 1) {
                Some(count) => *count += 1,
                None => return Err(InstanceError::UnknownPerson { edge, person: pair.person }),
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Ok(starts)
    }

    fn grouped(&self, starts: &[u32]) -> Vec<Edge> {
        let mut edges = vec![Edge { weight: 0, vacancy: 0 }; self.edges.len()];
        let mut next = starts.to_vec();
        for pair in &self.edges {
            let slot = &mut next[pair.person as usize];
            edges[*slot as usize] = Edge { weight: pair.weight, vacancy: pair.vacancy };
            *slot += 1;
        }
        edges
    }

    /// Finds which added edge was the repetition; slow, as it only words an error.
    fn duplicate(&self, person: u32, vacancy: u32) -> InstanceError {
        let same = |pair: &Pair| pair.person == person && pair.vacancy == vacancy;
        let places = self.edges.iter().enumerate().filter(|(_, pair)| same(pair));
        let edge = places.map(|(place, _)| place).nth(1).unwrap_or_default();
        InstanceError::DuplicateEdge { edge, person, vacancy }
    }
}

fn drop_unusable(seats: Vec<u32>, starts: &[u32], mut edges: Vec<Edge>) -> Instance {
    let mut kept_starts = Vec::with_capacity(starts.len());
    let mut kept = 0_usize;
    let mut kept_index = 0_u32;
    kept_starts.push(0);
    for row in starts.windows(2) {
        for at in row[0]..row[1] {
            let mut edge = edges[at as usize];
            if planted::on(Fault::LossCountedAsGain) {
                edge.weight = edge.weight.abs();
            }
            if edge.weight > 0 {
                edges[kept] = edge;
                kept += 1;
                kept_index += 1;
            }
        }
        kept_starts.push(kept_index);
    }
    edges.truncate(kept);
    Instance { seats, rows: Rows::packed(&kept_starts, edges) }
}

/// The optimum is at most (places that can be filled) x (largest weight); that product must fit.
fn check_total(instance: &Instance) -> Result<(), InstanceError> {
    let people = instance.rows.iter().filter(|row| !row.is_empty()).count();
    let seats: u64 = instance.seats.iter().map(|&seats| u64::from(seats)).sum();
    let places = seats.min(u64::try_from(people).unwrap_or(u64::MAX));
    total_fits(places, instance.largest_weight())
}

/// Whether so many places of so much weight each stay within the range of the total.
pub(super) fn total_fits(places: u64, weight: i64) -> Result<(), InstanceError> {
    match i64::try_from(i128::from(places) * i128::from(weight)) {
        Ok(_) => Ok(()),
        Err(_) => Err(InstanceError::TotalTooLarge { places, weight }),
    }
}

/// `u32::MAX` is kept free: the solver uses it for "nowhere".
pub(super) fn index(what: &'static str, count: usize) -> Result<u32, InstanceError> {
    match u32::try_from(count) {
        Ok(index) if index < u32::MAX => Ok(index),
        _ => Err(InstanceError::TooMany { what, count }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder(seats: &[i64], people: usize, edges: &[(u32, u32, i64)]) -> Result<Instance, InstanceError> {
        let mut builder = Builder::new();
        for &seats in seats {
            builder.vacancy(seats)?;
        }
        builder.people(people)?;
        for &(person, vacancy, weight) in edges {
            builder.edge(person, vacancy, weight)?;
        }
        builder.build()
    }

    #[test]
    fn rows_are_sorted_and_unusable_edges_left_out() {
        let built =
            builder(&[1, 1, 1], 3, &[(2, 2, 5), (0, 1, 0), (2, 0, 7), (0, 2, -3), (0, 0, 1)]).unwrap();
        assert_eq!(built.edges_of(0), [Edge { weight: 1, vacancy: 0 }]);
        assert_eq!(built.edges_of(1), []);
        assert_eq!(built.edges_of(2), [Edge { weight: 7, vacancy: 0 }, Edge { weight: 5, vacancy: 2 }]);
        assert_eq!(built.edges_of(3), []);
        assert_eq!(built.edges_of(u32::MAX), []);
        assert_eq!(built.edges().collect::<Vec<_>>(), [(0, 0, 1), (2, 0, 7), (2, 2, 5)]);
    }

    #[test]
    fn mistakes_are_named() {
        let seats = builder(&[1, -2], 0, &[]).unwrap_err();
        assert_eq!(seats, InstanceError::NegativeSeats { vacancy: 1, seats: -2 });
        let vacancy = builder(&[1], 1, &[(0, 0, 1), (0, 1, 1)]).unwrap_err();
        assert_eq!(vacancy, InstanceError::UnknownVacancy { edge: 1, vacancy: 1 });
        let person = builder(&[1], 1, &[(1, 0, 1)]).unwrap_err();
        assert_eq!(person, InstanceError::UnknownPerson { edge: 0, person: 1 });
        let twice = builder(&[1, 1], 2, &[(1, 0, 1), (1, 1, 2), (0, 0, 4), (1, 0, -1)]).unwrap_err();
        assert_eq!(twice, InstanceError::DuplicateEdge { edge: 3, person: 1, vacancy: 0 });
        let weight = builder(&[1], 1, &[(0, 0, MAX_WEIGHT + 1)]).unwrap_err();
        assert_eq!(weight, InstanceError::WeightTooLarge { edge: 0, weight: MAX_WEIGHT + 1 });
    }

    #[test]
    fn a_total_beyond_the_range_is_refused() {
        let edges: Vec<_> = (0..8).map(|person| (person, 0, MAX_WEIGHT)).collect();
        let refused = builder(&[9], 8, &edges).unwrap_err();
        assert_eq!(refused, InstanceError::TotalTooLarge { places: 8, weight: MAX_WEIGHT });
        assert!(builder(&[7], 8, &edges).is_ok());
        assert!(builder(&[9], 7, &edges[..7]).is_ok());
    }
}
