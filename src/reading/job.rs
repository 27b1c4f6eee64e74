//! What a job ad means.
//!
//! Belongs here: one reading of one ad, each finding with the line it came from. Does not belong here: comparison
//! with people (`matching::fit`).

use serde::{Deserialize, Serialize};

use crate::reading::{
    arrangements::{Arrangements, Heard},
    code,
    cues::Cue,
    facts::{self, Wage, WorkingTime},
    labels,
    lexicon::{Concept, Kind, LEXICON, Match, Token},
    lines::{self, Line, LineKind, Sections},
    place, required,
    schooling::{is_most, names_schooling},
    scope::{self, Scope},
    stems,
    tables::TABLES,
    title,
};

/// The texts of an ad. Missing ones are empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct JobText<'a> {
    /// Title as written.
    pub title: &'a str,
    /// What stands before the job: banner, company, place. Facts are read from it, nothing about the work.
    pub about: &'a str,
    /// Tasks, requirements, benefits in one text, plain.
    pub description: &'a str,
    /// Requirements, when the posting keeps them apart.
    pub requirements: &'a str,
    /// Skills field, items divided by `;` or line ends.
    pub skills: &'a str,
    /// Education field.
    pub education: &'a str,
    /// Experience field, in words.
    pub experience: &'a str,
    /// Least experience in months, where the posting has it as a number; it decides over words.
    pub experience_months: Option<u16>,
    /// Category or job function of the portal.
    pub category: &'a str,
    /// Wage field.
    pub wage: &'a str,
    /// Working time or contract field.
    pub working_time: &'a str,
    /// Conditions field: what it says of shifts, of the way to work and of living there.
    pub conditions: &'a str,
}

/// How much the ad wants something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The title names it.
    Title,
    /// A requirement.
    Must,
    /// A task needs it.
    Task,
    /// It helps.
    Nice,
}

/// An occupation the ad may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccupationFound {
    /// Four-digit KBJI group.
    pub code: String,
    /// 0..1000.
    pub confidence: u16,
    /// Line it came from.
    pub line: u16,
}

/// A skill or certificate the ad names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Id in skills.csv or certificates.csv.
    pub id: String,
    /// How much it is wanted.
    pub need: Need,
    /// How often it is named.
    pub times: u16,
    /// Line it came from.
    pub line: u16,
}

/// A word of the ad that a profile may share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedWord {
    /// The stem.
    pub stem: String,
    /// How much it counts by where it stands and how rare it is, permille.
    pub weight: u16,
    /// Line it came from.
    pub line: u16,
}

/// Something the ad names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Id in the table of its kind.
    pub id: String,
    /// Line it came from.
    pub line: u16,
}

/// A value with the line it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced<Value> {
    /// The value.
    pub value: Value,
    /// Line it came from.
    pub line: u16,
}

/// Least education asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EducationFound {
    /// Id in education.csv.
    pub id: String,
    /// Rank in education.csv.
    pub rank: u8,
    /// Highest rank named as just as welcome (`SMP / SMA / SMK`), where that is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u8>,
    /// Line it came from.
    pub line: u16,
}

/// What an ad means. `line` fields are indices of `lines`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobReading {
    /// The lines of the ad, title first.
    pub lines: Vec<Line>,
    /// Title without company, place, schooling and urgency.
    pub title: String,
    /// Best first; empty when unknown.
    pub occupations: Vec<OccupationFound>,
    /// Skills, most wanted first.
    pub skills: Vec<Wanted>,
    /// Certificates and licences.
    pub certificates: Vec<Wanted>,
    /// Certificates truly required: of each list one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_certificates: Vec<Vec<String>>,
    /// Words of title, tasks and requirements, heaviest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<SharedWord>,
    /// Training programmes named.
    pub programmes: Vec<Mention>,
    /// Majors named.
    pub majors: Vec<Mention>,
    /// Least education.
    pub education: Option<EducationFound>,
    /// Whether that education is truly required: no other way is offered beside it.
    #[serde(default)]
    pub education_required: bool,
    /// Least experience in months.
    pub experience: Option<Sourced<u16>>,
    /// That experience only helps.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub experience_preferred: bool,
    /// Wage, rupiah per month.
    pub wage: Option<Sourced<Wage>>,
    /// More is paid than the wage says: bonus, commission, by the piece.
    #[serde(default)]
    pub wage_is_base: bool,
    /// Village of the workplace, where the text names one beyond doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<String>,
    /// Whether people are taken to work, can live there, and work in shifts.
    #[serde(flatten)]
    pub arrangements: Arrangements,
    /// Somebody without experience or training is welcome.
    #[serde(default)]
    pub welcomes_beginners: bool,
    /// Whoever cannot do it yet is taught at work.
    #[serde(default)]
    pub trains: bool,
    /// Working times.
    pub working_times: Vec<Sourced<WorkingTime>>,
}

