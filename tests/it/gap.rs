//! What is missing, checked by giving it: with the certificate, the skill or the class, the run places more.
use std::collections::HashMap;

use chrono::NaiveDate;
use padankerja::{
    app::{
        AppError,
        access::acting::Acting,
        employers, policies,
        runs::{computing, gap::Moment},
    },
    domain::{
        employer,
        ids::{EmployerId, PersonId, RecordId, VacancyId},
        plan::Certainty,
    },
    matching::{
        eligibility::{PersonFacts, VacancyFacts},
        fit,
        gap::{self, Item, Standing, classes},
        policy::Policy,
        priority::Evidence,
        problem::losses,
        propose::{self, Inputs, Opening, Person, table::Table},
    },
    reading::{
        job::{JobText, read_job},
        profile::{ProfileText, read_profile},
    },
    store::employers::{self as rows, HiringPlan},
    transact,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::{
    database::{TestDb, both_databases},
    fixture,
};

const PROFILES: [(&str, &str, &str); 7] = [
    ("Menjahit Pakaian", "menjahit", ""),
    ("Menjahit Pakaian", "menjahit; obras", "operator jahit 12 bulan"),
    ("Pengelasan SMAW 3G", "las listrik", ""),
    ("", "mengemudi", "sopir 24 bulan"),
    ("", "microsoft excel", ""),
    ("", "", "satpam 12 bulan"),
    ("", "", ""),
];

const JOBS: [(&str, &str, &str); 6] = [
    ("Operator Jahit", "Mengoperasikan mesin jahit dan mesin obras, membaca pola", ""),
    ("Welder", "Las SMAW 3G", ""),
    ("Sopir Truk", "Mengemudi truk", "sim_b1"),
    ("Satpam", "Menjaga keamanan", "gada_pratama"),
    ("Staf Administrasi", "Microsoft Excel, surat menyurat, arsip", ""),
    ("Quality Control Garmen", "Memeriksa jahitan", ""),
];

fn person(number: u128, profile: usize, desil: Option<u8>) -> Person {
    let (programmes, skills, experience) = PROFILES[profile];
    let reading = read_profile(&ProfileText { programmes, skills, experience, ..ProfileText::default() });
    Person {
        id: PersonId(Uuid::from_u128(number + 1)),
        facts: PersonFacts {
            birth_date: "1995-01-01".parse().unwrap(),
            seeking: true,
            placed: false,
            full: false,
            objects: false,
            available_from: None,
            class_ends_on: None,
            wage_floor: None,
            max_distance_m: None,
            education_rank: Some(3),
            shift_ok: None,
            dormitory_ok: None,
            travels: None,
            lists_certificates: true,
        },
        village: None,
        vector: fit::digest_profile(&reading),
        concepts: fit::profile_concepts(&reading),
        certificates: Vec::new(),
        evidence: Evidence { desil, ..Evidence::default() },
        registered_on: day("2026-11-01"),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn opening(number: u128, job: usize, capacity: u32) -> Opening {
    let (title, description, certificate) = JOBS[job];
    let reading = read_job(&JobText { title, description, ..JobText::default() });
    Opening {
        id: VacancyId(Uuid::from_u128(number + 1_000)),
        facts: VacancyFacts {
            internship: false,
            wage_max: None,
            education_rank: None,
            education_most: None,
            certificates: (!certificate.is_empty())
                .then(|| vec![certificate.to_owned()])
                .into_iter()
                .collect(),
            shifts: None,
            shuttle: None,
            dormitory: None,
            closes_on: None,
        },
        village: None,
        vector: fit::digest_job(&reading),
        concepts: fit::concepts(&reading),
        capacity,
        reserved: 0,
    }
}

fn inputs(people: &[(usize, Option<u8>)], jobs: &[(usize, u32)]) -> Inputs {
    Inputs {
        people: (0..)
            .zip(people)
            .map(|(number, (profile, desil))| person(number, *profile, *desil))
            .collect(),
        openings: (0..).zip(jobs).map(|(number, (job, capacity))| opening(number, *job, *capacity)).collect(),
        settled: HashMap::new(),
        as_of: day("2026-11-24"),
        seed: 3,
    }
}

/// Asks about a solved moment.
fn standing<T>(inputs: &Inputs, policy: &Policy, ask: impl FnOnce(&Standing<'_>) -> T) -> T {
    let found = propose::propose(inputs, policy, &|_| {}).unwrap();
    let table = Table::new(inputs, policy);
    let scheme = propose::scheme(policy, inputs.seed);
    let losses = losses::largest_prices(&found.problem, &scheme, &found.placement);
    let (problem, placement) = (&found.problem, &found.placement);
    ask(&Standing { table: &table, problem, placement, scheme, losses: &losses })
}

/// The person with one more item, and what finds them.
fn given(person: &Person, item: &Item, openings: &[Opening]) -> Person {
    let mut more = person.clone();
    match item {
        Item::Certificate(id) => {
            more.vector = more.vector.with_certificate(id).unwrap_or(more.vector);
            more.certificates.push(id.clone());
        }
        Item::Skill(id) => more.vector = more.vector.with_skill(id).unwrap(),
    }
    // Found by everything there is: whether they score is not decided by what they are found by.
    more.concepts = openings.iter().flat_map(|o| o.concepts.clone()).collect();
    more
}

/// Profile and desil of every person.
type People = Vec<(usize, Option<u8>)>;

fn cases() -> impl Strategy<Value = (People, Vec<(usize, u32)>)> {
    let people = prop::collection::vec((0..PROFILES.len(), prop::option::of(1..=10_u8)), 1..10);
    (people, prop::collection::vec((0..JOBS.len(), 1..3_u32), 1..5))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whoever_gets_the_item_is_placed((people, jobs) in cases()) {
        let (inputs, policy) = (inputs(&people, &jobs), Policy::default());
        let before = propose::propose(&inputs, &policy, &|_| {}).unwrap();
        let told: Vec<(PersonId, Vec<gap::Opens>)> = standing(&inputs, &policy, |standing| {
            let people = standing.table.people.iter().enumerate();
            people.map(|(index, person)| (person.id, gap::of_person(standing, index))).collect()
        });
        for (id, opens) in told {
            if before.proposals.iter().any(|place| place.person == id) {
                continue;
            }
            for one in opens {
                let mut after = inputs.clone();
                let person = after.people.iter_mut().find(|person| person.id == id).unwrap();
                *person = given(person, &one.item, &inputs.openings);
                let found = propose::propose(&after, &policy, &|_| {}).unwrap();
                prop_assert!(found.proposals.iter().any(|place| place.person == id), "{:?}", one);
                prop_assert!(found.figures.optimum > before.figures.optimum);
            }
        }
    }

    #[test]
    fn a_class_gains_no_more_than_its_bound((people, jobs) in cases()) {
        let (inputs, policy) = (inputs(&people, &jobs), Policy::default());
        let found = standing(&inputs, &policy, |standing| classes::classes(standing, &|_| {})).unwrap();
        for class in &found {
            prop_assert!(class.bound > 0 && class.people.len() <= classes::CLASS);
            if let Some(gain) = class.gain {
                prop_assert!((0..=class.bound).contains(&gain), "{:?}", class);
            }
        }
    }
}

#[test]
fn a_driver_is_told_of_the_licence() {
    let inputs = inputs(&[(3, None)], &[(2, 2), (0, 1)]);
    let policy = Policy::default();
    let opens = standing(&inputs, &policy, |standing| gap::of_person(standing, 0));
    assert_eq!(opens[0].item, Item::Certificate("sim_b1".to_owned()));
    assert_eq!(opens[0].vacancies, [inputs.openings[0].id]);
    let lacking = standing(&inputs, &policy, |standing| gap::of_vacancy(standing, 0)).unwrap();
    assert_eq!((lacking.places, lacking.suitable, lacking.near), (2, 0, 1));
    assert_eq!(lacking.items[0], (Item::Certificate("sim_b1".to_owned()), 1));
}

#[test]
fn a_class_is_opened_where_seats_stay_empty() {
    let jobless: Vec<(usize, Option<u8>)> = vec![(6, None); 20];
    let inputs = inputs(&jobless, &[(1, 12)]);
    let found =
        standing(&inputs, &Policy::default(), |standing| classes::classes(standing, &|_| {})).unwrap();
    let best = &found[0];
    assert!(best.programme.contains("las"), "{best:?}");
    assert_eq!(best.placed, Some(12), "twelve places, sixteen in the class");
    assert!(best.gain.unwrap() > 0);
}

/// A hiring plan as an employer announces it.
fn plan(number: u128, employer: EmployerId, certainty: Certainty, month: &str) -> HiringPlan {
    HiringPlan {
        id: RecordId(Uuid::from_u128(number)),
        employer_id: employer,
        job: "Operator jahit".to_owned(),
        occupation_code: None,
        seats: 5,
        village: None,
        month: day(month),
        certainty,
        created_at: chrono::DateTime::UNIX_EPOCH,
    }
}

both_databases!(announced_plans_are_demand_when_asked_and_never_in_a_run, |db: TestDb| async move {
    let app = fixture::app(db);
    let employer = fixture::employer(&app, "PT Contoh Garmen").await;
    let suspended = fixture::employer(&app, "PT Contoh Ditangguhkan").await;
    let unchecked: Result<EmployerId, AppError> = async {
        transact!(app, tx => {
            let reason = Some("aduan pungutan".to_owned());
            let suspend = employer::Event::Suspend;
            employers::change(&app, tx, &Acting::terminal(), suspended, suspend, reason.clone(), None).await?;
            Ok(employers::register_by_name(&app, tx, &Acting::terminal(), "PT Belum Diperiksa", true).await?.id)
        })
    }
    .await;
    let unchecked = unchecked.unwrap();
    let mut tx = app.db.write().await.unwrap();
    for plan in [
        plan(1, employer, Certainty::Decided, "2999-01-01"),
        plan(2, employer, Certainty::Likely, "2999-01-01"),
        plan(3, employer, Certainty::Idea, "2999-01-01"),
        plan(4, employer, Certainty::Decided, "2020-01-01"),
        plan(5, unchecked, Certainty::Decided, "2999-01-01"),
        plan(6, suspended, Certainty::Decided, "2999-01-01"),
    ] {
        rows::insert_plan(&mut tx, &plan).await.unwrap();
    }
    tx.commit().await.unwrap();
    let moment = Moment::load(&app).await.unwrap();
    let places =
        |number: u128| moment.of_vacancy(VacancyId(Uuid::from_u128(number))).map(|found| found.places);
    assert_eq!([1, 2, 3, 4, 5, 6].map(places), [Some(5), Some(5), None, None, None, None]);
    let policy = policies::policy(&app, policies::DEFAULT_POLICY).await.unwrap();
    let request = computing::Request { policy, as_of: app.clock.today(), seed: 1, started_by: None };
    let run = computing::begin(&app, &request).await.unwrap();
    let summary = computing::work(&app, run, &request, computing::Progress::default()).await.unwrap();
    assert_eq!((&summary["vacancies"], &summary["slots"]), (&0.into(), &0.into()));
});
