//! Offices that may act: the labour office, other agencies, village governments.
use chrono::{DateTime, Utc};

use crate::{
    domain::ids::OrganisationId,
    sql,
    store::{StoreError, Tx},
};

/// What kind of office it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum OrganisationKind {
    /// The labour office (Disperinaker).
    LabourOffice,
    /// Another agency (OPD).
    Agency,
    /// A village government (desa/kelurahan).
    Village,
}

/// One office as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    /// What kind of office it is.
    pub kind: OrganisationKind,
    /// Region code of the village, for a village government only.
    pub village: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Finds an office.
pub async fn find(tx: &mut Tx, id: OrganisationId) -> Result<Option<Organisation>, StoreError> {
    sql!(
        tx,
        fetch_optional<Organisation>,
        "select id, name, kind, village, created_at from organisations where id = $1",
        id
    )
}

/// The offices with this name, oldest first.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Vec<Organisation>, StoreError> {
    sql!(
        tx,
        fetch_all<Organisation>,
        "select id, name, kind, village, created_at from organisations where name = $1 order by created_at, id",
        name.to_owned()
    )
}

/// All offices, oldest first: there are a few hundred at most.
pub async fn all(tx: &mut Tx) -> Result<Vec<Organisation>, StoreError> {
    sql!(
        tx,
        fetch_all<Organisation>,
        "select id, name, kind, village, created_at from organisations order by created_at, id"
    )
}

/// Adds an office.
pub async fn insert(tx: &mut Tx, o: &Organisation) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into organisations (id, name, kind, village, created_at) values ($1, $2, $3, $4, $5)",
        o.id,
        o.name.clone(),
        o.kind,
        o.village.clone(),
        o.created_at
    )
}
