//! One event on the desk and the fixed order of what follows from it. The order is written down in
//! `domain::application::follows`; taking back is in `taking_back`.
use std::collections::BTreeSet;

use super::words::{
    ApplicationNo, By, Change, DeskApplication, DeskError, EventNo, PersonNo, Recorded, RunNo, RunPlace,
    VacancyNo,
};
use super::{Desk, Stamp};
use padankerja::domain::application::{self, Answers, Event, State};
use padankerja::domain::vacancy;

impl Desk {
    /// `propose` or `apply` on a pair that has no open application; what follows is the caller's.
    pub(super) fn create(
        &mut self,
        place: &RunPlace,
        run: Option<RunNo>,
        event: Event,
        stamp: &Stamp,
    ) -> Result<EventNo, DeskError> {
        let RunPlace { person, vacancy, reserve } = *place;
        let placed = self.person(person)?.book.placed > 0;
        let state = self.vacancy(vacancy)?.state;
        let to = application::next(None, event, stamp.actor)?;
        if !state.is_open() {
            return Err(DeskError::VacancyNotOpen { vacancy, state });
        }
        if let Some(other) = self.open_of_pair(person, vacancy, None) {
            return Err(DeskError::AlreadyOpen(other));
        }
        if placed {
            return Err(DeskError::PersonPlaced(person));
        }
        let last = self.applications.keys().next_back().map_or(0, |no| no.0);
        let no = ApplicationNo(last.saturating_add(1));
        let created = DeskApplication { person, vacancy, reserve, run, state: to, held: false, version: 0 };
        self.applications.insert(no, created);
        self.record(no, event, None, stamp)
    }

    /// Any event of the table on an application, except undo and correct.
    pub(super) fn happen(&mut self, by: &By, no: ApplicationNo, event: Event) -> Result<(), DeskError> {
        if matches!(event, Event::Hold | Event::Release | Event::Renew) {
            return Err(DeskError::OnlyCaused(event.as_str()));
        }
        let before = self.application(no)?;
        let to = application::next(Some(before.state), event, by.actor)?;
        if before.held && !event.is_possible_while_held() {
            return Err(DeskError::Held(no));
        }
        let vacancy = self.vacancy(before.vacancy)?.state;
        if matches!(event, Event::Apply | Event::Confirm) && !vacancy.is_open() {
            return Err(DeskError::VacancyNotOpen { vacancy: before.vacancy, state: vacancy });
        }
        if event == Event::Refer && !self.vacancy(before.vacancy)?.takes_referrals() {
            return Err(DeskError::ReferralsStopped(before.vacancy));
        }
        let cause = if self.keeps_its_slot(&before, event)? {
            self.consent_and_refer(by, no, to)?
        } else {
            self.step(no, event, to, &Stamp::of(by))?
        };
        self.settle(by, Some(cause), before.vacancy, Some(before.person))
    }

    /// Steps 1 to 5 of the order of consequences.
    pub(super) fn settle(
        &mut self,
        by: &By,
        cause: Option<EventNo>,
        vacancy: VacancyNo,
        person: Option<PersonNo>,
    ) -> Result<(), DeskError> {
        let stamp = Stamp::caused(by, cause);
        self.reopen_if_a_seat_is_free(vacancy, &stamp)?;
        if let Some(person) = person {
            self.settle_person(person, &stamp)?;
        }
        self.fill_if_full(vacancy, &stamp)?;
        self.serve_queue(vacancy, &stamp)?;
        self.promote_reserve(&stamp)
    }

    /// Closes every application before `hired` of a vacancy, by id.
    pub(super) fn close_applications(&mut self, vacancy: VacancyNo, stamp: &Stamp) -> Result<(), DeskError> {
        for no in self.select(|a| a.vacancy == vacancy && a.state.is_open_before_hired()) {
            self.step(no, Event::Close, State::Closed, stamp)?;
        }
        Ok(())
    }

    /// One event on one application: books, answers, state, record.
    pub(super) fn step(
        &mut self,
        no: ApplicationNo,
        event: Event,
        to: State,
        stamp: &Stamp,
    ) -> Result<EventNo, DeskError> {
        let before = self.application(no)?;
        let seats = self.vacancy(before.vacancy)?.book.shift(before.state, to)?;
        let person = self.person(before.person)?.book.shift(before.state, to)?;
        self.vacancy_mut(before.vacancy)?.book = seats;
        self.person_mut(before.person)?.book = person;
        self.add_answers(before.vacancy, application::answers_of(event, Some(before.state), to), 1)?;
        self.place(no, event, to, stamp)
    }

