//! Properties of a match run on small regencies read from real-looking texts: exact, fair, deaf to order.
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use padankerja::{
    app::{readings, runs::computing},
    domain::{
        ids::{PersonId, VacancyId},
        run::Fate,
    },
    matching::{
        eligibility::{PersonFacts, VacancyFacts},
        fairness::{self, Traits},
        fit,
        policy::Policy,
        priority::Evidence,
        propose::{self, Inputs, Opening, Person, Proposals},
        unknown,
    },
    reading::{
        job::{JobText, read_job},
        profile::{ProfileText, read_profile},
    },
    store::vacancies::Vacancy,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::build;

const PROFILES: [(&str, &str, &str); 8] = [
    ("Menjahit Pakaian", "menjahit; obras", "operator jahit 24 bulan"),
    ("Menjahit Pakaian", "", ""),
    ("Pengelasan SMAW 3G", "las listrik", ""),
    ("Teknik Pendingin dan AC", "", "teknisi ac 12 bulan"),
    ("", "microsoft excel; administrasi", "staf admin 36 bulan"),
    ("Barista", "", ""),
    ("", "", "satpam 12 bulan"),
    ("", "", ""),
];

const JOBS: [(&str, &str); 6] = [
    ("Operator Jahit", "Mengoperasikan mesin jahit. Bisa menjahit dan obras."),
    ("Welder / Tukang Las", "Las SMAW, pengalaman 1 tahun"),
    ("Teknisi AC", "Servis dan pasang AC"),
    ("Staff Admin", "Menguasai Microsoft Excel, administrasi"),
    ("Barista", "Membuat kopi, melayani pelanggan"),
    ("Security", "Satpam, menjaga keamanan"),
];

/// What varies between the people of a case.
#[derive(Clone, Debug)]
struct Draw {
    profile: usize,
    desil: Option<u8>,
    village: usize,
    floor: Option<i64>,
    waits: u8,
    born: i32,
}

fn draws() -> impl Strategy<Value = (Vec<Draw>, Vec<(usize, u32)>)> {
    let person = (
        0..PROFILES.len(),
        prop::option::of(1..=10_u8),
        0..167_usize,
        prop::option::of(Just(3_000_000_i64)),
        0..200_u8,
        1960..2005_i32,
    )
        .prop_map(|(profile, desil, village, floor, waits, born)| Draw {
            profile,
            desil,
            village,
            floor,
            waits,
            born,
        });
    (prop::collection::vec(person, 1..12), prop::collection::vec((0..JOBS.len(), 1..3_u32), 1..5))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(number: usize, draw: &Draw) -> Person {
    let (programmes, skills, experience) = PROFILES[draw.profile];
    let reading = read_profile(&ProfileText { programmes, skills, experience, ..ProfileText::default() });
    Person {
        id: PersonId(Uuid::from_u128(u128::try_from(number).unwrap() + 1)),
        facts: PersonFacts {
            birth_date: NaiveDate::from_ymd_opt(draw.born, 6, 1).unwrap(),
            seeking: true,
            placed: false,
            full: false,
            objects: false,
            available_from: None,
            class_ends_on: None,
            wage_floor: draw.floor,
            max_distance_m: Some(12_000),
            education_rank: Some(3),
            shift_ok: None,
            dormitory_ok: None,
            travels: None,
            lists_certificates: true,
        },
        village: Some(draw.village),
        vector: fit::digest_profile(&reading),
        concepts: fit::profile_concepts(&reading),
        certificates: Vec::new(),
        evidence: Evidence { desil: draw.desil, ..Evidence::default() },
        registered_on: day("2026-11-24") - chrono::TimeDelta::days(i64::from(draw.waits)),
    }
}

fn opening(number: usize, (job, capacity): (usize, u32)) -> Opening {
    let (title, description) = JOBS[job];
    let reading = read_job(&JobText { title, description, ..JobText::default() });
    Opening {
        id: VacancyId(Uuid::from_u128(u128::try_from(number).unwrap() + 1_000)),
        facts: VacancyFacts {
            internship: false,
            wage_max: Some(2_600_000),
            education_rank: Some(3),
            education_most: None,
            certificates: Vec::new(),
            shifts: None,
            shuttle: None,
            dormitory: None,
            closes_on: None,
        },
        village: Some(number * 13 % 167),
        vector: fit::digest_job(&reading),
        concepts: fit::concepts(&reading),
        capacity,
        reserved: 0,
    }
}

fn inputs(people: &[Draw], jobs: &[(usize, u32)]) -> Inputs {
    Inputs {
        people: people.iter().enumerate().map(|(number, draw)| person(number, draw)).collect(),
        openings: jobs.iter().enumerate().map(|(number, job)| opening(number, *job)).collect(),
        settled: HashMap::new(),
        as_of: day("2026-11-24"),
        seed: 7,
    }
}

fn run(inputs: &Inputs, policy: &Policy) -> Proposals {
    propose::propose(inputs, policy, &|_| {}).unwrap()
}

fn pairs(proposals: &Proposals) -> HashSet<(PersonId, VacancyId)> {
    proposals.proposals.iter().map(|place| (place.person, place.vacancy)).collect()
}

/// The best sum of fit and priority by trying everything.
fn brute(inputs: &Inputs, policy: &Policy, from: usize, left: &mut Vec<u32>) -> u32 {
    let Some(person) = inputs.people.get(from) else { return 0 };
    let mut best = brute(inputs, policy, from + 1, left);
    for (index, opening) in inputs.openings.iter().enumerate() {
        if left[index] == 0 {
            continue;
        }
        if let Ok(pair) = propose::judge(inputs, policy, person, opening) {
            left[index] -= 1;
            let value = u32::from(pair.fit) + u32::from(pair.priority);
            best = best.max(value + brute(inputs, policy, from + 1, left));
            left[index] += 1;
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_run_is_as_good_as_trying_everything((people, jobs) in draws()) {
        let (people, jobs) = (&people[..people.len().min(7)], &jobs[..jobs.len().min(3)]);
        let (inputs, policy) = (inputs(people, jobs), Policy::default());
        let found = run(&inputs, &policy);
        let total: u32 =
            found.proposals.iter().map(|p| u32::from(p.pair.fit) + u32::from(p.pair.priority)).sum();
        let mut left: Vec<u32> = inputs.openings.iter().map(|o| o.capacity).collect();
        prop_assert_eq!(total, brute(&inputs, &policy, 0, &mut left));
        prop_assert_eq!(found.figures.optimum, found.figures.dual);
    }

    #[test]
    fn the_order_of_the_input_changes_nothing((people, jobs) in draws(), turn in 0..11_usize) {
        let (inputs, policy) = (inputs(&people, &jobs), Policy::default());
        let mut turned = inputs.clone();
        turned.people.rotate_left(turn % people.len());
        turned.people.reverse();
        turned.openings.reverse();
        prop_assert_eq!(run(&inputs, &policy).proposals, run(&turned, &policy).proposals);
    }

    #[test]
    fn age_above_the_legal_minimum_changes_nothing((people, jobs) in draws(), born in 1950..2006_i32) {
        let (inputs, policy) = (inputs(&people, &jobs), Policy::default());
        let mut aged = inputs.clone();
        for person in &mut aged.people {
            person.facts.birth_date = NaiveDate::from_ymd_opt(born, 6, 1).unwrap();
        }
        prop_assert_eq!(run(&inputs, &policy).proposals, run(&aged, &policy).proposals);
    }

    #[test]
    fn nobody_is_proposed_twice_and_no_slot_twice((people, jobs) in draws()) {
        let inputs = inputs(&people, &jobs);
        let found = run(&inputs, &Policy::default());
        let placed: HashSet<PersonId> = found.proposals.iter().map(|p| p.person).collect();
        prop_assert_eq!(placed.len(), found.proposals.len());
        for opening in &inputs.openings {
            let here = found.proposals.iter().filter(|p| p.vacancy == opening.id).count();
            prop_assert!(here <= usize::try_from(opening.capacity).unwrap());
        }
        let reserve: HashSet<PersonId> = found.reserve.iter().map(|p| p.person).collect();
        prop_assert!(reserve.is_disjoint(&placed));
    }

    /// The list of unknown desils holds everybody who could be proposed and whose desil is unknown, once; those who paid are
    /// just those whom the price counts; the order is by fate, seats and how long they wait.
    #[test]
    fn whoever_is_to_be_looked_up_is_listed_once_and_in_order((people, jobs) in draws()) {
        let (inputs, policy) = (inputs(&people, &jobs), Policy::default());
        let found = run(&inputs, &policy);
        let plain = propose::without_priority(&found, &policy, inputs.seed).unwrap();
        let listed = unknown::in_order(&inputs.people, &found, &plain);

        let person: HashMap<PersonId, &Person> = inputs.people.iter().map(|one| (one.id, one)).collect();
        let ids: HashSet<PersonId> = listed.iter().map(|one| one.person).collect();
        let expected: HashSet<PersonId> =
            found.matched().filter(|id| person[id].evidence.desil.is_none()).collect();
        prop_assert_eq!((listed.len(), &ids), (expected.len(), &expected));
        prop_assert_eq!(listed.len(), found.figures.desil_unknown);

        let traits = inputs.people.iter().map(|one| (one.id, Traits { desil: one.evidence.desil, ..Traits::default() }));
        let with: HashSet<PersonId> = found.proposals.iter().map(|place| place.person).collect();
        let without: HashSet<PersonId> = plain.placed.iter().map(|(id, ..)| *id).collect();
        let paid = fairness::who_paid(&traits.collect(), &without, &with).unknown;
        let of = |fate: Fate| listed.iter().filter(|one| one.fate == fate).count();
        prop_assert_eq!((of(Fate::Paid), of(Fate::Proposed)), (paid.lost, paid.after));
        for one in &listed {
            let seats: u64 = inputs
                .openings
                .iter()
                .filter(|opening| propose::judge(&inputs, &policy, person[&one.person], opening).is_ok())
                .map(|opening| u64::from(opening.capacity))
                .sum();
            prop_assert_eq!(one.seats, seats);
            let forgone = plain.placed.iter().find(|(id, ..)| *id == one.person).map(|(_, at, _)| *at);
            prop_assert_eq!(one.forgone, forgone.filter(|_| one.fate == Fate::Paid));
        }
        for (first, next) in listed.iter().zip(listed.iter().skip(1)) {
            let rank = |one: &unknown::Unlooked| {
                (one.fate, std::cmp::Reverse(one.seats), person[&one.person].registered_on)
            };
            prop_assert!(rank(first) <= rank(next));
        }
    }

    #[test]
    fn one_more_person_never_lowers_the_worth((people, jobs) in draws(), extra in draws()) {
        let policy = Policy::default();
        let worth = |p: &Proposals| -> u32 {
            p.proposals.iter().map(|x| u32::from(x.pair.fit) + u32::from(x.pair.priority)).sum()
        };
        let before = worth(&run(&inputs(&people, &jobs), &policy));
        let more: Vec<Draw> = people.iter().chain(&extra.0[..1]).cloned().collect();
        prop_assert!(worth(&run(&inputs(&more, &jobs), &policy)) >= before);
    }
}

#[test]
fn an_empty_profile_scores_zero_whatever_its_priority() {
    let draw = Draw { profile: 7, desil: Some(1), village: 0, floor: None, waits: 199, born: 1990 };
    for job in 0..JOBS.len() {
        let inputs = inputs(std::slice::from_ref(&draw), &[(job, 1)]);
        assert_eq!(fit::score(&inputs.openings[0].vector, &inputs.people[0].vector), 0);
        assert!(run(&inputs, &Policy::default()).proposals.is_empty());
    }
}

#[test]
fn two_hundred_identical_vacancies_leave_no_seat_empty() {
    let sewing = Draw { profile: 0, desil: None, village: 3, floor: None, waits: 10, born: 1990 };
    let people = vec![sewing; 300];
    let jobs = vec![(0, 1); 200];
    let mut inputs = inputs(&people, &jobs);
    for opening in &mut inputs.openings {
        opening.village = Some(3);
    }
    let found = run(&inputs, &Policy::default());
    assert_eq!(found.proposals.len(), 200);
    assert_eq!(pairs(&found).len(), 200);
}

#[test]
fn among_equals_the_longest_waiting_comes_first() {
    let waiting = |waits| Draw { profile: 0, desil: None, village: 3, floor: None, waits, born: 1990 };
    let inputs = inputs(&[waiting(14), waiting(140), waiting(70)], &[(0, 1)]);
    let found = run(&inputs, &Policy::default());
    assert_eq!(found.proposals[0].person, inputs.people[1].id);
    assert_eq!(found.reserve[0].person, inputs.people[2].id);
}

#[test]
fn what_a_vacancy_tells_counts_before_what_its_text_says() {
    let now = "2026-11-24T02:00:00Z".parse().unwrap();
    let silent = Vacancy {
        description: "Ada antar jemput".to_owned(),
        working_hours: Some("3 shift".to_owned()),
        conditions: Some("mes disediakan".to_owned()),
        ..build::vacancy(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), now)
    };
    let facts = |row: &Vacancy| {
        let VacancyFacts { shuttle, dormitory, shifts, .. } =
            computing::opening(row, &readings::read_vacancy(row)).facts;
        [shuttle, dormitory, shifts]
    };
    assert_eq!(facts(&silent), [Some(true); 3]);
    let no = Some(false);
    let told = Vacancy { shuttle: no, dormitory: no, shifts: no, ..silent.clone() };
    assert_eq!(facts(&told), [no; 3]);
    let nothing = Vacancy {
        description: "Menjahit".to_owned(),
        working_hours: None,
        conditions: None,
        ..silent.clone()
    };
    assert_eq!(facts(&nothing), [None; 3]);
}
