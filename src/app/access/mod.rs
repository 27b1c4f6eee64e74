//! Who is asking, and what that lets them do. A `Session` is loaded from the database for every request; the
//! capability types can only be made from one, so a use case that takes `&Confirming` cannot be called without the right.
//! As whom a capability acts and what it reaches is `acting`.
pub mod acting;

use crate::{
    app::{App, AppError},
    domain::{
        codes::ProblemCode,
        disclosure::Audience,
        ids::{AccountId, EmployerId, OrganisationId, PersonId},
    },
    store::{Tx, accounts},
};

pub use crate::domain::access::{Right, Role};

/// A logged-in account as the database knows it now.
#[derive(Clone, Debug)]
pub struct Session {
    /// The login.
    pub account: AccountId,
    pub role: Role,
    /// The office it belongs to (staff, supervisor, companion, agency).
    pub organisation: Option<OrganisationId>,
    /// The employer it belongs to (role employer).
    pub employer: Option<EmployerId>,
    /// The village of a companion's office.
    pub village: Option<String>,
    /// Rights of staff.
    pub rights: Vec<Right>,
    /// Persons this login holds (trainee).
    pub people: Vec<PersonId>,
    /// Keeps everybody but `load` from making one.
    _loaded: Loaded,
}

/// Only this module has one.
#[derive(Clone, Copy, Debug)]
struct Loaded;

/// The refusal for a role that has no business here.
pub(crate) const WRONG_ROLE: AppError = AppError::Forbidden(ProblemCode::RoleNotAllowed);

/// Officer of the labour office.
#[derive(Clone, Copy, Debug)]
pub struct Staff {
    account: AccountId,
    organisation: OrganisationId,
    /// Whether the officer is a supervisor.
    supervisor: bool,
}

/// Officer with the right to verify employers and vacancies.
#[derive(Clone, Copy, Debug)]
pub struct Verifying(Staff);

/// Officer with the right to run, publish and confirm placements.
#[derive(Clone, Copy, Debug)]
pub struct Confirming(Staff);

/// Officer with the right to nominate: to add evidence, and to decide whom agencies nominate.
#[derive(Clone, Copy, Debug)]
pub struct Nominating(Staff);

/// Officer with the right to read reports.
#[derive(Clone, Copy, Debug)]
pub struct Reporting(Staff);

/// Supervisor of the labour office: policies and corrections.
#[derive(Clone, Copy, Debug)]
pub struct Supervising(Staff);

/// A login of one employer.
#[derive(Clone, Copy, Debug)]
pub struct Employer {
    account: AccountId,
    employer: EmployerId,
}

/// A login that holds persons.
#[derive(Clone, Copy, Debug)]
pub struct Trainee {
    account: AccountId,
}

/// A village companion.
#[derive(Clone, Debug)]
pub struct Companion {
    account: AccountId,
    organisation: OrganisationId,
    /// Its village code: the companion sees nobody else.
    village: String,
}

/// Another agency that may nominate people and sees its own nominees only.
#[derive(Clone, Copy, Debug)]
pub struct Agency {
    account: AccountId,
    organisation: OrganisationId,
}

impl Staff {
    /// The login.
    pub fn account(&self) -> AccountId {
        self.account
    }
}

impl Employer {
    pub fn employer(&self) -> EmployerId {
        self.employer
    }
}

