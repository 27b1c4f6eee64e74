//! Vacancies with their seat counters, employers' hiring plans not included (see `plans`).
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::{
    domain::{
        employer,
        flag::Kept,
        ids::{EmployerId, VacancyId},
        intake::words::EmploymentType,
        vacancy::{Event, Standing, State},
    },
    sql,
    store::{
        StoreError, Tx,
        statement::{Statement, Text, place},
    },
    texts,
};

/// One vacancy as stored. Wages are rupiah per month.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Vacancy {
    pub id: VacancyId,
    /// Who offers it.
    pub employer_id: EmployerId,
    /// Job title as the employer wrote it.
    pub title: String,
    /// Four-digit KBJI group, when known.
    pub occupation_code: Option<String>,
    /// The classification the code belongs to.
    pub classification: String,
    /// The text of the advertisement.
    pub description: String,
    /// Village code of the workplace.
    pub village: Option<String>,
    /// Workplace as written, when it is no village of the regency.
    pub place_text: Option<String>,
    /// Seats (jumlah lowongan).
    pub seats: Option<i64>,
    /// Seats reserved for a group by the employer.
    pub reserved_seats: i64,
    /// Seats taken: hired + started.
    pub taken: i64,
    /// Applications that are confirmed, referred, in interview or offered.
    pub live: i64,
    /// Referral slots: the most `live` may be.
    pub slots: i64,
    /// Lowest wage offered.
    pub wage_min: Option<i64>,
    /// Highest wage offered.
    pub wage_max: Option<i64>,
    /// Working hours as written.
    pub working_hours: Option<String>,
    /// Working conditions as written.
    pub conditions: Option<String>,
    /// Whether people are taken to work; none where it is not told, here and below.
    pub shuttle: Option<bool>,
    /// Whether people can live there.
    pub dormitory: Option<bool>,
    /// Whether the work is in shifts.
    pub shifts: Option<bool>,
    /// Kind of contract.
    pub employment_type: Option<String>,
    /// Lowest education asked for.
    pub education_min: Option<String>,
    /// Months of experience asked for.
    pub experience_months: Option<i64>,
    /// Skills asked for.
    pub skills: Json<Vec<String>>,
    /// Certificates truly required.
    pub certificates: Json<Vec<String>>,
    /// Last day on which it takes applications.
    pub closes_on: Option<NaiveDate>,
    /// Age limits as written; never used for ranking.
    pub age_min: Option<i64>,
    /// See `age_min`.
    pub age_max: Option<i64>,
    /// Sex as written; never used for ranking.
    pub sex: Option<String>,
    /// Marital status as written; never used for ranking.
    pub marital_status: Option<String>,
    /// What an officer must decide about, with the sentences that caused it and the reasons given.
    pub flags: Json<Vec<Kept>>,
    /// Codes of legal fields that are missing.
    pub missing: Json<Vec<String>>,
    /// Why the employer asks for what is flagged, in its own words.
    pub restriction_reason: Option<String>,
    /// The one text by which an officer let it through, before each flag had a reason of its own.
    pub written_reason: Option<String>,
    /// Which finder of flags judged it last.
    pub judged_by: String,
    /// Since when flags that were found on the open vacancy wait for an officer.
    pub flags_open_since: Option<DateTime<Utc>>,
    /// Where it stands on the national portal.
    pub portal_url: Option<String>,
    /// Whether it was reported to the national portal.
    pub portal_reported: bool,
    /// Answers the employer gave to referrals.
    pub answers: i64,
    /// Of these, refusals.
    pub refusals: i64,
    /// What the employer said when asked about many refusals.
    pub said: Option<String>,
    /// How many answers there were when it was said.
    pub said_at_answers: i64,
    /// How many of them were refusals.
    pub said_at_refusals: i64,
    /// Where it stands.
    pub state: State,
    /// Whether it is a sample, not a real vacancy.
    pub sample: bool,
    /// Where an imported vacancy comes from.
    pub source: Option<String>,
    /// Its id there.
    pub external_id: Option<String>,
    /// Grows by one with every change of content or state (not of counters).
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which vacancies a caller may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The labour office sees all.
    Office,
    /// Those of this employer.
    Owner(EmployerId),
    /// Everybody sees those open on this day.
    OpenOn(NaiveDate),
}

impl Vacancy {
    /// The rules of internships (magang) apply.
    pub fn is_internship(&self) -> bool {
        self.employment_type.as_deref() == Some(EmploymentType::Magang.as_str())
    }
}

