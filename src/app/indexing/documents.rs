//! What of a row goes into the search index: one function for a person and one for a vacancy, used by rebuild and
//! catch-up alike. Never goes in: name, NIK, phone, address, birth date, sex, disability, desil. What a text means is
//! decided in `reading` (through `app::profiles`), which concepts retrieve a document in `matching::fit`.
use crate::{
    app::profiles,
    domain::ids::PersonId,
    matching::fit,
    reading::lexicon::Kind,
    search::schema::{ProfileDocument, VacancyDocument},
    store::{
        people::{MatchRow, Person},
        profiles::Profile,
        vacancies::Vacancy,
    },
};

/// The part of a person row that says what the person can do and where they live.
#[derive(Clone, Debug)]
pub struct Resident {
    /// Whose.
    pub id: PersonId,
    /// Village code of the home.
    pub village: Option<String>,
    /// Highest education.
    pub education: Option<String>,
    /// Major or field of study.
    pub major: Option<String>,
    /// Objected to automatic ranking: then there is no document (UU PDP art. 10).
    pub objects_to_ranking: bool,
}

impl From<MatchRow> for Resident {
    fn from(row: MatchRow) -> Self {
        Self {
            id: row.id,
            village: row.village,
            education: row.education,
            major: row.major,
            objects_to_ranking: row.objects_to_ranking,
        }
    }
}

impl From<Person> for Resident {
    fn from(row: Person) -> Self {
        Self {
            id: row.id,
            village: row.village,
            education: row.education,
            major: row.major,
            objects_to_ranking: row.objects_to_ranking,
        }
    }
}

/// The document of a person; none for someone who objected to ranking. People who are placed or not seeking keep
/// theirs: those columns change with every application and are checked against the database when a person is proposed.
pub fn of_person(resident: &Resident, profile: &Profile) -> Option<ProfileDocument> {
    if resident.objects_to_ranking {
        return None;
    }
    let programmes = profile.trainings.iter().map(|training| training.programme.as_str());
    let certificates = profile.certificates.iter().map(|certificate| certificate.name.as_str());
    let jobs = profile.experiences.iter().map(|experience| experience.job.as_str());
    let words = programmes
        .chain(profile.skills.iter().map(String::as_str))
        .chain(certificates)
        .chain(jobs)
        .chain(resident.education.as_deref())
        .chain(resident.major.as_deref());
    let reading = profiles::read_person(profile, resident.education.as_deref(), resident.major.as_deref());
    Some(ProfileDocument {
        person: resident.id,
        words: words.map(str::to_owned).collect(),
        concepts: profiles::person_concepts(&reading),
        village: resident.village.clone(),
    })
}

/// The document of an open vacancy. It is stored under every concept that gives points, neighbouring occupations
/// included, so that a person's own concepts retrieve it. The columns on age, sex and marital status stay out.
pub fn of_vacancy(vacancy: &Vacancy) -> VacancyDocument {
    let mut concepts = fit::concepts(&profiles::read_vacancy(vacancy));
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
