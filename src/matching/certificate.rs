//! Independent check of an assignment by linear-programming duality. Shares no code with the solver.
//!
//! A feasible assignment whose total equals the value of feasible dual prices is optimal; both sides are
//! counted here from the plain inputs, in `i128`. It does not know how an answer was found, does not repair
//! anything, and does not check that the prices are the smallest among the optimal ones.

use thiserror::Error;

use crate::matching::assign::Solution;

/// A proven optimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certified {
    /// Sum of the weights of the used edges.
    pub optimum: i64,
    /// Value of the dual prices; equal to the optimum.
    pub dual: i64,
    /// People with a seat.
    pub assigned: usize,
    /// Edges looked at.
    pub edges: usize,
}

/// Why an answer is not a proven optimum.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Violation {
    /// The answer has another number of people or vacancies than the inputs.
    #[error("the answer has {found} {what}, the inputs have {expected}")]
    Size {
        /// `assignments`, `person prices` or `vacancy prices`.
        what: &'static str,
        /// Length in the answer.
        found: usize,
        /// Length by the inputs.
        expected: usize,
    },
    /// An input edge names a person or vacancy outside the inputs.
    #[error("edge of person {person} and vacancy {vacancy} is outside the inputs")]
    Outside {
        /// Index of the person.
        person: u32,
        /// Index of the vacancy.
        vacancy: u32,
    },
    /// A person sits where no edge of positive weight leads.
    #[error("person {person} has no usable edge to vacancy {vacancy}")]
    NoEdge {
        /// Index of the person.
        person: usize,
        /// Index of the vacancy.
        vacancy: u32,
    },
    /// The edge used occurs twice in the inputs, so its weight is ambiguous.
    #[error("the edge of person {person} and vacancy {vacancy} occurs twice")]
    Ambiguous {
        /// Index of the person.
        person: usize,
        /// Index of the vacancy.
        vacancy: u32,
    },
    /// More people than seats.
    #[error("vacancy {vacancy} holds {assigned} people on {seats} seats")]
    Overfull {
        /// Index of the vacancy.
        vacancy: usize,
        /// People assigned to it.
        assigned: u64,
        /// Its seats.
        seats: u32,
    },
    /// A price below zero.
    #[error("{side} {index} has the negative price {price}")]
    NegativePrice {
        /// `person` or `vacancy`.
        side: &'static str,
        /// Its index.
        index: usize,
        /// The price.
        price: i64,
    },
    /// An edge worth more than the prices of its two ends.
    #[error("edge of person {person} and vacancy {vacancy}: weight {weight} exceeds the prices {prices}")]
    Underpriced {
        /// Index of the person.
        person: u32,
        /// Index of the vacancy.
        vacancy: u32,
        /// Weight of the edge.
        weight: i64,
        /// `u_i + v_j`.
        prices: i128,
    },
    /// The stated objective is not the sum of the used weights.
    #[error("the stated total is {stated}, the used edges sum to {counted}")]
    Total {
        /// Objective in the answer.
        stated: i64,
        /// Sum of the used weights.
        counted: i128,
    },
    /// Total and dual value differ: not optimal, or not proven by these prices.
    #[error("the total {primal} differs from the dual value {dual}")]
    Gap {
        /// Sum of the used weights.
        primal: i128,
        /// `sum u_i + sum seats_j v_j`.
        dual: i128,
    },
}

/// Checks an answer against the plain inputs; `edges` are (person, vacancy, weight) in any order.
///
/// # Errors
/// The first [`Violation`] found.
pub fn verify(
    people: usize,
    seats: &[u32],
    edges: impl IntoIterator<Item = (u32, u32, i64)>,
    answer: &Solution,
) -> Result<Certified, Violation> {
    check_sizes(people, seats.len(), answer)?;
    check_seats(seats, &answer.matched)?;
    check_signs("person", &answer.person_prices)?;
    check_signs("vacancy", &answer.vacancy_prices)?;
    let counted = check_edges(edges, answer)?;
    let primal = counted.total;
    if primal != i128::from(answer.objective) {
        return Err(Violation::Total { stated: answer.objective, counted: primal });
    }
    let dual = dual_value(seats, answer);
    if primal != dual {
        return Err(Violation::Gap { primal, dual });
    }
    let assigned = answer.matched.iter().filter(|place| place.is_some()).count();
    Ok(Certified { optimum: answer.objective, dual: answer.objective, assigned, edges: counted.edges })
}

