//! Ids as they are typed: whole, or their last eight digits or more; people and vacancies also by name and title. Where
//! several are meant they are listed, and nothing is done.
use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::{
    app::{App, overview},
    cli::{Fault, values::Refusal},
    domain::ids::{
        ApplicationId, ClassId, EmployerId, MessageId, NominationId, OrganisationId, PersonId, RunId,
        VacancyId,
    },
    store::{
        Tx,
        overview::{PeopleFilter, VacancyFilter},
        short_ids,
    },
    words::{
        cli::{classes, lists as words, messages as told, nominations, runs, usage},
        id::messages,
    },
};

/// Fewest digits of an id that name one.
const FEWEST: usize = 8;
/// Digits of a whole id.
const WHOLE: usize = 32;
/// How many are listed where several are meant.
const SHOWN: usize = 20;

/// An id, whole or its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    Whole(Uuid),
    /// Hexadecimal digits in lower case, without hyphens.
    End(String),
}

/// Somebody or something by id or by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    Id(Given),
    Name(String),
}

impl FromStr for Given {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim().replace('-', "").to_ascii_lowercase();
        let fits = (FEWEST..=WHOLE).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit());
        if !fits {
            return Err(Refusal(usage::NO_ID.to_owned()));
        }
        Ok(Uuid::parse_str(&digits).map_or(Self::End(digits), Self::Whole))
    }
}

impl FromStr for Named {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(id) => Ok(Self::Id(id)),
            // What has no letter was meant to be an id.
            Err(refusal) if !text.chars().any(char::is_alphabetic) => Err(refusal),
            Err(_) => Ok(Self::Name(text.trim().to_owned())),
        }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(id) => id.fmt(f),
            Self::End(digits) => f.write_str(digits),
        }
    }
}

/// What was found: an id and what it is known by.
type Candidate<Id> = (Id, String);

/// The one that is meant; whole ids are taken as they are, whatever becomes of them is for the caller to see.
fn only<Id: Copy>(
    found: Vec<Candidate<Id>>,
    given: &impl fmt::Display,
    none: String,
    short: fn(Id) -> String,
) -> Result<Id, Fault> {
    match found.as_slice() {
        [(id, _)] => Ok(*id),
        [] => Err(Fault::Usage(none)),
        several => {
            let lines = several.iter().map(|(id, label)| (short(*id), label.as_str()));
            Err(Fault::Usage(words::several(given, lines)))
        }
    }
}

/// A person by id.
pub async fn person(tx: &mut Tx, given: &Given) -> Result<PersonId, Fault> {
    match given {
        Given::Whole(id) => Ok(PersonId(*id)),
        Given::End(end) => {
            only(short_ids::people(tx, end).await?, given, runs::no_such_person(given), PersonId::short)
        }
    }
}

/// A vacancy by id.
pub async fn vacancy(tx: &mut Tx, given: &Given) -> Result<VacancyId, Fault> {
    let Given::End(end) = given else { return Ok(VacancyId(whole(given))) };
    let found = short_ids::vacancies(tx, end).await?.into_iter();
    let found = found.map(|(id, title, employer)| (id, words::offered(&title, &employer)));
    only(found.collect(), given, runs::no_such_vacancy(given), VacancyId::short)
}

/// An application by id.
pub async fn application(tx: &mut Tx, given: &Given) -> Result<ApplicationId, Fault> {
    let Given::End(end) = given else { return Ok(ApplicationId(whole(given))) };
    let found = short_ids::applications(tx, end).await?.into_iter();
    let found = found.map(|(id, person, title)| (id, words::applied(&person, &title)));
    only(found.collect(), given, runs::no_such_application(given), ApplicationId::short)
}

/// A match run by id.
pub async fn run(tx: &mut Tx, given: &Given) -> Result<RunId, Fault> {
    let Given::End(end) = given else { return Ok(RunId(whole(given))) };
    let found = short_ids::runs(tx, end).await?.into_iter().map(|(id, at)| (id, words::started(at)));
    only(found.collect(), given, runs::no_such_run(given), RunId::short)
}

/// A class by id.
pub async fn class(tx: &mut Tx, given: &Given) -> Result<ClassId, Fault> {
    let Given::End(end) = given else { return Ok(ClassId(whole(given))) };
    let found = short_ids::classes(tx, end).await?.into_iter();
    let found = found.map(|(id, programme, name)| (id, classes::named(&programme, &name)));
    only(found.collect(), given, classes::no_such(given), ClassId::short)
}

