//! What an explanation promises comes true when the run is made again with the one thing changed.
use std::collections::HashMap;

use padankerja::{
    domain::{person::Bar, run::Kind},
    matching::{
        change::{Outcome, Step},
        eligibility::{Exclusion, Unknown},
        explanation::Explanation,
        policy::Policy,
        priority::Evidence,
        propose,
    },
    reading::profile::ProfileText,
};
use proptest::prelude::*;

use super::cases::{FORKLIFT, Known, Wanted, driver, excluded, explained, inputs, person, wanted};

const PROFILES: [(&str, &str, &str, &str); 8] = [
    ("Menjahit Pakaian", "menjahit; obras", "operator jahit 24 bulan", ""),
    ("Menjahit Pakaian", "", "", "BNSP Operator Jahit"),
    ("Operator Jahit/Garmen", "mesin jahit high speed", "", ""),
    ("", "forklift", "operator forklift 36 bulan", ""),
    ("", "forklift", "operator forklift 6 bulan", "SIO Forklift"),
    ("", "stock opname", "staf gudang 12 bulan", ""),
    ("", "", "satpam 12 bulan", ""),
    ("", "", "satpam 24 bulan", "Gada Pratama"),
];

const JOBS: [(&str, &str); 3] = [
    ("Operator Jahit", "- Bisa menjahit, obras, mesin jahit high speed\n- Memiliki sertifikat menjahit"),
    ("Operator Forklift", FORKLIFT),
    ("Security", "- Memiliki Gada Pratama\n- Menjaga keamanan pabrik"),
];

const POLICIES: [&str; 3] = [
    "{}",
    "{\"floors\": [{\"group\": \"desil_1_4\", \"share\": 0.5, \"per\": \"vacancy\"}]}",
    "{\"floors\": [{\"group\": \"disability\", \"share\": 0.4, \"per\": \"run\"}]}",
];

#[derive(Clone, Debug)]
struct Draw {
    profile: usize,
    desil: Option<u8>,
    disability: bool,
    schooled: bool,
}

fn draws() -> impl Strategy<Value = (Vec<Draw>, Vec<u32>, usize)> {
    let one = (0..PROFILES.len(), prop::option::of(1..=10_u8), any::<bool>(), any::<bool>())
        .prop_map(|(profile, desil, disability, schooled)| Draw { profile, desil, disability, schooled });
    (prop::collection::vec(one, 3..14), prop::collection::vec(1..3_u32, JOBS.len()), 0..POLICIES.len())
}

fn regency(draws: &[Draw], places: &[u32]) -> (Vec<Known>, Vec<Wanted>) {
    let people = draws.iter().zip(1..).map(|(draw, number)| {
        let (programmes, skills, experience, certificates) = PROFILES[draw.profile];
        let text = ProfileText { programmes, skills, experience, certificates, ..ProfileText::default() };
        let mut known = person(number, text);
        known.person.evidence =
            Evidence { desil: draw.desil, disability: draw.disability, ..Evidence::default() };
        known.person.facts.education_rank = draw.schooled.then_some(3);
        known
    });
    let openings = JOBS.iter().zip(places).zip(1_000..);
    let openings = openings.map(|(((title, text), places), number)| wanted(number, title, text, *places));
    (people.collect(), openings.collect())
}

/// The person with a step taken, as the profile would be kept.
fn taken(known: &Known, steps: &[Step]) -> Known {
    let mut known = known.clone();
    for step in steps {
        let person = &mut known.person;
        match step {
            Step::Certificate(id) => {
                person.vector = person.vector.with_certificate(id).unwrap();
                person.certificates.push(id.clone());
            }
            Step::Skill(id) => person.vector = person.vector.with_skill(id).unwrap(),
            Step::WageFloor(floor) => person.facts.wage_floor = Some(*floor),
            Step::Distance(limit) => person.facts.max_distance_m = Some(*limit),
            Step::Shifts => person.facts.shift_ok = Some(true),
            Step::Dormitory => person.facts.dormitory_ok = Some(true),
            Step::Education(rank) => person.facts.education_rank = Some(*rank),
            Step::Answer(Unknown::Education) => person.facts.education_rank = Some(3),
            Step::Answer(other) => panic!("{other:?} is always known here"),
        }
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_promised_place_is_given((draws, places, policy) in draws()) {
        let policy = Policy::parse(POLICIES[policy]).unwrap();
        let (people, openings) = regency(&draws, &places);
        for one in explained(&people, &openings, &policy) {
            for change in &one.told.explanation.would_change {
                if change.outcome > Outcome::Proposed {
                    continue;
                }
                let changed: Vec<Known> = people
                    .iter()
                    .map(|known| {
                        let is_meant = known.person.id == one.place.person;
                        if is_meant { taken(known, &change.steps) } else { known.clone() }
                    })
                    .collect();
                let again = propose::propose(&inputs(&changed, &openings), &policy, &|_| ()).unwrap();
                let given = again.proposals.iter().find(|place| place.person == one.place.person);
                prop_assert_eq!(given.map(|place| place.vacancy), Some(one.place.vacancy), "{:?}", change);
                if change.outcome == Outcome::First {
                    prop_assert_eq!(given.map(|place| place.place), Some(1), "{:?}", change);
                }
            }
        }
    }

    #[test]
    fn what_is_stored_is_read_back((draws, places, policy) in draws()) {
        let policy = Policy::parse(POLICIES[policy]).unwrap();
        let (people, openings) = regency(&draws, &places);
        for one in explained(&people, &openings, &policy) {
            let stored = serde_json::to_string(&one.told.explanation).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Explanation>(&stored).unwrap(), &one.told.explanation);
        }
    }

    #[test]
    fn nobody_proposed_is_told_to_change_and_no_reserve_climbs_by_nothing((draws, places, policy) in draws()) {
        let policy = Policy::parse(POLICIES[policy]).unwrap();
        let (people, openings) = regency(&draws, &places);
        for one in explained(&people, &openings, &policy) {
            let e = &one.told.explanation;
            let standing = e.standing.unwrap();
            match standing.kind {
                Kind::Proposal => prop_assert!(e.would_change.is_empty()),
                Kind::Reserve => {
                    prop_assert_eq!(standing.ahead_reserve + 1, one.place.place);
                    let better = Outcome::Reserve(one.place.place);
                    prop_assert!(e.would_change.iter().all(|change| change.outcome < better));
                }
            }
        }
    }
}

