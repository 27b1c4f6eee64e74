//! The state both halves of the solver work on: prices of vacancies, and who sits where.
//!
//! Invariants, kept by every public step and the reason why any end state is optimal:
//! everybody who sits, sits where `weight - price` is largest and not negative; a vacancy with a free seat
//! has price zero; prices only rise. Who has not been placed yet is not part of the state.

use super::Edge;
use super::instance::Instance;

/// "No vacancy", "no person", "no place".
pub(super) const NOWHERE: u32 = u32::MAX;

/// A person on a seat.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Holder {
    /// At this price of the vacancy the person would be as well off elsewhere, or at home. Known exactly
    /// when it was last computed; as other prices only rise, the true one is never lower.
    pub(super) bid: i64,
    /// Weight of the edge used.
    pub(super) weight: i64,
    /// Index of the person.
    pub(super) person: u32,
}

/// A vacancy, with its part of the current search.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Current price.
    pub(super) price: i64,
    /// Length of the shortest way known from the person being placed; `i64::MAX` when there is none.
    pub(super) distance: i64,
    /// Last step of that way: vacancy and place of the holder who would move here.
    pub(super) parent: (u32, u32),
    /// First place of this vacancy in the array of holders.
    pub(super) first: u32,
    /// Places taken.
    pub(super) taken: u32,
    /// Places usable: seats, but no more than there are edges.
    pub(super) places: u32,
}

/// Prices and holders.
pub(super) struct Market<'a> {
    /// The input.
    pub(super) instance: &'a Instance,
    /// One per vacancy.
    pub(super) nodes: Vec<Node>,
    /// All places of all vacancies; each vacancy fills its own from the left.
    pub(super) holders: Vec<Holder>,
}

impl<'a> Market<'a> {
    /// Everybody without a seat, all prices zero; a vacancy without seats is priced out of reach.
    pub(super) fn new(instance: &'a Instance) -> Self {
        let empty =
            Node { price: 0, distance: i64::MAX, parent: (NOWHERE, NOWHERE), first: 0, taken: 0, places: 0 };
        let mut nodes = vec![empty; instance.vacancies()];
        for edge in instance.all_edges() {
            nodes[edge.vacancy as usize].places += 1;
        }
        let mut first = 0;
        for (node, &seats) in nodes.iter_mut().zip(instance.seats()) {
            node.places = node.places.min(seats);
            node.first = first;
            first += node.places;
        }
        for edge in instance.all_edges() {
            let node = &mut nodes[edge.vacancy as usize];
            if node.places == 0 {
                node.price = node.price.max(edge.weight);
            }
        }
        Self { instance, nodes, holders: vec![Holder::default(); first as usize] }
    }

    /// Those who sit at a vacancy.
    pub(super) fn holders_of(&self, node: &Node) -> &[Holder] {
        let first = node.first as usize;
        &self.holders[first..first + node.taken as usize]
    }

    /// What a person gains at the current price.
    #[inline]
    pub(super) fn gain(&self, edge: &Edge) -> i64 {
        edge.weight - self.nodes[edge.vacancy as usize].price
    }
}
