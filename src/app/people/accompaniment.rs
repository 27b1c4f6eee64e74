//! Whether the companion of the own village may help a resident. Belongs here: who may say so, for whom and how; each word is kept.
//! Does not belong here: what a companion reaches then (the scopes of `store`).
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        App, AppError,
        access::{
            WRONG_ROLE,
            acting::{Acting, Reach},
        },
        audit::{self, AuditEvent},
        system,
    },
    domain::{access::AuditActor, codes::FieldCode, contact::ConsentChannel, ids::PersonId, nik::Nik},
    store::{
        Tx,
        accompaniments::{self, Said},
        people,
    },
};

/// Whether the companion may help, and what was said last.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Accompaniment)]
pub struct AccompanimentView {
    /// The companion of the village may help.
    pub agreed: bool,
    /// The newest word about it; none while nobody said anything.
    pub last: Option<SaidView>,
}

/// A word about being helped by the companion.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SaidView {
    /// Yes, or no more.
    pub agreed: bool,
    /// How it was said.
    pub channel: ConsentChannel,
    /// Who wrote it down, by the role.
    pub told_by: AuditActor,
    /// When.
    pub said_at: DateTime<Utc>,
}

impl From<Said> for SaidView {
    fn from(s: Said) -> Self {
        Self { agreed: s.agreed, channel: s.channel, told_by: s.told_by, said_at: s.said_at }
    }
}

/// What holds for a person within reach.
pub async fn of(app: &App, acting: &Acting, person: PersonId) -> Result<AccompanimentView, AppError> {
    let mut tx = app.db.read().await?;
    people::find(&mut tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    read(&mut tx, person).await
}

async fn read(tx: &mut Tx, person: PersonId) -> Result<AccompanimentView, AppError> {
    let last = accompaniments::of_person(tx, person).await?.pop().map(SaidView::from);
    Ok(AccompanimentView { agreed: accompaniments::holds(tx, person).await?, last })
}

/// Writes down what a person within reach said: their own login, officers, the companion (who reaches only whoever agreed, and so
/// writes down that it ends).
///
/// # Errors
/// `channel`: `required`, `channel_not_allowed`.
pub async fn say(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    agreed: bool,
    channel: Option<ConsentChannel>,
) -> Result<AccompanimentView, AppError> {
    let channel = said_how(acting, channel)?;
    people::lock(tx, person).await?;
    // Looked for only now that the row is locked: nobody erases the person meanwhile.
    people::find(tx, &acting.reach().people()?, person).await?.ok_or(AppError::NotFound)?;
    keep(app, tx, acting, person, (agreed, channel)).await?;
    read(tx, person).await
}

/// The companion writes down that somebody of the own village agreed, known by the NIK on the card they showed. Whoever is not
/// registered and whoever lives elsewhere are answered alike.
///
/// # Errors
/// `nik`: what is wrong with it, or `unknown_person`; `channel` as in `say`.
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    nik: &str,
    channel: Option<ConsentChannel>,
) -> Result<PersonId, AppError> {
    let Reach::Village(village) = acting.reach() else { return Err(WRONG_ROLE) };
    let channel = said_how(acting, channel)?;
    let nik = Nik::parse(nik).map_err(|error| AppError::field("nik", error.code(), ""))?;
    let found = people::find_by_nik(tx, &app.keys.nik_lookup(nik.expose())).await?;
    let person = found.filter(|person| person.village.as_ref() == Some(village)).map(|person| person.id);
    let person = person.ok_or_else(|| AppError::field("nik", FieldCode::UnknownPerson, ""))?;
    people::lock(tx, person).await?;
    // Looked at again now that the row is locked: nobody moves or erases them meanwhile.
    let now = people::find(tx, &people::Scope::Office, person).await?;
    if now.is_none_or(|now| now.village.as_ref() != Some(village)) {
        return Err(AppError::field("nik", FieldCode::UnknownPerson, ""));
    }
    keep(app, tx, acting, person, (true, channel)).await?;
    Ok(person)
}

/// Keeps it, lets it count and says so in the audit.
pub(super) async fn keep(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    person: PersonId,
    (agreed, channel): (bool, ConsentChannel),
) -> Result<(), AppError> {
    let row = Said {
        id: system::fresh(),
        person_id: person,
        agreed,
        channel,
        told_by: acting.actor(),
        recorded_by: acting.account(),
        said_at: app.clock.now(),
    };
    accompaniments::insert(tx, &row).await?;
    accompaniments::set(tx, person, agreed).await?;
    audit::write(tx, acting, row.said_at, AuditEvent::PersonAccompany(person)).await
}

/// How it was said: the person on their own page, everybody else as they heard it.
fn said_how(acting: &Acting, channel: Option<ConsentChannel>) -> Result<ConsentChannel, AppError> {
    match acting.actor() {
        AuditActor::Person => return Ok(ConsentChannel::Web),
        AuditActor::Staff | AuditActor::Supervisor | AuditActor::Terminal | AuditActor::Companion => {}
        AuditActor::Employer | AuditActor::Agency | AuditActor::Administrator | AuditActor::System => {
            return Err(WRONG_ROLE);
        }
    }
    let channel = channel.ok_or_else(|| AppError::field("channel", FieldCode::Required, ""))?;
    if channel.is_heard() {
        Ok(channel)
    } else {
        Err(AppError::field("channel", FieldCode::ChannelNotAllowed, channel))
    }
}
