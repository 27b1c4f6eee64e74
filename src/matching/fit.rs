//! Fit of a person for a job: whole points with their reasons.
//!
//! Belongs here: the digest of both readings, the fast score, the slow path that explains it with the same points.
//! Does not belong here: eligibility, priority, assignment; distance, wage and education grades come from structured
//! fields (`Structured`). Sex and age are not in the input at all.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::reading::hash::Map;
use crate::reading::job::{JobReading, Need, Wanted};
use crate::reading::lexicon::{Concept, Kind};
use crate::reading::profile::{ProfileReading, Source};
use crate::reading::tables::{self, TABLES, Tables};

/// The frozen numbers of `index/weights.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Most points of occupation proximity.
    pub occupation: u16,
    /// Most points of must-have skills.
    pub must: u16,
    /// Most points of nice-to-have skills.
    pub nice: u16,
    /// Most points of the training programme.
    pub programme: u16,
    /// Most points of certificates.
    pub certificate: u16,
    /// Most points of experience.
    pub experience: u16,
    /// Most points of distance.
    pub distance: u16,
    /// Most points of the wage.
    pub wage: u16,
    /// Most points of education.
    pub education: u16,
    /// Least points of a person who is proposed.
    pub floor: u16,
    /// Proximity, permille, of two occupations of the same three-digit group.
    pub same_minor_group: u16,
    /// Permille of strength a programme of strength 2 has for an occupation.
    pub strength_two: u16,
    /// Permille of strength a programme of strength 1 has for an occupation.
    pub strength_one: u16,
    /// Permille of the wanted skills that give all points.
    pub enough_skills: u16,
    /// Least total weight of an ad's skills, so that a single general skill cannot give all points.
    pub least_skill_weight: u16,
    /// Most permille of programme points for what it teaches when the occupation does not lead to it.
    pub taught_share: u16,
    /// Permille left to a programme of one field for an occupation of many fields when the ad names nothing of it.
    pub wide_occupation: u16,
    /// Most confidence, permille, of an occupation guessed from skills alone.
    pub guessed_by_skills: u16,
}

/// The weights in force. A missing or absurd value counts as 0; the test of this module keeps that from being shipped.
pub static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::from_tables(&TABLES));

impl Weights {
    fn from_tables(tables: &Tables) -> Self {
        let value = |name: &str| {
            let row = tables.weights.iter().find(|row| row.name == name);
            row.and_then(|row| u16::try_from(row.value).ok()).unwrap_or(0)
        };
        Self {
            occupation: value("max_occupation"),
            must: value("max_must_skills"),
            nice: value("max_nice_skills"),
            programme: value("max_programme"),
            certificate: value("max_certificate"),
            experience: value("max_experience"),
            distance: value("max_distance"),
            wage: value("max_wage"),
            education: value("max_education"),
            floor: value("fit_floor"),
            same_minor_group: value("same_minor_group"),
            strength_two: value("strength_two"),
            strength_one: value("strength_one"),
            enough_skills: value("enough_skills"),
            least_skill_weight: value("least_skill_weight"),
            taught_share: value("taught_share"),
            wide_occupation: value("wide_occupation"),
            guessed_by_skills: value("guessed_by_skills"),
        }
    }
}

/// What points are given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContributionKind {
    /// Nearness of the occupation in KBJI.
    Occupation,
    /// A skill the ad asks for.
    MustSkill,
    /// A skill that helps.
    NiceSkill,
    /// A finished training programme.
    Programme,
    /// A certificate the ad names.
    Certificate,
    /// Months worked in a near occupation.
    Experience,
    /// Distance from home to work.
    Distance,
    /// Wage against the person's own floor.
    Wage,
    /// Schooling against the least asked for.
    Education,
}

/// Points with their reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// `MustSkill` or `Certificate`.
    pub kind: ContributionKind,
    /// Id in skills.csv or certificates.csv.
    pub subject: String,
    /// The line of the ad.
    pub job_quote: String,
}

/// Something nobody said: neither match nor failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// The ad's occupation could not be read.
    JobOccupation,
    /// The ad names no skill.
    JobSkills,
    /// The ad asks for experience and the profile says nothing.
    ProfileExperience,
    /// The ad asks for schooling and the profile says nothing.
    ProfileEducation,
    /// The ad asks for a certificate and the profile lists none.
    ProfileCertificates,
}

/// The fit of a person for a job.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Structured {
    /// 1000 = next door.
    pub distance: Option<u16>,
    /// 1000 = well above the person's floor.
    pub wage: Option<u16>,
    /// 1000 = exactly what is asked for.
    pub education: Option<u16>,
}

