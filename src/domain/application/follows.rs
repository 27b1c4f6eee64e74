//! What follows from an event of an application or vacancy: the one place that decides it. Facts in, steps out; who
//! reads the facts, locks the rows and carries the steps out is `app::applications::workflow`. What stands against the event itself is
//! in `conditions`, how an event is taken back in `undo`; step 5 is in `reserve`.
//!
//! # One act
//! An act is one event by a user (or by the service) and everything that follows from it, all or nothing. Refusals are
//! checked in this order: unknown thing, version, table (`TransitionError`), held, conditions of the event, books
//! (vacancy before person). The event is recorded first; every consequence is recorded by `system` with that event as
//! its cause (flat: a consequence of a consequence has the same cause). Each recorded event raises the version of its
//! application by one.
//!
//! # Order of consequences
//! 0. **Own slot.** `consent` from `confirmed` while the vacancy takes referrals: `refer` at once. Live stays live, so
//!    the books do not move and no room is needed, even when hires have shrunk the formula. (A vacancy takes referrals
//!    when it takes people, is not stopped by the stop rule and its employer owes no overdue answer.) With `start`, the
//!    follow-ups are planned.
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
//!    next of the newest run's reserve is proposed, while the vacancy takes people and has room (open applications
//!    before `hired` < slots by the formula; who waits in the queue is among them and so comes first). Passed over this
//!    time: who is placed or otherwise not to be proposed, has an open application for the vacancy or a no about it
//!    within the policy time, was proposed for it by this run already (unless that was taken back), has an unanswered
//!    proposal of this run elsewhere, or three live applications.
//!
//! Steps 1 to 5 follow every act and do nothing where nothing is to be done. After every act nothing is left to do: no
//! queued application could be referred.
//!
//! # Undo
//! The last event of the application, or the event that caused it if that is one of the same application (confirm that
//! led to refer), is the root; the group is the root and every application event it caused. Each must be the last of its
//! application. Applications return to the state before their first event of the group: newest event first, root last;
//! all books are shifted in that order (by `SeatBook::restore`: a slot is still one's own unless somebody else became
//! live in that vacancy after the root). Then `held` is set anew (`rests`), and `undo` is recorded for the root's
//! application first, then for the others in the same order, with the root's undo as cause. The vacancy is not undone:
//! it follows its counters by steps 1 to 5, which come last. The answers of the root's vacancy go back by what the root
//! had added. A proposal that was promoted from the reserve is of the group: nobody having acted on it, it retires, and
//! its person may be promoted again.
//!
//! # Publishing a run
//! Its pairs become applications in the order given; those that are refused are left out. A pair that an earlier run
//! proposed and nobody answered keeps its application (`renew`), if it could be proposed anew: with the run, the points and
//! the place in the queue of the newer one. Id, contacts, what the person knows and the deadline stay: the office owes its
//! answer since the pair was first proposed. Then what is left of the unanswered proposals of earlier runs retires, by id,
//! also where the newer run proposed the pair and it was refused. Its reserve replaces that of the run before, in all
//! vacancies.
pub mod reserve;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    Answers, Event, State,
    limits::{PersonBook, SeatBook},
    reason::CloseReason,
    referrals_stopped,
};
use crate::domain::{
    employer,
    ids::{ApplicationId, PersonId, RunId, VacancyId},
    vacancy,
};

/// An application, as far as anything depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApplicationFacts {
    /// Which.
    pub id: ApplicationId,
    /// Whose.
    pub person: PersonId,
    /// For which vacancy.
    pub vacancy: VacancyId,
    /// The run that proposed it; none by hand.
    pub run: Option<RunId>,
    /// Where it stands.
    pub state: State,
    /// Rests because the person was hired elsewhere.
    pub held: bool,
    /// By when the next answer is due.
    pub deadline: Option<NaiveDate>,
}

/// A vacancy, as far as anything depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VacancyFacts {
    /// Which.
    pub id: VacancyId,
    /// Where it stands.
    pub state: vacancy::State,
    /// Last day on which it takes applications.
    pub closes_on: Option<NaiveDate>,
    /// Where its employer stands.
    pub employer: employer::State,
    /// Its counters.
    pub book: SeatBook,
    /// The employer's answers since it last said something about its refusals.
    pub answers: Answers,
}

/// One thing to be done. Its actor is the service, its cause the event it follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sends a person who just agreed to the employer, in the slot the application has: no counter moves.
    ReferInOwnSlot(ApplicationId),
    /// Plans the questions whether the person still works there.
    PlanFollowUps(ApplicationId),
    /// A seat is free again.
    Reopen(VacancyId),
    /// The person started work elsewhere.
    Supersede(ApplicationId),
    /// The person was hired elsewhere: the application rests.
    Hold(ApplicationId),
    /// The application goes on, with a deadline that has not passed while it rested.
    Release(ApplicationId, Option<NaiveDate>),
    /// The last seat is taken.
    Fill(VacancyId),
    /// The vacancy needs nobody any more.
    Close(ApplicationId, CloseReason),
    /// Sends somebody who waited to the employer.
    Refer(ApplicationId),
    /// Gives freed places to the next in reserve, as many times while there is room; see `reserve`.
    Promote(VacancyId, u32),
}

/// People who wait, by (reserve order, id).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// For a slot of this vacancy: served while it may serve.
    OfVacancy(VacancyId),
    /// This person, in all vacancies.
    OfPerson(PersonId),
}

impl VacancyFacts {
    /// Whether the vacancy takes new proposals, applications and referrals today.
    pub fn takes_people(&self, today: NaiveDate) -> bool {
        self.standing().takes_people(today).is_ok()
    }

