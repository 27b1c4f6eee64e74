//! `/api/v1/complaints`: made by anybody, with a login or without; listed, taken and closed by officers; looked up by number and
//! code. An employer reads of none.
use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Staff, Trainee},
        accounts::auth::Auth,
        complaints::{
            self, NewComplaint,
            seen::{ComplaintMade, ComplaintView, OwnComplaint},
        },
        idempotency::Answer,
    },
    domain::{
        complaint::{Kind, State as ComplaintState},
        ids::{ApplicationId, ComplaintId, EmployerId, PersonId, VacancyId},
    },
    http::{
        address::ClientAddress,
        api::visitor::Visitor,
        extract::{Body, Id, Nothing, Query},
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
        .routes(routes!(list, make))
        .routes(routes!(status))
        .routes(routes!(take))
        .routes(routes!(close))
        .routes(routes!(own))
}

/// What somebody says was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ComplaintBody {
    kind: Kind,
    /// What happened: who, when, how much; at most 4,000 characters.
    #[schema(example = "Diminta Rp500.000 sebelum wawancara.")]
    said: String,
    /// How somebody without a name may be reached, if they want that; at most 200 characters.
    contact: Option<String>,
    /// Of whom it is: somebody the login holds, or whom the caller takes it down for. A nameless one names nobody.
    person_id: Option<PersonId>,
    /// About which vacancy.
    vacancy_id: Option<VacancyId>,
    /// About which employer, where no vacancy says so.
    employer_id: Option<EmployerId>,
    /// About which application of that person; it names person and vacancy.
    application_id: Option<ApplicationId>,
}

/// Number and code, as they were told.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StatusQuery {
    /// `ADU-2026-0041`.
    number: String,
    /// The twelve digits.
    code: String,
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ComplaintQuery {
    /// In this state.
    state: Option<ComplaintState>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What was found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ComplaintClosing {
    /// It was so.
    founded: bool,
    /// What was found and done; whoever complained reads it. At most 2,000 characters.
    answer: String,
}

/// Complain about a fee, a tout, a withheld diploma, a false vacancy, or an officer who asks for money: anybody, also without a
/// login and without a name. The answer tells a number and a code with which its state can be looked up. An employer is told
/// of no complaint. A repeated request makes another complaint; many nameless ones from one address have to wait.
#[utoipa::path(
    post, path = "/complaints", operation_id = "make_complaint", tag = "complaints", security(()),
    request_body = ComplaintBody, responses((status = CREATED, body = ComplaintMade), (status = TOO_MANY_REQUESTS))
)]
async fn make(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    visitor: Visitor,
    Body(given): Body<ComplaintBody>,
) -> Result<(StatusCode, Json<ComplaintMade>), Problem> {
    let new = NewComplaint {
        kind: given.kind,
        said: given.said,
        contact: given.contact,
        person: given.person_id,
        vacancy: given.vacancy_id,
        employer: given.employer_id,
        application: given.application_id,
    };
    let made = complaints::receive(&app, &auth, address, visitor.session(), (&new, None)).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Look up where a complaint stands, by its number and code; many wrong tries from one address have to wait.
#[utoipa::path(
    get, path = "/complaints/status", operation_id = "complaint_status", tag = "complaints", security(()), params(StatusQuery),
    responses((status = OK, body = OwnComplaint))
)]
async fn status(
    State(app): State<App>,
    State(auth): State<Auth>,
    ClientAddress(address): ClientAddress,
    Query(q): Query<StatusQuery>,
) -> Result<Json<OwnComplaint>, Problem> {
    Ok(Json(complaints::status(&app, &auth, address, &q.number, &q.code).await?))
}

/// List complaints, oldest first: officers. Those about officers and companions are for supervisors alone.
#[utoipa::path(
    get, path = "/complaints", operation_id = "list_complaints", tag = "complaints", params(ComplaintQuery),
    responses((status = OK, body = Page<ComplaintView>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<ComplaintQuery>,
) -> Result<Json<Page<ComplaintView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = complaints::page(&app, &officer, q.state, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.made_at, row.id.0), |row| row)))
}

/// Take an open complaint, to look into it: officers.
#[utoipa::path(
    post, path = "/complaints/{id}/take", operation_id = "take_complaint", tag = "complaints", params(("id" = ComplaintId, Path)),
    request_body = Nothing,
    responses((status = OK, body = ComplaintView), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn take(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ComplaintId>,
    post: Post<Nothing>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => Answer::ok(&complaints::take(&app, tx, &officer.acting(), id).await?))
}

/// Close a complaint with what was found: officers.
#[utoipa::path(
    post, path = "/complaints/{id}/close", operation_id = "close_complaint", tag = "complaints", params(("id" = ComplaintId, Path)),
    request_body = ComplaintClosing,
    responses((status = OK, body = ComplaintView), (status = CONFLICT, description = "`wrong_state`"))
)]
async fn close(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ComplaintId>,
    post: Post<ComplaintClosing>,
) -> Result<Answer, Problem> {
    let ComplaintClosing { founded, answer } = &post.body;
    once!(app, post.key, tx => {
        Answer::ok(&complaints::close(&app, tx, &officer.acting(), id, *founded, answer).await?)
    })
}

/// List the complaints of the login's persons, each oldest first, with what the office found.
#[utoipa::path(
    get, path = "/me/complaints", operation_id = "list_own_complaints", tag = "me",
    responses((status = OK, body = Page<OwnComplaint>))
)]
async fn own(
    State(app): State<App>,
    who: Trainee,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Page<OwnComplaint>>, Problem> {
    Ok(Json(Page { items: complaints::own(&app, &who).await?, next: None }))
}
