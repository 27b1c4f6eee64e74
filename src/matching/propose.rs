//! A match run: all eligible pairs, their value, the exact best placement of all slots at once, its certificate, the
//! reserves. The order of the input changes nothing: people and openings are sorted before anything is decided, and
//! ties go to who waits longest, then to a hash of the run's seed and the person.
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use thiserror::Error;

use crate::{
    domain::{
        ids::{PersonId, VacancyId},
        region,
    },
    matching::{
        assign::{self, Builder, InstanceError, Solution},
        certificate::{self, Certified, Violation},
        eligibility::{self, Exclusion, PersonFacts, Unknown, VacancyFacts},
        fit::{self, JobVector, ProfileVector},
        grades,
        policy::Policy,
        priority::{self, Evidence, PriorityReason},
    },
};

/// A person as a run sees them: no name, NIK, phone or sex.
#[derive(Clone, Debug)]
pub struct Person {
    /// Whose.
    pub id: PersonId,
    /// What eligibility asks.
    pub facts: PersonFacts,
    /// Index of the home village (`region::village_index`).
    pub village: Option<usize>,
    /// The digested profile.
    pub vector: ProfileVector,
    /// What the profile is found by.
    pub concepts: Vec<String>,
    /// Certificate concepts held.
    pub certificates: Vec<String>,
    /// Evidence of priority on the day of the run.
    pub evidence: Evidence,
    /// Since when the person waits.
    pub registered_on: NaiveDate,
}

/// A vacancy as a run sees it.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Which.
    pub id: VacancyId,
    /// What eligibility asks.
    pub facts: VacancyFacts,
    /// Index of the village of work.
    pub village: Option<usize>,
    /// The digested ad.
    pub vector: JobVector,
    /// What it looks for.
    pub concepts: Vec<String>,
    /// Slots to fill: slots minus live applications.
    pub capacity: u32,
}

/// Everything a run depends on.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Who.
    pub people: Vec<Person>,
    /// Where.
    pub openings: Vec<Opening>,
    /// Pairs that are out by their history: an open application or a recent no.
    pub settled: HashMap<(PersonId, VacancyId), Exclusion>,
    /// The business date.
    pub as_of: NaiveDate,
    /// Breaks ties between equals.
    pub seed: u64,
}

/// The value of one eligible pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Points 0..1000.
    pub fit: u16,
    /// Points 0..300.
    pub priority: u16,
}

/// One proposed or reserve place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// The person.
    pub person: PersonId,
    /// Counts from 1 within the vacancy and kind.
    pub place: u32,
    /// What the pair is worth.
    pub pair: Pair,
}

/// The figures of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// People looked at.
    pub people: usize,
    /// People who may be proposed at all.
    pub people_eligible: usize,
    /// Vacancies with free slots.
    pub vacancies: usize,
    /// Free slots in all.
    pub slots: u64,
    /// Eligible pairs above the fit floor.
    pub pairs: usize,
    /// Vacancies with at least one eligible person.
    pub vacancies_matched: usize,
    /// Proposals.
    pub proposed: usize,
    /// Of these, people of known desil 1 to 4.
    pub proposed_poor: usize,
    /// Sum of fit of the proposals.
    pub fit_total: u64,
    /// The optimum, with tie digits.
    pub optimum: i64,
    /// The dual value; equal to the optimum, or the run fails.
    pub dual: i64,
    /// How often the candidate lists were widened.
    pub rounds: u32,
}

/// What a run proposes.
#[derive(Clone, Debug)]
pub struct Proposals {
    /// Proposals by vacancy and place.
    pub proposals: Vec<Place>,
    /// Runners-up by vacancy and place.
    pub reserve: Vec<Place>,
    /// Figures.
    pub figures: Figures,
}

