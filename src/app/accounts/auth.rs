//! Proving who is asking: passwords, access tokens, refresh tokens. What a proven account may do is `access`.
//!
//! An access token (EdDSA, ten minutes) says only which account it is; the account's state is read from the database
//! for every request. A refresh token (thirty days, used once) continues a login; its family is all tokens made
//! from one login.
use std::{net::IpAddr, sync::Arc, time::Duration};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    app::{
        App, AppError,
        access::{self, Role, Session},
        accounts::{activation::Attempts, limits::Limits, password::Hashing},
        keys::Keys,
        system,
    },
    domain::{
        codes::ProblemCode,
        complaint,
        ids::{AccountId, RecordId},
        interest, new_password, nomination,
        phone::Phone,
    },
    store::{
        Tx,
        accounts::{self, Account, AccountState},
        activation_codes, idempotency, interests, nominations, password_links, sent_forms, sessions,
        status_codes,
        tokens::{self, RefreshToken},
    },
    transact,
};

/// How long an access token holds.
pub const ACCESS_MINUTES: i64 = 10;
/// How far the clocks of two replicas may be apart: a token made by the faster one is accepted by the slower one.
const CLOCK_SKEW_SECONDS: i64 = 30;
/// How long a refresh token waits to be used.
pub const REFRESH_DAYS: i64 = 30;
/// Wrong passwords after which a login waits.
pub const FAILURES: i64 = 5;
/// How long it waits.
pub const LOCK_MINUTES: i64 = 15;

/// How long an expired one-time code is kept: who got one when is in the audit.
const CODE_KEPT_DAYS: i64 = 90;

const ISSUER: &str = "padankerja";
const AUDIENCE: &str = "padankerja-api";

/// What a login or a refresh gives.
#[derive(Clone)]
pub struct Tokens {
    /// Bearer token for requests.
    pub access: String,
    /// Until when it holds.
    pub access_expires_at: DateTime<Utc>,
    /// Token for the next pair; shown once.
    pub refresh: String,
    /// Until when it holds.
    pub refresh_expires_at: DateTime<Utc>,
}

/// The claims of an access token. No names, NIK or welfare data: a token is readable by whoever holds it.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    iss: String,
    aud: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// What is remembered of a token whose signature was checked.
#[derive(Clone, Copy)]
struct Verified {
    account: AccountId,
    not_before: i64,
    expires: i64,
}

/// Signs and checks tokens. One per process; clones share everything.
#[derive(Clone)]
pub struct Auth {
    inner: Arc<Inner>,
}

struct Inner {
    encoding: EncodingKey,
    decoding: DecodingKey,
    kid: String,
    /// By SHA-256 of the token, so that the cache holds no usable token.
    verified: Cache<Vec<u8>, Verified>,
    /// Wrong tries at one-time codes.
    attempts: Attempts,
    /// Nameless complaints.
    complaints: Attempts,
    /// Whatever else is limited by address.
    limits: Limits,
    /// Wrong tries at names that do not exist: they lock like real ones, so that a lock tells nothing.
    strangers: Cache<Vec<u8>, Stranger>,
    hashing: Hashing,
}

#[derive(Clone, Copy, Default)]
struct Stranger {
    failures: i64,
    locked_until: Option<DateTime<Utc>>,
}

/// How a refresh ended; written before it is told, so that a revoked family stays revoked.
enum Refreshed {
    Renewed(AccountId, String, DateTime<Utc>),
    Refused(ProblemCode),
}

impl Auth {
    /// Takes the signing key from the installation's keys.
    pub fn new(keys: &Keys) -> Result<Self, AppError> {
        let pair = Ed25519KeyPair::from_pkcs8(&keys.token_pkcs8)
            .map_err(|_| AppError::Internal("the token key is not an Ed25519 key".to_owned()))?;
        let verified = Cache::builder()
            .max_capacity(20_000)
            .time_to_live(Duration::from_secs(u64::try_from(ACCESS_MINUTES * 60).unwrap_or(0)))
            .build();
        let strangers = Cache::builder().max_capacity(20_000).time_to_idle(Duration::from_hours(24)).build();
        Ok(Self {
            inner: Arc::new(Inner {
                encoding: EncodingKey::from_ed_der(&keys.token_pkcs8),
                decoding: DecodingKey::from_ed_der(pair.public_key().as_ref()),
                kid: keys.token_kid.clone(),
                verified,
                attempts: Attempts::default(),
                complaints: Attempts::new(complaint::ADDRESS_COMPLAINTS, complaint::ADDRESS_MINUTES),
                limits: Limits::default(),
                strangers,
                hashing: Hashing::new()?,
            }),
        })
    }

