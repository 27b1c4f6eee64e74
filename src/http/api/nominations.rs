//! `/api/v1/nominations`: residents whom other agencies name by NIK, and what an officer says to it. The NIK stands in the body,
//! never in an address, and no answer repeats it.
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Agency, Nominating},
        idempotency::Answer,
        people::nominations::{self, NominationView},
    },
    domain::{ids::NominationId, nomination},
    http::{
        api::BASE,
        extract::{Id, Login, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
    words::Language,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(decide))
}

/// Whom the agency names.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NominationBody {
    /// NIK of the resident, 16 digits, as text.
    #[schema(example = "9911045501990003")]
    nik: String,
}

/// That it was taken up, and nothing else.
#[derive(Serialize, ToSchema)]
struct NominationTakenUp {
    /// What happens now, in Bahasa Indonesia: the same for every NIK.
    note: &'static str,
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NominationQuery {
    /// In this state.
    state: Option<nomination::State>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What the officer decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NominationDecision {
    /// The person becomes the agency's nominee, or not.
    accept: bool,
}

/// Nominate a resident by NIK: agencies. The answer is the same whether somebody with this NIK is registered, unknown, or
/// nominated already; an officer decides. Once accepted the person is among the agency's own, and it may add evidence.
#[utoipa::path(
    post, path = "/nominations", operation_id = "nominate", tag = "people", request_body = NominationBody,
    responses((status = ACCEPTED, body = NominationTakenUp))
)]
async fn make(State(app): State<App>, who: Agency, post: Post<NominationBody>) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        nominations::name(&app, tx, &who.acting(), who.organisation(), &post.body.nik).await?;
        let note = Language::default().nomination_taken_up();
        Answer::accepted(format!("{BASE}/nominations"), &NominationTakenUp { note })
    })
}

/// List nominations, oldest first: officers all, with whoever is registered; an agency its own, with the person once accepted.
#[utoipa::path(
    get, path = "/nominations", operation_id = "list_nominations", tag = "people", params(NominationQuery),
    responses((status = OK, body = Page<NominationView>))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<NominationQuery>,
) -> Result<Json<Page<NominationView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let after = q.cursor.map(Cursor::place);
    let rows = nominations::page(&app, &session.acting()?, q.state, after, limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.made_at, row.id.0), |row| row)))
}

/// Decide a nomination that waits: officers with the right to nominate. Only somebody who is registered can be accepted.
#[utoipa::path(
    post, path = "/nominations/{id}/decision", operation_id = "decide_nomination", tag = "people",
    params(("id" = NominationId, Path)), request_body = NominationDecision,
    responses((status = OK, body = NominationView), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn decide(
    State(app): State<App>,
    officer: Nominating,
    Id(id): Id<NominationId>,
    post: Post<NominationDecision>,
) -> Result<Answer, Problem> {
    let accept = post.body.accept;
    once!(app, post.key, tx => {
        Answer::ok(&nominations::decide(&app, tx, &officer.acting(), id, accept).await?)
    })
}
