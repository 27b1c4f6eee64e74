//! Taking back the last event: whether it may be taken back, and to which state. What it caused is taken back with it
//! (same cause); that is for the use case to do, as `follows` describes it.
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Event, State};
use crate::domain::{codes::ProblemCode, machine::Actor};

/// What undo has to know about the last event of an application: the one a user caused, not its consequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastEvent {
    /// What happened.
    pub event: Event,
    /// The state before; `None` when the event created the application.
    pub from: Option<State>,
    /// Who caused it.
    pub actor: Actor,
    /// The organisation (or employer) of that user; `None` for a person or the service.
    pub actor_org: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why an event cannot be taken back. `code` is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UndoError {
    /// A consent is the person's word: it ends by withdrawing, which leaves a trace.
    #[error("{event} is a consent and cannot be undone")]
    Consent {
        /// `consent` or `apply`.
        event: Event,
    },
    /// The service did it: it goes with the event that caused it, or a supervisor corrects.
    #[error("{event} was done by the service and is undone only together with its cause")]
    OnlyWithCause {
        /// The event.
        event: Event,
    },
    /// An undo or a correction is not undone.
    #[error("{event} cannot be undone")]
    NotUndoable {
        /// The event.
        event: Event,
    },
    /// Somebody else's event.
    #[error("{event} was recorded by another organisation")]
    OtherOrganisation {
        /// The event.
        event: Event,
    },
    /// Too late.
    #[error("{event} happened {minutes} minutes ago, more than the {window} allowed")]
    TooLate {
        /// The event.
        event: Event,
        /// Whole minutes since the event.
        minutes: i64,
        /// Minutes allowed by policy.
        window: u32,
    },
}

impl UndoError {
    /// The stable code of a problem document.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::Consent { .. } => ProblemCode::UndoConsent,
            Self::OnlyWithCause { .. } => ProblemCode::UndoOnlyWithCause,
            Self::NotUndoable { .. } => ProblemCode::UndoNotUndoable,
            Self::OtherOrganisation { .. } => ProblemCode::UndoOtherOrganisation,
            Self::TooLate { .. } => ProblemCode::UndoTooLate,
        }
    }
}

/// The state to which the application goes back. `Ok(None)`: the event created the application; see `landing`. `actor_org` is the organisation (or employer) of whoever asks; an event exactly
/// `window_minutes` old may still be undone. Whether the actor may undo at all is in the table.
///
/// # Errors
/// See `UndoError`; what the event is comes before whose it is, and that before its age.
pub fn undo_target(
    last: &LastEvent,
    now: DateTime<Utc>,
    actor_org: Option<Uuid>,
    window_minutes: u32,
) -> Result<Option<State>, UndoError> {
    let event = last.event;
    match kind(event) {
        Kind::Consent => return Err(UndoError::Consent { event }),
        Kind::Service => return Err(UndoError::OnlyWithCause { event }),
        Kind::Repair => return Err(UndoError::NotUndoable { event }),
        Kind::ByHand => {}
    }
    if last.actor == Actor::System {
        return Err(UndoError::OnlyWithCause { event });
    }
    if last.actor_org.is_none() || last.actor_org != actor_org {
        return Err(UndoError::OtherOrganisation { event });
    }
    let age = now - last.at;
    if age > TimeDelta::minutes(i64::from(window_minutes)) {
        return Err(UndoError::TooLate { event, minutes: age.num_minutes(), window: window_minutes });
    }
    Ok(last.from)
}

/// The state in which an application rests after undo: the target, or `retired` when its proposal was taken back. It
/// then counts as never answered, and the pair is free again.
pub fn landing(target: Option<State>) -> State {
    target.unwrap_or(State::Retired)
}

enum Kind {
    Consent,
    Service,
    Repair,
    ByHand,
}

fn kind(event: Event) -> Kind {
    match event {
        Event::Consent | Event::Apply => Kind::Consent,
        Event::Refer
        | Event::Lapse
        | Event::Close
        | Event::Renew
        | Event::Retire
        | Event::Supersede
        | Event::Hold
        | Event::Release => Kind::Service,
        Event::Undo | Event::Correct => Kind::Repair,
        Event::Propose
        | Event::Confirm
        | Event::Dismiss
        | Event::Decline
        | Event::Invite
        | Event::Offer
        | Event::Hire
        | Event::Start
        | Event::NoShow
        | Event::Refuse
        | Event::Withdraw
        | Event::End
        | Event::Extend => Kind::ByHand,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: Uuid = Uuid::from_u128(1);
    const FACTORY: Uuid = Uuid::from_u128(2);

    fn last(event: Event, actor: Actor) -> LastEvent {
        let from = Some(State::Interview);
        LastEvent { event, from, actor, actor_org: Some(OFFICE), at: DateTime::UNIX_EPOCH }
    }

    fn after(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn within_the_window_it_goes_back() {
        let hire = last(Event::Hire, Actor::Staff);
        assert_eq!(undo_target(&hire, after(900), Some(OFFICE), 15), Ok(Some(State::Interview)));
        let proposal = LastEvent { from: None, ..last(Event::Propose, Actor::Staff) };
        assert_eq!(undo_target(&proposal, after(0), Some(OFFICE), 15), Ok(None));
    }

    #[test]
    fn later_it_does_not() {
        let error = undo_target(&last(Event::Hire, Actor::Staff), after(961), Some(OFFICE), 15).unwrap_err();
        assert_eq!(error.to_string(), "hire happened 16 minutes ago, more than the 15 allowed");
        assert_eq!(error.code(), "undo_too_late");
    }

    #[test]
    fn one_second_too_late_is_too_late() {
        assert!(undo_target(&last(Event::Hire, Actor::Staff), after(901), Some(OFFICE), 15).is_err());
    }

    #[test]
    fn only_the_same_organisation() {
        let hire = last(Event::Hire, Actor::Employer);
        let error = undo_target(&hire, after(0), Some(FACTORY), 15).unwrap_err();
        assert_eq!(error.code(), "undo_other_organisation");
        let nobody = LastEvent { actor_org: None, ..last(Event::Withdraw, Actor::Person) };
        assert_eq!(undo_target(&nobody, after(0), None, 15).unwrap_err().code(), "undo_other_organisation");
    }

    #[test]
    fn never_a_consent_nor_the_work_of_the_service() {
        for event in [Event::Consent, Event::Apply] {
            let error = undo_target(&last(event, Actor::Staff), after(0), Some(OFFICE), 15).unwrap_err();
            assert_eq!(error, UndoError::Consent { event });
        }
        let of_the_service = [
            Event::Refer,
            Event::Close,
            Event::Lapse,
            Event::Hold,
            Event::Release,
            Event::Renew,
            Event::Supersede,
        ];
        for event in of_the_service {
            let error = undo_target(&last(event, Actor::System), after(0), Some(OFFICE), 15).unwrap_err();
            assert_eq!(error, UndoError::OnlyWithCause { event });
        }
        let run = last(Event::Propose, Actor::System);
        assert_eq!(undo_target(&run, after(0), Some(OFFICE), 15).unwrap_err().code(), "undo_only_with_cause");
        for event in [Event::Undo, Event::Correct] {
            let error = undo_target(&last(event, Actor::Supervisor), after(0), Some(OFFICE), 15).unwrap_err();
            assert_eq!(error, UndoError::NotUndoable { event });
        }
    }
}
