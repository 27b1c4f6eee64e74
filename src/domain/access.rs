//! Roles, rights and the names under which the audit keeps who acted: the words only; what they allow is decided by
//! `app::access`.
use crate::domain::machine::text_enum;

text_enum! {
    /// What kind of user a login is.
    Role: "role" {
        /// A login that holds one or more residents.
        Trainee = "trainee",
        /// A village companion (pendamping desa/kelurahan).
        Companion = "companion",
        /// A login of an employer.
        Employer = "employer",
        /// An officer of the labour office (petugas antar kerja).
        Staff = "staff",
        /// A supervisor of the labour office.
        Supervisor = "supervisor",
        /// An officer of another agency (OPD) that nominates people.
        Agency = "agency",
        /// The administrator of the installation: works at the terminal, sees no person's data.
        Administrator = "administrator",
    }
}

text_enum! {
    /// What an officer of the labour office may do beyond looking.
    Right: "right" {
        /// Verify employers and vacancies.
        Verify = "verify",
        /// Run matches, publish them, confirm and dismiss proposals.
        Confirm = "confirm",
        /// Nominate people and add evidence of priority.
        Nominate = "nominate",
        /// Read reports.
        Report = "report",
    }
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