impl JobReading {
    /// The line a finding came from; empty when there is none.
    #[must_use]
    pub fn quote(&self, line: u16) -> &str {
        self.lines.get(usize::from(line)).map_or("", |line| line.text.as_str())
    }
}

/// From this confidence on a title says clearly which occupation is meant, and the category of the portal is not asked.
pub const CLEAR_TITLE: u16 = 700;
/// Permille of the rarity of a word by where it stands.
const TITLE_WORDS: u32 = 1000;
const TASK_WORDS: u32 = 900;
const REQUIREMENT_WORDS: u32 = 800;
const WISH_WORDS: u32 = 400;
/// Months of experience, and rank of education, with which an ad is not for beginners whatever else it says.
const MUCH_EXPERIENCE: u16 = 12;
const SCHOOL: u8 = 3;
/// Confidence of an occupation that the text names, where the title says little.
const NAMED_IN_TEXT: u16 = 450;
/// Most words kept of one ad.
const MOST_WORDS: usize = 120;
/// Permille of confidence of an occupation read from the category.
const CATEGORY_PERMILLE: u32 = 600;

/// Reads an ad.
#[must_use]
pub fn read_job(text: &JobText<'_>) -> JobReading {
    let mut reader = Reader::default();
    reader.read_title(text.title);
    reader.read_text(text.about, Sections::starting(LineKind::About));
    reader.read_text(text.description, Sections::default());
    reader.read_text(text.requirements, Sections::starting(LineKind::Requirement));
    reader.read_skills(text.skills);
    reader.read_field(text.education, Reader::education_field);
    reader.read_field(text.experience, |reader, tokens, line| reader.experience(tokens, line, true));
    if let Some(value) = text.experience_months {
        let line = reader.keep(LineKind::Field, &format!("{value} bulan"));
        reader.job.experience = Some(Sourced { value, line });
        reader.job.experience_preferred = false;
    }
    reader.read_field(text.working_time, |reader, tokens, line| {
        reader.working_time(tokens, &scope::of_line(tokens), line);
    });
    reader.heard.text(text.conditions);
    reader.job.arrangements = reader.heard.answers();
    if let (Some(value), false) = (facts::wage(text.wage, true), text.wage.is_empty()) {
        let line = reader.keep(LineKind::Field, text.wage);
        reader.job.wage = Some(Sourced { value, line });
    }
    let told = [text.title, text.description, text.requirements, text.about];
    reader.job.village = told.into_iter().find_map(place::village).map(|code| code.to_string());
    reader.finish(text)
}

#[derive(Default)]
struct Reader {
    job: JobReading,
    title: title::Title,
    /// Occupations that the text names, with their lines.
    named: Vec<(code::Guess, u16)>,
    education_is_field: bool,
    heard: Heard,
}

impl Reader {
    fn keep(&mut self, kind: LineKind, text: &str) -> u16 {
        let line = u16::try_from(self.job.lines.len()).unwrap_or(u16::MAX);
        self.job.lines.push(Line { kind, text: text.trim().to_owned() });
        line
    }

