//! Applications: a person's candidacy for one vacancy. Reading is scoped in SQL, so that a foreign application and an
//! absent one give the same empty answer.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        application::State,
        disclosure, employer,
        ids::{AccountId, ApplicationId, EmployerId, OrganisationId, PersonId, RunId, VacancyId},
        letter,
    },
    sql,
    store::{
        StoreError, Tx,
        interviews::Interview,
        notes::Noted,
        statement::{Argument, Statement, Text, place},
    },
    texts,
};

/// One application as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Application {
    pub id: ApplicationId,
    /// Whose it is.
    pub person_id: PersonId,
    /// What it is for.
    pub vacancy_id: VacancyId,
    /// The run that proposed it; none when made by hand or by the person.
    pub run_id: Option<RunId>,
    /// Where it stands.
    pub state: State,
    /// Set aside while the person is hired elsewhere and has not started.
    pub held: bool,
    /// Order in the vacancy's queue: smaller is served first.
    pub reserve_order: i64,
    /// Fit, points 0..1000.
    pub fit: i64,
    /// Priority, points 0..300. Never shown to employers.
    pub priority: i64,
    /// Business date by which the next answer is due.
    pub deadline: Option<NaiveDate>,
    /// First working day, known once hired.
    pub starts_on: Option<NaiveDate>,
    /// Number of the referral letter; set at the first referral.
    pub letter_number: Option<letter::Number>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which applications a caller may see: every caller has one reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The labour office sees all.
    Office,
    /// Those of this employer's vacancies that were referred at least once.
    Employer(EmployerId),
    /// Those of persons this login holds.
    Account(AccountId),
    /// Those of persons of this village who agreed to its companion.
    Village(String),
    /// Those of persons this agency nominated.
    Agency(OrganisationId),
}

/// What a listing asks for besides the scope.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub vacancy: Option<VacancyId>,
    pub person: Option<PersonId>,
    /// In one state.
    pub state: Option<State>,
    /// Only those about which the employer owes an answer.
    pub due: bool,
}

/// The last item of the page before, for row-value cursors.
pub type Cursor = (DateTime<Utc>, ApplicationId);

/// The columns of `applications a`.
macro_rules! columns {
    () => {
        "a.id, a.person_id, a.vacancy_id, a.run_id, a.state, a.held, a.reserve_order, a.fit, a.priority, a.deadline, \
         a.starts_on, a.letter_number, a.version, a.created_at, a.updated_at "
    };
}

/// The columns of a card.
macro_rules! card {
    () => {
        concat!(
            "select ",
            columns!(),
            ", p.name as person_name, p.phone as person_phone, v.title, v.employer_id, e.name as employer_name, e.state as employer_state, \
             (select count(*) from reminders r where r.application_id = a.id) as reminders, i.on_day as interview_on, \
             i.hour as interview_hour, i.place as interview_place, i.bring as interview_bring, i.landmark as interview_landmark, \
             n.kind as note_kind, n.text as note_text, n.actor as note_actor, n.at as note_at "
        )
    };
}

/// The tables of a card beside `applications a`.
macro_rules! names {
    () => {
        "join people p on p.id = a.person_id join vacancies v on v.id = a.vacancy_id \
         join employers e on e.id = v.employer_id left join interviews i on i.application_id = a.id \
         left join application_notes n on n.id = (select l.id from application_notes l where l.application_id = a.id \
         and l.version = a.version order by l.id desc limit 1) "
    };
}

/// The application $1, from these tables and under this condition of the caller $2.
macro_rules! one {
    ($from:literal) => {
        concat!("select ", columns!(), "from applications a ", $from)
    };
}

/// The card $1, under this condition of the caller $2.
macro_rules! one_card {
    ($condition:literal) => {
        concat!(card!(), "from applications a ", names!(), "where a.id = $1 ", $condition)
    };
}

