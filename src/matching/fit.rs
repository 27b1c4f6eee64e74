//! Fit of a person for a job: whole points with their reasons.
//!
//! Belongs here: the digest of both readings, the fast score, the slow path that explains it with the same points.
//! Does not belong here: eligibility, priority, assignment; distance, wage and education grades come from structured
//! fields (`Structured`). Sex and age are not in the input at all.

mod adding;
mod digest;
mod explain;
mod likely;
pub mod profile_table;
mod skills;
mod trained;
mod vocabulary;
mod wanted;
pub mod weights;
mod words;

use serde::{Deserialize, Serialize};

use crate::domain::machine::text_enum;
pub use crate::matching::fit::digest::{JobVector, ProfileRows, ProfileVector, digest_job, digest_profile};
pub use crate::matching::fit::wanted::programmes;
use crate::{
    matching::fit::{
        explain::{Explainer, gaps, unknown},
        weights::{WEIGHTS, Weights},
    },
    reading::{
        job::JobReading,
        lexicon::{Concept, Kind},
        profile::ProfileReading,
        stems,
    },
};

text_enum! {
    /// What points are given for.
    ContributionKind: "contribution kind" {
        /// Nearness of the occupation in KBJI.
        Occupation = "occupation",
        /// A skill the ad asks for.
        MustSkill = "must_skill",
        /// A skill that helps.
        NiceSkill = "nice_skill",
        /// A finished training programme.
        Programme = "programme",
        /// A certificate the ad names.
        Certificate = "certificate",
        /// Months worked in a near occupation.
        Experience = "experience",
        /// Words of the ad that the profile shares.
        SharedWords = "shared_words",
        /// A newcomer where beginners are welcome: what is left up to the floor.
        Beginner = "beginner",
        /// Distance from home to work.
        Distance = "distance",
        /// Wage against the person's own floor.
        Wage = "wage",
        /// Schooling against the least asked for.
        Education = "education",
    }
}

/// Points with their reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contribution {
    /// What they are given for.
    pub kind: ContributionKind,
    /// Id in the table of the kind (KBJI code, skill, programme, certificate), empty for structured fields.
    pub subject: String,
    /// Points given.
    pub points: u16,
    /// Most points this reason could give.
    pub max: u16,
    /// The line of the ad.
    pub job_quote: String,
    /// The line of the profile.
    pub profile_quote: String,
}

/// Something required that the profile does not show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ExplanationGap)]
pub struct Gap {
    /// A skill that is asked for, or a certificate.
    pub kind: ContributionKind,
    /// Id in skills.csv or certificates.csv.
    pub subject: String,
    /// The line of the ad.
    pub job_quote: String,
}

text_enum! {
    /// Something nobody said: neither match nor failure.
    Unknown: "unsaid of the work" {
        /// The ad's occupation could not be read.
        JobOccupation = "job_occupation",
        /// The ad names no skill.
        JobSkills = "job_skills",
        /// The ad asks for experience and the profile says nothing.
        ProfileExperience = "profile_experience",
        /// The ad asks for schooling and the profile says nothing.
        ProfileEducation = "profile_education",
        /// The ad asks for a certificate and the profile lists none.
        ProfileCertificates = "profile_certificates",
    }
}

/// The fit of a person for a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// 0..1000, the sum of the contributions.
    pub points: u16,
    /// Reasons, most points first.
    pub contributions: Vec<Contribution>,
    /// Required and not shown.
    pub gaps: Vec<Gap>,
    /// Not said.
    pub unknown: Vec<Unknown>,
}

/// Grades of the structured fields, 0..1000, `None` when unknown (0 points).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Structured {
    /// 1000 = next door.
    pub distance: Option<u16>,
    /// 1000 = well above the person's floor.
    pub wage: Option<u16>,
    /// 1000 = exactly what is asked for.
    pub education: Option<u16>,
}

/// Work points (0..850) of a digested pair.
#[must_use]
pub fn score(job: &JobVector, profile: &ProfileVector) -> u16 {
    score_rows(job, &profile.rows())
}

