//! Hashing passwords: Argon2id with the parameters OWASP recommends (19 MiB, 2 passes, 1 lane), two at a time and
//! never on an async worker. Who may try a password how often is decided by `auth`.
use std::sync::{Arc, LazyLock};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zxcvbn::{Score, zxcvbn};

use crate::{
    app::{AppError, system},
    domain::region,
};

/// Fewest characters of a password (NIST SP 800-63B).
pub const SHORTEST: usize = 8;
/// Most bytes of a password: hashing takes time in proportion.
pub const LONGEST: usize = 1000;

/// What people of this place take first, beside the names of its villages: a list of English passwords does not know them.
const USUAL: [&str; 48] = [
    "sukoharjo",
    "surakarta",
    "solo",
    "kartasura",
    "solobaru",
    "jawatengah",
    "indonesia",
    "merdeka",
    "garuda",
    "pancasila",
    "rahasia",
    "katasandi",
    "sandiku",
    "passwordku",
    "sayang",
    "sayangku",
    "cinta",
    "cintaku",
    "bismillah",
    "alhamdulillah",
    "assalamualaikum",
    "insyaallah",
    "allah",
    "bunda",
    "ayah",
    "ibuku",
    "bapakku",
    "anakku",
    "keluarga",
    "bahagia",
    "selamanya",
    "semangat",
    "sukses",
    "kerja",
    "kerjaku",
    "loker",
    "lowongan",
    "lamaran",
    "disperinaker",
    "disnaker",
    "padankerja",
    "pencaker",
    "petugas",
    "pendamping",
    "januari",
    "agustus",
    "desember",
    "ramadhan",
];

/// Whether somebody who knows a person a little would find the password within a million tries (zxcvbn's score below 2).
pub fn is_guessable(password: &str, about: &[&str]) -> bool {
    let usual: Vec<&str> = USUAL.into_iter().chain(region::names()).collect();
    let known = [about, &usual].concat();
    zxcvbn(password, &known).score() < Score::Two
}

/// How many passwords are hashed at once: 19 MiB and one core each.
const AT_ONCE: usize = 2;
/// How many requests may wait for that; more are told to come back.
const WAITING: usize = 64;

/// The queue before the hash function. Clones share it.
#[derive(Clone)]
pub struct Hashing {
    working: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Hash of a password nobody knows, so that an unknown login takes the same time.
    decoy: Arc<str>,
}

/// A place at the hash function, given back when dropped.
pub struct Place {
    _working: OwnedSemaphorePermit,
    decoy: Arc<str>,
}

impl Hashing {
    /// An empty queue.
    pub fn new() -> Result<Self, AppError> {
        static DECOY: LazyLock<Option<Arc<str>>> = LazyLock::new(|| {
            let secret = system::random::<32>().ok()?;
            hash_now(&system::hex(&secret)).ok().map(Arc::from)
        });
        let decoy =
            DECOY.clone().ok_or_else(|| AppError::Internal("no password can be hashed".to_owned()))?;
        Ok(Self {
            working: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            decoy,
        })
    }

    /// Waits for a place; refuses when too many wait.
    pub async fn place(&self) -> Result<Place, AppError> {
        let _waiting =
            self.waiting.clone().try_acquire_owned().map_err(|_| AppError::TooMany { retry_after: 5 })?;
        let working = self
            .working
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| AppError::Internal("the hashing queue is closed".to_owned()))?;
        Ok(Place { _working: working, decoy: Arc::clone(&self.decoy) })
    }

    /// Hashes a new password in its turn.
    pub async fn hash(&self, password: String) -> Result<String, AppError> {
        let _place = self.place().await?;
        away_from_workers(move || hash_now(&password)).await?
    }
}

impl Place {
    /// Whether the password fits the hash; without a hash the same work is done and the answer is no.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AppError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.to_string());
        let fits = away_from_workers(move || {
            password.len() <= LONGEST
                && Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok()
        })
        .await?;
        Ok(known && fits)
    }
}

/// Hashes on the present thread: for the command line, and for tests that make many accounts.
pub fn hash_now(password: &str) -> Result<String, AppError> {
    let fault = |error: &dyn std::fmt::Display| AppError::Internal(format!("password hash: {error}"));
    let params = Params::new(19_456, 2, 1, None).map_err(|error| fault(&error))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| fault(&error))
}

async fn away_from_workers<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| AppError::Internal(format!("hashing was interrupted: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hashing = Hashing::new().unwrap();
        let hash = hashing.hash("padi sawah 17".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let place = hashing.place().await.unwrap();
        assert!(place.verify("padi sawah 17".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!place.verify("padi sawah 18".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!place.verify("padi sawah 17".to_owned(), None).await.unwrap());
        assert!(!place.verify("padi sawah 17".to_owned(), Some("no hash".to_owned())).await.unwrap());
    }

    #[test]
    fn what_neighbours_would_try_is_guessable() {
        let about = ["Siti Aminah", "Siti", "Aminah", "081234500001", "1990"];
        for weak in [
            "sukoharjo123",
            "12345678",
            "siti1990",
            "aminah90",
            "081234500001",
            "rahasia1",
            "bismillah",
            "Grogol2024",
        ] {
            assert!(is_guessable(weak, &about), "{weak}");
        }
        for strong in ["kata sandi saya", "padi sawah 17", "rahasia sekali", "kucing naik becak", "k7#mPq2z"]
        {
            assert!(!is_guessable(strong, &about), "{strong}");
        }
    }

    #[tokio::test]
    async fn a_crowd_is_sent_away() {
        let hashing = Hashing::new().unwrap();
        let _both = (hashing.place().await.unwrap(), hashing.place().await.unwrap());
        let crowd: Vec<_> = (0..WAITING)
            .map(|_| {
                let hashing = hashing.clone();
                tokio::spawn(async move { hashing.place().await.map(|_| ()) })
            })
            .collect();
        while hashing.waiting.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(hashing.place().await, Err(AppError::TooMany { .. })));
        drop(_both);
        for waiter in crowd {
            assert!(waiter.await.unwrap().is_ok());
        }
    }
}
