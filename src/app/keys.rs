//! The secrets of an installation: encryption and look-up of the NIK, the archives of match runs and their pseudonyms, the
//! signing of tokens. They lie in a file outside database and backup.
use std::path::Path;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    constant_time, hmac, rand,
};
use serde::{Deserialize, Serialize};

use crate::{
    app::{
        AppError,
        system::{hex, random, sha256},
    },
    domain::{activation::Code, short_code},
};

/// The secrets of an installation: kept in a file outside database and backup.
pub struct Keys {
    nik_cipher: RandomizedNonceKey,
    nik_lookup: hmac::Key,
    family: hmac::Key,
    archive: RandomizedNonceKey,
    pseudonym: hmac::Key,
    /// PKCS#8 document (DER) of the Ed25519 key that signs access tokens.
    pub token_pkcs8: Vec<u8>,
    /// Key id of the signing key.
    pub token_kid: String,
}

/// The key file's shape: hexadecimal secrets.
#[derive(Serialize, Deserialize)]
struct KeyFile {
    nik_cipher: String,
    nik_lookup: String,
    family: String,
    token_pkcs8: String,
    /// Encrypts the stored inputs of match runs; key files of before have none.
    #[serde(default)]
    archive: String,
    /// Makes the pseudonyms in them.
    #[serde(default)]
    pseudonym: String,
}

/// The id of the present NIK encryption key; rows carry it so that keys can be rotated.
pub const NIK_KEY: i64 = 1;

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("token_kid", &self.token_kid).finish_non_exhaustive()
    }
}

impl Keys {
    /// Fresh secrets that live as long as the process (tests).
    pub fn ephemeral() -> Result<Self, AppError> {
        Self::from_file(&KeyFile::generate()?)
    }

    /// Reads the key file, or makes one (mode 0600) when there is none.
    pub fn load_or_create(path: &Path) -> Result<Self, AppError> {
        let fault = |what: &str, error: &dyn std::fmt::Display| {
            AppError::Internal(format!("key file {}: {what}: {error}", path.display()))
        };
        if path.exists() {
            let text = std::fs::read_to_string(path).map_err(|error| fault("cannot be read", &error))?;
            let mut file: KeyFile =
                serde_json::from_str(&text).map_err(|error| fault("is damaged", &error))?;
            if file.complete()? {
                let text =
                    serde_json::to_string_pretty(&file).map_err(|error| fault("cannot be made", &error))?;
                let next = path.with_extension("new");
                write_private(&next, &text)
                    .and_then(|()| std::fs::rename(&next, path))
                    .map_err(|error| fault("cannot be completed", &error))?;
            }
            return Self::from_file(&file);
        }
        let file = KeyFile::generate()?;
        let text = serde_json::to_string_pretty(&file).map_err(|error| fault("cannot be made", &error))?;
        write_private(path, &text).map_err(|error| fault("cannot be written", &error))?;
        Self::from_file(&file)
    }

    /// Encrypts a NIK (AES-256-GCM, random nonce in front, the lookup value as associated data).
    pub fn seal_nik(&self, nik: &str) -> Result<Vec<u8>, AppError> {
        let mut sealed = nik.as_bytes().to_vec();
        let lookup = self.nik_lookup(nik);
        let nonce = self
            .nik_cipher
            .seal_in_place_append_tag(Aad::from(lookup), &mut sealed)
            .map_err(|_| AppError::Internal("the NIK cannot be encrypted".to_owned()))?;
        let mut cipher = nonce.as_ref().to_vec();
        cipher.append(&mut sealed);
        Ok(cipher)
    }

