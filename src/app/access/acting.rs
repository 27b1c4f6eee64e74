//! Who acts: the one answer that use cases, the tables of `domain` and the audit share. Belongs here: in which capacity
//! somebody acts, under which name the audit keeps it, with which rights, and what is within reach; made from a
//! capability, by the terminal or by the service itself. Does not belong here: which event a capacity may cause (the
//! tables of `domain`), what a reader is shown (`domain::disclosure`).
use uuid::Uuid;

use super::{
    Agency, Companion, Confirming, Employer, Nominating, Right, Role, Session, Staff, Supervising, Trainee,
    Verifying, WRONG_ROLE,
};
use crate::{
    app::AppError,
    domain::{
        access::AuditActor,
        application::Event,
        codes::ProblemCode,
        ids::{AccountId, EmployerId, OrganisationId},
        machine::Actor,
    },
    store::{applications, people},
};

/// What somebody reaches. Whatever lies outside does not exist for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything the labour office keeps.
    Office,
    /// What belongs to one employer.
    Employer(EmployerId),
    /// The persons one login holds.
    Account(AccountId),
    /// The people of one village, by its code, who agreed to its companion.
    Village(String),
    /// The people one agency nominated.
    Agency(OrganisationId),
    /// Nothing.
    Nobody,
}

impl Reach {
    /// The people within reach. An employer knows people through applications only.
    ///
    /// # Errors
    /// `role_not_allowed` for whoever has no business with people.
    pub fn people(&self) -> Result<people::Scope, AppError> {
        Ok(match self {
            Self::Office => people::Scope::Office,
            Self::Account(login) => people::Scope::Account(*login),
            Self::Village(code) => people::Scope::Village(code.clone()),
            Self::Agency(office) => people::Scope::Agency(*office),
            Self::Employer(_) | Self::Nobody => return Err(WRONG_ROLE),
        })
    }

    /// The applications within reach.
    ///
    /// # Errors
    /// `role_not_allowed` for whoever has no business with applications.
    pub fn applications(&self) -> Result<applications::Scope, AppError> {
        Ok(match self {
            Self::Office => applications::Scope::Office,
            Self::Employer(own) => applications::Scope::Employer(*own),
            Self::Account(login) => applications::Scope::Account(*login),
            Self::Village(code) => applications::Scope::Village(code.clone()),
            Self::Agency(office) => applications::Scope::Agency(*office),
            Self::Nobody => return Err(WRONG_ROLE),
        })
    }

    /// Whose vacancies and plans may be handled: `None` is everybody's.
    ///
    /// # Errors
    /// `role_not_allowed` for whoever only reads what is published.
    pub fn vacancies(&self) -> Result<Option<EmployerId>, AppError> {
        match self {
            Self::Office => Ok(None),
            Self::Employer(own) => Ok(Some(*own)),
            Self::Account(_) | Self::Village(_) | Self::Agency(_) | Self::Nobody => Err(WRONG_ROLE),
        }
    }
}

/// Who acts. Only a capability, a session, the terminal and the service make one.
#[derive(Clone, Debug)]
pub struct Acting {
    actor: AuditActor,
    capacity: Option<Actor>,
    account: Option<AccountId>,
    office: Option<OrganisationId>,
    acts_for: Option<Uuid>,
    reach: Reach,
    rights: Vec<Right>,
}

impl Acting {
    /// The service itself: runs, deadlines, consequences.
    pub fn system() -> Self {
        Self {
            actor: AuditActor::System,
            capacity: Some(Actor::System),
            account: None,
            office: None,
            acts_for: None,
            reach: Reach::Office,
            rights: Vec::new(),
        }
    }

    /// The terminal of the installation: an officer with every right, without a login; it may undo what it did.
    pub fn terminal() -> Self {
        Self {
            actor: AuditActor::Terminal,
            capacity: Some(Actor::Staff),
            acts_for: Some(Uuid::nil()),
            rights: Right::ALL.to_vec(),
            ..Self::system()
        }
    }

