//! Texts to people in a past: an officer sends what is due from the office's telephone, and writes down what was answered.
use super::{Past, happened, residents::number_of};
use crate::{
    app::{AppError, messages},
    domain::{
        application::{Event, State, reason::DeclineReason},
        ids::{ApplicationId, MessageId},
        message::{Delivery, Kind, Reader, Reply},
    },
    transact,
};

/// So many a day.
const TEXTS: i64 = 12;

/// A question that was sent and not answered yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    message: MessageId,
    application: ApplicationId,
    /// The day of the past on which it was sent.
    on: usize,
}

impl Past {
    /// The oldest texts that are due are sent; on the last day some are left.
    pub(super) async fn send_texts(&mut self) -> Result<(), AppError> {
        let officer = self.cast.officer(2).acting()?;
        let due = (Delivery::Waiting, Some(Reader::Person));
        for text in messages::page(&self.app, &officer, due, None, TEXTS).await? {
            if self.left() == 0 && self.rng.percent(50) {
                continue;
            }
            self.pass();
            let app = &self.app;
            let sent: Result<_, AppError> = async {
                transact!(app, tx => {
                    messages::open(app, tx, &officer, text.id).await?;
                    messages::told(app, tx, &officer, text.id).await
                })
            }
            .await;
            if happened(sent)?.is_some()
                && text.kind == Kind::ToAnswer
                && let Some(application) = text.application_id
            {
                self.books.asked.push(Asked { message: text.id, application, on: self.over });
            }
        }
        Ok(())
    }

    /// On the next days people answer, or do not.
    pub(super) async fn answer_texts(&mut self) -> Result<(), AppError> {
        let asked = std::mem::take(&mut self.books.asked);
        for question in asked {
            if question.on == self.over {
                self.books.asked.push(question);
                continue;
            }
            let reply = match self.rng.below(100) {
                0..=29 if self.may_leave(State::Confirmed) => Reply::Yes,
                30..=37 if self.may_leave(State::Confirmed) => Reply::No,
                38..=42 => Reply::Other,
                _ if self.over < question.on + 3 => {
                    self.books.asked.push(question);
                    continue;
                }
                _ => continue,
            };
            self.write_down_reply(question, reply).await?;
        }
        Ok(())
    }

    async fn write_down_reply(&mut self, question: Asked, reply: Reply) -> Result<(), AppError> {
        self.pass();
        let (app, session) = (&self.app, self.cast.officer(2).clone());
        let officer = session.acting()?;
        let done: Result<_, AppError> =
            async { transact!(app, tx => messages::reply(app, tx, &officer, question.message, reply).await) }
                .await;
        let (answered, declines) = (happened(done)?.is_some(), reply == Reply::No);
        let confirmed = self.books.in_state(State::Confirmed);
        if let Some(card) = confirmed.iter().find(|card| card.application.id == question.application)
            && answered
            && declines
        {
            let mut details = self.no(DeclineReason::TooFar.as_str());
            details.number_dialled = Some(number_of(card));
            self.act(&session, &card.application, Event::Decline, &details).await?;
        }
        Ok(())
    }
}
