//! An employer registers by itself: the company and its first login, in one transaction. Nothing may be published
//! before an officer verified it.
use std::net::IpAddr;

use crate::{
    app::{
        App, AppError,
        access::{Role, acting::Acting},
        accounts::{self, NewAccount, auth::Auth},
        employers::{self, seen::EmployerView},
        people,
    },
    domain::{codes::ProblemCode, intake::employer::EmployerRow},
    store::employers as rows,
    transact,
};

/// Registers a company with its first login. A business number that is known is a conflict, so sending the same form
/// twice registers once.
///
/// # Errors
/// `nib_known`, the fields that cannot be accepted, `too_many_attempts` from an address that has to wait.
pub async fn register(
    app: &App,
    auth: &Auth,
    address: Option<IpAddr>,
    row: &EmployerRow,
    (login, password): (&str, &str),
) -> Result<EmployerView, AppError> {
    let limit = &auth.limits().registrations;
    limit.check(address)?;
    let mut issues = Vec::new();
    let draft = match row.judge().into_result() {
        Ok((draft, _)) => Some(draft),
        Err(problems) => collect(people::issues(&problems), &mut issues)?,
    };
    if let Err(error) = accounts::check_password(password, &[login]) {
        collect::<()>(error, &mut issues)?;
    }
    let Some(draft) = draft.filter(|_| issues.is_empty()) else {
        return Err(AppError::Invalid(issues));
    };
    // Whether a number is known is told: what is counted is every form that could be read.
    limit.count(address);
    let mut tx = app.db.read().await?;
    if rows::find_by_nib(&mut tx, draft.nib.as_str()).await?.is_some() {
        return Err(AppError::conflict(ProblemCode::NibKnown, draft.nib));
    }
    tx.rollback().await?;
    let password_hash = auth.hashing().hash(password.to_owned()).await?;
    let registrant = Acting::registrant();
    transact!(app, tx => {
        let employer = employers::register(app, tx, &registrant, &draft, false).await?;
        let new = NewAccount {
            login: login.to_owned(),
            password_hash: password_hash.clone(),
            role: Role::Employer,
            organisation: None,
            employer: Some(employer.id),
            rights: Vec::new(),
            people: Vec::new(),
        };
        accounts::create(app, tx, &registrant, &new).await?;
        Ok(employer.into())
    })
}

/// Keeps refused fields for one answer about all of them; any other error ends the registration.
fn collect<T>(
    error: AppError,
    issues: &mut Vec<crate::app::error::FieldIssue>,
) -> Result<Option<T>, AppError> {
    match error {
        AppError::Invalid(found) => {
            issues.extend(found);
            Ok(None)
        }
        other => Err(other),
    }
}
