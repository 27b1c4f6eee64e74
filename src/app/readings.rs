//! From stored rows to the texts the reading module understands: the one place that decides which columns of a person
//! or a vacancy are read. Name, NIK, phone, birth date, sex and desil are not among them.
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use chrono::NaiveDate;
use moka::sync::Cache;

use crate::{
    app::AppError,
    domain::{
        education::Education,
        evidence::{self, Criterion},
        ids::PersonId,
        intake::vacancy::VacancyDraft,
        training,
    },
    matching::{fit, priority::Evidence},
    reading::{
        arrangements::{Arrangements, Heard},
        job::{JobReading, JobText, read_job},
        profile::{Held, ProfileReading, ProfileText, read_profile},
    },
    store::{
        StoreError, Tx,
        profiles::{self, Profile},
        vacancies::Vacancy,
    },
};

/// Bound of the memory of texts that were read, bytes.
const REMEMBERED: u64 = 8_000_000;

/// Readings by text. Reading is a pure function and much slower than finding. Certificates are read alone and repeat; of whole
/// profiles few do (92,225 texts for 100,000 sample people), so that more room would help little.
static READINGS: LazyLock<Cache<String, Arc<ProfileReading>>> = LazyLock::new(|| {
    let weigh = |text: &String, reading: &Arc<ProfileReading>| size(text, reading);
    Cache::builder().max_capacity(REMEMBERED).weigher(weigh).build()
});

/// One piece of evidence of priority with the days on which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    criterion: Criterion,
    value: u8,
    from: NaiveDate,
    to: NaiveDate,
}

impl Dated {
    /// What rows of the store say, by person; the order within a person stays.
    pub fn by_person(rows: &[profiles::Criterion]) -> HashMap<PersonId, Vec<Self>> {
        let mut all: HashMap<PersonId, Vec<Self>> = HashMap::new();
        for row in rows {
            let value = u8::try_from(row.value).unwrap_or(0);
            let one = Self { criterion: row.criterion, value, from: row.dated_on, to: row.expires_on };
            all.entry(row.person_id).or_default().push(one);
        }
        all
    }

    /// The evidence that counts on a day, from a list that has the newest of each criterion first.
    pub fn on(list: &[Self], day: NaiveDate) -> Evidence {
        let mut evidence = Evidence::default();
        for one in list.iter().filter(|one| evidence::counts_on(one.from, one.to, day)) {
            match one.criterion {
                Criterion::Desil => evidence.desil = evidence.desil.or(Some(one.value)),
                Criterion::Disability => evidence.disability = true,
                Criterion::LongUnemployment => evidence.long_unemployment = true,
                Criterion::LaidOff => evidence.laid_off = true,
            }
        }
        evidence
    }
}

pub fn read_vacancy(v: &Vacancy) -> JobReading {
    let skills = v.skills.0.join("; ");
    let certificates = v.certificates.0.join("; ");
    let asked_months = v.experience_months.filter(|months| *months > 0);
    let asked = if certificates.is_empty() { skills } else { format!("{skills}; {certificates}") };
    read_job(&JobText {
        title: &v.title,
        about: "",
        description: &v.description,
        requirements: "",
        skills: &asked,
        education: v.education_min.as_deref().unwrap_or(""),
        experience: "",
        experience_months: asked_months.and_then(|months| u16::try_from(months).ok()),
        category: "",
        wage: "",
        working_time: v.working_hours.as_deref().unwrap_or(""),
        conditions: v.conditions.as_deref().unwrap_or(""),
    })
}

/// What the texts of a vacancy say of shifts, of the way to work and of living there.
pub fn read_arrangements(draft: &VacancyDraft) -> Arrangements {
    let texts = [&draft.title, &draft.working_hours, &draft.conditions].map(Option::as_deref);
    let mut heard = Heard::default();
    for text in texts.into_iter().flatten().chain([draft.description.as_str()]) {
        heard.text(text);
    }
    heard.answers()
}

/// Reads a person's profile: a copy of `read_person_once`.
pub fn read_person(profile: &Profile, education: Option<&str>, major: Option<&str>) -> ProfileReading {
    ProfileReading::clone(&read_person_once(profile, education, major))
}

/// Reads a person's profile; the same texts are read once and shared as long as there is room for them.
pub fn read_person_once(
    profile: &Profile,
    education: Option<&str>,
    major: Option<&str>,
) -> Arc<ProfileReading> {
    let join = |items: Vec<&str>| items.join("; ");
    // A training that was not passed is none.
    let passed = profile.trainings.iter().filter(|t| t.result.as_deref().is_none_or(|word| word == PASSED));
    let programmes = join(passed.map(|t| t.programme.as_str()).collect());
    let certificates = join(profile.certificates.iter().map(|c| c.name.as_str()).collect());
    let skills = join(profile.skills.iter().map(String::as_str).collect());
    let months = |e: &profiles::Experience| u16::try_from(e.months).unwrap_or_default();
    let jobs: Vec<Held<'_>> =
        profile.experiences.iter().map(|e| Held { job: &e.job, months: months(e) }).collect();
    let text = ProfileText {
        programmes: &programmes,
        certificates: &certificates,
        skills: &skills,
        experience: "",
        jobs: &jobs,
        education: education.unwrap_or(""),
        major: major.unwrap_or(""),
        free_text: "",
    };
    READINGS.get_with(key(&text), || Arc::new(read_profile(&text)))
}

