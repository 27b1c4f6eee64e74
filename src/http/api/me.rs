//! `/api/v1/me`: what a resident's login holds: its persons and where their applications stand, in codes only; and the copy
//! of all that is held about them.
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Trainee,
        accounts::{
            activation::{self, Exchange},
            auth::Auth,
        },
        applications::{
            self,
            seen::{ApplicationView, EventView},
        },
        browse,
        idempotency::Answer,
        next_steps::{self, seen::StepView},
        people::{
            self,
            export::{self, seen::OwnData},
            seen::PersonView,
        },
    },
    domain::{codes::ProblemCode, disclosure::Audience, ids::PersonId},
    http::{
        address::ClientAddress,
        api::{applications::place, next_steps as step_lists, people::PersonQuery},
        extract::{Login, Query},
        idempotency::Post,
        paging::{Cursor, Page},
        problem::Problem,
        state::AppState,
    },
    once,
    words::Language,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(own_people, join_person))
        .routes(routes!(own_applications))
        .routes(routes!(own_data))
        .routes(routes!(own_next_steps))
}

/// An application with its history.
#[derive(Serialize, ToSchema)]
struct OwnApplication {
    /// The application; `deadline` is the day by which the answer of `awaits` is due.
    application: ApplicationView,
    /// What happened, oldest first.
    history: Vec<EventView>,
}

/// List the persons of the login.
#[utoipa::path(
    get, path = "/me/people", tag = "me", params(PersonQuery),
    responses((status = OK, body = Page<PersonView>))
)]
async fn own_people(
    State(app): State<App>,
    Login(session): Login,
    _who: Trainee,
    Query(q): Query<PersonQuery>,
) -> Result<Json<Page<PersonView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = browse::people(&app, &session, q.cursor.map(Cursor::place), limit.rows()).await?;
    let place = |row: &PersonView| (row.created_at, row.id.0);
    Ok(Json(Page::of(rows, limit, place, |row| row)))
}

/// What stands on the slip of another person of the family.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinRequest {
    /// The twelve digits.
    #[schema(example = "1234 5678 9012")]
    code: String,
    /// Year of birth of the person whose slip it is.
    #[schema(example = 2001)]
    birth_year: i32,
}

/// Take another person into the login by their one-time code (family phone); no other login holds that person afterwards.
#[utoipa::path(
    post, path = "/me/people", operation_id = "join_person", tag = "me", request_body = JoinRequest,
    responses((status = OK, body = PersonView), (status = UNAUTHORIZED, description = "`code_refused`"))
)]
async fn join_person(
    State(app): State<App>,
    State(auth): State<Auth>,
    who: Trainee,
    ClientAddress(address): ClientAddress,
    post: Post<JoinRequest>,
) -> Result<Answer, Problem> {
    let given = Exchange { code: &post.body.code, birth_year: post.body.birth_year, address };
    let answer = once!(app, post.key, tx => {
        let person = activation::join(&app, tx, &auth, &who, &given).await?;
        let full = people::read(tx, &who.acting(), person).await?;
        let view = PersonView::whole(full, None, Audience::Person);
        Ok(Answer::ok(&view)?.version(view.version))
    });
    if answer.as_ref().is_err_and(|problem| problem.code() == ProblemCode::CodeRefused) {
        activation::missed(&app, &auth, &given).await?;
    }
    answer
}

/// List the applications of the login's persons with state, history and the day by which an answer is due.
#[utoipa::path(
    get, path = "/me/applications", tag = "me", params(PersonQuery),
    responses((status = OK, body = Page<OwnApplication>))
)]
async fn own_applications(
    State(app): State<App>,
    Login(session): Login,
    _who: Trainee,
    Query(q): Query<PersonQuery>,
) -> Result<Json<Page<OwnApplication>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let after = q.cursor.map(Cursor::place);
    let rows = applications::page_with_histories(&app, &session, after, limit.rows()).await?;
    let place = |(view, _): &(ApplicationView, Vec<EventView>)| place(view);
    let own = |(application, history)| OwnApplication { application, history };
    Ok(Json(Page::of(rows, limit, place, own)))
}

/// What happens next for a person of the login.
#[derive(Serialize, ToSchema)]
struct OwnStep {
    #[serde(flatten)]
    step: StepView,
    /// What happens, who sees to it and by when, in Bahasa Indonesia.
    told: String,
}

impl From<StepView> for OwnStep {
    fn from(step: StepView) -> Self {
        let (office, officer) = (step.office.as_deref(), step.officer.as_deref());
        let told = Language::default().next_step(step.kind, office, officer, step.due_on);
        Self { step, told }
    }
}

/// List what happens next for the login's persons, with who sees to it and by when.
#[utoipa::path(
    get, path = "/me/next-steps", operation_id = "list_own_next_steps", tag = "me", params(PersonQuery),
    responses((status = OK, body = Page<OwnStep>))
)]
async fn own_next_steps(
    State(app): State<App>,
    who: Trainee,
    Query(q): Query<PersonQuery>,
) -> Result<Json<Page<OwnStep>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = next_steps::own(&app, &who, step_lists::after(q.cursor), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, step_lists::place, OwnStep::from)))
}

/// Whose copy.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// Of this person of the login only.
    person: Option<PersonId>,
}

/// Read the copy of all that is held about the login's persons, or about one of them (UU 27/2022 art. 7 and 13): also what no
/// officer confirmed yet. It explains itself in Bahasa Indonesia, and says what it leaves out and why. Each copy is recorded.
#[utoipa::path(
    get, path = "/me/export", operation_id = "export_own_data", tag = "me", params(ExportQuery),
    responses((status = OK, body = OwnData))
)]
async fn own_data(
    State(app): State<App>,
    who: Trainee,
    Query(q): Query<ExportQuery>,
) -> Result<Json<OwnData>, Problem> {
    Ok(Json(export::own(&app, &who, q.person).await?))
}
