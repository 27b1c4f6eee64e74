//! The inputs of a run in canonical order, and every eligible pair among them.
//!
//! Belongs here: which pairs there are and what they score. Does not belong here: who gets which place (`problem`).
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::{
    domain::ids::PersonId,
    matching::{
        eligibility,
        fit::{self, ProfileVector},
        grades,
        policy::Policy,
        priority::Evidence,
        problem::{Candidate, PersonNumbers, Problem, VacancyNumbers, draw},
        propose::{Inputs, Opening, Person, distance, priority_of},
    },
};

/// The inputs in canonical order, with what is the same for all vacancies worked out once.
pub struct Table<'a> {
    /// What the run depends on.
    pub inputs: &'a Inputs,
    /// Its rule.
    pub policy: &'a Policy,
    /// Everybody who may be proposed, in an order drawn by the seed: no class list becomes a queue.
    pub people: Vec<&'a Person>,
    /// Vacancies with free places, by id.
    pub openings: Vec<&'a Opening>,
    postings: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Table<'a> {
    /// Sorts and indexes the inputs.
    pub fn new(inputs: &'a Inputs, policy: &'a Policy) -> Self {
        let may_go = |person: &&Person| eligibility::person_out(&person.facts, inputs.as_of).is_none();
        let mut people: Vec<&Person> = inputs.people.iter().filter(may_go).collect();
        people.sort_by_cached_key(|person| (hash(inputs.seed, person.id), person.id));
        let mut openings: Vec<&Opening> = inputs.openings.iter().filter(|o| o.capacity > 0).collect();
        openings.sort_by_key(|opening| opening.id);
        let mut postings: HashMap<&str, Vec<u32>> = HashMap::new();
        for (index, person) in (0_u32..).zip(&people) {
            for concept in &person.concepts {
                postings.entry(concept.as_str()).or_default().push(index);
            }
        }
        Self { inputs, policy, people, openings, postings }
    }

    /// The run in numbers: every eligible pair of every vacancy, worked out on two threads.
    pub fn problem(&self, progress: &dyn Fn(u32)) -> Problem {
        let going = |share: Option<u32>| {
            share.into_iter().for_each(progress);
            true
        };
        self.problem_while(&going).unwrap_or_default()
    }

    /// As `problem`; none when `going`, which is told the share done, said stop.
    pub fn problem_while(&self, going: &dyn Fn(Option<u32>) -> bool) -> Option<Problem> {
        let people: Vec<PersonNumbers> = self.people.iter().map(|person| self.who(person)).collect();
        let mut vacancies = Vec::with_capacity(self.openings.len());
        let step = (self.openings.len() / 20).max(2);
        for block in self.openings.chunks(step) {
            let (left, right) = block.split_at(block.len() / 2);
            let (first, second) = std::thread::scope(|scope| {
                let other = scope.spawn(|| self.rooms_of(right, &people));
                let first = self.rooms_of(left, &people);
                (first, other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
            });
            vacancies.extend(first);
            vacancies.extend(second);
            let share = vacancies.len() * 700 / self.openings.len().max(1);
            if !going(u32::try_from(share).ok()) {
                return None;
            }
        }
        Some(Problem { people, vacancies })
    }

    /// Calls `each` once for everybody who shares a concept with an opening; `seen` has a place for every person.
    pub fn sharing(&self, concepts: &[String], mark: u32, seen: &mut [u32], mut each: impl FnMut(u32)) {
        for concept in concepts {
            for &index in self.postings.get(concept.as_str()).into_iter().flatten() {
                let known = &mut seen[index as usize];
                if *known != mark {
                    *known = mark;
                    each(index);
                }
            }
        }
    }

    fn who(&self, person: &Person) -> PersonNumbers {
        let Evidence { disability: reserved, .. } = person.evidence;
        let Tie { weeks, drawn, .. } =
            Tie::new(self.inputs.as_of, self.inputs.seed, person.id, person.registered_on);
        let in_group = |floor: &crate::matching::policy::floors::Floor| floor.group.holds(&person.evidence);
        let bits = (0_u8..8).zip(&self.policy.floors).filter(|(_, floor)| in_group(floor));
        PersonNumbers {
            priority: priority_of(person, self.policy).0,
            weeks,
            drawn,
            poor: person.evidence.is_poor(),
            reserved,
            groups: bits.fold(0, |mask, (bit, _)| mask | 1 << bit),
        }
    }

    fn rooms_of(&self, openings: &[&Opening], people: &[PersonNumbers]) -> Vec<VacancyNumbers> {
        let mut seen = vec![u32::MAX; self.people.len()];
        (0_u32..)
            .zip(openings)
            .map(|(mark, opening)| self.vacancy(opening, people, mark, &mut seen))
            .collect()
    }

    /// The pairs of one vacancy by points, then who waits longest, then a draw.
    fn vacancy(
        &self,
        opening: &Opening,
        people: &[PersonNumbers],
        mark: u32,
        seen: &mut [u32],
    ) -> VacancyNumbers {
        let mut list = Vec::new();
        self.sharing(&opening.concepts, mark, seen, |index| list.extend(self.candidate(opening, index)));
        list.sort_unstable_by_key(|candidate: &Candidate| {
            let who = &people[candidate.person as usize];
            let points = u32::from(candidate.fit) + u32::from(who.priority);
            (std::cmp::Reverse((points, who.weeks, who.drawn)), candidate.person)
        });
        VacancyNumbers { capacity: opening.capacity, reserved: opening.reserved.min(opening.capacity), list }
    }

    fn candidate(&self, opening: &Opening, index: u32) -> Option<Candidate> {
        let person = self.people[index as usize];
        let fit = self.fit(opening, person, &person.vector, &person.certificates)?;
        Some(Candidate { person: index, fit })
    }

    /// Points of a pair, as if the person had this profile and held these certificates; none when the pair is out.
    pub fn fit(
        &self,
        opening: &Opening,
        person: &Person,
        vector: &ProfileVector,
        held: &[String],
    ) -> Option<u16> {
        let work = fit::score(&opening.vector, vector);
        if work < self.policy.fit_floor || self.inputs.settled.contains_key(&(person.id, opening.id)) {
            return None;
        }
        let way = distance(person, opening);
        let as_of = self.inputs.as_of;
        if !eligibility::pair_out(&person.facts, &opening.facts, way, held, self.policy, as_of).is_empty() {
            return None;
        }
        let grades = grades::structured(&person.facts, &opening.facts, way);
        let asks = eligibility::asks_certificate(&person.facts, &opening.facts, held);
        Some(fit::total(work, &grades, asks))
    }
}

/// What decides between two people who are worth the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Weeks waited, up to 255: more come first.
    pub weeks: u8,
    /// A draw of the seed: higher ones come first.
    pub drawn: u8,
    /// The whole draw, where even that is equal: lower ones come first.
    pub hash: u64,
}

impl Tie {
    /// For a person who waits since `registered_on`.
    pub fn new(as_of: NaiveDate, seed: u64, person: PersonId, registered_on: NaiveDate) -> Self {
        let weeks = (as_of - registered_on).num_weeks().clamp(0, 255);
        let hash = hash(seed, person);
        let [drawn, ..] = hash.to_le_bytes();
        Self { weeks: u8::try_from(weeks).unwrap_or(u8::MAX), drawn, hash }
    }
}

/// A draw of the run's seed for a person.
fn hash(seed: u64, person: PersonId) -> u64 {
    let (high, low) = person.0.as_u64_pair();
    draw(seed, &[high, low])
}
