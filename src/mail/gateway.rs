//! Texts to people over a gateway (a WhatsApp or SMS service that the office rents): one signed POST for each text. The
//! gateway needs the number to send to; the text holds nothing else of the person.
use std::{fmt, time::Duration};

use aws_lc_rs::hmac;
use chrono::{DateTime, Utc};
use reqwest::{Client, StatusCode, Url, redirect::Policy};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::message::{Failure, SettingsError};

/// A gateway and the key that both sides know.
pub struct Gateway {
    client: Client,
    url: Url,
    key: hmac::Key,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Posted<'a> {
    /// The same when it is tried again: a gateway sends a number once.
    id: Uuid,
    to: &'a str,
    text: &'a str,
}

impl Gateway {
    /// Of an address and a key; `patience` is how long it has to answer.
    ///
    /// # Errors
    /// An address that is none, a key below 16 characters.
    pub fn new(url: &str, key: &str, patience: Duration) -> Result<Self, SettingsError> {
        let url = Url::parse(url).map_err(|_| SettingsError::Gateway)?;
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
            return Err(SettingsError::Gateway);
        }
        if key.chars().count() < 16 {
            return Err(SettingsError::Key);
        }
        let client = Client::builder()
            .timeout(patience)
            .redirect(Policy::none())
            .build()
            .map_err(|_| SettingsError::Client)?;
        Ok(Self { client, url, key: hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()) })
    }

    /// Hands a text over. The signature is HMAC-SHA-256 over the seconds, a dot and the body, in hexadecimal digits.
    ///
    /// # Errors
    /// Why it was not taken. Whoever does not answer in time may have taken it: the next try has the same number.
    pub async fn send(&self, id: Uuid, to: &str, text: &str, at: DateTime<Utc>) -> Result<(), Failure> {
        let body = serde_json::to_vec(&Posted { id, to, text }).map_err(|_| Failure::Refused)?;
        let seconds = at.timestamp().to_string();
        let request = self
            .client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header("idempotency-key", id.to_string())
            .header("x-padankerja-time", &seconds)
            .header("x-padankerja-signature", self.signature(&seconds, &body))
            .body(body);
        match request.send().await {
            Ok(answer) => told(answer.status()),
            Err(_) => Err(Failure::Unreachable),
        }
    }

    fn signature(&self, seconds: &str, body: &[u8]) -> String {
        let signed = [seconds.as_bytes(), b".", body].concat();
        hmac::sign(&self.key, &signed).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn told(status: StatusCode) -> Result<(), Failure> {
    // With the last three key or address is wrong: the office's to mend, and no fault of the text.
    let is_busy = matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_EARLY
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::UNAUTHORIZED
            | StatusCode::FORBIDDEN
            | StatusCode::NOT_FOUND
    );
    match () {
        () if status.is_success() => Ok(()),
        () if status.is_server_error() || is_busy => Err(Failure::NotNow),
        () => Err(Failure::Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::PATIENCE;

    const KEY: &str = "kunci-uji-enam-belas";

    #[test]
    fn settings_are_judged_before_anything_is_sent() {
        assert!(Gateway::new("https://gateway.example/send", KEY, PATIENCE).is_ok());
        assert!(matches!(Gateway::new("ftp://gateway.example", KEY, PATIENCE), Err(SettingsError::Gateway)));
        assert!(matches!(Gateway::new("gateway", KEY, PATIENCE), Err(SettingsError::Gateway)));
        assert!(matches!(
            Gateway::new("https://gateway.example", "pendek", PATIENCE),
            Err(SettingsError::Key)
        ));
    }

    #[test]
    fn the_signature_is_what_another_program_computes() {
        // printf '1764259200.{}' | openssl dgst -sha256 -hmac kunci-uji-enam-belas
        let gateway = Gateway::new("https://gateway.example/send", KEY, PATIENCE).unwrap();
        assert_eq!(
            gateway.signature("1764259200", b"{}"),
            "78a3806fab92dc3b5b6bbaf0821bdc45de88f99933108345b5f94acc10e3d5ce"
        );
    }

    #[test]
    fn a_busy_gateway_is_tried_again() {
        assert_eq!(told(StatusCode::ACCEPTED), Ok(()));
        assert_eq!(told(StatusCode::TOO_MANY_REQUESTS), Err(Failure::NotNow));
        assert_eq!(told(StatusCode::BAD_GATEWAY), Err(Failure::NotNow));
        assert_eq!(told(StatusCode::FOUND), Err(Failure::Refused));
        assert_eq!(told(StatusCode::UNAUTHORIZED), Err(Failure::NotNow));
        assert_eq!(told(StatusCode::UNPROCESSABLE_ENTITY), Err(Failure::Refused));
    }
}
