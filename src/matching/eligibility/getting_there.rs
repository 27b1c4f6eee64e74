//! Shifts, shuttle and dormitory as axioms: what is unknown never excludes, an explicit no is never weaker than it, and
//! neither age nor points are touched.
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::matching::grades;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Somebody of age on the day.
fn people() -> impl Strategy<Value = PersonFacts> {
    let limit = prop::option::of(prop::sample::select(vec![3_000_u32, 10_000, 30_000]));
    let travels = prop::option::of(prop::sample::select(Transport::ALL.to_vec()));
    (limit, travels, any::<Option<bool>>(), any::<Option<bool>>(), 1970..2008_i32).prop_map(
        |(max_distance_m, travels, shift_ok, dormitory_ok, born)| PersonFacts {
            birth_date: NaiveDate::from_ymd_opt(born, 5, 10).expect("a day"),
            seeking: true,
            placed: false,
            full: false,
            objects: false,
            available_from: None,
            class_ends_on: None,
            wage_floor: None,
            max_distance_m,
            travels,
            education_rank: None,
            shift_ok,
            dormitory_ok,
            lists_certificates: false,
        },
    )
}

fn vacancies() -> impl Strategy<Value = VacancyFacts> {
    (any::<Option<bool>>(), any::<Option<bool>>(), any::<Option<bool>>()).prop_map(
        |(shifts, shuttle, dormitory)| VacancyFacts {
            internship: false,
            wage_max: None,
            education_rank: None,
            education_most: None,
            certificates: Vec::new(),
            shifts,
            shuttle,
            dormitory,
            closes_on: None,
        },
    )
}

fn ways() -> impl Strategy<Value = Option<u32>> {
    prop::option::of(0..60_000_u32)
}

type Pair = (PersonFacts, VacancyFacts);

fn out((person, vacancy): &Pair, way: Option<u32>) -> BTreeSet<Exclusion> {
    pair_out(person, vacancy, way, &[], &Policy::default(), day("2026-11-24")).into_iter().collect()
}

fn asked((person, vacancy): &Pair, way: Option<u32>) -> Vec<Unknown> {
    unknowns(person, vacancy, way, &[], &Policy::default())
}

/// A pair with one of the answers set: those about which the rules are.
fn with(pair: &Pair, field: usize, answer: Option<bool>) -> Pair {
    let (mut person, mut vacancy) = pair.clone();
    let place = match field {
        0 => &mut vacancy.shuttle,
        1 => &mut vacancy.dormitory,
        2 => &mut vacancy.shifts,
        3 => &mut person.shift_ok,
        _ => &mut person.dormitory_ok,
    };
    *place = answer;
    (person, vacancy)
}

const FIELDS: usize = 5;
const SHIFTS: usize = 2;

proptest! {
    /// But the person's own distance, which a dormitory they want lifts and nothing unknown does.
    #[test]
    fn what_is_unknown_never_excludes(person in people(), vacancy in vacancies(), way in ways()) {
        let pair = (person, vacancy);
        for field in 0..FIELDS {
            let unknown = out(&with(&pair, field, None), way);
            for answer in [true, false] {
                let known = out(&with(&pair, field, Some(answer)), way);
                let only_by_own_limit = unknown.difference(&known).all(|reason| *reason == Exclusion::TooFar);
                prop_assert!(only_by_own_limit, "{field} {answer}: {unknown:?} {known:?}");
            }
        }
    }

    #[test]
    fn an_explicit_no_is_never_weaker_than_unknown(person in people(), vacancy in vacancies(), way in ways()) {
        let pair = (person, vacancy);
        for field in 0..FIELDS {
            // That the work is in shifts is what a person may refuse; of all others the no is.
            let against = field == SHIFTS;
            let [no, unknown, yes] =
                [Some(against), None, Some(!against)].map(|answer| out(&with(&pair, field, answer), way));
            prop_assert!(no.is_superset(&unknown) && unknown.is_superset(&yes), "{field}: {no:?} {unknown:?} {yes:?}");
        }
    }

    /// A dormitory alone takes nobody out, whatever they say of it.
    #[test]
    fn a_dormitory_excludes_nobody(person in people(), vacancy in vacancies(), way in ways()) {
        let pair = (person, vacancy);
        let [with_one, without] = [Some(true), Some(false)].map(|answer| out(&with(&pair, 1, answer), way));
        prop_assert!(with_one.is_subset(&without));
    }

    #[test]
    fn neither_age_nor_points_are_touched(person in people(), vacancy in vacancies(), way in ways()) {
        let pair = (person, vacancy);
        let older = (PersonFacts { birth_date: day("1966-01-01"), ..pair.0.clone() }, pair.1.clone());
        prop_assert_eq!(out(&pair, way), out(&older, way));
        let young = (PersonFacts { birth_date: day("2010-01-01"), ..pair.0.clone() }, pair.1.clone());
        let mut expected = out(&pair, way);
        expected.insert(Exclusion::Person(Bar::BelowLegalAge));
        prop_assert_eq!(out(&young, way), expected);
        for field in 0..FIELDS {
            for answer in [None, Some(true), Some(false)] {
                let other = with(&pair, field, answer);
                prop_assert_eq!(
                    grades::structured(&pair.0, &pair.1, way),
                    grades::structured(&other.0, &other.1, way)
                );
                let today = day("2026-11-24");
                prop_assert_eq!(person_out(&other.0, today), person_out(&pair.0, today));
            }
        }
    }

    /// A question about the way is one whose answers differ, or whose no would still leave the other one open.
    #[test]
    fn what_is_asked_would_decide(person in people(), vacancy in vacancies(), way in ways()) {
        let pair = (person, vacancy);
        let open = asked(&pair, way);
        if open.contains(&Unknown::Dormitory) {
            let answers = [Some(true), Some(false)].map(|answer| with(&pair, 4, answer));
            let [yes, no] = answers.map(|pair| (out(&pair, way), asked(&pair, way)));
            prop_assert_ne!(yes, no);
        }
        if open.contains(&Unknown::Shuttle) {
            let none = with(&with(&pair, 0, Some(false)), 1, Some(false));
            prop_assert!(out(&none, way).contains(&Exclusion::BeyondReach));
            prop_assert!(!out(&with(&pair, 0, Some(true)), way).contains(&Exclusion::BeyondReach));
        }
        if open.contains(&Unknown::Shifts) || open.contains(&Unknown::ShiftWork) {
            let decided = with(&with(&pair, SHIFTS, Some(true)), 3, Some(false));
            prop_assert!(out(&decided, way).contains(&Exclusion::RefusesShifts));
        }
    }
}

