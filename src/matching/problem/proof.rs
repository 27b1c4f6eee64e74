//! What a placement is proved by: all eligible pairs with their values, over all parts of all vacancies, and every way to
//! stay at home. `certificate::verify` does the proving; it shares no code with the solver.
use crate::matching::{
    assign::Solution,
    certificate::{self, Certified, Violation},
    problem::{Problem, Scheme, parts::Layout, solve::Assignment},
};

/// Person, part (then ways to stay at home), value.
pub type Edge = (u32, u32, i64);

/// All edges of a problem.
pub fn edges<'a>(
    problem: &'a Problem,
    scheme: &'a Scheme<'_>,
    layout: &'a Layout,
) -> impl Iterator<Item = Edge> + 'a {
    let at_work = (0_u32..).zip(&layout.parts).flat_map(move |(index, part)| {
        problem.vacancies[part.vacancy as usize].list.iter().filter_map(move |candidate| {
            let who = &problem.people[candidate.person as usize];
            let weight = layout.weight(part, who, scheme.points(who, *candidate))?;
            Some((candidate.person, index, weight))
        })
    });
    let first = u32::try_from(layout.parts.len()).unwrap_or(u32::MAX);
    let at_home = (first..).zip(&layout.homes).flat_map(move |(index, home)| {
        (0_u32..)
            .zip(&problem.people)
            .filter_map(move |(person, who)| Some((person, index, layout.at_home(home, who)?)))
    });
    at_work.chain(at_home)
}

/// Proves that a placement is feasible and as good as any: its value equals that of its prices, over all pairs.
///
/// # Errors
/// The first [`Violation`] found.
pub fn prove(problem: &Problem, scheme: &Scheme<'_>, placement: &Assignment) -> Result<Certified, Violation> {
    let answer = Solution {
        matched: placement.seated.clone(),
        objective: placement.optimum,
        person_prices: placement.person_prices.clone(),
        vacancy_prices: placement.part_prices.clone(),
    };
    let seats = placement.layout.seats();
    certificate::verify(problem.people.len(), &seats, edges(problem, scheme, &placement.layout), &answer)
}
