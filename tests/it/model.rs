//! The whole workflow in memory: vacancies, people, applications, and what one event does to the others. The reference
//! that the service is compared with: same events, same order, same refusals. It knows limits, queues, causes and taking
//! back; it does not know deadlines, contact attempts, letters, flags or who owns what.
//!
//! The rules are those written down in `domain::application::follows` and `conditions`; the code is a second one. It keeps
//! its own state and decides by itself: of the domain it uses the words, the transition tables and the counters, never
//! `follows` or `conditions`, else it would agree with every fault in them. `tests` states what must hold after every act;
//! `crate::workflow` walks it beside both databases.
mod consequence;
mod reserve;
mod taking_back;
mod tests;
pub mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use padankerja::domain::application::limits::SeatBook;
use padankerja::domain::application::{self, Answers, Event, State};
use padankerja::domain::machine::Actor;
use padankerja::domain::vacancy;
use words::{
    ApplicationNo, By, DeskApplication, DeskError, DeskPerson, DeskPolicy, DeskVacancy, EventNo, PersonNo,
    Recorded, RunNo, RunPlace, Target, VacancyNo,
};

/// The workflow in memory.
#[derive(Clone, Debug)]
pub struct Desk {
    policy: DeskPolicy,
    vacancies: BTreeMap<VacancyNo, DeskVacancy>,
    people: BTreeMap<PersonNo, DeskPerson>,
    applications: BTreeMap<ApplicationNo, DeskApplication>,
    run: RunNo,
    reserve: Vec<RunPlace>,
    log: Vec<Recorded>,
}

impl Desk {
    /// An empty desk.
    pub fn new(policy: DeskPolicy) -> Self {
        Self {
            policy,
            vacancies: BTreeMap::new(),
            people: BTreeMap::new(),
            applications: BTreeMap::new(),
            run: 0,
            reserve: Vec::new(),
            log: Vec::new(),
        }
    }

    /// Adds an open vacancy under a number of the caller's choice; a number in use keeps its vacancy.
    pub fn add_vacancy(&mut self, no: VacancyNo, seats: i64) {
        let book = SeatBook::new(seats, self.policy.ratio_permille);
        let (answers, said_at) = (Answers::default(), Answers::default());
        let vacancy = DeskVacancy { state: vacancy::State::Open, book, answers, said_at, overdue: false };
        self.vacancies.entry(no).or_insert(vacancy);
    }

    /// Adds a person under a number of the caller's choice.
    pub fn add_person(&mut self, no: PersonNo) {
        self.people.entry(no).or_default();
    }

    /// One event and everything that follows from it. `expected_version` is that of the application as the user saw
    /// it; for a pair it is not looked at. Returns what was recorded, in order, the event itself first.
    ///
    /// # Errors
    /// See `DeskError`; nothing has changed then. `correct` needs its own function.
    pub fn act(
        &mut self,
        by: &By,
        target: Target,
        event: Event,
        expected_version: i64,
    ) -> Result<Vec<Recorded>, DeskError> {
        self.atomically(|desk| match target {
            Target::Pair { person, vacancy, reserve } => {
                let cause =
                    desk.create(&RunPlace { person, vacancy, reserve }, None, event, &Stamp::of(by))?;
                desk.settle(by, Some(cause), vacancy, Some(person))
            }
            Target::Application(no) => {
                desk.expect_version(no, expected_version)?;
                if event == Event::Undo { desk.undo(by, no) } else { desk.happen(by, no, event) }
            }
        })
    }

    /// A supervisor sets the state right.
    ///
    /// # Errors
    /// See `DeskError`; limits hold for corrections too.
    pub fn correct(
        &mut self,
        by: &By,
        no: ApplicationNo,
        to: State,
        expected_version: i64,
    ) -> Result<Vec<Recorded>, DeskError> {
        self.atomically(|desk| {
            desk.expect_version(no, expected_version)?;
            let before = desk.application(no)?;
            application::correct_target(before.state, to, by.actor)?;
            let cause = desk.step(no, Event::Correct, to, &Stamp::of(by))?;
            desk.check_return(no, before.state)?;
            desk.settle(by, Some(cause), before.vacancy, Some(before.person))
        })
    }

    /// One event of a vacancy and what follows: resume, close, expire and pause matter here, the others change nothing
    /// else. A change of seats is `edit_seats`.
    ///
    /// # Errors
    /// See `DeskError`.
    pub fn act_on_vacancy(
        &mut self,
        by: &By,
        no: VacancyNo,
        event: vacancy::Event,
    ) -> Result<Vec<Recorded>, DeskError> {
        self.atomically(|desk| {
            if matches!(event, vacancy::Event::Fill | vacancy::Event::Reopen) {
                return Err(DeskError::OnlyCaused(event.as_str()));
            }
            let cause = desk.step_vacancy(no, event, &Stamp::of(by))?;
            if matches!(event, vacancy::Event::Close | vacancy::Event::Expire) {
                desk.close_applications(no, &Stamp::caused(by, Some(cause)))?;
            }
            desk.settle(by, Some(cause), no, None)
        })
    }

