//! What happens to applications: one transaction for an event and everything that follows from it. `act` checks who
//! asks and what they bring, by `domain::application::conditions`; `engine` writes one step (compare-and-swap, counters,
//! event, audit); `consequences` carries out what follows by `domain::application::follows`, `reserve` is its last step;
//! `undo` takes the last event back. Rows are locked vacancy first, then person, then application.
mod clocks;
mod consequences;
mod days;
pub mod engine;
mod facts;
mod leaving;
mod reserve;
mod undo;

use chrono::NaiveDate;

use crate::{
    app::{App, AppError, access::acting::Acting, own_words, system},
    domain::{
        access::Right,
        application::{
            self, Event, State,
            conditions::{self, Lack},
            follows, reason,
        },
        codes::{FieldCode, ProblemCode},
        complaint,
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel, Guardian, Invitation},
        evidence,
        ids::{ApplicationId, EventId, PersonId, RecordId, RunId, VacancyId},
        limits,
        machine::Actor,
    },
    store::{
        Tx,
        applications::{self, Application},
        contacts, interviews, people, profiles,
    },
};
pub use clocks::run_again;
use engine::{Change, Engine, Said};
pub use leaving::{give_up_if_unreachable, leave_all};
pub(crate) use reserve::bar;

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
    /// How the person said it.
    pub channel: ConsentChannel,
    /// The number dialled, for `phone`, or that wrote, for `whatsapp`.
    pub number_dialled: Option<String>,
    /// Whether the person themself spoke.
    pub self_spoke: bool,
    /// The text that was answered, for `whatsapp`.
    pub text_shown: Option<String>,
    /// Who consents in writing besides, where the person is below 18.
    pub guardian: Option<Guardian>,
}

/// What an event brings with it.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// Reason code from the closed list of the event.
    pub reason: Option<String>,
    /// Reason in own words.
    pub text: Option<String>,
    /// First day of work: agreed (hire), or as it was (start).
    pub starts_on: Option<NaiveDate>,
    /// Last day of work (end).
    pub ended_on: Option<NaiveDate>,
    /// How consent was given (consent, apply).
    pub consent: Option<ConsentDraft>,
    /// When and where the person is expected (invite); checked when it is kept.
    pub invitation: Option<Invitation>,
    /// The phone number on which the person was reached (consent and decline recorded by staff).
    pub number_dialled: Option<String>,
    /// How a companion heard a no, and from whom: kept as the contact it was.
    pub heard: Option<(AttemptChannel, AttemptOutcome)>,
    /// New state (correct).
    pub target: Option<State>,
    /// New deadline (extend).
    pub deadline: Option<NaiveDate>,
    /// The person may read the reason (refuse).
    pub share: bool,
    /// The family helped to answer (consent, decline, withdraw, apply by the person).
    pub helped: bool,
}

/// One change that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The event row.
    pub event_id: EventId,
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
    /// The complaint that the reason was.
    pub complaint: Option<complaint::Number>,
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
    let mut engine = Engine::new(app, tx);
    let before = engine.open(&within, id).await?;
    if let Some(given) = expected.filter(|given| *given != before.version) {
        return Err(AppError::Stale { given, present: before.version });
    }
    if event == Event::Undo {
        application::MACHINE.row(Some(before.state), event, capacity).map_err(refused)?;
        let cause = undo::undo(&mut engine, by, &before).await?;
        consequences::settle(&mut engine, before.vacancy_id, Some(before.person_id), Some(cause)).await?;
        return engine.outcome(id);
    }
    let to = target(&before, event, capacity, details)?;
    conditions::of_rest(before.held, event).map_err(facts::refusal)?;
    check_needs(&mut engine, by, &before, Some(before.state), event, details).await?;
    check_vacancy(&mut engine, before.vacancy_id, event).await?;
    let employer = engine.vacancy(before.vacancy_id).await?.employer_state;
    conditions::of_employer(event, before.state, capacity, employer).map_err(facts::refusal)?;
    days::check_correction(&mut engine, &before, event, to).await?;
    let change =
        Change { event, to, by, cause: None, reason: reason_text(details), said: Said::of(event, details) };
    happen(&mut engine, &before, change, details).await?;
    engine.outcome(id)
}