    /// One event on one vacancy: state and record.
    pub(super) fn step_vacancy(
        &mut self,
        no: VacancyNo,
        event: vacancy::Event,
        stamp: &Stamp,
    ) -> Result<EventNo, DeskError> {
        let from = self.vacancy(no)?.state;
        let to = vacancy::next(Some(from), event, stamp.actor)?;
        self.vacancy_mut(no)?.state = to;
        Ok(self.push(Change::Vacancy { vacancy: no, event, from, to }, stamp))
    }

    /// Changes the answers of a vacancy by `times` the given amount.
    pub(super) fn add_answers(&mut self, no: VacancyNo, by: Answers, times: i64) -> Result<(), DeskError> {
        let answers = &mut self.vacancy_mut(no)?.answers;
        answers.answers += by.answers * times;
        answers.refusals += by.refusals * times;
        Ok(())
    }

    /// Raises the version and records the event, with the state the application has now.
    pub(super) fn record(
        &mut self,
        no: ApplicationNo,
        event: Event,
        from: Option<State>,
        stamp: &Stamp,
    ) -> Result<EventNo, DeskError> {
        let after = self.application_mut(no)?;
        after.version += 1;
        let DeskApplication { state: to, held, version, .. } = *after;
        Ok(self.push(Change::Application { application: no, event, from, to, held, version }, stamp))
    }

    /// What must hold of an application that may have come back to an open state from `from`.
    pub(super) fn check_return(&self, no: ApplicationNo, from: State) -> Result<(), DeskError> {
        let now = self.application(no)?;
        if !now.state.is_open() {
            return Ok(());
        }
        if let Some(other) = self.open_of_pair(now.person, now.vacancy, Some(no)) {
            return Err(DeskError::AlreadyOpen(other));
        }
        if !now.state.is_open_before_hired() || from.is_open_before_hired() {
            return Ok(());
        }
        let vacancy = self.vacancy(now.vacancy)?;
        let reopens = vacancy.state == vacancy::State::Filled && !vacancy.book.is_full();
        if !vacancy.state.keeps_applications() && !reopens {
            return Err(DeskError::VacancyNotOpen { vacancy: now.vacancy, state: vacancy.state });
        }
        if self.has_other(now.person, no, State::Started) {
            return Err(DeskError::PersonPlaced(now.person));
        }
        Ok(())
    }

    /// Whether the person has another application in `state`.
    pub(super) fn has_other(&self, person: PersonNo, no: ApplicationNo, state: State) -> bool {
        self.applications().any(|(other, a)| other != no && a.person == person && a.state == state)
    }

    /// The open application of a pair, another than `except`.
    pub(super) fn open_of_pair(
        &self,
        person: PersonNo,
        vacancy: VacancyNo,
        except: Option<ApplicationNo>,
    ) -> Option<ApplicationNo> {
        let mut same_pair = self.applications().filter(|(_, a)| a.person == person && a.vacancy == vacancy);
        same_pair.find(|(no, a)| Some(*no) != except && a.state.is_open()).map(|(no, _)| no)
    }

    /// Step 0: the person agrees to a confirmed proposal, and nothing but room could hinder the referral.
    fn keeps_its_slot(&self, before: &DeskApplication, event: Event) -> Result<bool, DeskError> {
        let consents = event == Event::Consent && before.state == State::Confirmed;
        Ok(consents && self.vacancy(before.vacancy)?.takes_referrals())
    }

    fn consent_and_refer(&mut self, by: &By, no: ApplicationNo, queued: State) -> Result<EventNo, DeskError> {
        let cause = self.place(no, Event::Consent, queued, &Stamp::of(by))?;
        self.place(no, Event::Refer, State::Referred, &Stamp::caused(by, Some(cause)))?;
        Ok(cause)
    }

    fn reopen_if_a_seat_is_free(&mut self, no: VacancyNo, stamp: &Stamp) -> Result<(), DeskError> {
        let vacancy = self.vacancy(no)?;
        if vacancy.state == vacancy::State::Filled && !vacancy.book.is_full() {
            self.step_vacancy(no, vacancy::Event::Reopen, stamp)?;
        }
        Ok(())
    }

