//! The plain regency: made quickly, in any size, from the same lists again and again. Measurements of speed name it. Who can
//! do what is drawn trade by trade; whether a career makes sense is not asked here (`believable`).
mod ads;
mod employers;
mod people;
mod sectors;
mod trades;
mod trades_services;

use crate::{
    domain::intake::{employer::EmployerRow, person::PersonRow, vacancy::VacancyRow},
    sample::{MOST_PEOPLE, Sample, SampleParams},
};

/// The whole regency. A person takes about 1.5 KB: for hundreds of thousands, [`people`] makes one at a time.
pub fn regency(params: &SampleParams) -> Sample {
    Sample { employers: employers(params), vacancies: vacancies(params), people: people(params).collect() }
}

pub fn employers(params: &SampleParams) -> Vec<EmployerRow> {
    let all = drawn_employers(params);
    all.iter().zip(0..).map(|(employer, number)| employer.row(params.seed, number)).collect()
}

/// The vacancies; their seats add up to the seats asked for.
pub fn vacancies(params: &SampleParams) -> Vec<VacancyRow> {
    ads::rows(params, &drawn_employers(params))
}

/// The people, one at a time. Person number n is the same however many are made.
pub fn people(params: &SampleParams) -> impl Iterator<Item = PersonRow> + use<> {
    let SampleParams { people, seed, today, .. } = *params;
    (0..people.min(MOST_PEOPLE)).filter_map(move |number| people::row(seed, number, today))
}

