//! Staying logged in on the pages: an opaque key in a cookie, its hash in the database, and whom a login of several persons is
//! about. Belongs here: beginning, finding, prolonging and ending one. Does not belong here: how somebody proves who they are
//! (`auth`, `activation`), how long it holds (`domain::session`), cookies.
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::{
        App, AppError,
        access::{Role, Session},
        system,
    },
    domain::{
        codes::ProblemCode,
        ids::{AccountId, PersonId, RecordId},
        session::{self, Lasts},
    },
    store::{
        accounts,
        sessions::{self, NewSession},
        tokens,
    },
    transact,
};

/// A login that was begun. The key is told once.
pub struct Begun {
    /// What the cookie holds.
    pub key: String,
    /// How long the browser keeps it; none: until it is closed.
    pub kept: Option<TimeDelta>,
    /// What kind of user it is.
    pub role: Role,
    /// How many persons it holds.
    pub people: usize,
}

/// Whom a login is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub id: PersonId,
    pub name: String,
}

/// A login that holds, as the database knows it now.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// What it lets somebody do.
    pub session: Session,
    /// Whom it is about, where it holds persons and one is chosen.
    pub person: Option<Held>,
    id: RecordId,
}

impl SignedIn {
    /// Several persons share the login.
    pub fn is_shared(&self) -> bool {
        self.session.people.len() > 1
    }
}

/// Begins a login for whoever proved to be this account; the one of the key before, from the same browser, ends.
pub async fn begin(
    app: &App,
    account: AccountId,
    borrowed: bool,
    before: Option<&str>,
) -> Result<Begun, AppError> {
    let key = system::hex(&system::random::<32>()?);
    let (hash, old) = (hash_of(&key), before.map(hash_of));
    transact!(app, tx => {
        let refused = AppError::Unauthenticated(ProblemCode::AccountNotActive);
        let session = Session::load(tx, account).await?.ok_or(refused)?;
        accounts::forget_failures(tx, account).await?;
        if let Some(old) = &old {
            sessions::end(tx, old).await?;
        }
        let (now, lasts) = (app.clock.now(), session::lasts(session.role, borrowed));
        let alone = if session.people.len() == 1 { session.people.first().copied() } else { None };
        let row = NewSession {
            id: system::fresh(),
            key_hash: hash.clone(),
            account_id: account,
            person_id: alone,
            idle_minutes: lasts.idle.num_minutes(),
            made_at: now,
            holds_until: now + lasts.idle.min(lasts.most),
            expires_at: now + lasts.most,
        };
        sessions::insert(tx, &row).await?;
        Ok((session.role, session.people.len(), lasts))
    })
    .map(|(role, people, lasts): (Role, usize, Lasts)| Begun {
        key,
        kept: (!session::ends_with_browser(role, borrowed)).then_some(lasts.most),
        role,
        people,
    })
}

/// The login of a key; none when it does not hold any more or never did. That it was used is written down now and then.
pub async fn find(app: &App, key: &str) -> Result<Option<SignedIn>, AppError> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let found = sessions::find(&mut tx, &hash_of(key)).await?;
    let Some(found) = found.filter(|row| row.holds_until > now) else { return Ok(None) };
    let Some(session) = Session::load(&mut tx, found.account_id).await? else { return Ok(None) };
    tx.rollback().await?;
    let idle = TimeDelta::minutes(found.idle_minutes);
    if let Some(until) = prolonged(found.holds_until, (now + idle).min(found.expires_at), idle) {
        transact!(app, tx => {
            sessions::prolong(tx, found.id, until).await?;
            Ok(())
        })?;
    }
    // Whom the login does not hold any more it is not about.
    let person = found.person_id.filter(|id| session.people.contains(id));
    let person = person.zip(found.person_name).map(|(id, name)| Held { id, name });
    Ok(Some(SignedIn { session, person, id: found.id }))
}

/// Until when a login that is used now holds; none when that is nearly what is written down.
fn prolonged(written: DateTime<Utc>, now_until: DateTime<Utc>, idle: TimeDelta) -> Option<DateTime<Utc>> {
    (now_until - written > idle / session::WRITTEN_PARTS).then_some(now_until)
}

/// From now on the login is about this person, whom it holds.
pub async fn choose(app: &App, signed: &SignedIn, person: PersonId) -> Result<(), AppError> {
    if !signed.session.people.contains(&person) {
        return Err(AppError::NotFound);
    }
    transact!(app, tx => {
        sessions::choose(tx, signed.id, person).await?;
        Ok(())
    })
}

/// Ends the login of a key. An unknown one is no error: it holds nothing to end.
pub async fn end(app: &App, key: &str) -> Result<(), AppError> {
    let hash = hash_of(key);
    transact!(app, tx => {
        sessions::end(tx, &hash).await?;
        Ok(())
    })
}

/// Ends everything the account is logged in with: pages on all devices, and what programs hold.
pub async fn end_everywhere(app: &App, signed: &SignedIn) -> Result<(), AppError> {
    let account = signed.session.account;
    transact!(app, tx => {
        accounts::lock(tx, account).await?;
        sessions::end_account(tx, account).await?;
        tokens::revoke_account(tx, account, app.clock.now()).await?;
        Ok(())
    })
}

fn hash_of(key: &str) -> Vec<u8> {
    system::sha256(key.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_written_down_now_and_then() {
        let at = |minutes| DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(minutes);
        let idle = TimeDelta::minutes(30);
        assert_eq!(prolonged(at(30), at(30), idle), None);
        assert_eq!(prolonged(at(30), at(32), idle), None);
        assert_eq!(prolonged(at(30), at(33), idle), Some(at(33)));
    }
}
