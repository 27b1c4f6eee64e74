//! The exact best placement, in steps, each proved before the next.
//!
//! 1. Floors and points, with short candidate lists that are widened while a price lies below the best value cut off:
//!    at the end exact over all eligible pairs. Prices are in points.
//! 2. Among all placements that are as good - they use only pairs whose value equals the prices of their two ends, and
//!    everything that has a price - the one with the best tie-breaks of the people.
//! 3. Among those, a draw over pairs, so that the answer is one and does not hang on how the solver works.
//!
//! Steps 2 and 3 need no larger numbers than step 1, which digits below the points would: with floors these would not
//! fit 64 bits.
use thiserror::Error;

use crate::matching::{
    assign::{self, Builder, InstanceError, Solution},
    certificate::{self, Violation},
    policy::floors::FloorError,
    problem::{
        Problem, Scheme, draw,
        parts::{Layout, Part},
        proof::{self, Edge},
    },
};

/// Why a placement fails.
#[derive(Debug, Error)]
pub enum SolveError {
    /// The instance is beyond what the solver takes.
    #[error("the instance cannot be built: {0}")]
    Instance(#[from] InstanceError),
    /// The answer of the solver is wrong: a fault of the program.
    #[error("the certificate refuses the answer: {0}")]
    Certificate(#[from] Violation),
    /// Whoever asked does not want the answer any more.
    #[error("stopped before the end")]
    Stopped,
    /// Floors that cannot be kept together.
    #[error(transparent)]
    Floors(#[from] FloorError),
}

/// A proven best placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// How the places are split.
    pub layout: Layout,
    /// For each person the part, then the ways to stay at home; none for a person without either.
    pub seated: Vec<Option<u32>>,
    /// Prices of the people in floor units and points.
    pub person_prices: Vec<i64>,
    /// Prices of the parts, then of the ways to stay at home.
    pub part_prices: Vec<i64>,
    /// Floors and points together; equal to the dual value.
    pub optimum: i64,
    /// How often the candidate lists were widened.
    pub rounds: u32,
}

impl Assignment {
    /// The vacancy a person is placed at.
    pub fn vacancy_of(&self, person: usize) -> Option<u32> {
        let part = self.seated.get(person).copied().flatten()?;
        self.layout.parts.get(usize::try_from(part).ok()?).map(|part| part.vacancy)
    }

    /// Value of the prices, counted by itself: equal to the optimum, or nothing is proved.
    pub fn dual(&self) -> i64 {
        let parts = self.layout.seats().into_iter().zip(&self.part_prices);
        let places: i128 = parts.map(|(seats, price)| i128::from(seats) * i128::from(*price)).sum();
        let people: i128 = self.person_prices.iter().map(|price| i128::from(*price)).sum();
        i64::try_from(places + people).unwrap_or(i64::MAX)
    }

    /// What one more place of every vacancy, open to all, would gain: floor units and points.
    pub fn vacancy_prices(&self, vacancies: usize) -> Vec<i64> {
        let mut prices = vec![0; vacancies];
        for (part, price) in self.layout.parts.iter().zip(&self.part_prices) {
            if part.floors == 0
                && !part.reserved
                && let Some(known) =
                    usize::try_from(part.vacancy).ok().and_then(|vacancy| prices.get_mut(vacancy))
            {
                *known = *price;
            }
        }
        prices
    }
}

/// First length of a candidate list.
const FIRST_LENGTH: usize = 64;

/// Bits of the draw over pairs.
const DRAW_BITS: u32 = 20;

/// The best placement, proved.
///
/// # Errors
/// [`SolveError`]; a wrong answer of the solver is never passed on.
pub fn solve(problem: &Problem, scheme: &Scheme<'_>) -> Result<Assignment, SolveError> {
    solve_while(problem, scheme, &|| true)
}

/// As `solve`, as long as `going` says so.
///
/// # Errors
/// [`SolveError`]; `Stopped` when it was told to stop.
pub fn solve_while(
    problem: &Problem,
    scheme: &Scheme<'_>,
    going: &dyn Fn() -> bool,
) -> Result<Assignment, SolveError> {
    let layout = Layout::new(problem, scheme)?;
    let orders = orders(problem, scheme, &layout);
    let (first, rounds) = exact(problem, scheme, &layout, &orders, going)?;
    let people = problem.people.len();
    let seats = layout.seats();
    let tie = |(person, part, _): Edge| {
        let at_work = (part as usize) < layout.parts.len();
        (person, part, if at_work { scheme.tie(&problem.people[person as usize]) } else { 0 })
    };
    let tight = proof::edges(problem, scheme, &layout).filter(|edge| is_tight(edge, &first));
    let ties: Vec<Edge> = tight.map(tie).collect();
    if !going() {
        return Err(SolveError::Stopped);
    }
    let (second, face) = among_equals(people, &seats, &ties, &first)?;
    let drawn = |(person, part, _): Edge| {
        let vacancy = layout.parts.get(part as usize).map_or(u32::MAX, |part| part.vacancy);
        let bits = draw(scheme.seed, &[u64::from(person), u64::from(vacancy)]) & ((1 << DRAW_BITS) - 1);
        (person, part, i64::try_from(bits).unwrap_or(0))
    };
    let draws: Vec<Edge> = face.into_iter().map(drawn).collect();
    let (third, _) = among_equals(people, &seats, &draws, &second)?;
    let placement = Assignment {
        layout,
        seated: third.matched,
        person_prices: first.person_prices,
        part_prices: first.vacancy_prices,
        optimum: first.objective,
        rounds,
    };
    proof::prove(problem, scheme, &placement)?;
    Ok(placement)
}

/// Whether an edge is used by some optimum: its value is what its two ends cost.
fn is_tight(&(person, part, weight): &Edge, solution: &Solution) -> bool {
    weight == solution.person_prices[person as usize] + solution.vacancy_prices[part as usize]
}

/// The best by other weights among all optima of a solved instance, given its tight edges with these weights; and the
/// tight edges of the answer, with the same weights. Whoever and whatever has a price takes part in every optimum:
/// that earns more than all weights together.
fn among_equals(
    people: usize,
    seats: &[u32],
    face: &[Edge],
    solved: &Solution,
) -> Result<(Solution, Vec<Edge>), SolveError> {
    let places: u64 = seats.iter().map(|seats| u64::from(*seats)).sum();
    let most = i64::try_from(places.min(u64::try_from(people).unwrap_or(u64::MAX))).unwrap_or(i64::MAX);
    let largest = face.iter().map(|edge| edge.2).max().unwrap_or(0);
    let must = most.saturating_mul(largest).saturating_add(1);
    let weigh = |&(person, part, weight): &Edge| {
        let ends = [solved.person_prices[person as usize], solved.vacancy_prices[part as usize]];
        weight + must * ends.iter().map(|price| i64::from(*price > 0)).sum::<i64>()
    };
    let mut builder = Builder::new();
    builder.people(people)?;
    builder.reserve(face.len());
    for seats in seats {
        builder.vacancy(i64::from(*seats))?;
    }
    for edge in face {
        builder.edge(edge.0, edge.1, weigh(edge))?;
    }
    let solution = assign::solve(&builder.build()?);
    let weighed = face.iter().map(|edge| (edge.0, edge.1, weigh(edge)));
    certificate::verify(people, seats, weighed, &solution)?;
    let tight = |edge: &&Edge| is_tight(&(edge.0, edge.1, weigh(edge)), &solution);
    let next = face.iter().filter(tight).copied().collect();
    Ok((solution, next))
}

/// The candidates of every part, best first: places in the vacancy's list.
fn orders(problem: &Problem, scheme: &Scheme<'_>, layout: &Layout) -> Vec<Vec<u32>> {
    let order = |part: &Part| {
        let list = &problem.vacancies[part.vacancy as usize].list;
        let mut order: Vec<(i64, u32)> = (0_u32..)
            .zip(list)
            .filter_map(|(at, candidate)| {
                let who = &problem.people[candidate.person as usize];
                let weight = layout.weight(part, who, scheme.points(who, *candidate))?;
                Some((weight, at))
            })
            .collect();
        order.sort_by_key(|(weight, at)| (std::cmp::Reverse(*weight), *at));
        order.into_iter().map(|(_, at)| at).collect()
    };
    layout.parts.iter().map(order).collect()
}

/// Solves with short lists and widens every list whose price is below the best value cut off.
fn exact(
    problem: &Problem,
    scheme: &Scheme<'_>,
    layout: &Layout,
    orders: &[Vec<u32>],
    going: &dyn Fn() -> bool,
) -> Result<(Solution, u32), SolveError> {
    let first =
        |(part, order): (&Part, &Vec<u32>)| (part.seats as usize * 2).max(FIRST_LENGTH).min(order.len());
    let mut lengths: Vec<usize> = layout.parts.iter().zip(orders).map(first).collect();
    let mut rounds = 0;
    let mut known: Option<Solution> = None;
    loop {
        if !going() {
            return Err(SolveError::Stopped);
        }
        rounds += 1;
        let instance = instance(problem, scheme, layout, orders, &lengths)?;
        let solution = match &known {
            Some(before) => assign::solve_from(&instance, &before.vacancy_prices),
            None => assign::solve(&instance),
        };
        let mut widened = false;
        let lists = layout.parts.iter().zip(orders).zip(&mut lengths).zip(&solution.vacancy_prices);
        for (((part, order), length), price) in lists {
            let vacancy = &problem.vacancies[part.vacancy as usize];
            let cut = order.get(*length).and_then(|at| {
                let candidate = vacancy.list[*at as usize];
                let who = &problem.people[candidate.person as usize];
                layout.weight(part, who, scheme.points(who, candidate))
            });
            if cut.is_some_and(|weight| weight > *price) {
                *length = (*length * 4).min(order.len());
                widened = true;
            }
        }
        if !widened {
            return Ok((solution, rounds));
        }
        known = Some(solution);
    }
}

fn instance(
    problem: &Problem,
    scheme: &Scheme<'_>,
    layout: &Layout,
    orders: &[Vec<u32>],
    lengths: &[usize],
) -> Result<assign::Instance, InstanceError> {
    let mut builder = Builder::new();
    builder.people(problem.people.len())?;
    builder.reserve(lengths.iter().sum());
    for ((part, order), length) in layout.parts.iter().zip(orders).zip(lengths) {
        let vacancy = builder.vacancy(i64::from(part.seats))?;
        let list = &problem.vacancies[part.vacancy as usize].list;
        for at in order.iter().take(*length) {
            let candidate = list[*at as usize];
            let who = &problem.people[candidate.person as usize];
            if let Some(weight) = layout.weight(part, who, scheme.points(who, candidate)) {
                builder.edge(candidate.person, vacancy, weight)?;
            }
        }
    }
    for home in &layout.homes {
        let vacancy = builder.vacancy(i64::from(home.seats))?;
        for (person, who) in (0_u32..).zip(&problem.people) {
            if let Some(weight) = layout.at_home(home, who) {
                builder.edge(person, vacancy, weight)?;
            }
        }
    }
    builder.build()
}