/// As [`score`], for rows that are kept elsewhere.
#[must_use]
pub fn score_rows(job: &JobVector, profile: &ProfileRows<'_>) -> u16 {
    let weights = &*WEIGHTS;
    let worked_for = profile.occupations.iter().map(|&one| job.occupation_points(one)).max().unwrap_or(0);
    let trained_for = profile.programmes.iter().map(|&row| at(&job.led_to, row)).max().unwrap_or(0);
    let occupation = worked_for.max(trained_for);
    let programme = profile.programmes.iter().map(|&row| at(&job.programmes, row)).max().unwrap_or(0);
    let career = profile.worked.iter().map(|&one| job.career_points(one, weights)).max().unwrap_or(0);
    let experience = profile.worked.iter().map(|&one| job.experience_points(one, weights)).max().unwrap_or(0);
    let must = capped(&job.must, profile.skills, weights.must);
    let nice = capped(&job.nice, profile.skills, weights.nice);
    let certificate = capped(&job.certificates, profile.certificates, weights.certificate);
    let known = occupation + programme.max(career) + experience + must + nice + certificate;
    let has_trade = !profile.occupations.is_empty() || !profile.programmes.is_empty();
    let beside = job.beside(known, has_trade && occupation == 0);
    let words = words::earned(&job.words, profile.words, beside, weights);
    let evidence =
        Evidence { occupation, programme, skills: must + nice, certificate, rare_words: words.rare };
    let earned = job.worth(known + words.points, evidence, weights);
    if job.beginners && profile.newcomer { earned.max(weights.floor) } else { earned }
}

/// What speaks for the work itself.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    occupation: u16,
    programme: u16,
    /// Of all skills, asked for or helpful.
    skills: u16,
    certificate: u16,
    rare_words: usize,
}

impl JobVector {
    /// What stands beside the words of a pair: all points, and whether the profile has a trade that is not near.
    const fn beside(&self, others: u16, has_other_trade: bool) -> words::Beside {
        let is_other_trade = self.is_clear && has_other_trade;
        words::Beside { others, is_other_trade, may_stand_alone: self.words_alone }
    }

    /// What points are worth by the evidence behind them. Where skills are asked for and not taught, somebody who shows none
    /// of them, held no near occupation and was not trained for it is beside the work, however many words and neighbours
    /// are shared: a weaver is no seamstress. Elementary work asks for nobody's trade.
    fn worth(&self, points: u16, evidence: Evidence, weights: &Weights) -> u16 {
        let near =
            |points: u16, most: u16| u32::from(points) * 1000 >= u32::from(most) * u32::from(weights.near);
        let is_shown = evidence.skills > 0
            || evidence.certificate > 0
            || near(evidence.occupation, weights.occupation)
            || near(evidence.programme, weights.programme)
            || evidence.rare_words > words::RARE_ALONE;
        if is_shown || !self.asks_trade { points } else { share(points, weights.beside_the_work) }
    }
}

/// Points of the structured fields (0..150): only for pairs with work points.
#[must_use]
pub fn structured_points(work_points: u16, structured: &Structured) -> u16 {
    structured_parts(work_points, structured).iter().map(|part| part.1).sum()
}

/// All points of a pair. Whoever lists no certificate where one is truly required is asked first: until then the pair stays
/// at the floor, below all who hold it.
#[must_use]
pub fn total(work_points: u16, structured: &Structured, is_asked_first: bool) -> u16 {
    let points = work_points + structured_points(work_points, structured);
    if is_asked_first { points.min(WEIGHTS.floor) } else { points }
}

/// A fit held back at the floor, its reasons cut to what is left.
#[must_use]
pub fn held_back(mut fit: Fit) -> Fit {
    fit.points = cut_to(&mut fit.contributions, WEIGHTS.floor);
    fit
}

/// Cuts reasons to so many points together, the first ones kept; the points that are left.
fn cut_to(contributions: &mut Vec<Contribution>, most: u16) -> u16 {
    let mut left = most;
    for one in contributions.iter_mut() {
        one.points = one.points.min(left);
        left -= one.points;
    }
    contributions.retain(|one| one.points > 0);
    most - left
}

/// The fit of two readings with its reasons; `points` equals [`score`] of their digests.
#[must_use]
pub fn fit(job: &JobReading, profile: &ProfileReading) -> Fit {
    fit_digested(job, &digest_job(job), profile, &digest_profile(profile))
}

/// As [`fit`], for readings whose digests are at hand.
#[must_use]
pub fn fit_digested(
    job: &JobReading,
    job_vector: &JobVector,
    profile: &ProfileReading,
    profile_vector: &ProfileVector,
) -> Fit {
    let explainer = Explainer { job, profile, job_vector, profile_vector, out: Vec::new() };
    let mut contributions = explainer.explain();
    // What is known of the work is told before what only sounds alike.
    let is_word = |one: &Contribution| one.kind == ContributionKind::SharedWords;
    contributions.sort_by_key(|one| (is_word(one), std::cmp::Reverse(one.points)));
    Fit {
        points: contributions.iter().map(|one| one.points).sum(),
        contributions,
        gaps: gaps(job, profile_vector),
        unknown: unknown(job, profile),
    }
}

