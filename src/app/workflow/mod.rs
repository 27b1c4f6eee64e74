//! What happens to applications: one transaction for an event and everything that follows from it. `act` checks who
//! asks and what they bring; `engine` writes one step (compare-and-swap, counters, event, audit); `consequences` does
//! what follows, in the order of `domain::desk`; `reserve` is its last step; `undo` takes the last event back. Rows are locked vacancy first.
mod clocks;
mod consequences;
mod days;
pub mod engine;
mod leaving;
mod reserve;
mod undo;

use chrono::NaiveDate;

use crate::{
    app::{App, AppError, access::acting::Acting, system},
    domain::{
        access::Right,
        application::{self, Event, State, reason},
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel},
        ids::{ApplicationId, EventId, PersonId, RecordId, RunId, VacancyId},
        person::Bar,
        vacancy,
        workflow::{Actor, Need},
    },
    store::{
        Tx,
        applications::{self, Application},
        contacts, people, profiles, vacancies,
    },
};
pub use clocks::run_again;
use engine::{Change, Engine};
pub use leaving::{give_up_if_unreachable, leave_all, serve_waiting};

/// Rules of the workflow that the office may change.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Referral slots for each seat that is left, in thousandths.
    pub slot_ratio_permille: i64,
    /// Working days until answers are due.
    pub deadlines: application::Deadlines,
    /// Minutes within which the last event may be undone.
    pub undo_minutes: u32,
    /// Months for which a consent to share the profile counts.
    pub consent_months: u32,
    /// Version of the wording that is shown or read out when consent is asked.
    pub consent_wording: String,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            slot_ratio_permille: 2000,
            deadlines: application::Deadlines::default(),
            undo_minutes: 15,
            consent_months: 6,
            consent_wording: "2026-11".to_owned(),
        }
    }
}

/// How a consent was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentDraft {
    /// `web`, `phone`, `counter` or `visit`.
    pub channel: String,
    /// The number dialled, for `phone`.
    pub number_dialled: Option<String>,
    /// Whether the person themself spoke.
    pub self_spoke: bool,
}

/// What an event brings with it.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// Reason code from the closed list of the event.
    pub reason: Option<String>,
    /// Reason in own words.
    pub text: Option<String>,
    /// First day of work (hire).
    pub starts_on: Option<NaiveDate>,
    /// Last day of work (end).
    pub ended_on: Option<NaiveDate>,
    /// How consent was given (consent, apply).
    pub consent: Option<ConsentDraft>,
    /// The phone number on which the person was reached (consent and decline recorded by staff).
    pub number_dialled: Option<String>,
    /// New state (correct).
    pub target: Option<State>,
    /// New deadline (extend).
    pub deadline: Option<NaiveDate>,
}

/// One change that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The event row.
    pub event_id: EventId,
    /// Which application.
    pub application: ApplicationId,
    /// What happened.
    pub event: Event,
    /// The state before.
    pub from: Option<State>,
    /// The state after.
    pub to: State,
    /// The event that caused it; none for the event asked for.
    pub cause: Option<EventId>,
}

/// What an action did: the application as it is now and every change recorded, the asked one first.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The application after all consequences.
    pub application: Application,
    /// Every change.
    pub recorded: Vec<Recorded>,
}

/// Lets one event happen to an existing application, with its consequences, in the caller's transaction.
/// `expected` is the version the caller saw; `None` skips the check (consequences, the command line).
pub async fn act(
    app: &App,
    tx: &mut Tx,
    by: &Acting,
    id: ApplicationId,
    event: Event,
    details: &Details,
    expected: Option<i64>,
) -> Result<Outcome, AppError> {
    let (capacity, within) = (by.capacity()?, by.reach().applications()?);
    let seen = applications::find(tx, &within, id).await?.ok_or(AppError::NotFound)?;
    let mut engine = Engine::new(app, tx);
    let counters = engine.lock(seen.vacancy_id, seen.person_id).await?;
    let before = applications::get(engine.tx, id).await?.ok_or(AppError::NotFound)?;
    if let Some(given) = expected.filter(|given| *given != before.version) {
        return Err(AppError::Stale { given, present: before.version });
    }
    if event == Event::Undo {
        application::MACHINE.row(Some(before.state), event, capacity).map_err(refused)?;
        let cause = undo::undo(&mut engine, by, &before).await?;
        consequences::settle(&mut engine, before.vacancy_id, Some(before.person_id), Some(cause)).await?;
        return engine.outcome(id).await;
    }
    let to = target(&before, event, capacity, details)?;
    if before.held && !event.is_possible_while_held() {
        return Err(AppError::conflict("held", "the person is hired elsewhere"));
    }
    check_needs(&mut engine, by, &before, event, details).await?;
    check_vacancy(&engine, &counters, event)?;
    check_employer(&counters, before.state, event, by.capacity()?)?;
    days::check_correction(&mut engine, &before, event, to).await?;
    let change = Change { event, to, by, cause: None, reason: reason_text(details) };
    happen(&mut engine, &before, change, details, &counters).await?;
    engine.outcome(id).await
}

