//! Publishing a run on the desk, and step 5 of the order of consequences: a freed place goes to the next of the newest
//! run's reserve. The rules are written down in `domain::application::follows`.
use std::collections::BTreeMap;

use super::words::{
    ApplicationNo, By, Change, DeskApplication, DeskError, EventNo, Recorded, RunNo, RunPlace, VacancyNo,
};
use super::{Desk, Stamp};
use padankerja::domain::application::{Event, State};

impl Desk {
    /// Publishes a run: its pairs are proposed, or renewed where an earlier run proposed them and nobody answered (what is
    /// refused is left out); other earlier unanswered proposals retire; its reserve replaces the last one. An officer sets
    /// it off, the service does it: `by` is `system`.
    ///
    /// # Errors
    /// See `DeskError`; a refused pair is none.
    pub fn publish(
        &mut self,
        by: &By,
        proposals: &[RunPlace],
        reserve: &[RunPlace],
    ) -> Result<Vec<Recorded>, DeskError> {
        self.atomically(|desk| {
            desk.run = desk.run.saturating_add(1);
            desk.reserve = reserve.to_vec();
            let stamp = Stamp::of(by);
            let run = desk.run;
            for place in proposals {
                let _left_out = match desk.waits_from_before(place) {
                    Some(no) => desk.renew(no, place, run, &stamp),
                    None => desk.create(place, Some(run), Event::Propose, &stamp),
                };
            }
            for no in desk.select(|a| is_of_before(a, run)) {
                desk.step(no, Event::Retire, State::Retired, &stamp)?;
            }
            Ok(())
        })
    }

    /// The unanswered proposal of the pair that an earlier run made.
    fn waits_from_before(&self, place: &RunPlace) -> Option<ApplicationNo> {
        let same_pair = |a: &DeskApplication| a.person == place.person && a.vacancy == place.vacancy;
        self.select(|a| same_pair(a) && is_of_before(a, self.run)).first().copied()
    }

    /// The pair is asked what a new one would be; then run and place are the newer ones.
    fn renew(
        &mut self,
        no: ApplicationNo,
        place: &RunPlace,
        run: RunNo,
        stamp: &Stamp,
    ) -> Result<EventNo, DeskError> {
        let state = self.vacancy(place.vacancy)?.state;
        if !state.is_open() {
            return Err(DeskError::VacancyNotOpen { vacancy: place.vacancy, state });
        }
        if self.person(place.person)?.book.placed > 0 {
            return Err(DeskError::PersonPlaced(place.person));
        }
        let application = self.application_mut(no)?;
        (application.run, application.reserve) = (Some(run), place.reserve);
        self.record(no, Event::Renew, Some(State::Proposed), stamp)
    }

    /// Step 5: as many as the act settled, one for one, while there is room.
    pub(super) fn promote_reserve(&mut self, stamp: &Stamp) -> Result<(), DeskError> {
        let run = self.run;
        for (vacancy, freed) in self.freed(stamp.cause) {
            for _ in 0..freed {
                if !self.has_room(vacancy)? {
                    break;
                }
                let in_order: Vec<RunPlace> =
                    self.reserve.iter().filter(|place| place.vacancy == vacancy).copied().collect();
                let next = in_order.iter().find(|place| self.may_be_promoted(place));
                let Some(next) = next else { break };
                self.create(next, Some(run), Event::Propose, stamp)?;
            }
        }
        Ok(())
    }

    /// How many applications of each vacancy an act settled; an undo settles nothing.
    fn freed(&self, cause: Option<EventNo>) -> BTreeMap<VacancyNo, u32> {
        let mut freed = BTreeMap::new();
        let Some(cause) = cause else { return freed };
        for event in self.log.iter().rev().take_while(|event| event.no >= cause) {
            let Change::Application { application, event, from: Some(from), to, .. } = event.change else {
                continue;
            };
            if event != Event::Undo
                && !from.is_final()
                && to.is_final()
                && let Some(settled) = self.applications.get(&application)
            {
                *freed.entry(settled.vacancy).or_default() += 1;
            }
        }
        freed
    }

    /// The vacancy is open and fewer people are before `hired` in it than the formula has slots.
    fn has_room(&self, no: VacancyNo) -> Result<bool, DeskError> {
        let vacancy = self.vacancy(no)?;
        let open = self.select(|a| a.vacancy == no && a.state.is_open_before_hired()).len();
        let open = i64::try_from(open).unwrap_or(i64::MAX);
        Ok(vacancy.state.is_open() && open < vacancy.book.formula())
    }

    fn may_be_promoted(&self, place: &RunPlace) -> bool {
        let Ok(person) = self.person(place.person) else { return false };
        let here = |wanted: fn(State) -> bool| {
            self.applications()
                .any(|(_, a)| a.person == place.person && a.vacancy == place.vacancy && wanted(a.state))
        };
        let from_this_run =
            |(_, a): &(ApplicationNo, &DeskApplication)| a.person == place.person && a.run == Some(self.run);
        let had_its_turn = self
            .applications()
            .filter(from_this_run)
            .any(|(_, a)| a.vacancy == place.vacancy && a.state != State::Retired);
        let waits_elsewhere = self.applications().filter(from_this_run).any(|(_, a)| a.state.is_unanswered());
        person.book.placed == 0
            && person.book.has_place()
            && self.open_of_pair(place.person, place.vacancy, None).is_none()
            && !here(State::is_a_no)
            && !had_its_turn
            && !waits_elsewhere
    }
}

/// Proposed by a run before this one, and not answered.
fn is_of_before(application: &DeskApplication, run: RunNo) -> bool {
    application.state == State::Proposed && application.run.is_some_and(|of| of != run)
}