/// A page of cards whose order an index gives: from this place on in this order, at most $3.
macro_rules! walk {
    ($place:literal, $order:literal) => {
        concat!(
            "with page as materialized (select a.id, a.created_at from applications a where ",
            $place,
            "order by ",
            $order,
            "limit $3) ",
            card!(),
            "from page o join applications a on a.id = o.id ",
            names!(),
            "order by o.created_at, o.id"
        )
    };
}

/// A page of cards out of few: all the caller reaches or asks for are found by an index and then put in order. They are
/// materialized because a planner that sees `order by .. limit` beside them may walk the whole table in that order in the
/// hope of meeting them soon; the newest ones are met last. In state $4 or any, with $5 only those due.
macro_rules! narrow {
    ($from:literal) => {
        concat!(
            "with own as materialized (select a.id, a.created_at from ",
            $from,
            " and (a.state = $4 or $4 is null) \
             and ($5 = false or (a.state in ('referred', 'interview', 'offered') and not a.held))), \
             page as materialized (select id, created_at from own where (created_at, id) > ($1, $2) \
             order by created_at, id limit $3) ",
            card!(),
            "from page o join applications a on a.id = o.id ",
            names!(),
            "order by o.created_at, o.id"
        )
    };
}

texts! {
    FIND = one!("where a.id = $1");
    FIND_OF_EMPLOYER = one!("join vacancies v on v.id = a.vacancy_id where a.id = $1 and v.employer_id = $2 \
        and a.letter_number is not null");
    FIND_OF_ACCOUNT = one!("join account_people h on h.person_id = a.person_id and h.account_id = $2 where a.id = $1 \
        and a.known_since is not null");
    FIND_OF_VILLAGE = one!("join people p on p.id = a.person_id where a.id = $1 and p.village = $2 \
        and p.accompanied");
    FIND_OF_AGENCY = one!("join nominations n on n.person_id = a.person_id where a.id = $1 and n.organisation_id = $2");

    CARD = one_card!("");
    CARD_OF_EMPLOYER = one_card!("and v.employer_id = $2 and a.letter_number is not null");
    CARD_OF_ACCOUNT = one_card!("and a.known_since is not null and exists (select 1 from account_people h where h.account_id = $2 \
        and h.person_id = a.person_id)");
    CARD_OF_VILLAGE = one_card!("and p.village = $2 and p.accompanied");
    CARD_OF_AGENCY = one_card!("and exists (select 1 from nominations n where n.person_id = p.id and n.organisation_id = $2)");

    ALL = walk!("(a.created_at, a.id) > ($1, $2) ", "a.created_at, a.id ");
    // Not `state = $4`: a planner would know that the order then is that of the whole table, and walk it.
    IN_STATE = walk!("(a.state, a.created_at, a.id) > ($4, $1, $2) and a.state <= $4 ", "a.state, a.created_at, a.id ");
    DUE = walk!("a.state in ('referred', 'interview', 'offered') and not a.held and (a.state = $4 or $4 is null) \
        and (a.created_at, a.id) > ($1, $2) ", "a.created_at, a.id ");

    OF_PERSON = narrow!("applications a where a.person_id = $6 and (a.vacancy_id = $7 or $7 is null)");
    OF_PERSON_FOR_EMPLOYER = narrow!("applications a join vacancies v on v.id = a.vacancy_id where a.person_id = $6 \
        and (a.vacancy_id = $7 or $7 is null) and v.employer_id = $8 and a.letter_number is not null");
    OF_PERSON_FOR_VILLAGE = narrow!("people p join applications a on a.person_id = p.id where p.id = $6 \
        and (a.vacancy_id = $7 or $7 is null) and p.village = $8 and p.accompanied");
    OF_PERSON_FOR_AGENCY = narrow!("people p join applications a on a.person_id = p.id where p.id = $6 \
        and (a.vacancy_id = $7 or $7 is null) and exists (select 1 from nominations n where n.person_id = p.id and n.organisation_id = $8)");

    OF_VACANCY = narrow!("applications a where a.vacancy_id = $6");
    OF_VACANCY_FOR_EMPLOYER = narrow!("vacancies v join applications a on a.vacancy_id = v.id where v.id = $6 \
        and v.employer_id = $7 and a.letter_number is not null");
    OF_VACANCY_FOR_VILLAGE = narrow!("applications a join people p on p.id = a.person_id where a.vacancy_id = $6 \
        and p.village = $7 and p.accompanied");
    OF_VACANCY_FOR_AGENCY = narrow!("applications a join people p on p.id = a.person_id where a.vacancy_id = $6 \
        and exists (select 1 from nominations n where n.person_id = p.id and n.organisation_id = $7)");

    OF_ACCOUNT = narrow!("account_people h join applications a on a.person_id = h.person_id where h.account_id = $6 \
        and a.known_since is not null and (a.person_id = $7 or $7 is null) and (a.vacancy_id = $8 or $8 is null)");
    OF_EMPLOYER = narrow!("vacancies v join applications a on a.vacancy_id = v.id where v.employer_id = $6 \
        and a.letter_number is not null");
    OF_VILLAGE = narrow!("people p join applications a on a.person_id = p.id where p.village = $6 and p.accompanied");
    OF_AGENCY = narrow!("nominations n join applications a on a.person_id = n.person_id where n.organisation_id = $6");
}

