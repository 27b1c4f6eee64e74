//! What happens next for people: made by hand, given to somebody, answered, listed. Belongs here: who may do so, and what an
//! answer does to the person. Does not belong here: steps that publishing a run makes (`publishing`), which kind somebody gets
//! (`domain::next_step`), what a reader sees of one (`seen`).
pub mod publishing;
pub mod seen;

use chrono::NaiveDate;

use crate::{
    app::{
        App, AppError,
        access::{
            Session, Trainee, WRONG_ROLE,
            acting::{Acting, Reach},
        },
        audit::{self, AuditEvent},
        calendar::working_days,
        own_words, people, system,
    },
    domain::{
        access::Role,
        codes::{FieldCode, ProblemCode},
        disclosure::Audience,
        ids::{AccountId, OrganisationId, PersonId, StepId},
        limits,
        next_step::{self, Kind, Outcome},
    },
    store::{
        Tx,
        accounts::{self, AccountState},
        next_steps::{self, Filter, Listed, Scope, Step},
        organisations::{self, OrganisationKind},
        people as person_rows,
    },
};
use seen::StepView;

/// Which steps are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// Those that were answered, else those that are open.
    pub answered: bool,
    pub kind: Option<Kind>,
    /// Due before today.
    pub overdue: bool,
    /// Those that the caller's own office sees to.
    pub own: bool,
}

/// A step made by hand.
#[derive(Clone, Debug)]
pub struct NewStep {
    pub person: PersonId,
    pub kind: Kind,
    /// The usual day when not said.
    pub due_on: Option<NaiveDate>,
    /// Who usually sees to it when not said.
    pub organisation: Option<OrganisationId>,
    pub officer: Option<String>,
}

/// Who sees to a step from now on, and by when; what is not said stays.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// Another office takes nobody's login and name along.
    pub organisation: Option<OrganisationId>,
    pub account: Option<AccountId>,
    pub officer: Option<String>,
    pub due_on: Option<NaiveDate>,
}

/// One page of what the session may see, by the day on which they are due: officers all, an agency what it sees to, a
/// companion those of the village.
pub async fn page(
    app: &App,
    session: &Session,
    asked: &Asked,
    after: Option<(NaiveDate, StepId)>,
    limit: i64,
) -> Result<Vec<StepView>, AppError> {
    let (acting, audience) = (session.acting()?, session.audience()?);
    let scope = match (acting.reach(), acting.office()) {
        (Reach::Office, Some(office)) if asked.own => Scope::Owner(office),
        (Reach::Office, _) => Scope::Office,
        (Reach::Agency(office), _) => Scope::Owner(*office),
        (Reach::Village(village), _) => Scope::Village(village.clone()),
        (Reach::Account(_) | Reach::Employer(_) | Reach::Nobody, _) => return Err(WRONG_ROLE),
    };
    let mut tx = app.db.read().await?;
    listed(app, &mut tx, (&scope, audience), asked, after, limit).await
}

