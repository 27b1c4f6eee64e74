//! Placements against trying everything, with floors, reserved places and ties.
use proptest::prelude::*;

use super::*;
use crate::matching::{
    policy::floors::{Group, Share},
    priority::Evidence,
    problem::solve::{Assignment, solve},
};

/// What varies in a small case.
#[derive(Clone, Debug)]
pub(super) struct Case {
    people: Vec<(Option<u8>, bool, u16, u8)>,
    vacancies: Vec<(u32, u32)>,
    fits: Vec<Vec<u16>>,
    floors: Vec<Floor>,
    bonus: u16,
}

fn floor(group: &str, permille: u16, per: Side) -> Floor {
    Floor { group: group.parse().unwrap(), share: Share::permille(permille).unwrap(), per }
}

/// Families a policy may state.
fn families() -> Vec<Vec<Floor>> {
    vec![
        vec![],
        vec![floor("desil_1_4", 500, Side::Vacancy)],
        vec![floor("desil_1_4", 500, Side::Run)],
        vec![floor("desil_1_4", 1000, Side::Vacancy), floor("disability", 340, Side::Run)],
        vec![floor("desil_1_2", 340, Side::Vacancy), floor("desil_1_5", 670, Side::Vacancy)],
        vec![floor("desil_1_2", 340, Side::Run), floor("desil_1_5", 670, Side::Run)],
        vec![floor("desil_1_3", 340, Side::Vacancy), floor("desil_4_10", 500, Side::Vacancy)],
    ]
}

fn cases() -> impl Strategy<Value = Case> {
    let person = (prop::option::of(1..=10_u8), prop::bool::weighted(0.3), 0..3_u16, 0..3_u8);
    let people = prop::collection::vec(person, 1..6);
    let vacancies = prop::collection::vec((0..4_u32, 0..2_u32), 1..4);
    let fits = prop::collection::vec(prop::collection::vec(0..4_u16, 3), 6);
    (people, vacancies, fits, 0..families().len(), prop::sample::select(vec![0_u16, 50])).prop_map(
        |(people, vacancies, fits, family, bonus)| Case {
            people,
            vacancies,
            fits,
            floors: families()[family].clone(),
            bonus,
        },
    )
}

fn problem(case: &Case) -> Problem {
    let who = |&(desil, disability, priority, weeks): &(Option<u8>, bool, u16, u8)| {
        let evidence = Evidence { desil, disability, ..Evidence::default() };
        let bits = (0_u8..8).zip(&case.floors).filter(|(_, floor)| floor.group.holds(&evidence));
        PersonNumbers {
            priority: priority * 100,
            weeks,
            drawn: 0,
            poor: evidence.is_poor(),
            reserved: disability,
            groups: bits.fold(0, |mask, (bit, _)| mask | 1 << bit),
        }
    };
    let people: Vec<PersonNumbers> = case.people.iter().map(who).collect();
    let vacancy = |(index, &(capacity, reserved)): (usize, &(u32, u32))| {
        let fit = |person: usize| case.fits[person][index];
        let mut list: Vec<Candidate> = (0_u32..)
            .zip(&people)
            .filter_map(|(person, _)| {
                let fit = fit(person as usize) * 100;
                (fit > 0).then_some(Candidate { person, fit })
            })
            .collect();
        list.reverse();
        VacancyNumbers { capacity, reserved: reserved.min(capacity), list }
    };
    let vacancies = case.vacancies.iter().enumerate().map(vacancy).collect();
    Problem { people, vacancies }
}

fn scheme(case: &Case) -> Scheme<'_> {
    Scheme { bonus: case.bonus, priority: true, floors: &case.floors, ties: Ties::Waiting, seed: 1 }
}

