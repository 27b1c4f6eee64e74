//! How a resident starts a login, or gets back into it: a one-time code on paper, typed in together with the year of birth.
//! Belongs here: making codes, exchanging one, and what a login of a telephone number holds. Does not belong here: proving who
//! asks afterwards (`auth`), how a code looks (`domain::activation`), the paper (`files::slips`).
//!
//! A person is held by one login at a time: whoever has the newest code has the say. The login's name is the telephone
//! number; where two families share one, the second login has the number and a sign behind it, and which of them is meant is
//! told by its password. Whoever exchanges a code with number and password of a login there is takes the person into it.
use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::Datelike;
use moka::sync::Cache;

use super::{auth::Auth, check_password};
use crate::{
    app::{
        App, AppError,
        access::{
            Role, Trainee, WRONG_ROLE,
            acting::{Acting, Reach},
        },
        accounts::auth::Tokens,
        audit::{self, AuditEvent},
        system,
    },
    domain::{
        activation::{self, Code},
        codes::{FieldCode, ProblemCode},
        ids::{AccountId, ClassId, PersonId},
        phone::Phone,
    },
    store::{
        Tx,
        accounts::{self, Account, AccountState},
        activation_codes::{self, ActivationCode},
        classes,
        people::{self, Person},
        sessions, tokens,
    },
    transact,
};

/// A code to be printed: shown once, never kept in clear.
pub struct Slip {
    pub person: Person,
    pub code: Code,
    pub row: ActivationCode,
}

/// What somebody types in from a slip.
pub struct Exchange<'a> {
    pub code: &'a str,
    pub birth_year: i32,
    /// Where the request came from, where that is known.
    pub address: Option<IpAddr>,
}

/// What is counted by address, in the memory of this process. Clones share it.
#[derive(Clone)]
pub struct Attempts {
    by_address: Arc<Cache<IpAddr, (u32, Instant)>>,
    /// So many, and the address waits.
    most: u32,
    /// How long they are remembered, and the address waits.
    minutes: u64,
}

/// Wrong tries at codes.
impl Default for Attempts {
    fn default() -> Self {
        Self::new(activation::ADDRESS_TRIES, activation::ADDRESS_MINUTES)
    }
}

impl Attempts {
    /// So many within so many minutes.
    pub fn new(most: u32, minutes: u64) -> Self {
        let lasts = Duration::from_secs(minutes * 60);
        let cache = Cache::builder().max_capacity(50_000).time_to_live(lasts).build();
        Self { by_address: Arc::new(cache), most, minutes }
    }

    fn lasts(&self) -> Duration {
        Duration::from_secs(self.minutes * 60)
    }

    pub(crate) fn check(&self, address: Option<IpAddr>) -> Result<(), AppError> {
        let counted = address.and_then(|address| self.by_address.get(&network(address)));
        let Some((_, since)) = counted.filter(|(count, _)| *count >= self.most) else { return Ok(()) };
        match self.lasts().checked_sub(since.elapsed()) {
            Some(left) if !left.is_zero() => Err(AppError::TooMany { retry_after: left.as_secs() + 1 }),
            _ => Ok(()),
        }
    }

    pub(crate) fn count(&self, address: Option<IpAddr>) {
        if let Some(address) = address {
            let entry = self.by_address.entry(network(address));
            // Counted from the first on: a later one does not make the earlier ones last longer.
            entry.and_upsert_with(|entry| {
                let before = entry.map(moka::Entry::into_value);
                let (count, since) = before
                    .filter(|(_, since)| since.elapsed() < self.lasts())
                    .unwrap_or_else(|| (0, Instant::now()));
                (count + 1, since)
            });
        }
    }
}

/// Of IPv6 a household has a whole network: its first 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) & !u128::from(u64::MAX)).into()),
        four => four,
    }
}

/// The one answer to a code that is wrong, used, void or expired, and to a wrong year of birth.
const REFUSED: AppError = AppError::Unauthenticated(ProblemCode::CodeRefused);

/// Makes a code for a person within reach of an officer or companion; the one before becomes void. For somebody who has a
/// login it is a way back in, and whoever makes it says that they saw the identity card.
pub async fn issue(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    saw_card: bool,
) -> Result<Slip, AppError> {
    if !matches!(acting.reach(), Reach::Office | Reach::Village(_)) {
        return Err(WRONG_ROLE);
    }
    let found = people::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    if !saw_card && !accounts::holders(tx, person).await?.is_empty() {
        return Err(AppError::field("saw_card", FieldCode::CardNotSeen, ""));
    }
    make(app, tx, acting, found, None).await
}

