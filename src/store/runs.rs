//! Matching policies, match runs and what they proposed.
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::types::Json;

use crate::{
    domain::{
        ids::{AccountId, PersonId, PolicyId, RunId, VacancyId},
        run::{Kind, State},
    },
    sql,
    store::{StoreError, Tx, statement::place},
    texts,
};

/// A revision of a policy.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PolicyRow {
    pub id: PolicyId,
    pub name: String,
    /// Counts from 1.
    pub revision: i64,
    /// The rule itself.
    pub body: Json<Value>,
    /// Who wrote it; none for the shipped default.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Finds a policy revision.
pub async fn find_policy(tx: &mut Tx, id: PolicyId) -> Result<Option<PolicyRow>, StoreError> {
    sql!(
        tx,
        fetch_optional<PolicyRow>,
        "select id, name, revision, body, created_by, created_at from policies where id = $1",
        id
    )
}

/// The newest revision of a policy.
pub async fn newest_policy(tx: &mut Tx, name: &str) -> Result<Option<PolicyRow>, StoreError> {
    sql!(
        tx,
        fetch_optional<PolicyRow>,
        "select id, name, revision, body, created_by, created_at from policies where name = $1 \
         order by revision desc limit 1",
        name.to_owned()
    )
}

/// All revisions, oldest first.
pub async fn policies(tx: &mut Tx) -> Result<Vec<PolicyRow>, StoreError> {
    sql!(
        tx,
        fetch_all<PolicyRow>,
        "select id, name, revision, body, created_by, created_at from policies order by name, revision"
    )
}

/// Adds a revision; 0 rows when another writer took the number.
pub async fn insert_policy(tx: &mut Tx, p: &PolicyRow) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into policies (id, name, revision, body, created_by, created_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict do nothing",
        p.id,
        p.name.clone(),
        p.revision,
        &p.body,
        p.created_by,
        p.created_at
    )
}

/// One match run.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Run {
    pub id: RunId,
    /// The policy revision it used.
    pub policy_id: PolicyId,
    /// Where it stands.
    pub state: State,
    /// The business date it was run for.
    pub as_of: NaiveDate,
    /// Breaks ties between equals.
    pub seed: i64,
    /// Who started it.
    pub started_by: Option<AccountId>,
    /// When it started.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Figures: people, vacancies, pairs, proposals, optimum, dual, seconds.
    pub summary: Option<Json<Value>>,
    /// Why it failed.
    pub failure: Option<String>,
}

/// Starts a run; 0 rows when another one is running.
pub async fn insert(tx: &mut Tx, r: &Run) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into runs (id, policy_id, state, as_of, seed, started_by, started_at) values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict do nothing",
        r.id,
        r.policy_id,
        r.state,
        r.as_of,
        r.seed,
        r.started_by,
        r.started_at
    )
}

/// Finds a run.
pub async fn find(tx: &mut Tx, id: RunId) -> Result<Option<Run>, StoreError> {
    sql!(
        tx,
        fetch_optional<Run>,
        "select id, policy_id, state, as_of, seed, started_by, started_at, finished_at, published_at, summary, failure \
         from runs where id = $1",
        id
    )
}

/// The sealed archive of a run; none while it runs, when it failed, and after the time it is kept.
pub async fn inputs(tx: &mut Tx, id: RunId) -> Result<Option<Vec<u8>>, StoreError> {
    let row: Option<(Option<Vec<u8>>,)> =
        sql!(tx, fetch_optional<(Option<Vec<u8>>,)>, "select inputs from runs where id = $1", id)?;
    Ok(row.and_then(|(inputs,)| inputs))
}

/// Forgets the archives of runs that ended before a moment.
pub async fn forget_inputs(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "update runs set inputs = null where inputs is not null and finished_at < $1", before)
}

/// The newest run that ended well.
pub async fn newest_done(tx: &mut Tx) -> Result<Option<Run>, StoreError> {
    sql!(
        tx,
        fetch_optional<Run>,
        "select id, policy_id, state, as_of, seed, started_by, started_at, finished_at, published_at, summary, failure \
         from runs where state in ('done', 'published') order by started_at desc, id desc limit 1"
    )
}

/// How many runs there are by state.
pub async fn count_by_state(tx: &mut Tx) -> Result<Vec<(State, i64)>, StoreError> {
    sql!(tx, fetch_all<(State, i64)>, "select state, count(*) from runs group by state order by state")
}

/// One page of runs, oldest first.
pub async fn page(
    tx: &mut Tx,
    after: Option<(DateTime<Utc>, RunId)>,
    limit: i64,
) -> Result<Vec<Run>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<Run>,
        "select id, policy_id, state, as_of, seed, started_by, started_at, finished_at, published_at, summary, failure \
         from runs where (started_at, id) > ($1, $2) order by started_at, id limit $3",
        at,
        id,
        limit
    )
}

