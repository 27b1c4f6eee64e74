//! A match run: all eligible pairs, their value, the exact best placement of all slots at once, its certificate, the
//! reserves. The order of the input changes nothing: people and openings are sorted before anything is decided, and
//! ties go to who waits longest, then to a draw of the run's seed.
use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    domain::{
        ids::{PersonId, VacancyId},
        region,
    },
    matching::{
        eligibility::{self, Exclusion, PersonFacts, Unknown, VacancyFacts},
        fit::{self, JobVector, ProfileVector},
        grades,
        policy::{
            Policy,
            floors::{Floor, Side},
        },
        priority::{self, Evidence, PriorityReason},
        problem::{
            Problem, Scheme, Ties,
            solve::{self, Assignment, SolveError},
        },
        propose::table::Table,
    },
};

pub mod table;

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
    /// Of these, for people with an evidenced disability only (UU 8/2016 article 53).
    pub reserved: u32,
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

/// How far a floor of the policy was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FloorFigures {
    /// The floor.
    #[serde(flatten)]
    pub floor: Floor,
    /// Places it asks for in all.
    pub wanted: u64,
    /// Of these, given to people of the group; fewer only where no eligible person of the group is left.
    pub met: u64,
}

/// The figures of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// People looked at.
    pub people: usize,
    /// People who may be proposed at all.
    pub people_eligible: usize,
    /// People with at least one eligible pair.
    pub people_matched: usize,
    /// Of these, people whose desil nobody knows: to be checked.
    pub desil_unknown: usize,
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
    /// The floors of the policy.
    pub floors: Vec<FloorFigures>,
    /// The optimum: floor units, then points.
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
    /// The run in numbers.
    pub problem: Problem,
    /// Its proved best placement.
    pub placement: Assignment,
    /// Who stands behind the indices of the problem.
    pub people: Vec<PersonId>,
    /// The ids of its vacancies, in its order.
    pub vacancies: Vec<VacancyId>,
}

impl Proposals {
    /// People with at least one eligible pair.
    pub fn matched(&self) -> impl Iterator<Item = PersonId> + '_ {
        let mut found = vec![false; self.people.len()];
        for candidate in self.problem.vacancies.iter().flat_map(|vacancy| &vacancy.list) {
            found[candidate.person as usize] = true;
        }
        self.people.iter().zip(found).filter(|(_, found)| *found).map(|(person, _)| *person)
    }
}

/// A placement of the same people without priority and floors.
#[derive(Clone, Debug)]
pub struct Unweighted {
    /// Who is placed where, with the fit of the pair.
    pub placed: Vec<(PersonId, VacancyId, u16)>,
}

/// The rule of a policy as the solver takes it.
pub fn scheme(policy: &Policy, seed: u64) -> Scheme<'_> {
    Scheme {
        bonus: policy.per_placement_bonus,
        priority: true,
        floors: &policy.floors,
        ties: Ties::Waiting,
        seed,
    }
}

/// Runs the match. `progress` is told the share done, in thousandths.
///
/// # Errors
/// [`SolveError`]; a wrong answer of the solver is never passed on.
pub fn propose(inputs: &Inputs, policy: &Policy, progress: &dyn Fn(u32)) -> Result<Proposals, SolveError> {
    let going = |share: Option<u32>| {
        share.into_iter().for_each(progress);
        true
    };
    propose_while(inputs, policy, &going)
}

/// As `propose`, as long as `going` says so: it is asked often, sometimes with the share done.
///
/// # Errors
/// [`SolveError`]; `Stopped` when it was told to stop.
pub fn propose_while(
    inputs: &Inputs,
    policy: &Policy,
    going: &dyn Fn(Option<u32>) -> bool,
) -> Result<Proposals, SolveError> {
    let table = Table::new(inputs, policy);
    let problem = table.problem_while(going).filter(|_| going(Some(700))).ok_or(SolveError::Stopped)?;
    let placement = solve::solve_while(&problem, &scheme(policy, inputs.seed), &|| going(None))?;
    if !going(Some(900)) {
        return Err(SolveError::Stopped);
    }
    Ok(answer(&table, problem, placement))
}

/// What would be placed without priority and floors; among equals the poor come first, so that the effect of the
/// priority is not overstated.
///
/// # Errors
/// [`SolveError`], as above.
pub fn without_priority(proposals: &Proposals, policy: &Policy, seed: u64) -> Result<Unweighted, SolveError> {
    let plain = Scheme { priority: false, floors: &[], ties: Ties::PoorFirst, ..scheme(policy, seed) };
    let placement = solve::solve(&proposals.problem, &plain)?;
    let mut placed = Vec::new();
    for ((index, vacancy), id) in (0_u32..).zip(&proposals.problem.vacancies).zip(&proposals.vacancies) {
        for candidate in &vacancy.list {
            let person = candidate.person as usize;
            if placement.vacancy_of(person) == Some(index) {
                placed.push((proposals.people[person], *id, candidate.fit));
            }
        }
    }
    Ok(Unweighted { placed })
}

