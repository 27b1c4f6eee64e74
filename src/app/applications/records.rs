//! What officers, companions and agencies write down about people besides the events of an application: evidence of
//! priority, tries to reach somebody, answers to follow-ups. A try is a record, never a refusal.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        App, AppError,
        access::{Right, Role, Session, WRONG_ROLE},
        applications::workflow::{self, Details},
        audit::{self, AuditEvent},
        system,
    },
    domain::{
        application::Event,
        codes::{FieldCode, ProblemCode},
        contact::{self, AttemptChannel, AttemptOutcome},
        evidence,
        ids::{ApplicationId, PersonId, RecordId},
        limits,
        next_step::{Kind, Outcome},
    },
    store::{
        Tx, applications,
        contacts::{self, Attempt, FollowUp},
        index_feed, next_steps, people,
        profiles::{self, Criterion},
        undated_evidence,
    },
};

/// Dated evidence of priority.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What it speaks for.
    pub criterion: evidence::Criterion,
    /// The decile; 1 for everything else.
    pub value: Option<i64>,
    /// Where it comes from (DTSEN ..).
    pub source: String,
    /// Date of the data.
    pub dated_on: NaiveDate,
    /// Last day on which it counts; a year after its date when the source names none.
    pub expires_on: Option<NaiveDate>,
}

/// Adds evidence about a person: an officer with the right to nominate, an agency about its own nominees.
pub async fn add_evidence(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    person: PersonId,
    evidence: &Evidence,
) -> Result<Criterion, AppError> {
    let acting = session.acting()?;
    match session.role {
        Role::Staff | Role::Supervisor => acting.may(Right::Nominate)?,
        Role::Agency => {}
        Role::Trainee | Role::Companion | Role::Employer | Role::Administrator => return Err(WRONG_ROLE),
    }
    people::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let row = Criterion {
        id: system::fresh(),
        person_id: person,
        criterion: evidence.criterion,
        value: value(evidence)?,
        source: source(evidence)?,
        dated_on: evidence.dated_on,
        expires_on: expiry(evidence, app.clock.today())?,
        organisation_id: acting.office(),
    };
    // What an earlier program dated by itself gives way: its date would make it the newest.
    undated_evidence::remove(tx, person, row.criterion).await?;
    if profiles::insert_criterion(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::EvidenceKnown, row.criterion));
    }
    if row.criterion == evidence::Criterion::Desil {
        // What the step asks for is there.
        next_steps::settle(tx, person, Kind::DesilCheck, Outcome::DesilFound, app.clock.now()).await?;
    }
    index_feed::add(tx, "person", person.0).await?;
    audit::write(tx, &acting, app.clock.now(), AuditEvent::PersonEvidence(person)).await?;
    Ok(row)
}

fn value(evidence: &Evidence) -> Result<i64, AppError> {
    let given = evidence.value.map_or_else(String::new, |value| value.to_string());
    evidence.criterion.value(evidence.value).map_err(|error| AppError::field("value", error.code(), given))
}

fn source(evidence: &Evidence) -> Result<String, AppError> {
    let source = evidence.source.trim();
    if source.is_empty() {
        return Err(AppError::field("source", FieldCode::Required, ""));
    }
    if let Some(most) = limits::exceeded(limits::EVIDENCE, "source", source) {
        return Err(AppError::too_long("source", most));
    }
    Ok(source.to_owned())
}

fn expiry(evidence: &Evidence, today: NaiveDate) -> Result<NaiveDate, AppError> {
    let dated = evidence.dated_on;
    if dated > today {
        return Err(AppError::field("dated_on", FieldCode::DateInFuture, dated));
    }
    let end = evidence.expires_on.unwrap_or_else(|| evidence::last_day(dated));
    if end < dated {
        return Err(AppError::field("expires_on", FieldCode::DateOutOfRange, end));
    }
    Ok(end)
}

/// A recorded try.
#[derive(Serialize, ToSchema)]
pub struct AttemptView {
    pub id: RecordId,
    /// How.
    pub channel: AttemptChannel,
    /// With what result.
    pub outcome: AttemptOutcome,
    /// Business date.
    pub on_day: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
}

impl From<Attempt> for AttemptView {
    fn from(a: Attempt) -> Self {
        Self { id: a.id, channel: a.channel, outcome: a.outcome, on_day: a.on_day, at: a.at }
    }
}

/// A follow-up of a placement.
#[derive(Serialize, ToSchema)]
pub struct FollowUpView {
    /// 1, 3 or 6 months after the start.
    pub month: i64,
    /// When to ask.
    pub due_on: NaiveDate,
    /// The answer; none while open.
    pub still_working: Option<bool>,
    /// What was said.
    pub note: Option<String>,
    /// When the answer was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl From<FollowUp> for FollowUpView {
    fn from(f: FollowUp) -> Self {
        Self {
            month: f.month,
            due_on: f.due_on,
            still_working: f.still_working,
            note: f.note,
            recorded_at: f.recorded_at,
        }
    }
}

/// Writes down a try to reach the person of an application that is not settled: officers and companions.
pub async fn add_attempt(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    id: ApplicationId,
    channel: AttemptChannel,
    outcome: AttemptOutcome,
) -> Result<AttemptView, AppError> {
    check_field_worker(session)?;
    let acting = session.acting()?;
    let scope = acting.reach().applications()?;
    let found = applications::find(tx, &scope, id).await?.ok_or(AppError::NotFound)?;
    if found.state.is_final() {
        return Err(AppError::conflict(ProblemCode::WrongState, found.state));
    }
    let row = Attempt {
        id: system::fresh(),
        application_id: id,
        channel,
        outcome,
        officer_id: Some(session.account),
        on_day: app.clock.today(),
        at: app.clock.now(),
    };
    contacts::insert_attempt(tx, &row).await?;
    audit::write(tx, &acting, app.clock.now(), AuditEvent::ContactAttempt(id)).await?;
    workflow::give_up_if_unreachable(app, tx, &found).await?;
    Ok(row.into())
}

