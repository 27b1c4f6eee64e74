//! What people, employers and the office are told. Belongs here: the list of prepared texts and of mail that did not arrive, for
//! officers and companions, and what they do with one. Does not belong here: which event makes which message
//! (`domain::message`), when one is made (`app::announcing`) and leaves (`sending`), what it says (`words`).
mod password_mail;
pub mod seen;
pub mod sending;

use crate::{
    app::{
        After, App, AppError,
        access::{
            WRONG_ROLE,
            acting::{Acting, Reach},
        },
        applications::workflow::{self, ConsentDraft, Details},
        audit::{self, AuditEvent},
        system,
    },
    domain::{
        application::Event,
        codes::ProblemCode,
        contact::{AttemptChannel, AttemptOutcome, ConsentChannel, Content, Way},
        ids::MessageId,
        message::{self, Delivery, Office, Reader, Reply},
    },
    store::{
        Tx, contacts,
        messages::{self, Message, Scope, Shown},
    },
    words::{Language, id::messages::News},
};
use seen::{MessageView, PreparedMessage, RepliedMessage};

/// One page of a state, oldest first: officers all, a companion those to people of the village who are told that way.
pub async fn page(
    app: &App,
    acting: &Acting,
    asked: (Delivery, Option<Reader>),
    after: After<MessageId>,
    limit: i64,
) -> Result<Vec<MessageView>, AppError> {
    let mut tx = app.db.read().await?;
    let rows = messages::page(&mut tx, &scope(acting)?, asked, app.clock.now(), after, limit).await?;
    Ok(rows.into_iter().map(MessageView::from).collect())
}

/// Opens a prepared text: what it says, and the address that puts it into WhatsApp with the number.
pub async fn open(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: MessageId,
) -> Result<PreparedMessage, AppError> {
    let found = within_reach(app, tx, acting, id).await?;
    let text = text_of(&app.office, &found)?;
    let (shown, now) = (written(&app.office, &found)?, app.clock.now());
    if !found.still_true || messages::open(tx, id, shown, acting.account(), now).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.state));
    }
    audit::write(tx, acting, now, AuditEvent::MessageOpen(id)).await?;
    Ok(PreparedMessage::of(read_back(tx, id).await?, text))
}

/// Stores that the person was told: the text was sent, or said in the way they wished.
pub async fn told(app: &App, tx: &mut Tx, acting: &Acting, id: MessageId) -> Result<MessageView, AppError> {
    let (found, now) = (within_reach(app, tx, acting, id).await?, app.clock.now());
    if messages::told(tx, id, acting.account(), now).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.state));
    }
    audit::write(tx, acting, now, AuditEvent::MessageSent(id)).await?;
    Ok(read_back(tx, id).await?.into())
}

/// Stores what the person answered. A yes to a text that was written to them and said what it asks is consent in writing, with
/// the number it came from and the text as it was shown; a yes to "there is news", or by word, is not.
pub async fn reply(
    app: &App,
    tx: &mut Tx,
    acting: &Acting,
    id: MessageId,
    reply: Reply,
) -> Result<RepliedMessage, AppError> {
    let (found, now) = (within_reach(app, tx, acting, id).await?, app.clock.now());
    if messages::replied(tx, id, reply, now).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.state));
    }
    if let Some(application) = found.application_id {
        let row = contacts::Attempt {
            id: system::fresh(),
            application_id: application,
            channel: if found.text.is_some() { AttemptChannel::Whatsapp } else { way_of(&found).channel() },
            outcome: AttemptOutcome::Reached,
            officer_id: acting.account(),
            on_day: app.clock.today(),
            at: now,
        };
        contacts::insert_attempt(tx, &row).await?;
    }
    audit::write(tx, acting, now, AuditEvent::MessageReply(id)).await?;
    let consented = reply == Reply::Yes && consent(app, tx, acting, &found).await?;
    Ok(RepliedMessage { message: read_back(tx, id).await?.into(), consented })
}

