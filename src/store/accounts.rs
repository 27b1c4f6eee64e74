//! Logins, their rights and the persons they hold. What a login may do is decided by `app::access`, how it proves
//! itself by `app::auth`.
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    domain::{
        access::{Right, Role},
        ids::{AccountId, EmployerId, OrganisationId, PersonId},
    },
    sql,
    store::{StoreError, Tx},
};

/// Whether a login may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum AccountState {
    /// It may log in.
    Active,
    /// It may not, and its tokens no longer hold.
    Disabled,
}

/// One login as stored. Its Debug form leaves the password hash out.
#[derive(Clone, sqlx::FromRow)]
pub struct Account {
    pub id: AccountId,
    /// The name typed at login, lower case, unique.
    pub login: String,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// What kind of user it is.
    pub role: Role,
    /// Whether it may be used.
    pub state: AccountState,
    /// The office it belongs to.
    pub organisation_id: Option<OrganisationId>,
    /// The employer it belongs to.
    pub employer_id: Option<EmployerId>,
    /// Wrong passwords since the last right one or the last lock.
    pub failed_logins: i64,
    /// Until when no password is tried.
    pub locked_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// What a session needs of a login that may be used.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ActiveAccount {
    pub id: AccountId,
    /// What kind of user it is.
    pub role: Role,
    /// The office it belongs to.
    pub organisation_id: Option<OrganisationId>,
    /// The employer it belongs to.
    pub employer_id: Option<EmployerId>,
    /// The village of that office, where it is a village government.
    pub village: Option<String>,
    /// Its rights, in alphabetical order.
    pub rights: Json<Vec<Right>>,
    /// The persons it holds, by id.
    pub people: Json<Vec<PersonId>>,
}

/// Finds a login that may be used, with all it holds: every request asks for it, so it is one statement.
pub async fn find_active(tx: &mut Tx, id: AccountId) -> Result<Option<ActiveAccount>, StoreError> {
    sql!(
        tx,
        fetch_optional<ActiveAccount>,
        sqlite: "select a.id, a.role, a.organisation_id, a.employer_id, o.village, \
         (select json_group_array(r.held order by r.held) from account_rights r where r.account_id = a.id) as rights, \
         (select json_group_array(lower(hex(h.person_id)) order by h.person_id) from account_people h \
         where h.account_id = a.id) as people \
         from accounts a left join organisations o on o.id = a.organisation_id where a.id = $1 and a.state = 'active'",
        postgres: "select a.id, a.role, a.organisation_id, a.employer_id, o.village, \
         (select coalesce(jsonb_agg(r.held order by r.held), '[]') from account_rights r where r.account_id = a.id) \
         as rights, (select coalesce(jsonb_agg(h.person_id order by h.person_id), '[]') from account_people h \
         where h.account_id = a.id) as people \
         from accounts a left join organisations o on o.id = a.organisation_id where a.id = $1 and a.state = 'active'",
        id
    )
}

/// Finds a login by id, whatever its state.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    sql!(
        tx,
        fetch_optional<Account>,
        "select id, login, password_hash, role, state, organisation_id, employer_id, failed_logins, locked_until, \
         created_at from accounts where id = $1",
        id
    )
}

/// Finds a login by the name typed at login, whatever its state.
pub async fn find_by_login(tx: &mut Tx, login: &str) -> Result<Option<Account>, StoreError> {
    sql!(
        tx,
        fetch_optional<Account>,
        "select id, login, password_hash, role, state, organisation_id, employer_id, failed_logins, locked_until, \
         created_at from accounts where login = $1",
        login.to_owned()
    )
}

/// What stands between a telephone number and the count of its further logins.
pub const BEHIND: char = '#';

/// The name of a number's login: the first has the number, where families share one the others have a count behind it.
pub fn login_of_number(number: &str, place: usize) -> String {
    if place <= 1 { number.to_owned() } else { format!("{number}{BEHIND}{place}") }
}