/// The tries about an application, oldest first.
pub async fn attempts(app: &App, session: &Session, id: ApplicationId) -> Result<Vec<AttemptView>, AppError> {
    check_field_worker(session)?;
    let mut tx = app.db.read().await?;
    let scope = session.acting()?.reach().applications()?;
    applications::find(&mut tx, &scope, id).await?.ok_or(AppError::NotFound)?;
    Ok(contacts::attempts(&mut tx, id).await?.into_iter().map(AttemptView::from).collect())
}

/// What was said when a follow-up was asked.
#[derive(Clone, Debug)]
pub struct FollowUpAnswer {
    /// 1, 3 or 6 months after the start.
    pub month: i64,
    /// Whether the person still works there.
    pub still_working: bool,
    /// What was said.
    pub note: Option<String>,
    /// Last day of work; required when the person no longer works there.
    pub ended_on: Option<NaiveDate>,
    /// Why, from the list of `end`; required likewise.
    pub reason: Option<String>,
}

/// Records the answer to an open follow-up. "No longer" ends the placement in the same transaction.
pub async fn answer_follow_up(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    id: ApplicationId,
    answer: &FollowUpAnswer,
) -> Result<Vec<FollowUpView>, AppError> {
    check_field_worker(session)?;
    let acting = session.acting_on(Event::End)?;
    let scope = acting.reach().applications()?;
    applications::find(tx, &scope, id).await?.ok_or(AppError::NotFound)?;
    if !contact::FOLLOW_UP_MONTHS.map(i64::from).contains(&answer.month) {
        return Err(AppError::field("month", FieldCode::NumberOutOfRange, answer.month));
    }
    let planned = contacts::follow_ups(tx, id).await?;
    let due_on = planned.iter().find(|one| one.month == answer.month).map(|one| one.due_on);
    if let Some(due_on) = due_on.filter(|due| !contact::may_be_told(*due, app.clock.today()))
        && answer.still_working
    {
        return Err(AppError::field("still_working", FieldCode::TooEarly, due_on));
    }
    let row = FollowUp {
        id: system::fresh(),
        application_id: id,
        month: answer.month,
        due_on: app.clock.today(),
        still_working: Some(answer.still_working),
        note: answer.note.clone(),
        recorded_by: Some(session.account),
        recorded_at: Some(app.clock.now()),
    };
    if contacts::answer_follow_up(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::FollowUpNotOpen, answer.month));
    }
    if !answer.still_working {
        let details = Details {
            reason: answer.reason.clone(),
            text: answer.note.clone(),
            ended_on: answer.ended_on,
            ..Details::default()
        };
        workflow::act(app, tx, &acting, id, Event::End, &details, None).await?;
    }
    audit::write(tx, &acting, app.clock.now(), AuditEvent::FollowUp(id)).await?;
    Ok(contacts::follow_ups(tx, id).await?.into_iter().map(FollowUpView::from).collect())
}

/// The follow-ups of a placement, by month.
pub async fn follow_ups(
    app: &App,
    session: &Session,
    id: ApplicationId,
) -> Result<Vec<FollowUpView>, AppError> {
    check_field_worker(session)?;
    let mut tx = app.db.read().await?;
    let scope = session.acting()?.reach().applications()?;
    applications::find(&mut tx, &scope, id).await?.ok_or(AppError::NotFound)?;
    Ok(contacts::follow_ups(&mut tx, id).await?.into_iter().map(FollowUpView::from).collect())
}

/// Officers and companions only.
fn check_field_worker(session: &Session) -> Result<(), AppError> {
    match session.role {
        Role::Staff | Role::Supervisor | Role::Companion => Ok(()),
        Role::Trainee | Role::Employer | Role::Agency | Role::Administrator => Err(WRONG_ROLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(criterion: evidence::Criterion, value: Option<i64>) -> Evidence {
        let dated_on = "2026-01-31".parse().unwrap();
        Evidence { criterion, value, source: "DTSEN".to_owned(), dated_on, expires_on: None }
    }

    #[test]
    fn a_refused_value_names_its_field_and_itself() {
        let refused = value(&evidence(evidence::Criterion::Desil, Some(0))).unwrap_err();
        let AppError::Invalid(issues) = refused else { panic!("{refused}") };
        assert_eq!((issues[0].code.as_str(), issues[0].value.as_str()), ("desil_out_of_range", "0"));
        assert_eq!(value(&evidence(evidence::Criterion::LaidOff, None)).unwrap(), 1);
    }

    #[test]
    fn evidence_counts_for_a_year_and_is_not_from_the_future() {
        let today = "2026-03-02".parse().unwrap();
        let found = evidence(evidence::Criterion::Disability, None);
        assert_eq!(expiry(&found, today).unwrap().to_string(), "2027-01-31");
        assert!(expiry(&found, "2026-01-30".parse().unwrap()).is_err());
        let upside_down = Evidence { expires_on: "2026-01-01".parse().ok(), ..found };
        assert!(expiry(&upside_down, today).is_err());
    }
}
