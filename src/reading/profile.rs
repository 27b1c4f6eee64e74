//! What a person's profile means: training, certificates, skills, experience, schooling.
//!
//! Belongs here: one reading of one profile, each finding with the line it came from. Age and sex are no part of it.
//! Does not belong here: comparison with ads (`matching::fit`).

use serde::{Deserialize, Serialize};

use crate::{
    domain::duration,
    reading::{
        code,
        job::{EducationFound, Mention},
        labels,
        lexicon::{Concept, Kind, LEXICON},
        scope, stems,
        tables::TABLES,
        title,
    },
};

/// The texts of a profile. Items are divided by `;` or line ends. Missing ones are empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProfileText<'a> {
    /// Names of training programmes finished.
    pub programmes: &'a str,
    /// Certificates and licences.
    pub certificates: &'a str,
    /// Skills.
    pub skills: &'a str,
    /// Jobs held as told, one per item, with their length in words: `operator jahit 2 tahun`.
    pub experience: &'a str,
    /// Jobs held whose months are known.
    pub jobs: &'a [Held<'a>],
    /// Highest schooling.
    pub education: &'a str,
    /// Major of it.
    pub major: &'a str,
    /// Anything else: what a programme teaches, a personal statement.
    pub free_text: &'a str,
}

/// A job held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// The job as told.
    pub job: &'a str,
    /// How long, 0 when not told.
    pub months: u16,
}

/// Where a finding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A training programme.
    Programme,
    /// A certificate.
    Certificate,
    /// The list of skills.
    Skill,
    /// A job held.
    Experience,
    /// Schooling.
    Education,
    /// A major.
    Major,
    /// Free text.
    FreeText,
}

/// A line of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileLine {
    /// Which field it stands in.
    pub source: Source,
    /// As written.
    pub text: String,
}

/// An occupation the person can work in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileOccupation {
    /// Four-digit KBJI group.
    pub code: String,
    /// How well the evidence supports it, 0..1000.
    pub strength: u16,
    /// Months worked in it, 0 unless it comes from experience.
    pub months: u16,
    /// Where it comes from.
    pub source: Source,
    /// Line it came from.
    pub line: u16,
}

/// A skill the person has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileSkill {
    /// Id in skills.csv.
    pub id: String,
    /// Where it comes from.
    pub source: Source,
    /// Line it came from.
    pub line: u16,
}

/// What a profile means. `line` fields are indices of `lines`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileReading {
    /// The lines of the profile.
    pub lines: Vec<ProfileLine>,
    /// Programmes finished.
    pub programmes: Vec<Mention>,
    /// Certificates held.
    pub certificates: Vec<Mention>,
    /// Skills, said or implied by programme, certificate or major.
    pub skills: Vec<ProfileSkill>,
    /// Occupations, said or implied.
    pub occupations: Vec<ProfileOccupation>,
    /// Highest schooling.
    pub education: Option<EducationFound>,
    /// Majors.
    pub majors: Vec<Mention>,
    /// Months worked in all.
    pub experience_months: u16,
    /// Stems of jobs, programmes, certificates, skills and majors, each with the line it came from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<(String, u16)>,
}

impl ProfileReading {
    /// The line a finding came from; empty when there is none.
    #[must_use]
    pub fn quote(&self, line: u16) -> &str {
        self.lines.get(usize::from(line)).map_or("", |line| line.text.as_str())
    }
}

/// Strength of an occupation a programme, certificate or major trains for, by the 1..3 of the vocabulary.
const STRENGTHS: [u16; 4] = [0, 330, 700, 1000];
/// A job held counts like exact training; without a stated length it still counts.
const EXPERIENCE_STRENGTH: u16 = 1000;
/// A major alone is weaker evidence than a training.
const MAJOR_PERCENT: u16 = 70;
/// A title found in free text.
const FREE_TEXT_STRENGTH: u16 = 600;

