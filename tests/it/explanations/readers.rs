//! The three readers: snapshots of hand-made cases, and what none of their texts may ever hold.
use std::fmt::Write as _;

use padankerja::{
    app::candidates::{shortlist::Entry, summary},
    domain::{
        application::State,
        disclosure::{Audience, Count},
        evidence::Criterion,
        person::Bar,
        run::Kind,
    },
    matching::{
        change::Step,
        eligibility::{Exclusion, Means, Unknown},
        explanation::{ExplainedPair, Offer},
        fit::{self, Contribution, ContributionKind, Gap},
        policy::Policy,
        priority::Evidence,
        summary::MatchSummary,
    },
    reading::profile::ProfileText,
    words::id::{employer, person, reasons, staff},
};
use proptest::prelude::*;

use super::cases::{FORKLIFT, Known, Wanted, driver, excluded, explained, person as someone, wanted};

/// All three texts of a case.
fn three(told: &ExplainedPair) -> String {
    let mut text = String::new();
    let readers = [
        ("person", person::explanation(told)),
        ("staff", staff::explanation(told)),
        ("employer", employer::explanation(told)),
    ];
    for (reader, lines) in readers {
        writeln!(text, "== {reader}\n{}", lines.join("\n")).unwrap();
    }
    text
}

fn forklift() -> (Vec<Known>, Vec<Wanted>) {
    let mut people = vec![
        someone(1, driver("operator forklift 24 bulan", "SIO Forklift")),
        someone(2, driver("operator forklift 12 bulan", "")),
        someone(3, ProfileText { skills: "stock opname", ..driver("operator forklift 12 bulan", "") }),
    ];
    people[1].person.evidence = Evidence { desil: Some(1), disability: true, ..Evidence::default() };
    people[1].person.facts.shift_ok = None;
    people[1].person.facts.education_rank = None;
    let mut openings = vec![wanted(9, "Operator Forklift", FORKLIFT, 1)];
    openings[0].opening.facts.shifts = Some(true);
    (people, openings)
}

fn case(kind: Kind, place: u32, policy: &Policy) -> ExplainedPair {
    let (people, openings) = forklift();
    let all = explained(&people, &openings, policy);
    let found = all
        .into_iter()
        .find(|one| one.place.place == place && one.told.run.is_some_and(|judged| judged.kind == kind));
    found.unwrap().told
}

fn without_priority() -> Policy {
    let none = "{\"priority\": {\"desil\": [0,0,0,0,0,0,0,0,0,0], \"disability\": 0}}";
    Policy::parse(none).unwrap()
}

#[test]
fn proposed() {
    let told = ExplainedPair {
        state: Some(State::Confirmed),
        deadline: "2026-11-27".parse().ok(),
        ..case(Kind::Proposal, 1, &without_priority())
    };
    insta::assert_snapshot!(three(&told));
}

#[test]
fn proposed_with_priority_and_unknowns_that_decide() {
    insta::assert_snapshot!(three(&case(Kind::Proposal, 1, &Policy::default())));
}

#[test]
fn reserve() {
    insta::assert_snapshot!(three(&case(Kind::Reserve, 1, &without_priority())));
}

#[test]
fn reserve_behind_priority() {
    insta::assert_snapshot!(three(&case(Kind::Reserve, 2, &Policy::default())));
}

/// No points are given for it, so the points stay what they were.
#[test]
fn a_shuttle_and_a_dormitory_are_told_with_the_way() {
    let (mut people, mut openings) = forklift();
    people.truncate(1);
    (people[0].person.village, people[0].person.facts.max_distance_m) = (Some(100), None);
    let told = |openings: &[Wanted]| {
        let all = explained(&people, openings, &Policy::default());
        all.into_iter().map(|one| one.told).next().unwrap()
    };
    let silent = told(&openings);
    assert!(silent.explanation.distance_m > Some(7_000), "{silent:?}");
    (openings[0].opening.facts.shuttle, openings[0].opening.facts.dormitory) = (Some(true), Some(true));
    let given = told(&openings);
    let told_in =
        |told: &ExplainedPair| (person::explanation(told).join("\n"), staff::explanation(told).join("\n"));
    let (own, office) = told_in(&given);
    assert!(own.contains("; antar jemput tersedia; ada mes"), "{own}");
    assert!(office.contains(" km; antar jemput tersedia; ada mes"), "{office}");
    let (own, office) = told_in(&silent);
    assert!(![own, office].iter().any(|text| text.contains("antar jemput") || text.contains("mes")));
    assert_eq!(
        (given.explanation.fit, &given.explanation.reasons),
        (silent.explanation.fit, &silent.explanation.reasons)
    );
}

