//! The whole workflow in memory: vacancies, people, applications, and what one event does to the others. This is the
//! reference that the database code is compared with: same events, same order, same refusals. It knows limits,
//! queues, causes and taking back; it does not know deadlines, contact attempts, letters, flags or who owns what.
//!
//! # One act
//! An act is one event by a user (or by the service) and everything that follows from it, all or nothing. Refusals are
//! checked in this order: unknown thing, version, table (`TransitionError`), held, conditions of the event, books
//! (vacancy before person). The event is recorded first; every consequence is recorded by `system` with the number of
//! that event as its cause (flat: a consequence of a consequence has the same cause). Each recorded event raises the
//! version of its application by one.
//!
//! # Conditions of an event
//! * `propose`, `apply`, `confirm`: vacancy open. On a new pair also: no open application of the pair, person not placed.
//! * `refer` by hand of the service: vacancy takes referrals, a slot and a place are free.
//! * A held application takes only the events of `Event::is_possible_while_held`.
//! * `hold`, `release`, and `fill`, `reopen` of a vacancy happen as consequences only.
//! * Whatever returns to an open state (undo, correct): its vacancy is open or paused (or filled with a seat free
//!   again, and then reopens), the pair has no other open application, the person has not started elsewhere.
//!
//! # Order of consequences
//! 0. **Own slot.** `consent` from `confirmed` while the vacancy takes referrals: `refer` at once. Live stays live, so
//!    the books do not move and no room is needed, even when hires have shrunk the formula. (A vacancy takes referrals
//!    when it is open, not stopped by the stop rule and without overdue answers.)
//! 1. **Reopen.** The vacancy of the event is filled, and taken < seats: `reopen`. Filled means taken = seats, always.
//! 2. **The person's other applications**, by id. Person has a started one: `supersede` every other open one. Else has a
//!    hired one: `hold` every other open one that is not held. Else: `release` every held one.
//! 3. **Fill.** The vacancy of the event is open, and taken = seats: `fill`, then `close` every application before
//!    `hired` in it, by id. (A paused vacancy is filled when it resumes.) Closing or expiring a vacancy closes the same
//!    way.
//! 4. **Queue.** Touched are the vacancies and the people of every application with an event in this act, and the
//!    vacancy of the event. First each touched vacancy, by id: its queued applications, not held, by (reserve order,
//!    id); then each touched person, by id: theirs in all vacancies, in the same order. `refer` each whose vacancy
//!    takes referrals and has a slot (live < formula) and whose person has a place (live < 3). One pass is enough, since
//!    a referral frees nothing.
//! 5. **Reserve.** Each vacancy, by id, in which this act settled an application that was not (it lapsed, was declined,
//!    refused, withdrawn, superseded, did not come, ended ..; an undo settles nothing): as often as that happened, the
//!    next of the newest run's reserve is proposed, while the vacancy is open and has room (open applications before
//!    `hired` < slots by the formula; who waits in the queue is among them and so comes first). Passed over this time:
//!    who is placed, has an open application for the vacancy or a no about it within the policy time, was proposed
//!    for it by this run already (unless that was taken back), has an unanswered proposal of this run elsewhere, or
//!    three live applications.
//!
//! Steps 1 to 5 follow every act and do nothing where nothing is to be done. After every act the desk is at rest: no
//! queued application could be referred.
//!
//! # Undo
//! The last event of the application, or the event that caused it if that is one of the same application (confirm that
//! led to refer), is the root; the group is the root and every application event it caused. Each must be the last of its
//! application. Applications return to the state before their first event of the group: newest event first, root last;
//! all books are shifted in that order (by `SeatBook::restore`: a slot is still one's own unless somebody else became
//! live in that vacancy after the root). Then `held` is set anew (held = before `hired`, and the person has another
//! hired one), and `undo` is recorded for the root's application first, then for the others in the same order, with
//! the root's undo as cause. The vacancy is not undone: it follows its counters by steps 1 to 5, which come last. The
//! answers of the root's vacancy go back by what the root had added. A proposal that was promoted from the reserve is
//! of the group: nobody having acted on it, it retires, and its person may be promoted again.
//!
//! # Publishing a run
//! The unanswered proposals of earlier runs retire, by id; then its pairs become applications in the order given; those
//! that are refused are left out. Its reserve replaces that of the run before, in all vacancies.
//!
//! # Database
//! Read the rows, compute the books in memory in this order, write each row once: counters and state of a vacancy in
//! the same update. Events caused by a vacancy's event have that as their cause here; where the column points to
//! application events it stays empty.
mod consequence;
pub mod model;
mod reserve;
mod taking_back;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::application::book::SeatBook;
use crate::domain::application::{self, Answers, Event, State};
use crate::domain::vacancy;
use crate::domain::workflow::Actor;
use model::{
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

    /// Everything that was recorded, in order.
    pub fn log(&self) -> &[Recorded] {
        &self.log
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