    fn read_title(&mut self, text: &str) {
        let line = self.keep(LineKind::Title, text);
        let tokens = LEXICON.tokens(text);
        let found = LEXICON.matches(&tokens);
        for one in &found {
            self.concept(one.concept, Need::Title, line);
        }
        let scope = Scope::open(&tokens);
        self.words(&tokens, &found, &scope, (TITLE_WORDS, line));
        self.facts(text, &scope, line);
        self.working_time(&tokens, &scope, line);
        self.title = title::parse(text);
        self.job.title.clone_from(&self.title.cleaned);
    }

    fn read_text(&mut self, text: &str, mut sections: Sections) {
        for line_text in lines::cut(text) {
            let tokens = LEXICON.tokens(line_text);
            let (kind, is_heading) = sections.name(&tokens);
            let line = self.keep(kind, line_text);
            if is_heading {
                self.heard.line(&tokens, &scope::of_line(&tokens));
            } else {
                self.read_line(kind, line_text, &tokens, line);
            }
        }
    }

    fn read_line(&mut self, kind: LineKind, text: &str, tokens: &[Token], line: u16) {
        let scope = scope::of_line(tokens);
        self.job.welcomes_beginners |= scope.has(Cue::Beginner);
        self.job.trains |= scope.has(Cue::Taught);
        let live = scope.living(tokens);
        self.facts(text, &scope, line);
        self.working_time(tokens, &scope, line);
        let (need, weight) = match kind {
            LineKind::Benefit | LineKind::About => return,
            LineKind::Wish => (Need::Nice, WISH_WORDS),
            LineKind::Requirement | LineKind::Title | LineKind::Field => (Need::Must, REQUIREMENT_WORDS),
            LineKind::Task => (Need::Task, TASK_WORDS),
        };
        let all = LEXICON.matches(tokens);
        let found: Vec<Match> = all.iter().filter(|one| scope.counts(one)).copied().collect();
        for one in &found {
            self.concept(one.concept, if scope.only_helps(one) { Need::Nice } else { need }, line);
        }
        if need != Need::Nice {
            for choice in required::certificates(text, tokens, &found, &scope) {
                if !self.job.required_certificates.contains(&choice) {
                    self.job.required_certificates.push(choice);
                }
            }
        }
        self.words(tokens, &all, &scope, (weight, line));
        if need != Need::Nice {
            self.named.extend(found.iter().filter_map(|one| named_occupation(one, line)));
        }
        self.education(tokens, &found, &scope, (line, need));
        let before = self.job.experience;
        self.experience(&live, line, false);
        if before.is_none() && self.job.experience.is_some() {
            let demanded = scope.without_wishes().map(|rest| rest.living(tokens).into_owned());
            let is_demanded = |tokens: &Vec<Token>| facts::experience_months(text, tokens, false).is_some();
            self.job.experience_preferred =
                need == Need::Nice || demanded.is_some_and(|rest| !is_demanded(&rest));
        }
    }

    /// Words that a profile may share, each with the weight of the best place it stands in.
    fn words(&mut self, tokens: &[Token], found: &[Match], scope: &Scope, (place, line): (u32, u16)) {
        let demanded = scope.without_wishes().map(|rest| stems::of_line(tokens, found, &rest));
        for stem in stems::of_line(tokens, found, scope) {
            let is_wish = demanded.as_ref().is_some_and(|rest| !rest.contains(&stem));
            let place = if is_wish { place.min(WISH_WORDS) } else { place };
            let weight = u16::try_from(u32::from(stems::rarity(&stem)) * place / 1000).unwrap_or(1000);
            match self.job.words.iter_mut().find(|known| known.stem == stem) {
                Some(known) if known.weight < weight => (known.weight, known.line) = (weight, line),
                Some(_) => {}
                None => self.job.words.push(SharedWord { stem, weight, line }),
            }
        }
    }

    fn facts(&mut self, text: &str, scope: &Scope, line: u16) {
        if self.job.wage.is_none() {
            // What is paid while somebody is trained is not the wage.
            let is_for_training = scope.has(Cue::Taught) && scope.has(Cue::During);
            self.job.wage =
                facts::wage(text, false).filter(|_| !is_for_training).map(|value| Sourced { value, line });
            self.job.wage_is_base = self.job.wage.is_some() && (text.contains('+') || scope.has(Cue::Extra));
        }
    }