fn drawn_employers(params: &SampleParams) -> Vec<employers::Employer> {
    (0..u64::from(params.employers.max(1)))
        .filter_map(|number| employers::Employer::new(params.seed, number))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashSet};

    use super::*;
    use crate::domain::intake::cell::Cell;
    use crate::domain::intake::person::PersonDraft;
    use crate::domain::intake::vacancy::VacancyDraft;
    use crate::domain::nik::Sex;
    use crate::reading::criteria;

    /// What, from and below how many of a thousand, and who counts.
    type Share<'a> = (&'a str, usize, usize, &'a dyn Fn(&PersonDraft) -> bool);

    fn params() -> SampleParams {
        SampleParams { people: 4_000, ..SampleParams::standard("2026-11-24".parse().expect("a date")) }
    }

    fn drafts(params: &SampleParams) -> Vec<PersonDraft> {
        people(params)
            .map(|row| {
                let (draft, problems) = row.judge(params.today).into_result().expect("a usable person");
                assert_eq!(problems, []);
                draft
            })
            .collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_regency() {
        let small = SampleParams { people: 300, ..params() };
        assert_eq!(regency(&small), regency(&small));
        let other = SampleParams { seed: 1, ..small };
        assert_ne!(regency(&small).people, regency(&other).people);
        let more = SampleParams { people: 400, ..small };
        assert_eq!(people(&more).take(300).collect::<Vec<_>>(), people(&small).collect::<Vec<_>>());
    }

    #[test]
    fn the_numbers_asked_for_are_made() {
        for (vacancies, seats, employers) in
            [(60, 600, 24), (1, 1, 1), (200, 4_000, 100), (10, 3, 2), (2_000, 20_000, 400)]
        {
            let wanted = SampleParams { people: 10, vacancies, seats, employers, ..params() };
            let sample = regency(&wanted);
            assert_eq!(sample.employers.len(), usize::try_from(employers).expect("small"));
            assert_eq!(sample.vacancies.len(), usize::try_from(vacancies).expect("small"));
            let made: u32 =
                sample.vacancies.iter().filter_map(|row| row.seats.as_str()?.parse::<u32>().ok()).sum();
            assert_eq!(made, seats.max(vacancies));
        }
    }

    #[test]
    fn vacancies_are_complete_and_their_employers_exist() {
        let sample =
            regency(&SampleParams { people: 0, vacancies: 400, seats: 4_000, employers: 60, ..params() });
        let nibs: BTreeSet<&str> = sample.employers.iter().filter_map(|row| row.nib.as_str()).collect();
        assert_eq!(nibs.len(), 60);
        for row in &sample.employers {
            assert_eq!(row.judge().problems, []);
        }
        let mut flagged = 0;
        for row in &sample.vacancies {
            let (draft, problems) = row.judge(params().today).into_result().expect("usable");
            assert_eq!((problems, draft.missing()), (vec![], vec![]));
            assert!(row.nib.as_str().is_some_and(|nib| nibs.contains(nib)));
            let flags = criteria::flags(&draft, params().today);
            assert_eq!(flags.is_empty(), draft.restriction_reason.is_none(), "{flags:?}");
            flagged += usize::from(!flags.is_empty());
        }
        assert!((4..60).contains(&flagged), "{flagged}");
    }

    #[test]
    fn the_garment_factory_wants_three_hundred() {
        let first = vacancies(&params()).into_iter().next().expect("one");
        assert_eq!((first.seats.as_str(), first.occupation_kbji.as_str()), (Some("300"), Some("8153")));
        let draft: VacancyDraft = first.judge(params().today).draft.expect("usable");
        assert_eq!(draft.reserved_seats, 3);
    }

    #[test]
    fn people_are_a_plausible_crowd() {
        let crowd = drafts(&params());
        let share = |test: &dyn Fn(&PersonDraft) -> bool| {
            crowd.iter().filter(|person| test(person)).count() * 1_000 / crowd.len()
        };
        let expected: [Share<'_>; 8] = [
            ("women", 450, 650, &|p| p.sex == Sex::Female),
            ("disability", 10, 32, &|p| matches!(p.disability, Some(Some(_)))),
            ("decile unknown", 250, 350, &|p| p.desil.is_none()),
            ("decile 1 to 4", 280, 450, &|p| p.desil.as_ref().is_some_and(|d| d.desil <= 4)),
            ("trained", 650, 850, &|p| p.training.is_some()),
            ("no skill named", 20, 120, &|p| p.skills.is_empty()),
            ("wage floor named", 650, 850, &|p| p.wage_floor.is_some()),
            ("own motorcycle", 550, 750, &|p| p.transport.is_some_and(|t| t.as_str() == "motorcycle")),
        ];
        for (what, low, high, test) in expected {
            let found = share(test);
            assert!((low..high).contains(&found), "{what}: {found} of 1000");
        }
        let sewing_over_35 = crowd.iter().filter(|p| {
            p.birth_date.is_some_and(|born| born.to_string().as_str() < "1991-11-24")
                && p.experience.iter().any(|job| job.title.contains("jahit") && job.months > Some(95))
        });
        assert!(sewing_over_35.count() > 200);
    }

    #[test]
    fn households_share_card_village_and_decile() {
        let mut households: BTreeMap<String, Vec<PersonDraft>> = BTreeMap::new();
        for person in drafts(&params()) {
            let card = person.family_card.as_ref().map(|card| card.expose().to_owned()).expect("has one");
            households.entry(card).or_default().push(person);
        }
        let shared: Vec<&Vec<PersonDraft>> =
            households.values().filter(|members| members.len() > 1).collect();
        assert!(shared.len() > 500, "{}", shared.len());
        assert!(shared.iter().all(|m| m.iter().all(|p| p.village == m[0].village && p.desil == m[0].desil)));
        assert!(shared.iter().filter(|m| m.iter().all(|p| p.phone == m[0].phone)).count() > 100);
    }

    #[test]
    fn sample_numbers_are_different_and_marked() {
        let today = params().today;
        let mut seen = HashSet::new();
        let numbers = (0..30_000).chain(985_000..1_000_000).chain(3_990_000..MOST_PEOPLE);
        for number in numbers {
            let row = people::row(1, number, today).expect("made");
            let nik = row.nik.as_str().expect("has one").to_owned();
            assert!(nik.starts_with("99"), "{nik}");
            assert!(crate::domain::nik::Nik::parse(&nik).is_ok(), "{nik}");
            assert!(seen.insert(nik));
        }
    }

    #[test]
    fn villages_are_all_lived_in() {
        let lived: BTreeSet<String> =
            drafts(&params()).iter().filter_map(|p| p.village.map(|v| v.to_string())).collect();
        assert!(lived.len() > 160, "{}", lived.len());
    }

    #[test]
    fn csv_of_people_is_read_back() {
        let small = SampleParams { people: 50, ..params() };
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in people(&small) {
            writer.serialize(row).expect("written");
        }
        let bytes = writer.into_inner().expect("flushed");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let headings = reader.headers().expect("headings").clone();
        let read: Vec<PersonRow> = reader
            .records()
            .map(|record| crate::domain::intake::Row::from_csv(&headings, &record.expect("readable")))
            .collect();
        assert_eq!(read, people(&small).collect::<Vec<_>>());
        assert!(read.iter().all(|row| row.family_card != Cell::Empty));
    }
}
