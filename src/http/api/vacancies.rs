//! `/api/v1/vacancies`: posting, reading, editing, and what happens to a vacancy. The table of events is in
//! `domain::vacancy`.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        access::{Staff, Verifying},
        browse::{self, Filter},
        candidates::suitable,
        idempotency::Answer,
        indexing::Indexer,
        reasons::VacancyReason,
        vacancies::{
            self, VacancyStep, flags,
            posting::{self, Edited, Form},
            seen::{VacancyView, after_change},
        },
    },
    domain::{
        flag::{Answers, FlagKind},
        ids::{EmployerId, VacancyId},
        vacancy,
    },
    http::{
        Shown,
        api::{BASE, explanations::CountView, rows::VacancyBody, visitor::Visitor},
        extract::{Body, Id, IfMatch, Login, Nothing, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once, transact,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, post))
        .routes(routes!(read, edit))
        .routes(routes!(said))
        .routes(routes!(answer_flags))
        .routes(routes!(count_candidates))
        .routes(routes!(act))
}

/// Filter and page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct VacancyQuery {
    /// Of this employer only.
    employer: Option<EmployerId>,
    /// In this state only.
    state: Option<vacancy::State>,
    /// With flags that were found on open vacancies and wait for an officer; for officers.
    #[serde(default)]
    flags_open: bool,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VacancyActionBody {
    /// `close`: a code of the closed list. `send-back` and `reject`: own words.
    #[schema(value_type = Option<VacancyReason>)]
    reason: Option<String>,
    /// `publish`: why what is flagged may be seen, a reason of its own for each flag, at least 15 letters and three words.
    #[serde(default)]
    reasons: BTreeMap<FlagKind, String>,
    /// `publish`: the flags whose sentences mean something else, as the reason explains. The only way past `fee`.
    #[serde(default)]
    misread: BTreeSet<FlagKind>,
    /// `extend`: the new last day to apply, today or later.
    closes_on: Option<NaiveDate>,
}

/// Why what is flagged may stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReasonsBody {
    /// A reason of its own for each flag that has none, at least 15 letters and three words.
    reasons: BTreeMap<FlagKind, String>,
    /// The flags whose sentences mean something else, as the reason explains.
    #[serde(default)]
    misread: BTreeSet<FlagKind>,
}

/// What the employer said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaidBody {
    /// In the employer's words, about many refusals: referrals go on.
    said: String,
}

/// Make a vacancy as a draft: employers for themselves, officers for the employer they name.
#[utoipa::path(
    post, path = "/vacancies", operation_id = "post_vacancy", tag = "vacancies", request_body = VacancyBody,
    responses((status = CREATED, body = VacancyView))
)]
async fn post(
    State(app): State<App>,
    Login(session): Login,
    post: Post<VacancyBody>,
) -> Result<Answer, Problem> {
    let row = post.body.row();
    let form = Form { employer: post.body.employer_id, row: &row, prefill: post.body.prefill };
    let answers = Answers { reasons: post.body.reasons.clone(), misread: post.body.misread.clone() };
    once!(app, post.key, tx => {
        flags::unasked(&answers)?;
        let (vacancy, filled) = posting::post(&app, tx, &session, &form).await?;
        let mut view = after_change(tx, &session, vacancy.id).await?;
        if let Some(internal) = &mut view.internal {
            internal.prefilled = filled;
        }
        Ok(Answer::created(format!("{BASE}/vacancies/{}", vacancy.id), &view)?.version(view.version))
    })
}

/// List vacancies: officers all, employers their own, everybody else the open ones.
#[utoipa::path(
    get, path = "/vacancies", operation_id = "list_vacancies", tag = "vacancies", params(VacancyQuery), security((), ("bearer" = [])),
    responses((status = OK, body = Page<VacancyView>))
)]
async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(q): Query<VacancyQuery>,
) -> Result<Json<Page<VacancyView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let filter = Filter { employer: q.employer, state: q.state, flags_open: q.flags_open };
    let rows =
        browse::vacancies(&app, visitor.session(), filter, q.cursor.map(Cursor::place), limit.rows()).await?;
    let place = |row: &VacancyView| (row.created_at, row.id.0);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Read a vacancy: officers any, employers their own, everybody else an open one.
