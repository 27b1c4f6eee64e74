//! How messages travel: mail over SMTP, texts to people over a gateway. Belongs here: the transports and what their answers
//! mean. Does not belong here: who is told what and when (`app::messages`), the words (`words`).
pub mod gateway;
pub mod smtp;

use std::time::Duration;

/// How long a server has to answer. Whoever does not is tried again later.
pub const PATIENCE: Duration = Duration::from_secs(10);