/// Makes a code for each member of a class who has no login yet; the others are counted.
pub async fn issue_for_class(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    class: ClassId,
) -> Result<(Vec<Slip>, usize), AppError> {
    if acting.reach() != &Reach::Office {
        return Err(WRONG_ROLE);
    }
    classes::find(tx, class).await?.ok_or(AppError::NotFound)?;
    let (mut slips, mut with_login) = (Vec::new(), 0);
    for member in classes::members(tx, class).await? {
        if !accounts::holders(tx, member.person_id).await?.is_empty() {
            with_login += 1;
            continue;
        }
        let scope = acting.reach().people()?;
        let person = people::find(tx, &scope, member.person_id).await?.ok_or(AppError::NotFound)?;
        slips.push(make(app, tx, acting, person, Some(class)).await?);
    }
    Ok((slips, with_login))
}

async fn make(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: Person,
    class: Option<ClassId>,
) -> Result<Slip, AppError> {
    let now = app.clock.now();
    activation_codes::void_open(tx, person.id, now).await?;
    let code = fresh_code()?;
    let row = ActivationCode {
        id: system::fresh(),
        person_id: person.id,
        code_hash: app.keys.code_hash(&code),
        class_id: class,
        made_by: acting.account(),
        made_at: now,
        expires_at: now + activation::lasts(class.is_some()),
        failures: 0,
        used_at: None,
        voided_at: None,
    };
    if activation_codes::insert(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::Busy, "another code was made at this moment"));
    }
    audit::write(tx, acting, now, AuditEvent::PersonCode(person.id)).await?;
    Ok(Slip { person, code, row })
}

/// Every code is as likely as any other: numbers above the last whole range are drawn again.
pub(crate) fn fresh_code() -> Result<Code, AppError> {
    const CODES: u64 = 10_u64.pow(12);
    loop {
        let number = u64::from_be_bytes(system::random::<8>()?);
        if number < u64::MAX - u64::MAX % CODES
            && let Some(code) = Code::of_number(number % CODES)
        {
            return Ok(code);
        }
    }
}

/// Exchanges a code and a new password for a login of its person, and logs in.
pub async fn start(
    app: &App,
    auth: &Auth,
    given: &Exchange<'_>,
    phone: &str,
    password: &str,
) -> Result<Tokens, AppError> {
    let account = exchange(app, auth, given, phone, password).await?;
    auth.enter(app, account).await
}

/// Exchanges a code and a new password for a login of its person.
pub async fn exchange(
    app: &App,
    auth: &Auth,
    given: &Exchange<'_>,
    phone: &str,
    password: &str,
) -> Result<AccountId, AppError> {
    check_password(password, &[phone])?;
    let number = Phone::parse(phone).map_err(|error| AppError::field("phone", error.code(), ""))?;
    let number = number.expose().to_owned();
    auth.attempts().check(given.address)?;
    // The same work for a right code and a wrong one.
    let hash = auth.hashing().hash(password.to_owned()).await?;
    let mut tx = app.db.read().await?;
    let first = admitted(app, &mut tx, given).await;
    tx.rollback().await?;
    if matches!(first, Err(AppError::Unauthenticated(_))) {
        missed(app, auth, given).await?;
    }
    let (code, person) = first?;
    check_password(password, &known_of(&person, phone))?;
    let same = auth.of_number(app, &number, password).await?;
    transact!(app, tx => {
        take(app, tx, &code).await?;
        let holders = accounts::holders(tx, code.person_id).await?;
        let own = holders.iter().find(|one| is_of_number(&one.login, &number)).map(|one| one.id);
        let account = match same.or(own) {
            Some(account) => {
                back_in(app, tx, account, same.is_none(), &hash).await?;
                account
            }
            None => make_login(app, tx, &number, &hash).await?,
        };
        hold(app, tx, account, code.person_id).await?;
        Ok(account)
    })
}

/// Takes another person into a resident's login: the family phone.
///
/// # Errors
/// `code_refused`: whoever asks then counts the try (`missed`), in a transaction of its own.
pub async fn join(
    app: &App,
    tx: &mut Tx,
    auth: &Auth,
    who: &Trainee,
    given: &Exchange<'_>,
) -> Result<PersonId, AppError> {
    auth.attempts().check(given.address)?;
    let (code, _) = admitted(app, tx, given).await?;
    let account = who.acting().account().ok_or(WRONG_ROLE)?;
    take(app, tx, &code).await?;
    hold(app, tx, account, code.person_id).await?;
    Ok(code.person_id)
}

/// Counts a wrong try: of the address, and of the code where there is one and the year was wrong.
pub async fn missed(app: &App, auth: &Auth, given: &Exchange<'_>) -> Result<(), AppError> {
    auth.attempts().count(given.address);
    let Some(code) = Code::parse(given.code) else { return Ok(()) };
    let (hash, now) = (app.keys.code_hash(&code), app.clock.now());
    transact!(app, tx => {
        if let Some(found) = activation_codes::find(tx, &hash).await? {
            activation_codes::count_failure(tx, found.id, activation::TRIES, now).await?;
        }
        Ok(())
    })
}

/// Whether a login is one of this telephone number.
fn is_of_number(login: &str, number: &str) -> bool {
    login.strip_prefix(number).is_some_and(|rest| rest.is_empty() || rest.starts_with(accounts::BEHIND))
}

