//! `/api/v1/vacancies`: posting, reading, editing, and what happens to a vacancy. The table of events is in
//! `domain::vacancy`.
use std::sync::Arc;

use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        access::{Session, Staff},
        browse::{self, Sight, VacancyFilter},
        indexing::Indexer,
        posting::{self, Form},
        vacancies,
        vacancies::Deed,
    },
    domain::{
        ids::{EmployerId, VacancyId},
        vacancy,
    },
    http::{
        Shown,
        api::{
            BASE,
            explanations::{self, CountView},
            rows::VacancyBody,
            visitor::Visitor,
        },
        extract::{Body, Id, IfMatch, Login, Query},
        idempotency::{Answer, Post},
        page::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
    store::{
        Tx,
        vacancies::{Listed, Listing, Vacancy, listed},
    },
    transact,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, post))
        .routes(routes!(read, edit))
        .routes(routes!(said))
        .routes(routes!(count_candidates))
        .routes(routes!(act))
}

/// A vacancy. Wages are rupiah per month.
#[derive(Serialize, ToSchema)]
struct VacancyView {
    /// Its id.
    id: VacancyId,
    /// Who offers it.
    employer_id: EmployerId,
    /// Name of the employer.
    employer_name: String,
    /// Job title.
    title: String,
    /// KBJI code, when known.
    occupation_kbji: Option<String>,
    /// The text of the advertisement.
    description: String,
    /// Village code of the workplace.
    village: Option<String>,
    /// The workplace in words.
    place: Option<String>,
    /// Seats.
    seats: Option<i64>,
    /// Of these, for people with a disability.
    reserved_seats: i64,
    /// Lowest wage offered.
    wage_min: Option<i64>,
    /// Highest wage offered.
    wage_max: Option<i64>,
    /// Hours and days of work.
    working_hours: Option<String>,
    /// Conditions of work.
    conditions: Option<String>,
    /// Kind of employment.
    employment_type: Option<String>,
    /// Lowest education asked for.
    education_min: Option<String>,
    /// Months of experience asked for.
    experience_months: Option<i64>,
    /// Skills asked for.
    skills: Vec<String>,
    /// Certificates truly required.
    certificates: Vec<String>,
    /// Last day to apply.
    closes_on: Option<NaiveDate>,
    /// Where it stands on the national portal.
    portal_url: Option<String>,
    /// Where it stands.
    state: vacancy::State,
    /// Whether it is invented.
    sample: bool,
    /// Version, as in the ETag.
    version: i64,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
    /// For the office and the employer it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    internal: Option<VacancyInternals>,
}

/// What the office and the employer see besides.
#[derive(Serialize, ToSchema)]
struct VacancyInternals {
    /// Seats taken: hired and started.
    taken: i64,
    /// Applications that take a referral slot now.
    live: i64,
    /// Referral slots.
    slots: i64,
    /// People about whom the employer said something.
    answers: i64,
    /// Of these, refused.
    refusals: i64,
    /// What the employer said about many refusals.
    said: Option<String>,
    /// Codes of what an officer must answer in writing.
    flags: Vec<String>,
    /// Codes of legal fields that are missing.
    missing: Vec<String>,
    /// Lowest age as written; never used for ranking.
    age_min: Option<i64>,
    /// Highest age as written; never used for ranking.
    age_max: Option<i64>,
    /// Sex as written; never used for ranking.
    sex: Option<String>,
    /// Marital status as written; never used for ranking.
    marital_status: Option<String>,
    /// The written reason by which a flagged vacancy was let through.
    restriction_reason: Option<String>,
    /// Whether it was reported to the national portal.
    portal_reported: bool,
    /// Where an imported vacancy comes from.
    source: Option<String>,
    /// Its id there.
    external_id: Option<String>,
    /// What the caller can do with it now.
    actions: Vec<vacancy::Event>,
    /// Fields that were filled in for the author to check; only in the answer to making it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    prefilled: Vec<&'static str>,
}