/// The result of a training that was passed, as stored.
const PASSED: &str = training::Outcome::Passed.as_str();

/// All that is read, each field with its length in front: no two different profiles have one key.
fn key(text: &ProfileText<'_>) -> String {
    let fields = [text.programmes, text.certificates, text.skills, text.education, text.major];
    let jobs = text.jobs.iter().map(|held| held.job.len() + 24);
    let mut key = String::with_capacity(fields.iter().map(|field| field.len() + 12).chain(jobs).sum());
    let mut add = |length: usize, field: &str| {
        key.push_str(&length.to_string());
        key.push(':');
        key.push_str(field);
    };
    for field in fields {
        add(field.len(), field);
    }
    for held in text.jobs {
        add(held.job.len(), held.job);
        add(usize::from(held.months), "");
    }
    key
}

/// Bytes a remembered reading takes, roughly: its texts twice, and a hundred for each finding.
fn size(text: &str, reading: &ProfileReading) -> u32 {
    let findings = reading.lines.len()
        + reading.programmes.len()
        + reading.certificates.len()
        + reading.skills.len()
        + reading.occupations.len()
        + reading.majors.len();
    u32::try_from(2 * text.len() + 100 * findings + 300).unwrap_or(u32::MAX)
}

/// Ids as the JSON array that the store's functions for several people take.
pub fn id_list(ids: &[PersonId]) -> Result<String, AppError> {
    serde_json::to_string(ids).map_err(|error| AppError::Internal(error.to_string()))
}

/// Concepts by which a person's profile is found.
pub fn person_concepts(reading: &ProfileReading) -> Vec<String> {
    fit::profile_concepts(reading)
}

/// Rank of an education as stored or written; `None` when unknown.
pub fn education_rank(text: Option<&str>) -> Option<u8> {
    Education::parse(text?).map(Education::rank)
}

/// Rank up to which education is just as welcome as what is stored, where the text names several levels from that on.
pub fn education_most(stored: Option<&str>, job: &JobReading) -> Option<u8> {
    let least = education_rank(stored);
    job.education.as_ref().filter(|found| Some(found.rank) == least)?.most
}

/// The profiles of everybody, for a match run or a rebuild of the index: five queries instead of four a person.
pub async fn all(tx: &mut Tx) -> Result<HashMap<PersonId, Profile>, StoreError> {
    let mut profiles: HashMap<PersonId, Profile> = HashMap::new();
    for training in profiles::all_trainings(tx).await? {
        profiles.entry(training.person_id).or_default().trainings.push(training);
    }
    for certificate in profiles::all_certificates(tx).await? {
        profiles.entry(certificate.person_id).or_default().certificates.push(certificate);
    }
    for experience in profiles::all_experiences(tx).await? {
        profiles.entry(experience.person_id).or_default().experiences.push(experience);
    }
    for (person, skill) in profiles::all_skills(tx).await? {
        profiles.entry(person).or_default().skills.push(skill);
    }
    Ok(profiles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(skills: &[&str]) -> Profile {
        Profile { skills: skills.iter().map(|skill| (*skill).to_owned()).collect(), ..Profile::default() }
    }

    #[test]
    fn the_same_texts_are_read_once_and_others_are_not_taken_for_them() {
        let first = read_person_once(&profile(&["menjahit"]), Some("smk"), None);
        let again = read_person_once(&profile(&["menjahit"]), Some("smk"), None);
        assert!(Arc::ptr_eq(&first, &again));
        let moved = read_person_once(&profile(&[]), Some("smk"), Some("menjahit"));
        assert_ne!(*first, *moved, "the same word in another field");
        assert_eq!(read_person(&profile(&["menjahit"]), Some("smk"), None), *first);
    }

    #[test]
    fn keys_tell_fields_apart_whatever_they_hold() {
        let text =
            |programmes, certificates| ProfileText { programmes, certificates, ..ProfileText::default() };
        let pairs = [("a", "b"), ("ab", ""), ("", "ab"), ("a1:b", ""), ("a", "1:b"), ("2:ab", "")];
        let keys: std::collections::HashSet<String> =
            pairs.iter().map(|(one, two)| key(&text(one, two))).collect();
        assert_eq!(keys.len(), pairs.len());
        let with = |jobs: &[Held<'_>]| key(&ProfileText { jobs, ..ProfileText::default() });
        let held = |job, months| Held { job, months };
        let lists = [
            with(&[]),
            with(&[held("kasir", 3)]),
            with(&[held("kasir", 30)]),
            with(&[held("kasir 3", 0)]),
            with(&[held("kasir", 3), held("kasir", 3)]),
        ];
        assert_eq!(lists.iter().collect::<std::collections::HashSet<_>>().len(), lists.len());
    }
}
