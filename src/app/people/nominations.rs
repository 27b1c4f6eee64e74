//! Nominations: an agency names a resident by NIK, an officer decides. Belongs here: who may name, decide and read. Does not
//! belong here: what the agency then does with its nominees (that is its reach everywhere else).
//!
//! Naming looks nobody up: it is the same work and the same answer whether the NIK is registered, unknown or named before.
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        After, App, AppError,
        access::{
            WRONG_ROLE,
            acting::{Acting, Reach},
        },
        audit::{self, AuditEvent},
        system,
    },
    domain::{
        access::Right,
        codes::{FieldCode, ProblemCode},
        ids::{NominationId, OrganisationId, PersonId},
        nik::Nik,
        nomination::State,
    },
    store::{
        Tx,
        nominations::{self, Filter, Listed, Nomination},
        organisations::{self, OrganisationKind},
        people::{self, Person},
    },
};

/// A nomination with as much as the caller may see.
#[derive(Serialize, ToSchema)]
#[schema(as = Nomination)]
pub struct NominationView {
    pub id: NominationId,
    /// The agency.
    pub organisation_id: OrganisationId,
    /// Its name.
    #[schema(example = "Dinas Sosial")]
    pub office: String,
    pub state: State,
    /// Who it is: for officers when somebody with this NIK is registered, for the agency once it was accepted.
    pub person_id: Option<PersonId>,
    #[schema(example = "Contoh 12")]
    pub person_name: Option<String>,
    pub made_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl NominationView {
    /// As officers read it, or as the agency that made it does.
    fn of(row: Listed, officer: bool) -> Self {
        let tells = officer || row.state.tells_whom();
        Self {
            id: row.id,
            organisation_id: row.organisation_id,
            office: row.organisation,
            state: row.state,
            person_id: row.registered.filter(|_| tells),
            person_name: row.person_name.filter(|_| tells),
            made_at: row.made_at,
            decided_at: row.decided_at,
        }
    }
}

/// Takes up that an agency names somebody: an agency for itself, the terminal for any.
///
/// # Errors
/// A NIK that is none.
pub async fn name(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    organisation: OrganisationId,
    nik: &str,
) -> Result<(), AppError> {
    match acting.reach() {
        Reach::Agency(own) if *own == organisation => {}
        Reach::Office => check_agency(tx, organisation).await?,
        _ => return Err(WRONG_ROLE),
    }
    let nik = Nik::parse(nik).map_err(|error| AppError::field("nik", error.code(), ""))?;
    let now = app.clock.now();
    let lookup = app.keys.nik_lookup(nik.expose());
    let row = Nomination {
        id: system::fresh(),
        organisation_id: organisation,
        nik_lookup: lookup.clone(),
        person_id: None,
        state: State::Waiting,
        made_at: now,
        made_by: acting.account(),
        decided_at: None,
        decided_by: None,
    };
    nominations::keep(tx, &row).await?;
    let kept = nominations::id_of(tx, organisation, &lookup).await?.unwrap_or(row.id);
    audit::write(tx, acting, now, AuditEvent::NominationCreate(kept)).await
}

/// The office that is named is an agency.
async fn check_agency(tx: &mut Tx, id: OrganisationId) -> Result<(), AppError> {
    let refused = |code| AppError::field("organisation", code, id);
    let found = organisations::find(tx, id).await?.ok_or_else(|| refused(FieldCode::UnknownOrganisation))?;
    if found.kind == OrganisationKind::Agency {
        Ok(())
    } else {
        Err(refused(FieldCode::WrongKindOfOrganisation))
    }
}

/// Keeps that an agency registered somebody: its nominee from the first moment.
pub(super) async fn registered(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: &Person,
) -> Result<(), AppError> {
    let Some(organisation) = person.nominated_by else { return Ok(()) };
    let now = app.clock.now();
    let row = Nomination {
        id: system::fresh(),
        organisation_id: organisation,
        nik_lookup: person.nik_lookup.clone(),
        person_id: Some(person.id),
        state: State::Accepted,
        made_at: now,
        made_by: acting.account(),
        decided_at: Some(now),
        decided_by: acting.account(),
    };
    nominations::keep(tx, &row).await?;
    Ok(())
}

/// One page, oldest first: officers all, an agency its own.
pub async fn page(
    app: &App,
    acting: &Acting,
    state: Option<State>,
    after: After<NominationId>,
    limit: i64,
) -> Result<Vec<NominationView>, AppError> {
    let mut tx = app.db.read().await?;
    listed(&mut tx, acting, state, after, limit).await
}

/// The same inside a transaction.
pub async fn listed(
    tx: &mut Tx,
    acting: &Acting,
    state: Option<State>,
    after: After<NominationId>,
    limit: i64,
) -> Result<Vec<NominationView>, AppError> {
    let (organisation, officer) = match acting.reach() {
        Reach::Office => (None, true),
        Reach::Agency(own) => (Some(*own), false),
        _ => return Err(WRONG_ROLE),
    };
    let rows = nominations::page(tx, Filter { organisation, state }, after, limit).await?;
    Ok(rows.into_iter().map(|row| NominationView::of(row, officer)).collect())
}

/// Decides a nomination that waits: an officer with the right to nominate. Accepted, the person is the agency's nominee.
///
/// # Errors
/// `unknown_person` when nobody with this NIK is registered yet, `wrong_state` when it was decided before.
pub async fn decide(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: NominationId,
    accept: bool,
) -> Result<NominationView, AppError> {
    acting.may(Right::Nominate)?;
    let found = nominations::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let (state, now) = (State::decided(accept), app.clock.now());
    let person = found.registered.filter(|_| accept);
    if let Some(person) = person {
        // Whoever is erased meanwhile is erased before or after: the row is theirs to lock.
        people::lock(tx, person).await?;
    }
    let person = match person {
        Some(person) => people::find(tx, &people::Scope::Office, person).await?.map(|found| found.id),
        None => None,
    };
    if accept && person.is_none() {
        return Err(AppError::field("accept", FieldCode::UnknownPerson, id));
    }
    if nominations::decide(tx, id, state, person, (acting.account(), now)).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.state));
    }
    if let Some(person) = person {
        nominations::set_first(tx, person, found.organisation_id).await?;
    }
    audit::write(tx, acting, now, AuditEvent::NominationDecide(id)).await?;
    let found = nominations::find(tx, id).await?.ok_or(AppError::NotFound)?;
    Ok(NominationView::of(found, true))
}