/// An ad, digested for scoring: points by row of each vocabulary table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobVector {
    occupations: Box<[u16]>,
    near: Box<[u16]>,
    led_to: Box<[u16]>,
    programmes: Box<[u16]>,
    must: Box<[u16]>,
    nice: Box<[u16]>,
    certificates: Box<[u16]>,
    months: u16,
}

/// A profile, digested for scoring: sorted rows of the vocabulary tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileVector {
    occupations: Box<[(u16, u16)]>,
    worked: Box<[(u16, u16)]>,
    programmes: Box<[u16]>,
    skills: Box<[u16]>,
    certificates: Box<[u16]>,
}

/// Work points (0..850) of a digested pair.
#[must_use]
pub fn score(job: &JobVector, profile: &ProfileVector) -> u16 {
    let weights = &*WEIGHTS;
    let worked_for = profile.occupations.iter().map(|&one| job.occupation_points(one)).max().unwrap_or(0);
    let trained_for = profile.programmes.iter().map(|&row| at(&job.led_to, row)).max().unwrap_or(0);
    let occupation = worked_for.max(trained_for);
    let programme = profile.programmes.iter().map(|&row| at(&job.programmes, row)).max().unwrap_or(0);
    let experience = profile.worked.iter().map(|&one| job.experience_points(one, weights)).max().unwrap_or(0);
    let must = capped(&job.must, &profile.skills, weights.must);
    let nice = capped(&job.nice, &profile.skills, weights.nice);
    let certificate = capped(&job.certificates, &profile.certificates, weights.certificate);
    occupation + programme + experience + must + nice + certificate
}

/// Points of the structured fields (0..150): only for pairs with work points.
#[must_use]
pub fn structured_points(work_points: u16, structured: &Structured) -> u16 {
    structured_parts(work_points, structured).iter().map(|part| part.1).sum()
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
    contributions.sort_by_key(|one| std::cmp::Reverse(one.points));
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
    tokens.sort();
    tokens.dedup();
    tokens
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
    tokens.sort();
    tokens.dedup();
    tokens
}

/// Digests an ad.
#[must_use]
pub fn digest_job(job: &JobReading) -> JobVector {
    let weights = &*WEIGHTS;
    let skills = weigh_skills(job);
    let occupations = likely_occupations(job, &skills);
    let near = near_occupations(&occupations, weights);
    let trained = trained_for(&occupations, &near, &skills, weights);
    JobVector {
        led_to: trained.iter().map(|one| share(weights.occupation, one.near)).collect(),
        occupations: near.iter().map(|&value| share(weights.occupation, value)).collect(),
        programmes: wanted_programmes(job, &trained, &skills, weights),
        must: skill_points(&skills, false, weights.must, weights),
        nice: skill_points(&skills, true, weights.nice, weights),
        certificates: certificate_points(job, weights),
        months: job.experience.map_or(12, |found| found.value).max(6),
        near,
    }
}

/// Digests a profile.
#[must_use]
pub fn digest_profile(profile: &ProfileReading) -> ProfileVector {
    let index = &*INDEX;
    let mut occupations: Map<u16, u16> = Map::default();
    let mut worked: Map<u16, u16> = Map::default();
    let is_known = |line: u16| profile.programmes.iter().any(|one| one.line == line);
    for found in &profile.occupations {
        if found.source == Source::Programme && is_known(found.line) {
            continue;
        }
        let Some(&row) = index.occupations.get(found.code.as_str()) else { continue };
        let strength = occupations.entry(row).or_default();
        *strength = (*strength).max(found.strength.min(1000));
        if found.months > 0 {
            let months = worked.entry(row).or_default();
            *months = months.saturating_add(found.months);
        }
    }
    let rows = |ids: &mut dyn Iterator<Item = &str>, map: &Map<&'static str, u16>| -> Box<[u16]> {
        let mut rows: Vec<u16> = ids.filter_map(|id| map.get(id).copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into()
    };
    ProfileVector {
        occupations: sorted(occupations),
        worked: sorted(worked),
        programmes: rows(&mut profile.programmes.iter().map(|one| one.id.as_str()), &index.programmes),
        skills: rows(&mut profile.skills.iter().map(|one| one.id.as_str()), &index.skills),
        certificates: rows(&mut profile.certificates.iter().map(|one| one.id.as_str()), &index.certificates),
    }
}

impl JobVector {
    fn occupation_points(&self, (row, strength): (u16, u16)) -> u16 {
        share(at(&self.occupations, row), strength)
    }

    fn experience_points(&self, (row, months): (u16, u16), weights: &Weights) -> u16 {
        let near = at(&self.near, row);
        let served = u32::from(months.min(self.months)) * 1000 / u32::from(self.months.max(1));
        share(share(weights.experience, near), u16::try_from(served).unwrap_or(1000))
    }
}

