//! From stored rows to the texts the reading module understands: the one place that decides which columns of a person
//! or a vacancy are read. Name, NIK, phone, birth date, sex and desil are not among them.
use std::collections::HashMap;

use crate::{
    domain::{education::Education, ids::PersonId},
    matching::fit,
    reading::{
        job::{JobReading, JobText, read_job},
        profile::{ProfileReading, ProfileText, read_profile},
    },
    store::{
        StoreError, Tx,
        profiles::{self, Profile},
        vacancies::Vacancy,
    },
};

/// Reads a vacancy.
pub fn read_vacancy(v: &Vacancy) -> JobReading {
    let skills = v.skills.0.join("; ");
    let certificates = v.certificates.0.join("; ");
    let experience = v.experience_months.filter(|m| *m > 0).map(|m| format!("{m} bulan")).unwrap_or_default();
    let asked = if certificates.is_empty() { skills } else { format!("{skills}; {certificates}") };
    read_job(&JobText {
        title: &v.title,
        description: &v.description,
        requirements: "",
        skills: &asked,
        education: v.education_min.as_deref().unwrap_or(""),
        experience: &experience,
        category: "",
        wage: "",
        working_time: v.working_hours.as_deref().unwrap_or(""),
    })
}

/// Reads a person's profile.
pub fn read_person(profile: &Profile, education: Option<&str>, major: Option<&str>) -> ProfileReading {
    let join = |items: Vec<&str>| items.join("; ");
    let programmes = join(profile.trainings.iter().map(|t| t.programme.as_str()).collect());
    let certificates = join(profile.certificates.iter().map(|c| c.name.as_str()).collect());
    let skills = join(profile.skills.iter().map(String::as_str).collect());
    let jobs: Vec<String> =
        profile.experiences.iter().map(|e| format!("{} {} bulan", e.job, e.months)).collect();
    read_profile(&ProfileText {
        programmes: &programmes,
        certificates: &certificates,
        skills: &skills,
        experience: &jobs.join("; "),
        education: education.unwrap_or(""),
        major: major.unwrap_or(""),
        free_text: "",
    })
}

/// Concepts by which a person's profile is found.
pub fn person_concepts(reading: &ProfileReading) -> Vec<String> {
    fit::profile_concepts(reading)
}

/// Rank of an education as stored or written; `None` when unknown.
pub fn education_rank(text: Option<&str>) -> Option<u8> {
    Education::parse(text?).map(Education::rank)
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
