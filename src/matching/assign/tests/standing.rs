//! A standing assignment after every change against a fresh solution of the same inputs.

use proptest::prelude::*;

use super::super::instance::{Edge, InstanceError, MAX_WEIGHT};
use super::super::shapes::{Dice, Plain, Shape, Size};
use super::super::{Standing, solve};
use super::{plain, small};
use crate::matching::certificate::verify;

/// The plain inputs, changed in the plainest way, beside the standing assignment.
pub(super) struct Pair {
    pub(super) plain: Plain,
    pub(super) standing: Standing,
}

/// What may happen to a labour market.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    NewPerson,
    OtherEdges,
    Withdrawal,
    NewVacancy,
    OtherSeats,
    Closing,
}

impl Change {
    pub(super) const ALL: [Self; 6] = [
        Self::NewPerson,
        Self::OtherEdges,
        Self::Withdrawal,
        Self::NewVacancy,
        Self::OtherSeats,
        Self::Closing,
    ];
}

impl Pair {
    pub(super) fn new(plain: Plain) -> Self {
        let standing = Standing::new(plain.instance().unwrap());
        Self { plain, standing }
    }

    fn vacancies(&self) -> u32 {
        u32::try_from(self.plain.seats.len()).unwrap()
    }

    /// Makes one change on both sides, drawn with the dice; weights up to `range`, some not usable.
    pub(super) fn change(&mut self, change: Change, range: i64, dice: &mut Dice) {
        match change {
            Change::NewPerson => {
                let edges = self.edges(range, dice);
                let person = self.standing.add_person(&edges).unwrap();
                assert_eq!(person, self.plain.people);
                self.plain.people += 1;
                self.note(person, &edges);
            }
            Change::OtherEdges => {
                let (person, edges) = (dice.below(self.plain.people), self.edges(range, dice));
                self.standing.change_person(person, &edges).unwrap();
                self.plain.edges.retain(|edge| edge.0 != person);
                self.note(person, &edges);
            }
            Change::Withdrawal => {
                let person = dice.below(self.plain.people);
                self.standing.withdraw_person(person).unwrap();
                self.plain.edges.retain(|edge| edge.0 != person);
            }
            Change::NewVacancy => {
                let seats = dice.below(4);
                let mut candidates: Vec<(u32, i64)> = Vec::new();
                for person in 0..self.plain.people {
                    if dice.below(3) > 0 {
                        candidates.push((person, weight(range, dice)));
                    }
                }
                let vacancy = self.standing.add_vacancy(i64::from(seats), &candidates).unwrap();
                assert_eq!(vacancy, self.vacancies());
                self.plain.seats.push(seats);
                self.plain.edges.extend(candidates.iter().map(|&(person, weight)| (person, vacancy, weight)));
            }
            Change::OtherSeats => self.set_seats(dice.below(self.vacancies()), dice.below(5)),
            Change::Closing => self.set_seats(dice.below(self.vacancies()), 0),
        }
    }

    fn set_seats(&mut self, vacancy: u32, seats: u32) {
        self.standing.set_seats(vacancy, i64::from(seats)).unwrap();
        self.plain.seats[vacancy as usize] = seats;
    }

    fn edges(&self, range: i64, dice: &mut Dice) -> Vec<Edge> {
        let mut vacancies: Vec<u32> = (0..self.vacancies()).collect();
        dice.shuffle(&mut vacancies);
        vacancies.truncate(dice.below(5) as usize);
        vacancies.into_iter().map(|vacancy| Edge { weight: weight(range, dice), vacancy }).collect()
    }

    fn note(&mut self, person: u32, edges: &[Edge]) {
        self.plain.edges.extend(edges.iter().map(|edge| (person, edge.vacancy, edge.weight)));
    }

    /// The same optimum and the same smallest prices as from scratch, and certified for the plain inputs.
    pub(super) fn check(&self) -> Result<(), String> {
        let plain = &self.plain;
        let fresh = solve(&plain.instance().unwrap());
        let answer = self.standing.solution();
        let edges = plain.edges.iter().copied();
        verify(plain.people as usize, &plain.seats, edges, &answer).map_err(|it| it.to_string())?;
        let same = (answer.objective, &answer.vacancy_prices) == (fresh.objective, &fresh.vacancy_prices);
        let told = self.standing.optimum() == answer.objective;
        let inputs = *self.standing.instance() == plain.instance().unwrap();
        if same && told && inputs {
            Ok(())
        } else {
            Err(format!("{same} {told} {inputs}: {answer:?} {fresh:?}"))
        }
    }
}