/// Why a run fails. Nothing of it is kept.
#[derive(Debug, Error)]
pub enum RunError {
    /// The instance is beyond what the solver takes.
    #[error("the instance cannot be built: {0}")]
    Instance(#[from] InstanceError),
    /// The answer of the solver is wrong: a fault of the program.
    #[error("the certificate refuses the answer: {0}")]
    Certificate(#[from] Violation),
}

/// A candidate of a vacancy.
#[derive(Clone, Copy)]
struct Candidate {
    person: u32,
    weight: i64,
    pair: Pair,
}

/// First length of a candidate list; it is widened while the prices ask for it.
const FIRST_LENGTH: usize = 64;

/// Bits below the points: eight for the weeks waited, eight for the hash.
const TIE_BITS: u32 = 16;

/// Runs the match. `progress` is told the share done, in thousandths.
///
/// # Errors
/// [`RunError`]; a wrong answer of the solver is never passed on.
pub fn propose(inputs: &Inputs, policy: &Policy, progress: &dyn Fn(u32)) -> Result<Proposals, RunError> {
    let table = Table::new(inputs, policy);
    let lists = table.candidates(progress);
    progress(700);
    let (solution, certified, rounds) = solve(&table, &lists)?;
    progress(950);
    Ok(table.answer(&lists, &solution, &certified, rounds))
}

/// Why one person is not among a vacancy's candidates, or what the pair is worth.
pub fn judge(
    inputs: &Inputs,
    policy: &Policy,
    person: &Person,
    opening: &Opening,
) -> Result<Pair, Vec<Exclusion>> {
    let mut out: Vec<Exclusion> = eligibility::person_out(&person.facts).into_iter().collect();
    out.extend(inputs.settled.get(&(person.id, opening.id)).copied());
    let way = distance(person, opening);
    out.extend(eligibility::pair_out(
        &person.facts,
        &opening.facts,
        way,
        &person.certificates,
        policy,
        inputs.as_of,
    ));
    let work = fit::score(&opening.vector, &person.vector);
    if work < policy.fit_floor {
        out.push(Exclusion::BelowFitFloor);
    }
    if !out.is_empty() {
        return Err(out);
    }
    let grades = grades::structured(&person.facts, &opening.facts, way);
    let fit = work + fit::structured_points(work, &grades);
    Ok(Pair { fit, priority: priority_of(person, policy).0 })
}

/// The questions that would decide about a pair.
pub fn unknowns(person: &Person, opening: &Opening) -> Vec<Unknown> {
    eligibility::unknowns(&person.facts, &opening.facts, distance(person, opening))
}

/// Priority points of a person with the criteria behind them.
pub fn priority_of(person: &Person, policy: &Policy) -> (u16, Vec<PriorityReason>) {
    priority::priority(&person.evidence, &policy.priority)
}

/// The way between home and work, metres.
pub fn distance(person: &Person, opening: &Opening) -> Option<u32> {
    region::village_distance_m(person.village?, opening.village?)
}

/// The inputs in canonical order, with what is the same for all vacancies worked out once.
struct Table<'a> {
    inputs: &'a Inputs,
    policy: &'a Policy,
    people: Vec<&'a Person>,
    openings: Vec<&'a Opening>,
    priorities: Vec<u16>,
    ties: Vec<i64>,
    scale: i64,
    postings: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Table<'a> {
    fn new(inputs: &'a Inputs, policy: &'a Policy) -> Self {
        let mut people: Vec<&Person> =
            inputs.people.iter().filter(|person| eligibility::person_out(&person.facts).is_none()).collect();
        people.sort_by_cached_key(|person| (hash(inputs.seed, person.id), person.id));
        let mut openings: Vec<&Opening> = inputs.openings.iter().filter(|o| o.capacity > 0).collect();
        openings.sort_by_key(|opening| opening.id);
        let slots: u64 = openings.iter().map(|o| u64::from(o.capacity)).sum();
        let most = slots.min(people.len() as u64) + 1;
        let scale = i64::try_from(most << TIE_BITS).unwrap_or(i64::MAX >> TIE_BITS);
        let mut postings: HashMap<&str, Vec<u32>> = HashMap::new();
        for (index, person) in (0_u32..).zip(&people) {
            for concept in &person.concepts {
                postings.entry(concept.as_str()).or_default().push(index);
            }
        }
        let priorities = people.iter().map(|person| priority_of(person, policy).0).collect();
        let ties = people.iter().map(|person| tie(inputs, person)).collect();
        Self { inputs, policy, people, openings, priorities, ties, scale, postings }
    }

    /// Every eligible pair of every vacancy, best first, worked out on two threads.
    fn candidates(&self, progress: &dyn Fn(u32)) -> Vec<Vec<Candidate>> {
        let mut lists = Vec::with_capacity(self.openings.len());
        let step = (self.openings.len() / 20).max(2);
        for block in self.openings.chunks(step) {
            let (left, right) = block.split_at(block.len() / 2);
            let (first, second) = std::thread::scope(|scope| {
                let other = scope.spawn(|| self.lists_of(right));
                let first = self.lists_of(left);
                (first, other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
            });
            lists.extend(first);
            lists.extend(second);
            let share = lists.len() * 700 / self.openings.len().max(1);
            progress(u32::try_from(share).unwrap_or(700));
        }
        lists
    }

    fn lists_of(&self, openings: &[&Opening]) -> Vec<Vec<Candidate>> {
        let mut seen = vec![u32::MAX; self.people.len()];
        (0_u32..).zip(openings).map(|(mark, opening)| self.list(opening, mark, &mut seen)).collect()
    }

    fn list(&self, opening: &Opening, mark: u32, seen: &mut [u32]) -> Vec<Candidate> {
        let mut list = Vec::new();
        for concept in &opening.concepts {
            for &index in self.postings.get(concept.as_str()).into_iter().flatten() {
                let at = index as usize;
                if seen[at] != mark {
                    seen[at] = mark;
                    list.extend(self.candidate(opening, index));
                }
            }
        }
        list.sort_unstable_by_key(|c: &Candidate| (std::cmp::Reverse(c.weight), c.person));
        list
    }

    fn candidate(&self, opening: &Opening, index: u32) -> Option<Candidate> {
        let person = self.people[index as usize];
        let work = fit::score(&opening.vector, &person.vector);
        if work < self.policy.fit_floor || self.inputs.settled.contains_key(&(person.id, opening.id)) {
            return None;
        }
        let way = distance(person, opening);
        let held = &person.certificates;
        let as_of = self.inputs.as_of;
        if !eligibility::pair_out(&person.facts, &opening.facts, way, held, self.policy, as_of).is_empty() {
            return None;
        }
        let grades = grades::structured(&person.facts, &opening.facts, way);
        let fit = work + fit::structured_points(work, &grades);
        let priority = self.priorities[index as usize];
        let points = i64::from(fit) + i64::from(priority) + i64::from(self.policy.per_placement_bonus);
        let weight = points * self.scale + self.ties[index as usize];
        Some(Candidate { person: index, weight, pair: Pair { fit, priority } })
    }

    fn answer(
        &self,
        lists: &[Vec<Candidate>],
        solution: &Solution,
        certified: &Certified,
        rounds: u32,
    ) -> Proposals {
        let mut proposals = Vec::new();
        let mut reserve = Vec::new();
        for ((index, opening), list) in (0_u32..).zip(&self.openings).zip(lists) {
            let here = |c: &&Candidate| solution.matched[c.person as usize] == Some(index);
            let free = |c: &&Candidate| solution.matched[c.person as usize].is_none();
            proposals.extend(self.places(opening, list.iter().filter(here)));
            let most = usize::from(self.policy.reserve);
            reserve.extend(self.places(opening, list.iter().filter(free).take(most)));
        }
        let figures = self.figures(lists, &proposals, certified, rounds);
        Proposals { proposals, reserve, figures }
    }

    fn places<'c>(&self, opening: &Opening, chosen: impl Iterator<Item = &'c Candidate>) -> Vec<Place> {
        (1_u32..)
            .zip(chosen)
            .map(|(place, candidate)| Place {
                vacancy: opening.id,
                person: self.people[candidate.person as usize].id,
                place,
                pair: candidate.pair,
            })
            .collect()
    }

    fn figures(
        &self,
        lists: &[Vec<Candidate>],
        proposals: &[Place],
        certified: &Certified,
        rounds: u32,
    ) -> Figures {
        let poor: HashSet<PersonId> =
            self.people.iter().filter(|p| p.evidence.is_poor()).map(|p| p.id).collect();
        Figures {
            people: self.inputs.people.len(),
            people_eligible: self.people.len(),
            vacancies: self.openings.len(),
            slots: self.openings.iter().map(|o| u64::from(o.capacity)).sum(),
            pairs: lists.iter().map(Vec::len).sum(),
            vacancies_matched: lists.iter().filter(|list| !list.is_empty()).count(),
            proposed: proposals.len(),
            proposed_poor: proposals.iter().filter(|p| poor.contains(&p.person)).count(),
            fit_total: proposals.iter().map(|p| u64::from(p.pair.fit)).sum(),
            optimum: certified.optimum,
            dual: certified.dual,
            rounds,
        }
    }
}

/// Solves with short candidate lists and widens every list whose price is below the best value cut off, until the answer
/// is exact over all eligible pairs; then the certificate checks it against all of them.
fn solve(table: &Table<'_>, lists: &[Vec<Candidate>]) -> Result<(Solution, Certified, u32), RunError> {
    let mut lengths: Vec<usize> = table
        .openings
        .iter()
        .zip(lists)
        .map(|(opening, list)| (opening.capacity as usize * 2).max(FIRST_LENGTH).min(list.len()))
        .collect();
    let mut rounds = 0;
    loop {
        rounds += 1;
        let solution = assign::solve(&instance(table, lists, &lengths)?);
        let mut widened = false;
        for ((list, length), price) in lists.iter().zip(&mut lengths).zip(&solution.vacancy_prices) {
            if list.get(*length).is_some_and(|cut| cut.weight > *price) {
                *length = (*length * 4).min(list.len());
                widened = true;
            }
        }
        if !widened {
            let seats: Vec<u32> = table.openings.iter().map(|opening| opening.capacity).collect();
            let certified = certificate::verify(table.people.len(), &seats, edges(lists), &solution)?;
            return Ok((solution, certified, rounds));
        }
    }
}

fn instance(
    table: &Table<'_>,
    lists: &[Vec<Candidate>],
    lengths: &[usize],
) -> Result<assign::Instance, InstanceError> {
    let mut builder = Builder::new();
    builder.people(table.people.len())?;
    builder.reserve(lengths.iter().sum());
    for ((opening, list), length) in table.openings.iter().zip(lists).zip(lengths) {
        let vacancy = builder.vacancy(i64::from(opening.capacity))?;
        for candidate in list.iter().take(*length) {
            builder.edge(candidate.person, vacancy, candidate.weight)?;
        }
    }
    builder.build()
}

fn edges(lists: &[Vec<Candidate>]) -> impl Iterator<Item = (u32, u32, i64)> + '_ {
    (0_u32..).zip(lists).flat_map(|(vacancy, list)| list.iter().map(move |c| (c.person, vacancy, c.weight)))
}

/// Who waits longest comes first (weeks, up to 255), then a hash that is no class list.
fn tie(inputs: &Inputs, person: &Person) -> i64 {
    let weeks = (inputs.as_of - person.registered_on).num_weeks().clamp(0, 255);
    let drawn = i64::try_from(hash(inputs.seed, person.id) & 0xff).unwrap_or(0);
    (weeks << 8) | drawn
}

/// A hash of the run's seed and the person (SplitMix64 over the halves of the id).
fn hash(seed: u64, person: PersonId) -> u64 {
    let (high, low) = person.0.as_u64_pair();
    let mut state = seed;
    for part in [high, low] {
        state = (state ^ part).wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    state
}
