//! Which training classes would place most people: every programme with the sixteen people it would help most, ranked by
//! what the prices say it could gain at most, the first ten solved again exactly.
//!
//! The bound: giving somebody a better profile raises the best placement by no more than what that person gains at the
//! present prices; so a class gains at most the sum over its people.
use std::collections::{BinaryHeap, HashMap};

use serde::Serialize;

use crate::{
    domain::ids::PersonId,
    matching::{
        fit::{self, ProfileVector},
        gap::Standing,
        problem::{
            Candidate,
            solve::{self, SolveError},
        },
        propose::Person,
    },
};

/// People of one class (Permenaker training packages plan for 16).
pub const CLASS: usize = 16;

/// How many classes are solved again exactly.
pub const EXACT: usize = 10;

/// A class that could be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// An id of programmes.csv.
    pub programme: String,
    /// At most so many points are gained.
    pub bound: i64,
    /// Points gained, by solving again; for the first [`EXACT`].
    pub gain: Option<i64>,
    /// More people placed, by solving again.
    pub placed: Option<i64>,
    /// Whom it would help most.
    pub people: Vec<PersonId>,
}

/// Most points of distance, wage and education together.
const STRUCTURED: i64 = 150;

/// People with the same profile: scored once.
struct Alike {
    vector: ProfileVector,
    people: Vec<u32>,
}