/// Writes an event that nothing stands against, and what follows from it.
async fn happen(
    engine: &mut Engine<'_>,
    before: &Application,
    change: Change<'_>,
    details: &Details,
) -> Result<(), AppError> {
    let (event, to, by) = (change.event, change.to, change.by);
    let own_slot =
        follows::asks_for_own_slot(event, before.state) && engine.takes_referrals(before.vacancy_id).await?;
    if !own_slot {
        engine.count(before, event, to).await?;
    }
    if event == Event::Correct {
        check_return(engine, before, to).await?;
    }
    let (after, cause) = engine.place(before, change, |next| edit(next, event, details)).await?;
    record_contact(engine, by, &after, event, details).await?;
    consequences::of_itself(engine, event, after.id, own_slot, cause).await?;
    consequences::settle(engine, before.vacancy_id, Some(before.person_id), Some(cause)).await
}

/// What a new application starts from.
#[derive(Clone, Copy, Debug)]
pub struct Start {
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
/// the two is a conflict, unless `apply` meets a proposal, or a run proposes what an earlier one did and nobody answered:
/// these go on with what there is.
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
    engine.lock(start.vacancy, start.person).await?;
    // Looked for only now that the row is locked: nobody erases the person meanwhile.
    people::find(engine.tx, &within, start.person).await?.ok_or(AppError::NotFound)?;
    let open = applications::open_between(engine.tx, start.person, start.vacancy).await?;
    if let Some(proposed) = open.as_ref().filter(|a| a.state == State::Proposed && event == Event::Apply) {
        if applications::find(engine.tx, &by.reach().applications()?, proposed.id).await?.is_none() {
            // A proposal the person does not know of must not show in how their own application is refused.
            check_vacancy(&mut engine, start.vacancy, event).await?;
            let placed = engine.person(start.person)?.placed;
            conditions::of_new_pair(start.person, placed, None).map_err(facts::refusal)?;
        }
        // The person is within reach; the proposal need not be, and becomes known by this.
        return act(app, tx, &by.reaching_all(), proposed.id, event, details, None).await;
    }
    if event == Event::Propose
        && let Some(old) = open.as_ref().filter(|old| is_renewed_by(old, start.run))
    {
        return renew(engine, by, old, start).await;
    }
    let to = application::next(None, event, capacity).map_err(refused)?;
    check_vacancy(&mut engine, start.vacancy, event).await?;
    let placed = engine.person(start.person)?.placed;
    conditions::of_new_pair(start.person, placed, open.map(|a| a.state)).map_err(facts::refusal)?;
    days::check_beginning(&mut engine, start, by.capacity()?).await?;
    let fresh = engine.blank(start, to).await?;
    check_needs(&mut engine, by, &fresh, None, event, details).await?;
    let change =
        Change { event, to, by, cause: None, reason: reason_text(details), said: Said::of(event, details) };
    let (after, _) = engine.create(fresh, change).await?;
    record_contact(&mut engine, by, &after, event, details).await?;
    engine.outcome(after.id)
}

/// Whether a run that proposes the pair of an open application goes on with it: an earlier run proposed it, and nobody
/// answered.
fn is_renewed_by(open: &Application, run: Option<RunId>) -> bool {
    open.state == State::Proposed && run.is_some() && open.run_id.is_some() && open.run_id != run
}

