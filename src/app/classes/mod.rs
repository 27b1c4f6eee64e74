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
        own_words, people, system,
    },
    domain::{
        class,
        codes::{FieldCode, ProblemCode},
        ids::{ClassId, PersonId},
        intake::person::{PersonDraft, PersonRow, TrainingDraft},
        limits,
        person::Status,
        training::Outcome,
    },
    store::{
        Tx,
        classes::{self, Listed, Member, TrainingClass},
        people as rows, profiles,
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
    let ends = full.class.class.ends_on;
    change(app, tx, acting, member.person_id, |person| leave(person, ends)).await?;
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
        for member in &full.members {
            let runs = member.result.as_deref() == Some(Outcome::Running.as_str());
            let follow = |person: &mut rows::Person| {
                if runs {
                    move_end(person, before.ends_on, ends_on);
                }
            };
            change(app, tx, acting, member.person_id, follow).await?;
        }
    }
    let rename = |class: &mut TrainingClass| {
        (class.name, class.starts_on, class.ends_on) = (name.clone(), starts_on, ends_on);
    };
    step(app, tx, acting, before, rename).await?;
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
        // Whoever broke it off can begin at once; whoever was examined is proposed, and begins after the last day; a slip
        // that is corrected brings the last day back.
        let (ends, runs_until) = (full.class.class.ends_on, last_day_to_come(app, &full.class.class));
        let follow = |person: &mut rows::Person| match result {
            Outcome::BrokenOff => leave(person, ends),
            Outcome::Passed | Outcome::Failed => end(person, ends),
            Outcome::Running | Outcome::Unknown => begin(person, runs_until),
        };
        change(app, tx, acting, *person, follow).await?;
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

fn text(field: &str, given: &str) -> Result<String, FieldIssue> {
    own_words::needed(limits::CLASS, field, field, given)
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
        let person = match known::person(app, tx, acting, &draft, &str::to_owned).await? {
            None => people::admit(app, tx, acting, &PersonDraft { ranking_consent: None, ..draft }).await?,
            Some((person, changes)) => {
                join(tx, person, &draft).await?;
                let fields = changes.into_iter().map(|(field, ..)| field);
                let fields: Vec<String> = fields.filter(|field| !WRITTEN.contains(&field.as_str())).collect();
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
            result: result
                .or_else(|| last_day_to_come(app, class).map(|_| Outcome::Running))
                .map(|result| result.as_str().to_owned()),
        };
        profiles::insert_training(tx, &training).await?;
        people::keep_consent(app, tx, acting, person, given, Some(class.id)).await?;
        let examined = matches!(result, Some(Outcome::Passed | Outcome::Failed | Outcome::BrokenOff));
        let last = last_day_to_come(app, class).filter(|_| !examined);
        change(app, tx, acting, person, |person| prepare(person, given, last)).await?;
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

/// The last day of a class that did not end yet: it runs. Of one that ended nobody knows a result until it is told.
fn last_day_to_come(app: &App, class: &TrainingClass) -> Option<NaiveDate> {
    class.ends_on.filter(|last| *last >= app.clock.today())
}

/// Writes these (`WRITTEN`).
async fn join(tx: &mut Tx, person: PersonId, draft: &PersonDraft) -> Result<(), AppError> {
    let (said, mut wishes) = (people::wishes(draft), rows::wishes(tx, person).await?);
    wishes.wage_floor = said.wage_floor.or(wishes.wage_floor);
    wishes.max_distance_m = said.max_distance_m.or(wishes.max_distance_m);
    wishes.shift_ok = said.shift_ok.or(wishes.shift_ok);
    wishes.transport = said.transport.or(wishes.transport);
    wishes.dormitory_ok = said.dormitory_ok.or(wishes.dormitory_ok);
    rows::set_wishes(tx, person, &wishes).await?;
    Ok(())
}

/// What a class means for the row of one of its members.
async fn change(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    follow: impl FnOnce(&mut rows::Person),
) -> Result<(), AppError> {
    let before = rows::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let mut next = before.clone();
    follow(&mut next);
    people::swap(app, tx, &before, next).await?;
    audit::write(tx, acting, app.clock.now(), AuditEvent::PersonEdit(person)).await
}

/// Whoever joins said whether they may be ranked, and looks for work: a status that says "in training" or nothing becomes
/// that.
fn prepare(person: &mut rows::Person, may_be_ranked: bool, last: Option<NaiveDate>) {
    person.objects_to_ranking = !may_be_ranked;
    if matches!(person.status, Status::Studying | Status::Unknown) {
        person.status = Status::Seeking;
    }
    begin(person, last);
}

/// In a class that runs until a day: the first day of work is the one after, unless somebody said a later one. Of two
/// classes the later one counts.
fn begin(person: &mut rows::Person, last: Option<NaiveDate>) {
    person.class_ends_on = person.class_ends_on.max(last);
    person.available_from = person.available_from.max(last.map(class::free_from));
}

/// The last day of a class moves; who was to begin after it begins after the new one. Another class stays as it is.
fn move_end(person: &mut rows::Person, before: Option<NaiveDate>, next: Option<NaiveDate>) {
    if person.class_ends_on == before {
        person.class_ends_on = next;
    }
    if person.available_from == before.map(class::free_from) {
        person.available_from = next.map(class::free_from);
    }
}

/// Out of a class before its end.
fn leave(person: &mut rows::Person, ends: Option<NaiveDate>) {
    move_end(person, ends, None);
}

/// Examined: the class holds them back no more, and they begin after its last day.
fn end(person: &mut rows::Person, ends: Option<NaiveDate>) {
    if person.class_ends_on == ends {
        person.class_ends_on = None;
    }
}