/// Floor units, points and ties of a placement; `seats[person]` is the vacancy and whether the place is a reserved one.
fn worth(case: &Case, problem: &Problem, seats: &[Option<(usize, bool)>]) -> (u64, i64, i64) {
    let scheme = scheme(case);
    let (mut points, mut ties) = (0, 0);
    for (person, seat) in seats.iter().enumerate() {
        if let Some((vacancy, _)) = seat {
            let who = &problem.people[person];
            let fit = case.fits[person][*vacancy] * 100;
            points += scheme.points(who, Candidate { person: 0, fit });
            ties += scheme.tie(who);
        }
    }
    let members = |bit: usize, counts: &dyn Fn(&(usize, bool)) -> bool| {
        let of_group = |person: usize| problem.people[person].groups & (1 << bit) != 0;
        let seated = seats.iter().enumerate().filter(|(person, _)| of_group(*person));
        u64::try_from(seated.filter_map(|(_, seat)| seat.as_ref()).filter(|seat| counts(seat)).count())
            .unwrap()
    };
    let mut units = 0;
    for (bit, floor) in case.floors.iter().enumerate() {
        match floor.per {
            Side::Run => units += members(bit, &|_| true).min(floor.share.of(problem.places())),
            Side::Vacancy => {
                for (index, vacancy) in problem.vacancies.iter().enumerate() {
                    let open = u64::from(vacancy.capacity - vacancy.reserved);
                    units += members(bit, &|seat| *seat == (index, false)).min(floor.share.of(open));
                }
            }
        }
    }
    (units, points, ties)
}

/// The best there is, by trying everything.
fn best(case: &Case, problem: &Problem, seats: &mut Vec<Option<(usize, bool)>>) -> (u64, i64, i64) {
    let person = seats.len();
    if person == problem.people.len() {
        return worth(case, problem, seats);
    }
    let mut options = vec![None];
    for (index, vacancy) in problem.vacancies.iter().enumerate() {
        let used = |reserved: bool| seats.iter().flatten().filter(|seat| **seat == (index, reserved)).count();
        let fits = case.fits[person][index] > 0;
        if fits && used(false) < (vacancy.capacity - vacancy.reserved) as usize {
            options.push(Some((index, false)));
        }
        if fits && problem.people[person].reserved && used(true) < vacancy.reserved as usize {
            options.push(Some((index, true)));
        }
    }
    let mut found = (0, i64::MIN, i64::MIN);
    for option in options {
        seats.push(option);
        found = found.max(best(case, problem, seats));
        seats.pop();
    }
    found
}

