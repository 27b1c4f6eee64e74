//! Mails with a key for a new password. The key is made when the mail is about to leave and is known to its reader alone: the
//! database has its hash, the log has nothing of it. A mail that is tried again has another key.
use chrono::TimeDelta;
use uuid::Uuid;

use super::sending::Sent;
use crate::{
    app::{App, AppError, system},
    domain::{
        message::{self, Failure},
        new_password,
    },
    mail::smtp::Mailer,
    store::password_links::{self, Owed},
    transact,
    words::Language,
};

/// How long a claim lasts: longer than the mails of one turn take when the server is slow.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Sends what is owed now. Without an address of the service there is nowhere to lead.
pub(super) async fn send_due(app: &App, mailer: &Mailer) -> Result<Sent, AppError> {
    let mut all = Sent::default();
    let Some(address) = app.office.address.as_deref() else { return Ok(all) };
    let (now, claim) = (app.clock.now(), system::fresh::<Uuid>());
    let owed = transact!(app, tx => {
        password_links::claim(tx, claim, now, now + LEASE).await?;
        Ok(password_links::claimed(tx, claim).await?)
    })?;
    for one in owed {
        let done = send(app, mailer, (address, claim), &one).await?;
        all.sent += u64::from(done);
        all.letters += u64::from(done);
        all.failed += u64::from(!done);
    }
    Ok(all)
}

async fn send(
    app: &App,
    mailer: &Mailer,
    (address, claim): (&str, Uuid),
    one: &Owed,
) -> Result<bool, AppError> {
    let key = system::hex(&system::random::<32>()?);
    let hash = system::sha256(key.as_bytes());
    let expires_at = app.clock.now() + TimeDelta::minutes(new_password::KEY_MINUTES);
    // Known before it leaves: a reader is quicker than a commit.
    let own = transact!(app, tx => {
        Ok(password_links::give(tx, one.account_id, claim, &hash, expires_at).await?)
    })?;
    if own == 0 {
        return Ok(false);
    }
    let link = format!("{address}/sandi-baru/{key}");
    let letter = Language::Id.password_letter(&app.office, &one.login, &link);
    let letter = letter.map_err(|error| AppError::Internal(error.to_string()))?;
    let outcome = match &one.mail {
        Some(mail) => mailer.send(mail, &letter, system::fresh()).await,
        None => Err(Failure::NoAddress),
    };
    if let Err(failure) = outcome {
        tracing::warn!(%failure, "a mail for a new password did not leave");
    }
    let now = app.clock.now();
    transact!(app, tx => {
        match outcome {
            Ok(()) => password_links::sent(tx, one.account_id, claim, now).await?,
            Err(failure) => match message::pause_after(one.tries + 1).filter(|_| failure.may_pass()) {
                Some(pause) => password_links::not_sent(tx, one.account_id, claim, now + pause).await?,
                None => password_links::give_up(tx, one.account_id, claim).await?,
            },
        };
        Ok(())
    })?;
    Ok(outcome.is_ok())
}
