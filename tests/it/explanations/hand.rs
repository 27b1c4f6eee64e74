//! Twelve people and four vacancies worked out by hand: the points are a table, the best placement follows from it by
//! reasoning that fits on a page, and everything a run says about it is kept as snapshots.
//!
//! # By hand
//! (filled in below the table)
use std::collections::{HashMap, HashSet};

use padankerja::{
    http::words::{employer, person, staff},
    matching::{
        fairness::{self, Traits},
        gap::{self, Standing},
        policy::Policy,
        priority::Evidence,
        problem::losses,
        propose::{self, table::Table},
    },
    reading::profile::ProfileText,
};
use serde_json::json;

use super::cases::{Known, Wanted, driver, explained, inputs, person as someone, wanted};

fn sewer(skills: &'static str, experience: &'static str) -> ProfileText<'static> {
    ProfileText { programmes: "Menjahit Pakaian", skills, experience, ..ProfileText::default() }
}

fn clerk(skills: &'static str, experience: &'static str) -> ProfileText<'static> {
    ProfileText { skills, experience, ..ProfileText::default() }
}

fn people() -> Vec<Known> {
    let texts = [
        sewer("menjahit; obras", "operator jahit 24 bulan"),
        sewer("menjahit; obras", ""),
        sewer("menjahit", ""),
        sewer("menjahit", ""),
        sewer("", ""),
        ProfileText {
            skills: "quality control",
            experience: "quality control garmen 12 bulan",
            ..ProfileText::default()
        },
        driver("operator forklift 24 bulan", "SIO Forklift"),
        driver("operator forklift 24 bulan", ""),
        clerk("microsoft excel; administrasi", "staf admin 24 bulan"),
        clerk("microsoft excel; administrasi", ""),
        clerk("microsoft excel; administrasi", ""),
        ProfileText::default(),
    ];
    let desil =
        [None, Some(9), Some(9), Some(2), Some(1), Some(5), None, Some(1), Some(8), Some(4), None, Some(1)];
    let mut all: Vec<Known> = (1..).zip(texts).map(|(number, text)| someone(number, text)).collect();
    for (at, (known, desil)) in all.iter_mut().zip(desil).enumerate() {
        known.person.evidence = Evidence { desil, disability: at == 10, ..Evidence::default() };
    }
    all
}

fn openings() -> Vec<Wanted> {
    let mut all = vec![
        wanted(101, "Operator Jahit", "- Bisa menjahit dan obras\n- Mengoperasikan mesin jahit", 3),
        wanted(102, "Quality Control Garmen", "- Memeriksa hasil jahitan\n- Quality control", 1),
        wanted(103, "Operator Forklift", "- Mengoperasikan forklift\n- Memiliki SIO forklift", 1),
        wanted(104, "Staf Administrasi", "- Menguasai Microsoft Excel\n- Administrasi dan arsip", 2),
    ];
    all[2].opening.facts.certificates = vec!["sio_forklift".to_owned()];
    all[3].opening.reserved = 1;
    all
}

/// Half of the open places of every vacancy for known desil 1 to 4, rounded down.
fn policy() -> Policy {
    let floor = "{\"floors\": [{\"group\": \"desil_1_4\", \"share\": 0.5, \"per\": \"vacancy\"}]}";
    Policy::parse(floor).unwrap()
}

/// Fit and priority of every eligible pair; rows are people, columns vacancies.
const POINTS: [[Option<(u16, u16)>; 4]; 12] = [[None; 4]; 12];

#[test]
fn the_points_are_those_of_the_table() {
    let (people, openings, policy) = (people(), openings(), policy());
    let inputs = inputs(&people, &openings);
    let judge = |who: &Known, what: &Wanted| {
        propose::judge(&inputs, &policy, &who.person, &what.opening)
            .ok()
            .map(|pair| (pair.fit, pair.priority))
    };
    let found: Vec<Vec<_>> =
        people.iter().map(|who| openings.iter().map(|what| judge(who, what)).collect()).collect();
    assert_eq!(found, POINTS.map(|row| row.to_vec()).to_vec());
}

/// Who is placed where, and who waits in which order, as worked out above.
#[test]
fn the_placement_is_that_worked_out_by_hand() {
    let (people, openings) = (people(), openings());
    let found = propose::propose(&inputs(&people, &openings), &policy(), &|_| {}).unwrap();
    let number = |id: uuid::Uuid| id.as_u128();
    let told = |places: &[propose::Place]| {
        let told =
            places.iter().map(|p| (number(p.vacancy.0), number(p.person.0), p.pair.fit, p.pair.priority));
        told.collect::<Vec<_>>()
    };
    insta::assert_json_snapshot!(json!({
        "proposals (vacancy, person, fit, priority)": told(&found.proposals),
        "reserve (vacancy, person, fit, priority)": told(&found.reserve),
        "figures": found.figures,
        "prices": found.placement.room_prices(4),
    }));
}

#[test]
fn three_readers_are_told_why() {
    let told: Vec<_> = explained(&people(), &openings(), &policy())
        .iter()
        .map(|one| {
            json!({
                "vacancy": one.place.vacancy.0.as_u128(),
                "person": one.place.person.0.as_u128(),
                "to the person": person::explanation(&one.told),
                "to staff": staff::explanation(&one.told),
                "to the employer": employer::explanation(&one.told),
            })
        })
        .collect();
    insta::assert_json_snapshot!(told);
}

#[test]
fn what_is_missing() {
    let (people, openings, policy) = (people(), openings(), policy());
    let inputs = inputs(&people, &openings);
    let found = propose::propose(&inputs, &policy, &|_| {}).unwrap();
    let table = Table::new(&inputs, &policy);
    let scheme = propose::scheme(&policy, inputs.seed);
    let losses = losses::largest_prices(&found.problem, &scheme, &found.placement);
    let standing = Standing {
        table: &table,
        problem: &found.problem,
        placement: &found.placement,
        scheme,
        losses: &losses,
    };
    let mut opens: Vec<(u128, Vec<gap::Opens>)> = (0..table.people.len())
        .map(|at| (table.people[at].id.0.as_u128(), gap::of_person(&standing, at)))
        .filter(|(_, opens)| !opens.is_empty())
        .collect();
    opens.sort_by_key(|(person, _)| *person);
    let lacking: Vec<_> = (0..table.openings.len()).map(|room| gap::of_vacancy(&standing, room)).collect();
    insta::assert_json_snapshot!(json!({ "opens": opens, "lacking": lacking }));
}

#[test]
fn who_was_proposed_among_those_who_could_be() {
    let (people, openings) = (people(), openings());
    let found = propose::propose(&inputs(&people, &openings), &policy(), &|_| {}).unwrap();
    let traits: HashMap<_, _> = people
        .iter()
        .map(|known| {
            let evidence = known.person.evidence;
            let (desil, disability) = (evidence.desil, evidence.disability);
            (known.person.id, Traits { desil, disability, ..Traits::default() })
        })
        .collect();
    let proposed: HashSet<_> = found.proposals.iter().map(|place| place.person).collect();
    insta::assert_json_snapshot!(fairness::report(&traits, found.matched(), &proposed));
}
