//! Rows to be indexed, read in the transaction whose outbox named them (or all of them, for a rebuild).
use std::collections::{BTreeSet, HashMap};

use super::documents;
use crate::{
    app::{self, AppError},
    domain::{
        ids::{PersonId, VacancyId},
        vacancy::State,
    },
    search::schema::Change,
    store::{
        Tx, outbox,
        people::{self, MatchRow},
        profiles::{self, Profile},
        vacancies::{self, Vacancy},
    },
};

/// People asked for in one statement.
const AT_ONCE: usize = 1_000;

/// One object as it is in the database.
#[derive(Debug)]
pub(super) enum Item {
    /// A person with everything the profile holds.
    Person(Box<MatchRow>, Profile),
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
            Self::Person(person, profile) => documents::of_person(person, profile)
                .map_or(Change::RemoveProfile(person.id), Change::Profile),
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
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut items = Vec::with_capacity(people.len());
    for chunk in people.chunks(AT_ONCE) {
        items.extend(among(tx, chunk).await?);
    }
    for id in vacancies {
        let found = vacancies::find(tx, None, id).await?.filter(|vacancy| vacancy.state == State::Open);
        items.push(found.map_or(Item::NoVacancy(id), |vacancy| Item::Vacancy(Box::new(vacancy))));
    }
    Ok(items)
}

async fn among(tx: &mut Tx, ids: &[PersonId]) -> Result<Vec<Item>, AppError> {
    let list = serde_json::to_string(ids).map_err(|error| AppError::Internal(error.to_string()))?;
    let profiles = profiles::among(tx, &list).await?;
    let rows = people::match_rows_among(tx, &list).await?;
    let found: BTreeSet<PersonId> = rows.iter().map(|row| row.id).collect();
    let missing = ids.iter().filter(|id| !found.contains(id)).map(|id| Item::NoPerson(*id));
    Ok(joined(rows, profiles).chain(missing).collect())
}

async fn everybody(tx: &mut Tx) -> Result<Vec<Item>, AppError> {
    let profiles = app::profiles::all(tx).await?;
    Ok(joined(people::match_rows(tx).await?, profiles).collect())
}

fn joined(rows: Vec<MatchRow>, mut profiles: HashMap<PersonId, Profile>) -> impl Iterator<Item = Item> {
    rows.into_iter().map(move |row| {
        let profile = profiles.remove(&row.id).unwrap_or_default();
        Item::Person(Box::new(row), profile)
    })
}
