//! What officers do in a past: they confirm and dismiss, telephone and write down whom they reached, ask after placements.
use chrono::Days;

use super::{Past, happened, residents::number_of};
use crate::{
    app::{
        AppError,
        access::Session,
        applications::{
            records::{self, FollowUpAnswer},
            workflow::{ConsentDraft, Details},
        },
    },
    domain::{
        application::{
            Event, State,
            reason::{DeclineReason, DismissReason},
        },
        contact::{self, AttemptChannel, AttemptOutcome, ConsentChannel},
    },
    sample::believable::said,
    store::applications::Card,
    transact,
};

/// How a call ended.
enum Call {
    Yes,
    No,
    Missed(AttemptOutcome),
}

impl Past {
    /// Officers work through what waits for them and for the people they call.
    pub(super) async fn officers_answer(&mut self) -> Result<(), AppError> {
        for card in self.books.in_state(State::Consented) {
            if self.rng.percent(70) && self.may_leave(State::Consented) {
                let officer = self.cast.officer(0).clone();
                self.act(&officer, &card.application, Event::Confirm, &Details::default()).await?;
            }
        }
        for card in self.books.in_state(State::Proposed) {
            Box::pin(self.decide(&card)).await?;
        }
        for card in self.books.in_state(State::Confirmed) {
            if self.rng.percent(70) && !card.application.held {
                self.call_about(&card, State::Confirmed).await?;
            }
        }
        Ok(())
    }

    /// What an officer makes of a proposal on a day.
    async fn decide(&mut self, card: &Card) -> Result<(), AppError> {
        // Some are never answered: they retire with the next run, or are renewed.
        let is_left = card.application.id.0.as_u128() % 100 < 18;
        if is_left || !self.may_leave(State::Proposed) {
            return Ok(());
        }
        let officer = self.cast.officer(self.rng.below(2)).clone();
        match self.rng.below(100) {
            0..=26 => {
                self.act(&officer, &card.application, Event::Confirm, &Details::default()).await?;
            }
            27..=33 => self.call_about(card, State::Proposed).await?,
            34..=38 => self.dismiss(&officer, card).await?,
            39 | 40 if self.books.is_rare(State::Dismissed) => self.dismiss(&officer, card).await?,
            _ => {}
        }
        Ok(())
    }

    async fn dismiss(&mut self, officer: &Session, card: &Card) -> Result<(), AppError> {
        const REASONS: [DismissReason; 4] = [
            DismissReason::WorkDoesNotFit,
            DismissReason::BetterElsewhere,
            DismissReason::AlreadyWorking,
            DismissReason::ProfileWrong,
        ];
        let reason = REASONS.get(self.rng.index(REASONS.len())).copied().unwrap_or(DismissReason::Other);
        let details = Details { reason: Some(reason.as_str().to_owned()), ..Details::default() };
        self.act(officer, &card.application, Event::Dismiss, &details).await?;
        Ok(())
    }

    /// Somebody is called, or visited by the companion of the village, about a proposal.
    pub(super) async fn call_about(&mut self, card: &Card, state: State) -> Result<(), AppError> {
        let companion = self.companion_of(card.application.person_id);
        let visited = companion.is_some() && state == State::Confirmed && self.rng.percent(50);
        let who = match companion {
            Some(session) if visited => session,
            _ => self.cast.officer(2).clone(),
        };
        if visited {
            self.agree_at_the_door(&who, card.application.person_id).await?;
        }
        let rare = self.books.is_rare(State::Declined);
        let call = match self.rng.below(100) {
            0..=49 => Call::Yes,
            50..=59 => Call::No,
            60..=63 if rare => Call::No,
            60..=86 => Call::Missed(AttemptOutcome::NoAnswer),
            87..=95 => Call::Missed(AttemptOutcome::SomeoneElse),
            _ => Call::Missed(AttemptOutcome::WrongNumber),
        };
        match call {
            Call::Missed(outcome) => self.write_down_attempt(&who, card, visited, outcome).await,
            _ if !self.may_leave(state) => Ok(()),
            Call::Yes => {
                let details = yes(card, visited);
                self.act(&who, &card.application, Event::Consent, &details).await.map(|_| ())
            }
            Call::No => {
                const REASONS: [DeclineReason; 4] = [
                    DeclineReason::TooFar,
                    DeclineReason::WageTooLow,
                    DeclineReason::FamilyCare,
                    DeclineReason::HoursUnsuitable,
                ];
                let reason =
                    REASONS.get(self.rng.index(REASONS.len())).copied().unwrap_or(DeclineReason::NotStated);
                let mut details = self.no(reason.as_str());
                details.number_dialled = (!visited).then(|| number_of(card));
                self.act(&who, &card.application, Event::Decline, &details).await.map(|_| ())
            }
        }
    }

