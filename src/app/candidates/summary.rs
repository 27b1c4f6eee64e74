//! How many people suit a vacancy, in numbers only: for its employer, who sees no names before a referral, and for the
//! office. In which form somebody is told them is decided in `suitable`.
use std::collections::BTreeMap;

use crate::{
    app::{
        App, AppError,
        access::Session,
        candidates::{
            counting, explaining,
            shortlist::{self, Entry, Search},
        },
        readings,
        runs::computing,
    },
    domain::ids::{PersonId, VacancyId},
    matching::{
        eligibility::Exclusion,
        fit::{Contribution, ContributionKind},
        policy::Policy,
        summary::{BANDS_M, Lack, MatchSummary},
    },
    reading::job::JobReading,
    search::reader::{Reader, Wanted},
};

/// How many of the nearest people are looked at for one vacancy.
const RETRIEVED: usize = 500;

/// The numbers of a vacancy: for an officer of any, for an employer of its own.
pub async fn of_vacancy(
    app: &App,
    reader: &Reader,
    session: &Session,
    id: VacancyId,
) -> Result<MatchSummary, AppError> {
    let within = session.acting()?.reach().vacancies()?;
    let mut tx = app.db.read().await?;
    let vacancy = counting::countable(&mut tx, within, id).await?;
    let (policy, _) = explaining::present_policy(&mut tx).await?;
    let job = readings::read_vacancy(&vacancy);
    let opening = computing::opening(&vacancy, &job);
    let wanted = Wanted { concepts: &opening.concepts, words: "", village: None };
    let found = reader.profiles(&wanted, RETRIEVED)?;
    let ids: Vec<PersonId> = found.into_iter().map(|(person, _)| person).collect();
    let or_more = ids.len() == RETRIEVED;
    let search = Search { opening, job, policy, as_of: app.clock.today(), seed: 0 };
    let judged = shortlist::judge(&mut tx, &ids, &search).await?;
    Ok(count(vacancy.title, &search.job, &judged, &search.policy, or_more))
}

/// Counts judged people. Whoever has an application for the vacancy already still counts as suitable.
pub fn count(
    title: String,
    job: &JobReading,
    judged: &[Entry],
    policy: &Policy,
    or_more: bool,
) -> MatchSummary {
    let in_reach = |entry: &&Entry| entry.exclusions.iter().all(|out| *out == Exclusion::AlreadyOpen);
    let suitable: Vec<&Entry> = judged.iter().filter(in_reach).collect();
    let with = |test: &dyn Fn(&Entry) -> bool| suitable.iter().filter(|entry| test(entry)).count();
    let certificates = job.certificates.iter().map(|wanted| {
        let holds = |reason: &Contribution| {
            reason.kind == ContributionKind::Certificate && reason.subject == wanted.id
        };
        (wanted.id.clone(), with(&|entry| entry.explanation.reasons.iter().any(holds)))
    });
    let worked = |reason: &Contribution| reason.kind == ContributionKind::Experience;
    let mut near_misses = 0;
    let mut lacking: BTreeMap<Lack, usize> = BTreeMap::new();
    for entry in judged {
        let lacks = lacks(entry, policy);
        near_misses += usize::from(!lacks.is_empty());
        for lack in lacks {
            *lacking.entry(lack).or_default() += 1;
        }
    }
    let mut lacking: Vec<(Lack, usize)> = lacking.into_iter().collect();
    lacking.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    MatchSummary {
        title,
        suitable: suitable.len(),
        or_more,
        within: BANDS_M
            .map(|most| with(&|entry| entry.explanation.distance_m.is_some_and(|way| way <= most))),
        way_unknown: with(&|entry| entry.explanation.distance_m.is_none()),
        certificates: certificates.collect(),
        experienced: with(&|entry| entry.explanation.reasons.iter().any(worked)),
        near_misses,
        lacking,
    }
}

/// What one near miss lacks; nothing for everybody else. Somebody below the fit floor is near from half of it on.
fn lacks(entry: &Entry, policy: &Policy) -> Vec<Lack> {
    let told = &entry.explanation;
    let gaps = |only: Option<ContributionKind>| {
        let wanted = told.gaps.iter().filter(move |gap| only.is_none_or(|kind| gap.kind == kind));
        wanted
            .map(|gap| match gap.kind {
                ContributionKind::Certificate => Lack::Certificate(gap.subject.clone()),
                _ => Lack::Skill(gap.subject.clone()),
            })
            .collect()
    };
    match entry.exclusions[..] {
        [Exclusion::CertificateMissing] => gaps(Some(ContributionKind::Certificate)),
        [Exclusion::BelowFitFloor] if told.fit >= policy.fit_floor / 2 => gaps(None),
        [Exclusion::WageBelowFloor] => vec![Lack::Wage],
        [Exclusion::TooFar] => vec![Lack::Distance],
        [Exclusion::EducationBelowRequired] => vec![Lack::Education],
        _ => Vec::new(),
    }
}