impl Agency {
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

impl Verifying {
    /// The officer.
    pub fn staff(&self) -> Staff {
        self.0
    }
}

impl Confirming {
    /// The officer.
    pub fn staff(&self) -> Staff {
        self.0
    }
}

impl Reporting {
    /// The officer.
    pub fn staff(&self) -> Staff {
        self.0
    }
}

impl Supervising {
    /// The officer.
    pub fn staff(&self) -> Staff {
        self.0
    }
}

impl Session {
    /// Loads the account as it is now; `None` when it is gone or disabled.
    pub async fn load(tx: &mut Tx, account: AccountId) -> Result<Option<Self>, AppError> {
        let Some(row) = accounts::find_active(tx, account).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            account: row.id,
            role: row.role,
            organisation: row.organisation_id,
            employer: row.employer_id,
            village: row.village,
            rights: row.rights.0,
            people: row.people.0,
            _loaded: Loaded,
        }))
    }

    /// In whose eyes the session looks; an administrator sees no person's data.
    pub fn audience(&self) -> Result<Audience, AppError> {
        match self.role {
            Role::Staff | Role::Supervisor => Ok(Audience::Office),
            Role::Agency => Ok(Audience::Agency),
            Role::Companion => Ok(Audience::Companion),
            Role::Trainee => Ok(Audience::Person),
            Role::Employer => Ok(Audience::Employer),
            Role::Administrator => Err(WRONG_ROLE),
        }
    }

    /// As an officer of the labour office.
    pub fn staff(&self) -> Result<Staff, AppError> {
        let supervisor = self.role == Role::Supervisor;
        match (self.role, self.organisation) {
            (Role::Staff | Role::Supervisor, Some(organisation)) => {
                Ok(Staff { account: self.account, organisation, supervisor })
            }
            _ => Err(WRONG_ROLE),
        }
    }

    /// As an officer who verifies.
    pub fn verifying(&self) -> Result<Verifying, AppError> {
        self.officer_with(Right::Verify).map(Verifying)
    }

    /// As an officer who confirms.
    pub fn confirming(&self) -> Result<Confirming, AppError> {
        self.officer_with(Right::Confirm).map(Confirming)
    }

    /// As an officer who nominates.
    pub fn nominating(&self) -> Result<Nominating, AppError> {
        self.officer_with(Right::Nominate).map(Nominating)
    }

    /// As an officer who reads reports.
    pub fn reporting(&self) -> Result<Reporting, AppError> {
        self.officer_with(Right::Report).map(Reporting)
    }

    /// As a supervisor.
    pub fn supervising(&self) -> Result<Supervising, AppError> {
        let staff = self.staff()?;
        if staff.supervisor { Ok(Supervising(staff)) } else { Err(WRONG_ROLE) }
    }

    /// As an employer's login.
    pub fn employer(&self) -> Result<Employer, AppError> {
        match (self.role, self.employer) {
            (Role::Employer, Some(employer)) => Ok(Employer { account: self.account, employer }),
            _ => Err(WRONG_ROLE),
        }
    }

    /// As a login that holds persons.
    pub fn trainee(&self) -> Result<Trainee, AppError> {
        if self.role == Role::Trainee {
            return Ok(Trainee { account: self.account });
        }
        Err(WRONG_ROLE)
    }

    /// As a village companion.
    pub fn companion(&self) -> Result<Companion, AppError> {
        match (self.role, self.organisation, &self.village) {
            (Role::Companion, Some(organisation), Some(village)) => {
                Ok(Companion { account: self.account, organisation, village: village.clone() })
            }
            _ => Err(WRONG_ROLE),
        }
    }

    /// As an officer of another agency.
    pub fn agency(&self) -> Result<Agency, AppError> {
        match (self.role, self.organisation) {
            (Role::Agency, Some(organisation)) => Ok(Agency { account: self.account, organisation }),
            _ => Err(WRONG_ROLE),
        }
    }

    fn officer_with(&self, right: Right) -> Result<Staff, AppError> {
        let staff = self.staff()?;
        if staff.supervisor || self.rights.contains(&right) {
            return Ok(staff);
        }
        Err(AppError::Forbidden(ProblemCode::RightMissing))
    }
}

/// Loads the session of an account in a reading transaction of its own.
pub async fn session(app: &App, account: AccountId) -> Result<Session, AppError> {
    let mut tx = app.db.read().await?;
    Session::load(&mut tx, account).await?.ok_or(AppError::Unauthenticated(ProblemCode::AccountNotActive))
}
