//! `/api/v1/classes`: classes of training, for officers: taken in whole, with their members; days and results later.
use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        access::Staff,
        accounts::activation::{self, Slip},
        classes::{
            self, Edit, Full, NewClass,
            seen::{ClassDetail, ClassView},
        },
        idempotency::Answer,
    },
    domain::{
        ids::{ClassId, PersonId},
        training::Outcome,
    },
    http::{
        Shown,
        api::{BASE, people::CodeSlip, rows::PersonBody},
        extract::{Body, Id, IfMatch, Nothing, Query},
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
        .routes(routes!(list, take_in))
        .routes(routes!(read, change))
        .routes(routes!(add_members))
        .routes(routes!(remove_member))
        .routes(routes!(record_results))
        .routes(routes!(make_codes))
}

/// The page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ClassQuery {
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// A class that is taken in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassBody {
    /// Name of the programme.
    #[schema(example = "Operator Jahit Garmen")]
    programme: String,
    /// Name of the class; a programme has one of each name.
    #[schema(example = "Angkatan 3 2026")]
    name: String,
    /// First day.
    starts_on: NaiveDate,
    /// Last day. Its members can begin to work on the day after, and are proposed from two weeks before that day on.
    ends_on: NaiveDate,
    /// Up to 40, each with `ranking_consent`. Who is registered already (by NIK) joins; of them only wishes and consent are
    /// written.
    #[schema(max_items = 40)]
    members: Vec<PersonBody>,
}

/// Who joins a class.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassMembersBody {
    /// Together with those who are in it 40 at most.
    #[schema(max_items = 40)]
    members: Vec<PersonBody>,
}

/// Who was written into a class by mistake.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassRemovalBody {
    /// They stay registered.
    person_id: PersonId,
}

/// What changes; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassChange {
    /// Name of the class.
    name: Option<String>,
    /// First day.
    starts_on: Option<NaiveDate>,
    /// Last day.
    ends_on: Option<NaiveDate>,
}

/// How a class ended for some of its members.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassResultsBody {
    /// One for each of them; a result told again replaces the one before.
    results: Vec<ClassResult>,
}

/// How it ended for one of them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassResult {
    person_id: PersonId,
    /// K is `competent`, BK is `not_yet`.
    result: Outcome,
}

/// List classes, oldest first: officers.
#[utoipa::path(
    get, path = "/classes", operation_id = "list_classes", tag = "classes", params(ClassQuery),
    responses((status = OK, body = Page<ClassView>))
)]
async fn list(
    State(app): State<App>,
    officer: Staff,
    Query(q): Query<ClassQuery>,
) -> Result<Json<Page<ClassView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = classes::page(&app, &officer, q.cursor.map(Cursor::place), limit.rows()).await?;
    let place = |row: &ClassView| (row.created_at, row.id.0);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Take in a class with its members, whole or not at all: officers.
#[utoipa::path(
    post, path = "/classes", operation_id = "take_in_class", tag = "classes", request_body = ClassBody,
    responses((status = CREATED, body = ClassDetail), (status = CONFLICT, description = "`class_known`"))
)]
async fn take_in(State(app): State<App>, officer: Staff, post: Post<ClassBody>) -> Result<Answer, Problem> {
    let given = &post.body;
    let rows: Vec<_> = given.members.iter().map(PersonBody::row).collect();
    let new = NewClass {
        programme: given.programme.clone(),
        name: given.name.clone(),
        starts_on: given.starts_on,
        ends_on: given.ends_on,
    };
    once!(app, post.key, tx => {
        let acting = officer.acting();
        let members = classes::judge(&rows, app.clock.today())?;
        let (id, known) = classes::take_in(&app, tx, &acting, &new, &members).await?;
        let full = classes::read(tx, &acting, id).await?;
        let version = full.class.class.version;
        Ok(Answer::created(format!("{BASE}/classes/{id}"), &ClassDetail::of(full, known))?.version(version))
    })
}

