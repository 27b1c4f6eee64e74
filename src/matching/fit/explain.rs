//! The reasons behind the points, with the lines they come from.
//!
//! Belongs here: the slow path, which gives the same points as the fast one. Does not belong here: wording for people.

use crate::{
    matching::fit::{
        Contribution, ContributionKind, Evidence, Gap, Unknown, at, cut_to,
        digest::{JobVector, ProfileVector},
        vocabulary::INDEX,
        weights::WEIGHTS,
        words,
    },
    reading::{
        hash::Map,
        job::{JobReading, Need, Wanted},
        lexicon::{Concept, Kind},
        profile::ProfileReading,
        stems,
    },
};

/// Most shared words that a reason names.
const MOST_WORDS: usize = 6;

pub(super) struct Explainer<'a> {
    pub(super) job: &'a JobReading,
    pub(super) profile: &'a ProfileReading,
    pub(super) job_vector: &'a JobVector,
    pub(super) profile_vector: &'a ProfileVector,
    pub(super) out: Vec<Contribution>,
}

impl Explainer<'_> {
    pub(super) fn explain(mut self) -> Vec<Contribution> {
        self.occupation();
        self.programme();
        self.experience();
        self.skills(ContributionKind::MustSkill);
        self.skills(ContributionKind::NiceSkill);
        self.certificates();
        let rare_words = self.shared_words();
        self.weigh(rare_words);
        self.beginner();
        self.out
    }

    /// Cuts the reasons to what they are worth by the evidence for the work itself.
    fn weigh(&mut self, rare_words: usize) {
        let given = |kind: ContributionKind| -> u16 {
            self.out.iter().filter(|one| one.kind == kind).map(|one| one.points).sum()
        };
        let programmes = self.profile_vector.programmes.iter();
        let evidence = Evidence {
            occupation: given(ContributionKind::Occupation),
            programme: programmes.map(|&row| at(&self.job_vector.programmes, row)).max().unwrap_or(0),
            skills: given(ContributionKind::MustSkill) + given(ContributionKind::NiceSkill),
            certificate: given(ContributionKind::Certificate),
            rare_words,
        };
        let all: u16 = self.out.iter().map(|one| one.points).sum();
        let worth = self.job_vector.worth(all, evidence, &WEIGHTS);
        if worth < all {
            cut_to(&mut self.out, worth);
        }
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
        if given < self.career().map_or(0, |one| one.0) {
            return;
        }
        let id = Concept { kind: Kind::Programme, row: best }.id();
        let line = self.profile.programmes.iter().find(|one| one.id == id).map_or(u16::MAX, |one| one.line);
        let named = self.job.programmes.iter().find(|one| one.id == id).map_or(0, |one| one.line);
        self.push(ContributionKind::Programme, id, (given, WEIGHTS.programme), (named, line));
    }

    /// Points and occupation of the best career.
    fn career(&self) -> Option<(u16, u16)> {
        let points = |one: (u16, u16)| self.job_vector.career_points(one, &WEIGHTS);
        let worked = self.profile_vector.worked.iter();
        let best = *worked.max_by_key(|&&one| (points(one), std::cmp::Reverse(one.0)))?;
        Some((points(best), best.0))
    }

    fn experience(&mut self) {
        let weights = &*WEIGHTS;
        let points = |one: (u16, u16)| self.job_vector.experience_points(one, weights);
        let best =
            self.profile_vector.worked.iter().max_by_key(|&&one| (points(one), std::cmp::Reverse(one.0)));
        let Some(&best) = best else { return };
        let programmes = self.profile_vector.programmes.iter();
        let trained = programmes.map(|&row| at(&self.job_vector.programmes, row)).max().unwrap_or(0);
        // Where the career counts for more than a course, it stands in its place.
        let career = self.career().map_or(0, |one| one.0);
        let (more, most) = if career > trained { (career, weights.programme) } else { (0, 0) };
        let given = points(best) + more;
        let code = Concept { kind: Kind::Occupation, row: best.0 }.id();
        let worked = self.profile.occupations.iter().find(|one| one.code == code && one.months > 0);
        let line = worked.map_or(u16::MAX, |one| one.line);
        let asked = self.job.experience.map_or(0, |found| found.line);
        self.push(ContributionKind::Experience, code, (given, weights.experience + most), (asked, line));
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

    fn beginner(&mut self) {
        let others: u16 = self.out.iter().map(|one| one.points).sum();
        if self.job_vector.beginners && self.profile_vector.newcomer && others < WEIGHTS.floor {
            let missing = WEIGHTS.floor - others;
            self.push(ContributionKind::Beginner, "", (missing, WEIGHTS.floor), (u16::MAX, u16::MAX));
        }
    }

    /// How many of the shared words are rare.
    fn shared_words(&mut self) -> usize {
        let others = self.out.iter().map(|one| one.points).sum();
        let is_near = self.out.iter().any(|one| one.kind == ContributionKind::Occupation);
        let has_trade =
            !self.profile_vector.occupations.is_empty() || !self.profile_vector.programmes.is_empty();
        let beside = self.job_vector.beside(others, has_trade && !is_near);
        let (job, profile) = (&self.job_vector.words, &self.profile_vector.words);
        let given = words::earned(job, profile, beside, &WEIGHTS);
        let mut both: Vec<(u16, &str, u16)> = Vec::new();
        words::shared(job, profile, |number, points, _| {
            let word = self.job.words.iter().find(|word| stems::number(&word.stem) == number);
            both.extend(word.map(|word| (points, word.stem.as_str(), word.line)));
        });
        both.sort_by_key(|one| (std::cmp::Reverse(one.0), one.1));
        let Some(&(_, heaviest, asked)) = both.first() else { return 0 };
        let shown = self.profile.words.iter().find(|one| one.0 == heaviest).map_or(u16::MAX, |one| one.1);
        let subject = both.iter().take(MOST_WORDS).map(|one| one.1).collect::<Vec<_>>().join(", ");
        self.push(ContributionKind::SharedWords, &subject, (given.points, WEIGHTS.words), (asked, shown));
        given.rare
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

pub(super) fn gaps(job: &JobReading, profile: &ProfileVector) -> Vec<Gap> {
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

pub(super) fn unknown(job: &JobReading, profile: &ProfileReading) -> Vec<Unknown> {
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
