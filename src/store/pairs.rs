//! What became of pairs of person and vacancy, for match runs and shortlists: which are open, which ended in a no.
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        application::State,
        ids::{PersonId, VacancyId},
    },
    sql,
    store::{StoreError, Tx},
};

/// Pairs (person, vacancy) that ended in a no within the policy time and are not proposed again.
pub async fn recent_noes(
    tx: &mut Tx,
    since: DateTime<Utc>,
) -> Result<Vec<(PersonId, VacancyId)>, StoreError> {
    sql!(
        tx,
        fetch_all<(PersonId, VacancyId)>,
        "select distinct person_id, vacancy_id from applications \
         where state in ('dismissed', 'declined', 'refused', 'withdrawn', 'no_show') and updated_at >= $1",
        since
    )
}

/// Pairs with an open application: they need no new proposal.
pub async fn open_pairs(tx: &mut Tx) -> Result<Vec<(PersonId, VacancyId, State)>, StoreError> {
    sql!(
        tx,
        fetch_all<(PersonId, VacancyId, State)>,
        "select person_id, vacancy_id, state from applications where state in \
         ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired', 'started')"
    )
}

/// As `recent_noes`, for one vacancy.
pub async fn recent_noes_of(
    tx: &mut Tx,
    vacancy: VacancyId,
    since: DateTime<Utc>,
) -> Result<Vec<(PersonId,)>, StoreError> {
    sql!(
        tx,
        fetch_all<(PersonId,)>,
        "select distinct person_id from applications where vacancy_id = $1 \
         and state in ('dismissed', 'declined', 'refused', 'withdrawn', 'no_show') and updated_at >= $2",
        vacancy,
        since
    )
}

/// As `open_pairs`, for one vacancy.
pub async fn open_pairs_of(tx: &mut Tx, vacancy: VacancyId) -> Result<Vec<(PersonId, State)>, StoreError> {
    sql!(
        tx,
        fetch_all<(PersonId, State)>,
        "select person_id, state from applications where vacancy_id = $1 and state in \
         ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired', 'started')",
        vacancy
    )
}

/// The vacancies of a person's applications that they know of, and that are open or ended in a no since a moment. What an office
/// proposes without their knowing is not among them: that it is missing somewhere would tell it.
pub async fn settled_of_person(
    tx: &mut Tx,
    person: PersonId,
    since: DateTime<Utc>,
) -> Result<Vec<VacancyId>, StoreError> {
    let rows = sql!(
        tx,
        fetch_all<(VacancyId,)>,
        "select distinct vacancy_id from applications where person_id = $1 and known_since is not null and (state in \
         ('consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired', 'started') or state in \
         ('dismissed', 'declined', 'refused', 'withdrawn', 'no_show') and updated_at >= $2)",
        person,
        since
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