    /// Somebody without a login who registers a company: reaches nothing.
    pub fn registrant() -> Self {
        Self {
            actor: AuditActor::Employer,
            capacity: Some(Actor::Employer),
            reach: Reach::Nobody,
            ..Self::system()
        }
    }

    /// Somebody who exchanges a code from paper for this login.
    pub(crate) fn resident(account: AccountId) -> Self {
        Self::login(account, AuditActor::Person, Some(Actor::Person), Reach::Account(account))
    }

    /// The service doing what somebody set off (publishing a run, erasing a person): the event says the service, the
    /// audit still whose doing it was.
    #[must_use]
    pub fn as_system(&self) -> Self {
        Self {
            capacity: Some(Actor::System),
            acts_for: self.office.map(|office| office.0),
            reach: Reach::Office,
            rights: Vec::new(),
            ..self.clone()
        }
    }

    /// The same about something that was found within reach by other means: what is done is not looked for again.
    #[must_use]
    pub(crate) fn reaching_all(&self) -> Self {
        Self { reach: Reach::Office, ..self.clone() }
    }

    /// A login that acts, without what its capability adds.
    fn login(account: AccountId, actor: AuditActor, capacity: Option<Actor>, reach: Reach) -> Self {
        Self {
            actor,
            capacity,
            account: Some(account),
            office: None,
            acts_for: None,
            reach,
            rights: Vec::new(),
        }
    }

    /// The same on behalf of an office.
    fn of_office(self, office: OrganisationId) -> Self {
        Self { office: Some(office), acts_for: Some(office.0), ..self }
    }

    /// The name in the audit: the role of the login, or the terminal, or the service.
    pub fn actor(&self) -> AuditActor {
        self.actor
    }

    /// The capacity in the tables of the state machines.
    ///
    /// # Errors
    /// `role_not_allowed` for agencies and administrators: no table knows them.
    pub fn capacity(&self) -> Result<Actor, AppError> {
        self.capacity.ok_or(WRONG_ROLE)
    }

    /// The login; none for the service, the terminal and who registers.
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// The office acted for.
    pub fn office(&self) -> Option<OrganisationId> {
        self.office
    }

    /// The office or employer acted for; whoever undoes must act for the same one.
    pub fn acts_for(&self) -> Option<Uuid> {
        self.acts_for
    }

    /// What is within reach.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Asks whether the caller may change how the office counts its days: a supervisor, or the terminal.
    ///
    /// # Errors
    /// `role_not_allowed`.
    pub fn keeps_calendar(&self) -> Result<(), AppError> {
        match self.actor {
            AuditActor::Supervisor | AuditActor::Terminal => Ok(()),
            AuditActor::Person
            | AuditActor::Companion
            | AuditActor::Employer
            | AuditActor::Staff
            | AuditActor::Agency
            | AuditActor::Administrator
            | AuditActor::System => Err(WRONG_ROLE),
        }
    }

    /// Asks for a right of an officer.
    ///
    /// # Errors
    /// `right_missing`.
    pub fn may(&self, right: Right) -> Result<(), AppError> {
        if self.rights.contains(&right) {
            Ok(())
        } else {
            Err(AppError::Forbidden(ProblemCode::RightMissing))
        }
    }
}

impl Staff {
    /// As an officer. A supervisor does an officer's work as an officer with every right and keeps the own name in the
    /// audit.
    pub fn acting(&self) -> Acting {
        let (actor, rights) = if self.supervisor {
            (AuditActor::Supervisor, Right::ALL.to_vec())
        } else {
            (AuditActor::Staff, Vec::new())
        };
        let login = Acting::login(self.account, actor, Some(Actor::Staff), Reach::Office);
        Acting { rights, ..login.of_office(self.organisation) }
    }

    /// As an officer whose right to something was checked.
    fn acting_with(&self, right: Right) -> Acting {
        let mut acting = self.acting();
        if !acting.rights.contains(&right) {
            acting.rights.push(right);
        }
        acting
    }
}

