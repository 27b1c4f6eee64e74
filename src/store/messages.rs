//! Messages: one row for each that somebody is to read, written with the event it is about, and what became of it. Of mail no
//! word is here; a text to a person is kept as it was shown. Who is told what is decided in `domain::message`, what it says in `words`.
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    domain::{
        application,
        contact::{Content, Way},
        ids::{AccountId, ApplicationId, EmployerId, MessageId, PersonId, VacancyId},
        message::{Delivery, Failure, Kind, Reader, Reply},
    },
    sql,
    store::{
        StoreError, Tx,
        interviews::Interview,
        statement::{Statement, place},
    },
    texts,
};

/// A message that is to be made.
#[derive(Clone, Debug)]
pub struct New {
    pub id: MessageId,
    pub kind: Kind,
    /// What makes it single among those of its kind.
    pub occasion: String,
    pub application: Option<ApplicationId>,
    pub vacancy: Option<VacancyId>,
    pub employer: Option<EmployerId>,
    /// Who reads it, where a person does.
    pub person: Option<PersonId>,
    /// It is true while its application is in this state.
    pub while_state: Option<application::State>,
    /// Not before.
    pub due_at: DateTime<Utc>,
    pub made_at: DateTime<Utc>,
}

/// A message with what its text is made of.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Message {
    pub id: MessageId,
    pub kind: Kind,
    pub application_id: Option<ApplicationId>,
    pub person_id: Option<PersonId>,
    pub state: Delivery,
    pub tries: i64,
    pub failure: Option<Failure>,
    pub made_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    /// What the person was shown, once it was opened or sent.
    pub text: Option<String>,
    /// The number it was meant for.
    pub number: Option<String>,
    /// How much it said.
    pub shown: Option<Content>,
    pub reply: Option<Reply>,
    pub title: Option<String>,
    /// Last day of the vacancy.
    pub closes_on: Option<NaiveDate>,
    pub employer_id: Option<EmployerId>,
    pub employer_name: Option<String>,
    pub employer_mail: Option<String>,
    /// By when an answer is due.
    pub deadline: Option<NaiveDate>,
    /// First day of work.
    pub starts_on: Option<NaiveDate>,
    #[sqlx(flatten)]
    pub interview: Interview,
    pub person_name: Option<String>,
    pub phone: Option<String>,
    /// The village of a person who agreed to its companion.
    pub accompanied_in: Option<String>,
    pub way: Option<Way>,
    pub hour: Option<String>,
    pub content: Option<Content>,
    /// Whether others have the same phone or login.
    pub shared: bool,
    /// Not before.
    pub due_at: DateTime<Utc>,
    /// Whether its application is where it was when the message was made.
    pub still_true: bool,
}

/// What was written to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub text: String,
    /// To which number.
    pub number: String,
    /// How much it says.
    pub content: Content,
}

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Received {
    pub kind: Kind,
    pub application_id: Option<ApplicationId>,
    pub state: Delivery,
    pub made_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub text: Option<String>,
    pub number: Option<String>,
    pub reply: Option<Reply>,
    pub replied_at: Option<DateTime<Utc>>,
}

/// To whom the service can send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sends {
    pub to_employers: bool,
    pub to_office: bool,
    /// To people, through a gateway.
    pub to_people: bool,
}

/// Whose messages a caller reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The labour office sees all.
    Office,
    /// Those to people of a village who agreed to its companion and are told through them.
    Village(String),
}

/// Whether a message `m` of application `a` is still news: the application is where it was, and nothing newer of that kind was
/// made about it. What is taken back takes its messages along, and an earlier one is news again.
macro_rules! still_true {
    () => {
        "((m.while_state is null or (a.state = m.while_state and not a.held)) and not exists (select 1 from messages n \
         where n.application_id = m.application_id and n.kind = m.kind and (n.made_at, n.id) > (m.made_at, m.id))) "
    };
}

/// The columns of `messages m` with what the text is made of.
macro_rules! columns {
    () => {
        concat!("m.id, m.kind, m.application_id, m.person_id, m.state, m.tries, m.failure, m.made_at, m.sent_at, m.text, m.number, m.content as shown, m.reply, v.title, \
         v.closes_on, m.employer_id, e.name as employer_name, e.email as employer_mail, a.deadline, a.starts_on, \
         i.on_day as interview_on, i.hour as interview_hour, i.place as interview_place, i.bring as interview_bring, i.landmark as interview_landmark, \
         p.name as person_name, p.phone, case when p.accompanied then p.village end as accompanied_in, w.contact_way as way, w.contact_hour as hour, w.message_content as content, \
         (exists (select 1 from people o where o.phone = p.phone and o.id <> p.id and o.erased_at is null) \
         or exists (select 1 from account_people h join account_people g on g.account_id = h.account_id \
         where h.person_id = p.id and g.person_id <> p.id)) as shared, m.due_at, ", still_true!(), "as still_true ")
    };
}