/// Why one person is not among a vacancy's candidates, or what the pair is worth.
///
/// # Errors
/// Every reason that takes the pair out.
pub fn judge(
    inputs: &Inputs,
    policy: &Policy,
    person: &Person,
    opening: &Opening,
) -> Result<Pair, Vec<Exclusion>> {
    let mut out: Vec<Exclusion> = eligibility::person_out(&person.facts, inputs.as_of).into_iter().collect();
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
    let asks = eligibility::asks_certificate(&person.facts, &opening.facts, &person.certificates);
    let fit = fit::total(work, &grades, asks);
    Ok(Pair { fit, priority: priority_of(person, policy).0 })
}

/// The questions that would decide about a pair.
pub fn unknowns(person: &Person, opening: &Opening, policy: &Policy) -> Vec<Unknown> {
    let way = distance(person, opening);
    eligibility::unknowns(&person.facts, &opening.facts, way, &person.certificates, policy)
}

/// Priority points of a person with the criteria behind them.
pub fn priority_of(person: &Person, policy: &Policy) -> (u16, Vec<PriorityReason>) {
    priority::priority(&person.evidence, &policy.priority)
}

/// The way between home and work, metres.
pub fn distance(person: &Person, opening: &Opening) -> Option<u32> {
    region::village_distance_m(person.village?, opening.village?)
}

/// Reads a placement back into people and vacancies.
fn answer(table: &Table<'_>, problem: Problem, placement: Assignment) -> Proposals {
    let mut proposals = Vec::new();
    let mut reserve = Vec::new();
    for ((index, opening), vacancy) in (0_u32..).zip(&table.openings).zip(&problem.vacancies) {
        let mut places = (0, 0);
        for candidate in &vacancy.list {
            let at = candidate.person as usize;
            let (list, place, most) = match placement.vacancy_of(at) {
                Some(here) if here == index => (&mut proposals, &mut places.0, u32::MAX),
                Some(_) => continue,
                None => (&mut reserve, &mut places.1, u32::from(table.policy.reserve)),
            };
            if *place < most {
                *place += 1;
                let pair = Pair { fit: candidate.fit, priority: problem.people[at].priority };
                list.push(Place { vacancy: opening.id, person: table.people[at].id, place: *place, pair });
            }
        }
    }
    let people = table.people.iter().map(|person| person.id).collect();
    let vacancies = table.openings.iter().map(|opening| opening.id).collect();
    let figures = figures(table, &problem, &placement, &proposals);
    Proposals { proposals, reserve, figures, problem, placement, people, vacancies }
}

fn figures(table: &Table<'_>, problem: &Problem, placement: &Assignment, proposals: &[Place]) -> Figures {
    let mut matched = vec![false; problem.people.len()];
    for candidate in problem.vacancies.iter().flat_map(|vacancy| &vacancy.list) {
        matched[candidate.person as usize] = true;
    }
    let unknown =
        table.people.iter().zip(&matched).filter(|(p, matched)| **matched && p.evidence.desil.is_none());
    let poor = |(at, who): (usize, &crate::matching::problem::PersonNumbers)| {
        who.poor && placement.vacancy_of(at).is_some()
    };
    Figures {
        people: table.inputs.people.len(),
        people_eligible: table.people.len(),
        people_matched: matched.iter().filter(|matched| **matched).count(),
        desil_unknown: unknown.count(),
        vacancies: table.openings.len(),
        slots: problem.places(),
        pairs: problem.pairs(),
        vacancies_matched: problem.vacancies.iter().filter(|vacancy| !vacancy.list.is_empty()).count(),
        proposed: proposals.len(),
        proposed_poor: problem.people.iter().enumerate().filter(|who| poor(*who)).count(),
        fit_total: proposals.iter().map(|p| u64::from(p.pair.fit)).sum(),
        floors: floors(table.policy, problem, placement),
        optimum: placement.optimum,
        dual: placement.dual(),
        rounds: placement.rounds,
    }
}

/// What every floor asks for and what it got.
fn floors(policy: &Policy, problem: &Problem, placement: &Assignment) -> Vec<FloorFigures> {
    let mut figures = Vec::with_capacity(policy.floors.len());
    for (bit, floor) in policy.floors.iter().enumerate() {
        // Members of the group on the open places of every vacancy, and anywhere.
        let mut open = vec![0_u64; problem.vacancies.len()];
        let mut anywhere = 0;
        for (person, who) in problem.people.iter().enumerate() {
            let seat = placement.seated[person].and_then(|part| placement.layout.parts.get(part as usize));
            if let Some(part) = seat.filter(|_| who.groups & (1 << bit) != 0) {
                anywhere += 1;
                open[part.vacancy as usize] += u64::from(!part.reserved);
            }
        }
        let (wanted, met) = match floor.per {
            Side::Run => {
                let wanted = floor.share.of(problem.places());
                (wanted, wanted.min(anywhere))
            }
            Side::Vacancy => {
                problem.vacancies.iter().zip(open).fold((0, 0), |(wanted, met), (vacancy, here)| {
                    let asked =
                        floor.share.of(u64::from(vacancy.capacity - vacancy.reserved.min(vacancy.capacity)));
                    (wanted + asked, met + asked.min(here))
                })
            }
        };
        figures.push(FloorFigures { floor: *floor, wanted, met });
    }
    figures
}
