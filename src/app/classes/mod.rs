//! Classes of training: taken in whole, with their members' wishes and whether each may be ranked; their dates and results
//! later. Belongs here: what being in a class does to a person. Does not belong here: judging a row (`domain::intake`),
//! registering somebody (`people`), codes for accounts (`accounts::activation`).
pub mod file;
pub mod seen;

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::{
    app::{
        After, App, AppError,
        access::{
            Staff, WRONG_ROLE,
            acting::{Acting, Reach},
        },
        audit::{self, AuditEvent},
        classes::seen::ClassView,
        error::FieldIssue,
        exchange::known,
        people, system,
    },
    domain::{
        class,
        codes::{FieldCode, ProblemCode},
        ids::{ClassId, PersonId},
        intake::person::{PersonDraft, PersonRow, TrainingDraft},
        limits,
        person::Status,
        plain,
        training::Outcome,
    },
    store::{
        Tx,
        classes::{self, Listed, Member, TrainingClass},
        index_feed, people as rows, profiles,
    },
};

/// A class to be taken in.
#[derive(Clone, Debug)]
pub struct NewClass {
    /// Name of the programme.
    pub programme: String,
    /// Name of the class.
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

/// A row of a class: where it stands, as errors name it, and who it is.
pub type Row = (String, PersonDraft);

/// What a class's form says newly also of somebody who is known: their wishes.
const WRITTEN: [&str; 5] = ["wage_floor", "max_distance_km", "shift_ok", "transport", "dormitory_ok"];

/// Somebody who was known before: what the row says otherwise than what is stored, by field. Nothing of it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub person: PersonId,
    /// Where the row stands.
    pub row: String,
    pub fields: Vec<String>,
}

/// What changes of a class.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    pub name: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
}

/// A class with its members.
pub struct Full {
    pub class: Listed,
    pub members: Vec<Member>,
}

/// Judges rows as a form hands them over; each issue names its row.
///
/// # Errors
/// Every field of every row that cannot be accepted, and a class that is too large.
pub fn judge(rows: &[PersonRow], today: NaiveDate) -> Result<Vec<Row>, AppError> {
    fits(rows.len())?;
    let (mut issues, mut drafts) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let label = format!("members[{at}]");
        match row.judge_form(today).into_result() {
            Ok((draft, _)) => drafts.push((label, draft)),
            Err(problems) => {
                if let AppError::Invalid(found) = people::issues(&problems) {
                    issues.extend(found.into_iter().map(|issue| named(&label, issue)));
                }
            }
        }
    }
    if issues.is_empty() { Ok(drafts) } else { Err(AppError::Invalid(issues)) }
}

/// Takes in a class with its members: registers who is new, and attaches who is known. Whole or not at all.
pub async fn take_in(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    new: &NewClass,
    members: &[Row],
) -> Result<(ClassId, Vec<Known>), AppError> {
    check_office(acting)?;
    let (programme, name) = (text("programme", &new.programme)?, text("name", &new.name)?);
    judge_days(new.starts_on, new.ends_on)?;
    let row = TrainingClass {
        id: system::fresh(),
        organisation_id: acting.office(),
        programme,
        name,
        starts_on: Some(new.starts_on),
        ends_on: Some(new.ends_on),
        members: 0,
        version: 1,
        created_at: app.clock.now(),
    };
    if classes::insert(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::ClassKnown, &row.name));
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::ClassCreate(row.id)).await?;
    let known = enrol(app, tx, acting, &row, members).await?;
    classes::swap(tx, 1, &TrainingClass { members: count(members.len()), ..row.clone() }).await?;
    Ok((row.id, known))
}

/// Adds members to a class.
pub async fn add(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: ClassId,
    members: &[Row],
) -> Result<Vec<Known>, AppError> {
    check_office(acting)?;
    let found = classes::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let all = usize::try_from(found.enrolled).unwrap_or(0) + members.len();
    fits(all)?;
    let known = enrol(app, tx, acting, &found.class, members).await?;
    step(app, tx, acting, &found.class, |class| class.members = count(all)).await?;
    Ok(known)
}