/// Writes an event that nothing stands against, and what follows from it.
async fn happen(
    engine: &mut Engine<'_>,
    before: &Application,
    change: Change<'_>,
    details: &Details,
    counters: &vacancies::Counters,
) -> Result<(), AppError> {
    let (event, to, by) = (change.event, change.to, change.by);
    let own_slot = event == Event::Consent
        && before.state == State::Confirmed
        && engine.takes_referrals(before.vacancy_id).await?;
    if !own_slot {
        engine.count(before, event, to).await?;
    }
    if event == Event::Correct {
        check_return(engine, before, to).await?;
    }
    let (after, cause) = engine.place(before, change, |next| edit(next, event, details)).await?;
    record_contact(engine, by, &after, counters, event, details).await?;
    if own_slot {
        consequences::refer_in_own_slot(engine, &after, cause).await?;
    }
    if event == Event::Start {
        consequences::plan_follow_ups(engine, &after).await?;
    }
    consequences::settle(engine, before.vacancy_id, Some(before.person_id), Some(cause)).await
}

/// What a new application starts from.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Whose.
    pub person: PersonId,
    /// For what.
    pub vacancy: VacancyId,
    /// The run that proposed it.
    pub run: Option<RunId>,
    /// Fit at that time, points 0..1000.
    pub fit: i64,
    /// Priority at that time, points 0..300.
    pub priority: i64,
    /// Order in the vacancy's queue.
    pub reserve_order: i64,
}

/// Makes a new application by `propose` or `apply`. The person must be in the caller's reach; an open application between
/// the two is a conflict.
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    by: &Acting,
    start: &Start,
    event: Event,
    details: &Details,
) -> Result<Outcome, AppError> {
    let (capacity, within) = (by.capacity()?, by.reach().people()?);
    let mut engine = Engine::new(app, tx);
    let counters = engine.lock(start.vacancy, start.person).await?;
    // Looked for only now that the row is locked: nobody erases the person meanwhile.
    people::find(engine.tx, &within, start.person).await?.ok_or(AppError::NotFound)?;
    let open = applications::open_between(engine.tx, start.person, start.vacancy).await?;
    if let Some(proposed) = open.as_ref().filter(|a| a.state == State::Proposed && event == Event::Apply) {
        return act(app, tx, by, proposed.id, event, details, None).await;
    }
    let to = application::next(None, event, capacity).map_err(refused)?;
    check_vacancy(&engine, &counters, event)?;
    if let Some(open) = open {
        return Err(AppError::conflict("already_open", open.state));
    }
    if engine.person(start.person)?.placed > 0 {
        return Err(AppError::conflict(Bar::Placed.as_str(), start.person));
    }
    days::check_beginning(&mut engine, start, by.capacity()?).await?;
    let fresh = engine.blank(start, to);
    check_needs_of(&mut engine, by, &fresh, None, event, details).await?;
    let change = Change { event, to, by, cause: None, reason: reason_text(details) };
    let (after, _) = engine.create(fresh, change).await?;
    record_contact(&mut engine, by, &after, &counters, event, details).await?;
    engine.outcome(after.id).await
}