#[test]
fn the_certificate_that_is_lacking_lifts_to_the_first_place() {
    let people = [
        person(1, driver("operator forklift 24 bulan", "SIO Forklift")),
        person(2, driver("operator forklift 18 bulan", "")),
        person(3, driver("operator forklift 24 bulan", "")),
    ];
    let mut wanted = [wanted(9, "Operator Forklift", FORKLIFT, 1)];
    wanted[0].opening.capacity = 1;
    let all = explained(&people, &wanted, &Policy::default());
    let places: HashMap<u128, &Explanation> =
        all.iter().map(|one| (one.place.person.0.as_u128(), &one.told.explanation)).collect();
    assert_eq!(places[&1].standing.unwrap().kind, Kind::Proposal);
    let second = places[&3];
    let standing = second.standing.unwrap();
    assert_eq!((standing.place, standing.ahead_proposed, standing.ahead_reserve), (1, 1, 0));
    let lost = places[&1].fit - second.fit;
    assert_eq!(standing.short_by, u32::from(lost));
    // Equal points promise nothing: the certificate alone makes them equals.
    let certificate = Step::Certificate("sio_forklift".to_owned());
    assert!(second.would_change.iter().all(|change| change.steps != [certificate.clone()]), "{second:?}");
    let third = places[&2];
    assert!(
        third
            .would_change
            .iter()
            .any(|change| { change.steps == [certificate.clone()] && change.outcome == Outcome::Reserve(1) })
    );
}

#[test]
fn an_excluded_pair_is_told_the_one_thing_in_the_way() {
    let policy = Policy::default();
    let base = person(1, driver("operator forklift 24 bulan", ""));
    let open = wanted(9, "Operator Forklift", FORKLIFT, 1);
    let steps = |who: &Known, what: &Wanted| -> Vec<Vec<Step>> {
        let told = excluded(who, what, &policy);
        assert!(told.explanation.would_change.iter().all(|change| change.outcome == Outcome::Eligible));
        told.explanation.would_change.into_iter().map(|change| change.steps).collect()
    };
    let mut poor = base.clone();
    poor.person.facts.wage_floor = Some(3_000_000);
    assert_eq!(steps(&poor, &open), [[Step::WageFloor(2_600_000)]]);
    let mut near = base.clone();
    near.person.facts.max_distance_m = Some(10);
    let way = propose::distance(&base.person, &open.opening).unwrap();
    assert_eq!(steps(&near, &open), [[Step::Distance(way)]]);
    let mut lodging = open.clone();
    lodging.opening.facts.dormitory = Some(true);
    assert_eq!(steps(&near, &lodging), [vec![Step::Distance(way)], vec![Step::Dormitory]]);
    near.person.facts.dormitory_ok = Some(false);
    assert_eq!(steps(&near, &lodging), [[Step::Distance(way)], [Step::Dormitory]]);
    let mut schooled = base.clone();
    schooled.person.facts.education_rank = Some(2);
    assert_eq!(steps(&schooled, &open), [[Step::Education(3)]]);
    let mut strict = open.clone();
    strict.opening.facts.certificates = vec![vec!["sio_forklift".to_owned()]];
    assert_eq!(steps(&base, &strict), [[Step::Certificate("sio_forklift".to_owned())]]);
    // Two things in the way: no single one helps.
    assert!(steps(&poor, &strict).is_empty());
    let mut young = base.clone();
    young.person.facts.birth_date = "2010-01-01".parse().unwrap();
    assert_eq!(
        excluded(&young, &open, &policy).explanation.exclusions,
        [Exclusion::Person(Bar::BelowLegalAge)]
    );
    assert!(steps(&young, &open).is_empty());
}

#[test]
fn what_an_earlier_version_stored_is_still_read() {
    let old = "{\"fit\":500,\"priority\":20,\"reasons\":[],\"priority_reasons\":[],\"gaps\":[],\"unknown\":[\"wage\"],\
               \"exclusions\":[],\"distance_m\":1200,\"last_proposed\":{\"fit\":600,\"priority\":0}}";
    let read: Explanation = serde_json::from_str(old).unwrap();
    assert_eq!((read.fit, read.unknown.len(), read.standing, read.unsaid.len()), (500, 1, None, 0));
    assert!(read.way_there.is_empty() && serde_json::to_value(&read).unwrap().get("way_there").is_none());
    assert_eq!(serde_json::from_str::<Explanation>("{}").unwrap(), Explanation::default());
}
