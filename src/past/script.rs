//! What happens on certain days of a past, whatever lies on the desks: classes, a factory with five hundred seats, a suspension,
//! complaints, ads that are sent back. Days are hundredths of the past.
use chrono::{Datelike, Days, NaiveDate};

use super::{
    Past, SUSPECT,
    books::ClassAt,
    happened,
    steps::COMPLAINTS,
    vacancies::{Until, decision},
};
use crate::{
    app::{
        AppError,
        applications::workflow::Details,
        classes::{self, NewClass},
        employers::{self, plans},
    },
    domain::{
        application::{Event, State},
        employer,
        evidence::Criterion,
        next_step,
        plan::Certainty,
        training::Outcome,
        vacancy::CloseReason,
    },
    sample::believable::{self, said},
    transact,
};

/// A day's happening.
#[derive(Clone, Copy, Debug)]
enum Happening {
    /// People who were dismissed show it.
    LaidOff,
    /// Five hundred seats are announced for a month to come, and later opened.
    Plan,
    LargeVacancy,
    /// A class of a line of work begins; it ends at a hundredth of the past, or after it.
    Class(&'static str, usize),
    /// An ad that asks for money; one that is sent back, and handed in again.
    FeeAd,
    SentBack(bool),
    /// An employer is suspended after a complaint, and reinstated.
    Suspend,
    Reinstate,
    /// An employer says why it refuses.
    Said,
    /// The n-th open vacancy is paused or closed.
    Pause(usize),
    Close(usize, CloseReason),
    /// Officers give more time; a state is set right.
    Extend,
    SetRight,
    /// An officer finds capital for somebody.
    Capital,
    /// An employer looks for so many at once.
    Opens(usize, u32),
    /// Written, and not handed in; handed in, and not decided about.
    Draft,
    Waiting(usize),
    /// An employer that nobody has verified yet.
    NewEmployer,
}

/// The employer whose word is written down, and the one with the large plan.
const STRICT: usize = 11;
const LARGE: usize = 1;
/// Seats of the large vacancy.
const SEATS: u32 = 500;
/// Members of a class.
const MEMBERS: u32 = 16;

const HAPPENINGS: [(usize, Happening); 34] = [
    (5, Happening::Class("las", 30)),
    (9, Happening::LaidOff),
    (12, Happening::Plan),
    (20, Happening::FeeAd),
    (26, Happening::SentBack(true)),
    (33, Happening::Class("jahit", 60)),
    (40, Happening::Extend),
    (44, Happening::Capital),
    (50, Happening::LargeVacancy),
    (52, Happening::Opens(2, 24)),
    (55, Happening::Suspend),
    (57, Happening::Said),
    (63, Happening::Reinstate),
    (66, Happening::Capital),
    (68, Happening::Close(3, CloseReason::NotNeeded)),
    (74, Happening::SetRight),
    (76, Happening::Close(6, CloseReason::FilledOtherwise)),
    (78, Happening::Opens(2, 20)),
    (79, Happening::Opens(22, 24)),
    (79, Happening::Opens(0, 30)),
    (80, Happening::Opens(5, 8)),
    (80, Happening::Opens(7, 10)),
    (81, Happening::Opens(8, 8)),
    (81, Happening::Opens(6, 12)),
    (82, Happening::Opens(3, 12)),
    (84, Happening::Class("pangan", 112)),
    (86, Happening::Said),
    (93, Happening::Capital),
    (95, Happening::Pause(9)),
    (96, Happening::SentBack(false)),
    (98, Happening::Draft),
    (99, Happening::Waiting(6)),
    (99, Happening::Waiting(8)),
    (99, Happening::NewEmployer),
];

impl Past {
    /// What the day brings.
    pub(super) async fn script(&mut self) -> Result<(), AppError> {
        match self.over {
            1 => self.take_in_the_register().await?,
            2 => self.hand_out_logins().await?,
            _ => {}
        }
        self.people_arrive().await?;
        Box::pin(self.decide_about_ads()).await?;
        Box::pin(self.post_due()).await?;
        Box::pin(self.nominations()).await?;
        if self.over > self.run_days()[0] {
            Box::pin(self.apply_by_themselves()).await?;
        }
        for (percent, happening) in HAPPENINGS {
            if self.day_at(percent) == self.over {
                Box::pin(self.happens(happening)).await?;
            }
        }
        for (percent, kind, by) in COMPLAINTS {
            if self.day_at(percent) == self.over {
                self.complain(kind, by).await?;
            }
        }
        self.handle_complaints().await?;
        self.examine_classes().await
    }

