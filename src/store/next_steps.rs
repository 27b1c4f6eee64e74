//! What happens next for people: the steps, who sees to each, what came of it. Which step somebody gets, and who may read one,
//! is decided elsewhere (`domain::next_step`, `domain::disclosure`).
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{AccountId, OrganisationId, PersonId, RunId, StepId},
        next_step::{Kind, Outcome},
    },
    sql,
    store::{StoreError, Tx},
    texts,
};

/// A step as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Step {
    pub id: StepId,
    pub person_id: PersonId,
    pub kind: Kind,
    /// The office that sees to it; none: the labour office.
    pub organisation_id: Option<OrganisationId>,
    /// Whose login sees to it, where one does.
    pub account_id: Option<AccountId>,
    /// The officer's name, as the person may ask for them.
    pub officer: Option<String>,
    /// Day by which it is due.
    pub due_on: NaiveDate,
    pub made_at: DateTime<Utc>,
    /// Who made it by hand; none: the service, or the terminal.
    pub made_by: Option<AccountId>,
    /// The run whose publishing made it.
    pub run_id: Option<RunId>,
    /// None while it is open.
    pub outcome: Option<Outcome>,
    pub note: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    /// Who answered; none: the service, or the terminal.
    pub answered_by: Option<AccountId>,
}

/// A step with what a list shows.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    #[sqlx(flatten)]
    pub step: Step,
    pub person_name: String,
    pub person_phone: Option<String>,
    /// Village code of the home.
    pub village: Option<String>,
    /// Name of the office that sees to it.
    pub office: Option<String>,
}

/// Whose steps a caller reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The labour office sees all.
    Office,
    /// Those an office sees to.
    Owner(OrganisationId),
    /// Those of the people of a village who agreed to its companion.
    Village(String),
    /// Those of the people a login holds.
    Account(AccountId),
    /// Those of one person.
    Person(PersonId),
}

/// Which of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that were answered, else those that are open.
    pub answered: bool,
    pub kind: Option<Kind>,
    /// All but this kind.
    pub without: Option<Kind>,
    /// Due before this day.
    pub before: Option<NaiveDate>,
}

/// The columns of `next_steps s`, their person `p` and office `o`.
macro_rules! columns {
    () => {
        "s.id, s.person_id, s.kind, s.organisation_id, s.account_id, s.officer, s.due_on, s.made_at, s.made_by, s.run_id, \
         s.outcome, s.note, s.answered_at, s.answered_by, p.name as person_name, p.phone as person_phone, p.village, \
         o.name as office "
    };
}

/// What the filter says, of people who are there; then the page.
macro_rules! filtered {
    () => {
        "and (s.kind = $4 or $4 is null) and (s.kind <> $5 or $5 is null) and (s.due_on < $6 or $6 is null) \
         and p.erased_at is null "
    };
}

/// A page of all that are open or all that were answered: along an index of its own.
macro_rules! walk {
    ($which:literal) => {
        concat!(
            "select ",
            columns!(),
            "from next_steps s join people p on p.id = s.person_id left join organisations o on o.id = s.organisation_id \
             where (s.due_on, s.id) > ($1, $2) and ",
            $which,
            filtered!(),
            "order by s.due_on, s.id limit $3"
        )
    };
}

/// A page of the people $7 means: they are found first.
macro_rules! of_people {
    ($people:literal) => {
        concat!(
            "with own as materialized (",
            $people,
            ") select ",
            columns!(),
            "from own cross join next_steps s join people p on p.id = s.person_id \
             left join organisations o on o.id = s.organisation_id \
             where s.person_id = own.id and (s.due_on, s.id) > ($1, $2) and (s.answered_at is not null) = $8 ",
            filtered!(),
            "order by s.due_on, s.id limit $3"
        )
    };
}

