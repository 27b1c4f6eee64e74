//! Who did what with a person's data, as the person reads it on a page: by role and office, never by name. Belongs here: what
//! is read for it. Does not belong here: the copy of everything (`export`), words.
use chrono::{DateTime, Utc};

use crate::{
    app::{App, AppError, access::Trainee},
    domain::{access::AuditActor, ids::PersonId},
    store::{
        own_data::{self, Opened},
        people,
    },
};

/// Something that was done.
#[derive(Clone, Debug)]
pub struct OpenedView {
    pub at: DateTime<Utc>,
    /// Who, by the role; rows of earlier programs may have another word.
    pub actor: Option<AuditActor>,
    /// Name of the office acted for.
    pub office: Option<String>,
    /// The word of the audit (`person.create`).
    pub action: String,
    /// Title and employer of the vacancy, where it was about an application.
    pub about: Option<(String, String)>,
}

/// A page of what was done, newest first.
#[derive(Clone, Debug, Default)]
pub struct OpenedPage {
    pub items: Vec<OpenedView>,
    /// How many there are in all; 0 also beyond the last page.
    pub total: i64,
}

/// What was done with the data of a person of the login: so many at most, after so many.
///
/// # Errors
/// `not_found` for a person of another login.
pub async fn page(
    app: &App,
    who: &Trainee,
    person: PersonId,
    most: i64,
    after: i64,
) -> Result<OpenedPage, AppError> {
    let mut tx = app.db.read().await?;
    people::find(&mut tx, &who.acting().reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    let rows = own_data::opened(&mut tx, person, most, after).await?;
    let total = rows.first().map_or(0, |row| row.total);
    Ok(OpenedPage { items: rows.into_iter().map(OpenedView::from).collect(), total })
}

impl From<Opened> for OpenedView {
    fn from(row: Opened) -> Self {
        Self {
            at: row.at,
            actor: row.actor.parse().ok(),
            office: row.office,
            action: row.action,
            about: row.title.zip(row.employer_name),
        }
    }
}