/// Takes somebody out of a class in which they were written by mistake. They stay registered.
pub async fn remove(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: ClassId,
    person: PersonId,
) -> Result<Full, AppError> {
    check_office(acting)?;
    let full = read(tx, acting, id).await?;
    let member = full.members.iter().find(|member| member.person_id == person);
    let member = member.ok_or_else(|| AppError::field("person_id", FieldCode::NotAMember, person))?;
    classes::remove_member(tx, id, person).await?;
    move_end(app, tx, acting, member.person_id, (full.class.class.ends_on, None)).await?;
    index_feed::add(tx, "person", person.0).await?;
    step(app, tx, acting, &full.class.class, |class| class.members = count(full.members.len()) - 1).await?;
    read(tx, acting, id).await
}

/// Renames a class or moves its days; members who were to begin after it begin after its new last day.
pub async fn edit(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: ClassId,
    expected: i64,
    edit: &Edit,
) -> Result<Full, AppError> {
    check_office(acting)?;
    let full = read(tx, acting, id).await?;
    let before = &full.class.class;
    if before.version != expected {
        return Err(AppError::Stale { given: expected, present: before.version });
    }
    let name = match &edit.name {
        Some(given) => text("name", given)?,
        None => before.name.clone(),
    };
    let (starts_on, ends_on) = (edit.starts_on.or(before.starts_on), edit.ends_on.or(before.ends_on));
    if let (Some(first), Some(last)) = (starts_on, ends_on) {
        judge_days(first, last)?;
    }
    if classes::is_named(tx, &before.programme, &name, id).await? {
        return Err(AppError::conflict(ProblemCode::ClassKnown, name));
    }
    if ends_on != before.ends_on {
        classes::set_last_day(tx, id, ends_on).await?;
        let runs = |member: &&Member| member.result.as_deref() == Some(Outcome::Running.as_str());
        for member in full.members.iter().filter(runs) {
            move_end(app, tx, acting, member.person_id, (before.ends_on, ends_on)).await?;
        }
    }
    let change = |class: &mut TrainingClass| {
        (class.name, class.starts_on, class.ends_on) = (name.clone(), starts_on, ends_on);
    };
    step(app, tx, acting, before, change).await?;
    read(tx, acting, id).await
}

/// Stores how the class ended for some of its members. Whoever broke it off can begin at once.
pub async fn record_results(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: ClassId,
    results: &[(PersonId, Outcome)],
) -> Result<Full, AppError> {
    check_office(acting)?;
    let full = read(tx, acting, id).await?;
    let mut seen = HashSet::new();
    let mut issues = Vec::new();
    for (at, (person, result)) in results.iter().enumerate() {
        let field = format!("results[{at}].person_id");
        if !full.members.iter().any(|member| member.person_id == *person) {
            issues.push(FieldIssue::new(&field, FieldCode::NotAMember, person));
            continue;
        }
        if !seen.insert(*person) {
            issues.push(FieldIssue::new(&field, FieldCode::MemberAlready, person));
            continue;
        }
        classes::set_result(tx, id, *person, *result).await?;
        // Whoever broke it off can begin at once; whoever was examined is proposed, and begins after the last day.
        let ends = full.class.class.ends_on;
        match result {
            Outcome::BrokenOff => move_end(app, tx, acting, *person, (ends, None)).await?,
            Outcome::Passed | Outcome::Failed => end_class(app, tx, acting, *person).await?,
            Outcome::Running | Outcome::Unknown => {}
        }
        index_feed::add(tx, "person", person.0).await?;
    }
    if !issues.is_empty() {
        return Err(AppError::Invalid(issues));
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::ClassResults(id)).await?;
    step(app, tx, acting, &full.class.class, |_| {}).await?;
    read(tx, acting, id).await
}