/// The tables of the columns.
macro_rules! tables {
    () => {
        "left join applications a on a.id = m.application_id left join vacancies v on v.id = m.vacancy_id \
         left join employers e on e.id = m.employer_id left join interviews i on i.application_id = m.application_id \
         left join people p on p.id = m.person_id left join wishes w on w.person_id = m.person_id "
    };
}

/// Of a state, behind a place: what may leave and is still true, or what is over.
macro_rules! page {
    ($of:literal) => {
        concat!(
            "select ",
            columns!(),
            "from messages m ",
            tables!(),
            "where m.state = $4 and (m.made_at, m.id) > ($1, $2) and (m.reader = $5 or $5 is null) \
             and (m.state <> 'waiting' or m.due_at <= $6) and (m.state not in ('waiting', 'opened') or ",
            still_true!(),
            ") ",
            $of,
            "order by m.made_at, m.id limit $3"
        )
    };
}

texts! {
    FIND = concat!("select ", columns!(), "from messages m ", tables!(), "where m.id = $1");
    CLAIMED = concat!("select ", columns!(), "from messages m ", tables!(),
        "where m.claim = $1 and m.state = 'waiting' order by m.employer_id, m.kind, m.due_at, m.id");
    PAGE = page!("");
    PAGE_OF_VILLAGE = page!("and p.village = $7 and p.accompanied and p.erased_at is null and (w.contact_way = 'companion' or p.phone is null) ");
}

/// Adds a message; 0 rows when there is one of that kind and occasion.
pub async fn insert(tx: &mut Tx, m: &New) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into messages (id, kind, reader, occasion, application_id, vacancy_id, employer_id, person_id, while_state, state, \
         due_at, tries, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, 0, $11) on conflict do nothing",
        m.id,
        m.kind,
        m.kind.reader(),
        m.occasion.clone(),
        m.application,
        m.vacancy,
        m.employer,
        m.person,
        m.while_state,
        m.due_at,
        m.made_at
    )
}

/// Whether an employer can be written to: it has an address and is not suspended.
pub async fn reads_mail(tx: &mut Tx, employer: EmployerId) -> Result<bool, StoreError> {
    let found: (i64,) = sql!(
        tx,
        fetch_one<(i64,)>,
        "select count(*) from employers where id = $1 and email is not null and state <> 'suspended'",
        employer
    )?;
    Ok(found.0 > 0)
}

/// Takes back the messages about an application that have not left, made from a moment on.
pub async fn take_back(
    tx: &mut Tx,
    application: ApplicationId,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "delete from messages where application_id = $1 and made_at >= $2 and state = 'waiting'",
        application,
        since
    )
}

