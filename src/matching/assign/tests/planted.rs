//! Every fault that can be planted in the solver is found, and without one nothing is.
//!
//! A judge looks at a fixed collection of instances and says what is wrong. It never trusts the solver: answers go to the
//! independent certificate, or are compared with brute force, or with answers to changed inputs.

use super::super::planted::{Fault, plant};
use super::super::shapes::{Dice, Plain, Shape, Size};
use super::super::{Instance, Solution, solve, solve_from};
use super::standing::{Change, Pair};
use super::{brute_force, one_more_seat, permuted, solve_by_scaling, with_unique_sums};
use crate::matching::certificate::{Violation, verify};

/// Every fault with the judge that must find it.
const FAULTS: [(Fault, Judge); 12] = [
    (Fault::SeatTooFew, CERTIFICATE),
    (Fault::PriceNotRaised, CHANGES),
    (Fault::WrongSign, CERTIFICATE),
    (Fault::HolderForgotten, CERTIFICATE),
    (Fault::SmallestLeftOut, SEAT_GAIN),
    (Fault::RowEndSkipped, CERTIFICATE),
    (Fault::UnsoldKeepsPrice, CERTIFICATE),
    (Fault::DigitsIgnored, ORDER),
    (Fault::TotalCut, CERTIFICATE),
    (Fault::StaleBidsTrusted, CHANGES),
    (Fault::OutbidLeftOut, CERTIFICATE),
    (Fault::LossCountedAsGain, CERTIFICATE),
];