impl Verifying {
    /// As an officer who verifies.
    pub fn acting(&self) -> Acting {
        self.0.acting_with(Right::Verify)
    }
}

impl Confirming {
    /// As an officer who confirms.
    pub fn acting(&self) -> Acting {
        self.0.acting_with(Right::Confirm)
    }
}

impl Nominating {
    /// As an officer who nominates.
    pub fn acting(&self) -> Acting {
        self.0.acting_with(Right::Nominate)
    }
}

impl Supervising {
    /// As a supervisor who corrects.
    pub fn acting(&self) -> Acting {
        Acting { capacity: Some(Actor::Supervisor), ..self.0.acting() }
    }
}

impl Employer {
    /// As an employer's login: reaches those referred to its own vacancies.
    pub fn acting(&self) -> Acting {
        let reach = Reach::Employer(self.employer);
        let login = Acting::login(self.account, AuditActor::Employer, Some(Actor::Employer), reach);
        Acting { acts_for: Some(self.employer.0), ..login }
    }
}

impl Trainee {
    /// As the person, or whoever holds the family's login.
    pub fn acting(&self) -> Acting {
        Acting::login(self.account, AuditActor::Person, Some(Actor::Person), Reach::Account(self.account))
    }
}

impl Companion {
    /// As a companion of a village.
    pub fn acting(&self) -> Acting {
        let reach = Reach::Village(self.village.clone());
        Acting::login(self.account, AuditActor::Companion, Some(Actor::Companion), reach)
            .of_office(self.organisation)
    }
}

impl Agency {
    /// As another agency about its nominees.
    pub fn acting(&self) -> Acting {
        let reach = Reach::Agency(self.organisation);
        Acting::login(self.account, AuditActor::Agency, None, reach).of_office(self.organisation)
    }
}

impl Session {
    /// As what the login may do by its role and its rights.
    ///
    /// # Errors
    /// `role_not_allowed` for a login whose office, employer or village is missing.
    pub fn acting(&self) -> Result<Acting, AppError> {
        Ok(match self.role {
            Role::Supervisor => self.staff()?.acting(),
            Role::Staff => Acting { rights: self.rights.clone(), ..self.staff()?.acting() },
            Role::Employer => self.employer()?.acting(),
            Role::Trainee => self.trainee()?.acting(),
            Role::Companion => self.companion()?.acting(),
            Role::Agency => self.agency()?.acting(),
            Role::Administrator => {
                Acting::login(self.account, AuditActor::Administrator, None, Reach::Nobody)
            }
        })
    }