/// Claims messages that are due, still true and can be sent, in the order of their readers; how many. A suspended employer is told
/// nothing, and nobody that a vacancy is soon over when it no longer is (its last day is after `soon`). On PostgreSQL what another
/// process claims at this moment is passed over, and the list is made once: asked for each row anew it would have no end.
pub async fn claim(
    tx: &mut Tx,
    sends: Sends,
    claim: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    (soon, most): (NaiveDate, i64),
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        sqlite: "update messages set claim = $1, claimed_until = $2 where state = 'waiting' and (claimed_until is null or claimed_until <= $3) \
         and id in (select m.id from messages m left join applications a on a.id = m.application_id \
         left join people p on p.id = m.person_id left join wishes w on w.person_id = m.person_id \
         left join employers e on e.id = m.employer_id left join vacancies v on v.id = m.vacancy_id \
         where m.state = 'waiting' and m.due_at <= $3 and (m.claimed_until is null or m.claimed_until <= $3) \
         and (m.while_state is null or (a.state = m.while_state and not a.held)) \
         and not exists (select 1 from messages n where n.application_id = m.application_id and n.kind = m.kind \
         and (n.made_at, n.id) > (m.made_at, m.id)) and ((m.reader = 'employer' and $4 and e.state <> 'suspended') or (m.reader = 'office' and $5) or (m.reader = 'person' and $6 \
         and p.phone is not null and (w.contact_way is null or w.contact_way = 'whatsapp'))) \
         and (m.kind <> 'vacancy_expiring' or v.id is null or (v.state = 'open' and v.closes_on <= $8)) \
         order by m.employer_id, m.kind, m.due_at, m.id limit $7)",
        postgres: "with due as materialized (select m.id from messages m left join applications a on a.id = m.application_id \
         left join people p on p.id = m.person_id left join wishes w on w.person_id = m.person_id \
         left join employers e on e.id = m.employer_id left join vacancies v on v.id = m.vacancy_id \
         where m.state = 'waiting' and m.due_at <= $3 and (m.claimed_until is null or m.claimed_until <= $3) \
         and (m.while_state is null or (a.state = m.while_state and not a.held)) \
         and not exists (select 1 from messages n where n.application_id = m.application_id and n.kind = m.kind \
         and (n.made_at, n.id) > (m.made_at, m.id)) and ((m.reader = 'employer' and $4 and e.state <> 'suspended') or (m.reader = 'office' and $5) or (m.reader = 'person' and $6 \
         and p.phone is not null and (w.contact_way is null or w.contact_way = 'whatsapp'))) \
         and (m.kind <> 'vacancy_expiring' or v.id is null or (v.state = 'open' and v.closes_on <= $8)) \
         order by m.employer_id, m.kind, m.due_at, m.id limit $7 for update of m skip locked) \
         update messages set claim = $1, claimed_until = $2 where id in (select id from due)",
        claim,
        until,
        now,
        sends.to_employers,
        sends.to_office,
        sends.to_people,
        most,
        soon
    )
}

/// What a claim holds.
pub async fn claimed(tx: &mut Tx, claim: Uuid) -> Result<Vec<Message>, StoreError> {
    sql!(tx, fetch_all<Message>, text: CLAIMED, claim)
}

/// Stores that a claimed message left, with text and number where a person reads it; 0 rows when the claim was lost.
pub async fn sent(
    tx: &mut Tx,
    id: MessageId,
    claim: Uuid,
    shown: Option<Shown>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update messages set state = 'sent', sent_at = $3, text = $4, number = $5, content = $6, tries = tries + 1, failure = null, \
         claim = null, claimed_until = null where id = $1 and claim = $2 and state = 'waiting'",
        id,
        claim,
        at,
        shown.as_ref().map(|shown| shown.text.clone()),
        shown.as_ref().map(|shown| shown.number.clone()),
        shown.map(|shown| shown.content)
    )
}

/// Stores that a claimed message did not leave: when it is tried again, or that it is not (`failed`).
pub async fn not_sent(
    tx: &mut Tx,
    id: MessageId,
    claim: Uuid,
    failure: Failure,
    again: Option<DateTime<Utc>>,
) -> Result<u64, StoreError> {
    let state = if again.is_some() { Delivery::Waiting } else { Delivery::Failed };
    sql!(
        tx,
        execute,
        "update messages set state = $3, failure = $4, due_at = coalesce($5, due_at), tries = tries + 1, claim = null, \
         claimed_until = null where id = $1 and claim = $2 and state = 'waiting'",
        id,
        claim,
        state,
        failure,
        again
    )
}

/// Drops what is no longer true and will not be again (its application moved on, or something newer of its kind was made,
/// before `settled`), and mail that could not
/// leave since a moment; how many.
pub async fn drop_stale(
    tx: &mut Tx,
    now: DateTime<Utc>,
    settled: DateTime<Utc>,
    mail_before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update messages set state = 'dropped', claim = null, claimed_until = null where state in ('waiting', 'opened') \
         and (claimed_until is null or claimed_until <= $1) and ((state = 'waiting' and reader <> 'person' and due_at < $2) \
         or (while_state is not null and exists (select 1 from applications a where a.id = messages.application_id \
         and a.state <> messages.while_state and a.updated_at <= $3)) or exists (select 1 from messages n \
         where n.application_id = messages.application_id and n.kind = messages.kind and n.made_at <= $3 \
         and (n.made_at, n.id) > (messages.made_at, messages.id)))",
        now,
        mail_before,
        settled
    )
}

/// One message.
pub async fn find(tx: &mut Tx, id: MessageId) -> Result<Option<Message>, StoreError> {
    sql!(tx, fetch_optional<Message>, text: FIND, id)
}