/// Rows of ids, and what the vocabulary says about them.
struct Index {
    occupations: Map<&'static str, u16>,
    skills: Map<&'static str, u16>,
    programmes: Map<&'static str, u16>,
    certificates: Map<&'static str, u16>,
    related: Vec<Vec<(u16, u16)>>,
    occupation_skills: Vec<Vec<u16>>,
    programme_occupations: Vec<Vec<(u16, u16)>>,
    programme_skills: Vec<Vec<u16>>,
    /// Per occupation, the skills taught by each field that trains for it.
    fields: Vec<Vec<Vec<u16>>>,
    specific: Vec<u16>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(&TABLES));

impl Index {
    fn new(tables: &'static Tables) -> Self {
        let occupations = numbered(tables.occupations.iter().map(|row| row.kbji.as_str()));
        let skills = numbered(tables.skills.iter().map(|row| row.id.as_str()));
        let row_list =
            |list: &str| tables::items(list).filter_map(|id| skills.get(id).copied()).collect::<Vec<_>>();
        let code_list = |list: &'static str, default: u16| {
            let items = tables::weighted_items(list, default);
            items
                .filter_map(|(code, number)| Some((occupations.get(code).copied()?, number)))
                .collect::<Vec<_>>()
        };
        let occupation_skills: Vec<Vec<u16>> =
            tables.occupations.iter().map(|row| row_list(&row.skills)).collect();
        let programme_skills: Vec<Vec<u16>> =
            tables.programmes.iter().map(|row| row_list(&row.skills)).collect();
        let programme_occupations: Vec<Vec<(u16, u16)>> =
            tables.programmes.iter().map(|row| code_list(&row.occupations, 2)).collect();
        let mut uses = vec![0_u16; tables.skills.len()];
        for &skill in occupation_skills.iter().chain(&programme_skills).flatten() {
            if let Some(count) = uses.get_mut(usize::from(skill)) {
                *count += 1;
            }
        }
        Self {
            related: tables.occupations.iter().map(|row| code_list(&row.related, 50)).collect(),
            specific: uses
                .into_iter()
                .zip(&tables.skills)
                .map(|(uses, row)| specificity(uses, &row.id))
                .collect(),
            programmes: numbered(tables.programmes.iter().map(|row| row.id.as_str())),
            certificates: numbered(tables.certificates.iter().map(|row| row.id.as_str())),
            fields: fields_of(tables, &programme_skills, &programme_occupations),
            occupation_skills: with_taught(occupation_skills, &programme_skills, &programme_occupations),
            programme_skills,
            programme_occupations,
            occupations,
            skills,
        }
    }
}

/// Skills of an occupation together with those of the programmes that train exactly for it.
fn with_taught(
    mut skills: Vec<Vec<u16>>,
    programme_skills: &[Vec<u16>],
    programme_occupations: &[Vec<(u16, u16)>],
) -> Vec<Vec<u16>> {
    for (taught, occupations) in programme_skills.iter().zip(programme_occupations) {
        for &(row, _) in occupations.iter().filter(|one| one.1 == 3) {
            if let Some(own) = skills.get_mut(usize::from(row)) {
                own.extend(taught);
            }
        }
    }
    skills
}

/// For every occupation the skills of each field with a programme of strength 2 or 3 for it.
fn fields_of(
    tables: &Tables,
    programme_skills: &[Vec<u16>],
    programme_occupations: &[Vec<(u16, u16)>],
) -> Vec<Vec<Vec<u16>>> {
    let mut fields: Vec<Vec<(&str, Vec<u16>)>> = vec![Vec::new(); tables.occupations.len()];
    for ((row, skills), occupations) in
        tables.programmes.iter().zip(programme_skills).zip(programme_occupations)
    {
        for &(occupation, _) in occupations.iter().filter(|one| one.1 >= 2) {
            let Some(known) = fields.get_mut(usize::from(occupation)) else { continue };
            match known.iter_mut().find(|field| field.0 == row.field) {
                Some(field) => field.1.extend(skills),
                None => known.push((&row.field, skills.clone())),
            }
        }
    }
    fields.into_iter().map(|known| known.into_iter().map(|field| field.1).collect()).collect()
}

/// How much a skill tells, by the number of occupations and programmes that use it. Soft skills (`umum_`) tell
/// nothing: everybody claims them.
fn specificity(uses: u16, id: &str) -> u16 {
    if id.starts_with("umum_") {
        return 0;
    }
    match uses {
        0 => 30,
        1..=8 => 100,
        9..=16 => 80,
        17..=30 => 55,
        31..=60 => 30,
        _ => 12,
    }
}

