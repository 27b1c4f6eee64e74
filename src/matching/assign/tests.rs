//! The solver against brute force, against its certificate, and against what must hold of any optimum.

use proptest::prelude::*;

use super::shapes::{Dice, Plain, Shape, Size};
use super::{Instance, Solution, auction, finish, market, read_off, solve, solve_from};
use crate::matching::certificate::{Certified, verify};

mod planted;
mod standing;

fn plain(people: u32, seats: &[u32], edges: &[(u32, u32, i64)]) -> Plain {
    Plain { people, seats: seats.to_vec(), edges: edges.to_vec() }
}

fn optimum(plain: &Plain) -> i64 {
    certified(plain).1.optimum
}

fn certified(plain: &Plain) -> (Solution, Certified) {
    certified_by(plain, solve)
}

/// Learns prices first, which `solve` itself does only where many people are left by its opening.
fn solve_by_scaling(instance: &Instance) -> Solution {
    let mut market = market::Market::new(instance);
    let unsettled = auction::open(&mut market);
    let left = auction::scale(&mut market, unsettled, 0);
    finish(&mut market, left);
    read_off(&market)
}

/// Solves, and has the answer checked against the plain inputs (not against the instance).
fn certified_by(plain: &Plain, solve: impl Fn(&Instance) -> Solution) -> (Solution, Certified) {
    let solution = solve(&plain.instance().unwrap());
    let checked = verify(plain.people as usize, &plain.seats, plain.edges.iter().copied(), &solution);
    let checked = checked.unwrap_or_else(|violation| panic!("{violation}: {plain:?} {solution:?}"));
    (solution, checked)
}

/// Tries every assignment.
fn brute_force(plain: &Plain) -> i64 {
    fn best(plain: &Plain, person: u32, seats: &mut Vec<u32>) -> i64 {
        if person == plain.people {
            return 0;
        }
        let mut found = best(plain, person + 1, seats);
        for &(_, vacancy, weight) in plain.edges.iter().filter(|edge| edge.0 == person) {
            if seats[vacancy as usize] > 0 {
                seats[vacancy as usize] -= 1;
                found = found.max(weight + best(plain, person + 1, seats));
                seats[vacancy as usize] += 1;
            }
        }
        found
    }
    best(plain, 0, &mut plain.seats.clone())
}

fn one_more_seat(plain: &Plain, vacancy: usize) -> Plain {
    let mut more = plain.clone();
    more.seats[vacancy] += 1;
    more
}

fn without_person(plain: &Plain, person: u32) -> Plain {
    let mut fewer = plain.clone();
    fewer.edges.retain(|edge| edge.0 != person);
    fewer
}

/// Prices are what one more seat gains; as those are the smallest optimal prices, nothing can be below them.
fn check_prices(plain: &Plain, solution: &Solution, vacancies: impl Iterator<Item = usize>) {
    for vacancy in vacancies {
        let gain = optimum(&one_more_seat(plain, vacancy)) - solution.objective;
        assert_eq!(solution.vacancy_prices[vacancy], gain, "vacancy {vacancy} of {plain:?}");
    }
}

/// The smallest optimal prices by their definition: from zero, raise whatever breaks a bound until none does.
/// Exact for the given optimal assignment, and written without the solver's search.
fn smallest_prices(plain: &Plain, matched: &[Option<u32>]) -> Vec<i64> {
    let weight = |person: u32, vacancy: u32| {
        plain.edges.iter().find(|edge| edge.0 == person && edge.1 == vacancy).map_or(0, |edge| edge.2)
    };
    let mut prices = vec![0; plain.seats.len()];
    loop {
        let before = prices.clone();
        for &(person, vacancy, gain) in &plain.edges {
            let surplus =
                matched[person as usize].map_or(0, |seat| weight(person, seat) - prices[seat as usize]);
            prices[vacancy as usize] = prices[vacancy as usize].max(gain - surplus);
        }
        if prices == before {
            return prices;
        }
    }
}

