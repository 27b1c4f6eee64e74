//! Forms that somebody sends without a login, done once however often they arrive and whichever process takes them. What one was
//! answered is kept for a day under a hash of the form, encrypted with another one: only whoever sends the same form again, with
//! the key that was hidden in it, can have it read. With a login `idempotency` does this.
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    app::{App, AppError, system},
    store::{Tx, sent_forms},
};

/// Bytes of the nonce in front of an answer.
const NONCE: usize = 12;

/// A form with the key that was hidden in it. Neither is kept.
#[derive(Clone)]
pub struct Once {
    hash: Vec<u8>,
    secret: Vec<u8>,
}

impl std::fmt::Debug for Once {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

impl Once {
    /// Of everything that makes it the same form: where it goes, its key, what stands in it.
    pub fn of(form: &str) -> Self {
        Self {
            hash: system::sha256(format!("form {form}").as_bytes()),
            secret: system::sha256(format!("answer {form}").as_bytes()),
        }
    }

    /// What the form was answered before; none: it is to be done now, in this transaction, and its answer kept (`finish`).
    pub(crate) async fn begin<T: DeserializeOwned>(
        &self,
        app: &App,
        tx: &mut Tx,
    ) -> Result<Option<T>, AppError> {
        let known = sent_forms::begin(tx, &self.hash, app.clock.now()).await?;
        known.map(|sealed| self.open(&sealed)).transpose()
    }

    /// Keeps the answer.
    pub(crate) async fn finish<T: Serialize>(&self, tx: &mut Tx, answer: &T) -> Result<(), AppError> {
        sent_forms::finish(tx, &self.hash, self.seal(answer)?).await?;
        Ok(())
    }

    fn key(&self) -> Result<RandomizedNonceKey, AppError> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.secret).map_err(|_| fault("has no key"))
    }

    fn seal<T: Serialize>(&self, answer: &T) -> Result<Vec<u8>, AppError> {
        let mut plain = serde_json::to_vec(answer).map_err(|_| fault("cannot be written"))?;
        let aad = Aad::from(self.hash.as_slice());
        let nonce = self.key()?.seal_in_place_append_tag(aad, &mut plain);
        let nonce = nonce.map_err(|_| fault("cannot be encrypted"))?;
        Ok([nonce.as_ref().as_slice(), &plain].concat())
    }

    fn open<T: DeserializeOwned>(&self, sealed: &[u8]) -> Result<T, AppError> {
        let damaged = || fault("cannot be decrypted");
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
        let mut buffer = sealed.to_vec();
        let aad = Aad::from(self.hash.as_slice());
        let plain = self.key()?.open_in_place(nonce, aad, &mut buffer).map_err(|_| damaged())?;
        serde_json::from_slice(plain).map_err(|_| fault("cannot be read"))
    }
}

fn fault(what: &str) -> AppError {
    AppError::Internal(format!("the kept answer of a form {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_with_its_own_form_only() {
        let form = Once::of("/aduan:12345678:abc");
        let sealed = form.seal(&("ADU-2026-0001", "1234")).unwrap();
        assert!(!sealed.windows(4).any(|part| part == b"1234"));
        let told: (String, String) = form.open(&sealed).unwrap();
        assert_eq!(told, ("ADU-2026-0001".to_owned(), "1234".to_owned()));
        assert!(Once::of("/aduan:12345678:abd").open::<(String, String)>(&sealed).is_err());
        assert!(form.open::<(String, String)>(&sealed[..20]).is_err());
    }
}
