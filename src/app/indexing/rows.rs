//! Rows to be indexed, read in the transaction whose outbox named them (or all of them page by page, for a rebuild), and
//! what they mean for the index and the roster.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::documents;
use crate::{
    app::{
        AppError,
        indexing::roster::{Member, Roster},
        readings::{self as texts, Dated},
    },
    domain::{
        ids::{PersonId, VacancyId},
        vacancy::Standing,
    },
    search::schema::Change,
    store::{
        Tx, index_feed,
        people::{self, MatchRow},
        profiles::{self, Profile},
        vacancies::{self, Listed, Scope, Vacancy},
    },
};

/// People asked for in one statement.
const AT_ONCE: i64 = 1_000;
const CHUNK: usize = 1_000;

/// One object as it is in the database.
#[derive(Debug)]
pub(super) enum Item {
    /// A person with everything the profile holds.
    Person(Box<Whole>),
    /// An open vacancy.
    Vacancy(Box<Vacancy>),
    /// A person who is not there any more.
    NoPerson(PersonId),
    /// A vacancy that is not open, or not there any more.
    NoVacancy(VacancyId),
}

/// A person's rows.
#[derive(Debug)]
pub(super) struct Whole {
    row: MatchRow,
    profile: Profile,
    evidence: Vec<Dated>,
}

/// What an item means for the roster.
#[derive(Debug)]
pub(super) enum Seat {
    /// The person as they are now.
    Taken(Box<Member>),
    /// The person is gone, or objected to ranking.
    Empty(PersonId),
}

impl Item {
    /// Reads the texts and says what to do with the index and the roster.
    pub(super) fn digest(&self) -> (Change, Option<Seat>) {
        match self {
            Self::Person(whole) => whole.digest(),
            Self::Vacancy(vacancy) => (Change::Vacancy(documents::of_vacancy(vacancy)), None),
            Self::NoPerson(id) => (Change::RemoveProfile(*id), Some(Seat::Empty(*id))),
            Self::NoVacancy(id) => (Change::RemoveVacancy(*id), None),
        }
    }

    fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(whole) => Some(whole.row.id),
            _ => None,
        }
    }
}

impl Whole {
    fn digest(&self) -> (Change, Option<Seat>) {
        let Self { row, profile, evidence } = self;
        let reading = texts::read_person_once(profile, row.education.as_deref(), row.major.as_deref());
        match documents::of_person(row, profile, &reading) {
            None => (Change::RemoveProfile(row.id), Some(Seat::Empty(row.id))),
            Some(document) => {
                let member = Member::new(row, profile, &reading, evidence.clone());
                (Change::Profile(document), Some(Seat::Taken(Box::new(member))))
            }
        }
    }
}

impl Seat {
    /// Brings the roster up to date.
    pub(super) fn settle(self, roster: &mut Roster) {
        match self {
            Self::Taken(member) => roster.put(*member),
            Self::Empty(id) => roster.remove(id),
        }
    }
}

/// The next people by id, and who was the last of them; none when there are no more.
pub(super) async fn page(
    tx: &mut Tx,
    after: Option<PersonId>,
) -> Result<Option<(PersonId, Vec<Item>)>, AppError> {
    let rows = people::match_rows_after(tx, after, AT_ONCE).await?;
    let items = whole(tx, rows).await?;
    Ok(items.last().and_then(Item::person).map(|last| (last, items)))
}

/// Every open vacancy.
pub(super) async fn open_vacancies(tx: &mut Tx) -> Result<Vec<Item>, AppError> {
    let open = vacancies::open(tx).await?;
    Ok(open.into_iter().filter(is_public).map(|listed| Item::Vacancy(Box::new(listed.vacancy))).collect())
}

/// The objects that outbox entries name, each once, as they are now.
pub(super) async fn named_by(tx: &mut Tx, entries: &[index_feed::Entry]) -> Result<Vec<Item>, AppError> {
    let (people, vacancies) = named(entries)?;
    let mut items = Vec::with_capacity(people.len());
    for chunk in people.chunks(CHUNK) {
        items.extend(among(tx, chunk).await?);
    }
    for id in vacancies {
        let found = vacancies::listed(tx, Scope::Office, id).await?.filter(is_public);
        items.push(found.map_or(Item::NoVacancy(id), |listed| Item::Vacancy(Box::new(listed.vacancy))));
    }
    Ok(items)
}

/// Whether the index holds a vacancy. Its last day is not asked: no outbox entry says that a day passed, and whoever
/// shows a result asks the database.
fn is_public(listed: &Listed) -> bool {
    let standing = Standing { closes_on: None, ..listed.standing() };
    standing.takes_people(NaiveDate::MIN).is_ok()
}

/// The people and vacancies that outbox entries name, each once.
pub(super) fn named(entries: &[index_feed::Entry]) -> Result<(Vec<PersonId>, Vec<VacancyId>), AppError> {
    let mut people = BTreeSet::new();
    let mut vacancies = BTreeSet::new();
    for entry in entries {
        match entry.kind.as_str() {
            "person" => people.insert(PersonId(entry.object_id)),
            "vacancy" => vacancies.insert(VacancyId(entry.object_id)),
            other => {
                let fault = format!("outbox entry {} of unknown kind {other}", entry.seq);
                return Err(AppError::Internal(fault));
            }
        };
    }
    Ok((people.into_iter().collect(), vacancies.into_iter().collect()))
}

async fn among(tx: &mut Tx, ids: &[PersonId]) -> Result<Vec<Item>, AppError> {
    let rows = people::match_rows_among(tx, &texts::id_list(ids)?).await?;
    let found: BTreeSet<PersonId> = rows.iter().map(|row| row.id).collect();
    let mut items = whole(tx, rows).await?;
    items.extend(ids.iter().filter(|id| !found.contains(id)).map(|id| Item::NoPerson(*id)));
    Ok(items)
}

async fn whole(tx: &mut Tx, rows: Vec<MatchRow>) -> Result<Vec<Item>, AppError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let list = texts::id_list(&ids)?;
    let mut bodies = profiles::among(tx, &list).await?;
    let mut evidence = Dated::by_person(&profiles::criteria_among(tx, &list).await?);
    let join = |row: MatchRow| {
        let profile = bodies.remove(&row.id).unwrap_or_default();
        let evidence = evidence.remove(&row.id).unwrap_or_default();
        Item::Person(Box::new(Whole { row, profile, evidence }))
    };
    Ok(rows.into_iter().map(join).collect())
}
