//! What people said about applications beside their states. Append-only; a note stands as long as the application stays in the
//! version it was said about.
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        ids::{AccountId, ApplicationId, PersonId, RecordId},
        machine::Actor,
        note::Kind,
    },
    sql,
    store::{StoreError, Tx, statement::place},
};

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Note {
    pub id: RecordId,
    pub application_id: ApplicationId,
    /// The version of the application it was said about.
    pub version: i64,
    /// What was said.
    pub kind: Kind,
    /// In own words.
    pub text: Option<String>,
    /// Who said it, or wrote it down.
    pub actor: Actor,
    pub account_id: Option<AccountId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The newest note beside an application that may have none.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Noted {
    /// What was said.
    pub note_kind: Option<Kind>,
    /// In own words.
    pub note_text: Option<String>,
    /// Who said it, or wrote it down.
    pub note_actor: Option<Actor>,
    /// When.
    pub note_at: Option<DateTime<Utc>>,
}

/// Keeps a note.
pub async fn insert(tx: &mut Tx, n: &Note) -> Result<(), StoreError> {
    sql!(
        tx,
        execute,
        "insert into application_notes (id, application_id, version, kind, text, actor, account_id, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        n.id,
        n.application_id,
        n.version,
        n.kind,
        n.text.clone(),
        n.actor,
        n.account_id,
        n.at
    )?;
    Ok(())
}

/// A page of notes that still stand, of a kind or of all, oldest first.
pub async fn standing(
    tx: &mut Tx,
    kind: Option<Kind>,
    after: Option<(DateTime<Utc>, RecordId)>,
    limit: i64,
) -> Result<Vec<Note>, StoreError> {
    let (at, id) = place(after);
    sql!(
        tx,
        fetch_all<Note>,
        "select n.id, n.application_id, n.version, n.kind, n.text, n.actor, n.account_id, n.at from application_notes n \
         join applications a on a.id = n.application_id and a.version = n.version \
         where (n.at, n.id) > ($2, $3) and (n.kind = $1 or $1 is null) order by n.at, n.id limit $4",
        kind,
        at,
        id,
        limit
    )
}

/// All notes about the applications of a person, oldest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Note>, StoreError> {
    sql!(
        tx,
        fetch_all<Note>,
        "select n.id, n.application_id, n.version, n.kind, n.text, n.actor, n.account_id, n.at from applications a \
         join application_notes n on n.application_id = a.id where a.person_id = $1 order by n.at, n.id",
        person
    )
}

/// Takes the own words away from all notes about the applications of a person.
pub async fn erase_texts(tx: &mut Tx, person: PersonId) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update application_notes set text = null where text is not null \
         and application_id in (select id from applications where person_id = $1)",
        person
    )
}
