//! What employers do in a past with those who were referred to them: each answers as its temper is, within days or when it was
//! reminded; some refuse most, some fall silent.
use chrono::{Days, NaiveDate};

use super::{Past, books::Placement, cast::Temper};
use crate::{
    app::{AppError, access::Session, applications::workflow::Details},
    domain::{
        application::{Event, State, reason::RefuseReason},
        contact::Invitation,
    },
    sample::believable::said,
    store::applications::Card,
};

impl Past {
    /// Employers answer what lies on their desks.
    pub(super) async fn employers_answer(&mut self) -> Result<(), AppError> {
        for state in [State::Hired, State::Offered, State::Interview, State::Referred] {
            for card in self.books.in_state(state) {
                if card.application.held {
                    continue;
                }
                let Some(firm) = self.books.firm_of(card.application.vacancy_id) else { continue };
                let Some((temper, session)) =
                    self.cast.firms.get(firm).map(|at| (at.temper, at.session.clone()))
                else {
                    continue;
                };
                match state {
                    State::Hired => self.first_day(&session, &card).await?,
                    State::Offered => self.after_offer(&session, &card, temper).await?,
                    State::Interview => self.after_interview(&session, &card, temper).await?,
                    _ => self.answer_referral(&session, &card, (temper, firm)).await?,
                }
            }
        }
        Ok(())
    }

    /// The temper of today: who falls silent answered slowly before.
    fn mood(&self, temper: Temper) -> Temper {
        let late = self.over > self.day_at(50);
        match temper {
            Temper::Silent if !late => Temper::Slow,
            other => other,
        }
    }

    async fn answer_referral(
        &mut self,
        who: &Session,
        card: &Card,
        (temper, firm): (Temper, usize),
    ) -> Result<(), AppError> {
        let age = self.age(card);
        let chance = match self.mood(temper) {
            Temper::Prompt if age >= 1 => 42,
            Temper::Slow if age >= 4 => 55,
            Temper::Strict if age >= 1 => 60,
            // Invites some, and gives no result.
            Temper::Silent if age >= 1 => 16,
            _ => 0,
        };
        if !self.rng.percent(chance) || !self.may_leave(State::Referred) {
            return Ok(());
        }
        let drawn = self.rng.below(100);
        let strict = temper == Temper::Strict;
        // The factory that opens with five hundred seats takes whoever can learn.
        let large = firm == 1;
        let silent = self.mood(temper) == Temper::Silent;
        match drawn {
            _ if silent => self.invite(who, card, firm).await,
            0..=59 if self.wants(State::Offered) => self.offer(who, card).await,
            0..=71 if strict => self.refuse(who, card).await,
            0..=11 if !strict => self.refuse(who, card).await,
            0..=49 if large => self.hire(who, card).await,
            0..=29 => self.hire(who, card).await,
            30..=37 => self.offer(who, card).await,
            _ => self.invite(who, card, firm).await,
        }
    }

    async fn after_interview(&mut self, who: &Session, card: &Card, temper: Temper) -> Result<(), AppError> {
        let day = card.names.interview.interview_on.unwrap_or_else(|| self.today());
        let silent = self.mood(temper) == Temper::Silent;
        if day > self.today() || silent || !self.rng.percent(60) || !self.may_leave(State::Interview) {
            return Ok(());
        }
        match self.rng.below(100) {
            0..=59 if self.wants(State::Offered) => self.offer(who, card).await,
            0..=21 => self.refuse(who, card).await,
            22..=71 => self.hire(who, card).await,
            _ => self.offer(who, card).await,
        }
    }

    async fn after_offer(&mut self, who: &Session, card: &Card, temper: Temper) -> Result<(), AppError> {
        let silent = self.mood(temper) == Temper::Silent;
        if silent || !self.rng.percent(50) || !self.may_leave(State::Offered) {
            return Ok(());
        }
        if self.rng.percent(90) { self.hire(who, card).await } else { self.refuse(who, card).await }
    }

    /// On the agreed first day somebody comes, or does not.
    async fn first_day(&mut self, who: &Session, card: &Card) -> Result<(), AppError> {
        let Some(day) = card.application.starts_on.filter(|day| *day <= self.today()) else { return Ok(()) };
        if !self.rng.percent(80) || !self.may_leave(State::Hired) {
            return Ok(());
        }
        let chance = if self.books.is_rare(State::NoShow) { 20 } else { 7 };
        if self.rng.percent(chance) {
            self.act(who, &card.application, Event::NoShow, &Details::default()).await?;
            return Ok(());
        }
        if self.act(who, &card.application, Event::Start, &Details::default()).await? {
            let application = card.application.id;
            self.books.placements.push(Placement { application, since: day, ended: false });
        }
        Ok(())
    }

    async fn invite(&mut self, who: &Session, card: &Card, firm: usize) -> Result<(), AppError> {
        let ahead = self.rng.between(1, 2);
        let on = self.calendar.add_working_days(self.today(), ahead);
        let name = self.cast.firms.get(firm).map(|at| at.firm.name.clone()).unwrap_or_default();
        let invitation = Invitation {
            on,
            hour: said::hour(&mut self.rng).to_owned(),
            place: format!("{name}, {}", said::room(&mut self.rng)),
            bring: Some(said::bring(&mut self.rng).to_owned()),
            landmark: said::landmark(&mut self.rng),
        };
        let details = Details { invitation: Some(invitation), ..Details::default() };
        self.act(who, &card.application, Event::Invite, &details).await.map(|_| ())
    }

    async fn offer(&mut self, who: &Session, card: &Card) -> Result<(), AppError> {
        self.act(who, &card.application, Event::Offer, &Details::default()).await.map(|_| ())
    }

    async fn hire(&mut self, who: &Session, card: &Card) -> Result<(), AppError> {
        let starts_on = self.first_monday_or_so();
        let details = Details { starts_on: Some(starts_on), ..Details::default() };
        self.act(who, &card.application, Event::Hire, &details).await.map(|_| ())
    }

    /// A first day of work: a working day one to two weeks ahead.
    fn first_monday_or_so(&mut self) -> NaiveDate {
        let later = self.today() + Days::new(u64::from(self.rng.between(5, 13)));
        self.calendar.add_working_days(later, 1)
    }

    async fn refuse(&mut self, who: &Session, card: &Card) -> Result<(), AppError> {
        const REASONS: [RefuseReason; 4] = [
            RefuseReason::SkillMissing,
            RefuseReason::ExperienceMissing,
            RefuseReason::OthersBetter,
            RefuseReason::DidNotAttend,
        ];
        let invited = card.application.state == State::Interview;
        let most = if invited { REASONS.len() } else { REASONS.len() - 1 };
        let reason = REASONS.get(self.rng.index(most)).copied().unwrap_or(RefuseReason::OthersBetter);
        let text = said::refusal(&mut self.rng, reason.as_str());
        let details = Details {
            reason: Some(reason.as_str().to_owned()),
            text: Some(text.to_owned()),
            share: self.rng.percent(60),
            ..Details::default()
        };
        self.act(who, &card.application, Event::Refuse, &details).await.map(|_| ())
    }
}