    fn settle_person(&mut self, person: PersonNo, stamp: &Stamp) -> Result<(), DeskError> {
        let own = |state: State| move |a: &DeskApplication| a.person == person && a.state == state;
        if !self.select(own(State::Started)).is_empty() {
            for no in self.select(|a| a.person == person && a.state.is_open()) {
                self.step(no, Event::Supersede, State::Superseded, stamp)?;
            }
        } else if !self.select(own(State::Hired)).is_empty() {
            for no in self.select(|a| a.person == person && a.state.is_open_before_hired() && !a.held) {
                self.set_held(no, Event::Hold, true, stamp)?;
            }
        } else {
            for no in self.select(|a| a.person == person && a.held) {
                self.set_held(no, Event::Release, false, stamp)?;
            }
        }
        Ok(())
    }

    fn set_held(
        &mut self,
        no: ApplicationNo,
        event: Event,
        held: bool,
        stamp: &Stamp,
    ) -> Result<(), DeskError> {
        let state = self.application(no)?.state;
        self.application_mut(no)?.held = held;
        self.record(no, event, Some(state), stamp).map(|_| ())
    }

    fn fill_if_full(&mut self, no: VacancyNo, stamp: &Stamp) -> Result<(), DeskError> {
        let vacancy = self.vacancy(no)?;
        if vacancy.state.is_open() && vacancy.book.is_full() {
            self.step_vacancy(no, vacancy::Event::Fill, stamp)?;
            self.close_applications(no, stamp)?;
        }
        Ok(())
    }

    fn serve_queue(&mut self, vacancy: VacancyNo, stamp: &Stamp) -> Result<(), DeskError> {
        let (mut vacancies, people) = self.touched(stamp.cause);
        vacancies.insert(vacancy);
        let waits = |a: &DeskApplication| a.state == State::Queued && !a.held;
        for vacancy in vacancies {
            let queue = self.select(|a| waits(a) && a.vacancy == vacancy);
            self.refer_in_order(queue, stamp)?;
        }
        for person in people {
            let queue = self.select(|a| waits(a) && a.person == person);
            self.refer_in_order(queue, stamp)?;
        }
        Ok(())
    }

    fn refer_in_order(&mut self, mut queue: Vec<ApplicationNo>, stamp: &Stamp) -> Result<(), DeskError> {
        queue.sort_by_key(|no| (self.applications.get(no).map(|a| a.reserve), *no));
        for no in queue {
            if self.could_be_referred(no)? {
                self.step(no, Event::Refer, State::Referred, stamp)?;
            }
        }
        Ok(())
    }

    fn touched(&self, cause: Option<EventNo>) -> (BTreeSet<VacancyNo>, BTreeSet<PersonNo>) {
        let in_this_act = |event: &&Recorded| cause.is_some_and(|no| event.no >= no);
        let (mut vacancies, mut people) = (BTreeSet::new(), BTreeSet::new());
        for event in self.log.iter().rev().take_while(in_this_act) {
            if let Change::Application { application, .. } = event.change
                && let Some(touched) = self.applications.get(&application)
            {
                vacancies.insert(touched.vacancy);
                people.insert(touched.person);
            }
        }
        (vacancies, people)
    }

    /// Whether nothing hinders the referral of a queued application now.
    pub(super) fn could_be_referred(&self, no: ApplicationNo) -> Result<bool, DeskError> {
        let waiting = self.application(no)?;
        let vacancy = self.vacancy(waiting.vacancy)?;
        let person = self.person(waiting.person)?;
        Ok(vacancy.takes_referrals() && vacancy.book.has_slot() && person.book.has_place())
    }

    /// The applications of a kind, by number.
    pub(super) fn select(&self, wanted: impl Fn(&DeskApplication) -> bool) -> Vec<ApplicationNo> {
        self.applications().filter(|(_, a)| wanted(a)).map(|(no, _)| no).collect()
    }

    /// Sets the state and records the event. Whoever leaves the open states before `hired` no longer rests.
    fn place(
        &mut self,
        no: ApplicationNo,
        event: Event,
        to: State,
        stamp: &Stamp,
    ) -> Result<EventNo, DeskError> {
        let application = self.application_mut(no)?;
        let from = application.state;
        application.state = to;
        application.held &= to.is_open_before_hired();
        self.record(no, event, Some(from), stamp)
    }

    fn push(&mut self, change: Change, stamp: &Stamp) -> EventNo {
        let no = self.log.last().map_or(1, |last| last.no + 1);
        let Stamp { cause, actor, org, at } = *stamp;
        self.log.push(Recorded { no, cause, actor, org, at, change });
        no
    }
}
