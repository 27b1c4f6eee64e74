//! `/api/v1/people`: residents and their skill profiles, evidence of priority, and a person's applications. Who sees
//! which part is in `app::seen`; a NIK is never answered.
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        access::Verifying,
        accounts::activation::{self, Slip},
        applications as candidacies,
        applications::{
            records::{self, Evidence},
            seen::ApplicationView,
        },
        browse,
        idempotency::Answer,
        people::{
            self,
            accompaniment::{self, AccompanimentView},
            editing::Edit,
            erasure::{self, AskedBy, Erased, Ground},
            marks,
            seen::{CriterionView, PersonView},
        },
    },
    domain::{contact::ConsentChannel, evidence, ids::PersonId},
    http::{
        Shown,
        api::{BASE, applications, rows::PersonBody},
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
        .routes(routes!(list, register))
        .routes(routes!(read, change))
        .routes(routes!(add_evidence))
        .routes(routes!(make_code))
        .routes(routes!(verify))
        .routes(routes!(accompany))
        .routes(routes!(erase))
        .routes(routes!(list_applications))
}

/// Page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PersonQuery {
    /// The `next` of the page before.
    pub(super) cursor: Option<Cursor>,
    /// Items on a page.
    pub(super) limit: Option<Limit>,
}

/// Evidence of priority.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EvidenceBody {
    /// What it speaks for.
    criterion: evidence::Criterion,
    /// The decile; 1 or nothing for everything else.
    value: Option<i64>,
    /// Where it comes from.
    source: String,
    /// Date of the data.
    dated_on: NaiveDate,
    /// Last day on which it counts; a year later when left out.
    expires_on: Option<NaiveDate>,
}

/// Why and on whose word a person is erased.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ErasureBody {
    /// The case of UU 27/2022 art. 43.
    ground: Ground,
    /// Who asked; needed from an officer, `person` from the person's own login.
    asked_by: Option<AskedBy>,
}

/// That a person was erased: from now on nobody finds them.
#[derive(Serialize, ToSchema)]
struct ErasureView {
    /// Who was erased.
    person_id: PersonId,
    /// On which ground.
    ground: Ground,
    /// Who asked.
    asked_by: AskedBy,
    /// Open applications that ended.
    applications_ended: u64,
    /// When.
    erased_at: DateTime<Utc>,
}

impl From<Erased> for ErasureView {
    fn from(e: Erased) -> Self {
        Self {
            person_id: e.person,
            ground: e.ground,
            asked_by: e.asked_by,
            applications_ended: e.applications,
            erased_at: e.at,
        }
    }
}

/// Register a resident: officers, a companion in the own village, an agency that nominates.
#[utoipa::path(
    post, path = "/people", operation_id = "register_person", tag = "people", request_body = PersonBody,
    responses((status = CREATED, body = PersonView), (status = CONFLICT, description = "`nik_known`"))
)]
async fn register(
    State(app): State<App>,
    Login(session): Login,
    post: Post<PersonBody>,
) -> Result<Answer, Problem> {
    let row = post.body.row();
    once!(app, post.key, tx => {
        let acting = session.acting()?;
        let id = people::admit_row(&app, tx, &acting, &row).await?;
        let full = people::read(tx, &acting, id).await?;
        let view = browse::opened(&app, &session, full)?;
        Ok(Answer::created(format!("{BASE}/people/{id}"), &view)?.version(view.version))
    })
}

/// List people: officers all, a companion those of the own village who agreed, an agency its nominees, a trainee the persons of the login.
#[utoipa::path(
    get, path = "/people", operation_id = "list_people", tag = "people", params(PersonQuery),
    responses((status = OK, body = Page<PersonView>))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<PersonQuery>,
) -> Result<Json<Page<PersonView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = browse::people(&app, &session, q.cursor.map(Cursor::place), limit.rows()).await?;
    let place = |row: &PersonView| (row.created_at, row.id.0);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// Read a person with the profile.
#[utoipa::path(
    get, path = "/people/{id}", operation_id = "read_person", tag = "people", params(("id" = PersonId, Path)),
    responses((status = OK, body = PersonView))
)]
async fn read(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Shown<PersonView>, Problem> {
    let view = browse::person(&app, &session, id).await?;
    Ok(Shown(view.version, view))
}

/// Change contact, profile, status, wishes or the objection to ranking. What an officer verified changes by asking
/// (`change-requests`), unless whoever changes it may verify.
#[utoipa::path(
    patch, path = "/people/{id}", operation_id = "change_person", tag = "people",
    params(("id" = PersonId, Path),
        ("If-Match" = String, Header, description = "ETag of the person as it was seen")),
    request_body = Edit,
    responses((status = OK, body = PersonView))
)]
async fn change(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    IfMatch(expected): IfMatch,
    Body(edit): Body<Edit>,
) -> Result<Shown<PersonView>, Problem> {
    let acting = session.acting()?;
    let changed: Result<people::Full, AppError> =
        async { transact!(app, tx => people::edit(&app, tx, &acting, id, expected, &edit).await) }.await;
    let view = browse::opened(&app, &session, changed?)?;
    Ok(Shown(view.version, view))
}

/// Which items an officer saw proved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerificationBody {
    /// As `profile.marks` names them; also those that have no mark yet.
    #[schema(example = json!(["education", "skill:menjahit"]))]
    items: Vec<String>,
    /// `false` takes it back.
    #[serde(default = "yes")]
    verified: bool,
}

const fn yes() -> bool {
    true
}