    /// Where passwords are hashed: bounded, off the async workers.
    pub fn hashing(&self) -> &Hashing {
        &self.inner.hashing
    }

    /// Wrong tries at one-time codes, by address.
    pub(crate) fn attempts(&self) -> &Attempts {
        &self.inner.attempts
    }

    /// Nameless complaints, by address.
    pub(crate) fn complaints(&self) -> &Attempts {
        &self.inner.complaints
    }

    /// Whatever else is limited by address.
    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// The resident's login of a telephone number that this password opens.
    pub(crate) async fn of_number(
        &self,
        app: &App,
        number: &str,
        password: &str,
    ) -> Result<Option<AccountId>, AppError> {
        let found = {
            let mut tx = app.db.read().await?;
            accounts::of_number(&mut tx, number).await?
        };
        let place = self.inner.hashing.place().await?;
        for account in found.into_iter().filter(|account| account.role == Role::Trainee) {
            let active = account.state == AccountState::Active;
            if active && place.verify(password.to_owned(), Some(account.password_hash)).await? {
                return Ok(Some(account.id));
            }
        }
        Ok(None)
    }

    /// Logs in whoever was admitted by other means than a password.
    pub(crate) async fn enter(&self, app: &App, account: AccountId) -> Result<Tokens, AppError> {
        let refresh = self.begin_family(app, account).await?;
        self.pair(app, account, refresh.0, refresh.1)
    }

    /// Logs in.
    pub async fn login(
        &self,
        app: &App,
        address: Option<IpAddr>,
        login: &str,
        password: &str,
    ) -> Result<Tokens, AppError> {
        let account = self.admit(app, address, login, password).await?;
        self.enter(app, account).await
    }

    /// The account that name and password open. Unknown name, wrong password and disabled account give the same answer after
    /// the same work. A telephone number may have several logins: the password tells which. An address from which too many were
    /// wrong waits, whatever it tries.
    pub async fn admit(
        &self,
        app: &App,
        address: Option<IpAddr>,
        login: &str,
        password: &str,
    ) -> Result<AccountId, AppError> {
        self.inner.limits.logins.check(address)?;
        let admitted = self.opened(app, login, password).await;
        if matches!(admitted, Err(AppError::Unauthenticated(_))) {
            self.inner.limits.logins.count(address);
        }
        admitted
    }

    async fn opened(&self, app: &App, login: &str, password: &str) -> Result<AccountId, AppError> {
        let login = normal_login(login);
        let place = self.inner.hashing.place().await?;
        let now = app.clock.now();
        let found = named(app, &login).await?;
        if found.is_empty() {
            let stranger = self.inner.strangers.get(&name_key(&login));
            refuse_while_locked(stranger.and_then(|stranger| stranger.locked_until), now)?;
            place.verify(password.to_owned(), None).await?;
            self.count_stranger(&login, now);
            return Err(AppError::Unauthenticated(ProblemCode::WrongLogin));
        }
        let is_locked = |account: &&Account| account.locked_until.is_some_and(|until| until > now);
        if found.iter().all(|account| is_locked(&account)) {
            refuse_while_locked(found.iter().filter_map(|account| account.locked_until).min(), now)?;
        }
        let open: Vec<&Account> = found.iter().filter(|account| !is_locked(account)).collect();
        for account in &open {
            let right = place.verify(password.to_owned(), Some(account.password_hash.clone())).await?;
            if right && account.state == AccountState::Active {
                return Ok(account.id);
            }
        }
        for account in open {
            count_failure(app, account.id).await?;
        }
        Err(AppError::Unauthenticated(ProblemCode::WrongLogin))
    }

    /// Exchanges a refresh token for a new pair. A token used twice revokes its family, except for the immediate
    /// predecessor of a token that was never used: its holder lost the answer and gets a fresh one instead.
    pub async fn refresh(&self, app: &App, token: &str) -> Result<Tokens, AppError> {
        let hash = system::sha256(token.as_bytes());
        let outcome = transact!(app, tx => renew(app, tx, &hash).await)?;
        match outcome {
            Refreshed::Renewed(account, refresh, expires) => self.pair(app, account, refresh, expires),
            Refreshed::Refused(code) => Err(AppError::Unauthenticated(code)),
        }
    }

