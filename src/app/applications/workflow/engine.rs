//! One step of an application: compare-and-swap, counters, event row, audit row, outbox row. The rows it counts on are
//! locked when first touched and kept in memory for the rest of the transaction; so are the applications it has read,
//! as they are after its own steps.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::{Outcome, Recorded, Start, facts};
use crate::{
    app::{
        App, AppError,
        access::acting::Acting,
        announcing,
        audit::{
            self, AuditEvent,
            steps::{self, Step},
        },
        calendar, system,
    },
    domain::{
        application::{
            self, Answers, Event, State,
            follows::{self, ApplicationFacts, VacancyFacts},
            limits::{LimitError, PersonBook},
        },
        calendar::Calendar,
        codes::ProblemCode,
        ids::{ApplicationId, EventId, PersonId, VacancyId},
        letter,
        machine::Actor,
        message, vacancy,
    },
    store::{
        Tx,
        applications::{self, Application, Scope},
        employers,
        events::{self, ApplicationEvent},
        index_feed, locked, people, vacancies,
    },
};

/// What happens in one step.
pub struct Change<'a> {
    pub event: Event,
    /// The state after.
    pub to: State,
    /// Who acts.
    pub by: &'a Acting,
    /// The event that caused this one.
    pub cause: Option<EventId>,
    /// Why.
    pub reason: Option<String>,
    /// What else is kept of how it was said.
    pub said: Said,
}

/// How something was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The employer lets the person read why.
    pub shared: bool,
    /// The family helped to answer.
    pub helped: bool,
}

/// Works on applications inside one transaction.
pub struct Engine<'t> {
    /// Rules, clock.
    pub app: &'t App,
    /// The transaction.
    pub tx: &'t mut Tx,
    /// The moment of all its events.
    pub now: DateTime<Utc>,
    /// Its business date.
    pub today: NaiveDate,
    vacancies: BTreeMap<VacancyId, vacancies::Counters>,
    people: BTreeMap<PersonId, people::Counters>,
    applications: BTreeMap<ApplicationId, Application>,
    working_days: Option<Arc<Calendar>>,
    recorded: Vec<Recorded>,
    /// Vacancies of every application with an event in this act.
    pub touched_vacancies: BTreeSet<VacancyId>,
    /// People of every application with an event in this act.
    pub touched_people: BTreeSet<PersonId>,
    /// How many applications of each vacancy this act settled that were not.
    pub freed: BTreeMap<VacancyId, u32>,
}

/// A limit that refused, as an error of the application.
pub(super) fn limit(error: LimitError) -> AppError {
    AppError::conflict(error.code(), error)
}

impl<'t> Engine<'t> {
    /// Begins to work at the present moment.
    pub fn new(app: &'t App, tx: &'t mut Tx) -> Self {
        Self {
            app,
            tx,
            now: app.clock.now(),
            today: app.clock.today(),
            vacancies: BTreeMap::new(),
            people: BTreeMap::new(),
            applications: BTreeMap::new(),
            working_days: None,
            recorded: Vec::new(),
            touched_vacancies: BTreeSet::new(),
            touched_people: BTreeSet::new(),
            freed: BTreeMap::new(),
        }
    }

    /// Locks a vacancy, then a person; gives the vacancy's counters.
    pub async fn lock(
        &mut self,
        vacancy: VacancyId,
        person: PersonId,
    ) -> Result<vacancies::Counters, AppError> {
        let counters = self.vacancy(vacancy).await?;
        self.lock_person(person).await?;
        Ok(counters)
    }

    /// A vacancy's counters, locked.
    pub async fn vacancy(&mut self, id: VacancyId) -> Result<vacancies::Counters, AppError> {
        if let Some(known) = self.vacancies.get(&id) {
            return Ok(known.clone());
        }
        let counters = vacancies::lock(self.tx, id).await?.ok_or(AppError::NotFound)?;
        self.vacancies.insert(id, counters.clone());
        Ok(counters)
    }

    /// Locks a person's row.
    pub async fn lock_person(&mut self, id: PersonId) -> Result<(), AppError> {
        if !self.people.contains_key(&id) {
            let counters = people::lock(self.tx, id).await?.ok_or(AppError::NotFound)?;
            self.people.insert(id, counters);
        }
        Ok(())
    }

    /// A locked person's counters.
    pub fn person(&self, id: PersonId) -> Result<PersonBook, AppError> {
        let row = self.people.get(&id).ok_or_else(|| AppError::Internal("person not locked".to_owned()))?;
        Ok(PersonBook { live: row.live, placed: row.placed })
    }

    /// A vacancy, locked, as decisions look at it.
    pub async fn facts(&mut self, id: VacancyId) -> Result<VacancyFacts, AppError> {
        let ratio = self.app.rules.slot_ratio_permille;
        Ok(facts::of_vacancy(&self.vacancy(id).await?, ratio))
    }

