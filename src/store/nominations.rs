//! Nominations: which agency named which NIK, by its keyed hash, and what an officer said. Whose nominee a person is is asked
//! of this table alone; `people.nominated_by` is the first of them, which sees to visits and desil checks.
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        ids::{AccountId, NominationId, OrganisationId, PersonId},
        nomination::State,
    },
    sql,
    store::{StoreError, Tx, statement::place},
};

/// A nomination as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Nomination {
    pub id: NominationId,
    pub organisation_id: OrganisationId,
    /// Keyed hash of the NIK that was named.
    pub nik_lookup: Vec<u8>,
    /// Who it is, once accepted.
    pub person_id: Option<PersonId>,
    pub state: State,
    pub made_at: DateTime<Utc>,
    /// None for what an earlier program or the terminal made.
    pub made_by: Option<AccountId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<AccountId>,
}

/// A nomination with what a list shows.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    pub id: NominationId,
    pub organisation_id: OrganisationId,
    /// Name of the agency.
    pub organisation: String,
    pub state: State,
    /// Who is registered with this NIK now, whatever the state.
    pub registered: Option<PersonId>,
    /// Their name.
    pub person_name: Option<String>,
    pub made_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
}

/// What a listing asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of this agency.
    pub organisation: Option<OrganisationId>,
    pub state: Option<State>,
}

/// Keeps a nomination; one of the same agency and NIK stays as it is, unless it was refused or this one is accepted.
pub async fn keep(tx: &mut Tx, n: &Nomination) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into nominations (id, organisation_id, nik_lookup, person_id, state, made_at, made_by, decided_at, decided_by) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (organisation_id, nik_lookup) do update set \
         person_id = excluded.person_id, state = excluded.state, made_at = excluded.made_at, made_by = excluded.made_by, \
         decided_at = excluded.decided_at, decided_by = excluded.decided_by \
         where nominations.state = 'refused' or (nominations.state = 'waiting' and excluded.state = 'accepted')",
        n.id,
        n.organisation_id,
        n.nik_lookup.clone(),
        n.person_id,
        n.state,
        n.made_at,
        n.made_by,
        n.decided_at,
        n.decided_by
    )
}

/// The id of what an agency named.
pub async fn id_of(
    tx: &mut Tx,
    organisation: OrganisationId,
    nik_lookup: &[u8],
) -> Result<Option<NominationId>, StoreError> {
    let found = sql!(
        tx,
        fetch_optional<(NominationId,)>,
        "select id from nominations where organisation_id = $1 and nik_lookup = $2",
        organisation,
        nik_lookup.to_vec()
    )?;
    Ok(found.map(|(id,)| id))
}

/// One nomination.
pub async fn find(tx: &mut Tx, id: NominationId) -> Result<Option<Listed>, StoreError> {
    sql!(
        tx,
        fetch_optional<Listed>,
        "select n.id, n.organisation_id, o.name as organisation, n.state, p.id as registered, p.name as person_name, n.made_at, \
         n.decided_at from nominations n join organisations o on o.id = n.organisation_id \
         left join people p on p.nik_lookup = n.nik_lookup and p.erased_at is null where n.id = $1",
        id
    )
}

/// One page behind a place, oldest first.
pub async fn page(
    tx: &mut Tx,
    filter: Filter,
    after: Option<(DateTime<Utc>, NominationId)>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<Listed>,
        "select n.id, n.organisation_id, o.name as organisation, n.state, p.id as registered, p.name as person_name, n.made_at, \
         n.decided_at from nominations n join organisations o on o.id = n.organisation_id \
         left join people p on p.nik_lookup = n.nik_lookup and p.erased_at is null \
         where (n.made_at, n.id) > ($1, $2) and (n.organisation_id = $4 or $4 is null) and (n.state = $5 or $5 is null) \
         order by n.made_at, n.id limit $3",
        at,
        id,
        limit,
        filter.organisation,
        filter.state
    )
}

/// What agencies named a person, oldest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Listed>, StoreError> {
    sql!(
        tx,
        fetch_all<Listed>,
        "select n.id, n.organisation_id, o.name as organisation, n.state, p.id as registered, p.name as person_name, n.made_at, \
         n.decided_at from people p join nominations n on n.nik_lookup = p.nik_lookup \
         join organisations o on o.id = n.organisation_id where p.id = $1 and p.erased_at is null order by n.made_at, n.id",
        person
    )
}

/// Decides one that waits; 0 rows when it does not wait any more.
pub async fn decide(
    tx: &mut Tx,
    id: NominationId,
    state: State,
    person: Option<PersonId>,
    (by, at): (Option<AccountId>, DateTime<Utc>),
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update nominations set state = $2, person_id = $3, decided_by = $4, decided_at = $5 where id = $1 and state = 'waiting'",
        id,
        state,
        person,
        by,
        at
    )
}

/// Makes an agency the first that nominated a person, where none did before.
pub async fn set_first(
    tx: &mut Tx,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update people set nominated_by = $2 where id = $1 and nominated_by is null",
        person,
        organisation
    )
}

/// Forgets who named a person, before their row is emptied. What no officer accepted keeps waiting with random bytes in place
/// of the hash: that it went would tell the agency that somebody was there.
pub async fn forget(tx: &mut Tx, person: PersonId, random: &[u8]) -> Result<(), StoreError> {
    sql!(tx, execute, "delete from nominations where person_id = $1", person)?;
    sql!(
        tx,
        execute,
        "update nominations set nik_lookup = $2 where nik_lookup = (select nik_lookup from people where id = $1)",
        person,
        random.to_vec()
    )?;
    Ok(())
}

/// Forgets what was named before a moment and not accepted, whether somebody is registered or not.
pub async fn prune(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    sql!(tx, execute, "delete from nominations where made_at < $1 and person_id is null", before)
}
