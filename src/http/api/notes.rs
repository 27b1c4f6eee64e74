//! `/api/v1/applications/{id}/notes` and `/application-notes`: what people say about an application beside its states.
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Staff,
        applications::notes::{self, NoteListed},
        idempotency::Answer,
    },
    domain::{ids::ApplicationId, note::Kind},
    http::{
        api::BASE,
        extract::{Id, IfMatch, Login, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(leave)).routes(routes!(list))
}

/// What is said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteBody {
    /// What: `coming` and `not_coming` to an interview that is ahead, `takes_work` to an offer, `did_come` where the employer
    /// recorded that somebody did not.
    kind: Kind,
    /// Own words, at most 1000 characters.
    text: Option<String>,
}

/// Which notes are listed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NoteQuery {
    /// Only those of a kind.
    kind: Option<Kind>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// Say something about an application that moves nothing: the person, the companion or an officer for them. The newest stands
/// beside the application for as long as it stays in this version; employers read all but `did_come`.
#[utoipa::path(
    post, path = "/applications/{id}/notes", operation_id = "leave_note", tag = "applications",
    params(("id" = ApplicationId, Path),
        ("If-Match" = String, Header, description = "ETag of the application as it was seen")),
    request_body = NoteBody,
    responses((status = CREATED, body = NoteListed), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn leave(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<ApplicationId>,
    IfMatch(expected): IfMatch,
    post: Post<NoteBody>,
) -> Result<Answer, Problem> {
    let said = (post.body.kind, post.body.text.as_deref());
    once!(app, post.key, tx => {
        let note = notes::leave(&app, tx, &session, id, said, expected).await?;
        Answer::created(format!("{BASE}/applications/{id}"), &note)
    })
}

/// List what people said and still stands, oldest first: officers.
#[utoipa::path(
    get, path = "/application-notes", operation_id = "list_notes", tag = "applications", params(NoteQuery),
    responses((status = OK, body = Page<NoteListed>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<NoteQuery>,
) -> Result<Json<Page<NoteListed>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = notes::page(&app, &officer, q.kind, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.at, row.id.0), |row| row)))
}