    /// An application in the caller's reach, with its vacancy and person, all locked; the only time its row is read.
    pub async fn open(&mut self, scope: &Scope, id: ApplicationId) -> Result<Application, AppError> {
        let locked = locked::find(self.tx, scope, id).await?.ok_or(AppError::NotFound)?;
        self.vacancies.insert(locked.vacancy.id, locked.vacancy);
        self.people.insert(locked.person.id, locked.person);
        self.applications.insert(id, locked.application.clone());
        Ok(locked.application)
    }

    /// Keeps rows that were just read, for the steps on them.
    pub fn learn(&mut self, rows: Vec<Application>) -> Vec<ApplicationFacts> {
        let facts = facts::of_applications(&rows);
        self.applications.extend(rows.into_iter().map(|row| (row.id, row)));
        facts
    }

    /// An application that was read or written in this act, as it is now.
    pub fn known(&self, id: ApplicationId) -> Result<Application, AppError> {
        let known = self.applications.get(&id).cloned();
        known.ok_or_else(|| AppError::Internal("an application that was not read".to_owned()))
    }

    /// An application that does not exist yet, in the state its first event leads to.
    pub async fn blank(&mut self, start: &Start, to: State) -> Result<Application, AppError> {
        Ok(Application {
            id: system::fresh(),
            person_id: start.person,
            vacancy_id: start.vacancy,
            run_id: start.run,
            state: to,
            held: false,
            reserve_order: start.reserve_order,
            fit: start.fit,
            priority: start.priority,
            deadline: self.deadline(to).await?,
            starts_on: None,
            letter_number: None,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        })
    }

    /// Stores a new application with its first event.
    pub async fn create(
        &mut self,
        fresh: Application,
        change: Change<'_>,
    ) -> Result<(Application, EventId), AppError> {
        if applications::insert(self.tx, &fresh).await? == 0 {
            return Err(AppError::conflict(ProblemCode::AlreadyOpen, fresh.person_id));
        }
        let id = self.record(None, &fresh, &change).await?;
        self.applications.insert(fresh.id, fresh.clone());
        Ok((fresh, id))
    }

    /// Applies one event: counters, answers, compare-and-swap, event row, audit row.
    pub async fn step(
        &mut self,
        before: &Application,
        change: Change<'_>,
        edit: impl FnOnce(&mut Application),
    ) -> Result<(Application, EventId), AppError> {
        self.count(before, change.event, change.to).await?;
        self.place(before, change, edit).await
    }

    /// What an event counts, before it is written: counters and the employer's answers.
    pub async fn count(&mut self, before: &Application, event: Event, to: State) -> Result<(), AppError> {
        self.shift(before, to, None).await?;
        let answered = application::answers_of(event, Some(before.state), to);
        self.add_answers(before.vacancy_id, answered, 1).await
    }

    /// Writes one event without moving the counters: compare-and-swap, event row, audit row. Whoever leaves the open
    /// states before `hired` no longer rests.
    pub async fn place(
        &mut self,
        before: &Application,
        change: Change<'_>,
        edit: impl FnOnce(&mut Application),
    ) -> Result<(Application, EventId), AppError> {
        let mut next = Application {
            state: change.to,
            held: before.held && change.to.is_open_before_hired(),
            version: before.version + 1,
            updated_at: self.now,
            ..before.clone()
        };
        if change.to != before.state {
            next.deadline = self.deadline(change.to).await?;
        }
        if change.event == Event::Refer {
            let year = self.today.year();
            let count = applications::next_letter(self.tx, i64::from(year)).await?;
            next.letter_number = Some(letter::Number::new(count, year));
        }
        edit(&mut next);
        if applications::swap(self.tx, before, &next).await? == 0 {
            return Err(AppError::Stale { given: before.version, present: before.version + 1 });
        }
        let id = self.record(Some(before.state), &next, &change).await?;
        self.applications.insert(next.id, next.clone());
        Ok((next, id))
    }

    /// Moves the counters of vacancy and person; the CHECK constraints stand behind. `taken_back` is for events that are
    /// undone: the slot is still their own unless somebody entered since.
    pub async fn shift(
        &mut self,
        before: &Application,
        to: State,
        taken_back: Option<bool>,
    ) -> Result<(), AppError> {
        let from = before.state;
        if from.is_live() == to.is_live() && from.takes_seat() == to.takes_seat() {
            return Ok(());
        }
        let counters = self.lock(before.vacancy_id, before.person_id).await?;
        let book = self.facts(counters.id).await?.book;
        let moved = match taken_back {
            None => book.shift(from, to),
            Some(entered_since) => book.restore(from, to, entered_since),
        }
        .map_err(limit)?;
        let person = self.person(before.person_id)?.shift(from, to).map_err(limit)?;
        vacancies::set_counters(self.tx, counters.id, moved.taken, moved.live, moved.slots).await?;
        let row = people::Counters { id: before.person_id, live: person.live, placed: person.placed };
        people::set_counters(self.tx, &row).await?;
        if from.takes_seat() != to.takes_seat() {
            index_feed::add(self.tx, "person", before.person_id.0).await?;
        }
        if let Some(kept) = self.vacancies.get_mut(&counters.id) {
            (kept.taken, kept.live, kept.slots) = (moved.taken, moved.live, moved.slots);
        }
        self.people.insert(row.id, row);
        Ok(())
    }

