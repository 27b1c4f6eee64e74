//! Messages that are due leave. Without a way out only what is no longer true is dropped.
use super::{Outcome, Resources};
use crate::{
    app::{AppError, messages::sending},
    domain::codes::ProblemCode,
};

pub(super) async fn run(on: &Resources) -> Result<Outcome, AppError> {
    let sent = sending::send_due(&on.app, &on.post, &|_| {}).await?;
    let failure = (sent.failed > 0).then_some(ProblemCode::MessageNotSent);
    Ok(Outcome { done: sent.sent + sent.dropped, failed: sent.failed, failure })
}
