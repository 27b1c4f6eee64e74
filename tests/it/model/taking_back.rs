//! Undo on the desk: the last event of an application and everything it caused. The rules are written down in
//! `domain::application::follows`; whether an event may be taken back at all is in `application::undo`.
use super::words::{ApplicationNo, By, Change, DeskError, EventNo, Recorded, VacancyNo};
use super::{Desk, Stamp};
use padankerja::domain::application::undo::{LastEvent, UndoError, landing, undo_target};
use padankerja::domain::application::{self, Event, MACHINE, State};

/// An application of the group: where it is, and where it goes back to.
struct Returning {
    no: ApplicationNo,
    now: State,
    back: State,
    newest: EventNo,
}

/// A recorded event of an application.
#[derive(Clone, Copy)]
struct Past {
    recorded: Recorded,
    application: ApplicationNo,
    event: Event,
    from: Option<State>,
    to: State,
}

impl Desk {
    /// Takes back the last event of the application and what it caused.
    pub(super) fn undo(&mut self, by: &By, no: ApplicationNo) -> Result<(), DeskError> {
        let before = self.application(no)?;
        MACHINE.row(Some(before.state), Event::Undo, by.actor)?;
        let root = self.root_of(no)?;
        undo_target(&last_event(&root), by.now, by.org, self.policy.undo_minutes)?;
        let group = self.group_of(&root, no)?;
        self.move_back(&root, &group)?;
        for returning in &group {
            self.check_return(returning.no, returning.now)?;
        }
        let cause = self.record_undone(by, no, &group)?;
        self.settle(by, Some(cause), before.vacancy, Some(before.person))
    }

    /// The event of a user from which the application's last event follows, if it is one of the same application.
    fn root_of(&self, no: ApplicationNo) -> Result<Past, DeskError> {
        let last = self.last_of(no).ok_or(DeskError::UnknownApplication(no))?;
        let Some(cause) = last.recorded.cause else { return Ok(last) };
        self.events().find(|event| event.recorded.no == cause && event.application == no).ok_or_else(|| {
            let event = last.event;
            DeskError::Undo(UndoError::OnlyWithCause { event })
        })
    }

    /// Every application with an event of the group, newest first, the root's last.
    fn group_of(&self, root: &Past, own: ApplicationNo) -> Result<Vec<Returning>, DeskError> {
        let mut group: Vec<Returning> = Vec::new();
        for event in self.events().filter(|event| belongs(&event.recorded, root.recorded.no)) {
            match group.iter_mut().find(|returning| returning.no == event.application) {
                Some(known) => known.newest = event.recorded.no,
                None => group.push(Returning {
                    no: event.application,
                    now: self.application(event.application)?.state,
                    back: landing(event.from),
                    newest: event.recorded.no,
                }),
            }
        }
        group.sort_by_key(|returning| (returning.no == own, std::cmp::Reverse(returning.newest)));
        for returning in &group {
            if self.last_of(returning.no).map(|last| last.recorded.no) != Some(returning.newest) {
                return Err(DeskError::MovedOn(returning.no));
            }
        }
        Ok(group)
    }

    /// Shifts the books and states back, in the order of the group, and the answers of the root's vacancy.
    fn move_back(&mut self, root: &Past, group: &[Returning]) -> Result<(), DeskError> {
        for returning in group {
            let Returning { no, now, back, .. } = *returning;
            let application = self.application(no)?;
            let entered = self.entered_since(application.vacancy, root.recorded.no);
            let seats = self.vacancy(application.vacancy)?.book.restore(now, back, entered)?;
            let person = self.person(application.person)?.book.shift(now, back)?;
            self.vacancy_mut(application.vacancy)?.book = seats;
            self.person_mut(application.person)?.book = person;
            self.application_mut(no)?.state = back;
        }
        let vacancy = self.application(root.application)?.vacancy;
        self.add_answers(vacancy, application::answers_of(root.event, root.from, root.to), -1)
    }

    fn record_undone(
        &mut self,
        by: &By,
        own: ApplicationNo,
        group: &[Returning],
    ) -> Result<EventNo, DeskError> {
        for returning in group {
            let application = self.application(returning.no)?;
            let rests = application.state.is_open_before_hired()
                && self.has_other(application.person, returning.no, State::Hired);
            self.application_mut(returning.no)?.held = rests;
        }
        let now_of = |no| group.iter().find(|returning| returning.no == no).map(|returning| returning.now);
        let cause = self.record(own, Event::Undo, now_of(own), &Stamp::of(by))?;
        for returning in group.iter().filter(|returning| returning.no != own) {
            self.record(returning.no, Event::Undo, Some(returning.now), &Stamp::caused(by, Some(cause)))?;
        }
        Ok(cause)
    }

    /// Whether somebody outside the group became live in the vacancy after the root.
    fn entered_since(&self, vacancy: VacancyNo, root: EventNo) -> bool {
        self.events().any(|event| {
            let later = event.recorded.no > root && !belongs(&event.recorded, root);
            let entered = event.to.is_live() && !event.from.is_some_and(State::is_live);
            let here = self.applications.get(&event.application).is_some_and(|a| a.vacancy == vacancy);
            later && entered && here
        })
    }

    fn last_of(&self, no: ApplicationNo) -> Option<Past> {
        self.events().filter(|event| event.application == no).last()
    }

    fn events(&self) -> impl Iterator<Item = Past> {
        self.log.iter().filter_map(|recorded| match recorded.change {
            Change::Application { application, event, from, to, .. } => {
                Some(Past { recorded: *recorded, application, event, from, to })
            }
            Change::Vacancy { .. } => None,
        })
    }
}

/// Whether the event is the root or was caused by it.
fn belongs(event: &Recorded, root: EventNo) -> bool {
    event.no == root || event.cause == Some(root)
}

fn last_event(root: &Past) -> LastEvent {
    let Recorded { actor, org, at, .. } = root.recorded;
    LastEvent { event: root.event, from: root.from, actor, actor_org: org, at }
}