#[utoipa::path(
    get, path = "/vacancies/{id}", operation_id = "read_vacancy", tag = "vacancies", params(("id" = VacancyId, Path)),
    security((), ("bearer" = [])),
    responses((status = OK, body = VacancyView))
)]
async fn read(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<VacancyId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Shown<VacancyView>, Problem> {
    let view = browse::vacancy(&app, visitor.session(), id).await?;
    Ok(Shown(view.version, view))
}

/// Replace the content of a vacancy: its employer until it is verified, officers with the right to verify afterwards.
#[utoipa::path(
    put, path = "/vacancies/{id}", operation_id = "edit_vacancy", tag = "vacancies",
    params(("id" = VacancyId, Path),
        ("If-Match" = String, Header, description = "ETag of the vacancy as it was seen")),
    request_body = VacancyBody,
    responses((status = OK, body = VacancyView))
)]
async fn edit(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<VacancyId>,
    IfMatch(expected): IfMatch,
    Body(given): Body<VacancyBody>,
) -> Result<Shown<VacancyView>, Problem> {
    let row = given.row();
    let answers = Answers { reasons: given.reasons, misread: given.misread };
    let changed: Result<VacancyView, AppError> = async {
        transact!(app, tx => {
            let edited = Edited { row: &row, answers: &answers, expected };
            posting::edit(&app, tx, &session, id, &edited).await?;
            after_change(tx, &session, id).await
        })
    }
    .await;
    let view = changed?;
    Ok(Shown(view.version, view))
}

/// Hand in, publish, send back, reject, pause, resume, close or extend a vacancy. Publishing, sending back and rejecting are for
/// officers with the right to verify; the rest is for its employer and officers.
#[utoipa::path(
    post, path = "/vacancies/{id}/{action}", operation_id = "move_vacancy", tag = "vacancies",
    params(("id" = VacancyId, Path), ("action" = inline(vacancy::Action), Path),
        ("If-Match" = String, Header, description = "ETag of the vacancy as it was seen")),
    request_body = VacancyActionBody,
    responses((status = OK, body = VacancyView))
)]
async fn act(
    State(app): State<App>,
    Login(session): Login,
    Id((id, action)): Id<(VacancyId, vacancy::Action)>,
    IfMatch(expected): IfMatch,
    post: Post<VacancyActionBody>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        let (reason, closes_on) = (post.body.reason.clone(), post.body.closes_on);
        let answers = Answers { reasons: post.body.reasons.clone(), misread: post.body.misread.clone() };
        let step = VacancyStep { event: action.event(), reason, answers, closes_on, expected: Some(expected) };
        posting::act(&app, tx, &session, id, step).await?;
        let view = after_change(tx, &session, id).await?;
        Ok(Answer::ok(&view)?.version(view.version))
    })
}

/// Say why what was found later on a published vacancy may stand, a reason for each flag: officers with the right to verify.
/// Whoever removes the words instead edits the vacancy.
#[utoipa::path(
    post, path = "/vacancies/{id}/flag-reasons", operation_id = "answer_flags", tag = "vacancies",
    params(("id" = VacancyId, Path),
        ("If-Match" = String, Header, description = "ETag of the vacancy as it was seen")),
    request_body = ReasonsBody,
    responses((status = OK, body = VacancyView))
)]
async fn answer_flags(
    State(app): State<App>,
    Login(session): Login,
    officer: Verifying,
    Id(id): Id<VacancyId>,
    IfMatch(expected): IfMatch,
    post: Post<ReasonsBody>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        let answers = Answers { reasons: post.body.reasons.clone(), misread: post.body.misread.clone() };
        flags::answer(&app, tx, &officer, id, expected, &answers).await?;
        let view = after_change(tx, &session, id).await?;
        Ok(Answer::ok(&view)?.version(view.version))
    })
}

/// Record what the employer said about many refusals: officers.
#[utoipa::path(
    post, path = "/vacancies/{id}/employer-statement", operation_id = "record_employer_statement", tag = "vacancies", params(("id" = VacancyId, Path)),
    request_body = SaidBody,
    responses((status = OK, body = VacancyView))
)]
async fn said(
    State(app): State<App>,
    Login(session): Login,
    officer: Staff,
    Id(id): Id<VacancyId>,
    post: Post<SaidBody>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        vacancies::record_said(&app, tx, &officer.acting(), id, post.body.said.clone()).await?;
        let view = after_change(tx, &session, id).await?;
        Ok(Answer::ok(&view)?.version(view.version))
    })
}

/// How many people suit the vacancy: no rule takes them out, and they reach the fit floor.
#[derive(Serialize, ToSchema)]
struct CandidatesCount {
    /// How many.
    #[serde(flatten)]
    people: CountView,
    /// There may be more than were counted.
    or_more: bool,
}

/// Count the people who suit a vacancy: officers as of now, and the employer it belongs to in bands, counted anew at most
/// once a day.
#[utoipa::path(
    get, path = "/vacancies/{id}/candidates-count", operation_id = "count_candidates", tag = "vacancies", params(("id" = VacancyId, Path)),
    responses((status = OK, body = CandidatesCount))
)]
async fn count_candidates(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    Login(session): Login,
    Id(id): Id<VacancyId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<CandidatesCount>, Problem> {
    let found = suitable::candidates(&app, &indexer.view(), &session, id).await?;
    Ok(Json(CandidatesCount { people: found.people.into(), or_more: found.or_more }))
}