/// Finds an application inside a scope.
pub async fn find(tx: &mut Tx, scope: &Scope, id: ApplicationId) -> Result<Option<Application>, StoreError> {
    match scope {
        Scope::Office => sql!(tx, fetch_optional<Application>, text: FIND, id),
        Scope::Employer(whom) => sql!(tx, fetch_optional<Application>, text: FIND_OF_EMPLOYER, id, *whom),
        Scope::Account(whom) => sql!(tx, fetch_optional<Application>, text: FIND_OF_ACCOUNT, id, *whom),
        Scope::Village(whom) => {
            sql!(tx, fetch_optional<Application>, text: FIND_OF_VILLAGE, id, whom.clone())
        }
        Scope::Agency(whom) => sql!(tx, fetch_optional<Application>, text: FIND_OF_AGENCY, id, *whom),
    }
}

/// Finds by id, for the system's own consequences and after a scoped `find`.
pub async fn get(tx: &mut Tx, id: ApplicationId) -> Result<Option<Application>, StoreError> {
    sql!(tx, fetch_optional<Application>, text: FIND, id)
}

/// The open application of a person for a vacancy, if there is one.
pub async fn open_between(
    tx: &mut Tx,
    person: PersonId,
    vacancy: VacancyId,
) -> Result<Option<Application>, StoreError> {
    sql!(
        tx,
        fetch_optional<Application>,
        "select id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, starts_on, \
         letter_number, version, created_at, updated_at from applications where person_id = $1 and vacancy_id = $2 \
         and state in ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired')",
        person,
        vacancy
    )
}

/// The applications of a person that are open or at work, by id.
pub async fn unsettled_of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Application>, StoreError> {
    sql!(
        tx,
        fetch_all<Application>,
        "select id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, starts_on, \
         letter_number, version, created_at, updated_at from applications where person_id = $1 and state in \
         ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired', 'started') order by id",
        person
    )
}

/// The applications for a vacancy that are open or at work, by id.
pub async fn unsettled_of_vacancy(tx: &mut Tx, vacancy: VacancyId) -> Result<Vec<Application>, StoreError> {
    sql!(
        tx,
        fetch_all<Application>,
        "select id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, starts_on, \
         letter_number, version, created_at, updated_at from applications where vacancy_id = $1 and state in \
         ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired', 'started') order by id",
        vacancy
    )
}

/// All applications for a vacancy that are not yet settled and come before hired, by id.
pub async fn open_of_vacancy(tx: &mut Tx, vacancy: VacancyId) -> Result<Vec<Application>, StoreError> {
    sql!(
        tx,
        fetch_all<Application>,
        "select id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, starts_on, \
         letter_number, version, created_at, updated_at from applications where vacancy_id = $1 \
         and state in ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered') order by id",
        vacancy
    )
}

