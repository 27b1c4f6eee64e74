//! Vacancies of a past: employers post ads, officers decide about them, some are sent back or refused, some end early.
use chrono::{Days, NaiveDate};

use super::{Past, SUSPECT, books::Posted, happened};
use crate::{
    app::{
        AppError,
        access::Session,
        people,
        vacancies::{self, Origin, VacancyStep, flags, posting},
    },
    domain::{
        flag::{Answers, FlagKind},
        ids::VacancyId,
        intake::{cell::Cell, vacancy::VacancyRow},
        vacancy::{CloseReason, Event, State},
    },
    sample::believable::{self, Wanted, said},
    store::vacancies::{self as rows, Vacancy},
    transact,
};

/// How far an employer gets with an ad on the day it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    Draft,
    Submitted,
}

impl Past {
    /// Posts what is due today of the sample's vacancies: most of them in the first days, the others along the way.
    pub(super) async fn post_due(&mut self) -> Result<(), AppError> {
        let (all, early) = (self.ads.len(), self.ads.len() * 4 / 10);
        let (first, last) = (self.run_days()[0], self.days.len().saturating_sub(1));
        let from = first + 4;
        for number in 0..all {
            let day = if number < early {
                1 + number * first.saturating_sub(3).max(1) / early.max(1)
            } else {
                from + (number - early) * last.saturating_sub(from) / (all - early).max(1)
            };
            if day == self.over
                && let Some(wanted) = self.ads.get(number).cloned()
            {
                self.post(&wanted, Until::Submitted).await?;
            }
        }
        Ok(())
    }

    /// An employer writes an ad and hands it in.
    pub(super) async fn post(
        &mut self,
        wanted: &Wanted,
        until: Until,
    ) -> Result<Option<VacancyId>, AppError> {
        self.pass();
        let today = self.today();
        // Whoever needs many takes people for longer.
        let seats = wanted.row.seats.as_str().and_then(|seats| seats.parse::<u32>().ok()).unwrap_or(0);
        let open_for = if seats > 6 { 150 } else { self.rng.between(35, 110) };
        let closes_on = today + Days::new(u64::from(open_for));
        let row = VacancyRow { closes_on: Cell::text(&closes_on.to_string()), ..wanted.row.clone() };
        let (draft, _) = row.judge(today).into_result().map_err(|all| people::issues(&all))?;
        let Some(firm) = self.cast.firms.get(wanted.firm) else { return Ok(None) };
        let (app, session, employer) = (&self.app, &firm.session, firm.id);
        let acting = session.acting()?;
        let origin = Origin { sample: true, ..Origin::default() };
        let id = transact!(app, tx => {
            let made = vacancies::enter(app, tx, &acting, employer, &draft, &origin).await?;
            if until == Until::Submitted {
                posting::act(app, tx, session, made.id, Event::Submit.into()).await?;
            }
            Ok(made.id)
        })?;
        self.books.add_posted(Posted { id, line: wanted.line, firm: wanted.firm, open: false });
        Ok(Some(id))
    }

    /// Officers decide about the ads that were handed in, mostly on the next day.
    pub(super) async fn decide_about_ads(&mut self) -> Result<(), AppError> {
        let mut tx = self.app.db.read().await?;
        let waiting = rows::in_state(&mut tx, State::Submitted).await?;
        tx.rollback().await?;
        let mut waiting: Vec<_> =
            waiting.into_iter().filter(|row| row.created_at < self.app.clock.now()).collect();
        waiting.sort_by_key(|row| row.id);
        for row in waiting {
            // The ads of the last two days are still to be decided about today.
            if crate::domain::calendar::jakarta_date(row.created_at) == self.today() || self.left() < 2 {
                continue;
            }
            if self.over > self.run_days()[0] && !self.rng.percent(75) {
                continue;
            }
            let step = decision(&row, self.today());
            let published = step.event == Event::Publish;
            let officer = self.cast.officer(1).clone();
            let done = self.move_vacancy(&officer, row.id, step).await?;
            if let Some(posted) = self.books.posted.iter_mut().find(|p| p.id == row.id) {
                posted.open = done && published;
            }
        }
        Ok(())
    }

