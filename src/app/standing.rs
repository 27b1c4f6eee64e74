//! From a loaded session to the capacity in which it acts and to what it may see. Belongs here: the choice of
//! capability by role. Does not belong here: what a capability allows (`access`, the tables of `domain`).
use crate::{
    app::{
        AppError,
        access::{Role, Session},
        employers::Hand,
        people::Reach,
        workflow::By,
    },
    domain::{application::Event, disclosure::Audience, ids::EmployerId},
    store::applications::Scope,
};

/// The refusal for a role that has no business here.
const WRONG_ROLE: AppError = AppError::Forbidden("role_not_allowed");

/// In whose eyes the session looks; an administrator sees no person's data.
pub fn audience(session: &Session) -> Result<Audience, AppError> {
    match session.role {
        Role::Staff | Role::Supervisor => Ok(Audience::Office),
        Role::Agency => Ok(Audience::Agency),
        Role::Companion => Ok(Audience::Companion),
        Role::Trainee => Ok(Audience::Person),
        Role::Employer => Ok(Audience::Employer),
        Role::Administrator => Err(WRONG_ROLE),
    }
}

/// The capacity in which the session causes an event of an application. A supervisor corrects as such and does
/// everything else as an officer with every right.
pub fn by(session: &Session, event: Event) -> Result<By, AppError> {
    match session.role {
        Role::Supervisor if event == Event::Correct => Ok(By::supervising(&session.supervising()?)),
        Role::Staff | Role::Supervisor => match session.confirming() {
            Ok(officer) => Ok(By::confirming(&officer)),
            Err(_) => Ok(By::staff(&session.staff()?)),
        },
        Role::Employer => Ok(By::employer(&session.employer()?)),
        Role::Trainee => Ok(By::trainee(&session.trainee()?)),
        Role::Companion => Ok(By::companion(&session.companion()?)),
        Role::Agency | Role::Administrator => Err(WRONG_ROLE),
    }
}

/// Whose personal data the session reaches.
pub fn reach(session: &Session) -> Result<Reach, AppError> {
    match session.role {
        Role::Staff | Role::Supervisor => Ok(Reach::staff(&session.staff()?)),
        Role::Trainee => Ok(Reach::trainee(&session.trainee()?)),
        Role::Companion => Ok(Reach::companion(&session.companion()?)),
        Role::Agency => Ok(Reach::agency(&session.agency()?)),
        Role::Employer | Role::Administrator => Err(WRONG_ROLE),
    }
}

/// As whom the session registers residents: officers anybody, a companion the own village, an agency its nominees. A
/// resident's own login is made from a code on paper, for a person who is registered.
pub fn registering(session: &Session) -> Result<Reach, AppError> {
    if session.role == Role::Trainee { Err(WRONG_ROLE) } else { reach(session) }
}

/// Which applications the session may see.
pub fn applications(session: &Session) -> Result<Scope, AppError> {
    Ok(match session.role {
        Role::Staff | Role::Supervisor => {
            session.staff()?;
            Scope::default()
        }
        Role::Employer => Scope { employer: Some(session.employer()?.employer), ..Scope::default() },
        Role::Trainee => Scope { account: Some(session.trainee()?.account), ..Scope::default() },
        Role::Companion => Scope { village: Some(session.companion()?.village), ..Scope::default() },
        Role::Agency => Scope { agency: Some(session.agency()?.organisation), ..Scope::default() },
        Role::Administrator => return Err(WRONG_ROLE),
    })
}

/// Who acts on vacancies, and whose: an officer on all, an employer's login on its own.
pub fn hand(session: &Session) -> Result<(Hand, Option<EmployerId>), AppError> {
    match session.role {
        Role::Staff | Role::Supervisor => Ok((Hand::staff(&session.staff()?), None)),
        Role::Employer => {
            let login = session.employer()?;
            Ok((Hand::employer(&login), Some(login.employer)))
        }
        Role::Trainee | Role::Companion | Role::Agency | Role::Administrator => Err(WRONG_ROLE),
    }
}