    /// What decides whether it takes people.
    pub fn standing(&self) -> vacancy::Standing {
        vacancy::Standing { state: self.state, closes_on: self.closes_on, employer: self.employer }
    }

    /// Whether it takes referrals as far as it alone is concerned; what its employer owes is for `hinders_referrals`.
    pub fn is_open_to_referrals(&self, today: NaiveDate) -> bool {
        let count = |value: i64| u32::try_from(value).unwrap_or(u32::MAX);
        let stopped = referrals_stopped(count(self.answers.answers), count(self.answers.refusals));
        self.takes_people(today) && !stopped
    }

    /// Whether anybody at all could be referred to it now, its employer's debts aside.
    pub fn may_serve(&self, today: NaiveDate) -> bool {
        self.is_open_to_referrals(today) && self.book.has_slot()
    }

    /// Filled, and a seat has become free: it reopens.
    pub fn is_filled_no_more(&self) -> bool {
        self.state == vacancy::State::Filled && !self.book.is_full()
    }
}

/// Step 0: whether an event is the person's yes to a confirmed proposal, whose slot is its own.
pub fn asks_for_own_slot(event: Event, from: State) -> bool {
    event == Event::Consent && from == State::Confirmed
}

/// Step 0: what follows on the application itself. `own_slot`: it asked for its own slot and the vacancy takes referrals.
pub fn of_itself(event: Event, application: ApplicationId, own_slot: bool) -> Option<Step> {
    match event {
        Event::Consent if own_slot => Some(Step::ReferInOwnSlot(application)),
        Event::Start => Some(Step::PlanFollowUps(application)),
        _ => None,
    }
}

/// Step 1.
pub fn reopens(vacancy: &VacancyFacts) -> Option<Step> {
    vacancy.is_filled_no_more().then_some(Step::Reopen(vacancy.id))
}

/// Step 2, from everything of the person that is open or at work, by id.
pub fn of_person(own: &[ApplicationFacts], today: NaiveDate) -> Vec<Step> {
    let has = |state: State| own.iter().any(|a| a.state == state);
    let (started, hired) = (has(State::Started), has(State::Hired));
    let step = |a: &ApplicationFacts| {
        if started {
            a.state.is_open().then_some(Step::Supersede(a.id))
        } else if !a.state.is_open_before_hired() {
            None
        } else if hired {
            (!a.held).then_some(Step::Hold(a.id))
        } else {
            a.held.then(|| Step::Release(a.id, a.deadline.map(|day| day.max(today))))
        }
    };
    own.iter().filter_map(step).collect()
}

/// Whether an application that is in `state` now rests: it is before `hired`, and the person has another hired one.
pub fn rests(id: ApplicationId, state: State, own: &[ApplicationFacts]) -> bool {
    let hired_elsewhere = || own.iter().any(|other| other.id != id && other.state == State::Hired);
    state.is_open_before_hired() && hired_elsewhere()
}

/// Step 3; what it closes is `closes`, with `CloseReason::VacancyFilled`.
pub fn fills(vacancy: &VacancyFacts) -> Option<Step> {
    (vacancy.state.is_open() && vacancy.book.is_full()).then_some(Step::Fill(vacancy.id))
}

/// Step 3, also when a vacancy is over: from everything that is open in it, by id.
pub fn closes(open: &[ApplicationFacts], reason: CloseReason) -> Vec<Step> {
    let before_hired = open.iter().filter(|a| a.state.is_open_before_hired());
    before_hired.map(|a| Step::Close(a.id, reason)).collect()
}

/// Step 4: the queues that are gone through, in order. `of_event`: the vacancy of the event, touched or not.
pub fn serves(
    of_event: VacancyId,
    touched_vacancies: &BTreeSet<VacancyId>,
    touched_people: &BTreeSet<PersonId>,
) -> Vec<Queue> {
    let mut vacancies = touched_vacancies.clone();
    vacancies.insert(of_event);
    let vacancies = vacancies.into_iter().map(Queue::OfVacancy);
    vacancies.chain(touched_people.iter().copied().map(Queue::OfPerson)).collect()
}

/// Step 4: whether somebody who waits is referred now, as far as vacancy and person are concerned.
pub fn refers(
    waiting: &ApplicationFacts,
    vacancy: &VacancyFacts,
    person: &PersonBook,
    today: NaiveDate,
) -> Option<Step> {
    let waits = waiting.state == State::Queued && !waiting.held;
    (waits && vacancy.may_serve(today) && person.has_place()).then_some(Step::Refer(waiting.id))
}

/// An employer that owes this many overdue answers, for whichever vacancy, gets nobody new in any. To be asked last: it
/// takes a look at all its applications.
pub const fn hinders_referrals(overdue_answers: i64) -> bool {
    overdue_answers > 0
}

/// How everything a person has open ends when the person leaves altogether (erasure): what was only proposed retires,
/// the rest is superseded. The hire first: its vacancy reopens before the reserve is looked at.
pub fn leaves(own: &[ApplicationFacts]) -> Vec<(ApplicationId, Event)> {
    let mut open: Vec<&ApplicationFacts> = own.iter().filter(|a| a.state.is_open()).collect();
    open.sort_by_key(|a| (a.state != State::Hired, a.id));
    let ending = |a: &ApplicationFacts| match a.state {
        State::Proposed => (a.id, Event::Retire),
        _ => (a.id, Event::Supersede),
    };
    open.into_iter().map(ending).collect()
}