/// The classes by what they gain, best first. `progress` is told the share done, in thousandths.
///
/// # Errors
/// [`SolveError`], when a re-solved instance is beyond the solver or its answer is not proved.
pub fn classes(standing: &Standing<'_>, progress: &dyn Fn(u32)) -> Result<Vec<Class>, SolveError> {
    let waiting = waiting(standing);
    let programmes: Vec<&'static str> = fit::programmes().collect();
    let (left, right) = programmes.split_at(programmes.len() / 2);
    let bounds = |ids: &[&'static str]| ids.iter().filter_map(|id| bound(standing, &waiting, id)).collect();
    let mut all: Vec<(Class, Vec<u32>)> = std::thread::scope(|scope| {
        let other = scope.spawn(|| -> Vec<_> { bounds(right) });
        let mut all: Vec<_> = bounds(left);
        all.extend(other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        all
    });
    progress(500);
    all.sort_by(|one, other| (other.0.bound, &one.0.programme).cmp(&(one.0.bound, &other.0.programme)));
    for (done, (class, people)) in (1_u32..).zip(all.iter_mut().take(EXACT)) {
        let (gain, placed) = solve_again(standing, &class.programme, people)?;
        (class.gain, class.placed) = (Some(gain), Some(placed));
        progress(500 + done * 50);
    }
    let exact = all.len().min(EXACT);
    all[..exact].sort_by(|one, other| {
        (other.0.placed, other.0.gain, &one.0.programme).cmp(&(one.0.placed, one.0.gain, &other.0.programme))
    });
    Ok(all.into_iter().map(|(class, _)| class).collect())
}

/// Everybody without a place, those with equal profiles together.
fn waiting(standing: &Standing<'_>) -> Vec<Alike> {
    let mut known: HashMap<&ProfileVector, usize> = HashMap::new();
    let mut groups: Vec<Alike> = Vec::new();
    for (index, person) in (0_u32..).zip(&standing.table.people) {
        if standing.placement.vacancy_of(index as usize).is_some() {
            continue;
        }
        let place = *known.entry(&person.vector).or_insert_with(|| {
            groups.push(Alike { vector: person.vector.clone(), people: Vec::new() });
            groups.len() - 1
        });
        groups[place].people.push(index);
    }
    groups
}

/// The best class for one programme and what it gains at most; none when it helps nobody.
fn bound(standing: &Standing<'_>, waiting: &[Alike], programme: &str) -> Option<(Class, Vec<u32>)> {
    let taught = ProfileVector::default().with_programme(programme)?;
    let vacancies: Vec<usize> = (0..standing.table.openings.len())
        .filter(|vacancy| fit::score(&standing.table.openings[*vacancy].vector, &taught) > 0)
        .collect();
    // The best gains so far with their people; the smallest on top.
    let mut best: BinaryHeap<std::cmp::Reverse<(i64, u32)>> = BinaryHeap::new();
    for group in waiting.iter().filter(|group| !group.vector.has_programme(programme)) {
        let Some(vector) = group.vector.with_programme(programme) else { continue };
        let mut hopes: Vec<(i64, usize)> =
            vacancies.iter().map(|vacancy| (hope(standing, *vacancy, &vector), *vacancy)).collect();
        hopes.sort_unstable_by_key(|hope| std::cmp::Reverse(hope.0));
        for &index in &group.people {
            let least = if best.len() == CLASS { best.peek().map_or(0, |top| top.0.0) } else { 0 };
            let gain = gain(standing, index, &vector, &hopes, least);
            if gain > least {
                best.push(std::cmp::Reverse((gain, index)));
                if best.len() > CLASS {
                    best.pop();
                }
            }
        }
    }
    let mut people: Vec<(i64, u32)> = best.into_iter().map(|std::cmp::Reverse(one)| one).collect();
    people.sort_unstable_by(|one, other| (other.0, one.1).cmp(&(one.0, other.1)));
    let bound = people.iter().map(|(gain, _)| *gain).sum();
    let ids = people.iter().map(|(_, index)| standing.table.people[*index as usize].id).collect();
    let class = Class { programme: programme.to_owned(), bound, gain: None, placed: None, people: ids };
    (bound > 0).then(|| (class, people.into_iter().map(|(_, index)| index).collect()))
}

/// No pair of this profile at this vacancy gains more than this and the points of priority and floors.
fn hope(standing: &Standing<'_>, vacancy: usize, vector: &ProfileVector) -> i64 {
    let work = i64::from(fit::score(&standing.table.openings[vacancy].vector, vector));
    let parts = standing.placement.layout.parts.iter().zip(standing.losses);
    let first = standing.placement.layout.parts.partition_point(|part| (part.vacancy as usize) < vacancy);
    let prices =
        parts.skip(first).take_while(|(part, _)| part.vacancy as usize == vacancy).map(|(_, price)| *price);
    let cheapest = prices.min().unwrap_or(0);
    if work < i64::from(standing.table.policy.fit_floor) {
        i64::MIN / 4
    } else {
        work + STRUCTURED - cheapest
    }
}

/// What somebody gains with a profile, over the vacancies in the order of hope; not looked for below `least`.
fn gain(
    standing: &Standing<'_>,
    index: u32,
    vector: &ProfileVector,
    hopes: &[(i64, usize)],
    least: i64,
) -> i64 {
    let person = standing.table.people[index as usize];
    let who = &standing.problem.people[index as usize];
    let units = i64::from(who.groups.count_ones()) * standing.placement.layout.unit;
    let above = i64::from(who.priority) + i64::from(standing.scheme.bonus) + units;
    let mut best = 0;
    for (hope, vacancy) in hopes {
        if hope + above <= least.max(best) {
            break;
        }
        if let Some(fit) = fit_with(standing, *vacancy, person, vector) {
            best = best.max(standing.gain(who, *vacancy, fit));
        }
    }
    best
}

fn fit_with(standing: &Standing<'_>, vacancy: usize, person: &Person, vector: &ProfileVector) -> Option<u16> {
    standing.table.fit(standing.table.openings[vacancy], person, vector, &person.certificates)
}

/// Points and people gained when these people have this training.
fn solve_again(standing: &Standing<'_>, programme: &str, people: &[u32]) -> Result<(i64, i64), SolveError> {
    let mut problem = standing.problem.clone();
    for vacancy in &mut problem.vacancies {
        vacancy.list.retain(|candidate| !people.contains(&candidate.person));
    }
    for &index in people {
        let person = standing.table.people[index as usize];
        let Some(vector) = person.vector.with_programme(programme) else { continue };
        for (at, vacancy) in problem.vacancies.iter_mut().enumerate() {
            if let Some(fit) = fit_with(standing, at, person, &vector) {
                vacancy.list.push(Candidate { person: index, fit });
            }
        }
    }
    let placement = solve::solve(&problem, &standing.scheme)?;
    let placed = |placement: &solve::Assignment| {
        let count =
            (0..problem.people.len()).filter(|person| placement.vacancy_of(*person).is_some()).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    Ok((placement.optimum - standing.placement.optimum, placed(&placement) - placed(standing.placement)))
}