/// What became of the applications of a person for a vacancy: run, state and when it last changed.
pub async fn between(
    tx: &mut Tx,
    person: PersonId,
    vacancy: VacancyId,
) -> Result<Vec<(Option<RunId>, State, DateTime<Utc>)>, StoreError> {
    sql!(
        tx,
        fetch_all<(Option<RunId>, State, DateTime<Utc>)>,
        "select run_id, state, updated_at from applications where person_id = $1 and vacancy_id = $2 order by id",
        person,
        vacancy
    )
}

/// Those who said yes and wait for a slot of the vacancy, in serving order.
pub async fn queue_of_vacancy(tx: &mut Tx, vacancy: VacancyId) -> Result<Vec<Application>, StoreError> {
    sql!(
        tx,
        fetch_all<Application>,
        "select id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, starts_on, \
         letter_number, version, created_at, updated_at from applications where vacancy_id = $1 and state = 'queued' \
         and not held order by reserve_order, id",
        vacancy
    )
}

/// Vacancies in which somebody waits while a slot is free, for an answer the employer owed or a limit of the person.
pub async fn waiting_beside_a_slot(tx: &mut Tx) -> Result<Vec<VacancyId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(VacancyId,)>,
        "select v.id from vacancies v join employers e on e.id = v.employer_id \
         where v.state = 'open' and e.state = 'verified' and v.live < v.slots and exists (select 1 from applications a \
         where a.vacancy_id = v.id and a.state = 'queued' and not a.held) order by v.id"
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The vacancies for which a person waits for a slot, in serving order.
pub async fn queue_of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Application>, StoreError> {
    sql!(
        tx,
        fetch_all<Application>,
        "select id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, starts_on, \
         letter_number, version, created_at, updated_at from applications where person_id = $1 and state = 'queued' \
         and not held order by reserve_order, id",
        person
    )
}

/// Proposals of earlier runs that nobody answered.
pub async fn unanswered_before(tx: &mut Tx, run: RunId) -> Result<Vec<Application>, StoreError> {
    sql!(
        tx,
        fetch_all<Application>,
        "select id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, starts_on, \
         letter_number, version, created_at, updated_at from applications where state = 'proposed' \
         and run_id is not null and run_id <> $1 order by id",
        run
    )
}

/// Applications whose answer is overdue, for `lapse`: confirmed or referred, not held, the employer not suspended.
pub async fn overdue(tx: &mut Tx, today: NaiveDate, limit: i64) -> Result<Vec<Application>, StoreError> {
    sql!(
        tx,
        fetch_all<Application>,
        "with over as materialized (select id from applications where deadline < $1 \
         and state in ('confirmed', 'referred') and not held \
         and (state = 'confirmed' or not exists (select 1 from vacancies v join employers e on e.id = v.employer_id \
         where v.id = applications.vacancy_id and e.state = 'suspended'))) \
         select a.id, a.person_id, a.vacancy_id, a.run_id, a.state, a.held, a.reserve_order, a.fit, a.priority, a.deadline, \
         a.starts_on, a.letter_number, a.version, a.created_at, a.updated_at \
         from over o join applications a on a.id = o.id order by o.id limit $2",
        today,
        limit
    )
}

/// Adds an application; 0 rows when an open one between the two exists.
pub async fn insert(tx: &mut Tx, a: &Application) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into applications (id, person_id, vacancy_id, run_id, state, held, reserve_order, fit, priority, deadline, \
         starts_on, letter_number, version, created_at, updated_at, known_since) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing",
        a.id,
        a.person_id,
        a.vacancy_id,
        a.run_id,
        a.state,
        a.held,
        a.reserve_order,
        a.fit,
        a.priority,
        a.deadline,
        a.starts_on,
        a.letter_number.clone(),
        a.version,
        a.created_at,
        a.updated_at,
        known_by(a)
    )
}

/// The moment from which the person knows of an application that is now like this, if it became known by this.
fn known_by(a: &Application) -> Option<DateTime<Utc>> {
    disclosure::becomes_known(a.state).then_some(a.updated_at)
}

