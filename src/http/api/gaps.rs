//! What is missing: for a person, for a vacancy, and which training classes to open.
use std::sync::Arc;

use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::{Reporting, Staff},
        runs::gap::{self, Cache, ClassGap, PersonGap, VacancyGap},
    },
    domain::ids::{PersonId, VacancyId},
    http::{
        extract::{Id, Login, Nothing, Query},
        problem::Problem,
        state::AppState,
    },
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(person_gap)).routes(routes!(vacancy_gap)).routes(routes!(class_gaps))
}

/// The certificates and skills that would open most vacancies to a person, in counts. The moment may be a quarter of
/// an hour old.
#[utoipa::path(
    get, path = "/people/{id}/gap", tag = "gap", params(("id" = PersonId, Path)),
    responses((status = OK, body = PersonGap), (status = CONFLICT, description = "`person_not_matchable`"))
)]
async fn person_gap(
    State(app): State<App>,
    State(cache): State<Arc<Cache>>,
    Login(session): Login,
    Id(id): Id<PersonId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<PersonGap>, Problem> {
    Ok(Json(gap::of_person(&app, &cache, &session, id).await?))
}

/// What keeps people out of a vacancy, in exact counts: officers. Its employer has the match summary, without small ones.
#[utoipa::path(
    get, path = "/vacancies/{id}/gap", tag = "gap", params(("id" = VacancyId, Path)),
    responses((status = OK, body = VacancyGap), (status = CONFLICT, description = "`vacancy_not_open`"))
)]
async fn vacancy_gap(
    State(app): State<App>,
    State(cache): State<Arc<Cache>>,
    officer: Staff,
    Id(id): Id<VacancyId>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<VacancyGap>, Problem> {
    Ok(Json(gap::of_vacancy(&app, &cache, &officer, id).await?))
}

/// Training classes that would place most people, best first: officers who read reports.
#[utoipa::path(
    get, path = "/gaps/classes", tag = "gap", responses((status = OK, body = Vec<ClassGap>))
)]
async fn class_gaps(
    State(app): State<App>,
    State(cache): State<Arc<Cache>>,
    officer: Reporting,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Vec<ClassGap>>, Problem> {
    Ok(Json(gap::classes_for(&app, &cache, &officer).await?))
}