/// Ends a run that is running.
pub async fn finish(
    tx: &mut Tx,
    id: RunId,
    state: State,
    at: DateTime<Utc>,
    summary: Option<Json<Value>>,
    inputs: Option<Vec<u8>>,
    failure: Option<String>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update runs set state = $2, finished_at = $3, summary = $4, inputs = $5, failure = $6 \
         where id = $1 and state = 'running'",
        id,
        state,
        at,
        summary,
        inputs,
        failure
    )
}

/// Moves on until when a run counts as alive; 0 rows when it does not run any more.
pub async fn renew(tx: &mut Tx, id: RunId, until: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "update runs set lease_until = $2 where id = $1 and state = 'running'", id, until)
}

/// How far a run is.
pub async fn state_of(tx: &mut Tx, id: RunId) -> Result<Option<State>, StoreError> {
    let row: Option<(State,)> =
        sql!(tx, fetch_optional<(State,)>, "select state from runs where id = $1", id)?;
    Ok(row.map(|one| one.0))
}

/// Marks running runs as failed whose lease ran out by a moment; without one, all that run. Gives which.
pub async fn end_lost(
    tx: &mut Tx,
    at: DateTime<Utc>,
    expired_by: Option<DateTime<Utc>>,
) -> Result<Vec<RunId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(RunId,)>,
        sqlite: "update runs set state = 'failed', finished_at = $1, failure = 'the process ended before the run did' \
         where state = 'running' and (lease_until is null or lease_until <= $2 or $2 is null) returning id",
        postgres: "update runs set state = 'failed', finished_at = $1, failure = 'the process ended before the run did' \
         where state = 'running' and (lease_until is null or lease_until <= $2 or cast($2 as timestamptz) is null) \
         returning id",
        at,
        expired_by
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Marks a finished run as published; 0 rows when it is not in state `done`.
pub async fn publish(tx: &mut Tx, id: RunId, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update runs set state = 'published', published_at = $2 where id = $1 and state = 'done'",
        id,
        at
    )
}

/// What a run proposed for one person and vacancy.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Proposal {
    pub run_id: RunId,
    pub vacancy_id: VacancyId,
    pub person_id: PersonId,
    /// Place among the vacancy's proposals, or in its reserve; counts from 1.
    pub place: i64,
    /// As what it names the person.
    pub kind: Kind,
    /// Points 0..1000.
    pub fit: i64,
    /// Points 0..300.
    pub priority: i64,
    /// Reasons for and against.
    pub explanation: Json<Value>,
    /// Why it was left out: by publishing, or when its turn in the reserve came.
    pub dropped: Option<String>,
}

/// What the run $1 proposed, at most $2 after the first $3, under this condition.
macro_rules! proposals {
    ($condition:literal) => {
        concat!(
            "select run_id, vacancy_id, person_id, place, kind, fit, priority, explanation, dropped from run_proposals \
             where run_id = $1 ",
            $condition,
            "order by vacancy_id, kind, place limit $2 offset $3"
        )
    };
}

/// As `proposals`, with names.
macro_rules! cards {
    ($condition:literal) => {
        concat!(
            "with page as materialized (select run_id, vacancy_id, person_id, kind, place from run_proposals \
             where run_id = $1 ",
            $condition,
            "order by vacancy_id, kind, place limit $2 offset $3) \
             select r.run_id, r.vacancy_id, r.person_id, r.place, r.kind, r.fit, r.priority, r.explanation, r.dropped, \
             p.name as person_name, v.title from page o join run_proposals r on r.run_id = o.run_id \
             and r.vacancy_id = o.vacancy_id and r.person_id = o.person_id join people p on p.id = o.person_id \
             join vacancies v on v.id = o.vacancy_id order by o.vacancy_id, o.kind, o.place"
        )
    };
}

texts! {
    PROPOSALS = proposals!("");
    PROPOSALS_OF_VACANCY = proposals!("and vacancy_id = $4 ");
    CARDS = cards!("");
    CARDS_OF_VACANCY = cards!("and vacancy_id = $4 ");
}

/// Adds what a run proposed.
pub async fn insert_proposal(tx: &mut Tx, p: &Proposal) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into run_proposals (run_id, vacancy_id, person_id, place, kind, fit, priority, explanation) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        p.run_id,
        p.vacancy_id,
        p.person_id,
        p.place,
        p.kind,
        p.fit,
        p.priority,
        &p.explanation
    )
}