    pub(super) async fn move_vacancy(
        &mut self,
        who: &Session,
        id: VacancyId,
        step: VacancyStep,
    ) -> Result<bool, AppError> {
        self.pass();
        let app = &self.app;
        let done: Result<_, AppError> =
            async { transact!(app, tx => posting::act(app, tx, who, id, step.clone()).await) }.await;
        Ok(happened(done)?.is_some())
    }

    /// An ad that asks for money, and one that an officer sends back; the second is handed in again when `again`.
    pub(super) async fn post_faulty(&mut self, asks_for_money: bool, again: bool) -> Result<(), AppError> {
        let firms: Vec<_> = self.cast.firms.iter().map(|at| at.firm.clone()).collect();
        let firm = if asks_for_money { SUSPECT } else { 19 };
        let Some(mut wanted) = believable::large_vacancy(&self.params, &firms, firm, 2) else {
            return Ok(());
        };
        if asks_for_money {
            let text = wanted.row.description.as_str().unwrap_or_default();
            wanted.row.description = Cell::text(&format!("{text}\n{}", said::ASKS_FOR_MONEY));
        }
        let Some(id) = self.post(&wanted, Until::Submitted).await? else { return Ok(()) };
        if asks_for_money {
            return Ok(());
        }
        let officer = self.cast.officer(1).clone();
        let back = VacancyStep { reason: Some(said::SENT_BACK.to_owned()), ..Event::SendBack.into() };
        self.move_vacancy(&officer, id, back).await?;
        if again && let Some(author) = self.cast.firms.get(wanted.firm).map(|at| at.session.clone()) {
            self.move_vacancy(&author, id, Event::Submit.into()).await?;
        }
        Ok(())
    }

    /// An employer pauses or closes one of its open vacancies: the n-th in the order of posting, or the last.
    pub(super) async fn end_early(
        &mut self,
        nth: usize,
        reason: Option<CloseReason>,
    ) -> Result<(), AppError> {
        let mut tx = self.app.db.read().await?;
        let mut open: Vec<VacancyId> =
            rows::in_state(&mut tx, State::Open).await?.into_iter().map(|row| row.id).collect();
        tx.rollback().await?;
        open.sort_unstable();
        // The large employers go on.
        open.retain(|id| self.books.firm_of(*id).is_some_and(|firm| firm > 8));
        let Some(id) = open.get(nth.min(open.len().saturating_sub(1))).copied() else { return Ok(()) };
        let Some(chosen) = self.books.posted.iter().find(|posted| posted.id == id).cloned() else {
            return Ok(());
        };
        let Some(author) = self.cast.firms.get(chosen.firm).map(|at| at.session.clone()) else {
            return Ok(());
        };
        let step = match reason {
            None => VacancyStep::from(Event::Pause),
            Some(reason) => VacancyStep { reason: Some(reason.as_str().to_owned()), ..Event::Close.into() },
        };
        if self.move_vacancy(&author, chosen.id, step).await?
            && let Some(posted) = self.books.posted.iter_mut().find(|p| p.id == chosen.id)
        {
            posted.open = false;
        }
        Ok(())
    }

    /// What an employer with many refusals says about them is written down, and referrals go on.
    pub(super) async fn write_down_what_was_said(&mut self, firm: usize) -> Result<(), AppError> {
        let ids: Vec<VacancyId> = self.books.posted.iter().filter(|p| p.firm == firm).map(|p| p.id).collect();
        let officer = self.cast.officer(1).acting()?;
        for id in ids {
            self.pass();
            let app = &self.app;
            transact!(app, tx => vacancies::record_said(app, tx, &officer, id, said::EMPLOYER_SAID.to_owned()).await)?;
        }
        Ok(())
    }
}

/// What an officer makes of an ad on a day: it is published with reasons for what is flagged as the law stands then (a new year
/// has a new minimum wage); one that asks for money is refused.
pub(super) fn decision(row: &Vacancy, today: NaiveDate) -> VacancyStep {
    let kinds: Vec<FlagKind> = flags::of_row(row, false, today).iter().map(|flag| flag.kind).collect();
    if kinds.iter().all(|kind| kind.can_be_justified()) {
        let reasons = kinds.iter().map(|kind| (*kind, said::reason_for(*kind).to_owned())).collect();
        return VacancyStep { answers: Answers { reasons, ..Answers::default() }, ..Event::Publish.into() };
    }
    VacancyStep { reason: Some(said::REJECTED.to_owned()), ..Event::Reject.into() }
}
