//! Policies: the rule of a match run, with its revisions. What a policy may say is `matching::policy`.
use sqlx::types::Json;

use crate::{
    app::{App, AppError, system},
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::AccountId,
    },
    matching::policy::Policy,
    store::{
        Tx,
        runs::{self, PolicyRow},
    },
    transact,
};

/// Name of the policy that runs use when none is named.
pub const DEFAULT_POLICY: &str = "default";

/// The newest revision of a policy; the shipped default is stored when the office has none yet.
pub async fn policy(app: &App, name: &str) -> Result<PolicyRow, AppError> {
    let row = transact!(app, tx => {
        if let Some(found) = runs::newest_policy(tx, name).await? {
            return Ok(found);
        }
        if name != DEFAULT_POLICY {
            return Err(AppError::field("policy", FieldCode::UnknownPolicy, name));
        }
        store_policy(app, tx, name, &Policy::default(), None).await
    })?;
    Ok(row)
}

/// Stores the next revision of a policy; an unchanged body gives the present revision back.
pub async fn store_policy(
    app: &App,
    tx: &mut Tx,
    name: &str,
    policy: &Policy,
    created_by: Option<AccountId>,
) -> Result<PolicyRow, AppError> {
    policy.check().map_err(|error| AppError::field("policy", FieldCode::PolicyRefused, error))?;
    let body = serde_json::to_value(policy).map_err(|error| AppError::Internal(error.to_string()))?;
    let newest = runs::newest_policy(tx, name).await?;
    if let Some(same) = newest.as_ref().filter(|row| row.body.0 == body) {
        return Ok(same.clone());
    }
    let row = PolicyRow {
        id: system::fresh(),
        name: name.to_owned(),
        revision: newest.map_or(1, |row| row.revision + 1),
        body: Json(body),
        created_by,
        created_at: app.clock.now(),
    };
    if runs::insert_policy(tx, &row).await? == 0 {
        return Err(AppError::conflict(ProblemCode::PolicyChanged, name));
    }
    Ok(row)
}

/// A policy that is tried without being stored.
pub fn unstored_policy(app: &App, name: &str, policy: &Policy) -> Result<PolicyRow, AppError> {
    policy.check().map_err(|error| AppError::field("policy", FieldCode::PolicyRefused, error))?;
    Ok(PolicyRow {
        id: system::fresh(),
        name: name.to_owned(),
        revision: 0,
        body: Json(serde_json::to_value(policy).map_err(|error| AppError::Internal(error.to_string()))?),
        created_by: None,
        created_at: app.clock.now(),
    })
}

/// The rule in a policy row.
pub fn parse_policy(row: &PolicyRow) -> Result<Policy, AppError> {
    Policy::parse(&row.body.0.to_string()).map_err(|error| {
        AppError::Internal(format!("policy {} revision {}: {error}", row.name, row.revision))
    })
}