/// Compare-and-swap: stores `next` (whose version is one higher) if the row is still as `before`; says how many rows matched.
pub async fn swap(tx: &mut Tx, before: &Application, next: &Application) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update applications set state = $4, held = $5, deadline = $6, starts_on = $7, letter_number = $8, version = $9, \
         updated_at = $10, reserve_order = $11, known_since = coalesce(known_since, $12), run_id = $13, fit = $14, priority = $15 \
         where id = $1 and state = $2 and version = $3",
        before.id,
        before.state,
        before.version,
        next.state,
        next.held,
        next.deadline,
        next.starts_on,
        next.letter_number.clone(),
        next.version,
        next.updated_at,
        next.reserve_order,
        known_by(next),
        next.run_id,
        next.fit,
        next.priority
    )
}

/// How many applications are in each state, for status pages and doctor.
pub async fn count_by_state(tx: &mut Tx) -> Result<Vec<(State, i64)>, StoreError> {
    sql!(
        tx,
        fetch_all<(State, i64)>,
        "select state, count(*) from applications group by state order by state"
    )
}

/// How many applications there are before the first day of work, by state.
pub async fn count_open(tx: &mut Tx) -> Result<Vec<(State, i64)>, StoreError> {
    sql!(
        tx,
        fetch_all<(State, i64)>,
        "select state, count(*) from applications where state in ('proposed', 'consented', 'confirmed', 'queued', \
         'referred', 'interview', 'offered', 'hired') group by state order by state"
    )
}

/// How many answers employers owe, and how many of them were due before a day.
pub async fn count_due(tx: &mut Tx, today: NaiveDate) -> Result<(i64, i64), StoreError> {
    sql!(
        tx,
        fetch_one<(i64, i64)>,
        "select count(*), count(*) filter (where deadline < $1) from applications \
         where state in ('referred', 'interview', 'offered') and not held",
        today
    )
}

/// Takes the next referral letter number of a year.
pub async fn next_letter(tx: &mut Tx, year: i64) -> Result<i64, StoreError> {
    let (number,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "insert into letter_numbers (year, last) values ($1, 1) \
         on conflict (year) do update set last = letter_numbers.last + 1 returning last",
        year
    )?;
    Ok(number)
}

/// How many vacancies and people have counters that differ from their applications: 0, or something wrote past the rules.
pub async fn broken_counters(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,): (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select (select count(*) from vacancies v where v.taken <> (select count(*) from applications a \
         where a.vacancy_id = v.id and a.state in ('hired', 'started')) or v.live <> (select count(*) from applications a \
         where a.vacancy_id = v.id and a.state in ('confirmed', 'referred', 'interview', 'offered'))) \
         + (select count(*) from people p where p.placed <> (select count(*) from applications a \
         where a.person_id = p.id and a.state in ('hired', 'started')) or p.live <> (select count(*) from applications a \
         where a.person_id = p.id and a.state in ('confirmed', 'referred', 'interview', 'offered')))"
    )?;
    Ok(count)
}

/// An application with the names a list shows beside it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Card {
    /// The application.
    #[sqlx(flatten)]
    pub application: Application,
    /// What is shown beside it.
    #[sqlx(flatten)]
    pub names: Names,
}

/// What a list shows beside an application.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Names {
    /// Name of the person; shown to an employer only while the state allows it.
    pub person_name: String,
    /// Phone of the person; likewise.
    pub person_phone: Option<String>,
    /// Title of the vacancy.
    pub title: String,
    /// Whose vacancy it is.
    pub employer_id: EmployerId,
    pub employer_name: String,
    /// Where the employer stands.
    pub employer_state: employer::State,
    /// Reminders made while the employer's answer is due.
    pub reminders: i64,
    /// The newest invitation to an interview.
    #[sqlx(flatten)]
    pub interview: Interview,
    /// What was said last about this version of it.
    #[sqlx(flatten)]
    pub note: Noted,
}

