//! People whose desil nobody knows, in the order in which it helps most to look it up: first whoever paid for the priority
//! of others, then whom the run leaves out, whoever has most seats to gain first; whom it proposes anyway comes last.
//!
//! Belongs here: the order and what it rests on. Does not belong here: names, and whether somebody looked it up since.
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use crate::{
    domain::{
        ids::{PersonId, VacancyId},
        run::Fate,
    },
    matching::propose::{Person, Proposals, Unweighted},
};

/// Somebody with an eligible pair and without a known desil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlooked {
    /// Who.
    pub person: PersonId,
    /// What the run did with them.
    pub fate: Fate,
    /// Where they would have been proposed without priority: of those who paid.
    pub forgone: Option<VacancyId>,
    /// Free places of the vacancies they could be proposed for; at least one.
    pub seats: u64,
    /// How many vacancies these are.
    pub vacancies: u32,
}

/// All of them, each once. Equals are in the order of how long they wait.
pub fn in_order(people: &[Person], proposals: &Proposals, plain: &Unweighted) -> Vec<Unlooked> {
    let known: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
    let proposed: HashSet<PersonId> = proposals.proposals.iter().map(|place| place.person).collect();
    let placed: HashMap<PersonId, VacancyId> =
        plain.placed.iter().map(|(person, vacancy, _)| (*person, *vacancy)).collect();
    let mut open = vec![(0_u64, 0_u32); proposals.people.len()];
    for vacancy in &proposals.problem.vacancies {
        for candidate in &vacancy.list {
            let (seats, vacancies) = &mut open[candidate.person as usize];
            *seats += u64::from(vacancy.capacity);
            *vacancies += 1;
        }
    }
    let mut found = Vec::new();
    for (id, (seats, vacancies)) in proposals.people.iter().zip(open) {
        let Some(person) = known.get(id).filter(|person| vacancies > 0 && person.evidence.desil.is_none())
        else {
            continue;
        };
        let (fate, forgone) = match placed.get(id) {
            _ if proposed.contains(id) => (Fate::Proposed, None),
            Some(vacancy) => (Fate::Paid, Some(*vacancy)),
            None => (Fate::LeftOut, None),
        };
        found.push((person.registered_on, Unlooked { person: *id, fate, forgone, seats, vacancies }));
    }
    found.sort_by_key(|(since, one)| (one.fate, Reverse(one.seats), *since, one.person));
    found.into_iter().map(|(_, one)| one).collect()
}