texts! {
    OPEN = walk!("s.answered_at is null ");
    ANSWERED = walk!("s.answered_at is not null ");
    // Not `organisation_id = $7`, as in `people`: the order would be taken for that of the whole table.
    OF_OWNER = concat!("select ", columns!(), "from next_steps s join people p on p.id = s.person_id \
        left join organisations o on o.id = s.organisation_id where (s.organisation_id, s.due_on, s.id) > ($7, $1, $2) \
        and s.organisation_id <= $7 and (s.answered_at is not null) = $8 ", filtered!(),
        "order by s.organisation_id, s.due_on, s.id limit $3");
    OF_VILLAGE = of_people!("select id from people where village = $7 and accompanied and erased_at is null");
    OF_PERSON = of_people!("select id from people where id = $7");
    OF_ACCOUNT = of_people!("select person_id as id from account_people where account_id = $7");
    FIND = concat!("select ", columns!(), "from next_steps s join people p on p.id = s.person_id \
        left join organisations o on o.id = s.organisation_id where s.id = $1 and p.erased_at is null");
}

/// One page inside a scope behind a place, by the day they are due.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    f: &Filter,
    after: Option<(NaiveDate, StepId)>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (due, id) = after.unwrap_or((NaiveDate::default(), Uuid::nil().into()));
    let (kind, without, before, answered) = (f.kind, f.without, f.before, f.answered);
    match scope {
        Scope::Office if answered => {
            sql!(tx, fetch_all<Listed>, text: ANSWERED, due, id, limit, kind, without, before)
        }
        Scope::Office => sql!(tx, fetch_all<Listed>, text: OPEN, due, id, limit, kind, without, before),
        Scope::Owner(whose) => {
            sql!(tx, fetch_all<Listed>, text: OF_OWNER, due, id, limit, kind, without, before, *whose, answered)
        }
        Scope::Village(whose) => {
            let whose = whose.clone();
            sql!(tx, fetch_all<Listed>, text: OF_VILLAGE, due, id, limit, kind, without, before, whose, answered)
        }
        Scope::Person(whose) => {
            sql!(tx, fetch_all<Listed>, text: OF_PERSON, due, id, limit, kind, without, before, *whose, answered)
        }
        Scope::Account(whose) => {
            sql!(tx, fetch_all<Listed>, text: OF_ACCOUNT, due, id, limit, kind, without, before, *whose, answered)
        }
    }
}

/// One step of somebody who is there.
pub async fn find(tx: &mut Tx, id: StepId) -> Result<Option<Listed>, StoreError> {
    sql!(tx, fetch_optional<Listed>, text: FIND, id)
}

/// Adds a step; 0 rows when the person has an open one of the kind.
pub async fn insert(tx: &mut Tx, s: &Step) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into next_steps (id, person_id, kind, organisation_id, account_id, officer, due_on, made_at, made_by, run_id, \
         outcome, note, answered_at, answered_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         on conflict do nothing",
        s.id,
        s.person_id,
        s.kind,
        s.organisation_id,
        s.account_id,
        s.officer.clone(),
        s.due_on,
        s.made_at,
        s.made_by,
        s.run_id,
        s.outcome,
        s.note.clone(),
        s.answered_at,
        s.answered_by
    )
}

/// A step that publishing a run makes.
#[derive(Clone, Debug, Serialize)]
pub struct Fresh {
    pub id: StepId,
    pub person: PersonId,
    pub kind: Kind,
    pub office: Option<OrganisationId>,
    pub due: NaiveDate,
}

/// Adds the steps of a run, all at once; gives how many.
pub async fn insert_all(
    tx: &mut Tx,
    run: RunId,
    at: DateTime<Utc>,
    all: Vec<Fresh>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        sqlite: "insert into next_steps (id, person_id, kind, organisation_id, due_on, made_at, run_id) \
         select unhex(value ->> 'id', '-'), unhex(value ->> 'person', '-'), value ->> 'kind', unhex(value ->> 'office', '-'), \
         value ->> 'due', $2, $1 from json_each($3) where true on conflict do nothing",
        postgres: "insert into next_steps (id, person_id, kind, organisation_id, due_on, made_at, run_id) \
         select cast(value ->> 'id' as uuid), cast(value ->> 'person' as uuid), value ->> 'kind', \
         cast(value ->> 'office' as uuid), cast(value ->> 'due' as date), $2, $1 \
         from jsonb_array_elements(cast($3 as jsonb)) on conflict do nothing",
        run,
        at,
        Json(all)
    )
}