/// What a run proposed, by vacancy, kind and place; of one vacancy if given.
pub async fn proposals(
    tx: &mut Tx,
    run: RunId,
    vacancy: Option<VacancyId>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Proposal>, StoreError> {
    match vacancy {
        None => sql!(tx, fetch_all<Proposal>, text: PROPOSALS, run, limit, offset),
        Some(vacancy) => {
            sql!(tx, fetch_all<Proposal>, text: PROPOSALS_OF_VACANCY, run, limit, offset, vacancy)
        }
    }
}

/// What the newest run that knew the pair said about it; with `published` the newest one that was published.
pub async fn proposal_between(
    tx: &mut Tx,
    person: PersonId,
    vacancy: VacancyId,
    published: bool,
) -> Result<Option<Proposal>, StoreError> {
    sql!(
        tx,
        fetch_optional<Proposal>,
        "select p.run_id, p.vacancy_id, p.person_id, p.place, p.kind, p.fit, p.priority, p.explanation, p.dropped \
         from run_proposals p join runs r on r.id = p.run_id where p.person_id = $1 and p.vacancy_id = $2 \
         and ($3 = false or r.published_at is not null) order by p.run_id desc limit 1",
        person,
        vacancy,
        published
    )
}

/// What one run said about a pair.
pub async fn proposal_of(
    tx: &mut Tx,
    run: RunId,
    person: PersonId,
    vacancy: VacancyId,
) -> Result<Option<Proposal>, StoreError> {
    sql!(
        tx,
        fetch_optional<Proposal>,
        "select run_id, vacancy_id, person_id, place, kind, fit, priority, explanation, dropped from run_proposals \
         where run_id = $1 and vacancy_id = $2 and person_id = $3",
        run,
        vacancy,
        person
    )
}

/// The run whose proposals and reserve count: the one published last.
pub async fn newest_published(tx: &mut Tx) -> Result<Option<Run>, StoreError> {
    sql!(
        tx,
        fetch_optional<Run>,
        "select id, policy_id, state, as_of, seed, started_by, started_at, finished_at, published_at, summary, failure \
         from runs where state = 'published' order by published_at desc, id desc limit 1"
    )
}

/// Who stands in a run's reserve for a vacancy, in order.
pub async fn reserve(tx: &mut Tx, run: RunId, vacancy: VacancyId) -> Result<Vec<Proposal>, StoreError> {
    sql!(
        tx,
        fetch_all<Proposal>,
        "select run_id, vacancy_id, person_id, place, kind, fit, priority, explanation, dropped from run_proposals \
         where run_id = $1 and vacancy_id = $2 and kind = 'reserve' order by place",
        run,
        vacancy
    )
}

/// The last place a run proposed for a vacancy; 0 when it proposed nobody. The reserve queues behind it.
pub async fn last_place(tx: &mut Tx, run: RunId, vacancy: VacancyId) -> Result<i64, StoreError> {
    let (place,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select coalesce(max(place), 0) from run_proposals where run_id = $1 and vacancy_id = $2 and kind = 'proposal'",
        run,
        vacancy
    )?;
    Ok(place)
}

/// Notes why a proposal was left out, by publishing or when its turn in the reserve came; `None` takes the note back.
pub async fn drop_proposal(tx: &mut Tx, p: &Proposal, reason: Option<&str>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update run_proposals set dropped = $4 where run_id = $1 and vacancy_id = $2 and person_id = $3",
        p.run_id,
        p.vacancy_id,
        p.person_id,
        reason.map(str::to_owned)
    )
}

/// A proposal with the names a list shows beside it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ProposalCard {
    /// The proposal.
    #[sqlx(flatten)]
    pub proposal: Proposal,
    pub person_name: String,
    /// Title of the vacancy.
    pub title: String,
}

/// What a run proposed, with names, in the order of `proposals`.
pub async fn proposal_cards(
    tx: &mut Tx,
    run: RunId,
    vacancy: Option<VacancyId>,
    limit: i64,
    offset: i64,
) -> Result<Vec<ProposalCard>, StoreError> {
    match vacancy {
        None => sql!(tx, fetch_all<ProposalCard>, text: CARDS, run, limit, offset),
        Some(vacancy) => {
            sql!(tx, fetch_all<ProposalCard>, text: CARDS_OF_VACANCY, run, limit, offset, vacancy)
        }
    }
}

/// One page of policy revisions, oldest first.
pub async fn policies_page(
    tx: &mut Tx,
    after: Option<(DateTime<Utc>, PolicyId)>,
    limit: i64,
) -> Result<Vec<PolicyRow>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<PolicyRow>,
        "select id, name, revision, body, created_by, created_at from policies \
         where (created_at, id) > ($1, $2) order by created_at, id limit $3",
        at,
        id,
        limit
    )
}
