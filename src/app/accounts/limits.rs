//! What is limited by address where nobody is logged in, in the memory of this process. Belongs here: which things are counted.
//! Does not belong here: how one is counted (`activation::Attempts`), how many are right (the nouns of `domain`).
use super::activation::Attempts;
use crate::domain::{employer, interest, new_password, session};

/// One counter for each thing: a crowd at one does not close another.
pub struct Limits {
    /// Wrong names and passwords.
    pub(crate) logins: Attempts,
    /// Companies that register.
    pub(crate) registrations: Attempts,
    /// Interests in a vacancy.
    pub(crate) interests: Attempts,
    /// Questions for a new password.
    pub(crate) forgotten: Attempts,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            logins: Attempts::new(session::ADDRESS_TRIES, session::ADDRESS_MINUTES),
            registrations: Attempts::new(employer::ADDRESS_REGISTRATIONS, employer::ADDRESS_MINUTES),
            interests: Attempts::new(interest::ADDRESS_INTERESTS, interest::ADDRESS_MINUTES),
            forgotten: Attempts::new(new_password::ADDRESS_QUESTIONS, new_password::ADDRESS_MINUTES),
        }
    }
}