/// A message by id.
pub async fn message(tx: &mut Tx, given: &Given) -> Result<MessageId, Fault> {
    let Given::End(end) = given else { return Ok(MessageId(whole(given))) };
    let found = short_ids::messages(tx, end).await?.into_iter();
    let found = found.map(|(id, kind)| (id, messages::kind(kind).to_owned()));
    only(found.collect(), given, told::no_such(given), MessageId::short)
}

/// A nomination by id.
pub async fn nomination(tx: &mut Tx, given: &Given) -> Result<NominationId, Fault> {
    let Given::End(end) = given else { return Ok(NominationId(whole(given))) };
    only(short_ids::nominations(tx, end).await?, given, nominations::no_such(given), NominationId::short)
}

/// An employer by id.
pub async fn employer(tx: &mut Tx, given: &Given) -> Result<EmployerId, Fault> {
    let Given::End(end) = given else { return Ok(EmployerId(whole(given))) };
    only(short_ids::employers(tx, end).await?, given, words::no_such_employer(given), EmployerId::short)
}

/// An office by id.
pub async fn organisation(tx: &mut Tx, given: &Given) -> Result<OrganisationId, Fault> {
    let Given::End(end) = given else { return Ok(OrganisationId(whole(given))) };
    let found = short_ids::organisations(tx, end).await?;
    only(found, given, words::no_such_office(given), OrganisationId::short)
}

fn whole(given: &Given) -> Uuid {
    match given {
        Given::Whole(id) => *id,
        Given::End(_) => Uuid::nil(),
    }
}

/// A person by id or name.
pub async fn person_named(app: &App, tx: &mut Tx, named: &Named) -> Result<PersonId, Fault> {
    let name = match named {
        Named::Id(given) => return person(tx, given).await,
        Named::Name(name) => name,
    };
    let filter = PeopleFilter { name: overview::pattern(name), ..PeopleFilter::default() };
    let found = overview::people(app, tx, &filter, None, SHOWN).await?;
    let found = found.into_iter().map(|one| {
        let label = words::resident(&one.line.name, one.line.village.as_deref(), one.nik_tail.as_deref());
        (one.line.id, label)
    });
    only(found.collect(), name, runs::no_such_person(name), PersonId::short)
}

/// A vacancy by id or words of its title.
pub async fn vacancy_named(tx: &mut Tx, named: &Named) -> Result<VacancyId, Fault> {
    let title = match named {
        Named::Id(given) => return vacancy(tx, given).await,
        Named::Name(title) => title,
    };
    let filter = VacancyFilter { title: overview::pattern(title), ..VacancyFilter::default() };
    let limit = i64::try_from(SHOWN).unwrap_or(i64::MAX);
    let found = crate::store::overview::vacancies(tx, &filter, limit).await?.into_iter();
    let found = found.map(|line| (line.id, words::offered(&line.title, &line.employer_name)));
    only(found.collect(), title, runs::no_such_vacancy(title), VacancyId::short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_ids_ends_and_names_are_told_apart() {
        let whole = "0199a3c2-7f1e-7c4b-9d10-2b6a5e4f3c21";
        let id = Uuid::parse_str(whole).unwrap();
        assert_eq!(whole.parse(), Ok(Given::Whole(id)));
        assert_eq!(whole.replace('-', "").parse(), Ok(Given::Whole(id)));
        assert_eq!("5E4F3C21".parse(), Ok(Given::End("5e4f3c21".to_owned())));
        assert_eq!("2b6a-5e4f3c21".parse(), Ok(Given::End("2b6a5e4f3c21".to_owned())));
        for wrong in ["", "7", "e4f3c21", "zzzzzzzz", "0199..", "%"] {
            assert!(wrong.parse::<Given>().is_err(), "{wrong}");
        }
        assert_eq!("Siti Aminah".parse(), Ok(Named::Name("Siti Aminah".to_owned())));
        assert_eq!("5e4f3c21".parse(), Ok(Named::Id(Given::End("5e4f3c21".to_owned()))));
        assert!("12345".parse::<Named>().is_err() && "".parse::<Named>().is_err());
    }

    #[test]
    fn several_are_listed_and_none_is_said() {
        let found = |all: &[u128]| {
            all.iter().map(|id| (PersonId(Uuid::from_u128(*id)), format!("Contoh {id}"))).collect::<Vec<_>>()
        };
        let told = |all: &[u128]| only(found(all), &"ani", "none".to_owned(), PersonId::short);
        assert_eq!(told(&[7]).unwrap().0.as_u128(), 7);
        assert_eq!(told(&[]).unwrap_err().to_string(), "none");
        let text = told(&[7, 8]).unwrap_err().to_string();
        assert!(text.contains("00000007  Contoh 7") && text.contains("00000008  Contoh 8"), "{text}");
    }
}