/// What one pass over the edges counts.
struct Counted {
    total: i128,
    edges: usize,
}

fn check_sizes(people: usize, vacancies: usize, answer: &Solution) -> Result<(), Violation> {
    let sizes = [
        ("assignments", answer.matched.len(), people),
        ("person prices", answer.person_prices.len(), people),
        ("vacancy prices", answer.vacancy_prices.len(), vacancies),
    ];
    match sizes.into_iter().find(|(_, found, expected)| found != expected) {
        Some((what, found, expected)) => Err(Violation::Size { what, found, expected }),
        None => Ok(()),
    }
}

fn check_seats(seats: &[u32], matched: &[Option<u32>]) -> Result<(), Violation> {
    let mut taken = vec![0_u64; seats.len()];
    for (person, place) in matched.iter().enumerate() {
        if let Some(vacancy) = *place {
            match taken.get_mut(vacancy as usize) {
                Some(count) => *count += 1,
                None => return Err(Violation::NoEdge { person, vacancy }),
            }
        }
    }
    for (vacancy, (&assigned, &seats)) in taken.iter().zip(seats).enumerate() {
        if assigned > u64::from(seats) {
            return Err(Violation::Overfull { vacancy, assigned, seats });
        }
    }
    Ok(())
}

fn check_signs(side: &'static str, prices: &[i64]) -> Result<(), Violation> {
    match prices.iter().enumerate().find(|(_, price)| **price < 0) {
        Some((index, &price)) => Err(Violation::NegativePrice { side, index, price }),
        None => Ok(()),
    }
}

/// What the edges of a person are held against, side by side: this is looked up for every edge.
struct Claim {
    /// The person's price, which is not negative.
    price: u64,
    /// Where the person sits; beyond all vacancies for staying at home.
    place: u32,
    /// Edges to that place that came by.
    uses: u32,
}

fn check_edges(
    edges: impl IntoIterator<Item = (u32, u32, i64)>,
    answer: &Solution,
) -> Result<Counted, Violation> {
    let claims = answer.matched.iter().zip(&answer.person_prices);
    let mut claims: Vec<Claim> = claims
        .map(|(place, price)| Claim {
            price: price.unsigned_abs(),
            place: place.unwrap_or(u32::MAX),
            uses: 0,
        })
        .collect();
    let mut total = 0_i128;
    // A loop inside the iterator runs through the rows of an instance faster than one that asks for every edge, and the
    // count goes with it in a register.
    let looked_at = edges.into_iter().try_fold(0_usize, |count, (person, vacancy, weight)| {
        let ends = (claims.get_mut(person as usize), answer.vacancy_prices.get(vacancy as usize));
        let (Some(claim), Some(&price)) = ends else {
            return Err((person, vacancy, weight));
        };
        // Neither price is negative, so that their sum stays within the range.
        if claim.price + price.unsigned_abs() < weight.max(0).unsigned_abs() {
            return Err((person, vacancy, weight));
        }
        if claim.place == vacancy && weight > 0 {
            claim.uses += 1;
            total += i128::from(weight);
        }
        Ok(count + 1)
    });
    let edges = looked_at.map_err(|(person, vacancy, weight)| bad_edge(person, vacancy, weight, answer))?;
    for (person, (place, claim)) in answer.matched.iter().zip(&claims).enumerate() {
        match (*place, claim.uses) {
            (None, _) | (Some(_), 1) => {}
            (Some(vacancy), 0) => return Err(Violation::NoEdge { person, vacancy }),
            (Some(vacancy), _) => return Err(Violation::Ambiguous { person, vacancy }),
        }
    }
    Ok(Counted { total, edges })
}