/// A class with its members, for the office.
pub async fn read(tx: &mut Tx, acting: &Acting, id: ClassId) -> Result<Full, AppError> {
    check_office(acting)?;
    let class = classes::find(tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(Full { members: classes::members(tx, id).await?, class })
}

/// One page of classes for an officer, oldest first.
pub async fn page(
    app: &App,
    _officer: &Staff,
    after: After<ClassId>,
    limit: i64,
) -> Result<Vec<ClassView>, AppError> {
    let mut tx = app.db.read().await?;
    Ok(classes::page(&mut tx, after, limit).await?.into_iter().map(ClassView::from).collect())
}

fn check_office(acting: &Acting) -> Result<(), AppError> {
    if acting.reach() == &Reach::Office { Ok(()) } else { Err(WRONG_ROLE) }
}

fn named(label: &str, issue: FieldIssue) -> FieldIssue {
    FieldIssue { field: format!("{label}.{}", issue.field), ..issue }
}

fn count(members: usize) -> i64 {
    i64::try_from(members).unwrap_or(i64::MAX)
}

fn fits(members: usize) -> Result<(), AppError> {
    if count(members) > class::MOST {
        return Err(AppError::field("members", FieldCode::TooMany, members));
    }
    Ok(())
}

fn text(field: &str, given: &str) -> Result<String, AppError> {
    let trimmed = given.trim();
    if trimmed.is_empty() {
        return Err(AppError::field(field, FieldCode::Required, ""));
    }
    if let Some(most) = limits::exceeded(limits::CLASS, field, trimmed) {
        return Err(AppError::too_long(field, most));
    }
    if plain::holds_nik(trimmed) {
        return Err(AppError::field(field, FieldCode::NikInText, ""));
    }
    Ok(trimmed.to_owned())
}

fn judge_days(starts_on: NaiveDate, ends_on: NaiveDate) -> Result<(), AppError> {
    class::judge_days(starts_on, ends_on).map_err(|(field, code)| {
        AppError::field(field, code, if field == "ends_on" { ends_on } else { starts_on })
    })
}

/// One change of a class: the next version, its audit row.
async fn step(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    before: &TrainingClass,
    change: impl FnOnce(&mut TrainingClass),
) -> Result<(), AppError> {
    let mut next = TrainingClass { version: before.version + 1, ..before.clone() };
    change(&mut next);
    if classes::swap(tx, before.version, &next).await? == 0 {
        return Err(AppError::Stale { given: before.version, present: before.version + 1 });
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::ClassEdit(before.id)).await
}

/// Writes the members of a class. A row that says nothing about being ranked, or somebody who is in it already, is
/// refused; all such rows are named.
async fn enrol(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    class: &TrainingClass,
    members: &[Row],
) -> Result<Vec<Known>, AppError> {
    let there = classes::members(tx, class.id).await?;
    let mut inside: HashSet<PersonId> = there.into_iter().map(|member| member.person_id).collect();
    let (mut issues, mut known) = (Vec::new(), Vec::new());
    for (label, draft) in members {
        let Some(given) = draft.ranking_consent else {
            issues.push(FieldIssue::new(&format!("{label}.ranking_consent"), FieldCode::Required, ""));
            continue;
        };
        let (mut draft, result) = (draft.clone(), own_result(draft, class));
        if is_same(draft.training.as_ref(), class) {
            draft.training = None;
        }
        let person = match known::who(app, tx, acting, &draft).await? {
            None => people::admit(app, tx, acting, &PersonDraft { ranking_consent: None, ..draft }).await?,
            Some((person, mut fields)) => {
                join(app, tx, acting, person, &draft).await?;
                fields.retain(|field| !WRITTEN.contains(&field.as_str()));
                if !fields.is_empty() {
                    known.push(Known { person, row: label.clone(), fields });
                }
                person
            }
        };
        if !inside.insert(person) {
            issues.push(FieldIssue::new(&format!("{label}.nik"), FieldCode::MemberAlready, ""));
            continue;
        }
        let training = profiles::Training {
            id: system::fresh(),
            person_id: person,
            class_id: Some(class.id),
            programme: class.programme.clone(),
            ended_on: class.ends_on,
            result: result.or_else(|| running(app, class)).map(|result| result.as_str().to_owned()),
        };
        profiles::insert_training(tx, &training).await?;
        people::tell_about_ranking(app, tx, acting, person, given, Some(class.id)).await?;
        prepare(app, tx, acting, person, class).await?;
    }
    if issues.is_empty() { Ok(known) } else { Err(AppError::Invalid(issues)) }
}

/// Whether the training a row tells of is that of the class.
fn is_same(training: Option<&TrainingDraft>, class: &TrainingClass) -> bool {
    training.is_some_and(|training| training.programme.to_lowercase() == class.programme.to_lowercase())
}

/// How the class ended for somebody, where their row tells it.
fn own_result(draft: &PersonDraft, class: &TrainingClass) -> Option<Outcome> {
    let training = draft.training.as_ref().filter(|training| is_same(Some(training), class))?;
    training.result.filter(|result| *result != Outcome::Unknown)
}

/// A class that did not end yet runs; of one that ended nobody knows the result until it is told.
fn running(app: &App, class: &TrainingClass) -> Option<Outcome> {
    class.ends_on.filter(|last| *last >= app.clock.today()).map(|_| Outcome::Running)
}

/// Writes these (`WRITTEN`).
async fn join(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    draft: &PersonDraft,
) -> Result<(), AppError> {
    let (said, mut wishes) = (people::wishes(draft), rows::wishes(tx, person).await?);
    wishes.wage_floor = said.wage_floor.or(wishes.wage_floor);
    wishes.max_distance_m = said.max_distance_m.or(wishes.max_distance_m);
    wishes.shift_ok = said.shift_ok.or(wishes.shift_ok);
    wishes.transport = said.transport.or(wishes.transport);
    wishes.dormitory_ok = said.dormitory_ok.or(wishes.dormitory_ok);
    rows::set_wishes(tx, person, &wishes).await?;
    audit::write(tx, acting, app.clock.now(), AuditEvent::PersonEdit(person)).await
}

/// Whoever is in a class looks for work from its last day on: a status that says "in training" or nothing becomes that,
/// and the first day of work is the day after, unless somebody said a later one.
async fn prepare(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    class: &TrainingClass,
) -> Result<(), AppError> {
    let before = rows::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let mut next = before.clone();
    if matches!(next.status, Status::Studying | Status::Unknown) {
        next.status = Status::Seeking;
    }
    let free = class.ends_on.filter(|last| *last >= app.clock.today()).map(class::free_from);
    next.available_from = next.available_from.max(free);
    next.class_ends_on = class.ends_on.filter(|last| *last >= app.clock.today());
    people::swap(app, tx, &before, next).await
}

/// The last day of the class somebody is in moves, or they leave it; who was to begin after it begins after the new one.
async fn move_end(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    (before_ends, ends): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(), AppError> {
    let before = rows::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let mut next = rows::Person { class_ends_on: ends, ..before.clone() };
    if next.available_from == before_ends.map(class::free_from) {
        next.available_from = ends.map(class::free_from);
    }
    people::swap(app, tx, &before, next).await?;
    audit::write(tx, acting, app.clock.now(), AuditEvent::PersonEdit(person)).await
}

/// Somebody was examined: the class holds them back no more.
async fn end_class(app: &App, tx: &mut Tx, acting: &Acting, person: PersonId) -> Result<(), AppError> {
    let before = rows::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let next = rows::Person { class_ends_on: None, ..before.clone() };
    people::swap(app, tx, &before, next).await
}