    /// An agency registers somebody, or names somebody by the NIK; an officer decides about those who were named.
    async fn nominations(&mut self) -> Result<(), AppError> {
        if self.over > 4 && self.over.is_multiple_of(6) {
            self.nominate().await?;
        }
        if self.over > 4 && self.over.is_multiple_of(4) {
            self.name_somebody().await?;
        }
        self.decide_nominations().await
    }

    async fn happens(&mut self, what: Happening) -> Result<(), AppError> {
        self.pass();
        match what {
            Happening::LaidOff => self.laid_off().await,
            Happening::Plan => self.announce_plan().await,
            Happening::LargeVacancy => self.open_at_once(LARGE, SEATS).await,
            Happening::Opens(firm, seats) => self.open_at_once(firm, seats).await,
            Happening::Class(line, ends) => self.take_in_class(line, ends).await,
            Happening::FeeAd => self.post_faulty(true, false).await,
            Happening::SentBack(again) => self.post_faulty(false, again).await,
            Happening::Suspend => self.judge_employer(employer::Event::Suspend, said::SUSPENDED).await,
            Happening::Reinstate => self.judge_employer(employer::Event::Reinstate, said::REINSTATED).await,
            Happening::Said => self.write_down_what_was_said(STRICT).await,
            Happening::Pause(nth) => self.end_early(nth, None).await,
            Happening::Close(nth, reason) => self.end_early(nth, Some(reason)).await,
            Happening::Extend => self.extend_some().await,
            Happening::SetRight => self.set_right().await,
            Happening::Capital => self.make_step(next_step::Kind::BusinessCapital).await,
            Happening::Draft => self.write_an_ad(3, Until::Draft).await,
            Happening::Waiting(firm) => self.write_an_ad(firm, Until::Submitted).await,
            Happening::NewEmployer => {
                let number = self.cast.firms.len();
                self.cast.register(&self.app, &self.params, number).await.map(|_| ())
            }
        }
    }

    async fn laid_off(&mut self) -> Result<(), AppError> {
        let officer = self.cast.officer(0).clone();
        let of: Vec<_> = self
            .books
            .residents
            .iter()
            .filter(|r| matches!(r.line, "jahit" | "tekstil"))
            .map(|r| r.id)
            .collect();
        for person in of.into_iter().step_by(5).take(10) {
            self.give_evidence(&officer, person, Criterion::LaidOff, None, "surat PHK").await?;
        }
        Ok(())
    }

    async fn announce_plan(&mut self) -> Result<(), AppError> {
        let Some(firm) = self.cast.firms.get(LARGE) else { return Ok(()) };
        let (app, login) = (&self.app, firm.session.employer()?);
        let month = self.days.get(self.day_at(50)).copied().unwrap_or(self.today());
        let plan = plans::NewPlan {
            job: said::PLANNED_JOB,
            occupation_code: Some("7516"),
            seats: i64::from(SEATS),
            village: None,
            month,
            certainty: Certainty::Decided,
        };
        transact!(app, tx => plans::announce(app, tx, &login, &plan).await)?;
        Ok(())
    }

    /// An ad for many is handed in and decided about on the same day.
    async fn open_at_once(&mut self, firm: usize, seats: u32) -> Result<(), AppError> {
        let firms: Vec<_> = self.cast.firms.iter().map(|at| at.firm.clone()).collect();
        let Some(wanted) = believable::large_vacancy(&self.params, &firms, firm, seats) else {
            return Ok(());
        };
        let Some(id) = self.post(&wanted, Until::Submitted).await? else { return Ok(()) };
        let officer = self.cast.officer(1).clone();
        let mut tx = self.app.db.read().await?;
        let row = crate::store::vacancies::find(&mut tx, None, id).await?.ok_or(AppError::NotFound)?;
        tx.rollback().await?;
        let done = self.move_vacancy(&officer, id, decision(&row, self.today())).await?;
        if let Some(posted) = self.books.posted.iter_mut().find(|posted| posted.id == id) {
            posted.open = done;
        }
        Ok(())
    }

    async fn write_an_ad(&mut self, firm: usize, until: Until) -> Result<(), AppError> {
        let firms: Vec<_> = self.cast.firms.iter().map(|at| at.firm.clone()).collect();
        if let Some(wanted) = believable::large_vacancy(&self.params, &firms, firm, 6) {
            self.post(&wanted, until).await?;
        }
        Ok(())
    }