/// Read a class with its members: officers.
#[utoipa::path(
    get, path = "/classes/{id}", operation_id = "read_class", tag = "classes", params(("id" = ClassId, Path)),
    responses((status = OK, body = ClassDetail))
)]
async fn read(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ClassId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Shown<ClassDetail>, Problem> {
    let mut tx = app.db.read().await.map_err(AppError::from)?;
    Ok(shown(classes::read(&mut tx, &officer.acting(), id).await?))
}

/// Rename a class or move its days: officers.
#[utoipa::path(
    patch, path = "/classes/{id}", operation_id = "change_class", tag = "classes",
    params(("id" = ClassId, Path),
        ("If-Match" = String, Header, description = "ETag of the class as it was seen")),
    request_body = ClassChange,
    responses((status = OK, body = ClassDetail), (status = CONFLICT, description = "`class_known`"))
)]
async fn change(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ClassId>,
    IfMatch(expected): IfMatch,
    Body(given): Body<ClassChange>,
) -> Result<Shown<ClassDetail>, Problem> {
    let edit = Edit { name: given.name, starts_on: given.starts_on, ends_on: given.ends_on };
    let changed: Result<Full, AppError> =
        async { transact!(app, tx => classes::edit(&app, tx, &officer.acting(), id, expected, &edit).await) }
            .await;
    Ok(shown(changed?))
}

/// Add members to a class: officers.
#[utoipa::path(
    post, path = "/classes/{id}/members", operation_id = "add_class_members", tag = "classes",
    params(("id" = ClassId, Path)), request_body = ClassMembersBody,
    responses((status = OK, body = ClassDetail))
)]
async fn add_members(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ClassId>,
    post: Post<ClassMembersBody>,
) -> Result<Answer, Problem> {
    let rows: Vec<_> = post.body.members.iter().map(PersonBody::row).collect();
    once!(app, post.key, tx => {
        let acting = officer.acting();
        let members = classes::judge(&rows, app.clock.today())?;
        let known = classes::add(&app, tx, &acting, id, &members).await?;
        answered(classes::read(tx, &acting, id).await?, known)
    })
}

/// Take somebody out of a class in which they were written by mistake: officers. Whoever leaves a class has the result
/// `broken_off` instead.
#[utoipa::path(
    post, path = "/classes/{id}/removal", operation_id = "remove_class_member", tag = "classes",
    params(("id" = ClassId, Path)), request_body = ClassRemovalBody,
    responses((status = OK, body = ClassDetail))
)]
async fn remove_member(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ClassId>,
    post: Post<ClassRemovalBody>,
) -> Result<Answer, Problem> {
    let person = post.body.person_id;
    once!(app, post.key, tx => {
        answered(classes::remove(&app, tx, &officer.acting(), id, person).await?, Vec::new())
    })
}

/// Record how a class ended for its members: officers.
#[utoipa::path(
    post, path = "/classes/{id}/results", operation_id = "record_class_results", tag = "classes",
    params(("id" = ClassId, Path)), request_body = ClassResultsBody,
    responses((status = OK, body = ClassDetail))
)]
async fn record_results(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ClassId>,
    post: Post<ClassResultsBody>,
) -> Result<Answer, Problem> {
    let results: Vec<_> = post.body.results.iter().map(|one| (one.person_id, one.result)).collect();
    once!(app, post.key, tx => {
        answered(classes::record_results(&app, tx, &officer.acting(), id, &results).await?, Vec::new())
    })
}

/// One-time codes for the members of a class who have no login yet.
#[derive(Serialize, ToSchema)]
struct ClassCodes {
    /// Told once.
    slips: Vec<CodeSlip>,
    /// Members who have a login already and got none.
    with_login: usize,
}

/// Make one-time codes for the members of a class who have no login yet: officers. They hold for thirty days; codes of before
/// become void.
#[utoipa::path(
    put, path = "/classes/{id}/activation-codes", operation_id = "make_class_codes", tag = "classes",
    params(("id" = ClassId, Path)), request_body = Nothing, responses((status = OK, body = ClassCodes))
)]
async fn make_codes(
    State(app): State<App>,
    officer: Staff,
    Id(id): Id<ClassId>,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<ClassCodes>, Problem> {
    let made: Result<(Vec<Slip>, usize), AppError> =
        async { transact!(app, tx => activation::issue_for_class(&app, tx, &officer.acting(), id).await) }
            .await;
    let (slips, with_login) = made?;
    Ok(Json(ClassCodes { slips: slips.into_iter().map(CodeSlip::from).collect(), with_login }))
}

fn shown(full: Full) -> Shown<ClassDetail> {
    Shown(full.class.class.version, ClassDetail::of(full, Vec::new()))
}

fn answered(full: Full, known: Vec<classes::Known>) -> Result<Answer, AppError> {
    let version = full.class.class.version;
    Ok(Answer::ok(&ClassDetail::of(full, known))?.version(version))
}