fn seats_of(problem: &Problem, placement: &Assignment) -> Vec<Option<(usize, bool)>> {
    let seat = |person: usize| {
        let part = placement.seated[person]? as usize;
        let part = placement.layout.parts.get(part)?;
        Some((part.vacancy as usize, part.reserved))
    };
    (0..problem.people.len()).map(seat).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_placement_is_the_best_by_floors_then_points_then_ties(case in cases()) {
        let problem = problem(&case);
        let placement = solve(&problem, &scheme(&case)).unwrap();
        let found = worth(&case, &problem, &seats_of(&problem, &placement));
        prop_assert_eq!(found, best(&case, &problem, &mut Vec::new()));
    }

    #[test]
    fn a_room_is_never_overfull_and_a_reserved_place_never_given_away(case in cases()) {
        let problem = problem(&case);
        let placement = solve(&problem, &scheme(&case)).unwrap();
        let seats = seats_of(&problem, &placement);
        for (index, vacancy) in problem.vacancies.iter().enumerate() {
            let of = |reserved: bool| seats.iter().flatten().filter(|seat| **seat == (index, reserved)).count();
            prop_assert!(of(false) <= (vacancy.capacity - vacancy.reserved) as usize);
            prop_assert!(of(true) <= vacancy.reserved as usize);
        }
        for (person, seat) in seats.iter().enumerate() {
            prop_assert!(!matches!(seat, Some((_, true))) || problem.people[person].reserved);
        }
    }

    #[test]
    fn one_more_place_gains_its_price(case in cases(), vacancy in 0..3_usize) {
        // A floor is a share of the places: with one more of these it may ask for more, so no floors here.
        let case = Case { floors: Vec::new(), ..case };
        let vacancy = vacancy % case.vacancies.len();
        let before = problem(&case);
        let placement = solve(&before, &scheme(&case)).unwrap();
        let mut after = before.clone();
        after.vacancies[vacancy].capacity += 1;
        let gained = solve(&after, &scheme(&case)).unwrap().optimum - placement.optimum;
        prop_assert_eq!(placement.vacancy_prices(before.vacancies.len())[vacancy], gained);
    }

    #[test]
    fn one_place_less_loses_the_largest_price(case in cases(), vacancy in 0..3_usize) {
        let case = Case { floors: Vec::new(), ..case };
        let vacancy = vacancy % case.vacancies.len();
        let before = problem(&case);
        prop_assume!(before.vacancies[vacancy].capacity > before.vacancies[vacancy].reserved);
        let placement = solve(&before, &scheme(&case)).unwrap();
        let mut after = before.clone();
        after.vacancies[vacancy].capacity -= 1;
        let lost = placement.optimum - solve(&after, &scheme(&case)).unwrap().optimum;
        let largest = losses::largest_prices(&before, &scheme(&case), &placement);
        let open = placement.layout.parts.iter().position(|p| p.vacancy as usize == vacancy && !p.reserved).unwrap();
        prop_assert_eq!(largest[open], lost);
    }

    #[test]
    fn largest_prices_are_optimal_too(case in cases()) {
        let problem = problem(&case);
        let mut placement = solve(&problem, &scheme(&case)).unwrap();
        let largest = losses::largest_prices(&problem, &scheme(&case), &placement);
        for (price, least) in largest.iter().zip(&placement.part_prices) {
            prop_assert!(price >= least);
        }
        // Prices of parts without places prove nothing either way; the people's follow from the others.
        placement.part_prices = largest;
        let mut people = vec![0_i64; problem.people.len()];
        for (person, part, weight) in proof::edges(&problem, &scheme(&case), &placement.layout) {
            let gain = weight - placement.part_prices[part as usize];
            people[person as usize] = people[person as usize].max(gain);
        }
        for (price, seats) in placement.part_prices.iter_mut().zip(placement.layout.seats()) {
            if seats == 0 {
                *price = losses::CLOSED;
            }
        }
        placement.person_prices = people;
        prop_assert!(proof::prove(&problem, &scheme(&case), &placement).is_ok());
    }

    #[test]
    fn one_more_person_never_lowers_floors_and_points(case in cases()) {
        let all = problem(&case);
        let mut fewer = case.clone();
        fewer.people.pop();
        let some = problem(&fewer);
        let worth_of = |case: &Case, problem: &Problem| {
            let (units, points, _) = worth(case, problem, &seats_of(problem, &solve(problem, &scheme(case)).unwrap()));
            (units, points)
        };
        prop_assert!(worth_of(&case, &all) >= worth_of(&fewer, &some));
    }
}

#[test]
fn half_of_the_places_go_to_the_poor_where_they_fit() {
    let rich = (Some(9), false, 0, 0);
    let poor = (Some(1), false, 0, 0);
    let case = Case {
        people: vec![rich, rich, rich, rich, poor, poor, poor],
        vacancies: vec![(4, 0)],
        fits: vec![vec![9], vec![9], vec![9], vec![9], vec![3], vec![3], vec![3]],
        floors: vec![Floor {
            group: Group::Desil { from: 1, to: 4 },
            share: Share::permille(500).unwrap(),
            per: Side::Vacancy,
        }],
        bonus: 0,
    };
    let problem = problem(&case);
    let placement = solve(&problem, &scheme(&case)).unwrap();
    let placed: Vec<usize> = (0..7).filter(|&person| placement.vacancy_of(person).is_some()).collect();
    assert_eq!(placed.iter().filter(|&&person| person >= 4).count(), 2, "{placed:?}");
    assert_eq!(placed.len(), 4);
}
