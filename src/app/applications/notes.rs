//! What people say about applications beside their states: whoever is invited says whether they come, whoever is offered work
//! that they take it, who was recorded as absent that they did come. Nothing moves by it.
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        After, App, AppError,
        access::{Session, Staff},
        applications,
        audit::{self, AuditEvent},
        own_words, system,
    },
    domain::{
        codes::ProblemCode,
        disclosure::Audience,
        ids::{ApplicationId, RecordId},
        limits,
        machine::Actor,
        note::{self, Kind},
    },
    store::{
        Tx,
        notes::{self, Note, Noted},
    },
};

/// What was said, beside an application.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ApplicationNote)]
pub struct NoteView {
    /// What.
    pub kind: Kind,
    /// In own words; a companion reads those a companion wrote down.
    pub text: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl NoteView {
    /// The newest note, where this audience reads it.
    pub fn of(noted: Noted, audience: Audience) -> Option<Self> {
        let (kind, at) = noted.note_kind.zip(noted.note_at)?;
        let text =
            noted.note_text.filter(|_| noted.note_actor.is_some_and(|actor| audience.sees_words_of(actor)));
        note::is_read_by(kind, audience).then_some(Self { kind, text, at })
    }
}

/// A note in the office's list.
#[derive(Serialize, ToSchema)]
pub struct NoteListed {
    pub id: RecordId,
    /// About which application.
    pub application_id: ApplicationId,
    /// What was said.
    pub kind: Kind,
    /// In own words.
    pub text: Option<String>,
    /// Who said it, or wrote it down.
    pub actor: Actor,
    /// When.
    pub at: DateTime<Utc>,
}

impl From<Note> for NoteListed {
    fn from(n: Note) -> Self {
        let Note { id, application_id, kind, text, actor, at, .. } = n;
        Self { id, application_id, kind, text, actor, at }
    }
}

/// Keeps what was said about an application; `expected` is the version that was seen.
///
/// # Errors
/// A stale version, `wrong_state` where it cannot be said now, `wrong_actor` for an employer.
pub async fn leave(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    id: ApplicationId,
    (kind, text): (Kind, Option<&str>),
    expected: i64,
) -> Result<NoteListed, AppError> {
    let by = session.acting()?;
    let actor = by.capacity()?;
    if !note::is_said_by(actor) {
        return Err(AppError::Forbidden(ProblemCode::WrongActor));
    }
    let text = own_words::optional(limits::ANSWER, "text", text)?;
    let card = applications::read(tx, session, id).await?;
    let present = card.application.version;
    if present != expected {
        return Err(AppError::Stale { given: expected, present });
    }
    let interview = card.names.interview.interview_on;
    if !note::open_in(card.application.state, interview, app.clock.today()).contains(&kind) {
        return Err(AppError::conflict(ProblemCode::WrongState, card.application.state.as_str()));
    }
    let row = Note {
        id: system::fresh(),
        application_id: id,
        version: present,
        kind,
        text,
        actor,
        account_id: by.account(),
        at: app.clock.now(),
    };
    notes::insert(tx, &row).await?;
    audit::write(tx, &by, row.at, AuditEvent::ApplicationNote(id)).await?;
    Ok(row.into())
}

/// One page of the notes that still stand, for officers, oldest first.
pub async fn page(
    app: &App,
    _officer: &Staff,
    kind: Option<Kind>,
    after: After<RecordId>,
    limit: i64,
) -> Result<Vec<NoteListed>, AppError> {
    let mut tx = app.db.read().await?;
    let rows = notes::standing(&mut tx, kind, after, limit).await?;
    Ok(rows.into_iter().map(NoteListed::from).collect())
}
