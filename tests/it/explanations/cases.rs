//! Hand-made people and openings, placed by a real run and explained as the service does it.
use std::collections::HashMap;

use padankerja::{
    app::candidates::posted,
    domain::{
        ids::{PersonId, RunId, VacancyId},
        run::Kind,
    },
    matching::{
        change::{Case, Field},
        eligibility::PersonFacts,
        explanation::{self, ExplainedPair, Explanation, Judged, Offer},
        fit,
        policy::Policy,
        priority::Evidence,
        propose::{self, Inputs, Opening, Person, Place},
    },
    reading::{
        job::{JobReading, JobText, read_job},
        profile::{ProfileReading, ProfileText, read_profile},
    },
};
use uuid::Uuid;

/// A person with the reading behind.
#[derive(Clone)]
pub struct Known {
    pub person: Person,
    pub profile: ProfileReading,
}

/// An opening with the reading behind.
#[derive(Clone)]
pub struct Wanted {
    pub title: &'static str,
    pub opening: Opening,
    pub job: JobReading,
}

/// A person who learnt and did this; lives in the village of the openings and takes any wage and way.
pub fn person(number: u128, text: ProfileText<'_>) -> Known {
    let profile = read_profile(&text);
    let held = profile.certificates.iter().map(|mention| mention.id.clone()).collect();
    let person = Person {
        id: PersonId(Uuid::from_u128(number)),
        facts: PersonFacts {
            birth_date: "1996-05-10".parse().unwrap(),
            seeking: true,
            placed: false,
            full: false,
            objects: false,
            available_from: None,
            class_ends_on: None,
            wage_floor: Some(2_500_000),
            max_distance_m: Some(15_000),
            education_rank: Some(3),
            shift_ok: Some(true),
            dormitory_ok: None,
            travels: None,
            lists_certificates: true,
        },
        village: Some(10),
        vector: fit::digest_profile(&profile),
        concepts: fit::profile_concepts(&profile),
        certificates: held,
        evidence: Evidence::default(),
        registered_on: "2026-10-01".parse().unwrap(),
    };
    Known { person, profile }
}

/// An opening with so many places.
pub fn wanted(number: u128, title: &'static str, description: &str, capacity: u32) -> Wanted {
    let job = read_job(&JobText { title, description, ..JobText::default() });
    let mut opening = posted::opening(&job);
    opening.id = VacancyId(Uuid::from_u128(number));
    opening.village = Some(12);
    opening.capacity = capacity;
    // What is truly required is set by the cases that are about it.
    opening.facts.certificates = Vec::new();
    opening.facts.wage_max = Some(2_600_000);
    opening.facts.education_rank = Some(3);
    Wanted { title, opening, job }
}

/// What a run depends on.
pub fn inputs(people: &[Known], wanted: &[Wanted]) -> Inputs {
    Inputs {
        people: people.iter().map(|known| known.person.clone()).collect(),
        openings: wanted.iter().map(|wanted| wanted.opening.clone()).collect(),
        settled: HashMap::new(),
        as_of: "2026-11-24".parse().unwrap(),
        seed: 7,
    }
}

/// One explained place.
pub struct Explained {
    pub place: Place,
    pub told: ExplainedPair,
}

/// Runs the match and explains every place.
pub fn explained(people: &[Known], wanted: &[Wanted], policy: &Policy) -> Vec<Explained> {
    let inputs = inputs(people, wanted);
    let found = propose::propose(&inputs, policy, &|_| ()).unwrap();
    let by_id: HashMap<PersonId, &Person> = inputs.people.iter().map(|p| (p.id, p)).collect();
    let fields = Field::of_run(&found.proposals, &found.reserve, &by_id, policy);
    let last: HashMap<VacancyId, &Place> =
        found.proposals.iter().map(|place| (place.vacancy, place)).collect();
    let kinds = found.proposals.iter().map(|place| (place, Kind::Proposal));
    let kinds = kinds.chain(found.reserve.iter().map(|place| (place, Kind::Reserve)));
    kinds
        .map(|(place, kind)| {
            let who = people.iter().find(|known| known.person.id == place.person).unwrap();
            let what = wanted.iter().find(|wanted| wanted.opening.id == place.vacancy).unwrap();
            let last = last.get(&place.vacancy).copied();
            let plain =
                explanation::of_pair(&who.person, &what.opening, &what.job, &who.profile, policy, last);
            let case = Case { person: &who.person, opening: &what.opening, policy, as_of: inputs.as_of };
            let whole = explanation::stands(plain, &case, &fields[&place.vacancy], kind, place.place);
            let run = Judged {
                run: RunId(Uuid::from_u128(0x77)),
                as_of: inputs.as_of,
                kind,
                place: i64::from(place.place),
            };
            Explained { place: place.clone(), told: told(what.title, whole, Some(run)) }
        })
        .collect()
}

/// The explanation of a pair that is out.
pub fn excluded(who: &Known, what: &Wanted, policy: &Policy) -> ExplainedPair {
    let inputs = inputs(std::slice::from_ref(who), std::slice::from_ref(what));
    let out = propose::judge(&inputs, policy, &who.person, &what.opening).unwrap_err();
    let mut plain = explanation::of_pair(&who.person, &what.opening, &what.job, &who.profile, policy, None);
    plain.exclusions = out;
    let case = Case { person: &who.person, opening: &what.opening, policy, as_of: inputs.as_of };
    told(what.title, explanation::is_out(plain, &case), None)
}

fn told(title: &str, explanation: Explanation, run: Option<Judged>) -> ExplainedPair {
    ExplainedPair {
        title: title.to_owned(),
        explanation,
        policy: "default".to_owned(),
        revision: 1,
        run,
        state: None,
        deadline: None,
        interview: None,
        offer: Offer {
            employer: Some("PT Contoh Maju".to_owned()),
            place: Some("Desa Plesan, Kecamatan Nguter".to_owned()),
            wage_min: Some(2_500_000),
            wage_max: Some(2_800_000),
            hours: Some("Senin-Sabtu 07.00-15.00".to_owned()),
        },
    }
}

pub const FORKLIFT: &str = "- Mengoperasikan forklift di gudang bahan baku\n- Diutamakan pengalaman 2 tahun\n\
                            - Memiliki SIO forklift\n- Bisa stock opname";

/// Text of somebody who drives a forklift.
pub fn driver(experience: &'static str, certificates: &'static str) -> ProfileText<'static> {
    ProfileText { skills: "forklift", experience, certificates, ..ProfileText::default() }
}