/// One page of a state, oldest first, of one reader or of all. What waits is told once it may leave.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    (state, reader): (Delivery, Option<Reader>),
    now: DateTime<Utc>,
    after: Option<(DateTime<Utc>, MessageId)>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let (at, id) = place(after);
    let text = match scope {
        Scope::Office => &PAGE,
        Scope::Village(_) => &PAGE_OF_VILLAGE,
    };
    let asked = Statement::of(tx, text).with(at).with(id).with(limit).with(state).with(reader).with(now);
    let asked = match scope {
        Scope::Office => asked,
        Scope::Village(code) => asked.with(code.clone()),
    };
    asked.fetch_all::<Message>(tx).await
}

/// How many messages are in a state.
pub async fn count(tx: &mut Tx, state: Delivery) -> Result<i64, StoreError> {
    let found: (i64,) = sql!(tx, fetch_one<(i64,)>, "select count(*) from messages where state = $1", state)?;
    Ok(found.0)
}

/// Stores that an officer opened a prepared text, also one that a gateway did not take, with what is written to the person; 0
/// rows when it is over, or under way.
pub async fn open(
    tx: &mut Tx,
    id: MessageId,
    shown: Option<Shown>,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update messages set state = 'opened', sent_by = $2, text = $3, number = $4, content = $5, failure = null, \
         claim = null, claimed_until = null where id = $1 and state in ('waiting', 'opened', 'failed') and reader = 'person' \
         and (claimed_until is null or claimed_until <= $6)",
        id,
        by,
        shown.as_ref().map(|shown| shown.text.clone()),
        shown.as_ref().map(|shown| shown.number.clone()),
        shown.map(|shown| shown.content),
        now
    )
}

/// Stores that an officer sent a prepared text, or told the person by the way they wished.
pub async fn told(
    tx: &mut Tx,
    id: MessageId,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update messages set state = 'sent', sent_by = $2, sent_at = $3, failure = null, claim = null, claimed_until = null \
         where id = $1 and state in ('waiting', 'opened', 'failed') and reader = 'person' \
         and (claimed_until is null or claimed_until <= $3)",
        id,
        by,
        at
    )
}

/// Stores what the person answered; 0 rows when it was not sent, or answered before.
pub async fn replied(tx: &mut Tx, id: MessageId, reply: Reply, at: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update messages set state = 'answered', reply = $2, replied_at = $3 where id = $1 and state = 'sent' \
         and reader = 'person'",
        id,
        reply,
        at
    )
}

/// Lets a message that failed be tried anew.
pub async fn again(tx: &mut Tx, id: MessageId, now: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update messages set state = 'waiting', tries = 0, failure = null, due_at = $2 where id = $1 and state = 'failed'",
        id,
        now
    )
}

/// The messages to a person, oldest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Received>, StoreError> {
    sql!(
        tx,
        fetch_all<Received>,
        "select kind, application_id, state, made_at, sent_at, text, number, reply, replied_at from messages where person_id = $1 \
         order by made_at, id",
        person
    )
}

/// Forgets the messages to a person who is erased.
pub async fn forget(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from messages where person_id = $1", person)
}

/// An answer that an employer owes and that is late, beside an application that does not lapse by that.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Owed {
    pub application_id: ApplicationId,
    pub vacancy_id: VacancyId,
    pub employer_id: EmployerId,
    pub state: application::State,
    pub deadline: NaiveDate,
}

/// Interviews and offers whose answer is late and about which nobody was told.
pub async fn owed(tx: &mut Tx, today: NaiveDate, most: i64) -> Result<Vec<Owed>, StoreError> {
    sql!(
        tx,
        fetch_all<Owed>,
        "select a.id as application_id, a.vacancy_id, v.employer_id, a.state, a.deadline from applications a \
         join vacancies v on v.id = a.vacancy_id join employers e on e.id = v.employer_id \
         where a.deadline < $1 and a.state in ('interview', 'offered') and not a.held and e.state <> 'suspended' \
         and not exists (select 1 from messages m where m.application_id = a.id and m.kind = 'employer_overdue' \
         and m.made_at > a.deadline) order by a.id limit $2",
        today,
        most
    )
}

/// Open vacancies whose last day is near, with an employer that can be written to.
pub async fn expiring(
    tx: &mut Tx,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(VacancyId, EmployerId, NaiveDate)>, StoreError> {
    sql!(
        tx,
        fetch_all<(VacancyId, EmployerId, NaiveDate)>,
        "select v.id, v.employer_id, v.closes_on from vacancies v join employers e on e.id = v.employer_id \
         where v.state = 'open' and v.closes_on >= $1 and v.closes_on <= $2 and e.email is not null \
         and e.state <> 'suspended' order by v.id",
        from,
        until
    )
}