/// One page of what the terminal shows: it acts as the office.
pub async fn for_terminal(
    app: &App,
    tx: &mut Tx,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<StepView>, AppError> {
    listed(app, tx, (&Scope::Office, Audience::Office), asked, None, limit).await
}

/// One page of the open steps of a login's own persons.
pub async fn own(
    app: &App,
    who: &Trainee,
    after: Option<(NaiveDate, StepId)>,
    limit: i64,
) -> Result<Vec<StepView>, AppError> {
    let Reach::Account(login) = *who.acting().reach() else { return Err(WRONG_ROLE) };
    let mut tx = app.db.read().await?;
    let reader = (&Scope::Account(login), Audience::Person);
    listed(app, &mut tx, reader, &Asked::default(), after, limit).await
}

/// The open steps of one person within reach, by the day they are due.
pub async fn of_person(
    app: &App,
    session: &Session,
    person: PersonId,
    limit: i64,
) -> Result<Vec<StepView>, AppError> {
    let (acting, audience) = (session.acting()?, session.audience()?);
    let mut tx = app.db.read().await?;
    if !session.people.contains(&person) {
        person_rows::find(&mut tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    }
    listed(app, &mut tx, (&Scope::Person(person), audience), &Asked::default(), None, limit).await
}

async fn listed(
    app: &App,
    tx: &mut Tx,
    (scope, audience): (&Scope, Audience),
    asked: &Asked,
    after: Option<(NaiveDate, StepId)>,
    limit: i64,
) -> Result<Vec<StepView>, AppError> {
    let today = app.clock.today();
    let filter = Filter {
        answered: asked.answered,
        kind: asked.kind,
        without: Kind::ALL.iter().copied().find(|kind| !audience.sees_step(*kind)),
        before: asked.overdue.then_some(today),
    };
    let rows = next_steps::page(tx, scope, &filter, after, limit).await?;
    Ok(rows.into_iter().map(|row| StepView::of(row, audience, today)).collect())
}

/// Makes a step by hand: officers, about anybody.
pub async fn make(app: &App, tx: &mut Tx, acting: &Acting, new: &NewStep) -> Result<StepView, AppError> {
    only_the_office(acting)?;
    let scope = acting.reach().people()?;
    let person = person_rows::find(tx, &scope, new.person).await?.ok_or(AppError::NotFound)?;
    let today = app.clock.today();
    let calendar = working_days(tx, today).await?;
    let usual = next_step::owner(new.kind, person.nominated_by, acting.office());
    let mut step = Step {
        id: system::fresh(),
        person_id: new.person,
        kind: new.kind,
        organisation_id: usual,
        account_id: None,
        officer: None,
        due_on: new.kind.due_on(today, person.available_from, &calendar),
        made_at: app.clock.now(),
        made_by: acting.account(),
        run_id: None,
        outcome: None,
        note: None,
        answered_at: None,
        answered_by: None,
    };
    let given = Assignment {
        organisation: new.organisation,
        account: None,
        officer: new.officer.clone(),
        due_on: new.due_on,
    };
    give(tx, &mut step, &given, today).await?;
    if next_steps::insert(tx, &step).await? == 0 {
        return Err(AppError::conflict(ProblemCode::StepOpen, new.kind));
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::NextStepCreate(step.id)).await?;
    read_back(app, tx, acting, step.id).await
}

/// Gives an open step to an office or a login, or moves its day: officers.
pub async fn assign(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: StepId,
    given: &Assignment,
) -> Result<StepView, AppError> {
    only_the_office(acting)?;
    let Listed { mut step, .. } = within_reach(tx, acting, id).await?;
    if step.answered_at.is_some() {
        return Err(AppError::conflict(ProblemCode::StepAnswered, step.kind));
    }
    give(tx, &mut step, given, app.clock.today()).await?;
    if next_steps::assign(tx, &step).await? == 0 {
        return Err(AppError::conflict(ProblemCode::StepAnswered, step.kind));
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::NextStepAssign(id)).await?;
    read_back(app, tx, acting, id).await
}

/// Stores what came of an open step: officers, and an agency of what it sees to. Who has work from now on looks for none.
pub async fn answer(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: StepId,
    outcome: Outcome,
    note: Option<&str>,
) -> Result<StepView, AppError> {
    let Listed { step, .. } = within_reach(tx, acting, id).await?;
    if !step.kind.can_end(outcome) {
        return Err(AppError::field("outcome", FieldCode::OutcomeNotPossible, outcome));
    }
    let note = own_words::optional(limits::NEXT_STEP, "note", note)?;
    let now = app.clock.now();
    if next_steps::answer(tx, id, outcome, note, acting.account(), now).await? == 0 {
        return Err(AppError::conflict(ProblemCode::StepAnswered, step.kind));
    }
    audit::write(tx, acting, now, AuditEvent::NextStepAnswer(id)).await?;
    follow(app, tx, acting, step.person_id, outcome).await?;
    read_back(app, tx, acting, id).await
}

/// The person's status follows what was found out, where they looked for work until now.
async fn follow(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    outcome: Outcome,
) -> Result<(), AppError> {
    let Some(status) = outcome.status() else { return Ok(()) };
    let found = person_rows::find(tx, &person_rows::Scope::Office, person).await?;
    let Some(before) = found.filter(|person| person.status.is_seeking()) else { return Ok(()) };
    let next = person_rows::Person { status, ..before.clone() };
    people::swap(app, tx, &before, next).await?;
    audit::write(tx, acting, app.clock.now(), AuditEvent::PersonEdit(person)).await
}

/// A step the caller may work on: any for an officer, for an agency those it sees to.
async fn within_reach(tx: &mut Tx, acting: &Acting, id: StepId) -> Result<Listed, AppError> {
    let owner = match acting.reach() {
        Reach::Office => None,
        Reach::Agency(office) => Some(*office),
        Reach::Account(_) | Reach::Village(_) | Reach::Employer(_) | Reach::Nobody => return Err(WRONG_ROLE),
    };
    let found = next_steps::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let is_foreign = owner.is_some() && found.step.organisation_id != owner;
    if is_foreign { Err(AppError::NotFound) } else { Ok(found) }
}

fn only_the_office(acting: &Acting) -> Result<(), AppError> {
    if *acting.reach() == Reach::Office { Ok(()) } else { Err(WRONG_ROLE) }
}

/// Puts who sees to a step and its day into the row.
async fn give(tx: &mut Tx, step: &mut Step, given: &Assignment, today: NaiveDate) -> Result<(), AppError> {
    let Assignment { organisation, account, officer, due_on } = given;
    if let Some(id) = *organisation {
        check_office(tx, id).await?;
        if step.organisation_id != Some(id) {
            (step.organisation_id, step.account_id, step.officer) = (Some(id), None, None);
        }
    }
    if let Some(id) = *account {
        check_login(tx, id, step.organisation_id).await?;
        step.account_id = Some(id);
    }
    if let Some(name) = own_words::optional(limits::NEXT_STEP, "officer", officer.as_deref())? {
        step.officer = Some(name);
    }
    if let Some(day) = *due_on {
        if day < today {
            return Err(AppError::field("due_on", FieldCode::DateInThePast, day));
        }
        if (day - today).num_days() > next_step::FURTHEST_DAYS {
            return Err(AppError::field("due_on", FieldCode::DateOutOfRange, day));
        }
        step.due_on = day;
    }
    Ok(())
}

/// Steps are seen to by the labour office or another agency: whoever acts for a village reads them only.
async fn check_office(tx: &mut Tx, id: OrganisationId) -> Result<(), AppError> {
    let refused = |code| AppError::field("organisation_id", code, id);
    let found = organisations::find(tx, id).await?.ok_or_else(|| refused(FieldCode::UnknownOrganisation))?;
    match found.kind {
        OrganisationKind::LabourOffice | OrganisationKind::Agency => Ok(()),
        OrganisationKind::Village => Err(refused(FieldCode::WrongKindOfOrganisation)),
    }
}

/// A login that sees to a step belongs to the office that does.
async fn check_login(tx: &mut Tx, id: AccountId, office: Option<OrganisationId>) -> Result<(), AppError> {
    let found = accounts::find(tx, id).await?;
    let fits = found.is_some_and(|login| {
        let works = matches!(login.role, Role::Staff | Role::Supervisor | Role::Agency);
        works && login.state == AccountState::Active && office.is_some() && login.organisation_id == office
    });
    if fits { Ok(()) } else { Err(AppError::field("account_id", FieldCode::UnknownValue, id)) }
}

/// The step as it is now.
async fn read_back(app: &App, tx: &mut Tx, acting: &Acting, id: StepId) -> Result<StepView, AppError> {
    let audience = if *acting.reach() == Reach::Office { Audience::Office } else { Audience::Agency };
    let row = next_steps::find(tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(StepView::of(row, audience, app.clock.today()))
}
