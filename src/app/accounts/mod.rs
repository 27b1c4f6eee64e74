//! Making and changing logins and offices, for the command line and for supervisors. How a login proves itself is
//! `auth`, what it may do is `access`.
pub mod activation;
pub mod auth;
pub mod forgotten;
pub mod limits;
pub mod password;
pub mod sessions;

use crate::{
    app::{
        App, AppError,
        access::{Right, Role, acting::Acting},
        audit::{self, AuditEvent},
        error::FieldIssue,
        system,
    },
    domain::{
        codes::FieldCode,
        ids::{AccountId, EmployerId, OrganisationId, PersonId},
    },
    store::{
        Tx,
        accounts::{self, Account, AccountState},
        employers,
        organisations::{self, Organisation, OrganisationKind},
        password_links, people, sessions as page_logins, tokens,
    },
};

/// A login to be made.
#[derive(Clone)]
pub struct NewAccount {
    /// The name typed at login.
    pub login: String,
    /// Argon2id hash of its password (`password::hash_now` or `Hashing::hash`).
    pub password_hash: String,
    /// What kind of user.
    pub role: Role,
    /// Its office: staff, supervisor, companion, agency.
    pub organisation: Option<OrganisationId>,
    /// Its employer: role employer.
    pub employer: Option<EmployerId>,
    /// Rights, for staff.
    pub rights: Vec<Right>,
    /// The persons it holds, for a trainee.
    pub people: Vec<PersonId>,
}

/// Makes a login with its rights and persons.
pub async fn create(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    new: &NewAccount,
) -> Result<AccountId, AppError> {
    let login = auth::normal_login(&new.login);
    let mut issues = shape_issues(&login, new);
    issues.extend(reference_issues(tx, new).await?);
    if !issues.is_empty() {
        return Err(AppError::Invalid(issues));
    }
    let id: AccountId = system::fresh();
    let row = Account {
        id,
        login: login.clone(),
        password_hash: new.password_hash.clone(),
        role: new.role,
        state: AccountState::Active,
        organisation_id: new.organisation,
        employer_id: new.employer,
        failed_logins: 0,
        locked_until: None,
        created_at: app.clock.now(),
    };
    if accounts::insert(tx, &row).await? == 0 {
        return Err(AppError::field("login", FieldCode::LoginTaken, login));
    }
    for right in &new.rights {
        accounts::grant(tx, id, *right).await?;
    }
    for person in &new.people {
        people::attach(tx, id, *person).await?;
    }
    audit::write(tx, acting, app.clock.now(), AuditEvent::AccountCreate(id)).await?;
    Ok(id)
}

/// Gives a login another password; every login made with the old one ends.
pub async fn set_password(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: AccountId,
    password_hash: &str,
) -> Result<(), AppError> {
    if accounts::set_password(tx, id, password_hash).await? == 0 {
        return Err(AppError::NotFound);
    }
    page_logins::end_account(tx, id).await?;
    password_links::end_account(tx, id).await?;
    tokens::revoke_account(tx, id, app.clock.now()).await?;
    audit::write(tx, acting, app.clock.now(), AuditEvent::AccountPassword(id)).await
}

/// Makes a login unusable at once: the next request of any of its tokens is refused.
pub async fn disable(app: &App, tx: &mut Tx, acting: &Acting, id: AccountId) -> Result<(), AppError> {
    if !accounts::lock(tx, id).await? {
        return Err(AppError::NotFound);
    }
    if accounts::disable(tx, id).await? == 1 {
        page_logins::end_account(tx, id).await?;
        password_links::end_account(tx, id).await?;
        tokens::revoke_account(tx, id, app.clock.now()).await?;
        audit::write(tx, acting, app.clock.now(), AuditEvent::AccountDisable(id)).await?;
    }
    Ok(())
}

/// Makes an office.
pub async fn create_organisation(
    app: &App,
    tx: &mut Tx,
    name: &str,
    kind: OrganisationKind,
    village: Option<String>,
) -> Result<OrganisationId, AppError> {
    let id = system::fresh();
    let row = Organisation { id, name: name.to_owned(), kind, village, created_at: app.clock.now() };
    organisations::insert(tx, &row).await?;
    Ok(id)
}

/// Checks a password in clear text before it is hashed; `about` is what somebody who knows its owner would try first.
pub fn check_password(password: &str, about: &[&str]) -> Result<(), AppError> {
    if password.chars().count() < password::SHORTEST {
        return Err(AppError::field("password", FieldCode::PasswordTooShort, "***"));
    }
    if password.len() > password::LONGEST {
        return Err(AppError::field("password", FieldCode::PasswordTooLong, "***"));
    }
    if password::is_guessable(password, about) {
        return Err(AppError::field("password", FieldCode::PasswordGuessable, "***"));
    }
    Ok(())
}

fn shape_issues(login: &str, new: &NewAccount) -> Vec<FieldIssue> {
    let mut issues = Vec::new();
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+');
    if !(3..=100).contains(&login.chars().count()) || !login.chars().all(letters) {
        issues.push(FieldIssue::new("login", FieldCode::BadLogin, login));
    }
    let office = matches!(new.role, Role::Staff | Role::Supervisor | Role::Companion | Role::Agency);
    if office != new.organisation.is_some() {
        let code = if office { FieldCode::OrganisationMissing } else { FieldCode::OrganisationNotAllowed };
        issues.push(FieldIssue::new("organisation", code, new.role.as_str()));
    }
    if (new.role == Role::Employer) != new.employer.is_some() {
        let code = if new.role == Role::Employer {
            FieldCode::EmployerMissing
        } else {
            FieldCode::EmployerNotAllowed
        };
        issues.push(FieldIssue::new("employer", code, new.role.as_str()));
    }
    if !new.rights.is_empty() && new.role != Role::Staff {
        issues.push(FieldIssue::new("rights", FieldCode::RightsNotAllowed, new.role.as_str()));
    }
    if !new.people.is_empty() && new.role != Role::Trainee {
        issues.push(FieldIssue::new("people", FieldCode::PeopleNotAllowed, new.role.as_str()));
    }
    issues
}

async fn reference_issues(tx: &mut Tx, new: &NewAccount) -> Result<Vec<FieldIssue>, AppError> {
    let mut issues = Vec::new();
    if let Some(id) = new.organisation {
        match organisations::find(tx, id).await? {
            None => issues.push(FieldIssue::new("organisation", FieldCode::UnknownOrganisation, id)),
            Some(office) if kind_of(new.role).is_some_and(|kind| kind != office.kind) => {
                issues.push(FieldIssue::new("organisation", FieldCode::WrongKindOfOrganisation, id));
            }
            Some(_) => {}
        }
    }
    if let Some(id) = new.employer
        && employers::find(tx, id).await?.is_none()
    {
        issues.push(FieldIssue::new("employer", FieldCode::UnknownEmployer, id));
    }
    for id in &new.people {
        if people::find(tx, &people::Scope::Office, *id).await?.is_none() {
            issues.push(FieldIssue::new("people", FieldCode::UnknownPerson, id));
        }
    }
    Ok(issues)
}

/// The kind of office a role belongs to.
fn kind_of(role: Role) -> Option<OrganisationKind> {
    match role {
        Role::Staff | Role::Supervisor => Some(OrganisationKind::LabourOffice),
        Role::Companion => Some(OrganisationKind::Village),
        Role::Agency => Some(OrganisationKind::Agency),
        Role::Trainee | Role::Employer | Role::Administrator => None,
    }
}
