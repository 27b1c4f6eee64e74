//! `/api/v1/holidays`: the days on which the office is closed, by which deadlines are counted.
use axum::{
    Json,
    extract::{FromRequestParts, Path, State},
    http::{StatusCode, request::Parts},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{
        App, AppError,
        access::Supervising,
        calendar::{self, Edited, HolidayView},
        idempotency::Answer,
    },
    domain::{
        codes::{FieldCode, ProblemCode},
        holiday::{Holiday, Kind},
    },
    http::{
        extract::{Body, Login, Nothing, Query},
        idempotency::Post,
        problem::Problem,
        state::AppState,
    },
    once, transact,
    words::Language,
};

/// The routes of this resource, below `/api/v1`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(put))
        .routes(routes!(remove))
        .routes(routes!(move_to))
}

/// The day in the path.
#[derive(Clone, Copy, Debug)]
struct Day(NaiveDate);

impl<S: Send + Sync> FromRequestParts<S> for Day {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let given = Path::<String>::from_request_parts(parts, state).await;
        let day = given.ok().and_then(|Path(text)| text.parse().ok());
        day.map(Self).ok_or_else(|| {
            let code = FieldCode::UnreadableDate;
            let problem = Problem::new(StatusCode::BAD_REQUEST, ProblemCode::InvalidFields);
            problem.field("day", code, Language::default().field(code, None))
        })
    }
}

/// Which year.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct YearQuery {
    /// 2020 to 2100; the present year when left out.
    #[param(minimum = 2020, maximum = 2100)]
    year: Option<i32>,
}

/// What a holiday is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HolidayBody {
    /// Its name, at most 120 characters.
    name: String,
    kind: Kind,
    /// No decree has fixed the day yet; `false` when left out.
    #[serde(default)]
    estimate: bool,
}

/// Where a holiday goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MoveBody {
    /// The day it falls on.
    to: NaiveDate,
    /// That day is an estimate too; `false` when left out: a decree fixed it.
    #[serde(default)]
    estimate: bool,
}

/// The holidays of a year.
#[derive(Serialize, ToSchema)]
pub struct CalendarYear {
    year: i32,
    /// In their order.
    items: Vec<HolidayView>,
}

impl From<(i32, Vec<HolidayView>)> for CalendarYear {
    fn from((year, items): (i32, Vec<HolidayView>)) -> Self {
        Self { year, items }
    }
}

/// What an edit of the calendar did; the terminal's JSON is the same.
#[derive(Serialize, ToSchema)]
pub struct CalendarEdit {
    /// The holiday as it is now; none where a day became a working day.
    holiday: Option<HolidayView>,
    /// The holiday that is no more.
    removed: Option<HolidayView>,
    /// Deadlines that were told before and fall on the first day changed or later. They stay.
    told_deadlines: i64,
    /// What that means, in Bahasa Indonesia.
    notes: Vec<String>,
}

impl From<Edited> for CalendarEdit {
    fn from(edited: Edited) -> Self {
        let Edited { holiday, removed, effect } = edited;
        Self {
            holiday,
            removed,
            told_deadlines: effect.told,
            notes: Language::default().calendar_notes(&effect),
        }
    }
}

/// List the holidays of a year: every login but residents' and administrators'. A resident is told the day itself on which
/// an answer is due. Saturdays and Sundays are no working days either and not listed, unless a decree names one.
#[utoipa::path(
    get, path = "/holidays", operation_id = "list_holidays", tag = "calendar", params(YearQuery),
    responses((status = OK, body = CalendarYear))
)]
async fn list(
    State(app): State<App>,
    Login(session): Login,
    Query(q): Query<YearQuery>,
) -> Result<Json<CalendarYear>, Problem> {
    Ok(Json(calendar::year(&app, &session, q.year).await?.into()))
}

/// Declare a holiday, rename it, or say that an estimate is fixed: supervisors. Past days stay as they are. A day is
/// stated whole, so there is no version to match.
#[utoipa::path(
    put, path = "/holidays/{day}", operation_id = "put_holiday", tag = "calendar", params(("day" = NaiveDate, Path)),
    request_body = HolidayBody, responses((status = OK, body = CalendarEdit))
)]
async fn put(
    State(app): State<App>,
    who: Supervising,
    Day(day): Day,
    Body(HolidayBody { name, kind, estimate }): Body<HolidayBody>,
) -> Result<Json<CalendarEdit>, Problem> {
    let by = who.acting();
    let edited: Result<Edited, AppError> = async {
        transact!(app, tx => {
            let wanted = Holiday { day, name: name.clone(), kind, estimate };
            calendar::declare(&app, tx, &by, wanted).await
        })
    }
    .await;
    Ok(Json(edited?.into()))
}

/// Make a holiday a working day again: supervisors.
#[utoipa::path(
    post, path = "/holidays/{day}/removal", operation_id = "remove_holiday", tag = "calendar",
    params(("day" = NaiveDate, Path)), request_body = Nothing, responses((status = OK, body = CalendarEdit))
)]
async fn remove(
    State(app): State<App>,
    who: Supervising,
    Day(day): Day,
    post: Post<Nothing>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        Answer::ok(&CalendarEdit::from(calendar::remove(&app, tx, &who.acting(), day).await?))
    })
}

/// Move a holiday to another day, as when a decree fixes an estimate elsewhere: supervisors. It is one step: the old day
/// becomes a working day and the new one a holiday, or neither.
#[utoipa::path(
    post, path = "/holidays/{day}/move", operation_id = "move_holiday", tag = "calendar",
    params(("day" = NaiveDate, Path)), request_body = MoveBody, responses((status = OK, body = CalendarEdit))
)]
async fn move_to(
    State(app): State<App>,
    who: Supervising,
    Day(day): Day,
    post: Post<MoveBody>,
) -> Result<Answer, Problem> {
    once!(app, post.key, tx => {
        let days = (day, post.body.to);
        let edited = calendar::move_to(&app, tx, &who.acting(), days, post.body.estimate).await?;
        Answer::ok(&CalendarEdit::from(edited))
    })
}
