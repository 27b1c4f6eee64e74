//! Roles, rights and the names under which the audit keeps who acted: the words only; what they allow is decided by
//! `app::access`.
use serde::{Deserialize, Serialize};

use crate::domain::machine::text_enum;

/// What kind of user a login is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Role {
    /// A login that holds one or more residents.
    Trainee,
    /// A village companion (pendamping desa/kelurahan).
    Companion,
    /// A login of an employer.
    Employer,
    /// An officer of the labour office (petugas antar kerja).
    Staff,
    /// A supervisor of the labour office.
    Supervisor,
    /// An officer of another agency (OPD) that nominates people.
    Agency,
    /// The administrator of the installation: works at the terminal, sees no person's data.
    Administrator,
}

impl Role {
    /// All roles, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Trainee,
        Self::Companion,
        Self::Employer,
        Self::Staff,
        Self::Supervisor,
        Self::Agency,
        Self::Administrator,
    ];

    /// The word used in the database, the API and the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trainee => "trainee",
            Self::Companion => "companion",
            Self::Employer => "employer",
            Self::Staff => "staff",
            Self::Supervisor => "supervisor",
            Self::Agency => "agency",
            Self::Administrator => "administrator",
        }
    }
}

/// What an officer of the labour office may do beyond looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Right {
    /// Verify employers and vacancies.
    Verify,
    /// Run matches, publish them, confirm and dismiss proposals.
    Confirm,
    /// Nominate people and add evidence of priority.
    Nominate,
    /// Read reports.
    Report,
}

impl Right {
    /// All rights.
    pub const ALL: [Self; 4] = [Self::Verify, Self::Confirm, Self::Nominate, Self::Report];
}

text_enum! {
    /// Under which name the audit keeps who acted: the role of the login, whatever it did, so that the same supervisor
    /// has one name in every row. The capacity in which a table let the event happen stands in the event's own row.
    /// Rows written before these names were fixed may also say `trainee` or `account`, and call a supervisor `staff`.
    AuditActor: "audit actor" {
        /// A login that holds residents.
        Person = "person",
        /// A village companion.
        Companion = "companion",
        /// A login of an employer, or somebody who registers one.
        Employer = "employer",
        /// An officer of the labour office.
        Staff = "staff",
        /// A supervisor of the labour office.
        Supervisor = "supervisor",
        /// An officer of another agency.
        Agency = "agency",
        /// The administrator of the installation.
        Administrator = "administrator",
        /// Somebody at the terminal of the machine, without a login.
        Terminal = "terminal",
        /// The service itself: runs, deadlines, consequences.
        System = "system",
    }
}