/// Adds the structured fields to a fit and returns it.
#[must_use]
pub fn with_structured(mut fit: Fit, structured: &Structured) -> Fit {
    for (kind, points, max) in structured_parts(fit.points, structured) {
        if points > 0 {
            let (job_quote, profile_quote) = (String::new(), String::new());
            fit.contributions.push(Contribution {
                kind,
                subject: String::new(),
                points,
                max,
                job_quote,
                profile_quote,
            });
        }
    }
    fit.points = fit.contributions.iter().map(|one| one.points).sum();
    fit
}

/// Whether points reach the floor below which nobody is proposed.
#[must_use]
pub fn reaches_floor(points: u16) -> bool {
    points >= WEIGHTS.floor
}

/// Concept tokens by which a search engine finds every profile that can score: occupations near the ad's, programmes
/// that lead to it, skills and certificates it names.
#[must_use]
pub fn concepts(job: &JobReading) -> Vec<String> {
    let vector = digest_job(job);
    let rows = |kind: Kind, points: &[u16]| {
        let wanted = (0_u16..).zip(points).filter(|(_, points)| **points > 0).map(|(row, _)| row);
        wanted.map(|row| Concept { kind, row }.token()).collect::<Vec<_>>()
    };
    let mut tokens = rows(Kind::Occupation, &vector.near);
    tokens.extend(rows(Kind::Programme, &vector.led_to));
    tokens.extend(rows(Kind::Programme, &vector.programmes));
    tokens.extend(rows(Kind::Skill, &vector.must));
    tokens.extend(rows(Kind::Skill, &vector.nice));
    tokens.extend(rows(Kind::Certificate, &vector.certificates));
    tokens.extend(rare(job.words.iter().map(|word| word.stem.as_str())));
    tokens.extend(vector.beginners.then(|| NEWCOMER.to_owned()));
    tokens.sort();
    tokens.dedup();
    tokens
}

/// The token of newcomers, and of ads that welcome them.
const NEWCOMER: &str = "newcomer";

/// Tokens of rare words: by the others too many would be found.
fn rare<'a>(stems: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    stems.filter(|stem| stems::rarity(stem) >= stems::RARE).map(|stem| format!("word:{stem}"))
}

/// Concept tokens of a profile, the counterpart of [`concepts`]: what it is stored under.
#[must_use]
pub fn profile_concepts(profile: &ProfileReading) -> Vec<String> {
    let vector = digest_profile(profile);
    let token = |kind: Kind, row: u16| Concept { kind, row }.token();
    let mut tokens: Vec<String> =
        vector.occupations.iter().map(|one| token(Kind::Occupation, one.0)).collect();
    tokens.extend(vector.programmes.iter().map(|&row| token(Kind::Programme, row)));
    tokens.extend(vector.skills.iter().map(|&row| token(Kind::Skill, row)));
    tokens.extend(vector.certificates.iter().map(|&row| token(Kind::Certificate, row)));
    tokens.extend(rare(profile.words.iter().map(|word| word.0.as_str())));
    tokens.extend(vector.newcomer.then(|| NEWCOMER.to_owned()));
    tokens.sort();
    tokens.dedup();
    tokens
}

fn structured_parts(work_points: u16, structured: &Structured) -> [(ContributionKind, u16, u16); 3] {
    let weights = &*WEIGHTS;
    let part = |kind: ContributionKind, grade: Option<u16>, max: u16| {
        let points = if work_points > 0 { share(max, grade.unwrap_or(0).min(1000)) } else { 0 };
        (kind, points, max)
    };
    [
        part(ContributionKind::Distance, structured.distance, weights.distance),
        part(ContributionKind::Wage, structured.wage, weights.wage),
        part(ContributionKind::Education, structured.education, weights.education),
    ]
}

/// The points of these rows together, cut at the cap once at the end: a sum has no step that waits for the one before.
fn capped(points: &[u16], rows: &[u16], cap: u16) -> u16 {
    let sum: u32 = rows.iter().map(|&row| u32::from(at(points, row))).sum();
    u16::try_from(sum).map_or(cap, |sum| sum.min(cap))
}

fn at(points: &[u16], row: u16) -> u16 {
    points.get(usize::from(row)).copied().unwrap_or(0)
}

fn raise(points: &mut [u16], row: u16, value: u16) {
    if let Some(known) = points.get_mut(usize::from(row)) {
        *known = (*known).max(value);
    }
}

/// `permille` of `value`, rounded down.
fn share(value: u16, permille: u16) -> u16 {
    u16::try_from(u32::from(value) * u32::from(permille) / 1000).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