#[test]
fn out_by_the_persons_own_limit() {
    let (mut people, openings) = forklift();
    people[0].person.facts.max_distance_m = Some(100);
    insta::assert_snapshot!(three(&excluded(&people[0], &openings[0], &Policy::default())));
}

#[test]
fn out_by_a_certificate_and_by_age() {
    let (mut people, mut openings) = forklift();
    openings[0].opening.facts.certificates = vec![vec!["sio_forklift".to_owned()]];
    let certificate = three(&excluded(&people[2], &openings[0], &Policy::default()));
    people[0].person.facts.birth_date = "2010-01-01".parse().unwrap();
    let age = three(&excluded(&people[0], &openings[0], &Policy::default()));
    insta::assert_snapshot!(format!("{certificate}\n{age}"));
}

#[test]
fn the_stored_form() {
    insta::assert_json_snapshot!(case(Kind::Reserve, 2, &Policy::default()).explanation);
}

fn entries(count: usize, exclusions: &[Exclusion]) -> Vec<Entry> {
    let told = case(Kind::Reserve, 1, &without_priority());
    let entry = |_| Entry {
        person: someone(1, ProfileText::default()).person.id,
        pair: None,
        exclusions: exclusions.to_vec(),
        explanation: told.explanation.clone(),
    };
    (0..count).map(entry).collect()
}

#[test]
fn counts_for_the_office_and_for_the_employer() {
    let (_, openings) = forklift();
    let policy = Policy::default();
    let mut judged = entries(12, &[]);
    for (at, entry) in judged.iter_mut().enumerate() {
        entry.explanation.distance_m = Some(u32::try_from(at).unwrap() * 2_000);
    }
    judged.extend(entries(7, &[Exclusion::CertificateMissing]));
    judged.extend(entries(6, &[Exclusion::WageBelowFloor]));
    judged.extend(entries(2, &[Exclusion::TooFar]));
    judged.extend(entries(9, &[Exclusion::Person(Bar::Placed)]));
    judged.extend(entries(9, &[Exclusion::TooFar, Exclusion::WageBelowFloor]));
    let found = summary::count("Operator Forklift".to_owned(), &openings[0].job, &judged, &policy, false);
    assert_eq!((found.suitable, found.near_misses), (12, 15));
    let outside = |found: MatchSummary| employer::summary(&found.in_bands().with(Count::Banded)).join("\n");
    let office = employer::summary(&found.clone().with(Count::Exact)).join("\n");
    let told = outside(found.clone());
    insta::assert_snapshot!(format!("== staff\n{office}\n== employer\n{told}"));
    let few = summary::count("X".to_owned(), &openings[0].job, &judged[..4], &policy, false);
    let none = summary::count("X".to_owned(), &openings[0].job, &[], &policy, false);
    let few = outside(few);
    assert_eq!(few, outside(none), "four and none look alike");
    assert_eq!(few.lines().next(), Some("Warga yang sesuai untuk X: kurang dari 5 orang."));
    // Two summaries whose numbers lie in the same bands look alike, whichever number is larger.
    let lacking = |certificate, wage| {
        let judged = [
            entries(certificate, &[Exclusion::CertificateMissing]),
            entries(wage, &[Exclusion::WageBelowFloor]),
        ];
        summary::count("X".to_owned(), &openings[0].job, &judged.concat(), &policy, true)
    };
    assert_eq!(outside(lacking(6, 9)), outside(lacking(9, 5)));
    assert_ne!(outside(lacking(6, 9)), outside(lacking(6, 10)));
    assert!(!outside(lacking(6, 9)).contains("sedikitnya"));
}