/// From -2 to `range`.
fn weight(range: i64, dice: &mut Dice) -> i64 {
    i64::from(dice.below(u32::try_from(range + 3).unwrap_or(u32::MAX))) - 2
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_in_any_order_end_where_a_fresh_solution_does(
        plain in small(),
        changes in prop::collection::vec(0_usize..6, 1..25),
        range in prop::sample::select(vec![2_i64, 30, 1 << 30]),
        seed in any::<u64>(),
    ) {
        let mut pair = Pair::new(plain);
        let mut dice = Dice::new(seed);
        for (step, kind) in changes.into_iter().enumerate() {
            pair.change(Change::ALL[kind], range, &mut dice);
            let checked = pair.check();
            prop_assert!(checked.is_ok(), "step {}, {:?}: {:?}", step, Change::ALL[kind], checked);
        }
    }
}

#[test]
fn changes_of_every_shape_agree_with_fresh_solutions() {
    let size = Size { people: 800, vacancies: 50, seats: 250, candidates: 40 };
    for shape in Shape::ALL {
        let plain = shape.make(size, 21);
        let range = plain.edges.iter().map(|edge| edge.2).max().unwrap().min(i64::from(u32::MAX) - 3);
        let mut pair = Pair::new(plain);
        let mut dice = Dice::new(5);
        for change in Change::ALL.into_iter().cycle().take(60) {
            pair.change(change, range, &mut dice);
            pair.check().unwrap_or_else(|flaw| panic!("{}: {flaw}", shape.name()));
        }
    }
}

#[test]
fn any_prices_may_be_resumed_from() {
    let plain = Shape::Clustered.make(Size { people: 800, vacancies: 50, seats: 250, candidates: 40 }, 4);
    let fresh = solve(&plain.instance().unwrap());
    for start in [&[][..], &fresh.vacancy_prices, &[MAX_WEIGHT; 50], &[-1; 60]] {
        let resumed = Standing::resume(plain.instance().unwrap(), start).solution();
        assert_eq!((resumed.objective, &resumed.vacancy_prices), (fresh.objective, &fresh.vacancy_prices));
    }
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let mut pair = Pair::new(plain(2, &[1, 2], &[(0, 0, 5), (1, 0, 7), (1, 1, 2)]));
    let standing = &mut pair.standing;
    let edge = |vacancy, weight| Edge { weight, vacancy };
    let refused = [
        standing.add_person(&[edge(0, 1), edge(2, 1)]).unwrap_err(),
        standing.add_person(&[edge(0, 1), edge(1, 1), edge(0, 3)]).unwrap_err(),
        standing.add_person(&[edge(0, MAX_WEIGHT + 1)]).unwrap_err(),
        standing.withdraw_person(2).unwrap_err(),
        standing.add_vacancy(-1, &[]).unwrap_err(),
        standing.add_vacancy(1, &[(0, 1), (4, 1)]).unwrap_err(),
        standing.add_vacancy(1, &[(0, 1), (1, 2), (1, 3)]).unwrap_err(),
        standing.set_seats(2, 1).unwrap_err(),
        standing.set_seats(0, -3).unwrap_err(),
    ];
    let expected = [
        InstanceError::UnknownVacancy { edge: 1, vacancy: 2 },
        InstanceError::DuplicateEdge { edge: 2, person: 2, vacancy: 0 },
        InstanceError::WeightTooLarge { edge: 0, weight: MAX_WEIGHT + 1 },
        InstanceError::UnknownPerson { edge: 0, person: 2 },
        InstanceError::NegativeSeats { vacancy: 2, seats: -1 },
        InstanceError::UnknownPerson { edge: 1, person: 4 },
        InstanceError::DuplicateEdge { edge: 2, person: 1, vacancy: 2 },
        InstanceError::UnknownVacancy { edge: 0, vacancy: 2 },
        InstanceError::NegativeSeats { vacancy: 0, seats: -3 },
    ];
    assert_eq!(refused, expected);
    pair.check().unwrap();
    assert_eq!(pair.standing.optimum(), 7);
}

#[test]
fn a_total_beyond_the_range_is_refused() {
    let mut standing = Standing::new(plain(0, &[9], &[]).instance().unwrap());
    for _ in 0..7 {
        standing.add_person(&[Edge { weight: MAX_WEIGHT, vacancy: 0 }]).unwrap();
    }
    let refused = standing.add_person(&[Edge { weight: MAX_WEIGHT, vacancy: 0 }]).unwrap_err();
    assert_eq!(refused, InstanceError::TotalTooLarge { places: 8, weight: MAX_WEIGHT });
    assert_eq!(standing.optimum(), 7 * MAX_WEIGHT);
}
