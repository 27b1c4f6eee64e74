//! One moment of the database, read for a match run: rows, then readings, then digests.
//!
//! Belongs here: what a run depends on and how it is loaded. Does not belong here: running (the parent), points.
use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::{
    app::{AppError, readings},
    domain::{
        application,
        evidence::Criterion,
        ids::{PersonId, VacancyId},
        intake::words::Transport,
        person::has_room,
        region::{self, RegionCode},
    },
    matching::{
        eligibility::{Exclusion, PersonFacts, VacancyFacts},
        fairness::Traits,
        fit,
        policy::Policy,
        priority::Evidence,
        propose::{Inputs, Opening, Person},
    },
    reading::{
        arrangements::Arrangements,
        job::JobReading,
        labels,
        profile::{ProfileReading, Source},
    },
    store::{
        Tx, pairs, people,
        profiles::{self as profile_rows, Profile},
        vacancies::{self, Vacancy},
    },
};

/// One moment of the database, ready for a run.
pub struct Loaded {
    /// What the run depends on.
    pub inputs: Inputs,
    /// The readings behind the digests, for explanations.
    pub jobs: HashMap<VacancyId, JobReading>,
    /// The same for people.
    pub profiles: HashMap<PersonId, ProfileReading>,
    /// What reports group people by; no input of a run.
    pub traits: HashMap<PersonId, Traits>,
}

/// The rows of one moment, not yet read.
pub struct Fetched {
    vacancies: Vec<Vacancy>,
    people: Vec<people::MatchRow>,
    profiles: HashMap<PersonId, Profile>,
    evidence: HashMap<PersonId, Evidence>,
    settled: HashMap<(PersonId, VacancyId), Exclusion>,
    as_of: NaiveDate,
    seed: u64,
}

/// Fetches what a run depends on, in one reading transaction.
pub async fn fetch(tx: &mut Tx, policy: &Policy, as_of: NaiveDate, seed: i64) -> Result<Fetched, AppError> {
    let mut open = vacancies::open(tx).await?;
    open.retain(|listed| listed.standing().takes_people(as_of).is_ok());
    Ok(Fetched {
        vacancies: open.into_iter().map(|listed| listed.vacancy).collect(),
        people: people::match_rows(tx).await?,
        profiles: readings::all(tx).await?,
        evidence: evidence(tx, as_of).await?,
        settled: settled(tx, policy, as_of).await?,
        as_of,
        seed: u64::from_ne_bytes(seed.to_ne_bytes()),
    })
}

/// Reads and digests the fetched rows, on two threads.
pub fn digest(fetched: Fetched) -> Loaded {
    let Fetched { vacancies, people, profiles: bodies, evidence, settled, as_of, seed } = fetched;
    let jobs: Vec<JobReading> = on_two_threads(&vacancies, readings::read_vacancy);
    let openings = vacancies.iter().zip(&jobs).map(|(v, reading)| opening(v, reading)).collect();
    let nothing = Profile::default();
    let seen = on_two_threads(&people, |row| {
        let body = bodies.get(&row.id).unwrap_or(&nothing);
        let reading = readings::read_person(body, row.education.as_deref(), row.major.as_deref());
        let found = evidence.get(&row.id).copied().unwrap_or_default();
        (person(row, body, &reading, found, as_of), reading)
    });
    let traits = people
        .iter()
        .map(|row| (row.id, traits(row, evidence.get(&row.id).copied().unwrap_or_default())))
        .collect();
    let mut readings = HashMap::with_capacity(seen.len());
    let mut known = Vec::with_capacity(seen.len());
    for (person, reading) in seen {
        readings.insert(person.id, reading);
        known.push(person);
    }
    Loaded {
        inputs: Inputs { people: known, openings, settled, as_of, seed },
        jobs: vacancies.iter().map(|v| v.id).zip(jobs).collect(),
        profiles: readings,
        traits,
    }
}

fn traits(row: &people::MatchRow, evidence: Evidence) -> Traits {
    let district = row.village.as_deref().and_then(|code| RegionCode::parse(code).ok()?.district());
    Traits {
        sex: row.sex.clone(),
        district: district.map(|code| code.as_str().to_owned()),
        desil: evidence.desil,
        disability: evidence.disability,
        family: row.family_key.clone(),
    }
}

/// Maps in order, half of it on a second thread.
pub(super) fn on_two_threads<T: Sync, R: Send>(items: &[T], map: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (left, right) = items.split_at(items.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| right.iter().map(&map).collect::<Vec<R>>());
        let mut all: Vec<R> = left.iter().map(&map).collect();
        all.extend(other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        all
    })
}

/// A vacancy as a run sees it.
pub fn opening(v: &Vacancy, reading: &JobReading) -> Opening {
    let capacity = u32::try_from(v.slots - v.live).unwrap_or(0);
    let Arrangements { shuttle, dormitory, shifts } = reading.arrangements;
    Opening {
        id: v.id,
        facts: VacancyFacts {
            internship: v.is_internship(),
            wage_max: v.wage_max.or(v.wage_min),
            education_rank: readings::education_rank(v.education_min.as_deref()),
            education_most: readings::education_most(v.education_min.as_deref(), reading),
            certificates: required(v, reading),
            // What the vacancy tells counts before what its text says.
            shifts: v.shifts.or(shifts),
            shuttle: v.shuttle.or(shuttle),
            dormitory: v.dormitory.or(dormitory),
            closes_on: v.closes_on,
        },
        village: village_index(v.village.as_deref()),
        vector: fit::digest_job(reading),
        concepts: fit::concepts(reading),
        capacity,
        reserved: reserved(capacity, v),
    }
}