    fn working_time(&mut self, tokens: &[Token], scope: &Scope, line: u16) {
        let in_shifts = self.heard.line(tokens, scope).then_some(WorkingTime::Shift);
        for value in facts::working_times(&scope.living(tokens)).into_iter().chain(in_shifts) {
            if self.job.working_times.iter().all(|known| known.value != value) {
                self.job.working_times.push(Sourced { value, line });
            }
        }
    }

    fn experience(&mut self, tokens: &[Token], line: u16, is_field: bool) {
        if self.job.experience.is_none() || is_field {
            let found = facts::experience_months(self.job.quote(line), tokens, is_field);
            self.job.experience = found.map(|value| Sourced { value, line }).or(self.job.experience);
            self.job.experience_preferred &= found.is_none();
        }
    }

    fn concept(&mut self, concept: Concept, need: Need, line: u16) {
        match concept.kind {
            // A virtue is neither found in a profile nor missing from one.
            Kind::Skill if labels::is_virtue(concept.id()) => {}
            Kind::Skill => want(&mut self.job.skills, concept, need, line),
            Kind::Certificate => want(&mut self.job.certificates, concept, need, line),
            Kind::Programme => mention(&mut self.job.programmes, concept, line),
            Kind::Major => mention(&mut self.job.majors, concept, line),
            Kind::Occupation | Kind::Education => {}
        }
    }

    /// The lowest level named by a requirement; a structured field decides over the text.
    fn education(&mut self, tokens: &[Token], found: &[Match], scope: &Scope, (line, need): (u16, Need)) {
        let levels = found
            .iter()
            .filter(|one| one.concept.kind == Kind::Education && one.exact && !is_most(tokens, one.first));
        let rows: Vec<_> = levels
            .filter_map(|one| Some((TABLES.education.get(usize::from(one.concept.row))?, one)))
            .collect();
        let lowest = rows.iter().copied().min_by_key(|(row, one)| (scope.only_helps(one), row.rank));
        let Some((row, one)) = lowest else { return };
        let welcome = rows.iter().filter(|(_, one)| !scope.only_helps(one)).map(|(row, _)| row.rank);
        let most = welcome.max().filter(|most| *most > row.rank);
        let is_schooling = need != Need::Task || scope.opens_clause(one) || names_schooling(tokens);
        if self.education_is_field || !is_schooling {
            return;
        }
        let is_wish = need == Need::Nice || scope.only_helps(one);
        let is_lower = self.job.education.as_ref().is_none_or(|known| row.rank < known.rank);
        if is_lower && !is_wish || self.job.education.is_none() {
            self.job.education = Some(EducationFound { id: row.id.clone(), rank: row.rank, most, line });
            // A level that merely stands among the tasks tells what is usual, and shuts nobody out.
            let is_demanded = need != Need::Task || names_schooling(tokens);
            self.job.education_required = is_demanded && !is_wish && !scope.offers_another_way(one);
        }
    }

    fn education_field(&mut self, tokens: &[Token], line: u16) {
        let found = LEXICON.matches(tokens);
        let before = self.job.education.take();
        self.education(tokens, &found, &Scope::open(tokens), (line, Need::Must));
        self.education_is_field = self.job.education.is_some();
        self.job.education = self.job.education.take().or(before);
        for one in found.iter().filter(|one| one.concept.kind == Kind::Major) {
            mention(&mut self.job.majors, one.concept, line);
        }
    }

    fn read_field(&mut self, text: &str, read: impl Fn(&mut Self, &[Token], u16)) {
        if text.trim().is_empty() {
            return;
        }
        let line = self.keep(LineKind::Field, text);
        read(self, &LEXICON.tokens(text.trim()), line);
    }