    async fn record(
        &mut self,
        from: Option<State>,
        next: &Application,
        change: &Change<'_>,
    ) -> Result<EventId, AppError> {
        let row = ApplicationEvent {
            id: system::fresh(),
            application_id: next.id,
            version: next.version,
            event: change.event,
            from_state: from,
            to_state: next.state,
            actor: change.by.capacity()?,
            account_id: change.by.account(),
            organisation_id: change.by.acts_for(),
            reason: change.reason.clone(),
            cause_id: change.cause,
            at: self.now,
            shared: change.said.shared,
            helped: change.said.helped,
        };
        events::record(self.tx, &row).await?;
        let done = AuditEvent::Application(change.event, next.id, row.id);
        audit::write(self.tx, change.by, self.now, done).await?;
        self.announce(&row, next).await?;
        self.touched_vacancies.insert(next.vacancy_id);
        self.touched_people.insert(next.person_id);
        if follows::reserve::frees(change.event, from, next.state) {
            *self.freed.entry(next.vacancy_id).or_default() += 1;
        }
        self.recorded.push(Recorded {
            event_id: row.id,
            application: next.id,
            event: change.event,
            from,
            to: next.state,
            cause: change.cause,
        });
        Ok(row.id)
    }

    /// Makes the messages about an event.
    async fn announce(&mut self, event: &ApplicationEvent, next: &Application) -> Result<(), AppError> {
        if message::of_event(event.event, event.from_state, event.to_state).is_empty() {
            return Ok(());
        }
        let employer = self.vacancy(next.vacancy_id).await?.employer_id;
        announcing::announce(self.app, self.tx, event, next, employer).await
    }

    /// Lets the system fill or reopen a vacancy.
    pub async fn move_vacancy(
        &mut self,
        id: VacancyId,
        event: vacancy::Event,
        cause: Option<EventId>,
    ) -> Result<(), AppError> {
        let counters = self.vacancy(id).await?;
        let to = vacancy::next(Some(counters.state), event, Actor::System).map_err(super::refused)?;
        if vacancies::swap_state(self.tx, &counters, to, self.now).await? == 0 {
            return Err(AppError::Stale { given: counters.version, present: counters.version + 1 });
        }
        let (version, from) = (counters.version + 1, Some(counters.state));
        let step = Step { object: id, version, from, to, reason: None, cause };
        steps::of_vacancy(self.tx, &Acting::system(), self.now, event, step).await?;
        index_feed::add(self.tx, "vacancy", id.0).await?;
        if let Some(kept) = self.vacancies.get_mut(&id) {
            kept.state = to;
            kept.version += 1;
        }
        Ok(())
    }

    /// Adds to the employer's answers `times` what an event counts.
    pub async fn add_answers(&mut self, id: VacancyId, by: Answers, times: i64) -> Result<(), AppError> {
        if by == Answers::default() {
            return Ok(());
        }
        let counters = self.vacancy(id).await?;
        let answers = counters.answers + by.answers * times;
        let refusals = counters.refusals + by.refusals * times;
        vacancies::set_answers(self.tx, id, answers, refusals).await?;
        if let Some(kept) = self.vacancies.get_mut(&id) {
            (kept.answers, kept.refusals) = (answers, refusals);
        }
        Ok(())
    }

    /// Whether a vacancy takes a referral that needs no slot.
    pub async fn takes_referrals(&mut self, id: VacancyId) -> Result<bool, AppError> {
        let open = self.facts(id).await?.is_open_to_referrals(self.today);
        Ok(open && !self.is_hindered(id).await?)
    }

    /// Whether somebody who waits could be referred to a vacancy.
    pub async fn may_serve(&mut self, id: VacancyId) -> Result<bool, AppError> {
        let may = self.facts(id).await?.may_serve(self.today);
        Ok(may && !self.is_hindered(id).await?)
    }

    async fn is_hindered(&mut self, id: VacancyId) -> Result<bool, AppError> {
        let employer = self.vacancy(id).await?.employer_id;
        let overdue = employers::overdue_answers(self.tx, employer, self.today).await?;
        Ok(follows::hinders_referrals(overdue))
    }

    /// What was recorded, with the application as it is now.
    pub fn outcome(self, id: ApplicationId) -> Result<Outcome, AppError> {
        Ok(Outcome { application: self.known(id)?, recorded: self.recorded, complaint: None })
    }

    /// The working days from today on as they are in this transaction; read once, when first asked for.
    pub async fn working_days(&mut self) -> Result<Arc<Calendar>, AppError> {
        if let Some(known) = &self.working_days {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(calendar::working_days(self.tx, self.today).await?);
        self.working_days = Some(Arc::clone(&read));
        Ok(read)
    }

    async fn deadline(&mut self, state: State) -> Result<Option<NaiveDate>, AppError> {
        let Some(days) = application::answer_deadline_days(state, &self.app.rules.deadlines) else {
            return Ok(None);
        };
        Ok(Some(self.working_days().await?.add_working_days(self.today, u32::from(days))))
    }
}
