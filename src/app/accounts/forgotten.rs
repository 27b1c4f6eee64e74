//! A forgotten password by mail, for logins that have an address: that of their employer, or their own name where it is one.
//! Belongs here: asking for a mail, and what its key lets somebody do once. Does not belong here: sending it
//! (`messages::password_mail`), the way back of residents (`activation`).
//!
//! Whoever asks is answered the same after the same work, whether somebody has such a login or not.
use std::net::IpAddr;

use super::{
    auth::{Auth, normal_login},
    check_password,
};
use crate::{
    app::{
        App, AppError,
        access::{Session, acting::Acting},
        system,
    },
    domain::new_password,
    store::{accounts, password_links},
    transact,
};

/// Whose password is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    /// The name typed at login.
    pub login: String,
    employer: Option<String>,
}

/// Asks for a mail to whoever logs in by this name, or has this address.
///
/// # Errors
/// `too_many_attempts` from an address that has to wait.
pub async fn ask(app: &App, auth: &Auth, address: Option<IpAddr>, name: &str) -> Result<(), AppError> {
    let limit = &auth.limits().forgotten;
    limit.check(address)?;
    let (name, now) = (normal_login(name), app.clock.now());
    transact!(app, tx => {
        password_links::ask(tx, &name, now, now - new_password::AGAIN_AFTER).await?;
        Ok(())
    })?;
    limit.count(address);
    Ok(())
}

/// Whose key this is, while it holds.
pub async fn find(app: &App, key: &str) -> Result<Option<Whose>, AppError> {
    let mut tx = app.db.read().await?;
    let found = password_links::find(&mut tx, &hash_of(key)).await?;
    let found = found.filter(|row| row.expires_at > app.clock.now());
    Ok(found.map(|row| Whose { login: row.login, employer: row.employer_name }))
}

/// Gives the login of a key another password; the key is used up, and every login made with the old password ends.
///
/// # Errors
/// `not_found` for a key that is unknown, used or expired: they are never told apart. The password as at activation.
pub async fn set(app: &App, auth: &Auth, key: &str, password: &str) -> Result<(), AppError> {
    let whose = find(app, key).await?.ok_or(AppError::NotFound)?;
    let employer = whose.employer.as_deref().unwrap_or_default();
    let bare: String = whose.login.chars().filter(|c| c.is_alphanumeric()).collect();
    let known: Vec<&str> = [whose.login.as_str(), &bare, employer]
        .into_iter()
        .chain(whose.login.split(['@', '.', '-', '_', '+']))
        .chain(employer.split_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    check_password(password, &known)?;
    let (password_hash, hash) = (auth.hashing().hash(password.to_owned()).await?, hash_of(key));
    transact!(app, tx => {
        let found = password_links::find(tx, &hash).await?.ok_or(AppError::NotFound)?;
        accounts::lock(tx, found.account_id).await?;
        if password_links::take(tx, &hash, app.clock.now()).await? == 0 {
            // Somebody was faster, or the time is over.
            return Err(AppError::NotFound);
        }
        let session = Session::load(tx, found.account_id).await?.ok_or(AppError::NotFound)?;
        let acting = session.acting().unwrap_or_else(|_| Acting::system());
        super::set_password(app, tx, &acting, found.account_id, &password_hash).await
    })
}

fn hash_of(key: &str) -> Vec<u8> {
    system::sha256(key.as_bytes())
}