    fn read_skills(&mut self, text: &str) {
        for item in text.split([';', '\n']).map(str::trim).filter(|item| !item.is_empty()) {
            let line = self.keep(LineKind::Field, item);
            let tokens = LEXICON.tokens(item);
            let scope = scope::of_line(&tokens);
            let all = LEXICON.matches(&tokens);
            for one in all.iter().filter(|one| scope.counts(one)) {
                self.concept(one.concept, Need::Must, line);
            }
            self.words(&tokens, &all, &scope, (REQUIREMENT_WORDS, line));
        }
    }

    /// The last part of a portal's category (`Komputer / Backend Developer`) helps where the title says little.
    fn read_category(&mut self, category: &str) {
        let Some(last) = category.rsplit(" / ").next().filter(|last| !last.trim().is_empty()) else { return };
        let line = self.keep(LineKind::Field, category);
        let best = self.job.occupations.first().map_or(0, |found| found.confidence);
        if best < CLEAR_TITLE {
            self.add_guesses(code::guesses(&title::parse(last)), CATEGORY_PERMILLE, line);
        }
    }

    fn add_guesses(&mut self, guesses: Vec<code::Guess>, permille: u32, line: u16) {
        for guess in guesses {
            let code = Concept { kind: Kind::Occupation, row: guess.occupation }.id().to_owned();
            let confidence = u16::try_from(u32::from(guess.confidence) * permille / 1000).unwrap_or(1000);
            match self.job.occupations.iter_mut().find(|known| known.code == code) {
                Some(known) => known.confidence = (known.confidence + confidence / 4).min(1000),
                None => self.job.occupations.push(OccupationFound { code, confidence, line }),
            }
        }
        self.job
            .occupations
            .sort_by(|a, b| b.confidence.cmp(&a.confidence).then_with(|| a.code.cmp(&b.code)));
        let best = self.job.occupations.first().map_or(0, |found| found.confidence);
        self.job.occupations.truncate(if best < CLEAR_TITLE {
            code::MOST_READINGS
        } else {
            code::MOST_CODES
        });
    }

    fn finish(mut self, text: &JobText<'_>) -> JobReading {
        self.add_guesses(code::guesses(&self.title), 1000, 0);
        if self.job.occupations.first().map_or(0, |found| found.confidence) < CLEAR_TITLE {
            for (guess, line) in std::mem::take(&mut self.named) {
                self.add_guesses(vec![guess], 1000, line);
            }
        }
        self.read_category(text.category);
        let demands_much = self.job.experience.is_some_and(|found| found.value >= MUCH_EXPERIENCE)
            || !self.job.required_certificates.is_empty()
            || self.job.education.as_ref().is_some_and(|found| found.rank > SCHOOL);
        self.job.welcomes_beginners &= !demands_much;
        self.job.words.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.stem.cmp(&b.stem)));
        self.job.words.truncate(MOST_WORDS);
        self.job.skills.sort_by_key(|skill| (skill.need, skill.line));
        self.job.certificates.sort_by_key(|certificate| (certificate.need, certificate.line));
        self.job
    }
}

/// An occupation named in so many words.
fn named_occupation(one: &Match, line: u16) -> Option<(code::Guess, u16)> {
    let is_name = one.concept.kind == Kind::Occupation && one.exact;
    let guess = code::Guess { occupation: one.concept.row, confidence: NAMED_IN_TEXT };
    is_name.then_some((guess, line))
}

fn want(list: &mut Vec<Wanted>, concept: Concept, need: Need, line: u16) {
    let id = concept.id();
    if let Some(known) = list.iter_mut().find(|known| known.id == id) {
        known.times = known.times.saturating_add(1);
        if need < known.need {
            known.need = need;
            known.line = line;
        }
        return;
    }
    list.push(Wanted { id: id.to_owned(), need, times: 1, line });
}