/// What a listing asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub employer: Option<EmployerId>,
    /// In one state.
    pub state: Option<State>,
    /// With flags that were found later and wait for an officer; for the office.
    pub flags_open: bool,
}

/// The last item of the page before.
pub type Cursor = (DateTime<Utc>, VacancyId);

/// The columns of `vacancies v`.
macro_rules! columns {
    () => {
        "v.id, v.employer_id, v.title, v.occupation_code, v.classification, v.description, v.village, v.place_text, \
         v.seats, v.reserved_seats, v.taken, v.live, v.slots, v.wage_min, v.wage_max, v.working_hours, v.conditions, \
         v.employment_type, v.education_min, v.experience_months, v.skills, v.certificates, v.closes_on, v.age_min, v.age_max, \
         v.sex, v.marital_status, v.flags, v.missing, v.restriction_reason, v.written_reason, v.judged_by, v.flags_open_since, v.portal_url, v.portal_reported, \
         v.answers, v.refusals, v.said, v.said_at_answers, v.said_at_refusals, v.state, v.sample, v.source, v.external_id, \
         v.version, v.created_at, v.updated_at, v.shuttle, v.dormitory, v.shifts "
    };
}

/// The vacancy $1 with the name of its employer, under this condition of the caller.
macro_rules! one {
    ($condition:literal) => {
        concat!(
            "select ",
            columns!(),
            ", e.name as employer_name, e.state as employer_state from vacancies v \
             join employers e on e.id = v.employer_id where v.id = $1 ",
            $condition
        )
    };
}

/// A page whose order an index gives: from this place on in this order, at most $3.
macro_rules! walk {
    ($place:literal, $order:literal) => {
        concat!(
            "with page as materialized (select v.id, v.created_at from vacancies v where ",
            $place,
            "order by ",
            $order,
            "limit $3) select ",
            columns!(),
            ", e.name as employer_name, e.state as employer_state from page o join vacancies v on v.id = o.id \
             join employers e on e.id = v.employer_id order by o.created_at, o.id"
        )
    };
}

texts! {
    FIND = concat!("select ", columns!(), "from vacancies v where v.id = $1");
    FIND_OF_EMPLOYER = concat!("select ", columns!(), "from vacancies v where v.id = $1 and v.employer_id = $2");

    ALL_OF_EMPLOYER = concat!("select ", columns!(), "from vacancies v where v.employer_id = $1 order by v.created_at, v.id");
    LAST_OF_EMPLOYER = concat!("select ", columns!(), "from vacancies v where v.employer_id = $1 \
        order by v.created_at desc, v.id desc limit 1");
    IN_ONE_STATE = concat!("select ", columns!(), "from vacancies v where v.state = $1 order by v.id");
    ALL_OPEN = concat!("select ", columns!(), ", e.name as employer_name, e.state as employer_state \
        from vacancies v join employers e on e.id = v.employer_id where v.state = 'open' order by v.id");

    OPEN_AMONG = concat!("select ", columns!(), ", e.name as employer_name, e.state as employer_state \
        from vacancies v join employers e on e.id = v.employer_id where v.state = 'open' and v.id in \
        ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)");

    LISTED = one!("");
    LISTED_OF_OWNER = one!("and v.employer_id = $2");
    LISTED_OPEN = one!("and v.state = 'open' and v.closes_on >= $2 and e.state = 'verified'");

    ALL = walk!("(v.created_at, v.id) > ($1, $2) ", "v.created_at, v.id ");
    // Not `state = ..` or `employer_id = ..`: a planner would know that the order then is that of the whole table, and
    // walk it.
    IN_STATE = walk!("(v.state, v.created_at, v.id) > ($4, $1, $2) and v.state <= $4 ", "v.state, v.created_at, v.id ");
    OF_EMPLOYER = walk!("(v.employer_id, v.created_at, v.id) > ($4, $1, $2) and v.employer_id <= $4 \
        and (v.state = $5 or $5 is null) ", "v.employer_id, v.created_at, v.id ");
    // An index of their own holds them: few, whatever the table holds.
    FLAGS_OPEN = walk!("v.flags_open_since is not null and (v.created_at, v.id) > ($1, $2) \
        and (v.employer_id = $4 or $4 is null) and (v.state = $5 or $5 is null) ", "v.created_at, v.id ");
    OPEN = walk!("(v.state, v.created_at, v.id) > ('open', $1, $2) and v.state <= 'open' and v.closes_on >= $4 \
        and exists (select 1 from employers e where e.id = v.employer_id and e.state = 'verified') ",
        "v.state, v.created_at, v.id ");
    OPEN_OF_EMPLOYER = walk!("(v.employer_id, v.created_at, v.id) > ($5, $1, $2) and v.employer_id <= $5 \
        and v.state = 'open' and v.closes_on >= $4 \
        and exists (select 1 from employers e where e.id = v.employer_id and e.state = 'verified') ", "v.employer_id, v.created_at, v.id ");
}