    async fn write_down_attempt(
        &mut self,
        who: &Session,
        card: &Card,
        visited: bool,
        outcome: AttemptOutcome,
    ) -> Result<(), AppError> {
        self.pass();
        let channel = match (visited, self.rng.percent(30)) {
            (true, _) => AttemptChannel::Visit,
            (false, true) => AttemptChannel::Whatsapp,
            (false, false) => AttemptChannel::Phone,
        };
        let (app, id) = (&self.app, card.application.id);
        let done: Result<_, AppError> =
            async { transact!(app, tx => records::add_attempt(app, tx, who, id, channel, outcome).await) }
                .await;
        happened(done)?;
        Ok(())
    }

    /// One, three and six months after a first day somebody asks; not always, and not always at once.
    pub(super) async fn ask_whether_they_still_work(&mut self) -> Result<(), AppError> {
        let (today, days) = (self.today(), [0_u32, 3]);
        for place in 0..self.books.placements.len() {
            let Some(placement) = self.books.placements.get(place).copied().filter(|one| !one.ended) else {
                continue;
            };
            for (month, due_on) in contact::follow_ups(placement.since) {
                let asked_on = |late: u32| self.calendar.add_working_days(due_on - Days::new(1), late + 1);
                // On its day, or some days later; a quarter is never asked.
                if !days.iter().any(|late| asked_on(*late) == today) || !self.rng.percent(55) {
                    continue;
                }
                let rare = self.books.is_rare(State::Ended);
                let still = !self.rng.percent(if rare { 40 } else { 12 });
                let (reason, note) = said::follow_up(&mut self.rng, still);
                let gone = (today - Days::new(3)).max(placement.since);
                let answer = FollowUpAnswer {
                    month: i64::from(month),
                    still_working: still,
                    note: Some(note.to_owned()),
                    ended_on: (!still).then_some(gone),
                    reason: reason.map(|reason| reason.as_str().to_owned()),
                };
                self.pass();
                let who = self.cast.officer(2).clone();
                let (app, id) = (&self.app, placement.application);
                let done: Result<_, AppError> = async {
                    transact!(app, tx => records::answer_follow_up(app, tx, &who, id, &answer).await)
                }
                .await;
                if happened(done)?.is_some() && !still {
                    self.books.leave_work(place);
                }
            }
        }
        Ok(())
    }

    /// After the last run there is something to do today: some proposals are confirmed, some people said yes on the telephone. And
    /// somebody under way gets the login that is shown to whoever tries the service.
    pub(super) async fn leave_work_for_today(&mut self) -> Result<(), AppError> {
        self.look().await?;
        let under_way = [State::Interview, State::Referred, State::Confirmed, State::Proposed];
        let shown = under_way.iter().find_map(|state| self.books.in_state(*state).into_iter().next());
        let person = shown.map(|card| card.application.person_id);
        if let Some(person) = person.or_else(|| self.books.residents.first().map(|resident| resident.id)) {
            let app = self.app.clone();
            self.cast.give_login(&app, "pencaker", person).await?;
        }
        let fresh = self.books.in_state(State::Proposed);
        let officer = self.cast.officer(0).clone();
        for card in fresh.iter().step_by(3) {
            if self.books.count(State::Confirmed) < KEEPS {
                self.act(&officer, &card.application, Event::Confirm, &Details::default()).await?;
            }
        }
        for card in fresh.iter().skip(1).step_by(3) {
            if self.books.count(State::Consented) < KEEPS {
                let details = yes(card, false);
                self.act(&officer, &card.application, Event::Consent, &details).await?;
            }
        }
        Ok(())
    }
}

/// So many wait in each state on the morning of today.
const KEEPS: usize = 12;

/// A yes, on the telephone or at the door.
fn yes(card: &Card, visited: bool) -> Details {
    let number = (!visited).then(|| number_of(card));
    let channel = if visited { ConsentChannel::Visit } else { ConsentChannel::Phone };
    let consent = ConsentDraft {
        channel,
        number_dialled: number.clone(),
        self_spoke: true,
        guardian: None,
        text_shown: None,
    };
    Details { consent: Some(consent), number_dialled: number, ..Details::default() }
}