    /// Decrypts a NIK; fails when the row was tampered with or belongs to another key.
    pub fn open_nik(&self, cipher: &[u8], lookup: &[u8]) -> Result<String, AppError> {
        let fault = || AppError::Internal("the NIK cannot be decrypted".to_owned());
        let (nonce, sealed) = cipher.split_at_checked(12).ok_or_else(fault)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| fault())?;
        let mut buffer = sealed.to_vec();
        let plain =
            self.nik_cipher.open_in_place(nonce, Aad::from(lookup), &mut buffer).map_err(|_| fault())?;
        String::from_utf8(plain.to_vec()).map_err(|_| fault())
    }

    /// The keyed hash by which a NIK is found again.
    pub fn nik_lookup(&self, nik: &str) -> Vec<u8> {
        hmac::sign(&self.nik_lookup, nik.as_bytes()).as_ref().to_vec()
    }

    /// The keyed hash of a one-time code: twelve digits are few enough to be tried out by whoever has a plain one.
    pub fn code_hash(&self, code: &Code) -> Vec<u8> {
        hmac::sign(&self.nik_lookup, format!("code {}", code.expose()).as_bytes()).as_ref().to_vec()
    }

    /// The keyed hash of a code of a slip, from its characters.
    pub fn short_code_hash(&self, code: &str) -> Vec<u8> {
        hmac::sign(&self.nik_lookup, format!("short code {code}").as_bytes()).as_ref().to_vec()
    }

    /// The code that belongs to a seed, for this purpose and no other: nobody without the key works it out.
    pub fn short_code(&self, purpose: &str, seed: &str) -> short_code::Code {
        let mac = hmac::sign(&self.nik_lookup, format!("short code for {purpose}: {seed}").as_bytes());
        short_code::Code::of_bits(
            mac.as_ref().iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)),
        )
    }

    /// Whether a code is that of the seed; how long it takes tells nothing of how much of it is right.
    pub fn is_short_code(&self, purpose: &str, seed: &str, given: &short_code::Code) -> bool {
        let right = self.short_code(purpose, seed);
        constant_time::verify_slices_are_equal(right.expose().as_bytes(), given.expose().as_bytes()).is_ok()
    }

    /// The keyed hash of a family card number: equal for one family, tells nothing else.
    pub fn family_key(&self, card: &str) -> Vec<u8> {
        hmac::sign(&self.family, card.as_bytes()).as_ref().to_vec()
    }

    /// Encrypts the archive of a run (AES-256-GCM, random nonce in front, `whose` as associated data).
    pub fn seal_archive(&self, mut plain: Vec<u8>, whose: &[u8]) -> Result<Vec<u8>, AppError> {
        let nonce = self
            .archive
            .seal_in_place_append_tag(Aad::from(whose), &mut plain)
            .map_err(|_| AppError::Internal("the archive cannot be encrypted".to_owned()))?;
        let mut sealed = nonce.as_ref().to_vec();
        sealed.append(&mut plain);
        Ok(sealed)
    }

    /// Decrypts the archive of a run; fails when it was tampered with or belongs to another run or key.
    pub fn open_archive(&self, sealed: &[u8], whose: &[u8]) -> Result<Vec<u8>, AppError> {
        let fault = || AppError::Internal("the archive cannot be decrypted".to_owned());
        let (nonce, sealed) = sealed.split_at_checked(12).ok_or_else(fault)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| fault())?;
        let mut buffer = sealed.to_vec();
        let plain = self.archive.open_in_place(nonce, Aad::from(whose), &mut buffer).map_err(|_| fault())?;
        Ok(plain.to_vec())
    }

    /// A person's pseudonym in archives: tells nothing without the key.
    pub fn pseudonym(&self, person: &[u8]) -> String {
        hex(hmac::sign(&self.pseudonym, person).as_ref().get(..8).unwrap_or_default())
    }

    fn from_file(file: &KeyFile) -> Result<Self, AppError> {
        let token_pkcs8 = unhex(&file.token_pkcs8)?;
        Ok(Self {
            nik_cipher: RandomizedNonceKey::new(&AES_256_GCM, &unhex(&file.nik_cipher)?)
                .map_err(|_| AppError::Internal("the NIK key has the wrong length".to_owned()))?,
            nik_lookup: hmac::Key::new(hmac::HMAC_SHA256, &unhex(&file.nik_lookup)?),
            family: hmac::Key::new(hmac::HMAC_SHA256, &unhex(&file.family)?),
            archive: RandomizedNonceKey::new(&AES_256_GCM, &unhex(&file.archive)?)
                .map_err(|_| AppError::Internal("the archive key has the wrong length".to_owned()))?,
            pseudonym: hmac::Key::new(hmac::HMAC_SHA256, &unhex(&file.pseudonym)?),
            token_kid: hex(&sha256(&token_pkcs8)).chars().take(16).collect(),
            token_pkcs8,
        })
    }
}

