//! `/api/v1/applications/{id}/contact-attempts` and `/follow-ups`: what officers and companions write down about an
//! application besides its events.
use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        applications::records::{self, AttemptView, FollowUpAnswer, FollowUpView},
        idempotency::Answer,
    },
    domain::{
        application::reason::EndReason,
        contact::{AttemptChannel, AttemptOutcome},
        ids::ApplicationId,
    },
    http::{
        api::BASE,
        extract::{Id, Login, Nothing, Query},
        idempotency::Post,
        paging::Page,
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_attempts, add_attempt))
        .routes(routes!(list_follow_ups, answer_follow_up))
}

/// A try to reach the person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AttemptBody {
    /// How.
    channel: AttemptChannel,
    /// With what result.
    outcome: AttemptOutcome,
}

/// Record a try to reach the person: officers and companions. It is never a refusal.
#[utoipa::path(
    post, path = "/applications/{id}/contact-attempts", tag = "applications",
    params(("id" = ApplicationId, Path)), request_body = AttemptBody,
    responses((status = CREATED, body = AttemptView))
)]
async fn add_attempt(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    post: Post<AttemptBody>,
) -> Result<Answer, Problem> {
    let (channel, outcome) = (post.body.channel, post.body.outcome);
    once!(app, post.key, tx => {
        let row = records::add_attempt(&app, tx, &session, id, channel, outcome).await?;
        Answer::created(format!("{BASE}/applications/{id}/contact-attempts"), &row)
    })
}

/// List the tries to reach the person: officers and companions.
#[utoipa::path(
    get, path = "/applications/{id}/contact-attempts", tag = "applications",
    params(("id" = ApplicationId, Path)),
    responses((status = OK, body = Page<AttemptView>))
)]
async fn list_attempts(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Page<AttemptView>>, Problem> {
    let items = records::attempts(&app, &session, id).await?;
    Ok(Json(Page { items, next: None }))
}

/// An answer to a follow-up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FollowUpBody {
    /// 1, 3 or 6 months after the start.
    month: i64,
    /// Whether the person still works there. "No" ends the placement.
    still_working: bool,
    /// What was said.
    note: Option<String>,
    /// Last day of work; required with "no".
    ended_on: Option<NaiveDate>,
    /// Why, a code of the list of `end`; required with "no".
    #[schema(value_type = Option<EndReason>)]
    reason: Option<String>,
}

/// Answer an open follow-up: officers and companions.
#[utoipa::path(
    post, path = "/applications/{id}/follow-ups", tag = "applications",
    params(("id" = ApplicationId, Path)), request_body = FollowUpBody,
    responses((status = OK, body = Page<FollowUpView>))
)]
async fn answer_follow_up(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    post: Post<FollowUpBody>,
) -> Result<Answer, Problem> {
    let given = &post.body;
    let answer = FollowUpAnswer {
        month: given.month,
        still_working: given.still_working,
        note: given.note.clone(),
        ended_on: given.ended_on,
        reason: given.reason.clone(),
    };
    once!(app, post.key, tx => {
        let items = records::answer_follow_up(&app, tx, &session, id, &answer).await?;
        Answer::ok(&Page { items, next: None })
    })
}

/// List the follow-ups of a placement: officers and companions.
#[utoipa::path(
    get, path = "/applications/{id}/follow-ups", tag = "applications",
    params(("id" = ApplicationId, Path)),
    responses((status = OK, body = Page<FollowUpView>))
)]
async fn list_follow_ups(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Page<FollowUpView>>, Problem> {
    let items = records::follow_ups(&app, &session, id).await?;
    Ok(Json(Page { items, next: None }))
}