/// Settles a vacancy after something of its own happened: it was resumed, its seats changed, the employer spoke. A
/// vacancy that is over closes what was open.
pub async fn settle_vacancy(
    app: &App,
    tx: &mut Tx,
    id: VacancyId,
    closes: Option<reason::CloseReason>,
) -> Result<(), AppError> {
    let mut engine = Engine::new(app, tx);
    if let Some(reason) = closes {
        consequences::close_open(&mut engine, id, reason, None).await?;
    }
    consequences::settle(&mut engine, id, None, None).await
}

/// What must hold of an application that returns to an open state: the pair has no other open one; coming from a
/// settled state, its vacancy still keeps applications and the person has not started elsewhere.
async fn check_return(engine: &mut Engine<'_>, was: &Application, back: State) -> Result<(), AppError> {
    if !back.is_open() {
        return Ok(());
    }
    let own = applications::unsettled_of_person(engine.tx, was.person_id).await?;
    if own
        .iter()
        .any(|other| other.id != was.id && other.vacancy_id == was.vacancy_id && other.state.is_open())
    {
        return Err(AppError::conflict("already_open", was.person_id));
    }
    if !back.is_open_before_hired() || was.state.is_open_before_hired() {
        return Ok(());
    }
    let counters = engine.vacancy(was.vacancy_id).await?;
    let reopens = counters.state == vacancy::State::Filled && !engine.book(&counters).is_full();
    if !counters.state.keeps_applications() && !reopens {
        return Err(AppError::conflict("vacancy_not_open", counters.state));
    }
    if own.iter().any(|other| other.id != was.id && other.state == State::Started) {
        return Err(AppError::conflict(Bar::Placed.as_str(), was.person_id));
    }
    Ok(())
}

/// Refusals of the state machine as errors of the application.
pub(crate) fn refused(error: crate::domain::workflow::TransitionError) -> AppError {
    match error {
        crate::domain::workflow::TransitionError::WrongActor { .. } => AppError::Forbidden("wrong_actor"),
        other => AppError::conflict(other.code(), other),
    }
}

fn target(before: &Application, event: Event, actor: Actor, details: &Details) -> Result<State, AppError> {
    if event != Event::Correct {
        return application::next(Some(before.state), event, actor).map_err(refused);
    }
    let to = details.target.ok_or_else(|| AppError::field("target", "required", ""))?;
    application::correct_target(before.state, to, actor).map_err(refused)
}

fn reason_text(details: &Details) -> Option<String> {
    match (&details.reason, &details.text) {
        (Some(reason), Some(text)) => Some(format!("{reason}: {text}")),
        (reason, text) => reason.clone().or_else(|| text.clone()),
    }
}

/// New proposals, applications and confirmations need a vacancy that takes people; a hire only one that still keeps
/// applications.
fn check_vacancy(engine: &Engine<'_>, counters: &vacancies::Counters, event: Event) -> Result<(), AppError> {
    if !matches!(event, Event::Propose | Event::Apply | Event::Confirm) {
        return Ok(());
    }
    let takes = counters.standing().takes_people(engine.today);
    takes.map_err(|why| AppError::conflict(vacancy::NOT_TAKING, why))
}

/// A suspended employer goes on with nobody, and its silence is none: what it owes stands still until it is reinstated.
/// Ending what there is stays possible to it; officers record what happened.
fn check_employer(
    counters: &vacancies::Counters,
    from: State,
    event: Event,
    actor: Actor,
) -> Result<(), AppError> {
    let employer = counters.employer_state;
    let goes_on = actor == Actor::Employer && event.takes_further();
    let is_silence = event == Event::Lapse && from.stands_still(employer);
    if (goes_on && !employer.may_deal_with_the_referred()) || is_silence {
        return Err(AppError::conflict("employer_suspended", employer));
    }
    Ok(())
}

async fn check_needs(
    engine: &mut Engine<'_>,
    by: &Acting,
    before: &Application,
    event: Event,
    details: &Details,
) -> Result<(), AppError> {
    check_needs_of(engine, by, before, Some(before.state), event, details).await
}

async fn check_needs_of(
    engine: &mut Engine<'_>,
    by: &Acting,
    application: &Application,
    from: Option<State>,
    event: Event,
    details: &Details,
) -> Result<(), AppError> {
    let needs = application::needs(from, event, by.capacity()?).map_err(refused)?;
    for need in needs {
        check_need(engine, by, application, details, *need).await?;
    }
    if let Some(code) = &details.reason {
        reason::check(event, code).map_err(|_| AppError::field("reason", "unknown_reason", code))?;
    }
    Ok(())
}