fn small() -> impl Strategy<Value = Plain> {
    let seats = prop::collection::vec(0_u32..4, 1..5);
    (1_u32..7, seats, 1_i64..30).prop_flat_map(|(people, seats, range)| {
        let pairs = people as usize * seats.len();
        prop::collection::vec(-2..=range, pairs).prop_map(move |weights| {
            let vacancies = u32::try_from(seats.len()).unwrap();
            let pairs = (0..people).flat_map(|person| (0..vacancies).map(move |vacancy| (person, vacancy)));
            // -2 stands for "no edge"; -1 and 0 stay as edges that must not be used.
            let edges = pairs.zip(&weights).map(|((person, vacancy), &weight)| (person, vacancy, weight));
            Plain { people, seats: seats.clone(), edges: edges.filter(|edge| edge.2 > -2).collect() }
        })
    })
}

/// A shuffled copy: people, vacancies and edges renamed and reordered; with the renaming of both sides.
fn permuted(plain: &Plain, seed: u64) -> (Plain, Vec<u32>, Vec<u32>) {
    let mut dice = Dice::new(seed);
    let mut people: Vec<u32> = (0..plain.people).collect();
    let mut vacancies: Vec<u32> = (0..u32::try_from(plain.seats.len()).unwrap()).collect();
    dice.shuffle(&mut people);
    dice.shuffle(&mut vacancies);
    let mut seats = vec![0; plain.seats.len()];
    for (old, &new) in vacancies.iter().enumerate() {
        seats[new as usize] = plain.seats[old];
    }
    let mut edges: Vec<_> = plain.edges.clone();
    for edge in &mut edges {
        *edge = (people[edge.0 as usize], vacancies[edge.1 as usize], edge.2);
    }
    dice.shuffle(&mut edges);
    (Plain { people: plain.people, seats, edges }, people, vacancies)
}

/// Distinct powers of two below the points make every sum of edges different, hence the optimum unique.
fn with_unique_sums(plain: &Plain) -> Plain {
    let mut unique = plain.clone();
    for (place, edge) in unique.edges.iter_mut().enumerate() {
        edge.2 = if edge.2 > 0 { (edge.2 << 30) + (1 << place) } else { edge.2 };
    }
    unique
}