/// The certificates that the form names, each for itself, and those that the text truly requires.
fn required(v: &Vacancy, reading: &JobReading) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> =
        certificate_concepts(&v.certificates.0).into_iter().map(|one| vec![one]).collect();
    for choice in &reading.required_certificates {
        if !all.iter().any(|known| known.iter().all(|one| choice.contains(one))) {
            all.push(choice.clone());
        }
    }
    all
}

/// The reserved part of the free places: as large as that of the seats, rounded up.
fn reserved(capacity: u32, v: &Vacancy) -> u32 {
    let seats = v.seats.unwrap_or(0).max(1);
    let part = (i64::from(capacity) * v.reserved_seats + seats - 1) / seats;
    u32::try_from(part).unwrap_or(0).min(capacity)
}

/// A person as a run sees them.
pub fn person(
    row: &people::MatchRow,
    body: &Profile,
    reading: &ProfileReading,
    evidence: Evidence,
    as_of: NaiveDate,
) -> Person {
    let held: Vec<String> = body
        .certificates
        .iter()
        .filter(|c| c.expires_on.is_none_or(|last| last >= as_of))
        .map(|c| c.name.clone())
        .collect();
    Person {
        id: row.id,
        facts: PersonFacts {
            birth_date: row.birth_date,
            seeking: row.status.is_seeking(),
            placed: row.placed > 0,
            full: !has_room(row.live),
            objects: row.objects_to_ranking,
            available_from: row.available_from,
            class_ends_on: row.class_ends_on,
            wage_floor: row.wage_floor,
            max_distance_m: row.max_distance_m.and_then(|m| u32::try_from(m).ok()),
            travels: row.transport.as_deref().and_then(Transport::parse),
            education_rank: readings::education_rank(row.education.as_deref()),
            shift_ok: row.shift_ok,
            dormitory_ok: row.dormitory_ok,
            lists_certificates: !body.certificates.is_empty(),
        },
        village: village_index(row.village.as_deref()),
        vector: fit::digest_profile(reading),
        concepts: readings::person_concepts(reading),
        certificates: held_concepts(&held, reading),
        evidence,
        registered_on: row.registered_on,
    }
}

/// What a person holds: the certificates of their list that count today, and those told beside a job or among the skills.
fn held_concepts(listed: &[String], reading: &ProfileReading) -> Vec<String> {
    let mut held = certificate_concepts(listed);
    let elsewhere = |line: u16| {
        reading.lines.get(usize::from(line)).is_some_and(|line| line.source != Source::Certificate)
    };
    held.extend(reading.certificates.iter().filter(|one| elsewhere(one.line)).map(|one| one.id.clone()));
    with_covered(held)
}

/// Certificates with those they stand for as well, each once, in order.
pub(crate) fn with_covered(mut held: Vec<String>) -> Vec<String> {
    let covered: Vec<String> = held.iter().flat_map(|id| labels::covered_by(id)).map(str::to_owned).collect();
    held.extend(covered);
    held.sort_unstable();
    held.dedup();
    held
}

/// Certificates as concept ids; one the vocabulary does not know counts by its own words.
pub(crate) fn certificate_concepts(names: &[String]) -> Vec<String> {
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        let known = readings::read_person(
            &Profile {
                certificates: vec![profile_rows::Certificate {
                    id: crate::domain::ids::RecordId(uuid::Uuid::nil()),
                    person_id: PersonId(uuid::Uuid::nil()),
                    name: name.clone(),
                    issued_on: None,
                    expires_on: None,
                }],
                ..Profile::default()
            },
            None,
            None,
        );
        if known.certificates.is_empty() {
            found.push(name.trim().to_lowercase());
        }
        found.extend(known.certificates.into_iter().map(|mention| mention.id));
    }
    found
}

pub(crate) fn village_index(code: Option<&str>) -> Option<usize> {
    region::village_index(RegionCode::parse(code?).ok()?)
}

/// The evidence that counts on a day, the newest of each criterion.
async fn evidence(tx: &mut Tx, day: NaiveDate) -> Result<HashMap<PersonId, Evidence>, AppError> {
    let mut found: HashMap<PersonId, Evidence> = HashMap::new();
    for row in profile_rows::criteria_on(tx, day).await? {
        let evidence = found.entry(row.person_id).or_default();
        match row.criterion {
            Criterion::Desil => evidence.desil = evidence.desil.or(u8::try_from(row.value).ok()),
            Criterion::Disability => evidence.disability = true,
            Criterion::LongUnemployment => evidence.long_unemployment = true,
            Criterion::LaidOff => evidence.laid_off = true,
        }
    }
    Ok(found)
}

pub(crate) async fn settled(
    tx: &mut Tx,
    policy: &Policy,
    as_of: NaiveDate,
) -> Result<HashMap<(PersonId, VacancyId), Exclusion>, AppError> {
    let since = as_of.checked_sub_days(Days::new(u64::from(policy.no_repeat_days))).unwrap_or(as_of);
    let since = since.and_time(NaiveTime::MIN).and_utc();
    let mut settled: HashMap<(PersonId, VacancyId), Exclusion> = HashMap::new();
    for (person, vacancy) in pairs::recent_noes(tx, since).await? {
        settled.insert((person, vacancy), Exclusion::RecentNo);
    }
    for (person, vacancy, state) in pairs::open_pairs(tx).await? {
        if state != application::State::Proposed {
            settled.insert((person, vacancy), Exclusion::AlreadyOpen);
        }
    }
    Ok(settled)
}