async fn check_need(
    engine: &mut Engine<'_>,
    by: &Acting,
    application: &Application,
    details: &Details,
    need: Need,
) -> Result<(), AppError> {
    let missing = |field: &'static str| Err(AppError::field(field, "required", ""));
    match need {
        Need::Reason if details.reason.is_none() => missing("reason"),
        Need::ReasonIfPriority if details.reason.is_none() => {
            let evidence = profiles::criteria_of(engine.tx, application.person_id).await?;
            let counts =
                evidence.iter().any(|c| c.expires_on >= engine.today && c.criterion.speaks_for(c.value));
            if counts { missing("reason") } else { Ok(()) }
        }
        Need::WrittenReason if details.text.as_deref().is_none_or(|t| t.trim().is_empty()) => missing("text"),
        Need::StartDate => days::check_start(engine, application, details).await,
        Need::EndDate => days::check_end(application, details),
        Need::ConsentRecord if details.consent.is_none() => missing("consent"),
        Need::PhoneContact
            if details.number_dialled.is_none()
                && details
                    .consent
                    .as_ref()
                    .is_none_or(|c| c.channel == "phone" && c.number_dialled.is_none()) =>
        {
            missing("number_dialled")
        }
        Need::ConfirmRight => by.may(Right::Confirm),
        Need::VerifyRight => by.may(Right::Verify),
        Need::NewDate => match details.deadline {
            Some(day) if day >= engine.today => Ok(()),
            Some(day) => Err(AppError::field("deadline", "date_in_the_past", day)),
            None => missing("deadline"),
        },
        Need::Target if details.target.is_none() => missing("target"),
        Need::Reason
        | Need::ReasonIfPriority
        | Need::WrittenReason
        | Need::WrittenReasonIfFlagged
        | Need::ConsentRecord
        | Need::PhoneContact
        | Need::Target => Ok(()),
    }
}

fn edit(next: &mut Application, event: Event, details: &Details) {
    match event {
        Event::Hire => next.starts_on = details.starts_on,
        Event::Extend => next.deadline = details.deadline,
        _ => {}
    }
}

/// Keeps the consent or the phone contact that an event rests on.
async fn record_contact(
    engine: &mut Engine<'_>,
    by: &Acting,
    application: &Application,
    counters: &vacancies::Counters,
    event: Event,
    details: &Details,
) -> Result<(), AppError> {
    if let (Event::Consent | Event::Apply, Some(consent)) = (event, &details.consent) {
        let number = consent.number_dialled.clone().or_else(|| details.number_dialled.clone());
        let channel: ConsentChannel = consent
            .channel
            .parse()
            .map_err(|_| AppError::field("consent.channel", "unknown_code", &consent.channel))?;
        if channel == ConsentChannel::Phone && number.is_none() {
            return Err(AppError::field("consent.number_dialled", "required", ""));
        }
        let ends_on = engine
            .today
            .checked_add_months(chrono::Months::new(engine.app.rules.consent_months))
            .unwrap_or(engine.today);
        let row = contacts::Consent {
            id: system::fresh::<RecordId>(),
            application_id: application.id,
            person_id: application.person_id,
            vacancy_id: application.vacancy_id,
            employer_id: counters.employer_id,
            channel,
            number_dialled: number,
            self_spoke: consent.self_spoke,
            officer_id: if by.capacity()? == Actor::Person { None } else { by.account() },
            wording: engine.app.rules.consent_wording.clone(),
            ends_on,
            given_at: engine.now,
        };
        contacts::insert_consent(engine.tx, &row).await?;
    }
    if let Some(_number) = &details.number_dialled {
        let row = contacts::Attempt {
            id: system::fresh::<RecordId>(),
            application_id: application.id,
            channel: AttemptChannel::Phone,
            outcome: AttemptOutcome::Reached,
            officer_id: by.account(),
            on_day: engine.today,
            at: engine.now,
        };
        contacts::insert_attempt(engine.tx, &row).await?;
    }
    Ok(())
}
