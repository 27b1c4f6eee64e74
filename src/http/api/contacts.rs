//! `/api/v1/applications/{id}/contact-attempts` and `/follow-ups`: what officers and companions write down about an
//! application besides its events.
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        applications::records::{self, Attempt, FollowUp, FollowUpAnswer},
        idempotency::Answer,
    },
    domain::{
        contact::{AttemptChannel, AttemptOutcome},
        ids::{ApplicationId, RecordId},
    },
    http::{
        api::BASE,
        extract::{Id, Login},
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

/// A recorded try.
#[derive(Serialize, ToSchema)]
struct AttemptView {
    /// Its id.
    id: RecordId,
    /// How.
    channel: AttemptChannel,
    /// With what result.
    outcome: AttemptOutcome,
    /// Business date.
    on_day: NaiveDate,
    /// When.
    at: DateTime<Utc>,
}

impl From<Attempt> for AttemptView {
    fn from(a: Attempt) -> Self {
        Self { id: a.id, channel: a.channel, outcome: a.outcome, on_day: a.on_day, at: a.at }
    }
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
        Answer::created(format!("{BASE}/applications/{id}/contact-attempts"), &AttemptView::from(row))
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
) -> Result<Json<Page<AttemptView>>, Problem> {
    let rows = records::attempts(&app, &session, id).await?;
    Ok(Json(Page { items: rows.into_iter().map(AttemptView::from).collect(), next: None }))
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
    reason: Option<String>,
}

/// A follow-up of a placement.
#[derive(Serialize, ToSchema)]
struct FollowUpView {
    /// 1, 3 or 6 months after the start.
    month: i64,
    /// When to ask.
    due_on: NaiveDate,
    /// The answer; none while open.
    still_working: Option<bool>,
    /// What was said.
    note: Option<String>,
    /// When the answer was recorded.
    recorded_at: Option<DateTime<Utc>>,
}

impl From<FollowUp> for FollowUpView {
    fn from(f: FollowUp) -> Self {
        Self {
            month: f.month,
            due_on: f.due_on,
            still_working: f.still_working,
            note: f.note,
            recorded_at: f.recorded_at,
        }
    }
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
        let rows = records::answer_follow_up(&app, tx, &session, id, &answer).await?;
        let items: Vec<FollowUpView> = rows.into_iter().map(FollowUpView::from).collect();
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
) -> Result<Json<Page<FollowUpView>>, Problem> {
    let rows = records::follow_ups(&app, &session, id).await?;
    Ok(Json(Page { items: rows.into_iter().map(FollowUpView::from).collect(), next: None }))
}