#[test]
fn every_band_has_words() {
    let told =
        |audience: Audience| [0, 4, 5, 12, 30, 77, 100, 9_999].map(|n| employer::people(audience.count(n)));
    let outside = [
        "kurang dari 5 orang",
        "kurang dari 5 orang",
        "5 sampai 9 orang",
        "10 sampai 19 orang",
        "20 sampai 49 orang",
        "50 sampai 99 orang",
        "100 orang atau lebih",
        "100 orang atau lebih",
    ];
    assert_eq!(told(Audience::Employer), outside);
    assert_eq!(told(Audience::Office)[3], "12 orang");
}

const KINDS: [ContributionKind; 9] = [
    ContributionKind::Occupation,
    ContributionKind::MustSkill,
    ContributionKind::NiceSkill,
    ContributionKind::Programme,
    ContributionKind::Certificate,
    ContributionKind::Experience,
    ContributionKind::Distance,
    ContributionKind::Wage,
    ContributionKind::Education,
];
const UNSAID: [fit::Unknown; 5] = [
    fit::Unknown::JobOccupation,
    fit::Unknown::JobSkills,
    fit::Unknown::ProfileExperience,
    fit::Unknown::ProfileEducation,
    fit::Unknown::ProfileCertificates,
];

/// The compiler sees to it that every code has words; here that no two share them and none is a bare code.
#[test]
fn every_code_has_words_of_its_own() {
    let subjects = ["8344", "forklift", "forklift", "alas_kaki", "sio_forklift", "8344", "", "", ""];
    let mut all: Vec<String> = Vec::new();
    for (kind, subject) in KINDS.into_iter().zip(subjects) {
        let (job_quote, profile_quote) = (String::new(), String::new());
        let one =
            Contribution { kind, subject: subject.to_owned(), points: 7, max: 9, job_quote, profile_quote };
        all.push(reasons::reason(&one));
        let label = reasons::subject(kind, subject);
        assert!(subject.is_empty() || (label != subject && !label.contains('_')), "{kind:?}: {label}");
        let gap = Gap { kind, subject: subject.to_owned(), job_quote: String::new() };
        assert!(reasons::gap(&gap).starts_with("belum terlihat: "));
    }
    all.extend(Exclusion::ALL.map(|out| reasons::exclusion(out).to_owned()));
    all.extend(Exclusion::ALL.map(|out| person::exclusion(out).to_owned()));
    all.extend(Unknown::ALL.iter().map(|unknown| reasons::unknown(*unknown).to_owned()));
    all.extend(Means::ALL.iter().map(|means| reasons::means(*means).to_owned()));
    all.extend(UNSAID.map(|unsaid| reasons::unsaid(unsaid).to_owned()));
    let criteria = [Criterion::Desil, Criterion::Disability, Criterion::LongUnemployment, Criterion::LaidOff];
    all.extend(criteria.map(|criterion| reasons::criterion(criterion).to_owned()));
    assert!(all.iter().all(|words| words.len() > 3 && !words.contains('_')), "{all:?}");
    let mut sorted = all.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), all.len());
    for unknown in Unknown::ALL {
        assert!(person::unknown(*unknown).contains('?') && !person::step(&Step::Answer(*unknown)).is_empty());
    }
}

/// Lines of a profile and ad as people write them, some of which must never be repeated.
const LINES: [&str; 8] = [
    "forklift",
    "forklift, NIK 9911045501900001",
    "hubungi 0860 1234 5678",
    "keluarga DESIL 2, forklift",
    "penerima DTKS",
    "menata barang dengan forklift di gudang besar milik perusahaan yang panjang sekali namanya sampai melewati batas",
    "SIO \"forklift\"",
    "",
];