/// The logins of a telephone number, the first one first.
pub async fn of_number(tx: &mut Tx, number: &str) -> Result<Vec<Account>, StoreError> {
    // From the number itself to what begins with it and the sign: other digits come behind the next sign.
    sql!(
        tx,
        fetch_all<Account>,
        "select id, login, password_hash, role, state, organisation_id, employer_id, failed_logins, locked_until, \
         created_at from accounts where login >= $1 and login < $2 and (login = $1 or login >= $3) order by login limit 9",
        number.to_owned(),
        format!("{number}$"),
        format!("{number}{BEHIND}")
    )
}

/// A login that holds a person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Holder {
    pub id: AccountId,
    pub login: String,
}

/// The logins that may be used and hold a person.
pub async fn holders(tx: &mut Tx, person: PersonId) -> Result<Vec<Holder>, StoreError> {
    sql!(
        tx,
        fetch_all<Holder>,
        "select a.id, a.login from account_people h join accounts a on a.id = h.account_id \
         where h.person_id = $1 and a.state = 'active' order by a.id",
        person
    )
}

/// How many persons a login holds.
pub async fn holds(tx: &mut Tx, id: AccountId) -> Result<i64, StoreError> {
    let (count,): (i64,) =
        sql!(tx, fetch_one<(i64,)>, "select count(*) from account_people where account_id = $1", id)?;
    Ok(count)
}

/// Lets a login no longer hold a person.
pub async fn detach(tx: &mut Tx, id: AccountId, person: PersonId) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from account_people where account_id = $1 and person_id = $2", id, person)
}

/// Makes later changes of this login and its tokens wait for the present transaction. Says whether the login exists.
/// Rows that merely refer to the login (idempotency keys, audit) do not wait: hence `no key`.
pub async fn lock(tx: &mut Tx, id: AccountId) -> Result<bool, StoreError> {
    let found: Option<(AccountId,)> = sql!(
        tx,
        fetch_optional<(AccountId,)>,
        sqlite: "select id from accounts where id = $1",
        postgres: "select id from accounts where id = $1 for no key update",
        id
    )?;
    Ok(found.is_some())
}

/// Gives a login a right; 0 rows when it has it.
pub async fn grant(tx: &mut Tx, id: AccountId, right: Right) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into account_rights (account_id, held) values ($1, $2) on conflict do nothing",
        id,
        right
    )
}

/// Adds a login; 0 rows when the name is taken.
pub async fn insert(tx: &mut Tx, a: &Account) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into accounts (id, login, password_hash, role, state, organisation_id, employer_id, failed_logins, \
         locked_until, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
        a.id,
        a.login.clone(),
        a.password_hash.clone(),
        a.role,
        a.state,
        a.organisation_id,
        a.employer_id,
        a.failed_logins,
        a.locked_until,
        a.created_at
    )
}

/// Stores another password and forgets failures and locks.
pub async fn set_password(tx: &mut Tx, id: AccountId, password_hash: &str) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update accounts set password_hash = $2, failed_logins = 0, locked_until = null where id = $1",
        id,
        password_hash.to_owned()
    )
}

/// Counts a wrong password; the one that reaches `limit` locks until `until` and starts the count anew.
pub async fn count_failure(
    tx: &mut Tx,
    id: AccountId,
    limit: i64,
    until: DateTime<Utc>,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update accounts set failed_logins = case when failed_logins + 1 >= $2 then 0 else failed_logins + 1 end, \
         locked_until = case when failed_logins + 1 >= $2 then $3 else locked_until end where id = $1",
        id,
        limit,
        until
    )
}

/// Forgets failures and locks after a right password; 0 rows when there was nothing to forget.
pub async fn forget_failures(tx: &mut Tx, id: AccountId) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update accounts set failed_logins = 0, locked_until = null \
         where id = $1 and (failed_logins <> 0 or locked_until is not null)",
        id
    )
}

/// Makes a login unusable; 0 rows when it is or does not exist.
pub async fn disable(tx: &mut Tx, id: AccountId) -> Result<u64, StoreError> {
    sql!(tx, execute, "update accounts set state = 'disabled' where id = $1 and state = 'active'", id)
}