    /// Ends the login a refresh token belongs to. An unknown token is no error: it holds nothing to end.
    pub async fn logout(&self, app: &App, token: &str) -> Result<(), AppError> {
        let hash = system::sha256(token.as_bytes());
        transact!(app, tx => {
            if let Some(found) = tokens::find_by_hash(tx, &hash).await? {
                accounts::lock(tx, found.account_id).await?;
                tokens::revoke_family(tx, found.family_id, app.clock.now()).await?;
            }
            Ok(())
        })
    }

    /// The session of a bearer token: its signature and times are checked, its account is loaded.
    pub async fn authenticate(&self, app: &App, token: &str) -> Result<Session, AppError> {
        let account = self.account_of(token, app.clock.now())?;
        access::session(app, account).await
    }

    /// Makes an access token.
    pub fn access_token(&self, account: AccountId, now: DateTime<Utc>) -> Result<String, AppError> {
        let claims = Claims {
            sub: account.0,
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: now.timestamp() + ACCESS_MINUTES * 60,
        };
        let header = Header { kid: Some(self.inner.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, &claims, &self.inner.encoding)
            .map_err(|error| AppError::Internal(format!("token cannot be signed: {error}")))
    }

    fn account_of(&self, token: &str, now: DateTime<Utc>) -> Result<AccountId, AppError> {
        let key = system::sha256(token.as_bytes());
        let verified = match self.inner.verified.get(&key) {
            Some(verified) => verified,
            None => {
                let verified = self.verify(token)?;
                self.inner.verified.insert(key, verified);
                verified
            }
        };
        if now.timestamp() >= verified.expires {
            return Err(AppError::Unauthenticated(ProblemCode::TokenExpired));
        }
        if now.timestamp() + CLOCK_SKEW_SECONDS < verified.not_before {
            return Err(AppError::Unauthenticated(ProblemCode::TokenInvalid));
        }
        Ok(verified.account)
    }

    /// Checks all that does not change with time; the times are compared with the application's clock.
    fn verify(&self, token: &str) -> Result<Verified, AppError> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let refused = AppError::Unauthenticated(ProblemCode::TokenInvalid);
        let Ok(data) = jsonwebtoken::decode::<Claims>(token, &self.inner.decoding, &validation) else {
            return Err(refused);
        };
        if data.header.kid.as_deref() != Some(&self.inner.kid) {
            return Err(refused);
        }
        let Claims { sub, nbf, exp, .. } = data.claims;
        Ok(Verified { account: AccountId(sub), not_before: nbf, expires: exp })
    }

    async fn begin_family(&self, app: &App, account: AccountId) -> Result<(String, DateTime<Utc>), AppError> {
        transact!(app, tx => {
            accounts::forget_failures(tx, account).await?;
            let family = system::fresh();
            let (row, token) = fresh_token(account, family, app.clock.now())?;
            tokens::insert(tx, &row).await?;
            Ok((token, row.expires_at))
        })
    }

    fn pair(
        &self,
        app: &App,
        account: AccountId,
        refresh: String,
        refresh_expires_at: DateTime<Utc>,
    ) -> Result<Tokens, AppError> {
        let now = app.clock.now();
        let access = self.access_token(account, now)?;
        let access_expires_at = now + TimeDelta::minutes(ACCESS_MINUTES);
        Ok(Tokens { access, access_expires_at, refresh, refresh_expires_at })
    }

    fn count_stranger(&self, login: &str, now: DateTime<Utc>) {
        self.inner.strangers.entry(name_key(login)).and_upsert_with(|entry| {
            let before = entry.map(moka::Entry::into_value).unwrap_or_default();
            if before.failures + 1 >= FAILURES {
                return Stranger { failures: 0, locked_until: Some(now + TimeDelta::minutes(LOCK_MINUTES)) };
            }
            Stranger { failures: before.failures + 1, ..before }
        });
    }
}

/// The logins that a typed name may mean: the one of this name, and those of a telephone number however it is written.
async fn named(app: &App, login: &str) -> Result<Vec<Account>, AppError> {
    let mut tx = app.db.read().await?;
    let mut found: Vec<Account> = accounts::find_by_login(&mut tx, login).await?.into_iter().collect();
    if let Ok(number) = Phone::parse(login) {
        let of_number = accounts::of_number(&mut tx, number.expose()).await?;
        found.extend(of_number.into_iter().filter(|account| account.login != login));
    }
    Ok(found)
}

