//! Policies: the rule of a match run, with its revisions. What a policy may say is `matching::policy`.
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::types::Json;
use utoipa::ToSchema;

use crate::{
    app::{App, AppError, access::Supervising, system},
    domain::{
        codes::{FieldCode, ProblemCode},
        ids::{AccountId, PolicyId},
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

/// A revision of a policy.
#[derive(Serialize, ToSchema)]
pub struct PolicyView {
    pub id: PolicyId,
    pub name: String,
    /// Counts from 1.
    pub revision: i64,
    /// The rule.
    pub body: Value,
    /// When it was stored.
    pub created_at: DateTime<Utc>,
}

impl From<PolicyRow> for PolicyView {
    fn from(row: PolicyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            revision: row.revision,
            body: row.body.0,
            created_at: row.created_at,
        }
    }
}

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

/// Stores the next revision for a supervisor.
pub async fn revise(
    app: &App,
    tx: &mut Tx,
    supervisor: &Supervising,
    name: &str,
    policy: &Policy,
) -> Result<PolicyView, AppError> {
    let author = Some(supervisor.staff().account());
    Ok(store_policy(app, tx, name, policy, author).await?.into())
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