/// Say which items of a profile are proved: officers with the right to verify.
#[utoipa::path(
    post, path = "/people/{id}/verifications", operation_id = "verify_profile", tag = "people",
    params(("id" = PersonId, Path)), request_body = VerificationBody, responses((status = OK, body = PersonView))
)]
async fn verify(
    State(app): State<App>,
    Login(session): Login,
    officer: Verifying,
    Id(id): Id<PersonId>,
    post: Post<VerificationBody>,
) -> Result<Answer, Problem> {
    let (items, verified) = (&post.body.items, post.body.verified);
    once!(app, post.key, tx => {
        let full = marks::verify(&app, tx, &officer, id, items, verified).await?;
        let view = browse::opened(&app, &session, full)?;
        Ok(Answer::ok(&view)?.version(view.version))
    })
}

/// What was seen before a code is made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CodeBody {
    /// The identity card was seen: needed for somebody who has a login already.
    #[serde(default)]
    saw_card: bool,
}

/// A one-time code, told once: afterwards nobody can read it again.
#[derive(Serialize, ToSchema)]
pub(super) struct CodeSlip {
    /// Whose it is.
    person_id: PersonId,
    #[schema(example = "Contoh 12")]
    name: String,
    /// Twelve digits in fours.
    #[schema(example = "1234 5678 9012")]
    code: String,
    /// Until when it may be used.
    expires_at: DateTime<Utc>,
}

impl From<Slip> for CodeSlip {
    fn from(slip: Slip) -> Self {
        Self {
            person_id: slip.person.id,
            name: slip.person.name,
            code: slip.code.in_fours(),
            expires_at: slip.row.expires_at,
        }
    }
}

/// Make a one-time code with which a person starts a login or gets back into it: officers, a companion in the own village.
/// The code before becomes void; it holds for seven days and is told in this answer only.
#[utoipa::path(
    put, path = "/people/{id}/activation-code", operation_id = "make_activation_code", tag = "people",
    params(("id" = PersonId, Path)), request_body = CodeBody, responses((status = OK, body = CodeSlip))
)]
async fn make_code(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Body(given): Body<CodeBody>,
) -> Result<Json<CodeSlip>, Problem> {
    let acting = session.acting()?;
    let slip: Result<Slip, AppError> =
        async { transact!(app, tx => activation::issue(&app, tx, &acting, id, given.saw_card).await) }.await;
    Ok(Json(slip?.into()))
}

/// Whether the companion of the village may help.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccompanimentBody {
    /// Yes, or no more.
    agreed: bool,
    /// How the person said it: `phone`, `counter` or `visit`; from the person's own login it is always `web`.
    channel: Option<ConsentChannel>,
}

/// Write down whether the companion of the village may help: the person's own login, officers; the companion reaches only whoever
/// agreed, and so writes down that it ends.
#[utoipa::path(
    put, path = "/people/{id}/accompaniment", operation_id = "accompany_person", tag = "people",
    params(("id" = PersonId, Path)), request_body = AccompanimentBody, responses((status = OK, body = AccompanimentView))
)]
async fn accompany(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Body(given): Body<AccompanimentBody>,
) -> Result<Json<AccompanimentView>, Problem> {
    let acting = session.acting()?;
    let said: Result<AccompanimentView, AppError> = async {
        transact!(app, tx => {
            accompaniment::say(&app, tx, &acting, id, given.agreed, given.channel).await
        })
    }
    .await;
    Ok(Json(said?))
}

/// Add evidence of priority: officers with the right to nominate, an agency about its nominees.
#[utoipa::path(
    post, path = "/people/{id}/criteria", operation_id = "add_evidence", tag = "people", params(("id" = PersonId, Path)),
    request_body = EvidenceBody,
    responses((status = CREATED, body = CriterionView), (status = CONFLICT, description = "`evidence_known`"))
)]
async fn add_evidence(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    post: Post<EvidenceBody>,
) -> Result<Answer, Problem> {
    let given = &post.body;
    let evidence = Evidence {
        criterion: given.criterion,
        value: given.value,
        source: given.source.clone(),
        dated_on: given.dated_on,
        expires_on: given.expires_on,
    };
    once!(app, post.key, tx => {
        let row = records::add_evidence(&app, tx, &session, id, &evidence).await?;
        Answer::created(format!("{BASE}/people/{id}"), &CriterionView::from(row))
    })
}

/// List a person's applications, within what the caller may see.
#[utoipa::path(
    get, path = "/people/{id}/applications", operation_id = "list_applications_of_person", tag = "people", params(("id" = PersonId, Path), PersonQuery),
    responses((status = OK, body = Page<ApplicationView>))
)]
async fn list_applications(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Query(q): Query<PersonQuery>,
) -> Result<Json<Page<ApplicationView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = candidacies::of_person(&app, &session, id, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, applications::place, |row| row)))
}

/// Erase a person for good (UU 27/2022): the person's own login, officers with the right to confirm, supervisors. Open
/// applications end; afterwards the person is not found. There is no way back.
#[utoipa::path(
    post, path = "/people/{id}/erasure", operation_id = "erase_person", tag = "people", params(("id" = PersonId, Path)),
    request_body = ErasureBody,
    responses((status = OK, body = ErasureView))
)]
async fn erase(
    State(app): State<App>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    post: Post<ErasureBody>,
) -> Result<Answer, Problem> {
    let (ground, asked_by) = (post.body.ground, post.body.asked_by);
    once!(app, post.key, tx => {
        let erased = erasure::erase(&app, tx, &session.acting()?, asked_by, id, ground).await?;
        Answer::ok(&ErasureView::from(erased))
    })
}