/// Reads a profile.
#[must_use]
pub fn read_profile(text: &ProfileText<'_>) -> ProfileReading {
    let mut reader = Reader::default();
    for item in items(text.programmes) {
        reader.programme(item);
    }
    for item in items(text.certificates) {
        reader.certificate(item);
    }
    for item in items(text.skills) {
        let line = reader.keep(Source::Skill, item);
        reader.concepts(item, Source::Skill, line);
    }
    for item in items(text.experience) {
        let months = duration::find(item).and_then(|found| u16::try_from(found.months).ok()).unwrap_or(0);
        let line = reader.keep(Source::Experience, item);
        reader.experience(item, months, line);
    }
    for held in text.jobs {
        let told =
            if held.months > 0 { format!("{} {} bulan", held.job, held.months) } else { held.job.to_owned() };
        let line = reader.keep(Source::Experience, &told);
        reader.experience(held.job, held.months, line);
    }
    for item in items(text.education) {
        reader.education(item);
    }
    for item in items(text.major) {
        let line = reader.keep(Source::Major, item);
        reader.concepts(item, Source::Major, line);
    }
    for item in crate::reading::lines::cut(text.free_text) {
        let line = reader.keep(Source::FreeText, item);
        reader.concepts(item, Source::FreeText, line);
    }
    reader.profile
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

#[derive(Default)]
struct Reader {
    profile: ProfileReading,
}

impl Reader {
    fn keep(&mut self, source: Source, text: &str) -> u16 {
        let line = u16::try_from(self.profile.lines.len()).unwrap_or(u16::MAX);
        self.profile.lines.push(ProfileLine { source, text: text.to_owned() });
        line
    }

    /// The programme by its name; one the vocabulary does not know is read like a job title and by its words.
    fn programme(&mut self, item: &str) {
        let line = self.keep(Source::Programme, item);
        let known = self.concepts(item, Source::Programme, line);
        if !known {
            self.titled(item, Source::Programme, 0, 800, line);
        }
    }

    /// One that does not count any more, or not yet (`SIM A (mati)`), is kept as a line and nothing else.
    fn certificate(&mut self, item: &str) {
        let line = self.keep(Source::Certificate, item);
        if scope::of_line(&LEXICON.tokens(item)).is_over() {
            return;
        }
        self.concepts(item, Source::Certificate, line);
    }

    fn experience(&mut self, item: &str, months: u16, line: u16) {
        self.profile.experience_months = self.profile.experience_months.saturating_add(months);
        self.titled(item, Source::Experience, months, EXPERIENCE_STRENGTH, line);
        self.concepts(item, Source::Experience, line);
    }

    fn education(&mut self, item: &str) {
        let line = self.keep(Source::Education, item);
        let tokens = LEXICON.tokens(item);
        let found = LEXICON.matches(&tokens);
        let levels = found.iter().filter(|one| one.concept.kind == Kind::Education);
        let levels = levels.filter_map(|one| TABLES.education.get(usize::from(one.concept.row)));
        if let Some(row) = levels.max_by_key(|row| row.rank) {
            let is_higher = self.profile.education.as_ref().is_none_or(|known| row.rank > known.rank);
            if is_higher {
                self.profile.education =
                    Some(EducationFound { id: row.id.clone(), rank: row.rank, most: None, line });
            }
        }
        self.concepts(item, Source::Education, line);
    }

    /// Codes an item like a job title.
    fn titled(&mut self, item: &str, source: Source, months: u16, strength: u16, line: u16) {
        let guesses = code::guesses(&title::parse(item));
        let best = guesses.first().map_or(0, |guess| guess.confidence);
        for guess in guesses.into_iter().filter(|guess| guess.confidence + 60 >= best).take(3) {
            let strength = scaled(strength, guess.confidence);
            self.occupation(guess.occupation, strength, months, source, line);
        }
    }

    /// Takes every concept of an item; tells whether a programme was among them.
    fn concepts(&mut self, item: &str, source: Source, line: u16) -> bool {
        let tokens = LEXICON.tokens(item);
        let mut is_programme = false;
        let all = LEXICON.matches(&tokens);
        let scope = scope::of_line(&tokens);
        if matches!(
            source,
            Source::Programme | Source::Certificate | Source::Skill | Source::Experience | Source::Major
        ) {
            for stem in stems::of_line(&tokens, &all, &scope) {
                if self.profile.words.iter().all(|known| known.0 != stem) {
                    self.profile.words.push((stem, line));
                }
            }
        }
        for one in all.into_iter().filter(|one| scope.counts(one)) {
            let row = one.concept.row;
            match one.concept.kind {
                Kind::Skill if labels::is_virtue(one.concept.id()) => {}
                Kind::Skill => self.skill(one.concept.id(), source, line),
                Kind::Programme if source == Source::Programme => {
                    is_programme = true;
                    self.known_programme(one.concept, line);
                }
                Kind::Certificate if source != Source::FreeText => self.known_certificate(one.concept, line),
                Kind::Major if matches!(source, Source::Major | Source::Education) => {
                    self.known_major(one.concept, line);
                }
                Kind::Occupation if source == Source::FreeText && one.exact && one.end - one.first > 1 => {
                    self.occupation(row, FREE_TEXT_STRENGTH, 0, source, line);
                }
                _ => {}
            }
        }
        is_programme
    }

    fn known_programme(&mut self, concept: Concept, line: u16) {
        let Some(row) = TABLES.programmes.get(usize::from(concept.row)) else { return };
        mention(&mut self.profile.programmes, &row.id, line);
        self.implied(&row.skills, &row.occupations, 100, Source::Programme, line);
    }

    fn known_certificate(&mut self, concept: Concept, line: u16) {
        let Some(row) = TABLES.certificates.get(usize::from(concept.row)) else { return };
        mention(&mut self.profile.certificates, &row.id, line);
        self.implied(&row.skills, &row.occupations, 100, Source::Certificate, line);
    }

    fn known_major(&mut self, concept: Concept, line: u16) {
        let Some(row) = TABLES.majors.get(usize::from(concept.row)) else { return };
        mention(&mut self.profile.majors, &row.id, line);
        self.implied(&row.skills, &row.occupations, MAJOR_PERCENT, Source::Major, line);
    }

    fn implied(&mut self, skills: &str, occupations: &str, percent: u16, source: Source, line: u16) {
        for id in crate::reading::tables::items(skills) {
            self.skill(id, source, line);
        }
        for (kbji, strength) in crate::reading::tables::weighted_items(occupations, 2) {
            let row = TABLES.occupations.iter().position(|row| row.kbji == kbji);
            let Some(row) = row.and_then(|row| u16::try_from(row).ok()) else { continue };
            let strength = STRENGTHS.get(usize::from(strength)).copied().unwrap_or(1000);
            self.occupation(row, scaled(strength, percent * 10), 0, source, line);
        }
    }

    fn skill(&mut self, id: &str, source: Source, line: u16) {
        if self.profile.skills.iter().all(|known| known.id != id) {
            self.profile.skills.push(ProfileSkill { id: id.to_owned(), source, line });
        }
    }

    fn occupation(&mut self, row: u16, strength: u16, months: u16, source: Source, line: u16) {
        let concept = Concept { kind: Kind::Occupation, row };
        let code = concept.id().to_owned();
        self.profile.occupations.push(ProfileOccupation { code, strength, months, source, line });
    }
}

fn scaled(value: u16, permille: u16) -> u16 {
    u16::try_from(u32::from(value) * u32::from(permille) / 1000).unwrap_or(1000)
}

fn mention(list: &mut Vec<Mention>, id: &str, line: u16) {
    if list.iter().all(|known| known.id != id) {
        list.push(Mention { id: id.to_owned(), line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn training_implies_skills_and_occupations() {
        let profile =
            read_profile(&ProfileText { programmes: "Operator Jahit/Garmen", ..ProfileText::default() });
        assert!(!profile.programmes.is_empty());
        assert!(profile.occupations.iter().any(|one| one.code == "8153"), "{:?}", profile.occupations);
        assert!(!profile.skills.is_empty());
    }

    #[test]
    fn experience_is_coded_with_its_length() {
        let profile =
            read_profile(&ProfileText { experience: "Operator jahit 2 tahun", ..ProfileText::default() });
        assert_eq!(profile.experience_months, 24);
        assert!(profile.occupations.iter().any(|one| one.code == "8153" && one.months == 24));
    }

    #[test]
    fn months_come_as_numbers_whatever_their_size() {
        for months in [0, 36, 41, 240, 720] {
            let jobs = [Held { job: "Operator jahit", months }];
            let profile = read_profile(&ProfileText { jobs: &jobs, ..ProfileText::default() });
            assert_eq!(profile.experience_months, months);
            assert!(profile.occupations.iter().any(|one| one.code == "8153" && one.months == months));
        }
        let told =
            ProfileText { experience: "Operator jahit 20 tahun; kasir 1 th 6 bln", ..ProfileText::default() };
        assert_eq!(read_profile(&told).experience_months, 258);
    }

    #[test]
    fn an_empty_profile_means_nothing() {
        assert_eq!(read_profile(&ProfileText::default()), ProfileReading::default());
    }
}