fn mention(list: &mut Vec<Mention>, concept: Concept, line: u16) {
    let id = concept.id();
    if list.iter().all(|known| known.id != id) {
        list.push(Mention { id: id.to_owned(), line });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_read(title in "\\PC{0,40}", description in "\\PC{0,200}|[a-zA-Z0-9 .:/\\-•\n]{0,300}") {
            let job = read_job(&JobText { title: &title, description: &description, ..JobText::default() });
            let last = job.lines.len();
            prop_assert!(job.skills.iter().all(|skill| usize::from(skill.line) < last));
            prop_assert!(job.occupations.iter().all(|found| found.confidence <= 1000));
        }
    }

    const AD: &str = "Tugas:\n- Menjahit pakaian dengan mesin obras\nKualifikasi:\n- Wanita, usia maks 35 thn\n\
        - Pendidikan minimal SMP\n- Pengalaman min. 1 tahun di garmen\n- Diutamakan bisa membuat pola\nGaji Rp 2.600.000";

    #[test]
    fn reads_an_ad_with_its_lines() {
        let job = read_job(&JobText { title: "OPERATOR JAHIT", description: AD, ..JobText::default() });
        assert_eq!(job.occupations.first().map(|one| one.code.as_str()), Some("8153"));
        assert_eq!(job.experience.map(|one| one.value), Some(12));
        assert_eq!(job.wage.map(|one| one.value.min), Some(Some(2_600_000)));
        assert_eq!(job.education.as_ref().map(|one| one.id.to_ascii_lowercase()), Some("smp".to_owned()));
        assert!(job.skills.iter().any(|skill| skill.need == Need::Nice), "{:?}", job.skills);
    }

    #[test]
    fn a_clause_that_only_helps_says_nothing_of_the_others() {
        let read =
            |text: &str| read_job(&JobText { title: "Staf Gudang", description: text, ..JobText::default() });
        let job = read("min SMA/SMK, bisa excel, diutamakan bisa forklift");
        assert!(job.education_required);
        let need = |id: &str| job.skills.iter().find(|skill| skill.id == id).map(|skill| skill.need);
        assert_eq!(need("forklift"), Some(Need::Nice), "{:?}", job.skills);
        assert!(need("excel").is_some_and(|need| need < Need::Nice), "{:?}", job.skills);
        assert!(!read("SMA diutamakan").education_required);
        assert!(read("Pengalaman 1 tahun diutamakan").experience_preferred);
        assert!(!read("Pengalaman 1 tahun, SIM C diutamakan").experience_preferred);
        let text = "Pengalaman 1 tahun diutamakan";
        let field =
            JobText { title: "Staf Gudang", description: text, experience: "2 tahun", ..JobText::default() };
        assert!(!read_job(&field).experience_preferred, "a field decides");
    }

    #[test]
    fn levels_that_are_named_are_all_welcome() {
        let read =
            |text: &str| read_job(&JobText { title: "Kasir", description: text, ..JobText::default() });
        let schooling = |text: &str| read(text).education.map(|found| (found.rank, found.most));
        assert_eq!(schooling("lulusan SMP / SMA / SMK"), Some((2, Some(3))));
        assert_eq!(schooling("min SMP"), Some((2, None)));
        assert_eq!(schooling("max 30 th, SMP/SMA"), Some((2, Some(3))), "the bound is that of the age");
        assert!(!read("SMP, gelar kain").education_required, "told among the tasks it shuts nobody out");
    }

    #[test]
    fn experience_as_a_number_is_taken_whatever_its_size() {
        for months in [40, 41, 240] {
            let text = JobText { title: "Penjahit", experience_months: Some(months), ..JobText::default() };
            assert_eq!(read_job(&text).experience.map(|one| one.value), Some(months));
        }
    }

    #[test]
    fn a_reading_survives_json() {
        let job = read_job(&JobText { title: "Teknisi AC", description: AD, ..JobText::default() });
        let text = serde_json::to_string(&job).unwrap();
        assert_eq!(serde_json::from_str::<JobReading>(&text).unwrap(), job);
    }

    #[test]
    fn an_empty_ad_means_nothing() {
        let job = read_job(&JobText::default());
        assert!(job.occupations.is_empty() && job.skills.is_empty() && job.education.is_none());
    }
}
