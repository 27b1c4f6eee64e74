//! Why a pair stands where it stands, gathered for whoever may ask: from the run that judged it, or judged now where no
//! run did. The sentences are in `words`; how much of them is told is given back beside them.
use crate::{
    app::{
        App, AppError,
        access::Session,
        applications,
        candidates::{
            seen::ExplanationView,
            shortlist::{self, Search},
        },
        policies, readings,
        runs::computing,
    },
    domain::{
        application::State,
        ids::{ApplicationId, PersonId, RunId, VacancyId},
        person::Bar,
    },
    matching::{
        eligibility::Exclusion,
        explanation::{ExplainedPair, Explanation, Judged, Offer},
        policy::Policy,
    },
    store::{
        Tx,
        applications::Application,
        employers, interviews,
        runs::{self, Proposal},
        vacancies::{self, Vacancy},
    },
};

/// Why an application stands where it stands. An employer is told about those referred to it, and only while it may
/// know who they are.
pub async fn of_application(
    app: &App,
    session: &Session,
    id: ApplicationId,
) -> Result<ExplanationView, AppError> {
    let audience = session.audience()?;
    let mut tx = app.db.read().await?;
    let card = applications::read(&mut tx, session, id).await?;
    let found = card.application;
    let reasons = audience.reasons(found.state, card.names.employer_state).ok_or(AppError::NotFound)?;
    ExplanationView::of(&told(app, &mut tx, &found).await?, reasons)
}

/// The same for whoever may see everything (command line).
pub async fn told(app: &App, tx: &mut Tx, application: &Application) -> Result<ExplainedPair, AppError> {
    let (person, vacancy) = (application.person_id, application.vacancy_id);
    let row = vacancies::find(tx, None, vacancy).await?.ok_or(AppError::NotFound)?;
    let told = match stored(tx, person, vacancy, application.run_id, true).await? {
        Some(proposal) => by_run(tx, &row, &proposal).await?,
        None => {
            let mut told = by_now(app, tx, &row, person).await?.ok_or(AppError::NotFound)?;
            // The application itself is no reason against it.
            let own = [
                Exclusion::AlreadyOpen,
                Exclusion::RecentNo,
                Exclusion::Person(Bar::LiveLimit),
                Exclusion::Person(Bar::Placed),
            ];
            told.explanation.exclusions.retain(|out| !own.contains(out));
            told
        }
    };
    let interview = match application.state {
        State::Interview => interviews::of_application(tx, application.id).await?,
        _ => None,
    };
    let (state, deadline) = (Some(application.state), application.deadline);
    Ok(ExplainedPair { state, deadline, interview, ..told })
}

/// What runs stored about a pair: the one named, else the newest that knew it; with `published` the newest published one.
pub async fn stored(
    tx: &mut Tx,
    person: PersonId,
    vacancy: VacancyId,
    run: Option<RunId>,
    published: bool,
) -> Result<Option<Proposal>, AppError> {
    if let Some(run) = run
        && let Some(found) = runs::proposal_of(tx, run, person, vacancy).await?
    {
        return Ok(Some(found));
    }
    Ok(runs::proposal_between(tx, person, vacancy, published).await?)
}

/// What a run stored, with the rule it used. Fields an earlier version did not store are empty.
pub async fn by_run(tx: &mut Tx, vacancy: &Vacancy, proposal: &Proposal) -> Result<ExplainedPair, AppError> {
    let run = runs::find(tx, proposal.run_id).await?.ok_or(AppError::NotFound)?;
    let rule = runs::find_policy(tx, run.policy_id).await?;
    let mut explanation: Explanation = serde_json::from_value(proposal.explanation.0.clone())
        .map_err(|error| AppError::Internal(format!("explanation of run {}: {error}", proposal.run_id)))?;
    let offer = offer(tx, vacancy).await?;
    explanation.fit = u16::try_from(proposal.fit).unwrap_or(explanation.fit);
    explanation.priority = u16::try_from(proposal.priority).unwrap_or(explanation.priority);
    Ok(ExplainedPair {
        title: vacancy.title.clone(),
        explanation,
        policy: rule.as_ref().map(|rule| rule.name.clone()).unwrap_or_default(),
        revision: rule.map_or(0, |rule| rule.revision),
        run: Some(Judged { run: run.id, as_of: run.as_of, kind: proposal.kind, place: proposal.place }),
        state: None,
        deadline: None,
        interview: None,
        offer,
    })
}

/// The pair as it is judged now, by the default policy; `None` when the person is not there.
pub async fn by_now(
    app: &App,
    tx: &mut Tx,
    vacancy: &Vacancy,
    person: PersonId,
) -> Result<Option<ExplainedPair>, AppError> {
    let (policy, revision) = present_policy(tx).await?;
    let job = readings::read_vacancy(vacancy);
    let opening = computing::opening(vacancy, &job);
    let search = Search { opening, job, policy, as_of: app.clock.today(), seed: 0 };
    let entry = shortlist::judge_pair(tx, person, &search).await?;
    let offer = offer(tx, vacancy).await?;
    Ok(entry.map(|entry| ExplainedPair {
        title: vacancy.title.clone(),
        explanation: entry.explanation,
        policy: policies::DEFAULT_POLICY.to_owned(),
        revision,
        run: None,
        state: None,
        deadline: None,
        interview: None,
        offer,
    }))
}

/// What a vacancy offers.
async fn offer(tx: &mut Tx, vacancy: &Vacancy) -> Result<Offer, AppError> {
    let employer = employers::find(tx, vacancy.employer_id).await?;
    Ok(Offer {
        employer: employer.map(|employer| employer.name),
        place: vacancy.place_text.clone(),
        wage_min: vacancy.wage_min,
        wage_max: vacancy.wage_max,
        hours: vacancy.working_hours.clone(),
    })
}

/// The newest revision of the default policy with its number; the shipped one counts as the first.
pub async fn present_policy(tx: &mut Tx) -> Result<(Policy, i64), AppError> {
    match runs::newest_policy(tx, policies::DEFAULT_POLICY).await? {
        Some(row) => Ok((policies::parse_policy(&row)?, row.revision)),
        None => Ok((Policy::default(), 1)),
    }
}

/// Whether what is judged now differs from what a run stored, the place among others not counted.
pub fn differs(stored: &Explanation, now: &Explanation) -> bool {
    let out = |out: &Exclusion| !matches!(out, Exclusion::AlreadyOpen);
    stored.fit != now.fit
        || stored.priority != now.priority
        || stored.reasons != now.reasons
        || stored.gaps != now.gaps
        || stored.unknown != now.unknown
        || now.exclusions.iter().any(out)
}