fn bad_edge(person: u32, vacancy: u32, weight: i64, answer: &Solution) -> Violation {
    let u = answer.person_prices.get(person as usize);
    match (u, answer.vacancy_prices.get(vacancy as usize)) {
        (Some(&u), Some(&v)) => {
            Violation::Underpriced { person, vacancy, weight, prices: i128::from(u) + i128::from(v) }
        }
        _ => Violation::Outside { person, vacancy },
    }
}

fn dual_value(seats: &[u32], answer: &Solution) -> i128 {
    let people: i128 = answer.person_prices.iter().map(|&u| i128::from(u)).sum();
    let vacancies = seats.iter().zip(&answer.vacancy_prices);
    people + vacancies.map(|(&seats, &v)| i128::from(seats) * i128::from(v)).sum::<i128>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEATS: [u32; 2] = [1, 1];
    const EDGES: [(u32, u32, i64); 4] = [(0, 0, 9), (0, 1, 8), (1, 0, 7), (2, 0, -4)];

    /// Two people, two seats: 0 moves to the second vacancy so that 1 fits; 8 + 7 against 9.
    fn optimum() -> Solution {
        Solution {
            matched: vec![Some(1), Some(0), None],
            objective: 15,
            person_prices: vec![8, 6, 0],
            vacancy_prices: vec![1, 0],
        }
    }

    fn violation(change: impl FnOnce(&mut Solution)) -> Violation {
        let mut answer = optimum();
        change(&mut answer);
        verify(3, &SEATS, EDGES, &answer).unwrap_err()
    }

    #[test]
    fn an_optimum_is_certified() {
        let certified = verify(3, &SEATS, EDGES, &optimum()).unwrap();
        assert_eq!(certified, Certified { optimum: 15, dual: 15, assigned: 2, edges: 4 });
    }

    #[test]
    fn every_kind_of_flaw_is_found() {
        assert_eq!(
            violation(|a| a.matched.truncate(2)),
            Violation::Size { what: "assignments", found: 2, expected: 3 }
        );
        assert_eq!(
            violation(|a| a.matched[1] = Some(1)),
            Violation::Overfull { vacancy: 1, assigned: 2, seats: 1 }
        );
        assert_eq!(violation(|a| a.matched[0] = Some(5)), Violation::NoEdge { person: 0, vacancy: 5 });
        assert_eq!(
            violation(|a| a.matched = vec![None, Some(0), Some(1)]),
            Violation::NoEdge { person: 2, vacancy: 1 }
        );
        assert_eq!(
            violation(|a| a.matched = vec![Some(1), None, Some(0)]),
            Violation::NoEdge { person: 2, vacancy: 0 },
            "an edge of negative weight must not be used"
        );
        assert_eq!(
            violation(|a| a.person_prices[2] = -1),
            Violation::NegativePrice { side: "person", index: 2, price: -1 }
        );
        assert_eq!(
            violation(|a| a.vacancy_prices[1] = -2),
            Violation::NegativePrice { side: "vacancy", index: 1, price: -2 }
        );
        assert_eq!(
            violation(|a| a.vacancy_prices[0] = 0),
            Violation::Underpriced { person: 0, vacancy: 0, weight: 9, prices: 8 }
        );
        assert_eq!(violation(|a| a.objective = 16), Violation::Total { stated: 16, counted: 15 });
        assert_eq!(violation(|a| a.person_prices[2] = 1), Violation::Gap { primal: 15, dual: 16 });
    }

    #[test]
    fn a_worse_assignment_is_not_certified_by_any_stated_total() {
        let change = |a: &mut Solution| {
            a.matched = vec![Some(0), None, None];
            a.objective = 9;
        };
        assert_eq!(violation(change), Violation::Gap { primal: 9, dual: 15 });
    }

    #[test]
    fn flawed_inputs_are_found() {
        let outside = verify(3, &SEATS, [(3, 0, 1)], &optimum()).unwrap_err();
        assert_eq!(outside, Violation::Outside { person: 3, vacancy: 0 });
        let twice = EDGES.into_iter().chain([(0, 1, 8)]);
        let ambiguous = verify(3, &SEATS, twice, &optimum()).unwrap_err();
        assert_eq!(ambiguous, Violation::Ambiguous { person: 0, vacancy: 1 });
    }
}