/// Finds a vacancy; with an employer given, only among its own.
pub async fn find(
    tx: &mut Tx,
    employer: Option<EmployerId>,
    id: VacancyId,
) -> Result<Option<Vacancy>, StoreError> {
    match employer {
        None => sql!(tx, fetch_optional<Vacancy>, text: FIND, id),
        Some(employer) => sql!(tx, fetch_optional<Vacancy>, text: FIND_OF_EMPLOYER, id, employer),
    }
}

/// The imported vacancies of an employer, oldest first.
pub async fn imported(tx: &mut Tx, employer: EmployerId) -> Result<Vec<Vacancy>, StoreError> {
    let mut all = sql!(tx, fetch_all<Vacancy>, text: ALL_OF_EMPLOYER, employer)?;
    // Not in the statement: a planner would then walk the index of sources from end to end.
    all.retain(|vacancy| vacancy.source.is_some());
    Ok(all)
}

/// What a vacancy row counts and what decides whether it takes referrals.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Counters {
    pub id: VacancyId,
    pub employer_id: EmployerId,
    /// Where the employer stands.
    pub employer_state: employer::State,
    /// Where it stands.
    pub state: State,
    /// Seats, when known.
    pub seats: Option<i64>,
    /// Seats taken: hired + started.
    pub taken: i64,
    /// Applications that are confirmed, referred, in interview or offered.
    pub live: i64,
    /// Referral slots.
    pub slots: i64,
    /// Answers the employer gave to referrals.
    pub answers: i64,
    /// Of these, refusals.
    pub refusals: i64,
    /// How many answers there were when the employer was last asked about refusals.
    pub said_at_answers: i64,
    /// How many of the refusals there were then.
    pub said_at_refusals: i64,
    /// Last day on which it takes applications.
    pub closes_on: Option<NaiveDate>,
    /// Version of content and state.
    pub version: i64,
}

impl Counters {
    /// What decides whether it takes people.
    pub fn standing(&self) -> Standing {
        Standing { state: self.state, closes_on: self.closes_on, employer: self.employer_state }
    }
}

/// Locks a vacancy's row for the rest of the transaction and reads its counters (SQLite has one writer: nothing to lock).
pub async fn lock(tx: &mut Tx, id: VacancyId) -> Result<Option<Counters>, StoreError> {
    sql!(
        tx,
        fetch_optional<Counters>,
        sqlite: "select v.id, v.employer_id, e.state as employer_state, v.state, v.seats, v.taken, v.live, v.slots, v.answers, \
         v.refusals, v.said_at_answers, v.said_at_refusals, v.closes_on, v.version \
         from vacancies v join employers e on e.id = v.employer_id where v.id = $1",
        postgres: "select v.id, v.employer_id, e.state as employer_state, v.state, v.seats, v.taken, v.live, v.slots, v.answers, \
         v.refusals, v.said_at_answers, v.said_at_refusals, v.closes_on, v.version \
         from vacancies v join employers e on e.id = v.employer_id where v.id = $1 for update of v",
        id
    )
}

/// All vacancies in one state, for a match run, the index or the clock's `expire`.
pub async fn in_state(tx: &mut Tx, state: State) -> Result<Vec<Vacancy>, StoreError> {
    sql!(tx, fetch_all<Vacancy>, text: IN_ONE_STATE, state)
}

/// Adds a vacancy; 0 rows when the same source already gave the same external id.
pub async fn insert(tx: &mut Tx, v: &Vacancy) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into vacancies (id, employer_id, title, occupation_code, classification, description, village, place_text, \
         seats, reserved_seats, slots, wage_min, wage_max, working_hours, conditions, employment_type, education_min, \
         experience_months, skills, certificates, closes_on, age_min, age_max, sex, marital_status, flags, missing, \
         restriction_reason, judged_by, portal_url, portal_reported, state, sample, source, external_id, version, created_at, updated_at, \
         shuttle, dormitory, shifts) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, \
         $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41) on conflict do nothing",
        v.id,
        v.employer_id,
        v.title.clone(),
        v.occupation_code.clone(),
        v.classification.clone(),
        v.description.clone(),
        v.village.clone(),
        v.place_text.clone(),
        v.seats,
        v.reserved_seats,
        v.slots,
        v.wage_min,
        v.wage_max,
        v.working_hours.clone(),
        v.conditions.clone(),
        v.employment_type.clone(),
        v.education_min.clone(),
        v.experience_months,
        &v.skills,
        &v.certificates,
        v.closes_on,
        v.age_min,
        v.age_max,
        v.sex.clone(),
        v.marital_status.clone(),
        &v.flags,
        &v.missing,
        v.restriction_reason.clone(),
        v.judged_by.clone(),
        v.portal_url.clone(),
        v.portal_reported,
        v.state,
        v.sample,
        v.source.clone(),
        v.external_id.clone(),
        v.version,
        v.created_at,
        v.updated_at,
        v.shuttle,
        v.dormitory,
        v.shifts
    )
}