/// Stores who sees to an open step and by when; 0 rows when it was answered.
pub async fn assign(tx: &mut Tx, s: &Step) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update next_steps set organisation_id = $2, account_id = $3, officer = $4, due_on = $5 \
         where id = $1 and answered_at is null",
        s.id,
        s.organisation_id,
        s.account_id,
        s.officer.clone(),
        s.due_on
    )
}

/// Stores what came of an open step; 0 rows when it was answered before.
pub async fn answer(
    tx: &mut Tx,
    id: StepId,
    outcome: Outcome,
    note: Option<String>,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update next_steps set outcome = $2, note = $3, answered_by = $4, answered_at = $5 \
         where id = $1 and answered_at is null",
        id,
        outcome,
        note,
        by,
        at
    )
}

/// Answers the open step of a kind of somebody, because what it asks for happened elsewhere.
pub async fn settle(
    tx: &mut Tx,
    person: PersonId,
    kind: Kind,
    outcome: Outcome,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update next_steps set outcome = $3, answered_at = $4 where person_id = $1 and kind = $2 and answered_at is null",
        person,
        kind,
        outcome,
        at
    )
}

/// Answers every open step that asks for a proposal of somebody who has an open application now.
pub async fn settle_proposed(tx: &mut Tx, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update next_steps set outcome = 'proposed', answered_at = $1 where answered_at is null and kind = 'proposal' \
         and exists (select 1 from applications a where a.person_id = next_steps.person_id and a.state in ('proposed', \
         'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired'))",
        at
    )
}

/// Somebody with evidence that counts, who looks for work and has neither work, nor an open application, nor an open step.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Idle {
    pub person_id: PersonId,
    pub objects: bool,
    pub has_phone: bool,
    pub available_from: Option<NaiveDate>,
    /// The agency that nominated them.
    pub nominated_by: Option<OrganisationId>,
    /// Their desil was looked for in vain.
    pub desil_sought: bool,
    /// Passed a training (or nobody said how it ended), or held a job.
    pub skilled: bool,
}

/// All of them on a day. Whether the evidence gives priority is for the caller to say.
pub async fn idle(tx: &mut Tx, day: NaiveDate) -> Result<Vec<Idle>, StoreError> {
    sql!(
        tx,
        fetch_all<Idle>,
        "select p.id as person_id, p.objects_to_ranking as objects, p.phone is not null as has_phone, \
         p.available_from, p.nominated_by, \
         exists (select 1 from next_steps d where d.person_id = p.id and d.outcome = 'desil_not_found') as desil_sought, \
         exists (select 1 from trainings t where t.person_id = p.id and coalesce(t.result, 'competent') = 'competent') \
         or exists (select 1 from experiences x where x.person_id = p.id) as skilled \
         from people p where p.erased_at is null and p.status = 'seeking' and p.placed = 0 \
         and exists (select 1 from criteria c where c.person_id = p.id and c.dated_on <= $1 and c.expires_on >= $1) \
         and not exists (select 1 from applications a where a.person_id = p.id and a.state in ('proposed', 'consented', \
         'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired')) \
         and not exists (select 1 from next_steps s where s.person_id = p.id and s.answered_at is null) order by p.id",
        day
    )
}

/// Ends the open steps of a person who is erased, and takes all notes away.
pub async fn end_of_person(tx: &mut Tx, person: PersonId, at: DateTime<Utc>) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "update next_steps set outcome = 'no_longer_needed', answered_at = $2 where person_id = $1 and answered_at is null",
        person,
        at
    )?;
    sql!(tx, execute, "update next_steps set note = null where person_id = $1 and note is not null", person)?;
    Ok(())
}

/// All steps of a person, oldest first, for the copy of their data.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<(Step, Option<String>)>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<Kept>,
        "select s.id, s.person_id, s.kind, s.organisation_id, s.account_id, s.officer, s.due_on, s.made_at, s.made_by, s.run_id, \
         s.outcome, s.note, s.answered_at, s.answered_by, o.name as office from next_steps s \
         left join organisations o on o.id = s.organisation_id where s.person_id = $1 order by s.made_at, s.id",
        person
    )?;
    Ok(rows.into_iter().map(|row| (row.step, row.office)).collect())
}

#[derive(sqlx::FromRow)]
struct Kept {
    #[sqlx(flatten)]
    step: Step,
    office: Option<String>,
}