/// On foot, six kilometres away; the default policy says that four are within reach.
fn walker(dormitory_ok: Option<bool>, own_limit: Option<u32>) -> PersonFacts {
    PersonFacts {
        birth_date: day("2000-05-10"),
        seeking: true,
        placed: false,
        full: false,
        objects: false,
        available_from: None,
        class_ends_on: None,
        wage_floor: None,
        max_distance_m: own_limit,
        travels: Some(Transport::Walk),
        education_rank: None,
        shift_ok: None,
        dormitory_ok,
        lists_certificates: false,
    }
}

fn work(shuttle: Option<bool>, dormitory: Option<bool>) -> VacancyFacts {
    VacancyFacts {
        internship: false,
        wage_max: None,
        education_rank: None,
        education_most: None,
        certificates: Vec::new(),
        shifts: None,
        shuttle,
        dormitory,
        closes_on: None,
    }
}

#[test]
fn a_shuttle_or_a_dormitory_lifts_the_limit_of_the_way_of_travel() {
    const SIX: Option<u32> = Some(6_000);
    let (yes, no) = (Some(true), Some(false));
    let told = |person: &PersonFacts, vacancy: &VacancyFacts| {
        let pair = (person.clone(), vacancy.clone());
        (out(&pair, SIX).into_iter().collect::<Vec<_>>(), asked(&pair, SIX), means(person, vacancy))
    };
    let silent = walker(None, None);
    assert_eq!(told(&silent, &work(yes, no)), (vec![], vec![], vec![Means::Shuttle]));
    assert_eq!(told(&silent, &work(no, yes)), (vec![], vec![Unknown::Dormitory], vec![Means::Dormitory]));
    assert_eq!(told(&silent, &work(no, no)), (vec![Exclusion::BeyondReach], vec![], vec![]));
    assert_eq!(told(&silent, &work(None, None)), (vec![], vec![Unknown::Shuttle], vec![]));
    assert_eq!(told(&silent, &work(no, None)), (vec![], vec![Unknown::Shuttle], vec![]));
    // Whoever does not want to live at work is helped by a shuttle alone.
    let refusing = walker(no, None);
    assert_eq!(told(&refusing, &work(no, yes)), (vec![Exclusion::BeyondReach], vec![], vec![]));
    assert_eq!(told(&refusing, &work(yes, yes)), (vec![], vec![], vec![Means::Shuttle]));
    // The own distance is hard, but for a dormitory that is wanted.
    let near = walker(None, Some(5_000));
    assert_eq!(told(&near, &work(yes, no)), (vec![Exclusion::TooFar], vec![], vec![Means::Shuttle]));
    assert_eq!(
        told(&near, &work(no, yes)),
        (vec![Exclusion::TooFar], vec![Unknown::Dormitory], vec![Means::Dormitory])
    );
    let wanting = walker(yes, Some(5_000));
    assert_eq!(told(&wanting, &work(no, yes)), (vec![], vec![], vec![Means::Dormitory]));
    assert_eq!(told(&wanting, &work(yes, None)), (vec![Exclusion::TooFar], vec![], vec![Means::Shuttle]));
}