/// Compare-and-swap of content: stores what may be edited if state and version are still those of `before`.
pub async fn swap_content(tx: &mut Tx, before: &Vacancy, v: &Vacancy) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update vacancies set title = $4, occupation_code = $5, description = $6, village = $7, place_text = $8, seats = $9, \
         reserved_seats = $10, slots = $11, wage_min = $12, wage_max = $13, working_hours = $14, conditions = $15, \
         employment_type = $16, education_min = $17, experience_months = $18, skills = $19, certificates = $20, \
         closes_on = $21, age_min = $22, age_max = $23, sex = $24, marital_status = $25, flags = $26, missing = $27, \
         restriction_reason = $28, portal_url = $29, portal_reported = $30, state = $31, version = $32, updated_at = $33, \
         judged_by = $34, flags_open_since = $35, shuttle = $36, dormitory = $37, shifts = $38 \
         where id = $1 and state = $2 and version = $3",
        before.id,
        before.state,
        before.version,
        v.title.clone(),
        v.occupation_code.clone(),
        v.description.clone(),
        v.village.clone(),
        v.place_text.clone(),
        v.seats,
        v.reserved_seats,
        v.slots,
        v.wage_min,
        v.wage_max,
        v.working_hours.clone(),
        v.conditions.clone(),
        v.employment_type.clone(),
        v.education_min.clone(),
        v.experience_months,
        &v.skills,
        &v.certificates,
        v.closes_on,
        v.age_min,
        v.age_max,
        v.sex.clone(),
        v.marital_status.clone(),
        &v.flags,
        &v.missing,
        v.restriction_reason.clone(),
        v.portal_url.clone(),
        v.portal_reported,
        v.state,
        v.version,
        v.updated_at,
        v.judged_by.clone(),
        v.flags_open_since,
        v.shuttle,
        v.dormitory,
        v.shifts
    )
}

/// Compare-and-swap of the state. Flags of what is over wait for nobody.
pub async fn swap_state(
    tx: &mut Tx,
    before: &Counters,
    state: State,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update vacancies set state = $4, version = version + 1, updated_at = $5, \
         flags_open_since = case when $4 in ('open', 'paused', 'filled') then flags_open_since end \
         where id = $1 and state = $2 and version = $3",
        before.id,
        before.state,
        before.version,
        state,
        at
    )
}

/// Stores the last day to apply.
pub async fn set_closes_on(tx: &mut Tx, id: VacancyId, day: NaiveDate) -> Result<u64, StoreError> {
    sql!(tx, execute, "update vacancies set closes_on = $2 where id = $1", id, day)
}

/// Stores the counters; the CHECK constraints refuse what would break a limit. The row must have been locked.
pub async fn set_counters(
    tx: &mut Tx,
    id: VacancyId,
    taken: i64,
    live: i64,
    slots: i64,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update vacancies set taken = $2, live = $3, slots = $4 where id = $1",
        id,
        taken,
        live,
        slots
    )
}

/// Stores how often the employer answered and refused.
pub async fn set_answers(tx: &mut Tx, id: VacancyId, answers: i64, refusals: i64) -> Result<u64, StoreError> {
    sql!(tx, execute, "update vacancies set answers = $2, refusals = $3 where id = $1", id, answers, refusals)
}

/// Stores what the employer said about many refusals: referrals may go on.
pub async fn set_said(tx: &mut Tx, id: VacancyId, said: String) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update vacancies set said = $2, said_at_answers = answers, said_at_refusals = refusals where id = $1",
        id,
        said
    )
}

/// How many vacancies are in each state.
pub async fn count_by_state(tx: &mut Tx) -> Result<Vec<(State, i64)>, StoreError> {
    sql!(tx, fetch_all<(State, i64)>, "select state, count(*) from vacancies group by state order by state")
}

/// A vacancy with what matters of its employer.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// The vacancy.
    #[sqlx(flatten)]
    pub vacancy: Vacancy,
    pub employer_name: String,
    /// Where the employer stands.
    pub employer_state: employer::State,
}

