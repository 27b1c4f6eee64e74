//! What is missing: the certificate or skill that would open most vacancies to a person, what the near-misses of a vacancy
//! lack, and which training classes would place most people (`classes`).
//!
//! "Opens" means: with it, the pair is worth more than a place of the vacancy would be missed, so the person would be placed
//! there or better, everything else being as it is. Prices stay internal.
use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    domain::{ids::VacancyId, machine::text_enum},
    matching::{
        fit::ProfileVector,
        problem::{Candidate, PersonNumbers, Problem, Scheme, solve::Assignment},
        propose::{Opening, Person, table::Table},
    },
};

pub mod classes;

/// Most items told of one person or vacancy.
const MOST: usize = 5;

/// Something a person could get.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Item {
    /// An id of certificates.csv, or the words of a certificate the vocabulary lacks.
    Certificate(String),
    /// An id of skills.csv.
    Skill(String),
}

text_enum! {
    /// What kind of thing opens vacancies.
    Kind: "gap kind" {
        /// A certificate or licence.
        Certificate = "certificate",
        /// A skill.
        Skill = "skill",
    }
}

/// What an item would open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opens {
    /// The item.
    #[serde(flatten)]
    pub item: Item,
    /// Vacancies where the person would be among those proposed with it, and is not without.
    pub vacancies: Vec<VacancyId>,
}

/// What keeps people out of a vacancy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lacking {
    /// Free places.
    pub places: u32,
    /// People who are worth a place now.
    pub suitable: usize,
    /// People who would be with one more item.
    pub near: usize,
    /// The items, with how many people each would bring in, most first.
    pub items: Vec<(Item, usize)>,
}

/// A solved moment: who may go where, and at which prices.
pub struct Standing<'a> {
    /// People and vacancies.
    pub table: &'a Table<'a>,
    /// The same in numbers.
    pub problem: &'a Problem,
    /// Its best placement.
    pub placement: &'a Assignment,
    /// What made it the best.
    pub scheme: Scheme<'a>,
    /// What a place of every part would be missed: the largest optimal prices.
    pub losses: &'a [i64],
}

impl Standing<'_> {
    /// What is gained by placing somebody at a vacancy who has no place; above 0, they would have one.
    fn gain(&self, who: &PersonNumbers, vacancy: usize, fit: u16) -> i64 {
        let points = self.scheme.points(who, Candidate { person: 0, fit });
        let layout = &self.placement.layout;
        let first = layout.parts.partition_point(|part| (part.vacancy as usize) < vacancy);
        let here = layout.parts[first..].iter().zip(&self.losses[first..]);
        let best = here
            .take_while(|(part, _)| part.vacancy as usize == vacancy)
            .filter_map(|(part, price)| Some(layout.weight(part, who, points)? - price))
            .max();
        best.unwrap_or(0) - self.at_home(who)
    }

    /// What staying at home is worth: above 0 only under a floor on the whole run.
    fn at_home(&self, who: &PersonNumbers) -> i64 {
        let layout = &self.placement.layout;
        let homes = layout.homes.iter().zip(&self.losses[layout.parts.len()..]);
        homes.filter_map(|(home, price)| Some(layout.at_home(home, who)? - price)).max().unwrap_or(0).max(0)
    }

    fn enters(
        &self,
        person: &Person,
        who: &PersonNumbers,
        vacancy: usize,
        vector: &ProfileVector,
        held: &[String],
    ) -> bool {
        let fit = self.table.fit(self.table.openings[vacancy], person, vector, held);
        fit.is_some_and(|fit| self.gain(who, vacancy, fit) > 0)
    }
}

/// A person with one more item.
fn with(person: &Person, item: &Item) -> Option<(ProfileVector, Vec<String>)> {
    match item {
        Item::Certificate(id) => {
            let vector = person.vector.with_certificate(id).unwrap_or_else(|| person.vector.clone());
            let held = person.certificates.iter().cloned().chain([id.clone()]).collect();
            Some((vector, held))
        }
        Item::Skill(id) => Some((person.vector.with_skill(id)?, person.certificates.clone())),
    }
}

/// What an opening asks for, whoever comes.
fn wanted(opening: &Opening) -> impl Iterator<Item = Item> + '_ {
    let required =
        opening.facts.certificates.iter().filter_map(|choice| choice.first()).cloned().map(Item::Certificate);
    let named = opening.vector.wanted_certificates().map(|id| Item::Certificate(id.to_owned()));
    let skills = opening.vector.wanted_skills().map(|id| Item::Skill(id.to_owned()));
    required.chain(named).chain(skills)
}

/// Whether somebody has it already.
fn has(person: &Person, item: &Item) -> bool {
    match item {
        Item::Certificate(id) => person.certificates.contains(id),
        Item::Skill(id) => person.vector.has_skill(id),
    }
}

/// The items that would open most vacancies to somebody who may be proposed; most first. `index` is theirs in the table.
#[must_use]
pub fn of_person(standing: &Standing<'_>, index: usize) -> Vec<Opens> {
    let (Some(person), Some(who)) = (standing.table.people.get(index), standing.problem.people.get(index))
    else {
        return Vec::new();
    };
    let mut asked: BTreeMap<Item, Vec<usize>> = BTreeMap::new();
    for (vacancy, opening) in standing.table.openings.iter().enumerate() {
        if standing.enters(person, who, vacancy, &person.vector, &person.certificates) {
            continue;
        }
        for item in wanted(opening).filter(|item| !has(person, item)) {
            asked.entry(item).or_default().push(vacancy);
        }
    }
    let mut found = Vec::new();
    for (item, mut vacancies) in asked {
        let Some((vector, held)) = with(person, &item) else { continue };
        vacancies.dedup();
        vacancies.retain(|vacancy| standing.enters(person, who, *vacancy, &vector, &held));
        if !vacancies.is_empty() {
            let vacancies = vacancies.iter().map(|vacancy| standing.table.openings[*vacancy].id).collect();
            found.push(Opens { item, vacancies });
        }
    }
    found.sort_by_key(|opens| std::cmp::Reverse(opens.vacancies.len()));
    found.truncate(MOST);
    found
}

/// What keeps people out of a vacancy. `vacancy` is its place in the table.
#[must_use]
pub fn of_vacancy(standing: &Standing<'_>, vacancy: usize) -> Option<Lacking> {
    let opening = standing.table.openings.get(vacancy)?;
    let mut items: Vec<Item> = wanted(opening).collect();
    items.sort();
    items.dedup();
    let mut lacking = Lacking { places: opening.capacity, suitable: 0, near: 0, items: Vec::new() };
    let mut counts: BTreeMap<&Item, usize> = BTreeMap::new();
    for (person, who) in standing.table.people.iter().zip(&standing.problem.people) {
        if standing.enters(person, who, vacancy, &person.vector, &person.certificates) {
            lacking.suitable += 1;
            continue;
        }
        let mut near = false;
        for item in items.iter().filter(|item| !has(person, item)) {
            let enters = with(person, item)
                .is_some_and(|(vector, held)| standing.enters(person, who, vacancy, &vector, &held));
            if enters {
                *counts.entry(item).or_default() += 1;
                near = true;
            }
        }
        lacking.near += usize::from(near);
    }
    lacking.items = counts.into_iter().map(|(item, count)| (item.clone(), count)).collect();
    lacking.items.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    lacking.items.truncate(MOST);
    Some(lacking)
}