/// A name, and what finds the first flaw.
type Judge = (&'static str, fn() -> Result<(), String>);

const CERTIFICATE: Judge = ("certificate", certificate);
const BRUTE_FORCE: Judge = ("brute force", brute);
const SEAT_GAIN: Judge = ("gain of one more seat", seat_gain);
const PERSON_GAIN: Judge = ("loss of one person", person_gain);
const ORDER: Judge = ("order of the input", order);
const MORE: Judge = ("more is never worse", more_is_never_worse);
const CHANGES: Judge = ("changes", changes);
const JUDGES: [Judge; 7] = [CERTIFICATE, BRUTE_FORCE, SEAT_GAIN, PERSON_GAIN, ORDER, MORE, CHANGES];

#[test]
fn nothing_is_found_where_nothing_is_planted() {
    plant(None);
    for (name, judge) in JUDGES {
        assert_eq!(judge(), Ok(()), "{name}");
    }
}

#[test]
fn every_planted_fault_is_found() {
    for (fault, (name, judge)) in FAULTS {
        plant(Some(fault));
        let found = judge();
        plant(None);
        assert!(found.is_err(), "{fault:?} passes the judge \"{name}\"");
    }
}

/// The certificate holds for any optimal prices; that they are the smallest is for the properties to find.
#[test]
fn prices_that_are_optimal_but_not_the_smallest_are_certified() {
    let plain = Plain { people: 2, seats: vec![1, 1], edges: vec![(0, 0, 9), (0, 1, 4), (1, 0, 3)] };
    let dear = Solution {
        matched: vec![Some(0), None],
        objective: 9,
        person_prices: vec![4, 0],
        vacancy_prices: vec![5, 0],
    };
    assert_eq!(certify(&plain, &dear).map(|_| ()), Ok(()));
    assert_eq!(solve(&plain.instance().unwrap()).vacancy_prices, [3, 0]);
}

/// Small instances of every kind: few seats or many, edges missing or not usable, weights alike or not.
fn small_ones() -> Vec<Plain> {
    let mut dice = Dice::new(1);
    (0..150)
        .map(|_| {
            let (people, vacancies, range) = (1 + dice.below(6), 1 + dice.below(4), 2 + dice.below(30));
            let seats = (0..vacancies).map(|_| dice.below(4)).collect();
            let mut edges = Vec::new();
            for person in 0..people {
                for vacancy in 0..vacancies {
                    if dice.below(4) > 0 {
                        edges.push((person, vacancy, i64::from(dice.below(range)) - 2));
                    }
                }
            }
            Plain { people, seats, edges }
        })
        .collect()
}

fn shaped_ones() -> Vec<Plain> {
    let size = Size { people: 600, vacancies: 50, seats: 200, candidates: 40 };
    Shape::ALL.into_iter().map(|shape| shape.make(size, 8)).collect()
}

fn certify(plain: &Plain, answer: &Solution) -> Result<(), Violation> {
    verify(plain.people as usize, &plain.seats, plain.edges.iter().copied(), answer).map(|_| ())
}

fn solved(plain: &Plain) -> Solution {
    solve(&plain.instance().unwrap())
}

/// Prices far above the optimal ones, as an old run might leave them.
fn solve_from_high_prices(instance: &Instance) -> Solution {
    let dear: Vec<i64> = solve(instance).vacancy_prices.iter().map(|price| price * 2 + 3).collect();
    solve_from(instance, &dear)
}

fn certificate() -> Result<(), String> {
    let ways: [fn(&Instance) -> Solution; 3] = [solve, solve_by_scaling, solve_from_high_prices];
    for way in ways {
        for plain in small_ones().into_iter().chain(shaped_ones()) {
            let answer = way(&plain.instance().unwrap());
            certify(&plain, &answer).map_err(|violation| violation.to_string())?;
        }
    }
    Ok(())
}

fn brute() -> Result<(), String> {
    small_ones().iter().try_for_each(|plain| same("optimum", solved(plain).objective, brute_force(plain)))
}

fn seat_gain() -> Result<(), String> {
    for plain in small_ones() {
        let answer = solved(&plain);
        for (vacancy, &price) in answer.vacancy_prices.iter().enumerate() {
            same("gain", price, brute_force(&one_more_seat(&plain, vacancy)) - brute_force(&plain))?;
        }
    }
    Ok(())
}

fn person_gain() -> Result<(), String> {
    for plain in small_ones() {
        let answer = solved(&plain);
        for (person, &price) in (0..).zip(&answer.person_prices) {
            let mut without = plain.clone();
            without.edges.retain(|edge| edge.0 != person);
            same("loss", price, brute_force(&plain) - brute_force(&without))?;
        }
    }
    Ok(())
}

fn order() -> Result<(), String> {
    let digits = small_ones().into_iter().map(|plain| with_unique_sums(&plain));
    for (plain, seed) in digits.chain(shaped_ones()).zip(0..) {
        let (other, _, vacancies) = permuted(&plain, seed);
        let (a, b) = (solved(&plain), solved(&other));
        same("optimum", a.objective, b.objective)?;
        for (old, &new) in vacancies.iter().enumerate() {
            same("price", a.vacancy_prices[old], b.vacancy_prices[new as usize])?;
        }
    }
    Ok(())
}

fn more_is_never_worse() -> Result<(), String> {
    for plain in small_ones().into_iter().chain(shaped_ones()) {
        let before = solved(&plain).objective;
        let after = solved(&one_more_seat(&plain, 0)).objective;
        let mut fewer = plain.clone();
        fewer.edges.retain(|edge| edge.0 != 0);
        if after < before || solved(&fewer).objective > before {
            return Err(format!("{before} before, {after} with one more seat"));
        }
    }
    Ok(())
}

fn changes() -> Result<(), String> {
    let ones = small_ones().into_iter().cycle().take(300).chain(shaped_ones());
    for (plain, seed) in ones.zip(0..) {
        let mut pair = Pair::new(plain);
        let mut dice = Dice::new(seed);
        for _ in 0..25 {
            let kind = dice.below(6) as usize;
            pair.change(Change::ALL[kind], 40, &mut dice);
            pair.check()?;
        }
    }
    Ok(())
}

fn same(what: &str, found: i64, expected: i64) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what} {found} instead of {expected}")) }
}
