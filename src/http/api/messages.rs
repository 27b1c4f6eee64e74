//! `/api/v1/messages`: what people, employers and the office are told: prepared texts for officers and companions, mail that
//! did not arrive.
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        idempotency::Answer,
        messages::{
            self,
            seen::{MessageView, PreparedMessage, RepliedMessage},
        },
    },
    domain::{
        application::Event,
        ids::MessageId,
        message::{Delivery, Reader, Reply},
    },
    http::{
        extract::{Id, Login, Nothing, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(open))
        .routes(routes!(told))
        .routes(routes!(reply))
        .routes(routes!(again))
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MessageQuery {
    /// In this state; `waiting` when left out.
    state: Option<Delivery>,
    /// To these readers.
    reader: Option<Reader>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What the person answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplyBody {
    /// A yes to a text that asked whether the person's name may go to an employer is recorded as consent.
    reply: Reply,
}

/// List messages, oldest first: officers all, a companion the texts to people of the village who are told that way. What is
/// about something that can be taken back is listed once it no longer can.
#[utoipa::path(
    get, path = "/messages", operation_id = "list_messages", tag = "messages", params(MessageQuery),
    responses((status = OK, body = Page<MessageView>))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<MessageQuery>,
) -> Result<Json<Page<MessageView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let asked = (q.state.unwrap_or(Delivery::Waiting), q.reader);
    let after = q.cursor.map(Cursor::place);
    let rows = messages::page(&app, &session.acting()?, asked, after, limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.made_at, row.id.0), |row| row)))
}

/// Open a prepared text to a person: officers and companions.
#[utoipa::path(
    post, path = "/messages/{id}/open", operation_id = "open_message", tag = "messages",
    params(("id" = MessageId, Path)), request_body = Nothing,
    responses(
        (status = OK, body = PreparedMessage),
        (status = CONFLICT, description = "`wrong_state`, `office_phone_missing`")
    )
)]
async fn open(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<MessageId>,
    post: Post<Nothing>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => Answer::ok(&messages::open(&app, tx, &session.acting()?, id).await?))
}

/// Record that the person was told: the text was sent, or said in the way they wished: officers and companions.
#[utoipa::path(
    post, path = "/messages/{id}/told", operation_id = "tell_message", tag = "messages",
    params(("id" = MessageId, Path)), request_body = Nothing,
    responses((status = OK, body = MessageView), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn told(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<MessageId>,
    post: Post<Nothing>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => Answer::ok(&messages::told(&app, tx, &session.acting()?, id).await?))
}

/// Record what the person answered to a text that was sent: officers and companions.
#[utoipa::path(
    post, path = "/messages/{id}/reply", operation_id = "answer_message", tag = "messages",
    params(("id" = MessageId, Path)), request_body = ReplyBody,
    responses((status = OK, body = RepliedMessage), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn reply(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<MessageId>,
    post: Post<ReplyBody>,
) -> Result<Answer, Problem> {
    let given = post.body.reply;
    once!(app, post.key, tx => {
        let acting = session.acting_on(Event::Consent)?;
        Answer::ok(&messages::reply(&app, tx, &acting, id, given).await?)
    })
}

/// Let a message that failed be tried anew: officers.
#[utoipa::path(
    post, path = "/messages/{id}/again", operation_id = "retry_message", tag = "messages",
    params(("id" = MessageId, Path)), request_body = Nothing,
    responses((status = OK, body = MessageView), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn again(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<MessageId>,
    post: Post<Nothing>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => Answer::ok(&messages::again(&app, tx, &session.acting()?, id).await?))
}
