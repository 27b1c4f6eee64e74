//! Logins, their rights and the persons they hold.
use crate::{
    domain::{
        access::{Right, Role},
        ids::{AccountId, EmployerId, OrganisationId, PersonId},
    },
    sql,
    store::{StoreError, Tx},
};

/// What a session needs of an active login.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ActiveAccount {
    /// Its id.
    pub id: AccountId,
    /// Its role.
    pub role: Role,
    /// Its office.
    pub organisation_id: Option<OrganisationId>,
    /// Its employer.
    pub employer_id: Option<EmployerId>,
    /// Village of its office.
    pub village: Option<String>,
}

/// Finds a login that is active.
pub async fn find_active(tx: &mut Tx, id: AccountId) -> Result<Option<ActiveAccount>, StoreError> {
    sql!(
        tx,
        fetch_optional<ActiveAccount>,
        "select a.id, a.role, a.organisation_id, a.employer_id, o.village from accounts a \
         left join organisations o on o.id = a.organisation_id where a.id = $1 and a.state = 'active'",
        id
    )
}

/// Its rights.
pub async fn rights(tx: &mut Tx, id: AccountId) -> Result<Vec<Right>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(Right,)>,
        "select held from account_rights where account_id = $1 order by held",
        id
    )?;
    Ok(rows.into_iter().map(|(right,)| right).collect())
}

/// The persons it holds.
pub async fn people(tx: &mut Tx, id: AccountId) -> Result<Vec<PersonId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(PersonId,)>,
        "select person_id from account_people where account_id = $1 order by person_id",
        id
    )?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}
