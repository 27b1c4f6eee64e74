//! The believable regency: careers that make sense, households, few and large classes, ads as people post them, in the trades
//! the regency lives from. What its people say and do day by day is told in `said` and done in `past`.
mod ads;
mod factories;
mod firms;
mod line;
mod people;
pub mod said;
mod services;

use std::ops::Range;

use chrono::NaiveDate;

use crate::{
    domain::intake::{employer::EmployerRow, person::PersonRow, vacancy::VacancyRow},
    sample::{MOST_PEOPLE, Sample, SampleParams},
};

pub use self::{ads::Wanted, firms::Firm, line::sort, people::Drawn};

/// The whole regency. For hundreds of thousands of people, [`people`] makes one at a time.
pub fn regency(params: &SampleParams) -> Sample {
    Sample { employers: employers(params), vacancies: vacancies(params), people: people(params).collect() }
}

/// The employers' rows.
pub fn employers(params: &SampleParams) -> Vec<EmployerRow> {
    firms(params).iter().zip(0..).map(|(firm, number)| firm.row(params.seed, number)).collect()
}

/// The employers themselves, in the order of their rows.
pub fn firms(params: &SampleParams) -> Vec<Firm> {
    (0..u64::from(params.employers.max(1))).filter_map(|number| Firm::new(params.seed, number)).collect()
}

/// The rows of vacancies; their seats add up to the seats asked for.
pub fn vacancies(params: &SampleParams) -> Vec<VacancyRow> {
    wanted(params, &firms(params)).into_iter().map(|wanted| wanted.row).collect()
}

/// The vacancies with the employers and lines of work they belong to.
pub fn wanted(params: &SampleParams, firms: &[Firm]) -> Vec<Wanted> {
    ads::all(params, firms)
}

/// One more vacancy of an employer, for its first line of work: many seats, taught on the job.
pub fn large_vacancy(params: &SampleParams, firms: &[Firm], firm: usize, seats: u32) -> Option<Wanted> {
    ads::large(params, firms, firm, seats)
}

/// The rows of people, one at a time. Person number n is the same however many are made.
pub fn people(params: &SampleParams) -> impl Iterator<Item = PersonRow> + use<> {
    drawn(params).map(|drawn| drawn.row)
}

/// The people with the lines of work they are in.
pub fn drawn(params: &SampleParams) -> impl Iterator<Item = Drawn> + use<> {
    drawn_between(params, 0..params.people)
}

/// The people of these numbers.
pub fn drawn_between(params: &SampleParams, numbers: Range<u32>) -> impl Iterator<Item = Drawn> + use<> {
    let SampleParams { seed, today, .. } = *params;
    (numbers.start..numbers.end.min(MOST_PEOPLE)).filter_map(move |number| people::draw(seed, number, today))
}

/// Person number `number`, who is about to be trained: in this line of work, without jobs in it, to be registered on `today`.
pub fn beginner(seed: u64, number: u32, line: &str, today: NaiveDate) -> Option<Drawn> {
    people::beginner(seed, number, line::find(line)?, today)
}