    /// The same for an event of an application: a supervisor corrects as such and does everything else as an officer.
    ///
    /// # Errors
    /// As `acting`, and `role_not_allowed` for roles that no table of events knows.
    pub fn acting_on(&self, event: Event) -> Result<Acting, AppError> {
        let acting = match self.role {
            Role::Supervisor if event == Event::Correct => self.supervising()?.acting(),
            _ => self.acting()?,
        };
        acting.capacity().map(|_| acting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const OWN: EmployerId = EmployerId(Uuid::from_u128(2));
    const LOGIN: AccountId = AccountId(Uuid::from_u128(3));

    fn session(role: Role, rights: &[Right]) -> Session {
        let office = matches!(role, Role::Staff | Role::Supervisor | Role::Companion | Role::Agency);
        Session {
            account: LOGIN,
            role,
            organisation: office.then_some(OFFICE),
            employer: (role == Role::Employer).then_some(OWN),
            village: (role == Role::Companion).then(|| "33.11.05.2010".to_owned()),
            rights: rights.to_vec(),
            people: Vec::new(),
            _loaded: super::super::Loaded,
        }
    }

    fn acting(role: Role) -> Acting {
        session(role, &[]).acting().unwrap()
    }

    #[test]
    fn the_audit_names_a_login_by_its_role_in_every_capacity() {
        let names: Vec<&str> = Role::ALL.iter().map(|role| acting(*role).actor().as_str()).collect();
        let expected = ["person", "companion", "employer", "staff", "supervisor", "agency", "administrator"];
        assert_eq!(names, expected);
        let chief = session(Role::Supervisor, &[]);
        for event in [Event::Correct, Event::Confirm] {
            let acting = chief.acting_on(event).unwrap();
            assert_eq!(acting.actor(), AuditActor::Supervisor);
            assert_eq!(acting.as_system().actor(), AuditActor::Supervisor);
        }
        assert_eq!(chief.acting_on(Event::Correct).unwrap().capacity().unwrap(), Actor::Supervisor);
        assert_eq!(chief.acting_on(Event::Confirm).unwrap().capacity().unwrap(), Actor::Staff);
        assert_eq!(Acting::terminal().actor(), AuditActor::Terminal);
        assert_eq!(Acting::terminal().capacity().unwrap(), Actor::Staff);
    }

    #[test]
    fn no_table_knows_agencies_and_administrators() {
        for role in [Role::Agency, Role::Administrator] {
            assert!(acting(role).capacity().is_err());
            assert!(session(role, &[]).acting_on(Event::Confirm).is_err());
        }
    }

    #[test]
    fn a_right_comes_from_the_session_and_a_supervisor_has_all() {
        let some = session(Role::Staff, &[Right::Confirm]).acting().unwrap();
        assert!(some.may(Right::Confirm).is_ok());
        assert!(some.may(Right::Verify).is_err());
        assert!(Right::ALL.iter().all(|right| acting(Role::Supervisor).may(*right).is_ok()));
        assert!(Right::ALL.iter().all(|right| Acting::terminal().may(*right).is_ok()));
        assert!(Right::ALL.iter().all(|right| Acting::system().may(*right).is_err()));
        assert!(Right::ALL.iter().all(|right| Acting::terminal().as_system().may(*right).is_err()));
        assert!(Right::ALL.iter().all(|right| acting(Role::Employer).may(*right).is_err()));
    }

    #[test]
    fn supervisors_and_the_terminal_keep_the_calendar() {
        let keeping: Vec<Role> =
            Role::ALL.iter().copied().filter(|role| acting(*role).keeps_calendar().is_ok()).collect();
        assert_eq!(keeping, [Role::Supervisor]);
        assert!(Acting::terminal().keeps_calendar().is_ok());
        assert!(Acting::system().keeps_calendar().is_err() && Acting::registrant().keeps_calendar().is_err());
    }

    #[test]
    fn each_role_reaches_its_own_and_no_more() {
        let reaches: Vec<Reach> = Role::ALL.iter().map(|role| acting(*role).reach().clone()).collect();
        let village = Reach::Village("33.11.05.2010".to_owned());
        let expected = [
            Reach::Account(LOGIN),
            village,
            Reach::Employer(OWN),
            Reach::Office,
            Reach::Office,
            Reach::Agency(OFFICE),
            Reach::Nobody,
        ];
        assert_eq!(reaches, expected);
        let allowed =
            |reach: &Reach| (reach.people().is_ok(), reach.applications().is_ok(), reach.vacancies().is_ok());
        let of: Vec<_> = reaches.iter().map(allowed).collect();
        let (helper, all) = ((true, true, false), (true, true, true));
        assert_eq!(of, [helper, helper, (false, true, true), all, all, helper, (false, false, false)]);
        assert_eq!(Reach::Employer(OWN).vacancies().unwrap(), Some(OWN));
        assert_eq!(Reach::Office.vacancies().unwrap(), None);
        assert_eq!(Acting::registrant().reach(), &Reach::Nobody);
    }

    #[test]
    fn a_login_without_its_office_does_not_act() {
        for role in [Role::Staff, Role::Supervisor, Role::Companion, Role::Agency, Role::Employer] {
            let bare = Session { organisation: None, employer: None, ..session(role, &[]) };
            assert!(bare.acting().is_err(), "{role:?}");
        }
    }
}