/// Records a written yes as consent, where the text asked for it; whether it did.
async fn consent(app: &App, tx: &mut Tx, acting: &Acting, found: &Message) -> Result<bool, AppError> {
    let asked = found.kind.asks_for_consent() && found.still_true && found.shown == Some(Content::Full);
    let text_shown = found.text.clone().filter(|_| asked);
    let (Some(application), Some(text_shown)) = (found.application_id, text_shown) else {
        return Ok(false);
    };
    let consent = ConsentDraft {
        channel: ConsentChannel::Whatsapp,
        number_dialled: found.number.clone(),
        self_spoke: true,
        guardian: None,
        text_shown: Some(text_shown),
    };
    let details = Details { consent: Some(consent), ..Details::default() };
    workflow::act(app, tx, acting, application, Event::Consent, &details, None).await?;
    Ok(true)
}

/// Lets a message that failed be tried anew: officers.
pub async fn again(app: &App, tx: &mut Tx, acting: &Acting, id: MessageId) -> Result<MessageView, AppError> {
    if *acting.reach() != Reach::Office {
        return Err(WRONG_ROLE);
    }
    let (found, now) = (messages::find(tx, id).await?.ok_or(AppError::NotFound)?, app.clock.now());
    if messages::again(tx, id, now).await? == 0 {
        return Err(AppError::conflict(ProblemCode::WrongState, found.state));
    }
    audit::write(tx, acting, now, AuditEvent::MessageAgain(id)).await?;
    Ok(read_back(tx, id).await?.into())
}

fn scope(acting: &Acting) -> Result<Scope, AppError> {
    match acting.reach() {
        Reach::Office => Ok(Scope::Office),
        Reach::Village(code) => Ok(Scope::Village(code.clone())),
        Reach::Employer(_) | Reach::Account(_) | Reach::Agency(_) | Reach::Nobody => Err(WRONG_ROLE),
    }
}

/// A message to a person that may be told by now; another one does not exist.
async fn within_reach(app: &App, tx: &mut Tx, acting: &Acting, id: MessageId) -> Result<Message, AppError> {
    let scope = scope(acting)?;
    let found = messages::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let is_there = found.kind.reader() == Reader::Person && found.due_at <= app.clock.now();
    let is_own = match scope {
        Scope::Office => true,
        Scope::Village(code) => {
            found.accompanied_in.as_ref() == Some(&code) && way_of(&found) == Way::Companion
        }
    };
    if is_there && is_own { Ok(found) } else { Err(AppError::NotFound) }
}

async fn read_back(tx: &mut Tx, id: MessageId) -> Result<Message, AppError> {
    messages::find(tx, id).await?.ok_or(AppError::NotFound)
}

/// How the person is told.
fn way_of(m: &Message) -> Way {
    message::way(m.way, m.phone.is_some())
}

/// How much the person is told.
fn content_of(m: &Message) -> Content {
    Content::or_usual(m.content, m.shared)
}

/// What is written to a person, where they are told so; nothing where it is said.
fn written(office: &Office, m: &Message) -> Result<Option<Shown>, AppError> {
    match (way_of(m), &m.phone) {
        (Way::Whatsapp, Some(number)) => {
            let (text, content) = (text_of(office, m)?, content_of(m));
            Ok(Some(Shown { text, number: number.clone(), content }))
        }
        _ => Ok(None),
    }
}

/// What a message to a person says.
///
/// # Errors
/// `office_phone_missing`: a text without the office's number does not go out.
fn text_of(office: &Office, m: &Message) -> Result<String, AppError> {
    if office.phone.is_empty() {
        return Err(AppError::conflict(ProblemCode::OfficePhoneMissing, "office_phone"));
    }
    let news = News {
        title: m.title.clone().unwrap_or_default(),
        employer: m.employer_name.clone().unwrap_or_default(),
        deadline: m.deadline,
        invitation: m.interview.clone().invitation(),
        starts_on: m.starts_on,
    };
    let text = Language::Id.message_text(m.kind, content_of(m), office, &news);
    let text = text.map_err(|error| AppError::Internal(error.to_string()))?;
    text.ok_or_else(|| AppError::Internal("a mail is no text to a person".to_owned()))
}