    /// Staff change the number of seats of a vacancy.
    ///
    /// # Errors
    /// See `DeskError`; fewer seats than are taken is a limit.
    pub fn edit_seats(&mut self, by: &By, no: VacancyNo, seats: i64) -> Result<Vec<Recorded>, DeskError> {
        self.atomically(|desk| {
            let cause = desk.step_vacancy(no, vacancy::Event::Edit, &Stamp::of(by))?;
            let book = desk.vacancy(no)?.book.with_seats(seats)?;
            desk.vacancy_mut(no)?.book = book;
            desk.settle(by, Some(cause), no, None)
        })
    }

    /// Staff recorded what the employer said: answers so far no longer stop referrals. No event of its own, so its
    /// consequences have no cause.
    ///
    /// # Errors
    /// `UnknownVacancy`.
    pub fn record_said(&mut self, by: &By, no: VacancyNo) -> Result<Vec<Recorded>, DeskError> {
        self.atomically(|desk| {
            let vacancy = desk.vacancy_mut(no)?;
            vacancy.said_at = vacancy.answers;
            desk.settle(by, None, no, None)
        })
    }

    /// The employer of the vacancy owes an overdue answer, or no longer does. No event of its own.
    ///
    /// # Errors
    /// `UnknownVacancy`.
    pub fn set_overdue(&mut self, by: &By, no: VacancyNo, overdue: bool) -> Result<Vec<Recorded>, DeskError> {
        self.atomically(|desk| {
            desk.vacancy_mut(no)?.overdue = overdue;
            desk.settle(by, None, no, None)
        })
    }

    /// A vacancy.
    ///
    /// # Errors
    /// `UnknownVacancy`.
    pub fn vacancy(&self, no: VacancyNo) -> Result<DeskVacancy, DeskError> {
        self.vacancies.get(&no).copied().ok_or(DeskError::UnknownVacancy(no))
    }

    /// A person.
    ///
    /// # Errors
    /// `UnknownPerson`.
    pub fn person(&self, no: PersonNo) -> Result<DeskPerson, DeskError> {
        self.people.get(&no).copied().ok_or(DeskError::UnknownPerson(no))
    }

    /// An application.
    ///
    /// # Errors
    /// `UnknownApplication`.
    pub fn application(&self, no: ApplicationNo) -> Result<DeskApplication, DeskError> {
        self.applications.get(&no).copied().ok_or(DeskError::UnknownApplication(no))
    }

    /// Every vacancy, by number.
    pub fn vacancies(&self) -> impl Iterator<Item = (VacancyNo, &DeskVacancy)> {
        self.vacancies.iter().map(|(no, vacancy)| (*no, vacancy))
    }

    /// Every person, by number.
    pub fn people(&self) -> impl Iterator<Item = (PersonNo, &DeskPerson)> {
        self.people.iter().map(|(no, person)| (*no, person))
    }

    /// Every application, by number.
    pub fn applications(&self) -> impl Iterator<Item = (ApplicationNo, &DeskApplication)> {
        self.applications.iter().map(|(no, application)| (*no, application))
    }

    fn atomically(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<(), DeskError>,
    ) -> Result<Vec<Recorded>, DeskError> {
        let mut draft = self.clone();
        act(&mut draft)?;
        let recorded = draft.log.split_off(self.log.len());
        draft.log.extend(&recorded);
        *self = draft;
        Ok(recorded)
    }

    fn expect_version(&self, no: ApplicationNo, expected: i64) -> Result<(), DeskError> {
        let actual = self.application(no)?.version;
        if actual == expected { Ok(()) } else { Err(DeskError::Version { expected, actual }) }
    }

    fn vacancy_mut(&mut self, no: VacancyNo) -> Result<&mut DeskVacancy, DeskError> {
        self.vacancies.get_mut(&no).ok_or(DeskError::UnknownVacancy(no))
    }

    fn person_mut(&mut self, no: PersonNo) -> Result<&mut DeskPerson, DeskError> {
        self.people.get_mut(&no).ok_or(DeskError::UnknownPerson(no))
    }

    fn application_mut(&mut self, no: ApplicationNo) -> Result<&mut DeskApplication, DeskError> {
        self.applications.get_mut(&no).ok_or(DeskError::UnknownApplication(no))
    }
}

/// Who, when and why: what every recorded event carries.
#[derive(Clone, Copy)]
struct Stamp {
    cause: Option<EventNo>,
    actor: Actor,
    org: Option<Uuid>,
    at: DateTime<Utc>,
}

impl Stamp {
    fn of(by: &By) -> Self {
        Self { cause: None, actor: by.actor, org: by.org, at: by.now }
    }

    fn caused(by: &By, cause: Option<EventNo>) -> Self {
        Self { cause, actor: Actor::System, org: None, at: by.now }
    }
}
