//! Rows to be indexed, read in the transaction whose outbox named them (or all of them, for a rebuild).
use std::collections::BTreeSet;

use super::documents::{self, Resident};
use crate::{
    app::{self, AppError},
    domain::{
        ids::{PersonId, VacancyId},
        vacancy::State,
    },
    search::schema::Change,
    store::{
        Tx, outbox, people,
        profiles::{self, Profile},
        vacancies::{self, Vacancy},
    },
};

/// From so many changed people on, everybody is read in a few statements and the others left out: five statements for
/// each would take longer.
const MANY: usize = 500;

/// One object as it is in the database.
#[derive(Debug)]
pub(super) enum Item {
    /// A person with everything the profile holds.
    Person(Resident, Profile),
    /// An open vacancy.
    Vacancy(Box<Vacancy>),
    /// A person who is not there any more.
    NoPerson(PersonId),
    /// A vacancy that is not open, or not there any more.
    NoVacancy(VacancyId),
}

impl Item {
    /// Reads the texts and says what to do with the index.
    pub(super) fn change(&self) -> Change {
        match self {
            Self::Person(resident, profile) => documents::of_person(resident, profile)
                .map_or(Change::RemoveProfile(resident.id), Change::Profile),
            Self::Vacancy(vacancy) => Change::Vacancy(documents::of_vacancy(vacancy)),
            Self::NoPerson(id) => Change::RemoveProfile(*id),
            Self::NoVacancy(id) => Change::RemoveVacancy(*id),
        }
    }
}

/// Everybody and every open vacancy.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<Item>, AppError> {
    let mut items = everybody(tx).await?;
    let open = vacancies::in_state(tx, State::Open).await?;
    items.extend(open.into_iter().map(|vacancy| Item::Vacancy(Box::new(vacancy))));
    Ok(items)
}

/// The objects that outbox entries name, each once, as they are now.
pub(super) async fn named_by(tx: &mut Tx, entries: &[outbox::Entry]) -> Result<Vec<Item>, AppError> {
    let mut people = BTreeSet::new();
    let mut vacancies = BTreeSet::new();
    for entry in entries {
        match entry.kind.as_str() {
            "person" => people.insert(PersonId(entry.object_id)),
            "vacancy" => vacancies.insert(VacancyId(entry.object_id)),
            other => {
                return Err(AppError::Internal(format!(
                    "outbox entry {} of unknown kind {other}",
                    entry.seq
                )));
            }
        };
    }
    let mut items = if people.len() < MANY { each(tx, &people).await? } else { many(tx, people).await? };
    for id in vacancies {
        let found = vacancies::find(tx, None, id).await?.filter(|vacancy| vacancy.state == State::Open);
        items.push(found.map_or(Item::NoVacancy(id), |vacancy| Item::Vacancy(Box::new(vacancy))));
    }
    Ok(items)
}

async fn each(tx: &mut Tx, people: &BTreeSet<PersonId>) -> Result<Vec<Item>, AppError> {
    let mut items = Vec::with_capacity(people.len());
    for id in people {
        let Some(person) = people::find(tx, &people::Scope::default(), *id).await? else {
            items.push(Item::NoPerson(*id));
            continue;
        };
        items.push(Item::Person(person.into(), profiles::of_person(tx, *id).await?));
    }
    Ok(items)
}

async fn many(tx: &mut Tx, mut wanted: BTreeSet<PersonId>) -> Result<Vec<Item>, AppError> {
    let mut items = everybody(tx).await?;
    items.retain(|item| matches!(item, Item::Person(resident, _) if wanted.remove(&resident.id)));
    items.extend(wanted.into_iter().map(Item::NoPerson));
    Ok(items)
}

async fn everybody(tx: &mut Tx) -> Result<Vec<Item>, AppError> {
    let mut profiles = app::profiles::all(tx).await?;
    let rows = people::match_rows(tx).await?;
    let item = |row: people::MatchRow| {
        let profile = profiles.remove(&row.id).unwrap_or_default();
        Item::Person(row.into(), profile)
    };
    Ok(rows.into_iter().map(item).collect())
}