/// Forgets what no longer serves anybody: expired families of refresh tokens, idempotency keys a day old, one-time codes
/// that expired long ago, status codes that expired, nominations that nobody accepted, interests that were seen to, forms of
/// yesterday, keys for new passwords; tells how many rows.
pub async fn forget_expired(app: &App) -> Result<u64, AppError> {
    let now = app.clock.now();
    transact!(app, tx => {
        Ok(tokens::prune(tx, now).await?
            + sessions::prune(tx, now).await?
            + idempotency::prune(tx, now - TimeDelta::days(1)).await?
            + activation_codes::prune(tx, now - TimeDelta::days(CODE_KEPT_DAYS)).await?
            + status_codes::prune(tx, now).await?
            + nominations::prune(tx, now - TimeDelta::days(nomination::KEPT_DAYS)).await?
            + interests::prune(tx, now - TimeDelta::days(interest::KEPT_DAYS)).await?
            + sent_forms::prune(tx, now - TimeDelta::days(1)).await?
            + password_links::prune(tx, now - new_password::KEPT).await?)
    })
}

/// The form in which a login name is kept and compared.
pub fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Names of any length take the same room.
/// However a number is spelled, its tries count together, as those of a login that is there.
fn name_key(login: &str) -> Vec<u8> {
    let spelled = Phone::parse(login).map_or_else(|_| login.to_owned(), |phone| phone.expose().to_owned());
    system::sha256(spelled.as_bytes())
}

fn refuse_while_locked(locked_until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), AppError> {
    match locked_until {
        Some(until) if until > now => {
            let seconds = u64::try_from((until - now).num_seconds()).unwrap_or(0);
            Err(AppError::TooMany { retry_after: seconds + 1 })
        }
        _ => Ok(()),
    }
}

async fn count_failure(app: &App, account: AccountId) -> Result<(), AppError> {
    let until = app.clock.now() + TimeDelta::minutes(LOCK_MINUTES);
    transact!(app, tx => {
        accounts::count_failure(tx, account, FAILURES, until).await?;
        Ok(())
    })
}

async fn renew(app: &App, tx: &mut Tx, hash: &[u8]) -> Result<Refreshed, AppError> {
    let now = app.clock.now();
    let Some(seen) = tokens::find_by_hash(tx, hash).await? else {
        return Ok(Refreshed::Refused(ProblemCode::TokenInvalid));
    };
    // Everything of one account goes through its row, so that two requests never judge a family at once.
    accounts::lock(tx, seen.account_id).await?;
    let Some(token) = tokens::find_by_hash(tx, hash).await? else {
        return Ok(Refreshed::Refused(ProblemCode::TokenInvalid));
    };
    if accounts::find_active(tx, token.account_id).await?.is_none() {
        tokens::revoke_family(tx, token.family_id, now).await?;
        return Ok(Refreshed::Refused(ProblemCode::AccountNotActive));
    }
    if token.revoked_at.is_some() || !may_be_exchanged(tx, &token, now).await? {
        tokens::revoke_family(tx, token.family_id, now).await?;
        return Ok(Refreshed::Refused(ProblemCode::TokenReused));
    }
    if token.expires_at <= now {
        return Ok(Refreshed::Refused(ProblemCode::TokenExpired));
    }
    if let Some(unused) = token.replaced_by {
        tokens::revoke(tx, unused, now).await?;
    }
    let (row, text) = fresh_token(token.account_id, token.family_id, now)?;
    tokens::insert(tx, &row).await?;
    tokens::replace(tx, token.id, row.id, now).await?;
    Ok(Refreshed::Renewed(token.account_id, text, row.expires_at))
}

/// A waiting token may; a used one only while the token it was exchanged for waits unused.
async fn may_be_exchanged(tx: &mut Tx, token: &RefreshToken, now: DateTime<Utc>) -> Result<bool, AppError> {
    let Some(successor) = token.replaced_by else {
        return Ok(token.used_at.is_none());
    };
    let successor = tokens::find(tx, successor).await?;
    Ok(successor
        .is_some_and(|next| next.used_at.is_none() && next.revoked_at.is_none() && next.expires_at > now))
}

fn fresh_token(
    account: AccountId,
    family: RecordId,
    now: DateTime<Utc>,
) -> Result<(RefreshToken, String), AppError> {
    let text = system::hex(&system::random::<32>()?);
    let row = RefreshToken {
        id: system::fresh(),
        account_id: account,
        family_id: family,
        token_hash: system::sha256(text.as_bytes()),
        issued_at: now,
        expires_at: now + TimeDelta::days(REFRESH_DAYS),
        used_at: None,
        replaced_by: None,
        revoked_at: None,
    };
    Ok((row, text))
}
