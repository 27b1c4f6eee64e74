//! How a message looks to officers and companions. A mail shows to whom it went, never what a person is called.
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{content_of, way_of};
use crate::{
    domain::{
        contact::{Content, Way},
        ids::{ApplicationId, EmployerId, MessageId, PersonId},
        message::{Delivery, Failure, Kind, Reader, Reply},
    },
    store::messages::Message,
};

/// A message, without its text.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageView {
    pub id: MessageId,
    pub kind: Kind,
    pub reader: Reader,
    pub state: Delivery,
    /// Times it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub failure: Option<Failure>,
    pub application_id: Option<ApplicationId>,
    /// Title of the vacancy.
    #[schema(example = "Operator Jahit")]
    pub title: Option<String>,
    pub employer_id: Option<EmployerId>,
    pub employer_name: Option<String>,
    /// Who reads it, where a person does.
    pub person_id: Option<PersonId>,
    #[schema(example = "Contoh 12")]
    pub person_name: Option<String>,
    /// Number to call or write to.
    #[schema(example = "+6286012345678")]
    pub phone: Option<String>,
    /// How the person is told: what they wished first.
    pub way: Option<Way>,
    /// When they can be reached best, in their words.
    pub hour: Option<String>,
    /// How much the text says.
    pub content: Option<Content>,
    pub made_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    /// What the person answered.
    pub reply: Option<Reply>,
}

/// A prepared text that an officer opened.
#[derive(Serialize, ToSchema)]
pub struct PreparedMessage {
    pub message: MessageView,
    /// What it says.
    pub text: String,
    /// Opens WhatsApp with number and text; none where the person is told in another way.
    #[schema(example = "https://wa.me/6286012345678?text=Ada%20kabar")]
    pub link: Option<String>,
}

/// A message that was answered.
#[derive(Serialize, ToSchema)]
pub struct RepliedMessage {
    pub message: MessageView,
    /// Whether the answer was recorded as consent.
    pub consented: bool,
}

impl From<Message> for MessageView {
    fn from(m: Message) -> Self {
        let reader = m.kind.reader();
        let to_person = reader == Reader::Person;
        Self {
            id: m.id,
            kind: m.kind,
            reader,
            state: m.state,
            tries: m.tries,
            failure: m.failure,
            way: to_person.then(|| way_of(&m)),
            content: to_person.then(|| content_of(&m)),
            application_id: m.application_id,
            title: m.title,
            employer_id: m.employer_id,
            employer_name: m.employer_name,
            person_id: m.person_id,
            person_name: m.person_name,
            phone: m.phone,
            hour: m.hour,
            made_at: m.made_at,
            sent_at: m.sent_at,
            reply: m.reply,
        }
    }
}

impl PreparedMessage {
    /// A message with its text.
    pub(super) fn of(m: Message, text: String) -> Self {
        let link = (way_of(&m) == Way::Whatsapp).then(|| m.phone.as_deref().map(|phone| wa_me(phone, &text)));
        Self { link: link.flatten(), message: m.into(), text }
    }
}

/// The address that opens WhatsApp: the number without its plus, the text with blanks as `%20`.
fn wa_me(phone: &str, text: &str) -> String {
    let number: String = phone.chars().filter(char::is_ascii_digit).collect();
    let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("https://wa.me/{number}?text={}", text.replace('+', "%20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_takes_any_text() {
        assert_eq!(
            wa_me("+6286012345678", "Ya & 1+1\nbaris"),
            "https://wa.me/6286012345678?text=Ya%20%26%201%2B1%0Abaris"
        );
    }
}
