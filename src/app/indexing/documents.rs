//! What of a row goes into the search index: one function for a person and one for a vacancy, used by rebuild and
//! catch-up alike. Never goes in: name, NIK, phone, address, birth date, sex, disability, desil. What a text means is
//! decided in `reading` (through `app::profiles`), which concepts retrieve a document in `matching::fit`.
use crate::{
    app::readings,
    matching::fit,
    reading::{lexicon::Kind, profile::ProfileReading},
    search::schema::{ProfileDocument, VacancyDocument},
    store::{people::MatchRow, profiles::Profile, vacancies::Vacancy},
};

/// The document of a person; none for someone who objected to automatic ranking (UU PDP art. 10). People who are placed or not seeking keep
/// theirs: those columns change with every application and are checked against the database when a person is proposed.
/// `reading` is what the profile says (`readings::read_person_once`).
pub fn of_person(person: &MatchRow, profile: &Profile, reading: &ProfileReading) -> Option<ProfileDocument> {
    if person.objects_to_ranking {
        return None;
    }
    let programmes = profile.trainings.iter().map(|training| training.programme.as_str());
    let certificates = profile.certificates.iter().map(|certificate| certificate.name.as_str());
    let jobs = profile.experiences.iter().map(|experience| experience.job.as_str());
    let words = programmes
        .chain(profile.skills.iter().map(String::as_str))
        .chain(certificates)
        .chain(jobs)
        .chain(person.education.as_deref())
        .chain(person.major.as_deref());
    Some(ProfileDocument {
        person: person.id,
        words: words.map(str::to_owned).collect(),
        concepts: readings::person_concepts(reading),
        village: person.village.clone(),
    })
}

/// The document of an open vacancy. It is stored under every concept that gives points, neighbouring occupations
/// included, so that a person's own concepts retrieve it. The columns on age, sex and marital status stay out.
pub fn of_vacancy(vacancy: &Vacancy) -> VacancyDocument {
    let mut concepts = fit::concepts(&readings::read_vacancy(vacancy));
    concepts
        .extend(vacancy.occupation_code.iter().map(|code| format!("{}:{code}", Kind::Occupation.prefix())));
    concepts.sort();
    concepts.dedup();
    let words = std::iter::once(&vacancy.description)
        .chain(&vacancy.skills.0)
        .chain(&vacancy.certificates.0)
        .chain(&vacancy.education_min)
        .chain(&vacancy.conditions)
        .chain(&vacancy.place_text);
    VacancyDocument {
        vacancy: vacancy.id,
        title: vacancy.title.clone(),
        words: words.cloned().collect(),
        concepts,
        village: vacancy.village.clone(),
    }
}
