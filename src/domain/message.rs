//! Messages: what somebody is told of something that happened, who reads it, when it may leave and how often it is tried.
//! Belongs here: which event makes which message. Does not belong here: the words (`words`), how a message travels (`mail`).
use chrono::TimeDelta;

use crate::domain::{
    application::{Event, State},
    contact::Way,
    machine::{Actor, text_enum},
};

text_enum! {
    /// What a message is about.
    Kind: "message kind" {
        /// To an employer: people were referred.
        Referral = "referral",
        /// To an employer: an answer is due.
        Reminder = "reminder",
        /// To an employer: the time to answer is over.
        Overdue = "overdue",
        /// To an employer: a vacancy is about to run out.
        VacancyExpiring = "vacancy_expiring",
        /// To the office: an employer did not answer in time.
        EmployerOverdue = "employer_overdue",
        /// To the office: an employer invited somebody.
        InterviewSet = "interview_set",
        /// To a person: a vacancy waits for their yes or no.
        ToAnswer = "to_answer",
        /// To a person: an employer invites them.
        Interview = "interview",
        /// To a person: an employer offers work.
        Offer = "offer",
        /// To a person: they are hired.
        Start = "start",
    }
}

text_enum! {
    /// Where a message stands.
    Delivery: "message state" {
        /// It has not left yet.
        Waiting = "waiting",
        /// An officer opened the prepared text.
        Opened = "opened",
        /// It left.
        Sent = "sent",
        /// The person answered.
        Answered = "answered",
        /// It could not be delivered: somebody of the office has to see to it.
        Failed = "failed",
        /// It is no longer true, or came too late to be sent.
        Dropped = "dropped",
    }
}

text_enum! {
    /// Why a message did not arrive.
    Failure: "message failure" {
        /// The server or gateway cannot be reached, or does not answer in time.
        Unreachable = "unreachable",
        /// It said: not now.
        NotNow = "not_now",
        /// It refuses the message or the address.
        Refused = "refused",
        /// The address cannot be read.
        BadAddress = "bad_address",
        /// There is no address any more.
        NoAddress = "no_address",
    }
}

text_enum! {
    /// What a person answered to a prepared text.
    Reply: "message reply" {
        /// Yes: counts as consent in writing where the message asked for it.
        Yes = "yes",
        /// No.
        No = "no",
        /// Something else.
        Other = "other",
    }
}

text_enum! {
    /// Who reads a message.
    Reader: "message reader" {
        /// The employer, by mail.
        Employer = "employer",
        /// The labour office, by mail to its own box.
        Office = "office",
        /// The person: by a text that an officer sends, or a gateway.
        Person = "person",
    }
}

/// The office in whose name messages go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its name.
    pub name: String,
    /// Its number, for whoever wants to ask; empty: nobody said it, and nothing goes out.
    pub phone: String,
    /// Where people reach the service, without a stroke at the end.
    pub address: Option<String>,
}

impl Default for Office {
    fn default() -> Self {
        Self { name: "Disperinaker Kabupaten Sukoharjo".to_owned(), phone: String::new(), address: None }
    }
}

/// A mail, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// For whoever reads no HTML.
    pub text: String,
    /// The same as a page.
    pub html: String,
}

/// What is wrong with how sending is set up. Nothing of what was set is quoted: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The URL of the mail server.
    #[error("the URL of the mail server cannot be read")]
    Server,
    /// The sender.
    #[error("the sender cannot be read")]
    Sender,
    /// The address of the gateway.
    #[error("the address of the gateway cannot be read")]
    Gateway,
    /// Its key is too short to be one.
    #[error("the key of the gateway is too short")]
    Key,
    /// No request can be made on this machine.
    #[error("no request can be made on this machine")]
    Client,
}

impl Kind {
    /// Who reads it.
    pub const fn reader(self) -> Reader {
        match self {
            Self::Referral | Self::Reminder | Self::Overdue | Self::VacancyExpiring => Reader::Employer,
            Self::EmployerOverdue | Self::InterviewSet => Reader::Office,
            Self::ToAnswer | Self::Interview | Self::Offer | Self::Start => Reader::Person,
        }
    }

    /// Whether a written yes to it is the person's consent to be referred.
    pub const fn asks_for_consent(self) -> bool {
        matches!(self, Self::ToAnswer)
    }
}