fn numbered(ids: impl Iterator<Item = &'static str>) -> Map<&'static str, u16> {
    ids.zip(0_u16..).collect()
}

/// A skill of the ad with its weight.
struct Weighed {
    row: u16,
    weight: u32,
    is_nice: bool,
}

fn weigh_skills(job: &JobReading) -> Vec<Weighed> {
    let index = &*INDEX;
    let weigh = |skill: &Wanted| {
        let row = *index.skills.get(skill.id.as_str())?;
        let need: u32 = match skill.need {
            Need::Title => 5,
            Need::Must => 3,
            Need::Task => 2,
            Need::Nice => 1,
        };
        let times = 3 + u32::from(skill.times.min(3));
        let weight = u32::from(index.specific.get(usize::from(row)).copied()?) * need * times / 4;
        Some(Weighed { row, weight, is_nice: skill.need == Need::Nice })
    };
    job.skills.iter().filter_map(weigh).collect()
}

/// Occupations the ad may mean, with confidence. A clear title decides; the vaguer it is (`teknisi`), or the more
/// readings are equally good, the more the skills of the text choose among the readings and add their own.
fn likely_occupations(job: &JobReading, skills: &[Weighed]) -> Vec<(u16, u16)> {
    let index = &*INDEX;
    let support = Support::new(skills);
    let confidences: Vec<u16> = job.occupations.iter().map(|found| found.confidence).collect();
    let vagueness = vagueness(&confidences);
    let titled: Vec<(u16, u16)> = job
        .occupations
        .iter()
        .filter_map(|found| Some((*index.occupations.get(found.code.as_str())?, found.confidence)))
        .collect();
    let best_support = titled.iter().map(|one| support.of(one.0)).max().unwrap_or(0).max(1);
    let mut likely: Vec<(u16, u16)> = titled
        .into_iter()
        .map(|(row, confidence)| {
            let relative = u32::from(support.of(row)) * 1000 / u32::from(best_support);
            let lost = u32::from(vagueness) * 1000_u32.saturating_sub(relative) / 1000;
            (row, share(confidence, u16::try_from(1000 - lost.min(1000)).unwrap_or(0)))
        })
        .collect();
    if support.total >= u32::from(WEIGHTS.least_skill_weight) / 2 {
        let limit = share(WEIGHTS.guessed_by_skills, vagueness);
        let guesses = (0_u16..).zip(&TABLES.occupations).map(|(row, _)| (row, share(limit, support.of(row))));
        likely.extend(guesses.filter(|one| one.1 >= 100));
    }
    sharpen(&mut likely);
    likely
}

/// How little the title says, permille: from its best confidence, and at least 500 when a second reading is as good.
fn vagueness(confidences: &[u16]) -> u16 {
    let best = confidences.first().copied().unwrap_or(0);
    let by_confidence = 1000 - best.min(1000);
    let rivals =
        confidences.iter().skip(1).filter(|&&other| u32::from(other) * 10 >= u32::from(best) * 9).count();
    if rivals > 0 { by_confidence.max(500) } else { by_confidence }
}

/// How far the skills of the text speak for an occupation.
struct Support<'a> {
    skills: &'a [Weighed],
    total: u32,
}

impl<'a> Support<'a> {
    fn new(skills: &'a [Weighed]) -> Self {
        Self { skills, total: skills.iter().map(|skill| skill.weight).sum() }
    }

    /// Permille of the weight of all skills that the occupation uses, all points at half of them.
    fn of(&self, row: u16) -> u16 {
        let own = INDEX.occupation_skills.get(usize::from(row)).map_or(&[][..], Vec::as_slice);
        let shared: u32 =
            self.skills.iter().filter(|skill| own.contains(&skill.row)).map(|skill| skill.weight).sum();
        u16::try_from((shared * 2000 / self.total.max(1)).min(1000)).unwrap_or(1000)
    }
}

/// Lowers the less likely readings: a title means one occupation, not the sum of all it might mean.
fn sharpen(likely: &mut Vec<(u16, u16)>) {
    likely.sort_by_key(|&(row, confidence)| (row, std::cmp::Reverse(confidence)));
    likely.dedup_by_key(|one| one.0);
    likely.sort_by_key(|&(row, confidence)| (std::cmp::Reverse(confidence), row));
    let best = u64::from(likely.first().map_or(1, |one| one.1).max(1));
    for (_, confidence) in likely.iter_mut() {
        let own = u64::from(*confidence);
        *confidence = u16::try_from(own * own * own / (best * best)).unwrap_or(1000);
    }
    likely.retain(|one| one.1 >= 100);
}