impl KeyFile {
    fn generate() -> Result<Self, AppError> {
        let pkcs8 = aws_lc_rs::signature::Ed25519KeyPair::generate_pkcs8(&rand::SystemRandom::new())
            .map_err(|_| AppError::Internal("no signing key could be made".to_owned()))?;
        Ok(Self {
            nik_cipher: hex(&random::<32>()?),
            nik_lookup: hex(&random::<32>()?),
            family: hex(&random::<32>()?),
            token_pkcs8: hex(pkcs8.as_ref()),
            archive: hex(&random::<32>()?),
            pseudonym: hex(&random::<32>()?),
        })
    }

    /// Makes the keys that a file of an earlier version has not; whether there were any.
    fn complete(&mut self) -> Result<bool, AppError> {
        let lacking = self.archive.is_empty() || self.pseudonym.is_empty();
        for key in [&mut self.archive, &mut self.pseudonym] {
            if key.is_empty() {
                *key = hex(&random::<32>()?);
            }
        }
        Ok(lacking)
    }
}

/// Writes a file that only its owner may read; so may the folder, which is made when missing.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::{
        io::Write,
        os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn unhex(text: &str) -> Result<Vec<u8>, AppError> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let fault = || AppError::Internal("the key file holds something that is not hexadecimal".to_owned());
    let digits = digits.filter(|digits| digits.len() % 2 == 0).ok_or_else(fault)?;
    Ok(digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |value, digit| value * 16 + digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nik_comes_back_only_untouched() {
        let keys = Keys::ephemeral().unwrap();
        let lookup = keys.nik_lookup("9911045501990001");
        let mut cipher = keys.seal_nik("9911045501990001").unwrap();
        assert_eq!(keys.open_nik(&cipher, &lookup).unwrap(), "9911045501990001");
        assert!(keys.open_nik(&cipher, &keys.nik_lookup("9911045501990002")).is_err());
        cipher[13] ^= 1;
        assert!(keys.open_nik(&cipher, &lookup).is_err());
    }

    #[test]
    fn a_short_code_belongs_to_its_seed_purpose_and_installation() {
        let (keys, others) = (Keys::ephemeral().unwrap(), Keys::ephemeral().unwrap());
        let code = keys.short_code("slip", "1");
        assert!(code == keys.short_code("slip", "1") && keys.is_short_code("slip", "1", &code));
        for other in
            [keys.short_code("slip", "2"), keys.short_code("letter", "1"), others.short_code("slip", "1")]
        {
            assert!(code != other && !keys.is_short_code("slip", "1", &other));
        }
        let hash = keys.short_code_hash(code.expose());
        assert!(hash == keys.short_code_hash(code.expose()) && hash != others.short_code_hash(code.expose()));
    }

    #[test]
    fn the_key_file_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/keys.json");
        let first = Keys::load_or_create(&path).unwrap();
        let again = Keys::load_or_create(&path).unwrap();
        assert_eq!(first.nik_lookup("x"), again.nik_lookup("x"));
        let mut old: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        old.as_object_mut().unwrap().remove("archive");
        std::fs::write(&path, old.to_string()).unwrap();
        let sealed = Keys::load_or_create(&path).unwrap().seal_archive(b"numbers".to_vec(), b"run").unwrap();
        let keys = Keys::load_or_create(&path).unwrap();
        assert_eq!(keys.open_archive(&sealed, b"run").unwrap(), b"numbers");
        assert!(keys.open_archive(&sealed, b"another run").is_err());
        assert_eq!(keys.nik_lookup("x"), first.nik_lookup("x"));
        std::fs::write(&path, "{").unwrap();
        assert!(Keys::load_or_create(&path).is_err());
    }
}