/// The code that was typed, when it holds and the year is that of its person, and the person.
async fn admitted(
    app: &App,
    tx: &mut Tx,
    given: &Exchange<'_>,
) -> Result<(ActivationCode, Person), AppError> {
    let code = Code::parse(given.code).ok_or(REFUSED)?;
    let found = activation_codes::find(tx, &app.keys.code_hash(&code)).await?;
    let found = found.filter(|code| is_open(code, app.clock.now())).ok_or(REFUSED)?;
    let person = people::find(tx, &people::Scope::Office, found.person_id).await?.ok_or(REFUSED)?;
    if person.birth_date.year() == given.birth_year { Ok((found, person)) } else { Err(REFUSED) }
}

/// What a neighbour knows of somebody and would try as a password.
fn known_of<'a>(person: &'a Person, phone: &'a str) -> Vec<&'a str> {
    let names = person.name.split_whitespace().chain([person.name.as_str(), phone]);
    names.chain(person.phone.as_deref()).collect()
}

fn is_open(code: &ActivationCode, now: chrono::DateTime<chrono::Utc>) -> bool {
    code.used_at.is_none() && code.voided_at.is_none() && code.expires_at > now
}

/// Uses a code up; somebody may have been faster.
async fn take(app: &App, tx: &mut Tx, code: &ActivationCode) -> Result<(), AppError> {
    if activation_codes::mark_used(tx, code.id, app.clock.now()).await? == 0 {
        return Err(REFUSED);
    }
    Ok(())
}

/// Back into a login that is there; with another password than before, all that was opened with the old one ends.
async fn back_in(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    new_password: bool,
    hash: &str,
) -> Result<(), AppError> {
    accounts::lock(tx, account).await?;
    if new_password {
        accounts::set_password(tx, account, hash).await?;
        sessions::end_account(tx, account).await?;
        tokens::revoke_account(tx, account, app.clock.now()).await?;
        let acting = Acting::resident(account);
        audit::write(tx, &acting, app.clock.now(), AuditEvent::AccountPassword(account)).await?;
    }
    Ok(())
}

async fn make_login(app: &App, tx: &mut Tx, number: &str, hash: &str) -> Result<AccountId, AppError> {
    let id: AccountId = system::fresh();
    for place in 1..=activation::LOGINS_OF_A_NUMBER {
        let row = Account {
            id,
            login: accounts::login_of_number(number, place),
            password_hash: hash.to_owned(),
            role: Role::Trainee,
            state: AccountState::Active,
            organisation_id: None,
            employer_id: None,
            failed_logins: 0,
            locked_until: None,
            created_at: app.clock.now(),
        };
        if accounts::insert(tx, &row).await? == 1 {
            let acting = Acting::resident(id);
            audit::write(tx, &acting, app.clock.now(), AuditEvent::AccountCreate(id)).await?;
            return Ok(id);
        }
    }
    Err(AppError::field("phone", FieldCode::PhoneTaken, ""))
}

/// From now on this login holds the person, and no other one does.
async fn hold(app: &App, tx: &mut Tx, account: AccountId, person: PersonId) -> Result<(), AppError> {
    for other in accounts::holders(tx, person).await?.into_iter().filter(|other| other.id != account) {
        accounts::detach(tx, other.id, person).await?;
        if accounts::holds(tx, other.id).await? == 0 {
            accounts::disable(tx, other.id).await?;
            sessions::end_account(tx, other.id).await?;
            tokens::revoke_account(tx, other.id, app.clock.now()).await?;
        }
    }
    people::attach(tx, account, person).await?;
    let acting = Acting::resident(account);
    audit::write(tx, &acting, app.clock.now(), AuditEvent::PersonActivate(person)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_after_too_many_wrong_tries_and_others_do_not() {
        let attempts = Attempts::default();
        let address = Some("203.0.113.7".parse().unwrap());
        for _ in 0..activation::ADDRESS_TRIES {
            attempts.check(address).unwrap();
            attempts.count(address);
        }
        assert!(matches!(attempts.check(address), Err(AppError::TooMany { .. })));
        let mapped = Some("::ffff:203.0.113.7".parse().unwrap());
        assert!(attempts.check(mapped).is_err(), "the same address written otherwise");
        attempts.check(Some("203.0.113.8".parse().unwrap())).unwrap();
        attempts.check(None).unwrap();
    }

    #[test]
    fn a_household_of_ipv6_is_one_address() {
        let at = |text: &str| network(text.parse().unwrap());
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
    }

    #[test]
    fn a_number_has_its_own_logins_only() {
        assert!(is_of_number("+628123450001", "+628123450001"));
        assert!(is_of_number("+628123450001#2", "+628123450001"));
        assert!(!is_of_number("+6281234500011", "+628123450001"));
    }

    #[test]
    fn fresh_codes_differ() {
        let code = fresh_code().unwrap();
        assert!(code != fresh_code().unwrap() && code.expose().len() == activation::DIGITS);
    }
}