/// Nearness of every occupation to the likely ones, permille.
fn near_occupations(likely: &[(u16, u16)], weights: &Weights) -> Box<[u16]> {
    let mut near = vec![0_u16; TABLES.occupations.len()];
    for &(row, confidence) in likely {
        raise(&mut near, row, confidence);
        for &(other, weight) in INDEX.related.get(usize::from(row)).into_iter().flatten() {
            raise(&mut near, other, share(confidence, weight.min(100) * 10));
        }
        let group = TABLES.occupations.get(usize::from(row)).and_then(|one| one.kbji.get(..3));
        for (other, one) in (0_u16..).zip(&TABLES.occupations) {
            if one.kbji.get(..3) == group {
                raise(&mut near, other, share(confidence, weights.same_minor_group));
            }
        }
    }
    near.into()
}

/// What a programme leads to, permille.
struct Trained {
    /// Nearness of its occupations to the wanted ones.
    near: u16,
    /// The same, only for the wanted ones themselves.
    exact: u16,
}

/// What every programme leads to.
fn trained_for(likely: &[(u16, u16)], near: &[u16], skills: &[Weighed], weights: &Weights) -> Vec<Trained> {
    let strengths = [0, weights.strength_one, weights.strength_two, 1000];
    let grade = |(row, occupations): (u16, &Vec<(u16, u16)>)| {
        let mut best = Trained { near: 0, exact: 0 };
        for &(occupation, strength) in occupations {
            if at(near, occupation) == 0 {
                continue;
            }
            let strength = strengths.get(usize::from(strength)).copied().unwrap_or(1000);
            let strength = share(strength, field_evidence(occupation, row, skills, weights));
            best.near = best.near.max(share(at(near, occupation), strength));
            let confidence = likely.iter().find(|one| one.0 == occupation).map_or(0, |one| one.1);
            best.exact = best.exact.max(share(confidence, strength));
        }
        best
    };
    (0_u16..).zip(&INDEX.programme_occupations).map(grade).collect()
}

/// How far the ad's skills speak for the field of a programme, permille. It matters where an occupation is wide
/// (testers exist in garments, welding and food): there a programme of one field is only a candidate when the ad
/// names something that field teaches and the others do not.
fn field_evidence(occupation: u16, programme: u16, skills: &[Weighed], weights: &Weights) -> u16 {
    let index = &*INDEX;
    let Some(fields) = index.fields.get(usize::from(occupation)).filter(|fields| fields.len() > 2) else {
        return 1000;
    };
    let taught = index.programme_skills.get(usize::from(programme)).map_or(&[][..], Vec::as_slice);
    let mut evidence = 0;
    for skill in skills.iter().filter(|skill| taught.contains(&skill.row)) {
        let teaching = fields.iter().filter(|field| field.contains(&skill.row)).count();
        let others = u32::try_from(teaching.saturating_sub(1)).unwrap_or(u32::MAX);
        let rivals = u32::try_from(fields.len() - 1).unwrap_or(u32::MAX).max(1);
        evidence += skill.weight * rivals.saturating_sub(others) / rivals;
    }
    let least = weights.wide_occupation;
    let gained = u32::from(1000 - least.min(1000)) * evidence.min(FULL_EVIDENCE) / FULL_EVIDENCE;
    least + u16::try_from(gained).unwrap_or(0)
}

/// Weight of skills that settles the field: one specific skill named once as a requirement.
const FULL_EVIDENCE: u32 = 300;

/// Points of every programme: by the occupations it leads to, by being named in the title, or by what it teaches.
fn wanted_programmes(
    job: &JobReading,
    trained: &[Trained],
    skills: &[Weighed],
    weights: &Weights,
) -> Box<[u16]> {
    let index = &*INDEX;
    let total = total_weight(skills, false, weights);
    let grade = |(row, trained): (usize, &Trained)| {
        let taught = index.programme_skills.get(row).map_or(&[][..], Vec::as_slice);
        let shared = skills.iter().filter(|skill| !skill.is_nice && taught.contains(&skill.row));
        let shared: u32 = shared.map(|skill| skill.weight).sum();
        let by_skills = u16::try_from((shared * 1000 / total).min(1000)).unwrap_or(1000);
        trained.exact.max(share(weights.taught_share, by_skills))
    };
    let mut points: Vec<u16> =
        trained.iter().enumerate().map(|one| share(weights.programme, grade(one))).collect();
    for named in &job.programmes {
        if let (Some(&row), 0) = (index.programmes.get(named.id.as_str()), named.line) {
            raise(&mut points, row, weights.programme);
        }
    }
    points.into()
}

