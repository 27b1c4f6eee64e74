//! `/api/v1/plans`: hiring plans, announced months ahead.
use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App,
        access::Employer,
        browse,
        employers::{
            plans::{self, NewPlan},
            seen::PlanView,
        },
        idempotency::Answer,
    },
    domain::plan::Certainty,
    http::{
        api::BASE,
        extract::{Login, Query},
        idempotency::Post,
        paging::{Cursor, Limit, Page},
        problem::Problem,
        state::AppState,
    },
    once,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, announce))
}

/// A plan to hire.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlanBody {
    /// Job as the employer calls it.
    job: String,
    /// Four-digit KBJI group, when known.
    occupation_code: Option<String>,
    /// Seats planned, 1 to 10000.
    seats: i64,
    /// Village of the site, code or name.
    village: Option<String>,
    /// A day in the month of hiring.
    month: NaiveDate,
    /// How sure it is.
    certainty: Certainty,
}

impl PlanBody {
    fn plan(&self) -> NewPlan<'_> {
        NewPlan {
            job: &self.job,
            occupation_code: self.occupation_code.as_deref(),
            seats: self.seats,
            village: self.village.as_deref(),
            month: self.month,
            certainty: self.certainty,
        }
    }
}

/// Page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PlanQuery {
    /// The `next` of the page before.
    cursor: Option<Cursor>,
    /// Items on a page.
    limit: Option<Limit>,
}

/// Announce a plan to hire: employers.
#[utoipa::path(
    post, path = "/plans", operation_id = "announce_plan", tag = "plans", request_body = PlanBody,
    responses((status = CREATED, body = PlanView))
)]
async fn announce(State(app): State<App>, who: Employer, post: Post<PlanBody>) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        let plan = plans::announce(&app, tx, &who, &post.body.plan()).await?;
        // A plan has no page of its own: it is found in the list.
        Answer::created(format!("{BASE}/plans"), &plan)
    })
}

/// List hiring plans: officers all, an employer's login its own.
#[utoipa::path(
    get, path = "/plans", operation_id = "list_plans", tag = "plans", params(PlanQuery),
    responses((status = OK, body = Page<PlanView>))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<PlanQuery>,
) -> Result<Json<Page<PlanView>>, Problem> {
    let limit = q.limit.unwrap_or_default();
    let rows = browse::plans(&app, &session, q.cursor.map(Cursor::place), limit.rows()).await?;
    Ok(Json(Page::of(rows, limit, |row| (row.created_at, row.id.0), |row| row)))
}
