//! A typed id for every kind of record, so that a person is never looked up as a vacancy. Making a fresh id needs the
//! clock and randomness: that is `app::system::fresh`.
use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The last eight digits: they are random, and enough to name one at a terminal.
            pub fn short(self) -> String {
                format!("{:08x}", self.0.as_u128() & 0xffff_ffff)
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

id! {
    /// A login.
    AccountId,
    /// An office that may act: labour office, agency, village government.
    OrganisationId,
    /// An employer (pemberi kerja).
    EmployerId,
    /// A vacancy (lowongan).
    VacancyId,
    /// A resident with a skill profile.
    PersonId,
    /// A person's candidacy for one vacancy, from proposal to outcome (lamaran).
    ApplicationId,
    /// One recorded change of an application, vacancy or employer.
    EventId,
    /// A matching policy, one row a revision.
    PolicyId,
    /// A match run (proses pemadanan).
    RunId,
    /// A class of a training (angkatan).
    ClassId,
    /// A complaint.
    ComplaintId,
    /// An interest in a vacancy that somebody without a login said.
    InterestId,
    /// A message.
    MessageId,
    /// A nomination by another agency.
    NominationId,
    /// What happens next for somebody.
    StepId,
    /// Any other record: consents, plans, trainings, audit rows.
    RecordId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_is_the_end() {
        let id: PersonId = "0199a3c2-7f1e-7c4b-9d10-2b6a0e4f3c21".parse().unwrap();
        assert_eq!(id.short(), "0e4f3c21");
        assert_eq!(PersonId(Uuid::from_u128(7)).short(), "00000007");
    }
}