fn total_weight(skills: &[Weighed], is_nice: bool, weights: &Weights) -> u32 {
    let total: u32 = skills.iter().filter(|skill| skill.is_nice == is_nice).map(|skill| skill.weight).sum();
    (total * u32::from(weights.enough_skills) / 1000).max(u32::from(weights.least_skill_weight)).max(1)
}

fn skill_points(skills: &[Weighed], is_nice: bool, max: u16, weights: &Weights) -> Box<[u16]> {
    let total = total_weight(skills, is_nice, weights);
    let mut points = vec![0_u16; TABLES.skills.len()];
    for skill in skills.iter().filter(|skill| skill.is_nice == is_nice) {
        let share = (u32::from(max) * skill.weight / total).min(u32::from(max));
        raise(&mut points, skill.row, u16::try_from(share).unwrap_or(max));
    }
    points.into()
}

fn certificate_points(job: &JobReading, weights: &Weights) -> Box<[u16]> {
    let mut points = vec![0_u16; TABLES.certificates.len()];
    let count = u16::try_from(job.certificates.len()).unwrap_or(u16::MAX).max(1);
    for wanted in &job.certificates {
        if let Some(&row) = INDEX.certificates.get(wanted.id.as_str()) {
            let value = weights.certificate / count;
            raise(&mut points, row, if wanted.need == Need::Nice { value / 2 } else { value });
        }
    }
    points.into()
}

struct Explainer<'a> {
    job: &'a JobReading,
    profile: &'a ProfileReading,
    job_vector: &'a JobVector,
    profile_vector: &'a ProfileVector,
    out: Vec<Contribution>,
}

impl Explainer<'_> {
    fn explain(mut self) -> Vec<Contribution> {
        self.occupation();
        self.programme();
        self.experience();
        self.skills(ContributionKind::MustSkill);
        self.skills(ContributionKind::NiceSkill);
        self.certificates();
        self.out
    }

    fn push(&mut self, kind: ContributionKind, subject: &str, points: (u16, u16), quotes: (u16, u16)) {
        if points.0 > 0 {
            self.out.push(Contribution {
                kind,
                subject: subject.to_owned(),
                points: points.0,
                max: points.1,
                job_quote: self.job.quote(quotes.0).to_owned(),
                profile_quote: self.profile.quote(quotes.1).to_owned(),
            });
        }
    }

    fn occupation(&mut self) {
        let worked_for = self.worked_for();
        let trained_for = self.trained_for();
        let best = worked_for.into_iter().chain(trained_for).max_by_key(|one| one.0);
        let Some((points, row, line)) = best else { return };
        let code = Concept { kind: Kind::Occupation, row }.id();
        let asked = self.job.occupations.iter().find(|one| one.code == code).map_or(0, |one| one.line);
        self.push(ContributionKind::Occupation, code, (points, WEIGHTS.occupation), (asked, line));
    }

    /// Points, occupation and line of the best occupation held or shown by other evidence than a programme.
    fn worked_for(&self) -> Option<(u16, u16, u16)> {
        let best = self.profile_vector.occupations.iter().max_by_key(|&&one| {
            let points = self.job_vector.occupation_points(one);
            (points, std::cmp::Reverse(one.0))
        })?;
        let code = Concept { kind: Kind::Occupation, row: best.0 }.id();
        let strongest = self.profile.occupations.iter().filter(|one| one.code == code);
        let line = strongest.max_by_key(|one| one.strength).map_or(u16::MAX, |one| one.line);
        Some((self.job_vector.occupation_points(*best), best.0, line))
    }

    /// Points, occupation and line of the best programme.
    fn trained_for(&self) -> Option<(u16, u16, u16)> {
        let points = |row: u16| at(&self.job_vector.led_to, row);
        let programmes = &self.profile_vector.programmes;
        let best = *programmes.iter().max_by_key(|&&row| (points(row), std::cmp::Reverse(row)))?;
        let leads_to = INDEX.programme_occupations.get(usize::from(best))?;
        let nearness = |one: &&(u16, u16)| (at(&self.job_vector.near, one.0), one.1);
        let occupation = leads_to.iter().max_by_key(nearness).map_or(0, |one| one.0);
        let id = Concept { kind: Kind::Programme, row: best }.id();
        let line = self.profile.programmes.iter().find(|one| one.id == id).map_or(u16::MAX, |one| one.line);
        Some((points(best), occupation, line))
    }

    fn programme(&mut self) {
        let points = |row: u16| at(&self.job_vector.programmes, row);
        let best =
            self.profile_vector.programmes.iter().max_by_key(|&&row| (points(row), std::cmp::Reverse(row)));
        let Some(&best) = best else { return };
        let given = points(best);
        let id = Concept { kind: Kind::Programme, row: best }.id();
        let line = self.profile.programmes.iter().find(|one| one.id == id).map_or(u16::MAX, |one| one.line);
        let named = self.job.programmes.iter().find(|one| one.id == id).map_or(0, |one| one.line);
        self.push(ContributionKind::Programme, id, (given, WEIGHTS.programme), (named, line));
    }

    fn experience(&mut self) {
        let weights = &*WEIGHTS;
        let points = |one: (u16, u16)| self.job_vector.experience_points(one, weights);
        let best =
            self.profile_vector.worked.iter().max_by_key(|&&one| (points(one), std::cmp::Reverse(one.0)));
        let Some(&best) = best else { return };
        let given = points(best);
        let code = Concept { kind: Kind::Occupation, row: best.0 }.id();
        let worked = self.profile.occupations.iter().find(|one| one.code == code && one.months > 0);
        let line = worked.map_or(u16::MAX, |one| one.line);
        let asked = self.job.experience.map_or(0, |found| found.line);
        self.push(ContributionKind::Experience, code, (given, weights.experience), (asked, line));
    }

    fn skills(&mut self, kind: ContributionKind) {
        let is_nice = kind == ContributionKind::NiceSkill;
        let mut left = if is_nice { WEIGHTS.nice } else { WEIGHTS.must };
        let rows = self.profile_vector.skills.clone();
        for &row in &rows {
            let worth = at(if is_nice { &self.job_vector.nice } else { &self.job_vector.must }, row);
            let given = worth.min(left);
            left -= given;
            let id = Concept { kind: Kind::Skill, row }.id();
            let asked = self.job.skills.iter().find(|one| one.id == id).map_or(0, |one| one.line);
            let shown = self.profile.skills.iter().find(|one| one.id == id).map_or(u16::MAX, |one| one.line);
            self.push(kind, id, (given, worth), (asked, shown));
        }
    }

    fn certificates(&mut self) {
        let mut left = WEIGHTS.certificate;
        let rows = self.profile_vector.certificates.clone();
        for &row in &rows {
            let worth = at(&self.job_vector.certificates, row);
            let given = worth.min(left);
            left -= given;
            let id = Concept { kind: Kind::Certificate, row }.id();
            let asked = self.job.certificates.iter().find(|one| one.id == id).map_or(0, |one| one.line);
            let shown =
                self.profile.certificates.iter().find(|one| one.id == id).map_or(u16::MAX, |one| one.line);
            self.push(ContributionKind::Certificate, id, (given, worth), (asked, shown));
        }
    }
}