    /// A class of beginners is taken in whole.
    async fn take_in_class(&mut self, line: &'static str, ends: usize) -> Result<(), AppError> {
        let today = self.today();
        let ends_on = self.day_or_later(ends);
        let programme = believable::programme(line).unwrap_or(line).to_owned();
        let number = u32::try_from(self.books.classes.len()).unwrap_or_default();
        let name = said::class_name(number, today.year());
        let first = self.books.next_number;
        self.books.next_number += MEMBERS;
        let seed = self.wanted.seed;
        let drawn: Vec<_> =
            (first..first + MEMBERS).filter_map(|at| believable::beginner(seed, at, line, today)).collect();
        let rows: Vec<_> = drawn.into_iter().map(|one| one.row).collect();
        let members = classes::judge(&rows, today)?;
        let new = NewClass { programme, name, starts_on: today, ends_on };
        let (app, by) = (&self.app, self.cast.officer(0).acting()?);
        let (id, _known) = transact!(app, tx => classes::take_in(app, tx, &by, &new, &members).await)?;
        self.books.classes.push(ClassAt { id, ends_on, examined: false });
        Ok(())
    }

    /// The working day at a hundredth of the past; beyond it as many days after today.
    fn day_or_later(&self, percent: usize) -> NaiveDate {
        let beyond = u64::try_from(percent.saturating_sub(100)).unwrap_or_default();
        match self.days.get(self.day_at(percent.min(100))) {
            Some(day) if beyond == 0 => *day,
            _ => self.wanted.today + Days::new(beyond),
        }
    }

    /// Most pass, some do not, one gave up.
    async fn examine_classes(&mut self) -> Result<(), AppError> {
        let today = self.today();
        let over: Vec<(usize, ClassAt)> = self
            .books
            .classes
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, class)| !class.examined && class.ends_on < today)
            .collect();
        for (place, class) in over {
            self.pass();
            let by = self.cast.officer(0).acting()?;
            let mut tx = self.app.db.read().await?;
            let full = classes::read(&mut tx, &by, class.id).await?;
            tx.rollback().await?;
            let mut results = Vec::new();
            for (at, member) in full.members.iter().enumerate() {
                let result = match (at, self.rng.below(100)) {
                    (5, _) => Outcome::BrokenOff,
                    (_, 0..=11) => Outcome::Failed,
                    _ => Outcome::Passed,
                };
                results.push((member.person_id, result));
            }
            let app = &self.app;
            transact!(app, tx => classes::record_results(app, tx, &by, class.id, &results).await)?;
            if let Some(class) = self.books.classes.get_mut(place) {
                class.examined = true;
            }
        }
        Ok(())
    }

    async fn judge_employer(&mut self, event: employer::Event, why: &str) -> Result<(), AppError> {
        let Some(id) = self.cast.firms.get(SUSPECT).map(|at| at.id) else { return Ok(()) };
        let officer = self.cast.supervisor.verifying()?;
        let mut tx = self.app.db.read().await?;
        let found = crate::store::employers::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
        tx.rollback().await?;
        let app = &self.app;
        transact!(app, tx => {
            employers::act(app, tx, &officer, id, event, Some(why.to_owned()), found.version).await
        })?;
        Ok(())
    }

    /// Two employers asked for more time after an interview.
    async fn extend_some(&mut self) -> Result<(), AppError> {
        self.look().await?;
        let officer = self.cast.officer(0).clone();
        let deadline = Some(self.calendar.add_working_days(self.today(), 4));
        for card in self.books.in_state(State::Interview).into_iter().take(2) {
            let details = Details { deadline, ..Details::default() };
            self.act(&officer, &card.application, Event::Extend, &details).await?;
        }
        Ok(())
    }

    /// A supervisor sets a state right: somebody was written down as absent on the first day, and was there.
    async fn set_right(&mut self) -> Result<(), AppError> {
        let mut tx = self.app.db.read().await?;
        let filter = crate::store::applications::Filter { state: Some(State::NoShow), ..Default::default() };
        let scope = crate::store::applications::Scope::Office;
        let found = crate::store::applications::cards(&mut tx, &scope, &filter, None, 1).await?;
        tx.rollback().await?;
        let Some(card) = found.into_iter().next() else { return Ok(()) };
        let supervisor = self.cast.supervisor.clone();
        let details = Details {
            target: Some(State::Started),
            text: Some(said::SET_RIGHT.to_owned()),
            ..Details::default()
        };
        let done = self.act(&supervisor, &card.application, Event::Correct, &details).await;
        happened(done.map(|_| ()))?;
        Ok(())
    }
}