impl Failure {
    /// Whether another try makes sense.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Unreachable | Self::NotNow)
    }
}

/// The messages that an event makes, when it led an application from one state to another.
pub const fn of_event(event: Event, from: Option<State>, to: State) -> &'static [Kind] {
    match (event, from, to) {
        (Event::Confirm, _, State::Confirmed) => &[Kind::ToAnswer],
        (Event::Refer, _, State::Referred) => &[Kind::Referral],
        (Event::Invite, _, State::Interview) => &[Kind::Interview, Kind::InterviewSet],
        (Event::Offer, _, State::Offered) => &[Kind::Offer],
        (Event::Hire, _, State::Hired) => &[Kind::Start],
        (Event::Lapse, Some(State::Referred), State::Lapsed) => &[Kind::Overdue, Kind::EmployerOverdue],
        _ => &[],
    }
}

/// Whether an event can be taken back, alone or with what caused it: nobody is told before that time is over.
pub fn can_be_undone(actor: Actor, is_caused: bool) -> bool {
    is_caused || actor != Actor::System
}

/// How long after the time to undo a message about it still waits: clocks of replicas differ, and an undo takes its time.
pub const AFTER_UNDO: TimeDelta = TimeDelta::minutes(1);

/// Tries until a message goes to the office's list.
pub const TRIES: i64 = 5;

/// How long a message waits after so many tries that failed; none: it is tried no more.
pub const fn pause_after(tries: i64) -> Option<TimeDelta> {
    match tries {
        1 => Some(TimeDelta::minutes(1)),
        2 => Some(TimeDelta::minutes(5)),
        3 => Some(TimeDelta::minutes(30)),
        4 => Some(TimeDelta::hours(3)),
        _ => None,
    }
}

/// A message that could not leave for so long is no news any more.
pub const STALE_AFTER: TimeDelta = TimeDelta::days(7);

/// Days before the last day of a vacancy on which its employer is told.
pub const EXPIRING_DAYS: u64 = 3;

/// How somebody is told: what they wished first, else what there is.
pub fn way(wish: Option<Way>, has_phone: bool) -> Way {
    match wish {
        Some(Way::Companion) => Way::Companion,
        _ if !has_phone => Way::Companion,
        Some(way) => way,
        None => Way::Whatsapp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_end_with_growing_pauses() {
        let pauses: Vec<_> = (1..=TRIES).map(pause_after).collect();
        assert!(pauses.windows(2).all(|pair| pair[1].is_none() || pair[0] < pair[1]));
        assert_eq!(pauses.iter().position(Option::is_none), Some(4), "the fifth try is the last");
    }

    #[test]
    fn each_message_has_one_reader_and_one_asks_for_consent() {
        let asking: Vec<_> = Kind::ALL.iter().filter(|kind| kind.asks_for_consent()).collect();
        assert_eq!(asking, [&Kind::ToAnswer]);
        let to_people: Vec<_> = Kind::ALL.iter().filter(|kind| kind.reader() == Reader::Person).collect();
        assert_eq!(to_people.len(), 4);
    }

    #[test]
    fn events_tell_those_who_have_to_act() {
        assert_eq!(of_event(Event::Confirm, Some(State::Proposed), State::Confirmed), [Kind::ToAnswer]);
        assert!(of_event(Event::Confirm, Some(State::Consented), State::Queued).is_empty());
        assert!(of_event(Event::Lapse, Some(State::Confirmed), State::Lapsed).is_empty());
        assert!(of_event(Event::Propose, None, State::Proposed).is_empty());
        assert!(of_event(Event::Undo, Some(State::Interview), State::Referred).is_empty());
    }

    #[test]
    fn what_the_service_does_by_itself_is_told_at_once() {
        assert!(!can_be_undone(Actor::System, false));
        assert!(can_be_undone(Actor::System, true));
        assert!(can_be_undone(Actor::Staff, false));
    }

    #[test]
    fn the_wish_comes_first() {
        assert_eq!(way(None, true), Way::Whatsapp);
        assert_eq!(way(None, false), Way::Companion);
        assert_eq!(way(Some(Way::Telephone), true), Way::Telephone);
        assert_eq!(way(Some(Way::Telephone), false), Way::Companion);
        assert_eq!(way(Some(Way::Companion), true), Way::Companion);
    }
}