/// Name of the first programme that trains for a line of work.
pub fn programme(line: &str) -> Option<&'static str> {
    line::words(line::find(line)?.programmes).into_iter().next()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{line::Sort, *};
    use crate::{
        domain::intake::{cell::Cell, person::PersonDraft},
        reading::criteria,
    };

    fn params() -> SampleParams {
        SampleParams { people: 3_000, ..SampleParams::standard("2026-11-24".parse().expect("a date")) }
    }

    fn crowd() -> Vec<(&'static str, PersonDraft)> {
        drawn(&params())
            .map(|drawn| {
                let (draft, problems) =
                    drawn.row.judge(params().today).into_result().expect("a usable person");
                assert_eq!(problems, []);
                (drawn.line, draft)
            })
            .collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_regency() {
        let small = SampleParams { people: 200, ..params() };
        assert_eq!(regency(&small), regency(&small));
        assert_ne!(regency(&small).people, regency(&SampleParams { seed: 1, ..small }).people);
        let more = SampleParams { people: 300, ..small };
        assert_eq!(people(&more).take(200).collect::<Vec<_>>(), people(&small).collect::<Vec<_>>());
    }

    #[test]
    fn the_numbers_asked_for_are_made_and_vacancies_are_complete() {
        for (vacancies, seats, employers) in [(60, 600, 24), (1, 1, 1), (200, 4_000, 100), (10, 3, 2)] {
            let asked = SampleParams { people: 0, vacancies, seats, employers, ..params() };
            let sample = regency(&asked);
            assert_eq!(u32::try_from(sample.employers.len()), Ok(employers));
            assert_eq!(u32::try_from(sample.vacancies.len()), Ok(vacancies));
            let nibs: BTreeSet<&str> = sample.employers.iter().filter_map(|row| row.nib.as_str()).collect();
            let mut made = 0;
            for row in &sample.vacancies {
                let (draft, problems) = row.judge(asked.today).into_result().expect("usable");
                assert_eq!((problems, draft.missing()), (vec![], vec![]), "{row:?}");
                assert!(row.nib.as_str().is_some_and(|nib| nibs.contains(nib)));
                made += draft.seats.unwrap_or(0);
            }
            assert_eq!(made, seats.max(vacancies));
            assert!(sample.employers.iter().all(|row| row.judge().problems.is_empty()));
        }
    }

    /// Few ads ask for what the law restricts, none for money.
    #[test]
    fn some_ads_are_flagged_and_none_asks_for_money() {
        let asked = SampleParams { people: 0, vacancies: 400, seats: 4_000, employers: 60, ..params() };
        let kinds: Vec<Vec<_>> = vacancies(&asked)
            .iter()
            .map(|row| criteria::flags(&row.judge(asked.today).draft.expect("usable"), asked.today))
            .map(|flags| flags.into_iter().map(|flag| flag.kind).collect())
            .collect();
        let flagged = kinds.iter().filter(|flags| !flags.is_empty()).count();
        assert!((10..60).contains(&flagged), "{flagged}");
        assert!(kinds.iter().flatten().all(|kind| kind.can_be_justified()));
    }

    #[test]
    fn ads_read_as_people_post_them() {
        let asked = SampleParams { people: 0, vacancies: 200, seats: 2_000, employers: 60, ..params() };
        let all: Vec<String> =
            vacancies(&asked).iter().filter_map(|row| row.description.as_str().map(str::to_owned)).collect();
        for word in
            ["DIBUTUHKAN SEGERA", "WA 0860", "Syarat", "jemputan", "mes", "shift", "tidak dipungut biaya"]
        {
            assert!(all.iter().filter(|text| text.contains(word)).count() > 5, "{word}");
        }
    }

    /// Every job somebody held, every skill, school and training belongs to one line of work.
    #[test]
    fn careers_stay_in_one_line_of_work() {
        for (key, person) in crowd() {
            let line = line::find(key).expect("known");
            let held: Vec<&str> = person.experience.iter().map(|job| job.title.as_str()).collect();
            let ladder: Vec<&str> = line.ladder.iter().map(|rung| rung.job).collect();
            assert!(held.iter().all(|job| ladder.contains(job)), "{key}: {held:?}");
            assert!(ladder.starts_with(&held), "{key}: {held:?} is not in order");
            if let Some(training) = &person.training {
                assert!(
                    line::words(line.programmes).contains(&training.programme.as_str()),
                    "{key}: {training:?}"
                );
            }
            let age = person.birth_date.map_or(0, |born| params().today.years_since(born).unwrap_or(0));
            let months: u32 = person.experience.iter().filter_map(|job| job.months).sum();
            assert!(months <= (age - 17) * 12, "{key}: {months} months at {age}");
            let education = person.education.expect("told");
            assert!(line.schools.iter().any(|(level, ..)| *level == education), "{key}: {education}");
        }
    }

    #[test]
    fn classes_are_few_and_large() {
        let mut classes: BTreeMap<(String, String), BTreeSet<Option<NaiveDate>>> = BTreeMap::new();
        let mut members = 0;
        for (_, person) in crowd() {
            let Some(training) = person.training else { continue };
            let Some(class) = training.class else { continue };
            members += 1;
            classes.entry((training.programme, class)).or_default().insert(training.ended_on);
        }
        assert!(members > 8 * classes.len(), "{members} in {}", classes.len());
        assert!(classes.values().all(|days| days.len() == 1), "a class ends on one day");
    }

    /// What is asked of somebody.
    type Test<'a> = &'a dyn Fn(&PersonDraft) -> bool;

    #[test]
    fn people_are_a_plausible_crowd() {
        let crowd = crowd();
        let share =
            |test: Test<'_>| crowd.iter().filter(|(_, person)| test(person)).count() * 1_000 / crowd.len();
        let expected: [(&str, usize, usize, Test<'_>); 8] = [
            ("women", 480, 680, &|p| p.sex == crate::domain::nik::Sex::Female),
            ("disability", 8, 36, &|p| matches!(p.disability, Some(Some(_)))),
            ("decile unknown", 220, 350, &|p| p.desil.is_none()),
            ("decile 1 to 4", 300, 520, &|p| p.desil.as_ref().is_some_and(|d| d.desil <= 4)),
            ("trained", 250, 600, &|p| p.training.is_some()),
            ("would live at work", 120, 350, &|p| p.dormitory_ok == Some(true)),
            ("works in shifts", 480, 720, &|p| p.shift_ok == Some(true)),
            ("never worked", 60, 300, &|p| p.experience.is_empty()),
        ];
        for (what, low, high, test) in expected {
            let found = share(test);
            assert!((low..high).contains(&found), "{what}: {found} of 1000");
        }
        let lines: BTreeSet<&str> = crowd.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines.len(), line::all().count());
    }

    #[test]
    fn households_share_card_village_and_decile() {
        let mut households: BTreeMap<String, Vec<PersonDraft>> = BTreeMap::new();
        for (_, person) in crowd() {
            let card = person.family_card.as_ref().map(|card| card.expose().to_owned()).expect("has one");
            households.entry(card).or_default().push(person);
        }
        let shared: Vec<_> = households.values().filter(|members| members.len() > 1).collect();
        assert!(shared.len() > 400, "{}", shared.len());
        assert!(shared.iter().all(|m| m.iter().all(|p| p.village == m[0].village && p.desil == m[0].desil)));
        assert!(shared.iter().filter(|m| m.iter().all(|p| p.phone == m[0].phone)).count() > 80);
    }

    #[test]
    fn a_beginner_learns_what_the_class_teaches() {
        let today = params().today;
        let drawn = beginner(1, 5_000, "las", today).expect("made");
        assert_eq!((drawn.line, drawn.row.programme.clone()), ("las", Cell::Empty));
        assert_eq!(drawn.row.ranking_consent, Cell::text("ya"));
        assert!(drawn.row.judge_form(today).into_result().is_ok());
        assert_eq!((sort("las"), sort("jahit"), sort("toko")), (Sort::Craft, Sort::Factory, Sort::Service));
        assert_eq!(programme("las"), Some("Las SMAW 3G"));
        assert!(beginner(1, 5_000, "nobody", today).is_none() && programme("kurir").is_none());
    }
}