/// A newer run proposes a pair again. It is checked like a new one; what the run says of it is written anew, all else stays.
async fn renew(
    mut engine: Engine<'_>,
    by: &Acting,
    old: &Application,
    start: &Start,
) -> Result<Outcome, AppError> {
    let event = Event::Renew;
    let to = application::next(Some(old.state), event, by.capacity()?).map_err(refused)?;
    check_vacancy(&mut engine, old.vacancy_id, event).await?;
    let placed = engine.person(old.person_id)?.placed;
    conditions::of_new_pair(old.person_id, placed, None).map_err(facts::refusal)?;
    let change = Change { event, to, by, cause: None, reason: None, said: Said::default() };
    let as_the_run_says = |next: &mut Application| {
        (next.run_id, next.fit, next.priority) = (start.run, start.fit, start.priority);
        next.reserve_order = start.reserve_order;
    };
    engine.step(old, change, as_the_run_says).await?;
    engine.outcome(old.id)
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

/// What must hold of an application that returns to an open state.
async fn check_return(engine: &mut Engine<'_>, was: &Application, back: State) -> Result<(), AppError> {
    if !back.is_open() {
        return Ok(());
    }
    let own = applications::unsettled_of_person(engine.tx, was.person_id).await?;
    let (was, own) = (facts::of_application(was), facts::of_applications(&own));
    conditions::of_returning_pair(&was, back, &own).map_err(facts::refusal)?;
    if conditions::reenters(was.state, back) {
        let vacancy = engine.facts(was.vacancy).await?;
        conditions::of_reentry(&was, &own, &vacancy).map_err(facts::refusal)?;
    }
    Ok(())
}

/// Refusals of the state machine as errors of the application.
pub(crate) fn refused(error: crate::domain::machine::TransitionError) -> AppError {
    match error {
        crate::domain::machine::TransitionError::WrongActor { .. } => {
            AppError::Forbidden(ProblemCode::WrongActor)
        }
        other => AppError::conflict(other.code(), other),
    }
}

fn target(before: &Application, event: Event, actor: Actor, details: &Details) -> Result<State, AppError> {
    if event != Event::Correct {
        return application::next(Some(before.state), event, actor).map_err(refused);
    }
    let to = details.target.ok_or_else(|| AppError::field("target", FieldCode::Required, ""))?;
    application::correct_target(before.state, to, actor).map_err(refused)
}

fn reason_text(details: &Details) -> Option<String> {
    match (&details.reason, &details.text) {
        (Some(reason), Some(text)) => Some(format!("{reason}: {text}")),
        (reason, text) => reason.clone().or_else(|| text.clone()),
    }
}

impl Said {
    /// What of it an event keeps: only a refusal is shared, only an answer is helped.
    fn of(event: Event, details: &Details) -> Self {
        let answers = matches!(event, Event::Consent | Event::Decline | Event::Withdraw | Event::Apply);
        Self { shared: details.share && event == Event::Refuse, helped: details.helped && answers }
    }
}

async fn check_vacancy(engine: &mut Engine<'_>, vacancy: VacancyId, event: Event) -> Result<(), AppError> {
    let vacancy = engine.facts(vacancy).await?;
    conditions::of_vacancy(event, &vacancy, engine.today).map_err(facts::refusal)
}

async fn check_needs(
    engine: &mut Engine<'_>,
    by: &Acting,
    application: &Application,
    from: Option<State>,
    event: Event,
    details: &Details,
) -> Result<(), AppError> {
    own_words::optional(limits::ANSWER, "text", details.text.as_deref())
        .map_err(|issue| AppError::Invalid(vec![issue]))?;
    let brought = facts::of_details(details, by.may(Right::Confirm).is_ok());
    for need in application::needs(from, event, by.capacity()?).map_err(refused)? {
        match conditions::lack(*need, &brought, engine.today) {
            None => {}
            Some(Lack::FieldIfPriority(_)) if !has_priority(engine, application.person_id).await? => {}
            Some(lack) => return Err(facts::lack(lack)),
        }
    }
    days::check(engine, application, event, details).await?;
    days::check_guardian(engine, application, event, details).await?;
    if let Some(code) = &details.reason {
        reason::check(event, code).map_err(|_| AppError::field("reason", FieldCode::UnknownReason, code))?;
    }
    Ok(())
}

async fn has_priority(engine: &mut Engine<'_>, person: PersonId) -> Result<bool, AppError> {
    let of_person = profiles::criteria_of(engine.tx, person).await?;
    let counts = |c: &profiles::Criterion| evidence::counts_on(c.dated_on, c.expires_on, engine.today);
    let counting = of_person.iter().filter(|c| counts(c)).map(|c| (c.criterion, c.value));
    Ok(evidence::gives_priority(counting))
}

fn edit(next: &mut Application, event: Event, details: &Details) {
    match event {
        Event::Hire => next.starts_on = details.starts_on,
        Event::Start => next.starts_on = details.starts_on.or(next.starts_on),
        Event::Extend => next.deadline = details.deadline,
        _ => {}
    }
}

/// Keeps the consent or the phone contact that an event rests on.
async fn record_contact(
    engine: &mut Engine<'_>,
    by: &Acting,
    application: &Application,
    event: Event,
    details: &Details,
) -> Result<(), AppError> {
    check_dialled(details)?;
    if let (Event::Invite, Some(invitation)) = (event, &details.invitation) {
        let checked = invitation.clone().checked(engine.today);
        let checked = checked.map_err(|(field, code)| AppError::field(field, code, ""))?;
        interviews::set(engine.tx, application.id, &checked, engine.now).await?;
    }
    if let (Event::Consent | Event::Apply | Event::Hire, Some(consent)) = (event, &details.consent) {
        let number = consent.number_dialled.clone().or_else(|| details.number_dialled.clone());
        let channel = consent.channel;
        if channel.needs_number() && number.is_none() {
            return Err(AppError::field("consent.number_dialled", FieldCode::Required, ""));
        }
        let text_shown = text_shown(consent)?;
        let ends_on = engine
            .today
            .checked_add_months(chrono::Months::new(engine.app.rules.consent_months))
            .unwrap_or(engine.today);
        let row = contacts::Consent {
            id: system::fresh::<RecordId>(),
            application_id: application.id,
            person_id: application.person_id,
            vacancy_id: application.vacancy_id,
            employer_id: engine.vacancy(application.vacancy_id).await?.employer_id,
            channel,
            number_dialled: number,
            self_spoke: consent.self_spoke,
            officer_id: if by.capacity()? == Actor::Person { None } else { by.account() },
            wording: engine.app.rules.consent_wording.clone(),
            ends_on,
            given_at: engine.now,
            guardian: consent.guardian,
            text_shown,
        };
        contacts::insert_consent(engine.tx, &row).await?;
    }
    let by_number = details.number_dialled.as_ref().map(|_| (AttemptChannel::Phone, AttemptOutcome::Reached));
    if let Some((channel, outcome)) = details.heard.or(by_number) {
        let row = contacts::Attempt {
            id: system::fresh::<RecordId>(),
            application_id: application.id,
            channel,
            outcome,
            officer_id: by.account(),
            on_day: engine.today,
            at: engine.now,
        };
        contacts::insert_attempt(engine.tx, &row).await?;
    }
    Ok(())
}

/// The text a written consent answers.
fn text_shown(consent: &ConsentDraft) -> Result<Option<String>, AppError> {
    if !consent.channel.needs_text() {
        return Ok(None);
    }
    let (field, given) = ("consent.text_shown", consent.text_shown.as_deref().unwrap_or_default());
    Ok(Some(own_words::needed(limits::CONSENT, "text_shown", field, given)?))
}

/// A number that was dialled is one that can be.
fn check_dialled(details: &Details) -> Result<(), AppError> {
    let of_consent = details.consent.as_ref().and_then(|consent| consent.number_dialled.as_ref());
    for (field, number) in
        [("consent.number_dialled", of_consent), ("number_dialled", details.number_dialled.as_ref())]
    {
        if number.is_some_and(|number| !crate::domain::contact::is_dialable(number)) {
            return Err(AppError::field(field, FieldCode::NotDialable, ""));
        }
    }
    Ok(())
}