impl Listed {
    /// What decides whether it takes people.
    pub fn standing(&self) -> Standing {
        let Vacancy { state, closes_on, .. } = self.vacancy;
        Standing { state, closes_on, employer: self.employer_state }
    }
}

/// Finds a vacancy a caller may see.
pub async fn listed(tx: &mut Tx, scope: Scope, id: VacancyId) -> Result<Option<Listed>, StoreError> {
    match scope {
        Scope::Office => sql!(tx, fetch_optional<Listed>, text: LISTED, id),
        Scope::Owner(employer) => sql!(tx, fetch_optional<Listed>, text: LISTED_OF_OWNER, id, employer),
        Scope::OpenOn(day) => sql!(tx, fetch_optional<Listed>, text: LISTED_OPEN, id, day),
    }
}

/// One page of what a caller may see and asks for, oldest first.
pub async fn listed_page(
    tx: &mut Tx,
    scope: Scope,
    filter: Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (at, id) = place(after);
    let page = |text: &Text| Statement::of(tx, text).with(at).with(id).with(limit);
    let Filter { employer, state, flags_open } = filter;
    let statement = match scope {
        // Whoever asks for another's or for what is not open asks for nothing they may see.
        Scope::Owner(own) if employer.is_some_and(|asked| asked != own) => return Ok(Vec::new()),
        Scope::Owner(_) | Scope::OpenOn(_) if flags_open => return Ok(Vec::new()),
        Scope::OpenOn(_) if state.is_some_and(|asked| asked != State::Open) => return Ok(Vec::new()),
        Scope::Owner(own) => page(&OF_EMPLOYER).with(own).with(state),
        Scope::OpenOn(day) => match employer {
            Some(employer) => page(&OPEN_OF_EMPLOYER).with(day).with(employer),
            None => page(&OPEN).with(day),
        },
        Scope::Office if flags_open => page(&FLAGS_OPEN).with(employer).with(state),
        Scope::Office => match (employer, state) {
            (Some(employer), state) => page(&OF_EMPLOYER).with(employer).with(state),
            (None, Some(state)) => page(&IN_STATE).with(state),
            (None, None) => page(&ALL),
        },
    };
    statement.fetch_all(tx).await
}

/// All open vacancies with their employers, by id, for a match run and the index. Which of them take people is for
/// `domain::vacancy` to say.
pub async fn open(tx: &mut Tx) -> Result<Vec<Listed>, StoreError> {
    sql!(tx, fetch_all<Listed>, text: ALL_OPEN)
}

/// Those of these vacancies that are open, with their employers, in no order; as `open`.
pub async fn open_among(tx: &mut Tx, ids: &[VacancyId]) -> Result<Vec<Listed>, StoreError> {
    /// As many as the statement names.
    const AT_ONCE: usize = 20;
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(AT_ONCE) {
        let mut statement = Statement::of(tx, &OPEN_AMONG);
        for place in 0..AT_ONCE {
            statement = statement.with(chunk.get(place).copied());
        }
        found.extend(statement.fetch_all::<Listed>(tx).await?);
    }
    Ok(found)
}

/// Open vacancies of suspended employers, by id: those that are not paused yet.
pub async fn open_of_suspended(tx: &mut Tx) -> Result<Vec<VacancyId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(VacancyId,)>,
        "select v.id from employers e join vacancies v on v.employer_id = e.id \
         where e.state = 'suspended' and v.state = 'open' order by v.id"
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The vacancies of an employer that people may be in the course of (open, paused, filled), by id, each with the event
/// that paused it last: its own pauses and those by suspension are told apart by it.
pub async fn running_of(
    tx: &mut Tx,
    employer: EmployerId,
) -> Result<Vec<(VacancyId, State, Option<Event>)>, StoreError> {
    sql!(
        tx,
        fetch_all<(VacancyId, State, Option<Event>)>,
        "select v.id, v.state, (select e.event from vacancy_events e where e.vacancy_id = v.id and e.to_state = 'paused' \
         and e.from_state <> 'paused' order by e.version desc limit 1) as paused_by \
         from vacancies v where v.employer_id = $1 and v.state in ('open', 'paused', 'filled') order by v.id",
        employer
    )
}

/// The vacancy an employer made last, for what a new one may copy from it.
pub async fn last_of_employer(tx: &mut Tx, id: EmployerId) -> Result<Option<Vacancy>, StoreError> {
    sql!(tx, fetch_optional<Vacancy>, text: LAST_OF_EMPLOYER, id)
}
