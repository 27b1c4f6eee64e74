//! Mail over SMTP: one pool of connections, each mail with a number of its own that stays the same when it is tried again, so
//! that a server or reader can tell a repeated one.
use std::fmt;

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{self, PoolConfig},
};
use uuid::Uuid;

use super::PATIENCE;
use crate::domain::message::{Failure, Letter, SettingsError};

/// Connections at most: as many mails are under way at once.
pub const AT_ONCE: usize = 8;

/// A mail server and the sender in whose name mail goes out.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from.email).finish_non_exhaustive()
    }
}

impl Mailer {
    /// Of a URL: `smtp://` (with `?tls=required` or `?tls=opportunistic` for STARTTLS) or `smtps://`. Connects only when a
    /// mail is sent; called inside a runtime, which closes idle connections.
    ///
    /// # Errors
    /// A URL or sender that cannot be read.
    pub fn new(url: &str, from: &str) -> Result<Self, SettingsError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let transport = transport.map_err(|_| SettingsError::Server)?;
        let pool = PoolConfig::new().max_size(u32::try_from(AT_ONCE).unwrap_or(1));
        Ok(Self {
            transport: transport.timeout(Some(PATIENCE)).pool_config(pool).build(),
            from: from.parse().map_err(|_| SettingsError::Sender)?,
        })
    }

    /// Sends a mail; `id` is its number.
    ///
    /// # Errors
    /// Why it did not leave, as far as the server tells.
    pub async fn send(&self, to: &str, letter: &Letter, id: Uuid) -> Result<(), Failure> {
        let to: Address = to.trim().parse().map_err(|_| Failure::BadAddress)?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|_| Failure::BadAddress)?;
        match tokio::time::timeout(PATIENCE * 2, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(told(&error)),
            Err(_) => Err(Failure::Unreachable),
        }
    }
}

fn told(error: &smtp::Error) -> Failure {
    match () {
        // The login is wrong, or asked for: that is the office's to mend, and no fault of the mail.
        () if error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535)) => {
            Failure::NotNow
        }
        () if error.is_permanent() => Failure::Refused,
        () if error.is_transient() => Failure::NotNow,
        () => Failure::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_cannot_be_used_is_said_without_the_password() {
        assert!(Mailer::new("smtp://127.0.0.1:25", "Dinas <kerja@example.go.id>").is_ok());
        let error = Mailer::new("http://petugas:rahasia@host", "kerja@example.go.id").unwrap_err();
        assert_eq!(error, SettingsError::Server);
        assert_eq!(Mailer::new("smtp://h", "kerja").unwrap_err(), SettingsError::Sender);
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_not_tried() {
        let mailer = Mailer::new("smtp://127.0.0.1:9", "kerja@example.go.id").unwrap();
        let letter = Letter { subject: "a".to_owned(), text: "b".to_owned(), html: "c".to_owned() };
        assert_eq!(mailer.send("tidak ada", &letter, Uuid::nil()).await, Err(Failure::BadAddress));
        assert_eq!(mailer.send("hrd@pabrik.example", &letter, Uuid::nil()).await, Err(Failure::Unreachable));
    }
}