impl VacancyView {
    fn of(listed: Listed, sight: Sight, session: Option<&Session>) -> Self {
        let internal = (sight == Sight::Whole).then(|| VacancyInternals::of(&listed.vacancy, session));
        let v = listed.vacancy;
        Self {
            id: v.id,
            employer_id: v.employer_id,
            employer_name: listed.employer_name,
            title: v.title,
            occupation_kbji: v.occupation_code,
            description: v.description,
            village: v.village,
            place: v.place_text,
            seats: v.seats,
            reserved_seats: v.reserved_seats,
            wage_min: v.wage_min,
            wage_max: v.wage_max,
            working_hours: v.working_hours,
            conditions: v.conditions,
            employment_type: v.employment_type,
            education_min: v.education_min,
            experience_months: v.experience_months,
            skills: v.skills.0,
            certificates: v.certificates.0,
            closes_on: v.closes_on,
            portal_url: v.portal_url,
            state: v.state,
            sample: v.sample,
            version: v.version,
            created_at: v.created_at,
            updated_at: v.updated_at,
            internal,
        }
    }
}

impl VacancyInternals {
    fn of(v: &Vacancy, session: Option<&Session>) -> Self {
        let capacity = session.and_then(|session| session.acting().ok()?.capacity().ok());
        Self {
            taken: v.taken,
            live: v.live,
            slots: v.slots,
            answers: v.answers,
            refusals: v.refusals,
            said: v.said.clone(),
            flags: v.flags.0.clone(),
            missing: v.missing.0.clone(),
            age_min: v.age_min,
            age_max: v.age_max,
            sex: v.sex.clone(),
            marital_status: v.marital_status.clone(),
            restriction_reason: v.restriction_reason.clone(),
            portal_reported: v.portal_reported,
            source: v.source.clone(),
            external_id: v.external_id.clone(),
            actions: capacity.map_or_else(Vec::new, |who| vacancy::events_open_to(v.state, who)),
            prefilled: Vec::new(),
        }
    }
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
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// What may be done with a vacancy.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum VacancyAction {
    Submit,
    Publish,
    SendBack,
    Reject,
    Pause,
    Resume,
    Close,
    Extend,
}

impl From<VacancyAction> for vacancy::Event {
    fn from(action: VacancyAction) -> Self {
        match action {
            VacancyAction::Submit => Self::Submit,
            VacancyAction::Publish => Self::Publish,
            VacancyAction::SendBack => Self::SendBack,
            VacancyAction::Reject => Self::Reject,
            VacancyAction::Pause => Self::Pause,
            VacancyAction::Resume => Self::Resume,
            VacancyAction::Close => Self::Close,
            VacancyAction::Extend => Self::Extend,
        }
    }
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VacancyActionBody {
    /// `close`: a code of the closed list (`filled_otherwise`, `not_needed`, `postponed_for_good`, `entered_by_mistake`,
    /// `employer_suspended`, `other`). `send-back`, `reject`, and `publish` of a flagged vacancy: own words.
    reason: Option<String>,
    /// `extend`: the new last day to apply, today or later.
    closes_on: Option<NaiveDate>,
}

/// What the employer said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaidBody {
    /// In the employer's words, about many refusals: referrals go on.
    said: String,
}

