//! What ids end with some digits: nobody types a whole one at a terminal. The digits are hexadecimal, in lower case and
//! without hyphens, at least eight of them; the last eight of an id are random. No index begins at the end of an id: these
//! read all ids, and only the command line asks them.
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        ids::{
            ApplicationId, ClassId, EmployerId, MessageId, NominationId, OrganisationId, PersonId, RunId,
            VacancyId,
        },
        message::Kind,
    },
    sql,
    store::{StoreError, Tx},
};

/// People, with their names.
pub async fn people(tx: &mut Tx, end: &str) -> Result<Vec<(PersonId, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(PersonId, String)>,
        sqlite: "select id, name from people where erased_at is null \
         and lower(substr(hex(id), 33 - length($1))) = $1 order by id limit 20",
        postgres: "select id, name from people where erased_at is null \
         and right(replace(cast(id as text), '-', ''), length($1)) = $1 order by id limit 20",
        end.to_owned()
    )
}

/// Vacancies, with title and employer.
pub async fn vacancies(tx: &mut Tx, end: &str) -> Result<Vec<(VacancyId, String, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(VacancyId, String, String)>,
        sqlite: "select v.id, v.title, e.name from vacancies v join employers e on e.id = v.employer_id \
         where lower(substr(hex(v.id), 33 - length($1))) = $1 order by v.id limit 20",
        postgres: "select v.id, v.title, e.name from vacancies v join employers e on e.id = v.employer_id \
         where right(replace(cast(v.id as text), '-', ''), length($1)) = $1 order by v.id limit 20",
        end.to_owned()
    )
}

/// Applications, with the person and the title.
pub async fn applications(
    tx: &mut Tx,
    end: &str,
) -> Result<Vec<(ApplicationId, String, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(ApplicationId, String, String)>,
        sqlite: "select a.id, p.name, v.title from applications a join people p on p.id = a.person_id \
         join vacancies v on v.id = a.vacancy_id \
         where lower(substr(hex(a.id), 33 - length($1))) = $1 order by a.id limit 20",
        postgres: "select a.id, p.name, v.title from applications a join people p on p.id = a.person_id \
         join vacancies v on v.id = a.vacancy_id \
         where right(replace(cast(a.id as text), '-', ''), length($1)) = $1 order by a.id limit 20",
        end.to_owned()
    )
}

/// Nominations, with the agency.
pub async fn nominations(tx: &mut Tx, end: &str) -> Result<Vec<(NominationId, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(NominationId, String)>,
        sqlite: "select n.id, o.name from nominations n join organisations o on o.id = n.organisation_id \
         where lower(substr(hex(n.id), 33 - length($1))) = $1 order by n.id limit 20",
        postgres: "select n.id, o.name from nominations n join organisations o on o.id = n.organisation_id \
         where right(replace(cast(n.id as text), '-', ''), length($1)) = $1 order by n.id limit 20",
        end.to_owned()
    )
}

/// Messages, with what they are about.
pub async fn messages(tx: &mut Tx, end: &str) -> Result<Vec<(MessageId, Kind)>, StoreError> {
    sql!(
        tx,
        fetch_all<(MessageId, Kind)>,
        sqlite: "select id, kind from messages where lower(substr(hex(id), 33 - length($1))) = $1 order by id limit 20",
        postgres: "select id, kind from messages where right(replace(cast(id as text), '-', ''), length($1)) = $1 \
         order by id limit 20",
        end.to_owned()
    )
}

/// Classes, with programme and name.
pub async fn classes(tx: &mut Tx, end: &str) -> Result<Vec<(ClassId, String, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(ClassId, String, String)>,
        sqlite: "select id, programme, name from training_classes \
         where lower(substr(hex(id), 33 - length($1))) = $1 order by id limit 20",
        postgres: "select id, programme, name from training_classes \
         where right(replace(cast(id as text), '-', ''), length($1)) = $1 order by id limit 20",
        end.to_owned()
    )
}

/// Employers, with their names.
pub async fn employers(tx: &mut Tx, end: &str) -> Result<Vec<(EmployerId, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(EmployerId, String)>,
        sqlite: "select id, name from employers where lower(substr(hex(id), 33 - length($1))) = $1 order by id limit 20",
        postgres: "select id, name from employers \
         where right(replace(cast(id as text), '-', ''), length($1)) = $1 order by id limit 20",
        end.to_owned()
    )
}

/// Offices, with their names.
pub async fn organisations(tx: &mut Tx, end: &str) -> Result<Vec<(OrganisationId, String)>, StoreError> {
    sql!(
        tx,
        fetch_all<(OrganisationId, String)>,
        sqlite: "select id, name from organisations where lower(substr(hex(id), 33 - length($1))) = $1 order by id limit 20",
        postgres: "select id, name from organisations \
         where right(replace(cast(id as text), '-', ''), length($1)) = $1 order by id limit 20",
        end.to_owned()
    )
}

/// Match runs, with the moment they started.
pub async fn runs(tx: &mut Tx, end: &str) -> Result<Vec<(RunId, DateTime<Utc>)>, StoreError> {
    sql!(
        tx,
        fetch_all<(RunId, DateTime<Utc>)>,
        sqlite: "select id, started_at from runs where lower(substr(hex(id), 33 - length($1))) = $1 order by id limit 20",
        postgres: "select id, started_at from runs \
         where right(replace(cast(id as text), '-', ''), length($1)) = $1 order by id limit 20",
        end.to_owned()
    )
}