fn told() -> impl Strategy<Value = ExplainedPair> {
    let reason = (0..KINDS.len(), 0..LINES.len(), 0..LINES.len(), 1..400_u16);
    let reserve = any::<bool>();
    let out = prop::option::of(0..Exclusion::ALL.len());
    let unknown = prop::option::of(0..Unknown::ALL.len());
    (prop::collection::vec(reason, 0..7), reserve, out, unknown, 301..900_u16).prop_map(
        |(drawn, reserve, out, unknown, worth)| {
            let kind = if reserve { Kind::Reserve } else { Kind::Proposal };
            let mut told = case(kind, 1, &Policy::default());
            let e = &mut told.explanation;
            e.reasons = drawn
                .iter()
                .map(|&(kind, own, asked, points)| Contribution {
                    kind: KINDS[kind],
                    subject: "forklift".to_owned(),
                    points,
                    max: 400,
                    job_quote: LINES[asked].to_owned(),
                    profile_quote: LINES[own].to_owned(),
                })
                .collect();
            e.fit = e.reasons.iter().map(|reason| reason.points).sum();
            e.gaps.iter_mut().zip(&drawn).for_each(|(gap, one)| gap.job_quote = LINES[one.2].to_owned());
            e.exclusions = out.map(|out| Exclusion::ALL[out]).into_iter().collect();
            e.unknown = unknown.map(|unknown| Unknown::ALL[unknown]).into_iter().collect();
            e.priority = 283;
            e.priority_reasons.iter_mut().for_each(|reason| reason.points = 277);
            if let Some(last) = &mut e.last_proposed {
                (last.fit, last.priority) = (worth, 271);
            }
            told
        },
    )
}

/// The numbers of a text.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn person_and_employer_never_read_priority_welfare_or_identity(told in told()) {
        // What is paid is told; here no wage may be taken for points.
        let (wage_min, wage_max) = (None, None);
        let told = ExplainedPair { offer: Offer { wage_min, wage_max, ..told.offer.clone() }, ..told };
        let short = person::explanation(&told);
        prop_assert!((1..=6).contains(&short.len()));
        prop_assert!(short.iter().all(|line| line.chars().count() <= person::WIDTH), "{short:#?}");
        for lines in [short, employer::explanation(&told)] {
            let text = lines.join("\n");
            let lower = text.to_lowercase();
            for word in ["desil", "dtks", "prioritas", "prasejahtera", "disabilitas", "poin", "phk"] {
                prop_assert!(!lower.contains(word), "{word}: {text}");
            }
            let told_numbers = numbers(&text);
            let points = [277, 271, 283, told.explanation.fit.max(51)].map(|points| points.to_string());
            for hidden in points.iter().map(String::as_str).chain(["9911045501900001", "5678"]) {
                prop_assert!(!told_numbers.contains(&hidden), "{hidden}: {text}");
            }
        }
    }

    #[test]
    fn the_points_staff_read_make_up_the_fit(told in told()) {
        let lines = staff::explanation(&told);
        let shown: u32 = lines
            .iter()
            .filter(|line| line.starts_with("  + "))
            .map(|line| line.rsplit_once('+').unwrap().1.parse::<u32>().unwrap())
            .sum();
        prop_assert_eq!(shown, u32::from(told.explanation.fit));
        let head = format!("Alasan (jumlah {}):", told.explanation.fit);
        prop_assert!(lines.contains(&head));
        let text = lines.join("\n");
        prop_assert!(!text.contains("9911045501900001"), "{}", text);
        prop_assert!(text.contains("kebijakan \"default\" revisi 1"));
    }
}

#[test]
fn the_points_of_real_cases_make_up_the_fit() {
    let (people, openings) = forklift();
    for one in explained(&people, &openings, &Policy::default()) {
        let e = &one.told.explanation;
        assert_eq!(e.reasons.iter().map(|reason| reason.points).sum::<u16>(), e.fit);
        assert_eq!(one.place.pair.fit, e.fit);
    }
}