fn assert_renamed(a: &Solution, b: &Solution, people: &[u32], vacancies: &[u32]) {
    assert_eq!(a.objective, b.objective);
    for (old, &new) in people.iter().enumerate() {
        let renamed = a.matched[old].map(|vacancy| vacancies[vacancy as usize]);
        assert_eq!(renamed, b.matched[new as usize]);
        assert_eq!(a.person_prices[old], b.person_prices[new as usize]);
    }
    for (old, &new) in vacancies.iter().enumerate() {
        assert_eq!(a.vacancy_prices[old], b.vacancy_prices[new as usize]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_brute_force(plain in small()) {
        prop_assert_eq!(optimum(&plain), brute_force(&plain));
    }

    #[test]
    fn scaling_agrees(plain in small()) {
        let (a, b) = (certified(&plain).0, certified_by(&plain, solve_by_scaling).0);
        prop_assert_eq!((a.objective, a.vacancy_prices), (b.objective, b.vacancy_prices));
    }

    #[test]
    fn any_prices_may_be_the_start(plain in small(), start in prop::collection::vec(-5_i64..40, 0..5)) {
        let (a, b) = (certified(&plain).0, certified_by(&plain, |it| solve_from(it, &start)).0);
        prop_assert_eq!((a.objective, a.vacancy_prices), (b.objective, b.vacancy_prices));
    }

    #[test]
    fn prices_are_the_gain_of_one_more_seat(plain in small()) {
        let (solution, _) = certified(&plain);
        for (vacancy, &price) in solution.vacancy_prices.iter().enumerate() {
            let gain = brute_force(&one_more_seat(&plain, vacancy)) - solution.objective;
            prop_assert_eq!(price, gain, "vacancy {}", vacancy);
        }
    }

    #[test]
    fn prices_are_the_smallest(plain in small()) {
        let (solution, _) = certified(&plain);
        prop_assert_eq!(smallest_prices(&plain, &solution.matched), solution.vacancy_prices);
    }

    #[test]
    fn more_seats_or_people_never_lower_the_optimum(plain in small(), vacancy in 0_usize..4) {
        let before = optimum(&plain);
        let vacancy = vacancy % plain.seats.len();
        prop_assert!(optimum(&one_more_seat(&plain, vacancy)) >= before);
        prop_assert!(optimum(&without_person(&plain, plain.people - 1)) <= before);
    }

    #[test]
    fn a_person_is_priced_at_what_the_optimum_loses_without(plain in small()) {
        let (solution, _) = certified(&plain);
        for (person, &price) in (0..).zip(&solution.person_prices) {
            let without = brute_force(&without_person(&plain, person));
            prop_assert_eq!(price, solution.objective - without, "person {}", person);
        }
    }

    #[test]
    fn prices_rise_with_people_and_fall_with_seats(plain in small(), vacancy in 0_usize..4, person in 0_u32..6) {
        let vacancy = vacancy % plain.seats.len();
        let before = certified(&plain).0.vacancy_prices;
        let more = certified(&one_more_seat(&plain, vacancy)).0.vacancy_prices;
        let fewer = certified(&without_person(&plain, person % plain.people)).0.vacancy_prices;
        for (before, (more_seats, fewer_people)) in before.iter().zip(more.iter().zip(&fewer)) {
            prop_assert!(more_seats <= before && fewer_people <= before);
        }
    }

    #[test]
    fn old_prices_lead_to_the_same_after_any_change(plain in small(), vacancy in 0_usize..4, person in 0_u32..6) {
        let last = certified(&plain).0.vacancy_prices;
        let more = one_more_seat(&plain, vacancy % plain.seats.len());
        for changed in [without_person(&plain, person % plain.people), more, plain] {
            let (a, b) = (certified(&changed).0, certified_by(&changed, |it| solve_from(it, &last)).0);
            prop_assert_eq!((a.objective, a.vacancy_prices), (b.objective, b.vacancy_prices));
        }
    }

    #[test]
    fn renaming_and_reordering_change_nothing(plain in small(), seed in any::<u64>()) {
        let unique = with_unique_sums(&plain);
        let (other, people, vacancies) = permuted(&unique, seed);
        assert_renamed(&certified(&unique).0, &certified(&other).0, &people, &vacancies);
    }

    #[test]
    fn reordering_never_changes_prices_even_among_ties(plain in small(), seed in any::<u64>()) {
        let (other, _, vacancies) = permuted(&plain, seed);
        let (a, b) = (certified(&plain).0, certified(&other).0);
        prop_assert_eq!(a.objective, b.objective);
        for (old, &new) in vacancies.iter().enumerate() {
            prop_assert_eq!(a.vacancy_prices[old], b.vacancy_prices[new as usize]);
        }
    }
}

#[test]
fn nothing_to_do() {
    let empty = plain(0, &[], &[]);
    assert_eq!(certified(&empty).1, Certified { optimum: 0, dual: 0, assigned: 0, edges: 0 });
    let no_edges = plain(3, &[2, 0], &[]);
    assert_eq!(certified(&no_edges).0.matched, [None, None, None]);
    let unusable = plain(2, &[2], &[(0, 0, 0), (1, 0, -5)]);
    assert_eq!(certified(&unusable).0.matched, [None, None]);
}

#[test]
fn a_vacancy_without_seats_is_priced_at_the_gain_of_the_first() {
    let shut = plain(2, &[0, 1], &[(0, 0, 9), (1, 0, 5), (1, 1, 4)]);
    let (solution, _) = certified(&shut);
    assert_eq!(solution.matched, [None, Some(1)]);
    assert_eq!(solution.vacancy_prices, [9, 0]);
}

#[test]
fn a_single_person_pays_nothing_for_an_unwanted_seat() {
    let (solution, _) = certified(&plain(1, &[1], &[(0, 0, 10)]));
    assert_eq!((solution.person_prices, solution.vacancy_prices), (vec![10], vec![0]));
}

#[test]
fn the_largest_weights_are_exact() {
    let most = super::MAX_WEIGHT;
    let tight =
        plain(3, &[1, 1], &[(0, 0, most), (0, 1, most - 1), (1, 0, most), (2, 1, 1), (2, 0, most - 2)]);
    let (solution, _) = certified(&tight);
    assert_eq!(solution.objective, 2 * most - 1);
    check_prices(&tight, &solution, 0..2);
}

#[test]
fn every_shape_is_certified_and_priced_exactly() {
    let size = Size { people: 900, vacancies: 60, seats: 300, candidates: 40 };
    for shape in Shape::ALL {
        for seed in 0..3 {
            let made = shape.make(size, seed);
            let (solution, _) = certified(&made);
            assert_eq!(
                smallest_prices(&made, &solution.matched),
                solution.vacancy_prices,
                "{}",
                shape.name()
            );
            check_prices(&made, &solution, (0..60).step_by(17));
        }
    }
}

#[test]
fn every_way_to_solve_a_shape_agrees() {
    let size = Size { people: 3_000, vacancies: 150, seats: 900, candidates: 60 };
    for shape in Shape::ALL {
        let made = shape.make(size, 11);
        let (a, _) = certified(&made);
        let (b, _) = certified_by(&made, solve_by_scaling);
        assert_eq!((a.objective, &a.vacancy_prices), (b.objective, &b.vacancy_prices), "{}", shape.name());
        let doubled: Vec<i64> = a.vacancy_prices.iter().map(|price| price * 2).collect();
        for start in [&a.vacancy_prices, &doubled] {
            let (c, _) = certified_by(&made, |it| solve_from(it, start));
            assert_eq!(
                (a.objective, &a.vacancy_prices),
                (c.objective, &c.vacancy_prices),
                "{}",
                shape.name()
            );
        }
    }
}

/// One seat more, one person fewer, and one vacancy closed, each from the prices before.
#[test]
fn small_changes_start_from_old_prices() {
    let size = Size { people: 2_000, vacancies: 100, seats: 600, candidates: 60 };
    let made = Shape::Clustered.make(size, 3);
    let (before, _) = certified(&made);
    let fewer = without_person(&made, 7);
    let mut closed = made.clone();
    closed.seats[3] = 0;
    for changed in [one_more_seat(&made, 5), fewer, closed] {
        let (cold, _) = certified(&changed);
        let (warm, _) = certified_by(&changed, |it| solve_from(it, &before.vacancy_prices));
        assert_eq!(cold, warm);
    }
}

#[test]
fn shapes_survive_renaming() {
    let size = Size { people: 2_000, vacancies: 100, seats: 600, candidates: 60 };
    for shape in [Shape::Random, Shape::Clustered, Shape::Rivals, Shape::ScarcePeople, Shape::ScarceSeats] {
        let made = shape.make(size, 5);
        let (other, people, vacancies) = permuted(&made, 99);
        assert_renamed(&certified(&made).0, &certified(&other).0, &people, &vacancies);
    }
}

#[test]
fn a_chain_moves_everybody() {
    // Person i prefers vacancy i by one point over i + 1; the newcomer at the head pushes all of them on.
    let length = 3_000;
    let mut edges = vec![(length, 0, 500)];
    for person in 0..length {
        edges.push((person, person, 500));
        edges.push((person, person + 1, 499));
    }
    let chain = plain(length + 1, &vec![1; length as usize + 1], &edges);
    let (solution, _) = certified(&chain);
    // Pushing everybody costs one point each, more than the newcomer brings.
    assert_eq!(solution.objective, i64::from(length) * 500);
    let cheap: Vec<_> =
        edges.iter().map(|&(p, v, w)| (p, v, w * 10_000 + i64::from(w == 499) * 9_999)).collect();
    let (solution, _) = certified(&plain(length + 1, &vec![1; length as usize + 1], &cheap));
    assert!(solution.matched.iter().all(Option::is_some));
    assert_eq!(solution.matched[0], Some(1));
}