/// The vacancy as it is after a change, for whoever changed it.
async fn answer_view(
    tx: &mut Tx,
    session: Option<&Session>,
    id: VacancyId,
) -> Result<(i64, VacancyView), AppError> {
    let found = listed(tx, &Listing::default(), id).await?.ok_or(AppError::NotFound)?;
    Ok((found.vacancy.version, VacancyView::of(found, Sight::Whole, session)))
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
    once!(app, post.key, tx => {
        let (vacancy, filled) = posting::post(&app, tx, &session, &form).await?;
        let (version, mut view) = answer_view(tx, Some(&session), vacancy.id).await?;
        if let Some(internal) = &mut view.internal {
            internal.prefilled = filled;
        }
        Ok(Answer::created(format!("{BASE}/vacancies/{}", vacancy.id), &view)?.version(version))
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
    let filter = VacancyFilter { employer: q.employer, state: q.state };
    let (rows, sight) =
        browse::vacancies(&app, visitor.session(), filter, q.cursor.map(Cursor::place), limit.rows()).await?;
    let place = |row: &Listed| (row.vacancy.created_at, row.vacancy.id.0);
    Ok(Json(Page::of(rows, limit, place, |row| VacancyView::of(row, sight, visitor.session()))))
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
) -> Result<Shown<VacancyView>, Problem> {
    let (found, sight) = browse::vacancy(&app, visitor.session(), id).await?;
    Ok(Shown(found.vacancy.version, VacancyView::of(found, sight, visitor.session())))
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
    let changed: Result<(i64, VacancyView), AppError> = async {
        transact!(app, tx => {
            posting::edit(&app, tx, &session, id, &row, expected).await?;
            answer_view(tx, Some(&session), id).await
        })
    }
    .await;
    let (version, view) = changed?;
    Ok(Shown(version, view))
}

/// Hand in, publish, send back, reject, pause, resume, close or extend a vacancy. Publishing, sending back and rejecting are for
/// officers with the right to verify; the rest is for its employer and officers.
#[utoipa::path(
    post, path = "/vacancies/{id}/{action}", operation_id = "move_vacancy", tag = "vacancies",
    params(("id" = VacancyId, Path), ("action" = inline(VacancyAction), Path),
        ("If-Match" = String, Header, description = "ETag of the vacancy as it was seen")),
    request_body = VacancyActionBody,
    responses((status = OK, body = VacancyView))
)]
async fn act(
    State(app): State<App>,
    Login(session): Login,
    Id((id, action)): Id<(VacancyId, VacancyAction)>,
    IfMatch(expected): IfMatch,
    post: Post<VacancyActionBody>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        let (reason, closes_on) = (post.body.reason.clone(), post.body.closes_on);
        let deed = Deed { event: action.into(), reason, closes_on, expected: Some(expected) };
        posting::act(&app, tx, &session, id, deed).await?;
        let (version, view) = answer_view(tx, Some(&session), id).await?;
        Ok(Answer::ok(&view)?.version(version))
    })
}

/// Record what the employer said about many refusals: officers.
#[utoipa::path(
    post, path = "/vacancies/{id}/said", operation_id = "record_said", tag = "vacancies", params(("id" = VacancyId, Path)),
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
        let (version, view) = answer_view(tx, Some(&session), id).await?;
        Ok(Answer::ok(&view)?.version(version))
    })
}

/// How many people suit the vacancy: no rule takes them out, and they reach the fit floor.
#[derive(Serialize, ToSchema)]
struct CandidatesCount {
    /// How many; employers are not told numbers below five.
    #[serde(flatten)]
    people: CountView,
    /// There may be more than were counted.
    or_more: bool,
}

/// Count the people who suit a vacancy: officers, and the employer it belongs to.
#[utoipa::path(
    get, path = "/vacancies/{id}/candidates-count", operation_id = "count_candidates", tag = "vacancies", params(("id" = VacancyId, Path)),
    responses((status = OK, body = CandidatesCount))
)]
async fn count_candidates(
    State(app): State<App>,
    State(indexer): State<Arc<Indexer>>,
    Login(session): Login,
    Id(id): Id<VacancyId>,
) -> Result<Json<CandidatesCount>, Problem> {
    let found = posting::suitable(&app, &indexer.view(), &session, id).await?;
    let people = CountView::of(found.count, explanations::precision(&session));
    Ok(Json(CandidatesCount { people, or_more: found.or_more }))
}