fn gaps(job: &JobReading, profile: &ProfileVector) -> Vec<Gap> {
    let index = &*INDEX;
    let missing = |list: &[Wanted], map: &Map<&str, u16>, held: &[u16], kind: ContributionKind| {
        let required = list.iter().filter(|one| matches!(one.need, Need::Title | Need::Must));
        let lacking = required
            .filter(|one| map.get(one.id.as_str()).is_some_and(|row| held.binary_search(row).is_err()));
        lacking
            .map(|one| Gap { kind, subject: one.id.clone(), job_quote: job.quote(one.line).to_owned() })
            .collect::<Vec<_>>()
    };
    let mut gaps = missing(&job.skills, &index.skills, &profile.skills, ContributionKind::MustSkill);
    gaps.extend(missing(
        &job.certificates,
        &index.certificates,
        &profile.certificates,
        ContributionKind::Certificate,
    ));
    gaps
}

fn unknown(job: &JobReading, profile: &ProfileReading) -> Vec<Unknown> {
    let asks_experience = job.experience.is_some_and(|found| found.value > 0);
    let tells_experience = profile.occupations.iter().any(|one| one.months > 0);
    let cases = [
        (job.occupations.is_empty(), Unknown::JobOccupation),
        (job.skills.is_empty(), Unknown::JobSkills),
        (asks_experience && !tells_experience, Unknown::ProfileExperience),
        (job.education.is_some() && profile.education.is_none(), Unknown::ProfileEducation),
        (!job.certificates.is_empty() && profile.certificates.is_empty(), Unknown::ProfileCertificates),
    ];
    cases.into_iter().filter(|case| case.0).map(|case| case.1).collect()
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

fn capped(points: &[u16], rows: &[u16], cap: u16) -> u16 {
    rows.iter().map(|&row| at(points, row)).fold(0_u16, |sum, value| sum.saturating_add(value).min(cap))
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

fn sorted(map: Map<u16, u16>) -> Box<[(u16, u16)]> {
    let mut list: Vec<(u16, u16)> = map.into_iter().collect();
    list.sort_unstable();
    list.into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reading::job::{JobText, read_job};
    use crate::reading::profile::{ProfileText, read_profile};

    const AD: &str = "Mengelas pipa dengan SMAW dan GTAW\nMembaca gambar teknik\nKualifikasi\nWajib sertifikat BNSP\n\
        Pengalaman 2 tahun\nDiutamakan bisa gerinda";

    fn job() -> JobReading {
        read_job(&JobText { title: "Welder", description: AD, ..JobText::default() })
    }

    #[test]
    fn maxima_sum_to_a_thousand() {
        let w = *WEIGHTS;
        assert_eq!(w.occupation + w.must + w.nice + w.programme + w.certificate + w.experience, 850);
        assert_eq!(w.distance + w.wage + w.education, 150);
        assert!(w.floor > 0 && w.enough_skills > 0 && w.least_skill_weight > 0);
    }

    #[test]
    fn an_empty_profile_has_no_points_even_next_door() {
        let empty = fit(&job(), &ProfileReading::default());
        assert_eq!(empty.points, 0);
        let next_door = Structured { distance: Some(1000), wage: Some(1000), education: Some(1000) };
        assert_eq!(with_structured(empty, &next_door).points, 0);
    }

    #[test]
    fn a_trained_welder_fits_and_a_baker_does_not() {
        let of = |programmes: &str| {
            fit(&job(), &read_profile(&ProfileText { programmes, ..ProfileText::default() }))
        };
        assert!(reaches_floor(of("Plate Welder SMAW 3G-UP PF").points), "{:?}", of("Plate Welder SMAW"));
        assert!(!reaches_floor(of("Pembuatan Roti dan Kue").points), "{:?}", of("Pembuatan Roti dan Kue"));
    }

    #[test]
    fn structured_fields_add_their_points() {
        let profile =
            read_profile(&ProfileText { programmes: "Plate Welder SMAW", ..ProfileText::default() });
        let work = fit(&job(), &profile);
        let half = Structured { distance: Some(500), wage: None, education: Some(1000) };
        let all = with_structured(work.clone(), &half);
        assert_eq!(all.points, work.points + structured_points(work.points, &half));
        assert_eq!(all.points - work.points, 30 + 40);
    }

    fn any_profile() -> impl Strategy<Value = ProfileReading> {
        let programmes = prop::sample::subsequence((0..TABLES.programmes.len()).collect::<Vec<_>>(), 0..3);
        let skills = prop::sample::subsequence((0..TABLES.skills.len()).collect::<Vec<_>>(), 0..8);
        let jobs = prop::sample::subsequence((0..TABLES.occupations.len()).collect::<Vec<_>>(), 0..3);
        (programmes, skills, jobs, 0_u16..60).prop_map(|(programmes, skills, jobs, months)| {
            let programmes: Vec<&str> =
                programmes.iter().map(|&row| TABLES.programmes[row].name.as_str()).collect();
            let skills: Vec<&str> = skills.iter().map(|&row| TABLES.skills[row].label.as_str()).collect();
            let jobs: Vec<String> =
                jobs.iter().map(|&row| format!("{} {months} bulan", TABLES.occupations[row].title)).collect();
            read_profile(&ProfileText {
                programmes: &programmes.join(";"),
                skills: &skills.join(";"),
                experience: &jobs.join("\n"),
                ..ProfileText::default()
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn fast_and_slow_paths_agree(profile in any_profile(), row in 0_usize..446) {
            let title = &TABLES.occupations[row].title;
            let job = read_job(&JobText { title, description: AD, ..JobText::default() });
            let slow = fit(&job, &profile);
            prop_assert_eq!(slow.points, score(&digest_job(&job), &digest_profile(&profile)));
            prop_assert_eq!(slow.points, slow.contributions.iter().map(|one| one.points).sum::<u16>());
            prop_assert!(slow.points <= 850);
            prop_assert!(slow.contributions.iter().all(|one| one.points <= one.max));
        }

        #[test]
        fn a_skill_more_never_lowers_the_points(profile in any_profile(), extra in 0_usize..100) {
            let job = job();
            let before = fit(&job, &profile).points;
            let label = &TABLES.skills[extra % TABLES.skills.len()].label;
            let more = read_profile(&ProfileText { skills: label, ..ProfileText::default() });
            let mut richer = profile;
            richer.skills.extend(more.skills);
            prop_assert!(fit(&job, &richer).points >= before);
        }

        #[test]
        fn points_need_a_shared_concept(profile in any_profile()) {
            let job = job();
            let wanted = concepts(&job);
            let shares = profile_concepts(&profile).iter().any(|token| wanted.contains(token));
            prop_assert!(shares || fit(&job, &profile).points == 0);
        }
    }
}