/// The names beside an application.
pub async fn names(tx: &mut Tx, id: ApplicationId) -> Result<Option<Names>, StoreError> {
    Ok(card(tx, &Scope::Office, id).await?.map(|card| card.names))
}

/// Finds an application with its names inside a scope.
pub async fn card(tx: &mut Tx, scope: &Scope, id: ApplicationId) -> Result<Option<Card>, StoreError> {
    match scope {
        Scope::Office => sql!(tx, fetch_optional<Card>, text: CARD, id),
        Scope::Employer(whom) => sql!(tx, fetch_optional<Card>, text: CARD_OF_EMPLOYER, id, *whom),
        Scope::Account(whom) => sql!(tx, fetch_optional<Card>, text: CARD_OF_ACCOUNT, id, *whom),
        Scope::Village(whom) => sql!(tx, fetch_optional<Card>, text: CARD_OF_VILLAGE, id, whom.clone()),
        Scope::Agency(whom) => sql!(tx, fetch_optional<Card>, text: CARD_OF_AGENCY, id, *whom),
    }
}

/// One page of applications with their names inside a scope, oldest first. What is asked for decides where the search
/// begins: at a person, else at a vacancy, else at whom the caller reaches.
pub async fn cards(
    tx: &mut Tx,
    scope: &Scope,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Card>, StoreError> {
    let asked = Asked { filter, place: place(after), limit };
    let statement = match scope {
        Scope::Office => asked.of_all(tx),
        Scope::Account(whom) => {
            asked.narrow(tx, &OF_ACCOUNT).with(*whom).with(filter.person).with(filter.vacancy)
        }
        Scope::Employer(whom) => {
            asked.within(tx, [&OF_PERSON_FOR_EMPLOYER, &OF_VACANCY_FOR_EMPLOYER, &OF_EMPLOYER], *whom)
        }
        Scope::Village(whom) => {
            asked.within(tx, [&OF_PERSON_FOR_VILLAGE, &OF_VACANCY_FOR_VILLAGE, &OF_VILLAGE], whom.clone())
        }
        Scope::Agency(whom) => {
            asked.within(tx, [&OF_PERSON_FOR_AGENCY, &OF_VACANCY_FOR_AGENCY, &OF_AGENCY], *whom)
        }
    };
    statement.fetch_all(tx).await
}

/// A page that was asked for, on its way to the text that finds it.
struct Asked<'a> {
    filter: &'a Filter,
    place: Cursor,
    limit: i64,
}

impl Asked<'_> {
    fn walk(&self, tx: &Tx, text: &Text) -> Statement {
        Statement::of(tx, text).with(self.place.0).with(self.place.1).with(self.limit)
    }

    fn narrow(&self, tx: &Tx, text: &Text) -> Statement {
        self.walk(tx, text).with(self.filter.state).with(self.filter.due)
    }

    fn of_all(&self, tx: &Tx) -> Statement {
        match *self.filter {
            Filter { person: Some(person), vacancy, .. } => {
                self.narrow(tx, &OF_PERSON).with(person).with(vacancy)
            }
            Filter { vacancy: Some(vacancy), .. } => self.narrow(tx, &OF_VACANCY).with(vacancy),
            Filter { due: true, state, .. } => self.walk(tx, &DUE).with(state),
            Filter { state: Some(state), .. } => self.walk(tx, &IN_STATE).with(state),
            _ => self.walk(tx, &ALL),
        }
    }

    /// By the text for one person, for one vacancy or for neither, and for whom.
    fn within(&self, tx: &Tx, [of_person, of_vacancy, of_all]: [&Text; 3], whom: impl Argument) -> Statement {
        match (self.filter.person, self.filter.vacancy) {
            (Some(person), vacancy) => self.narrow(tx, of_person).with(person).with(vacancy).with(whom),
            (None, Some(vacancy)) => self.narrow(tx, of_vacancy).with(vacancy).with(whom),
            (None, None) => self.narrow(tx, of_all).with(whom),
        }
    }
}
