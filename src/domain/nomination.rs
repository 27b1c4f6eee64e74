//! Nominations: another agency names a resident by NIK. Belongs here: where one stands, and when a person is an agency's
//! nominee. Does not belong here: what an agency then reads (`disclosure`), the table (`store::nominations`).
//!
//! Whether a NIK is registered is not told to whoever names it: until an officer accepts, a nomination of somebody who is
//! registered and one of somebody who is not look alike to the agency.
use crate::domain::machine::text_enum;

text_enum! {
    /// Where a nomination stands.
    State: "nomination state" {
        /// No officer decided, or nobody with this NIK is registered yet.
        Waiting = "waiting",
        /// The person is the agency's nominee: it reads them and adds evidence.
        Accepted = "accepted",
        /// An officer refused.
        Refused = "refused",
    }
}

impl State {
    /// Whether the agency may know who it is about.
    pub const fn tells_whom(self) -> bool {
        matches!(self, Self::Accepted)
    }

    /// What an officer's word makes of it.
    pub const fn decided(accept: bool) -> Self {
        if accept { Self::Accepted } else { Self::Refused }
    }
}

/// Days after which a nomination that was not accepted is forgotten, whether somebody is registered or not.
pub const KEPT_DAYS: i64 = 180;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_accepted_tells_whom() {
        let told: Vec<State> = State::ALL.iter().copied().filter(|state| state.tells_whom()).collect();
        assert_eq!((told, State::decided(false)), (vec![State::Accepted], State::Refused));
        assert_eq!(State::decided(true), State::Accepted);
    }
}
