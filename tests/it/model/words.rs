//! The words of the desk: what lies on it, who acts, what is recorded, why something is refused. No behaviour beyond a
//! code or a yes or no; what happens is in the files beside.
use chrono::{DateTime, Utc};
use uuid::Uuid;

use padankerja::domain::application::limits::{LimitError, PersonBook, SeatBook};
use padankerja::domain::application::undo::UndoError;
use padankerja::domain::application::{self, Answers, Event, State};
use padankerja::domain::machine::{Actor, TransitionError};
use padankerja::domain::vacancy;

/// Number of a vacancy on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VacancyNo(pub u32);

/// Number of a person on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNo(pub u32);

/// Number of an application on the desk, rising in the order of creation like a UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApplicationNo(pub u32);

/// Number of a recorded event, rising from 1.
pub type EventNo = u64;

/// Number of a published run, rising from 1.
pub type RunNo = u32;

/// A pair that a run proposed or kept in reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunPlace {
    /// Who.
    pub person: PersonNo,
    /// For which vacancy.
    pub vacancy: VacancyNo,
    /// Order in the vacancy's queue; of the reserve also the order in which it is promoted.
    pub reserve: i64,
}

/// What the desk takes from policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskPolicy {
    /// Referral slots per seat left, in thousandths.
    pub ratio_permille: i64,
    /// Minutes within which an event may be undone.
    pub undo_minutes: u32,
}

/// A vacancy on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskVacancy {
    /// Where it stands.
    pub state: vacancy::State,
    /// Its counters.
    pub book: SeatBook,
    /// The employer's answers so far.
    pub answers: Answers,
    /// The answers when staff last recorded what the employer said.
    pub said_at: Answers,
    /// The employer owes an overdue answer.
    pub overdue: bool,
}

/// A person on the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeskPerson {
    /// The counters.
    pub book: PersonBook,
}

/// An application on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeskApplication {
    /// Whose.
    pub person: PersonNo,
    /// For which vacancy.
    pub vacancy: VacancyNo,
    /// Place in the reserve; smaller is earlier, equal ones by number.
    pub reserve: i64,
    /// The run that proposed it, at once or from its reserve; `None` by hand.
    pub run: Option<RunNo>,
    /// Where it stands.
    pub state: State,
    /// Rests because the person was hired elsewhere.
    pub held: bool,
    /// Events so far.
    pub version: i64,
}

/// Who acts, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// The moment.
    pub now: DateTime<Utc>,
    /// In which capacity.
    pub actor: Actor,
    /// The organisation or employer of the user; `None` for a person and the service.
    pub org: Option<Uuid>,
}

/// What an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An application that exists.
    Application(ApplicationNo),
    /// A pair without open application: `propose` and `apply` create one.
    Pair {
        /// Who.
        person: PersonNo,
        /// For which vacancy.
        vacancy: VacancyNo,
        /// Place in the reserve.
        reserve: i64,
    },
}

/// What an event changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// An application.
    Application {
        /// Which.
        application: ApplicationNo,
        /// What happened.
        event: Event,
        /// Before; `None` when it was created.
        from: Option<State>,
        /// After.
        to: State,
        /// Whether it rests after the event.
        held: bool,
        /// Its version after the event.
        version: i64,
    },
    /// A vacancy.
    Vacancy {
        /// Which.
        vacancy: VacancyNo,
        /// What happened.
        event: vacancy::Event,
        /// Before.
        from: vacancy::State,
        /// After.
        to: vacancy::State,
    },
}

/// One recorded event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub no: EventNo,
    /// The event of a user that it follows from; `None` for that event itself.
    pub cause: Option<EventNo>,
    /// Who acted: `system` for consequences.
    pub actor: Actor,
    /// The organisation or employer of the user; `None` for consequences.
    pub org: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
    /// What changed.
    pub change: Change,
}

/// Why an act is refused. Nothing has changed then. `code` is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// No such application.
    #[error("unknown application {}", .0.0)]
    UnknownApplication(ApplicationNo),
    /// No such vacancy.
    #[error("unknown vacancy {}", .0.0)]
    UnknownVacancy(VacancyNo),
    /// No such person.
    #[error("unknown person {}", .0.0)]
    UnknownPerson(PersonNo),
    /// Somebody was faster.
    #[error("version {actual} is newer than the expected {expected}")]
    Version {
        /// What the caller had seen.
        expected: i64,
        /// What it is.
        actual: i64,
    },
    /// The table does not have it.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// A limit is reached.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The last event cannot be taken back.
    #[error(transparent)]
    Undo(#[from] UndoError),
    /// An event that this one caused has been followed by another.
    #[error("application {} has moved on since", .0.0)]
    MovedOn(ApplicationNo),
    /// The application rests.
    #[error("application {} rests: the person is hired elsewhere", .0.0)]
    Held(ApplicationNo),
    /// The pair has an open application.
    #[error("the pair has the open application {}", .0.0)]
    AlreadyOpen(ApplicationNo),
    /// The vacancy takes no application.
    #[error("vacancy {} is {state}", vacancy.0)]
    VacancyNotOpen {
        /// Which.
        vacancy: VacancyNo,
        /// Where it stands.
        state: vacancy::State,
    },
    /// The person is hired or at work.
    #[error("person {} is placed already", .0.0)]
    PersonPlaced(PersonNo),
    /// The vacancy takes no referral: stop rule or overdue answers.
    #[error("vacancy {} takes no referral for now", .0.0)]
    ReferralsStopped(VacancyNo),
    /// The event is a consequence; nobody causes it by hand.
    #[error("{0} happens only as a consequence")]
    OnlyCaused(&'static str),
}

impl DeskError {
    /// The stable code of a problem document.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownApplication(_) | Self::UnknownVacancy(_) | Self::UnknownPerson(_) => "not_found",
            Self::Version { .. } => "version_conflict",
            Self::Transition(error) => error.code().as_str(),
            Self::Limit(error) => error.code().as_str(),
            Self::Undo(error) => error.code().as_str(),
            Self::MovedOn(_) => "undo_moved_on",
            Self::Held(_) => "held",
            Self::AlreadyOpen(_) => "already_open",
            Self::VacancyNotOpen { .. } => "vacancy_not_open",
            Self::PersonPlaced(_) => "person_placed",
            Self::ReferralsStopped(_) => "referrals_stopped",
            Self::OnlyCaused(_) => "only_caused",
        }
    }
}

impl DeskVacancy {
    /// The vacancy takes new referrals as far as it alone is concerned: open, not stopped, nothing overdue.
    pub fn takes_referrals(&self) -> bool {
        let since = |count: i64, said: i64| u32::try_from(count - said).unwrap_or(0);
        let answers = since(self.answers.answers, self.said_at.answers);
        let refusals = since(self.answers.refusals, self.said_at.refusals);
        self.state.is_open() && !self.overdue && !application::referrals_stopped(answers, refusals)
    }
}
